"""The tables of a knowledge store, and opening its file."""

from __future__ import annotations

import sqlite3
from pathlib import Path

from collegia.database import open_tables

__all__ = ["LAYOUT", "open_store"]

LAYOUT = 2

# A file of an older layout lacks tables and has none that is different: all statements run again and make the missing.
# AUTOINCREMENT: the number of a removed passage is never given to another, which whoever kept it would take for it
_SCHEMA = """
CREATE TABLE IF NOT EXISTS documents (
    id INTEGER PRIMARY KEY AUTOINCREMENT, source TEXT NOT NULL UNIQUE, name TEXT NOT NULL, title TEXT NOT NULL,
    form TEXT NOT NULL, collection TEXT NOT NULL, date TEXT NOT NULL, digest TEXT NOT NULL, added TEXT NOT NULL,
    text TEXT NOT NULL
);
CREATE INDEX IF NOT EXISTS documents_name ON documents (name);
CREATE TABLE IF NOT EXISTS passages (
    id INTEGER PRIMARY KEY AUTOINCREMENT, document INTEGER NOT NULL REFERENCES documents (id), start INTEGER NOT NULL,
    end INTEGER NOT NULL, heading TEXT NOT NULL
);
CREATE INDEX IF NOT EXISTS passages_document ON passages (document);
-- title and body as they are searched: markup blanked out, every letter in its place
CREATE VIRTUAL TABLE IF NOT EXISTS bodies USING fts5 (title, body, tokenize = 'porter unicode61 remove_diacritics 2');
CREATE TABLE IF NOT EXISTS entities (
    id INTEGER PRIMARY KEY, key TEXT NOT NULL UNIQUE, name TEXT NOT NULL, passages INTEGER NOT NULL
);
CREATE TABLE IF NOT EXISTS subjects (
    entity INTEGER NOT NULL, passage INTEGER NOT NULL, weight REAL NOT NULL, PRIMARY KEY (entity, passage)
) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS subjects_passage ON subjects (passage);
CREATE TABLE IF NOT EXISTS mentions (
    passage INTEGER NOT NULL, entity INTEGER NOT NULL, start INTEGER NOT NULL, end INTEGER NOT NULL,
    PRIMARY KEY (passage, entity)
) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS mentions_entity ON mentions (entity, passage);
CREATE TABLE IF NOT EXISTS relations (
    id INTEGER PRIMARY KEY, subject INTEGER NOT NULL, verb TEXT NOT NULL, object INTEGER NOT NULL,
    passage INTEGER NOT NULL, start INTEGER NOT NULL, end INTEGER NOT NULL, origin TEXT NOT NULL,
    confidence REAL NOT NULL
);
CREATE INDEX IF NOT EXISTS relations_subject ON relations (subject);
CREATE INDEX IF NOT EXISTS relations_object ON relations (object);
CREATE INDEX IF NOT EXISTS relations_passage ON relations (passage);
-- passages that a language model has read, and the names it found there, which linking makes mentions
CREATE TABLE IF NOT EXISTS readings (passage INTEGER PRIMARY KEY, model TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS model_names (
    passage INTEGER NOT NULL, entity INTEGER NOT NULL, start INTEGER NOT NULL, end INTEGER NOT NULL,
    PRIMARY KEY (passage, entity)
) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS model_names_entity ON model_names (entity);
CREATE TABLE IF NOT EXISTS facts (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
"""


def open_store(path: Path | None) -> sqlite3.Connection:
    """A connection to a knowledge store, its tables made where they are missing.

    What is deleted is overwritten with zeros: a removed document leaves no trace in the file.

    Raises:
        StoreError: a store of a newer release, or a folder that cannot be made.
        sqlite3.Error: the file cannot be read or written.
    """
    # SQLite's own length() ends at a NUL
    return open_tables(
        path,
        "knowledge store",
        LAYOUT,
        _SCHEMA,
        pragmas=("secure_delete = ON",),
        then=lambda db: db.create_function("characters", 1, len, deterministic=True),
    )
