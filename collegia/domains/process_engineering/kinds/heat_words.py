"""Recognisers of heat transfer's own notations: the shell passes of an exchanger."""

from __future__ import annotations

import re
from collections.abc import Iterator

from collegia.tools import Found

__all__ = ["find_shells"]

_COUNTS = {"one": 1, "single": 1, "two": 2, "double": 2, "three": 3, "four": 4, "five": 5, "six": 6}
_PASSES = re.compile(
    r"(?<![-–/:.\d])\b(\d|one|single|two|double|three|four|five|six)[\s-]+shell(?:[\s-]?side)?(?:s|[\s-]pass(?:es)?)?\b"
    r"(?:,?\s*(?:and|&|/)?\s*(?:2|4|6|8|two|four|six|eight)[\s-]+tube[\s-]pass(?:es)?\b)?",
    re.I,
)
# "1-2 exchanger", "a 2/4 shell-and-tube": shell passes before tube passes, and tube passes are even.
_PAIR = re.compile(
    r"\b([1-6])\s*[-–/:]\s*(2|4|6|8|10|12)\s+(?:pass\s+)?(?:shell|heat[\s-]exchanger|exchanger|TEMA)", re.I
)


def find_shells(text: str) -> Iterator[Found]:
    """Shell passes: "one shell pass", "2 shells", "a 1-2 exchanger"."""
    for match in _PASSES.finditer(text):
        word = match[1].lower()
        yield Found(match.start(), match.end(), float(_COUNTS.get(word) or int(word)))
    for match in _PAIR.finditer(text):
        if int(match[2]) >= 2 * int(match[1]):
            yield Found(match.start(), match.end(), float(match[1]))
