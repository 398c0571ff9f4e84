"""Lists under one head: "Crusts: sun 0.2, moon 0.3 m2K/W" names a sun crust and a moon crust."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from collegia.agents.reading.lexicon import Hit, Lexicon
from collegia.agents.reading.tokens import Token
from collegia.agents.reading.types import Said
from collegia.agents.reading.words import BREAKS

__all__ = ["under_heads"]

_LONGEST = 3


def under_heads(tokens: Sequence[Token], said: Sequence[Said], lexicon: Lexicon) -> list[Hit]:
    """The names that the words before the values of such a list make with its head."""
    measures = {item.first for item in said if item.measure is not None}
    found: list[Hit] = []
    for place, token in enumerate(tokens):
        if token.text != ":" or not place:
            continue
        end = next((i for i in range(place + 1, len(tokens)) if tokens[i].text in BREAKS), len(tokens))
        for first in (index for index in range(place + 2, end) if index in measures):
            start = next((i for i in range(first - 1, place, -1) if not tokens[i].is_word), place) + 1
            found.extend(_named(tokens, start, first, list(_heads(tokens, place)), lexicon))
    return found


def _heads(tokens: Sequence[Token], place: int) -> Iterator[tuple[str, ...]]:
    """The words before a colon, the longest run first."""
    for first in range(max(0, place - _LONGEST), place):
        words = tokens[first:place]
        if all(word.is_word for word in words):
            yield tuple(word.key for word in words)


def _named(
    tokens: Sequence[Token], start: int, end: int, heads: Sequence[tuple[str, ...]], lexicon: Lexicon
) -> Iterator[Hit]:
    own = tuple(token.key for token in tokens[start:end])
    if not 0 < len(own) <= 2:
        return
    for head in heads:
        for phrase in ((*own, *head), (*head, *own)):
            entries = tuple(entry for entry in lexicon.phrases.get(phrase, ()) if entry.role == "name")
            if entries:
                yield Hit(start, end - 1, entries)
                return
