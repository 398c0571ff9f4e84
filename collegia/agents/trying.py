"""One expert, tried by itself: a plan of one step, through the same check, dispatch and judgement as any."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Mapping
from dataclasses import dataclass, field

from collegia.agents.answer import Findings, answer
from collegia.agents.check import check
from collegia.agents.dispatch import dispatch
from collegia.agents.fields import fields, read_field
from collegia.agents.log import RunLog
from collegia.agents.plan import Asked, Binding, Default, FromStep, Given, Plan, Step, Worded
from collegia.agents.reflect import asked_value, judge
from collegia.agents.result import Result, Usage
from collegia.errors import UsageError
from collegia.settings import Settings
from collegia.tools.card import Port
from collegia.tools.expert import Expert
from collegia.tools.models.meter import Meter, metered
from collegia.tools.registry import Registry
from collegia.tools.words import INQUIRY

__all__ = ["Trial", "try_expert"]

_STEP = "s1"


@dataclass(frozen=True)
class Trial:
    """What became of a try: the faults of what was filled in, by input, or a result, which is not stored."""

    faults: Mapping[str, str] = field(default_factory=dict)
    result: Result | None = None


async def try_expert(name: str, words: Mapping[str, str], registry: Registry, settings: Settings) -> Trial:
    """Call an expert with what a person wrote for its inputs.

    Args:
        name: of the expert.
        words: by input, as `read_field` takes them; one that is empty or not there has its default.
        registry: the experts.
        settings: for the budget.

    Raises:
        UsageError: there is no such expert.
        PlanRejected: the call does not pass the check.
        OutOfRange: the same, for a value outside the expert's validity.
    """
    expert = registry.experts.get(name)
    if expert is None:
        raise UsageError(f"no expert is named {name!r}")
    filled = await asyncio.to_thread(_fill, expert, words)  # looking a name up may read tables from a disk
    if filled.faults:
        return Trial(filled.faults)
    asked = tuple(_asked(port) for port in expert.card.outputs)
    plan = Plan(steps=(Step(id=_STEP, expert=name, arguments=filled.bound),), asked=asked)
    check(plan, registry, settings.budget)
    began, meter = time.monotonic(), Meter(settings.budget)
    with metered(meter):
        ends = await dispatch(plan, registry, RunLog("trial"), seconds=settings.budget.max_seconds)
    # What an expert gives for some inputs only, and not for these, was not asked for by name.
    given = tuple(
        one
        for one, port in zip(asked, expert.card.outputs, strict=True)
        if not port.optional_output or asked_value(one, ends) is not None
    )
    plan = plan.model_copy(update={"asked": given or asked})
    usage = Usage(
        steps=1, seconds=time.monotonic() - began, model_calls=meter.calls, tokens_read=meter.read,
        tokens_written=meter.written, cost=None if meter.unpriced else meter.cost,
    )  # fmt: skip
    found = Findings("trial", filled.text, judge(plan, registry, ends), plan=plan, ends=ends, usage=usage)
    return Trial(result=answer(found, registry))


@dataclass
class _Filled:
    """What was filled in: read, or at fault; and all of it as one text, in which the spans lie."""

    bound: dict[str, Binding] = field(default_factory=dict)
    faults: dict[str, str] = field(default_factory=dict)
    text: str = ""


def _fill(expert: Expert, words: Mapping[str, str]) -> _Filled:
    filled = _Filled(text=expert.name)
    known = {port.name for port in fields(expert.card)}
    filled.faults |= {name: f"{expert.name} takes no {name!r}" for name in words if name not in known}
    for port in fields(expert.card):
        said = words.get(port.name, "").strip()
        if said:
            _read(filled, port, said)
        elif port.required:
            filled.faults[port.name] = "is needed"
        elif port.default is not None:
            filled.bound[port.name] = Default(value=port.default, unit=port.kind.unit or "")
    return filled


def _read(filled: _Filled, port: Port, said: str) -> None:
    """Read one field, and put it to the text."""
    try:
        value = read_field(said, port)
    except UsageError as error:
        filled.faults[port.name] = str(error)
        return
    if port.kind.name == INQUIRY.name:
        filled.bound[port.name] = Worded(value=str(value))
        filled.text = f"{filled.text}: {said}"
        return
    before = f"{filled.text}, {port.name.replace('_', ' ')} "
    unit, start = port.kind.unit or "", len(before)
    filled.bound[port.name] = Given(
        value=value, unit=unit, text=said, start=start, end=start + len(said), kind=port.kind.name
    )
    filled.text = before + said


def _asked(port: Port) -> Asked:
    """An output as something that is asked for, in the unit that it is usually told in."""
    unit = port.kind.show[0] if port.kind.show else port.kind.unit or ""
    return Asked(
        name=port.name.replace("_", " "), kind=port.kind.name, unit=unit, source=FromStep(step=_STEP, output=port.name)
    )
