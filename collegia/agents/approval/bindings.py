"""Which bindings of a plan state one and the same value, and how to tell of them."""

from __future__ import annotations

import math
from typing import Any

from collegia.agents.plan import Binding, Cited, Default, FromStep, Gathered, Given, Plan, Remembered, Step
from collegia.agents.values import is_number
from collegia.tools.units import convert, same_dimension

__all__ = ["CHANGED", "as_approved", "needed", "one_value", "outputs_used", "resting_on", "told"]


CHANGED = "changed at approval: "
"""How an assumption begins that tells what the user changed."""


def one_value(one: Binding | None, other: Binding | None) -> bool:
    """Whether two bindings are one value: the same words of the question, the same fact, place, or output of a step."""
    if isinstance(one, FromStep):
        return one == other
    origin = _origin(one)
    return origin is not None and origin == _origin(other) and _equal(one, other)


def _origin(bound: Binding | None) -> tuple[object, ...] | None:
    """What makes a statement the one it is; None where a binding is no statement that another may share."""
    match bound:
        case Given() if bound.start >= 0 or bound.instead_of:
            return "given", bound.text, bound.start, bound.end, bound.instead_of
        case Remembered():
            return "remembered", bound.fact, bound.text
        case Cited():
            return "cited", bound.source, bound.start, bound.end
        case _:
            return None


def _equal(one: Any, other: Any) -> bool:
    """One phrase may imply several values ("open tank"); those that are one are equal, whatever their unit."""
    if not (is_number(one.value) and is_number(other.value)):
        return bool(one.value == other.value)
    if not same_dimension(one.unit, other.unit):
        return False
    value = convert(float(other.value), other.unit, one.unit)
    return math.isclose(float(one.value), value, rel_tol=1e-9, abs_tol=1e-12)


def told(bound: Binding | None, place: str) -> str:
    """A binding in words, as what a new value stands in place of.

    Args:
        bound: what was there; None for an optional argument that nothing was bound to.
        place: STEP.ARGUMENT, told where the words alone do not say which value it was.
    """
    match bound:
        case Given() if bound.instead_of:
            return bound.instead_of
        case Given():
            return f"“{bound.text}”" + ("" if bound.start >= 0 else f" ({place})")
        case Remembered():
            return f"what was remembered on {bound.day} (“{bound.text}”)"
        case Cited():
            return f"“{bound.text}” in {bound.source}"
        case Default():
            return f"the default {bound.value} ({place})"
        case FromStep():
            return f"{bound.output} of {bound.step} ({place})"
        case Gathered():
            return f"what {', '.join(source.step for source in bound.sources)} gave ({place})"
        case None:
            return f"nothing ({place})"
        case _:
            return f"“{bound.value}” ({place})"


def needed(steps: tuple[Step, ...], plan: Plan) -> tuple[Step, ...]:
    """The steps that what is asked rests on."""
    by_id = {step.id: step for step in steps}
    wanted: set[str] = set()
    waiting = [asked.source.step for asked in plan.asked]
    while waiting:
        here = waiting.pop()
        if here not in wanted and here in by_id:
            wanted.add(here)
            waiting.extend(by_id[here].needs())
    return tuple(step for step in steps if step.id in wanted)


def resting_on(plan: Plan, changed: set[str]) -> set[str]:
    """The ids of the steps that rest on some of these, themselves included."""
    found = set(changed)
    while more := {step.id for step in plan.steps if step.id not in found and found & set(step.needs())}:
        found |= more
    return found


def outputs_used(plan: Plan, step_id: str) -> set[str]:
    """The outputs of a step that something takes or that are asked."""
    sources = [asked.source for asked in plan.asked]
    for step in plan.steps:
        for bound in step.arguments.values():
            if isinstance(bound, FromStep):
                sources.append(bound)
            elif isinstance(bound, Gathered):
                sources.extend(bound.sources)
    return {source.output for source in sources if source.step == step_id}


def as_approved(question: str, plan: Plan | None) -> str:
    """The question with the words of values that were replaced at approval replaced too.

    It is what may be told of the run: the question as it was asked says values that nothing was computed with.
    """
    bound = [one for step in (plan.steps if plan else ()) for one in step.arguments.values()]
    kept = {one.start for one in bound if isinstance(one, Given) and not one.instead_of}
    said = {
        (one.start, one.end): one.text
        for one in bound
        if isinstance(one, Given) and one.instead_of and 0 <= one.start < one.end <= len(question)
    }
    for (start, end), text in sorted(said.items(), reverse=True):
        if start not in kept:
            question = question[:start] + text + question[end:]
    return question
