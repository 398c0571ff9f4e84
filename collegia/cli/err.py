"""Standard error and exit codes: everything that is not the answer. No other module writes to it.

| code | meaning |
| --- | --- |
| 0 | answered |
| 1 | error |
| 2 | usage: a flag, a file or a question that cannot be used |
| 3 | a question back, or a plan that waits for approval |
| 4 | refused: outside validity, or outside every installed domain |
| 5 | partial: `missing` and `warnings` say what |
| 130 | cancelled, or the plan rejected |
"""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from typing import NoReturn, Protocol

from collegia.cli.out import is_plain
from collegia.display import clean
from collegia.errors import CollegiaError, StoreError, UsageError

__all__ = [
    "ANSWERED",
    "CANCELLED",
    "ERROR",
    "USAGE",
    "Advance",
    "code_for",
    "confirm",
    "finish",
    "inquire",
    "is_interactive",
    "progress",
    "stepped",
    "tell",
    "waiting",
]

ANSWERED = 0
ERROR = 1
USAGE = 2
CLARIFY = 3
REFUSED = 4
PARTIAL = 5
CANCELLED = 130

_EVERY = 5.0  # seconds between two plain lines of progress

_CODES = {
    "answered": ANSWERED,
    "error": ERROR,
    "clarify": CLARIFY,
    "needs_approval": CLARIFY,
    "refuse_out_of_range": REFUSED,
    "out_of_domain": REFUSED,
    "partial": PARTIAL,
    "cancelled": CANCELLED,
    "rejected": CANCELLED,
}


def code_for(status: str) -> int:
    """The exit code of a status; a status that is none of a finished run is an error."""
    return _CODES.get(status, ERROR)


def tell(text: str) -> None:
    """Write a line for the person at the terminal."""
    if sys.stderr is None:  # closed by the caller
        return
    try:
        sys.stderr.write(clean(text) + "\n")
        sys.stderr.flush()
    except OSError:
        return  # nobody is left to be told


def is_interactive() -> bool:
    """Whether a person can be asked: standard input and standard error are both a terminal."""
    return sys.stdin is not None and sys.stdin.isatty() and sys.stderr is not None and sys.stderr.isatty()


def inquire(question: str) -> str | None:
    """Ask a person; None when the answer is empty or the input ends."""
    tell(question)
    sys.stderr.write("> ")
    sys.stderr.flush()
    answer = sys.stdin.readline().strip()
    return answer or None


def confirm(question: str) -> bool:
    """Ask for a yes; anything else is no."""
    return (inquire(f"{question} [y/N]") or "").lower() in ("y", "yes")


class Advance(Protocol):
    """Tells a progress bar that more are done."""

    def __call__(self, count: int = 1, /) -> None:
        """So many more are done."""


@contextmanager
def progress(total: int, what: str) -> Iterator[Advance]:
    """A progress bar on standard error; what it gives is called with how many more are done.

    Where standard error is no terminal, it is one line at the end; plainly, a line now and then.
    """
    if sys.stderr is None or not sys.stderr.isatty():
        yield lambda count=1: None
        tell(f"{what}: {total} done")
        return
    if is_plain():
        yield _counting(total, what)
        tell(f"{what}: {total} done")
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=Console(stderr=True)) as bar:
        task = bar.add_task(what, total=total)
        yield lambda count=1: bar.advance(task, count)


@contextmanager
def stepped(what: str) -> Iterator[Callable[[int, int], None]]:
    """A progress bar for work whose size is known at its first step: called with what is done, and of how many."""
    with ExitStack() as stack:
        advance: Advance | None = None
        before = 0

        def step(done: int, total: int) -> None:
            nonlocal advance, before
            if advance is None:
                advance = stack.enter_context(progress(total, what))
            advance(done - before)
            before = done

        yield step


@contextmanager
def waiting(what: str) -> Iterator[None]:
    """A sign of life and the time that has passed, on standard error; where that is no terminal, or plainly, a line."""
    if sys.stderr is None or not sys.stderr.isatty() or is_plain():
        tell(what)
        yield
        return
    from rich.console import Console
    from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

    columns = (SpinnerColumn(), TextColumn("{task.description}", markup=False), TimeElapsedColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        bar.add_task(what, total=None)
        yield


def _counting(total: int, what: str) -> Advance:
    """What tells how many are done, a line every few seconds."""
    done, told = 0, time.monotonic()

    def advance(count: int = 1, /) -> None:
        nonlocal done, told
        done += count
        if done < total and time.monotonic() - told >= _EVERY:
            told = time.monotonic()
            tell(f"{what}: {done} of {total} done")

    return advance


def finish(run: Callable[[], int]) -> NoReturn:
    """Do a command's work and end with its exit code: errors become a line on standard error, never a traceback.

    `COLLEGIA_DEBUG=1` shows the traceback.
    """
    import typer

    try:
        code = run()
    except KeyboardInterrupt:
        tell("cancelled")
        code = CANCELLED
    except CollegiaError as error:
        _trace()
        tell(f"error: {error}")
        code = USAGE if isinstance(error, UsageError) and not isinstance(error, StoreError) else ERROR
    except OSError as error:
        _trace()
        tell(f"error: {error}")
        code = ERROR
    except Exception as error:  # noqa: BLE001  # the outermost boundary: a fault of ours, told in one line
        _trace()
        tell(f"error: {type(error).__name__}: {error} (COLLEGIA_DEBUG=1 shows where)")
        code = ERROR
    raise typer.Exit(code)


def _trace() -> None:
    if os.environ.get("COLLEGIA_DEBUG", "") not in ("", "0"):
        import traceback

        tell(traceback.format_exc())
