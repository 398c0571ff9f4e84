"""What a text about a result may be written from: all values of its run, the words it rests on, the names it cites."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import combinations
from typing import Any

from collegia.agents.approval.bindings import CHANGED, as_approved
from collegia.agents.guard import Grounds, Value
from collegia.agents.result import Result, StepReport
from collegia.agents.values import is_number
from collegia.tools.card import Card, Port
from collegia.tools.registry import Registry

__all__ = ["grounds_of"]


def grounds_of(result: Result, registry: Registry, texts: Iterable[str] = ()) -> Grounds:
    """The grounds of a result.

    Args:
        result: values, inputs and outputs of its steps, assumptions, warnings and quotations count.
        registry: its experts' cards give the units of inputs and outputs, and what is a difference.
        texts: what else may be repeated, such as answers to questions back or replies of model experts.
    """
    values = [
        Value(
            float(one.value), one.unit, one.uncertainty, _is_difference(result, registry, one.step, one.name), one.name
        )
        for one in result.quantities
        if is_number(one.value)
    ]
    question = as_approved(result.question, result.plan)
    taken = [one for one in result.assumptions if not one.startswith(CHANGED)]  # what was replaced holds no more
    spoken = [question, *taken, *result.warnings, *(one.text for one in result.quotations), *texts]
    spoken += [str(one.value) for one in result.quantities if isinstance(one.value, str)]
    names = [*result.citations, *registry.experts]
    for step in result.steps:
        names.append(step.source)
        spoken.append(step.error)
        if (expert := registry.experts.get(step.expert)) is None:
            continue
        for name, value in step.inputs.items():
            values.extend(_of_port(_port(expert.card, name, outputs=False), value))
        for name, value in step.outputs.items():
            values.extend(_of_port(_port(expert.card, name, outputs=True), value))
        values.extend(_apart(expert.card, step))
        spoken += [said for one in step.evidence.values() if isinstance(said := one.get("text"), str)]
    return Grounds(tuple(dict.fromkeys(values)), tuple(filter(None, spoken)), tuple(filter(None, names)))


def _apart(card: Card, step: StepReport) -> Iterator[Value]:
    """How far any two temperatures of a step lie apart: "warmed by 15 K", "40 K at the cold end"."""
    points = set()
    for ports, given in ((card.inputs, step.inputs), (card.outputs, step.outputs)):
        for port in ports:
            value: Any = given.get(port.name)
            if port.kind.scale == "point" and port.kind.unit in ("K", "kelvin") and is_number(value):
                points.add(float(value))
    for one, other in combinations(sorted(points), 2):
        yield Value(other - one, "kelvin", difference=True)


def _port(card: Card, name: str, *, outputs: bool) -> Port | None:
    return next((port for port in (card.outputs if outputs else card.inputs) if port.name == name), None)


def _of_port(port: Port | None, value: Any) -> Iterator[Value]:
    """The numbers of a value, whatever it is made of, in the unit of its port."""
    if is_number(value):
        scale = port.kind.scale if port is not None else "plain"
        difference = {"difference": True, "point": False}.get(scale)
        unit, uncertainty = (port.kind.unit or "", port.uncertainty) if port else ("", None)
        yield Value(float(value), unit, uncertainty, difference, port.kind.label if port else "")
    elif isinstance(value, Mapping):
        for one in value.values():
            yield from _of_port(port, one)
    elif isinstance(value, (list, tuple)):
        for one in value:
            yield from _of_port(port, one)


def _is_difference(result: Result, registry: Registry, step: str, name: str) -> bool | None:
    """What the card says of an asked value; None where it is not known."""
    for asked in result.plan.asked if result.plan else ():
        if asked.source.step == step and name.startswith(asked.name):
            expert = registry.experts.get(result.plan.step(step).expert) if result.plan else None
            port = _port(expert.card, asked.source.output, outputs=True) if expert else None
            return {"difference": True, "point": False}.get(port.kind.scale) if port else None
    return None
