"""Heat lost through the insulation of pipes and through flat walls."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Annotated, Any

from collegia.domains.process_engineering.kinds import heat as h
from collegia.domains.process_engineering.kinds.pipes import outside_diameter, pipe_length
from collegia.domains.process_engineering.kinds.saturation import saturation_temperature
from collegia.errors import OutOfRange
from collegia.tools import Example, Range, assume, expert
from collegia.tools import common as k

__all__ = ["EXPERTS"]

_FOURIER = "Fourier's law through a cylinder: Q = 2π·k·L·(T₁ − T₂)/ln(r₂/r₁)"

_Radius1 = Annotated[float, h.inner_radius, Range(gt=0)]
_Radius2 = Annotated[float, h.outer_radius, Range(gt=0)]
_Diameter = Annotated[float, outside_diameter, Range(gt=0)]
_Thickness = Annotated[float, h.insulation_thickness, Range(gt=0)]
_Conductivity = Annotated[float, h.insulation_conductivity, Range(gt=0)]
_Inner = Annotated[float, h.inner_surface_temperature, Range(gt=0)]
_Outer = Annotated[float, h.outer_surface_temperature, Range(gt=0)]
_Saturation = Annotated[float, saturation_temperature, Range(gt=0)]
_Length = Annotated[float, pipe_length, Range(gt=0)]


def _per_metre(inner: float, outer: float, conductivity: float, hot: float, cold: float) -> float:
    """Heat through one metre of a cylinder's wall, W/m, as a positive number."""
    if outer <= inner:
        raise OutOfRange("the outer radius must be larger than the inner radius (r2 > r1)")
    return 2 * math.pi * conductivity * abs(hot - cold) / math.log(outer / inner)


@expert(
    source=_FOURIER,
    examples=[
        Example(
            {
                "inner_radius": 0.05, "outer_radius": 0.1, "insulation_conductivity": 0.05,
                "inner_surface_temperature": 400,
                "outer_surface_temperature": 300,
            },
            {"heat_loss_per_length": 45.324},
        )
    ],
)  # fmt: skip
def heat_loss_between_radii(
    inner_radius: _Radius1,
    outer_radius: _Radius2,
    insulation_conductivity: _Conductivity,
    inner_surface_temperature: _Inner,
    outer_surface_temperature: _Outer,
) -> Annotated[float, h.heat_loss_per_length]:
    """Heat lost by a metre of insulated cylinder between two radii, as a positive number.

    Raises:
        OutOfRange: the outer radius is not the larger one.
    """
    return _per_metre(
        inner_radius, outer_radius, insulation_conductivity, inner_surface_temperature, outer_surface_temperature
    )


@expert(
    source=_FOURIER,
    examples=[
        Example(
            {
                "outside_diameter": 0.1143, "insulation_thickness": 0.05, "insulation_conductivity": 0.05,
                "inner_surface_temperature": 453.03, "outer_surface_temperature": 303.15,
            },
            {"heat_loss_per_length": 74.91},
        )
    ],
)  # fmt: skip
def heat_loss_of_insulated_pipe(
    outside_diameter: _Diameter,
    insulation_thickness: _Thickness,
    insulation_conductivity: _Conductivity,
    inner_surface_temperature: _Inner,
    outer_surface_temperature: _Outer,
) -> Annotated[float, h.heat_loss_per_length]:
    """Heat lost by a metre of insulated pipe, from the temperatures on both faces of the insulation."""
    radius = outside_diameter / 2
    return _per_metre(
        radius,
        radius + insulation_thickness,
        insulation_conductivity,
        inner_surface_temperature,
        outer_surface_temperature,
    )


@expert(
    source=_FOURIER,
    examples=[
        Example(
            {
                "outside_diameter": 0.1143, "insulation_thickness": 0.05, "insulation_conductivity": 0.05,
                "saturation_temperature": 453.03, "outer_surface_temperature": 303.15,
            },
            {"heat_loss_per_length": 74.91},
        )
    ],
    cost=1.2,
)  # fmt: skip
def heat_loss_of_steam_pipe(
    outside_diameter: _Diameter,
    insulation_thickness: _Thickness,
    insulation_conductivity: _Conductivity,
    saturation_temperature: _Saturation,
    outer_surface_temperature: _Outer,
) -> Annotated[float, h.heat_loss_per_length]:
    """Heat lost by a metre of insulated pipe that holds a saturated vapour, its wall at the saturation temperature."""
    assume("the pipe wall is at the saturation temperature of what the pipe holds")
    radius = outside_diameter / 2
    return _per_metre(
        radius,
        radius + insulation_thickness,
        insulation_conductivity,
        saturation_temperature,
        outer_surface_temperature,
    )


@expert(
    source="Q = q′·L",
    examples=[
        Example({"heat_loss_per_length": 45.3236, "pipe_length": 50}, {"heat_loss": 2266.2}),
        Example({"heat_loss_per_length": 74.9114, "pipe_length": 100}, {"heat_loss": 7491.14}),
    ],
)
def insulation_heat_loss(
    heat_loss_per_length: Annotated[float, h.heat_loss_per_length, Range(ge=0)], pipe_length: _Length
) -> Annotated[float, h.heat_loss]:
    """Heat lost by an insulated pipe over its whole length."""
    return heat_loss_per_length * pipe_length


@expert(
    source="Fourier's law through a flat wall: Q = k·A·(T₁ − T₂)/t",
    examples=[
        Example(
            {
                "area": 10, "insulation_thickness": 0.1, "insulation_conductivity": 0.04,
                "inner_surface_temperature": 373.15,
                "outer_surface_temperature": 298.15,
            },
            {"heat_loss": 300},
        )
    ],
)  # fmt: skip
def flat_wall_heat_loss(
    area: Annotated[float, k.area, Range(gt=0)],
    insulation_thickness: _Thickness,
    insulation_conductivity: _Conductivity,
    inner_surface_temperature: _Inner,
    outer_surface_temperature: _Outer,
) -> Annotated[float, h.heat_loss]:
    """Heat lost through flat insulation of a known area, as a positive number."""
    difference = abs(inner_surface_temperature - outer_surface_temperature)
    return insulation_conductivity * area * difference / insulation_thickness


EXPERTS: tuple[Callable[..., Any], ...] = (
    heat_loss_between_radii,
    heat_loss_of_insulated_pipe,
    heat_loss_of_steam_pipe,
    insulation_heat_loss,
    flat_wall_heat_loss,
)
"""The experts of this module."""
