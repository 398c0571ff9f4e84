"""An answer in a language model's words: its numbers are traced, its claims and the question's wishes are checked."""

from __future__ import annotations

from typing import NamedTuple

from collegia.agents.claims import claims
from collegia.agents.guard import guard
from collegia.agents.guard_grounds import grounds_of
from collegia.agents.modelled.results import told_reply
from collegia.agents.result import Result
from collegia.agents.wishes import unmet, wishes
from collegia.tools.registry import Registry

__all__ = ["Checked", "checked"]


class Checked(NamedTuple):
    """A text fit to be shown, every number that leads nowhere marked in it, and what has to be said of it."""

    text: str
    warnings: tuple[str, ...]


def checked(written: str, result: Result, registry: Registry, answers: tuple[str, ...] = ()) -> Checked:
    """Check a text that a model wrote of a result.

    Args:
        written: the text.
        result: all that it may have been written from.
        registry: the experts.
        answers: of the user, to questions back.
    """
    grounds = grounds_of(result, registry, (*answers, *map(told_reply, result.replies)))
    guarded = guard(written, grounds)
    warnings = []
    if guarded.strays:
        numbers = ", ".join(stray.text for stray in guarded.strays)
        warnings.append(f"the writer's model wrote numbers that lead to no source, and they are marked: {numbers}")
    called = [step.expert for step in result.steps if step.status == "finished"]
    for claim in claims(written, called, registry.experts):
        warnings.append(f"the writer's model claims a result that no call gave: {claim.text}")
    warnings += unmet(wishes(result.question), guarded.text)
    return Checked(guarded.text, tuple(warnings))
