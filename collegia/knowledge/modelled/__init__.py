"""The parts of the knowledge store that use a language model: each optional, bounded, and undone by leaving it out.

What a model replies is never shown or believed as it is. It gives indices of what it was shown, names that are looked
up in the passage they are said to stand in, or words that are searched for.
"""
