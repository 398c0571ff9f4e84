"""Words of a text with their places, brought to a form in which spellings compare equal."""

from __future__ import annotations

import re
from dataclasses import dataclass

__all__ = ["Token", "flatten", "normal", "phrase_key", "singular", "tokenize"]

# One character for one character, so that every place in the flattened text is the place in the original.
_FLAT = str.maketrans({
    "\u00a0": " ", "\u2009": " ", "\u202f": " ", "\u2007": " ", "\t": " ", "\u2212": "-", "\u2010": "-", "\u2011": "-",
    "\u2013": "-", "\u2014": "-", "’": "'", "‘": "'", "“": '"', "”": '"', "µ": "μ", "∆": "Δ", "′": "'",
})  # fmt: skip

_TOKEN = re.compile(r"[A-Za-zÀ-ÖØ-öø-ÿΑ-ωϕ]+(?:'[a-z]+)?|\d+(?:[.,]\d+)*|->|=>|→|[^\sA-Za-z0-9]")


# A stop before a small letter or a closing mark ends an abbreviation ("sat. temp. of water"), not a sentence.
_ABBREVIATED = re.compile(r"\s*(?:[a-z,;:]|\.)")


_SHOUTED = frozenset({"BY", "By", "OF", "TO", "AT", "ON", "IS"})
"""Short words in capitals for emphasis; what may be a symbol ("NO", "AS", "IN") keeps its case."""


@dataclass(frozen=True, slots=True)
class Token:
    """One word, number or mark, and where it stands."""

    text: str
    key: str
    start: int
    end: int

    @property
    def is_word(self) -> bool:
        """Whether it begins with a letter."""
        return self.text[0].isalpha()


def flatten(text: str) -> str:
    """Typographic variants brought to plain ones, character by character."""
    return text.translate(_FLAT)


def normal(word: str) -> str:
    """A word's comparable form: case, British and American spelling and the plural evened out.

    Words of one or two letters are symbols and keep their case: `k` is not `K`.
    """
    if len(word) <= 2:
        return word.lower() if word in _SHOUTED else word
    low = word.lower()
    low = low.removesuffix("'s")
    if len(low) > 4:
        low = low.replace("our", "or")
    low = low.replace("yse", "yze").replace("ph", "f")
    low = re.sub(r"is(e|ed|es|er|ing|ation|ations)$", r"iz\1", low) if len(low) > 5 else low
    low = re.sub(r"(met|lit|fib|cent)re(s?)$", r"\1er\2", low)
    if len(low) > 4 and low.endswith("ies"):
        low = low[:-3] + "y"
    elif len(low) > 3 and low.endswith("s") and not low.endswith(("ss", "us", "is")):
        low = low[:-1]
    return low


def tokenize(text: str) -> list[Token]:
    """The words, numbers and marks of a flattened text, in order."""
    found = (Token(m.group(), normal(m.group()), m.start(), m.end()) for m in _TOKEN.finditer(text))
    return [token for token in found if token.text != "." or not _ABBREVIATED.match(text, token.end)]


def phrase_key(phrase: str) -> tuple[str, ...]:
    """The comparable form of a phrase: the keys of its words and numbers, hyphens dropped."""
    return tuple(token.key for token in tokenize(flatten(phrase)) if token.text not in ("-", "."))


def singular(phrase: str) -> str:
    """A phrase whose last word is said of one: "boiling points" of each thing is its "boiling point"."""
    start = phrase.rfind(" ") + 1
    word = phrase[start:]
    if len(word) < 5 or not word.endswith("s") or word.endswith(("ss", "us", "is")) or not word[1:].islower():
        return phrase
    return phrase[:start] + (word[:-3] + "y" if word.endswith("ies") else word[:-1])
