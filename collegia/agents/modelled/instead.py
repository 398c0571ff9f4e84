"""Where documents hold nothing and a language model answers the same words: that is an answer, told as a model's.

It stands in for quotations alone, and only where the model was asked what the documents were asked: a model's word
about one part of a question leaves another part open.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from collegia.agents.log import Outcome
from collegia.agents.plan import Asked, Given, Plan, Worded
from collegia.agents.planner.wording import clauses
from collegia.events import StepFailed, StepFinished
from collegia.knowledge.expert import QUOTATIONS
from collegia.knowledge.text import asked_words, stem
from collegia.tools.words import INQUIRY, REPLY

__all__ = ["told_instead"]

_COVERED = 2 / 3
"""The share of a clause's words that a model must have been asked about; a model that plans words questions anew."""


def told_instead(
    asked: Asked, asking: Plan, ends: Mapping[str, Outcome], told: Plan, told_ends: Mapping[str, Outcome]
) -> str:
    """The warning under which a model's words stand in for quotations; empty where they do not.

    Args:
        asked: what was asked and could not be had.
        asking: the plan that asked it, with the ends of its steps.
        ends: the same.
        told: the plan whose replies may stand in, which may be the same, with the ends of its steps.
        told_ends: the same.
    """
    end = ends.get(asked.source.step)
    if asked.kind != QUOTATIONS.name or not isinstance(end, StepFailed) or end.error != "NoData":
        return ""
    replied = [
        step.source.step
        for step in told.asked
        if step.kind == REPLY.name and _said(told_ends.get(step.source.step), step.source.output)
    ]
    questions = [_stems(_question(told, step)) for step in replied]
    text = _question(asking, asked.source.step)
    parts = [text[part.start : part.end] for part in clauses(text)] or [text]
    if not questions or not all(any(_covers(one, _stems(part)) for one in questions) for part in parts):
        return ""
    who = ", ".join(dict.fromkeys(told.step(step).expert for step in replied))
    return f"{end.message}; what is told is in the words of a language model ({who}), neither computed nor cited"


def _said(end: Outcome | None, output: str) -> bool:
    return isinstance(end, StepFinished) and bool(str(end.outputs.get(output) or "").strip())


def _question(plan: Plan, step: str) -> str:
    """What a step was asked in words."""
    for bound in plan.step(step).arguments.values():
        if isinstance(bound, Worded) or (isinstance(bound, Given) and bound.kind == INQUIRY.name):
            value: Any = bound.value
            return str(value)
    return ""


def _stems(text: str) -> frozenset[str]:
    return frozenset(stem(word) for word in asked_words(text))


def _covers(question: frozenset[str], part: frozenset[str]) -> bool:
    return bool(part) and len(part & question) >= _COVERED * len(part)
