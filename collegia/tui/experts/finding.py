"""Which experts a few letters mean."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collegia.tools.registry import Registry

__all__ = ["Entry", "entries", "found"]

_LONGEST = 100
"""Letters of a query that are looked at."""

_WHOLE, _START, _WITHIN, _TOLD, _LETTERS = 16.0, 8.0, 4.0, 2.0, 1.0


@dataclass(frozen=True, slots=True)
class Entry:
    """An expert as it is found: by its name, or by the words of its card."""

    name: str
    domain: str
    purpose: str
    words: str
    ready: bool


def entries(registry: Registry) -> list[Entry]:
    """All experts, by domain and name."""
    made = []
    for one in registry.experts.values():
        card = one.card
        labels = (port.kind.label for port in (*card.inputs, *card.outputs))
        words = " ".join((card.domain, card.purpose, *card.methods, *labels)).casefold()
        made.append(Entry(one.name, card.domain, card.purpose, words, not one.missing_libraries()))
    return sorted(made, key=lambda each: (each.domain, each.name))


def found(query: str, known: Sequence[Entry], domain: str = "") -> list[Entry]:
    """The experts that every word of a query fits, the likeliest first; all of the domain for an empty one."""
    words = query[:_LONGEST].casefold().split()
    offered: Iterable[Entry] = (one for one in known if domain in ("", one.domain))
    scored = [(_score(words, one), one) for one in offered]
    fitting = [pair for pair in scored if pair[0] is not None]
    return [one for _, one in sorted(fitting, key=lambda pair: -(pair[0] or 0.0))]


def _score(words: Sequence[str], one: Entry) -> float | None:
    """How well the words fit; None where one of them does not."""
    total = 0.0
    for word in words:
        fit = _fit(word, one)
        if not fit:
            return None
        total += fit
    return total


def _fit(word: str, one: Entry) -> float:
    name = one.name.casefold()
    if word == name:
        return _WHOLE
    if name.startswith(word) or f"_{word}" in name:
        return _START
    if word in name:
        return _WITHIN
    if word in one.words:
        return _TOLD
    return _LETTERS if _in_order(word, name) else 0.0


def _in_order(letters: str, text: str) -> bool:
    """Whether the letters stand in the text in this order, with others between them: `prdrop` in `pressure_drop`."""
    rest = iter(text)
    return all(letter in rest for letter in letters)
