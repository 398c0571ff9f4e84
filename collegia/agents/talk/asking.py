"""What a follow-up asks for: the same, something else, or the same in another unit; and the ways to write it."""

from __future__ import annotations

import re
from collections import Counter
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
        taking: the plan of what is to be asked alone; None where it is not asked as it should be.
        told: what changed by it, in words.
        other: whether something else is asked.
    """

    edits: tuple[Edit, ...]
    added: str
    taking: Callable[[Plan], Plan | None]
    told: Callable[[Plan], tuple[str, ...]]
    other: bool = False


def asked_ways(turn: Turn, base: Base, *, in_ask: bool) -> Iterator[Way]:
    """Ways to ask what a turn names; the last question as it is, where it names nothing else and no unit.

    Args:
        turn: the turn.
        base: the last question.
        in_ask: whether a name is changed within what was asked: the *PFR* volume.
    """
    if _others(turn.asks, base):
        yield from _other_ways(turn.asks, turn, base)
    elif not turn.units:
        yield Way((), "", lambda plan: _same(plan, base), lambda _: ())
        if in_ask:
            yield Way((), "", lambda plan: _alike(plan, base), lambda plan: (_told(plan, base),), other=True)


def unit_ways(turn: Turn, base: Base) -> Iterator[Way]:
    """Ways to ask for the last values in the units that a turn names; none where it asks for something else."""
    if not turn.units or _others(turn.asks, base):
        return
    wanted = {one.unit: turn.reading.text[one.start : one.end].strip() for one in turn.units}

    def meant(asked: Asked) -> str | None:
        unit = asked.unit or _own_unit(asked, base)
        return next((text for text in wanted if same_dimension(text, unit)), None)

    if not all(any(meant(asked) == unit for asked in base.plan.asked) for unit in wanted):
        return

    def holds(plan: Plan) -> Plan | None:
        return _taking(plan, [(one.kind, meant(one) or one.unit) for one in base.plan.asked])

    def told(plan: Plan) -> tuple[str, ...]:
        pairs = zip(plan.asked, base.plan.asked, strict=True)
        return tuple(f"{new.name} in {format_unit(new.unit)}" for new, old in pairs if new.unit != old.unit)

    said = " and ".join(wanted.values())
    lone = [
        Edit(one.start, one.end, text, asks=True)
        for one in base.reading.units
        for unit, text in wanted.items()
        if same_dimension(one.unit, unit)
    ]
    if lone:
        yield Way(tuple(lone), "", holds, told)
    ends = [ask.end for ask in base.reading.asks if not ask.by_unit and _asked_in(ask, base)]
    if ends and len(wanted) == 1:
        yield Way(tuple(Edit(end, end, f" in {said}", asks=True) for end in ends), "", holds, told)
    yield Way((), f" In {said}?", holds, told)


def _others(asks: Sequence[Ask], base: Base) -> bool:
    """Whether something is asked that was not asked before, or not all that was."""
    named = {kind for ask in asks for kind in ask.kinds}
    return bool(asks) and not (
        all(_asked_before(ask, base) for ask in asks) and all(one.kind in named for one in base.plan.asked)
    )


def _own_unit(asked: Asked, base: Base) -> str:
    return base.registry.kinds[asked.kind].unit or ""


def _asked_before(ask: Ask, base: Base) -> bool:
    """Whether the last question asked for this by name."""
    return any(ask.kinds.get(one.kind, _SURE) < _SURE for one in base.plan.asked)


def _asked_in(ask: Ask, base: Base) -> bool:
    return any(one.kind in ask.kinds for one in base.plan.asked)


def _same(plan: Plan, base: Base) -> Plan | None:
    """The plan of what was asked, in the same units; of a list of alternatives, for each of them."""
    return _taking(plan, [(one.kind, one.unit) for one in base.plan.asked])


def _alike(plan: Plan, base: Base) -> Plan | None:
    """The plan where it asks for as many values in the same units, whatever their kinds."""
    return plan if [one.unit for one in plan.asked] == [one.unit for one in base.plan.asked] else None


def _taking(plan: Plan, wanted: Sequence[tuple[str, str]]) -> Plan | None:
    """The plan of these kinds in these units alone, each as often as the others."""
    left = [one for one in plan.asked if (one.kind, one.unit) in wanted]
    found = Counter((one.kind, one.unit) for one in left)
    return _alone(plan, left) if found.keys() == set(wanted) and len(set(found.values())) == 1 else None


def _alone(plan: Plan, asked: Sequence[Asked]) -> Plan:
    """The plan without the steps that these values need not."""
    needed: set[str] = set()
    open_ = [one.source.step for one in asked]
    while open_:
        step = open_.pop()
        if step not in needed:
            needed.add(step)
            open_.extend(plan.step(step).needs())
    return plan.model_copy(
        update={"asked": tuple(asked), "steps": tuple(step for step in plan.steps if step.id in needed)}
    )


def _told(plan: Plan, base: Base) -> str:
    before = " and ".join(one.name for one in base.plan.asked)
    return f"asked: {' and '.join(one.name for one in plan.asked)}, not {before}"


def _other_ways(asks: Sequence[Ask], turn: Turn, base: Base) -> Iterator[Way]:
    """Ways to ask something else: in the place of what was asked, or behind the rest of the question."""
    text = turn.reading.text
    words = text[min(ask.start for ask in asks) : max(max(ask.end, ask.start + len(ask.text)) for ask in asks)].strip()

    def taking(plan: Plan) -> Plan | None:
        left = [one for one in plan.asked if any(ask.kinds.get(one.kind, _SURE) < _SURE for ask in asks)]
        cases = len(base.plan.asked) // len({one.kind for one in base.plan.asked})
        return _alone(plan, left) if len(left) in (len(asks), len(asks) * cases) else None

    def told(plan: Plan) -> tuple[str, ...]:
        return (_told(plan, base),)

    old = [ask for ask in base.reading.asks if _asked_in(ask, base)]
    spans = sorted({(ask.start, max(ask.end, ask.start + len(ask.text))) for ask in old})
    units = [one for one in base.reading.units if not any(start <= one.start < end for start, end in spans)]
    gone = [Edit(_before_unit(base.text, one.start), one.end, "", asks=True) for one in units]
    if spans:
        first, *rest = spans
        edits = (
            Edit(*first, words, asks=True),
            *(Edit(_before_item(base.text, start), end, "", asks=True) for start, end in rest),
            *gone,
        )
        yield Way(edits, "", taking, told, other=True)
    blank = (*(Edit(start, end, "", asks=True) for start, end in spans), *gone)
    yield Way(blank, f" {words}?", taking, told, other=True)
    yield Way((), f" And {words}?", taking, told, other=True)


def _before_unit(text: str, start: int) -> int:
    """Where the words that lead to a unit begin: ", in kW"."""
    found = re.search(r",?\s*(?:\(|\b(?:in|as|into)\s+)?$", text[:start])
    return found.start() if found else start


def _before_item(text: str, start: int) -> int:
    """Where the words that lead to an item of a list begin: ", and"."""
    found = re.search(r"(?:,|\band\b|&|\s)*(?:\bthe\b)?\s*$", text[:start])
    return found.start() if found else start
