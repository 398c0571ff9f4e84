"""Approval: a plan is shown before it runs, and the user approves it, changes it, or rejects it."""

from __future__ import annotations

from collegia.agents.approval.editing import alternatives, with_expert, with_value
from collegia.agents.approval.types import Approval, Approved, Approver, Decision, Marked, Rejected, Undecided

__all__ = [
    "Approval",
    "Approved",
    "Approver",
    "Decision",
    "Marked",
    "Rejected",
    "Undecided",
    "alternatives",
    "with_expert",
    "with_value",
]
