"""The documents: what is stored, what goes in and out, what a search finds."""
