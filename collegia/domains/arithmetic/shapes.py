"""Areas, volumes, densities and the flow through an area."""

from __future__ import annotations

import math
from typing import Annotated

from collegia.domains.arithmetic import kinds
from collegia.tools import Example, Range, assume, expert
from collegia.tools import common as k

__all__ = [
    "area_for_flow", "circle_area", "circle_diameter", "density_of_body", "flow_through_area", "mass_of_volume",
    "velocity_through_area",
    "volume_of_body", "volume_of_mass",
]  # fmt: skip


@expert(examples=[Example({"diameter": 1.2}, {"cross_section": 1.130973})])
def circle_area(diameter: Annotated[float, k.diameter, Range(gt=0)]) -> Annotated[float, kinds.cross_section]:
    """Area of a circle from its diameter: π d² / 4."""
    return math.pi * diameter**2 / 4


@expert(examples=[Example({"area": 1.130973}, {"diameter": 1.2})], cost=2.0)
def circle_diameter(area: Annotated[float, k.area, Range(gt=0)]) -> Annotated[float, k.diameter]:
    """Diameter of a circle from its area: √(4 A / π)."""
    return math.sqrt(4 * area / math.pi)


@expert(examples=[Example({"area": 4.5, "height": 2}, {"volume": 9})], cost=3.0)
def volume_of_body(
    area: Annotated[float, kinds.cross_section, Range(gt=0)], height: Annotated[float, kinds.height, Range(gt=0)]
) -> Annotated[float, k.volume]:
    """Volume of an upright body: base area times height.

    It assumes the same cross-section over the whole height, as in a straight-walled upright tank or bed.
    """
    assume("the cross-section is the same over the whole height")
    return area * height


@expert(examples=[Example({"flow": 0.02, "velocity": 2.5}, {"cross_section": 0.008})])
def area_for_flow(
    flow: Annotated[float, k.volume_flow, Range(gt=0)], velocity: Annotated[float, k.velocity, Range(gt=0)]
) -> Annotated[float, kinds.cross_section]:
    """Area through which a volume flow passes at a velocity: flow divided by velocity."""
    return flow / velocity


@expert(examples=[Example({"flow": 0.02, "area": 0.008}, {"velocity": 2.5})])
def velocity_through_area(
    flow: Annotated[float, k.volume_flow, Range(ge=0)], area: Annotated[float, kinds.cross_section, Range(gt=0)]
) -> Annotated[float, k.velocity]:
    """Mean velocity of a volume flow through an area: flow divided by area."""
    return flow / area


@expert(examples=[Example({"area": 0.008, "velocity": 2.5}, {"volume_flow": 0.02})])
def flow_through_area(
    area: Annotated[float, kinds.cross_section, Range(gt=0)], velocity: Annotated[float, k.velocity, Range(ge=0)]
) -> Annotated[float, k.volume_flow]:
    """Volume flow through an area at a mean velocity: area times velocity."""
    return area * velocity


@expert(examples=[Example({"mass": 1740, "volume": 2}, {"density": 870})])
def density_of_body(
    mass: Annotated[float, k.mass, Range(gt=0)], volume: Annotated[float, k.volume, Range(gt=0)]
) -> Annotated[float, k.density]:
    """Density of a body: mass divided by volume."""
    return mass / volume


@expert(examples=[Example({"density": 870, "volume": 2}, {"mass": 1740})])
def mass_of_volume(
    density: Annotated[float, k.density, Range(gt=0)], volume: Annotated[float, k.volume, Range(ge=0)]
) -> Annotated[float, k.mass]:
    """Mass of a volume of known density: density times volume."""
    return density * volume


@expert(examples=[Example({"mass": 1740, "density": 870}, {"volume": 2})])
def volume_of_mass(
    mass: Annotated[float, k.mass, Range(ge=0)], density: Annotated[float, k.density, Range(gt=0)]
) -> Annotated[float, k.volume]:
    """Volume of a mass of known density: mass divided by density."""
    return mass / density
