"""The search: words, vectors where there are any, names, bridges, PageRank and expansion, fused into one ranking."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass

from collegia.knowledge.records import Filters, Hit
from collegia.knowledge.search.follow import Step, bridges, expansions, lexical_query, titles
from collegia.knowledge.search.question import Question, read_question
from collegia.knowledge.search.reach import Reach
from collegia.knowledge.search.spread import pagerank
from collegia.knowledge.search.weights import Weights
from collegia.knowledge.split import is_pointer
from collegia.knowledge.store import KnowledgeStore

__all__ = ["Dense", "Found", "Searcher"]

Dense = Callable[[str, int, Filters], list[tuple[int, float]]]
"""Passages by similarity of vectors, best first: (query, how many, filters) → (passage, −1 to 1)."""

_NEIGHBOURS = 60  # of the best passages in the PageRank's neighbourhood
_BRIDGED = 200
_MENTIONING = 50
_LONGEST = 4000  # letters of a question that are searched


@dataclass(frozen=True, slots=True)
class Found:
    """What a search gave.

    Attributes:
        hits: passages, best first.
        names: the names of the store that were read in the question.
        notes: what was left out or cut, for the answer to say.
    """

    hits: tuple[Hit, ...]
    names: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()


class Searcher:
    """Searches a store. It holds nothing between searches, so it is never out of date."""

    def __init__(self, store: KnowledgeStore, weights: Weights | None = None, dense: Dense | None = None) -> None:
        self.store = store
        self.weights = Weights() if weights is None else weights
        self.dense = dense

    def search(self, query: str, most: int = 10, filters: Filters | None = None) -> Found:
        """The passages that answer a question, best first.

        Args:
            query: a question, or some words.
            most: how many passages.
            filters: which documents may be searched.

        Raises:
            StoreError: the store cannot be read.
        """
        allowed = Filters() if filters is None else filters
        notes = (
            () if len(query) <= _LONGEST else (f"only the first {_LONGEST} characters of the question were searched",)
        )
        query = query[:_LONGEST]
        # before the store is locked: this may call a server
        dense = {} if self.dense is None else dict(self.dense(query, self.weights.lexical, allowed))
        with self.store.reading() as db, _at_one_moment(db):
            reach = Reach.open(db, self.weights.common, allowed)
            question = read_question(query, reach)
            scored = self._score(question, reach, dense)
            kept = reach.allowed(list(scored))
            best = sorted(kept, key=lambda passage: (-scored[passage].total, passage))[: 4 * most + 20]
            headings = reach.headings(best)
            # a list of links is what a question about links would want; to all others it only points on
            order = sorted(headings, key=lambda one: (is_pointer(headings[one]), -scored[one].total, one))
            hits = self._hits(order[:most], scored, reach)
        return Found(hits, tuple(dict.fromkeys(one.entity.name for one in question.named)), notes)

    def _score(self, question: Question, reach: Reach, similar: Mapping[int, float]) -> dict[int, _Score]:
        weights = self.weights
        rows = reach.lexical(lexical_query(question.words, question.unknown), weights.lexical) if question.words else []
        best_lexical = rows[0][1] if rows else 0.0
        words = _scaled(dict(rows), cut=len(rows) >= weights.lexical)
        dense = _scaled(similar, cut=True)
        share = weights.dense if dense else 0.0
        base = {
            passage: (1 - share) * words.get(passage, 0.0) + share * dense.get(passage, 0.0)
            for passage in words.keys() | dense.keys()
        }
        titled = titles(question, reach, weights)
        first = {one: base.get(one, 0.0) + weights.title * titled.get(one, 0.0) for one in base.keys() | titled.keys()}
        bridged = bridges(question, reach, first, weights)
        ranks = pagerank(reach, self._near(question, reach, first, bridged), _ids(question), base, weights)
        scored = {}
        for passage in first.keys() | bridged.keys():
            bridge = bridged.get(passage)
            lead = 0.0 if bridge is None else bridge.score * (weights.base + base.get(passage, 0.0))
            scored[passage] = _Score(
                words.get(passage, 0.0),
                dense.get(passage, 0.0),
                weights.title * titled.get(passage, 0.0),
                weights.bridge * lead,
                weights.graph * ranks.get(passage, 0.0),
                total=first.get(passage, 0.0) + weights.bridge * lead + weights.graph * ranks.get(passage, 0.0),
                step=bridge,
            )
        totals = {passage: score.total for passage, score in scored.items()}
        for passage, step in expansions(question, reach, totals, best_lexical, weights).items():
            gain = weights.expansion * step.score
            score = scored.setdefault(passage, _Score())
            score.expansion, score.total = gain, score.total + gain
            score.step = score.step if score.step is not None and score.bridge >= gain else step
        if len(rows) > 2 and rows[0][0] in scored:
            scored[rows[0][0]].total += weights.alone * (1.0 - rows[2][1] / best_lexical)
        return scored

    def _near(
        self, question: Question, reach: Reach, first: Mapping[int, float], bridged: Mapping[int, Step]
    ) -> list[int]:
        """The neighbourhood for the PageRank."""
        best = sorted(first, key=lambda passage: (-first[passage], passage))[:_NEIGHBOURS]
        led = sorted(bridged, key=lambda passage: (-bridged[passage].score, passage))[:_BRIDGED]
        named = [
            passage
            for one in question.named
            if one.entity.passages <= reach.common
            for passage in reach.mentioning(one.entity.id, _MENTIONING)
        ]
        return list(dict.fromkeys([*best, *led, *named]))

    def _path(self, scored: Mapping[int, _Score], passage: int, reach: Reach) -> tuple[str, ...]:
        """The names that lead to a passage, first the one nearest to the question."""
        found: list[str] = []
        here, seen = passage, {passage}
        while (step := scored[here].step) is not None and step.origin in scored and step.origin not in seen:
            if step.entity in reach.entities:
                found.append(reach.entities[step.entity].name)
            here = step.origin
            seen.add(here)
        return tuple(reversed(found))

    def _hits(self, chosen: list[int], scored: Mapping[int, _Score], reach: Reach) -> tuple[Hit, ...]:
        passages = self.store.passages(chosen)
        documents = self.store.sources({passage.document for passage in passages.values()})
        hits = []
        for one in chosen:
            score, passage = scored[one], passages[one]
            source, name = documents[passage.document]
            parts = (score.lexical, score.dense, score.title, score.bridge, score.graph, score.expansion)
            hits.append(Hit(passage, source, name, score.total, *parts, path=self._path(scored, one, reach)))
        return tuple(hits)


@contextmanager
def _at_one_moment(db: sqlite3.Connection) -> Iterator[None]:
    """What is read here is of one moment, whatever another process adds or removes meanwhile."""
    if db.in_transaction:
        yield
        return
    db.execute("BEGIN")
    try:
        yield
    finally:
        db.rollback()  # nothing was written; where an error of the file has ended it already, this does nothing


@dataclass(slots=True)
class _Score:
    lexical: float = 0.0
    dense: float = 0.0
    title: float = 0.0
    bridge: float = 0.0
    graph: float = 0.0
    expansion: float = 0.0
    total: float = 0.0
    step: Step | None = None


def _scaled(scores: Mapping[int, float], *, cut: bool) -> dict[int, float]:
    """Scores from 0 to 1; where the list was cut, its last one is 0, else nothing is."""
    if not scores:
        return {}
    most, least = max(scores.values()), min(scores.values()) if cut else 0.0
    return {passage: (score - least) / (most - least + 1e-9) for passage, score in scores.items()}


def _ids(question: Question) -> list[int]:
    return list(dict.fromkeys(one.entity.id for one in question.named))
