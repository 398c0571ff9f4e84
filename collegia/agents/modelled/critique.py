"""One round of critique: closed questions about a text, at most one rewriting, and the guard's word on which stands.

The critic says of each point of a checklist whether it holds and which sentence is at fault; it writes nothing. The
rewriting goes through the same guard as the draft, and stands only where the guard finds no more in it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

from collegia.agents.modelled.speakers import Speakers, Spoken, told
from collegia.errors import CollegiaError
from collegia.knowledge.text import sentences
from collegia.prompts import prompt
from collegia.tools.models import Message, Model, Request, ask_json
from collegia.tools.models.meter import Meter

__all__ = ["CHECKS", "improved"]

CHECKS = {
    "complete": "it does not answer every part of the question",
    "borne_out": "it says what the results do not say",
    "consistent": "it contradicts another sentence or a result",
    "in_form": "it does not keep what the question asks of the answer's form",
    "needed": "it is not needed for the answer",
}
"""The points of the checklist, each with what is wrong where it does not hold."""


async def improved(
    question: str,
    results: Sequence[tuple[str, str]],
    draft: Spoken,
    speakers: Speakers,
    meter: Meter,
    found_in: Callable[[str], tuple[int, ...]],
) -> Spoken:
    """The draft, or its rewriting; with a note on what was found, what became of it and what it cost.

    Args:
        question: as the user asked it.
        results: (step, text) of each, which the draft was written from.
        draft: of the writer.
        speakers: the models; without a critic the draft is left as it is, and nothing is asked.
        meter: counts the calls.
        found_in: how much the guard finds in a text, each sort for itself: a number less is no leave for a claim more.
    """
    critic = speakers.models.of_role("critic")
    if critic is None or not draft.text:
        return draft
    began = meter.calls, meter.read, meter.written, meter.cost, meter.unpriced
    try:
        faults = await _faults(question, results, draft.text, critic, speakers)
    except CollegiaError as error:
        return _noted(draft, f"written without the critic's model: {error}")
    if not faults:
        return _noted(draft, f"the critic's model found nothing to mend ({_spent(meter, began)})")
    anew = await speakers.rewrite(question, results, draft.text, faults)
    what = f"the critic's model found {len(faults)} of {len(CHECKS)} points at fault"
    if not anew.text or anew.notes:
        became = "it could not be written anew"
    elif any(now > before for now, before in zip(found_in(anew.text), found_in(draft.text), strict=True)):
        became = "what was written anew was dropped: the guard finds more in it than in the text before"
    elif anew.text == draft.text:
        became = "what was written anew is the same"
    else:
        return _noted(replace(draft, text=anew.text), f"{what}, and the text was written anew ({_spent(meter, began)})")
    return _noted(draft, *anew.notes, f"{what}, and {became} ({_spent(meter, began)})")


async def _faults(
    question: str, results: Sequence[tuple[str, str]], text: str, critic: Model, speakers: Speakers
) -> tuple[str, ...]:
    """What the critic finds, in sentences for the writer."""
    parts = [span.of(text) for span in sentences(text)]
    numbered = "\n".join(f"{place}: {part}" for place, part in enumerate(parts, 1))
    said = Message("user", f"{told(question, results)}\n\nSentences:\n{numbered}")
    request = Request((Message("system", prompt("critic", speakers.prompts)), said), schema=_schema(len(parts)))
    reply = await ask_json(critic, request, role="critic")
    found = []
    for name, wrong in CHECKS.items():
        if not reply.data[name]["holds"]:
            place = reply.data[name]["sentence"]
            found.append(f"- sentence {place} ({parts[place - 1]!r}): {wrong}" if place else f"- the text: {wrong}")
    return tuple(found)


def _schema(count: int) -> dict[str, Any]:
    point = {
        "type": "object",
        "properties": {"holds": {"type": "boolean"}, "sentence": {"type": "integer", "enum": list(range(count + 1))}},
        "required": ["holds", "sentence"],
        "additionalProperties": False,
    }
    return {
        "type": "object",
        "properties": dict.fromkeys(CHECKS, point),
        "required": list(CHECKS),
        "additionalProperties": False,
    }


def _spent(meter: Meter, began: tuple[int, int, int, float, int]) -> str:
    calls, read, written, cost, unpriced = began
    price = "cost unknown" if meter.unpriced > unpriced else f"cost {meter.cost - cost:.4g}"
    return f"{meter.calls - calls} calls, {meter.read - read} tokens read, {meter.written - written} written, {price}"


def _noted(spoken: Spoken, *notes: str) -> Spoken:
    return replace(spoken, notes=(*spoken.notes, *notes))
