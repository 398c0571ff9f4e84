"""The last question with other words in it, and whether its plan is the last one but for them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from collegia.agents.plan import Given, Plan
from collegia.agents.question import BETWEEN
from collegia.agents.talk.base import Base, Place, label_of
from collegia.tools.registry import Registry

__all__ = ["Edit", "Rewritten", "rewritten", "same_but_for"]


@dataclass(frozen=True)
class Edit:
    """A span of the last question and its answers, and the words that stand there now; `asks`: they state nothing."""

    start: int
    end: int
    text: str
    asks: bool = False


@dataclass(frozen=True)
class Rewritten:
    """The question and the answers with edits.

    Attributes:
        new: the spans of the words that are new and state something.
    """

    question: str
    answers: tuple[str, ...]
    new: tuple[tuple[int, int], ...]
    edits: tuple[Edit, ...] = field(repr=False)
    base: Base = field(repr=False)
    grown: int = 0

    @property
    def text(self) -> str:
        """The question and the answers, in which spans lie."""
        return BETWEEN.join((self.question, *self.answers))

    def where(self, place: Place) -> tuple[int, int]:
        """Where a place that is not edited stands now."""
        return self._moved(place.start), self._moved(place.end)

    def is_new(self, start: int, end: int) -> bool:
        """Whether a span has new words in it."""
        return any(start < last and first < end for first, last in self.new)

    def is_edited(self, place: Place) -> bool:
        """Whether a place has other words now, or none."""
        return any(one.start < place.end and place.start < one.end for one in self.edits if not one.asks)

    def _moved(self, at: int) -> int:
        shift = sum(len(one.text) - (one.end - one.start) for one in self.edits if one.end <= at)
        return at + shift + (self.grown if at > len(self.base.question) else 0)


def rewritten(base: Base, edits: Sequence[Edit], added: str = "", asked: str = "") -> Rewritten:
    """The last question with edits, and behind it what is stated and what is asked."""
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
                if one.text and not one.asks:
                    new.append((at + len(text), at + len(text) + len(one.text)))
                text, place = text + one.text, one.end
        text += base.text[place:end]
        if number == 0 and added:
            new.append((at + len(text), at + len(text) + len(added)))
        if number == 0:
            text += added + asked
        parts.append(text)
        start, at = end + len(BETWEEN), at + len(text) + len(BETWEEN)
    return Rewritten(parts[0], tuple(parts[1:]), tuple(new), tuple(ordered), base, len(added) + len(asked))


def same_but_for(plan: Plan, made: Rewritten, *, other_asked: bool) -> bool:
    """Whether a plan takes all that was kept for what it was taken for before, and makes use of what is new.

    Args:
        plan: of the question with the edits.
        made: that question.
        other_asked: whether something else is asked now; what that has no use for may be left, and what the last
            question stated and did not need may be taken.
    """
    base = made.base
    uses, before = _uses(plan, base.registry), _uses(base.plan, base.registry)
    kept = {made.where(place): before[place.start, place.end] for place in base.stated if not made.is_edited(place)}
    for span, taken in uses.items():
        if made.is_new(*span):
            continue
        if span not in kept:
            if not other_asked:
                return False
        elif taken != kept[span] and not (other_asked and {value for _, value in taken} <= {v for _, v in kept[span]}):
            return False
    if not other_asked and kept.keys() - uses.keys():
        return False
    for span in made.new:
        parts = _numbers(made.text, span) or [span]
        left = [part for part in parts if not any(part[0] < end and start < part[1] for start, end in uses)]
        in_part = bool(left) and len(left) < len(parts)  # of a list, some: it was read otherwise than it was meant
        if in_part or (left and not other_asked and _experts(plan) == _experts(base.plan)):
            return False
    return True


def _numbers(text: str, span: tuple[int, int]) -> list[tuple[int, int]]:
    """Where the numbers of a span are."""
    return [found.span() for found in re.compile(r"\d+(?:[.,]\d+)*").finditer(text, *span)]


def _uses(plan: Plan, registry: Registry) -> dict[tuple[int, int], set[tuple[str, str]]]:
    """What a plan takes from words: by span, what it is taken for and the value."""
    found: dict[tuple[int, int], set[tuple[str, str]]] = {}
    for step in plan.steps:
        card = registry.experts[step.expert].card
        for name, bound in step.arguments.items():
            if isinstance(bound, Given) and bound.start >= 0:
                found.setdefault((bound.start, bound.end), set()).add(
                    (label_of(card.input(name), card), repr(bound.value))
                )
    return found


def _experts(plan: Plan) -> list[str]:
    return sorted(step.expert for step in plan.steps)
