"""How well adapters were placed: counted by each program, added up in one file for `collegia serve status`."""

from __future__ import annotations

import sqlite3
from dataclasses import asdict, dataclass
from pathlib import Path

from collegia.database import Database, open_tables

__all__ = ["Figures", "FiguresFile", "figures_file"]


@dataclass
class Figures:
    """Counts of calls to adapters; times are in seconds.

    Attributes:
        calls: calls that asked for an adapter.
        hits: those that found it loaded and ready.
        consistent: those that found it as it was thought to be, loaded or not, and at the engine where it was thought.
        loads: adapters that were loaded, for a call or ahead of one.
        load_seconds: what the engines needed for that.
        switches: loads that another adapter had to make room for.
        switch_seconds: what these took, the removal included.
        slowest: the longest of all loads and switches.
    """

    calls: int = 0
    hits: int = 0
    consistent: int = 0
    loads: int = 0
    load_seconds: float = 0.0
    switches: int = 0
    switch_seconds: float = 0.0
    slowest: float = 0.0

    @property
    def hit_rate(self) -> float | None:
        """The share of calls that found their adapter loaded; None before the first."""
        return self.hits / self.calls if self.calls else None

    @property
    def consistency(self) -> float | None:
        """The share of calls whose adapter was where it was thought to be; None before the first."""
        return self.consistent / self.calls if self.calls else None

    def loaded(self, seconds: float, switched: float | None) -> None:
        """Count a load, and the whole switch where another adapter made room."""
        self.loads += 1
        self.load_seconds += seconds
        if switched is not None:
            self.switches += 1
            self.switch_seconds += switched
        self.slowest = max(self.slowest, seconds, switched or 0.0)

    def plain(self) -> dict[str, float | None]:
        """As plain data, with the two shares."""
        return {**asdict(self), "hit_rate": self.hit_rate, "consistency": self.consistency}


class FiguresFile(Database):
    """The figures of all programs since the engine was started; safe to use from several of them."""

    what = "record of serving"

    def add(self, more: Figures) -> None:
        """Add the figures of one program.

        Raises:
            StoreError: the file cannot be written.
        """
        with self.writing() as db:
            for name, value in asdict(more).items():
                joined = "max(value, excluded.value)" if name == "slowest" else "value + excluded.value"
                db.execute(
                    f"INSERT INTO figures VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET value = {joined}",  # noqa: S608  # one of the two texts above
                    (name, value),
                )

    def total(self) -> Figures:
        """All that was added.

        Raises:
            StoreError: the file cannot be read.
        """
        with self.reading() as db:
            held = dict(db.execute("SELECT name, value FROM figures").fetchall())
        usual = asdict(Figures())
        return Figures(**{name: type(none)(held.get(name, none)) for name, none in usual.items()})

    def clear(self) -> None:
        """Begin again at nothing.

        Raises:
            StoreError: the file cannot be written.
        """
        with self.writing() as db:
            db.execute("DELETE FROM figures")

    def _open(self) -> sqlite3.Connection:
        return open_tables(
            self.path, self.what, 1, "CREATE TABLE figures (name TEXT PRIMARY KEY, value REAL NOT NULL);\n"
        )


def figures_file(home: Path) -> FiguresFile:
    """The file of a home."""
    return FiguresFile(home / "serving" / "figures.sqlite")
