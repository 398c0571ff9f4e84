"""Pipes: standard dimensions, friction factor and pressure drop."""

from __future__ import annotations

from typing import Annotated, NamedTuple

from collegia.domains.process_engineering.kinds import flow as f
from collegia.domains.process_engineering.kinds import pipes as d
from collegia.domains.process_engineering.kinds import properties as p
from collegia.errors import NoData
from collegia.tools import STATED, Example, Range, caution, expert
from collegia.tools import common as k

__all__ = [
    "EXPERTS", "GRAVITY", "fanning_factor", "friction_factor", "pipe_dimensions", "pipe_pressure_drop",
    "relative_roughness",
]  # fmt: skip

GRAVITY = 9.80665
"""Standard gravity, m/s² (CGPM 1901)."""

_COMMERCIAL_STEEL = 4.5e-5
"""Roughness of new commercial steel pipe, m."""

_NPS_OF_DN = {
    6: 0.125, 8: 0.25, 10: 0.375, 15: 0.5, 20: 0.75, 25: 1.0, 32: 1.25, 40: 1.5, 50: 2.0, 65: 2.5, 80: 3.0, 90: 3.5,
    100: 4.0, 125: 5.0, 150: 6.0, 200: 8.0, 250: 10.0, 300: 12.0,
}  # fmt: skip


class PipeDimensions(NamedTuple):
    """Dimensions of a standard pipe, m."""

    inside_diameter: Annotated[float, d.inside_diameter]
    outside_diameter: Annotated[float, d.outside_diameter]
    wall_thickness: Annotated[float, d.pipe_wall_thickness]


class PipeDrop(NamedTuple):
    """Pressure drop of a pipe."""

    friction_pressure_drop: Annotated[float, f.friction_pressure_drop]
    total_pressure_drop: Annotated[float, f.total_pressure_drop]
    friction_factor: Annotated[float, f.friction_factor]
    head_loss: Annotated[float, f.head_loss]
    reynolds_number: Annotated[float, f.reynolds_number]
    flow_regime: Annotated[str, f.flow_regime]


@expert(
    source="ASME B36.10M and B36.19M by fluids.piping",
    examples=[
        Example(
            {"nominal_size": "DN200", "schedule": "80"},
            {"inside_diameter": 0.1937, "outside_diameter": 0.2191, "wall_thickness": 0.0127},
        ),
        Example({"nominal_size": "DN100"}, {"inside_diameter": 0.10226, "outside_diameter": 0.1143}),
        Example({"nominal_size": "NPS0.75", "schedule": "40"}, {"inside_diameter": 0.02096}),
        Example({"nominal_size": "NPS2", "schedule": "10S"}, {"inside_diameter": 0.05476}),
    ],
    requires=("fluids",), extra="process",
)  # fmt: skip
def pipe_dimensions(
    nominal_size: Annotated[str, d.nominal_size],
    schedule: Annotated[str, d.schedule] = "40",
) -> PipeDimensions:
    """Inside and outside diameter and wall of a steel pipe of standard size and schedule.

    Raises:
        NoData: no such size, or the size is not made in that schedule.
    """
    from fluids.piping import nearest_pipe

    size = _nps(nominal_size)
    try:
        found, inside, outside, wall = nearest_pipe(
            NPS=size,  # type: ignore[arg-type]  # sizes are fractions of an inch
            schedule=schedule,
        )
    except (ValueError, KeyError) as error:
        raise NoData(f"{nominal_size} schedule {schedule} is not in ASME B36.10M or B36.19M") from error
    if abs(float(found) - size) > 1e-9:
        raise NoData(f"{nominal_size} is not made in schedule {schedule} (ASME B36.10M, B36.19M)")
    return PipeDimensions(float(inside), float(outside), float(wall))


def _nps(nominal_size: str) -> float:
    """The nominal pipe size in inches of `DN100` or `NPS4`."""
    if nominal_size.startswith("NPS"):
        return float(nominal_size[3:])
    number = int(nominal_size[2:])
    if number in _NPS_OF_DN:
        return _NPS_OF_DN[number]
    if number > 300 and number % 50 == 0:  # from DN 350 on, 25 mm stand for an inch
        return number / 25.0
    raise NoData(f"{nominal_size} is no standard pipe size")


@expert(source="definition: ε / D", examples=[Example({"diameter": 0.1}, {"relative_roughness": 4.5e-4})])
def relative_roughness(
    diameter: Annotated[float, d.inside_diameter, Range(gt=0)],
    roughness: Annotated[float, f.roughness, Range(ge=0)] = _COMMERCIAL_STEEL,
) -> Annotated[float, f.relative_roughness]:
    """Relative roughness of a pipe wall."""
    return roughness / diameter


@expert(
    source="Darcy: 64/Re below 2040, Colebrook above (Clamond's solution) by fluids.friction_factor",
    methods=("Colebrook", "Colebrook-White", "Moody"),
    examples=[
        Example({"reynolds_number": 1.7624e5, "relative_roughness": 4.5e-4}, {"friction_factor": 0.018798}),
        Example({"reynolds_number": 1000.0, "relative_roughness": 0.0}, {"friction_factor": 0.064}),
        Example(
            {"reynolds_number": 1e5, "relative_roughness": 1e-4},
            {"friction_factor": 0.01851},
            source="Moody chart",
            tolerance=5e-3,
        ),
    ],
    requires=("fluids",), extra="process",
)  # fmt: skip
def friction_factor(
    reynolds_number: Annotated[float, f.reynolds_number, Range(gt=0)],
    relative_roughness: Annotated[float, f.relative_roughness, Range(ge=0, le=0.05)],
) -> Annotated[float, f.friction_factor]:
    """Darcy friction factor of a pipe (four times Fanning's)."""
    from fluids.friction import friction_factor as darcy

    _warn_transition(reynolds_number)
    return float(darcy(Re=reynolds_number, eD=relative_roughness))


@expert(
    source="definition: a quarter of Darcy's factor",
    examples=[Example({"friction_factor": 0.02}, {"fanning_friction_factor": 0.005})],
)
def fanning_factor(
    friction_factor: Annotated[float, f.friction_factor, Range(gt=0)],
) -> Annotated[float, f.fanning_friction_factor]:
    """Fanning friction factor from Darcy's."""
    return friction_factor / 4.0


@expert(
    source="Darcy-Weisbach; friction factor by Colebrook (fluids.friction_factor)",
    validity="incompressible flow in a full pipe of constant bore",
    methods=("Darcy-Weisbach", "Darcy–Weisbach", "Colebrook", "Moody"),
    examples=[
        Example(
            {"density": 998.2, "viscosity": 1.0016e-3, "diameter": 0.1, "length": 100.0, "velocity": 1.7684},
            {
                "friction_pressure_drop": 29339, "total_pressure_drop": 29339, "friction_factor": 0.018798,
                "head_loss": 2.9971, "reynolds_number": 1.7624e5, "flow_regime": "turbulent",
            },
        ),
        Example(
            {"density": 998.0, "viscosity": 1e-3, "diameter": 0.1023, "length": 250.0, "velocity": 2.027739},
            {"friction_pressure_drop": 92480.0},
            tolerance=2e-3,
        ),
        Example(
            {"density": 900.0, "viscosity": 0.1, "diameter": 0.05, "length": 10.0, "velocity": 1.0},
            {"friction_pressure_drop": 12800.0, "flow_regime": "laminar"},
            source="Hagen-Poiseuille: 32 μ L v / D²",
        ),
        Example(
            {
                "density": 1000.0, "viscosity": 1e-3, "diameter": 0.1, "length": 1e-9, "velocity": 2.0,
                "loss_coefficient": 5.0, "elevation_change": 10.0,
            },
            {"friction_pressure_drop": 10000.0, "total_pressure_drop": 108066.5},
        ),
    ],
    requires=("fluids",), extra="process",
)  # fmt: skip
def pipe_pressure_drop(
    density: Annotated[float, k.density, Range(gt=0)],
    viscosity: Annotated[float, p.viscosity, Range(gt=0)],
    diameter: Annotated[float, d.inside_diameter, Range(gt=0)],
    length: Annotated[float, d.pipe_length, Range(gt=0)],
    velocity: Annotated[float, k.velocity, Range(gt=0)],
    roughness: Annotated[float, f.roughness, Range(ge=0)] = _COMMERCIAL_STEEL,
    loss_coefficient: Annotated[float, f.loss_coefficient, Range(ge=0), STATED] = 0.0,
    equivalent_length: Annotated[float | None, d.equivalent_length, Range(ge=0), STATED] = None,
    elevation_change: Annotated[float, f.elevation_change, STATED] = 0.0,
    pressure: Annotated[float | None, k.pressure, Range(gt=0), STATED] = None,
) -> PipeDrop:
    """Pressure drop of a flow in a pipe: friction of pipe and fittings, and with the lift in all.

    Friction counts the pipe, its fittings' loss coefficients and their equivalent length. Without a lift the pipe is
    level. The inlet pressure, where it
    is stated, tells whether a gas expands too much to be taken as incompressible.
    """
    from fluids.friction import friction_factor as darcy

    reynolds = density * velocity * diameter / viscosity
    _warn_transition(reynolds)
    factor = float(darcy(Re=reynolds, eD=roughness / diameter))
    dynamic = density * velocity**2 / 2.0
    friction = (factor * (length + (equivalent_length or 0.0)) / diameter + loss_coefficient) * dynamic
    total = friction + density * GRAVITY * elevation_change
    if pressure is not None:
        _warn_expansion(density, friction, total, pressure)
    regime = "laminar" if reynolds < 2040 else "transitional" if reynolds < 4000 else "turbulent"
    return PipeDrop(friction, total, factor, friction / (density * GRAVITY), reynolds, regime)


def _warn_transition(reynolds: float) -> None:
    if 2040 <= reynolds < 4000:
        caution(
            f"Re = {reynolds:.0f} lies between laminar and turbulent flow (2040 to 4000): the friction is uncertain"
        )


def _warn_expansion(density: float, friction: float, total: float, pressure: float) -> None:
    if total >= pressure:
        caution(f"the drop, {total / 1e5:.4g} bar, is more than the stated pressure, {pressure / 1e5:.4g} bar")
    elif density < 60.0 and friction > 0.1 * pressure:
        caution(
            f"the gas loses {friction / pressure:.0%} of its pressure: it expands, and the incompressible result is "
            "too low"
        )


EXPERTS = (pipe_dimensions, relative_roughness, friction_factor, fanning_factor, pipe_pressure_drop)
