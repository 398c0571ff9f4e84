"""Model experts as the settings have them: each alone, or as the call of a panel."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Annotated, Any, NamedTuple

from collegia.agents.modelled.deliberation import Deliberation
from collegia.agents.panel.rounds import Member, Table
from collegia.agents.panel.seats import eligible, seated
from collegia.agents.panel.telling import doubt
from collegia.settings import ExpertSettings, Settings
from collegia.tools.expert import Expert, caution
from collegia.tools.models import Models
from collegia.tools.models.expert import Voice, model_expert, question_with_results
from collegia.tools.registry import Registry
from collegia.tools.words import DELIBERATION, INQUIRY, REPLY, RESULTS

__all__ = ["helped_experts"]


class _Said(NamedTuple):
    reply: Annotated[str, REPLY]
    deliberation: Annotated[dict[str, Any] | None, DELIBERATION]


def helped_experts(
    declared: Mapping[str, ExpertSettings], models: Models, settings: Settings, registry: Registry
) -> Iterator[Expert]:
    """The model experts that are declared.

    Args:
        declared: by name.
        models: where their models are.
        settings: whether a panel answers in their stead.
        registry: that they will be in; it is looked into when they are called.

    Raises:
        ContractError: a name cannot be an expert's.
        UsageError: the settings want a panel that cannot be.
    """
    prompts = settings.own_prompts
    if not settings.panel.size:
        yield from (model_expert(name, said, models, prompts) for name, said in declared.items())
        return
    voices = {name: Voice(name, said, models, prompts) for name, said in declared.items()}
    panel = _Panel(voices, eligible(settings.panel, voices), settings, registry)
    yield from (panel.expert(name) for name in voices)


@dataclass(frozen=True)
class _Panel:
    voices: Mapping[str, Voice]
    able: tuple[str, ...]
    settings: Settings
    registry: Registry

    def expert(self, name: str) -> Expert:
        """The expert whose call is that of a panel with it."""

        async def answer(
            question: Annotated[str, INQUIRY], results: Annotated[tuple[object, ...], RESULTS] = ()
        ) -> _Said:
            """Answers in words."""
            seats, notes = seated(name, question, self.able, self.settings.panel, self.settings.routing, self.registry)
            members = [Member(self.voices[seat], self.voices[seat].reply) for seat in seats or (name,)]
            text = question_with_results(question, results)
            table = Table(question, text, members, self.settings.panel, self.settings.own_prompts, list(notes))
            held = await table.held()
            for note in (*held.notes, *filter(None, [doubt(held)])):
                caution(note)
            return _Said(held.answer, Deliberation(panel=held).model_dump(mode="json"))

        return self.voices[name].expert(answer)
