"""Quantities, the rates at which they flow, and the time that takes."""

from __future__ import annotations

from typing import Annotated

from collegia.domains.arithmetic import kinds
from collegia.tools import Example, Range, expert
from collegia.tools import common as k

__all__ = [
    "amount_passed", "distance_travelled", "electricity_used", "energy_used", "mass_passed", "mean_mass_flow",
    "mean_power",
    "mean_velocity", "mean_volume_flow", "time_for_energy", "time_for_length", "time_for_mass", "time_for_volume",
    "volume_passed",
]  # fmt: skip


@expert(examples=[Example({"flow": 0.5, "time": 3600}, {"mass": 1800})])
def mass_passed(
    flow: Annotated[float, k.mass_flow, Range(ge=0)], time: Annotated[float, k.time, Range(ge=0)]
) -> Annotated[float, k.mass]:
    """Mass that a steady flow brings in a time: flow times time."""
    return flow * time


@expert(examples=[Example({"flow": 0.01, "time": 600}, {"volume": 6})])
def volume_passed(
    flow: Annotated[float, k.volume_flow, Range(ge=0)], time: Annotated[float, k.time, Range(ge=0)]
) -> Annotated[float, k.volume]:
    """Volume that a steady flow brings in a time: flow times time."""
    return flow * time


@expert(examples=[Example({"flow": 2, "time": 90}, {"amount": 180})])
def amount_passed(
    flow: Annotated[float, k.molar_flow, Range(ge=0)], time: Annotated[float, k.time, Range(ge=0)]
) -> Annotated[float, k.amount]:
    """Amount of substance that a steady flow brings in a time: flow times time."""
    return flow * time


@expert(examples=[Example({"power": 15e3, "time": 7200}, {"energy": 1.08e8}, source="15 kW over 2 h: 30 kWh")])
def energy_used(
    power: Annotated[float, k.power, Range(ge=0)], time: Annotated[float, k.time, Range(ge=0)]
) -> Annotated[float, k.energy]:
    """Energy that a steady power takes in a time: power times time."""
    return power * time


@expert(
    examples=[Example({"power": 15e3, "time": 7200}, {"electrical_energy": 1.08e8}, source="15 kW over 2 h: 30 kWh")]
)
def electricity_used(
    power: Annotated[float, kinds.electrical_power, Range(ge=0)], time: Annotated[float, k.time, Range(ge=0)]
) -> Annotated[float, kinds.electrical_energy]:
    """Electrical energy that a steady electrical power takes in a time: power times time."""
    return power * time


@expert(examples=[Example({"velocity": 2.5, "time": 40}, {"length": 100})])
def distance_travelled(
    velocity: Annotated[float, k.velocity, Range(ge=0)], time: Annotated[float, k.time, Range(ge=0)]
) -> Annotated[float, k.length]:
    """Length covered at a steady velocity in a time: velocity times time."""
    return velocity * time


@expert(examples=[Example({"mass": 1800, "flow": 0.5}, {"time": 3600})])
def time_for_mass(
    mass: Annotated[float, k.mass, Range(ge=0)], flow: Annotated[float, k.mass_flow, Range(gt=0)]
) -> Annotated[float, k.time]:
    """Time a steady flow needs for a mass: mass divided by flow."""
    return mass / flow


@expert(examples=[Example({"volume": 19.2232, "flow": 25 / 3600}, {"time": 2768.14}, source="46.14 min at 25 m³/h")])
def time_for_volume(
    volume: Annotated[float, k.volume, Range(ge=0)], flow: Annotated[float, k.volume_flow, Range(gt=0)]
) -> Annotated[float, k.time]:
    """Time a steady flow needs to fill or empty a volume: volume divided by flow."""
    return volume / flow


@expert(examples=[Example({"energy": 1.08e8, "power": 15e3}, {"time": 7200})])
def time_for_energy(
    energy: Annotated[float, k.energy, Range(ge=0)], power: Annotated[float, k.power, Range(gt=0)]
) -> Annotated[float, k.time]:
    """Time a steady power needs for an energy: energy divided by power."""
    return energy / power


@expert(examples=[Example({"length": 100, "velocity": 2.5}, {"time": 40})])
def time_for_length(
    length: Annotated[float, k.length, Range(ge=0)], velocity: Annotated[float, k.velocity, Range(gt=0)]
) -> Annotated[float, k.time]:
    """Time to cover a length at a steady velocity: length divided by velocity."""
    return length / velocity


@expert(examples=[Example({"mass": 1800, "time": 3600}, {"mass_flow": 0.5})])
def mean_mass_flow(
    mass: Annotated[float, k.mass, Range(ge=0)], time: Annotated[float, k.time, Range(gt=0)]
) -> Annotated[float, k.mass_flow]:
    """Mean flow that brings a mass in a time: mass divided by time."""
    return mass / time


@expert(examples=[Example({"volume": 6, "time": 600}, {"volume_flow": 0.01})])
def mean_volume_flow(
    volume: Annotated[float, k.volume, Range(ge=0)], time: Annotated[float, k.time, Range(gt=0)]
) -> Annotated[float, k.volume_flow]:
    """Mean flow that brings a volume in a time: volume divided by time."""
    return volume / time


@expert(examples=[Example({"energy": 1.08e8, "time": 7200}, {"power": 15e3})])
def mean_power(
    energy: Annotated[float, k.energy, Range(ge=0)], time: Annotated[float, k.time, Range(gt=0)]
) -> Annotated[float, k.power]:
    """Mean power of an energy taken in a time: energy divided by time."""
    return energy / time


@expert(examples=[Example({"length": 100, "time": 40}, {"velocity": 2.5})])
def mean_velocity(
    length: Annotated[float, k.length, Range(ge=0)], time: Annotated[float, k.time, Range(gt=0)]
) -> Annotated[float, k.velocity]:
    """Mean velocity over a length covered in a time: length divided by time."""
    return length / time
