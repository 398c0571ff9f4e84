"""What the store says of its passages: which there are, a mark of each one's text, and the text that is embedded."""

from __future__ import annotations

from collections.abc import Sequence
from hashlib import blake2b
from typing import TYPE_CHECKING

from collegia.knowledge.linking import chunks
from collegia.knowledge.vectors.ledger import Entry

if TYPE_CHECKING:
    from collegia.knowledge.records import Filters
    from collegia.knowledge.store import KnowledgeStore

__all__ = ["collections", "documents_within", "passage_texts", "wanted"]


def collections(store: KnowledgeStore) -> list[str]:
    """The collections that have documents."""
    with store.reading() as db:
        return [name for (name,) in db.execute("SELECT DISTINCT collection FROM documents ORDER BY collection")]


def wanted(store: KnowledgeStore, collection: str) -> dict[int, Entry]:
    """The passages of a collection, each with a mark of its text: numbers alone may come to stand for other texts."""
    with store.reading() as db:
        rows = db.execute(
            "SELECT passages.id, document, bodies.title, body FROM passages JOIN documents ON documents.id = document"
            " JOIN bodies ON bodies.rowid = passages.id WHERE collection = ? ORDER BY passages.id",
            (collection,),
        )
        return {number: Entry(number, document, _mark(title, body)) for number, document, title, body in rows}


def passage_texts(store: KnowledgeStore, entries: Sequence[Entry]) -> list[tuple[Entry, str]]:
    """What is embedded of each passage: title and headings, then the text. One that changed meanwhile is left out."""
    found: dict[int, tuple[str, str]] = {}
    with store.reading() as db:
        for some, marks in chunks([entry.passage for entry in entries]):
            rows = db.execute(f"SELECT rowid, title, body FROM bodies WHERE rowid IN ({marks})", some)
            found.update({row[0]: (row[1], row[2]) for row in rows})
    texts = []
    for entry in entries:
        title, body = found.get(entry.passage, ("", ""))
        if _mark(title, body) == entry.mark:
            texts.append((entry, f"{title}\n{' '.join(body.split())}".strip()))
    return texts


def documents_within(store: KnowledgeStore, filters: Filters) -> frozenset[int]:
    """The documents that the filters let through."""
    conditions, values = ["1"], list[str]()
    if filters.collections:
        conditions.append(f"collection IN ({','.join('?' * len(filters.collections))})")
        values += filters.collections
    if filters.documents:
        marks = ",".join("?" * len(filters.documents))
        conditions.append(f"(name IN ({marks}) OR source IN ({marks}))")
        values += [*filters.documents, *filters.documents]
    if filters.since:
        conditions.append("date >= ?")
        values.append(filters.since)
    if filters.until:
        conditions.append("date <> '' AND date <= ?")
        values.append(filters.until)
    with store.reading() as db:
        return frozenset(
            number for (number,) in db.execute(f"SELECT id FROM documents WHERE {' AND '.join(conditions)}", values)
        )


def _mark(title: str, body: str) -> int:
    """63 bits of a text; never 0, which marks a vector that is only being written."""
    digest = blake2b(f"{title}\n{body}".encode("utf-8", "surrogatepass"), digest_size=8).digest()
    return (int.from_bytes(digest, "big") >> 1) | 1
