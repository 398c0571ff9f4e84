"""What a follow-up leans on: the last question, its plan, and which of its words gave which value."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from collegia.agents.plan import Default, FromStep, Given, Plan
from collegia.agents.question import BETWEEN
from collegia.agents.reading.reader import read
from collegia.agents.reading.types import Reading, Said
from collegia.tools.card import Card, Port
from collegia.tools.registry import Registry

__all__ = ["Base", "Place", "label_of"]

_STATES = {"start": "before", "end": "after"}


@dataclass(frozen=True)
class Place:
    """A value of the last plan.

    Attributes:
        label: what it was taken for, in words.
        kinds: what it serves as.
        text: the words that gave it; empty where nobody stated it.
        start, end: their span in the question with its answers; -1 where nobody stated it.
        value, unit: in the unit of its kind.
        side, state: the one of several that it belongs to, and 0 before or 1 after; empty and None where nothing says.
        thing: the name of what it belongs to.
        said: its reading; None where nobody stated it.
        computed: whether a step gives it.
    """

    label: str
    kinds: frozenset[str]
    text: str = ""
    start: int = -1
    end: int = -1
    value: Any = None
    unit: str = ""
    said: Said | None = None
    computed: bool = False
    side: str = ""
    state: int | None = None
    thing: Any = None

    @property
    def stated(self) -> bool:
        """Whether it stands in the question or in an answer."""
        return self.start >= 0

    @property
    def told(self) -> str:
        """It in words, with what it was."""
        if self.stated:
            return f"{self.label} {self.text}"
        return f"{self.label} (a step gave it)" if self.computed else f"{self.label} (not stated)"


@dataclass(frozen=True)
class Base:
    """The last question with its answers, its plan, and the experts."""

    run_id: str
    question: str
    answers: tuple[str, ...]
    plan: Plan
    registry: Registry

    @cached_property
    def text(self) -> str:
        """The question and the answers, in which the plan's spans lie."""
        return BETWEEN.join((self.question, *self.answers))

    @cached_property
    def reading(self) -> Reading:
        """The reading of all that was said."""
        return read(self.text, self.registry)

    @cached_property
    def stated(self) -> tuple[Place, ...]:
        """What the plan took from the user's words, in the order of the words."""
        found: dict[tuple[int, int], list[tuple[Port, str, Given]]] = {}
        for port, label, bound in self._bound():
            if isinstance(bound, Given) and bound.start >= 0:
                found.setdefault((bound.start, bound.end), []).append((port, label, bound))
        return tuple(self._place(span, uses) for span, uses in sorted(found.items()))

    @cached_property
    def open(self) -> tuple[Place, ...]:
        """What the plan took from defaults and from steps: values that nobody stated."""
        found: dict[str, Place] = {}
        known = {kind for place in self.stated for kind in place.kinds}
        for port, label, bound in self._bound():
            computed = isinstance(bound, FromStep)
            if not (computed or isinstance(bound, Default)) or port.kind.name in known:
                continue
            value, unit = (bound.value if isinstance(bound, Default) else None), port.kind.unit or ""
            found.setdefault(label, Place(label, _kinds(port), value=value, unit=unit, computed=computed))
        return tuple(found.values())

    def said(self, kind: str) -> Iterator[Said]:
        """What the reading holds of a kind whose values are names, in the plan or not: a method, a type."""
        return (one for one in self.reading.said if one.measure is None and kind in one.kinds)

    def _bound(self) -> Iterator[tuple[Port, str, object]]:
        for step in self.plan.steps:
            card = self.registry.experts[step.expert].card
            for name, bound in step.arguments.items():
                port = card.input(name)
                yield port, label_of(port, card), bound

    def _place(self, span: tuple[int, int], uses: Sequence[tuple[Port, str, Given]]) -> Place:
        kinds = frozenset(kind for port, _, _ in uses for kind in _kinds(port))
        said = next(
            (one for one in self.reading.said if (one.start, one.end) == span and kinds & one.kinds.keys()), None
        )
        said = said or next((one for one in self.reading.said if (one.start, one.end) == span), None)
        first = uses[0][2]
        label = " and ".join(dict.fromkeys(label for _, label, _ in uses))
        side, state = self._belongs(said, uses[0][0])
        thing = None if said is None or said.subject is None else self.reading.subjects[said.subject].value
        return Place(
            label, kinds, first.text, *span, first.value, first.unit, said, side=side, state=state, thing=thing
        )

    def _belongs(self, said: Said | None, port: Port) -> tuple[str, int | None]:
        side = "" if said is None or said.subject is None else self.reading.subjects[said.subject].side
        state = None if said is None else said.state
        return side or port.slot, {"start": 0, "end": 1}.get(port.at) if state is None else state


def label_of(port: Port, card: Card) -> str:
    """What a port takes, in words; of two states of one thing, which: "cold temperature after"."""
    states = {one.at for one in card.inputs if (one.kind, one.slot) == (port.kind, port.slot)}
    state = _STATES.get(port.at, "") if len(states) > 1 else ""
    return " ".join(part for part in (port.slot, port.kind.label, state) if part)


def _kinds(port: Port) -> frozenset[str]:
    return frozenset({port.kind.name})
