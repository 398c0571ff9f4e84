"""What one search says to a model: every question counted, every failure a note instead of an error."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from collegia.errors import BadReply, MissingLibrary, ModelError
from collegia.prompts import prompt
from collegia.tools.models import Message, Model, Request, ask_json

__all__ = ["Talk"]

_MOST_OUTPUT = 400  # tokens of a reply: a few indices, or four short questions

_WITHOUT = {
    "decompose": "the question was not taken apart",
    "walk": "no links were followed further",
    "check": "what was found was not checked",
    "rerank": "the passages were not put in order",
}


@dataclass
class Talk:
    """The questions of one search to a model.

    Attributes:
        model: who is asked.
        prompts: the user's own prompts.
        calls: how many questions were put; one that is answered out of form is put once more within its call.
        notes: what was done without the model, and why.
    """

    model: Model
    prompts: Path | None = None
    calls: int = 0
    notes: list[str] = field(default_factory=list)
    _silent: bool = False

    async def ask(self, step: str, said: str, properties: Mapping[str, Any]) -> Any | None:
        """The object that a model replies with, checked against its form; None where there is none.

        A model that gave no answer at all is not asked again in this search.

        Args:
            step: which prompt goes first.
            said: what the model is shown.
            properties: the form of the reply, all required.
        """
        if self._silent:
            return None
        self.calls += 1
        schema = {
            "type": "object", "properties": properties, "required": list(properties), "additionalProperties": False
        }  # fmt: skip
        words = (Message("system", prompt(f"searcher_{step}", self.prompts)), Message("user", said))
        try:
            reply = await ask_json(self.model, Request(words, schema, _MOST_OUTPUT), role="searcher")
        except (ModelError, MissingLibrary) as error:
            self.notes.append(f"{_WITHOUT[step]}: {error}")
            self._silent = not isinstance(error, BadReply)
            return None
        return reply.data

    def note(self, step: str, why: str) -> None:
        """Tell what a step did not do although the model replied."""
        self.notes.append(f"{_WITHOUT[step]}: {why}")
