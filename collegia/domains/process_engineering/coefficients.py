"""Overall and film heat transfer coefficients."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Annotated, Any, NamedTuple

from collegia.domains.process_engineering.kinds import heat as h
from collegia.domains.process_engineering.kinds import properties as p
from collegia.domains.process_engineering.kinds.flow import reynolds_number
from collegia.domains.process_engineering.kinds.pipes import inside_diameter, outside_diameter
from collegia.errors import OutOfRange
from collegia.tools import Example, Of, Range, assume, expert

__all__ = ["EXPERTS", "TubeCoefficients"]

_SERIES = "resistances in series: 1/U = 1/h₁ + Rf₁ + t/k + Rf₂ + 1/h₂"

_HotFilm = Annotated[float, h.film_coefficient, Of("hot"), Range(gt=0)]
_ColdFilm = Annotated[float, h.film_coefficient, Of("cold"), Range(gt=0)]
_HotFouling = Annotated[float, h.fouling_resistance, Of("hot"), Range(ge=0, le=0.1)]
_ColdFouling = Annotated[float, h.fouling_resistance, Of("cold"), Range(ge=0, le=0.1)]
_InsideFilm = Annotated[float, h.inside_film, Range(gt=0)]
_OutsideFilm = Annotated[float, h.outside_film, Range(gt=0)]
_InsideFouling = Annotated[float, h.inside_fouling, Range(ge=0, le=0.1)]
_OutsideFouling = Annotated[float, h.outside_fouling, Range(ge=0, le=0.1)]


@expert(
    source=_SERIES,
    examples=[
        Example(
            {
                "hot_film": 1500, "cold_film": 800, "wall_thickness": 0.003, "wall_conductivity": 16,
                "hot_fouling": 2e-4, "cold_fouling": 2e-4,
            },
            {"overall_coefficient": 399.334},
            1e-5,
        ),
        Example(
            {
                "hot_film": 1200, "cold_film": 900, "wall_thickness": 0.002, "wall_conductivity": 45,
                "hot_fouling": 1.8e-4, "cold_fouling": 3.5e-4,
            },
            {"overall_coefficient": 397.0},
        ),
    ],
)  # fmt: skip
def overall_u(
    hot_film: _HotFilm,
    cold_film: _ColdFilm,
    wall_thickness: Annotated[float, h.wall_thickness, Range(gt=0)],
    wall_conductivity: Annotated[float, h.wall_conductivity, Range(gt=0)],
    hot_fouling: _HotFouling = 0.0,
    cold_fouling: _ColdFouling = 0.0,
) -> Annotated[float, h.overall_coefficient]:
    """Overall heat transfer coefficient through a flat wall; both sides count alike."""
    wall = wall_thickness / wall_conductivity
    return 1 / (1 / hot_film + hot_fouling + wall + cold_fouling + 1 / cold_film)


@expert(
    source=_SERIES,
    examples=[
        Example(
            {"inside_film": 1500, "outside_film": 800, "wall_thickness": 0.003, "wall_conductivity": 16},
            {"overall_coefficient": 475.248},
        )
    ],
)
def overall_u_inside_outside(
    inside_film: _InsideFilm,
    outside_film: _OutsideFilm,
    wall_thickness: Annotated[float, h.wall_thickness, Range(gt=0)],
    wall_conductivity: Annotated[float, h.wall_conductivity, Range(gt=0)],
    inside_fouling: _InsideFouling = 0.0,
    outside_fouling: _OutsideFouling = 0.0,
) -> Annotated[float, h.overall_coefficient]:
    """Overall heat transfer coefficient through a flat (or thin) wall between an inside and an outside film."""
    assume("the wall is flat, or thin beside its diameter: inside and outside area are the same")
    wall = wall_thickness / wall_conductivity
    return 1 / (1 / inside_film + inside_fouling + wall + outside_fouling + 1 / outside_film)


@expert(
    source=_SERIES,
    examples=[Example({"hot_film": 1000, "cold_film": 2000, "hot_fouling": 2e-4}, {"overall_coefficient": 588.235})],
    cost=1.5,
)
def overall_u_thin_wall(
    hot_film: _HotFilm,
    cold_film: _ColdFilm,
    hot_fouling: _HotFouling = 0.0,
    cold_fouling: _ColdFouling = 0.0,
) -> Annotated[float, h.overall_coefficient]:
    """Overall heat transfer coefficient from films and fouling alone, the wall's own resistance left out."""
    assume("the resistance of the wall itself is left out")
    return 1 / (1 / hot_film + hot_fouling + cold_fouling + 1 / cold_film)


@expert(
    source="1/U_dirty = 1/U_clean + Rf",
    examples=[Example({"clean_coefficient": 800, "fouling_resistance": 3.5e-4}, {"fouled_coefficient": 625})],
)
def fouled_coefficient(
    clean_coefficient: Annotated[float, h.clean_coefficient, Range(gt=0)],
    fouling_resistance: Annotated[float, h.fouling_resistance, Range(ge=0, le=0.1)],
) -> Annotated[float, h.fouled_coefficient]:
    """Overall coefficient in service, from the clean one and the total fouling resistance."""
    return 1 / (1 / clean_coefficient + fouling_resistance)


@expert(
    source="Rf = 1/U_dirty − 1/U_clean",
    examples=[Example({"clean_coefficient": 800, "fouled_coefficient": 625}, {"fouling_resistance": 3.5e-4})],
)
def fouling_from_coefficients(
    clean_coefficient: Annotated[float, h.clean_coefficient, Range(gt=0)],
    fouled_coefficient: Annotated[float, h.fouled_coefficient, Range(gt=0)],
) -> Annotated[float, h.fouling_resistance]:
    """Fouling resistance, from the clean coefficient and the one in service.

    Raises:
        OutOfRange: the fouled coefficient is larger than the clean one.
    """
    if fouled_coefficient > clean_coefficient:
        raise OutOfRange("impossible: fouling cannot raise the coefficient above the clean one")
    return 1 / fouled_coefficient - 1 / clean_coefficient


class TubeCoefficients(NamedTuple):
    """Overall coefficients of a tube, on its outside and on its inside area, W/(m²·K)."""

    overall_coefficient: Annotated[float, h.overall_coefficient]
    overall_coefficient_inside: Annotated[float, h.overall_coefficient_inside]


_tube_wall = expert(
    source="1/Uo = 1/ho + Rfo + Do·ln(Do/Di)/(2·k) + (Rfi + 1/hi)·Do/Di",
    examples=[
        Example(
            {
                "outside_film": 1000, "inside_film": 2000, "outside_diameter": 0.025, "inside_diameter": 0.02,
                "wall_conductivity": 50, "outside_fouling": 2e-4, "inside_fouling": 2e-4,
            },
            {"overall_coefficient": 469.31},
            1e-5,
        )
    ],
)  # fmt: skip


@_tube_wall
def overall_u_tube(
    outside_film: _OutsideFilm,
    inside_film: _InsideFilm,
    outside_diameter: Annotated[float, outside_diameter, Range(gt=0)],
    inside_diameter: Annotated[float, inside_diameter, Range(gt=0)],
    wall_conductivity: Annotated[float, h.wall_conductivity, Range(gt=0)],
    outside_fouling: _OutsideFouling = 0.0,
    inside_fouling: _InsideFouling = 0.0,
) -> TubeCoefficients:
    """Overall heat transfer coefficient through a tube wall, on the outside area.

    Raises:
        OutOfRange: the outside diameter is not larger than the inside diameter.
    """
    return _tube(
        1 / outside_film + outside_fouling,
        1 / inside_film + inside_fouling,
        outside_diameter,
        inside_diameter,
        wall_conductivity,
    )


@_tube_wall
def overall_u_fouled_tube(
    outside_film: _OutsideFilm,
    inside_film: _InsideFilm,
    outside_diameter: Annotated[float, outside_diameter, Range(gt=0)],
    inside_diameter: Annotated[float, inside_diameter, Range(gt=0)],
    wall_conductivity: Annotated[float, h.wall_conductivity, Range(gt=0)],
    outside_fouling: Annotated[float, h.fouling_resistance, Of("outside"), Range(ge=0, le=0.1)],
    inside_fouling: Annotated[float, h.fouling_resistance, Of("inside"), Range(ge=0, le=0.1)],
) -> TubeCoefficients:
    """Overall heat transfer coefficient through a tube wall with fouling on each side, on the outside area.

    Raises:
        OutOfRange: the outside diameter is not larger than the inside diameter.
    """
    return _tube(
        1 / outside_film + outside_fouling,
        1 / inside_film + inside_fouling,
        outside_diameter,
        inside_diameter,
        wall_conductivity,
    )


def _tube(
    outside: float, inside: float, outside_diameter: float, inside_diameter: float, conductivity: float
) -> TubeCoefficients:
    """Both coefficients from the resistances (m²·K/W) of film and fouling on each side."""
    if outside_diameter <= inside_diameter:
        raise OutOfRange("the outside diameter must be larger than the inside diameter")
    assume("the overall coefficient refers to the outside area of the tube")
    ratio = outside_diameter / inside_diameter
    wall = outside_diameter * math.log(ratio) / (2 * conductivity)
    coefficient = 1 / (outside + wall + inside * ratio)
    return TubeCoefficients(coefficient, coefficient * ratio)


@expert(
    source="Dittus and Boelter 1930 (exponents of McAdams); ht.conv_internal.turbulent_Dittus_Boelter",
    validity="turbulent flow in smooth tubes: Re above 10 000, Pr 0.7 to 160",
    methods=("Dittus-Boelter", "Dittus Boelter"),
    examples=[
        Example(
            {"reynolds_number": 5e4, "prandtl": 5, "thermal_conductivity": 0.6, "inside_diameter": 0.02},
            {"film_coefficient": 7544.2}
        ),
        Example(
            {
                "reynolds_number": 5e4, "prandtl": 5, "thermal_conductivity": 0.6, "inside_diameter": 0.02,
                "heat_direction": "cooling",
            },
            {"film_coefficient": 6422.68},
        ),
    ],
    requires=("ht",),
    extra="process",
    seconds=0.3,
)  # fmt: skip
def film_coefficient(
    reynolds_number: Annotated[float, reynolds_number, Range(ge=1e4)],
    prandtl: Annotated[float, p.prandtl, Range(ge=0.7, le=160)],
    thermal_conductivity: Annotated[float, p.thermal_conductivity, Range(gt=0)],
    inside_diameter: Annotated[float, inside_diameter, Range(gt=0)],
    heat_direction: Annotated[str, h.heat_direction] = "heating",
) -> Annotated[float, h.film_coefficient]:
    """Film coefficient inside a tube with turbulent flow, by Dittus and Boelter."""
    from ht.conv_internal import turbulent_Dittus_Boelter

    nusselt = float(turbulent_Dittus_Boelter(reynolds_number, prandtl, heating=heat_direction == "heating"))
    return nusselt * thermal_conductivity / inside_diameter


EXPERTS: tuple[Callable[..., Any], ...] = (
    overall_u,
    overall_u_inside_outside,
    overall_u_thin_wall,
    fouled_coefficient,
    fouling_from_coefficients,
    overall_u_tube,
    overall_u_fouled_tube,
    film_coefficient,
)
"""The experts of this module."""
