"""The closed union of events: it reads back what it wrote, and refuses the rest."""

from __future__ import annotations

import dataclasses
import json
from typing import assert_never, get_args

import pytest

from collegia.events import (
    VERSION,
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
    event_from_dict,
    event_to_dict,
)

BASE = {"run_id": "r", "seq": 3, "at": "2026-01-01T00:00:00.000+00:00"}
STEP = {**BASE, "parent": "s1", "round": 0, "step": "s1", "expert": "double"}

EVENTS: list[Event] = [
    RunStarted(**BASE, question="how big?", notes=("cleaned",)),
    RunResumed(**BASE, answer="5 m"),
    RunResumed(**BASE),
    PlanMade(**BASE, round=1, answers=2, proposal={"status": "plan", "plan": {"steps": []}}, seconds=0.01),
    PlanRejected(**BASE, round=0, findings=("a cycle",)),
    ApprovalAsked(
        **BASE, round=0, why="it asks first", marked=({"step": "s1", "expert": "double", "reason": "it costs"},)
    ),
    ApprovalAsked(**BASE, round=0, why="it asks first", findings=("a cycle",)),
    ApprovalGiven(**BASE, round=0, verdict="edited", plan={"steps": []}, changes=("a size 2 m",)),
    ApprovalGiven(**BASE, round=0, verdict="rejected", reason="too dear"),
    StepStarted(**STEP, inputs={"length": 1.5, "what": [["ab", 0.5]]}),
    StepFinished(**STEP, inputs={"length": 1.5}, outputs={"size": 0.1 + 0.2}, seconds=0.2, cautions=("foggy",)),
    StepFailed(**STEP, error="NoData", message="none", seconds=0.1, inputs={"length": 1.5}),
    StepSkipped(**STEP, because="it needs s0", needs=("s0",)),
    ModelCalled(
        **BASE, role="planner", model="small", messages=(("system", "plan"), ("user", "how big?")), reply="{}", read=9
    ),
    ModelCalled(**BASE, role="writer", model="small", messages=(), reply="", error="it does not answer", cost=0.5),
    WordsWritten(**BASE, text="It is"),
    Reflected(**BASE, round=0, verdict="repair", findings=("x",)),
    ClarificationAsked(**BASE, question="which?", missing=({"name": "flow", "unit": "kg/s"},)),
    RunFinished(**BASE, status="answered"),
]


@pytest.mark.parametrize("event", EVENTS, ids=lambda event: event.kind)
def test_an_event_reads_back_equal_from_json(event: Event) -> None:
    assert event_from_dict(json.loads(json.dumps(event_to_dict(event)))) == event


def test_every_kind_of_event_is_tried_here() -> None:
    assert {type(event) for event in EVENTS} == set(get_args(Event))


def test_kinds_are_the_snake_case_of_their_class_and_each_its_own() -> None:
    kinds = {event.kind for event in EVENTS}
    assert len(kinds) == len(get_args(Event))
    for event in EVENTS:
        assert event.kind.replace("_", "") == type(event).__name__.lower()


def test_the_union_is_closed_so_that_a_reader_can_be_complete() -> None:
    def label(event: Event) -> str:
        match event:
            case RunStarted() | RunResumed() | RunFinished():
                return "run"
            case ApprovalAsked() | ApprovalGiven():
                return "word"
            case PlanMade() | PlanRejected() | Reflected() | ClarificationAsked() | ModelCalled() | WordsWritten():
                return "thought"
            case StepStarted() | StepFinished() | StepFailed() | StepSkipped():
                return "step"
            case _:
                assert_never(event)

    assert {label(event) for event in EVENTS} == {"run", "word", "thought", "step"}


def test_events_cannot_be_changed() -> None:
    with pytest.raises(dataclasses.FrozenInstanceError):
        EVENTS[0].seq = 4  # type: ignore[misc]  # that is the point


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"version": VERSION + 1}, "version"),
        ({"kind": "run_exploded"}, "not a kind"),
        ({"colour": "blue"}, "cannot be read"),
    ],
)
def test_an_event_that_is_not_known_is_refused_with_the_reason(change: dict[str, object], said: str) -> None:
    with pytest.raises(ValueError, match=said):
        event_from_dict({**event_to_dict(EVENTS[0]), **change})


def test_an_event_without_a_field_is_refused() -> None:
    data = event_to_dict(EVENTS[0])
    del data["question"]
    with pytest.raises(ValueError, match="question"):
        event_from_dict(data)
