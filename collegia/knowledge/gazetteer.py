"""Finding, in a text, the names that passages of the store are about.

The longest name wins; a single word counts only where it is written as a name. Names of up to eight words are found.
"""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache

from collegia.knowledge.records import Mention
from collegia.knowledge.text import STOP_WORDS, key

__all__ = ["LONGEST", "Gazetteer", "Token", "tokens"]

LONGEST = 8
# accents that are letters of their own belong to the word: "é" may be written as one character or as two
_WORD = re.compile(r"[^\W_]+(?:(?:['’]|[\u0300-\u036f]++)[^\W_]+)*[\u0300-\u036f]*")
_CHUNK = 900

Token = tuple[str, int, int, bool]
"""A word: its key, its span, and whether it is written with a capital letter or a figure first."""


def tokens(text: str) -> list[Token]:
    """The words of a text."""
    found = []
    for word in _WORD.finditer(text):
        said = word.group()
        found.append((_word_key(said), word.start(), word.end(), not said[0].islower()))
    return found


@lru_cache(maxsize=65536)
def _word_key(word: str) -> str:
    return key(word) or word.casefold()


class Gazetteer:
    """The keys that passages are about, all of them or those that may stand in given texts."""

    def __init__(self, db: sqlite3.Connection) -> None:
        self._db = db
        self._keys: set[str] = set()
        self._longest: dict[str, int] = {}

    def load(self) -> None:
        """Take in every key; for many texts at once."""
        self._take(key for (key,) in self._db.execute(f"{_KNOWN} GROUP BY entities.id"))

    def load_for(self, texts: Iterable[Sequence[Token]]) -> None:
        """Take in the keys that may stand in these texts; for a few, however many keys there are."""
        wanted = list({gram for words in texts for gram in _grams(words)})
        for first in range(0, len(wanted), _CHUNK):
            some = wanted[first : first + _CHUNK]
            marks = ",".join("?" * len(some))
            self._take(key for (key,) in self._db.execute(f"{_KNOWN} WHERE entities.key IN ({marks})", some))

    def _take(self, keys: Iterable[str]) -> None:
        for one in keys:
            self._keys.add(one)
            first, _, _ = one.partition(" ")
            self._longest[first] = max(self._longest.get(first, 0), one.count(" ") + 1)

    def mentions(self, text: str, words: Sequence[Token]) -> Iterator[tuple[str, Mention]]:
        """The known names in a text, with their keys."""
        place = 0
        while place < len(words):
            most = min(self._longest.get(words[place][0], 0), LONGEST, len(words) - place)
            taken = next((count for count in range(most, 0, -1) if self._stands(words[place : place + count])), 0)
            if taken:
                start, end = words[place][1], words[place + taken - 1][2]
                yield " ".join(word[0] for word in words[place : place + taken]), Mention(text[start:end], start, end)
            place += taken or 1

    def _stands(self, words: Sequence[Token]) -> bool:
        if len(words) == 1 and (not words[0][3] or words[0][0] in STOP_WORDS):
            return False
        return " ".join(word[0] for word in words) in self._keys


_KNOWN = "SELECT entities.key FROM entities JOIN subjects ON subjects.entity = entities.id"


def _grams(words: Sequence[Token]) -> Iterator[str]:
    for place in range(len(words)):
        if words[place][0] in STOP_WORDS and not words[place][3]:
            continue
        for count in range(1, min(LONGEST, len(words) - place) + 1):
            yield " ".join(word[0] for word in words[place : place + count])
