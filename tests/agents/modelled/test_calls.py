"""What a run costs in calls: each role and each step is asked once, a step the moment its own inputs are there."""

from __future__ import annotations

import asyncio
import json
import threading
import time
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from collegia.agents.assistant import Assistant
from collegia.agents.modelled.cards import few_cards
from collegia.agents.store import RunStore
from collegia.events import ModelCalled, StepFinished
from collegia.settings import ExpertSettings, Settings
from collegia.tools.models import Request, ScriptedModel
from collegia.tools.registry import Registry

EXPERTS = 3
SIX: dict[str, tuple[str, ...]] = dict.fromkeys("abcdef", ())
UNEVEN: dict[str, tuple[str, ...]] = {"a": (), "b": (), "c": ("a", "b"), "d": ("a",), "e": ("c",)}
PLANNERS_PROMPT = 700  # tokens, the schema of its reply among them


def asked(request: Request) -> str:
    return request.messages[-1].text


def scripted(steps: dict[str, tuple[str, ...]]) -> ScriptedModel:
    """Plays all roles: plans these steps, answers each of them, finds nothing wrong, and writes."""
    plan = [
        {"id": one, "expert": f"expert-{number % EXPERTS}", "question": f"Part {one} of it?", "after": list(after)}
        for number, (one, after) in enumerate(steps.items())
    ]

    def reply(request: Request) -> str:
        if request.schema is not None:
            return json.dumps({"steps": plan})
        if asked(request).startswith("Part "):
            return f"Words on part {asked(request)[5]}."
        return "ok"

    return ScriptedModel(reply)


def assistant(home: Path, model: ScriptedModel, store: RunStore | None = None) -> Assistant:
    experts = {
        f"expert-{number}": ExpertSettings(purpose="Knows the rivers of the world.") for number in range(EXPERTS)
    }
    settings = Settings.load({}, home=home, model="openai/stub", api_base="http://127.0.0.1:9/v1", experts=experts)
    return Assistant(Registry(), settings=settings, store=store or RunStore.in_memory(), models={"default": model})


@pytest.mark.parametrize("steps", [SIX, UNEVEN])
async def test_each_role_is_asked_once_and_each_step_once(home: Path, steps: dict[str, tuple[str, ...]]) -> None:
    model = scripted(steps)
    made = assistant(home, model)
    result = await made.ask("Compare the rivers?")
    assert result.status == "answered"
    roles = Counter(event.role for event in made.events(result.run_id) if isinstance(event, ModelCalled))
    assert roles == {"planner": 1, "expert": len(steps), "reflector": 1, "writer": 1}
    assert result.usage.model_calls == len(model.requests) == len(steps) + 3
    sent = Counter(asked(request)[:6] for request in model.requests if asked(request).startswith("Part "))
    assert sent == {f"Part {one}": 1 for one in steps}
    for request in model.requests:
        if (step := asked(request)[5:6]) in steps and asked(request).startswith("Part "):
            assert all(f"Words on part {need}." in asked(request) for need in steps[step])


async def test_the_planner_s_prompt_is_short_with_its_schema(home: Path) -> None:
    model = scripted(SIX)
    await assistant(home, model).ask("Compare the rivers?")
    first = model.requests[0]
    characters = sum(len(one.text) for one in first.messages) + len(json.dumps(first.schema))
    assert characters / 4 <= PLANNERS_PROMPT


async def test_a_model_is_asked_for_a_step_the_moment_its_own_inputs_are_there(home: Path) -> None:
    """b is slow, and d needs a alone: it is asked while b is still at work, and no superstep is waited for."""
    at: dict[str, float] = {}
    release = asyncio.Event()

    class Slow(ScriptedModel):
        async def complete(self, request: Request) -> Any:
            part = asked(request)[5:6] if asked(request).startswith("Part ") else ""
            at[f"{part} asked"] = time.perf_counter()
            if part == "b":
                await release.wait()  # for d: in supersteps this would never end
            if part == "d":
                release.set()
            done = await super().complete(request)
            at[f"{part} answered"] = time.perf_counter()
            return done

    model = Slow(scripted(UNEVEN)._function or ())
    async with asyncio.timeout(20):
        result = await assistant(home, model).ask("Compare the rivers?")
    assert result.status == "answered"
    assert at["d asked"] - at["a answered"] < 0.1


async def test_runs_at_one_time_keep_their_own_calls(home: Path) -> None:
    model = scripted(SIX)
    made = assistant(home, model, RunStore(home / "runs.sqlite"))
    results = await asyncio.gather(*(made.ask(f"Compare the rivers {word}?") for word in ("once", "twice", "again")))
    assert [result.usage.model_calls for result in results] == [9, 9, 9]
    for result in results:
        events = made.events(result.run_id)
        assert [event.seq for event in events] == list(range(len(events)))
        assert sum(isinstance(event, StepFinished) for event in events) == 6
        assert sum(isinstance(event, ModelCalled) for event in events) == 9
    made.close()


async def test_what_types_have_to_read_is_read_in_a_thread_and_nothing_else_is(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    threads: list[str] = []

    def few(*given: Any) -> Any:
        threads.append(threading.current_thread().name)
        return few_cards(*given)

    monkeypatch.setattr("collegia.agents.modelled.planner.few_cards", few)
    here = threading.current_thread().name
    await assistant(home, scripted(SIX)).ask("Compare the rivers?")
    made = assistant(home, scripted(SIX))
    made.means._registry = Registry.load(("process_engineering",))
    await made.ask("Compare the rivers?")
    assert threads[0] == here
    assert threads[1] != here


async def test_the_budget_of_calls_is_one_for_a_run_however_often_it_goes_on(home: Path) -> None:
    model = ScriptedModel(otherwise="Sure! Here is your plan.")
    settings = Settings.load({}, home=home, max_calls=4)
    made = Assistant(Registry.load(("process_engineering",)), settings=settings, models={"default": model})
    result = await made.ask("What is the heat duty of 5 kg/s of brine?")
    for _ in range(3):
        assert result.status == "clarify"
        result = await made.resume(result.run_id, "I do not know.")
    assert len(model.requests) == 4
    assert result.usage.model_calls == 4
    assert any("max_calls" in said for said in result.warnings)
