"""An answer in a language model's words: its numbers are traced, its claims and the question's wishes are checked."""

from __future__ import annotations

from typing import NamedTuple

from collegia.agents.claims import claims
from collegia.agents.claims_own import Done
from collegia.agents.guard import guard
from collegia.agents.guard_grounds import grounds_of
from collegia.agents.guard_text import prose, written_numbers
from collegia.agents.modelled.results import told_reply
from collegia.agents.numbers import numbers_in
from collegia.agents.result import Result
from collegia.agents.wishes import unmet, wishes
from collegia.tools.registry import Registry

__all__ = ["Checked", "checked", "numbers_said"]


class Checked(NamedTuple):
    """A text fit to be shown, every number that leads nowhere marked in it, and what has to be said of it.

    `found` is how many numbers, claims and wishes are at fault, each for itself.
    """

    text: str
    warnings: tuple[str, ...]
    found: tuple[int, int, int] = (0, 0, 0)


def checked(written: str, result: Result, registry: Registry, answers: tuple[str, ...] = ()) -> Checked:
    """Check a text that a model wrote of a result.

    Args:
        written: the text.
        result: all that it may have been written from.
        registry: the experts.
        answers: of the user, to questions back.
    """
    grounds = grounds_of(result, registry, (*answers, *map(told_reply, result.replies)))
    guarded = guard(written, grounds)
    warnings = []
    if guarded.strays:
        numbers = ", ".join(stray.text for stray in guarded.strays)
        warnings.append(f"the writer's model wrote numbers that lead to no source, and they are marked: {numbers}")
    called = [step.expert for step in result.steps if step.status == "finished"]
    claimed = claims(written, called, registry.experts, _done(result, registry))
    warnings += [f"the writer's model claims a result that no call gave: {claim.text}" for claim in claimed]
    lacking = unmet(wishes(result.question), guarded.text)
    found = (len(guarded.strays), len(claimed), len(lacking))
    return Checked(guarded.text, (*warnings, *lacking), found)


def _done(result: Result, registry: Registry) -> Done:
    """What the run did; replies of model experts are left out, since they may claim as well."""
    cards = {name: expert.card for name, expert in registry.experts.items()}
    ran = [step for step in result.steps if step.status == "finished" and step.expert in cards]
    named = [*result.citations, *result.assumptions, *(one.name for one in result.quantities)]
    for step in ran:
        named += [step.expert, step.source]
        if (card := cards[step.expert]).sort != "model":
            named += [port.kind.label for port in (*card.inputs, *card.outputs)]
            named += [value for value in (*step.inputs.values(), *step.outputs.values()) if isinstance(value, str)]
    return Done(
        named=tuple(filter(None, named)),
        sources=tuple(dict.fromkeys(card.source for card in cards.values() if card.source)),
        computed=any(cards[step.expert].sort == "function" for step in ran),
        cited=bool(result.quotations),
    )


def numbers_said(text: str) -> tuple[str, ...]:
    """The numbers of a text as they are written, those in words and in other numerals among them; each once."""
    body = prose(text).text
    written = (body[one.start : one.end] for one in written_numbers(body))
    odd = (one for one in written if not any("0" <= sign <= "9" for sign in one))
    return tuple(dict.fromkeys((*(number for number, _ in numbers_in(text)), *odd)))
