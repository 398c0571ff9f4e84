"""Toy experts, plans over them, and a planner that proposes what it is told to."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Annotated, Any, NamedTuple

from collegia.agents.plan import Asked, Binding, Default, FromStep, Given, Missing, Plan, Proposal, Step
from collegia.errors import MissingLibrary, NoData, OutOfRange, Unclear
from collegia.tools import STATED, Domain, Kind, Range, Uncertainty, assume, caution, expert
from collegia.tools.registry import Registry

size = Kind("size", "m", names=("size", "blorp size"))
small_size = Kind("small_size", "m", names=("small size",), parent=size)
size_in_mm = Kind("size_in_mm", "mm", names=("size in millimetres",))
weight = Kind("weight_kind", "kg", names=("weight",))
warmth = Kind("warmth", "K", names=("warmth",), scale="point")
warming = Kind("warming", "K", names=("warming",), scale="difference")
fahrenheit_step = Kind("step_in_fahrenheit", "delta_degF", scale="difference")
squeeze = Kind("squeeze", "Pa", names=("squeeze",), scale="point")
stuff = Kind("stuff", None, names=("stuff",))
colour = Kind("colour", None, names=("colour",))
share = Kind("share", "", names=("share",))


@expert(source="Table 1 of nowhere")
def double(length: Annotated[float, size, Range(gt=0)]) -> Annotated[float, size]:
    """Twice a size."""
    return 2 * length


@expert(source="Table 2 of nowhere")
def weigh(
    length: Annotated[float, size],
    factor: Annotated[float, share, Range(ge=0, le=10)] = 3.0,
) -> Annotated[float, weight, Uncertainty(0.05)]:
    """Weight of a size."""
    return length * factor


@expert
def add(left: Annotated[float, weight], right: Annotated[float, weight]) -> Annotated[float, weight]:
    """Sum of two weights."""
    return left + right


@expert
def heat(start: Annotated[float, warmth], rise: Annotated[float, warming]) -> Annotated[float, warmth]:
    """Warmth after warming."""
    return start + rise


@expert
def cool(first: Annotated[float, warmth], last: Annotated[float, warmth]) -> Annotated[float, warming]:
    """Difference of two warmths."""
    return last - first


@expert
def press(force: Annotated[float, squeeze, Range(gt=0)]) -> Annotated[float, squeeze]:
    """The same squeeze."""
    return force


@expert
def in_millimetres(length: Annotated[float, size_in_mm]) -> Annotated[float, size_in_mm]:
    """The same size, in millimetres."""
    return length


@expert
def paint(what: Annotated[str, stuff], length: Annotated[float, size, STATED] = 1.0) -> Annotated[str, colour]:
    """Colour of a stuff."""
    return f"{what} blue"


class Parts(NamedTuple):
    """Shares by stuff, and a size that is not always there."""

    shares: Annotated[dict[str, float], share]
    rest: Annotated[float | None, size] = None


@expert
def split(what: Annotated[str, stuff]) -> Parts:
    """What a stuff is made of."""
    return Parts({"ab": 0.25, "cd": 0.75})


@expert
def chatty(length: Annotated[float, size]) -> Annotated[float, size, Range(lt=1000, warn=True), Range(lt=1e6)]:
    """The same size, with remarks."""
    caution("it is foggy")
    assume("the wind is still")
    return length


@expert
def refuses(length: Annotated[float, size]) -> Annotated[float, weight]:
    """Refuses everything."""
    raise OutOfRange(f"a size of {length:g} m cannot exist")


@expert
def unsure(length: Annotated[float, size]) -> Annotated[float, weight]:
    """Asks which was meant."""
    raise Unclear("which stuff is meant: ab or cd?")


@expert
def empty_handed(length: Annotated[float, size]) -> Annotated[float, weight]:
    """Has no data."""
    raise NoData("no data on blorp")


@expert
def unlibraried(length: Annotated[float, size]) -> Annotated[float, weight]:
    """Lacks a library."""
    raise MissingLibrary("needs blorplib: pip install blorplib")


@expert
def broken(length: Annotated[float, size]) -> Annotated[float, weight]:
    """Has a bug."""
    raise ZeroDivisionError("float division by zero")


@expert
def endless(length: Annotated[float, size]) -> Annotated[float, weight]:
    """Gives what is not a number to write down."""
    return float("inf")


@expert
def sleep_sync(length: Annotated[float, size]) -> Annotated[float, size]:
    """Sleep that many seconds in a thread."""
    time.sleep(length)
    return length


@expert
async def sleep_async(length: Annotated[float, size]) -> Annotated[float, size]:
    """Sleep that many seconds on the loop."""
    await asyncio.sleep(length)
    caution("slept")
    return length


FUNCTIONS: tuple[Callable[..., Any], ...] = (
    double, weigh, add, heat, cool, press, in_millimetres, paint, split, chatty, refuses, unsure, empty_handed,
    unlibraried, broken, endless, sleep_sync, sleep_async,
)  # fmt: skip


def registry(*functions: Callable[..., Any]) -> Registry:
    """A registry of toys only, or of these functions."""
    made = Registry()
    made.add(Domain("toys", "toys", functions or FUNCTIONS, kinds=(small_size,)))
    return made


def given(value: Any, unit: str = "m", text: str = "", **more: Any) -> Given:
    """A stated value."""
    return Given(value=value, unit=unit, text=text or str(value), **more)


def of(step: str, output: str, key: str | None = None) -> FromStep:
    """An output of a step."""
    return FromStep(step=step, output=output, key=key)


def step(step_id: str, name: str, **arguments: Binding) -> Step:
    """A step."""
    return Step(id=step_id, expert=name, arguments=arguments)


def asked(step_id: str, output: str, *, unit: str = "", name: str = "", key: str | None = None) -> Asked:
    """An asked output."""
    return Asked(name=name or output, kind=output, unit=unit, source=of(step_id, output, key))


def plan(*steps: Step, asks: Sequence[Asked], **more: Any) -> Plan:
    """A plan."""
    return Plan(steps=tuple(steps), asked=tuple(asks), **more)


def proposed(made: Plan) -> Proposal:
    """A proposal of it."""
    return Proposal(status="plan", plan=made)


def clarify(*missing: Missing, message: str = "") -> Proposal:
    """A question back."""
    return Proposal(status="clarify", missing=missing, message=message)


def three_steps() -> Plan:
    """Double a size, weigh it with the default factor, add it to itself."""
    return plan(
        step("s1", "double", length=given(1.5, "m", "1.5 m", start=10, end=15, kind="size")),
        step("s2", "weigh", length=of("s1", "size"), factor=Default(value=3.0)),
        step("s3", "add", left=of("s2", "weight_kind"), right=of("s2", "weight_kind")),
        asks=[asked("s3", "weight_kind", unit="gram", name="weight")],
    )


class Scripted:
    """Proposes in turn what it was given; the last again and again. It remembers what it was asked."""

    def __init__(self, *proposals: Proposal | Plan | Exception) -> None:
        self.proposals = [proposed(one) if isinstance(one, Plan) else one for one in proposals]
        self.calls: list[tuple[str, tuple[str, ...], frozenset[str]]] = []

    def plan(
        self, question: str, registry: Registry, answers: Sequence[str] = (), avoid: frozenset[str] = frozenset()
    ) -> Proposal:
        """The next proposal."""
        self.calls.append((question, tuple(answers), avoid))
        made = self.proposals[min(len(self.calls), len(self.proposals)) - 1]
        if isinstance(made, Exception):
            raise made
        return made


class Unbending:
    """A planner that can't be told what to avoid."""

    def __init__(self, made: Proposal | Plan) -> None:
        self.made = proposed(made) if isinstance(made, Plan) else made

    def plan(self, question: str, registry: Registry, answers: Sequence[str] = ()) -> Proposal:
        """Always the same."""
        return self.made


HERE = Path(__file__).parent
