"""Tanks and stirred vessels."""

from __future__ import annotations

import math
from typing import Annotated, NamedTuple

from collegia.domains.process_engineering.kinds import flow as f
from collegia.domains.process_engineering.kinds import properties as p
from collegia.domains.process_engineering.kinds import vessels as w
from collegia.domains.process_engineering.pipes import GRAVITY
from collegia.errors import OutOfRange
from collegia.tools import STATED, Example, Range, expert
from collegia.tools import common as k

__all__ = [
    "EXPERTS", "bottom_pressure", "horizontal_tank_volume", "hydrostatic_pressure", "impeller_reynolds_number",
    "liquid_height_from_pressure", "stirred_tank_power", "tip_speed", "vertical_tank_volume",
]  # fmt: skip


class TankVolume(NamedTuple):
    """Contents of a tank."""

    liquid_volume: Annotated[float, w.liquid_volume]
    tank_capacity: Annotated[float, w.tank_capacity]
    fill_fraction: Annotated[float, w.fill_fraction]


@expert(
    source="closed form: ρ g h",
    examples=[Example({"density": 1000.0, "height": 10.0}, {"hydrostatic_pressure": 98066.5})],
)
def hydrostatic_pressure(
    density: Annotated[float, k.density, Range(gt=0)],
    height: Annotated[float, w.liquid_height, Range(ge=0)],
) -> Annotated[float, f.hydrostatic_pressure]:
    """Pressure of a column of liquid at its foot, above the pressure on its surface."""
    return density * GRAVITY * height


@expert(
    source="closed form: P + ρ g h",
    examples=[
        Example({"surface_pressure": 101325.0, "density": 1000.0, "height": 10.0}, {"bottom_pressure": 199391.5})
    ],
)
def bottom_pressure(
    density: Annotated[float, k.density, Range(gt=0)],
    height: Annotated[float, w.liquid_height, Range(ge=0)],
    surface_pressure: Annotated[float, k.pressure, Range(gt=0), STATED] = 101325.0,
) -> Annotated[float, w.bottom_pressure]:
    """Absolute pressure at the foot of a column of liquid."""
    return surface_pressure + density * GRAVITY * height


@expert(
    source="closed form: h = Δp / (ρ g)",
    examples=[Example({"hydrostatic_pressure": 98066.5, "density": 1000.0}, {"liquid_height": 10.0})],
)
def liquid_height_from_pressure(
    hydrostatic_pressure: Annotated[float, f.hydrostatic_pressure, Range(gt=0)],
    density: Annotated[float, k.density, Range(gt=0)],
) -> Annotated[float, w.liquid_height]:
    """Height of a liquid from the pressure at its foot."""
    return hydrostatic_pressure / (density * GRAVITY)


@expert(
    source="circular segment times length",
    validity="flat ends",
    examples=[
        Example({"diameter": 2.0, "length": 5.0, "height": 1.0}, {"liquid_volume": 7.854}),
        Example({"diameter": 2.4, "length": 6.0, "height": 1.6}, {"liquid_volume": 19.2232}),
    ],
)
def horizontal_tank_volume(
    diameter: Annotated[float, w.tank_diameter, Range(gt=0)],
    length: Annotated[float, w.tank_length, Range(gt=0)],
    height: Annotated[float, w.liquid_height, Range(ge=0)],
    horizontal: Annotated[str, w.tank_lying, STATED] = "horizontal",
    vertical: Annotated[str | None, w.tank_standing, STATED] = None,
) -> TankVolume:
    """Volume of liquid in a horizontal cylinder with flat ends, filled to a height.

    Raises:
        OutOfRange: the level is above the top, or the tank is said to stand.
    """
    if vertical is not None:
        raise OutOfRange("this is the volume of a horizontal cylinder, and the tank is said to be vertical")
    if height > diameter:
        raise OutOfRange(
            f"a level of {height:.4g} m is above the top of a horizontal tank of {diameter:.4g} m diameter"
        )
    radius = diameter / 2.0
    below = radius - height
    segment = radius**2 * math.acos(below / radius) - below * math.sqrt(max(0.0, height * (diameter - height)))
    capacity = math.pi * radius**2 * length
    return TankVolume(segment * length, capacity, segment * length / capacity)


@expert(
    source="closed form: π D² h / 4",
    validity="flat bottom",
    examples=[Example({"diameter": 3.0, "height": 4.0, "vertical": "vertical"}, {"liquid_volume": 28.2743})],
    cost=1.5,
)
def vertical_tank_volume(
    diameter: Annotated[float, w.tank_diameter, Range(gt=0)],
    height: Annotated[float, w.liquid_height, Range(ge=0)],
    vertical: Annotated[str, w.tank_standing],
) -> Annotated[float, w.liquid_volume]:
    """Volume of liquid in a vertical cylinder with a flat bottom; that it stands has to be said."""
    return math.pi * diameter**2 / 4.0 * height


@expert(
    source="definition of the power number: P = Np ρ N³ D⁵",
    examples=[
        Example({"power_number": 4.0, "density": 1000.0, "speed": 2.0, "diameter": 0.5}, {"impeller_power": 1000.0}),
        Example({"power_number": 5.0, "density": 997.05, "speed": 2.5, "diameter": 0.4}, {"impeller_power": 797.64}),
    ],
)
def stirred_tank_power(
    power_number: Annotated[float, w.power_number, Range(gt=0)],
    density: Annotated[float, k.density, Range(gt=0)],
    speed: Annotated[float, w.rotational_speed, Range(gt=0)],
    diameter: Annotated[float, w.impeller_diameter, Range(gt=0)],
) -> Annotated[float, w.impeller_power]:
    """Power that an impeller gives to the liquid."""
    return power_number * density * speed**3 * diameter**5


@expert(
    source="definition: Re = ρ N D² / μ",
    examples=[
        Example({"density": 1000.0, "speed": 2.0, "diameter": 0.5, "viscosity": 1e-3}, {"impeller_reynolds": 5e5}),
        Example(
            {"density": 997.05, "speed": 2.5, "diameter": 0.4, "viscosity": 8.9002e-4}, {"impeller_reynolds": 448100.0}
        ),
    ],
)
def impeller_reynolds_number(
    density: Annotated[float, k.density, Range(gt=0)],
    speed: Annotated[float, w.rotational_speed, Range(gt=0)],
    diameter: Annotated[float, w.impeller_diameter, Range(gt=0)],
    viscosity: Annotated[float, p.viscosity, Range(gt=0)],
) -> Annotated[float, w.impeller_reynolds]:
    """Reynolds number of an impeller."""
    return density * speed * diameter**2 / viscosity


@expert(source="closed form: π N D", examples=[Example({"speed": 2.0, "diameter": 0.5}, {"tip_speed": 3.14159})])
def tip_speed(
    speed: Annotated[float, w.rotational_speed, Range(gt=0)],
    diameter: Annotated[float, w.impeller_diameter, Range(gt=0)],
) -> Annotated[float, w.tip_speed]:
    """Tip speed of an impeller."""
    return math.pi * speed * diameter


EXPERTS = (
    hydrostatic_pressure, bottom_pressure, liquid_height_from_pressure, horizontal_tank_volume,
    vertical_tank_volume, stirred_tank_power, impeller_reynolds_number, tip_speed,
)  # fmt: skip
