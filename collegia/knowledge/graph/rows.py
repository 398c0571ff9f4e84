"""What the store's tables say of one entity or one passage, a bounded number of rows at a time.

A name that stands everywhere must not cost more than a rare one, so every query looks at no more than `SCANNED` rows
before it sorts them, unless it is told otherwise; -1 is no bound.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from collegia.knowledge.linking import chunks
from collegia.knowledge.records import BY_ALIAS, BY_FIRST_WORDS, BY_SHORT_TITLE, BY_TITLE, Entity

__all__ = [
    "SCANNED",
    "Entity",
    "Link",
    "Source",
    "about",
    "aliases",
    "entities",
    "named_in",
    "relations_of",
    "sources",
    "within",
]

SCANNED = 600
"""Rows of one entity that are looked at."""

# What names a document as its title does; headings and parts of names do not.
_SAME = (BY_TITLE, BY_SHORT_TITLE, BY_FIRST_WORDS, BY_ALIAS)
_SHARED = 5  # documents that a name may be the title of before it says nothing of which one is meant


@dataclass(frozen=True, slots=True)
class Source:
    """A document as a node: its number, what citations call it, what identifies it, its title and collection."""

    id: int
    name: str
    source: str
    title: str
    collection: str


@dataclass(frozen=True, slots=True)
class Link:
    """An edge and where it stands.

    Attributes:
        kind: "relation" and "alias" join two entities, "about" and "mentions" a document and an entity.
        left, right: numbers of what it joins.
        verb: the type of a relation; the kind in words for the others.
        document, passage: numbers of where it stands.
        start, end: the span in the document's text.
        offset: where the passage begins in the document's text.
        origin: "text" or "model".
        confidence: from 0 to 1.
    """

    kind: str
    left: int
    right: int
    verb: str
    document: int
    passage: int
    start: int
    end: int
    offset: int
    origin: str = "text"
    confidence: float = 1.0


def entities(db: sqlite3.Connection, numbers: Iterable[int]) -> dict[int, Entity]:
    """Entities by their numbers."""
    found: dict[int, Entity] = {}
    for some, marks in chunks(list(numbers)):
        rows = db.execute(f"SELECT id, key, name, passages FROM entities WHERE id IN ({marks})", some)
        found.update({row[0]: Entity(*row) for row in rows})
    return found


def sources(db: sqlite3.Connection, numbers: Iterable[int]) -> dict[int, Source]:
    """Documents by their numbers."""
    found: dict[int, Source] = {}
    for some, marks in chunks(list(numbers)):
        rows = db.execute(f"SELECT id, name, source, title, collection FROM documents WHERE id IN ({marks})", some)
        found.update({row[0]: Source(*row) for row in rows})
    return found


def relations_of(db: sqlite3.Connection, entity: int, most: int, scanned: int = SCANNED) -> list[Link]:
    """The typed relations that an entity stands in, on either side; the surest first."""
    rows = db.execute(
        "SELECT subject, object, verb, document, passage, found.start + passages.start, found.end + passages.start,"
        " passages.start, origin, confidence FROM ("
        "SELECT * FROM (SELECT * FROM relations WHERE subject = :entity LIMIT :scanned)"
        " UNION SELECT * FROM (SELECT * FROM relations WHERE object = :entity LIMIT :scanned)"
        ") AS found JOIN passages ON passages.id = passage ORDER BY confidence DESC, found.id LIMIT :most",
        {"entity": entity, "scanned": scanned, "most": most},
    )
    return [Link("relation", *row) for row in rows]


def about(db: sqlite3.Connection, entity: int, most: int, scanned: int = SCANNED) -> list[Link]:
    """The passages that are about an entity; those that are most so first. The span is the whole passage."""
    rows = db.execute(
        "SELECT document, entity, 'about', document, passage, start, end, start, 'text', weight FROM"
        " (SELECT * FROM subjects WHERE entity = ? LIMIT ?) JOIN passages ON id = passage"
        " ORDER BY weight DESC, passage LIMIT ?",
        (entity, scanned, most),
    )
    return [Link("about", *row) for row in rows]


def named_in(db: sqlite3.Connection, entity: int, most: int, scanned: int = SCANNED) -> list[Link]:
    """The passages in whose words an entity is named. The span is the name."""
    rows = db.execute(
        "SELECT document, entity, 'mentions', document, passage, found.start + passages.start,"
        " found.end + passages.start, passages.start FROM"
        " (SELECT * FROM mentions INDEXED BY mentions_entity WHERE entity = ? LIMIT ?) AS found"
        " JOIN passages ON passages.id = passage WHERE found.start < found.end ORDER BY passage LIMIT ?",
        (entity, scanned, most),
    )
    return [Link("mentions", *row) for row in rows]


def within(db: sqlite3.Connection, passages: Sequence[int], most: int, common: int) -> list[Link]:
    """What each of some passages is most about, and what they name in their words; the rarest names first.

    Args:
        db: the store.
        passages: their numbers.
        most: of either kind, for each 900 passages.
        common: names that stand in more passages than this are left out; they lead everywhere.
    """
    found: list[Link] = []
    for some, marks in chunks(passages):
        rows = db.execute(
            "SELECT document, entity, 'mentions', document, passage, mentions.start + passages.start,"
            " mentions.end + passages.start, passages.start FROM mentions JOIN passages ON passages.id = passage"
            f" JOIN entities ON entities.id = entity WHERE passage IN ({marks}) AND mentions.start < mentions.end"
            " AND entities.passages <= ? ORDER BY entities.passages, entity LIMIT ?",
            (*some, common, most),
        )
        found += [Link("mentions", *row) for row in rows]
        rows = db.execute(  # beside max() the other columns are those of the row that has it
            "SELECT document, entity, 'about', document, passage, start, end, start, 'text', max(weight) FROM subjects"
            f" JOIN passages ON id = passage WHERE passage IN ({marks}) GROUP BY passage ORDER BY passage LIMIT ?",
            (*some, most),
        )
        found += [Link("about", *row) for row in rows]
    return found


def aliases(db: sqlite3.Connection, entity: int) -> list[Link]:
    """The other names of an entity: what else the documents call that are about it, each with a passage that does.

    None where too many documents have it as their title: it then names a sort of document, not a thing.
    """
    marks = ",".join("?" * len(_SAME))
    mine = db.execute(
        f"SELECT passage, document FROM (SELECT * FROM subjects WHERE entity = ? AND weight IN ({marks}) LIMIT ?)"
        " JOIN passages ON id = passage ORDER BY passage",
        (entity, *_SAME, SCANNED),
    ).fetchall()
    if len({document for _, document in mine}) > _SHARED:
        return []
    found: dict[int, Link] = {}
    for some, places in chunks([passage for passage, _ in mine]):
        rows = db.execute(
            "SELECT ?, entity, 'also called', document, passage, start, end, start, 'text', weight FROM subjects"
            f" JOIN passages ON id = passage WHERE passage IN ({places}) AND entity <> ? AND weight IN ({marks})"
            " ORDER BY passage",
            (entity, *some, entity, *_SAME),
        )
        for row in rows:
            found.setdefault(row[1], Link("alias", *row))
    return list(found.values())
