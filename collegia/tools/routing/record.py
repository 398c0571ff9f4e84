"""Each expert's record: how often its answers were good, by category of question, and what they took.

An expert that nothing is known of gets the benefit of the doubt, as if six of eight answers had been good. What it did
in other categories is where its rate in a category starts from, so a few answers in one say the more the more of them
there are.
"""

from __future__ import annotations

import math
import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from collegia.database import Database, open_tables
from collegia.errors import UsageError

__all__ = ["Record", "Records"]

_LAYOUT = 1
_SCHEMA = """
CREATE TABLE IF NOT EXISTS records (
    expert TEXT NOT NULL, category TEXT NOT NULL, good INTEGER NOT NULL, bad INTEGER NOT NULL,
    seconds REAL NOT NULL, timed INTEGER NOT NULL, cost REAL NOT NULL, priced INTEGER NOT NULL,
    PRIMARY KEY (expert, category)
) WITHOUT ROWID;
"""
_NOTE = """
INSERT INTO records VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (expert, category) DO UPDATE SET
    good = good + excluded.good, bad = bad + excluded.bad, seconds = seconds + excluded.seconds,
    timed = timed + excluded.timed, cost = cost + excluded.cost, priced = priced + excluded.priced
"""

_RATE, _STRENGTH = 0.75, 8.0  # the rate of an expert without a record, and how many answers it stands for


@dataclass(frozen=True)
class _Row:
    """Sums of one expert in one category."""

    good: int = 0
    bad: int = 0
    seconds: float = 0.0
    timed: int = 0
    cost: float = 0.0
    priced: int = 0


@dataclass(frozen=True)
class Record:
    """What is known of an expert in one category.

    Attributes:
        good: how many answers were good.
        bad: how many were not.
        rate: the success rate to expect: the mean of a Beta distribution.
        lower: the rate that it most likely exceeds: one standard deviation below.
        seconds: the mean time of a call in any category; None where none was timed.
        cost: the mean cost of a call in any category, in the unit of the cards; None where none is known.
    """

    good: int
    bad: int
    rate: float
    lower: float
    seconds: float | None = None
    cost: float | None = None


class Records(Database):
    """The records of all experts, in a file, or in memory for None. A file that is not there is made by the first note.

    Raises:
        StoreError: from every method, when the file cannot be read or written; with its path and what to do.
    """

    what = "file of records"

    def __init__(self, path: Path | str | None) -> None:
        super().__init__(path)
        self._version = -1
        self._rows: dict[str, dict[str, _Row]] = {}

    @classmethod
    def of_home(cls, home: Path) -> Records:
        """The records that the settings' home holds."""
        return cls(home / "records.sqlite")

    def note(
        self, expert: str, category: str, *, good: bool, seconds: float | None = None, cost: float | None = None
    ) -> None:
        """Add the outcome of one answer.

        Args:
            expert: who gave it.
            category: what kind of question it was; empty where none is known.
            good: whether it was of use: given at all, and accepted.
            seconds: what the call took; None where it was not timed.
            cost: what it cost, in the unit of the cards; None where that is not known.

        Raises:
            UsageError: a time or a cost that is none.
        """
        for name, value in (("seconds", seconds), ("cost", cost)):
            if value is not None and not (math.isfinite(value) and value >= 0):
                raise UsageError(f"the {name} of an answer of {expert} cannot be {value}; give 0 or more")
        times = (seconds or 0.0, int(seconds is not None), cost or 0.0, int(cost is not None))
        with self.reading() as db:
            db.execute(_NOTE, (expert, category, int(good), int(not good), *times))
            self._version = -1

    def of(self, expert: str, category: str = "") -> Record:
        """The record of an expert in a category; it is read from memory unless the file has changed."""
        rows = self._read().get(expert, {})
        here = rows.get(category, _Row())
        others = [row for name, row in rows.items() if name != category]
        good, bad = sum(row.good for row in others), sum(row.bad for row in others)
        start = (_RATE * _STRENGTH + good) / (_STRENGTH + good + bad)
        alpha = start * _STRENGTH + here.good
        beta = (1.0 - start) * _STRENGTH + here.bad
        total = alpha + beta
        rate = alpha / total
        spread = math.sqrt(rate * (1.0 - rate) / (total + 1.0))
        return Record(
            here.good, here.bad, rate, max(0.0, rate - spread),
            _mean((row.seconds, row.timed) for row in rows.values()),
            _mean((row.cost, row.priced) for row in rows.values()),
        )  # fmt: skip

    def categories(self, expert: str) -> dict[str, Record]:
        """The records of an expert by category, for those in which it has answered; empty for none that is known."""
        return {category: self.of(expert, category) for category in sorted(self._read().get(expert, {}))}

    def _read(self) -> dict[str, dict[str, _Row]]:
        """All rows by expert and category; kept as long as nobody has written to the file."""
        with self._lock:
            if self._connection is None and self.path is not None and not self.path.exists():
                return {}
            with self.reading() as db:
                # This number changes with what others write; what this one writes sets it back.
                (version,) = db.execute("PRAGMA data_version").fetchone()
                if version != self._version:
                    rows: dict[str, dict[str, _Row]] = {}
                    for expert, category, *sums in db.execute("SELECT * FROM records"):
                        rows.setdefault(expert, {})[category] = _Row(*sums)
                    self._rows, self._version = rows, version
                return self._rows

    def _open(self) -> sqlite3.Connection:
        self._version = -1
        return open_tables(self.path, self.what, _LAYOUT, _SCHEMA)


def _mean(sums: Iterable[tuple[float, int]]) -> float | None:
    """The mean of all that sums and counts were made of."""
    pairs = list(sums)
    count = sum(each for _, each in pairs)
    return sum(each for each, _ in pairs) / count if count else None
