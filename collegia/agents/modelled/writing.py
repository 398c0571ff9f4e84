"""The answer in a model's words: written, gone through once where a critic is named, and shown as it comes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from collegia.agents.answer import Findings, answer
from collegia.agents.approval.bindings import as_approved
from collegia.agents.modelled.critique import improved
from collegia.agents.modelled.speakers import Speakers
from collegia.agents.modelled.written import checked
from collegia.tools.models.meter import Meter
from collegia.tools.registry import Registry

__all__ = ["in_words_of_a_model"]


async def in_words_of_a_model(
    found: Findings, results: Sequence[tuple[str, str]], speakers: Speakers, registry: Registry, meter: Meter
) -> Findings:
    """The findings with what the writer made of them, and with notes on how that went.

    Args:
        found: without words.
        results: (step, text) of each that was had.
        speakers: the models; where none plays the writer, the findings come back as they are.
        registry: the experts.
        meter: counts the calls.
    """
    question = as_approved(found.question, found.plan)
    written = await speakers.write(question, results)
    if written.text:

        def found_in(text: str) -> tuple[int, int, int]:  # only a critic asks, so only then is the answer made twice
            return checked(text, answer(found, registry), registry, found.answers).found

        written = await improved(question, results, written, speakers, meter, found_in)
    return replace(found, written=written.text, notes=(*found.notes, *written.notes))
