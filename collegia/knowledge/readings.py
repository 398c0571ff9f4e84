"""What a language model found in passages, as the store keeps it beside what rules found.

A reading belongs to the words that were read: a document that is split again, or changed elsewhere, keeps the readings
of the passages that say the same as before; where the passage goes, its reading goes.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping
from dataclasses import dataclass

from collegia.knowledge.linking import chunks, entity_ids, prune, recount, write_extracts
from collegia.knowledge.records import Extract, Mention, Relation
from collegia.knowledge.text import key

__all__ = [
    "Origins",
    "Reading",
    "Words",
    "drop_readings",
    "origins",
    "readings_of",
    "restore",
    "unread",
    "write_readings",
]

Words = tuple[str, str, str]
"""What a model was shown of a passage: titles, headings and body."""


@dataclass(frozen=True, slots=True)
class Reading:
    """What a model found in one passage: names as mentions, and relations whose origin is "model"."""

    model: str
    found: Extract


@dataclass(frozen=True, slots=True)
class Origins:
    """How many relations come from where.

    Attributes:
        rules, model: relations that rules, and a model, found.
        both: how many of the model's the rules found in the same passage.
        read: passages that a model has read.
    """

    rules: int
    model: int
    both: int
    read: int


def unread(db: sqlite3.Connection, collection: str | None = None) -> list[int]:
    """The passages that no model has read, of one collection or of all."""
    rows = db.execute(
        "SELECT passages.id FROM passages JOIN documents ON documents.id = document"
        " WHERE passages.id NOT IN (SELECT passage FROM readings) AND (? IS NULL OR collection = ?)"
        " ORDER BY passages.id",
        (collection, collection),
    )
    return [one for (one,) in rows]


def write_readings(db: sqlite3.Connection, readings: Mapping[int, Reading]) -> None:
    """Keep what was found in passages, as far as they are still there; within a transaction."""
    there: set[int] = set()
    for some, marks in chunks(list(readings)):
        there.update(one for (one,) in db.execute(f"SELECT id FROM passages WHERE id IN ({marks})", some))
    _insert(db, {passage: reading for passage, reading in readings.items() if passage in there})
    named: set[int] = set()
    for some, marks in chunks(sorted(there)):
        db.execute(
            "INSERT OR IGNORE INTO mentions SELECT passage, entity, start, end FROM model_names"
            f" WHERE passage IN ({marks})",
            some,
        )
        named.update(one for (one,) in db.execute(f"SELECT entity FROM model_names WHERE passage IN ({marks})", some))
    recount(db, named)


def readings_of(db: sqlite3.Connection, document: int) -> dict[Words, Reading]:
    """The readings of a document's passages by the words that were read."""
    found: dict[Words, Reading] = {}
    rows = db.execute(
        "SELECT passage, model, title, heading, body FROM readings JOIN passages ON passages.id = passage"
        " JOIN bodies ON bodies.rowid = passage WHERE document = ?",
        (document,),
    ).fetchall()
    for passage, model, *words in rows:
        names = db.execute(
            "SELECT name, start, end FROM model_names JOIN entities ON entities.id = entity WHERE passage = ?",
            (passage,),
        )
        relations = db.execute(
            "SELECT one.name, verb, other.name, start, end, origin, confidence FROM relations"
            " JOIN entities AS one ON one.id = subject JOIN entities AS other ON other.id = object"
            " WHERE passage = ? AND origin = 'model' ORDER BY relations.id",
            (passage,),
        )
        extract = Extract((), tuple(Mention(*row) for row in names), tuple(Relation(*row) for row in relations))
        found[words[0], words[1], words[2]] = Reading(model, extract)
    return found


def restore(db: sqlite3.Connection, before: Mapping[Words, Reading], passages: Mapping[int, Words]) -> None:
    """Give passages the readings of those that said the same; linking makes their names mentions."""
    _insert(db, {passage: before[words] for passage, words in passages.items() if words in before})


def drop_readings(db: sqlite3.Connection) -> None:
    """Delete everything that a model found; once linked again, the graph is that of the rules. Within a transaction."""
    named = {one for (one,) in db.execute("SELECT entity FROM model_names")}
    ends = db.execute(
        "DELETE FROM relations WHERE origin = 'model' AND passage IN (SELECT passage FROM readings)"
        " RETURNING subject, object"
    ).fetchall()
    # rules may have found the same: all passages are linked again, by the next change at the latest
    db.execute("INSERT OR REPLACE INTO facts VALUES ('unlinked', '1')")
    db.execute(
        "DELETE FROM mentions WHERE EXISTS (SELECT 1 FROM model_names AS named"
        " WHERE named.passage = mentions.passage AND named.entity = mentions.entity)"
    )
    db.execute("DELETE FROM model_names")
    db.execute("DELETE FROM readings")
    touched = named | {one for row in ends for one in row}
    recount(db, touched)
    prune(db, touched)


def origins(db: sqlite3.Connection) -> Origins:
    """How many relations rules found, how many a model, and how many both."""
    counts = dict(db.execute("SELECT origin = 'model', count(*) FROM relations GROUP BY 1").fetchall())
    (both,) = db.execute(
        "SELECT count(*) FROM relations AS said WHERE origin = 'model' AND EXISTS (SELECT 1 FROM relations AS other"
        " WHERE other.passage = said.passage AND other.origin <> 'model' AND other.subject = said.subject"
        " AND other.verb = said.verb AND other.object = said.object)"
    ).fetchone()
    (read,) = db.execute("SELECT count(*) FROM readings").fetchone()
    return Origins(counts.get(0, 0), counts.get(1, 0), both, read)


def _insert(db: sqlite3.Connection, readings: Mapping[int, Reading]) -> None:
    write_extracts(db, {one: Extract((), (), reading.found.relations) for one, reading in readings.items()})
    names = {key(one.name): one.name for reading in readings.values() for one in reading.found.mentions}
    names.pop("", None)
    ids = entity_ids(db, names)
    db.executemany(
        "INSERT OR IGNORE INTO model_names VALUES (?, ?, ?, ?)",
        (
            (passage, ids[said], one.start, one.end)
            for passage, reading in readings.items()
            for one in reading.found.mentions
            if (said := key(one.name)) in ids
        ),
    )
    db.executemany(
        "INSERT OR REPLACE INTO readings VALUES (?, ?)", ((one, reading.model) for one, reading in readings.items())
    )
