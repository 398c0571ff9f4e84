"""A run as it is seen: a fold of its events into plain data, which every part of the screen draws from."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import reduce
from typing import Any, Literal

from collegia.events import (
    ApprovalAsked,
    ApprovalGiven,
    ClarificationAsked,
    Event,
    ModelCalled,
    PlanMade,
    PlanRejected,
    Reflected,
    RunFinished,
    RunResumed,
    RunStarted,
    StepFailed,
    StepFinished,
    StepSkipped,
    StepStarted,
    WordsWritten,
)

__all__ = ["Phase", "RunView", "StepState", "StepView", "past", "seen"]

Phase = Literal["idle", "planning", "checking", "approving", "running", "judging", "writing", "asking", "ended"]
StepState = Literal["waiting", "running", "finished", "failed", "skipped"]


@dataclass(frozen=True, slots=True)
class StepView:
    """One step of the plan, as far as it has got.

    Attributes:
        id: of the step.
        expert: that it calls.
        needs: ids of the steps whose outputs it takes.
        arguments: of the plan, by name: a binding as plain data.
        state: where it is.
        inputs: by argument, once it was called.
        outputs: by name, once it has finished.
        seconds: that it took.
        notes: cautions of the expert; or why it failed or was skipped.
        tries: how often it was called.
        assumptions: of the expert.
        failures: what it said where it failed, each time.
    """

    id: str
    expert: str
    needs: tuple[str, ...] = ()
    arguments: Mapping[str, Any] = field(default_factory=dict)
    state: StepState = "waiting"
    inputs: Mapping[str, Any] = field(default_factory=dict)
    outputs: Mapping[str, Any] = field(default_factory=dict)
    seconds: float = 0.0
    notes: tuple[str, ...] = ()
    tries: int = 0
    assumptions: tuple[str, ...] = ()
    failures: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class RunView:
    """One run, as far as its events tell.

    Attributes:
        run_id: empty before there is one.
        question: as it was understood.
        phase: what is being done.
        steps: of the present plan, in its order.
        round: the present plan's, 0 for the first.
        notes: what was said of the run as a whole: a plan turned down, a judgement.
        draft: what the writer's model has written so far; its numbers are not traced yet.
        model_calls: of language models so far.
        tokens: that these read and wrote.
        cost: of these; None once a price was not known.
        status: how it ended; empty while it has not.
        plan: the present one, as plain data; the same object for as long as it is the present one.
    """

    run_id: str = ""
    question: str = ""
    phase: Phase = "idle"
    steps: tuple[StepView, ...] = ()
    round: int = 0
    notes: tuple[str, ...] = ()
    draft: str = ""
    model_calls: int = 0
    tokens: int = 0
    cost: float | None = 0.0
    status: str = ""
    plan: Mapping[str, Any] = field(default_factory=dict)

    def step(self, id_: str) -> StepView | None:
        """The step of that id, None where the plan has none."""
        return next((one for one in self.steps if one.id == id_), None)

    @property
    def done(self) -> int:
        """How many steps are not to come any more."""
        return sum(one.state in ("finished", "failed", "skipped") for one in self.steps)


def seen(view: RunView, event: Event) -> RunView:
    """The view once the event has happened."""
    match event:
        case RunStarted():
            return RunView(event.run_id, question=event.question, phase="planning")
        case RunResumed():
            return replace(view, run_id=event.run_id, phase="planning", status="")
        case PlanMade():
            plan = event.proposal.get("plan") or {}
            return replace(view, phase="checking", plan=plan, steps=_planned(plan), round=event.round)
        case PlanRejected():
            return replace(view, phase="planning", notes=(*view.notes, *event.findings))
        case ApprovalAsked():
            return replace(view, phase="approving")
        case ApprovalGiven():
            plan = event.plan or view.plan
            steps = view.steps if event.plan is None else _planned(plan)
            return replace(view, phase="checking", plan=plan, steps=steps)
        case StepStarted():
            step = view.step(event.step)
            tries = step.tries + 1 if step else 1
            return _changed(view, event.step, event.expert, state="running", inputs=event.inputs, tries=tries)
        case StepFinished():
            return _changed(
                view, event.step, event.expert,
                state="finished", inputs=event.inputs, outputs=event.outputs, seconds=event.seconds,
                notes=event.cautions, assumptions=event.assumptions,
            )  # fmt: skip
        case StepFailed():
            said = f"{event.error}: {event.message}"
            before = view.step(event.step)
            failures = (*(before.failures if before else ()), said)
            return _changed(
                view, event.step, event.expert,
                state="failed", inputs=event.inputs, seconds=event.seconds, notes=(said,), failures=failures,
            )  # fmt: skip
        case StepSkipped():
            return _changed(view, event.step, event.expert, state="skipped", notes=(event.because,))
        case Reflected():
            return replace(view, phase="judging", notes=(*view.notes, *event.findings))
        case ModelCalled():
            cost = None if view.cost is None or event.cost is None else view.cost + event.cost
            tokens = view.tokens + event.read + event.written
            return replace(view, model_calls=view.model_calls + 1, tokens=tokens, cost=cost)
        case WordsWritten():
            return replace(view, phase="writing", draft=event.text)
        case ClarificationAsked():
            return replace(view, phase="asking")
        case RunFinished():
            return replace(view, phase="ended", status=event.status)


def past(events: Iterable[Event]) -> RunView:
    """The view of a run of which these events are stored."""
    return reduce(seen, events, RunView())


def _planned(plan: Mapping[str, Any]) -> tuple[StepView, ...]:
    """The steps of a plan as an event holds it: plain data."""
    return tuple(
        StepView(step["id"], step["expert"], _needs(step["arguments"]), step["arguments"])
        for step in plan.get("steps", ())
    )


def _needs(arguments: Mapping[str, Any]) -> tuple[str, ...]:
    named = []
    for bound in arguments.values():
        for source in (bound, *bound.get("sources", ())):
            if source.get("step"):
                named.append(source["step"])
    return tuple(dict.fromkeys(named))


def _changed(view: RunView, id_: str, expert: str, **changes: Any) -> RunView:
    """The view with one step changed; a step that the plan did not name is added, so that nothing is hidden."""
    steps = view.steps if view.step(id_) else (*view.steps, StepView(id_, expert))
    steps = tuple(replace(one, **changes) if one.id == id_ else one for one in steps)
    return replace(view, phase="running", steps=steps)
