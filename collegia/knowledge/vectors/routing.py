"""Which collections a query is put to, where they have embedders of their own.

Similarities of two embedders say nothing about each other. Words do: the store's own BM25 ranks the passages of all
collections by one measure. Each of the best passages votes for its collection, the first with 1, the second with 1/2,
and so on; a collection's share of the votes is its weight.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import TYPE_CHECKING

from collegia.knowledge.text import content_words

if TYPE_CHECKING:
    from collegia.knowledge.store import KnowledgeStore

__all__ = ["Route", "route"]

_VOTERS = 20  # passages that vote
_LEAST = 0.1  # the share below which a collection is not asked
_WORDS = 32  # of a query


@dataclass(frozen=True, slots=True)
class Route:
    """What routing made of one collection.

    Attributes:
        share: its part of the votes, from 0 to 1; 1 for each where there was nothing to choose between.
        weight: what its similarities are multiplied by: its share over the largest; 0 where it is not asked.
        why: the reason, in words.
    """

    collection: str
    embedder: str
    share: float
    weight: float
    why: str


def route(store: KnowledgeStore, query: str, embedders: dict[str, str], allowed: Collection[str]) -> tuple[Route, ...]:
    """Weigh the collections for a query.

    Args:
        store: where the words are looked up.
        query: as the user wrote it.
        embedders: the embedder's name of each collection that has vectors.
        allowed: the collections that may be searched.
    """
    names = sorted(set(embedders) & set(allowed))
    if len({embedders[name] for name in names}) <= 1:
        return tuple(Route(name, embedders[name], 1.0, 1.0, "one embedder for all: all are searched") for name in names)
    votes = _votes(store, query, names)
    total = sum(votes.values())
    if not total:
        why = "no passage shares a word with the query: all are searched"
        return tuple(Route(name, embedders[name], 1.0 / len(names), 1.0, why) for name in names)
    most = max(votes.values())
    routes = []
    for name in names:
        share = votes.get(name, 0.0) / total
        why = f"{share:.0%} of the votes of the {_VOTERS} best passages by words"
        routes.append(Route(name, embedders[name], share, votes[name] / most if share >= _LEAST else 0.0, why))
    return tuple(routes)


def _votes(store: KnowledgeStore, query: str, names: list[str]) -> dict[str, float]:
    """The votes of each collection, by the ranks of its passages."""
    votes = dict.fromkeys(names, 0.0)
    said = list(dict.fromkeys(content_words(query)))[:_WORDS]
    if not said:
        return votes
    marks = ",".join("?" * len(names))
    matched = " OR ".join(f'"{word}"' for word in said)
    with store.reading() as db:
        rows = db.execute(
            "SELECT collection FROM bodies JOIN passages ON passages.id = bodies.rowid"
            f" JOIN documents ON documents.id = document WHERE bodies MATCH ? AND collection IN ({marks})"
            " ORDER BY bm25(bodies), bodies.rowid LIMIT ?",
            (matched, *names, _VOTERS),
        ).fetchall()
    for rank, (name,) in enumerate(rows, 1):
        votes[name] += 1.0 / rank
    return votes
