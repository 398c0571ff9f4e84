"""Vectors in one collection of Chroma's: cosine distance, embeddings always given, no text."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, TypeAlias

from collegia.errors import CollegiaError, StoreError
from collegia.knowledge.vectors.exact import best
from collegia.knowledge.vectors.index import Vector, Within

if TYPE_CHECKING:
    import numpy as np

    Rows: TypeAlias = tuple[np.ndarray[Any, Any], np.ndarray[Any, Any]]

__all__ = ["FLAT", "HNSW", "ChromaVectors", "noise", "wording"]

HNSW = {"space": "cosine", "ef_search": 200, "max_neighbors": 32, "sync_threshold": 1000}
"""How a collection is laid out: more neighbours than Chroma's own 16, and wider searches than its 100.

With those a vector that stands apart is lost among thousands that lie close together: no search finds it.
"""

FLAT = 10_000
"""Vectors up to which all are read once and compared exactly: half a second then, and no neighbour is ever missed."""

_PAGE = 1000  # ids in one call that is not an addition
_FEW = 2000  # passages up to which it is cheaper to fetch their vectors and compare them exactly


class ChromaVectors:
    """An index in a collection of Chroma's; the passage's number is the id, document and collection are metadata.

    Args:
        collection: Chroma's own, made with `HNSW` and without an embedding function.
        where: what to call the place in messages.
        batch: the most vectors Chroma takes at once.
        flat: up to how many vectors searches are exact.
    """

    def __init__(self, collection: Any, where: str, batch: int, flat: int = FLAT) -> None:
        self.collection = collection
        self._where = where
        self._batch = batch
        self._flat = flat
        self._all: Rows | None = None  # every vector, while nothing is written

    def add(self, vectors: Sequence[Vector]) -> None:
        """Store vectors; one that is there already is replaced.

        Raises:
            StoreError: Chroma cannot be reached, or says no.
        """
        self._all = None
        for first in range(0, len(vectors), self._batch):
            some = vectors[first : first + self._batch]
            with wording(self._where):
                self.collection.upsert(
                    ids=[str(vector.passage) for vector in some],
                    embeddings=[vector.values for vector in some],
                    metadatas=[{"document": vector.document, "collection": vector.collection} for vector in some],
                )

    def remove(self, passages: Sequence[int]) -> None:
        """Overwrite vectors with noise, then delete them: Chroma only marks as deleted what stays in its files."""
        self._all = None
        for first in range(0, len(passages), _PAGE):
            ids = [str(passage) for passage in passages[first : first + _PAGE]]
            with wording(self._where):
                there = self.collection.get(ids=ids, include=["embeddings"])
                if there["ids"]:
                    length = len(there["embeddings"][0])
                    self.collection.update(ids=there["ids"], embeddings=[noise(length) for _ in there["ids"]])
                    self.collection.delete(ids=there["ids"])

    def search(self, values: Sequence[float], k: int, within: Within | None = None) -> list[tuple[int, float]]:
        """The k nearest; by Chroma's approximate search where there are many and not few of them are allowed."""
        if k < 1 or (within is not None and not within.passages):
            return []
        with wording(self._where):
            count = self.collection.count() if self._all is None else 0
            if count <= self._flat:
                return self._compared(values, k, within)
            if within is not None and len(within.passages) <= _FEW:
                return best(*self._read([str(passage) for passage in sorted(within.passages)]), values, k)
            asked = k if within is None else 4 * k
            while count:
                found = self._nearest(values, min(asked, count))
                if within is None:
                    return found
                kept = [hit for hit in found if hit[0] in within.passages]
                if len(kept) >= k or asked >= count:
                    return kept[:k]
                asked *= 4
        return []

    def _nearest(self, values: Sequence[float], k: int) -> list[tuple[int, float]]:
        answer = self.collection.query(query_embeddings=[list(values)], n_results=k, include=["distances"])
        pairs = zip(answer["ids"][0], answer["distances"][0], strict=True)
        found = [(int(one), max(-1.0, min(1.0, 1.0 - distance))) for one, distance in pairs]
        return sorted(found, key=lambda hit: (-hit[1], hit[0]))

    def _compared(self, values: Sequence[float], k: int, within: Within | None) -> list[tuple[int, float]]:
        import numpy as np

        if self._all is None:
            self._all = self._read(self.collection.get(include=[])["ids"])
        numbers, matrix = self._all
        if within is not None:
            kept = np.isin(numbers, np.fromiter(within.passages, dtype=np.int64, count=len(within.passages)))
            numbers, matrix = numbers[kept], matrix[kept]
        return best(numbers, matrix, values, k)

    def _read(self, ids: Sequence[str]) -> Rows:
        """The vectors of these passages that there are."""
        import numpy as np

        numbers: list[int] = []
        rows = []
        for first in range(0, len(ids), _PAGE):
            there = self.collection.get(ids=list(ids[first : first + _PAGE]), include=["embeddings"])
            if there["ids"]:
                numbers += map(int, there["ids"])
                rows.append(np.asarray(there["embeddings"], dtype=np.float32))
        return np.array(numbers, dtype=np.int64), np.concatenate(rows) if rows else np.empty((0, 1), dtype=np.float32)

    def count(self) -> int:
        """How many vectors there are."""
        with wording(self._where):
            return int(self.collection.count())


def noise(dimension: int) -> list[float]:
    """A vector that says nothing, and no two alike: equal ones would tie a knot into the graph of neighbours."""
    generator = random.Random()  # noqa: S311  - nothing secret: it overwrites
    return [generator.gauss(0.0, 1.0) for _ in range(dimension)]


@contextmanager
def wording(where: str) -> Iterator[None]:
    """Put whatever Chroma raises into words.

    Raises:
        StoreError: for anything that it raised.
    """
    try:
        yield
    except CollegiaError:
        raise
    except Exception as error:  # Chroma lets through errors of its own, of httpx, of its Rust part, and ValueErrors
        said = " ".join(str(error).split())[:200]
        raise StoreError(
            f"the vectors in {where} cannot be used ({type(error).__name__}: {said}); `collegia kb rebuild` makes them"
            " anew, and COLLEGIA_EMBEDDING=none goes without"
        ) from error
