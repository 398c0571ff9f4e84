"""The results of a plan as words: what language models answered, and all that a model is told of the rest."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from collegia.agents.log import Outcome
from collegia.agents.plan import Asked, Plan
from collegia.agents.reflect import asked_value
from collegia.agents.result import Reply
from collegia.agents.values import in_words
from collegia.tools.registry import Registry
from collegia.tools.words import REPLY

__all__ = ["in_results", "is_said", "replies_of"]


def is_said(asked: Asked) -> bool:
    """Whether what is asked is answered in a language model's words."""
    return asked.kind == REPLY.name


def replies_of(plan: Plan, ends: Mapping[str, Outcome]) -> tuple[Reply, ...]:
    """What the models of a plan answered, in its order."""
    found = []
    for asked in plan.asked:
        value: Any = asked_value(asked, ends) if is_said(asked) else None
        if value is not None:
            step = plan.step(asked.source.step)
            found.append(Reply(step=step.id, expert=step.expert, text=str(value)))
    return tuple(found)


def in_results(plan: Plan, registry: Registry, ends: Mapping[str, Outcome]) -> list[tuple[str, str]]:
    """All that was asked and had, by step, as one would tell it; nothing where no language model answered."""
    if not any(is_said(asked) and asked_value(asked, ends) is not None for asked in plan.asked):
        return []
    found = []
    for asked in plan.asked:
        value: Any = asked_value(asked, ends)
        if value is not None:
            step = plan.step(asked.source.step)
            kind = registry.experts[step.expert].card.output(asked.source.output).kind
            told = in_words(value, kind)
            found.append((step.id, told if is_said(asked) else f"{asked.name}: {told}"))
    return found
