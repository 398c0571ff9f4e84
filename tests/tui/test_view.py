"""A run as it is seen, from its events alone."""

from __future__ import annotations

from collegia import Assistant, RunStore
from collegia.events import (
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
)
from collegia.tui.view import RunView, seen

HEAD = {"run_id": "r", "seq": 0, "at": "2026-01-01T00:00:00Z"}
PROPOSAL = {
    "status": "plan",
    "plan": {
        "steps": [
            {"id": "s1", "expert": "wide", "arguments": {"a": {"via": "given", "value": 1}}},
            {"id": "s2", "expert": "high", "arguments": {"b": {"via": "step", "step": "s1", "output": "x"}}},
            {
                "id": "s3",
                "expert": "both",
                "arguments": {"c": {"via": "steps", "sources": [{"step": "s1"}, {"step": "s2"}]}},
            },
        ]
    },
}


def after(*events: Event) -> RunView:
    view = RunView()
    for one in events:
        view = seen(view, one)
    return view


START = RunStarted(**HEAD, question="q")
PLANNED = PlanMade(**HEAD, round=0, answers=0, proposal=PROPOSAL)


def test_a_run_begins_with_planning() -> None:
    view = after(START)
    assert (view.run_id, view.question, view.phase, view.steps) == ("r", "q", "planning", ())


def test_a_plan_shows_its_steps_and_what_each_waits_for() -> None:
    view = after(START, PLANNED)
    assert [(one.id, one.needs, one.state) for one in view.steps] == [
        ("s1", (), "waiting"),
        ("s2", ("s1",), "waiting"),
        ("s3", ("s1", "s2"), "waiting"),
    ]


def test_a_question_back_has_no_steps() -> None:
    assert after(START, PlanMade(**HEAD, round=0, answers=0, proposal={"status": "clarify", "plan": None})).steps == ()


def test_steps_go_from_waiting_to_running_to_their_end_and_tries_are_counted() -> None:
    started = StepStarted(**HEAD, round=0, step="s1", expert="wide", inputs={"a": 1})
    failed = StepFailed(**HEAD, round=0, step="s1", expert="wide", error="NoData", message="nothing")
    finished = StepFinished(
        **HEAD, round=0, step="s1", expert="wide", inputs={"a": 1}, outputs={"x": 2}, seconds=0.5, cautions=("near",)
    )
    assert after(START, PLANNED, started).steps[0].state == "running"
    view = after(START, PLANNED, started, failed)
    assert (view.steps[0].state, view.steps[0].notes) == ("failed", ("NoData: nothing",))
    view = after(START, PLANNED, started, failed, started, finished)
    first = view.steps[0]
    assert (first.state, first.tries, dict(first.outputs), first.notes) == ("finished", 2, {"x": 2}, ("near",))
    assert view.done == 1


def test_a_step_that_was_skipped_says_why() -> None:
    view = after(START, PLANNED, StepSkipped(**HEAD, round=0, step="s2", expert="high", because="s1 failed"))
    step = view.step("s2")
    assert step is not None
    assert (step.state, step.notes) == ("skipped", ("s1 failed",))


def test_a_step_that_no_plan_named_is_shown_all_the_same() -> None:
    view = after(START, StepStarted(**HEAD, round=0, step="s9", expert="odd", inputs={}))
    assert [one.id for one in view.steps] == ["s9"]


def test_a_plan_turned_down_is_noted_and_a_repair_takes_its_place() -> None:
    view = after(START, PLANNED, PlanRejected(**HEAD, round=0, findings=("s1: no such expert",)))
    assert (view.phase, view.notes) == ("planning", ("s1: no such expert",))
    again = seen(view, PlanMade(**HEAD, round=1, answers=0, proposal={"status": "plan", "plan": {"steps": []}}))
    assert (again.round, again.steps) == (1, ())


def test_calls_of_models_are_counted_and_an_unknown_price_makes_the_cost_unknown() -> None:
    priced = ModelCalled(**HEAD, role="planner", model="m", messages=(), reply="", read=10, written=5, cost=0.25)
    unpriced = ModelCalled(**HEAD, role="planner", model="m", messages=(), reply="", read=1, written=1)
    view = after(START, priced, priced)
    assert (view.model_calls, view.tokens, view.cost) == (2, 30, 0.5)
    assert after(START, priced, unpriced).cost is None
    assert after(START, unpriced, priced).cost is None


def test_the_end_and_going_on_after_it() -> None:
    ended = after(START, PLANNED, Reflected(**HEAD, round=0, verdict="accept"), RunFinished(**HEAD, status="partial"))
    assert (ended.phase, ended.status) == ("ended", "partial")
    again = seen(ended, RunResumed(**HEAD))
    assert (again.phase, again.status, len(again.steps)) == ("planning", "", 3)


async def test_the_events_of_a_real_run_end_with_every_step_done() -> None:
    assistant = Assistant(store=RunStore.in_memory())
    view = RunView()
    async for event in assistant.stream("What is the density of water at 60 °C and 5 bar?"):
        view = seen(view, event)
    assert view.status == "answered"
    assert view.steps
    assert view.done == len(view.steps)
    assert view.steps[0].outputs["density"] > 980
