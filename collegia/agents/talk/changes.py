"""The values that a follow-up changes: each with the words of the last question that it takes the place of."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import groupby, pairwise

from collegia.agents.numbers import format_quantity
from collegia.agents.reading.types import Said
from collegia.agents.talk.base import Base, Place
from collegia.agents.talk.factors import multiplied, shifted
from collegia.agents.talk.matching import chosen, named_places, places_for
from collegia.agents.talk.rewriting import Edit
from collegia.agents.talk.turns import Turn, is_bare
from collegia.agents.values import is_number

__all__ = ["Back", "Change", "Found", "Unclear", "changes"]


@dataclass(frozen=True)
class Back:
    """A question back: what cannot be matched to one thing, and the things it may be."""

    text: str
    places: tuple[Place, ...] = ()
    label: str = ""
    """What a value is wanted for, where that is known."""


@dataclass(frozen=True)
class Change:
    """One thing that a follow-up changes, and its words."""

    place: Place | None
    edits: tuple[Edit, ...]
    told: str
    added: str = ""


@dataclass
class Found:
    """What was made of a turn so far."""

    changes: list[Change] = field(default_factory=list)
    kinds: set[str] = field(default_factory=set)
    words: set[str] = field(default_factory=set)

    def speaks_of(self, place: Place, base: Base) -> None:
        """The words for a place are no strange words any more."""
        self.kinds |= place.kinds
        for kind in place.kinds:
            known = base.registry.kinds[kind]
            self.words |= {word for name in (*known.names, known.name.replace("_", " ")) for word in name.split()}
        self.words |= set(place.label.split())


_LISTING = (",", "and", "or", ", and", ", or")
_PLAINLY_PER_CENT = 10.0
"""A number below one in the place of so many per cent is no per cent."""

_YES = re.compile(r"\W*(?:yes|yep|yeah|y|right|correct|exactly|indeed|sure|it does|it is)\b[\W]*$", re.IGNORECASE)


class Unclear(Exception):
    """A question back in place of a change; it never leaves `follow`."""

    def __init__(self, back: Back) -> None:
        super().__init__(back.text)
        self.back = back


def changes(turn: Turn, base: Base, found: Found, choice: str) -> Iterator[Change]:
    """The values that a turn changes.

    Raises:
        Unclear: one may be meant for several things, or for none.
    """
    if turn.removing:
        yield _removed(turn, base, found, choice)
    elif turn.factor is not None or turn.direction:
        place = _one(_scaled(turn, base), None, base, found, choice, turn.text)
        if turn.factor is not None and not turn.names and not _agreed(choice, None, place, base):
            raise Unclear(Back(f"Does “{turn.text}” speak of the {place.told}?", (place,)))  # or of the answer?
        amount = turn.said[0] if turn.direction and turn.said else None
        new = multiplied(place, turn.factor) if turn.factor is not None else shifted(place, amount, turn.direction)
        if new is None:
            raise Unclear(
                Back(f"I cannot say exactly what “{turn.text}” makes of {place.told}. What is the new value?")
            )
        yield _replaced(place, new, base)
    elif turn.setting and not turn.said and not turn.asks and not turn.units:
        places = named_places(turn, base, stated=False)
        if places:
            place = _one(places, None, base, found, choice, turn.text)
            raise Unclear(Back(f"What should the {place.label} be? Before: {_before(place)}.", (place,), place.label))
    else:
        yield from _stated(turn, base, found, choice)


def _before(place: Place) -> str:
    if place.stated or place.value is None:
        return place.text or ("computed" if place.computed else "none")
    return f"{format_quantity(place.value, place.unit) if is_number(place.value) else place.value} by default"


def _scaled(turn: Turn, base: Base) -> list[Place]:
    named = named_places(turn, base, stated=True)
    places = [place for place in named if place.said is not None and place.said.measure is not None]
    if turn.direction and turn.said and not turn.names:
        return [place for place in places_for(turn.said[0], turn, base) if place.stated]
    return places


def _stated(turn: Turn, base: Base, found: Found, choice: str) -> Iterator[Change]:
    """What is stated in a turn, each value in the place of one before, or beside them."""
    _lend_units(turn)
    taken: dict[tuple[int, int], list[tuple[Said, Place]]] = {}
    alone: list[tuple[Said, Place | None]] = []
    for _, group in groupby(turn.said, key=lambda one: (one.start, one.end)):
        said = list(group)
        if any(_known(one, base) for one in said):
            continue
        found_ = [place for one in said for place in places_for(one, turn, base)]
        places = list({(place.label, place.start): place for place in found_}.values())
        if said[0].measure is None:
            places = [place for place in places if place.stated] or places
        if not places and not (said[0].named or said[0].kinds):
            raise Unclear(_nowhere(said[0], base))
        place = _one(places, said[0], base, found, choice, turn.text) if places else None
        if place is not None and not place.stated and is_bare(said[0]) and place.unit:
            wanted = f"{place.label} {said[0].text}"
            raise Unclear(Back(f"In which unit is the {wanted}?", (place,), wanted))
        _gauge(said[0], place)
        if place is not None and not place.stated and not said[0].named and not _agreed(choice, said[0], place, base):
            told = f"{place.label} (before: {_before(place)})"
            raise Unclear(Back(f"Does “{said[0].text}” stand for the {told}?", (place,)))
        if place is not None and place.stated:
            taken.setdefault((place.start, place.end), []).append((said[0], place))
            continue
        alone.append((said[0], place))
        found.kinds |= {kind for one in said for kind, cost in one.kinds.items() if cost < 1}
    for values in taken.values():
        place = values[0][1]
        new = [said for said, _ in values if len(values) == 1 or not _given_up(said, place, turn)]
        yield _replaced(place, _listed(new, turn, place), base)
    for said_, place in alone:
        yield Change(None, (), f"{_label(said_, place, turn)} {said_.text}", _beside(said_, place, turn))


def _lend_units(turn: Turn) -> None:
    """Give the numbers of a list the unit that stands behind the last: "40 or 50 °C"."""
    for one, after in reversed(list(pairwise(turn.said))):
        gap = turn.reading.text[one.end : after.start].strip()
        if is_bare(one) and one.measure and after.measure and after.measure.unit and gap in _LISTING:
            one.measure, one.kinds = replace(one.measure, unit=after.measure.unit), dict(after.kinds)


def _given_up(said: Said, place: Place, turn: Turn) -> bool:
    """Whether a value is named as what was before: "40 °C instead of 20 °C"."""
    before = rf"\b(?:instead of|rather than|not|from|change)\s+(?:the\s+)?{re.escape(said.text)}"
    return _squeezed(said.text) == _squeezed(place.text) and re.search(before, turn.text, re.IGNORECASE) is not None


def _squeezed(text: str) -> str:
    return text.replace(" ", "").lower()


def _agreed(choice: str, said: Said | None, place: Place, base: Base) -> bool:
    """Whether a reply takes the one thing that was asked about."""
    return bool(choice) and (_YES.match(choice) is not None or chosen(choice, said, [place], base) == [place])


def _known(said: Said, base: Base) -> bool:
    """Whether a turn only names what stands in the last question already."""
    if said.measure is None:
        return any(
            one.measure is None and one.value == said.value and one.kinds.keys() & said.kinds.keys()
            for one in base.reading.said
        )
    return False


def _one(places: Sequence[Place], said: Said | None, base: Base, found: Found, choice: str, text: str) -> Place:
    """The one place that is meant.

    Raises:
        Unclear: there are several, or none.
    """
    if choice and len(places) > 1:
        places = chosen(choice, said, places, base) or places
    if listed := _as_list(places, base):
        places = [listed]
    if not places:
        raise Unclear(
            _nowhere(said, base) if said else Back(f"I do not see what “{text}” changes in the last question.")
        )
    if len(places) > 1:
        named = "; ".join(place.told for place in places)
        what = said.text if said is not None else text
        raise Unclear(Back(f"Which one does “{what}” stand for: {named}?", tuple(places)))
    found.speaks_of(places[0], base)
    return places[0]


def _as_list(places: Sequence[Place], base: Base) -> Place | None:
    """A list of alternatives as one place: "30 and 60 °C"."""
    ordered = sorted(places, key=lambda place: place.start)
    if not ordered[1:] or not all(place.stated and place.kinds == ordered[0].kinds for place in ordered):
        return None
    if any(base.text[a.end : b.start].strip() not in _LISTING for a, b in pairwise(ordered)):
        return None
    first, last = ordered[0], ordered[-1]
    return replace(last, text=base.text[first.start : last.end], start=first.start)


def _nowhere(said: Said, base: Base) -> Back:
    stated = "; ".join(place.told for place in base.stated)
    return Back(
        f"I do not see what “{said.text}” changes in the last question, which states: {stated}. Please name it."
    )


def _gauge(said: Said, place: Place | None) -> None:
    """A pressure without a word on its zero, in the place of one with it, is asked about."""
    before = None if place is None or place.said is None else place.said.measure
    if said.measure is None or before is None or said.measure.unit is None or before.unit is None:
        return
    if before.unit.reference and not said.measure.unit.reference and before.unit.reference == "gauge":
        raise Unclear(
            Back(f"Is {said.text} a gauge pressure, as {before.text} was, or an absolute one? Please write it so.")
        )


def _listed(values: Sequence[Said], turn: Turn, place: Place) -> str:
    """The words for one place: a value, or a list of them as it was written."""
    text = turn.reading.text
    if len(values) == 1:
        said = values[0]
        return (
            f"{said.text}{_unit_text(said, place)}"
            if is_bare(said) and place.said and place.said.measure
            else said.text
        )
    between = [text[a.end : b.start].strip() for a, b in pairwise(values)]
    if all(part in _LISTING for part in between):
        return text[values[0].start : values[-1].end]
    named = " and ".join(f"“{one.text}”" for one in values)
    raise Unclear(Back(f"Both {named} would take the place of {place.told}. Which one is meant?"))


def _unit_text(said: Said, place: Place) -> str:
    """The unit that a value was written with, for a number without one.

    Raises:
        Unclear: it was per cent, and the number may be a share: "0.9" after 90 % is one, after 2 % nobody can say.
    """
    before = place.said.measure if place.said is not None else None
    unit = re.sub(r"^[-+]?[\d.,  ]*\d", "", place.text)
    if said.measure is None or before is None or before.unit is None or before.unit.text != "percent":
        return unit
    if said.measure.value > 1 and before.value > 1:
        return unit
    if said.measure.value < 1 and before.value >= _PLAINLY_PER_CENT:
        return ""
    raise Unclear(Back(f"Is {said.text} in per cent, as {place.text} was, or a share? Please write it so."))


def _replaced(place: Place, new: str, base: Base) -> Change:
    """New words at a place; a name is replaced wherever the question says it."""
    spans = {(place.start, place.end)}
    if place.said is not None and place.said.measure is None:
        spans |= {
            (one.start, one.end)
            for one in base.reading.said
            if one.measure is None and one.value == place.said.value and one.kinds.keys() & place.kinds
        }
    edits = tuple(Edit(*span, new) for span in sorted(spans))
    return Change(place, edits, f"{place.label} {place.text} → {new}")


def _label(said: Said, place: Place | None, turn: Turn) -> str:
    return place.label if place is not None else "new:"


def _beside(said: Said, place: Place | None, turn: Turn) -> str:
    """The words of a value that takes no other's place, with its name before or behind it."""
    text = turn.reading.text
    if said.named or place is None:
        behind = [
            hit
            for hit in turn.hits
            if hit.first == said.last + 1 and {e.subject for e in hit.entries} & set(said.kinds)
        ]
        if behind:
            return f", {text[said.start : turn.tokens[behind[0].last].end]}"
        begin = max((text.rfind(mark, 0, said.start) + 1 for mark in (",", ";", ".")), default=0)
        others = [one.end for one in turn.said if one.end <= said.start]
        return f", {text[max([begin, *others]) : said.end].strip()}"
    return f", {place.label} {said.text}"


def _removed(turn: Turn, base: Base, found: Found, choice: str) -> Change:
    """What is taken away: the value that is stated or named.

    Raises:
        Unclear: there is none, or several.
    """
    texts = {_squeezed(one.text) for one in turn.said}
    places = [place for place in base.stated if _squeezed(place.text) in texts]
    if not texts:
        places = named_places(turn, base, stated=True) if turn.names else []
    place = _one(places, None, base, found, choice, turn.text)
    start, end = _phrase(base.text, place)
    return Change(place, (Edit(start, end, ""),), f"without {place.told}")


def _phrase(text: str, place: Place) -> tuple[int, int]:
    """The span of a value with the comma or the preposition before it, and the name behind it."""
    before = re.search(r",?\s*\b(?:and|plus|with|including)\b[^,.;?]*$|,[^,.;?]*$", text[: place.start])
    after = re.match(r"[^,.;?]*?(?=[,.;?]|\b(?:and|with|at|in|through|from|to|for)\b|$)", text[place.end :])
    start = before.start() if before else place.start
    return start, place.end + (after.end() if after else 0)
