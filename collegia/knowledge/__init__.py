"""Documents and what they say: a store that needs no model, finds what takes several hops, and cites exactly."""
