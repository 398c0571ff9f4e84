"""What runs through the year: energy, product and money per year.

The running time is the share of the year in which the plant runs, as "8000 h/yr" says it. A year is the unit's own
365.25 days, so that 8000 h/yr stays 8000 hours whatever unit carried it.
"""

from __future__ import annotations

from typing import Annotated

from collegia.domains.arithmetic import kinds
from collegia.tools import Example, Range, expert
from collegia.tools import common as k

__all__ = [
    "annual_energy_bill", "annual_energy_cost", "annual_energy_use", "annual_material_cost", "annual_power_cost",
    "annual_production", "annual_volume_cost", "annual_volume_passed",
]  # fmt: skip

_YEAR = 365.25 * 86400.0
_LEAP = 8784 / 8766
_8000_HOURS = 8000 / 8766

_Running = Annotated[float, k.running_time, Range(gt=0, le=_LEAP)]


@expert(
    examples=[
        Example(
            {"power": 20e3, "running_time": _8000_HOURS}, {"annual_energy": 5.76e11}, source="20 kW × 8000 h = 160 MWh"
        )
    ],
)
def annual_energy_use(
    power: Annotated[float, kinds.electrical_power, Range(ge=0)], running_time: _Running
) -> Annotated[float, kinds.annual_energy]:
    """Energy used in a year by a steady electrical power: power times running time."""
    return power * running_time * _YEAR


@expert(
    examples=[
        Example(
            {"power": 16783.9, "running_time": _8000_HOURS, "price": 0.11 / 3.6e6},
            {"annual_cost": 14769.8},
            source="16.7839 kW × 8000 h × 0.11 USD/kWh",
        )
    ],
)
def annual_energy_cost(
    power: Annotated[float, kinds.electrical_power, Range(ge=0)],
    running_time: _Running,
    price: Annotated[float, k.energy_price, Range(ge=0)],
) -> Annotated[float, k.annual_cost]:
    """Yearly cost of a steady electrical power: power times running time times price."""
    return power * running_time * _YEAR * price


@expert(
    examples=[Example({"power": 7500.0, "running_time": _8000_HOURS, "price": 0.045 / 3.6e6}, {"annual_cost": 2700.0})],
    cost=4.0,
)
def annual_power_cost(
    power: Annotated[float, k.power, Range(ge=0)],
    running_time: _Running,
    price: Annotated[float, k.energy_price, Range(ge=0)],
) -> Annotated[float, k.annual_cost]:
    """Yearly cost of a steady power of any kind, heat included."""
    return power * running_time * _YEAR * price


@expert(examples=[Example({"energy": 5.76e11, "price": 0.1 / 3.6e6}, {"annual_cost": 16000})])
def annual_energy_bill(
    energy: Annotated[float, kinds.annual_energy, Range(ge=0)], price: Annotated[float, k.energy_price, Range(ge=0)]
) -> Annotated[float, k.annual_cost]:
    """Yearly cost of a known energy in a year: energy times price."""
    return energy * price


@expert(
    examples=[
        Example(
            {"flow": 0.5, "running_time": _8000_HOURS}, {"annual_mass": 1.44e7}, source="0.5 kg/s × 8000 h = 14 400 t"
        )
    ],
)
def annual_production(
    flow: Annotated[float, k.mass_flow, Range(ge=0)], running_time: _Running
) -> Annotated[float, kinds.annual_mass]:
    """Mass passed per year by a steady flow: flow times running time."""
    return flow * running_time * _YEAR


@expert(
    examples=[
        Example({"flow": 0.01, "running_time": _8000_HOURS}, {"annual_volume": 288000}, source="36 m³/h × 8000 h")
    ],
)
def annual_volume_passed(
    flow: Annotated[float, k.volume_flow, Range(ge=0)], running_time: _Running
) -> Annotated[float, kinds.annual_volume]:
    """Volume passed per year by a steady flow: flow times running time."""
    return flow * running_time * _YEAR


@expert(
    examples=[
        Example(
            {"flow": 1000 / 3600, "running_time": _8000_HOURS, "price": 0.03},
            {"annual_cost": 240000},
            source="1 t/h × 8000 h × 30 USD/t",
        )
    ],
)
def annual_material_cost(
    flow: Annotated[float, k.mass_flow, Range(ge=0)],
    running_time: _Running,
    price: Annotated[float, k.mass_price, Range(ge=0)],
) -> Annotated[float, k.annual_cost]:
    """Yearly cost of a steady mass flow: flow times running time times price."""
    return flow * running_time * _YEAR * price


@expert(
    examples=[
        Example(
            {"flow": 0.01, "running_time": _8000_HOURS, "price": 0.5},
            {"annual_cost": 144000},
            source="36 m³/h × 8000 h × 0.5 USD/m³",
        )
    ],
)
def annual_volume_cost(
    flow: Annotated[float, k.volume_flow, Range(ge=0)],
    running_time: _Running,
    price: Annotated[float, k.volume_price, Range(ge=0)],
) -> Annotated[float, k.annual_cost]:
    """Yearly cost of a steady volume flow: flow times running time times price."""
    return flow * running_time * _YEAR * price
