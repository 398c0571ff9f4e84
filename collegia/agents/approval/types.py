"""What is asked of the user before a plan runs, and what the user may say to it."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from collegia.agents.plan import Plan

__all__ = ["Approval", "Approved", "Approver", "Decision", "Marked", "Rejected", "Undecided"]


@dataclass(frozen=True)
class Marked:
    """A step whose expert asks first, and why it does."""

    step: str
    expert: str
    reason: str


@dataclass(frozen=True)
class Approval:
    """A plan that waits for the user's word.

    Attributes:
        run_id: of the run; it is stored, and may be resumed should nobody decide now.
        question: as it was read; spans of the plan count in it.
        plan: the checked plan; nothing of it has run.
        why: why it is asked about, in whole words.
        marked: the steps whose experts ask first.
        findings: what is wrong with the edit that was given last; empty the first time.
        tried: that edit, to go on from.
    """

    run_id: str
    question: str
    plan: Plan
    why: str
    marked: tuple[Marked, ...] = ()
    findings: tuple[str, ...] = ()
    tried: Plan | None = None


@dataclass(frozen=True)
class Approved:
    """The plan is to run: as it was shown, or as `with_value` and `with_expert` made it of the one shown."""

    plan: Plan


@dataclass(frozen=True)
class Rejected:
    """The plan is not to run, and the run ends."""

    reason: str = ""


@dataclass(frozen=True)
class Undecided:
    """Nobody decided: the run waits, as it does where there is nobody to ask."""


Decision = Approved | Rejected | Undecided

Approver = Callable[[Approval], Decision | Awaitable[Decision]]
"""Asks the user. A plain function is called in a thread of its own, so it may wait for a person."""
