"""A planner's reply, read: what it says of numbers as pins, of words as steps, and what is wrong with it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import chain, count
from typing import Any

from collegia.agents.modelled.grammar import takes_results
from collegia.agents.numbers import untraced_numbers
from collegia.agents.plan import Asked, Binding, FromStep, Gathered, Plan, Step, Worded
from collegia.agents.planner.planner import TypedPlanner
from collegia.agents.planner.wording import clauses
from collegia.agents.question import BETWEEN
from collegia.agents.reading.pins import Pin, Pins, faults_of
from collegia.agents.reading.reader import read
from collegia.agents.reading.types import Said
from collegia.tools.card import Card
from collegia.tools.registry import Registry
from collegia.tools.words import INQUIRY, takes_words

__all__ = ["Understood", "asked_number", "understood", "with_words"]

_STATES = {"start": 0, "end": 1, "": None}


@dataclass
class Understood:
    """What a reply comes to.

    Attributes:
        pins: which value is what, and what is asked for.
        words: steps of experts that take words, as they were written.
        said: the values of the question, where pins point at some.
        faults: why it cannot be used, each in a sentence that says what to mend.
    """

    pins: Pins = field(default_factory=Pins)
    words: list[Mapping[str, Any]] = field(default_factory=list)
    said: Sequence[Said] = ()
    faults: list[str] = field(default_factory=list)


def understood(data: Mapping[str, Any], said: Sequence[str], registry: Registry) -> Understood:
    """Read a reply that keeps the schema.

    Args:
        data: the reply.
        said: the question, and the answers to questions back.
        registry: the experts.
    """
    made = Understood()
    steps: list[Mapping[str, Any]] = list(data["steps"])
    values: dict[Pin, None] = {}
    asked: dict[str, None] = {}
    for step in _each_once(steps):
        card = registry.experts[step["expert"]].card
        if takes_words(card):
            made.words.append(step)
            continue
        for name, words in step["arguments"].items():
            port = card.input(name)
            if port.kind.unit is not None and words.strip() and not words.startswith("@"):
                values.setdefault(Pin(words.strip(), port.kind.name, _STATES[port.at]))
        for name in step["asked"]:
            asked.setdefault(card.output(name).kind.name)
    calculators = frozenset(step["expert"] for step in steps) - {step["expert"] for step in made.words}
    made.pins = Pins(tuple(values), tuple(asked), calculators)
    if made.pins:
        reading = read(BETWEEN.join(said), registry)
        made.faults.extend(faults_of(made.pins, reading, registry))
        made.said = reading.said
    made.faults.extend(_faults(made.words, steps, said, registry))
    if calculators and not asked:
        made.faults.append("no output of a calculator is marked as asked; say which output answers the question")
    return made


def _each_once(steps: Sequence[Mapping[str, Any]]) -> Iterator[Mapping[str, Any]]:
    """The steps, the same call said twice left out."""
    seen: set[str] = set()
    for step in steps:
        call = repr({name: value for name, value in step.items() if name != "id"})
        if call not in seen:
            seen.add(call)
            yield step


def _faults(
    words: Sequence[Mapping[str, Any]], steps: Sequence[Mapping[str, Any]], said: Sequence[str], registry: Registry
) -> Iterator[str]:
    """What is wrong with the steps of experts that take words."""
    ids = [step["id"] for step in steps]
    for one in dict.fromkeys(one for one in ids if ids.count(one) > 1 and any(w["id"] == one for w in words)):
        yield f"two steps have the id {one!r}"
    exact = any(not takes_words(expert.card) for expert in registry.experts.values())
    for step in words:
        if not step["question"].strip():
            yield f"step {step['id']} asks nothing"
        if invented := untraced_numbers(step["question"], said):
            yield f"step {step['id']} has numbers that the question does not have: {', '.join(invented)}"
        for need in step["after"]:
            if need not in ids:
                yield f"step {step['id']} comes after {need!r}, and there is no such step"
        if number := exact and _computed(step["question"], registry):
            yield f"step {step['id']} asks for the {number}, which a calculator gives; plan that calculator"


def _computed(question: str, registry: Registry) -> str:
    """What a question asks that calculators give, or would with one more value; empty where they have no part in it."""
    words = frozenset(name for name, expert in registry.experts.items() if takes_words(expert.card))
    proposal = TypedPlanner().plan(question, registry, avoid=words)
    if proposal.status == "out_of_domain":
        return ""
    asks = [ask.text for ask in read(question, registry).asks] or [one.name for one in proposal.plan.asked]
    return asks[0] if asks else "number"


def asked_number(question: str, registry: Registry) -> str:
    """The name of a number that words or a unit ask for, and that an exact expert gives; empty where there is none.

    Args:
        question: in words; what a part of it asks to be told in words ("why does …") asks for no number.
        registry: the experts.
    """
    exact = frozenset(
        port.kind.name
        for expert in registry.experts.values()
        if expert.card.sort == "function"
        for port in expert.card.outputs
        if port.kind.unit is not None
    )
    if not exact:
        return ""
    told = [part for part in clauses(question) if part.sure]
    for ask in read(question, registry).asks:
        if ask.score < 1.0 or any(part.start <= ask.start < part.end for part in told):
            continue
        if ask.by_unit:
            named = not exact.isdisjoint(ask.kinds)
        else:
            named = any(kind in exact and cost <= 0.5 for kind, cost in ask.kinds.items())
        if named:
            return ask.text
    return ""


def with_words(plan: Plan, words: Sequence[Mapping[str, Any]], cards: Mapping[str, Card]) -> Plan:
    """A plan with the steps that take words added to it.

    A step that comes after one of a calculator gets all that the calculators answer.
    """
    taken = {step.id for step in plan.steps}
    names = {step["id"]: _free(step["id"], taken) for step in words}
    numbers = tuple(asked.source for asked in plan.asked)
    steps, asked = list(plan.steps), list(plan.asked)
    for step in words:
        card = cards[step["expert"]]
        question = next(port.name for port in card.inputs if port.kind.name == INQUIRY.name)
        arguments: dict[str, Binding] = {question: Worded(value=step["question"].strip())}
        needs = [one for one in dict.fromkeys(step["after"]) if one != step["id"]]
        sources = [FromStep(step=names[one], output=_output(one, words, cards)) for one in needs if one in names]
        sources += numbers if any(one not in names for one in needs) else ()
        if sources and (results := takes_results(card)):
            arguments[results] = Gathered(sources=tuple(dict.fromkeys(sources)))
        made = Step(id=names[step["id"]], expert=card.name, arguments=arguments)
        steps.append(made)
        port = card.outputs[0]
        asked.append(Asked(name=port.kind.label, kind=port.kind.name, source=FromStep(step=made.id, output=port.name)))
    return plan.model_copy(update={"steps": tuple(steps), "asked": tuple(asked)})


def _output(step_id: str, words: Sequence[Mapping[str, Any]], cards: Mapping[str, Card]) -> str:
    expert = next(step["expert"] for step in words if step["id"] == step_id)
    return cards[expert].outputs[0].name


def _free(wanted: str, taken: set[str]) -> str:
    """An id that no step has yet, the wanted one where it is free."""
    plain = "".join(letter for letter in wanted if letter.isalnum() or letter in "_-") or "w"
    found = next(one for one in chain((plain,), (f"{plain}{n}" for n in count(2))) if one not in taken)
    taken.add(found)
    return found
