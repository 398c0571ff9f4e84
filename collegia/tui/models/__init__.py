"""The models and the budget: what is set, what can be reached, and what was spent."""
