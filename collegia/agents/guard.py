"""The guard over numbers: what a language model wrote from results may word them, and may state none of its own.

A number is traced when it is a value of the grounds within the rounding that its digits imply, in whatever unit of
that dimension; or a number of a text that it was written from. All others are marked in the text.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import pairwise

from collegia.agents.guard_names import sizes_not_in
from collegia.agents.guard_open import Sentences, factors_of, is_open_number, is_open_ratio
from collegia.agents.guard_rounding import rounds_to
from collegia.agents.guard_text import Prose, Written, prose, written_numbers
from collegia.agents.guard_words import ratios_in_words
from collegia.tools.scan_units import unit_at
from collegia.tools.units import ATMOSPHERE, Unit, convert, parse_unit, same_dimension

__all__ = ["Grounds", "Guarded", "Stray", "Value", "guard", "mark"]

_SHOWN_DIGITS = 5  # as `format_number` shows values: what a writer rounds or converts may be rounded already
_NARROW = 0.2  # of a value: the widest range that may be said around it
_BARE_DIGITS = 3  # a number whose unit is left out is told from a chance by these
_POINTS = ("degree_Celsius", "degree_Fahrenheit", "kelvin", "degree_Rankine")
_CHANGE = re.compile(
    r"\b(?:differen\w+|rises?|rose|rising|drop\w*|fall\w*|fell|by|change\w*|increas\w*|decreas\w*|warmer|colder|hotter|cooler"
    r"|approach|range|above|below|subcool\w*|superheat\w*|LMTD)\b|Δ"
)

_RANGE = re.compile(r"\s*(?:-|–|to|(and))\s*")
_BETWEEN = re.compile(r"\bbetween\s*$", re.IGNORECASE)

_PERIODS = {"year": r"\byear|\bannual|\bannum", "month": r"\bmonth", "day": r"\bda(?:y|ily)", "hour": r"\bhour"}
"""The words that tell a rate from an amount: "$14,280 a year", "the yearly cost is $14,280"."""


@dataclass(frozen=True)
class Value:
    """A value that may be said.

    Attributes:
        value: in `unit`.
        unit: text that `parse_unit` reads, `bar(g)` included; empty for a plain number.
        uncertainty: what it may be off by, as a share of it.
        difference: whether a temperature is a difference (True) or a point (False); None where that is not known.
        name: what it is called; a "yearly cost" may be said as an amount "a year".
    """

    value: float
    unit: str = ""
    uncertainty: float | None = None
    difference: bool | None = None
    name: str = ""


@dataclass(frozen=True)
class Grounds:
    """All that a number of the text may lead to.

    Attributes:
        values: results, inputs and defaults.
        texts: what may be repeated: the question, quotations, replies of steps, assumptions.
        names: names whose digits are no values: of sources, documents and experts.
    """

    values: tuple[Value, ...] = ()
    texts: tuple[str, ...] = ()
    names: tuple[str, ...] = ()


@dataclass(frozen=True)
class Stray:
    """A number that comes from nowhere: its span in the text as given, and as written there."""

    start: int
    end: int
    text: str


@dataclass(frozen=True)
class Guarded:
    """A text with every untraced number marked as `[?42 kPa]`, and these numbers."""

    text: str
    strays: tuple[Stray, ...] = ()


@dataclass(frozen=True)
class _Known:
    value: float
    unit: Unit
    reference: str = ""
    difference: bool | None = None
    period: str = ""


def guard(text: str, grounds: Grounds) -> Guarded:
    """Mark the numbers of a text that its grounds do not hold.

    Args:
        text: as a language model wrote it; Markdown, LaTeX and HTML are looked through.
        grounds: what it was written from.

    Returns:
        the text, marked, and the untraced numbers in their order. Numbers in words count where a unit follows, and
        ratios in words (`twice`) where no text of the grounds has them.

    Raises:
        UnitError: a unit of the grounds is not known.
    """
    body = prose(text)
    counts = _counts(grounds.values)
    numbers = written_numbers(body.text, grounds.names, counts)
    ratios = [
        (start, end)
        for start, end in ratios_in_words(body.text)
        if not any(one.start < end and start < one.end for one in numbers)
    ]
    spans = [*sizes_not_in(body.text, (*grounds.texts, *grounds.names))]
    if numbers or ratios:
        known = [*_of_values(grounds.values), *_of_texts(grounds, counts)]
        spans += _untraced(body.text, numbers, known, grounds)
        strange = {start for start, _ in spans}
        spans += _closed_ratios(body.text, ratios, [one for one in numbers if one.start not in strange], grounds)
    strays = tuple(_stray(body, start, end) for start, end in _apart(spans))
    return Guarded(mark(text, strays), strays)


def _untraced(text: str, numbers: list[Written], known: list[_Known], grounds: Grounds) -> Iterator[tuple[int, int]]:
    """The spans of the numbers that lead nowhere, not by what their sentence computes in the open either."""
    shares, margins = _uncertainties(grounds.values)
    traced = [one for one in numbers if _is_traced(one, text, [*known, *shares], margins, grounds.texts)]
    traced += _brackets(text, numbers, known)
    sentences, places = Sentences(text, traced), {one.start for one in traced}
    for one in numbers:
        if one.start not in places and not is_open_number(one, text, sentences):
            yield one.start, one.end


def _closed_ratios(
    text: str, ratios: list[tuple[int, int]], traced: list[Written], grounds: Grounds
) -> Iterator[tuple[int, int]]:
    """The ratios in words that no text of the grounds has and no numbers beside them show."""
    said, factors = " ".join(grounds.texts).lower(), factors_of(grounds.texts)
    sentences = Sentences(text, traced)
    for start, end in ratios:
        if text[start:end].lower() not in said and not is_open_ratio(start, end, text, sentences.mates(start), factors):
            yield start, end


def _brackets(text: str, numbers: list[Written], known: list[_Known]) -> Iterator[Written]:
    """The ends of narrow ranges that a value lies in: "between 7 and 8 psi"."""
    for low, high in pairwise(numbers):
        link = _RANGE.fullmatch(text, low.end, high.start)
        if (
            link is None
            or high.unit is None
            or (link[1] and not _BETWEEN.search(text[max(0, low.start - 10) : low.start]))
        ):
            continue
        sentence = _sentence(text, low)
        within = (value for of in known for value, offset in _in_its_unit(high, of, sentence) if not offset)
        if any(low.value <= one <= high.value and high.value - low.value <= _NARROW * abs(one) for one in within):
            yield from (low, high)


def _counts(values: Iterable[Value]) -> frozenset[str]:
    """The last words of the names of whole numbers: what they count, "stages"."""
    named = (
        one.name.split()[-1].lower()
        for one in values
        if not one.unit and one.name and math.isfinite(one.value) and one.value % 1 == 0
    )
    return frozenset(one for one in named if one.endswith("s"))


def mark(text: str, strays: Iterable[Stray]) -> str:
    """The text with each of these put as `[?42 kPa]`."""
    pieces, last = [], 0
    for one in strays:
        pieces += [text[last : one.start], "[?", text[one.start : one.end], "]"]
        last = one.end
    return "".join([*pieces, text[last:]])


def _stray(body: Prose, start: int, end: int) -> Stray:
    first, last = body.span(start, end)
    return Stray(first, last, body.original[first:last])


def _apart(spans: list[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """In order, and no two over one another."""
    last = -1
    for start, end in sorted(spans):
        if start >= last:
            yield start, end
            last = end


def _of_values(values: Iterable[Value]) -> Iterator[_Known]:
    for one in values:
        unit = parse_unit(one.unit)
        yield _Known(one.value, unit, unit.reference, one.difference)
        for period, words in _PERIODS.items():
            if unit.text.endswith(rate := f" / {period}"):
                yield _Known(one.value, Unit(unit.text.removesuffix(rate)), period=words)
            elif unit.text and re.search(words, one.name, re.IGNORECASE):
                yield _Known(one.value, parse_unit(f"({unit.text}) / {period}"))


def _uncertainties(values: Iterable[Value]) -> tuple[list[_Known], list[_Known]]:
    """What stated uncertainties may be said as: shares, and amounts in the unit of the value."""
    stated = [(one, one.uncertainty) for one in values if one.uncertainty is not None]
    return (
        [_Known(share, Unit("")) for _, share in stated],
        [_Known(abs(one.value) * share, Unit(parse_unit(one.unit).text), difference=True) for one, share in stated],
    )


def _of_texts(grounds: Grounds, counts: Iterable[str]) -> Iterator[_Known]:
    for text in grounds.texts:
        for one in written_numbers(prose(text).text, grounds.names, counts):
            yield _Known(one.value, one.unit or Unit(""), one.reference)


def _is_traced(one: Written, text: str, known: list[_Known], margins: list[_Known], texts: tuple[str, ...]) -> bool:
    if one.unread:
        return _is_repeated(one, text, texts)
    sentence = _sentence(text, one)
    may_be = (*known, *margins) if one.margin else known
    return any(_is_same(reading, of, sentence) for reading in _readings(one, text) for of in may_be)


def _is_repeated(one: Written, text: str, texts: tuple[str, ...]) -> bool:
    """Whether a number with a unit that is not known stands so, unit included, in a text of the grounds."""
    end = next((match.end() for match in [re.compile(r"\s?\S*[^\s.,;:)]").match(text, one.end)] if match), one.end)
    return any(text[one.start : end] in prose(other).text for other in texts)


def _readings(one: Written, text: str) -> Iterator[Written]:
    """The ways to read a number: as it stands; degrees as those of a temperature; without its neighbour's unit.

    "0.63, or 63 %" is no share twice. And with the unit ending before a factor: `8 kg/s · cp` is 8 kg/s times a heat
    capacity.
    """
    yield one
    if one.unit is not None and one.unit.text == "degree":  # "twenty degrees", of whatever was spoken of
        yield replace(one, unit=parse_unit("degC"))
    if one.lent:
        yield replace(one, unit=None, reference="")
    body = text[one.start : one.end]
    if one.unit is not None and (cut := re.search(r"\s[·⋅*×]\s(?=\D+$)", body)) is not None:
        digits = re.match(r"\D*[\d.,]+", body)
        unit, _ = unit_at(body[: cut.start()], digits.end()) if digits else (None, 0)
        if unit is not None:
            yield replace(one, unit=unit, reference=unit.reference)


def _sentence(text: str, one: Written) -> str:
    """The words around a number, as far as they may speak of it."""
    before = re.split(r"[.;!?]\s|\n", text[max(0, one.start - 80) : one.start])[-1]
    after = re.split(r"[.;!?](?:\s|$)|\n", text[one.end : one.end + 40])[0]
    return f"{before} {after}"


def _is_same(one: Written, known: _Known, sentence: str) -> bool:
    if known.period and not re.search(known.period, sentence, re.IGNORECASE):
        return False
    left_out = one.unit is None and not same_dimension(known.unit.text, "")
    return any(
        rounds_to(one, value, sentence, offset=offset, left_out=left_out)
        for value, offset in _in_its_unit(one, known, sentence)
    )


def _in_its_unit(one: Written, known: _Known, sentence: str) -> Iterator[tuple[float, bool]]:
    """A known value in the unit of a written number, each way it may be meant; with whether that unit has an origin."""
    shown = _shown(known.value)
    if one.unit is None:
        unit = Unit("")
        if (
            known.unit.text
            and not same_dimension(known.unit.text, "")
            and one.digits >= (1 if one.factor else _BARE_DIGITS)
        ):
            unit = known.unit
    else:
        unit = one.unit
    if not same_dimension(unit.text, known.unit.text):
        return
    source, target = known.unit.text, unit.text
    for value in dict.fromkeys((known.value, shown)):
        if source.removeprefix("delta_") in _POINTS and target.removeprefix("delta_") in _POINTS:
            yield from _temperatures(value, source, target, known.difference, one.change, sentence)
        else:
            for shift in _shifts(one, known, source):
                yield convert(value + shift, source, target), False


def _temperatures(
    value: float, source: str, target: str, difference: bool | None, change: bool, sentence: str
) -> Iterator[tuple[float, bool]]:
    if source.startswith("delta_") or target.startswith("delta_"):
        difference = True
    if difference is not True and not change:
        yield convert(value, source, target), True
    if difference is True or (difference is None and (change or _CHANGE.search(sentence))):
        yield convert(value, _step_of(source), _step_of(target)), False


def _step_of(unit: str) -> str:
    return (
        unit
        if unit.startswith("delta_") or not unit.startswith("degree_") or unit == "degree_Rankine"
        else f"delta_{unit}"
    )


def _shifts(one: Written, known: _Known, unit: str) -> Iterator[float]:
    """What lies between a pressure as it is known and as it is written: gauge pressures begin at an atmosphere."""
    if not same_dimension(unit, "pascal") or "gauge" not in (one.reference, known.reference):
        yield 0.0
        return
    atmosphere = convert(ATMOSPHERE, "pascal", unit)
    if one.reference == known.reference:
        yield 0.0
    elif one.reference == "gauge":
        yield -atmosphere
        if known.difference:  # a difference of pressures from the atmosphere is what a gauge shows
            yield 0.0
    else:
        yield atmosphere
        if not one.reference:
            yield 0.0


def _shown(value: float) -> float:
    if not value or not math.isfinite(value):
        return value
    return float(f"{value:.{_SHOWN_DIGITS - 1}e}")
