"""Opening SQLite files as every store here does: write-ahead, patient with other processes, clear when it fails."""

from __future__ import annotations

import sqlite3
import time
from pathlib import Path

from collegia.errors import StoreError

__all__ = ["PATIENCE", "complaint", "connect", "write_ahead"]

PATIENCE = 15.0
"""Seconds to wait for another process's write before giving up."""


def write_ahead(db: sqlite3.Connection) -> None:
    """Put the file into WAL mode, waiting for other processes that do the same at its first moment.

    SQLite does not call its busy handler for this one change, so its timeout does not help here.

    Raises:
        sqlite3.Error: the file cannot be changed, or stayed locked for too long.
    """
    deadline = time.monotonic() + PATIENCE
    while True:
        try:
            db.execute("PRAGMA journal_mode = WAL")
            return
        except sqlite3.OperationalError as error:
            if "locked" not in str(error) or time.monotonic() > deadline:
                raise
        time.sleep(0.01)


def connect(path: Path | None, what: str) -> sqlite3.Connection:
    """A connection to a file, or to memory for None, in WAL mode; its folder is made. Any thread may use it.

    Args:
        path: the file.
        what: what the file is ("run store"), for the message.

    Raises:
        StoreError: the folder cannot be made.
        sqlite3.Error: the file cannot be opened; `complaint` puts it into words.
    """
    if path is not None:
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise StoreError(
                f"the {what} cannot be kept in {path.parent}: {error.strerror or error};"
                " set COLLEGIA_HOME to a folder you may write to"
            ) from error
    db = sqlite3.connect(
        ":memory:" if path is None else path, timeout=PATIENCE, isolation_level=None, check_same_thread=False
    )
    try:
        write_ahead(db)
        db.execute("PRAGMA synchronous = NORMAL")
    except BaseException:  # nothing may leave the file open behind it
        db.close()
        raise
    return db


def complaint(error: sqlite3.Error, what: str, place: str) -> str:
    """What went wrong with a file and what to do about it, in one line."""
    said = str(error)
    where = f"the {what} {place}"
    if "readonly" in said or "unable to open" in said:
        return f"{where} cannot be written ({said}); set COLLEGIA_HOME to a folder you may write to"
    if "locked" in said or "busy" in said:
        return f"{where} is held by another process ({said}); try again when it has finished"
    if "is full" in said:
        return f"{where} cannot grow ({said}); make room on the disk, or set COLLEGIA_HOME to another one"
    if any(part in said for part in ("image is malformed", "malformed database", "not a database")):
        return f"{where} is damaged ({said}); move it away, and a new one is made"
    return f"{where} cannot be used ({said}); move it away, or set COLLEGIA_HOME to another folder"
