"""What a question leaves out and is known all the same: what the user said before, what a document states.

The order of who goes before whom: the question, what is remembered, what documents say. A document's value is taken
only where the question asks for one ("the usual roughness of …"). Both are shown as assumptions.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from collegia.agents.plan import Binding, Cited, Default, Given, Plan, Proposal, Remembered
from collegia.agents.question import BETWEEN
from collegia.agents.reading.reader import read
from collegia.knowledge.library import Library
from collegia.knowledge.memory import (
    Amount,
    Claim,
    Fact,
    MemoryStore,
    Origin,
    Preference,
    Value,
    in_kind,
    settle,
    unit_for,
    values_for,
)
from collegia.knowledge.split import shown
from collegia.knowledge.stated import StatedValue, asks_documents
from collegia.tools.kinds import Kind
from collegia.tools.registry import Registry
from collegia.tools.units import parse_unit, same_dimension

__all__ = ["Completion", "Recall"]

_SURE = 3  # exactness from which on a remembered value is what is missing
_MOST = 6

Planning = Callable[[Sequence[str]], Proposal]
"""Plans the question with these answers to questions back."""


@dataclass(frozen=True, slots=True)
class _Offer:
    label: str
    """What the value is of, as a question calls it."""
    written: str
    known: Fact | StatedValue

    @property
    def said(self) -> str:
        """The value as an answer that fits no other place."""
        return f"{self.label} {self.written}"

    def binding(self, value: Any, unit: str, kind: str) -> Binding:
        """The value, in a unit and as a value of a kind, bound as what it is."""
        if isinstance(self.known, Fact):
            fact = self.known
            return Remembered(value=value, unit=unit, text=fact.text, kind=kind, fact=fact.id, day=fact.day)
        quote = self.known.quote
        return Cited(
            value=value, unit=unit, text=quote.text, kind=kind,
            document=quote.document, source=quote.source, start=quote.start, end=quote.end,
        )  # fmt: skip

    def assumption(self, label: str) -> str:
        if isinstance(self.known, Fact):
            return f"{label} taken as {self.written}, as you said on {self.known.day}"
        quote = self.known.quote
        return f"{label} taken as {self.written} from {quote.document}: “{shown(quote.text)}”"


@dataclass(frozen=True, slots=True)
class Recall:
    """Where missing values may come from.

    Attributes:
        memory: what the user said before; None for nothing.
        library: documents; None for none.
        cites: whether a question asks for what they state, whatever its words.
    """

    memory: MemoryStore | None = None
    library: Library | None = None
    cites: bool = False

    def facts(self) -> tuple[Fact, ...]:
        """What is remembered now.

        Raises:
            StoreError: the memory cannot be read.
        """
        return () if self.memory is None else self.memory.list()


@dataclass(frozen=True, slots=True)
class Completion:
    """What one question lacks, filled in with what is known.

    Attributes:
        question: as it is planned.
        registry: the experts and their kinds.
        facts: what is remembered.
        library: documents; None for none.
        cites: whether the question asks for what they state, whatever its words.
    """

    question: str
    registry: Registry
    facts: Sequence[Fact] = ()
    library: Library | None = None
    cites: bool = False

    def complete(self, answers: Sequence[str], planning: Planning) -> Proposal:
        """Plan the question, and what it lacks with what is known.

        Args:
            answers: what the user answered to questions back.
            planning: makes a proposal, given answers.
        """
        if not self._knows():
            return self._finished(planning(answers), ())
        # What is known goes before the answers: they were given to what it left open.
        offers: list[_Offer] = []
        proposal = planning(())
        while proposal.status == "clarify" and len(offers) < _MOST:
            offer = next(self._offers(proposal), None)
            if offer is None or offer in offers:
                break
            made = planning((*(one.said for one in offers), offer.said))
            if made.status == "clarify" and len(made.missing) >= len(proposal.missing):
                break  # it was no help
            offers.append(offer)
            proposal = made
        if answers:
            proposal = planning((*(one.said for one in offers), *answers))
            if offers and proposal.status != "plan" and (made := planning(answers)).status == "plan":
                offers, proposal = [], made  # what the user says now goes before what is known
        return self._finished(proposal, offers)

    def _knows(self) -> bool:
        """Whether any value may be had that the question does not state."""
        return self._cites() is not None or any(isinstance(fact.content, Value) for fact in self.facts)

    def _cites(self) -> Library | None:
        """The documents, where the question asks for what they say."""
        return self.library if self.library is not None and (self.cites or asks_documents(self.question)) else None

    def _finished(self, proposal: Proposal, offers: Sequence[_Offer]) -> Proposal:
        if proposal.status != "plan":
            return proposal
        plan = self._with(proposal.plan, offers)
        plan = self._contradicted(self._wished(self._assumed(plan)))
        return proposal.model_copy(update={"plan": plan})

    def _with(self, plan: Plan, offers: Sequence[_Offer]) -> Plan:
        """The plan with each offered value bound as what it is."""
        if not offers:
            return plan
        places = _places(self.question, offers)
        assumptions = list(plan.assumptions)
        steps = []
        for step in plan.steps:
            arguments = dict(step.arguments)
            for name, bound in step.arguments.items():
                if not isinstance(bound, Given):
                    continue
                for offer, (start, end) in zip(offers, places, strict=True):
                    if start <= bound.start < end:
                        arguments[name] = offer.binding(bound.value, bound.unit, bound.kind)
                        kind = self.registry.kinds.get(bound.kind)
                        assumptions.append(offer.assumption(name.replace("_", " ") if kind is None else kind.label))
            steps.append(step.model_copy(update={"arguments": arguments}))
        return plan.model_copy(update={"steps": tuple(steps), "assumptions": tuple(dict.fromkeys(assumptions))})

    def _assumed(self, plan: Plan) -> Plan:
        """What is remembered goes before a card's default."""
        if not self.facts:
            return plan
        assumptions = list(plan.assumptions)
        steps = []
        for step in plan.steps:
            card = self.registry.experts[step.expert].card
            arguments = dict(step.arguments)
            for name, bound in step.arguments.items():
                port = card.input(name)
                if not isinstance(bound, Default) or port.kind.unit is None or port.at or port.slot:
                    continue  # one value does not say of which side or state it is
                fact = self._remembered(port.kind)
                if fact is None or (amount := _number(fact)) is None:
                    continue
                offer = _Offer(port.kind.label, amount.written, fact)
                arguments[name] = offer.binding(in_kind(amount, port.kind), port.kind.unit, port.kind.name)
                assumptions.append(offer.assumption(port.kind.label))
            steps.append(step.model_copy(update={"arguments": arguments}))
        return plan.model_copy(update={"steps": tuple(steps), "assumptions": tuple(dict.fromkeys(assumptions))})

    def _wished(self, plan: Plan) -> Plan:
        """Answers in the units that the user wants, where the question names none of that dimension."""
        if not any(isinstance(fact.content, Preference) for fact in self.facts):
            return plan
        named = [unit.unit for unit in read(self.question, self.registry).units]
        assumptions = list(plan.assumptions)
        wanted = []
        for asked in plan.asked:
            kind = self.registry.kinds.get(asked.kind)
            fact = None if kind is None or not kind.unit else unit_for(kind, self.facts)
            wish = None if fact is None else fact.content
            taken = any(same_dimension(unit, asked.unit) for unit in named) if asked.unit else True
            if isinstance(wish, Preference) and fact is not None and not wish.reference and not taken:
                wanted.append(asked.model_copy(update={"unit": parse_unit(wish.unit).text}))
                assumptions.append(f"{asked.name} given in {wish.written}, as you wished on {fact.day}")
            else:
                wanted.append(asked)
        return plan.model_copy(update={"asked": tuple(wanted), "assumptions": tuple(dict.fromkeys(assumptions))})

    def _offers(self, proposal: Proposal) -> Iterator[_Offer]:
        kinds = [missing.kind for missing in proposal.missing]
        for missing in proposal.missing:
            kind = self.registry.kinds.get(missing.kind)
            if kind is None or kinds.count(missing.kind) > 1 or missing.name not in (kind.label, *kind.names):
                continue  # one value does not say which of two it is, nor of which side or state
            if (fact := self._remembered(kind)) is not None:
                yield _Offer(kind.label, _written(fact), fact)
            elif (value := self._stated(kind)) is not None:
                yield _Offer(kind.label, value.written, value)

    def _remembered(self, kind: Kind) -> Fact | None:
        """The value that is surely meant; none where two are as likely."""
        found = values_for(kind, self.facts, self.question, datetime.now(UTC), self.registry.kinds.values())
        best = [one.fact for one in found if one.exactness == found[0].exactness and one.exactness >= _SURE]
        return best[0] if best and len({_written(fact) for fact in best}) == 1 else None

    def _stated(self, kind: Kind) -> StatedValue | None:
        """The value that the documents state, where the question asks for theirs."""
        library = self._cites()
        return None if library is None or kind.unit is None else next(iter(library.stated(kind, self.question)), None)

    def _contradicted(self, plan: Plan) -> Plan:
        """The question goes before what is remembered, and that before documents; what differs is shown."""
        if not self.facts:
            return plan
        warnings = list(plan.warnings)
        for step in plan.steps:
            for bound in step.arguments.values():
                if isinstance(bound, (Given, Remembered)) and isinstance(bound.value, (int, float)):
                    warnings.extend(self._differing(bound))
        return plan.model_copy(update={"warnings": tuple(dict.fromkeys(warnings))})

    def _differing(self, bound: Given | Remembered) -> Iterator[str]:
        """What is remembered otherwise than the question says, or what documents say otherwise than is remembered."""
        kind = self.registry.kinds.get(bound.kind)
        if kind is None:
            return

        def claim(origin: Origin, number: float, written: str, date: str = "", source: str = "") -> Claim:
            return Claim(origin, kind.label, Amount(written, number, kind.unit or ""), date, source)

        settled = None
        if isinstance(bound, Remembered):
            written = next(_written(fact) for fact in self.facts if fact.id == bound.fact)
            before = claim("remembered", bound.value, written, bound.day)
            if (stated := self._stated(kind)) is not None:
                told = claim("retrieved", stated.value, stated.written, source=stated.quote.document)
                settled = settle(remembered=before, retrieved=told)
        elif (fact := self._remembered(kind)) is not None and (amount := _number(fact)) is not None:
            before = claim("remembered", in_kind(amount, kind), amount.written, fact.day)
            settled = settle(user=claim("user", bound.value, bound.text), remembered=before)
        yield from () if settled is None else (conflict.why for conflict in settled.conflicts)


def _written(fact: Fact) -> str:
    return fact.content.amount.written if isinstance(fact.content, Value) else ""


def _number(fact: Fact) -> Amount | None:
    """The remembered amount, where it is a number and no name."""
    amount = fact.content.amount if isinstance(fact.content, Value) else None
    return amount if amount is not None and amount.number is not None else None


def _places(question: str, offers: Sequence[_Offer]) -> list[tuple[int, int]]:
    """Where the offers stand in the text that was planned."""
    end = len(question)
    found = []
    for offer in offers:
        start = end + len(BETWEEN)
        end = start + len(offer.said)
        found.append((start, end))
    return found
