"""The numbers of a text that a language model wrote: each with its unit, its place and how finely it is written.

Markdown, LaTeX and HTML around a number are looked through; what only looks like a number (a list mark, a year, the
digits of a tag or of a standard's name) is left out.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from collegia.agents.guard_names import silent_spans
from collegia.agents.guard_tables import unit_of_cell
from collegia.agents.guard_words import InWords, numbers_in_words, numerals_of_other_kinds
from collegia.tools.number_text import has_decimal_commas, level, next_number
from collegia.tools.quantities import Measure, find_quantities, reference_of
from collegia.tools.units import Unit, parse_unit

__all__ = ["Prose", "Written", "prose", "written_numbers"]

_BARE_MARKUP = r"\*\*|__|`|\\left|\\right|\\displaystyle|\\bf|\\[,;:!]|</?(?:b|i|em|strong|code)>|</su[pb]>|<sub>"
_MARKUP = tuple(
    (re.compile(pattern), replacement)
    for pattern, replacement in (
        (_BARE_MARKUP, ""),
        (r"<sup>", "^"),
        (r"&nbsp;|\\ |~(?=\d|\\)|\\quad", " "),
        (r"&deg;|\^\{?\\circ\}?|\\degree", "°"),
        (r"&(?:times|middot);|\\times|\\cdot", "·"),
        (r"\\approx|\\sim(?:eq)?\b", "≈"),
        (r"\\pm", "±"),
        (r"\\mu(?![a-z])", "μ"),
        (r"\\%", "%"),
        (r"\\(?:mathrm|text|mathbf|textbf|mathit|unit|rm|si)\s?\{([^{}]*)\}", r"\1"),
        (r"(?<!\\)\$(?=\S)([^$\n]+?)(?<=\S)(?<!US)\$(?!\d)", r"\1"),
        # units in words, as they are said: "per kilogram and kelvin", "per second squared"
        (r"(?<= per )((?:kilo)?gram|(?:kilo)?mole|pound|square (?:metre|meter|foot)) and (?=kelvin|degree)", r"\1 "),
        (r"\b(metre|meter|second|foot) squared\b", r"square \1"),
        (r"\b(metre|meter|foot) cubed\b", r"cubic \1"),
        # a line's end ends a sentence: "12 in", and the next line is neither the place nor the rest of the unit
        (r"(?<=[\w%°⁻])(?=\n)", "."),
        (r"(?<=\d)  +(?=[A-Za-zμ°%])", " "),
    )
)
_EXPONENT = re.compile(r"(?:[eE][-+]?\d+|\s?[×x*·⋅]?\s?10\s?(?:\^|\*\*|[⁻⁺⁰¹²³⁴⁵⁶⁷⁸⁹]|[-+]\d)).*$")
_HEDGE = re.compile(
    r"(?:\b(?:about|approx(?:imately|\.)?|around|roughly|some|nearly|almost|close to|circa|ca\.|just (?:under|over)"
    r"|order of|etwa|rund)|[~≈≃∼])\s*$",
    re.IGNORECASE,
)
_OVER = re.compile(
    r"\b(?:over|above|(?:more|higher|longer|greater) than|exceed(?:s|ing)?|at least|upwards of)\s*$", re.I
)
_UNDER = re.compile(
    r"\b(?:under|below|(?:less|lower|shorter|smaller) than|nearly|almost|at most|up to|short of|not quite)\s*$", re.I
)
_PRODUCT = re.compile(r"\s?[·⋅×*]|[²³⁴⁵]")
_BY = re.compile(
    r"\b(?:by|(?:rise|drop|fall|increase|decrease|difference|change|approach|step) of)\s+"
    r"(?:(?:about|only|some|roughly|around|nearly|almost|just|over|under)\s+)*$",
    re.IGNORECASE,
)
_UNREAD = re.compile(
    r"\s?(?:[A-Za-zμΩ°]+[\d²³⁻]*[/·^⁻]\S+|[A-Za-zμΩ°]+[²³]\S*|[NS][ml][³3]?\b|s?cf[mh]\b|sccm\b|slpm\b|dB\w?\b)"
)
_MARGIN = re.compile(r"(?:±|\b(?:uncertain\w*|accura\w*|error|off|within|toleran\w*))[^.;\d]*$", re.IGNORECASE)
_PLAIN_WORDS = 1000  # below, a number in words is meant as said: "seventy" is no rounding of 72
_RANGE = re.compile(r"\s*(?:-|\.\.\.?|…|to|and)\s*")


@dataclass(frozen=True)
class Prose:
    """A text without its markup, and where each of its characters stands in the original."""

    text: str
    places: tuple[int, ...]
    original: str

    def span(self, start: int, end: int) -> tuple[int, int]:
        """The span of the original that a span of the text stands for; bold marks and brackets are taken whole."""
        first, last = self.places[start], self.places[end - 1] + 1
        while (
            self.original[first:last].count("{") > self.original[first:last].count("}")
            and self.original[last:][:1] == "}"
        ):
            last += 1
        if self.original[first:last].count("**") % 2:
            if self.original[:first].endswith("**"):
                first -= 2
            elif self.original[last:].startswith("**"):
                last += 2
        return first, last


@dataclass(frozen=True)
class Written:
    """A number as it is written.

    Attributes:
        start, end: its span in the text without markup, unit included.
        value: in `unit`.
        unit: None for a bare number.
        reference: `gauge` or `absolute` where a pressure says so.
        fine: the least step that its digits can tell: 1 for `1200`, 0.01 for `3.10`, 0 for a fraction.
        coarse: the same with the zeros at the end of a whole number taken for places not told: 100 for `1200`.
        digits: how many digits tell something, zeros at the end included.
        hedged: whether it is said to be about this.
        side: 1 where the value is said to be over this, -1 under it, else 0.
        change: whether it is said to be a change ("by 20 K"), so that no point on a scale is meant.
        factor: whether it is a factor of a product that is written out, or raised to a power.
        ranged: whether it is an end of a range.
        unread: whether a unit follows that is not known.
        lent: whether its unit was written beside another number ("20 and 80 °C").
        margin: whether it says how sure another value is.
    """

    start: int
    end: int
    value: float
    unit: Unit | None
    reference: str = ""
    fine: float = 0.0
    coarse: float = 0.0
    digits: int = 0
    hedged: bool = False
    side: int = 0
    change: bool = False
    factor: bool = False
    ranged: bool = False
    unread: bool = False
    lent: bool = False
    margin: bool = False


def prose(text: str) -> Prose:
    """Look through the markup of a text."""
    body, places = text, list(range(len(text)))
    for pattern, replacement in _MARKUP:
        pieces: list[str] = []
        kept: list[int] = []
        last = 0
        for match in pattern.finditer(body):
            made = match.expand(replacement)
            # What stays of a match stands where it stood; what is put in stands where the match begins or ends.
            offset = match.start(1) if match.re.groups else match.start()
            pieces += [body[last : match.start()], made]
            kept += places[last : match.start()]
            kept += [places[min(offset + step, match.end() - 1)] for step in range(len(made))]
            last = match.end()
        pieces.append(body[last:])
        body, places = "".join(pieces), kept + places[last:]
    return Prose(body, tuple(places), text)


def written_numbers(text: str, names: Iterable[str] = (), counts: Iterable[str] = ()) -> list[Written]:
    """The numbers of a text without markup that state a value, in order.

    Args:
        text: as `prose` gives it.
        names: names whose digits are no values: of sources, of experts.
        counts: nouns of what the results count, before which a number in words is a value.
    """
    plain = level(text)
    silent = silent_spans(plain, names)
    commas = has_decimal_commas(plain)
    found: list[Written] = []
    for measure in find_quantities(text):
        found.extend(_written(plain, measure, commas, silent))
    found.extend(_in_words(plain, numbers_in_words(plain, counts)))
    there = {place for one in found for place in range(one.start, one.end)}
    found.extend(one for one in _in_words(plain, numerals_of_other_kinds(plain)) if one.start not in there)
    return sorted(found, key=lambda one: one.start)


def _written(text: str, measure: Measure, commas: bool, silent: list[tuple[int, int, bool]]) -> Iterator[Written]:
    """The number of a measure, and the one behind its `±`."""
    if _is_silent(measure, silent):
        return
    body = text[measure.start : measure.end]
    head, sign, tail = body.partition("±")
    unit = measure.unit if measure.unit is not None else unit_of_cell(text, measure.start)
    reference = unit.reference if unit is not None else ""
    if not reference and unit is not None:
        reference = reference_of(text, measure)
    fine, coarse, digits = _steps(head, measure.value, commas)
    yield Written(
        measure.start,
        measure.start + len(head.rstrip()) if sign else measure.end,
        measure.value,
        unit,
        reference,
        fine,
        coarse,
        digits,
        **_hedges(text, measure.start),
        factor=_PRODUCT.match(text, measure.end) is not None
        or text[max(0, measure.start - 2) : measure.start].strip() in tuple("·⋅×*"),
        ranged=measure.pair != "" or _is_ranged(text, measure),
        unread=unit is None and _UNREAD.match(text, measure.end) is not None,
        lent=measure.lent,
        margin=_MARGIN.search(text[max(0, measure.start - 40) : measure.start]) is not None,
    )
    if sign and (number := next_number(tail, 0, decimal_commas=commas)) is not None:
        fine, coarse, digits = _steps(tail, number.value, commas)
        start = measure.start + len(head) + 1 + number.start
        percent = tail[number.end :].strip().startswith("%")
        unit = parse_unit("%") if percent else unit
        yield Written(start, measure.end, number.value, unit, "", fine, coarse, digits, margin=True)


def _is_silent(measure: Measure, silent: list[tuple[int, int, bool]]) -> bool:
    """Whether a number is part of a name; where only a bare number would be, one with a unit is not."""
    return any(
        start <= measure.start < end and (even_with_unit or measure.unit is None)
        for start, end, even_with_unit in silent
    )


def _steps(text: str, value: float, commas: bool) -> tuple[float, float, int]:
    """How finely a number is written: its least step, the step without zeros at its end, its digits."""
    number = next_number(text, 0, decimal_commas=commas)
    if number is None:
        return 0.0, 0.0, 0
    body = text[number.start : number.end]
    scale = abs(value / number.value) if number.value else 1.0
    if re.search(r"[/½¼¾⅓⅔⅛⅜⅝⅞]", body) or not math.isclose(scale, 10.0 ** round(math.log10(scale)), rel_tol=1e-9):
        return 0.0, 0.0, 1  # a fraction, or several numbers for one value ("1 h 30 min")
    mantissa = _EXPONENT.sub("", body)
    figures = re.sub(r"\D", "", mantissa) or "1"
    if not int(figures):
        step = 10.0 ** (1 - len(figures))
        return step, step, len(figures)
    fine = abs(value) / int(figures)
    whole = mantissa == body and abs(number.value) / int(figures) > 0.999
    zeros = len(figures) - len(figures.rstrip("0")) if whole else 0
    return fine, fine * 10.0**zeros, len(figures.lstrip("0"))


def _is_ranged(text: str, measure: Measure) -> bool:
    """Whether another number follows or precedes as the other end of a range."""
    after = _RANGE.match(text, measure.end)
    if re.search(r"\bbetween\s*$", text[max(0, measure.start - 10) : measure.start]):
        return after is not None and text[after.end() : after.end() + 1].isdigit()
    return False


def _hedges(text: str, start: int) -> dict[str, Any]:
    """What the words before a number say of how it is meant."""
    before = text[max(0, start - 40) : start]
    side = 1 if _OVER.search(before) else -1 if _UNDER.search(before) else 0
    return {"hedged": _HEDGE.search(before) is not None, "side": side, "change": _BY.search(before) is not None}


def _in_words(text: str, found: Iterable[InWords]) -> Iterator[Written]:
    for start, end, value, unit, fine, coarse in found:
        reference = unit.reference if unit is not None else ""
        hedges = _hedges(text, start)
        plainly = not hedges["hedged"] and not hedges["side"] and value < _PLAIN_WORDS
        yield Written(start, end, value, unit, reference, fine, fine if plainly else coarse, 2, **hedges)
