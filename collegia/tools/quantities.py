"""Quantities in a text, as engineers write them.

`find_quantities` reads numbers with their units: `60 m³/h`, `25 000 kg h-1`, `1.8e-5 Pa·s`, `3/4 in`, `1.2 million USD`,
`120 → 70 °C`, `20-80 °C`, `1500 and 800 W/m2K`. It decides nothing about what a value means; `as_kind` does the conversion
once a kind is known: gauge pressures are made absolute, and points and differences are kept apart.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import Literal

from collegia.errors import UnitError
from collegia.tools.kinds import Kind
from collegia.tools.scan_words import may_be_unit
from collegia.tools.units import ATMOSPHERE, Unit, convert, parse_unit, same_dimension

__all__ = ["Measure", "as_kind", "find_quantities", "fits", "unit_at"]

_DIGITS = r"(?:\d{1,3}(?:[,'\u00a0 ]\d{3})+(?:\.\d+)?(?![\d,])|\d+(?:[.,]\d+)?|\.\d+)"
_EXPONENT = r"(?:[eE][-+]?\d{1,3}(?![A-Za-z\d])|\s?[×x*·]\s?10\s?(?:\^|\*\*)?\s?\(?[-+]?[\d⁰¹²³⁴⁵⁶⁷⁸⁹⁻⁺]+\)?)?"
_FRACTION = r"(?:(?P<whole>\d+)[\s-])?(?P<top>\d{1,2})/(?P<bottom>\d{1,2})(?=\s?(?:in\b|inch|\"|''))"
_NUMBER = re.compile(
    rf"(?<![\w.])(?<!\d,)(?:{_FRACTION}|(?P<number>[-+]?{_DIGITS}{_EXPONENT}))(?P<scale>\s?(?:million|billion|thousand|mn|MM|M|k)(?=\s?(?:USD|US\$|\$|EUR|€|euros?|dollars?|GBP|£|\b)))?"
)
_CURRENCY_BEFORE = re.compile(r"(US\$|\$|€|£|USD|EUR|GBP)\s?$")
_UNIT_HEAD = re.compile(r"\s?(?P<head>[A-Za-zμÅ°℃℉º$€£%\"″][A-Za-zμÅ$]*)")
_UNIT_TAIL = re.compile(
    r"(?:\s?[·⋅*×.]\s?(?=[A-Za-zμ°(])|\s?/\s?|\s(?=[A-Za-zμ°]+-?[1-4]?\b)|\s?per\s)?\(?(?:[A-Za-zμÅ°℃℉º$€£%]+|1)?(?:\s?(?:\^|\*\*)\s?\(?[-+]?\d+\)?|-?[1-4](?!\d)|[⁰¹²³⁴⁻]+)?\)?"
)
_MARK = re.compile(r"\s?(?:\(\s?(?:gauge|g|absolute|abs\.?|a)\s?\)|(?:gauge|absolute|abs|[ag])\b(?!\s*=))")
_PER_TIME = re.compile(r"\s?1\s?/\s?(?:s|sec|min|h|hr|d|day|yr|a)\b")
_NOT_INCHES = re.compile(
    r"\s+(?:a|an|the|this|that|it|my|our|each|which|terms|total|series|parallel|order|DN|water|air|\d)\b"
)
_LINK = re.compile(r"\s*(?P<mark>->|=>|→|\.\.\.?|…|-|–|\bdown to\b|\bup to\b|\bto\b|\band\b|\bor\b|,|/|\bversus\b|\bvs\.?|&)\s*")
_ARROWS = ("->", "=>", "→", "to", "down to", "up to")


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
    """All numbers of a text with their units, in order."""
    found: list[Measure] = []
    place = 0
    while (match := _NUMBER.search(text, place)) is not None:
        measure = _measure(text, match)
        found.append(measure)
        place = max(measure.end, match.end())
    return _pairs(text, found)


def _measure(text: str, match: re.Match[str]) -> Measure:
    value = _value(match)
    scale = (match["scale"] or "").strip()
    end = match.end()
    if scale:
        unit, unit_end = _unit_at(text, end)
        before = _CURRENCY_BEFORE.search(text[: match.start()])
        money = before is not None or (unit is not None and "USD" in unit.text or unit is not None and "EUR" in unit.text)
        if scale in ("M", "k", "mn", "MM") and not money:
            end = match.start("scale")
        else:
            value *= {"million": 1e6, "mn": 1e6, "MM": 1e6, "M": 1e6, "billion": 1e9, "thousand": 1e3, "k": 1e3}[scale]
    unit, unit_end = _unit_at(text, end)
    start = match.start()
    if unit is None and (before := _CURRENCY_BEFORE.search(text[:start])) is not None:
        tail, tail_end = _unit_at(text, end, after=before[1])
        unit, unit_end, start = (tail or parse_unit(before[1])), (tail_end if tail else end), before.start()
    elif unit is not None and unit.text and (before := _CURRENCY_BEFORE.search(text[:start])) is not None and "USD" not in unit.text:
        unit, unit_end, start = parse_unit(before[1]), end, before.start()
    stop = unit_end if unit is not None else end
    return Measure(start, stop, value, unit, text[start:stop].strip())


def _value(match: re.Match[str]) -> float:
    if match["top"]:
        return float(match["whole"] or 0) + float(match["top"]) / float(match["bottom"])
    written = match["number"].translate(str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹⁻⁺", "0123456789-+"))
    power = re.search(r"\s?[×x*·]\s?10\s?(?:\^|\*\*)?\s?\(?([-+]?\d+)\)?$", written)
    base = written[: power.start()] if power else written
    base = re.sub(r"(?<=\d)[' \u00a0](?=\d{3})", "", base)
    if re.fullmatch(r"[-+]?\d{1,3}(,\d{3})+(\.\d+)?([eE][-+]?\d+)?", base) and not re.match(r"[-+]?0,", base):
        base = base.replace(",", "")
    base = base.replace(",", ".")
    return float(base) * (10.0 ** int(power[1]) if power else 1.0)


def _unit_at(text: str, place: int, after: str = "") -> tuple[Unit | None, int]:
    """The longest unit written from `place` on, and where it ends."""
    if (rate := _PER_TIME.match(text, place)) is not None:
        return parse_unit(rate.group().strip()), rate.end()
    head = _UNIT_HEAD.match(text, place)
    if after:
        head = re.compile(r"\s?/\s?|\s?per\s").match(text, place)
    if head is None or (not after and not _may_begin(head["head"], text, head.end())):
        return None, place
    ends = [head.end()] if not after else []
    end = head.end() if not after else place
    for _ in range(6):
        tail = _UNIT_TAIL.match(text, end)
        if tail is None or tail.end() == end:
            break
        end = tail.end()
        ends.extend((end - 1, end) if text[end - 1] == ")" else (end,))
    for stop in reversed(ends):
        written = text[place:stop].strip()
        if re.search(r"[/*.·(]$|\s[ag]$", written) or written.count("(") != written.count(")") or not _plausible(written):
            continue
        try:
            unit = parse_unit(after + written)
        except UnitError:
            continue
        return _marked(text, stop, unit)
    return None, place


def _marked(text: str, stop: int, unit: Unit) -> tuple[Unit, int]:
    """Take a following `(g)`, `gauge` or `abs` along with a pressure."""
    mark = _MARK.match(text, stop)
    if mark and not unit.reference and same_dimension(unit.text, "pascal"):
        word = mark.group().strip(" ().").lower()
        return Unit(unit.text, "gauge" if word.startswith("g") else "absolute"), mark.end()
    return unit, stop


def _may_begin(word: str, text: str, end: int) -> bool:
    """Whether a word after a number may begin a unit at all."""
    if word == "in":  # "5 in a pipe" is not inches
        return _NOT_INCHES.match(text, end) is None
    if word in ("a", "d", "y", "h", "s", "t", "P", "R", "A", "V", "C", "F") and re.match(r"\s*=", text[end:]):
        return False
    return may_be_unit(word, first=True)


def _plausible(written: str) -> bool:
    words = re.findall(r"[A-Za-zμÅ°℃℉º$€£%\"″]+", written)
    if re.search(r"[\s)]in$|[CF] \S", written) and not re.search(r"(?:sq|square|cu|cubic|per|/)\s?in$", written):
        return False  # "90 °C in a tank": no unit goes on after degrees, none ends on a loose "in"
    return all(word == "per" or may_be_unit(word, first=index == 0) for index, word in enumerate(words))


def unit_at(text: str, place: int) -> tuple[Unit | None, int]:
    """The longest unit written at a place of a text, and where it ends; None where there is none."""
    return _unit_at(text, place)


def _pairs(text: str, found: list[Measure]) -> list[Measure]:
    """Lend the unit of the last number of a pair or list to those before it, and mark pairs."""
    for index in range(len(found) - 2, -1, -1):
        left, right = found[index], found[index + 1]
        link = _LINK.fullmatch(text, left.end, right.start)
        if link is None:
            continue
        mark = link["mark"]
        arrow = mark in _ARROWS
        tight = mark in ("-", "–", "...", "..", "…", "/")
        joint = left.unit is not None and right.unit is not None and same_dimension(left.unit.text, right.unit.text)
        if left.unit is None and right.unit is not None and (arrow or tight or mark in ("and", "or", "&", "versus", "vs", "vs.")):
            if mark in ("-", "–", "/") and left.end != link.start("mark"):
                continue
            found[index] = left = replace(left, unit=right.unit, lent=True)
            joint = True
        if joint and (arrow or mark in ("-", "–", "/", "...", "..", "…") or _between(text, left)):
            found[index] = replace(left, pair="start")
            found[index + 1] = replace(right, pair="end")
    return found


def _between(text: str, left: Measure) -> bool:
    return re.search(r"\bbetween\s*$", text[: left.start]) is not None


def fits(measure: Measure, kind: Kind) -> bool:
    """Whether a measure's unit has the dimension of a kind. A bare number fits plain numbers only."""
    if kind.unit is None:
        return False
    if measure.unit is None:
        return kind.unit == ""
    if measure.unit.reference == "gauge" and kind.scale == "difference":
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
        raise UnitError(f"{measure.text!r} does not fit a {kind.label}: that is given in {kind.show[0] if kind.show else kind.unit}")
    if measure.unit is None:
        return measure.value
    unit = measure.unit.text
    if kind.scale == "difference" and unit in ("degree_Celsius", "degree_Fahrenheit"):
        return convert(measure.value, "delta_" + unit, kind.unit)
    if kind.scale == "point" and unit.startswith("delta_"):
        unit = unit.removeprefix("delta_")
    value = convert(measure.value, unit, kind.unit)
    if measure.unit.reference == "gauge":
        value += convert(ATMOSPHERE, "pascal", kind.unit)
    return value
