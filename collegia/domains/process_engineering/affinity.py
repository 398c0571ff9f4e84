"""Affinity laws: what a centrifugal pump or fan does at another speed."""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated, Any

from collegia.domains.process_engineering.kinds import pumps as u
from collegia.domains.process_engineering.kinds import vessels as w
from collegia.tools import At, Example, Range, assume, expert
from collegia.tools import common as k

__all__ = ["EXPERTS", "flow_at_speed", "head_at_speed", "power_at_speed"]

_Old = Annotated[float, w.rotational_speed, At("start"), Range(gt=0)]
_New = Annotated[float, w.rotational_speed, At("end"), Range(gt=0)]
_METHODS = ("affinity laws", "affinity law", "similarity laws", "pump laws", "fan laws")
_SOURCE = "affinity laws for one impeller: Q ∝ n, H ∝ n², P ∝ n³"


def _same_impeller() -> None:
    assume("the same impeller and liquid at both speeds, and an unchanged efficiency")


@expert(
    source=_SOURCE,
    methods=_METHODS,
    examples=[Example({"speed_start": 20.0, "speed_end": 30.0, "flow_start": 0.02}, {"volume_flow": 0.03})],
)
def flow_at_speed(
    speed_start: _Old, speed_end: _New, flow_start: Annotated[float, k.volume_flow, At("start"), Range(ge=0)]
) -> Annotated[float, k.volume_flow, At("end")]:
    """Volume flow of a centrifugal pump at another speed."""
    _same_impeller()
    return flow_start * speed_end / speed_start


@expert(
    source=_SOURCE,
    methods=_METHODS,
    examples=[Example({"speed_start": 20.0, "speed_end": 30.0, "head_start": 20.0}, {"pump_head": 45.0})],
)
def head_at_speed(
    speed_start: _Old, speed_end: _New, head_start: Annotated[float, u.pump_head, At("start"), Range(ge=0)]
) -> Annotated[float, u.pump_head, At("end")]:
    """Head of a centrifugal pump at another speed."""
    _same_impeller()
    return head_start * (speed_end / speed_start) ** 2


@expert(
    source=_SOURCE,
    methods=_METHODS,
    examples=[Example({"speed_start": 20.0, "speed_end": 40.0, "power_start": 1000.0}, {"shaft_power": 8000.0})],
)
def power_at_speed(
    speed_start: _Old, speed_end: _New, power_start: Annotated[float, u.shaft_power, At("start"), Range(ge=0)]
) -> Annotated[float, u.shaft_power, At("end")]:
    """Shaft power of a centrifugal pump at another speed."""
    _same_impeller()
    return power_start * (speed_end / speed_start) ** 3


EXPERTS: tuple[Callable[..., Any], ...] = (flow_at_speed, head_at_speed, power_at_speed)
"""Every expert of this file."""
