"""`collegia runs`: what the run store holds."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from collegia.agents.assistant import Assistant
from collegia.agents.store import RunRecord
from collegia.cli.err import ANSWERED
from collegia.cli.loading import make_assistant
from collegia.cli.out import Output, columns, data, line, rich, rows
from collegia.display import clean
from collegia.events import Event, event_to_dict

__all__ = ["list_runs", "show_run"]

# What every event has, or what is too long for a line; the rest is told.
_UNTOLD = frozenset({"version", "kind", "run_id", "seq", "at", "parent", "question", "proposal", "plan"})


def list_runs(output: Output, limit: int) -> int:
    """List runs, newest first."""
    found = make_assistant().runs(limit)
    if output is not Output.text:
        rows([_summary(record) for record in found], output)
    elif found:
        shown = [(each.run_id, each.status, each.created[:19], " ".join(each.question.split())) for each in found]
        columns(("run", "status", "created", "question"), shown)
    else:
        line("no runs are stored")
    return ANSWERED


def show_run(run_id: str, events: bool, output: Output) -> int:
    """Show the result of a run, or what happened in it; a run without a result shows what is known of it."""
    assistant = make_assistant()
    record = assistant.store.get(run_id)
    happened = assistant.events(run_id) if events else ()
    told = [event_to_dict(event) for event in happened]
    if events and output is Output.jsonl:
        rows(told, output)
    elif output is not Output.text:
        shown = record.result or {**_summary(record), "plan": record.plan}
        data({**shown, "events": told} if events else shown, output)
    elif events:
        _print_events(happened)
    else:
        _print_record(record, assistant)
    return ANSWERED


def _summary(record: RunRecord) -> dict[str, Any]:
    return {
        "run_id": record.run_id,
        "status": record.status,
        "question": record.question,
        "created": record.created,
        "updated": record.updated,
    }


def _print_record(record: RunRecord, assistant: Assistant) -> None:
    line(f"run {record.run_id}: {record.status}")
    line(record.question)
    if record.result is None:
        line(f"It has no result yet; `collegia resume {record.run_id}` goes on with it.")
        return
    from collegia.agents.result import Result
    from collegia.cli.render import print_result

    print_result(Result.from_dict(record.result), assistant.registry)


def _print_events(happened: Sequence[Event]) -> None:
    from rich.table import Table
    from rich.text import Text

    table = Table(box=None, pad_edge=False)
    for heading in ("seq", "at", "event"):
        table.add_column(heading, no_wrap=True)
    table.add_column("what")
    for event in happened:
        told = event_to_dict(event)
        what = "  ".join(
            f"{name}={value}" for name, value in told.items() if name not in _UNTOLD and value not in ("", (), None)
        )
        table.add_row(str(event.seq), event.at[11:23], event.kind, Text(clean(what), overflow="fold"))
    rich(table)
