"""The stores of runs, looked at without making any of them."""

from __future__ import annotations

import sqlite3
from functools import partial
from pathlib import Path

from collegia.agents.store import RunStore
from collegia.database import Database, connect
from collegia.health import Finding
from collegia.tools.routing.record import Records

__all__ = ["look_at_runs"]


class _Checkpoints(Database):
    """LangGraph's file beside the runs, whose tables are its own."""

    what = "checkpoints"

    def _open(self) -> sqlite3.Connection:
        return connect(self.path, self.what)


def look_at_runs(home: Path) -> list[Finding]:
    """The runs, the checkpoints beside them, and the record of experts that take words."""
    stores = (
        (RunStore(home / "runs.sqlite"), "runs", "runs"),
        (_Checkpoints(home / "checkpoints.sqlite"), "tables", "sqlite_master"),
        (Records.of_home(home), "records", "records"),
    )
    found = []
    for store, called, table in stores:
        found.append(store.examine(partial(_count, called, table)))
        store.close()
    return found


def _count(called: str, table: str, db: sqlite3.Connection) -> str:
    (count,) = db.execute(f"SELECT count(*) FROM {table}").fetchone()  # noqa: S608  # a name that stands above
    return f"{count:,} {called}"
