"""The assistant, from a question to a stored answer."""

from __future__ import annotations

import asyncio
import os
import subprocess
import sys
import time
from pathlib import Path
from typing import Annotated, Any

import pytest
import toys as t

from collegia.agents.assistant import Assistant
from collegia.agents.plan import Missing
from collegia.agents.store import RunStore
from collegia.errors import (
    DomainRefused,
    OutOfRange,
    PlanRejected,
    StoreError,
    Unclear,
    UnitError,
    UnknownRun,
    UsageError,
)
from collegia.events import Event, Reflected, RunFinished, StepStarted
from collegia.settings import Settings
from collegia.tools import expert

FLOW = Missing(name="flow", kind="flow", unit="kilogram / second")
SIZE = t.asked("s1", "size")


def assistant(*proposals: Any, **more: Any) -> Assistant:
    return Assistant(t.registry(), planner=t.Scripted(*proposals), **more)


def simple(name: str = "double", value: float = 2.0, ask: Any = SIZE) -> Any:
    return t.plan(t.step("s1", name, length=t.given(value)), asks=[ask])


async def test_a_question_is_answered_and_stored() -> None:
    made = assistant(t.three_steps())
    result = await made.ask("weight of 1.5 m blorp?")
    assert (result.status, result.answer_text) == ("answered", "weight = 18000 g")
    assert made.result(result.run_id) == result
    (record,) = made.runs()
    assert (record.run_id, record.status, record.question) == (result.run_id, "answered", "weight of 1.5 m blorp?")
    assert made.store.get(result.run_id).plan == result.to_dict()["plan"]
    assert result.usage.steps == 3


async def test_the_run_is_stored_and_its_id_told_before_planning_starts(home: Path) -> None:
    seen: list[Any] = []

    class Watching(t.Scripted):
        def plan(self, *arguments: Any, **named: Any) -> Any:
            (record,) = RunStore(home / "runs.sqlite").list()
            seen.append((record.run_id, record.status))
            return super().plan(*arguments, **named)

    made = Assistant(t.registry(), planner=Watching(t.three_steps()))
    result = await made.ask("how heavy?", on_start=seen.append)
    assert seen == [result.run_id, (result.run_id, "running")]


async def test_events_are_the_same_heard_streamed_and_stored() -> None:
    heard: list[Event] = []
    made = assistant(t.three_steps())
    result = await made.ask("how heavy?", on_event=heard.append)
    assert made.events(result.run_id) == heard
    kinds = [event.kind for event in heard]
    assert kinds == ["run_started", "plan_made", *["step_started", "step_finished"] * 3, "reflected", "run_finished"]
    streamed = [event.kind async for event in made.stream("how heavy?")]
    assert streamed == kinds


async def test_a_stream_that_is_left_early_cancels_its_run() -> None:
    made = assistant(simple("sleep_async", 5.0))
    stream = made.stream("how long?")
    async for event in stream:
        if isinstance(event, StepStarted):
            break
    await stream.aclose()  # type: ignore[attr-defined]  # an async generator, told as what it is to the caller
    assert [one.status for one in made.runs()] == ["cancelled"]


async def test_a_stream_raises_what_asking_raises() -> None:
    with pytest.raises(UsageError, match="empty"):
        _ = [event async for event in assistant(t.three_steps()).stream(" ")]


def test_without_async_the_same_door_is_open() -> None:
    made = assistant(t.three_steps())
    result = made.ask_sync("how heavy?")
    assert result.status == "answered"
    assert made.plan_sync("how heavy?").plan == t.three_steps()
    assert made.replay_sync(result.run_id).same
    assert made.resume_sync(result.run_id) == result


async def test_without_async_it_works_inside_a_running_loop_too() -> None:
    assert assistant(t.three_steps()).ask_sync("how heavy?").status == "answered"
    with pytest.raises(UsageError):
        assistant(t.three_steps()).ask_sync("")


async def test_many_questions_at_one_time_keep_apart() -> None:
    made = assistant(t.three_steps())
    results = await asyncio.gather(*(made.ask(f"question {number}") for number in range(20)))
    assert [one.question for one in results] == [f"question {number}" for number in range(20)]
    assert len({one.run_id for one in results}) == 20
    assert {one.status for one in results} == {"answered"}


def test_in_memory_nothing_is_written(home: Path) -> None:
    made = assistant(t.three_steps(), store=RunStore.in_memory())
    assert (made.ask_sync("how heavy?")).status == "answered"
    assert not home.exists()


@pytest.mark.parametrize(
    ("error", "status", "said"),
    [
        (OutOfRange("colder than nothing"), "refuse_out_of_range", "Colder than nothing."),
        (Unclear("which oil?"), "clarify", "Which oil?"),
        (UnitError("a velocity is not in kg/s"), "clarify", "A velocity is not in kg/s."),
        (DomainRefused("it is gone"), "error", "It is gone."),
        (ValueError("a bug"), "error", "Planning failed with ValueError: a bug."),
    ],
)
async def test_a_planner_that_raises_is_told_by_what_it_raised(error: Exception, status: str, said: str) -> None:
    result = await assistant(error).ask("how heavy?")
    assert (result.status, result.quantities) == (status, ())
    assert said in result.answer_text


async def test_what_lies_outside_is_said_in_the_planners_words() -> None:
    result = await assistant(t.Proposal(status="out_of_domain", message="I know sizes only")).ask("buy shares?")
    assert (result.status, result.answer_text, result.plan) == ("out_of_domain", "I know sizes only.", None)


async def test_a_rejected_plan_calls_no_expert_and_is_an_error() -> None:
    heard: list[Event] = []
    made = Assistant(t.registry(), planner=t.Unbending(t.plan(t.step("s1", "conjure"), asks=[SIZE])))
    result = await made.ask("how big?", on_event=heard.append)
    assert result.status == "error"
    assert "there is no expert 'conjure'" in result.answer_text
    assert [event.kind for event in heard] == ["run_started", "plan_made", "plan_rejected", "run_finished"]


async def test_a_rejected_plan_is_planned_again_once() -> None:
    planner = t.Scripted(simple("double", float("nan")), simple())
    result = await Assistant(t.registry(), planner=planner).ask("how big?")
    assert result.status == "answered"
    assert [avoid for _, _, avoid in planner.calls] == [frozenset(), frozenset({"double"})]
    planner = t.Scripted(simple("double", float("nan")))
    assert (await Assistant(t.registry(), planner=planner).ask("how big?")).status == "error"
    assert len(planner.calls) == 2


async def test_a_stated_value_outside_validity_is_refused_before_anything_runs() -> None:
    heard: list[Event] = []
    result = await assistant(simple("double", -1.0)).ask("how big?", on_event=heard.append)
    assert result.status == "refuse_out_of_range"
    assert "must be > 0" in result.answer_text
    assert not [event for event in heard if isinstance(event, StepStarted)]


async def test_a_failed_expert_is_planned_around_once_and_nothing_runs_twice() -> None:
    first = t.plan(
        t.step("s1", "double", length=t.given(2.0)),
        t.step("s2", "empty_handed", length=t.of("s1", "size")),
        asks=[t.asked("s2", "weight_kind", name="weight")],
    )
    second = t.plan(
        t.step("a", "double", length=t.given(2.0)),
        t.step("b", "weigh", length=t.of("a", "size")),
        asks=[t.asked("b", "weight_kind", name="weight")],
    )
    planner, heard = t.Scripted(first, second), list[Event]()
    result = await Assistant(t.registry(), planner=planner).ask("how heavy?", on_event=heard.append)
    assert result.answer_text == "weight = 12 kg (± 5 %)"
    assert [event.expert for event in heard if isinstance(event, StepStarted)] == ["double", "empty_handed", "weigh"]
    assert [event.verdict for event in heard if isinstance(event, Reflected)] == ["repair", "accept"]
    assert planner.calls[1][2] == frozenset({"empty_handed"})
    assert [(one.id, one.status) for one in result.steps] == [("a", "finished"), ("b", "finished")]


def half(name: str) -> Any:
    """A plan of which one half works."""
    return t.plan(
        t.step("s1", "double", length=t.given(2.0)),
        t.step("s2", name, length=t.given(2.0)),
        asks=[SIZE, t.asked("s2", "weight_kind", name="weight")],
    )


@pytest.mark.parametrize(
    "second",
    [
        t.clarify(FLOW),
        t.Proposal(status="out_of_domain"),
        ValueError("a bug"),
        simple("broken", ask=t.asked("s1", "weight_kind")),
        simple("double", ask=SIZE),
    ],
    ids=["a question back", "out of domain", "an exception", "a worse plan", "a plan that asks less"],
)
async def test_a_repair_that_comes_to_less_leaves_what_there_was(second: Any) -> None:
    result = await assistant(half("empty_handed"), second).ask("how big and heavy?")
    assert (result.status, [one.name for one in result.quantities]) == ("partial", ["size"])
    assert "no data on blorp" in result.answer_text


async def test_a_repair_that_asks_less_and_has_more_is_told_as_partial() -> None:
    first = t.plan(
        t.step("s1", "empty_handed", length=t.given(2.0)),
        t.step("s2", "broken", length=t.given(2.0)),
        asks=[t.asked("s1", "weight_kind", name="weight"), t.asked("s2", "weight_kind", name="other weight")],
    )
    second = t.plan(
        t.step("a", "weigh", length=t.given(2.0)), asks=[t.asked("a", "weight_kind", name="weight", unit="kilogram")]
    )
    result = await assistant(first, second).ask("how heavy, and how heavy otherwise?")
    assert (result.status, [one.name for one in result.quantities]) == ("partial", ["weight"])
    assert [(one.name, one.why) for one in result.missing] == [("other weight", "float division by zero")]
    assert "Other weight could not be had: float division by zero." in result.answer_text


async def test_a_planner_that_cannot_repair_is_not_asked_to() -> None:
    result = await Assistant(t.registry(), planner=t.Unbending(half("empty_handed"))).ask("how big and heavy?")
    assert result.status == "partial"


async def test_where_nothing_was_had_a_question_back_is_better_than_an_error() -> None:
    broken = simple("empty_handed", ask=t.asked("s1", "weight_kind", name="weight"))
    result = await assistant(broken, t.clarify(FLOW, message="What is the flow?")).ask("how heavy?")
    assert result.status == "clarify"
    assert result.answer_text == "Weight could not be had: no data on blorp. What is the flow?"


async def test_an_impossible_state_is_not_planned_around() -> None:
    planner = t.Scripted(half("refuses"), simple())
    result = await Assistant(t.registry(), planner=planner).ask("how big?")
    assert (result.status, result.quantities, len(planner.calls)) == ("refuse_out_of_range", (), 1)


async def test_an_ambiguous_name_found_by_an_expert_is_asked_back() -> None:
    result = await assistant(half("unsure")).ask("how big?")
    assert (result.status, result.answer_text, result.quantities) == ("clarify", "Which stuff is meant: ab or cd?", ())


async def test_the_answer_to_a_question_back_goes_to_the_planner_and_the_run_goes_on() -> None:
    planner = t.Scripted(t.clarify(FLOW), t.clarify(FLOW, message="In which unit?"), t.three_steps())
    made = Assistant(t.registry(), planner=planner)
    asked = await made.ask("how heavy?")
    assert asked.answer_text == "To answer this, please give: flow (in kg/s)."
    again = await made.resume(asked.run_id, "5")
    assert (again.status, again.run_id) == ("clarify", asked.run_id)
    done = await made.resume(asked.run_id, "5 kg/s")
    assert done.status == "answered"
    assert [answers for _, answers, _ in planner.calls] == [(), ("5",), ("5", "5 kg/s")]
    kinds = [event.kind for event in made.events(asked.run_id)]
    assert kinds[:4] == ["run_started", "plan_made", "clarification_asked", "run_finished"]
    assert kinds[4:8] == ["run_resumed", "plan_made", "clarification_asked", "run_finished"]


def test_a_question_back_can_be_answered_by_another_process_without_its_checkpoint(home: Path) -> None:
    asked = assistant(t.clarify(FLOW)).ask_sync("how heavy?")
    for file in home.glob("checkpoints*"):
        file.unlink()
    planner = t.Scripted(t.three_steps())
    done = Assistant(t.registry(), planner=planner).resume_sync(asked.run_id, "5 kg/s")
    assert done.status == "answered"
    assert planner.calls == [("how heavy?", ("5 kg/s",), frozenset())]


async def test_asked_again_without_an_answer_the_question_back_stands() -> None:
    made = assistant(t.clarify(FLOW), t.three_steps())
    asked = await made.ask("how heavy?")
    assert await made.resume(asked.run_id) == asked


async def test_an_answer_that_nobody_asked_for_is_refused() -> None:
    made = assistant(t.three_steps())
    done = await made.ask("how heavy?")
    with pytest.raises(UsageError, match="is answered and asks nothing"):
        await made.resume(done.run_id, "5 kg/s")
    asked = await assistant(t.clarify(FLOW)).ask("how heavy?")
    with pytest.raises(UsageError, match="the answer is empty"):
        await made.resume(asked.run_id, " ")


async def test_a_run_that_is_not_stored_is_named() -> None:
    for call in (assistant(t.three_steps()).resume, assistant(t.three_steps()).replay):
        with pytest.raises(UnknownRun, match="r0"):
            await call("r0")


async def test_a_cancelled_run_is_stored_and_goes_on_when_resumed() -> None:
    calls: list[float] = []

    @expert
    def count(length: Annotated[float, t.size]) -> Annotated[float, t.size]:
        """Count the calls."""
        calls.append(length)
        return length

    plan = t.plan(
        t.step("s1", "count", length=t.given(2.0)), t.step("s2", "sleep_async", length=t.given(0.3)), asks=[SIZE]
    )
    ids: list[str] = []
    made = Assistant(t.registry(*t.FUNCTIONS, count), planner=t.Scripted(plan))
    task = asyncio.create_task(made.ask("how big?", on_start=ids.append))
    await asyncio.sleep(0.15)
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    stored = made.result(ids[0])
    assert stored is not None
    assert stored.status == "cancelled"
    assert f"collegia resume {ids[0]}" in stored.answer_text
    assert isinstance(made.events(ids[0])[-1], RunFinished)
    done = await made.resume(ids[0])
    assert (done.status, calls) == ("answered", [2.0])


async def test_a_partial_run_tries_again_what_failed_when_resumed() -> None:
    weather = {"good": False}

    @expert
    def moody(length: Annotated[float, t.size]) -> Annotated[float, t.weight]:
        """Fail in bad weather."""
        if not weather["good"]:
            raise ConnectionError("it rains")
        return length

    made = Assistant(t.registry(*t.FUNCTIONS, moody), planner=t.Unbending(half("moody")))
    first = await made.ask("how big and heavy?")
    assert first.status == "partial"
    weather["good"] = True
    second = await made.resume(first.run_id)
    assert second.status == "answered"
    started = [event.expert for event in made.events(first.run_id) if isinstance(event, StepStarted)]
    assert sorted(started) == ["double", "moody", "moody"]


async def test_the_budget_of_time_ends_a_run_with_what_it_has() -> None:
    plan = t.plan(
        t.step("s1", "double", length=t.given(2.0)),
        t.step("s2", "sleep_sync", length=t.given(20.0)),
        asks=[SIZE, t.asked("s2", "size", name="other")],
    )
    began = time.perf_counter()
    result = await assistant(plan, settings=Settings.load(max_seconds=0.5)).ask("how big?")
    assert time.perf_counter() - began < 10
    assert (result.status, [one.name for one in result.quantities]) == ("partial", ["size"])
    assert "did not finish within" in result.missing[0].why


async def test_a_planner_that_never_ends_is_left() -> None:
    class Endless:
        def plan(self, *_: Any, **__: Any) -> Any:
            time.sleep(3)

    result = await Assistant(t.registry(), planner=Endless(), settings=Settings.load(max_seconds=0.2)).ask("how big?")
    assert "budget was spent before there was a plan" in result.answer_text


def test_a_plan_alone_is_checked_and_leaves_nothing_behind(home: Path) -> None:
    assert (assistant(t.three_steps()).plan_sync("how heavy?")).plan == t.three_steps()
    assert not home.exists()
    with pytest.raises(PlanRejected):
        assistant(t.plan(asks=[])).plan_sync("how heavy?")
    with pytest.raises(OutOfRange):
        assistant(simple("double", -1.0)).plan_sync("how heavy?")


@pytest.mark.parametrize("question", ["", "  ", "x" * 1_000_000])
def test_a_question_that_cannot_be_one_is_refused_and_nothing_is_stored(question: str, home: Path) -> None:
    with pytest.raises(UsageError, match="the question"):
        assistant(t.three_steps()).ask_sync(question)
    assert not home.exists()


async def test_control_characters_in_a_question_are_told() -> None:
    result = await assistant(t.three_steps()).ask("how\x00heavy?")
    assert result.question == "how heavy?"
    assert "control characters" in result.warnings[0]


async def test_a_store_that_cannot_be_used_stops_before_anything_runs(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    planner = t.Scripted(t.three_steps())
    made = Assistant(t.registry(), planner=planner, settings=Settings.load(home=tmp_path / "file"))
    with pytest.raises(StoreError, match="COLLEGIA_HOME"):
        await made.ask("how heavy?")
    assert planner.calls == []


def test_damaged_checkpoints_are_named_and_lose_nothing(home: Path) -> None:
    home.mkdir()
    (home / "checkpoints.sqlite").write_bytes(b"no database" * 1000)
    made = assistant(t.three_steps())
    with pytest.raises(StoreError, match=r"checkpoints\.sqlite.*move the file away"):
        made.ask_sync("how heavy?")
    (home / "checkpoints.sqlite").unlink()
    (record,) = made.runs()
    assert record.status == "running"
    assert (made.resume_sync(record.run_id)).status == "answered"


async def test_plain_functions_are_experts_beside_what_is_given() -> None:
    @expert
    def triple(length: Annotated[float, t.size]) -> Annotated[float, t.size]:
        """Three times a size."""
        return 3 * length

    made = Assistant(t.registry(), experts=[triple], planner=t.Scripted(simple("triple")))
    assert (await made.ask("how big?")).answer_text == "size = 6 m"


def test_a_domain_that_is_not_installed_is_named() -> None:
    with pytest.raises(UsageError, match="'nowhere' is not installed"):
        _ = Assistant(domains=["nowhere"]).registry


async def test_a_domain_that_was_refused_is_told_with_every_answer() -> None:
    registry = t.registry()
    registry.refused["bad"] = "domain 'bad' does not load"
    result = await Assistant(registry, planner=t.Scripted(t.three_steps())).ask("how heavy?")
    assert result.warnings[0] == "domain 'bad' does not load"


def test_processes_may_ask_at_one_time_from_the_first_moment_of_a_home(home: Path) -> None:
    code = (
        f"import sys; sys.path.insert(0, {str(t.HERE)!r})\n"
        "import toys as t\n"
        "from collegia import Assistant\n"
        "made = Assistant(t.registry(), planner=t.Scripted(t.three_steps()))\n"
        "assert [made.ask_sync('how heavy?').status for _ in range(5)] == ['answered'] * 5\n"
    )
    processes = [subprocess.Popen([sys.executable, "-c", code]) for _ in range(3)]
    assert [process.wait(60) for process in processes] == [0, 0, 0]
    assert [one.status for one in Assistant(t.registry()).runs()] == ["answered"] * 15
    assert (home / "checkpoints.sqlite").exists()


def test_nothing_is_sent_anywhere(home: Path) -> None:
    code = (
        f"import os, sys; sys.path.insert(0, {str(t.HERE)!r})\n"
        "import toys as t\n"
        "from collegia import Assistant\n"
        "made = Assistant(t.registry(), planner=t.Scripted(t.three_steps()))\n"
        "assert made.ask_sync('how heavy?').status == 'answered'\n"
        "from langsmith.utils import tracing_is_enabled\n"
        "assert not tracing_is_enabled()\n"
    )
    tracing = {"LANGSMITH_TRACING": "true", "LANGCHAIN_TRACING_V2": "true", "LANGSMITH_API_KEY": "x"}
    done = subprocess.run(
        [sys.executable, "-c", code], env={**os.environ, **tracing}, capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stderr) == (0, "")
