"""Model experts as the settings have them: each alone, with the help of a small one, or as the call of a panel."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Annotated, Any, NamedTuple

from collegia.agents.modelled.background import Background, sifted
from collegia.agents.modelled.candidates import Choice, choose, offer
from collegia.agents.modelled.deliberation import Deliberation
from collegia.agents.panel.rounds import Member, Table
from collegia.agents.panel.seats import eligible, seated
from collegia.agents.panel.telling import doubt
from collegia.agents.workers import in_thread
from collegia.errors import CollegiaError, ModelError, NoData, UsageError
from collegia.knowledge.library import Library
from collegia.knowledge.modelled.telling import fenced
from collegia.prompts import prompt
from collegia.settings import ExpertSettings, Settings
from collegia.tools.expert import Expert, assume, caution
from collegia.tools.models import Models
from collegia.tools.models.expert import Voice, model_expert, question_with_results
from collegia.tools.registry import Registry
from collegia.tools.words import DELIBERATION, INQUIRY, REPLY, RESULTS

__all__ = ["helped_experts"]

_PASSAGES = 5
"""Of documents, that may support a background."""
_SENTENCES = 8
"""Of a background, that are asked for."""


class _Said(NamedTuple):
    reply: Annotated[str, REPLY]
    deliberation: Annotated[dict[str, Any] | None, DELIBERATION]


def helped_experts(
    declared: Mapping[str, ExpertSettings],
    models: Models,
    settings: Settings,
    registry: Registry,
    library: Library | None = None,
) -> Iterator[Expert]:
    """The model experts that are declared.

    Args:
        declared: by name.
        models: where their models are.
        settings: whether a panel answers in their stead.
        registry: that they will be in; it is looked into when they are called.
        library: the documents that may support a background.

    Raises:
        ContractError: a name cannot be an expert's.
        UsageError: the settings want a panel, or a helper, that cannot be.
    """
    voices = {name: Voice(name, said, models, settings.own_prompts) for name, said in declared.items()}
    for name, said in declared.items():
        for field_, helper in (("background", said.background), ("candidates", said.candidates)):
            if helper and (helper == name or helper not in voices):
                others = ", ".join(one for one in voices if one != name) or "none"
                raise UsageError(f"experts.{name}.{field_} is {helper!r}; the other model experts are: {others}")
    able = eligible(settings.panel, voices) if settings.panel.size else ()
    group = _Group(voices, able, settings, registry, library)
    for name, said in declared.items():
        if able or said.background or said.candidates:
            yield group.expert(name)
        else:
            yield model_expert(name, said, models, settings.own_prompts)


@dataclass
class _Asked:
    """One call: what is asked, and what went before the reply so far."""

    question: str
    results: tuple[object, ...]
    backgrounds: list[Background] = field(default_factory=list)
    choices: list[Choice] = field(default_factory=list)

    @property
    def text(self) -> str:
        return question_with_results(self.question, self.results)


@dataclass(frozen=True)
class _Group:
    """Experts that call on each other."""

    voices: Mapping[str, Voice]
    able: tuple[str, ...]
    settings: Settings
    registry: Registry
    library: Library | None

    def expert(self, name: str) -> Expert:
        """The expert of that name, with whoever helps it."""

        async def answer(
            question: Annotated[str, INQUIRY], results: Annotated[tuple[object, ...], RESULTS] = ()
        ) -> _Said:
            """Answers in words."""
            asked = _Asked(question, results)
            if self.able:
                return await self._panel(name, asked)
            words = await self._alone(self.voices[name], asked)
            made = Deliberation(backgrounds=tuple(asked.backgrounds), choices=tuple(asked.choices))
            return _Said(words, made.model_dump(mode="json"))

        return self.voices[name].expert(answer)

    async def _panel(self, name: str, asked: _Asked) -> _Said:
        """What a panel with this expert says."""
        settings = self.settings
        seats, notes = seated(name, asked.question, self.able, settings.panel, settings.routing, self.registry)
        members = [self._member(self.voices[seat], asked) for seat in seats or (name,)]
        table = Table(asked.question, asked.text, members, settings.panel, settings.own_prompts, list(notes))
        held = await table.held()
        for note in (*held.notes, *filter(None, [doubt(held)])):
            caution(note)
        made = Deliberation(panel=held, backgrounds=tuple(asked.backgrounds), choices=tuple(asked.choices))
        return _Said(held.answer, made.model_dump(mode="json"))

    def _member(self, voice: Voice, asked: _Asked) -> Member:
        return Member(voice, lambda: self._alone(voice, asked))

    async def _alone(self, voice: Voice, asked: _Asked) -> str:
        """What one expert says, with the background and the candidates that its settings name."""
        text, prompts = asked.text, self.settings.own_prompts
        if (writer := self.voices.get(voice.said.background)) and (
            told := await self._background(writer, voice, asked)
        ):
            text = prompt("with_background", prompts, question=text, background=fenced("background", told))
        if writer := self.voices.get(voice.said.candidates):
            offered = await offer(writer, asked.text, voice.said.most_candidates, prompts)
            if offered:
                choice = await choose(voice, writer.name, text, offered, prompts)
                asked.choices.append(choice)
                if choice.answer:
                    return choice.answer
        return await voice.reply(text)

    async def _background(self, writer: Voice, reader: Voice, asked: _Asked) -> str:
        """What is left of a background, sentence by sentence; empty where there is none."""
        form = prompt(
            "background", self.settings.own_prompts, most=str(_SENTENCES), question=fenced("question", asked.text)
        )
        try:
            written = await writer.reply(form)
        except (ModelError, NoData) as error:
            caution(f"{reader.name} was asked without background: {error}")
            return ""
        support = [asked.text, *await self._documents(asked.question)]
        most = reader.said.background_tokens
        made = await in_thread(
            lambda _: sifted(written, asked.question, support, most, writer=writer.name, reader=reader.name)
        )
        asked.backgrounds.append(made)
        assume(made.note)
        return " ".join(made.kept)

    async def _documents(self, question: str) -> Sequence[str]:
        """The passages of the documents that are most like a question."""
        if (library := self.library) is None:
            return ()
        try:
            found = await in_thread(lambda _: library.search(question, _PASSAGES))
        except CollegiaError as error:
            caution(f"documents could not support the background: {error}")
            return ()
        return [f"{hit.name} {hit.passage.body}" for hit in found.hits]
