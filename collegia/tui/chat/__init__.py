"""The conversation: what is typed, what was said, and what helps with typing."""
