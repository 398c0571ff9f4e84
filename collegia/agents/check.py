"""The check: what a plan passes before any expert is called.

It finds every fault at once, so that a planner can mend them together. It calls nothing.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import Any, NamedTuple

from collegia.agents.plan import Asked, Default, FromStep, Gathered, Given, Known, Plan, Step, Worded
from collegia.agents.values import compatible, difference_unit, frozen, is_number
from collegia.errors import OutOfRange, PlanRejected, UnitError
from collegia.settings import Budget
from collegia.tools.card import Port
from collegia.tools.registry import Registry
from collegia.tools.units import parse_unit, same_dimension
from collegia.tools.words import INQUIRY, RESULTS

__all__ = ["Finding", "check", "findings", "order"]


class Finding(NamedTuple):
    """One fault of a plan, and the step it lies in (empty where it lies in the whole)."""

    step: str
    text: str


def check(plan: Plan, registry: Registry, budget: Budget) -> None:
    """Let a sound plan pass.

    Raises:
        PlanRejected: with every fault.
        OutOfRange: the plan is sound, but a stated value lies where its expert does not hold.
    """
    if found := findings(plan, registry, budget):
        raise PlanRejected([one.text for one in found])
    outside = [text for step in plan.steps for text in _outside(step, registry)]
    if outside:
        raise OutOfRange("; ".join(dict.fromkeys(outside)))


def findings(plan: Plan, registry: Registry, budget: Budget) -> list[Finding]:
    """Every fault of a plan."""
    found = list(_whole(plan, registry, budget))
    if not any(one.text.startswith("two steps") for one in found):
        for step in plan.steps:
            found.extend(Finding(step.id, f"step {step.id}: {text}") for text in _step(plan, step, registry))
        for asked in plan.asked:
            found.extend(
                Finding(asked.source.step, f"asked {asked.name}: {text}") for text in _asked(plan, asked, registry)
            )
    return found


def order(plan: Plan) -> list[str]:
    """The steps' ids, each after those it needs; the ids left out are those in a cycle."""
    known = {step.id for step in plan.steps}
    waiting = {step.id: {need for need in step.needs() if need in known} for step in plan.steps}
    done: list[str] = []
    while ready := [step_id for step_id, needs in waiting.items() if not needs]:
        done.extend(ready)
        for step_id in ready:
            del waiting[step_id]
        for needs in waiting.values():
            needs.difference_update(ready)
    return done


def _whole(plan: Plan, registry: Registry, budget: Budget) -> Iterator[Finding]:
    if not plan.steps:
        yield Finding("", "the plan has no steps")
    if not plan.asked:
        yield Finding("", "the plan answers nothing")
    if len(plan.steps) > budget.max_steps:
        yield Finding("", f"the plan has {len(plan.steps)} steps; the budget allows {budget.max_steps}")
    ids = [step.id for step in plan.steps]
    for step_id in dict.fromkeys(one for one in ids if ids.count(one) > 1):
        yield Finding(step_id, f"two steps have the id {step_id!r}")
    if len(set(ids)) == len(ids) and (left := set(ids) - set(order(plan))):
        yield Finding("", f"these steps wait for each other in a cycle: {', '.join(sorted(left))}")
    elif len(plan.steps) <= budget.max_steps and (seconds := _seconds(plan, registry)) > budget.max_seconds:
        yield Finding("", f"the plan would take about {seconds:.3g} s; the budget allows {budget.max_seconds:g} s")


def _seconds(plan: Plan, registry: Registry) -> float:
    """How long the longest chain of steps usually takes."""
    ready: dict[str, float] = {}
    for step_id in order(plan):
        step = plan.step(step_id)
        expert = registry.experts.get(step.expert)
        own = expert.card.seconds if expert else 0.0
        ready[step_id] = own + max((ready.get(need, 0.0) for need in step.needs()), default=0.0)
    return max(ready.values(), default=0.0)


def _step(plan: Plan, step: Step, registry: Registry) -> Iterator[str]:
    expert = registry.experts.get(step.expert)
    if expert is None:
        yield f"there is no expert {step.expert!r}"
        return
    ports = {port.name: port for port in expert.card.inputs}
    for name in step.arguments:
        if name not in ports:
            yield f"{step.expert} takes no argument {name!r}"
    for name, port in ports.items():
        bound = step.arguments.get(name)
        if bound is None:
            if port.required:
                yield f"{step.expert} needs {port.kind.label} ({name}), and nothing is bound to it"
        elif isinstance(bound, Known):
            yield from _given(bound, port, registry)
        elif isinstance(bound, Default):
            if port.required:
                yield f"{name} has no default"
            elif frozen(bound.value) != frozen(port.default):
                yield f"{name} has the default {port.default!r}, not {bound.value!r}"
        elif isinstance(bound, Worded):
            if port.kind.name != INQUIRY.name:
                yield f"{name} takes {port.kind.label}, and not words of the planner"
            elif not bound.value.strip():
                yield f"{name} is asked nothing"
        elif isinstance(bound, Gathered):
            if port.kind.name != RESULTS.name:
                yield f"{name} takes {port.kind.label}, and not what several steps gave"
            for source in bound.sources:
                _, why = _output(plan, source, registry)
                if why:
                    yield f"{name}: {why}"
        else:
            if port.stated_only:
                yield f"{name} may only be stated, not computed"
            yield from _edge(plan, bound, port, registry)


def _given(bound: Known, port: Port, registry: Registry) -> Iterator[str]:
    if port.kind.unit is None:
        if not isinstance(bound.value, (str, list, tuple)) or (
            isinstance(bound.value, str) and not bound.value.strip()
        ):
            yield f"{port.name} takes a name, not {bound.value!r}"
    elif not is_number(bound.value) or not math.isfinite(bound.value):
        yield f"{port.name} takes a number in {port.kind.unit or 'plain numbers'}, not {bound.value!r}"
    else:
        yield from _unit(bound.unit, port)
    if bound.kind and bound.kind not in registry.kinds:
        yield f"{port.name} is given a value of the kind {bound.kind!r}, which nobody knows"
    elif bound.kind and (why := compatible(registry.kinds[bound.kind], port.kind)):
        yield f"{port.name} cannot take {bound.text or bound.kind!r}: {why}"


def _unit(unit: str, port: Port) -> Iterator[str]:
    """A given number must already be in the port's own unit: nothing converts it on the way to the expert."""
    own = port.kind.unit or ""
    try:
        read, wanted = parse_unit(unit), parse_unit(own)
    except UnitError as error:
        yield f"{port.name}: {error}"
        return
    if read.reference == "gauge":
        yield f"{port.name} is given as gauge pressure; {port.kind.label} is counted from vacuum"
    elif not same_dimension(read.text, wanted.text):
        yield f"{port.name} is given in {unit or 'plain numbers'}; {port.kind.label} is in {own or 'plain numbers'}"
    elif read.text != wanted.text:
        yield f"{port.name} is given in {unit or 'plain numbers'} and was not converted to {own or 'plain numbers'}"


def _edge(plan: Plan, bound: FromStep, port: Port, registry: Registry) -> Iterator[str]:
    output, why = _output(plan, bound, registry)
    if output is None:
        if why:
            yield f"{port.name}: {why}"
        return
    if output.keyed and bound.key is None and not port.keyed and port.kind.unit is not None:
        yield f"{port.name} takes one number, and {bound.output} of {bound.step} is a mapping; name its key"
    elif why := compatible(output.kind, port.kind):
        yield f"{port.name} cannot take {bound.output} of {bound.step}: {why}"


def _output(plan: Plan, source: FromStep, registry: Registry) -> tuple[Port | None, str]:
    """The port that a source names, or why there is none; neither where the step's own expert is at fault."""
    try:
        step = plan.step(source.step)
    except KeyError:
        return None, f"there is no step {source.step!r}"
    expert = registry.experts.get(step.expert)
    if expert is None:
        return None, ""
    try:
        port = expert.card.output(source.output)
    except KeyError:
        return None, f"{step.expert} (step {step.id}) has no output {source.output!r}"
    if source.key is not None and not port.keyed:
        return None, f"{source.output} of {step.id} is one value; it has no key {source.key!r}"
    return port, ""


def _asked(plan: Plan, asked: Asked, registry: Registry) -> Iterator[str]:
    output, why = _output(plan, asked.source, registry)
    if output is None:
        if why:
            yield why
        return
    if asked.kind in registry.kinds and (why := compatible(output.kind, registry.kinds[asked.kind])):
        yield f"{asked.source.output} of {asked.source.step} does not answer it: {why}"
    if asked.unit and output.kind.unit is None:
        yield f"it is a name, and cannot be answered in {asked.unit}"
    elif asked.unit:
        try:
            fits = same_dimension(difference_unit(asked.unit), output.kind.unit or "")
        except UnitError as error:
            yield str(error)
            return
        if not fits:
            yield f"it is in {output.kind.unit or 'plain numbers'}, and cannot be answered in {asked.unit}"


def _outside(step: Step, registry: Registry) -> Iterator[str]:
    card = registry.experts[step.expert].card
    for port in card.inputs:
        bound: Any = step.arguments.get(port.name)
        if not isinstance(bound, Known | Default) or not is_number(bound.value):
            continue
        for span in port.ranges:
            if not span.warn and not span.holds(bound.value):
                said = f"{port.kind.label} {bound.value:.6g} {port.kind.unit or ''}".rstrip()
                written = f" (“{bound.text}”)" if isinstance(bound, Given) and bound.text else ""
                yield f"{said}{written} lies outside the validity of {step.expert}: it must be {span}"
