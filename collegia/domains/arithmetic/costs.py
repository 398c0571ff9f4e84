"""What a known quantity costs at a known price."""

from __future__ import annotations

from typing import Annotated

from collegia.domains.arithmetic import kinds
from collegia.tools import Example, Range, expert
from collegia.tools import common as k

__all__ = [
    "amount_cost", "energy_cost", "mass_cost", "material_cost_rate", "power_cost_rate", "price_per_mass",
    "price_per_volume", "volume_cost",
]  # fmt: skip


@expert(examples=[Example({"mass": 500, "price": 2}, {"cost": 1000})])
def mass_cost(
    mass: Annotated[float, k.mass, Range(ge=0)], price: Annotated[float, k.mass_price, Range(ge=0)]
) -> Annotated[float, k.cost]:
    """Cost of a mass bought at a price per mass: mass times price."""
    return mass * price


@expert(examples=[Example({"volume": 12, "price": 1.5}, {"cost": 18})])
def volume_cost(
    volume: Annotated[float, k.volume, Range(ge=0)], price: Annotated[float, k.volume_price, Range(ge=0)]
) -> Annotated[float, k.cost]:
    """Cost of a volume bought at a price per volume: volume times price."""
    return volume * price


@expert(examples=[Example({"amount": 250, "price": 0.04}, {"cost": 10})])
def amount_cost(
    amount: Annotated[float, k.amount, Range(ge=0)], price: Annotated[float, k.amount_price, Range(ge=0)]
) -> Annotated[float, k.cost]:
    """Cost of an amount of substance bought at a price per mole: amount times price."""
    return amount * price


@expert(
    examples=[Example({"energy": 3.6e9, "price": 0.12 / 3.6e6}, {"cost": 120}, source="1000 kWh at 0.12 USD/kWh")],
)
def energy_cost(
    energy: Annotated[float, kinds.electrical_energy, Range(ge=0)], price: Annotated[float, k.energy_price, Range(ge=0)]
) -> Annotated[float, k.cost]:
    """Cost of an energy bought at a price per energy: energy times price."""
    return energy * price


@expert(
    examples=[
        Example({"power": 10e3, "price": 0.1 / 3.6e6}, {"cost_rate": 1 / 3600}, source="10 kW at 0.1 USD/kWh: 1 USD/h")
    ],
)
def power_cost_rate(
    power: Annotated[float, kinds.electrical_power, Range(ge=0)], price: Annotated[float, k.energy_price, Range(ge=0)]
) -> Annotated[float, kinds.cost_rate]:
    """Cost per time of an electrical power drawn at a price per energy: power times price."""
    return power * price


@expert(examples=[Example({"flow": 0.5, "price": 0.2}, {"cost_rate": 0.1})])
def material_cost_rate(
    flow: Annotated[float, k.mass_flow, Range(ge=0)], price: Annotated[float, k.mass_price, Range(ge=0)]
) -> Annotated[float, kinds.cost_rate]:
    """Cost per time of a mass flow bought at a price per mass: flow times price."""
    return flow * price


@expert(examples=[Example({"cost": 1000, "mass": 500}, {"mass_price": 2})])
def price_per_mass(
    cost: Annotated[float, k.cost, Range(ge=0)], mass: Annotated[float, k.mass, Range(gt=0)]
) -> Annotated[float, k.mass_price]:
    """Price per mass that a cost for a mass amounts to: cost divided by mass."""
    return cost / mass


@expert(examples=[Example({"cost": 18, "volume": 12}, {"volume_price": 1.5})])
def price_per_volume(
    cost: Annotated[float, k.cost, Range(ge=0)], volume: Annotated[float, k.volume, Range(gt=0)]
) -> Annotated[float, k.volume_price]:
    """Price per volume that a cost for a volume amounts to: cost divided by volume."""
    return cost / volume
