"""Answers that a small model offers, ranked, among which another one chooses; or none, and it answers itself."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from pydantic import BaseModel, ConfigDict

from collegia.agents.panel.sides import alike
from collegia.errors import BadReply, ModelError
from collegia.knowledge.modelled.telling import fenced
from collegia.prompts import prompt
from collegia.tools.expert import caution
from collegia.tools.models.expert import Voice

__all__ = ["Candidate", "Choice", "choose", "offer"]

_LONGEST = 600  # characters of a candidate


class _Frozen(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Candidate(_Frozen):
    """An answer that was offered."""

    answer: str
    confidence: float
    """How sure its model says it is, from 0 to 1; nothing is computed from it."""


class Choice(_Frozen):
    """What one expert offered another, and what that one took."""

    writer: str
    reader: str
    offered: tuple[Candidate, ...]
    """The surest first."""
    chosen: int = 0
    """The place of the one that was taken, from 1; 0 for none."""

    @property
    def answer(self) -> str:
        """The candidate that was taken, word for word; empty where none was."""
        return self.offered[self.chosen - 1].answer if self.chosen else ""


async def offer(writer: Voice, text: str, most: int, prompts: Path | None = None) -> tuple[Candidate, ...]:
    """The candidates of a small model, the surest first, none twice.

    Where there are none to be had it gives none, and a caution says why.

    Args:
        writer: the small model.
        text: the question, with the results of earlier steps.
        most: how many.
        prompts: the user's own prompts.
    """
    asked = prompt("candidates", prompts, most=str(most), question=fenced("question", text))
    try:
        said = (await writer.fill(asked, _offers(most)))["candidates"]
    except ModelError as error:
        caution(f"{writer.name} offered no candidates: {error}")
        return ()
    made = [Candidate(answer=" ".join(one["answer"].split()), confidence=one["confidence"]) for one in said]
    ranked = sorted((one for one in made if one.answer), key=lambda one: -one.confidence)
    places = alike({str(place): one.answer for place, one in enumerate(ranked)})
    return tuple(ranked[int(same[0])] for same in places)


async def choose(
    reader: Voice, writer: str, text: str, offered: tuple[Candidate, ...], prompts: Path | None = None
) -> Choice:
    """What another model takes of them.

    Args:
        reader: who chooses.
        writer: who offered them.
        text: the question, with the results of earlier steps.
        offered: at least one.
        prompts: the user's own prompts.

    Raises:
        ModelError: no reply; where it is only not understood, none is taken, and a caution says so.
    """
    shown = [
        f"{place}. ({one.confidence:g} sure)\n{fenced('answer', one.answer)}" for place, one in enumerate(offered, 1)
    ]
    asked = prompt("choice", prompts, question=fenced("question", text), candidates="\n\n".join(shown))
    numbers = [str(place) for place in range(1, len(offered) + 1)]
    form = _object({"choice": {"enum": [*numbers, "none"]}})
    try:
        said = (await reader.fill(asked, form))["choice"]
    except BadReply as error:
        caution(f"{reader.name} chose none of the candidates of {writer}: {error}")
        said = "none"
    place = numbers.index(said) + 1 if said in numbers else 0
    return Choice(writer=writer, reader=reader.name, offered=offered, chosen=place)


def _offers(most: int) -> dict[str, Any]:
    one = _object(
        {
            "answer": {"type": "string", "maxLength": _LONGEST},
            "confidence": {"type": "number", "minimum": 0, "maximum": 1},
        }
    )
    return _object({"candidates": {"type": "array", "maxItems": most, "items": one}})


def _object(properties: dict[str, Any]) -> dict[str, Any]:
    return {
        "type": "object", "properties": properties, "required": list(properties), "additionalProperties": False
    }  # fmt: skip
