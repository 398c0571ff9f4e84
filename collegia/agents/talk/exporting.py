"""A session written out: Markdown for people, JSON for programs."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from collegia.agents.result import Result
from collegia.agents.session_store import SessionRecord, Turn
from collegia.agents.store import RunRecord

__all__ = ["SCHEMA", "as_data", "as_markdown"]

SCHEMA: Final = "collegia.session/1"

_MARKUP = re.compile(r"([\\`*_{}\[\]<>#|~!&])")
_AT_START = re.compile(r"^(\s*)([-+=]|\d+(?=[.)]))", re.MULTILINE)


def as_data(record: SessionRecord, turns: Sequence[Turn], runs: Mapping[str, RunRecord]) -> str:
    """JSON text: the session, its turns, and the result of each run."""
    said = [{"said": turn.said, "at": turn.at, "run_id": turn.run_id} for turn in turns]
    results = {run_id: run.result for run_id, run in runs.items()}
    whole = {"schema": SCHEMA, **vars(record), "turns": said, "results": results}
    return json.dumps(whole, ensure_ascii=False, indent=2) + "\n"


def as_markdown(record: SessionRecord, turns: Sequence[Turn], runs: Mapping[str, RunRecord]) -> str:
    """Markdown text: what was said and answered, with what the answers rest on. No text of it is taken for markup."""
    lines = [f"# {_plain(record.name or record.session_id)}", ""]
    last = {turn.run_id: turn.place for turn in turns}
    for turn in turns:
        lines += [f"## {_plain(turn.said)}", ""]
        run = runs[turn.run_id]
        if last[turn.run_id] == turn.place and run.result is not None:
            lines += _told(Result.from_dict(run.result))
        lines += [f"Run {turn.run_id}, {turn.at[:19].replace('T', ' ')} UTC: {run.status}.", ""]
    return "\n".join(lines)


def _told(result: Result) -> Iterator[str]:
    yield from (_plain(result.answer_text, whole=True), "")
    if result.said and result.question != result.said:
        yield from (f"Read as: {_plain(result.question)}", "")
    for heading in ("changed", "kept", "assumptions", "warnings"):
        if items := getattr(result, heading):
            yield from (f"{heading.capitalize()}:", "", *(f"- {_plain(item)}" for item in items), "")
    if cited := [step.source for step in result.steps if step.source]:
        yield from ("Sources:", "", *(f"- {_plain(source)}" for source in dict.fromkeys(cited)), "")


def _plain(text: str, *, whole: bool = False) -> str:
    """The text with its markup escaped; on one line, unless it is to keep its lines."""
    escaped = _MARKUP.sub(r"\\\1", text)
    if not whole:
        return " ".join(escaped.split())
    return _AT_START.sub(lambda found: f"{found[1]}\\{found[2]}" if not found[2].isdigit() else found[0], escaped)
