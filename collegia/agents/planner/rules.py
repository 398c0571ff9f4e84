"""Experts as rules: a card with its slots given to things and its states placed along the process."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import permutations

from collegia.agents.reading.types import Subject
from collegia.tools.card import Card, Port

__all__ = ["Key", "Rule", "joint_kinds", "property_kinds", "relevant", "rules_for", "thing_kinds"]

Key = tuple[str, int | None, int | None]
"""What a value is, of which thing, in which state: (kind, subject, state)."""


@dataclass(slots=True, eq=False)
class Rule:
    """One way to use an expert: which thing fills each slot, and where along the process it stands."""

    card: Card
    slots: dict[str, int | None]
    base: int | None
    bias: float = 0.0
    joins: bool = False
    staged: bool = False

    def subject(self, port: Port) -> int | None:
        """The thing a port speaks of."""
        return self.slots.get(port.slot)

    def state(self, port: Port) -> int | None:
        """The state a port speaks of."""
        if port.at == "start":
            return self.base or 0
        if port.at == "end":
            return (self.base or 0) + 1
        return None if self.staged else self.base


def rules_for(
    card: Card, subjects: Sequence[Subject], states: Sequence[int], changing: frozenset[str]
) -> Iterator[Rule]:
    """Every way to use an expert on the things and states of a question.

    `changing` holds the kinds that differ from state to state: an expert that takes none of them has no states.
    """
    staged = any(port.at for port in (*card.inputs, *card.outputs))
    top = max(states, default=0)
    bases: list[int | None] = list(range(max(1, top))) if staged else [None]
    if not staged and any(port.kind.name in changing for port in card.inputs):
        bases += sorted(set(states))
    named = [slot for slot in card.slots if slot]
    for base in bases:
        if not named:
            for subject in _mains(subjects):
                yield Rule(card, {"": subject}, base, staged=staged)
            continue
        for filling, bias in _fillings(named, subjects):
            yield Rule(card, {"": None, **filling}, base, bias, joins=True, staged=staged)


def _mains(subjects: Sequence[Subject]) -> list[int | None]:
    if len(subjects) == 1:
        return [subjects[0].index]
    return [None, *(subject.index for subject in subjects)]


def _fillings(named: list[str], subjects: Sequence[Subject]) -> Iterator[tuple[dict[str, int | None], float]]:
    """Things for named slots: a thing known to be one side fills no other."""
    if len(named) == 1:
        for subject in subjects:
            if subject.side in ("", named[0]):
                yield {named[0]: subject.index}, 0.0 if subject.side else 0.3
        yield {named[0]: None}, 0.6
        return
    if len(subjects) >= len(named):
        for order, chosen in enumerate(permutations(subjects, len(named))):
            if all(subject.side in ("", slot) for slot, subject in zip(named, chosen, strict=True)):
                known = sum(bool(subject.side) for subject in chosen)
                yield (
                    {slot: subject.index for slot, subject in zip(named, chosen, strict=True)},
                    0.4 * (len(named) - known) + 0.01 * order,
                )
    yield dict.fromkeys(named, None), 1.0
    for subject in subjects:
        for slot in named:
            if subject.side == slot:
                yield {other: subject.index if other == slot else None for other in named}, 0.8


def joint_kinds(cards: Sequence[Card]) -> frozenset[str]:
    """Kinds that belong to what joins several things, and to none of them alone (the duty of an exchanger)."""
    found: set[str] = set()
    for card in cards:
        if any(card.slots):
            found.update(port.kind.name for port in (*card.inputs, *card.outputs) if not port.slot)
    return frozenset(found)


def thing_kinds(cards: Sequence[Card]) -> frozenset[str]:
    """Kinds that are properties of a thing: they share a slot with the thing's name, or fill a named slot."""
    found: set[str] = set()
    for card in cards:
        ports = (*card.inputs, *card.outputs)
        for slot in card.slots:
            together = [port.kind for port in ports if port.slot == slot]
            if slot or any(kind.subject for kind in together):
                found.update(name for kind in together for name in kind.lineage())
    return frozenset(found)


def property_kinds(cards: Sequence[Card]) -> frozenset[str]:
    """Kinds that an expert gives for a named thing: the heat capacity of water is not that of oil."""
    found: set[str] = set()
    for card in cards:
        for slot in card.slots:
            if any(port.kind.subject for port in card.inputs if port.slot == slot):
                found.update(port.kind.name for port in card.outputs if port.slot == slot)
    return frozenset(found)


def relevant(cards: Sequence[Card], wanted: frozenset[str]) -> list[Card]:
    """The experts that can have a part in giving the wanted kinds, however far back."""
    by_output: dict[str, list[Card]] = {}
    for card in cards:
        for port in card.outputs:
            for name in port.kind.lineage():
                by_output.setdefault(name, []).append(card)
    found: dict[str, Card] = {}
    kinds, seen = list(wanted), set(wanted)
    while kinds:
        for card in by_output.get(kinds.pop(), ()):
            if card.name in found:
                continue
            found[card.name] = card
            fresh = {port.kind.name for port in card.inputs} - seen
            seen |= fresh
            kinds.extend(fresh)
    return [card for card in cards if card.name in found and not _passes_on(card)]


def _passes_on(card: Card) -> bool:
    """Whether an expert only gives a value back, to be told in another unit: no part of any reasoning."""
    return len(card.inputs) == 1 and len(card.outputs) == 1 and card.inputs[0].kind == card.outputs[0].kind
