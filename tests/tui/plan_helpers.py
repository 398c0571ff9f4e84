"""Plans to look at: of toy experts, with every kind of binding, of any length, and runs of them in every state."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Annotated, Any

from collegia import Assistant, RunStore
from collegia.agents.plan import Asked, Cited, Default, FromStep, Gathered, Given, Plan, Proposal, Remembered, Step
from collegia.events import Event, PlanMade, RunStarted, StepFailed, StepFinished, StepSkipped, StepStarted
from collegia.settings import Settings
from collegia.tools import Kind, Range, expert
from collegia.tools.registry import Registry
from collegia.tui.view import RunView, past

length = Kind("length", "m", names=("length",), common=True)
mass = Kind("mass", "kg", names=("mass",), common=True)
stuff = Kind("stuff", None, names=("stuff",), words={"oak": "oak", "pine": "pine"})

QUESTION = "What is the mass of 2 m of oak?"


@expert(source="Table 1 of nowhere", validity="dry wood only")
def twice(size: Annotated[float, length, Range(gt=0, le=100)]) -> Annotated[float, length]:
    """Twice a length."""
    return 2 * size


@expert(source="Table 2 of nowhere")
def thrice(size: Annotated[float, length, Range(gt=0, le=100)]) -> Annotated[float, length]:
    """Three times a length."""
    return 3 * size


@expert
def weigh(
    size: Annotated[float, length], wood: Annotated[str, stuff], share: Annotated[float, length] = 1.5
) -> Annotated[float, mass]:
    """Mass of a length of wood."""
    return size * share * (700 if wood == "oak" else 500)


def registry() -> Registry:
    made = Registry()
    made.add_functions([twice, thrice, weigh])
    return made


PLAN = Plan(
    steps=(
        Step(
            id="s1",
            expert="twice",
            arguments={"size": Given(value=2.0, unit="m", text="2 m", start=20, end=23, kind="length")},
        ),
        Step(
            id="s2",
            expert="weigh",
            arguments={
                "size": FromStep(step="s1", output="length"),
                "wood": Given(value="oak", text="oak", start=27, end=30, kind="stuff"),
                "share": Default(value=1.5, unit="m"),
            },
        ),
    ),
    asked=(Asked(name="mass", kind="mass", unit="kilogram", source=FromStep(step="s2", output="mass")),),
)


class Planner:
    """Proposes one plan, whatever is asked."""

    def __init__(self, plan: Plan = PLAN) -> None:
        self._plan = plan

    def plan(self, question: str, registry: Registry, answers: Sequence[str] = ()) -> Proposal:
        return Proposal(status="plan", plan=self._plan)


def assistant(plan: Plan = PLAN, store: RunStore | None = None, **settings: Any) -> Assistant:
    """An assistant that runs that plan."""
    made = replace(Settings.load(), **settings)
    return Assistant(registry(), planner=Planner(plan), settings=made, store=store or RunStore.in_memory())


HEAD: dict[str, Any] = {"run_id": "r", "seq": 0, "at": "2026-01-01T00:00:00Z"}


def planned(plan: Plan = PLAN, question: str = QUESTION, round_: int = 0) -> list[Event]:
    """A question and its plan."""
    proposal = Proposal(status="plan", plan=plan).model_dump(mode="json")
    return [RunStarted(**HEAD, question=question), PlanMade(**HEAD, round=round_, answers=0, proposal=proposal)]


def started(step: str, expert_: str, **inputs: Any) -> Event:
    return StepStarted(**HEAD, round=0, step=step, expert=expert_, inputs=inputs)


def finished(step: str, expert_: str, outputs: dict[str, Any], **more: Any) -> Event:
    said = {"inputs": {}, "seconds": 0.0, **more}
    return StepFinished(**HEAD, round=0, step=step, expert=expert_, outputs=outputs, **said)


def failed(step: str, expert_: str, message: str) -> Event:
    return StepFailed(**HEAD, round=0, step=step, expert=expert_, error="NoData", message=message)


def skipped(step: str, expert_: str, because: str) -> Event:
    return StepSkipped(**HEAD, round=0, step=step, expert=expert_, because=because)


def seen_after(*events: Event, plan: Plan = PLAN) -> RunView:
    """A run of the plan after these events."""
    return past([*planned(plan), *events])


DONE = (
    started("s1", "twice", size=2.0),
    finished("s1", "twice", {"length": 4.0}, inputs={"size": 2.0}, cautions=("it is wet",), assumptions=("no knots",)),
    started("s2", "weigh", size=4.0, wood="oak", share=1.5),
    finished("s2", "weigh", {"mass": 4200.0}, inputs={"size": 4.0, "wood": "oak", "share": 1.5}, seconds=0.25),
)
"""All of that plan, done."""


def long_plan(steps: int = 60) -> Plan:
    """A chain of that many steps."""
    first = PLAN.steps[0].arguments
    rest = {"size": FromStep(step="", output="length")}
    made = tuple(
        Step(
            id=f"s{place}",
            expert="twice",
            arguments=first if place == 1 else {"size": rest["size"].model_copy(update={"step": f"s{place - 1}"})},
        )
        for place in range(1, steps + 1)
    )
    return Plan(
        steps=made, asked=(Asked(name="length", kind="length", source=FromStep(step=made[-1].id, output="length")),)
    )


EVERYWHENCE = {
    "given": Given(value=2.0, unit="m", text="2 m", start=20, end=23),
    "answered": Given(value=2.0, unit="m", text="3 m", start=len(QUESTION) + 1, end=len(QUESTION) + 4),
    "approved": Given(value=2.0, unit="m", text="4 m", start=20, end=23, instead_of="“2 m”"),
    "remembered": Remembered(value=2.0, unit="m", text="the beam is 2 m", day="2026-01-02", fact=1),
    "cited": Cited(value=2.0, unit="m", text="A beam has 2 m.", document="beams.md", source="beams"),
    "default": Default(value=2.0, unit="m"),
    "step": FromStep(step="s1", output="length"),
    "gathered": Gathered(sources=(FromStep(step="s1", output="length"), FromStep(step="s2", output="mass"))),
}
"""A binding of every kind."""
