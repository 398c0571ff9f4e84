"""Quantities in a text, as engineers write them.

`find_quantities` reads numbers with their units: `60 m³/h`, `25 000 kg h-1`, `1.8e-5 Pa·s`, `3/4 in`,
`1.2 million USD`, `120 → 70 °C`, `20-80 °C`, `1500 and 800 W/m2K`. It decides nothing about what a value means;
`as_kind` does the conversion once a kind is known: gauge pressures are made absolute, and points and differences are
kept apart.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

from collegia.errors import UnitError
from collegia.tools.kinds import Kind
from collegia.tools.number_text import Number, has_decimal_commas, level, next_number
from collegia.tools.scan_units import CURRENCY, rate_of, unit_at, unit_before
from collegia.tools.units import ATMOSPHERE, Unit, convert, parse_unit, same_dimension

__all__ = ["Measure", "as_kind", "find_quantities", "fits", "reference_of", "unit_at"]

_CURRENCY_BEFORE = re.compile(rf"(?<![A-Za-z])({CURRENCY})\s?$")
_CURRENCY_AFTER = re.compile(rf"\s?(?:{CURRENCY}|dollars?|euros?)")
_SCALE = re.compile(
    rf"\s?(million|billion|thousand|mln|mio\.?|bn|mn|MM|M|m|k)(?:(?={CURRENCY})|(?![A-Za-z0-9/^²³·*°$€£]))"
)
_SCALES = {
    "million": 1e6, "mln": 1e6, "mio": 1e6, "mn": 1e6, "MM": 1e6, "M": 1e6, "m": 1e6, "billion": 1e9, "bn": 1e9,
    "thousand": 1e3, "k": 1e3,
}  # fmt: skip
_WORDS = ("million", "billion", "thousand", "mln", "mio", "mio.", "bn")
_LINK = re.compile(
    r"\s*(?P<mark>->|=>|→|\.\.\.?|…|-|\bdown to\b|\bup to\b|\bto\b|\band\b|\bor\b|,(?:\s*(?:and|or)\b)?|/"
    r"|\bversus\b|\bvs\.?|&)\s*"
)
_ARROWS = ("->", "=>", "→", "to", "down to", "up to")
_TIGHT = ("-", "...", "..", "…", "/")
_JOIN = ("and", "or", "&", "versus", "vs", "vs.")
_OPENING = re.compile(r"(?:^|[=(\[:]|\b(?:from|between|of|at|in|range|is|about))\s*$")
_ONE_OVER = re.compile(r"1\s?/\s?[A-Za-z°μ].*")
_MAYBE_UNIT = re.compile(r"[\s-]?[A-Za-zμÅ°℃℉$€£%¢\"'(\[/]|\s1\s?/")
_STATED = re.compile(r"(?:[=:≈~]|\b(?:is|of|at|was))\s*$")
_GIVE_OR_TAKE = re.compile(r"\s*±\s*")
_PARTS = {("hour", "minute"), ("minute", "second"), ("day", "hour"), ("hour", "second")}
_POINTS = ("degree_Celsius", "degree_Fahrenheit")


_ABOVE = re.compile(r"over\s?pressure|(?:above|over) atmospher|\bgau?ge\b|\(ü\)", re.IGNORECASE)
_BELOW = re.compile(r"vacuum|(?:below|under) atmospher|under\s?pressure|\bsuction of\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Measure:
    """A number in a text, with its unit if it has one.

    Attributes:
        start, end: its span in the text, unit included.
        value: as written, in `unit`.
        unit: None for a bare number.
        text: as written.
        pair: `start` or `end` where it was written as one of a pair ("120 → 70 °C").
        lent: whether the unit was written beside the other number of a pair or list.
    """

    start: int
    end: int
    value: float
    unit: Unit | None
    text: str
    pair: Literal["", "start", "end"] = ""
    lent: bool = False


def find_quantities(text: str) -> list[Measure]:
    """All numbers of a text with their units, in order. A tolerance, `± 0.1 bar`, belongs to the number before it."""
    plain = level(text)
    commas = has_decimal_commas(plain)
    found: list[Measure] = []
    place = 0
    while (number := next_number(plain, place, decimal_commas=commas)) is not None:
        measure = _measure(plain, number, place)
        place = max(measure.end, number.end)
        if _ONE_OVER.fullmatch(measure.text) and not _STATED.search(plain[max(0, measure.start - 8) : measure.start]):
            continue  # "k in 1/s" names a unit and states nothing
        if found and (joined := _joined(plain, found[-1], measure)) is not None:
            found[-1] = joined
        else:
            found.append(measure)
    return [
        each if each.text == (written := text[each.start : each.end].strip()) else replace(each, text=written)
        for each in _pairs(plain, found)
    ]


def _measure(text: str, number: Number, floor: int) -> Measure:
    """A number with its unit, its currency and its scale word; nothing before `floor` is its own."""
    value, end = number.value, number.end
    before = _CURRENCY_BEFORE.search(text[max(floor, number.start - 6) : number.start])
    scale = _SCALE.match(text, end)
    if scale is not None and _is_scale(text, number, scale, before is not None):
        value, end = value * _SCALES[scale[1].rstrip(".")], scale.end()
    if before is not None:
        currency, start = before[1], number.start - len(before[0])
        unit, stop = rate_of(text, end, currency)
        return _made(text, start, stop if unit is not None else end, value, unit or parse_unit(currency))
    start, stop, unit = number.start, end, None
    if _MAYBE_UNIT.match(text, end) is not None:
        unit, stop = unit_at(text, end)
    if unit is None and text[max(0, start - 2) : start].strip(" ") in (":", "="):
        unit, start = unit_before(text, number.start, floor)
    return _made(text, start, stop, value, unit)


def _made(text: str, start: int, end: int, value: float, unit: Unit | None) -> Measure:
    return Measure(start, end, value, unit, text[start:end].strip())


def _is_scale(text: str, number: Number, scale: re.Match[str], money: bool) -> bool:
    """Whether a word after a number multiplies it: `million` always, `M` and `k` beside a currency only."""
    if scale[1] in _WORDS:
        return True
    if money or (scale[1] != "m" and _CURRENCY_AFTER.match(text, scale.end())):
        return True
    glued = scale.start() == scale.start(1)
    return scale[1] == "k" and glued and unit_at(text, scale.end())[0] is not None


def _joined(text: str, left: Measure, right: Measure) -> Measure | None:
    """Two numbers that state one value: "5 ± 0.1 bar", "1 h 30 min"."""
    gap = text[left.end : right.start]
    if _GIVE_OR_TAKE.fullmatch(gap):
        unit = left.unit or right.unit
        alone = left.unit is None and right.unit is not None and right.unit.text == "percent"
        return replace(left, end=right.end, unit=None if alone else unit)
    feet = gap == "'" and text[max(0, left.start - 1) : left.start] != "°"
    if feet and left.unit is None and right.unit is not None and right.unit.text == "inch":  # 5'10"
        return replace(left, end=right.end, value=12 * left.value + right.value, unit=right.unit)
    if gap == " " and left.unit is not None and right.unit is not None and (left.unit.text, right.unit.text) in _PARTS:
        value = left.value + convert(right.value, right.unit.text, left.unit.text)
        return replace(left, end=right.end, value=value)
    return None


def _pairs(text: str, found: list[Measure]) -> list[Measure]:
    """Lend the unit of the last number of a pair or list to those before it, and mark pairs."""
    for index in range(len(found) - 2, -1, -1):
        left, right = found[index], found[index + 1]
        if _is_sloppy_range(text, left, right):
            right = replace(right, start=right.start + 1, value=-right.value)
            found[index : index + 2] = [
                replace(left, unit=right.unit, lent=True, pair="start"),
                replace(right, pair="end"),
            ]
            continue
        link = _LINK.fullmatch(text, left.end, right.start) if right.start - left.end <= 16 else None
        if link is None:
            continue
        mark = link["mark"]
        if left.unit is None and right.unit is not None and _lends(text, found, index, link):
            found[index] = left = replace(left, unit=right.unit, lent=True)
        elif _is_bare_degree(left, right) and right.unit is not None and mark != ",":
            found[index] = left = replace(left, unit=right.unit)
        joint = left.unit is not None and right.unit is not None and same_dimension(left.unit.text, right.unit.text)
        if joint and (mark in _ARROWS or mark in _TIGHT or _between(text, left)):
            found[index] = replace(left, pair="start")
            found[index + 1] = replace(right, pair="end")
    return found


def _lends(text: str, found: Sequence[Measure], index: int, link: re.Match[str]) -> bool:
    """Whether the unit of the next number is that of this bare one too."""
    left, mark = found[index], link["mark"]
    if mark in ("-", "/"):
        tight = link.start("mark") == left.end
        return tight or (mark == "-" and _opens(text, left))
    if mark == ",":  # "1500, 800 and 400 W/m2K": the last two are joined by a word
        return found[index + 1].lent
    return mark in _ARROWS or mark in _TIGHT or mark in _JOIN or mark.startswith(",")


def _opens(text: str, left: Measure) -> bool:
    """Whether a number begins a range: "from 20 - 80 °C", not "sch 40 - 80 °C"."""
    return _OPENING.search(text[max(0, left.start - 12) : left.start]) is not None


def _is_sloppy_range(text: str, left: Measure, right: Measure) -> bool:
    """Whether a dash is no sign: "from 20 -80 °C"."""
    signed = text[left.end : right.start] == " " and text[right.start : right.start + 1] == "-" and right.value < 0
    return signed and left.unit is None and right.unit is not None and left.value >= 0 and _opens(text, left)


def _is_bare_degree(left: Measure, right: Measure) -> bool:
    """Whether the first degree sign only lacks its letter: "20°-80 °C"."""
    return (
        left.unit is not None and left.unit.text == "degree" and right.unit is not None and right.unit.text in _POINTS
    )


def _between(text: str, left: Measure) -> bool:
    return re.search(r"\bbetween\s*$", text[max(0, left.start - 12) : left.start]) is not None


def reference_of(text: str, measure: Measure) -> str:
    """What the words around a pressure with no mark of its own count it from: `gauge`, `vacuum`, or nothing."""
    if measure.unit is None or measure.unit.reference or not same_dimension(measure.unit.text, "pascal"):
        return ""
    before = re.split(r"[.;?!,]\s", text[max(0, measure.start - 28) : measure.start])[-1]
    after = re.split(r"[.;?!,]\s|\d", text[measure.end : measure.end + 24])[0]
    for pattern, meaning in ((_BELOW, "vacuum"), (_ABOVE, "gauge")):
        if pattern.search(after) or (pattern.search(before) and not re.search(r"\d", before)):
            return meaning
    return ""


def fits(measure: Measure, kind: Kind) -> bool:
    """Whether a measure's unit has the dimension of a kind. A bare number fits plain numbers only."""
    if kind.unit is None:
        return False
    if measure.unit is None:
        return kind.unit == ""
    if measure.unit.reference and kind.scale == "difference":
        return False
    return same_dimension(measure.unit.text, kind.unit)


def as_kind(measure: Measure, kind: Kind) -> float:
    """The value in the kind's own unit.

    Gauge pressures are counted from 101.325 kPa; a temperature in °C is a point or, for a difference kind, a
    difference.

    Raises:
        UnitError: the unit has another dimension, naming what would fit.
    """
    if not fits(measure, kind) or kind.unit is None:
        shown = (kind.show[0] if kind.show else kind.unit) or "a plain number"
        raise UnitError(f"{measure.text!r} does not fit a {kind.label}: that is given in {shown}")
    if measure.unit is None:
        return measure.value
    unit = measure.unit.text
    if kind.scale == "difference" and unit in _POINTS:
        return convert(measure.value, "delta_" + unit, kind.unit)
    if kind.scale == "point" and unit.startswith("delta_"):
        unit = unit.removeprefix("delta_")
    value = convert(measure.value, unit, kind.unit)
    if measure.unit.reference == "gauge":
        value += convert(ATMOSPHERE, "pascal", kind.unit)
    return value
