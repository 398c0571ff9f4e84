"""Who sits on a panel: the expert that was to answer, then those whose cards are most like the question."""

from __future__ import annotations

from collections.abc import Collection

from collegia.errors import UsageError
from collegia.settings import PanelSettings, Routing
from collegia.tools.registry import Registry
from collegia.tools.routing.index import index_of

__all__ = ["eligible", "seated"]


def eligible(settings: PanelSettings, voices: Collection[str]) -> tuple[str, ...]:
    """The model experts that may sit on a panel.

    Args:
        settings: of the panel.
        voices: the names of all model experts.

    Raises:
        UsageError: a member is no model expert, or there are not two.
    """
    if strange := [name for name in settings.members if name not in voices]:
        there = ", ".join(voices) or "none"
        raise UsageError(f"panel.members names {', '.join(strange)}; the model experts are: {there}")
    able = tuple(dict.fromkeys(settings.members or voices))
    if len(able) < 2:
        raise UsageError(
            f"a panel takes at least 2 model experts, and {len(able)} may sit on it; declare more under"
            " [experts.NAME], or set panel.size to 0"
        )
    return able


def seated(
    first: str, question: str, able: Collection[str], settings: PanelSettings, routing: Routing, registry: Registry
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Who sits for a question, and why not as many as were wished for.

    Args:
        first: the expert that was to answer; it sits first where it may sit.
        question: in words.
        able: who may sit.
        settings: of the panel.
        routing: its limits of cost and time hold for a panel: `max_cost` for an answer of each together.
        registry: the experts' cards.
    """
    like = [name for name, _ in index_of(registry).most_like(question, len(able), able)]
    seats: list[str] = []
    left_out: list[str] = []
    cost = 0.0
    for name in dict.fromkeys((*([first] if first in able else ()), *like, *able)):
        card = registry.experts[name].card
        over = routing.max_cost is not None and cost + card.cost > routing.max_cost
        slow = routing.max_seconds is not None and card.seconds > routing.max_seconds
        if len(seats) < settings.size and (over or slow):
            left_out.append(f"{name} ({'routing.max_cost' if over else 'routing.max_seconds'})")
        elif len(seats) < settings.size:
            seats.append(name)
            cost += card.cost
    if len(seats) == settings.size:
        return tuple(seats), ()
    why = f"limits leave out {', '.join(left_out)}" if left_out else "no more may sit on it"
    return tuple(seats), (f"the panel has {len(seats)} of {settings.size} members: {why}",)
