"""Orifice plates to ISO 5167: flow, bore, differential pressure and permanent loss."""

from __future__ import annotations

from typing import Annotated, Any, NamedTuple

from collegia.domains.process_engineering.kinds import properties as p
from collegia.domains.process_engineering.kinds import valves as v
from collegia.domains.process_engineering.kinds.pipes import inside_diameter
from collegia.errors import OutOfRange, Unclear
from collegia.tools import STATED, Example, Range, caution, expert
from collegia.tools import common as k

__all__ = ["EXPERTS", "beta_ratio", "orifice_bore", "orifice_differential", "orifice_flow", "orifice_from_beta"]

_GAS = 60.0
"""Below this density (kg/m³) a fluid is taken for a gas, which expands through the plate."""

_LIQUID_PRESSURE = 1e9
"""A stand-in for the upstream pressure of a liquid: without expansion the flow depends on the difference alone."""


class OrificeFlow(NamedTuple):
    """What an orifice meter tells."""

    mass_flow: Annotated[float, k.mass_flow]
    beta_ratio: Annotated[float, v.beta_ratio]
    discharge_coefficient: Annotated[float, v.discharge_coefficient]
    permanent_loss: Annotated[float, v.permanent_loss]


_WATER = {"pipe_diameter": 0.1, "orifice_diameter": 0.05, "density": 998.0, "viscosity": 1e-3}


@expert(
    source="ISO 5167-2:2003, Reader-Harris/Gallagher (fluids.flow_meter.differential_pressure_meter_solver)",
    validity="diameter ratio 0.1 to 0.75, orifice of 12.5 mm and more, pipe of 50 mm to 1 m",
    methods=("ISO 5167", "Reader-Harris/Gallagher", "orifice plate", "orifice meter"),
    examples=[
        Example(
            {
                "pipe_diameter": 0.2, "orifice_diameter": 0.1, "density": 998.0, "viscosity": 1e-3,
                "differential": 20e3,
                "taps": "corner",
            },
            {"mass_flow": 31.035},
        ),
        Example({**_WATER, "differential": 25e3}, {"mass_flow": 8.69021, "beta_ratio": 0.5}),
    ],
    requires=("fluids",), extra="process",
)  # fmt: skip
def orifice_flow(
    pipe_diameter: Annotated[float, inside_diameter, Range(gt=0)],
    orifice_diameter: Annotated[float, v.orifice_diameter, Range(gt=0)],
    density: Annotated[float, k.density, Range(gt=0)],
    viscosity: Annotated[float, p.viscosity, Range(gt=0)],
    differential: Annotated[float, v.meter_differential, Range(gt=0)],
    taps: Annotated[str, v.taps] = "corner",
    pressure: Annotated[float | None, k.pressure, Range(gt=0), STATED] = None,
    heat_capacity_ratio: Annotated[float | None, p.heat_capacity_ratio, Range(gt=1)] = None,
) -> OrificeFlow:
    """Mass flow through an orifice plate from its differential pressure.

    Raises:
        OutOfRange: a diameter ratio outside 0.1 to 0.75, or a differential above the upstream pressure.
        Unclear: the fluid is a gas, and its pressure or isentropic exponent is not known.
    """
    from fluids.flow_meter import differential_pressure_meter_C_epsilon, differential_pressure_meter_solver, dP_orifice

    beta = _check_geometry(pipe_diameter, orifice_diameter)
    upstream, exponent, epsilon = _expansion(density, differential, pressure, heat_capacity_ratio)
    common: dict[str, Any] = {
        "D": pipe_diameter, "D2": orifice_diameter, "P1": upstream, "P2": upstream - differential, "rho": density,
        "mu": viscosity, "k": exponent, "meter_type": "ISO 5167 orifice", "taps": taps,
    }  # fmt: skip
    flow = float(differential_pressure_meter_solver(**common, epsilon_specified=epsilon))
    coefficient = float(differential_pressure_meter_C_epsilon(**common, m=flow, epsilon_specified=epsilon)[0])
    loss = dP_orifice(D=pipe_diameter, Do=orifice_diameter, P1=upstream, P2=upstream - differential, C=coefficient)
    return OrificeFlow(flow, beta, coefficient, float(loss))


@expert(
    source="ISO 5167-2:2003 (fluids.flow_meter.differential_pressure_meter_solver)",
    validity="liquids; diameter ratio 0.1 to 0.75",
    methods=("ISO 5167",),
    examples=[
        Example(
            {
                "pipe_diameter": 0.1, "mass_flow": 8.69021, "density": 998.0, "viscosity": 1e-3, "differential": 25e3,
                "taps": "corner",
            },
            {"orifice_diameter": 0.05},
        )
    ],
    cost=1.2, requires=("fluids",), extra="process",
)  # fmt: skip
def orifice_bore(
    pipe_diameter: Annotated[float, inside_diameter, Range(gt=0)],
    mass_flow: Annotated[float, k.mass_flow, Range(gt=0)],
    density: Annotated[float, k.density, Range(ge=_GAS)],
    viscosity: Annotated[float, p.viscosity, Range(gt=0)],
    differential: Annotated[float, v.meter_differential, Range(gt=0)],
    taps: Annotated[str, v.taps] = "corner",
) -> Annotated[float, v.orifice_diameter]:
    """Bore of an orifice plate that gives a liquid flow a differential pressure.

    Raises:
        OutOfRange: no bore with a diameter ratio of 0.1 to 0.75 does.
    """
    from fluids.flow_meter import differential_pressure_meter_solver

    bore = float(
        differential_pressure_meter_solver(
            D=pipe_diameter, m=mass_flow, P1=_LIQUID_PRESSURE, P2=_LIQUID_PRESSURE - differential, rho=density,
            mu=viscosity, k=1.4, meter_type="ISO 5167 orifice", taps=taps, epsilon_specified=1.0,
        )
    )  # fmt: skip
    _check_geometry(pipe_diameter, bore)
    return bore


@expert(
    source="ISO 5167-2:2003 (fluids.flow_meter.differential_pressure_meter_C_epsilon)",
    validity="liquids; diameter ratio 0.1 to 0.75",
    methods=("ISO 5167",),
    examples=[Example({**_WATER, "mass_flow": 8.69021}, {"meter_differential": 25e3})],
    cost=3.0, requires=("fluids",), extra="process",
)  # fmt: skip
def orifice_differential(
    pipe_diameter: Annotated[float, inside_diameter, Range(gt=0)],
    orifice_diameter: Annotated[float, v.orifice_diameter, Range(gt=0)],
    mass_flow: Annotated[float, k.mass_flow, Range(gt=0)],
    density: Annotated[float, k.density, Range(ge=_GAS)],
    viscosity: Annotated[float, p.viscosity, Range(gt=0)],
    taps: Annotated[str, v.taps] = "corner",
) -> Annotated[float, v.meter_differential]:
    """Differential pressure that a liquid flow makes at an orifice plate.

    Raises:
        OutOfRange: a diameter ratio outside 0.1 to 0.75.
    """
    from fluids.flow_meter import differential_pressure_meter_C_epsilon, flow_meter_discharge

    _check_geometry(pipe_diameter, orifice_diameter)
    coefficient, _ = differential_pressure_meter_C_epsilon(
        D=pipe_diameter, D2=orifice_diameter, m=mass_flow, P1=_LIQUID_PRESSURE, P2=_LIQUID_PRESSURE, rho=density,
        mu=viscosity, k=1.4, meter_type="ISO 5167 orifice", taps=taps, epsilon_specified=1.0,
    )  # fmt: skip
    # the flow goes with the root of the difference, so one trial of 1 Pa gives the rest
    trial = flow_meter_discharge(  # type: ignore[no-untyped-call]  # the library leaves it without annotations
        D=pipe_diameter, Do=orifice_diameter, P1=1.0, P2=0.0, rho=density, C=float(coefficient), expansibility=1.0
    )
    return float(mass_flow / trial) ** 2


@expert(
    source="definition: d / D",
    examples=[Example({"orifice_diameter": 0.05, "pipe_diameter": 0.1}, {"beta_ratio": 0.5})],
)
def beta_ratio(
    orifice_diameter: Annotated[float, v.orifice_diameter, Range(gt=0)],
    pipe_diameter: Annotated[float, inside_diameter, Range(gt=0)],
) -> Annotated[float, v.beta_ratio]:
    """Diameter ratio of an orifice plate."""
    return orifice_diameter / pipe_diameter


@expert(source="definition: β D", examples=[Example({"beta": 0.5, "pipe_diameter": 0.1}, {"orifice_diameter": 0.05})])
def orifice_from_beta(
    beta: Annotated[float, v.beta_ratio, Range(gt=0, lt=1)],
    pipe_diameter: Annotated[float, inside_diameter, Range(gt=0)],
) -> Annotated[float, v.orifice_diameter]:
    """Bore of an orifice plate from its diameter ratio."""
    return beta * pipe_diameter


def _check_geometry(pipe: float, orifice: float) -> float:
    beta = orifice / pipe
    if not 0.1 <= beta <= 0.75:
        raise OutOfRange(f"diameter ratio (beta) {beta:.3g} is outside ISO 5167: it must be from 0.1 to 0.75")
    if orifice < 0.0125 or not 0.05 <= pipe <= 1.0:
        caution("ISO 5167 is for orifices of 12.5 mm and more in pipes of 50 mm to 1 m")
    return beta


def _expansion(
    density: float, differential: float, pressure: float | None, exponent: float | None
) -> tuple[float, float, float | None]:
    """Upstream pressure, isentropic exponent and fixed expansibility (None where the library computes it)."""
    if density >= _GAS:
        return _LIQUID_PRESSURE, 1.4, 1.0
    if pressure is None or exponent is None:
        raise Unclear("the fluid is a gas: state its upstream pressure and its isentropic exponent (cp/cv)")
    if differential >= 0.25 * pressure:
        raise OutOfRange(
            f"ISO 5167 needs a differential below a quarter of the upstream pressure; {differential / 1e5:.4g} bar is "
            f"not, against {pressure / 1e5:.4g} bar"
        )
    return pressure, exponent, None


EXPERTS = (orifice_flow, orifice_bore, orifice_differential, beta_ratio, orifice_from_beta)
