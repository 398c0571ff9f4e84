"""Look-ups of one search: in the store, off the event loop, within what the filters allow."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TypeVar

from collegia.knowledge.records import Filters, Hit
from collegia.knowledge.search.reach import Reach
from collegia.knowledge.search.searcher import Found, Searcher

__all__ = ["Look", "fused"]

_RANK = 60  # what is added to a rank before it divides: the usual constant of reciprocal rank fusion

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Look:
    """A searcher with the filters of one search."""

    searcher: Searcher
    filters: Filters

    async def search(self, query: str, most: int) -> Found:
        """The passages that answer a query, without a model."""
        return await asyncio.to_thread(self.searcher.search, query, most, self.filters)

    async def within(self, function: Callable[[Reach], T]) -> T:
        """What a function reads in the store."""

        def read() -> T:
            with self.searcher.store.reading() as db:
                return function(Reach.open(db, self.searcher.weights.common, self.filters))

        return await asyncio.to_thread(read)

    async def hits(self, paths: Mapping[int, tuple[str, ...]]) -> tuple[Hit, ...]:
        """Passages by their numbers with the names that led to them, as far as they are there and allowed."""

        def read() -> tuple[Hit, ...]:
            store = self.searcher.store
            with store.reading() as db:
                allowed = Reach.open(db, self.searcher.weights.common, self.filters).allowed(list(paths))
                passages = store.passages([one for one in paths if one in allowed])
                documents = store.sources({one.document for one in passages.values()})
            return tuple(
                Hit(passages[one], *documents[passages[one].document], 0.0, path=path)
                for one, path in paths.items()
                if one in passages
            )

        return await asyncio.to_thread(read)


def fused(rankings: Sequence[Sequence[Hit]]) -> tuple[Hit, ...]:
    """Rankings as one, by the sum of 1 / (60 + rank).

    The scores are those of the first ranking, place by place, so that what is made of them stays what it was: the
    hits behind its end have its last one.
    """
    sums: dict[int, float] = {}
    hits: dict[int, Hit] = {}
    for ranking in rankings:
        for rank, hit in enumerate(ranking, 1):
            sums[hit.passage.id] = sums.get(hit.passage.id, 0.0) + 1.0 / (_RANK + rank)
            known = hits.setdefault(hit.passage.id, hit)
            if hit.path and not known.path:
                hits[hit.passage.id] = replace(known, path=hit.path)
    order = sorted(sums, key=lambda one: -sums[one])  # where two have the same, the earlier ranking's goes first
    return with_scores_of([hits[one] for one in order], rankings[0])


def with_scores_of(hits: Sequence[Hit], ranking: Sequence[Hit]) -> tuple[Hit, ...]:
    """Hits with the scores of another ranking, place by place."""
    if not ranking:
        return tuple(hits)
    scores = [one.score for one in ranking]
    return tuple(replace(hit, score=scores[min(place, len(scores) - 1)]) for place, hit in enumerate(hits))
