"""`collegia sessions`: conversations, listed, shown, renamed, forked and written out."""

from __future__ import annotations

from typing import Literal

from collegia.agents.assistant import Assistant
from collegia.agents.result import Result
from collegia.agents.session_store import Sessions
from collegia.agents.talk.session import Session
from collegia.cli.err import ANSWERED, tell
from collegia.cli.loading import make_assistant
from collegia.cli.out import Output, columns, is_plain, line, rows, write

__all__ = ["export_session", "fork_session", "list_sessions", "rename_session", "show_session"]


def list_sessions(query: str | None, output: Output) -> int:
    """List sessions, the last one first."""
    found = make_assistant().sessions(query)
    if output is not Output.text:
        rows([vars(record) for record in found], output)
    elif found:
        shown = [(each.session_id, each.updated[:19], str(each.turns), each.name) for each in found]
        columns(("session", "updated", "turns", "name"), shown)
    else:
        line("no sessions are stored" if query is None else f"no session has {query!r} in it")
    return ANSWERED


def show_session(which: str, output: Output) -> int:
    """Show what was said, and answered."""
    session = _existing(make_assistant(), which)
    runs = {run.run_id: run for run in session.runs()}
    turns = session.turns()
    if output is not Output.text:
        said = [{**vars(turn), "status": runs[turn.run_id].status} for turn in turns]
        rows(said, output, {"session_id": session.id, "name": session.name, "turns": said})
        return ANSWERED
    line(f"session {session.id}: {session.name}")
    last = {turn.run_id: turn.place for turn in turns}
    for turn in turns:
        line(f"{'You: ' if is_plain() else chr(10) + '> '}{' '.join(turn.said.split())}")
        run = runs[turn.run_id]
        if last[turn.run_id] == turn.place:
            result = None if run.result is None else Result.from_dict(run.result)
            line("It has no result yet." if result is None else result.answer_text)
            line(f"run {run.run_id}: {run.status}")
    return ANSWERED


def rename_session(which: str, name: str) -> int:
    """Give a session another name."""
    _existing(make_assistant(), which).rename(name)
    return ANSWERED


def fork_session(which: str, at: str | None, name: str | None) -> int:
    """Begin another session from a session's end, or from one of its runs; prints its name."""
    made = _existing(make_assistant(), which).fork(at)
    if name is not None:
        made.rename(name)
    tell(f"session {made.id}: {len(made.turns())} turns")
    line(made.name)
    return ANSWERED


def export_session(which: str, form: Literal["markdown", "json"]) -> int:
    """Write a session out."""
    write(_existing(make_assistant(), which).export(form))
    return ANSWERED


def _existing(assistant: Assistant, which: str) -> Session:
    """A session that is stored; one that is only looked at is not made.

    Raises:
        UnknownSession: there is none.
    """
    return assistant.session(Sessions(assistant.store).get(which).session_id)
