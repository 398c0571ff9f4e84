"""The vectors beside the documents, brought in step after a change."""

from __future__ import annotations

from collegia.cli.err import progress, tell
from collegia.errors import CollegiaError
from collegia.knowledge.store import KnowledgeStore
from collegia.knowledge.vectors.vectors import open_vectors
from collegia.settings import Settings

__all__ = ["bring_in_step", "forget_gone"]


def bring_in_step(store: KnowledgeStore, quiet: bool = False) -> None:
    """Make the vectors that are missing and remove those of what is gone; a search does what could not be done now."""
    try:
        with open_vectors(store, Settings.load()) as vectors:
            if not vectors.active:
                vectors.prune()
            elif quiet:
                vectors.sync()
            else:
                missing = max(0, store.passage_count() - sum(one.vectors for one in vectors.status()))
                with progress(missing, "vectors") as done:
                    vectors.sync(done)
    except CollegiaError as error:
        tell(f"warning: the documents are stored, but their vectors are not in step: {error}")


def forget_gone(store: KnowledgeStore) -> None:
    """Remove the vectors of passages that are gone.

    Raises:
        CollegiaError: they could not be removed.
    """
    with open_vectors(store, Settings.load()) as vectors:
        vectors.prune()
