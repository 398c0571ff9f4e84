"""Threads for experts: nothing of theirs holds up the loop or the process."""

from __future__ import annotations

import asyncio
import os
import subprocess
import sys
import threading
import time
from contextvars import ContextVar

import pytest

from collegia.agents.workers import in_thread, one_at_a_time


async def test_the_loop_goes_on_while_a_thread_works() -> None:
    ticks = 0

    async def tick() -> None:
        nonlocal ticks
        while True:
            ticks += 1
            await asyncio.sleep(0.01)

    ticking = asyncio.create_task(tick())
    assert await in_thread(lambda _: time.sleep(0.2) or threading.current_thread().name) == "collegia-expert"
    ticking.cancel()
    assert ticks > 5


async def test_an_exception_is_raised_where_it_is_awaited() -> None:
    def fail(_: threading.Event) -> None:
        raise KeyError("gone")

    with pytest.raises(KeyError, match="gone"):
        await in_thread(fail)


@pytest.mark.parametrize("error", [SystemExit(2), KeyboardInterrupt(), StopIteration()])
async def test_what_would_end_the_loop_is_tamed(error: BaseException) -> None:
    def fail(_: threading.Event) -> None:
        raise error

    with pytest.raises(RuntimeError, match=type(error).__name__):
        await in_thread(fail)


async def test_the_context_of_the_caller_is_seen() -> None:
    variable: ContextVar[str] = ContextVar("variable")
    variable.set("here")
    assert await in_thread(lambda _: variable.get()) == "here"


async def test_who_is_not_waited_for_is_told() -> None:
    told: list[bool] = []

    def work(abandoned: threading.Event) -> None:
        told.append(abandoned.wait(5))

    task = asyncio.create_task(in_thread(work))
    await asyncio.sleep(0.05)
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    await asyncio.sleep(0.05)
    assert told == [True]


def test_a_call_that_never_returns_does_not_hold_up_the_end_of_the_process() -> None:
    code = (
        "import asyncio, time\n"
        "from collegia.agents.workers import in_thread\n"
        "async def main():\n"
        "    try: await asyncio.wait_for(in_thread(lambda _: time.sleep(60)), 0.1)\n"
        "    except TimeoutError: print('left')\n"
        "asyncio.run(main())\n"
    )
    began = time.perf_counter()
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "left\n"
    assert time.perf_counter() - began < 20


def test_callers_of_the_same_names_take_turns_in_whatever_order_they_name_them() -> None:
    inside, crowd = [0], []

    def work(*names: str) -> None:
        for _ in range(20):
            with one_at_a_time(names):
                inside[0] += 1
                crowd.append(inside[0])
                time.sleep(0.0005)
                inside[0] -= 1

    threads = [threading.Thread(target=work, args=names) for names in (("a", "b"), ("b", "a"), ("b", "c", "a"))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(20)
    assert len(crowd) == 60
    assert set(crowd) == {1}


async def test_a_thread_that_is_done_takes_the_next_call() -> None:
    threads = {await in_thread(lambda _: threading.get_ident()) for _ in range(20)}
    assert len(threads) == 1


async def test_calls_at_one_time_have_threads_of_their_own() -> None:
    together = threading.Barrier(6)
    threads = await asyncio.gather(
        *(in_thread(lambda _: together.wait(10) is None or threading.get_ident()) for _ in range(6))
    )
    assert len(set(threads)) == 6


@pytest.mark.skipif(not hasattr(os, "fork"), reason="forks")
def test_a_forked_process_starts_threads_of_its_own() -> None:
    code = (
        "import asyncio, os\n"
        "from collegia.agents.workers import in_thread\n"
        "asyncio.run(in_thread(lambda _: 1))\n"
        "child = os.fork()\n"
        "if not child: os._exit(asyncio.run(asyncio.wait_for(in_thread(lambda _: 7), 20)))\n"
        "print(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]))\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "7\n"
