"""Sessions, stored beside the runs they hold: names, and turns in order.

A turn is one thing that was said and the run that it led to; an answer to a question back is a turn of the run that
asked. A turn's place is given by the statement that writes it, so two processes on one session lose none.
"""

from __future__ import annotations

import re
import secrets
import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from collegia.agents.log import now
from collegia.agents.store import RunStore
from collegia.errors import StoreError, UnknownSession, UsageError

__all__ = ["LAST", "SessionRecord", "Sessions", "Turn", "new_session_id", "read_name"]

LAST = "last"
"""Stands for the session that something was said in last; no session is called so."""

_LONGEST_NAME = 60

_UNREADABLE = re.compile(r"[\s\x00-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff]+")

_LISTED = (
    "SELECT session_id, name, created, updated,"
    " (SELECT COUNT(*) FROM turns WHERE turns.session_id = sessions.session_id) FROM sessions"
)
_MATCHES = (
    "(name LIKE ?1 ESCAPE '\\' OR EXISTS (SELECT 1 FROM turns JOIN runs USING (run_id) WHERE"
    " turns.session_id = sessions.session_id AND (said LIKE ?1 ESCAPE '\\' OR question LIKE ?1 ESCAPE '\\')))"
)


@dataclass(frozen=True)
class SessionRecord:
    """One stored session; `turns` is how many it has."""

    session_id: str
    name: str
    created: str
    updated: str
    turns: int = 0


@dataclass(frozen=True)
class Turn:
    """What was said, and the run that it led to."""

    place: int
    run_id: str
    said: str
    at: str


def new_session_id() -> str:
    """An id that sorts by time, and is no run's."""
    return f"s{datetime.now(UTC):%Y%m%d-%H%M%S}-{secrets.token_hex(3)}"


def read_name(text: str) -> str:
    """A name as it is stored: on one line, without control characters.

    Raises:
        UsageError: nothing is left of it, it is too long, or it stands for something else.
    """
    name = _UNREADABLE.sub(" ", text).strip()
    if not name or name == LAST:
        raise UsageError(f"a session cannot be called {text!r}; give it a name of a few words")
    if len(name) > _LONGEST_NAME:
        raise UsageError(f"a session's name has at most {_LONGEST_NAME} characters; this one has {len(name)}")
    return name


class Sessions:
    """The sessions of a run store.

    Raises:
        StoreError: from every method, when the file cannot be read or written.
    """

    def __init__(self, store: RunStore) -> None:
        self._store = store

    def find(self, which: str) -> SessionRecord | None:
        """The session of that id or name, or the last one for `LAST`; None where there is none."""
        with self._store.reading() as db:
            if which == LAST:
                row = db.execute(f"{_LISTED} ORDER BY updated DESC, rowid DESC LIMIT 1").fetchone()
            else:
                row = db.execute(f"{_LISTED} WHERE session_id = ?1 OR name = ?1", (which,)).fetchone()
        return None if row is None else SessionRecord(*row)

    def list(self, query: str | None = None) -> Sequence[SessionRecord]:
        """The sessions, the last one first; only those in which each word of the query is found.

        Words are looked for in the name, in what was said, and in the questions that were made of it.
        """
        words = (query or "").split()
        patterns = ["%" + re.sub(r"([\\%_])", r"\\\1", word) + "%" for word in words]
        where = " AND ".join(_MATCHES.replace("?1", f"?{place}") for place in range(1, len(words) + 1)) or "1"
        with self._store.reading() as db:
            rows = db.execute(
                f"{_LISTED} WHERE {where} ORDER BY updated DESC, rowid DESC", patterns
            ).fetchall()  # marks alone
        return [SessionRecord(*row) for row in rows]

    def create(self, session_id: str, name: str) -> SessionRecord:
        """Store a session; where its name is taken, the session that has it."""
        with self._store.reading() as db:
            db.execute("INSERT OR IGNORE INTO sessions VALUES (?, ?, ?3, ?3)", (session_id, name, now()))
        found = self.find(session_id) or self.find(name)
        if found is None:
            raise StoreError(f"session {name!r} could not be stored in {self._store.where}")
        return found

    def create_after(self, session_id: str, text: str) -> SessionRecord:
        """Store a session that is called by a text, with a number behind it where the name is taken."""
        words = _UNREADABLE.sub(" ", text).strip() or session_id
        room = _LONGEST_NAME - 6
        start = words if len(words) <= room else f"{words[: room - 1].rstrip()}…"
        number = 1
        while True:
            name = start if number == 1 and start != LAST else f"{start} ({number})"
            made = self.create(session_id, name)
            if made.session_id == session_id:
                return made
            number += 1

    def rename(self, session_id: str, name: str) -> None:
        """Give a session another name.

        Raises:
            UsageError: another session has it.
        """
        try:
            with self._store.reading(sqlite3.IntegrityError) as db:
                db.execute("UPDATE sessions SET name = ? WHERE session_id = ?", (name, session_id))
        except sqlite3.IntegrityError:
            raise UsageError(f"another session is called {name!r}; choose another name") from None

    def copy_run(self, run_id: str, new_id: str) -> None:
        """Store a run once more under another id, with its log."""
        record = self._store.get(run_id)
        result = None if record.result is None else {**record.result, "run_id": new_id}
        self._store.create(replace(record, run_id=new_id))
        self._store.update(new_id, at=record.updated, plan=record.plan, result=result)
        if events := self._store.events(run_id):
            self._store.append(*(replace(event, run_id=new_id) for event in events))

    def turns(self, session_id: str) -> Sequence[Turn]:
        """The turns of a session, in order."""
        with self._store.reading() as db:
            rows = db.execute(
                "SELECT place, run_id, said, at FROM turns WHERE session_id = ? ORDER BY place", (session_id,)
            ).fetchall()
        return [Turn(*row) for row in rows]

    def add(self, session_id: str, run_id: str, said: str) -> None:
        """Add a turn after those that are there."""
        at = now()
        with self._store.writing() as db:
            db.execute(
                "INSERT INTO turns SELECT ?1, COALESCE(MAX(place) + 1, 0), ?2, ?3, ?4 FROM turns WHERE session_id = ?1",
                (session_id, run_id, said, at),
            )
            db.execute("UPDATE sessions SET updated = ? WHERE session_id = ?", (at, session_id))

    def get(self, which: str) -> SessionRecord:
        """The session of that id or name.

        Raises:
            UnknownSession: there is none.
        """
        found = self.find(which)
        if found is None:
            raise UnknownSession(f"no session {which!r} is stored; `collegia sessions list` shows those that are")
        return found
