"""Who answers what: cards by likeness, each expert's record, and the decision that both lead to."""
