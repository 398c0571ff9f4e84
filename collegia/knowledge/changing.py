"""Changing what is stored, with all that hangs on it: documents go in and out, and their vectors with them."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from collegia.errors import CollegiaError
from collegia.knowledge.ingest.limits import Report
from collegia.knowledge.ingest.run import ingest
from collegia.knowledge.store import KnowledgeStore
from collegia.settings import Settings

__all__ = ["Taken", "bring_vectors_in_step", "forget_vectors", "take_in", "take_out"]

Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Taken:
    """What taking files in did; `warning` says why their vectors are not in step, and is empty where they are."""

    report: Report
    warning: str = ""


def take_in(
    store: KnowledgeStore,
    settings: Settings,
    paths: Iterable[str | os.PathLike[str]],
    collection: str = "user",
    reading: Progress | None = None,
    embedding: Progress | None = None,
) -> Taken:
    """Take files in, and make their vectors where an embedding is set.

    Whatever `reading` or `embedding` raises stops the work: what is stored until then is whole and kept.

    Args:
        store: where they go.
        settings: the embeddings.
        paths: files, folders and patterns.
        collection: the group they belong to.
        reading: called with how many files are done, and of how many.
        embedding: the same, of passages.

    Raises:
        UsageError: no collection is named.
        StoreError: the store cannot be read or written.
    """
    report = ingest(store, paths, collection=collection, progress=reading)
    try:
        bring_vectors_in_step(store, settings, embedding)
    except CollegiaError as error:
        return Taken(report, f"the documents are stored, but their vectors are not in step: {error}")
    return Taken(report)


def take_out(store: KnowledgeStore, settings: Settings, source: str) -> None:
    """Remove the document of a source without a trace, vectors and all.

    Raises:
        CollegiaError: the store or the vectors cannot be written.
    """
    store.remove(source)
    forget_vectors(store, settings)


def bring_vectors_in_step(store: KnowledgeStore, settings: Settings, progress: Progress | None = None) -> None:
    """Make the vectors that are missing, and remove those of what is gone.

    Raises:
        CollegiaError: they could not be; a search does it then.
    """
    from collegia.knowledge.vectors.vectors import open_vectors

    with open_vectors(store, settings) as vectors:
        if not vectors.active:
            vectors.prune()
            return
        total = max(0, store.passage_count() - sum(one.vectors for one in vectors.status()))
        done = 0

        def advance(count: int) -> None:
            nonlocal done
            done += count
            if progress is not None:
                progress(done, total)

        vectors.sync(advance)


def forget_vectors(store: KnowledgeStore, settings: Settings) -> None:
    """Remove the vectors of passages that are gone.

    Raises:
        CollegiaError: they could not be removed.
    """
    from collegia.knowledge.vectors.vectors import open_vectors

    with open_vectors(store, settings) as vectors:
        vectors.prune()
