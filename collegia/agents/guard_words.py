"""Numbers that are not written in plain digits, and the ratios that a writer computed itself: `twice`, `half of the`.

In words with a unit (`half a bar`, `six and a half metres`, `one atmosphere`), in words that are large or count what
the results count (`ninety thousand`, `fourteen stages`), and in numerals of other kinds (`Ⅻ bar`, `¹² bar`). A small
number in words with no unit ("two steps", "one of the") counts things and is no value.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import NamedTuple

from collegia.tools.scan_units import unit_at
from collegia.tools.units import Unit

__all__ = ["InWords", "numbers_in_words", "numerals_of_other_kinds", "ratio_of", "ratios_in_words"]

_SMALL = (
    "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
    "eighteen nineteen"
).split()
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety".split()
_LARGE = {"dozen": 12.0, "hundred": 100.0, "thousand": 1e3, "million": 1e6}
_VALUES = {
    **{word: float(place) for place, word in enumerate(_SMALL, start=1)},
    **{word: 10.0 * place for place, word in enumerate(_TENS, start=2)},
}
_PARTS = {"half": 2, "third": 3, "quarter": 4, "fifth": 5, "sixth": 6, "eighth": 8, "tenth": 10}
_COUNTED_BY_WORDS = 13
"""From here on a number in words with nothing behind it is a value: small ones count things of the text itself."""

_WORD = rf"(?:{'|'.join((*_VALUES, *_LARGE))})"
_NUMBER = re.compile(
    rf"(?<!\d\s)\b(?P<half>half\sa\s(?=dozen))?{_WORD}(?:(?:-|\s(?:and\s)?){_WORD})*(?:s\sof)?"
    rf"(?:\sand\s(?P<many>an?|one|two|three)\s(?P<part>half|third|quarter)s?)?\b",
    re.IGNORECASE,
)
_FRACTION = re.compile(
    rf"\b(?:(?P<many>an?|one|two|three|four|five|seven|nine)[\s-])?(?P<part>{'|'.join(_PARTS)})s?"
    r"(?P<article>\s(?:of\s)?(?:an?|one)(?=\s))?(?=[\s-])",
    re.IGNORECASE,
)
_COUNT = rf"(?:(?!one\b){_WORD}(?:(?:-|\s(?:and\s)?){_WORD}){{0,5}})"
_RATIO = re.compile(
    rf"\b(?:twice|thrice|double[sd]?(?=\s(?:the|that|what|its|as)\b)|(?:tripl|quadrupl|halv)e[sd]"
    rf"|{_COUNT}(?:\stimes\b|-?fold\b)|(?:a\s)?factor of {_COUNT}\b"
    r"|half(?:\s(?:of\s)?(?:the|that|its|as|what)\b|\sof\b)"
    rf"|(?:a|one|two|three|four)[\s-](?:third|quarter|fifth|sixth|eighth|tenth)s?\b)",
    re.IGNORECASE,
)
_IDIOM = re.compile(r"[\s-](?:in|at|as|a|h|d|t|s|day|second|time|times)\b")
"""What makes no value behind `one`: "one in service", "one at a time", "one day"."""
_NO_VALUE = re.compile(r"[\s-]?(?:times|fold|percent|per\scent)\b|-\w", re.IGNORECASE)
_LABEL = re.compile(
    r"\b(?:types?|class|group|stage|phase|part|chapter|step|zone|case|grade|table|section|annex)\s$", re.I
)
_ROMAN = re.compile(r"(?<![\w.-])(?=[IVX]{2})X{0,3}(?:IX|IV|V?I{0,3})(?!\w)")
_LETTERS = {"I": 1, "V": 5, "X": 10, "L": 50, "C": 100, "D": 500, "M": 1000}
_READ_AS_DIGITS = frozenset("½¼¾⅓⅔⅛⅜⅝⅞")


class InWords(NamedTuple):
    """A number in words: its span with its unit, its value, and how finely it is said; see `Written`."""

    start: int
    end: int
    value: float
    unit: Unit | None
    fine: float
    coarse: float


def numbers_in_words(text: str, counts: Iterable[str] = ()) -> Iterator[InWords]:
    """The numbers in words that state a value.

    Args:
        text: as `level` gives it.
        counts: nouns of what the results count ("stages"): a number before one of them is a value.
    """
    last = 0
    found = sorted((*_fractions(text), *_whole(text, tuple(sorted(counts)))), key=lambda one: (one.start, -one.end))
    for one in found:
        if one.start >= last:
            yield one
            last = one.end


def _fractions(text: str) -> Iterator[InWords]:
    """`half a bar`, `three quarters of a metre`, `a quarter inch`."""
    for match in _FRACTION.finditer(text):
        top, part = (match["many"] or "").lower(), match["part"].lower()
        ordinal = top in ("", "a", "an") and part not in ("half", "quarter")  # "the third bar"
        unit, end = unit_at(text, match.end())
        if unit is not None and (match["article"] or not ordinal):
            value = _VALUES.get(top, 1.0) / _PARTS[part]
            yield InWords(match.start(), end, value, unit, value, value)


def _whole(text: str, counts: tuple[str, ...]) -> Iterator[InWords]:
    for match in _NUMBER.finditer(text):
        words = match.group().lower()
        value = _value(words.partition(" and " + match["many"].lower())[0] if match["many"] else words)
        fine, coarse = 1.0, _round_part(value)
        if match["half"]:
            value /= 2
        if match["many"]:
            value += _VALUES.get(match["many"].lower(), 1.0) / _PARTS[match["part"].lower()]
            fine = coarse = 0.5
        unit, end = unit_at(text, match.end())
        if unit is not None and not (words == "one" and _IDIOM.match(text, match.end())):
            yield InWords(match.start(), end, value, unit, fine, coarse)
        elif unit is None and (_is_large(words, value, text, match.end()) or _is_count(value, text, match, counts)):
            yield InWords(match.start(), match.end(), value, None, fine, coarse)


def _is_large(words: str, value: float, text: str, end: int) -> bool:
    """Whether a number without a unit is no count of the text's own, nor a manner of speaking ("a thousand")."""
    said = re.match(r"[a-z]+", words)
    spelled = said is not None and said.group() in _VALUES
    return spelled and value >= _COUNTED_BY_WORDS and _NO_VALUE.match(text, end) is None


def _is_count(value: float, text: str, match: re.Match[str], counts: tuple[str, ...]) -> bool:
    if not counts or value < 2:
        return False
    return _noun(counts).match(text, match.end()) is not None


@lru_cache(maxsize=64)
def _noun(counts: tuple[str, ...]) -> re.Pattern[str]:
    nouns = "|".join(map(re.escape, counts))
    return re.compile(rf"\s(?:(?!and\b|or\b)[\w-]+\s){{0,2}}?(?:{nouns})\b", re.IGNORECASE)


def _round_part(value: float) -> float:
    """What a round number leaves open: 100 for `three hundred`, 10 for `ninety`."""
    step = 1.0
    while value >= 10 * step and value % (10 * step) == 0:
        step *= 10
    return step


def numerals_of_other_kinds(text: str) -> Iterator[InWords]:
    """Numerals with a unit that are no plain digits: Roman ones, raised ones, circled ones, fractions of one sign."""
    for match in _ROMAN.finditer(text):
        unit, end = unit_at(text, match.end())
        if unit is not None and not _LABEL.search(text[max(0, match.start() - 12) : match.start()]):
            yield InWords(match.start(), end, _roman(match.group()), unit, 1.0, 1.0)
    last = 0
    for place, sign in enumerate(text):
        if place < last or sign.isascii() or not _is_numeral(sign):
            continue
        last = next((at for at in range(place, len(text)) if not _is_numeral(text[at])), len(text))
        before = text[place - 1 : place]
        unit, end = unit_at(text, last)
        if unit is not None and not (before.isalnum() or before in tuple(")]}⁻⁺^%°")):  # a power, a footnote
            yield InWords(place, end, _numeral(text[place:last]), unit, 0.0, 0.0)


def _is_numeral(sign: str) -> bool:
    return unicodedata.category(sign) in ("Nl", "No") and sign not in _READ_AS_DIGITS


def _numeral(signs: str) -> float:
    plain = unicodedata.normalize("NFKC", signs)
    if plain.isdigit():
        return float(plain)
    if all(letter in _LETTERS for letter in plain):
        return _roman(plain)
    return unicodedata.numeric(signs[0], 0.0)


def _roman(letters: str) -> float:
    values = [_LETTERS[letter] for letter in letters]
    after = [*values[1:], 0]
    return float(sum(-one if one < other else one for one, other in zip(values, after, strict=True)))


def ratios_in_words(text: str) -> Iterator[tuple[int, int]]:
    """The spans of the words that set one value in proportion to another."""
    for match in _RATIO.finditer(text):
        yield match.span()


def ratio_of(words: str) -> float:
    """What such words say: 2 for `twice`, 0.25 for `a quarter`."""
    said = words.lower()
    for stem, value in (("twice", 2), ("double", 2), ("thrice", 3), ("tripl", 3), ("quadrupl", 4), ("halv", 0.5)):
        if said.startswith(stem):
            return float(value)
    below = next((_PARTS[word] for word in re.findall(r"[a-z]+?(?=s?\b)", said) if word in _PARTS), 1)
    return (_value(said) or 1.0) / below


def _value(words: str) -> float:
    total = part = 0.0
    for word in re.findall(r"[a-z]+", words.removesuffix("s of")):
        if word in _VALUES:
            part += _VALUES[word]
        elif word in ("dozen", "hundred"):
            part = (part or 1.0) * _LARGE[word]
        elif word in _LARGE:
            total, part = total + (part or 1.0) * _LARGE[word], 0.0
    return total + part
