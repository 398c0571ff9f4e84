"""Edits of a plan that waits for approval: another value, another expert. Pure: they make a new plan.

A value that is said at approval is read by the reader of questions and is in the unit of its port then, like every
given value. Words of the question that serve several steps are one value, and are changed in all of them.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from collegia.agents.approval.bindings import needed, one_value, outputs_used, resting_on, told
from collegia.agents.approval.rebinding import rebound, replaced_outputs
from collegia.agents.approval.values import read_value
from collegia.agents.plan import Asked, Binding, FromStep, Gathered, Given, Plan, Step
from collegia.errors import CollegiaError, MissingLibrary, UsageError
from collegia.tools.card import Port
from collegia.tools.expert import Expert
from collegia.tools.quantities import find_quantities
from collegia.tools.registry import Registry

__all__ = ["alternatives", "renamed", "with_expert", "with_value"]


def with_value(plan: Plan, registry: Registry, step: str, argument: str, text: str) -> Plan:
    """The plan with another value.

    The same value elsewhere in the plan is changed with it, and steps that nothing needs any more are left out. Whether
    the value lies where the expert holds is for the check to say.

    Args:
        plan: a checked plan.
        registry: its experts.
        step: the id of a step.
        argument: an argument of its expert.
        text: the value as one writes it in a question, "40 °C" or "toluene".

    Raises:
        UsageError: there is no such step or argument, the text is not one value, or what is computed there is asked.
        UnitError: the value does not have the dimension of the argument, or no unit.
        Unclear: the name means more than one thing.
    """
    here = _step_of(plan, step)
    _port_of(_expert_of(registry, here.expert), argument, step)
    was = here.arguments.get(argument)
    start, end = (was.start, was.end) if isinstance(was, Given) else (-1, -1)
    if isinstance(was, FromStep) and any(one.source == was for one in plan.asked):
        raise UsageError(f"{step}.{argument}: {was.output} of {was.step} is asked for; it is computed, and not said")
    instead_of = told(was, f"{step}.{argument}")
    places = {(one.id, name) for one in plan.steps for name, bound in one.arguments.items() if one_value(was, bound)}
    made: dict[tuple[str, str], Given] = {}
    for at in sorted({*places, (step, argument)}):
        port = _port_of(_expert_of(registry, plan.step(at[0]).expert), at[1], at[0])
        made[at] = Given(
            value=read_value(text, port, registry, ".".join(at)),
            unit=port.kind.unit or "",
            text=text.strip(),
            start=start,
            end=end,
            kind=port.kind.name,
            instead_of=instead_of,
        )
    changed = plan.model_copy(update={"steps": needed(tuple(_with(one, made) for one in plan.steps), plan)})
    return changed.model_copy(update={"asked": renamed(plan, changed)})


def _with(step: Step, made: Mapping[tuple[str, str], Given]) -> Step:
    new: dict[str, Binding] = {name: bound for (step_id, name), bound in made.items() if step_id == step.id}
    return step.model_copy(update={"arguments": {**step.arguments, **new}}) if new else step


def alternatives(plan: Plan, registry: Registry, step: str) -> tuple[str, ...]:
    """The experts that could be called in place of a step's own: `with_expert` takes each of them.

    Raises:
        UsageError: there is no such step.
    """
    own = _step_of(plan, step).expert
    found = []
    for name in sorted(registry.experts):
        if name != own:
            try:
                with_expert(plan, registry, step, name)
            except CollegiaError:
                continue
            found.append(name)
    return tuple(found)


def with_expert(plan: Plan, registry: Registry, step: str, expert: str) -> Plan:
    """The plan with another expert in the place of a step's own.

    It has to give what is used of that step. Its arguments are those of the step, by what they are; what it has a
    default for and the step does not say is that default.

    Raises:
        UsageError: there is no such step or expert, it does not give what is used, or an argument of it is missing or
            could be more than one; the message names them.
        MissingLibrary: its library is not installed.
    """
    here = _step_of(plan, step)
    old, new = _expert_of(registry, here.expert), _expert_of(registry, expert)
    if lacking := new.missing_libraries():
        raise MissingLibrary(f"{expert} needs {', '.join(lacking)}: {new.card.install}")
    outputs = replaced_outputs(old.card, new.card, outputs_used(plan, step))
    arguments = rebound(old.card, here.arguments, new.card)

    def moved(source: FromStep) -> FromStep:
        return source.model_copy(update={"output": outputs[source.output]}) if source.step == step else source

    def bound_again(bound: Binding) -> Binding:
        if isinstance(bound, FromStep):
            return moved(bound)
        if isinstance(bound, Gathered):
            return bound.model_copy(update={"sources": tuple(map(moved, bound.sources))})
        return bound

    steps = tuple(
        Step(id=step, expert=expert, arguments=arguments)
        if one.id == step
        else one.model_copy(update={"arguments": {name: bound_again(each) for name, each in one.arguments.items()}})
        for one in plan.steps
    )
    asked = tuple(one.model_copy(update={"source": moved(one.source)}) for one in plan.asked)
    changed = plan.model_copy(update={"steps": steps, "asked": asked})
    return changed.model_copy(update={"steps": needed(steps, changed)})


def renamed(before: Plan, after: Plan) -> tuple[Asked, ...]:
    """What a changed plan asks, where the name of a case says a value that was replaced: "density at 20 °C"."""
    asked = list(after.asked)
    for step in after.steps:
        old = {one.id: one for one in before.steps}.get(step.id)
        for name, bound in step.arguments.items():
            was = old.arguments.get(name) if old is not None else None
            if not (isinstance(bound, Given) and isinstance(was, Given)) or bound.text == was.text:
                continue
            resting = resting_on(after, {step.id})
            asked = [
                one.model_copy(update={"name": _put(one.name, was.text, bound.text)})
                if one.source.step in resting
                else one
                for one in asked
            ]
    return tuple(asked)


def _put(name: str, old: str, new: str) -> str:
    """A name with one value in the place of another; "20" of "at 20 °C" goes with the unit that it was lent."""
    if not old:
        return name
    for one in find_quantities(name):
        if one.text == old or re.match(rf"{re.escape(old)}(?![\w.,])", one.text):
            return name[: one.start] + new + name[one.end :]
    return re.sub(rf"(?<!\w){re.escape(old)}(?!\w)", lambda _: new, name)


def _step_of(plan: Plan, step: str) -> Step:
    try:
        return plan.step(step)
    except KeyError:
        raise UsageError(
            f"the plan has no step {step!r}; its steps are: {', '.join(one.id for one in plan.steps)}"
        ) from None


def _expert_of(registry: Registry, name: str) -> Expert:
    try:
        return registry.experts[name]
    except KeyError:
        raise UsageError(f"no expert is named {name!r}; `collegia experts list` shows all") from None


def _port_of(expert: Expert, argument: str, step: str) -> Port:
    try:
        return expert.card.input(argument)
    except KeyError:
        held = ", ".join(port.name for port in expert.card.inputs)
        raise UsageError(f"{expert.name} (step {step}) takes no argument {argument!r}; it takes: {held}") from None
