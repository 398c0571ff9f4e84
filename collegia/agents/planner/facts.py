"""Stated values as facts for the search: each for every kind it may be, of its thing, in its state."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from collegia.agents.planner.rules import Key
from collegia.agents.planner.search import Fact
from collegia.agents.reading.types import Reading, Said
from collegia.tools.kinds import Kind

__all__ = ["Ban", "facts_of", "release"]


@dataclass(frozen=True, slots=True)
class Ban:
    """One reading of a stated value that is ruled out."""

    said: int
    kind: str
    state: int | None = -1
    """-1 rules out the kind in every state."""


def facts_of(
    reading: Reading, kinds: dict[str, Kind], joint: frozenset[str], things: frozenset[str], bans: frozenset[Ban]
) -> Iterator[tuple[Key, Fact]]:
    """All facts, cheap readings and dear ones."""
    for subject in reading.subjects:
        if subject.value is not None and subject.kind and subject.said is None:
            said = _named(reading, subject.value, subject.places)
            if said is not None:
                yield (subject.kind, subject.index, None), Fact(said, subject.kind, 0.0)
    for said in reading.said:
        for kind, cost in said.kinds.items():
            if kinds[kind].subject and said.measure is None and said.subject is not None:
                yield (kind, said.subject, None), Fact(said, kind, cost)
                continue
            if Ban(said.index, kind) in bans or Ban(said.index, kind, said.state) in bans:
                continue
            sided = said.subject is not None and any(
                s.index == said.subject and s.side and not s.kind for s in reading.subjects
            )
            is_name = any(said.first in subject.places for subject in reading.subjects)
            named = said.measure is None and kinds[kind].find is None and not said.implied and not is_name
            bound = sided or named or kind in things
            where = said.subject if bound and kind not in joint else None
            yield (kind, where, said.state), Fact(said, kind, cost)


def _named(reading: Reading, value: object, places: list[int]) -> Said | None:
    return next((s for s in reading.said if s.measure is None and s.value == value and s.first in places), None)


def release(reading: Reading, things: frozenset[str]) -> None:
    """Free values that are no property of any thing (a bore, an efficiency) from the thing they stand near."""
    if len(reading.subjects) < 2:
        return
    for said in reading.said:
        cheapest = min(said.kinds.values(), default=0.0)
        likely = [kind for kind, cost in said.kinds.items() if cost <= cheapest + 0.5]
        if said.measure is not None and not any(kind in things for kind in likely):
            said.subject = None
