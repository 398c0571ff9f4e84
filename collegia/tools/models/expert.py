"""A language model as an expert: asked in words, with what earlier steps gave, it answers in words.

It is called through its card like any other expert. What it says has the kind `REPLY`, which no input that wants a
number can take.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import Annotated, NamedTuple

from collegia.errors import CollegiaError, NoData
from collegia.prompts import prompt
from collegia.settings import ExpertSettings
from collegia.tools.card import Card
from collegia.tools.domain import Domain
from collegia.tools.expert import Expert, caution, expert_of
from collegia.tools.models.asking import ask
from collegia.tools.models.pool import Models
from collegia.tools.models.reply import visible
from collegia.tools.models.types import LoadsAhead, Message, Request
from collegia.tools.words import INQUIRY, REPLY, RESULTS

__all__ = ["ROLE", "declared_experts", "model_expert", "model_experts", "question_with_results"]

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


def model_expert(name: str, said: ExpertSettings, models: Models, prompts: Path | None = None) -> Expert:
    """The expert that asks a model, or an adapter of it, in a role of its own.

    Raises:
        ContractError: the name cannot be an expert's.
    """

    async def answer(question: Annotated[str, INQUIRY], results: Annotated[tuple[object, ...], RESULTS] = ()) -> _Said:
        """Answers in words."""
        system = said.prompt or prompt("expert", prompts, purpose=said.purpose)
        messages = (Message("system", system), Message("user", question_with_results(question, results)))
        reply = await ask(models.named(said.model), Request(messages, adapter=said.adapter), role=ROLE)
        text = visible(reply.text)
        if not text:
            raise NoData(f"{name} replied with nothing")
        if reply.finish == "length":
            caution(f"the reply of {name} was cut off at its limit of tokens")
        return _Said(text)

    def load_ahead() -> None:
        with suppress(CollegiaError):  # the call itself tells what is wrong
            model = models.named(said.model)
            if isinstance(model, LoadsAhead):
                model.prefetch(said.adapter)

    made = expert_of(answer, said.domain)
    return Expert(_card(made.card, name, said), answer, load_ahead if said.adapter else None)


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
