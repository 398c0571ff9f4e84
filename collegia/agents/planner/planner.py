"""The typed planner: from a question to a plan, with no model.

It reads the question, finds the cheapest plan that has every asked value, and looks at what the plan leaves unused:
a stated value that no step takes is a sign of a misreading, and costs more than another step. What cannot be had is
asked for by name and unit.
"""

from __future__ import annotations

from collections.abc import Sequence

from collegia.agents.plan import Proposal
from collegia.agents.planner.answers import Wanted, bind_answer
from collegia.agents.planner.cases import Outcome, case_by_case, keeps_together
from collegia.agents.planner.planning import Planning
from collegia.agents.reading.cases import listed
from collegia.agents.reading.reader import read
from collegia.agents.reading.types import Reading
from collegia.tools.card import Card
from collegia.tools.registry import Registry

__all__ = ["TypedPlanner"]

_BETWEEN = " ; "
"""What stands between a question and the answers to questions back."""


class TypedPlanner:
    """Plans by types alone. It holds no state between questions."""

    def plan(
        self, question: str, registry: Registry, answers: Sequence[str] = (), avoid: frozenset[str] = frozenset()
    ) -> Proposal:
        """Make a plan for a question.

        Args:
            question: as the user wrote it.
            registry: the experts and their vocabulary.
            answers: what the user answered to questions back, in order.
            avoid: experts not to use (they failed in this run).
        """
        cards = [expert.card for name, expert in registry.experts.items() if name not in avoid]
        text = question
        spans: list[tuple[int, int]] = []
        wanted: list[list[Wanted]] = []
        for answer in answers:
            earlier = self._outcome(text, spans, wanted, registry, cards)
            wanted.append(earlier.wanted)
            start = len(text) + len(_BETWEEN)
            text = f"{text}{_BETWEEN}{answer}"
            spans.append((start, len(text)))
        return self._outcome(text, spans, wanted, registry, cards).proposal

    def _outcome(
        self,
        text: str,
        spans: Sequence[tuple[int, int]],
        wanted: Sequence[Sequence[Wanted]],
        registry: Registry,
        cards: list[Card],
    ) -> Outcome:
        """What becomes of a text: of the whole, or of each of the alternatives that it lists."""
        reading = self._read(text, spans, wanted, registry)
        group = listed(reading)
        planning = Planning(reading, registry, cards)
        whole = planning.outcome()
        if group is None or keeps_together(group, whole):
            return whole
        outcomes = []
        for case in group.cases:
            moved = [(group.place(case, start), group.place(case, end)) for start, end in spans]
            outcomes.append(Planning(self._read(case.text, moved, wanted, registry), registry, cards).outcome())
        return case_by_case(group, whole, outcomes, registry)

    def _read(
        self,
        text: str,
        spans: Sequence[tuple[int, int]],
        wanted: Sequence[Sequence[Wanted]],
        registry: Registry,
    ) -> Reading:
        reading = read(text, registry)
        for (start, end), kinds in zip(spans, wanted, strict=True):
            bind_answer(reading, kinds, start, end, registry)
        return reading
