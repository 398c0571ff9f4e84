"""What a sentence computes in the open: from numbers that stand in it and lead somewhere themselves.

"51 mbar, under 2 % of the 3 bar", "72 %, so 28 % is lost", "twice the 0.8 kg/s": whoever reads it can see that it is
right, and so can we. What is computed from numbers that the sentence does not have stays untraced.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from itertools import permutations

from collegia.agents.guard_rounding import rounds_to
from collegia.agents.guard_text import Written
from collegia.agents.guard_words import ratio_of
from collegia.tools.units import convert, same_dimension

__all__ = ["Sentences", "factors_of", "is_open_number", "is_open_ratio"]

_END = re.compile(r"(?<!\bi\.e)(?<!\be\.g)[.!?](?=\s|$)|\n")
_FEW, _FAR = 5, 300  # numbers, and characters, on each side: who computes in the open has both at hand
_SUM = re.compile(r"\b(?:together|sums?|total|altogether|combined|adds?|added|plus)\b|\+", re.IGNORECASE)
_DIFFERENCE = re.compile(
    r"\b(?:differ\w*|less|minus|margin|leav\w*|left|remain\w*|more|ris\w*|rose|falls?|by|higher|lower|warm\w*|cool\w*)\b",
    re.IGNORECASE,
)
_SHARE_OF = re.compile(r"\s*(?:of|from|more|less|higher|lower|above|below)\b", re.IGNORECASE)
_TIMES = re.compile(r"\s?-?(?:times|fold)\b")
_MORE = re.compile(r"\b(?:more than|over|above|at least|exceed\w*)\s$", re.IGNORECASE)
_LESS = re.compile(r"\b(?:less than|under|below|nearly|almost|not quite|just short of|at most)\s$", re.IGNORECASE)
_ABOUT = re.compile(
    r"\b(?:about|around|roughly|some|close to|approximately|circa)\s(?:an?\s)?$|[~≈]\s?$", re.IGNORECASE
)
_FACTOR = re.compile(r"\b(?:factor|ratio)(?:\sof)?\s(\d+(?:\.\d+)?)|(?<![\w.])(\d+(?:\.\d+)?)(?:\s?-?fold|\stimes)\b")
_EXACTLY, _ROUGHLY = 0.05, 0.2  # of a ratio: how far words such as "twice" may be off, plainly and said to be about
_POINTS = ("degree_Celsius", "degree_Fahrenheit", "kelvin")


class Sentences:
    """The sentences of a text, with the numbers in each that are traced.

    Args:
        text: without markup.
        traced: its numbers that lead somewhere.
    """

    def __init__(self, text: str, traced: Sequence[Written]) -> None:
        self._text = text
        self._ends = [*(mark.end() for mark in _END.finditer(text)), len(text)]
        self._mates: dict[int, list[Written]] = {}
        for one in sorted(traced, key=lambda one: one.start):
            self._mates.setdefault(bisect_right(self._ends, one.start), []).append(one)

    def around(self, place: int) -> str:
        """The words of the sentence around a place, as far as they are near."""
        which = bisect_right(self._ends, place)
        start = self._ends[which - 1] if which else 0
        end = self._ends[min(which, len(self._ends) - 1)]
        return self._text[max(start, place - _FAR) : min(end, place + _FAR)]

    def mates(self, place: int) -> list[Written]:
        """The traced numbers of the sentence around a place, the nearest few of them."""
        alike = self._mates.get(bisect_right(self._ends, place), [])
        at = bisect_right(alike, place, key=lambda one: one.start)
        return [one for one in alike[max(0, at - _FEW) : at + _FEW] if one.start != place]


def factors_of(texts: Sequence[str]) -> tuple[float, ...]:
    """The factors that texts state: 2.6 of "by a factor 2.6", "2.6-fold"."""
    return tuple(float(one or other) for text in texts for one, other in _FACTOR.findall(text))


def is_open_number(one: Written, text: str, sentences: Sentences) -> bool:
    """Whether a number is a share, a sum or a difference of others.

    Args:
        one: the number.
        text: where it stands.
        sentences: of the text, with the numbers that are traced.
    """
    sentence, mates = sentences.around(one.start), sentences.mates(one.start)
    if one.unit is None:
        known = _quotients(mates) if _TIMES.match(text, one.end) else ()
        return any(rounds_to(one, value, sentence, offset=False, left_out=False) for value in known)
    if one.unit.text == "percent":
        values = [*_shares(mates), *(_quotients(mates) if _SHARE_OF.match(text, one.end) else ())]
        return any(rounds_to(one, 100 * value, sentence, offset=False, left_out=False) for value in values)
    return any(rounds_to(one, value, sentence, offset=False, left_out=False) for value in _sums(one, mates, sentence))


def is_open_ratio(start: int, end: int, text: str, mates: Sequence[Written], factors: Sequence[float]) -> bool:
    """Whether words such as `twice` say the ratio of two numbers of the sentence, or a factor that is known."""
    said, before = ratio_of(text[start:end]), text[max(0, start - 20) : start]
    known = [*factors, *_plain(mates), *_quotients(mates)]
    if _MORE.search(before):
        return any(said <= one < (said + min(1.0, said)) * (1 + _EXACTLY) for one in known)
    if _LESS.search(before):
        return any((1 - _ROUGHLY) * said <= one <= said for one in known)
    most = _ROUGHLY if _ABOUT.search(before) else _EXACTLY
    return any(abs(one - said) <= most * said for one in known)


def _plain(mates: Sequence[Written]) -> Iterator[float]:
    """Plain numbers, shares as parts of one."""
    for one in mates:
        if one.unit is None or not one.unit.text:
            yield one.value
        elif one.unit.text == "percent":
            yield one.value / 100


def _shares(mates: Sequence[Written]) -> Iterator[float]:
    """What a share leaves of the whole, and what a factor adds to it."""
    for value in _plain(mates):
        yield abs(1 - value)


def _quotients(mates: Sequence[Written]) -> Iterator[float]:
    for one, other in permutations(mates, 2):
        if one.unit is None or other.unit is None or _is_point(one) or not other.value:
            continue
        if one.unit.text and same_dimension(one.unit.text, other.unit.text):
            yield convert(one.value, one.unit.text, other.unit.text) / other.value


def _sums(one: Written, mates: Sequence[Written], sentence: str) -> Iterator[float]:
    """Sums and differences in the unit of a number, where its sentence speaks of such."""
    unit = one.unit.text if one.unit is not None else ""
    alike = [mate for mate in mates if mate.unit is not None and same_dimension(mate.unit.text, unit)]
    point = unit.removeprefix("delta_") in _POINTS
    step = unit if not point or unit == "kelvin" or unit.startswith("delta_") else f"delta_{unit}"
    values = [
        convert(mate.value, mate.unit.text, "kelvin" if point else unit) for mate in alike if mate.unit is not None
    ]
    if _SUM.search(sentence) and not point:
        yield from (left + right for left, right in permutations(values, 2))
    if _DIFFERENCE.search(sentence):
        for left, right in permutations(values, 2):
            if left > right:
                yield convert(left - right, "kelvin", step) if point else left - right


def _is_point(one: Written) -> bool:
    return one.unit is not None and one.unit.text in _POINTS
