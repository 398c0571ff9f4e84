"""The units in which values are asked for, and the asks that only a unit makes: "how many kg/h"."""

from __future__ import annotations

from collections.abc import Sequence

from collegia.agents.reading.lexicon import Hit, Lexicon
from collegia.agents.reading.tokens import Token
from collegia.agents.reading.types import Ask, Said
from collegia.agents.reading.units_alone import LoneUnit
from collegia.tools.units import dimension, same_dimension

__all__ = ["counted", "in_units", "narrow", "unclaimed", "weigh_units"]


def counted(
    units: Sequence[LoneUnit], tokens: Sequence[Token], hits: Sequence[Hit], lexicon: Lexicon, claimed: set[int]
) -> list[Ask]:
    """ "how many kg/h of steam", "how many minutes", "how much m2"."""
    found: list[Ask] = []
    for unit in units:
        if unit.counted:
            claimed.add(unit.start)
            found.extend(_by_unit(unit, tokens, hits, lexicon, before=0))
    return found


def weigh_units(asks: list[Ask], units: Sequence[LoneUnit], tokens: Sequence[Token], lexicon: Lexicon) -> list[Ask]:
    """A name with its unit right after it is asked for; with a unit of another dimension it means something else."""
    kept: list[Ask] = []
    for ask in asks:
        unit = next((u for u in units if not u.counted and u.marked and 0 <= u.start - ask.end <= 5), None)
        if unit is not None and not ask.by_unit:
            if not _fits_any(unit.unit, ask, lexicon):
                continue
            ask.score += 3.0
        kept.append(ask)
    return kept


def unclaimed(
    units: Sequence[LoneUnit],
    claimed: set[int],
    tokens: Sequence[Token],
    hits: Sequence[Hit],
    said: Sequence[Said],
    lexicon: Lexicon,
) -> list[Ask]:
    """ "Steam lb/h?", "how big, in m²": a unit that no asked name took asks by itself."""
    found: list[Ask] = []
    for unit in units:
        if unit.start not in claimed:
            found.extend(_by_unit(unit, tokens, hits, lexicon, before=6))
    return found


def _by_unit(
    unit: LoneUnit, tokens: Sequence[Token], hits: Sequence[Hit], lexicon: Lexicon, *, before: int
) -> list[Ask]:
    place = next((i for i, token in enumerate(tokens) if token.start >= unit.start), len(tokens) - 1)
    last = next((i for i, token in enumerate(tokens) if token.start >= unit.end), len(tokens))
    around = _around(tokens, place, last, before)
    near = [h for h in hits if h.first in around]
    named = {e.subject for h in near for e in h.entries if e.role in ("name", "hint")}
    spoken = {e.subject for h in hits for e in h.entries if e.role in ("name", "hint")}
    opened: set[str] = set()
    for index in around:
        opened |= lexicon.openings.get((tokens[index].key,), set())
    kinds: dict[str, float] = {}
    for kind in lexicon.by_dimension[dimension(unit.unit)]:
        if kind.name in named:
            kinds[kind.name] = 0.0
        elif kind.name in opened:
            kinds[kind.name] = 0.3
        elif kind.scale == "difference" or unit.unit == "percent":
            continue
        elif kind.common:
            kinds[kind.name] = 0.6
        elif kind.name in spoken:
            kinds[kind.name] = 1.6
    if any(cost <= 0.3 for cost in kinds.values()):  # the words beside it say which
        kinds = {name: cost if cost <= 0.3 else cost + 3.0 for name, cost in kinds.items()}
    if not kinds:
        words = " ".join(tokens[index].text for index in sorted(around) if index < place) or unit.unit
        return (
            [Ask(words, unit.start, place, {}, unit.unit, score=9.0, by_unit=True, end=unit.end)] if unit.marked else []
        )
    said_too = [
        tokens[h.last].end for h in near if h.first >= last and {e.subject for e in h.of("name")} & kinds.keys()
    ]
    apart = _two_named(near, last, kinds, tokens)
    if apart:
        return [
            Ask(
                lexicon.registry.kinds[next(iter(one))].label,
                unit.start + n,
                place,
                dict(one),
                unit.unit,
                score=9.0,
                by_unit=True,
                end=unit.end,
            )
            for n, one in enumerate(apart)
        ]
    label = lexicon.registry.kinds[min(kinds, key=lambda name: kinds[name])].label
    return [Ask(label, unit.start, place, kinds, unit.unit, score=9.0, by_unit=True, end=max([unit.end, *said_too]))]


def _two_named(
    near: Sequence[Hit], last: int, kinds: dict[str, float], tokens: Sequence[Token]
) -> list[dict[str, float]]:
    """ "how many kmol/h of distillate and of bottoms" asks twice."""
    found: list[dict[str, float]] = []
    previous: Hit | None = None
    for hit in near:
        own = {entry.subject: 0.0 for entry in hit.of("name") if entry.subject in kinds}
        if hit.first < last or not own:
            continue
        if previous is not None and "and" not in {t.key for t in tokens[previous.last + 1 : hit.first]}:
            continue
        found.append(own)
        previous = hit
    return found if len(found) > 1 else []


def _around(tokens: Sequence[Token], place: int, last: int, before: int) -> set[int]:
    """The words a counted unit is said with: those after it, or the few before it, in one clause."""
    found: set[int] = set()
    if before:
        for index in range(place - 1, max(-1, place - 1 - before), -1):
            if tokens[index].text in (".", "?", "!", ";") or (
                found and tokens[index].text in (",", ")", "and", "&", "]")
            ):
                break
            if tokens[index].text not in (",", "(", "["):
                found.add(index)
    if found and (last >= len(tokens) or tokens[last].key not in ("of", "to", "for", "a", "the")):
        return found
    for index in range(last, min(len(tokens), last + 6)):
        if tokens[index].text in (".", "?", "!", ";", ",") or tokens[index].text[0].isdigit():
            break
        found.add(index)
    return found


def in_units(
    asks: list[Ask], units: Sequence[LoneUnit], claimed: set[int], tokens: Sequence[Token], lexicon: Lexicon
) -> list[Ask]:
    """Give each asked name the unit written after it; a second unit of the same dimension is a second ask."""
    more: list[Ask] = []
    for unit in units:
        if unit.start in claimed:
            continue
        fitting = [ask for ask in asks if ask.start < unit.start and _fits_any(unit.unit, ask, lexicon)]
        if not fitting:
            continue
        free = [ask for ask in fitting if not ask.unit]
        nearest = fitting[-1]
        if nearest.unit and nearest.unit != unit.unit and unit.start - nearest.end < 40 and nearest not in free:
            between = [ask for ask in asks if nearest.start < ask.start < unit.start]
            if not between:
                more.append(
                    Ask(
                        nearest.text,
                        nearest.start + 1,
                        nearest.place,
                        dict(nearest.kinds),
                        unit.unit,
                        score=nearest.score,
                    )
                )
                claimed.add(unit.start)
                continue
        if not free:
            continue
        claimed.add(unit.start)
        for ask in free if unit.start - free[-1].end > 12 or (len(free) > 1 and _both(unit, free, asks)) else free[-1:]:
            ask.unit = unit.unit
            ask.end = max(ask.end, unit.end)
    for unit in units:  # "in bar: the pressure drop": a unit said before the name
        if unit.start in claimed:
            continue
        ahead = [
            a
            for a in asks
            if a.start > unit.start and not a.unit and a.start - unit.end < 60 and _fits_any(unit.unit, a, lexicon)
        ]
        if ahead:
            claimed.add(unit.start)
            ahead[0].unit = unit.unit
    return more


def _both(unit: LoneUnit, free: list[Ask], asks: list[Ask]) -> bool:
    """Whether a unit after a list is for the whole list: no asked name of another dimension stands between."""
    return all(ask in free for ask in asks if free[0].start <= ask.start < unit.start)


def _fits_any(unit: str, ask: Ask, lexicon: Lexicon) -> bool:
    units = [lexicon.registry.kinds[name].unit for name in ask.kinds]
    return any(u is not None and (same_dimension(unit, u) or _is_yearly(unit, u)) for u in units)


def _is_yearly(unit: str, kind_unit: str) -> bool:
    """ "yearly cost in USD": the year is in the name."""
    return bool(unit) and kind_unit.endswith("/year") and same_dimension(f"{unit} / year", kind_unit)


def narrow(ask: Ask, lexicon: Lexicon) -> None:
    """A unit asked for decides among kinds of one name; wider kinds let narrower ones answer."""
    if ask.unit:
        if any(_is_yearly(ask.unit, lexicon.registry.kinds[name].unit or "") for name in ask.kinds):
            ask.unit += " / year"
        fitting = {
            name: cost
            for name, cost in ask.kinds.items()
            if (unit := lexicon.registry.kinds[name].unit) is not None and same_dimension(unit, ask.unit)
        }
        ask.kinds = fitting or ask.kinds
    for name in list(ask.kinds):
        for below in lexicon.descendants(name):
            ask.kinds.setdefault(below, ask.kinds[name] + 0.8)
