"""A place in a document: what stands there, what stands around it, and the names that are found in it."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass

from collegia.errors import UsageError
from collegia.knowledge.records import Entity
from collegia.knowledge.store import KnowledgeStore

__all__ = ["Excerpt", "document_counts", "excerpt", "names_at"]

_AROUND = 4000


@dataclass(frozen=True, slots=True)
class Excerpt:
    """A span of a document, with the text around it.

    Attributes:
        document: the store's number of the document.
        source: what identifies it.
        name: what citations call it.
        title, collection, date: as it is stored.
        heading: the headings above the span, outermost first.
        start, end: the span in the document's text.
        first: where in the document `text` begins.
        text: of the document, the span and what is around it.
        length: characters of the whole document.
        page: of the span, where the document has pages; None where it has not.
        moved: whether the words that were cited stand elsewhere now than they were cited from.
    """

    document: int
    source: str
    name: str
    title: str
    collection: str
    date: str
    heading: str
    start: int
    end: int
    first: int
    text: str
    length: int
    page: int | None = None
    moved: bool = False

    @property
    def last(self) -> int:
        """One past where `text` ends in the document."""
        return self.first + len(self.text)


def excerpt(
    store: KnowledgeStore, source: str, start: int = 0, end: int = 0, words: str = "", *, first: int | None = None
) -> Excerpt:
    """What stands in a document at a span, with some thousand characters around it.

    Args:
        store: the documents.
        source: what identifies the document.
        start: of the span; the beginning of the document where nothing is cited.
        end: one past its last character.
        words: what was cited from there. A document that has changed since is searched for it.
        first: where the text that is given begins, for a reader who moves through the document.

    Raises:
        UsageError: no such document is stored, or it has no such span, or no longer the words.
        StoreError: the store cannot be read.
    """
    with store.reading() as db:
        row = db.execute(
            "SELECT id, name, title, collection, date, text FROM documents WHERE source = ?", (source,)
        ).fetchone()
    if row is None:
        raise UsageError(f"no document {source!r} is stored any more; what was cited from it stands in the answer")
    number, name, title, collection, date, text = row
    moved = bool(words) and text[start:end] != words
    if moved:
        place = text.find(words)
        if place < 0:
            raise UsageError(f"{name} has changed since it was cited, and does not have these words any more")
        start, end = place, place + len(words)
    if not 0 <= start <= end <= len(text):
        raise UsageError(f"{name} has {len(text)} characters, and none from {start} to {end}")
    begin = max(0, start - _AROUND) if first is None else max(0, min(first, len(text) - _AROUND))
    stop = min(len(text), max(begin, min(end, start + _AROUND) if first is None else begin) + _AROUND)
    with store.reading() as db:
        heading = db.execute(
            "SELECT heading FROM passages WHERE document = ? AND start <= ? AND end > ? LIMIT 1", (number, start, start)
        ).fetchone()
    return Excerpt(
        number, source, name, title, collection, date, heading[0] if heading else "", start, end, begin,
        text[begin:stop], len(text), text.count("\f", 0, start) + 1 if "\f" in text else None, moved,
    )  # fmt: skip


def names_at(store: KnowledgeStore, document: int, start: int, end: int, most: int = 60) -> list[Entity]:
    """The names in the passages that a span lies in: what they are about first.

    Args:
        store: the documents.
        document: its number.
        start: of the span.
        end: one past its last character; where it is `start`, the passage of that place.
        most: how many names at most.

    Raises:
        StoreError: the store cannot be read.
    """
    with store.reading() as db:
        passages = [
            one
            for (one,) in db.execute(
                "SELECT id FROM passages WHERE document = ? AND start < ? AND end > ? ORDER BY start",
                (document, max(end, start + 1), start),
            )
        ]
        found: dict[int, Entity] = {}
        for one in _names(db, passages):
            found.setdefault(one.id, one)
    return list(found.values())[:most]


_FOUND = (
    ("SELECT entity, weight AS sure, 0 AS place FROM subjects WHERE passage IN ({0})", "sure DESC, entity"),
    ("SELECT subject AS entity, 0 AS sure, start AS place FROM relations WHERE passage IN ({0}) UNION ALL"
     " SELECT object, 0, start FROM relations WHERE passage IN ({0})", "place"),
    ("SELECT entity, 0 AS sure, start AS place FROM mentions WHERE passage IN ({0})", "place"),
)  # fmt: skip
"""The names of passages: what they are about, what they state relations of, what they mention; each in its order."""


def _names(db: sqlite3.Connection, passages: list[int]) -> list[Entity]:
    rows: list[tuple[int, str, str, int]] = []
    marks = ",".join(map(str, passages))  # numbers of our own tables; a document has more of them than `?` may stand
    for found, order in _FOUND:
        rows += db.execute(
            f"SELECT id, key, name, passages FROM ({found.format(marks)}) JOIN entities ON id = entity ORDER BY {order}"
        )
    return [Entity(*row) for row in rows]


def document_counts(store: KnowledgeStore, document: int) -> dict[str, int]:
    """How many passages a document has, and how many names, mentions and relations were found in them.

    Raises:
        StoreError: the store cannot be read.
    """
    within = "WHERE passage IN (SELECT id FROM passages WHERE document = :document)"
    with store.reading() as db:

        def count(statement: str) -> int:
            return int(db.execute(statement, {"document": document}).fetchone()[0])

        return {
            "passages": count("SELECT count(*) FROM passages WHERE document = :document"),
            "names": count(
                f"SELECT count(*) FROM (SELECT entity FROM mentions {within} UNION SELECT entity FROM subjects {within}"
                f" UNION SELECT subject FROM relations {within} UNION SELECT object FROM relations {within})"
            ),
            "mentions": count(f"SELECT count(*) FROM mentions {within}"),
            "relations": count(f"SELECT count(*) FROM relations {within}"),
        }
