"""The model planner: a language model chooses experts and points at words of the question; the types do the rest.

The typed planner goes first, and where it has a plan nobody else is asked. Where it has none, the model sees the cards
of the few experts that may matter and says which to use, which words of the question state what, and what is asked.
What it says is laid over the reading of the question, and the typed planner plans again; so a plan of a model is one
that types alone could have made, had the words been plainer. Experts that take words get steps of their own.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any, TypeVar

from collegia.agents.modelled.cards import few_cards
from collegia.agents.modelled.desk import Desk
from collegia.agents.modelled.grammar import card_line, reply_schema
from collegia.agents.modelled.past import PastPlans
from collegia.agents.modelled.steps import Understood, asked_number, understood, with_words
from collegia.agents.plan import Given, Plan, Proposal
from collegia.agents.planner.college import CollegePlanner
from collegia.agents.reading.pins import NO_PINS, Pins
from collegia.agents.workers import in_thread
from collegia.errors import CollegiaError, OverLimits
from collegia.prompts import prompt
from collegia.tools.card import Card
from collegia.tools.models import Message, Model, Request, ask_json
from collegia.tools.registry import Registry

__all__ = ["ROLE", "ModelPlanner"]

ROLE = "planner"
_CALLS = 3
"""How often the model is asked for one plan: once, and twice more with what was wrong."""
_T = TypeVar("_T")


class ModelPlanner:
    """Proposes plans with a language model's help. It holds no state between questions.

    Args:
        college: plans by types, and adds documents and memory.
        model: plays the role of planner; without one, only experts that take words are found for what is in words.
        desk: assigns questions to model experts.
        always: ask the model also where types alone find a plan; the two must then agree.
        prompts: the user's own prompts.
        past: plans of earlier questions that worked.
    """

    def __init__(
        self,
        college: CollegePlanner,
        model: Model | None,
        desk: Desk,
        *,
        always: bool = False,
        prompts: Path | None = None,
        past: PastPlans | None = None,
    ) -> None:
        self._college = college
        self._model = model
        self._desk = desk
        self._always = always
        self._prompts = prompts
        self._past = past

    async def plan(
        self, question: str, registry: Registry, answers: Sequence[str] = (), avoid: frozenset[str] = frozenset()
    ) -> Proposal:
        """Make a plan for a question; see `TypedPlanner.plan`.

        A model that cannot be reached, or is of no help, leaves what types alone found, and the proposal's notes say
        so.
        """
        inquiry = _Inquiry(self._college, self._desk, question, registry, tuple(answers), avoid)
        model = self._model
        if model is None:
            return await inquiry.apart(inquiry.routed)
        cards = await inquiry.apart(lambda: [] if inquiry.settled and not self._always else inquiry.cards())
        if not cards:
            return await inquiry.apart(inquiry.by_types)
        tried: list[Proposal] = []

        async def faults(data: Any) -> list[str]:
            made, proposal = await inquiry.apart(lambda: inquiry.by_model(data))
            if not made.faults:
                tried.append(proposal)
            return made.faults

        said = [*([f"Experts:\n{chr(10).join(map(card_line, cards))}"]), *self._earlier(question)]
        said += [f"Question: {question}", *(f"The user added: {one}" for one in answers)]
        messages = (Message("system", prompt(ROLE, self._prompts)), Message("user", "\n\n".join(said)))
        request = Request(messages, schema=reply_schema(cards))
        try:
            reply = await ask_json(model, request, role=ROLE, check=faults, most_calls=_CALLS)
        except CollegiaError as error:
            without = await inquiry.apart(inquiry.routed)
            return _noted(without, f"planned without the language model: {error}")
        return _noted(await self._desk.written_out(tried[-1], question, registry), *reply.notes)

    def _earlier(self, question: str) -> list[str]:
        return [] if self._past is None else self._past.told(question)


class _Inquiry:
    """One question, planned by types with and without what a model reads in it."""

    def __init__(
        self,
        college: CollegePlanner,
        desk: Desk,
        question: str,
        registry: Registry,
        answers: tuple[str, ...],
        avoid: frozenset[str],
    ) -> None:
        self._college = college
        self._desk = desk
        self._question = question
        self._registry = registry
        self._answers = answers
        self._avoid = avoid
        self._typed: Proposal | None = None
        self._for_types = any(expert.card.sort != "model" for expert in registry.experts.values())

    async def apart(self, work: Callable[[], _T]) -> _T:
        """Do work in a thread; here where no expert is one for types, since then there is next to nothing to do."""
        return await in_thread(lambda _: work()) if self._for_types else work()

    @property
    def settled(self) -> bool:
        """Whether types alone have a plan."""
        return self._for_types and self.by_types().status == "plan"

    def by_types(self) -> Proposal:
        """What types find."""
        if self._typed is None:
            self._typed = self._with(NO_PINS)
        return self._typed

    def cards(self) -> list[Card]:
        """What the model is shown."""
        lacking = [one.kind for one in self.by_types().missing] if self._for_types else ()
        return few_cards(self._question, self._registry, self._avoid, lacking)

    def by_model(self, data: Mapping[str, Any]) -> tuple[Understood, Proposal]:
        """What a reply comes to: what is wrong with it, or a proposal."""
        said = (self._question, *self._answers)
        made = understood(data, said, self._registry)
        if made.faults or not (made.pins or made.words):
            return made, self.by_types()
        plan = Plan()
        if made.pins:
            typed = self.by_types()
            numbers = self._with(replace(made.pins, sole=typed.status != "plan"))
            if typed.status == "plan" and not _agree(numbers, typed):
                made.faults.append(f"types alone read the question otherwise: {_told(typed.plan)}")
                return made, typed
            if numbers.status != "plan":
                if numbers.status == "clarify" and (open_ := _open(made)):
                    lacks = ", ".join(one.name for one in numbers.missing) or numbers.message
                    made.faults.append(f"nothing is said of {', '.join(open_)}, and this is missing: {lacks}")
                # The next round hears the answer as one to what types ask, whatever a model reads by then.
                return made, numbers if typed.status != "clarify" else typed
            plan = typed.plan if typed.status == "plan" else numbers.plan
            plan = plan.model_copy(update={"assumptions": (*plan.assumptions, *_assumed(plan, made.pins, typed))})
        elif self.settled:
            plan = self.by_types().plan
        elif self.by_types().status == "clarify" and (number := asked_number(self._question, self._registry)):
            # Words told in its stead would be a number that nobody computed.
            made.faults.append(f"the question asks for the {number}, which a calculator gives; plan that calculator")
            return made, self.by_types()
        cards = {name: expert.card for name, expert in self._registry.experts.items()}
        there = {step.expert for step in plan.steps}
        try:
            words, routes = self._desk.assign(
                [one for one in made.words if one["expert"] not in there], self._registry, self._avoid
            )
        except OverLimits as error:
            made.faults.append(str(error))
            return made, self.by_types()
        return made, Proposal(status="plan", plan=with_words(plan, words, cards), routes=routes)

    def routed(self) -> Proposal:
        """What types find; where that is nothing, the whole question for the expert that is for it."""
        typed = self.by_types()
        cards = {name: one.card for name, one in self._registry.experts.items() if name not in self._avoid}
        if typed.status != "out_of_domain" or all(card.sort != "model" for card in cards.values()):
            return typed
        try:
            words, routes = self._desk.whole(self._question, self._registry, self._avoid)
        except OverLimits as error:
            return _noted(typed, str(error))
        if not words:
            return typed.model_copy(update={"routes": routes})
        return Proposal(status="plan", plan=with_words(Plan(), words, cards), routes=routes)

    def _with(self, pins: Pins) -> Proposal:
        return self._college.plan(self._question, self._registry, self._answers, self._avoid, pins)


def _open(made: Understood) -> list[str]:
    """Values with a unit that neither the question's own words nor the model says the meaning of."""
    pinned = " ".join(pin.words.casefold() for pin in made.pins.values)
    return [
        repr(said.text)
        for said in made.said
        if said.measure is not None and said.measure.unit is not None and not said.named
        if said.text.casefold() not in pinned
    ]


def _agree(one: Proposal, other: Proposal) -> bool:
    """Whether two proposals give the same values by the same experts, from the same statements."""
    return one.status == other.status and _shape(one.plan) == _shape(other.plan)


def _shape(plan: Plan) -> tuple[list[str], frozenset[object]]:
    asked = sorted(f"{plan.step(one.source.step).expert}.{one.source.output}[{one.source.key}]" for one in plan.asked)
    bound = frozenset(
        (step.expert, name, str(given.value))
        for step in plan.steps
        for name, given in step.arguments.items()
        if isinstance(given, Given)
    )
    return asked, bound


def _told(plan: Plan) -> str:
    """A plan in a line: what is answered by which expert, from which words."""
    experts = ", ".join(f"{plan.step(one.source.step).expert} gives {one.name}" for one in plan.asked)
    words = [
        f"{given.text!r} is {name}"
        for step in plan.steps
        for name, given in step.arguments.items()
        if isinstance(given, Given)
    ]
    return f"{experts}; {', '.join(dict.fromkeys(words))}"


def _assumed(plan: Plan, pins: Pins, typed: Proposal) -> list[str]:
    """What the plan owes to the model's reading, in words."""
    kinds = {pin.words.casefold(): pin.kind for pin in pins.values}
    found = []
    for step in plan.steps:
        for given in step.arguments.values():
            if isinstance(given, Given) and typed.status != "plan" and kinds.get(given.text.casefold()) == given.kind:
                found.append(f"{given.text!r} was taken for the {given.kind.replace('_', ' ')}, as the model read it")
    return list(dict.fromkeys(found))


def _noted(proposal: Proposal, *notes: str) -> Proposal:
    return proposal.model_copy(update={"notes": (*proposal.notes, *notes)}) if notes else proposal
