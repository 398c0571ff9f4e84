"""Flows: velocity, bore, mass, volume and molar flow, Reynolds numbers and the conversions between them."""

from __future__ import annotations

import math
from typing import Annotated

from collegia.domains.process_engineering.kinds import flow as f
from collegia.domains.process_engineering.kinds import gases as g
from collegia.domains.process_engineering.kinds import properties as p
from collegia.domains.process_engineering.kinds.pipes import inside_diameter
from collegia.errors import Unclear
from collegia.tools import STATED, Example, Range, assume, caution, expert
from collegia.tools import common as k

__all__ = [
    "EXPERTS", "amount_of_mass", "bore_from_velocity", "density_from_specific_gravity", "dynamic_viscosity",
    "flow_velocity",
    "kinematic_viscosity_of", "mass_flow_from_molar", "mass_flow_from_volume", "molar_flow_from_mass",
    "molar_mass_from_number", "reynolds_number", "reynolds_number_kinematic", "volume_flow_from_mass",
    "volume_flow_from_velocity",
]  # fmt: skip

_SOURCE = "closed form"


@expert(
    source="continuity: v = 4 Q / (π D²)",
    examples=[Example({"volume_flow": 0.02, "diameter": 0.1}, {"velocity": 2.5465})],
)
def flow_velocity(
    volume_flow: Annotated[float, k.volume_flow, Range(gt=0)],
    diameter: Annotated[float, inside_diameter, Range(gt=0)],
) -> Annotated[float, k.velocity]:
    """Mean velocity of a flow in a full pipe."""
    return 4.0 * volume_flow / (math.pi * diameter**2)


@expert(
    source="continuity: D = √(4 Q / (π v))",
    examples=[Example({"volume_flow": 0.02, "velocity": 2.5465}, {"inside_diameter": 0.1})],
    cost=1.2,
)
def bore_from_velocity(
    volume_flow: Annotated[float, k.volume_flow, Range(gt=0)],
    velocity: Annotated[float, k.velocity, Range(gt=0)],
) -> Annotated[float, inside_diameter]:
    """Inside diameter that gives a flow a mean velocity."""
    return math.sqrt(4.0 * volume_flow / (math.pi * velocity))


@expert(
    source="continuity: Q = v π D² / 4",
    examples=[Example({"velocity": 2.5465, "diameter": 0.1}, {"volume_flow": 0.02})],
)
def volume_flow_from_velocity(
    velocity: Annotated[float, k.velocity, Range(gt=0)],
    diameter: Annotated[float, inside_diameter, Range(gt=0)],
) -> Annotated[float, k.volume_flow]:
    """Volume flow of a full pipe at a mean velocity."""
    return velocity * math.pi * diameter**2 / 4.0


@expert(source=_SOURCE, examples=[Example({"mass_flow": 10.0, "density": 800.0}, {"volume_flow": 0.0125})])
def volume_flow_from_mass(
    mass_flow: Annotated[float, k.mass_flow, Range(ge=0)],
    density: Annotated[float, k.density, Range(gt=0)],
) -> Annotated[float, k.volume_flow]:
    """Volume flow of a mass flow."""
    return mass_flow / density


@expert(source=_SOURCE, examples=[Example({"volume_flow": 0.0125, "density": 800.0}, {"mass_flow": 10.0})])
def mass_flow_from_volume(
    volume_flow: Annotated[float, k.volume_flow, Range(ge=0)],
    density: Annotated[float, k.density, Range(gt=0)],
) -> Annotated[float, k.mass_flow]:
    """Mass flow of a volume flow."""
    return volume_flow * density


@expert(source=_SOURCE, examples=[Example({"mass_flow": 1.0, "molar_mass": 0.018015}, {"molar_flow": 55.509})])
def molar_flow_from_mass(
    mass_flow: Annotated[float, k.mass_flow, Range(ge=0)],
    molar_mass: Annotated[float, k.molar_mass, Range(gt=0)],
) -> Annotated[float, k.molar_flow]:
    """Molar flow of a mass flow."""
    return mass_flow / molar_mass


@expert(source=_SOURCE, examples=[Example({"mass": 36.03, "molar_mass": 0.018015}, {"amount": 2000.0})])
def amount_of_mass(
    mass: Annotated[float, k.mass, Range(ge=0)], molar_mass: Annotated[float, k.molar_mass, Range(gt=0)]
) -> Annotated[float, k.amount]:
    """Amount of substance in a mass."""
    return mass / molar_mass


@expert(source=_SOURCE, examples=[Example({"molar_flow": 100.0, "molar_mass": 0.044}, {"mass_flow": 4.4})])
def mass_flow_from_molar(
    molar_flow: Annotated[float, k.molar_flow, Range(ge=0)],
    molar_mass: Annotated[float, k.molar_mass, Range(gt=0)],
) -> Annotated[float, k.mass_flow]:
    """Mass flow of a molar flow."""
    return molar_flow * molar_mass


@expert(
    source="definition: kg/mol are g/mol over 1000",
    examples=[Example({"relative_molecular_mass": 28.97}, {"molar_mass": 0.02897})],
)
def molar_mass_from_number(
    relative_molecular_mass: Annotated[float, g.relative_molecular_mass, Range(gt=1)],
) -> Annotated[float, k.molar_mass]:
    """Molar mass from a molecular weight that is stated as a bare number."""
    return relative_molecular_mass / 1000.0


@expert(
    source="definition, against water of 1000 kg/m³",
    examples=[Example({"specific_gravity": 0.85}, {"density": 850.0})],
)
def density_from_specific_gravity(
    specific_gravity: Annotated[float, f.specific_gravity, Range(gt=0, lt=25)],
    phase: Annotated[str | None, p.phase, STATED] = None,
) -> Annotated[float, k.density]:
    """Density of a liquid or solid from its specific gravity.

    Raises:
        Unclear: the fluid is a gas, whose specific gravity counts against air.
    """
    if phase == "gas":
        raise Unclear("the specific gravity of a gas counts against air: what is its molar mass or its density?")
    if specific_gravity < 0.35:
        caution("a specific gravity below 0.35 is rare for a liquid; that of a gas counts against air, not water")
    assume("specific gravity counts against water of 1000 kg/m³")
    return 1000.0 * specific_gravity


@expert(
    source="O. Reynolds 1883: Re = ρ v D / μ",
    examples=[Example({"density": 1000, "velocity": 2, "diameter": 0.1, "viscosity": 1e-3}, {"reynolds_number": 2e5})],
)
def reynolds_number(
    density: Annotated[float, k.density, Range(gt=0)],
    velocity: Annotated[float, k.velocity, Range(gt=0)],
    diameter: Annotated[float, inside_diameter, Range(gt=0)],
    viscosity: Annotated[float, p.viscosity, Range(gt=0)],
) -> Annotated[float, f.reynolds_number]:
    """Reynolds number of the flow in a pipe."""
    return density * velocity * diameter / viscosity


@expert(
    source="O. Reynolds 1883: Re = v D / ν",
    examples=[Example({"velocity": 2, "diameter": 0.1, "kinematic_viscosity": 1e-6}, {"reynolds_number": 2e5})],
)
def reynolds_number_kinematic(
    velocity: Annotated[float, k.velocity, Range(gt=0)],
    diameter: Annotated[float, inside_diameter, Range(gt=0)],
    kinematic_viscosity: Annotated[float, p.kinematic_viscosity, Range(gt=0)],
) -> Annotated[float, f.reynolds_number]:
    """Reynolds number of the flow in a pipe, from the kinematic viscosity."""
    return velocity * diameter / kinematic_viscosity


@expert(
    source="definition: μ = ν ρ",
    examples=[Example({"kinematic_viscosity": 1e-5, "density": 900.0}, {"viscosity": 9e-3})],
)
def dynamic_viscosity(
    kinematic_viscosity: Annotated[float, p.kinematic_viscosity, Range(gt=0)],
    density: Annotated[float, k.density, Range(gt=0)],
) -> Annotated[float, p.viscosity]:
    """Dynamic viscosity from the kinematic viscosity."""
    return kinematic_viscosity * density


@expert(
    source="definition: ν = μ / ρ",
    examples=[Example({"viscosity": 9e-3, "density": 900.0}, {"kinematic_viscosity": 1e-5})],
)
def kinematic_viscosity_of(
    viscosity: Annotated[float, p.viscosity, Range(gt=0)],
    density: Annotated[float, k.density, Range(gt=0)],
) -> Annotated[float, p.kinematic_viscosity]:
    """Kinematic viscosity from the dynamic viscosity."""
    return viscosity / density


EXPERTS = (
    molar_mass_from_number, flow_velocity, bore_from_velocity, volume_flow_from_velocity, volume_flow_from_mass,
    mass_flow_from_volume, molar_flow_from_mass, mass_flow_from_molar, density_from_specific_gravity,
    reynolds_number, reynolds_number_kinematic, dynamic_viscosity, kinematic_viscosity_of, amount_of_mass,
)  # fmt: skip
