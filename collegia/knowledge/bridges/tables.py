"""What a property graph has and the store's own tables have no room for: labels, properties, chunks of other makers.

These tables lie in the store's file and are made when the bridge is first used. Triggers keep them in step whoever
deletes: what hangs on a passage goes with it, so a removed document leaves no trace here either.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Mapping
from typing import Any

from collegia.errors import UsageError
from collegia.knowledge.text import key

__all__ = ["SCHEME", "SOURCE_KEY", "decode", "encode", "key_of", "prepare"]

SOURCE_KEY = "triplet_source_id"
"""The property in which llama-index keeps the chunk that a node or a relation was found in."""

SCHEME = "llama-index:"
"""What the source of a document begins with that came in as a chunk; the chunk's id follows."""

_TABLES = (
    # passage 0: not tied to any, so not a thing the store could cite
    """CREATE TABLE IF NOT EXISTS property_nodes (
        key TEXT NOT NULL, passage INTEGER NOT NULL, name TEXT NOT NULL, label TEXT NOT NULL, properties TEXT NOT NULL,
        PRIMARY KEY (key, passage)
    ) WITHOUT ROWID""",
    """CREATE TABLE IF NOT EXISTS property_relations (
        subject TEXT NOT NULL, verb TEXT NOT NULL, object TEXT NOT NULL, passage INTEGER NOT NULL,
        confidence REAL NOT NULL, properties TEXT NOT NULL, PRIMARY KEY (subject, verb, object, passage)
    ) WITHOUT ROWID""",
    "CREATE INDEX IF NOT EXISTS property_relations_object ON property_relations (object)",
    """CREATE TABLE IF NOT EXISTS property_chunks (
        id TEXT PRIMARY KEY, label TEXT NOT NULL, properties TEXT NOT NULL
    ) WITHOUT ROWID""",
    """CREATE TRIGGER IF NOT EXISTS property_passage_gone AFTER DELETE ON passages BEGIN
        DELETE FROM property_nodes WHERE passage = OLD.id; DELETE FROM property_relations WHERE passage = OLD.id;
    END""",
    f"""CREATE TRIGGER IF NOT EXISTS property_document_gone AFTER DELETE ON documents
    WHEN substr(OLD.source, 1, {len(SCHEME)}) = '{SCHEME}' BEGIN
        DELETE FROM property_chunks WHERE id = substr(OLD.source, {len(SCHEME) + 1});
    END""",
    "CREATE INDEX IF NOT EXISTS property_nodes_passage ON property_nodes (passage)",
    "CREATE INDEX IF NOT EXISTS property_relations_passage ON property_relations (passage)",
)


def prepare(db: sqlite3.Connection) -> None:
    """Make the tables and triggers where they are missing; within a transaction."""
    for statement in _TABLES:
        db.execute(statement)


def key_of(name: str) -> str:
    """The key of an entity's name.

    Raises:
        UsageError: it has no letter or figure.
    """
    if not (found := key(name)):
        raise UsageError(f"a node named {name!r} cannot be stored: a name needs a letter or a figure")
    return found


def encode(what: str, properties: Mapping[str, Any]) -> str:
    """Properties as JSON.

    Raises:
        UsageError: one that JSON has no form for; `what` names whose it is.
    """
    try:
        return json.dumps(dict(properties), allow_nan=False, sort_keys=True)
    except (TypeError, ValueError) as error:
        raise UsageError(f"the properties of {what} cannot be stored as JSON: {error}") from error


def decode(text: str) -> dict[str, Any]:
    """Properties as they came in."""
    return dict(json.loads(text))
