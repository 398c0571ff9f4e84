"""Orbits by Kepler's third law, and angles that sizes subtend."""

from __future__ import annotations

import math
from typing import Annotated

from collegia.errors import OutOfRange, Unclear
from collegia.tools import STATED, Example, Range, assume, expert
from collegia_astronomy import kinds
from collegia_astronomy.constants import AU, GRAVITATION, PARSEC, SOLAR_MASS, YEAR

__all__ = [
    "angular_size", "angular_size_at_distance", "central_mass", "distance_of_size", "linear_size",
    "linear_size_at_distance", "mean_orbital_speed", "orbital_period", "semi_major_axis",
]  # fmt: skip

_KEPLER = "Kepler's third law: a³ / P² = G M / 4π²"
_SURELY_SOLAR_AXIS = 0.3 * AU
_SURELY_SOLAR_PERIOD = 60 * 86400.0

Mass = Annotated[float | None, kinds.central_mass, Range(gt=0), STATED]


def _mass(mass: float | None, *, plainly_solar: bool) -> float:
    """The central mass; the Sun's where none is said and the orbit is too large to be a moon's."""
    if mass is not None:
        return mass
    if not plainly_solar:
        raise Unclear("What does it orbit? Please give the mass of the central body (1 solar mass for the Sun).")
    assume("the orbit is around the Sun (1 solar mass)")
    return SOLAR_MASS


@expert(
    source=_KEPLER,
    examples=[
        Example({"semi_major_axis": 2.77 * AU, "central_mass": SOLAR_MASS}, {"orbital_period": 4.6102 * YEAR}),
        Example({"semi_major_axis": 2.77 * AU}, {"orbital_period": 4.6102 * YEAR}, source="2.77^1.5 years"),
        Example(
            {"semi_major_axis": 3.844e8, "central_mass": 5.972e24},
            {"orbital_period": 27.45 * 86400},
            source="the Moon, its own mass left out",
        ),
    ],
)
def orbital_period(
    semi_major_axis: Annotated[float, kinds.semi_major_axis, Range(gt=0)], central_mass: Mass = None
) -> Annotated[float, kinds.orbital_period]:
    """Period of an orbit from its semi-major axis: 2π √(a³ / GM). The orbiting mass is taken to be small.

    Raises:
        Unclear: no central mass is said and the orbit is small enough to be a moon's.
    """
    mass = _mass(central_mass, plainly_solar=semi_major_axis >= _SURELY_SOLAR_AXIS)
    return 2.0 * math.pi * math.sqrt(semi_major_axis**3 / (GRAVITATION * mass))


@expert(
    source=_KEPLER,
    examples=[
        Example({"orbital_period": 8 * YEAR}, {"semi_major_axis": 4 * AU}, source="8² = 4³"),
        Example({"orbital_period": 8 * YEAR, "central_mass": 8 * SOLAR_MASS}, {"semi_major_axis": 8 * AU}),
    ],
)
def semi_major_axis(
    orbital_period: Annotated[float, kinds.orbital_period, Range(gt=0)], central_mass: Mass = None
) -> Annotated[float, kinds.semi_major_axis]:
    """Semi-major axis of an orbit from its period: (GM P² / 4π²)^(1/3). The orbiting mass is taken to be small.

    Raises:
        Unclear: no central mass is said and the period is short enough to be a moon's.
    """
    mass = _mass(central_mass, plainly_solar=orbital_period >= _SURELY_SOLAR_PERIOD)
    return float((GRAVITATION * mass * orbital_period**2 / (4.0 * math.pi**2)) ** (1 / 3))


@expert(
    source=_KEPLER,
    examples=[
        Example({"semi_major_axis": AU, "orbital_period": YEAR}, {"central_mass": SOLAR_MASS}),
        Example(
            {"semi_major_axis": 4.217e8, "orbital_period": 1.769138 * 86400},
            {"central_mass": 1.8986e27},
            source="Jupiter by Io",
        ),
    ],
)
def central_mass(
    semi_major_axis: Annotated[float, kinds.semi_major_axis, Range(gt=0)],
    orbital_period: Annotated[float, kinds.orbital_period, Range(gt=0)],
) -> Annotated[float, kinds.central_mass]:
    """Mass of the central body from an orbit around it: 4π² a³ / (G P²). For two like masses it is their sum."""
    return 4.0 * math.pi**2 * semi_major_axis**3 / (GRAVITATION * orbital_period**2)


@expert(
    source="2π a / P",
    examples=[
        Example({"semi_major_axis": AU, "orbital_period": YEAR}, {"orbital_speed": 29784.7}, source="Earth"),
        Example({"semi_major_axis": 2.77 * AU, "orbital_period": 4.61024 * YEAR}, {"orbital_speed": 17895.9}),
    ],
)
def mean_orbital_speed(
    semi_major_axis: Annotated[float, kinds.semi_major_axis, Range(gt=0)],
    orbital_period: Annotated[float, kinds.orbital_period, Range(gt=0)],
) -> Annotated[float, kinds.orbital_speed]:
    """Mean speed along a nearly circular orbit: 2π a / P."""
    assume("the orbit is nearly circular")
    return 2.0 * math.pi * semi_major_axis / orbital_period


@expert(
    source="θ = 2 atan(s / 2d)",
    examples=[
        Example({"size": 1.3914e9, "distance": AU}, {"angular_size": 9.30076e-3}, source="the Sun: 31.97′"),
        Example({"size": 1.0, "distance": 0.5}, {"angular_size": math.pi / 2}),
    ],
)
def angular_size(
    size: Annotated[float, kinds.linear_size, Range(gt=0)], distance: Annotated[float, kinds.distance, Range(gt=0)]
) -> Annotated[float, kinds.angular_size]:
    """Angle that a size across the line of sight subtends at a distance."""
    return 2.0 * math.atan(size / (2.0 * distance))


@expert(
    source="D_A = s / θ",
    examples=[
        Example(
            {"size": 30e3 * PARSEC, "distance": 1697.8e6 * PARSEC},
            {"angular_size": 1.767e-5},
            source="30 kpc at redshift 1: 3.64″",
        )
    ],
)
def angular_size_at_distance(
    size: Annotated[float, kinds.linear_size, Range(gt=0)],
    distance: Annotated[float, kinds.angular_diameter_distance, Range(gt=0)],
) -> Annotated[float, kinds.angular_size]:
    """Angle that a size subtends at an angular diameter distance: s / D_A."""
    return size / distance


@expert(
    source="s = 2 d tan(θ/2)",
    examples=[Example({"angular_size": 9.30076e-3, "distance": AU}, {"linear_size": 1.3914e9}, source="the Sun")],
)
def linear_size(
    angular_size: Annotated[float, kinds.angular_size, Range(gt=0, lt=math.pi)],
    distance: Annotated[float, kinds.distance, Range(gt=0)],
) -> Annotated[float, kinds.linear_size]:
    """Size across the line of sight of what subtends an angle at a distance."""
    return 2.0 * distance * math.tan(angular_size / 2.0)


@expert(
    source="D_A = s / θ",
    examples=[
        Example({"angular_size": 1.767e-5, "distance": 1697.8e6 * PARSEC}, {"linear_size": 30e3 * PARSEC}),
    ],
)
def linear_size_at_distance(
    angular_size: Annotated[float, kinds.angular_size, Range(gt=0)],
    distance: Annotated[float, kinds.angular_diameter_distance, Range(gt=0)],
) -> Annotated[float, kinds.linear_size]:
    """Size of what subtends a small angle at an angular diameter distance: θ D_A.

    Raises:
        OutOfRange: an angle of more than a tenth of a radian is not small.
    """
    if angular_size > 0.1:
        raise OutOfRange(f"an angle of {math.degrees(angular_size):.3g}° is not small")
    return angular_size * distance


@expert(
    source="d = s / (2 tan(θ/2))",
    cost=1.5,
    examples=[Example({"size": 1.3914e9, "angular_size": 9.30076e-3}, {"distance": AU}, source="the Sun")],
)
def distance_of_size(
    size: Annotated[float, kinds.linear_size, Range(gt=0)],
    angular_size: Annotated[float, kinds.angular_size, Range(gt=0, lt=math.pi)],
) -> Annotated[float, kinds.distance]:
    """Distance of a thing of known size that subtends an angle."""
    return size / (2.0 * math.tan(angular_size / 2.0))
