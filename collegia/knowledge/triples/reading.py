"""The ways to read a question over a graph: which node it is about, and which path leads to what it asks for."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from collegia.knowledge.triples.graph import TripleGraph
from collegia.knowledge.triples.learned import Label, Learned, features_of
from collegia.knowledge.triples.linker import Linker, Topic
from collegia.knowledge.triples.mentions import Frame, Lexicon
from collegia.knowledge.triples.names import Token, tidy, tokens_of
from collegia.knowledge.triples.paths import Path, PathFinder
from collegia.knowledge.triples.schema import Schema

__all__ = ["Reader", "Reading", "Start"]

_MOST_LABELS = 12
_TAUGHT = 0.2


class Start(NamedTuple):
    """A question seen from one topic: its words around it, and the turns of phrase in them."""

    topic: Topic
    frame: Frame
    features: list[str]


class Reading(NamedTuple):
    """One way to read a question: its topic, the path asked for, and how much speaks for it."""

    topic: Topic
    path: Path
    score: float
    limits: tuple[str, ...]  # words that narrow the answers down and that no path heeds
    meant: bool  # whether the words speak for the path at all, of themselves or as learned


class Reader:
    """Reads questions over a graph, by the names of its relations and by what was learned."""

    def __init__(self, graph: TripleGraph) -> None:
        self.graph = graph
        self.schema = Schema(graph)
        self._lexicon = Lexicon(graph)
        self._linker = Linker(graph)
        self._finder = PathFinder(self.schema)
        self._steps = {
            ("" if step.forward else "^") + graph.relations[step.relation]: step for step in self.schema.steps
        }

    def starts(self, question: str) -> list[Start]:
        """The topics that a question may have, the likeliest first."""
        text = tidy(question)
        tokens = tokens_of(text)
        meant = frozenset(place for place, token in enumerate(tokens) if self._lexicon.meaning(token.key).near)
        return [self._start(tokens, topic) for topic in self._linker.topics(text, tokens, meant)]

    def _start(self, tokens: list[Token], topic: Topic) -> Start:
        frame = self._lexicon.frame(tokens, topic.first, topic.last)
        return Start(topic, frame, features_of(tokens, topic.first, topic.last))

    def path_of(self, label: Label) -> Path | None:
        """The path of these names; None where the graph has no such relation."""
        steps = [self._steps.get(name) for name in label]
        return tuple(step for step in steps if step) if all(steps) else None

    def base(self, start: Start, labels: Iterable[Label] = ()) -> Iterator[tuple[Path, float]]:
        """The paths that a question may ask for from a topic, and what speaks for each before anything is learned.

        The paths of the labels are among them whose first step is one for such a topic.
        """
        known = dict.fromkeys(self._finder.candidates(start.frame, start.topic.node))
        taught = [path for label in labels if (path := self.path_of(label))]
        if taught:
            open_ = self.schema.open_to(start.topic.node, {path[0] for path in taught})
            known.update(dict.fromkeys(path for path in taught if path[0] in open_))
        for path in known:
            yield path, self._finder.score(start.frame, path)

    def readings(self, question: str, learned: Learned | None = None) -> list[Reading]:
        """The ways to read a question, the best first; whether they lead anywhere is not asked yet."""
        found: list[Reading] = []
        for start in self.starts(question):
            worth = learned.scores(start.features) if learned else {}
            best = sorted(worth, key=lambda label: -worth[label])[:_MOST_LABELS]
            taught = {path: worth[label] for label in worth if (path := self.path_of(label))}
            for path, base in self.base(start, best):
                extra = taught.get(path, 0.0)
                meant = (base >= 0 or extra >= _TAUGHT) and not start.frame.beyond
                found.append(Reading(start.topic, path, start.topic.score + base + extra, start.frame.limits, meant))
        found.sort(key=lambda reading: -reading.score)
        return found
