"""A language model as an expert: asked in words, with what earlier steps gave, it answers in words.

It is called through its card like any other expert. What it says has the kind `REPLY`, which no input that wants a
number can take.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Annotated, Any, NamedTuple

from collegia.errors import CollegiaError, NoData
from collegia.prompts import prompt
from collegia.settings import ExpertSettings
from collegia.tools.card import Card
from collegia.tools.domain import Domain
from collegia.tools.expert import Expert, caution, expert_of
from collegia.tools.models.asking import Check, ask, ask_json
from collegia.tools.models.pool import Models
from collegia.tools.models.reply import visible
from collegia.tools.models.types import LoadsAhead, Message, Model, Request
from collegia.tools.words import INQUIRY, REPLY, RESULTS

__all__ = ["ROLE", "Voice", "declared_experts", "model_expert", "model_experts", "question_with_results"]

ROLE = "expert"
"""The role of model experts in the log of calls."""


class _Said(NamedTuple):
    reply: Annotated[str, REPLY]


def model_experts(declared: Mapping[str, ExpertSettings], models: Models, prompts: Path | None = None) -> list[Expert]:
    """The experts of the settings.

    Args:
        declared: by name.
        models: where their models are.
        prompts: the user's own prompts.
    """
    return [model_expert(name, said, models, prompts) for name, said in declared.items()]


def declared_experts(
    domains: Iterable[Domain], own: Mapping[str, ExpertSettings], models: Models
) -> dict[str, ExpertSettings]:
    """The model experts that there are: those of the settings, and of the domains where their model is set.

    Args:
        domains: that are loaded.
        own: what the settings declare; it goes before what a domain declares by the same name.
        models: the models that are set.
    """
    offered = {
        name: replace(said, domain=domain.name)
        for domain in domains
        for name, said in domain.models.items()
        if said.model in models
    }
    return {**offered, **own}


@dataclass(frozen=True)
class Voice:
    """A language model, or an adapter of one, in the role that the settings of an expert give it.

    Attributes:
        name: of the expert.
        said: its settings.
        models: where its model is.
        prompts: the user's own prompts.
    """

    name: str
    said: ExpertSettings
    models: Models
    prompts: Path | None = None

    async def reply(self, text: str) -> str:
        """What it replies, in words.

        Raises:
            NoData: nothing.
            ModelError: no reply; see its kinds.
            UsageError: its model is not set, or the user's own prompt cannot be used.
        """
        reply = await ask(self._model, self._request(text), role=ROLE)
        words = visible(reply.text)
        if not words:
            raise NoData(f"{self.name} replied with nothing")
        if reply.finish == "length":
            caution(f"the reply of {self.name} was cut off at its limit of tokens")
        return words

    async def fill(self, text: str, schema: Mapping[str, Any], check: Check | None = None) -> Any:
        """What it fills a form with.

        Args:
            text: what it is asked.
            schema: JSON Schema of the form.
            check: what else is wrong with the data, in sentences.

        Raises:
            BadReply: it does not keep to the form, told so once.
            ModelError: no reply; see its kinds.
            UsageError: as `reply` does.
        """
        return (await ask_json(self._model, self._request(text, schema), role=ROLE, check=check)).data

    def expert(self, answer: Callable[..., Any]) -> Expert:
        """The expert of this voice's card that calls `answer`, a coroutine function with annotated ports.

        Raises:
            ContractError: the name cannot be an expert's.
        """
        made = expert_of(answer, self.said.domain)
        return Expert(_card(made.card, self.name, self.said), answer, self._load_ahead if self.said.adapter else None)

    @property
    def _model(self) -> Model:
        return self.models.named(self.said.model)

    def _request(self, text: str, schema: Mapping[str, Any] | None = None) -> Request:
        system = self.said.prompt or prompt("expert", self.prompts, purpose=self.said.purpose)
        return Request((Message("system", system), Message("user", text)), schema, adapter=self.said.adapter)

    def _load_ahead(self) -> None:
        with suppress(CollegiaError):  # the call itself tells what is wrong
            model = self._model
            if isinstance(model, LoadsAhead):
                model.prefetch(self.said.adapter)


def model_expert(name: str, said: ExpertSettings, models: Models, prompts: Path | None = None) -> Expert:
    """The expert that asks a model, or an adapter of it, in a role of its own.

    Raises:
        ContractError: the name cannot be an expert's.
    """
    voice = Voice(name, said, models, prompts)

    async def answer(question: Annotated[str, INQUIRY], results: Annotated[tuple[object, ...], RESULTS] = ()) -> _Said:
        """Answers in words."""
        return _Said(await voice.reply(question_with_results(question, results)))

    return voice.expert(answer)


def _card(card: Card, name: str, said: ExpertSettings) -> Card:
    behind = f"{said.model}#{said.adapter}" if said.adapter else said.model
    return replace(
        card,
        name=name,
        purpose=said.purpose,
        source=f"the language model {behind}",
        validity="words only; a number that it says is neither computed nor cited",
        requires=(),
        cost=said.cost,
        seconds=said.seconds,
        sort="model",
        questions=said.examples,
        categories=said.categories,
        hands_over_to=said.hands_over_to,
        asks_first=said.asks_first.strip(),
    )


def question_with_results(question: str, results: tuple[object, ...]) -> str:
    """What an expert that takes words is sent: its question, and below it what earlier steps gave."""
    pairs = [tuple(one) for one in results if isinstance(one, (list, tuple))]
    if not pairs:
        return question
    return "\n".join([f"{question}\n\nResults of earlier steps:", *(f"- {step}: {text}" for step, text in pairs)])
