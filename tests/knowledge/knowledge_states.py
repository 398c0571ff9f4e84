"""What a store holds, told without its numbers, so that two stores can be compared."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from collegia.knowledge.store import KnowledgeStore

__all__ = ["bytes_of", "faults", "state"]

_FOUND = """
SELECT 'document', source, name, title, form, collection, date, digest, text FROM documents
SELECT 'passage', source, passages.start, end, heading, bodies.title, body FROM passages
    JOIN documents ON documents.id = document JOIN bodies ON bodies.rowid = passages.id
SELECT 'mention', source, passages.start, key, mentions.start, mentions.end FROM mentions
    JOIN passages ON passages.id = passage JOIN documents ON documents.id = document
    JOIN entities ON entities.id = entity
SELECT 'subject', source, passages.start, key, weight FROM subjects
    JOIN passages ON passages.id = passage JOIN documents ON documents.id = document
    JOIN entities ON entities.id = entity
SELECT 'relation', source, passages.start, one.key, verb, other.key, relations.start, relations.end FROM relations
    JOIN passages ON passages.id = passage JOIN documents ON documents.id = document
    JOIN entities AS one ON one.id = subject JOIN entities AS other ON other.id = object
SELECT 'entity', key, passages FROM entities
SELECT 'left to do', key FROM facts WHERE key IN ('unlinked', 'unwiped')
"""


def state(store: KnowledgeStore) -> dict[str, list[tuple[Any, ...]]]:
    """Documents, passages and everything that was found in them, by source, place and key."""
    queries = _FOUND.strip().replace("\n    ", " ").split("\n")
    with store.reading() as db:
        return {query.split("'")[1]: sorted(db.execute(query).fetchall()) for query in queries}


def faults(store: KnowledgeStore) -> list[str]:
    """What SQLite and its index of words find wrong with a store."""
    with store.reading() as db:
        db.execute("INSERT INTO bodies (bodies, rank) VALUES ('integrity-check', 1)")
        return [said for (said,) in db.execute("PRAGMA integrity_check") if said != "ok"]


def bytes_of(folder: Path) -> bytes:
    """Every byte of every file of a folder, in small letters."""
    return b"".join(path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()).lower()
