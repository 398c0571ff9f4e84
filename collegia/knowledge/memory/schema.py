"""The one table of a memory, opening its file, and leaving no trace in it of what was forgotten."""

from __future__ import annotations

import os
import sqlite3
from pathlib import Path

from collegia.database import PATIENCE, open_tables
from collegia.errors import StoreError

__all__ = ["LAYOUT", "open_file", "scrub"]

LAYOUT = 1

_SCHEMA = """
CREATE TABLE facts (
    id INTEGER PRIMARY KEY AUTOINCREMENT, kind TEXT NOT NULL, key TEXT NOT NULL, text TEXT NOT NULL,
    said TEXT NOT NULL, used TEXT NOT NULL, source TEXT NOT NULL, count INTEGER NOT NULL,
    replaced_by INTEGER REFERENCES facts (id), subject TEXT NOT NULL, name TEXT NOT NULL, written TEXT NOT NULL,
    number REAL, unit TEXT NOT NULL, reference TEXT NOT NULL
)
"""


def open_file(path: Path | None) -> sqlite3.Connection:
    """A connection to a memory, its table made where it is missing. The file is for its owner's eyes alone.

    Raises:
        StoreError: a memory of a newer release, or a folder that cannot be made.
        sqlite3.Error: the file cannot be read or written.
    """
    if path is not None:
        _make_private(path)
    return open_tables(
        path,
        "memory",
        LAYOUT,
        _SCHEMA,
        pragmas=("secure_delete = ON", "temp_store = MEMORY"),
        then=lambda db: _checkpoint(db, 0.0),  # what a process forgot while another held the file
    )


def scrub(db: sqlite3.Connection, path: Path | None, patience: float) -> None:
    """Write the file anew from what it still holds, and empty its write-ahead file.

    Args:
        db: the file, outside any transaction.
        path: where it is, for the message.
        patience: seconds to wait for other processes that read it.

    Raises:
        StoreError: another process holds the file, so that the write-ahead file keeps its bytes for now.
        sqlite3.Error: the file cannot be written.
    """
    db.execute("VACUUM")
    if not _checkpoint(db, patience):
        raise StoreError(
            f"it is forgotten, but its words stay in {path}-wal while another process reads the memory;"
            " `collegia memory list` clears them once that has finished"
        )


def _checkpoint(db: sqlite3.Connection, patience: float) -> bool:
    """Whether everything was moved into the file and the write-ahead file is empty."""
    db.execute(f"PRAGMA busy_timeout = {round(1000 * patience)}")
    try:
        (busy, *_) = db.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
    except sqlite3.OperationalError as error:
        if "locked" not in str(error):
            raise
        busy = 1
    finally:
        db.execute(f"PRAGMA busy_timeout = {round(1000 * PATIENCE)}")
    return not busy


def _make_private(path: Path) -> None:
    """Make the file, readable by its owner only; SQLite gives the files beside it the same rights."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
    except OSError:
        return  # it is there already; or `connect` says what is wrong with the place
