"""Which value of the last plan a turn speaks of: one, several that it may be, or none."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Literal

from collegia.agents.reading.lexicon import Hit
from collegia.agents.reading.types import Said
from collegia.agents.talk.base import Base, Place
from collegia.agents.talk.turns import Turn, is_bare, turn_of
from collegia.agents.talk.words import CHAT, LITTLE, blank
from collegia.tools.quantities import fits
from collegia.tools.units import same_dimension

__all__ = ["chosen", "named_places", "places_for"]

_SURE = 1.0
"""A value whose kind costs less is called so, or commonly taken so; dearer ones only have its dimension."""
_WEAK = 9.0
_ROLES: tuple[tuple[int, Literal["start", "end"]], ...] = ((0, "start"), (1, "end"))
_ORDINALS = ("first", "second", "third", "fourth", "fifth", "sixth")


def places_for(said: Said, turn: Turn, base: Base) -> list[Place]:
    """The places that a value of a turn may be meant for; those that the user stated go before all others."""
    found = _of_name(said, base) if said.measure is None else _of_measure(said, turn, base)
    return _told_apart(found, said, turn)


def named_places(turn: Turn, base: Base, *, stated: bool) -> list[Place]:
    """The places whose kind the turn names; of those that are stated alone, all where it names none."""
    kinds = turn.names | {kind for ask in turn.reading.asks if not ask.by_unit for kind in ask.kinds}
    places = base.stated if stated else (*base.stated, *base.open)
    found = [place for place in places if place.kinds & kinds]
    exact = [
        place
        for place in found
        if place.kinds & {k for ask in turn.reading.asks for k, c in ask.kinds.items() if c == 0}
    ]
    found = exact or found
    if found or kinds or not stated:
        return _on_sides(_in_states(found, turn), turn)
    return [place for place in base.stated if place.said is not None and place.said.measure is not None]


def chosen(reply: str, said: Said | None, places: Sequence[Place], base: Base) -> list[Place]:
    """Those of the places that a reply to "which of them?" names; none where it says anything else."""
    if exact := [place for place in places if place.told == reply]:
        return exact
    if not all(_names_one(one, places) for one in turn_of(reply, base.registry).said if one.measure is not None):
        return []
    low = " ".join(reply.lower().split())
    known = {word for place in places for word in (*place.label.lower().split(), *_names(place, base))}
    rest = set(re.findall(r"[^\W\d_]+", blank(low, CHAT))) - known - LITTLE - {"yes", *_ORDINALS}
    by_text = [place for place in places if place.stated and _holds(low, place.text.lower())]
    if len(by_text) == 1:
        return by_text
    again = turn_of(f"{reply} {said.text}" if said is not None else reply, base.registry)
    if rest - {
        word for hit in again.hits if hit.of("side") or hit.of("start") or hit.of("end") for word in _of(hit, again)
    }:
        return []
    ordinal = [place for number, place in enumerate(places) if number < len(_ORDINALS) and _ORDINALS[number] in low]
    if len(ordinal) == 1:
        return ordinal
    value = next((one for one in again.said if said is not None and one.text == said.text), None)
    if value is not None:
        meant = _told_apart(list(places), value, again)
        named = [place for place in meant if any(value.kinds.get(kind, _WEAK) < _SURE for kind in place.kinds)]
        if value.named and named:
            meant = named
        if 0 < len(meant) < len(places):
            return meant
    words = set(re.findall(r"\w+", low)) - LITTLE
    scores = [len(words & set(place.label.lower().split())) for place in places]
    best = max(scores, default=0)
    return [place for place, score in zip(places, scores, strict=True) if score == best and best]


def _names_one(said: Said, places: Sequence[Place]) -> bool:
    """Whether a value of a reply is one of those that were told: "the 60 °C", "the 60"."""
    text = said.text.replace(" ", "").lower()
    told = [place.text.replace(" ", "").lower() for place in places]
    return text in told or (is_bare(said) and any(re.match(rf"{re.escape(text)}(?![\d.])", one) for one in told))


def _names(place: Place, base: Base) -> Iterator[str]:
    for kind in place.kinds:
        for name in base.registry.kinds[kind].names:
            yield from name.lower().split()


def _of(hit: Hit, turn: Turn) -> Iterator[str]:
    for token in turn.tokens[hit.first : hit.last + 1]:
        yield token.text.lower()


def _holds(text: str, part: str) -> bool:
    """Whether a text has another in it, or at least its number."""
    number = re.match(r"[-\d.,]+", part)
    return part in text or (
        number is not None and re.search(rf"(?<![\d.]){re.escape(number.group())}(?![\d.])", text) is not None
    )


def _of_name(said: Said, base: Base) -> list[Place]:
    """Names of the same kind: of the plan, else of the question (a method, a type)."""
    places = [place for place in base.stated if place.said is None or place.said.measure is None]
    found = [place for place in places if place.kinds & said.kinds.keys()]
    if found:
        return [] if any(place.value == said.value for place in found) else found
    if others := [place for kind in said.kinds for place in _mentioned(kind, base)]:
        return [] if any(place.value == said.value for place in others) else others
    return [place for place in base.open if place.kinds & said.kinds.keys() and not place.computed]


def _mentioned(kind: str, base: Base) -> Iterator[Place]:
    """Names of a kind that the question says, whatever it made of them: the CSTR of "CSTR volume"."""
    known = base.registry.kinds[kind]
    for word, value in known.words.items():
        for found in re.finditer(rf"(?<!\w){re.escape(word)}(?!\w)", base.text, re.IGNORECASE):
            yield Place(known.label, frozenset({kind}), found.group(), found.start(), found.end(), value)


def _of_measure(said: Said, turn: Turn, base: Base) -> list[Place]:
    """Values of the same sort: called so, else of the dimension."""
    stated = [place for place in base.stated if place.said is not None and place.said.measure is not None]
    if is_bare(said):
        return _of_bare(said, turn, stated, base)
    sure = [place for place in stated if _cost(said, place, base) < _SURE and _could_be(said, place, base)]
    open_sure = [place for place in base.open if _cost(said, place, base) < _SURE]
    if sure or said.named:
        return sure or open_sure
    weak = [place for place in stated if _could_be(said, place, base)]
    others = [place for place in base.open if _could_be(said, place, base)]
    if others and not open_sure:
        # "0.2 mm" is no length of pipe because the only length that was stated is one
        alike = [place for place in weak if _unit(place.said) == _unit(said)]
        return alike if len(alike) == 1 else [*weak, *others]
    return [*weak, *open_sure]


def _of_bare(said: Said, turn: Turn, stated: Sequence[Place], base: Base) -> list[Place]:
    """A number without a unit: what it is called, in the unit that was used before; else any value."""
    if turn.names and (called := named_places(turn, base, stated=True) or named_places(turn, base, stated=False)):
        return called
    if said.named:
        sure = [place for place in stated if _cost(said, place, base) < _SURE]
        return sure or [place for place in base.open if _cost(said, place, base) < _SURE]
    return list(stated)


def _cost(said: Said, place: Place, base: Base) -> float:
    """What it costs to take a value for what a place is; where it is called so, a wider name will do."""
    kinds = set(place.kinds)
    if said.named:
        kinds = {wider for kind in kinds for wider in base.registry.kinds[kind].lineage()}
    return min((said.kinds.get(kind, _WEAK) for kind in kinds), default=_WEAK)


def _could_be(said: Said, place: Place, base: Base) -> bool:
    if said.measure is None or said.measure.unit is None:
        return False
    kinds = [base.registry.kinds[kind] for kind in place.kinds]
    if any(kind.unit is not None and fits(said.measure, kind) for kind in kinds):
        return True
    unit = _unit(place.said)
    return bool(unit) and same_dimension(unit, said.measure.unit.text)


def _unit(said: Said | None) -> str:
    return "" if said is None or said.measure is None or said.measure.unit is None else said.measure.unit.text


def _told_apart(places: list[Place], said: Said, turn: Turn) -> list[Place]:
    """Without those on another side, in another state, or of another thing than the value."""
    subjects = turn.reading.subjects
    side = subjects[said.subject].side if said.subject is not None else ""
    left = [place for place in places if not side or place.side == side or not place.stated]
    if any(hit.of("start") or hit.of("end") for hit in turn.hits):
        left = [place for place in left if place.state is not None and place.state == said.state]
    elif said.state is not None:  # "to 80 °C" may be said of a value that has no state
        same = [place for place in left if place.state == said.state]
        left = same or [place for place in left if place.state is None]
    thing = subjects[said.subject].value if said.subject is not None else None
    if thing is not None and any(place.thing == thing for place in left):
        left = [place for place in left if place.thing == thing]
    return _on_sides(left, turn)


def _in_states(places: list[Place], turn: Turn) -> list[Place]:
    """Those in the state that a turn names without a value: the inlet, the outlet."""
    states = {state for state, role in _ROLES if any(hit.of(role) for hit in turn.hits)}
    return [place for place in places if not states or place.state in states]


def _on_sides(places: Iterable[Place], turn: Turn) -> list[Place]:
    found = list(places)
    return [place for place in found if not turn.sides or not place.side or place.side in turn.sides]
