"""Wall time of dispatch over the critical path, for graphs of sleeping experts with unequal branches.

    python benchmarks/dispatch.py [REPEATS]

For each graph: the critical path (the longest chain of sleeps), the time that supersteps would take (a step waits for
all of the level before it), and the median ratio of dispatch's wall time to the critical path, with each event stored
in a run store on disk. The floor is the same graph in bare asyncio, with nothing stored: what it has above 1 is the
machine's. The goal is a ratio of 1.05 at most. Prints one JSON object; the exit code is 3 when it is missed.
"""

from __future__ import annotations

import asyncio
import json
import statistics
import sys
import tempfile
import time
from pathlib import Path
from typing import Annotated

from collegia.agents.dispatch import dispatch
from collegia.agents.log import RunLog
from collegia.agents.plan import FromStep, Given, Plan, Step
from collegia.agents.store import RunStore
from collegia.events import StepFinished
from collegia.tools import Domain, Kind
from collegia.tools.registry import Registry

GOAL = 1.05

seconds = Kind("nap", "s")

Graph = dict[str, tuple[float, tuple[str, ...]]]
"""Each step's seconds, and the steps it needs."""

# D needs only A, which is short; B is long. In supersteps D would wait for B.
UNEQUAL: Graph = {
    "a": (0.10, ()),
    "b": (0.90, ()),
    "c": (0.20, ()),
    "d": (0.80, ("a",)),
    "e": (0.10, ("d", "c")),
    "f": (0.05, ("b", "e")),
}
WIDE: Graph = {f"s{number}": (0.5 if number == 7 else 0.1 + 0.02 * number, ()) for number in range(16)}
CHAIN: Graph = {f"s{number}": (0.08, (f"s{number - 1}",) if number else ()) for number in range(8)}
LADDER: Graph = {
    **{f"l{number}": (0.03 if number % 2 else 0.15, (f"l{number - 1}",) if number else ()) for number in range(8)},
    **{f"r{number}": (0.15 if number % 2 else 0.03, (f"r{number - 1}",) if number else ()) for number in range(8)},
    "end": (0.05, ("l7", "r7")),
}


def sleep_in_thread(
    nap: Annotated[float, seconds], left: Annotated[float, seconds] = 0.0, right: Annotated[float, seconds] = 0.0
) -> Annotated[float, seconds]:
    """Sleep in a thread."""
    time.sleep(nap)
    return nap


async def sleep_on_loop(
    nap: Annotated[float, seconds], left: Annotated[float, seconds] = 0.0, right: Annotated[float, seconds] = 0.0
) -> Annotated[float, seconds]:
    """Sleep on the loop."""
    await asyncio.sleep(nap)
    return nap


def plan_of(graph: Graph, expert: str) -> Plan:
    """The plan of a graph."""
    steps = []
    for name, (nap, needs) in graph.items():
        sources = {
            port: FromStep(step=need, output="nap") for port, need in zip(("left", "right"), needs, strict=False)
        }
        steps.append(Step(id=name, expert=expert, arguments={"nap": Given(value=nap, unit="s"), **sources}))
    return Plan(steps=tuple(steps))


def critical_path(graph: Graph) -> float:
    """The longest chain of sleeps."""
    ready: dict[str, float] = {}
    for name, (nap, needs) in graph.items():  # written in an order in which each comes after its needs
        ready[name] = nap + max((ready[need] for need in needs), default=0.0)
    return max(ready.values())


def supersteps(graph: Graph) -> float:
    """The time if each level waited for the slowest of the level before."""
    level: dict[str, int] = {}
    slowest: dict[int, float] = {}
    for name, (nap, needs) in graph.items():
        level[name] = 1 + max((level[need] for need in needs), default=-1)
        slowest[level[name]] = max(slowest.get(level[name], 0.0), nap)
    return sum(slowest.values())


def wall(graph: Graph, expert: str, registry: Registry) -> float:
    """Seconds of one dispatch."""
    with tempfile.TemporaryDirectory() as folder:
        store = RunStore(Path(folder) / "runs.sqlite")
        log = RunLog("r", store)
        plan = plan_of(graph, expert)
        began = time.perf_counter()
        ends = asyncio.run(dispatch(plan, registry, log))
        took = time.perf_counter() - began
        store.close()
    if not all(isinstance(end, StepFinished) for end in ends.values()):
        raise RuntimeError("a step did not finish")
    return took


async def bare(graph: Graph) -> None:
    """The same graph in asyncio alone."""
    done = {name: asyncio.Event() for name in graph}

    async def step(name: str) -> None:
        nap, needs = graph[name]
        for need in needs:
            await done[need].wait()
        await asyncio.sleep(nap)
        done[name].set()

    await asyncio.gather(*(step(name) for name in graph))


def floor(graph: Graph) -> float:
    """Seconds of one bare run."""
    began = time.perf_counter()
    asyncio.run(bare(graph))
    return time.perf_counter() - began


def main(repeats: int) -> int:
    """Measure all graphs, and print what came out."""
    registry = Registry()
    registry.add(Domain("naps", "naps", (sleep_in_thread, sleep_on_loop)))
    said = {}
    for name, graph in {"unequal": UNEQUAL, "wide": WIDE, "chain": CHAIN, "ladder": LADDER}.items():
        path = critical_path(graph)
        kinds = ("sleep_in_thread", "sleep_on_loop")
        # Interleaved, so that a busy moment of the machine meets all alike.
        times = [(floor(graph), *(wall(graph, expert, registry) for expert in kinds)) for _ in range(repeats)]
        bottom, *medians = (statistics.median(column) / path for column in zip(*times, strict=True))
        said[name] = {
            "steps": len(graph),
            "critical_path_seconds": round(path, 3),
            "supersteps_ratio": round(supersteps(graph) / path, 3),
            "floor_ratio": round(bottom, 3),
            **{f"{expert}_ratio": round(ratio, 3) for expert, ratio in zip(kinds, medians, strict=True)},
        }
    worst = max(one[key] for one in said.values() for key in one if key.startswith("sleep_"))
    print(json.dumps({"goal": GOAL, "worst": worst, "repeats": repeats, "graphs": said}, indent=2))
    return 3 if worst > GOAL else 0


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else 5))
