"""One process at a time: a lock that goes with the process that held it, on every platform SQLite runs on."""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from collegia.database import complaint
from collegia.errors import StoreError
from collegia.knowledge.vectors.index import Busy

__all__ = ["Lock"]


class Lock:
    """A lock held by one thread of one process; the same thread may take it again.

    Args:
        path: the file that stands for it; None for a lock within this process only.
    """

    def __init__(self, path: Path | None) -> None:
        self.path = path
        self._threads = threading.RLock()
        self._depth = 0
        self._connection: sqlite3.Connection | None = None

    @contextmanager
    def held(self, seconds: float) -> Iterator[None]:
        """Hold it.

        Args:
            seconds: how long to wait for another process.

        Raises:
            Busy: another process held it all the while.
            StoreError: its file cannot be made.
        """
        with self._threads:
            if self._depth == 0:
                self._take(seconds)
            self._depth += 1
            try:
                yield
            finally:
                self._depth -= 1
                if self._depth == 0 and self._connection is not None:
                    self._connection.close()
                    self._connection = None

    def _take(self, seconds: float) -> None:
        if self.path is None:
            return
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            db = sqlite3.connect(self.path, timeout=seconds, isolation_level=None, check_same_thread=False)
        except (OSError, sqlite3.Error) as error:
            raise StoreError(
                f"the vectors cannot be locked by {self.path} ({error}); set COLLEGIA_HOME to a folder you may write to"
            ) from error
        try:
            db.execute("BEGIN EXCLUSIVE")
        except sqlite3.Error as error:
            db.close()
            if "locked" in str(error):
                raise Busy from error
            raise StoreError(complaint(error, "lock of the vectors", str(self.path))) from error
        self._connection = db
