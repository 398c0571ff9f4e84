"""A panel: several model experts answer one question apart, see where they differ, and stand for one answer.

Whether they agree is found by rule, and where no rule can tell, by a vote among labelled answers; no model is asked
whether others agree. It is the call of one expert of the plan, so check, log, budget and guard hold as ever.
"""
