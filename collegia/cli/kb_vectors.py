"""The vectors beside the documents: brought in step after a change, and looked at by `collegia kb doctor`."""

from __future__ import annotations

from collections import Counter

from collegia.cli.err import stepped, tell
from collegia.errors import CollegiaError
from collegia.knowledge.changing import bring_vectors_in_step, forget_vectors
from collegia.knowledge.ingest.check import Fault
from collegia.knowledge.store import KnowledgeStore
from collegia.knowledge.vectors.vectors import open_vectors
from collegia.settings import Settings

__all__ = ["bring_in_step", "forget_gone", "vector_faults"]


def bring_in_step(store: KnowledgeStore, quiet: bool = False) -> None:
    """Make the vectors that are missing and remove those of what is gone; a search does what could not be done now."""
    try:
        with stepped("vectors") as step:
            bring_vectors_in_step(store, Settings.load(), None if quiet else step)
    except CollegiaError as error:
        tell(f"warning: the documents are stored, but their vectors are not in step: {error}")


def forget_gone(store: KnowledgeStore) -> None:
    """Remove the vectors of passages that are gone.

    Raises:
        CollegiaError: they could not be removed.
    """
    forget_vectors(store, Settings.load())


def vector_faults(store: KnowledgeStore) -> list[Fault]:
    """The collections whose vectors are not in step; none where no embedding is configured.

    Raises:
        CollegiaError: a setting cannot be used, or the list of vectors cannot be read.
    """
    settings = Settings.load()
    passages: Counter[str] = Counter()
    for one in store.documents():
        passages[one.collection] += one.passages
    with open_vectors(store, settings) as vectors:
        there = {one.collection: one.vectors for one in vectors.status()}
    return [
        Fault(f"{there.get(name, 0):,} vectors for {count:,} passages of {name}", "collegia kb rebuild")
        for name, count in passages.items()
        if settings.embedding_of(name) != "none" and there.get(name, 0) != count
    ] + [
        Fault(f"{count:,} vectors of {name}, which holds nothing", "collegia kb rebuild")
        for name, count in there.items()
        if count and not passages[name]
    ]
