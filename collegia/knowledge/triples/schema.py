"""What the triples themselves tell of their relations: what kind of things stand at either end."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache
from typing import NamedTuple

from collegia.knowledge.triples.graph import TripleGraph
from collegia.knowledge.triples.thesaurus import FUNCTION

__all__ = ["Profile", "Schema", "Step", "readable"]

_SAMPLE = 400
_USUAL = 0.5
_TIME = re.compile(
    r"(c\. ?)?\d{3,4}(-\d\d?(-\d\d?)?)?|\d\d?[./]\d\d?[./]\d{2,4}"
    r"|(\d\d? )?(jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]* (\d\d?, )?\d{4}",
    re.IGNORECASE,
)
_NUMBER = re.compile(r"[-+]?\d[\d.,]*( ?[%a-zA-Z/°µ]{1,6})?")
_PERSON_WORDS = range(2, 5)


class Step(NamedTuple):
    """One step of a path: by which relation, and whether from its subject to its object."""

    relation: int
    forward: bool


class Profile(NamedTuple):
    """Shares of what lies at the end of a step: dates or years, numbers, names that read like a person's."""

    time: float
    number: float
    person: float


def readable(graph: TripleGraph, path: Iterable[Step]) -> tuple[str, ...]:
    """The names of a path's relations, one that is taken backward with ^ before it."""
    return tuple(("" if step.forward else "^") + graph.relations[step.relation] for step in path)


class Schema:
    """The relations of a graph, as far as a sample of their triples shows them."""

    def __init__(self, graph: TripleGraph) -> None:
        self.graph = graph
        self.steps = [Step(link, forward) for link in range(len(graph.relations)) for forward in (True, False)]
        self._follows: dict[tuple[Step, Step], float] = {}
        self._profiles: dict[Step, Profile] = {}

    def open_to(self, node: int, steps: Iterable[Step]) -> set[Step]:
        """Those of the steps that lead on from a node, or from most of the nodes like it.

        A work whose maker is not recorded still has one: asked for the maker, the right answer is none.
        """
        own = [step for step in self.steps if node in self.graph.side(step.relation, forward=step.forward)]
        return {step for step in steps if step in own or any(self.beside(other, step) > _USUAL for other in own)}

    def beside(self, own: Step, other: Step) -> float:
        """The share of the nodes from which one step leads on from which another leads on too."""
        return self.follows(Step(own.relation, not own.forward), other)

    def follows(self, first: Step, second: Step) -> float:
        """The share of what a step leads to from which a second step leads on."""
        known = self._follows.get((first, second))
        if known is None:
            ends = self._ends(first)
            side = self.graph.side(second.relation, forward=second.forward)
            known = self._follows[first, second] = sum(node in side for node in ends) / max(1, len(ends))
        return known

    def profile(self, step: Step) -> Profile:
        """What lies at the end of a step."""
        known = self._profiles.get(step)
        if known is None:
            names = [self.graph.names[node] for node in self._ends(step)]
            count = max(1, len(names))
            known = self._profiles[step] = Profile(
                sum(bool(_TIME.fullmatch(name)) for name in names) / count,
                sum(bool(_NUMBER.fullmatch(name)) for name in names) / count,
                sum(_like_a_person(name) for name in names) / count,
            )
        return known

    def _ends(self, step: Step) -> list[int]:
        ends = list(self.graph.side(step.relation, forward=not step.forward))
        return ends[:: max(1, len(ends) // _SAMPLE)]


@lru_cache(maxsize=4096)
def _like_a_person(name: str) -> bool:
    """Whether a name has two to four words, all capitalised, none of them a digit or a word of grammar."""
    words = name.replace(".", " ").split()
    return len(words) in _PERSON_WORDS and all(
        word[0].isupper() and not any(sign.isdigit() for sign in word) and word.lower() not in FUNCTION
        for word in words
    )
