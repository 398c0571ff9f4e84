"""Names as they are compared: words without case, accents and punctuation, and where they stand in a text."""

from __future__ import annotations

import re
import unicodedata
from typing import NamedTuple

__all__ = ["Token", "fold", "key_of", "tidy", "tokens_of"]

_WORD = re.compile(r"\w+")


class Token(NamedTuple):
    """One word of a text: how it is written, how it is compared, and where it stands."""

    raw: str
    key: str
    start: int
    end: int


def tidy(text: str) -> str:
    """The text in composed Unicode, so that one letter is one character whoever typed it."""
    return text if text.isascii() else unicodedata.normalize("NFC", text)


def fold(word: str) -> str:
    """A word without case and accents."""
    if word.isascii():
        return word.lower()
    parts = unicodedata.normalize("NFKD", word)
    return "".join(part for part in parts if not unicodedata.combining(part)).casefold()


def key_of(name: str) -> str:
    """The folded words of a name, joined by spaces; empty for a name without a letter or digit."""
    words = _WORD.findall(tidy(name))
    return fold(" ".join(words).replace("_", " ")).strip()


def tokens_of(text: str) -> list[Token]:
    """The words of a text that has been made `tidy`."""
    return [
        Token(found.group(), fold(found.group()), found.start(), found.end())
        for found in _WORD.finditer(text.replace("_", " "))
    ]
