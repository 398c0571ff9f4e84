"""Answers to questions over a graph of triples, each with the triples that lead to it."""

from __future__ import annotations

import math
from collections.abc import Iterable
from typing import NamedTuple

from collegia.knowledge.triples.examples import Example
from collegia.knowledge.triples.graph import Triple, TripleGraph
from collegia.knowledge.triples.learned import Learned
from collegia.knowledge.triples.reading import Reader, Reading
from collegia.knowledge.triples.schema import readable
from collegia.knowledge.triples.training import Lesson, learn
from collegia.knowledge.triples.walking import Walk

__all__ = ["Answer", "Asker", "Understood"]

_NEARLY = 0.3
_NAMED = 1.5
_NOTHING = 0.5  # how much speaks for no reading at all


class Understood(NamedTuple):
    """How a question was read.

    `path` names the relations from the topic onward, ^ before one taken from its object to its subject. `complete` is
    False where so much was reached that the rest was left out. `unused` are other names of the graph that stand in the
    question, and words such as "most" or "before", that the path takes no notice of: an answer need not fit them.
    """

    topic: str
    path: tuple[str, ...]
    complete: bool
    unused: tuple[str, ...]


class Answer(NamedTuple):
    """One answer.

    `score` says from 0 to 1 how sure the reading of the question is, not whether the triples are true; it is the same
    for all answers of a question. `evidence` is one chain of triples from the topic to the answer, and `ways` tells
    from how many nodes the last step leads to it.
    """

    name: str
    score: float
    evidence: tuple[Triple, ...]
    ways: int
    reading: Understood


class Asker:
    """Answers questions over a graph: by the names of its relations, and by what was learned where something was."""

    def __init__(self, graph: TripleGraph, learned: Learned | None = None) -> None:
        self.graph = graph
        self.learned = learned
        self._reader = Reader(graph)

    def learn(self, examples: Iterable[Example]) -> Lesson:
        """Learns which paths are asked for from labelled questions, in place of what was learned before."""
        self.learned, lesson = learn(self._reader, list(examples))
        return lesson

    def answer(self, question: str) -> list[Answer]:
        """The answers to a question, best first; all are ends of one path, ordered by how many ways lead to them.

        None where the question denies something or asks for yes or no, where no name of the graph stands in it, where
        no word of it means a relation of what is named, or where the graph holds nothing at the end of the path meant.
        """
        readings = self._reader.readings(question, self.learned)
        if not readings:
            return []
        least = readings[0].score - _NEARLY
        for reading in readings:
            if reading.score < least:
                break
            walk = Walk(self.graph, reading.topic.node, reading.path)
            if reading.meant and walk.ends:
                return self._answers(reading, walk, readings)
        return []

    def _answers(self, chosen: Reading, walk: Walk, readings: list[Reading]) -> list[Answer]:
        names, degree = self.graph.names, self.graph.degree
        topic = chosen.topic
        unused = dict.fromkeys(
            names[other.topic.node]
            for other in readings
            if other.topic.score >= _NAMED and (other.topic.last <= topic.first or other.topic.first >= topic.last)
        )
        reading = Understood(
            names[topic.node], readable(self.graph, chosen.path), not walk.cut, (*unused, *chosen.limits)
        )
        surety = _surety(chosen, readings)
        ends = sorted(walk.ends, key=lambda node: (-walk.ends[node], -degree(node), names[node]))
        return [Answer(names[node], surety, walk.evidence(node), walk.ends[node], reading) for node in ends]


def _surety(chosen: Reading, readings: list[Reading]) -> float:
    """How the reading stands beside the others and beside none, were their scores the logarithms of chances."""
    none = math.exp(min(chosen.topic.score + _NOTHING - chosen.score, 30.0))
    return 1.0 / (none + sum(math.exp(min(reading.score - chosen.score, 30.0)) for reading in readings))
