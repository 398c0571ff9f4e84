"""What a turn says: values, units, names, and how it speaks of the ones before."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal

from collegia.agents.reading.lexicon import Hit, lexicon_of
from collegia.agents.reading.reader import read
from collegia.agents.reading.tokens import Token, flatten, tokenize
from collegia.agents.reading.types import Ask, Reading, Said
from collegia.agents.reading.units_alone import LoneUnit
from collegia.agents.talk.words import (
    AMOUNTS,
    CHANGING,
    CHAT,
    FACTORS,
    LITTLE,
    MARKED,
    REMOVING,
    SETTING,
    SHARES,
    blank,
)  # fmt: skip
from collegia.tools.registry import Registry

__all__ = ["Turn", "is_bare", "turn_of"]

_BY = re.compile(r"\bby\b", re.IGNORECASE)
_COMPARATIVE = re.compile(r"[a-z]{2,}er", re.IGNORECASE)
_BY_SHARE = re.compile(r"\bby\s+\d+(?:\.\d+)?\s?(?:%|percent)", re.IGNORECASE)
_SIDES = ("side", "start", "end")


@dataclass(frozen=True)
class Turn:
    """One turn, read.

    Attributes:
        text: as it was typed.
        marked: whether it says that it follows what was said before.
        setting: whether its names say what is to change, and ask for nothing.
        removing: whether it takes something away.
        factor: what it multiplies a value by; None where it does not.
        direction: 1 or -1 where it adds an amount to a value or takes one off; 0 where it does not.
        reading: of what is left without these words and those of talking.
        hits: the phrases of the vocabulary in that.
        tokens: its words.
    """

    text: str
    marked: bool
    setting: bool
    removing: bool
    factor: Decimal | None
    direction: int
    reading: Reading
    hits: tuple[Hit, ...]
    tokens: tuple[Token, ...]

    @property
    def said(self) -> list[Said]:
        """The values that it states."""
        return self.reading.said

    @property
    def units(self) -> tuple[LoneUnit, ...]:
        """The units that it names without a number."""
        return self.reading.units

    @property
    def names_what_changes(self) -> bool:
        """Whether its names say what is to change."""
        return self.setting or self.removing or self.factor is not None or self.direction != 0 or self._equates

    @property
    def _equates(self) -> bool:
        """Whether it reads like "U = 600", a name with a number and no unit."""
        return any(self.reading.asks) and any(is_bare(one) for one in self.said)

    @property
    def asks(self) -> list[Ask]:
        """What it asks for by name."""
        return [] if self.names_what_changes else [ask for ask in self.reading.asks if not ask.by_unit]

    @property
    def names(self) -> frozenset[str]:
        """The kinds that its words name."""
        return frozenset(entry.subject for hit in self.hits for entry in hit.of("name"))

    @property
    def sides(self) -> frozenset[str]:
        """The sides that its words name."""
        return frozenset(entry.subject for hit in self.hits for entry in hit.of("side"))

    def strange(self, kinds: Iterable[str], words: Iterable[str]) -> str:
        """Words of it that say nothing of these kinds, and are none of these; empty where there are none."""
        allowed, known = frozenset(kinds), frozenset(words)
        inside = [(one.start, one.end) for one in self.said]
        inside += [(one.start, one.end) for one in self.units]
        inside += [(ask.start, ask.end) for ask in self.asks]
        spoken = {
            place
            for hit in self.hits
            if any(entry.role in _SIDES or entry.subject in allowed for entry in hit.entries)
            for place in range(hit.first, hit.last + 1)
        }
        found = [
            token.text
            for place, token in enumerate(self.tokens)
            if token.is_word
            and place not in spoken
            and not any(start < token.end and token.start < end for start, end in inside)
            and not {token.text.lower(), token.key} & (LITTLE | known)
        ]
        return " ".join([*found, *self._compared()])

    def _compared(self) -> Iterator[str]:
        """ "10 K hotter": a word behind a value that makes a difference of it."""
        words = {place for hit in self.hits if hit.of("word") for place in range(hit.first, hit.last + 1)}
        for said in self.said:
            place = said.last + 1
            if said.measure and place < len(self.tokens) and place not in words:
                word = self.tokens[place].text
                if _COMPARATIVE.fullmatch(word):
                    yield word


def is_bare(said: Said) -> bool:
    """Whether a value is a number without a unit."""
    return said.measure is not None and said.measure.unit is None


def turn_of(text: str, registry: Registry) -> Turn:
    """Read a turn."""
    flat = flatten(text)
    factor, left = _factor(flat)
    removing = factor is None and REMOVING.search(left) is not None
    direction = 0
    if removing:
        left = blank(left, REMOVING)
    elif factor is None:
        direction, left = _direction(left)
    left = blank(left, CHANGING, CHAT)
    tokens = tuple(tokenize(left))
    reading = read(left, registry)
    values = [(one.start, one.end) for one in reading.said if one.measure is not None]
    values += [(one.start, one.end) for one in reading.units]
    hits = tuple(
        hit
        for hit in lexicon_of(registry).scan(tokens)
        if not any(start <= tokens[hit.first].start < end for start, end in values)  # the h of "m3/h" is no height
    )
    marked, setting = MARKED.search(flat) is not None, SETTING.search(flat) is not None
    return Turn(text, marked, setting, removing, factor, direction, reading, hits, tokens)


def _factor(text: str) -> tuple[Decimal | None, str]:
    """What a text multiplies a value by, and the text without the words that say so."""
    for pattern, sign in SHARES:
        if found := pattern.search(text):
            return 1 + sign * Decimal(found[1]) / 100, blank(blank(text, _BY_SHARE), pattern)
    for pattern, by in FACTORS:
        if found := pattern.search(text):
            return Decimal(found[1] if by == "times" else by), blank(text, pattern)
    return None, text


def _direction(text: str) -> tuple[int, str]:
    """Whether a text adds an amount to a value or takes one off, and the text without the words that say so."""
    if re.search(r"\d", text):
        for pattern, sign in AMOUNTS:
            if pattern.search(text):
                return sign, blank(text, pattern, _BY)
    return 0, text
