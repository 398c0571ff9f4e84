"""Conversions of the common kinds, and gauge pressure."""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated, Any

from collegia.tools import Example, Kind, assume, expert
from collegia.tools import common as k
from collegia.tools.conversion import converter

__all__ = ["EXPERTS", "gauge_pressure"]

_ATMOSPHERE = 101325.0
_KINDS = (
    k.length, k.area, k.volume, k.time, k.mass, k.amount, k.energy, k.power, k.mass_flow, k.volume_flow, k.molar_flow,
    k.velocity, k.density, k.molar_mass, k.pressure, k.pressure_difference, k.temperature, k.temperature_difference,
    k.energy_price, k.mass_price, k.volume_price,
)  # fmt: skip

gauge_kind = Kind("gauge_pressure", "Pa", names=("gauge pressure",), scale="difference", show=("bar",))


@expert(
    source="definition; standard atmosphere 101.325 kPa",
    examples=[Example({"pressure": 301325.0}, {"gauge_pressure": 200000.0})],
)
def gauge_pressure(pressure: Annotated[float, k.pressure]) -> Annotated[float, gauge_kind]:
    """Gauge pressure of an absolute one, counted from the standard atmosphere."""
    assume("gauge pressure is counted from 101.325 kPa")
    return pressure - _ATMOSPHERE


EXPERTS: tuple[Callable[..., Any], ...] = (gauge_pressure, *(converter(kind) for kind in _KINDS))
"""The experts of this module."""
