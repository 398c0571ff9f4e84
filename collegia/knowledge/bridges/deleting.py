"""Taking entities, relations and chunks out of the store."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Sequence

from collegia.errors import UsageError
from collegia.knowledge.bridges.nodes import documents_of_chunks, passage_of
from collegia.knowledge.bridges.tables import SOURCE_KEY
from collegia.knowledge.linking import chunks, prune

__all__ = ["delete_entities", "delete_loose", "delete_verbs", "sources_of"]


def sources_of(db: sqlite3.Connection, ids: Sequence[str]) -> list[str]:
    """The sources of the documents that these chunks are the whole of.

    Raises:
        UsageError: passages of a document of which others are not named.
    """
    documents = documents_of_chunks(db, ids)
    passages = {number for one in ids if one not in documents and (number := passage_of(one)) is not None}
    whole = set(documents.values())
    for number in sorted(passages):
        row = db.execute("SELECT document FROM passages WHERE id = ?", (number,)).fetchone()
        if row is None or row[0] in whole:
            continue
        if left := {one for (one,) in db.execute("SELECT id FROM passages WHERE document = ?", row)} - passages:
            (name,) = db.execute("SELECT name FROM documents WHERE id = ?", row).fetchone()
            raise UsageError(
                f"passage:{number} cannot be deleted alone: it is a passage of {name}, which has {len(left)} more;"
                " remove the document"
            )
        whole.add(row[0])
    found: list[str] = []
    for some, marks in chunks(sorted(whole)):
        found += [one for (one,) in db.execute(f"SELECT source FROM documents WHERE id IN ({marks})", some)]
    return found


def delete_entities(db: sqlite3.Connection, keys: Iterable[str]) -> None:
    """Delete entities and all that is stated of them; within a transaction."""
    wanted = list(keys)
    for some, marks in chunks(wanted):
        db.execute(f"DELETE FROM property_nodes WHERE key IN ({marks})", some)
        db.execute(f"DELETE FROM property_relations WHERE subject IN ({marks})", some)
        db.execute(f"DELETE FROM property_relations WHERE object IN ({marks})", some)
        numbers = [one for (one,) in db.execute(f"SELECT id FROM entities WHERE key IN ({marks})", some)]
        places = ",".join("?" * len(numbers))
        others = {
            one
            for row in db.execute(
                f"SELECT subject, object FROM relations WHERE subject IN ({places}) OR object IN ({places})",
                (*numbers, *numbers),
            )
            for one in row
        }
        for table, column in (
            ("relations", "subject"), ("relations", "object"), ("subjects", "entity"), ("mentions", "entity"),
            ("model_names", "entity"), ("entities", "id"),
        ):  # fmt: skip
            db.execute(f"DELETE FROM {table} WHERE {column} IN ({places})", numbers)
        prune(db, others)


def delete_loose(db: sqlite3.Connection, ids: Sequence[str]) -> None:
    """Delete nodes and relations that were found in these chunks, where the chunks were never stored."""
    for some, marks in chunks(ids):
        for table in ("property_nodes", "property_relations"):
            db.execute(
                f"DELETE FROM {table} WHERE passage = 0 AND json_extract(properties, ?) IN ({marks})",
                (f"$.{SOURCE_KEY}", *some),
            )


def delete_verbs(db: sqlite3.Connection, verbs: Sequence[str]) -> None:
    """Delete relations by their labels, and entities that only they spoke of; within a transaction."""
    for some, marks in chunks(list(dict.fromkeys(verbs))):
        db.execute(f"DELETE FROM property_relations WHERE verb IN ({marks})", some)
        rows = db.execute(f"DELETE FROM relations WHERE verb IN ({marks}) RETURNING subject, object", some).fetchall()
        prune(db, {one for row in rows for one in row})
