"""The results of a plan as words: what language models answered, and all that a model is told of the rest."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from collegia.agents.log import Outcome
from collegia.agents.modelled.deliberation import deliberation_in
from collegia.agents.panel.telling import told
from collegia.agents.plan import Asked, Plan
from collegia.agents.reflect import asked_value
from collegia.agents.result import Reply
from collegia.agents.values import in_words
from collegia.events import StepFinished
from collegia.tools.registry import Registry
from collegia.tools.words import REPLY

__all__ = ["in_results", "is_said", "replies_of", "told_reply"]


def is_said(asked: Asked) -> bool:
    """Whether what is asked is answered in a language model's words."""
    return asked.kind == REPLY.name


def replies_of(plan: Plan, registry: Registry, ends: Mapping[str, Outcome]) -> tuple[Reply, ...]:
    """What the models of a plan answered, in its order; of a panel, the answer with the most votes."""
    return tuple(
        _reply(asked, plan, registry, ends)
        for asked in plan.asked
        if is_said(asked) and asked_value(asked, ends) is not None
    )


def _reply(asked: Asked, plan: Plan, registry: Registry, ends: Mapping[str, Outcome]) -> Reply:
    step, end = plan.step(asked.source.step), ends[asked.source.step]
    outputs = end.outputs if isinstance(end, StepFinished) else {}
    how = deliberation_in(registry.experts[step.expert].card, outputs)
    expert = how.panel.speaker if how is not None and how.panel is not None else step.expert
    return Reply(step=step.id, expert=expert, text=str(asked_value(asked, ends)), deliberation=how)


def told_reply(reply: Reply) -> str:
    """A reply with who said it; of a panel, with the votes and who says otherwise."""
    if reply.deliberation is not None and reply.deliberation.panel is not None:
        return told(reply.deliberation.panel)
    choices = reply.deliberation.choices if reply.deliberation is not None else ()
    chosen = "".join(f", in words that {one.writer} offered" for one in choices if one.answer)
    return f"{reply.expert} (a language model{chosen}): {reply.text}"


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
            if not is_said(asked):
                found.append((step.id, f"{asked.name}: {in_words(value, kind)}"))
                continue
            reply = _reply(asked, plan, registry, ends)
            found.append((step.id, reply.text if len(reply.voices) == 1 else told_reply(reply)))
    return found
