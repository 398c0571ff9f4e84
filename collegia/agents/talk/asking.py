"""What a follow-up asks for: the same, something else, or the same in another unit; and the ways to write it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from collegia.agents.numbers import format_unit
from collegia.agents.plan import Asked, Plan
from collegia.agents.reading.types import Ask
from collegia.agents.talk.base import Base
from collegia.agents.talk.rewriting import Edit
from collegia.agents.talk.turns import Turn
from collegia.tools.units import same_dimension

__all__ = ["Way", "asked_ways", "unit_ways"]

_SURE = 1.0


@dataclass(frozen=True)
class Way:
    """One way to write what is asked into the last question.

    Attributes:
        edits: of the question.
        added: words behind it.
        holds: whether a plan asks what is to be asked.
        told: what changed by it, in words.
        other: whether something else is asked.
    """

    edits: tuple[Edit, ...]
    added: str
    holds: Callable[[Plan], bool]
    told: Callable[[Plan], tuple[str, ...]]
    other: bool = False


def asked_ways(turn: Turn, base: Base) -> Iterator[Way]:
    """Ways to ask what a turn names; the last question as it is, where it names nothing else and no unit."""
    asks = turn.asks
    units = _units(turn)
    if not asks and not units:
        yield Way((), "", lambda plan: _same(plan, base), lambda _: ())
    elif (asks and not all(_asked_before(ask, base) for ask in asks)) or (
        asks and {one.kind for one in base.plan.asked} - {kind for ask in asks for kind in ask.kinds}
    ):
        yield from _other_ways(asks, turn, base)
    elif not units:
        yield Way((), "", lambda plan: _same(plan, base), lambda _: ())


def unit_ways(turn: Turn, base: Base) -> Iterator[Way]:
    """Ways to ask for the last values in the units that a turn names; none where it asks for something else."""
    units = _units(turn)
    if not units or (turn.asks and not all(_asked_before(ask, base) for ask in turn.asks)):
        return
    wanted = {one.unit: turn.reading.text[one.start : one.end].strip() for one in turn.units}

    def meant(asked: Asked) -> str | None:
        unit = asked.unit or _own_unit(asked, base)
        return next((text for text in wanted if same_dimension(text, unit)), None)

    if not all(any(meant(asked) == unit for asked in base.plan.asked) for unit in wanted):
        return

    def holds(plan: Plan) -> bool:
        before = [(one.kind, meant(one) or one.unit) for one in base.plan.asked]
        return [(one.kind, one.unit) for one in plan.asked] == before

    def told(plan: Plan) -> tuple[str, ...]:
        pairs = zip(plan.asked, base.plan.asked, strict=True)
        return tuple(f"{new.name} in {format_unit(new.unit)}" for new, old in pairs if new.unit != old.unit)

    said = " and ".join(wanted.values())
    lone = [
        Edit(one.start, one.end, text)
        for one in base.reading.units
        for unit, text in wanted.items()
        if same_dimension(one.unit, unit)
    ]
    if lone:
        yield Way(tuple(lone), "", holds, told)
    ends = [ask.end for ask in base.reading.asks if not ask.by_unit and _asked_in(ask, base)]
    if ends and len(wanted) == 1:
        yield Way(tuple(Edit(end, end, f" in {said}") for end in ends), "", holds, told)
    yield Way((), f" In {said}?", holds, told)


def _units(turn: Turn) -> list[str]:
    return [one.unit for one in turn.units]


def _own_unit(asked: Asked, base: Base) -> str:
    return base.registry.kinds[asked.kind].unit or ""


def _asked_before(ask: Ask, base: Base) -> bool:
    """Whether the last question asked for this by name."""
    return any(ask.kinds.get(one.kind, _SURE) < _SURE for one in base.plan.asked)


def _asked_in(ask: Ask, base: Base) -> bool:
    return any(one.kind in ask.kinds for one in base.plan.asked)


def _same(plan: Plan, base: Base) -> bool:
    """Whether a plan asks what was asked, in the same units; of a list of alternatives, for each of them."""
    new = [(one.kind, one.unit) for one in plan.asked]
    old = [(one.kind, one.unit) for one in base.plan.asked]
    return new == old or (set(new) == set(old) and len(new) % len(old) == 0)


def _other_ways(asks: Sequence[Ask], turn: Turn, base: Base) -> Iterator[Way]:
    """Ways to ask something else: in the place of what was asked, or behind the rest of the question."""
    text = turn.reading.text
    words = text[min(ask.start for ask in asks) : max(max(ask.end, ask.start + len(ask.text)) for ask in asks)].strip()

    def holds(plan: Plan) -> bool:
        if len(plan.asked) != len(asks):
            return False
        return all(any(ask.kinds.get(one.kind, _SURE) < _SURE for ask in asks) for one in plan.asked)

    def told(plan: Plan) -> tuple[str, ...]:
        before = " and ".join(one.name for one in base.plan.asked)
        return (f"asked: {' and '.join(one.name for one in plan.asked)}, not {before}",)

    old = [ask for ask in base.reading.asks if _asked_in(ask, base)]
    spans = sorted({(ask.start, max(ask.end, ask.start + len(ask.text))) for ask in old})
    units = [one for one in base.reading.units if not any(start <= one.start < end for start, end in spans)]
    gone = [Edit(_before_unit(base.text, one.start), one.end, "") for one in units]
    if spans:
        first, *rest = spans
        edits = (Edit(*first, words), *(Edit(_before_item(base.text, start), end, "") for start, end in rest), *gone)
        yield Way(edits, "", holds, told, other=True)
    blank = (*(Edit(start, end, "") for start, end in spans), *gone)
    yield Way(blank, f" {words}?", holds, told, other=True)


def _before_unit(text: str, start: int) -> int:
    """Where the words that lead to a unit begin: ", in kW"."""
    found = re.search(r",?\s*(?:\(|\b(?:in|as|into)\s+)?$", text[:start])
    return found.start() if found else start


def _before_item(text: str, start: int) -> int:
    """Where the words that lead to an item of a list begin: ", and"."""
    found = re.search(r"(?:,|\band\b|&|\s)*(?:\bthe\b)?\s*$", text[:start])
    return found.start() if found else start
