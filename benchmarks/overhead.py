"""What the assistant itself costs in a warm process: planning, and everything beside planning and the experts.

    python benchmarks/overhead.py [REPEATS]

Asks a three-step question over and over, with the run stored on disk as always. `planning_ms` is the planner's time,
`expert_ms` the experts' own, `overhead_ms` the rest of the wall time: store, graph, check, dispatch and answer.
The goals are 50 ms for planning and 20 ms for the overhead, as medians on a quiet machine. Prints one JSON object; the
exit code is 3 when a goal is missed, and 1 when the question is not answered as it should be.
"""

from __future__ import annotations

import asyncio
import json
import statistics
import sys
import tempfile
import time

from collegia import Assistant, Settings

PLANNING_GOAL = 50.0
OVERHEAD_GOAL = 20.0

QUESTION = (
    "A pump moves 60 m³/h of a liquid of density 998 kg/m³ against a head of 35 m with an efficiency of 72 %. Motor"
    " efficiency 92 %. It runs 8000 h/yr at 0.12 USD/kWh. What is the annual electricity cost?"
)
STEPS = 3


async def measure(repeats: int) -> dict[str, object]:
    """The medians over the repeats, after one that warms up."""
    with tempfile.TemporaryDirectory() as home:
        assistant = Assistant(settings=Settings.load(home=home))
        first = await assistant.ask(QUESTION)
        rows = []
        for _ in range(repeats):
            began = time.perf_counter()
            usage = (await assistant.ask(QUESTION)).usage
            wall = time.perf_counter() - began
            rows.append(
                (usage.planning_seconds, usage.expert_seconds, wall - usage.planning_seconds - usage.expert_seconds)
            )
        assistant.store.close()
    planning, expert, overhead = (1e3 * statistics.median(column) for column in zip(*rows, strict=True))
    return {
        "question": QUESTION,
        "status": first.status,
        "answer": first.answer_text,
        "steps": first.usage.steps,
        "repeats": repeats,
        "planning_ms": round(planning, 2),
        "expert_ms": round(expert, 2),
        "overhead_ms": round(overhead, 2),
        "goals_ms": {"planning": PLANNING_GOAL, "overhead": OVERHEAD_GOAL},
    }


def main(repeats: int) -> int:
    """Measure, and print what came out."""
    said = asyncio.run(measure(repeats))
    print(json.dumps(said, indent=2, ensure_ascii=False))
    if said["status"] != "answered" or said["steps"] != STEPS:
        return 1
    missed = float(str(said["planning_ms"])) > PLANNING_GOAL or float(str(said["overhead_ms"])) > OVERHEAD_GOAL
    return 3 if missed else 0


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else 30))
