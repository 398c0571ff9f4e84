"""A part of a question, written out by a model so that an expert understands it alone; its numbers stay."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from collegia.errors import ModelError
from collegia.prompts import prompt
from collegia.tools.expert import Expert
from collegia.tools.models.asking import ask
from collegia.tools.models.reply import visible
from collegia.tools.models.types import Message, Model, Request
from collegia.tools.quantities import find_quantities

__all__ = ["ROLE", "Rewritten", "rewrite"]

ROLE = "caller"
"""The role of the model that writes, in the settings and in the log of calls."""

_LONGER = 200  # letters that a part may gain beside the whole question; beyond it the model has not kept to its task
_SPELLED = re.compile(
    r"\b(?:zero|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|(?:thir|four|fif|six|seven|eigh|nine)teen"
    r"|(?:twen|thir|for|fif|six|seven|eigh|nine)ty|hundred|thousand|million|billion|dozen|half|third|quarter"
    r"|twice|thrice|double|triple)s?\b",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Rewritten:
    """What the expert is to be asked.

    Attributes:
        text: the part written out, or as it was.
        note: why it is as it was; empty where it was written out.
    """

    text: str
    note: str = ""


async def rewrite(subtask: str, expert: Expert, question: str, model: Model, prompts: Path | None = None) -> Rewritten:
    """Have a part of a question written out for an expert, with one call; whatever goes wrong, it stays as it was.

    A reply is taken only where it has all numbers of the part, with their units, and none that the question does not
    have.

    Args:
        subtask: the part that is for the expert.
        expert: who will be asked.
        question: the whole of which it is a part.
        model: that writes.
        prompts: the user's own prompts.

    Raises:
        UsageError: the user's own prompt cannot be used.
    """
    messages = (
        Message("system", prompt("caller", prompts, purpose=expert.card.purpose)),
        Message("user", f"The whole question:\n{question}\n\nThe part for the expert:\n{subtask}"),
    )
    try:
        reply = await ask(model, Request(messages), role=ROLE)
    except ModelError as error:
        return Rewritten(subtask, f"{expert.name} is asked in the question's own words: {error}")
    text = visible(reply.text)
    fault = "its reply was cut off" if reply.finish == "length" else _fault(text, subtask, question)
    if fault:
        return Rewritten(
            subtask,
            f"{expert.name} is asked in the question's own words: {model.label} was to write them out, but {fault}",
        )
    return Rewritten(text)


def _fault(text: str, subtask: str, question: str) -> str:
    """Why a reply cannot be taken; empty where it can."""
    if not text:
        return "it replied with nothing"
    if len(text) > len(question) + len(subtask) + _LONGER:
        return f"its reply has {len(text)} letters"
    now, part, whole = _numbers(text), _numbers(subtask), _numbers(f"{question}\n{subtask}")
    if new := sorted(written for key, written in now.items() if key not in whole):
        return f"it wrote a number that the question does not have: {', '.join(new)}"
    if lost := sorted(written for key, written in part.items() if key not in now):
        return f"it left out a number: {', '.join(lost)}"
    return ""


def _numbers(text: str) -> dict[object, str]:
    """The numbers of a text by value and unit, those in words by their word; each as it is written."""
    found: dict[object, str] = {(one.value, one.unit): one.text for one in find_quantities(text)}
    return found | {one[0].lower(): one[0] for one in _SPELLED.finditer(text)}
