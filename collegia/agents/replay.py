"""Replay: the saved plan of a run again, and whether it gives the same numbers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from collegia.agents.check import check
from collegia.agents.dispatch import dispatch
from collegia.agents.log import Outcome, RunLog
from collegia.agents.result import Result
from collegia.errors import UsageError
from collegia.events import StepFailed, StepFinished, StepSkipped
from collegia.settings import Settings
from collegia.tools.registry import Registry

__all__ = ["Difference", "Replay", "replay"]


@dataclass(frozen=True)
class Difference:
    """One output that came out otherwise.

    Attributes:
        step: the step's id.
        expert: the expert it calls.
        output: the output; empty where the step failed then or now.
        before: the value in the stored run, or how the step ended there.
        now: the value in the replay, or how the step ended.
    """

    step: str
    expert: str
    output: str
    before: Any
    now: Any


@dataclass(frozen=True)
class Replay:
    """What a replay found; no difference means the same numbers, to the last digit."""

    run_id: str
    steps: int
    differences: tuple[Difference, ...] = ()

    @property
    def same(self) -> bool:
        """Whether every output came out the same."""
        return not self.differences


async def replay(result: Result, registry: Registry, settings: Settings) -> Replay:
    """Run the plan of a result again, with nothing stored.

    Raises:
        UsageError: the run has no plan that was run.
        PlanRejected: the plan no longer passes the check, as when an expert is not installed any more.
        OutOfRange: a value of the plan lies outside a validity that has been narrowed since.
    """
    if result.plan is None or not any(step.status != "skipped" for step in result.steps):
        raise UsageError(
            f"run {result.run_id} ended as {result.status} and called no expert; there is nothing to replay"
        )
    check(result.plan, registry, settings.budget)
    ends = await dispatch(
        result.plan,
        registry,
        RunLog(result.run_id),
        seconds=settings.budget.max_seconds,
        max_concurrency=settings.max_concurrency,
    )
    found: list[Difference] = []
    for step in result.steps:
        end = ends[step.id]
        was, now = step.outputs if step.status == "finished" else step.status, _ended(end)
        if isinstance(was, dict) and isinstance(now, dict):
            for name in dict.fromkeys((*was, *now)):
                if was.get(name) != now.get(name):
                    found.append(Difference(step.id, step.expert, name, was.get(name), now.get(name)))
        elif was != now:
            before = was if isinstance(was, dict) else f"{was}: {step.error}"
            found.append(Difference(step.id, step.expert, "", before, _told(end)))
    return Replay(result.run_id, len(result.steps), tuple(found))


def _ended(end: Outcome) -> dict[str, Any] | str:
    match end:
        case StepFinished():
            return dict(end.outputs)
        case StepFailed():
            return "failed"
        case StepSkipped():
            return "skipped"


def _told(end: Outcome) -> Any:
    match end:
        case StepFinished():
            return dict(end.outputs)
        case StepFailed():
            return f"failed: {end.message}"
        case StepSkipped():
            return f"skipped: {end.because}"
