"""Numbers in words: `ninety-three kilopascal`, and the ratios that a writer computed itself: `twice`, `half of the`."""

from __future__ import annotations

import re
from collections.abc import Iterator

from collegia.tools.scan_units import unit_at
from collegia.tools.units import Unit

__all__ = ["numbers_in_words", "ratios_in_words"]

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
_WORD = rf"(?:{'|'.join((*_VALUES, *_LARGE))})"
_NUMBER = re.compile(rf"(?<!\d\s)\b{_WORD}(?:(?:-|\s(?:and\s)?){_WORD})*(?:s\sof)?\b", re.IGNORECASE)
_COUNT = rf"(?:{'|'.join(_SMALL[1:12])})"
_RATIO = re.compile(
    rf"\b(?:twice|thrice|double[sd]?(?=\s(?:the|that|what|its|as)\b)|(?:tripl|quadrupl|halv)e[sd]"
    rf"|{_COUNT}(?:\stimes\b|-?fold\b)|(?:a\s)?factor of {_COUNT}\b"
    r"|half(?:\s(?:of\s)?(?:the|that|its|as|what)\b|\sof\b)"
    rf"|(?:a|one|two|three|four)[\s-](?:third|quarter|fifth|sixth|eighth|tenth)s?\b)",
    re.IGNORECASE,
)


def numbers_in_words(text: str) -> Iterator[tuple[int, int, float, Unit]]:
    """Each number in words that has a unit behind it: its span, its value, its unit. `one` alone counts nothing."""
    for match in _NUMBER.finditer(text):
        value = _value(match.group().lower())
        unit, end = unit_at(text, match.end())
        if unit is not None and value != 1.0:
            yield match.start(), end, value, unit


def ratios_in_words(text: str) -> Iterator[tuple[int, int]]:
    """The spans of the words that set one value in proportion to another."""
    for match in _RATIO.finditer(text):
        yield match.span()


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
