"""The few cards that a planner's model is shown, out of thousands."""

from __future__ import annotations

from collections.abc import Iterable

from collegia.agents.reading.reader import read
from collegia.tools.card import Card
from collegia.tools.quantities import fits
from collegia.tools.registry import Registry
from collegia.tools.routing.index import index_of
from collegia.tools.words import takes_words

__all__ = ["few_cards"]

_ASKED = 4
"""Calculators that give what the question asks for by name."""
_ALIKE = 5
"""Calculators whose cards are like the question."""
_LIKE = 0.12
"""How like; below it a card shares a common word with the question and no more."""
_GIVING = 2
"""Calculators that give a value which types alone had to ask for."""
_WORDED = 4
"""Experts that take words."""


def few_cards(
    question: str, registry: Registry, avoid: frozenset[str] = frozenset(), lacking: Iterable[str] = ()
) -> list[Card]:
    """The cards that may matter for a question, calculators first; none where no expert has to do with it.

    An expert that takes words may be asked anything, so those that are most like the question are always among them.

    Args:
        question: in words.
        registry: the experts.
        avoid: experts that are not to be used.
        lacking: kinds that types alone had to ask for; who gives them may be shown too.
    """
    cards = {name: expert.card for name, expert in registry.experts.items() if name not in avoid}
    exact = [name for name, card in cards.items() if not takes_words(card)]
    worded = [name for name in cards if name not in set(exact)]
    chosen = dict.fromkeys(_that_answer(question, registry, exact)[:_ASKED] if exact else ())
    index = index_of(registry)
    chosen |= dict.fromkeys(name for name, score in index.most_like(question, _ALIKE, exact) if score >= _LIKE)
    for kind in lacking:
        chosen |= dict.fromkeys(_that_give(kind, question, registry, exact)[:_GIVING])
    if len(worded) > _WORDED:
        worded = [name for name, _ in index.most_like(question, _WORDED, worded)] or worded[:_WORDED]
    return [cards[name] for name in (*chosen, *worded)]


def _that_give(kind: str, question: str, registry: Registry, names: list[str]) -> list[str]:
    """The calculators that give a kind, those first that take most of what the question states."""
    stated = [said.measure for said in read(question, registry).said if said.measure is not None]
    found = []
    for name in names:
        card = registry.experts[name].card
        if any(kind in port.kind.lineage() for port in card.outputs):
            taken = sum(any(fits(one, port.kind) for one in stated) for port in card.inputs if port.required)
            found.append((taken - sum(port.required for port in card.inputs), -card.cost, name))
    return [name for *_, name in sorted(found, reverse=True)]


def _that_answer(question: str, registry: Registry, names: list[str]) -> list[str]:
    """The calculators that give what is asked for, the likeliest reading and the cheapest first."""
    kinds: dict[str, float] = {}
    for ask in read(question, registry).asks:
        for kind, cost in ask.kinds.items():
            kinds[kind] = min(cost, kinds.get(kind, cost))
    found = []
    for name in names:
        card = registry.experts[name].card
        costs = [kinds[port.kind.name] for port in card.outputs if port.kind.name in kinds]
        if costs:
            found.append((min(costs), card.cost, name))
    return [name for _, _, name in sorted(found)]
