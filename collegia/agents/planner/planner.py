"""The typed planner: from a question to a plan, with no model.

It reads the question, finds the cheapest plan that has every asked value, and looks at what the plan leaves unused:
a stated value that no step takes is a sign of a misreading, and costs more than another step. What cannot be had is
asked for by name and unit.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from collegia.agents.plan import Proposal
from collegia.agents.planner.answers import Wanted, bind_answer
from collegia.agents.planner.cases import Outcome, case_by_case, keeps_together
from collegia.agents.planner.planning import Planning
from collegia.agents.planner.replies import Reply, apply_reply, reply_to
from collegia.agents.question import BETWEEN
from collegia.agents.reading.aside import set_aside
from collegia.agents.reading.cases import Case, Listed, listed
from collegia.agents.reading.pins import NO_PINS, Pins, apply_pins
from collegia.agents.reading.reader import read
from collegia.agents.reading.types import Reading
from collegia.tools.card import Card
from collegia.tools.registry import Registry

__all__ = ["TypedPlanner"]


@dataclass(frozen=True, slots=True)
class Heard:
    """A question with the answers to questions back.

    Attributes:
        text: the question, and the answers after it.
        spans: where the answers stand.
        wanted: what each of them was asked for.
        replies: what answers settled that state no value.
        aside: parts that ask for words, in which nothing asks for a number.
        aside_values: whether the values that are stated there are left out too.
        pins: what somebody else reads in it.
    """

    text: str
    spans: tuple[tuple[int, int], ...] = ()
    wanted: tuple[Sequence[Wanted], ...] = ()
    replies: tuple[Reply, ...] = ()
    aside: tuple[tuple[int, int], ...] = ()
    aside_values: bool = False
    pins: Pins = NO_PINS

    def and_then(self, answer: str, earlier: Outcome) -> Heard:
        """With one more answer, given to the question back of an outcome."""
        start = len(self.text) + len(BETWEEN)
        reply = reply_to(answer, earlier.about, self.text)
        # a reply is no part of the text, but the places after it stay what they are
        text = f"{self.text}{BETWEEN}{answer if reply is None else ' ' * len(answer)}"
        return replace(
            self,
            text=text,
            spans=(*self.spans, (start, len(text))),
            wanted=(*self.wanted, earlier.wanted if reply is None else ()),
            replies=self.replies if reply is None else (*self.replies, reply),
        )

    def in_case(self, group: Listed, case: Case) -> Heard:
        """The same with one alternative of a list alone."""

        def moved(spans: tuple[tuple[int, int], ...]) -> tuple[tuple[int, int], ...]:
            return tuple((group.place(case, start), group.place(case, end)) for start, end in spans)

        replies = tuple(replace(reply, spans=moved(reply.spans)) for reply in self.replies)
        return replace(self, text=case.text, spans=moved(self.spans), replies=replies, aside=moved(self.aside))

    def read(self, registry: Registry) -> Reading:
        """The reading of all that was said."""
        reading = read(self.text, registry)
        if self.aside:
            set_aside(reading, self.aside, values=self.aside_values)
        for reply in self.replies:
            apply_reply(reading, reply)
        for (start, end), kinds in zip(self.spans, self.wanted, strict=True):
            bind_answer(reading, kinds, start, end, registry)
        if self.pins:
            settled = frozenset(span for reply in self.replies for span in reply.spans)
            apply_pins(reading, self.pins, registry, settled)
        return reading


class TypedPlanner:
    """Plans by types alone. It holds no state between questions."""

    def plan(
        self,
        question: str,
        registry: Registry,
        answers: Sequence[str] = (),
        avoid: frozenset[str] = frozenset(),
        *,
        aside: Sequence[tuple[int, int]] = (),
        aside_values: bool = False,
        pins: Pins = NO_PINS,
    ) -> Proposal:
        """Make a plan for a question.

        Args:
            question: as the user wrote it.
            registry: the experts and their vocabulary.
            answers: what the user answered to questions back, in order.
            avoid: experts not to use (they failed in this run).
            aside: parts of the question that ask for words: what is asked there is not computed.
            aside_values: leave the values stated there out too.
            pins: what somebody else reads in the question, where its words leave it open. Answers are heard without
                them: what was asked back may not depend on what somebody reads today.
        """
        cards = [expert.card for name, expert in registry.experts.items() if name not in avoid]
        heard = Heard(question, aside=tuple(aside), aside_values=aside_values)
        for answer in answers:
            earlier = self._outcome(heard, registry, cards)
            heard = heard.and_then(answer, earlier)
        return self._outcome(replace(heard, pins=pins), registry, cards).proposal

    def _outcome(self, heard: Heard, registry: Registry, cards: list[Card]) -> Outcome:
        """What becomes of a text: of the whole, or of each of the alternatives that it lists."""
        reading = heard.read(registry)
        group = listed(reading)
        prefer = heard.pins.experts
        whole = Planning(reading, registry, cards, prefer).outcome()
        if group is None or keeps_together(group, whole):
            return whole
        outcomes = [
            Planning(heard.in_case(group, case).read(registry), registry, cards, prefer).outcome()
            for case in group.cases
        ]
        return case_by_case(group, whole, outcomes, registry)
