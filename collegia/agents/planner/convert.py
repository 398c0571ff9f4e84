"""Questions that only ask for a stated value in another unit."""

from __future__ import annotations

from collegia.agents.plan import Asked, FromStep, Plan, Proposal, Step
from collegia.agents.planner.weave import given
from collegia.agents.reading.types import Reading, Said
from collegia.tools.card import Card
from collegia.tools.kinds import Kind
from collegia.tools.quantities import fits
from collegia.tools.registry import Registry
from collegia.tools.units import ATMOSPHERE, convert, same_dimension

__all__ = ["restate"]


def restate(reading: Reading, registry: Registry) -> Proposal | None:
    """The plan of a plain conversion; None where the question asks for more."""
    units = [unit for unit in reading.units if not unit.counted or unit.unit]
    if len({(unit.unit, unit.gauge) for unit in units}) != 1 or any(ask.score < 9.0 for ask in reading.asks):
        return None
    unit = units[0]
    measures = [said for said in reading.said if said.measure is not None and said.measure.unit is not None]
    same = [
        m
        for m in measures
        if m.measure is not None and m.measure.unit and same_dimension(m.measure.unit.text, unit.unit)
    ]
    told = [said for said in same if said.measure and said.measure.unit and said.measure.unit.text != unit.unit] or same
    if not told or len(measures) - len(same) > 0 or len(same) > 1 + any(_is_standard(m) for m in same):
        return None
    card, kind = _converter(told[0], registry, gauge=unit.gauge)
    if card is None or kind is None:
        return None
    port = card.inputs[0]
    step = Step(id="s1", expert=card.name, arguments={port.name: given(told[0], port)})
    shown = "delta_" + unit.unit if kind.scale == "difference" and unit.unit.startswith("degree_") else unit.unit
    asked = Asked(name=kind.label, kind=kind.name, unit=shown, source=FromStep(step="s1", output=card.outputs[0].name))
    return Proposal(status="plan", plan=Plan(steps=(step,), asked=(asked,)))


def _is_standard(said: Said) -> bool:
    """Whether a value is the standard atmosphere, stated beside a gauge pressure."""
    unit = said.measure.unit.text if said.measure is not None and said.measure.unit is not None else ""
    if not unit or said.measure is None or not same_dimension(unit, "pascal"):
        return False
    return abs(convert(said.measure.value, unit, "pascal") - ATMOSPHERE) < 30.0


def _converter(said: Said, registry: Registry, *, gauge: bool) -> tuple[Card | None, Kind | None]:
    """The expert that passes on a value of its likeliest kind, or that gives a pressure by gauge."""
    best: tuple[float, Card, Kind] | None = None
    for expert in registry.experts.values():
        card = expert.card
        if len(card.inputs) != 1 or len(card.outputs) != 1 or said.measure is None:
            continue
        taken, made = card.inputs[0].kind, card.outputs[0].kind
        wanted = (
            taken.scale == "point" and made.scale == "difference" and made.parent is None
            if gauge
            else taken.name == made.name
        )
        cost = said.kinds.get(taken.name)
        if wanted and cost is not None and fits(said.measure, taken) and (best is None or cost < best[0]):
            best = (cost, card, made)
    return (best[1], best[2]) if best else (None, None)
