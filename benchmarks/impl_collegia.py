"""Collegia as an implementation for a planner benchmark that scripts the language model.

    python BENCH.py benchmarks/impl_collegia.py --url http://127.0.0.1:8123

The harness calls `Impl.setup(base_url)`, `run(query)` and `close()`. What runs is the assistant as a user has it: the
model planner, the graph, the check, dispatch, the client and the log of events. Set are the prompts of the four roles
and three model experts, no more. `COLLEGIA_BENCH_STORE` is `memory` (the default) or `sqlite`. The scripted server
needs plans in Collegia's form: `--plans benchmarks/impl_collegia.py:plan`.
"""

from __future__ import annotations

import os
import sys
import tempfile
from functools import lru_cache
from pathlib import Path
from typing import Any

STYLE = "code"
EXPERTS = 3


@lru_cache(maxsize=1)
def workloads() -> Any:
    """The harness's module of workloads, which lies beside it; looked for once, since a server asks for each plan."""
    for folder in (Path(sys.argv[0]).resolve().parent, *map(Path, sys.path)):
        if (folder / "workloads.py").is_file():
            sys.path.insert(0, str(folder))
            break
    import workloads

    return workloads


def plan(workload: str, run: str) -> dict[str, Any]:
    """The plan of a workload, in the form that the planner's model is asked for."""
    own = workloads()
    steps = [
        {
            "id": task,
            "expert": f"expert-{number % EXPERTS}",
            "question": own.subtask_prompt(workload, task, run),
            "after": list(needs),
        }
        for number, (task, needs) in enumerate(own.WORKLOADS[workload].deps.items())
    ]
    return {"steps": steps}


class Impl:
    """The assistant, asked one question a run."""

    async def setup(self, base_url: str) -> None:
        from collegia import Assistant, Settings
        from collegia.agents.store import RunStore
        from collegia.settings import ExpertSettings
        from collegia.tools.registry import Registry

        own = workloads()
        self.home = tempfile.TemporaryDirectory()
        prompts = Path(self.home.name) / "prompts"
        prompts.mkdir()
        for role, text in (("planner", own.PLANNER_SYS), ("reflector", own.REFLECT_SYS), ("writer", own.ANSWER_SYS)):
            (prompts / f"{role}.md").write_text(text, encoding="utf-8")
        experts = {
            f"expert-{number}": ExpertSettings(purpose="Knows the rivers of the world.", prompt=own.EXPERT_SYS)
            for number in range(EXPERTS)
        }
        settings = Settings.load({}, home=self.home.name, model="openai/stub", api_base=base_url, experts=experts)
        durable = os.environ.get("COLLEGIA_BENCH_STORE", "memory") == "sqlite"
        self.assistant = Assistant(Registry(), settings=settings, store=None if durable else RunStore.in_memory())

    async def run(self, query: str) -> str:
        return (await self.assistant.ask(query)).answer_text

    async def close(self) -> None:
        await self.assistant.aclose()
        self.assistant.close()
        self.home.cleanup()
