"""What language models say of results that are words: whether they hold together, and the answer made of them.

Numbers that calculators gave need neither, so neither is asked about them.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from collegia.agents.modelled.hearing import heard_out
from collegia.errors import CollegiaError
from collegia.prompts import prompt
from collegia.tools.models import Message, Model, Models, Request, ask
from collegia.tools.models.reply import visible

__all__ = ["Speakers", "Spoken", "told"]

_FINE = re.compile(r"\W*ok\b", re.IGNORECASE)
_POINT = re.compile(r"^\W*(\d)\s*[.:)]\s*(\S.*)$", re.MULTILINE)
_MOST_POINTS = 6


@dataclass(frozen=True, slots=True)
class Spoken:
    """What came of asking: a text, empty where there is none, and what has to be said of it.

    `found` are the faults of results among the notes; the others tell of the model that was asked, and of no result.
    """

    text: str = ""
    notes: tuple[str, ...] = ()
    found: tuple[str, ...] = ()


@dataclass(frozen=True)
class Speakers:
    """The models that look at results and write answers.

    Attributes:
        models: where they are; a role that no model plays is left out.
        prompts: the user's own prompts.
        on_words: told what the writer has written so far, as it writes; None where nobody listens.
    """

    models: Models
    prompts: Path | None = None
    on_words: Callable[[str], None] | None = None

    async def review(self, question: str, results: Sequence[tuple[str, str]]) -> Spoken:
        """What is wrong with results, by a checklist of closed questions; notes alone, nothing where all is well."""
        spoken = await self._ask("reflector", question, results)
        if not spoken.text or _FINE.match(spoken.text):
            return Spoken(notes=spoken.notes)
        points = [said.strip() for _, said in _POINT.findall(spoken.text)][:_MOST_POINTS]
        if not points:
            return Spoken(notes=("the reply of the reflector's model was not understood",))
        found = tuple(f"the reflector's model finds: {point}" for point in points)
        return Spoken(notes=found, found=found)

    async def write(self, question: str, results: Sequence[tuple[str, str]]) -> Spoken:
        """The answer in a model's words; no text where no model plays the writer, or it cannot be reached."""
        return await self._ask("writer", question, results)

    async def rewrite(
        self, question: str, results: Sequence[tuple[str, str]], draft: str, faults: Sequence[str]
    ) -> Spoken:
        """The answer written anew by the writer, who is shown the draft and what is wrong with it."""
        mend = prompt("rewriter", self.prompts, faults="\n".join(faults))
        return await self._ask("writer", question, results, Message("assistant", draft), Message("user", mend))

    async def _ask(self, role: str, question: str, results: Sequence[tuple[str, str]], *further: Message) -> Spoken:
        model: Model | None = self.models.of_role(role)
        if model is None:
            return Spoken()
        system = Message("system", prompt(role, self.prompts))
        request = Request((system, Message("user", told(question, results)), *further))
        try:
            heard = self.on_words if role == "writer" else None
            reply = await (ask(model, request, role=role) if heard is None else heard_out(model, request, role, heard))
        except CollegiaError as error:
            return Spoken(notes=(f"answered without the {role}'s model: {error}",))
        notes = (f"the {role}'s reply was cut off at its limit of tokens",) if reply.finish == "length" else ()
        return Spoken(visible(reply.text), notes)


def told(question: str, results: Sequence[tuple[str, str]]) -> str:
    """A question and the results of its steps, as a model is shown them."""
    return "\n".join([question, "", "Results:", *(f"- {step}: {text}" for step, text in results)])
