"""The last question with other words in it, and whether its plan is the last one but for them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from collegia.agents.plan import Given, Plan
from collegia.agents.planner.planner import BETWEEN
from collegia.agents.talk.base import Base, Place, label_of
from collegia.tools.registry import Registry

__all__ = ["Edit", "Rewritten", "rewritten", "same_but_for"]


@dataclass(frozen=True)
class Edit:
    """A span of the last question and its answers, and the words that stand there now."""

    start: int
    end: int
    text: str


@dataclass(frozen=True)
class Rewritten:
    """The question and the answers with edits.

    Attributes:
        new: the spans of the words that are new.
        moved: the spans that were there, by where they are now.
    """

    question: str
    answers: tuple[str, ...]
    new: tuple[tuple[int, int], ...]
    edits: tuple[Edit, ...] = field(repr=False)
    base: Base = field(repr=False)
    grown: int = 0

    def where(self, place: Place) -> tuple[int, int]:
        """Where a place that is not edited stands now."""
        return self._moved(place.start), self._moved(place.end)

    def is_new(self, start: int, end: int) -> bool:
        """Whether a span has new words in it."""
        return any(start < last and first < end for first, last in self.new)

    def _moved(self, at: int) -> int:
        shift = sum(len(one.text) - (one.end - one.start) for one in self.edits if one.end <= at)
        return at + shift + (self.grown if at > len(self.base.question) else 0)


def rewritten(base: Base, edits: Sequence[Edit], added: str = "") -> Rewritten:
    """The last question with edits, and with words behind it."""
    ordered = sorted(edits, key=lambda one: one.start)
    new: list[tuple[int, int]] = []
    parts: list[str] = []
    start = 0
    at = 0
    for number, segment in enumerate((base.question, *base.answers)):
        end = start + len(segment)
        text, place = "", start
        for one in ordered:
            if start <= one.start and one.end <= end:
                text += base.text[place : one.start]
                if one.text:
                    new.append((at + len(text), at + len(text) + len(one.text)))
                text, place = text + one.text, one.end
        text += base.text[place:end]
        if number == 0 and added:
            new.append((at + len(text), at + len(text) + len(added)))
            text += added
        parts.append(text)
        start, at = end + len(BETWEEN), at + len(text) + len(BETWEEN)
    return Rewritten(parts[0], tuple(parts[1:]), tuple(new), tuple(ordered), base, len(added))


def same_but_for(plan: Plan, made: Rewritten, edited: Sequence[Place], *, other_asked: bool) -> bool:
    """Whether a plan takes all that was kept for what it was taken for before, and makes use of what is new.

    Args:
        plan: of the question with the edits.
        made: that question.
        edited: the places whose words were replaced or taken away.
        other_asked: whether something else is asked now; what that has no use for may be left, and what the last
            question stated and did not need may be taken.
    """
    base = made.base
    uses = _uses(plan, base.registry)
    kept = {made.where(place): place for place in base.stated if place not in edited}
    for span, (value, kinds) in uses.items():
        place = kept.get(span)
        if place is None:
            if not made.is_new(*span) and not other_asked:
                return False
        elif place.value != value or (not other_asked and kinds != _ports(place, base)):
            return False
    if not other_asked and kept.keys() - uses.keys():
        return False
    unused = [span for span in made.new if not any(span[0] < end and start < span[1] for start, end in uses)]
    return not unused or other_asked or _experts(plan) != _experts(base.plan)


def _uses(plan: Plan, registry: Registry) -> dict[tuple[int, int], tuple[object, frozenset[str]]]:
    """What a plan takes from words: by span, the value and what it is taken for."""
    found: dict[tuple[int, int], tuple[object, frozenset[str]]] = {}
    for step in plan.steps:
        card = registry.experts[step.expert].card
        for name, bound in step.arguments.items():
            if isinstance(bound, Given) and bound.start >= 0:
                span = bound.start, bound.end
                known = found.get(span, (bound.value, frozenset()))[1]
                found[span] = bound.value, known | {label_of(card.input(name))}
    return found


def _ports(place: Place, base: Base) -> frozenset[str]:
    return _uses(base.plan, base.registry)[place.start, place.end][1]


def _experts(plan: Plan) -> list[str]:
    return sorted(step.expert for step in plan.steps)
