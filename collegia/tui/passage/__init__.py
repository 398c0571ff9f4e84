"""A place in a document: the cited words in the text around them."""
