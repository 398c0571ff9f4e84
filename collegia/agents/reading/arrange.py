"""Telling apart values of one kind that nothing names: which is before and which after, which is whose.

"A reaction has k = 0.005 1/s at 50 °C. What is k at 70 °C?" gives two temperatures and no word for either. The
experts know that a rate constant and its temperature belong together; so each value goes to the side whose other
values stand nearest.
"""

from __future__ import annotations

from collections.abc import Sequence

from collegia.agents.reading.tokens import Token
from collegia.agents.reading.types import Ask, Said, Subject
from collegia.tools.card import Card, Port
from collegia.tools.registry import Registry

__all__ = ["arrange"]


def arrange(
    said: list[Said], asks: list[Ask], subjects: list[Subject], tokens: Sequence[Token], registry: Registry
) -> None:
    """Place values that share kind and thing, by the experts' own grouping of their ports."""
    _sides_of_pairs(said, subjects, registry)
    for group in _alike(said, registry):
        cards = _cards_with_places(group, registry)
        cards.sort(key=lambda card: -_fit(card, said, asks))
        for card in cards:
            if _place(group, card, said, asks, subjects):
                break


def _sides_of_pairs(said: list[Said], subjects: list[Subject], registry: Registry) -> None:
    """A falling pair marks one side, a rising one the other, where the domains say so."""
    falling = {
        side.falling: side.slot for d in registry.domains.values() for side in d.sides if side.falling is not None
    }
    if len(falling) < 2:
        return
    pairs = _pairs(said)
    if not pairs:
        return
    slots = [
        falling[first.measure.value > last.measure.value] for first, last in pairs if first.measure and last.measure
    ]
    by_subject: dict[int | None, set[str]] = {}
    for (first, _), slot in zip(pairs, slots, strict=True):
        by_subject.setdefault(first.subject, set()).add(slot)
    shared = any(len(found) > 1 for found in by_subject.values())
    for (first, last), slot in zip(pairs, slots, strict=True):
        known = next((s for s in subjects if s.index == first.subject), None)
        if known is not None and not shared:
            known.side = known.side or slot
        elif len(set(slots)) > 1:
            home = next((s for s in subjects if s.side == slot and not s.kind), None)
            if home is None:
                home = Subject(max((s.index for s in subjects), default=-1) + 1, slot, side=slot, places=[first.first])
                subjects.append(home)
            first.subject = last.subject = home.index


def _pairs(said: list[Said]) -> list[tuple[Said, Said]]:
    """Start and end values that were written as one pair, or follow each other in one clause, and may be points."""
    found: list[tuple[Said, Said]] = []
    for first in said:
        if first.measure is None or first.state is None or first.state % 2:
            continue
        after = first.state + 1
        last = next((i for i in said if i.index > first.index and i.measure is not None and i.state == after), None)
        if (
            last is not None
            and last.index - first.index <= 2
            and set(last.kinds) & set(first.kinds)
            and _is_point(first)
        ):
            found.append((first, last))
    return found


def _is_point(item: Said) -> bool:
    unit = item.measure.unit.text if item.measure is not None and item.measure.unit is not None else ""
    return unit in ("degree_Celsius", "degree_Fahrenheit", "kelvin")


def _alike(said: list[Said], registry: Registry) -> list[list[Said]]:
    """Groups of two values of one best kind, or of a wider one that both may be, of one thing and no state."""
    groups: dict[tuple[str, int | None], list[Said]] = {}
    for item in said:
        open_ = item.state is None or (item.state == 1 and item.measure is not None and not item.measure.pair)
        if item.kinds and open_ and not item.implied and not (item.state and _is_point(item)):
            cheapest = min(item.kinds.values())
            limit = cheapest + 0.01
            best = [name for name, cost in item.kinds.items() if cost <= limit]
            wider = {upper for name in best for upper in registry.kinds[name].lineage() if upper in item.kinds}
            for kind in sorted({*best, *wider}):
                groups.setdefault((kind, item.subject), []).append(item)
    seen: set[tuple[int, ...]] = set()
    kept = []
    for members in groups.values():
        distinct: dict[object, Said] = {}
        for item in members:  # the same value said twice is one value
            distinct.setdefault((item.measure.value, item.measure.unit) if item.measure else item.value, item)
        ids = tuple(item.index for item in distinct.values())
        if len(distinct) == 2 and ids not in seen:
            seen.add(ids)
            kept.append(list(distinct.values()))
    return kept


def _cards_with_places(group: list[Said], registry: Registry) -> list[Card]:
    """Experts that take two values of a kind both members may be, in two places."""
    shared = set(group[0].kinds) & set(group[1].kinds)
    found = []
    for expert in registry.experts.values():
        kinds = [port.kind.name for port in expert.card.inputs if (port.at or port.slot)]
        if any(kinds.count(kind) >= 2 for kind in shared):
            found.append(expert.card)
    return found


def _fit(card: Card, said: list[Said], asks: list[Ask]) -> int:
    """How much of the question an expert speaks of: stated inputs and asked outputs."""
    stated = {name for item in said for name, cost in item.kinds.items() if cost < 1}
    asked = {name for ask in asks for name, cost in ask.kinds.items() if cost < 1}
    inputs = sum(1 if port.kind.name in stated else -1 for port in card.inputs if port.required)
    return inputs + 3 * sum(port.kind.name in asked for port in card.outputs)


def _place(group: list[Said], card: Card, said: list[Said], asks: list[Ask], subjects: list[Subject]) -> bool:
    shared = set(group[0].kinds) & set(group[1].kinds)
    kind = next(k for k in shared if sum(p.kind.name == k and bool(p.at or p.slot) for p in card.inputs) >= 2)
    ports = [port for port in card.inputs if port.kind.name == kind and (port.at or port.slot)][:2]
    straight = _distance(group[0], ports[0], card, said, asks, group) + _distance(
        group[1], ports[1], card, said, asks, group
    )
    swapped = _distance(group[0], ports[1], card, said, asks, group) + _distance(
        group[1], ports[0], card, said, asks, group
    )
    if not _concerned(card, said, asks, kind):
        return False
    order = ports if straight <= swapped else ports[::-1]
    for item, port in zip(group, order, strict=True):
        if port.at:
            item.state = 0 if port.at == "start" else 1
        if port.slot:
            _move(item, port.slot, subjects)
            item.state = None
    for item in said:  # a value said again stands where it stood first
        twin = next((o for o in group if o is not item and o.measure and item.measure and _same(o, item)), None)
        if twin is not None and item.state is None:
            item.state, item.subject = twin.state, twin.subject
    for other in card.inputs:  # what belongs to one place alone goes there with it
        if other.kind.name == kind or not other.at:
            continue
        for item in said:
            if (
                item.state is None
                and item.named
                and item.kinds.get(other.kind.name, 9.0) < 1.0
                and not other.kind.common
            ):
                item.state = 0 if other.at == "start" else 1
    return True


def _concerned(card: Card, said: list[Said], asks: list[Ask], kind: str) -> bool:
    """Whether the question speaks of the expert's other values or asks for what it gives."""
    asked = {name for ask in asks for name in ask.kinds}
    if any(name in asked for port in card.outputs for name in port.kind.lineage()):
        return True
    others = [port for port in card.inputs if port.required and port.kind.name != kind]
    stated = {name for item in said if item.named for name, cost in item.kinds.items() if cost < 1}
    return bool(others) and all(port.kind.name in stated for port in others)


def _same(left: Said, right: Said) -> bool:
    return (
        left.measure is not None
        and right.measure is not None
        and (left.measure.value, left.measure.unit)
        == (
            right.measure.value,
            right.measure.unit,
        )
    )


def _distance(item: Said, port: Port, card: Card, said: list[Said], asks: list[Ask], group: list[Said]) -> float:
    """Mean distance to the values and asks that belong to the same place as the port."""
    gaps: list[int] = []
    for other in card.inputs:
        if (other.at, other.slot) == (port.at, port.slot) and other.kind.name != port.kind.name:
            near = [s for s in said if s.named and other.kind.name in s.kinds and s not in group]
            gaps.extend(abs(s.first - item.first) for s in near[:1] if len(near) == 1)
    for output in card.outputs:
        if (output.at, output.slot) == (port.at, port.slot) and (port.at or port.slot):
            gaps.extend(abs(ask.place - item.first) for ask in asks if output.kind.name in ask.kinds)
    return sum(gaps) / len(gaps) if gaps else 0.0


def _move(item: Said, slot: str, subjects: list[Subject]) -> None:
    home = next((s for s in subjects if s.side == slot), None)
    if home is None:
        home = Subject(max((s.index for s in subjects), default=-1) + 1, slot, side=slot, places=[item.first])
        subjects.append(home)
    item.subject = home.index
