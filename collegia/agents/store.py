"""The run store: one SQLite file that holds every run and its log of events, and the sessions that runs belong to.

The log is the truth that a resume reads. An event is committed when `append` returns, so a step whose
`step_finished` was appended stays finished whatever happens to the process. In WAL mode with `synchronous=NORMAL` a
commit outlives a killed process; a power cut may take the last commits, and then those steps run again.

Events of a run are numbered without a gap and the number is part of the key, so of two processes that work on one
run only one can append the next event; the other stops with a StoreError instead of telling a second story.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from collegia.database import Database, open_tables
from collegia.errors import StoreError, UnknownRun
from collegia.events import Event, event_from_dict, event_to_dict

__all__ = ["RunRecord", "RunStore"]

_LAYOUT = 2

_SCHEMA = """
CREATE TABLE IF NOT EXISTS runs (
    run_id TEXT PRIMARY KEY, status TEXT NOT NULL, question TEXT NOT NULL, created TEXT NOT NULL, updated TEXT NOT NULL,
    plan TEXT, result TEXT, options TEXT NOT NULL
);
CREATE TABLE IF NOT EXISTS events (
    run_id TEXT NOT NULL, seq INTEGER NOT NULL, json TEXT NOT NULL, PRIMARY KEY (run_id, seq)
) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS runs_created ON runs (created);
CREATE TABLE IF NOT EXISTS sessions (
    session_id TEXT PRIMARY KEY, name TEXT NOT NULL UNIQUE, created TEXT NOT NULL, updated TEXT NOT NULL
);
CREATE TABLE IF NOT EXISTS turns (
    session_id TEXT NOT NULL, place INTEGER NOT NULL, run_id TEXT NOT NULL, said TEXT NOT NULL, at TEXT NOT NULL,
    PRIMARY KEY (session_id, place)
) WITHOUT ROWID;
"""


@dataclass(frozen=True)
class RunRecord:
    """One stored run; `plan` and `result` are plain data, None until there is one."""

    run_id: str
    status: str
    question: str
    created: str
    updated: str
    plan: dict[str, Any] | None = None
    result: dict[str, Any] | None = None
    options: dict[str, Any] = field(default_factory=dict)


class RunStore(Database):
    """Runs and their events, in a file or in memory.

    Safe to use from several threads, and from several processes on one file.

    Raises:
        StoreError: from every method, when the file cannot be read or written; with its path and what to do.
    """

    what = "run store"

    @classmethod
    def in_memory(cls) -> RunStore:
        """A store that is gone with the process."""
        return cls(None)

    def create(self, record: RunRecord) -> None:
        """Store a new run."""
        row = (record.run_id, record.status, record.question, record.created, record.updated, _dump(record.options))
        try:
            with self.reading(sqlite3.IntegrityError) as db:
                db.execute(
                    "INSERT INTO runs (run_id, status, question, created, updated, options) VALUES (?, ?, ?, ?, ?, ?)",
                    row,
                )
        except sqlite3.IntegrityError:
            raise StoreError(f"run {record.run_id} is stored already") from None

    def update(
        self,
        run_id: str,
        *,
        at: str,
        status: str | None = None,
        plan: Mapping[str, Any] | None = None,
        result: Mapping[str, Any] | None = None,
    ) -> None:
        """Change what is given of a run and leave the rest."""
        given = {
            "status": status,
            "plan": None if plan is None else _dump(plan),
            "result": None if result is None else _dump(result),
        }
        with self.reading() as db:
            db.execute(
                "UPDATE runs SET updated = ?, status = COALESCE(?, status), plan = COALESCE(?, plan),"
                " result = COALESCE(?, result) WHERE run_id = ?",
                (at, *given.values(), run_id),
            )

    def append(self, *events: Event) -> None:
        """Append events to their run's log, all or none; they are durable when this returns.

        Raises:
            StoreError: also when another process has appended an event of such a number.
        """
        rows = [value for one in events for value in (one.run_id, one.seq, _dump(event_to_dict(one)))]
        places = ", ".join(["(?, ?, ?)"] * len(events))
        try:
            with self.reading(sqlite3.IntegrityError) as db:
                db.execute(f"INSERT INTO events (run_id, seq, json) VALUES {places}", rows)  # noqa: S608  # marks alone
        except sqlite3.IntegrityError:
            raise StoreError(
                f"run {events[0].run_id} is being worked on by another process; wait for it, or look at it with"
                f" `collegia runs show {events[0].run_id}`"
            ) from None

    def get(self, run_id: str) -> RunRecord:
        """The run of that id.

        Raises:
            UnknownRun: there is none.
        """
        with self.reading() as db:
            row = db.execute("SELECT * FROM runs WHERE run_id = ?", (run_id,)).fetchone()
        if row is None:
            raise UnknownRun(f"no run {run_id!r} is stored; `collegia runs list` shows those that are")
        return self._record(row)

    def plan(self, run_id: str) -> dict[str, Any]:
        """The plan of a run as plain data; empty where it has none."""
        with self.reading() as db:
            row = db.execute("SELECT plan FROM runs WHERE run_id = ?", (run_id,)).fetchone()
        return (_load(row[0]) if row else None) or {}

    def answered(self, limit: int) -> list[tuple[str, str]]:
        """The id and the question of the last runs that were answered, newest first."""
        with self.reading() as db:
            return db.execute(
                "SELECT run_id, question FROM runs WHERE status = 'answered' ORDER BY created DESC LIMIT ?", (limit,)
            ).fetchall()

    def list(self, limit: int | None = None) -> Sequence[RunRecord]:
        """The runs, newest first, without their plans and results."""
        with self.reading() as db:
            rows = db.execute(
                "SELECT run_id, status, question, created, updated, NULL, NULL, options FROM runs"
                " ORDER BY created DESC, rowid DESC LIMIT ?",
                (-1 if limit is None else limit,),
            ).fetchall()
        return [self._record(row) for row in rows]

    def events(self, run_id: str) -> Sequence[Event]:
        """The events of a run, in order."""
        with self.reading() as db:
            rows = db.execute("SELECT json FROM events WHERE run_id = ? ORDER BY seq", (run_id,)).fetchall()
        try:
            return [event_from_dict(json.loads(text)) for (text,) in rows]
        except ValueError as error:
            raise StoreError(f"the log of run {run_id} in {self.where} cannot be read: {error}") from error

    def _record(self, row: tuple[Any, ...]) -> RunRecord:
        run_id, status, question, created, updated, plan, result, options = row
        try:
            return RunRecord(
                run_id, status, question, created, updated, _load(plan), _load(result), _load(options) or {}
            )
        except ValueError as error:
            raise StoreError(f"run {run_id} in {self.where} cannot be read: {error}") from error

    def _open(self) -> sqlite3.Connection:
        return open_tables(self.path, self.what, _LAYOUT, _SCHEMA)


_dump = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


def _load(text: str | None) -> dict[str, Any] | None:
    if text is None:
        return None
    read = json.loads(text)
    if not isinstance(read, dict):
        raise ValueError("not an object")
    return read
