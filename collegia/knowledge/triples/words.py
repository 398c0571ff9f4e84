"""English words as they relate: one family for write, wrote, written and writer, and groups of near meaning."""

from __future__ import annotations

import re
from functools import lru_cache

from collegia.knowledge.triples.thesaurus import GROUPS, IRREGULAR

__all__ = ["groups_of", "is_past", "likeness", "parts_of", "stem"]

# Endings are taken off in this order, the first that leaves three letters; what stands behind the arrow takes the
# ending's place, so that production meets produce and marriage meets marry.
_ENDINGS = (
    ("uctions", "uc"), ("uction", "uc"), ("iages", "y"), ("iage", "y"), ("resses", ""), ("ress", ""),
    ("ations", ""), ("ation", ""), ("ators", ""), ("ator", ""), ("ated", ""), ("ates", ""), ("ate", ""),
    ("itions", ""), ("ition", ""), ("ments", ""), ("ment", ""), ("ances", ""), ("ance", ""), ("ences", ""),
    ("ence", ""), ("ings", ""), ("ing", ""), ("ions", ""), ("ion", ""), ("iers", "y"), ("ier", "y"), ("ied", "y"),
    ("ies", "y"), ("ers", ""), ("ors", ""), ("ees", ""), ("er", ""), ("or", ""), ("ee", ""), ("ed", ""),
    ("es", ""), ("ss", "ss"), ("s", ""), ("e", ""),
)  # fmt: skip
_SHORTEST = 3
_SAME, _COMPOUND, _NEAR = 1.0, 0.85, 0.7


@lru_cache(maxsize=20_000)
def stem(word: str) -> str:
    """The family of a folded word: its base without the endings of number, tense and agent."""
    word = IRREGULAR.get(word, word)
    for ending, instead in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= _SHORTEST:
            word = word.removesuffix(ending) + instead
            break
    if len(word) > _SHORTEST and word[-1] == word[-2] and word[-1] not in "aeiouls":
        word = word[:-1]
    return word.removesuffix("y") + "i" if len(word) > _SHORTEST and word.endswith("y") else word


@lru_cache(maxsize=1)
def _members() -> dict[str, frozenset[int]]:
    found: dict[str, set[int]] = {}
    for number, group in enumerate(GROUPS):
        for word in group.split():
            found.setdefault(stem(word), set()).add(number)
    return {word: frozenset(numbers) for word, numbers in found.items()}


def groups_of(family: str) -> frozenset[int]:
    """The groups of near meaning that a family of words belongs to."""
    return _members().get(family, frozenset())


def is_past(word: str) -> bool:
    """Whether a folded word has the form of a past or a participle, which stands behind its noun."""
    return word.endswith(("ed", "ing")) or word in IRREGULAR


def likeness(family: str, other: str) -> float:
    """How near the family of a question's word is to that of a relation's word: 1 the same, 0 unrelated."""
    if family == other:
        return _SAME
    if len(other) >= _SHORTEST and len(family) - len(other) >= _SHORTEST and family.endswith(other):
        return _COMPOUND
    return _NEAR if groups_of(family) & groups_of(other) else 0.0


def parts_of(relation: str) -> list[str]:
    """The words of a relation's name, however they are joined: by underscores, capitals, dots or slashes."""
    apart = re.sub(r"(?<=[a-z0-9])(?=[A-Z])", " ", relation)
    return [word.lower() for word in re.split(r"[\W_]+", apart) if word]
