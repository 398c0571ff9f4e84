"""Units that a bare number takes from the value it stands with, in a list or under the same name."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from collegia.agents.reading.lexicon import Hit, Lexicon
from collegia.agents.reading.tokens import Token
from collegia.agents.reading.types import Said
from collegia.tools.quantities import fits

__all__ = ["TIGHT", "lend_beside_places", "lend_by_name", "lend_units", "take_back_units"]

TIGHT = 8.0
"""From this score on, a name stands right beside its value and nothing else can be meant."""


def take_back_units(links: list[tuple[float, Hit, Said, bool]], lexicon: Lexicon) -> None:
    """ "an efficiency of 0.75 and 30 m": the name of a plain number keeps its number plain."""
    for score, hit, item, before in links:
        plain = all(lexicon.registry.kinds[entry.subject].unit == "" for entry in hit.of("name"))
        if before and plain and score >= 9.0 and item.measure is not None and item.measure.lent:
            item.measure = replace(item.measure, unit=None, lent=False, pair="")


def lend_units(links: list[tuple[float, Hit, Said, bool]], tokens: Sequence[Token], lexicon: Lexicon) -> None:
    """ "outside film 1400, inside film 2500 W/m²K": a bare number in a list takes the unit of its neighbour."""
    kinds = lexicon.registry.kinds
    units = {
        (id(hit), item.index): {kinds[entry.subject].unit for entry in hit.of("name")} for _, hit, item, _ in links
    }
    near = [(hit, item) for score, hit, item, _ in links if score >= TIGHT - 2.5]
    for hit, item in near:
        if item.measure is None or item.measure.unit is not None or not _ends_its_part(item, tokens):
            continue
        if units[id(hit), item.index] & {None, ""}:
            continue
        for other_hit, other in near:
            same = units[id(hit), item.index] & units[id(other_hit), other.index]
            measure = other.measure
            if not same or measure is None or measure.unit is None or abs(other.index - item.index) != 1:
                continue
            if any(fits(measure, kinds[entry.subject]) for entry in hit.of("name")):
                item.measure = replace(item.measure, unit=measure.unit, lent=True)
                break


def lend_by_name(links: list[tuple[float, Hit, Said, bool]], tokens: Sequence[Token], lexicon: Lexicon) -> None:
    """ "tolv 2.0 kJ/kgK … (tolv 4.18)": a bare number takes the unit of the value that bears the same name."""
    kinds = lexicon.registry.kinds
    named: dict[tuple[str, ...], list[tuple[Hit, Said]]] = {}
    for score, hit, item, before in links:
        if before and score >= 9.5:
            named.setdefault(tuple(t.key for t in tokens[hit.first : hit.last + 1]), []).append((hit, item))
    for bearers in named.values():
        units = {item.measure.unit for _, item in bearers if item.measure is not None and item.measure.unit is not None}
        told = [item.measure.value for _, item in bearers if item.measure is not None and item.measure.unit is not None]
        for hit, item in bearers:
            measure = item.measure
            if measure is None or measure.unit is not None or len(units) != 1 or not _ends_its_part(item, tokens):
                continue
            own = [kinds[entry.subject] for entry in hit.of("name")]
            if any(kind.unit in (None, "") or kind.scale == "point" for kind in own):
                continue
            if all(0.01 < measure.value / value < 100 for value in told if value):
                item.measure = replace(measure, unit=next(iter(units)), lent=True)


def lend_beside_places(measures: list[Said], hits: Sequence[Hit], tokens: Sequence[Token], lexicon: Lexicon) -> None:
    """ "3 m2K/W on the sun side and 4 on the moon side": of two values with their places one may bear the unit."""
    for left, right in pairwise(measures):
        one, other = left.measure, right.measure
        if one is None or other is None or (one.unit is None) == (other.unit is None):
            continue
        first = _place_after(left, hits, tokens, lexicon)
        last = _place_after(right, hits, tokens, lexicon)
        if first is None or last is None:
            continue
        words = [[t.key for t in tokens[item.last + 1 : end + 1]] for item, end in ((left, first), (right, last))]
        if words[0] == words[1]:
            continue
        gap = [token.key for token in tokens[first + 1 : right.first]]
        if gap in (["and"], [","], [",", "and"]):
            bare, bearer = (left, other) if one.unit is None else (right, one)
            if bare.measure is not None:
                bare.measure = replace(bare.measure, unit=bearer.unit, lent=True)


def _place_after(item: Said, hits: Sequence[Hit], tokens: Sequence[Token], lexicon: Lexicon) -> int | None:
    """The last token of a word of place right after a value: a side, before or after, or what names begin with."""
    for hit in hits:
        if {entry.role for entry in hit.entries} & {"side", "start", "end"} and item.last < hit.first <= item.last + 3:
            gap = [token.key for token in tokens[item.last + 1 : hit.first]]
            if set(gap) <= {"on", "at", "in", "the"}:
                return hit.last
    if item.last + 1 >= len(tokens) or (tokens[item.last + 1].key,) not in lexicon.openings:
        return None
    following = tokens[item.last + 2] if item.last + 2 < len(tokens) else None
    return item.last + 1 if following is None or not following.is_word or following.key == "and" else None


def _ends_its_part(item: Said, tokens: Sequence[Token]) -> bool:
    """Whether no word follows a bare number that might be a unit nobody knows."""
    following = tokens[item.last + 1] if item.last + 1 < len(tokens) else None
    return following is None or not following.is_word or following.key in ("and", "or")
