"""What is stored, by name, for who only picks one: read without opening a store, and without what a store stands on."""

from __future__ import annotations

from pathlib import Path

from collegia.database import peek

__all__ = ["run_names", "session_names"]


def run_names(home: Path, start: str, most: int) -> list[tuple[str, str]]:
    """The last runs whose id starts so, each with its question."""
    return peek(
        home / "runs.sqlite",
        "SELECT run_id, question FROM runs WHERE substr(run_id, 1, ?) = ? ORDER BY created DESC LIMIT ?",
        (len(start), start, most),
    )


def session_names(home: Path, start: str, most: int) -> list[tuple[str, str]]:
    """The last sessions whose name or id starts so, each with the other."""
    return peek(
        home / "runs.sqlite",
        "SELECT name, session_id FROM (SELECT name, session_id, updated FROM sessions"
        " UNION ALL SELECT session_id, name, updated FROM sessions) WHERE substr(name, 1, ?) = ?"
        " ORDER BY updated DESC LIMIT ?",
        (len(start), start, most),
    )
