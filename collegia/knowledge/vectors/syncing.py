"""Bringing an index in step with the store, in batches, so that a kill loses one batch at most."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

from collegia.errors import UsageError
from collegia.knowledge.vectors.embedders import Embedder
from collegia.knowledge.vectors.index import Vector, VectorIndex
from collegia.knowledge.vectors.ledger import Entry, Index, Ledger
from collegia.knowledge.vectors.texts import passage_texts, wanted

if TYPE_CHECKING:
    from collegia.knowledge.store import KnowledgeStore

__all__ = ["BATCH", "PENDING", "fill", "gone"]

BATCH = 500
"""Passages a batch: embedded, written and entered together."""

PENDING = 0
"""The mark of an entry whose vector may or may not have been written."""

Made = list[tuple[Entry, list[float]]]


def gone(store: KnowledgeStore, ledger: Ledger, index: Index) -> list[int]:
    """The passages whose vectors do not belong there any more: removed, replaced, or only half written."""
    there = wanted(store, index.collection)
    return [
        one.passage
        for one in ledger.entries(index).values()
        if one.passage not in there or there[one.passage].mark != one.mark
    ]


def fill(
    store: KnowledgeStore,
    ledger: Ledger,
    index: Index,
    vectors: VectorIndex,
    embedder: Embedder,
    progress: Callable[[int], None] | None,
) -> int:
    """Embed and store the passages that have no vector yet; how many that were.

    While one batch is written the next is embedded. Each is entered as pending before it is written, so that a vector
    never lies there unknown.

    Args:
        store: the truth.
        ledger: where each vector is entered.
        index: the entry of the index.
        vectors: the index itself.
        embedder: the one of the index.
        progress: told how many passages were done, after each batch.

    Raises:
        CollegiaError: the embedder or the index failed; what was written before stays.
    """
    there = ledger.entries(index)
    missing = [entry for entry in wanted(store, index.collection).values() if entry.passage not in there]
    done = 0
    dimension = len(index.canary)
    for made in _embedded(store, embedder, missing, dimension):
        ledger.enter(index, (Entry(entry.passage, entry.document, PENDING) for entry, _ in made))
        vectors.add([Vector(entry.passage, entry.document, index.collection, values) for entry, values in made])
        ledger.enter(index, (entry for entry, _ in made))
        done += len(made)
        if progress is not None:
            progress(len(made))
    return done


def _embedded(store: KnowledgeStore, embedder: Embedder, missing: Sequence[Entry], dimension: int) -> Iterator[Made]:
    """The batches with their vectors, one ahead of what is asked for."""
    with ThreadPoolExecutor(1, "embedding") as pool:
        coming = None
        try:
            for first in range(0, len(missing), BATCH):
                following = pool.submit(_embed, store, embedder, missing[first : first + BATCH], dimension)
                if coming is not None:
                    yield coming.result()
                coming = following
            if coming is not None:
                yield coming.result()
        finally:
            pool.shutdown(wait=True, cancel_futures=True)


def _embed(store: KnowledgeStore, embedder: Embedder, entries: Sequence[Entry], dimension: int) -> Made:
    found = passage_texts(store, entries)
    vectors = embedder.embed([text for _, text in found]) if found else []
    for values in vectors:
        if len(values) != dimension:
            raise UsageError(
                f"the embedding {embedder.name} gave vectors of {dimension} numbers and now one of {len(values)};"
                " use another embedding"
            )
    return [(entry, values) for (entry, _), values in zip(found, vectors, strict=True)]
