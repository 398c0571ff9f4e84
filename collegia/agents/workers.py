"""Threads that experts run in.

They are daemons: an expert that never returns can be left behind without holding up the answer or the end of the
process, which an executor's threads would. A thread that is done waits for its next call, since starting one blocks
the loop until the new thread has run. Experts that name a library run one at a time per library: the libraries keep
caches that were not written for threads, and in pure Python nothing is lost by it.
"""

from __future__ import annotations

import asyncio
import contextvars
import os
import threading
from collections.abc import Callable, Coroutine, Iterable, Iterator
from contextlib import ExitStack, contextmanager
from queue import SimpleQueue
from typing import Any, ClassVar, TypeVar

__all__ = ["Abandoned", "in_thread", "one_at_a_time", "waited"]

Returned = TypeVar("Returned")

_KEPT = 32  # threads that wait for a call, at most

_Settle = Callable[[], None]
_Job = Callable[[], _Settle]

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
    """Run a function in a thread that has nothing else to do, and wait for it, in the context of the caller.

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

    def job() -> _Settle:
        value: Any = None
        failed: Exception | None = None
        try:
            value = context.run(function, abandoned)
        except BaseException as error:  # noqa: BLE001  # whatever an expert raises is raised where it is awaited
            failed = error if isinstance(error, Exception) and not isinstance(error, StopIteration) else _tamed(error)
        return lambda: _tell(loop, settle, value, failed)

    _Worker.idle_or_new().jobs.put(job)
    try:
        return await future
    finally:
        abandoned.set()


def _tell(loop: asyncio.AbstractEventLoop, settle: Callable[..., None], value: Any, failed: Exception | None) -> None:
    try:
        loop.call_soon_threadsafe(settle, value, failed)
    except RuntimeError:
        return  # the loop has been closed since; nobody waits


class _Worker:
    """A thread that does one job after another."""

    idle: ClassVar[list[_Worker]] = []

    def __init__(self) -> None:
        self.jobs: SimpleQueue[_Job] = SimpleQueue()
        threading.Thread(target=self._work, name="collegia-expert", daemon=True).start()

    @classmethod
    def idle_or_new(cls) -> _Worker:
        """A worker that nobody else has."""
        try:
            return cls.idle.pop()
        except IndexError:
            return cls()

    def _work(self) -> None:
        while True:
            settle = self.jobs.get()()
            kept = len(self.idle) < _KEPT
            if kept:
                self.idle.append(self)  # before it settles, so that the next call finds this thread and starts none
            settle()
            del settle
            if not kept:
                return


if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_Worker.idle.clear)  # a forked process has none of these threads


def _tamed(error: BaseException) -> Exception:
    """What may be raised in a task: sys.exit() in an expert must not end this process, nor StopIteration a future."""
    return RuntimeError(f"{type(error).__name__}: {error}".rstrip(": "))


def waited(work: Coroutine[Any, Any, Returned]) -> Returned:
    """Run a coroutine to its end; in a thread of its own where this thread has a running loop already."""
    try:
        asyncio.get_running_loop()
    except RuntimeError:
        return asyncio.run(work)
    done: list[Returned] = []
    failed: list[BaseException] = []

    def run() -> None:
        try:
            done.append(asyncio.run(work))
        except BaseException as error:  # noqa: BLE001  # raised again in the thread that waits
            failed.append(error)

    thread = threading.Thread(target=run, name="collegia-sync")
    thread.start()
    thread.join()
    if failed:
        raise failed[0]
    return done[0]
