"""Phrases brought to a form in which "the roughness of our pipes" and "pipe roughness" are one quantity."""

from __future__ import annotations

import re
from collections.abc import Sequence

__all__ = ["canonical", "holds_all", "holds_phrase", "normal", "word_keys"]

_WORD = re.compile(r"[^\W_]+(?:'[^\W_]+)*")
_BELONGS = re.compile(r"\b(?:of|in|at|for|inside|within|on)\b", re.IGNORECASE)
_ENDING = re.compile(r"(x|ch|sh|ss|zz)es$")
_DROPPED = frozenset(
    "a an the our my we i us your their his her its all every each any this that these those own usual".split()
)


def normal(word: str) -> str:
    """A word's comparable form: case, the plural, and British or American spelling evened out.

    Words of one or two letters are symbols and keep their case: `k` is not `K`.
    """
    word = word.removesuffix("'s").rstrip("'")
    if len(word) <= 2:
        return word
    low = word.casefold().replace("'", "")
    if len(low) > 4:
        low = low.replace("our", "or")
    low = re.sub(r"(met|lit|fib|cent)re(s?)$", r"\1er\2", low)
    if _ENDING.search(low):
        return low[:-2]
    if len(low) > 4 and low.endswith("ies"):
        return low[:-3] + "y"
    if len(low) > 3 and low.endswith("s") and not low.endswith(("ss", "us", "is")):
        return low[:-1]
    return low


def word_keys(text: str) -> tuple[str, ...]:
    """The words of a text in their comparable form, in order; articles and the like left out."""
    words = _WORD.findall(text.replace("’", "'"))
    return tuple(normal(word) for word in words if word.casefold() not in _DROPPED)


def canonical(phrase: str) -> tuple[str, ...]:
    """The comparable form of a quantity: what it belongs to stands before it, however it was said.

    "the roughness of our pipes" and "pipe roughness" are both `("pipe", "roughness")`.
    """
    return tuple(word for part in reversed(_BELONGS.split(phrase)) for word in word_keys(part))


def holds_phrase(words: Sequence[str], phrase: Sequence[str]) -> bool:
    """Whether a phrase stands in a text, word by word."""
    size = len(phrase)
    return size > 0 and any(tuple(words[at : at + size]) == tuple(phrase) for at in range(len(words) - size + 1))


def holds_all(words: Sequence[str], wanted: Sequence[str]) -> bool:
    """Whether every word stands somewhere in a text."""
    return bool(wanted) and set(wanted) <= set(words)
