"""Standard output: the answer, and nothing else. No other module writes to it.

A reader that went away (`collegia runs list | head -1`) is no error: the rest is dropped quietly and the exit code
stays the command's own.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Sequence
from enum import StrEnum
from shutil import get_terminal_size
from typing import TYPE_CHECKING, Any

from collegia.display import CONTROLS, clean

if TYPE_CHECKING:
    from rich.console import RenderableType

__all__ = ["Output", "columns", "data", "is_plain", "is_terminal", "line", "rich", "rows", "speak_plainly", "write"]

_WIDTH = 120  # columns where there is no terminal to ask


class Output(StrEnum):
    """How an answer is written."""

    text = "text"
    json = "json"
    jsonl = "jsonl"


_asked = False  # for plain lines, by this command


def speak_plainly(wanted: bool) -> None:
    """Whether this command was asked for plain lines."""
    global _asked  # noqa: PLW0603  # one process, one standard output, one way to write to it
    _asked = wanted


def is_plain() -> bool:
    """Whether all is told in plain lines: one statement each, no tables, no drawing, nothing that moves.

    So it is with `--plain`, with COLLEGIA_PLAIN, and where the terminal can do nothing else (TERM is dumb).
    """
    return _asked or os.environ.get("COLLEGIA_PLAIN", "") not in ("", "0") or os.environ.get("TERM") == "dumb"


def is_terminal() -> bool:
    """Whether standard output is one."""
    return sys.stdout is not None and sys.stdout.isatty()


def line(text: str) -> None:
    """Write a line of plain text."""
    _write(clean(text) + "\n")


def write(text: str) -> None:
    """Write a text that ends with its own line end, without its control characters."""
    _write(clean(text))


def data(value: Any, output: Output = Output.json) -> None:
    """Write plain data: indented as `json`, on one line as `jsonl`; control characters are escaped in either."""
    utf8 = (getattr(sys.stdout, "encoding", None) or "utf-8").lower().replace("-", "") == "utf8"
    indent = 2 if output is Output.json else None
    text = json.dumps(value, ensure_ascii=not utf8, indent=indent)
    # JSON itself escapes only those below U+0020; the line ends between its parts are its own.
    _write(CONTROLS.sub(lambda one: f"\\u{ord(one.group()):04x}", text) + "\n")


def rows(found: Sequence[Any], output: Output, whole: Any = None) -> None:
    """Write a list of plain data: as one value as `json`, each on a line as `jsonl`.

    Args:
        found: the list.
        output: `json` or `jsonl`.
        whole: what `json` has instead, where more belongs to it than the list.
    """
    if output is Output.jsonl:
        for one in found:
            data(one, output)
    else:
        data(found if whole is None else whole)


def columns(heading: Sequence[str], found: Sequence[Sequence[str]]) -> None:
    """Write rows below a heading, in columns; on a terminal cut to its width, elsewhere whole, to be searched.

    Plainly, each row is a statement, with the heading of each value before it.
    """
    if is_plain():
        for row in found:
            line(_statement(heading, row))
        return
    widths = [max(map(len, column)) for column in zip(heading, *found, strict=True)][:-1]
    most = get_terminal_size().columns if is_terminal() else None
    for row in (heading, *found):
        padded = [f"{cell:<{width}}" for cell, width in zip(row, widths, strict=False)]
        line("  ".join((*padded, row[-1]))[:most])


def rich(*parts: RenderableType) -> None:
    """Write tables and styled text, without style where standard output is no terminal or NO_COLOR is set.

    Plainly, each row of a table is a statement, as in `columns`.
    """
    from rich.console import Console

    if is_plain():
        for part in parts:
            _tell(part)
        return

    width = None if is_terminal() or os.environ.get("COLUMNS") else _WIDTH
    console = Console(file=sys.stdout, markup=False, highlight=False, emoji=False, width=width, soft_wrap=False)
    with console.capture() as captured:
        for part in parts:
            console.print(part)
    _write("\n".join(one.rstrip() for one in captured.get().split("\n")))


def _tell(part: RenderableType) -> None:
    """Write a table, or a text, as lines."""
    from rich.table import Table

    if not isinstance(part, Table):
        line(str(part))
        return
    if part.title:
        line(str(part.title))
    heading = [str(column.header) if part.show_header else "" for column in part.columns]
    for row in zip(*(column.cells for column in part.columns), strict=True):
        line(_statement(heading, [str(cell) for cell in row]))


def _statement(heading: Sequence[str], row: Sequence[str]) -> str:
    """A row as one statement: "run 7, status answered, …"; what is empty is left out."""
    told = ("; ".join(filter(None, cell.strip().split("\n"))) for cell in row)
    return ", ".join(f"{name} {cell}".strip() for name, cell in zip(heading, told, strict=True) if cell)


def _write(text: str) -> None:
    if sys.stdout is None:  # closed by the caller
        return
    if hasattr(sys.stdout, "reconfigure"):
        sys.stdout.reconfigure(errors="backslashreplace")
    try:
        sys.stdout.write(text)
        sys.stdout.flush()
    except OSError as error:
        # Nothing more can be written here; Python would try again at exit, and complain.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        if not isinstance(error, BrokenPipeError):
            raise
