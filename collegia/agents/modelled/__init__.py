"""What language models do in a run: read a question for the typed planner, look at results that are words, and write.

A model chooses among experts and points at words of the question. What follows from that the types work out, and the
check and the log are those of every other plan.
"""
