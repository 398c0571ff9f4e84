"""A language model's help where types leave open which of several values a follow-up means.

It chooses among the things that were found, or says none; it writes nothing. Which of two alike is meant, of two
temperatures say, is for the user to tell and is never left to a model.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from collegia.agents.talk.base import Place
from collegia.errors import CollegiaError
from collegia.prompts import prompt
from collegia.settings import Budget
from collegia.tools.models import Call, Message, Meter, Model, Request, ask_json, metered

__all__ = ["Chosen", "choose", "may_choose"]

_NONE = "none"


@dataclass(frozen=True)
class Chosen:
    """What a model chose.

    Attributes:
        told: the value, as it was told; empty for none.
        calls: the calls that it took, for the log of the run.
        notes: what the user is to know of it.
    """

    told: str
    calls: tuple[Call, ...]
    notes: tuple[str, ...] = ()


def may_choose(places: Sequence[Place]) -> bool:
    """Whether a choice can be left to a model: there are several, and no two of one kind."""
    kinds = [kind for place in places for kind in place.kinds]
    return len(places) > 1 and len(set(kinds)) == len(kinds)


async def choose(
    model: Model, question: str, said: str, places: Sequence[Place], budget: Budget, prompts: Path | None
) -> Chosen:
    """Ask a model which of several values is meant.

    A model that cannot be reached, or says none, leaves the choice to the user.
    """
    told = [place.told for place in places]
    schema = {
        "type": "object",
        "properties": {"meant": {"enum": [*told, _NONE]}},
        "required": ["meant"],
        "additionalProperties": False,
    }
    text = "\n\n".join([f"Question: {question}", f"Said then: {said}", "Values:", *(f"- {one}" for one in told)])
    calls: list[Call] = []
    try:
        with metered(Meter(budget, on_call=calls.append)):
            request = Request((Message("system", prompt("follower", prompts)), Message("user", text)), schema=schema)
            reply = await ask_json(model, request, role="planner")
    except CollegiaError as error:
        return Chosen("", tuple(calls), (f"read without the language model: {error}",))
    meant = str(reply.data["meant"])
    if meant == _NONE:
        return Chosen("", tuple(calls), reply.notes)
    note = f"“{said}” was taken for the {meant}, as the language model read it"
    return Chosen(meant, tuple(calls), (*reply.notes, note))
