"""Opening SQLite files as every store here does: write-ahead, patient with other processes, clear when it fails."""

from __future__ import annotations

import sqlite3
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from collegia.errors import StoreError
from collegia.health import Finding, fault, ok, quoted

__all__ = ["PATIENCE", "Database", "complaint", "connect", "open_tables", "peek", "write_ahead"]

PATIENCE = 15.0
"""Seconds to wait for another process's write before giving up."""

_HASTE = 0.05  # seconds where somebody waits for each key


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


def peek(path: Path, query: str, values: Sequence[object]) -> list[tuple[str, str]]:
    """What a query finds in a file that is only read, and not waited for; nothing where that cannot be done at once."""
    try:
        db = sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True, timeout=_HASTE)
    except (sqlite3.Error, ValueError):
        return []
    try:
        return [(str(name), str(about)) for name, about in db.execute(query, values)]
    except sqlite3.Error:
        return []
    finally:
        db.close()


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


def open_tables(
    path: Path | None,
    what: str,
    layout: int,
    schema: str,
    *,
    pragmas: Sequence[str] = (),
    then: Callable[[sqlite3.Connection], object] | None = None,
) -> sqlite3.Connection:
    """`connect`, with the tables made where they are missing.

    Args:
        path: the file; None for memory.
        what: what the file is, for the message.
        layout: the number of the schema, kept in the file.
        schema: statements, each ending a line with a semicolon.
        pragmas: settings of the connection: "secure_delete = ON".
        then: called with the connection when the tables are there.

    Raises:
        StoreError: a file of a newer release, or a folder that cannot be made.
        sqlite3.Error: the file cannot be read or written.
    """
    db = connect(path, what)
    try:
        for pragma in pragmas:
            db.execute(f"PRAGMA {pragma}")
        if _layout(db, path, what, layout) < layout:
            db.execute("BEGIN IMMEDIATE")
            if _layout(db, path, what, layout) < layout:  # another process may have done it while this one waited
                for statement in schema.split(";\n"):
                    db.execute(statement)
                db.execute(f"PRAGMA user_version = {layout}")
            db.execute("COMMIT")
        if then is not None:
            then(db)
    except BaseException:  # nothing may leave the file open behind it
        db.close()
        raise
    return db


def _layout(db: sqlite3.Connection, path: Path | None, what: str, known: int) -> int:
    (found,) = db.execute("PRAGMA user_version").fetchone()
    if found > known:
        raise StoreError(
            f"the {what} {path} belongs to a newer release; install that one, or set COLLEGIA_HOME to another folder"
        )
    return int(found)


class Database:
    """A SQLite file that is opened on first use, or a database in memory for None.

    Safe to use from several threads, and from several processes on one file. What a subclass is called in messages is
    `what`; `_open` makes its connection.
    """

    what = "file"

    def __init__(self, path: Path | str | None) -> None:
        self._lock = threading.RLock()  # this and the next line first: `__del__` needs them, whatever fails below
        self._connection: sqlite3.Connection | None = None
        self.path = None if path is None else Path(path)

    def close(self) -> None:
        """Close the file; the next use opens it again."""
        with self._lock:
            if self._connection is not None:
                self._connection.close()
                self._connection = None

    def __del__(self) -> None:
        self.close()

    def _open(self) -> sqlite3.Connection:
        raise NotImplementedError

    def examine(self, count: Callable[[sqlite3.Connection], str]) -> Finding:
        """How the file is, looked through by SQLite's quick check; a file that is not there is not made.

        Args:
            count: says what the file holds.
        """
        if self.path is None:
            return ok(self.what, "in memory")
        try:
            if not self.path.exists():
                return ok(self.what, f"none yet; {self.where} is made when it is first needed")
            with self.reading() as db:
                damage = [str(said) for (said,) in db.execute("PRAGMA quick_check(3)")]
                held = count(db) if damage == ["ok"] else ""
        except (StoreError, OSError) as error:
            return fault(self.what, str(error), _mend(str(error), self.path))
        if not held:
            said = f"the {self.what} {self.where} is damaged: {'; '.join(damage)}"
            return fault(self.what, said, _mend(said, self.path))
        return ok(self.what, f"{held} in {self.where}")

    @property
    def where(self) -> str:
        """The file's path, or what stands for it in messages."""
        return "memory" if self.path is None else str(self.path)

    @contextmanager
    def reading(self, *passing: type[sqlite3.Error]) -> Iterator[sqlite3.Connection]:
        """The connection; a single statement may write as well, for SQLite's own commit makes it whole.

        Args:
            passing: errors that are the caller's to handle.

        Raises:
            StoreError: any other error of the file, with its path and what to do.
        """
        with self._lock:
            try:
                if self._connection is None:
                    self._connection = self._open()
                yield self._connection
            except passing:
                raise
            except sqlite3.Error as error:
                raise StoreError(complaint(error, self.what, self.where)) from error

    @contextmanager
    def writing(self) -> Iterator[sqlite3.Connection]:
        """The connection within a transaction, committed where nothing was raised.

        Raises:
            as `reading` does.
        """
        with self.reading() as db:
            db.execute("BEGIN IMMEDIATE")
            try:
                yield db
                db.execute("COMMIT")
            except BaseException:  # whatever happened, half a change must not stay
                if db.in_transaction:  # a full disk has rolled back already
                    db.execute("ROLLBACK")
                raise


def _mend(said: str, path: Path) -> str:
    """The command that mends what `complaint` or `examine` says of a file."""
    if "newer release" in said:
        return "pip install --upgrade collegia"
    if any(part in said for part in ("cannot be written", "cannot be kept", "Permission denied")):
        return f"chmod u+rwX {quoted(path.parent)} && chmod u+rw {quoted(path)}*"
    if "held by another process" in said or "cannot grow" in said:
        return f"fuser {quoted(path)}; df -h {quoted(path.parent)}"
    away = path.with_name(f"damaged-{path.stem}-{datetime.now(UTC):%Y%m%d-%H%M%S}")
    return f"mkdir {quoted(away)} && mv {quoted(path)}* {quoted(away)}"  # with what is written ahead
