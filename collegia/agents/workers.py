"""Threads that experts run in.

Each call has a thread of its own, a daemon: an expert that never returns can be left behind without holding up the
answer or the end of the process, which an executor's threads would. Experts that name a library run one at a time
per library: the libraries keep caches that were not written for threads, and in pure Python nothing is lost by it.
"""

from __future__ import annotations

import asyncio
import contextvars
import threading
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack, contextmanager
from typing import Any, TypeVar

__all__ = ["Abandoned", "in_thread", "one_at_a_time"]

Returned = TypeVar("Returned")

_locks: dict[str, threading.Lock] = {}
_locks_guard = threading.Lock()


class Abandoned(Exception):
    """Nobody waits for this call any more."""


@contextmanager
def one_at_a_time(names: Iterable[str]) -> Iterator[None]:
    """Hold the locks of these names, taken in one order so that no two callers wait for each other."""
    with ExitStack() as held:
        for name in sorted(set(names)):
            with _locks_guard:
                lock = _locks.setdefault(name, threading.Lock())
            held.enter_context(lock)
        yield


async def in_thread(function: Callable[[threading.Event], Returned]) -> Returned:
    """Run a function in a thread of its own and wait for it, in the context of the caller.

    The function gets an event that is set once nobody waits for it. An exception of the function is raised here;
    SystemExit and its like come as RuntimeError, since no expert may end the process.
    """
    loop = asyncio.get_running_loop()
    future: asyncio.Future[Returned] = loop.create_future()
    abandoned = threading.Event()
    context = contextvars.copy_context()

    def settle(value: Any, error: BaseException | None) -> None:
        if future.done():
            return
        if error is None:
            future.set_result(value)
        else:
            future.set_exception(error)

    def work() -> None:
        value: Any = None
        failed: Exception | None = None
        try:
            value = context.run(function, abandoned)
        except BaseException as error:  # noqa: BLE001  # whatever an expert raises is raised where it is awaited
            failed = error if isinstance(error, Exception) and not isinstance(error, StopIteration) else _tamed(error)
        try:
            loop.call_soon_threadsafe(settle, value, failed)
        except RuntimeError:
            return  # the loop has been closed since; nobody waits

    threading.Thread(target=work, name="collegia-expert", daemon=True).start()
    try:
        return await future
    finally:
        abandoned.set()


def _tamed(error: BaseException) -> Exception:
    """What may be raised in a task: sys.exit() in an expert must not end this process, nor StopIteration a future."""
    return RuntimeError(f"{type(error).__name__}: {error}".rstrip(": "))
