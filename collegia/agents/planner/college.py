"""The planner that the assistant uses: calculators for the numbers, documents for the words, in one plan.

What asks for a number is planned by types alone. What asks for words goes to the experts that quote documents. Neither
answers for the other: a number that is asked for and cannot be computed is asked back, never quoted in its stead.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from collegia.agents.plan import Asked, FromStep, Given, Plan, Proposal, Step
from collegia.agents.planner.planner import TypedPlanner
from collegia.agents.planner.wording import Clause, blanked, clauses
from collegia.agents.reading.reader import read
from collegia.agents.reading.types import Reading
from collegia.knowledge.expert import INQUIRY, QUOTATIONS
from collegia.knowledge.text import asked_words, content_words
from collegia.tools.registry import Registry

__all__ = ["CollegePlanner"]

_FEWEST = 2  # words that a search needs to go by


class CollegePlanner:
    """Plans by types, and adds what the documents say. It holds no state between questions."""

    def __init__(self) -> None:
        self._typed = TypedPlanner()

    def plan(
        self, question: str, registry: Registry, answers: Sequence[str] = (), avoid: frozenset[str] = frozenset()
    ) -> Proposal:
        """Make a plan for a question; see `TypedPlanner.plan`."""
        quoting = tuple(
            name
            for name, expert in registry.experts.items()
            if any(port.kind.name == QUOTATIONS.name for port in expert.card.outputs)
        )
        without = avoid | frozenset(quoting)
        able = [name for name in quoting if name not in avoid]
        parts = clauses(question) if able else ()
        if not parts:
            return self._typed.plan(question, registry, answers, without)
        reading = read(question, registry)
        words = tuple(part for part in parts if part.sure or not _asks(reading, part))
        if not words:
            return self._typed.plan(question, registry, answers, without)
        rest = blanked(question, words)
        if not _computes(reading, words):
            if any(part.sure for part in words) or not reading.asks:
                return Proposal(status="plan", plan=_quoting(Plan(), words, question, able, whole=True))
            return self._typed.plan(question, registry, answers, without)
        texts = [rest, question]
        if any(re.search(r"\d", question[part.start : part.end]) for part in words):
            texts.reverse()  # a value that stands among the words may be what the numbers need
        tried = [self._typed.plan(texts[0], registry, answers, without)]
        if tried[0].status != "plan":
            tried.append(self._typed.plan(texts[1], registry, answers, without))
        made = next((one for one in tried if one.status == "plan"), None)
        if made is None:
            return next((one for one in tried if one.status == "clarify"), tried[0])
        return Proposal(status="plan", plan=_quoting(made.plan, words, question, able, whole=False))


def _asks(reading: Reading, part: Clause) -> bool:
    """Whether something that has a kind is asked for within a clause, or a value with a unit stated."""
    places = [ask.start for ask in reading.asks] + [said.start for said in reading.said if said.measure is not None]
    return any(part.start <= place < part.end for place in places)


def _computes(reading: Reading, words: tuple[Clause, ...]) -> bool:
    """Whether the rest of the question asks for a number or states one."""
    places = [ask.start for ask in reading.asks]
    places += [said.start for said in reading.said if said.measure is not None or said.value is not None]
    return any(not any(part.start <= place < part.end for part in words) for place in places)


def _quoting(plan: Plan, words: tuple[Clause, ...], question: str, experts: list[str], *, whole: bool) -> Plan:
    """The plan with a step that looks up what is asked in words."""
    said = " ".join(question[part.start : part.end].strip() for part in words)
    start, end = words[0].start, words[-1].end
    if whole or len(asked_words(said)) < _FEWEST or not content_words(said):
        said, start, end = question, 0, len(question)
    taken = {step.id for step in plan.steps}
    steps, asked = list(plan.steps), list(plan.asked)
    for expert in experts:
        number = next(one for one in range(1, len(taken) + 2) if f"q{one}" not in taken)
        taken.add(f"q{number}")
        bound = Given(value=said, text=question[start:end], start=start, end=end, kind=INQUIRY.name)
        steps.append(Step(id=f"q{number}", expert=expert, arguments={"question": bound}))
        source = FromStep(step=f"q{number}", output=QUOTATIONS.name)
        asked.append(Asked(name="explanation", kind=QUOTATIONS.name, source=source))
    return plan.model_copy(update={"steps": tuple(steps), "asked": tuple(asked)})
