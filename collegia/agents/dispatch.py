"""Dispatch: a checked plan as dataflow.

Each step is a task that waits for the steps it needs and for nothing else, so it starts the moment its own inputs are
there. All of it happens inside one node of the graph. Each finished step is in the run's log before any other step
sees its outputs; what the log holds is never called again, so a crash repeats no finished step, and saved outputs are
matched by step, never by the order of calls.
"""

from __future__ import annotations

import asyncio
import threading
import time
from dataclasses import dataclass, field
from typing import Any

from collegia.agents.log import Outcome, RunLog
from collegia.agents.plan import FromStep, Gathered, Plan, Step
from collegia.agents.values import frozen, in_unit, in_words, plain
from collegia.agents.workers import Abandoned, in_thread, one_at_a_time
from collegia.errors import CollegiaError, ExpertError, NoData
from collegia.events import StepFailed, StepFinished, StepSkipped, StepStarted
from collegia.tools.expert import Expert
from collegia.tools.expert import Outcome as Called
from collegia.tools.kinds import Kind
from collegia.tools.registry import Registry

__all__ = ["BUDGET_SPENT", "dispatch"]

BUDGET_SPENT = "BudgetSpent"
"""The error of a step that ran out of time."""


@dataclass
class _Dispatch:
    plan: Plan
    registry: Registry
    log: RunLog
    round: int
    deadline: float
    running: asyncio.Semaphore
    begun: dict[str, asyncio.Event] = field(default_factory=dict)
    done: dict[str, asyncio.Event] = field(default_factory=dict)
    ends: dict[str, Outcome] = field(default_factory=dict)


async def dispatch(
    plan: Plan,
    registry: Registry,
    log: RunLog,
    *,
    round_: int = 0,
    seconds: float = 300.0,
    max_concurrency: int = 16,
) -> dict[str, Outcome]:
    """Run the steps of a checked plan; how each ended, by its id.

    A failed step leaves the others alone; those that need it are skipped with the reason. Steps that the log says
    are finished are not started. Cancelling it leaves no task behind; a thread that cannot be stopped is left to end
    by itself, and its result is dropped.

    Args:
        plan: a plan that passed the check.
        registry: the experts.
        log: of the run; events go there.
        round_: the round of planning that the plan is from.
        seconds: when they are over, what is not finished fails.
        max_concurrency: how many experts run at one time.

    Raises:
        StoreError: an event cannot be stored; nothing further is started.
    """
    run = _Dispatch(plan, registry, log, round_, time.monotonic() + seconds, asyncio.Semaphore(max_concurrency))
    for step in plan.steps:
        run.begun[step.id], run.done[step.id] = asyncio.Event(), asyncio.Event()
        if isinstance(end := log.end(round_, step.id), StepFinished):
            _end(run, step, end)
    try:
        async with asyncio.TaskGroup() as tasks:
            for step in plan.steps:
                if step.id not in run.ends:
                    tasks.create_task(_run(run, step))
    except BaseExceptionGroup as group:
        raise group.exceptions[0] from None  # the first fault is the cause; it has stopped the others
    return run.ends


def _end(run: _Dispatch, step: Step, end: Outcome) -> None:
    run.ends[step.id] = end
    run.begun[step.id].set()
    run.done[step.id].set()


async def _run(run: _Dispatch, step: Step) -> None:
    expert = run.registry.experts[step.expert]
    if expert.prepare is not None and (needs := step.needs()):
        for need in needs:
            await run.begun[need].wait()
        expert.prepare()
    for need in step.needs():
        await run.done[need].wait()
    said = {"parent": step.id, "round": run.round, "step": step.id, "expert": step.expert}
    lacking = [need for need in step.needs() if not isinstance(run.ends[need], StepFinished)]
    if lacking:
        because = f"it needs {', '.join(lacking)}, which did not finish"
        _end(run, step, run.log.emit(StepSkipped, **said, because=because, needs=tuple(lacking)))
        return
    try:
        inputs = {name: _value(run, expert, step, name) for name in step.arguments}
    except CollegiaError as error:
        _end(run, step, run.log.emit(StepFailed, **said, error=_sort(error), message=str(error)))
        return
    if known := run.log.finished_call(run.round, step.id, step.expert, inputs):
        _end(run, step, known)
        return
    async with run.running:
        if time.monotonic() >= run.deadline:
            _end(run, step, run.log.emit(StepSkipped, **said, because="the time of the budget was spent"))
            return
        run.log.emit(StepStarted, **said, inputs=inputs)
        run.begun[step.id].set()
        _end(run, step, await _call(run, expert, said, inputs))


async def _call(run: _Dispatch, expert: Expert, said: dict[str, Any], inputs: dict[str, Any]) -> Outcome:
    """Call the expert and log how it went."""
    began = time.perf_counter()
    own = expert.card.limits.get("timeout")
    left = run.deadline - time.monotonic()
    try:
        async with asyncio.timeout(left if own is None else min(left, float(own))) as limit:
            called, seconds = await _invoke(expert, inputs)
        outputs = {name: plain(value, f"{name} of {expert.name}") for name, value in called.values.items()}
    except Exception as error:  # noqa: BLE001  # an expert is anyone's code: its failure ends its branch, nothing else
        spent = time.perf_counter() - began
        sort, message = _sort(error), str(error).strip() or type(error).__name__
        if limit.expired():
            sort, message = BUDGET_SPENT, f"{expert.name} did not finish within {spent:.3g} s"
        return run.log.emit(StepFailed, **said, error=sort, message=message, seconds=spent, inputs=inputs)
    return run.log.emit(
        StepFinished,
        **said,
        inputs=inputs,
        outputs=outputs,
        seconds=seconds,
        cautions=called.cautions,
        assumptions=called.assumptions,
    )


async def _invoke(expert: Expert, inputs: dict[str, Any]) -> tuple[Called, float]:
    """Call it in a thread, or on this loop where it is a coroutine function; with the seconds of its own."""
    arguments = {name: frozen(value) for name, value in inputs.items()}
    if expert.awaits:
        began = time.perf_counter()
        try:
            called = await expert.acall(arguments)
        except SystemExit as error:  # it would end this process, and that is no expert's to do
            raise RuntimeError(f"SystemExit: {error}") from error
        return called, time.perf_counter() - began

    def work(abandoned: threading.Event) -> tuple[Called, float]:
        with one_at_a_time(expert.card.requires):
            if abandoned.is_set():
                raise Abandoned
            began = time.perf_counter()
            called = expert.call(arguments)
            return called, time.perf_counter() - began

    return await in_thread(work)


def _value(run: _Dispatch, expert: Expert, step: Step, name: str) -> Any:
    """What is bound to an argument, as plain data in the unit of its port."""
    bound = step.arguments[name]
    if isinstance(bound, Gathered):
        return [[source.step, in_words(_output(run, source), _giver(run, source))] for source in bound.sources]
    if not isinstance(bound, FromStep):
        return plain(bound.value, name)
    return in_unit(_output(run, bound), _giver(run, bound), expert.card.input(name))


def _giver(run: _Dispatch, source: FromStep) -> Kind:
    """The kind of what a source gives."""
    return run.registry.experts[run.plan.step(source.step).expert].card.output(source.output).kind


def _output(run: _Dispatch, source: FromStep) -> Any:
    """What a finished step gave there.

    Raises:
        NoData: nothing, for these inputs.
    """
    end = run.ends[source.step]
    value = end.outputs.get(source.output) if isinstance(end, StepFinished) else None
    if source.key is not None and value is not None:
        value = _entry(value, source)
    if value is None:
        raise NoData(f"step {source.step} gave no {_giver(run, source).label} for these inputs")
    return value


def _entry(value: Any, bound: FromStep) -> Any:
    try:
        return value[bound.key]
    except (KeyError, TypeError):
        held = ", ".join(value) if isinstance(value, dict) else "one value only"
        raise NoData(f"step {bound.step} gave no {bound.output} of {bound.key}; it holds {held}") from None


def _sort(error: BaseException) -> str:
    """The name of the kind of error that decides what is to be done: the nearest one of Collegia's own."""
    if isinstance(error, ExpertError):
        return next(one.__name__ for one in type(error).__mro__ if one.__module__ == ExpertError.__module__)
    return type(error).__name__
