"""Which node a question is about: the names that stand in it, the likeliest first."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from collegia.knowledge.triples.graph import TripleGraph
from collegia.knowledge.triples.names import Token
from collegia.knowledge.triples.thesaurus import FUNCTION

__all__ = ["Linker", "Topic"]

_MOST_WORDS = 40
_MOST_TOPICS = 8
_LEAST = -1.0


class Topic(NamedTuple):
    """A name found in a question: the words `first` up to before `last`, the node, and how likely it is meant."""

    first: int
    last: int
    node: int
    score: float


class Linker:
    """Finds the nodes of a graph that a question may be about."""

    def __init__(self, graph: TripleGraph) -> None:
        self._graph = graph
        self._keys = graph.keys
        self._longest: dict[str, int] = {}
        for key in self._keys:
            first, _, rest = key.partition(" ")
            length = rest.count(" ") + 2 if rest else 1
            if length > self._longest.get(first, 0):
                self._longest[first] = min(length, _MOST_WORDS)

    def topics(self, question: str, tokens: Sequence[Token], meant: frozenset[int]) -> list[Topic]:
        """The nodes named in a `tidy` question, the likeliest first.

        `meant` holds the places of words that seem to mean a relation: a name made of those alone is less likely.
        """
        found: list[Topic] = []
        for first in range(len(tokens)):
            found.extend(self._from(question, tokens, first, meant))
        found = [topic for topic in found if topic.score > _LEAST]
        found.sort(key=lambda topic: -topic.score)
        kept: list[Topic] = []
        for topic in found:
            if not any(_inside(topic, other) and other.score > topic.score for other in kept):
                kept.append(topic)
        return kept[:_MOST_TOPICS]

    def _from(self, question: str, tokens: Sequence[Token], first: int, meant: frozenset[int]) -> list[Topic]:
        found: list[Topic] = []
        longest = self._longest.get(tokens[first].key, 0)
        key = ""
        for last in range(first + 1, min(len(tokens), first + longest) + 1):
            key = f"{key} {tokens[last - 1].key}" if key else tokens[first].key
            for node in self._keys.get(key, ()):
                found.append(Topic(first, last, node, self._score(question, tokens, first, last, node, meant)))
        return found

    def _score(
        self, question: str, tokens: Sequence[Token], first: int, last: int, node: int, meant: frozenset[int]
    ) -> float:
        name = self._graph.names[node]
        span = tokens[first:last]
        score = 0.5 * min(len(span), 6) + 0.02 * min(self._graph.degree(node), 25)
        if question[span[0].start : span[-1].end] in name:
            score += 1.0
        small = not any(_capital(tokens, place) for place in range(first, last))
        if small and any(sign.isupper() for sign in name):
            score -= 1.5  # the name has capitals and the question writes it without any
        elif any(_capital(tokens, place) for place in range(max(first, 1), last)):
            score += 1.0  # a capital that is not that of the first word
        if small and all(token.key in FUNCTION or first + place in meant for place, token in enumerate(span)):
            score -= 2.0  # nothing but words that the question needs for itself
        for beside in (first - 1, last):
            if _capital(tokens, beside):
                score -= 1.0  # a capital beside it that the name leaves out
        return score


def _capital(tokens: Sequence[Token], place: int) -> bool:
    """Whether a word has a capital that it does not owe to being the first."""
    if not 0 <= place < len(tokens) or not tokens[place].raw[0].isupper():
        return False
    return place > 0 or tokens[place].key not in FUNCTION


def _inside(topic: Topic, other: Topic) -> bool:
    return (
        other.first <= topic.first
        and topic.last <= other.last
        and (topic.last - topic.first) < (other.last - other.first)
    )
