"""What is known of the vectors without asking where they live: which passages have one, made of which text, by whom.

One small SQLite file beside the knowledge store. A vector is entered with the mark 0 before it is written and with its
own mark afterwards, and is struck out after it is removed: a kill leaves no vector anywhere that is not entered here.
"""

from __future__ import annotations

import sqlite3
import struct
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from collegia.database import Database, open_tables

__all__ = ["Entry", "Index", "Ledger"]

_LAYOUT = 1

_SCHEMA = """
CREATE TABLE facts (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE indexes (
    id INTEGER PRIMARY KEY, collection TEXT NOT NULL UNIQUE, embedder TEXT NOT NULL, name TEXT NOT NULL,
    canary BLOB NOT NULL
);
CREATE TABLE vectors (
    home INTEGER NOT NULL, passage INTEGER NOT NULL, document INTEGER NOT NULL, mark INTEGER NOT NULL,
    PRIMARY KEY (home, passage)
) WITHOUT ROWID;
"""


@dataclass(frozen=True, slots=True)
class Index:
    """One index: the vectors of a collection by one embedder.

    Attributes:
        name: what it is called where it lives.
        canary: the vector of a fixed sentence, which tells whether the embedder is still the same.
    """

    id: int
    collection: str
    embedder: str
    name: str
    canary: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Entry:
    """A passage that has a vector, and the mark of the text it was made of; 0 where it may not have been written."""

    passage: int
    document: int
    mark: int


class Ledger(Database):
    """The entries, in a file or in memory for None. Safe to use from several threads and processes.

    Raises:
        StoreError: from every method, when the file cannot be read or written.
    """

    what = "list of vectors"

    def there(self) -> bool:
        """Whether anything was ever entered; asking makes no file."""
        return self.path is None or self.path.exists()

    def fact(self, key: str) -> str:
        """Something that was kept, empty where it was not."""
        with self.reading() as db:
            row = db.execute("SELECT value FROM facts WHERE key = ?", (key,)).fetchone()
        return "" if row is None else str(row[0])

    def keep(self, key: str, value: str) -> None:
        """Keep something under a key."""
        with self.reading() as db:
            db.execute("INSERT OR REPLACE INTO facts VALUES (?, ?)", (key, value))

    def indexes(self) -> dict[str, Index]:
        """The indexes by collection."""
        with self.reading() as db:
            rows = db.execute(
                "SELECT id, collection, embedder, name, canary FROM indexes ORDER BY collection"
            ).fetchall()
        return {row[1]: Index(row[0], row[1], row[2], row[3], _floats(row[4])) for row in rows}

    def begin(self, collection: str, embedder: str, name: str, canary: Sequence[float]) -> Index:
        """Enter a new index, without any vector yet."""
        with self.reading() as db:
            (number,) = db.execute(
                "INSERT INTO indexes (collection, embedder, name, canary) VALUES (?, ?, ?, ?) RETURNING id",
                (collection, embedder, name, struct.pack(f"<{len(canary)}d", *canary)),
            ).fetchone()
        return Index(number, collection, embedder, name, tuple(canary))

    def end(self, index: Index) -> None:
        """Strike out an index and all its entries."""
        with self.writing() as db:
            db.execute("DELETE FROM vectors WHERE home = ?", (index.id,))
            db.execute("DELETE FROM indexes WHERE id = ?", (index.id,))

    def entries(self, index: Index) -> dict[int, Entry]:
        """The entries of an index by passage."""
        with self.reading() as db:
            rows = db.execute("SELECT passage, document, mark FROM vectors WHERE home = ?", (index.id,)).fetchall()
        return {row[0]: Entry(*row) for row in rows}

    def count(self, index: Index) -> int:
        """How many vectors an index has, those left out that may not have been written."""
        with self.reading() as db:
            return int(
                db.execute("SELECT count(*) FROM vectors WHERE home = ? AND mark <> 0", (index.id,)).fetchone()[0]
            )

    def enter(self, index: Index, entries: Iterable[Entry]) -> None:
        """Enter vectors that were written."""
        rows = [(index.id, entry.passage, entry.document, entry.mark) for entry in entries]
        with self.writing() as db:
            db.executemany("INSERT OR REPLACE INTO vectors VALUES (?, ?, ?, ?)", rows)

    def strike(self, index: Index, passages: Iterable[int]) -> None:
        """Strike out vectors that were removed."""
        with self.writing() as db:
            db.executemany("DELETE FROM vectors WHERE home = ? AND passage = ?", ((index.id, one) for one in passages))

    def within(self, index: Index, documents: frozenset[int]) -> frozenset[int]:
        """The passages of these documents that have a vector."""
        with self.reading() as db:
            rows = db.execute("SELECT passage, document FROM vectors WHERE home = ?", (index.id,))
            return frozenset(passage for passage, document in rows if document in documents)

    def _open(self) -> sqlite3.Connection:
        return open_tables(self.path, self.what, _LAYOUT, _SCHEMA, pragmas=("secure_delete = ON",))


def _floats(packed: bytes) -> tuple[float, ...]:
    return struct.unpack(f"<{len(packed) // 8}d", packed)
