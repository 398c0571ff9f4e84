"""Making everything again that is made from the stored texts."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from collegia.knowledge.records import Document, StoredDocument
from collegia.knowledge.store import KnowledgeStore

__all__ = ["STALE", "rebuild"]

STALE = "stale "
"""Stands before the digest of a document that waits to be made again."""


def rebuild(store: KnowledgeStore, progress: Callable[[int, int], None] | None = None) -> int:
    """Split and link all stored texts again; how many documents that were.

    No text is ever out of the store, so it may be killed at any moment; run again, it goes through all of them again.

    Args:
        store: the store, whose other users go on reading meanwhile.
        progress: called with how many documents are done, and of how many.

    Raises:
        StoreError: the store cannot be read or written.
    """
    _drop_orphans(store)
    with store.writing() as db:
        db.execute(
            "UPDATE documents SET digest = ? || digest WHERE substr(digest, 1, ?) <> ?", (STALE, len(STALE), STALE)
        )
    listed = store.documents()
    done = 0

    def count(some: int) -> None:
        nonlocal done
        done += some
        if progress is not None:
            progress(done, len(listed))

    store.add(_again(store, listed), count)
    return len(listed)


def _again(store: KnowledgeStore, listed: list[StoredDocument]) -> Iterator[Document]:
    for one in listed:
        yield Document(
            source=one.source,
            text=store.text(one.id),
            name=one.name,
            title=one.title,
            form=one.form,
            collection=one.collection,
            date=one.date,
            digest=one.digest.removeprefix(STALE),
        )


def _drop_orphans(store: KnowledgeStore) -> None:
    """Make the index of words again, and delete rows of no document: no document's turn would reach them."""
    with store.writing() as db:
        db.execute("INSERT INTO bodies (bodies) VALUES ('rebuild')")
        db.execute("DELETE FROM passages WHERE document NOT IN (SELECT id FROM documents)")
        db.execute("DELETE FROM bodies WHERE rowid NOT IN (SELECT id FROM passages)")
        for table in ("subjects", "mentions", "relations", "model_names", "readings"):
            db.execute(f"DELETE FROM {table} WHERE passage NOT IN (SELECT id FROM passages)")  # our names
        db.execute(
            "DELETE FROM entities WHERE id NOT IN (SELECT entity FROM subjects UNION SELECT entity FROM mentions"
            " UNION SELECT subject FROM relations UNION SELECT object FROM relations"
            " UNION SELECT entity FROM model_names)"
        )
