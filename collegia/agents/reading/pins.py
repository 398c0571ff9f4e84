"""What somebody else reads in a question, laid over the reading of it: which value is what, and what is asked.

A pin settles what the words leave open. It never goes against what they say: a value that the question itself names
keeps its name, and a value is only ever one that stands in the question.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from collegia.agents.reading.types import Ask, Reading, Said
from collegia.tools.kinds import Kind
from collegia.tools.quantities import fits
from collegia.tools.registry import Registry

__all__ = ["NO_PINS", "Pin", "Pins", "apply_pins", "faults_of", "said_in"]

_SURE = 5.0
"""The score of an ask that a name and a verb speak for; a pinned one is as sure."""
_NAMED_SO = 0.5
"""The cost up to which a named value's name speaks for a kind."""


@dataclass(frozen=True, slots=True)
class Pin:
    """One stated value, taken for a value of a kind.

    Attributes:
        words: as they stand in the question.
        kind: the kind's name.
        state: 0 before, 1 after; None for neither.
    """

    words: str
    kind: str
    state: int | None = None


@dataclass(frozen=True, slots=True)
class Pins:
    """All that was read.

    Attributes:
        values: what is stated.
        asked: the kinds that are asked for.
        experts: whom to prefer where several could give a value.
        sole: whether the words alone make no plan, so that one rests on these; it is doubted the more then.
    """

    values: tuple[Pin, ...] = ()
    asked: tuple[str, ...] = ()
    experts: frozenset[str] = frozenset()
    sole: bool = False

    def __bool__(self) -> bool:
        return bool(self.values or self.asked)


NO_PINS = Pins()


def apply_pins(
    reading: Reading, pins: Pins, registry: Registry, settled: frozenset[tuple[int, int]] = frozenset()
) -> None:
    """Lay pins over a reading; one that has a fault, or goes against the user's own word, changes nothing.

    Args:
        reading: changed in place.
        pins: what somebody else reads.
        registry: the experts.
        settled: where the values stand that the user has said what they are, or that they are not.
    """
    taken = {said.index for said in reading.said if said.left_out or (said.start, said.end) in settled}
    new: set[int] = set()
    for pin in pins.values:
        kind = registry.kinds[pin.kind]
        said = said_in(reading, pin.words, kind, taken)
        if said is None or _named_otherwise(said, kind, registry):
            continue
        taken.add(said.index)
        if not (said.named and said.kinds.get(kind.name, _SURE) <= _NAMED_SO):
            new.add(said.index)
        said.kinds, said.named = {kind.name: 0.0}, True
        if pin.state is not None and said.state is None:
            said.state = pin.state
            new.add(said.index)
    reading.pinned = frozenset(new) if pins.sole else None
    _ask_for(reading, [registry.kinds[name] for name in pins.asked])


def faults_of(pins: Pins, reading: Reading, registry: Registry) -> Iterator[str]:
    """Why pins cannot be meant, each in a sentence."""
    taken: set[int] = set()
    for pin in pins.values:
        kind = registry.kinds[pin.kind]
        if not _places(reading.text, pin.words):
            yield f"{pin.words!r} does not stand in the question; copy its words exactly, or leave the argument out"
            continue
        said = said_in(reading, pin.words, kind, taken)
        if said is None:
            yield f"{pin.words!r} states no {kind.label} in {kind.unit or 'plain numbers'}"
            continue
        taken.add(said.index)
        if own := _named_otherwise(said, kind, registry):
            yield f"{said.text!r} is named in the question: it is the {own}, and not the {kind.label}"
    for name in _not_asked(pins, reading, registry):
        yield f"the question does not ask for the {registry.kinds[name].label}; mark as asked only what it asks for"


def _not_asked(pins: Pins, reading: Reading, registry: Registry) -> list[str]:
    """Kinds that the question does not ask for, where it plainly asks for others.

    A step for what nobody asks could take a stated value in, which would else be seen to be left over.
    """
    given = {port.kind.name for expert in registry.experts.values() for port in expert.card.outputs}
    asked = {kind for ask in reading.asks for kind in ask.kinds if kind in given}
    return [name for name in pins.asked if asked and not asked.intersection(registry.kinds[name].lineage())]


def said_in(reading: Reading, words: str, kind: Kind, taken: set[int]) -> Said | None:
    """The value that some words of the question state, of a dimension that the kind has."""
    fitting = [
        said
        for start, end in _places(reading.text, words)
        for said in reading.said
        if said.index not in taken and said.measure is not None and start <= said.start < end
        if fits(said.measure, kind)
    ]
    return next(iter(fitting), None)


def _places(text: str, words: str) -> list[tuple[int, int]]:
    """Where words stand in a text by themselves, letters of either size and any blanks between them."""
    parts = words.split()
    if not parts:
        return []
    words = r"\s*".join(re.escape(part) for part in parts)
    found = re.finditer(rf"(?<![\w.]){words}(?!\w|[.,]\d)", text, re.IGNORECASE)
    return [one.span() for one in found]


def _named_otherwise(said: Said, kind: Kind, registry: Registry) -> str:
    """What the question itself calls a value, where that is something else; empty where it is not."""
    if not said.named or not said.kinds:
        return ""
    own = [name for name, cost in said.kinds.items() if cost <= _NAMED_SO]
    alike = any(
        name in kind.lineage() or kind.name in registry.kinds[name].lineage() or registry.kinds[name].common
        for name in own
    )
    return "" if alike or not own else registry.kinds[own[0]].label


def _ask_for(reading: Reading, kinds: Sequence[Kind]) -> None:
    """See to it that kinds are asked for: each by words that may ask for it, else by an ask of its own."""

    def may_ask(kind: Kind) -> list[Ask]:
        return sorted((ask for ask in reading.asks if kind.name in ask.kinds), key=lambda ask: ask.kinds[kind.name])

    settled: list[Ask] = []
    for kind in sorted(kinds, key=lambda kind: len(may_ask(kind))):
        open_ = [ask for ask in may_ask(kind) if ask not in settled]
        if open_:
            open_[0].kinds = {kind.name: 0.0}
            settled.append(open_[0])
        elif not may_ask(kind):
            place = max((ask.place for ask in reading.asks), default=-1) + 1
            end = len(reading.text)
            reading.asks.append(Ask(kind.label, end, place, {kind.name: 0.0}, score=_SURE, end=end))
            settled.append(reading.asks[-1])
