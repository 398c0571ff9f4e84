"""`collegia memory`: list, add, forget."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Annotated, Any

import typer

from collegia.cli.err import ANSWERED, finish, tell
from collegia.cli.options import OutputOption, group
from collegia.cli.out import Output, data, line, rows
from collegia.cli.stdin import read_text

if TYPE_CHECKING:
    from collegia.knowledge.memory import Conflict, Fact, MemoryStore

__all__ = ["add_fact", "app", "forget_facts", "list_facts"]

app = group("What you stated, corrected and abbreviated, as it is remembered.")


@app.command("list")
def memory_list(output: OutputOption = Output.text) -> None:
    """List what is remembered, what was said last first.

    What was said otherwise before stands below what took its place.
    """
    finish(lambda: list_facts(output))


@app.command("add")
def memory_add(
    text: Annotated[str, typer.Argument(metavar="TEXT", help="One sentence; - reads it from standard input.")],
    output: OutputOption = Output.text,
) -> None:
    """Remember a sentence.

    Understood are "the roughness of our pipes is 0.1 mm", "CW means cooling water", "always give pressures in bar",
    "no, it is 0.2 mm" and the like; anything else is kept as a sentence.
    """
    finish(lambda: add_fact(text, output))


@app.command("forget")
def memory_forget(
    which: Annotated[str, typer.Argument(metavar="ID|TEXT", help="Its number, its text, a short form or a quantity.")],
    output: OutputOption = Output.text,
) -> None:
    """Forget a fact, and what it took the place of; no trace stays in the file."""
    finish(lambda: forget_facts(which, output))


def list_facts(output: Output) -> int:
    """Show every fact."""
    memory = _memory()
    found = memory.list(replaced=True)
    if output is not Output.text:
        rows([_plain(fact) for fact in found], output)
    elif found:
        _print(found)
    else:
        line("nothing is remembered")
    return ANSWERED


def add_fact(text: str, output: Output) -> int:
    """Remember a sentence; what it contradicts is told.

    Raises:
        UsageError: it cannot be remembered; the message says why.
    """
    memory = _memory()
    fact = memory.remember(read_text(text, "sentence"))
    conflicts = memory.conflicts(fact)
    if output is not Output.text:
        data({**_plain(fact), "conflicts": [_conflict(one) for one in conflicts]}, output)
        return ANSWERED
    line(_row(fact))
    if fact.replaced_by is not None:
        tell(f"fact {fact.replaced_by} was said later and stands")
    for one in conflicts:
        tell(one.why)
    if fact.kind == "statement":
        tell("kept as a sentence; no value is taken from it")
    return ANSWERED


def forget_facts(which: str, output: Output) -> int:
    """Forget what a number or a text means.

    Raises:
        UsageError: nothing is meant by it, or several things are.
    """
    bare = which.strip()
    gone = _memory().forget(int(bare) if bare.isascii() and bare.isdecimal() and len(bare) < 19 else bare)
    if output is not Output.text:
        data([_plain(fact) for fact in gone], output)
        return ANSWERED
    for fact in gone:
        line(f"forgot {_row(fact)}")
    return ANSWERED


def _memory() -> MemoryStore:
    from collegia.knowledge.memory import open_memory
    from collegia.settings import Settings

    return open_memory(Settings.load())


def _plain(fact: Fact) -> dict[str, Any]:
    """A fact as plain data."""
    claim = fact.claim()
    said: dict[str, Any] = {"id": fact.id, "kind": fact.kind, "text": fact.text}
    if fact.kind != "statement":
        said["what"], said["written"] = claim.what, claim.amount.written
        said["number"], said["unit"], said["reference"] = claim.amount.number, claim.amount.unit, claim.amount.reference
    return {
        **said, "said": fact.said, "used": fact.used, "source": fact.source, "count": fact.count,
        "replaced_by": fact.replaced_by,
    }  # fmt: skip


def _conflict(one: Conflict) -> dict[str, str]:
    return {"kept": one.kept.amount.written, "dropped": one.dropped.amount.written, "why": one.why}


def _print(found: Iterable[Fact]) -> None:
    """Each fact, and below it what it took the place of."""
    older: dict[int | None, list[Fact]] = {}
    for fact in found:
        older.setdefault(fact.replaced_by, []).append(fact)

    def show(fact: Fact) -> None:
        line(_row(fact))
        for one in older.get(fact.id, ()):
            show(one)

    for fact in older.get(None, ()):
        show(fact)


def _row(fact: Fact) -> str:
    from collegia.knowledge.memory import shown

    claim = fact.claim()
    told = f"{claim.what}: {claim.amount.written}" if claim.what else fact.text
    often = f", {fact.count} times" if fact.count > 1 else ""
    said = "said" if fact.source == "user" else f"said in run {fact.source}"
    instead = f"; replaced by {fact.replaced_by}" if fact.replaced_by is not None else ""
    return f"{fact.id:>4}  {fact.kind:<12}  {shown(told)}  ({shown(said)} {fact.day}{often}{instead})"
