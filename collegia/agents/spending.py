"""What runs took together, and how full the models' contexts were."""

from __future__ import annotations

from collections.abc import Iterable

from collegia.agents.result import Usage
from collegia.events import Event, ModelCalled

__all__ = ["fullest", "together"]


def together(usages: Iterable[Usage]) -> Usage:
    """The sum of what runs took; a cost that is not known of one is not known of all."""
    total = Usage()
    for one in usages:
        sums = {name: getattr(total, name) + getattr(one, name) for name in Usage.model_fields if name != "cost"}
        cost = None if total.cost is None or one.cost is None else total.cost + one.cost
        total = Usage(**sums, cost=cost)
    return total


def fullest(events: Iterable[Event]) -> dict[str, int]:
    """The most tokens that one call had, prompt and reply together, by the name of the model."""
    found: dict[str, int] = {}
    for event in events:
        if isinstance(event, ModelCalled):
            name = event.model.partition("#")[0]
            found[name] = max(found.get(name, 0), event.read + event.written)
    return found
