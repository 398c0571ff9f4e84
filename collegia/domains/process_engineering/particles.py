"""Particles: settling in a fluid, and flow through packed beds."""

from __future__ import annotations

import math
from typing import Annotated, NamedTuple

from collegia.domains.process_engineering.kinds import flow as f
from collegia.domains.process_engineering.kinds import particles as a
from collegia.domains.process_engineering.kinds import properties as p
from collegia.domains.process_engineering.pipes import GRAVITY
from collegia.errors import OutOfRange
from collegia.tools import STATED, Example, Range, caution, expert
from collegia.tools import common as k

__all__ = [
    "EXPERTS", "minimum_fluidisation", "packed_bed_pressure_drop", "settling_area", "stokes_velocity",
    "superficial_velocity", "terminal_velocity",
]  # fmt: skip


class Settling(NamedTuple):
    """How a particle settles."""

    terminal_velocity: Annotated[float, a.terminal_velocity]
    particle_reynolds: Annotated[float, a.particle_reynolds]


_QUARTZ = {"particle_diameter": 2e-5, "particle_density": 2650.0, "density": 998.0, "viscosity": 1e-3}


@expert(
    source="force balance on a sphere, drag by Barati et al. 2014 (fluids.drag.v_terminal)",
    validity="single rigid spheres, particle Reynolds number up to 1e6",
    examples=[
        Example(
            {"particle_diameter": 2e-4, "particle_density": 2650.0, "density": 998.0, "viscosity": 1e-3},
            {"terminal_velocity": 0.024428},
        ),
        Example(_QUARTZ, {"terminal_velocity": 3.60013e-4, "particle_reynolds": 7.18586e-3}),
    ],
    requires=("fluids",), extra="process",
)  # fmt: skip
def terminal_velocity(
    particle_diameter: Annotated[float, a.particle_diameter, Range(gt=0, le=1)],
    particle_density: Annotated[float, a.particle_density, Range(gt=0)],
    density: Annotated[float, k.density, Range(gt=0)],
    viscosity: Annotated[float, p.viscosity, Range(gt=0)],
) -> Settling:
    """Terminal settling velocity of a sphere in a fluid, and its Reynolds number.

    Raises:
        OutOfRange: the particle is not denser than the fluid and would not settle.
    """
    from fluids.drag import v_terminal

    _check_sinks(particle_density, density)
    try:
        velocity = float(v_terminal(D=particle_diameter, rhop=particle_density, rho=density, mu=viscosity))
    except (ValueError, RuntimeError) as error:  # the solver leaves the correlation's range
        raise OutOfRange("the drag correlation holds up to a particle Reynolds number of 1e6") from error
    reynolds = density * velocity * particle_diameter / viscosity
    if reynolds > 1e6:
        raise OutOfRange(f"particle Reynolds number {reynolds:.3g}: the drag correlation holds up to 1e6")
    return Settling(velocity, reynolds)


@expert(
    source="G. G. Stokes 1851: v = d² (ρp - ρ) g / (18 μ)",
    validity="particle Reynolds number below 1, better below 0.2",
    methods=("Stokes", "Stokes' law", "Stokes law", "Stokes'"),
    examples=[Example(_QUARTZ, {"terminal_velocity": 3.6003e-4})],
    cost=1.1,
)
def stokes_velocity(
    particle_diameter: Annotated[float, a.particle_diameter, Range(gt=0)],
    particle_density: Annotated[float, a.particle_density, Range(gt=0)],
    density: Annotated[float, k.density, Range(gt=0)],
    viscosity: Annotated[float, p.viscosity, Range(gt=0)],
) -> Settling:
    """Settling velocity of a small sphere by Stokes' law, and its Reynolds number.

    Raises:
        OutOfRange: the particle would not settle, or its Reynolds number is above 1, where Stokes' law fails.
    """
    _check_sinks(particle_density, density)
    velocity = GRAVITY * particle_diameter**2 * (particle_density - density) / (18.0 * viscosity)
    reynolds = density * velocity * particle_diameter / viscosity
    if reynolds > 1.0:
        raise OutOfRange(f"Stokes' law holds below a particle Reynolds number of 1; here it is {reynolds:.3g}")
    if reynolds > 0.2:
        caution(f"particle Reynolds number {reynolds:.2g}: Stokes' law is somewhat too high above 0.2")
    return Settling(velocity, reynolds)


def _check_sinks(particle: float, fluid: float) -> None:
    if particle <= fluid:
        raise OutOfRange(
            f"a particle of {particle:.4g} kg/m³ does not settle in a fluid of {fluid:.4g} kg/m³: it floats or rises"
        )


@expert(
    source="ideal settler (Hazen 1904): A = Q / v",
    examples=[Example({"volume_flow": 80 / 3600, "terminal_velocity": 2.71769e-3}, {"settling_area": 8.17687})],
)
def settling_area(
    volume_flow: Annotated[float, k.volume_flow, Range(gt=0)],
    terminal_velocity: Annotated[float, a.terminal_velocity, Range(gt=0)],
) -> Annotated[float, a.settling_area]:
    """Surface a settler needs so that particles of a settling velocity do not overflow."""
    return volume_flow / terminal_velocity


@expert(
    source="continuity, on the empty cross-section",
    examples=[Example({"volume_flow": 0.53568, "diameter": 1.2}, {"superficial_velocity": 0.47365})],
)
def superficial_velocity(
    volume_flow: Annotated[float, k.volume_flow, Range(gt=0)],
    diameter: Annotated[float, a.bed_diameter, Range(gt=0)],
) -> Annotated[float, f.superficial_velocity]:
    """Superficial velocity of a flow through a bed, column or vessel."""
    return 4.0 * volume_flow / (math.pi * diameter**2)


@expert(
    source="definition: v = Q / A",
    examples=[Example({"volume_flow": 0.01, "area": 2.0}, {"superficial_velocity": 0.005})],
)
def superficial_velocity_from_area(
    volume_flow: Annotated[float, k.volume_flow, Range(gt=0)],
    area: Annotated[float, k.area, Range(gt=0)],
) -> Annotated[float, f.superficial_velocity]:
    """Superficial velocity of a flow through a bed of known cross-section."""
    return volume_flow / area


@expert(
    source="S. Ergun 1952 (fluids.packed_bed.Ergun)",
    validity="voidage 0.2 to 0.9, incompressible flow",
    methods=("Ergun", "Ergun equation"),
    examples=[
        Example(
            {
                "particle_diameter": 2e-3, "voidage": 0.4, "superficial_velocity": 0.3, "density": 1.2,
                "viscosity": 1.8e-5,
                "bed_height": 1.0,
            },
            {"bed_pressure_drop": 2025.0},
        ),
        Example(
            {
                "particle_diameter": 3e-3, "voidage": 0.4, "superficial_velocity": 0.5, "density": 1.2,
                "viscosity": 1.8e-5,
                "bed_height": 2.0,
            },
            {"bed_pressure_drop": 4968.75},
        ),
    ],
    requires=("fluids",), extra="process",
)  # fmt: skip
def packed_bed_pressure_drop(
    particle_diameter: Annotated[float, a.particle_diameter, Range(gt=0)],
    voidage: Annotated[float, a.voidage, Range(ge=0.2, le=0.9)],
    superficial_velocity: Annotated[float, f.superficial_velocity, Range(gt=0)],
    density: Annotated[float, k.density, Range(gt=0)],
    viscosity: Annotated[float, p.viscosity, Range(gt=0)],
    bed_height: Annotated[float, a.bed_height, Range(gt=0)],
    sphericity: Annotated[float, a.sphericity, Range(gt=0, le=1)] = 1.0,
    pressure: Annotated[float | None, k.pressure, Range(gt=0), STATED] = None,
) -> Annotated[float, a.bed_pressure_drop]:
    """Pressure drop of a flow through a packed bed by Ergun's equation."""
    from fluids.packed_bed import Ergun

    drop = float(
        Ergun(
            dp=particle_diameter * sphericity,
            voidage=voidage,
            vs=superficial_velocity,
            rho=density,
            mu=viscosity,
            L=bed_height,
        )
    )
    if pressure is not None and density < 60.0 and drop > 0.1 * pressure:
        caution(f"the gas loses {drop / pressure:.0%} of its pressure: it expands, and the result is too low")
    return drop


@expert(
    source="C. Y. Wen and Y. H. Yu 1966: Re_mf = √(33.7² + 0.0408 Ar) - 33.7",
    validity="within about 30 %",
    methods=("Wen and Yu", "Wen-Yu"),
    examples=[
        Example(
            {"particle_diameter": 2e-4, "particle_density": 2600.0, "density": 1.2, "viscosity": 1.8e-5},
            {"minimum_fluidisation_velocity": 0.0343},
            tolerance=1e-2,
        )
    ],
)
def minimum_fluidisation(
    particle_diameter: Annotated[float, a.particle_diameter, Range(gt=0)],
    particle_density: Annotated[float, a.particle_density, Range(gt=0)],
    density: Annotated[float, k.density, Range(gt=0)],
    viscosity: Annotated[float, p.viscosity, Range(gt=0)],
) -> Annotated[float, a.minimum_fluidisation_velocity]:
    """Superficial velocity at which a bed of particles begins to fluidise.

    Raises:
        OutOfRange: the particles are not denser than the fluid.
    """
    _check_sinks(particle_density, density)
    archimedes = density * (particle_density - density) * GRAVITY * particle_diameter**3 / viscosity**2
    reynolds = math.sqrt(33.7**2 + 0.0408 * archimedes) - 33.7
    return reynolds * viscosity / (density * particle_diameter)


EXPERTS = (
    terminal_velocity, stokes_velocity, settling_area, superficial_velocity,
    superficial_velocity_from_area, packed_bed_pressure_drop,
    minimum_fluidisation,
)  # fmt: skip
