"""The planner that the assistant uses: calculators for the numbers, documents for the words, in one plan.

What asks for a number is planned by types alone; what is missing may be remembered, or stated by a document. What asks
for words goes to the experts that quote documents. Neither answers for the other: a number that is asked for and cannot
be computed is asked back, never quoted in its stead.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from collegia.agents.plan import Asked, FromStep, Given, Plan, Proposal, Step
from collegia.agents.planner.planner import TypedPlanner
from collegia.agents.planner.recall import Completion, Recall
from collegia.agents.planner.wording import Clause, blanked, clauses, wants_number
from collegia.agents.reading.pins import NO_PINS, Pins
from collegia.agents.reading.reader import read
from collegia.agents.reading.types import Reading, Said
from collegia.knowledge.expert import QUOTATIONS
from collegia.knowledge.memory import Expanded, Fact, expand
from collegia.knowledge.text import asked_words
from collegia.tools.registry import Registry
from collegia.tools.words import INQUIRY, takes_words

__all__ = ["CollegePlanner"]

_REASON = re.compile(r"\b(?:why|explain|describe|reasons?)\b", re.IGNORECASE)  # of words whatever values stand beside
_FEWEST = 2  # words that a search needs to go by
_STORY = 8  # words from which on a question without a value tells a story
_TO_WORK_WITH = 2  # values beside the words from which on a number is wanted


@dataclass(frozen=True, slots=True)
class _Inquiry:
    """One question on its way to a plan."""

    question: str
    registry: Registry
    answers: tuple[str, ...]
    avoid: frozenset[str]
    quoting: tuple[str, ...]
    """The experts that quote documents."""
    facts: tuple[Fact, ...]
    """What is remembered."""
    pins: Pins = NO_PINS
    """What somebody else reads in the question."""


class CollegePlanner:
    """Plans by types, and adds what is remembered and what documents say. It holds no state between questions.

    Args:
        recall: the user's memory and documents; nothing where it is not given.
    """

    def __init__(self, recall: Recall | None = None) -> None:
        self._typed = TypedPlanner()
        self._recall = Recall() if recall is None else recall

    def plan(
        self,
        question: str,
        registry: Registry,
        answers: Sequence[str] = (),
        avoid: frozenset[str] = frozenset(),
        pins: Pins = NO_PINS,
    ) -> Proposal:
        """Make a plan for a question; see `TypedPlanner.plan`."""
        quoting = tuple(
            name
            for name, expert in registry.experts.items()
            if any(port.kind.name == QUOTATIONS.name for port in expert.card.outputs)
        )
        lacking = tuple(one for one in quoting if registry.experts[one].missing_libraries())
        able = tuple(name for name in quoting if name not in avoid and name not in lacking)
        facts = self._recall.facts()
        written = expand(question, facts)
        without = avoid | {name for name, expert in registry.experts.items() if takes_words(expert.card)}
        asked = _Inquiry(written.text, registry, tuple(answers), without, able, facts, pins)
        proposal = self._proposal(asked)
        if lacking and proposal.status == "out_of_domain" and clauses(written.text):
            install = registry.experts[lacking[0]].card.install
            said = f"{proposal.message} Documents could be asked too, after: {install}".strip()
            proposal = proposal.model_copy(update={"message": said})
        return _as_written(proposal, written) if written.taken or written.conflicts else proposal

    def _proposal(self, asked: _Inquiry) -> Proposal:
        question = asked.question
        parts = clauses(question) if asked.quoting else ()
        if not parts:
            return self._numbers(asked)
        reading = read(question, asked.registry)
        words = tuple(part for part in parts if _in_words(reading, part))
        if not words:
            proposal = self._numbers(asked)
            stated = wants_number(question) or any(_is_value(said, question) for said in reading.said)
            own = self._recall.library if proposal.status != "plan" and not stated else None
            told = not stated and (proposal.status == "out_of_domain" or len(asked_words(question)) >= _STORY)
            if proposal.status != "plan" and (told or (own is not None and own.says(question))):
                return Proposal(status="plan", plan=_quoting(Plan(), parts, asked, whole=True))
            return proposal
        whole = Proposal(status="plan", plan=_quoting(Plan(), words, asked, whole=True))
        if not _computes(reading, words):
            sure = any(part.sure for part in words) or not reading.asks
            return whole if sure else self._numbers(asked)
        tried: list[Proposal] = []
        for proposal in self._attempts(asked, words):
            if proposal.status == "plan":
                return Proposal(status="plan", plan=_quoting(proposal.plan, words, asked, whole=False))
            tried.append(proposal)
        if not _wants(reading, words) and not wants_number(blanked(question, words)):
            return whole  # what is said beside the words is the story around them
        back = [one for one in tried if one.status == "clarify"]
        return min(back, key=lambda one: len(one.missing)) if back else tried[0]

    def _numbers(
        self, asked: _Inquiry, text: str | None = None, words: tuple[Clause, ...] = (), *, values: bool = False
    ) -> Proposal:
        """The plan by types, what is missing filled in with what is known."""
        said = asked.question if text is None else text
        aside = [(part.start, part.end) for part in words]

        def planning(answers: Sequence[str]) -> Proposal:
            return self._typed.plan(
                said, asked.registry, answers, asked.avoid, aside=aside, aside_values=values, pins=asked.pins
            )

        known = Completion(said, asked.registry, asked.facts, self._recall.library, self._recall.cites)
        return known.complete(asked.answers, planning)

    def _attempts(self, asked: _Inquiry, words: tuple[Clause, ...]) -> Iterator[Proposal]:
        """Ways to read the rest of a question that asks for words too, the surest first."""
        if not any(re.search(r"\d", asked.question[part.start : part.end]) for part in words):
            yield self._numbers(asked, blanked(asked.question, words))
        # the names and values among the words may be what the numbers need
        yield self._numbers(asked, words=words)
        yield self._numbers(asked, words=words, values=True)
        yield self._numbers(asked)  # "give it for …": what is asked for stands among the words


def _in_words(reading: Reading, part: Clause) -> bool:
    """Whether a clause is answered in words: by its own words, or because nothing in it has a kind or a unit."""
    within = [said for said in reading.said if part.start <= said.start < part.end and said.measure is not None]
    if part.sure:
        why = _REASON.search(reading.text[part.start : part.end])
        return why is not None or sum(said.measure is not None and said.measure.unit is not None for said in within) < 2
    return not within and not any(part.start <= ask.start < part.end for ask in reading.asks)


def _is_value(said: Said, question: str) -> bool:
    """Whether a number is a value, and not the end of a name as in "E-101"."""
    return said.measure is not None and (
        said.measure.unit is not None or question[said.start - 1 : said.start] in " =("
    )


def _wants(reading: Reading, words: tuple[Clause, ...]) -> bool:
    """Whether the rest of the question names a unit to answer in, or states values to work with."""

    def outside(place: int) -> bool:
        return not any(part.start <= place < part.end for part in words)

    units = any(outside(unit.start) for unit in reading.units)
    return units or sum(outside(said.start) for said in reading.said if said.measure is not None) >= _TO_WORK_WITH


def _computes(reading: Reading, words: tuple[Clause, ...]) -> bool:
    """Whether the rest of the question asks for a number or states one."""
    places = [ask.start for ask in reading.asks]
    places += [said.start for said in reading.said if said.measure is not None or said.value is not None]
    return any(not any(part.start <= place < part.end for part in words) for place in places)


def _quoting(plan: Plan, words: tuple[Clause, ...], asked: _Inquiry, *, whole: bool) -> Plan:
    """The plan with a step that looks up what is asked in words."""
    question = asked.question
    said = " ".join(question[part.start : part.end].strip() for part in words)
    start, end = words[0].start, words[-1].end
    if whole or len(asked_words(said)) < _FEWEST:
        said, start, end = question, 0, len(question)
    taken = {step.id for step in plan.steps}
    steps, wanted = list(plan.steps), list(plan.asked)
    for expert in asked.quoting:
        step = next(f"q{one}" for one in range(1, len(taken) + 2) if f"q{one}" not in taken)
        taken.add(step)
        bound = Given(value=said, text=question[start:end], start=start, end=end, kind=INQUIRY.name)
        steps.append(Step(id=step, expert=expert, arguments={"question": bound}))
        source = FromStep(step=step, output=QUOTATIONS.name)
        wanted.append(Asked(name="explanation", kind=QUOTATIONS.name, source=source))
    return plan.model_copy(update={"steps": tuple(steps), "asked": tuple(wanted)})


def _as_written(proposal: Proposal, written: Expanded) -> Proposal:
    """The proposal with its places in the question as it was written, before short forms were written out."""
    shift = len(written.question) - len(written.text)
    steps = []
    for step in proposal.plan.steps:
        arguments = dict(step.arguments)
        for name, bound in step.arguments.items():
            if isinstance(bound, Given) and bound.start >= 0:
                inside = bound.start < len(written.text)
                start, end = (
                    written.span(bound.start, bound.end) if inside else (bound.start + shift, bound.end + shift)
                )
                arguments[name] = bound.model_copy(update={"start": start, "end": end})
        steps.append(step.model_copy(update={"arguments": arguments}))
    said = (*(one.assumption for one in written.taken), *proposal.plan.assumptions)
    warned = (*(one.why for one in written.conflicts), *proposal.plan.warnings)
    plan = proposal.plan.model_copy(
        update={
            "steps": tuple(steps),
            "assumptions": tuple(dict.fromkeys(said)) if steps else (),
            "warnings": tuple(dict.fromkeys(warned)) if steps else (),
        }
    )
    return proposal.model_copy(update={"plan": plan})
