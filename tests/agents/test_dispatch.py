"""Dispatch: each step starts the moment its inputs are there, and a failed branch leaves the others."""

from __future__ import annotations

import asyncio
import sys
import threading
import time
from dataclasses import replace
from typing import Annotated, Any

import pytest
import toys as t

from collegia.agents.dispatch import BUDGET_SPENT, dispatch
from collegia.agents.log import Outcome, RunLog
from collegia.agents.plan import Default, Plan
from collegia.agents.store import RunStore
from collegia.errors import StoreError
from collegia.events import Event, StepFailed, StepFinished, StepSkipped, StepStarted
from collegia.tools import caution, expert
from collegia.tools.registry import Registry


async def go(
    plan: Plan, registry: Registry | None = None, log: RunLog | None = None, **more: Any
) -> dict[str, Outcome]:
    return await dispatch(plan, registry or t.registry(), log or RunLog("r"), **more)


def one(name: str, value: float = 2.0) -> Plan:
    return t.plan(t.step("s1", name, length=t.given(value)), asks=[])


def outputs(end: Outcome) -> dict[str, Any]:
    assert isinstance(end, StepFinished), end
    return dict(end.outputs)


async def test_values_go_from_step_to_step() -> None:
    ends = await go(t.three_steps())
    assert [outputs(end) for end in ends.values()] == [{"size": 3.0}, {"weight_kind": 9.0}, {"weight_kind": 18.0}]


async def test_events_tell_the_start_and_the_end_of_each_step_in_order() -> None:
    heard: list[Event] = []
    await go(t.three_steps(), log=RunLog("r", None, heard.append))
    assert [(event.kind, event.parent) for event in heard] == [
        (kind, step) for step in ("s1", "s2", "s3") for kind in ("step_started", "step_finished")
    ]
    assert [event.seq for event in heard] == list(range(6))
    assert isinstance(heard[2], StepStarted)
    assert heard[2].inputs == {"length": 3.0, "factor": 3.0}


async def test_a_value_is_converted_to_the_unit_of_the_port_that_takes_it() -> None:
    plan = t.plan(
        t.step("s1", "in_millimetres", length=t.given(5.0, "mm")),
        t.step("s2", "double", length=t.of("s1", "size_in_mm")),
        asks=[],
    )
    assert outputs((await go(plan))["s2"]) == {"size": pytest.approx(0.010)}


async def test_a_difference_is_converted_without_the_origin_of_its_scale() -> None:
    @expert
    def rise(length: Annotated[float, t.size]) -> Annotated[float, t.fahrenheit_step]:
        """A rise."""
        return 18.0

    plan = t.plan(
        t.step("s1", "rise", length=t.given(1.0)),
        t.step("s2", "heat", start=t.given(300.0, "K"), rise=t.of("s1", "step_in_fahrenheit")),
        asks=[],
    )
    ends = await go(plan, t.registry(rise, t.heat))
    assert outputs(ends["s2"]) == {"warmth": pytest.approx(310.0)}


async def test_compositions_reach_an_expert_as_tuples() -> None:
    seen: list[Any] = []

    @expert
    def look(what: Annotated[tuple[tuple[str, float], ...], t.stuff]) -> Annotated[float, t.size]:
        """Look at it."""
        seen.append(what)
        return 1.0

    plan = t.plan(t.step("s1", "look", what=t.given([["ab", 0.5], ["cd", 0.5]], "")), asks=[])
    assert isinstance((await go(plan, t.registry(look)))["s1"], StepFinished)
    assert seen == [(("ab", 0.5), ("cd", 0.5))]


async def test_one_entry_of_a_mapping_is_taken_by_its_key() -> None:
    plan = t.plan(
        t.step("s1", "split", what=t.given("abcd", "")),
        t.step("s2", "weigh", length=t.given(4.0), factor=t.of("s1", "shares", "cd")),
        t.step("s3", "weigh", length=t.given(4.0), factor=t.of("s1", "shares", "xy")),
        asks=[],
    )
    ends = await go(plan)
    assert outputs(ends["s2"]) == {"weight_kind": 3.0}
    assert isinstance(ends["s3"], StepFailed)
    assert (ends["s3"].error, ends["s3"].message) == ("NoData", "step s1 gave no shares of xy; it holds ab, cd")


async def test_an_optional_output_that_is_not_there_fails_whoever_needs_it() -> None:
    plan = t.plan(
        t.step("s1", "split", what=t.given("abcd", "")), t.step("s2", "double", length=t.of("s1", "rest")), asks=[]
    )
    end = (await go(plan))["s2"]
    assert isinstance(end, StepFailed)
    assert end.message == "step s1 gave no size for these inputs"


@pytest.mark.parametrize(
    ("name", "error", "message"),
    [
        ("refuses", "OutOfRange", "a size of 2 m cannot exist"),
        ("unsure", "Unclear", "which stuff is meant: ab or cd?"),
        ("empty_handed", "NoData", "no data on blorp"),
        ("unlibraried", "MissingLibrary", "needs blorplib: pip install blorplib"),
        ("broken", "ZeroDivisionError", "float division by zero"),
        ("endless", "NoData", "weight_kind of endless is not a finite number"),
    ],
)
async def test_a_failure_is_kept_with_its_kind_and_its_words(name: str, error: str, message: str) -> None:
    end = (await go(one(name)))["s1"]
    assert isinstance(end, StepFailed)
    assert (end.error, end.message) == (error, message)


async def test_a_failed_branch_leaves_the_others_and_what_needs_it_is_skipped_with_the_reason() -> None:
    plan = t.plan(
        t.step("s1", "broken", length=t.given(1.0)),
        t.step("s2", "add", left=t.of("s1", "weight_kind"), right=t.of("s4", "weight_kind")),
        t.step("s3", "add", left=t.of("s2", "weight_kind"), right=t.of("s2", "weight_kind")),
        t.step("s4", "weigh", length=t.given(2.0), factor=Default(value=3.0)),
        asks=[],
    )
    heard: list[Event] = []
    ends = await go(plan, log=RunLog("r", None, heard.append))
    assert outputs(ends["s4"]) == {"weight_kind": 6.0}
    assert isinstance(ends["s2"], StepSkipped)
    assert ends["s2"].because == "it needs s1, which did not finish"
    assert isinstance(ends["s3"], StepSkipped)
    assert {event.parent for event in heard if event.kind == "step_started"} == {"s1", "s4"}


async def test_an_expert_that_ends_the_process_only_fails() -> None:
    @expert
    def leaves(length: Annotated[float, t.size]) -> Annotated[float, t.size]:
        """Leave."""
        sys.exit(3)

    @expert
    async def leaves_later(length: Annotated[float, t.size]) -> Annotated[float, t.size]:
        """Leave the loop."""
        sys.exit(3)

    for name in ("leaves", "leaves_later"):
        end = (await go(one(name), t.registry(leaves, leaves_later)))["s1"]
        assert isinstance(end, StepFailed)
        assert end.message == "SystemExit: 3"


async def test_what_cannot_be_stored_fails() -> None:
    @expert
    def odd(length: Annotated[float, t.size]) -> Annotated[Any, t.stuff]:
        """Give an object."""
        return object()

    end = (await go(one("odd"), t.registry(odd)))["s1"]
    assert isinstance(end, StepFailed)
    assert end.error == "ContractError"


async def test_remarks_of_an_expert_are_kept_with_its_step() -> None:
    end = (await go(one("chatty")))["s1"]
    assert isinstance(end, StepFinished)
    assert (end.cautions, end.assumptions) == (("it is foggy",), ("the wind is still",))


async def test_a_coroutine_function_runs_on_the_loop_and_keeps_its_remarks() -> None:
    loops: list[asyncio.AbstractEventLoop] = []

    @expert
    async def where(length: Annotated[float, t.size]) -> Annotated[float, t.size]:
        """Remember the loop."""
        loops.append(asyncio.get_running_loop())
        caution("seen")
        return length

    end = (await go(one("where"), t.registry(where)))["s1"]
    assert isinstance(end, StepFinished)
    assert loops == [asyncio.get_running_loop()]
    assert end.cautions == ("seen",)


async def test_the_range_of_an_argument_is_held_for_computed_values_too() -> None:
    plan = t.plan(
        t.step("s1", "weigh", length=t.given(-1.0), factor=Default(value=3.0)),
        t.step("s2", "weigh", length=t.given(1.0), factor=t.of("s3", "share")),
        t.step("s3", "eleven", length=t.given(1.0)),
        asks=[],
    )

    @expert
    def eleven(length: Annotated[float, t.size]) -> Annotated[float, t.share]:
        """Eleven."""
        return 11.0

    end = (await go(plan, t.registry(*t.FUNCTIONS, eleven)))["s2"]
    assert isinstance(end, StepFailed)
    assert end.error == "OutOfRange"
    assert "share 11" in end.message


async def test_steps_that_do_not_need_each_other_run_at_one_time() -> None:
    for name in ("sleep_sync", "sleep_async"):
        plan = t.plan(*(t.step(f"s{n}", name, length=t.given(0.15)) for n in range(8)), asks=[])
        began = time.perf_counter()
        await go(plan)
        assert time.perf_counter() - began < 4 * 0.15


async def test_no_more_run_at_one_time_than_allowed() -> None:
    running: list[int] = [0, 0]
    lock = threading.Lock()

    @expert
    def count(length: Annotated[float, t.size]) -> Annotated[float, t.size]:
        """Count who is here."""
        with lock:
            running[0] += 1
            running[1] = max(running)
        time.sleep(0.02)
        with lock:
            running[0] -= 1
        return length

    plan = t.plan(*(t.step(f"s{n}", "count", length=t.given(1.0)) for n in range(9)), asks=[])
    await go(plan, t.registry(count), max_concurrency=3)
    assert running[1] == 3


async def test_experts_of_one_library_run_one_at_a_time() -> None:
    inside: list[str] = []
    crowd: list[int] = []

    @expert(requires=("json",))
    def first(length: Annotated[float, t.size]) -> Annotated[float, t.size]:
        """Be alone."""
        inside.append("x")
        time.sleep(0.02)
        crowd.append(len(inside))
        inside.pop()
        return length

    plan = t.plan(*(t.step(f"s{n}", "first", length=t.given(1.0)) for n in range(4)), asks=[])
    await go(plan, t.registry(first))
    assert crowd == [1, 1, 1, 1]


async def test_a_step_starts_the_moment_its_own_inputs_are_there() -> None:
    """B takes long; D needs only A, and does not wait for B as it would in supersteps."""
    plan = t.plan(
        t.step("a", "sleep_async", length=t.given(0.05)),
        t.step("b", "sleep_async", length=t.given(0.6)),
        t.step("d", "sleep_async", length=t.of("a", "size")),
        asks=[],
    )
    heard: list[tuple[float, str, str | None]] = []
    await go(plan, log=RunLog("r", None, lambda event: heard.append((time.perf_counter(), event.kind, event.parent))))
    times = {(kind, step): at for at, kind, step in heard}
    assert times["step_started", "d"] - times["step_finished", "a"] < 0.1
    assert times["step_finished", "d"] < times["step_finished", "b"]


async def test_when_the_time_is_spent_what_is_finished_stays() -> None:
    plan = t.plan(
        t.step("s1", "double", length=t.given(1.0)),
        t.step("s2", "sleep_sync", length=t.given(5.0)),
        t.step("s3", "sleep_async", length=t.given(5.0)),
        t.step("s4", "double", length=t.of("s2", "size")),
        asks=[],
    )
    began = time.perf_counter()
    ends = await go(plan, seconds=0.2)
    assert time.perf_counter() - began < 2.0
    assert isinstance(ends["s1"], StepFinished)
    for name in ("s2", "s3"):
        end = ends[name]
        assert isinstance(end, StepFailed)
        assert end.error == BUDGET_SPENT
    assert isinstance(ends["s4"], StepSkipped)


async def test_a_step_that_comes_to_its_turn_too_late_is_not_started() -> None:
    plan = t.plan(*(t.step(f"s{n}", "sleep_sync", length=t.given(0.3)) for n in range(2)), asks=[])
    ends = await go(plan, seconds=0.1, max_concurrency=1)
    assert sorted(type(end).__name__ for end in ends.values()) == ["StepFailed", "StepSkipped"]


async def test_an_experts_own_timeout_error_is_not_the_budgets() -> None:
    @expert
    def times_out(length: Annotated[float, t.size]) -> Annotated[float, t.size]:
        """Give up."""
        raise TimeoutError("the other side is silent")

    end = (await go(one("times_out"), t.registry(times_out)))["s1"]
    assert isinstance(end, StepFailed)
    assert (end.error, end.message) == ("TimeoutError", "the other side is silent")


async def test_cancelling_leaves_no_task_behind() -> None:
    plan = t.plan(*(t.step(f"s{n}", "sleep_async", length=t.given(5.0)) for n in range(3)), asks=[])
    before = asyncio.all_tasks()
    task = asyncio.create_task(go(plan))
    await asyncio.sleep(0.05)
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    await asyncio.sleep(0.05)
    assert asyncio.all_tasks() == before


async def test_a_finished_step_is_not_started_again(home: Any) -> None:
    calls: list[float] = []

    @expert
    def tell(length: Annotated[float, t.size]) -> Annotated[float, t.size]:
        """Give another number each time."""
        calls.append(length)
        return float(len(calls))

    registry, store = t.registry(tell), RunStore(home / "runs.sqlite")
    plan = t.plan(t.step("s1", "tell", length=t.given(1.0)), t.step("s2", "tell", length=t.of("s1", "size")), asks=[])
    first = await go(plan, registry, RunLog("r", store))
    again = await go(plan, registry, RunLog("r", store))
    assert calls == [1.0, 1.0]
    assert again == first


async def test_a_call_that_finished_in_an_earlier_round_is_not_made_again() -> None:
    log = RunLog("r")
    await go(t.three_steps(), log=log)
    renamed = t.plan(
        t.step("x1", "double", length=t.given(1.5)), t.step("x2", "double", length=t.of("x1", "size")), asks=[]
    )
    heard: list[Event] = []
    log._listener = heard.append
    ends = await go(renamed, log=log, round_=1)
    assert outputs(ends["x1"]) == {"size": 3.0}
    assert (ends["x1"].step, ends["x1"].round) == ("x1", 1)
    assert [event.parent for event in heard if event.kind == "step_started"] == ["x2"]
    assert log.end(1, "x1") == ends["x1"]


async def test_when_an_event_cannot_be_stored_nothing_further_starts() -> None:
    class Full(RunStore):
        def append(self, event: Event) -> None:
            if event.kind == "step_finished":
                raise StoreError("the disk is full")
            super().append(event)

    plan = t.plan(
        t.step("s1", "double", length=t.given(1.0)), t.step("s2", "double", length=t.of("s1", "size")), asks=[]
    )
    store = Full.in_memory()
    with pytest.raises(StoreError, match="the disk is full"):
        await go(plan, log=RunLog("r", store))
    assert [event.kind for event in store.events("r")] == ["step_started"]


async def test_an_expert_gets_ready_while_the_steps_before_its_own_run_and_not_sooner() -> None:
    heard: list[str] = []
    registry = t.registry()
    weigh = registry.experts["weigh"]
    registry.experts["weigh"] = replace(weigh, prepare=lambda: heard.append("prepare"))
    log = RunLog("r", None, lambda event: heard.append(f"{event.kind} {event.parent}"))
    plan = t.plan(
        t.step("s1", "double", length=t.given(1.0)),
        t.step("s2", "double", length=t.of("s1", "size")),
        t.step("s3", "weigh", length=t.of("s2", "size")),
        asks=[],
    )
    await go(plan, registry, log)
    assert heard.count("prepare") == 1
    assert heard.index("step_started s2") < heard.index("prepare") < heard.index("step_finished s2")


async def test_an_expert_that_is_called_at_once_has_nothing_to_get_ready_before() -> None:
    registry = t.registry()
    double = registry.experts["double"]
    registry.experts["double"] = replace(double, prepare=lambda: pytest.fail("it was made ready"))
    assert isinstance((await go(one("double"), registry))["s1"], StepFinished)
