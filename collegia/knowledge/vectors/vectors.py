"""The vectors of a knowledge store: kept in step with it, and searched.

vectors = open_vectors(store, settings)
vectors.sync(progress)              # after documents were added; a search does it too
vectors.dense("why do pumps cavitate?", 20)
vectors.prune()                     # after documents were removed; needs no embedder
"""

from __future__ import annotations

import threading
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from collegia.errors import StoreError, UsageError
from collegia.knowledge.records import Filters
from collegia.knowledge.vectors.choosing import Embedders, backend_for
from collegia.knowledge.vectors.index import Backend, Busy, VectorIndex, Within
from collegia.knowledge.vectors.keeping import CANARY, Keeper, Progress, Synced, same
from collegia.knowledge.vectors.ledger import Index
from collegia.knowledge.vectors.routing import Route, route
from collegia.knowledge.vectors.texts import documents_within

if TYPE_CHECKING:
    from collegia.knowledge.store import KnowledgeStore
    from collegia.settings import Settings

__all__ = ["Found", "Status", "Synced", "Vectors", "open_vectors"]

_PATIENT, _SHORT = 15.0, 1.0  # seconds to wait for another process when writing, and when searching


@dataclass(frozen=True, slots=True)
class Found:
    """What a search by vectors found.

    Attributes:
        hits: passages and their cosine similarity, times the weight of their route, the best first.
        routes: which collections were asked, and why.
        notices: what the user should know: vectors that were made anew, or could not be used.
    """

    hits: tuple[tuple[int, float], ...] = ()
    routes: tuple[Route, ...] = ()
    notices: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Status:
    """The vectors of one collection: by which embedder, of what length, and how many."""

    collection: str
    embedder: str
    dimension: int
    vectors: int


class Vectors:
    """The vectors of one knowledge store. Safe to use from several threads and processes.

    Args:
        store: the truth.
        folder: where the list of vectors is kept; None for memory.
        backend: where the vectors live.
        embedders: which embedder each collection has.
    """

    def __init__(self, store: KnowledgeStore, folder: Path | None, backend: Backend, embedders: Embedders) -> None:
        self.store = store
        self._keeper = Keeper(store, folder, backend, embedders)
        self._embedders = embedders
        self._guard = threading.RLock()

    @property
    def active(self) -> bool:
        """Whether an embedding is configured."""
        return self._embedders.active()

    def sync(self, progress: Progress | None = None) -> Synced:
        """Make the vectors that are missing, and remove those of passages that are gone; nothing where all is in step.

        Where a collection's embedder has changed, its old vectors are deleted and all are made anew. It may be killed
        at any moment: the next one goes on from there.

        Args:
            progress: told how many passages were done, after each batch.

        Raises:
            UsageError: the embedder cannot be reached, or gave nonsense.
            MissingLibrary: a library is not installed.
            StoreError: a file or a server cannot be used, or another process is writing the vectors.
        """
        if not self.active:
            return Synced()
        with self._guard, _patience(), self._keeper.writing(_PATIENT):
            return self._keeper.sync(progress)

    def prune(self) -> int:
        """Remove the vectors of passages that are gone, leaving nothing of them in files of ours; how many those were.

        Works without the embedder, and where none is configured any more.

        Raises:
            StoreError: as `sync`.
        """
        with self._guard:
            ledger = self._keeper.ledger
            if not ledger.there() or not (ledger.indexes() or ledger.fact("erase")):
                return 0
            with _patience(), self._keeper.writing(_PATIENT):
                return self._keeper.prune()

    def clear(self) -> None:
        """Delete all vectors, also those that cannot be opened any more.

        Raises:
            StoreError: as `sync`.
        """
        with self._guard, _patience(), self._keeper.lock.held(_PATIENT):
            self._keeper.clear()

    def dense(self, query: str, k: int, filters: Filters | None = None) -> list[tuple[int, float]]:
        """The hits of `search` alone: passages and similarities in [-1, 1], the best first."""
        return list(self.search(query, k, filters).hits)

    def search(self, query: str, k: int, filters: Filters | None = None) -> Found:
        """The passages whose vectors are most similar to that of the query.

        Brings the vectors in step first. While another process does that, what is there is searched, and a notice
        says so.

        Args:
            query: as the user wrote it.
            k: how many passages at most.
            filters: which documents may be searched; None for all.

        Raises:
            CollegiaError: as `sync`.
        """
        if not self.active or not query.strip() or k < 1:
            return Found()
        with self._guard:
            busy = False
            try:
                if self._keeper.behind():
                    with self._keeper.writing(_SHORT):
                        self._keeper.sync(None)
            except Busy:
                busy = True
                self._keeper.notices.append(
                    "another process is making vectors at the moment: not all passages were searched"
                )
            usable = self._usable(busy=busy)
            routes = route(
                self.store,
                query,
                {name: index.embedder for name, index in usable.items()},
                filters.collections if filters and filters.collections else tuple(usable),
            )
            hits = self._hits(query, k, filters or Filters(), [(usable[one.collection], one.weight) for one in routes])
            told, self._keeper.notices = tuple(dict.fromkeys(self._keeper.notices)), []
            return Found(tuple(hits), routes, told)

    def status(self) -> list[Status]:
        """The indexes there are, by collection."""
        ledger = self._keeper.ledger
        if not ledger.there():
            return []
        indexes = ledger.indexes().items()
        return [Status(name, one.embedder, len(one.canary), ledger.count(one)) for name, one in indexes]

    def collection_of(self, collection: str) -> VectorIndex:
        """The index of a collection, brought in step: what `as_vector_store` takes where it is Chroma's.

        Raises:
            UsageError: the collection has no vectors.
            CollegiaError: as `sync`.
        """
        with self._guard, _patience(), self._keeper.writing(_PATIENT):
            if self.active:
                self._keeper.sync(None)
            index = self._keeper.ledger.indexes().get(collection)
            if index is None:
                raise UsageError(
                    f"the collection {collection} has no vectors; set COLLEGIA_EMBEDDING and add documents"
                )
            return self._keeper.index(index)

    def close(self) -> None:
        """Close all files; the next use opens them again."""
        with self._guard:
            self._keeper.close()

    def __enter__(self) -> Vectors:
        return self

    def __exit__(self, *error: object) -> None:
        self.close()

    def _usable(self, *, busy: bool) -> dict[str, Index]:
        """The indexes that can be searched, by collection; nothing is opened while another process writes."""
        usable = {}
        for name, index in self._keeper.ledger.indexes().items():
            embedder = self._embedders.of(name)
            ours = embedder is not None and embedder.name == index.embedder
            if ours and (index.name in self._keeper.opened or not busy):
                usable[name] = index
        return usable

    def _hits(self, query: str, k: int, filters: Filters, asked: list[tuple[Index, float]]) -> list[tuple[int, float]]:
        narrowed = bool(filters.documents or filters.since or filters.until)
        documents = documents_within(self.store, filters) if narrowed else frozenset()
        vectors: dict[str, Sequence[float]] = {}
        hits: list[tuple[int, float]] = []
        for index, weight in asked:
            if weight == 0.0:
                continue
            if index.embedder not in vectors:
                vectors[index.embedder] = self._vector(query, index)
            within = Within(documents, self._keeper.ledger.within(index, documents)) if narrowed else None
            found = self._keeper.index(index).search(vectors[index.embedder], k, within)
            hits += [(passage, score * weight) for passage, score in found]
        return sorted(hits, key=lambda hit: (-hit[1], hit[0]))[:k]

    def _vector(self, query: str, index: Index) -> Sequence[float]:
        """The query's vector; the first one comes with a proof that the embedder is still the one of the index."""
        embedder = self._embedders.of(index.collection)
        assert embedder is not None  # noqa: S101  # only collections with an embedder are asked
        proven = embedder.name in self._keeper.proven
        found = embedder.embed([query] if proven else [query, CANARY])
        if len(found[0]) != len(index.canary) or not (proven or same(index.canary, found[1])):
            self._keeper.proven.discard(embedder.name)
            self._keeper.ledger.keep("synced", "")
            raise UsageError(
                f"the embedding {embedder.name} gives other vectors than those that are stored: ask again, and they"
                " are made anew first"
            )
        self._keeper.proven.add(embedder.name)
        return found[0]


@contextmanager
def _patience() -> Iterator[None]:
    """Say that another process was waited for in vain.

    Raises:
        StoreError: it was.
    """
    try:
        yield
    except Busy:
        raise StoreError("another process is making these vectors; try again when it has finished") from None


def open_vectors(store: KnowledgeStore, settings: Settings, environ: Mapping[str, str] | None = None) -> Vectors:
    """The vectors of a store, beside its file; nothing is opened, loaded or called yet.

    Args:
        store: a store in a file, or one in memory, whose vectors are in memory too.
        settings: `embedding`, `embeddings`, `vectors` and `chroma_url` are read.
        environ: where COLLEGIA_EMBEDDING_KEY is; the process's own where it is None.

    Raises:
        UsageError: a setting cannot be used.
    """
    folder = None if store.path is None else store.path.parent
    return Vectors(store, folder, backend_for(settings, folder), Embedders(settings, environ))
