"""Stopping an engine with all its processes, and what its log said last."""

from __future__ import annotations

import asyncio
import os
import re
import signal
import time
from asyncio.subprocess import Process as Child
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from collegia.tools.serving.record import Process, Record, read_record

__all__ = ["GRACE", "end_group", "end_leftover", "last_words", "stop"]

GRACE = 15.0
"""Seconds that an engine may take to stop before it is killed."""

_SWEEP = 3.0  # seconds for its other processes to follow by themselves
_TAIL = 1 << 16  # bytes of a log that are looked through


async def end_group(child: Child, grace: float = GRACE) -> None:
    """Ask a child to end, kill it after the grace, and kill what is left of its group."""
    if child.returncode is None:
        with suppress(ProcessLookupError):
            child.terminate()
        with suppress(TimeoutError):
            await asyncio.wait_for(child.wait(), grace)
    stopped = child.returncode is not None
    await asyncio.to_thread(_end_rest, child.pid, min(grace, _SWEEP) if stopped else 0.0)
    await child.wait()


def end_leftover(record: Record, grace: float = GRACE) -> bool:
    """Stop an engine whose watcher is gone; whether there was one."""
    engine = record.engine
    if engine is None or not engine.is_alive():
        return False
    _ask(engine)
    stopped = _within(grace, lambda: not engine.is_alive())
    _end_rest(engine.pid, min(grace, _SWEEP) if stopped else 0.0)
    return True


def stop(folder: Path, grace: float = GRACE) -> bool:
    """Stop the engine that is recorded in the folder, and its watcher; whether there was anything to stop."""
    record = read_record(folder)
    if record is None:
        return False
    watcher = record.watcher
    lived = watcher.is_alive()
    if lived:
        _ask(watcher)
        if not _within(grace + _SWEEP + 5.0, lambda: not watcher.is_alive()):
            with suppress(ProcessLookupError):
                os.kill(watcher.pid, signal.SIGKILL)
    return end_leftover(read_record(folder) or record, grace) or lived


def last_words(log: Path) -> str:
    """The last error that a log tells, or its last line."""
    with suppress(OSError), log.open("rb") as file:
        file.seek(max(0, log.stat().st_size - _TAIL))
        lines = [line.strip() for line in file.read().decode("utf-8", "replace").splitlines() if line.strip()]
        errors = [line for line in lines if re.search(r"\b\w*(?:Error|Exception)\b: ?\S", line)]
        return ([*lines, *errors] or [""])[-1][:400]
    return "it has no log"


def _ask(process: Process) -> None:
    with suppress(ProcessLookupError):
        os.kill(process.pid, signal.SIGTERM)


def _within(seconds: float, done: Callable[[], bool]) -> bool:
    end = time.monotonic() + seconds
    while not done():
        if time.monotonic() > end:
            return False
        time.sleep(0.05)
    return True


def _group_lives(leader: int) -> bool:
    try:
        os.killpg(leader, 0)
    except (ProcessLookupError, PermissionError):
        return False
    return True


def _end_rest(group: int, grace: float) -> None:
    """Kill what has not left the group by itself after the grace."""
    if not _within(grace, lambda: not _group_lives(group)):
        with suppress(ProcessLookupError, PermissionError):
            os.killpg(group, signal.SIGKILL)
        _within(1.0, lambda: not _group_lives(group))  # the system takes a moment to do it
