"""Vectors in a SQLite file, compared one by one: exact, and fast enough for some ten thousand passages."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from collegia.database import Database, connect
from collegia.errors import StoreError
from collegia.knowledge.vectors.index import Vector, Within

if TYPE_CHECKING:
    import numpy as np

__all__ = ["ExactBackend", "ExactVectors", "best"]

_SCHEMA = (
    "CREATE TABLE IF NOT EXISTS vectors (home TEXT NOT NULL, passage INTEGER NOT NULL, packed BLOB NOT NULL,"
    " PRIMARY KEY (home, passage)) WITHOUT ROWID"
)


class ExactBackend(Database):
    """The indexes of one store in one file, or in memory for None.

    Raises:
        StoreError: from every method, when the file cannot be read or written.
    """

    what = "vector store"

    def __init__(self, path: Path | None) -> None:
        super().__init__(path)
        self.place = "exact"
        self._indexes: dict[str, ExactVectors] = {}

    def index(self, name: str, about: dict[str, str]) -> ExactVectors:
        """The index of that name, which is there once something is added to it."""
        del about  # the file has no place for it, and the ledger has it
        return self._indexes.setdefault(name, ExactVectors(self, name))

    def drop(self, name: str) -> None:
        """Delete all vectors of an index."""
        self._indexes.pop(name, None)
        with self.reading() as db:
            db.execute("DELETE FROM vectors WHERE home = ?", (name,))

    def erase(self) -> None:
        """Take what was deleted out of the write-ahead file too; in the file itself it is overwritten at once."""
        with self.reading() as db:
            db.execute("PRAGMA wal_checkpoint(TRUNCATE)")

    def verify(self) -> list[str]:
        """Look whether the file is whole; one that is not is moved aside."""
        if self.path is None or not self.path.exists():
            return []
        try:
            with self.reading() as db:
                said = db.execute("PRAGMA quick_check(1)").fetchone()[0]
        except StoreError as error:
            if "damaged" not in str(error):
                raise
            said = "not a database"
        if said == "ok":
            return []
        self.close()
        aside = self.path.with_suffix(".damaged")
        shutil.move(self.path, aside)
        for ending in ("-wal", "-shm"):
            self.path.with_name(self.path.name + ending).unlink(missing_ok=True)
        return [f"the vectors in {self.path} were damaged; they were moved to {aside} and are made anew"]

    def refresh(self) -> None:
        """Let go of what was read."""
        self._indexes.clear()

    def close(self) -> None:
        """Close the file."""
        with self._lock:
            self.refresh()
            super().close()

    def _open(self) -> sqlite3.Connection:
        db = connect(self.path, self.what)
        try:
            db.execute("PRAGMA secure_delete = ON")
            db.execute(_SCHEMA)
        except BaseException:  # nothing may leave the file open behind it
            db.close()
            raise
        return db


class ExactVectors:
    """One index of an `ExactBackend`: a matrix in memory, read from the file on first use."""

    def __init__(self, backend: ExactBackend, name: str) -> None:
        self._backend = backend
        self._name = name
        self._read: tuple[np.ndarray[Any, Any], np.ndarray[Any, Any]] | None = None

    def add(self, vectors: Sequence[Vector]) -> None:
        """Store vectors, scaled to length 1."""
        import numpy as np

        rows = []
        for vector in vectors:
            values = np.asarray(vector.values, dtype=np.float64)
            rows.append((self._name, vector.passage, (values / np.linalg.norm(values)).astype("<f4").tobytes()))
        with self._backend.writing() as db:
            db.executemany("INSERT OR REPLACE INTO vectors VALUES (?, ?, ?)", rows)
        self._read = None

    def remove(self, passages: Sequence[int]) -> None:
        """Delete vectors; the bytes are overwritten."""
        with self._backend.writing() as db:
            db.executemany(
                "DELETE FROM vectors WHERE home = ? AND passage = ?", ((self._name, passage) for passage in passages)
            )
        self._read = None

    def search(self, values: Sequence[float], k: int, within: Within | None = None) -> list[tuple[int, float]]:
        """The k nearest by exact cosine; of equals, the passage of the lower number first."""
        import numpy as np

        numbers, matrix = self._matrix()
        if within is not None:
            kept = np.isin(numbers, np.fromiter(within.passages, dtype=np.int64, count=len(within.passages)))
            numbers, matrix = numbers[kept], matrix[kept]
        return best(numbers, matrix, values, k)

    def count(self) -> int:
        """How many vectors there are."""
        with self._backend.reading() as db:
            return int(db.execute("SELECT count(*) FROM vectors WHERE home = ?", (self._name,)).fetchone()[0])

    def _matrix(self) -> tuple[np.ndarray[Any, Any], np.ndarray[Any, Any]]:
        import numpy as np

        if self._read is None:
            with self._backend.reading() as db:
                rows = db.execute(
                    "SELECT passage, packed FROM vectors WHERE home = ? ORDER BY passage", (self._name,)
                ).fetchall()
            numbers = np.array([passage for passage, _ in rows], dtype=np.int64)
            flat = np.frombuffer(b"".join(packed for _, packed in rows), dtype="<f4")
            self._read = numbers, flat.reshape(len(rows), -1) if rows else flat.reshape(0, 1)
        return self._read


def best(
    numbers: np.ndarray[Any, Any], matrix: np.ndarray[Any, Any], values: Sequence[float], k: int
) -> list[tuple[int, float]]:
    """The k rows most similar to a vector, the most similar first, then by number.

    Args:
        numbers: shape (n,), the passages.
        matrix: shape (n, dimension), rows of any length but zero.
        values: shape (dimension,).
        k: how many at most.
    """
    import numpy as np

    if k < 1 or not len(numbers):
        return []
    query = np.asarray(values, dtype=np.float64)
    lengths = np.sqrt(np.einsum("ij,ij->i", matrix, matrix))  # without a copy of the matrix
    scores = (matrix @ query.astype(matrix.dtype)) / (lengths * np.linalg.norm(query))
    order = np.lexsort((numbers, -scores))[:k]
    return [(int(numbers[one]), float(np.clip(scores[one], -1.0, 1.0))) for one in order]
