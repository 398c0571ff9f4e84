"""Kill runs at random moments and resume them.

    python benchmarks/kill_resume.py [COUNT]

Each trial starts an eight-step run in a process of its own, kills that process with SIGKILL at a random moment, now
and then kills the resume as well, and resumes to the end. It must hold for every run that was stored:

- the numbers, of every step, are those of a run that was left alone;
- by the log, no step started after it had finished, and each finished once;
- by a file that the experts themselves write to, no step that the log had as finished was called again.

Prints one JSON object; the exit code is 1 when something did not hold.
"""

from __future__ import annotations

import json
import os
import random
import signal
import sqlite3
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Annotated, Any

from collegia.agents.assistant import Assistant
from collegia.agents.plan import Asked, FromStep, Given, Plan, Proposal, Step
from collegia.agents.store import RunStore
from collegia.events import StepFinished, StepStarted
from collegia.settings import Settings
from collegia.tools import Domain, Kind
from collegia.tools.registry import Registry

size = Kind("size", "m")
CALLS = "COLLEGIA_KILL_RESUME_CALLS"


def grow(length: Annotated[float, size], other: Annotated[float, size]) -> Annotated[float, size]:
    """A number that shows every digit it was made from; it takes a moment."""
    with Path(os.environ[CALLS]).open("a") as calls:
        calls.write(f"{os.getpid()} {length!r} {other!r}\n")
    time.sleep(0.004 + 0.016 * (length % 1))
    return length * 1.1 + other / 3.0 + 0.1


def plan() -> Plan:
    """Eight steps: a fork, two branches of unequal length, a join, and a tail."""

    def step(name: str, *needs: str) -> Step:
        first = FromStep(step=needs[0], output="size") if needs else Given(value=1.37, unit="m", text="1.37 m")
        # A stated number of its own tells each step's calls from the others'.
        stated = Given(value=ord(name) / 7, unit="m")
        second = FromStep(step=needs[1], output="size") if len(needs) > 1 else stated
        arguments = {"length": first, "other": second}
        return Step(id=name, expert="grow", arguments=arguments)

    steps = (
        step("a"),
        step("b", "a"),
        step("c", "b"),
        step("d", "a"),
        step("e", "c", "d"),
        step("f", "b"),
        step("g", "e", "f"),
        step("h", "g"),
    )
    asked = Asked(name="size", kind="size", unit="meter", source=FromStep(step="h", output="size"))
    return Plan(steps=steps, asked=(asked,))


class Fixed:
    """A planner that takes a moment and proposes the eight steps."""

    def plan(self, question: str, registry: Registry, answers: Sequence[str] = ()) -> Proposal:
        """The plan."""
        time.sleep(0.01)
        return Proposal(status="plan", plan=plan())


def assistant(home: Path) -> Assistant:
    """An assistant over that home."""
    registry = Registry()
    registry.add(Domain("growing", "growing", (grow,)))
    return Assistant(registry, planner=Fixed(), settings=Settings.load(home=home))


def ask(home: Path) -> None:
    """A run."""
    assistant(home).ask_sync("how big?")


def resume(home: Path, run_id: str) -> None:
    """The rest of a run."""
    assistant(home).resume_sync(run_id)


def warm_up() -> None:
    """Import all that a run needs, once; the processes of the runs are forks of this one."""
    import langgraph.checkpoint.sqlite.aio  # noqa: F401  # a run on a file needs it

    os.environ[CALLS] = os.devnull
    made = assistant(Path(os.devnull))
    Assistant(made.registry, planner=Fixed(), settings=made.settings, store=RunStore.in_memory()).ask_sync("how big?")


def fork(work: Callable[[], None]) -> int:
    """Run work in a process of its own; the id of that process."""
    child = os.fork()
    if child:
        return child
    code = 1
    try:
        work()
        code = 0
    finally:
        os._exit(code)


def finish(child: int, after: float | None) -> bool:
    """Wait for a process, or kill it after some seconds; whether it came to its end by itself."""
    if after is not None:
        time.sleep(after)
        os.kill(child, signal.SIGKILL)
    _, status = os.waitpid(child, 0)
    if not os.WIFSIGNALED(status) and os.WEXITSTATUS(status):
        raise RuntimeError("a run failed by itself")
    return not os.WIFSIGNALED(status)


def finished_steps(home: Path, run_id: str) -> set[str]:
    """The steps that the log has as finished."""
    store = RunStore(home / "runs.sqlite")
    found = {event.step for event in store.events(run_id) if isinstance(event, StepFinished)}
    store.close()
    return found


def faults(home: Path, run_id: str, wanted: dict[str, Any]) -> list[str]:
    """What did not hold for a run that was resumed to its end."""
    store = RunStore(home / "runs.sqlite")
    result, events = store.get(run_id).result, store.events(run_id)
    store.close()
    if result is None or result["status"] != "answered":
        return [f"{run_id} ended as {result and result['status']}"]
    found: list[str] = []
    if numbers(result) != wanted:
        found.append(f"{run_id}: other numbers: {numbers(result)}")
    done: list[str] = []
    for event in events:
        if isinstance(event, StepStarted) and event.step in done:
            found.append(f"{run_id}: {event.step} started after it had finished")
        if isinstance(event, StepFinished):
            done.append(event.step)
    if sorted(done) != sorted(step.id for step in plan().steps):
        found.append(f"{run_id}: finished were {done}")
    return found


def numbers(result: dict[str, Any]) -> dict[str, Any]:
    """All numbers of a result."""
    return {
        "asked": [one["value"] for one in result["quantities"]],
        **{one["id"]: one["outputs"] for one in result["steps"]},
    }


def called(home: Path, child: int) -> list[str]:
    """The inputs of the calls that a process made, as it wrote them itself."""
    lines = (home / "calls").read_text().splitlines()
    return [line.split(" ", 1)[1] for line in lines if line.startswith(f"{child} ")]


def inputs_of(home: Path, run_id: str, steps: set[str]) -> set[str]:
    """The inputs of the finished steps, as the experts write them."""
    store = RunStore(home / "runs.sqlite")
    events = [event for event in store.events(run_id) if isinstance(event, StepFinished) and event.step in steps]
    store.close()
    return {f"{event.inputs['length']!r} {event.inputs['other']!r}" for event in events}


def trial(home: Path, chance: random.Random, span: float, wanted: dict[str, Any]) -> tuple[int, list[str]] | None:
    """One run, killed and resumed; steps finished at the first kill, and faults; None if it was not stored."""
    (home / "calls").touch()
    os.environ[CALLS] = str(home / "calls")
    finish(fork(lambda: ask(home)), chance.uniform(0, span))
    store = RunStore(home / "runs.sqlite")
    records = store.list()
    store.close()
    if not records:
        return None
    run_id = records[0].run_id
    first = len(finished_steps(home, run_id))
    found: list[str] = []
    while True:
        before = finished_steps(home, run_id)
        again = chance.random() < 1 / 3
        child = fork(lambda: resume(home, run_id))
        ended = finish(child, chance.uniform(0, span) if again else None)
        twice = inputs_of(home, run_id, before) & set(called(home, child))
        found.extend(f"{run_id}: a finished step was called again with {one}" for one in twice)
        if ended:
            return first, found + faults(home, run_id, wanted)


def main(count: int, seed: int | None = None) -> int:
    """Try that many kills, and print what came of them."""
    seed = random.randrange(10**6) if seed is None else seed
    chance = random.Random(seed)
    warm_up()
    at_kill: dict[int, int] = {}
    found: list[str] = []
    unstored = 0
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder) / "reference"
        home.mkdir()
        os.environ[CALLS] = str(home / "calls")
        finish(fork(lambda: ask(home)), None)
        began = time.perf_counter()
        finish(fork(lambda: ask(home)), None)
        span = 1.1 * (time.perf_counter() - began)
        store = RunStore(home / "runs.sqlite")
        stored = store.get(store.list()[0].run_id).result
        store.close()
        if stored is None:
            raise RuntimeError("the run that was left alone has no result")
        wanted = numbers(stored)
        done = 0
        while done < count:
            home = Path(folder) / f"trial{done}-{unstored}"
            home.mkdir()
            tried = trial(home, chance, span, wanted)
            if tried is None:
                unstored += 1
                continue
            done += 1
            at_kill[tried[0]] = at_kill.get(tried[0], 0) + 1
            found.extend(tried[1])
            with sqlite3.connect(home / "runs.sqlite") as db:
                if db.execute("PRAGMA integrity_check").fetchone() != ("ok",):
                    found.append(f"trial {done}: the store is damaged")
            db.close()
    said = {
        "kills": count,
        "seed": seed,
        "span_seconds": round(span, 3),
        "steps_finished_at_kill": dict(sorted(at_kill.items())),
        "killed_before_stored": unstored,
        "faults": found,
    }
    print(json.dumps(said, indent=2))
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else 200, int(sys.argv[2]) if len(sys.argv) > 2 else None))
