"""Remembered values for an input that a question leaves out, and remembered units for an answer."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from functools import lru_cache

from collegia.errors import UnitError
from collegia.knowledge.memory.amounts import fits_kind
from collegia.knowledge.memory.naming import canonical, holds_all, holds_phrase, word_keys
from collegia.knowledge.memory.ranking import Recalled, strength
from collegia.knowledge.memory.records import Fact, Preference, Value
from collegia.tools.kinds import Kind
from collegia.tools.units import same_dimension

__all__ = ["unit_for", "values_for"]


def values_for(
    kind: Kind, facts: Iterable[Fact], question: str, when: datetime, kinds: Iterable[Kind] = ()
) -> tuple[Recalled, ...]:
    """Remembered values that may be of a kind, best first.

    A fact's words must end in a name of the kind, and all that stands before that name must stand in the question:
    "the diameter of our tank" is no diameter of the pipe of a question that has no tank.

    Args:
        kind: the kind of the input that is missing.
        facts: those that stand.
        question: as it was asked, short forms written out.
        when: the time from which recency counts.
        kinds: all that are installed. A fact that another of them is called by more fully is that one's alone: a
            "pump efficiency" is no efficiency of anything else.

    Returns:
        exactness 4: the fact is called by a name of the kind and nothing more; 3: the rest stands in the question as
        one phrase; 2: its words stand there apart, so that what they belong to is not sure.
    """
    words = tuple(word_keys(question))
    others = tuple(kinds)
    found = []
    for fact in facts:
        if not isinstance(fact.content, Value) or fact.replaced_by is not None:
            continue
        said = canonical(fact.content.subject) + canonical(fact.content.name)
        called = _called(kind, said)
        band = _band(said[: len(said) - called], words) if called else 0
        if not band or not fits_kind(fact.content.amount, kind):
            continue
        if all(_called(other, said) <= called for other in others):
            found.append(strength(fact, band, when))
    return tuple(sorted(found, key=lambda one: (-one.score, -one.fact.id)))


@lru_cache(maxsize=16384)
def _known(name: str) -> tuple[str, ...]:
    return canonical(name)


def _names(kind: Kind) -> set[tuple[str, ...]]:
    return {_known(name) for name in (*kind.names, kind.name.replace("_", " "))} - {()}


def _called(kind: Kind, said: tuple[str, ...]) -> int:
    """How many words of what was said are a name of the kind, counted from the end."""
    return max((len(name) for name in _names(kind) if said[-len(name) :] == name), default=0)


def _band(rest: tuple[str, ...], words: tuple[str, ...]) -> int:
    if not rest:
        return 4
    return 3 if holds_phrase(words, rest) else 2 if holds_all(words, rest) else 0


def unit_for(kind: Kind, facts: Iterable[Fact]) -> Fact | None:
    """The wish for the unit of a kind: the one that names it, else the latest that names no quantity."""
    if kind.unit is None:
        return None
    names = _names(kind)
    found: list[tuple[bool, str, int, Fact]] = []
    for fact in facts:
        wish = fact.content
        if not isinstance(wish, Preference) or fact.replaced_by is not None or not _has(kind.unit, wish.unit):
            continue
        if wish.reference and kind.scale == "difference":
            continue  # a difference is counted from nothing, so it has no gauge
        called = canonical(wish.name)
        # "pressures in bar" holds for a gauge pressure too
        if not called or any(name[-len(called) :] == called for name in names):
            found.append((bool(called), fact.said, fact.id, fact))
    return max(found, key=lambda one: one[:3])[3] if found else None


def _has(one: str, other: str) -> bool:
    try:
        return same_dimension(one, other)
    except UnitError:  # a unit kept by a release that knew it
        return False
