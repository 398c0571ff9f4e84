"""Planning what mentions something: experts that have to be called, and what the plan was limited to.

Where the plan does not call an expert that was mentioned, what it gives may come from no other one. Where that makes no
plan with it, it is asked back what it lacks: another expert never takes its place without a word.
"""

from __future__ import annotations

import inspect
from collections.abc import Awaitable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from collegia.agents.mentions.reading import Mentions
from collegia.agents.modelled.steps import with_words
from collegia.agents.nodes import Planner, can_avoid
from collegia.agents.numbers import format_unit
from collegia.agents.plan import Given, Missing, Plan, Proposal, Worded
from collegia.agents.planner.questions import unit_shown
from collegia.agents.reading.pins import NO_PINS, Pins
from collegia.agents.reading.reader import read
from collegia.tools.card import Card
from collegia.tools.registry import Registry
from collegia.tools.words import INQUIRY, takes_words

if TYPE_CHECKING:
    from collegia.agents.planner.college import CollegePlanner

__all__ = ["MentionPlanner"]


class MentionPlanner:
    """Plans as another planner does, and holds to what was mentioned. It holds no state between questions.

    Args:
        inner: proposes the plans.
        college: says by types whether the experts that were mentioned are called anyway.
        mentions: what was mentioned.
        registry: what may be planned of.
    """

    def __init__(self, inner: Planner, college: CollegePlanner, mentions: Mentions, registry: Registry) -> None:
        self._inner = inner
        self._college = college
        self._mentions = mentions
        self._registry = registry

    def plan(
        self,
        question: str,
        registry: Registry,  # the run's own: what may be planned of was settled when this was made
        answers: Sequence[str] = (),
        avoid: frozenset[str] = frozenset(),
    ) -> Proposal | Awaitable[Proposal]:
        """Make a plan for a question; see `TypedPlanner.plan`."""
        return self._plan(self._inner, question, answers, avoid)

    def by_types(self, question: str, answers: Sequence[str] = ()) -> Proposal:
        """Make a plan by types alone."""
        made = self._plan(self._college, question, answers, frozenset())
        if not isinstance(made, Proposal):
            raise TypeError("types plan at once")
        return made

    def _plan(
        self, planner: Planner, question: str, answers: Sequence[str], avoid: frozenset[str]
    ) -> Proposal | Awaitable[Proposal]:
        if failed := [name for name in self._mentions.experts if name in avoid]:
            said = f"{', '.join(failed)} gave nothing; as it was mentioned, no other expert was asked in its place"
            return Proposal(status="out_of_domain", message=said)
        without = avoid | self._rivals(question, avoid)
        known, more = self._registry, dict[str, Any]()
        if asked := self._asked(question):
            return self._held(self._college.plan(question, known, answers, without, asked), question)
        if can_avoid(type(planner)):
            more["avoid"] = without
        elif without:
            kept = {name: one for name, one in known.experts.items() if name not in without}
            known = replace(known, experts=kept)
        made = planner.plan(question, known, answers, **more)
        if inspect.isawaitable(made):
            return self._later(made, question)
        return self._held(made, question)

    async def _later(self, made: Awaitable[Proposal], question: str) -> Proposal:
        return self._held(await made, question)

    def _asked(self, question: str) -> Pins:
        """Where a question has values and asks nothing, the mention of an exact expert asks for what it gives."""
        cards = [self._registry.experts[name].card for name in self._mentions.experts]
        kinds = [port.kind.name for card in cards if not takes_words(card) for port in card.outputs]
        if self._mentions.held or not kinds:
            return NO_PINS
        reading = read(question, self._registry)
        if any(reading.asks) or not any(said.measure is not None for said in reading.said):
            return NO_PINS
        return Pins(asked=tuple(dict.fromkeys(kinds)), experts=frozenset(self._mentions.experts), sole=True)

    def _rivals(self, question: str, avoid: frozenset[str]) -> frozenset[str]:
        """The experts that give what those give that were mentioned, where types alone would not call these.

        It goes by the question alone: an answer must be heard as one to what was asked back, which went by this too.
        """
        experts = self._registry.experts
        exact = [name for name in self._mentions.experts if not takes_words(experts[name].card)]
        given = {kind for name in self._mentions.experts if name not in exact for kind in _gives(experts[name].card)}
        if exact:
            free = self._college.plan(question, self._registry, (), avoid)
            if free.status != "plan" or _uncalled(exact, free.plan):
                given |= {kind for name in exact for kind in _gives(experts[name].card)}
        return frozenset(
            name for name, one in experts.items() if name not in self._mentions.experts and given & _gives(one.card)
        )

    def _held(self, proposal: Proposal, question: str) -> Proposal:
        """The proposal, or a question back where it does not call whom it has to."""
        cards = {name: self._registry.experts[name].card for name in self._mentions.experts}
        lacking = _uncalled(cards, proposal.plan)
        speaking = [name for name in lacking if takes_words(cards[name])]
        # in the stead of a number that cannot be computed nothing is told in words
        if speaking and (proposal.status == "plan" or (proposal.status == "out_of_domain" and speaking == lacking)):
            plan = _with_speakers(proposal.plan, [cards[name] for name in speaking], question)
            proposal = proposal.model_copy(update={"status": "plan", "plan": plan, "message": "", "missing": ()})
            lacking = [name for name in lacking if name not in speaking]
        if lacking and not self._mentions.held and proposal.status != "clarify":
            proposal = self._asked_back(lacking, question, proposal)
        return self.telling(proposal)

    def telling(self, proposal: Proposal) -> Proposal:
        """The proposal with what it is limited to."""
        mentions = self._mentions
        if mentions.held or proposal.status == "plan":  # one that has no part in this says nothing of it
            called = {step.expert for step in proposal.plan.steps}
            mentions = replace(mentions, experts=tuple(name for name in mentions.experts if name in called))
        told = mentions.told
        if proposal.status == "out_of_domain":
            said_first = f"{'; '.join(told)}: " if told else ""
            return proposal.model_copy(update={"message": f"{said_first}{proposal.message}"})
        if proposal.status == "clarify":
            return proposal.model_copy(update={"notes": (*proposal.notes, *told)})
        said = dict.fromkeys((*(one for one in proposal.plan.assumptions if one not in self._mentions.told), *told))
        return proposal.model_copy(update={"plan": proposal.plan.model_copy(update={"assumptions": tuple(said)})})

    def _asked_back(self, lacking: Sequence[str], question: str, proposal: Proposal) -> Proposal:
        """What is missing for experts that were mentioned and have no part in a plan."""
        reading = read(question, self._registry)
        stated = {kind for one in reading.said for name in one.kinds for kind in self._lineage(name)}
        told, missing = [], dict[tuple[str, str], Missing]()
        for name in lacking:
            card = self._registry.experts[name].card
            lacks = [port for port in card.inputs if port.required and port.kind.name not in stated]
            gives = ", ".join(dict.fromkeys(port.kind.label for port in card.outputs))
            wants = ", ".join(dict.fromkeys(_told_with_unit(port.kind.label, unit_shown(port.kind)) for port in lacks))
            told.append(f"The expert {name} was mentioned, and I found no way to use it here. It gives: {gives}.")
            if wants:
                told.append(f"What the question does not state for it: {wants}.")
            for port in lacks:
                kind = port.kind
                one = Missing(name=kind.label, kind=kind.name, unit=unit_shown(kind), why=f"for {name}")
                missing.setdefault((kind.name, kind.label), one)
        told.append("Ask for what it gives, or ask without the mention.")
        return Proposal(status="clarify", missing=tuple(missing.values()), message=" ".join(told), notes=proposal.notes)

    def _lineage(self, kind: str) -> Sequence[str]:
        known = self._registry.kinds.get(kind)
        return () if known is None else tuple(known.lineage())


def _with_speakers(plan: Plan, cards: Sequence[Card], question: str) -> Plan:
    """The plan with a step for each expert that is asked the whole question, and told what the others give."""
    after = [step.id for step in plan.steps]
    words = [
        {"id": f"w{place}", "expert": card.name, "question": question, "after": after}
        for place, card in enumerate(cards, 1)
    ]
    made = with_words(plan, words, {card.name: card for card in cards})
    said = Given(value=question, text=question, start=0, end=len(question), kind=INQUIRY.name)
    steps = [
        step
        if step in plan.steps
        else step.model_copy(
            update={"arguments": {n: said if isinstance(b, Worded) else b for n, b in step.arguments.items()}}
        )
        for step in made.steps
    ]
    return made.model_copy(update={"steps": tuple(steps)})


def _uncalled(names: Sequence[str] | dict[str, Card], plan: Plan) -> list[str]:
    called = {step.expert for step in plan.steps}
    return [name for name in names if name not in called]


def _gives(card: Card) -> frozenset[str]:
    """The kinds of its outputs."""
    return frozenset(port.kind.name for port in card.outputs)


def _told_with_unit(label: str, unit: str) -> str:
    return f"{label} (in {format_unit(unit)})" if unit else label
