"""The word "both" where it stands for two things that were named before: "zob or frim? Give both for …"."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from collegia.agents.reading.tokens import Token
from collegia.agents.reading.types import Ask
from collegia.agents.reading.words import ASKING, BREAKS, PREPOSITIONS

__all__ = ["left_open", "named_before", "says_both"]

_AND = frozenset({"and", "or", "versus", "vs", "than", "instead", "opposed"})
_LITTLE = frozenset({"a", "an", "the", "rather", "of", "as", "to"})


def says_both(tokens: Sequence[Token]) -> Iterator[int]:
    """Where the word stands by itself: "both for", "of both,", and not "both pumps" or "both 20 °C"."""
    for index, token in enumerate(tokens):
        following = tokens[index + 1] if index + 1 < len(tokens) else None
        alone = following is None or not (following.is_word or following.text[0].isdigit() or following.text == "§")
        if token.key == "both" and (alone or (following is not None and following.key in PREPOSITIONS)):
            yield index


def _asked_for(tokens: Sequence[Token]) -> Iterator[int]:
    """Where it is asked for: "both for …", "compare both for …", but not "fuel and air, both at …"."""
    for index in says_both(tokens):
        if index == 0 or tokens[index - 1].text in BREAKS or tokens[index - 1].key in ASKING | {"compare"}:
            yield index


def _sentence(index: int, tokens: Sequence[Token]) -> tuple[int, int]:
    """The first and the last token of the sentence around a token."""
    first = max((i for i in range(index) if tokens[i].text in BREAKS), default=-1) + 1
    return first, next((i for i in range(index, len(tokens)) if tokens[i].text in BREAKS), len(tokens) - 1)


def named_before(names: Sequence[Ask], tokens: Sequence[Token]) -> list[Ask]:
    """The two names that the sentence before has where the next one says "both" and names nothing before it.

    Args:
        names: all names of the text that state no value, in order.
        tokens: the text.
    """
    for index in _asked_for(tokens):
        first, _ = _sentence(index, tokens)
        if first < 2 or any(first <= name.place < index for name in names):
            continue
        start, end = _sentence(first - 2, tokens)
        before = [name for name in names if start <= name.place <= end]
        pairs = [pair for pair in pairwise(before) if pair[0].kinds.keys() != pair[1].kinds.keys()]
        if len(pairs) > 1:  # "the difference between a zob and a frim"
            pairs = [pair for pair in pairs if _joined(*pair, tokens)]
        if len(pairs) == 1:
            return list(pairs[0])
    return []


def _joined(left: Ask, right: Ask, tokens: Sequence[Token]) -> bool:
    gap = {token.key for token in tokens if left.end <= token.start < right.start}
    return bool(gap & _AND) and gap <= _AND | _LITTLE


def left_open(asks: Sequence[Ask], tokens: Sequence[Token]) -> tuple[str, ...]:
    """The word where nothing that is asked answers to it."""
    for index in _asked_for(tokens):
        first, last = _sentence(index, tokens)
        own = any(first <= ask.place <= last and not ask.by_unit for ask in asks)
        if not own and not any(ask.recalled for ask in asks):
            return (tokens[index].text,)
    return ()
