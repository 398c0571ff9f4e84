"""A run as its stored result tells it: what events of this process have not told is filled in."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from collegia.tui.view import RunView, StepView

if TYPE_CHECKING:
    from collegia.agents.plan import Plan
    from collegia.agents.result import Result, StepReport

__all__ = ["reported"]


def reported(view: RunView, result: Result) -> RunView:
    """The run at its end, as its result has it.

    A step that took over what an earlier one had found has no event of its own, and the better plan of two is the
    result's, whichever came last. What only events tell (retries, what a run had when it was stopped) is kept.
    """
    ended = replace(
        view,
        run_id=result.run_id,
        question=result.question or view.question,
        phase="ended",
        status=result.status,
    )
    if result.plan is None:
        return ended
    reports = {one.id: one for one in result.steps}
    return replace(
        ended,
        plan=result.plan.model_dump(mode="json"),
        steps=tuple(_with(one, reports.get(one.id)) for one in _steps(result.plan, view)),
        model_calls=result.usage.model_calls,
        tokens=result.usage.tokens_read + result.usage.tokens_written,
        cost=result.usage.cost,
    )


def _steps(plan: Plan, view: RunView) -> list[StepView]:
    made = []
    for step in plan.steps:
        known = view.step(step.id)
        now = known if known is not None and known.expert == step.expert else StepView(step.id, step.expert)
        arguments = {name: bound.model_dump(mode="json") for name, bound in step.arguments.items()}
        made.append(replace(now, needs=step.needs(), arguments=arguments))
    return made


def _with(step: StepView, report: StepReport | None) -> StepView:
    if report is None or (report.status == "skipped" and step.state in ("waiting", "running")):
        return step  # a step that the run did not come to was not skipped
    return replace(
        step,
        state=report.status,
        inputs=report.inputs or step.inputs,
        outputs=report.outputs,
        seconds=report.seconds or step.seconds,
        notes=step.notes or ((report.error,) if report.error else ()),
    )
