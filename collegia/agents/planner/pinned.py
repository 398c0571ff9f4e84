"""Doubts about a plan that somebody else's reading made possible: it may settle what a value is, and guess nothing.

Where types alone have no plan, a plan stands on pins, and whoever set them may be wrong. Three things give a wrong pin
away that are let pass where the question's own words speak: a value that is left over, one that is still a guess, and
two that only the pins tell apart.
"""

from __future__ import annotations

from itertools import combinations
from typing import TYPE_CHECKING

from collegia.agents.planner.leftover import Doubt
from collegia.agents.planner.questions import unit_shown
from collegia.agents.planner.weave import Use
from collegia.agents.reading.types import Reading, Said
from collegia.tools.quantities import fits
from collegia.tools.registry import Registry

if TYPE_CHECKING:
    from collegia.agents.planner.planning import Candidate

__all__ = ["pinned_doubt"]

_GUESS = 1.0
"""The cost from which a plan calls what a value was taken for an assumption."""


def pinned_doubt(candidate: Candidate, reading: Reading, registry: Registry) -> Doubt | None:
    """A question back where a plan that rests on pins may rest on wrong ones."""
    if reading.pinned is None:
        return None
    return _left(candidate, reading) or _guessed(candidate, reading, registry) or _crossed(candidate, reading, registry)


def _left(candidate: Candidate, reading: Reading) -> Doubt | None:
    for said in (reading.said[index] for index in candidate.unused):
        if said.measure is not None and said.measure.unit is not None:
            text = f"I do not see what {said.text!r} is for. If it does not matter, please say so."
            return Doubt(text, said.text)
    return None


def _guessed(candidate: Candidate, reading: Reading, registry: Registry) -> Doubt | None:
    for use in candidate.weaver.uses:
        said, kind = reading.said[use.said], registry.kinds[use.kind]
        if said.measure is not None and use.cost >= _GUESS:
            text = f"Is {said.text!r} the {kind.label}? Please name it (for example “{kind.label} {said.text}”)."
            return Doubt(text, kind.label, kind.name, unit_shown(kind))
    return None


def _crossed(candidate: Candidate, reading: Reading, registry: Registry) -> Doubt | None:
    """Two values that pins alone tell apart, and that could change places; states in the text's order may stand."""
    pinned = reading.pinned or frozenset()
    uses = [use for use in candidate.weaver.uses if use.said in pinned]
    for one, other in combinations(uses, 2):
        left, right = reading.said[one.said], reading.said[other.said]
        if left is right or not _may_change_places(left, one, right, other, registry):
            continue
        if one.kind == other.kind and _in_order(left, right):
            continue
        kind = registry.kinds[one.kind]
        text = f"Which is the {kind.label}: {left.text!r} or {right.text!r}? Please name both."
        return Doubt(text, kind.label, kind.name, unit_shown(kind))
    return None


def _may_change_places(left: Said, one: Use, right: Said, other: Use, registry: Registry) -> bool:
    if left.measure is None or right.measure is None:
        return False
    if one.kind == other.kind and (left.state, left.subject) == (right.state, right.subject):
        return False
    return fits(left.measure, registry.kinds[other.kind]) and fits(right.measure, registry.kinds[one.kind])


def _in_order(left: Said, right: Said) -> bool:
    """Whether states follow the text, as they are taken to do where nothing else is said."""
    first, second = sorted((left, right), key=lambda said: said.start)
    return left.subject == right.subject and (first.state or 0) < (second.state or 0)
