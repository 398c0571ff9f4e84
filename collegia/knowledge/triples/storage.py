"""A graph of triples, and what was learned about its questions, kept in the tables of an SQLite file."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from collegia.errors import StoreError
from collegia.knowledge.triples.graph import TripleGraph
from collegia.knowledge.triples.learned import Learned

if TYPE_CHECKING:
    import sqlite3

__all__ = ["load_graph", "load_learned", "save_graph", "save_learned"]

_TABLES = (
    "CREATE TABLE IF NOT EXISTS triple_nodes (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE)",
    "CREATE TABLE IF NOT EXISTS triple_relations (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE)",
    "CREATE TABLE IF NOT EXISTS triple_edges (subject INTEGER NOT NULL, relation INTEGER NOT NULL,"
    " object INTEGER NOT NULL, PRIMARY KEY (subject, relation, object)) WITHOUT ROWID",
    "CREATE TABLE IF NOT EXISTS triple_learned (id INTEGER PRIMARY KEY CHECK (id = 1), weights TEXT NOT NULL)",
)


def _create(connection: sqlite3.Connection) -> None:
    for table in _TABLES:
        connection.execute(table)


def save_graph(graph: TripleGraph, connection: sqlite3.Connection) -> None:
    """Puts the graph into the tables, in place of the one that is there and of what was learned about that.

    Raises StoreError where the tables cannot be written; they are then as they were.
    """
    import sqlite3

    edges = (
        (subject, relation, object_)
        for relation in range(len(graph.relations))
        for subject, objects in graph.side(relation, forward=True).items()
        for object_ in objects
    )
    try:
        with connection:
            _create(connection)
            for table in ("triple_edges", "triple_nodes", "triple_relations", "triple_learned"):
                connection.execute(f"DELETE FROM {table}")
            connection.executemany("INSERT INTO triple_nodes VALUES (?, ?)", enumerate(graph.names))
            connection.executemany("INSERT INTO triple_relations VALUES (?, ?)", enumerate(graph.relations))
            connection.executemany("INSERT INTO triple_edges VALUES (?, ?, ?)", edges)
    except sqlite3.Error as error:
        raise StoreError(f"The triples cannot be stored: {error}.") from error


def load_graph(connection: sqlite3.Connection) -> TripleGraph:
    """The stored graph; an empty one where none was stored. Raises StoreError where the tables cannot be read."""
    import sqlite3

    try:
        if not _has(connection, "triple_edges"):
            return TripleGraph()
        names = dict(connection.execute("SELECT id, name FROM triple_nodes"))
        relations = dict(connection.execute("SELECT id, name FROM triple_relations"))
        edges = connection.execute("SELECT subject, relation, object FROM triple_edges")
        return TripleGraph((names[s], relations[r], names[o]) for s, r, o in edges)
    except (sqlite3.Error, KeyError) as error:
        raise StoreError(f"The stored triples cannot be read: {error}. Load them again from their file.") from error


def save_learned(learned: Learned, connection: sqlite3.Connection) -> None:
    """Keeps what was learned beside the graph. Raises StoreError where the table cannot be written."""
    import sqlite3

    try:
        with connection:
            _create(connection)
            text = json.dumps(learned.to_json(), ensure_ascii=False, separators=(",", ":"))
            connection.execute("INSERT OR REPLACE INTO triple_learned VALUES (1, ?)", (text,))
    except sqlite3.Error as error:
        raise StoreError(f"What was learned cannot be stored: {error}.") from error


def load_learned(connection: sqlite3.Connection) -> Learned | None:
    """What was learned, or None where nothing was. Raises StoreError where it cannot be read."""
    import sqlite3

    try:
        if not _has(connection, "triple_learned"):
            return None
        row = connection.execute("SELECT weights FROM triple_learned").fetchone()
        return None if row is None else Learned.from_json(json.loads(row[0]))
    except (sqlite3.Error, ValueError, KeyError, TypeError) as error:
        raise StoreError(f"What was learned cannot be read: {error}. Learn from the examples again.") from error


def _has(connection: sqlite3.Connection, table: str) -> bool:
    found = connection.execute("SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = ?", (table,))
    return found.fetchone() is not None
