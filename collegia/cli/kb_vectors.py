"""The vectors beside the documents, brought in step after a change."""

from __future__ import annotations

from collegia.cli.err import stepped, tell
from collegia.errors import CollegiaError
from collegia.knowledge.changing import bring_vectors_in_step, forget_vectors
from collegia.knowledge.store import KnowledgeStore
from collegia.settings import Settings

__all__ = ["bring_in_step", "forget_gone"]


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
