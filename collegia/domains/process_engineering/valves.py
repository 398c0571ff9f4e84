"""Control valves for liquids: flow coefficient and its inverses."""

from __future__ import annotations

import math
from typing import Annotated, Any, NamedTuple

from collegia.domains.process_engineering.kinds import saturation as s
from collegia.domains.process_engineering.kinds import valves as v
from collegia.errors import OutOfRange
from collegia.tools import At, Example, Range, caution, expert
from collegia.tools import common as k

__all__ = [
    "EXPERTS", "control_valve_kv", "cv_from_kv", "kv_from_cv", "valve_drop_from_kv", "valve_flow_from_kv",
    "valve_kv_from_drop",
]  # fmt: skip

_CV_PER_KV = 1.156
"""US gallons a minute at 1 psi to m³/h at 1 bar (IEC 60534-1)."""

_WATER = 999.103
"""Density of water at 15 °C, kg/m³, against which Kv counts (IEC 60534)."""


class ValveSize(NamedTuple):
    """Flow coefficient of a valve in both systems."""

    kv: Annotated[float, v.flow_coefficient_kv]
    cv: Annotated[float, v.flow_coefficient_cv]


@expert(
    source="IEC 60534-2-1 by fluids.control_valve.size_control_valve_l",
    validity="turbulent liquid flow; pipe reducers are not counted",
    methods=("IEC 60534", "ISA 75.01"),
    examples=[
        Example(
            {
                "volume_flow": 30 / 3600, "inlet_pressure": 7e5, "outlet_pressure": 6e5, "density": 900.0,
                "vapour_pressure": 2000.0, "critical_pressure": 22.064e6,
            },
            {"kv": 28.473, "cv": 32.915},
        ),
        Example(
            {
                "volume_flow": 20 / 3600, "inlet_pressure": 5e5, "outlet_pressure": 4e5, "density": 998.0,
                "vapour_pressure": 2340.0, "critical_pressure": 220.6e5,
            },
            {"kv": 19.989},
        ),
        Example(
            {
                "volume_flow": 0.1, "inlet_pressure": 680e3, "outlet_pressure": 220e3, "density": 965.4,
                "vapour_pressure": 70.1e3, "critical_pressure": 22120e3,
            },
            {"kv": 164.9955},
            source="IEC 60534-2-1, example 1",
        ),
    ],
    requires=("fluids",), extra="process",
)  # fmt: skip
def control_valve_kv(
    volume_flow: Annotated[float, k.volume_flow, Range(gt=0)],
    inlet_pressure: Annotated[float, k.pressure, At("start"), Range(gt=0)],
    outlet_pressure: Annotated[float, k.pressure, At("end"), Range(gt=0)],
    density: Annotated[float, k.density, Range(gt=0)],
    vapour_pressure: Annotated[float | None, s.vapour_pressure, Range(ge=0)] = None,
    critical_pressure: Annotated[float | None, s.critical_pressure, Range(gt=0)] = None,
    recovery_factor: Annotated[float, v.recovery_factor, Range(gt=0, le=1)] = 0.9,
) -> ValveSize:
    """Flow coefficient that a control valve needs to pass a liquid, choked flow included.

    Density and vapour pressure are those at the inlet. Without a vapour and a critical pressure it is not known
    whether the flow chokes or flashes, and the answer says so.

    Raises:
        OutOfRange: the outlet pressure is not below the inlet pressure, the liquid boils before the valve, or the
            density is that of a gas.
    """
    _check_liquid(density)
    if outlet_pressure >= inlet_pressure:
        raise OutOfRange(
            f"a valve lowers the pressure; its outlet, {outlet_pressure / 1e5:.4g} bar, is not below its inlet, "
            f"{inlet_pressure / 1e5:.4g} bar"
        )
    if vapour_pressure is None or critical_pressure is None:
        caution("vapour or critical pressure not known: choked flow and flashing were not checked")
        return valve_kv_from_drop(volume_flow, inlet_pressure - outlet_pressure, density)
    if vapour_pressure >= inlet_pressure:
        raise OutOfRange(
            f"the liquid boils before the valve: its vapour pressure, {vapour_pressure / 1e5:.4g} bar, is not below "
            f"the inlet pressure, {inlet_pressure / 1e5:.4g} bar"
        )
    return _size(
        (volume_flow, density, recovery_factor), (inlet_pressure, outlet_pressure), (vapour_pressure, critical_pressure)
    )


def _size(flow: tuple[float, float, float], pressures: tuple[float, float], limits: tuple[float, float]) -> ValveSize:
    from fluids.control_valve import size_control_valve_l

    (volume_flow, density, recovery), (inlet, outlet), (vapour, critical) = flow, pressures, limits
    sized: Any = size_control_valve_l(
        rho=density,
        Psat=vapour,
        Pc=critical,
        mu=1e-3,
        P1=inlet,
        P2=outlet,
        Q=volume_flow,
        FL=recovery,
        full_output=True,
    )
    if outlet < vapour:
        caution(
            f"the liquid flashes: the outlet pressure, {outlet / 1e5:.4g} bar, is below its vapour pressure, "
            f"{vapour / 1e5:.4g} bar"
        )
    if sized["choked"]:
        caution("the flow is choked: a lower outlet pressure would not pass more")
    kv = float(sized["Kv"])
    return ValveSize(kv, kv * _CV_PER_KV)


@expert(
    source="definition of Kv (IEC 60534-1): Q √(ρ/ρ_water / Δp[bar])",
    validity="turbulent, not choked",
    examples=[
        Example({"volume_flow": 30 / 3600, "pressure_drop": 1e5, "density": 900.0}, {"kv": 28.473, "cv": 32.915})
    ],
    cost=1.2,
)
def valve_kv_from_drop(
    volume_flow: Annotated[float, k.volume_flow, Range(gt=0)],
    pressure_drop: Annotated[float, v.valve_pressure_drop, Range(gt=0)],
    density: Annotated[float, k.density, Range(gt=0)],
) -> ValveSize:
    """Flow coefficient of a valve from its flow and pressure drop, if the flow is not choked.

    Raises:
        OutOfRange: the density is that of a gas.
    """
    _check_liquid(density)
    kv = volume_flow * 3600.0 * math.sqrt(density / _WATER / (pressure_drop / 1e5))
    return ValveSize(kv, kv * _CV_PER_KV)


@expert(
    source="definition of Kv (IEC 60534-1)",
    validity="turbulent, not choked",
    examples=[Example({"kv": 28.473, "pressure_drop": 1e5, "density": 900.0}, {"volume_flow": 30 / 3600})],
)
def valve_flow_from_kv(
    kv: Annotated[float, v.flow_coefficient_kv, Range(gt=0)],
    pressure_drop: Annotated[float, v.valve_pressure_drop, Range(gt=0)],
    density: Annotated[float, k.density, Range(gt=0)],
) -> Annotated[float, k.volume_flow]:
    """Liquid flow through a valve from its flow coefficient and pressure drop, if it is not choked.

    Raises:
        OutOfRange: the density is that of a gas.
    """
    _check_liquid(density)
    return kv / 3600.0 * math.sqrt(pressure_drop / 1e5 * _WATER / density)


@expert(
    source="definition of Kv (IEC 60534-1)",
    validity="turbulent, not choked",
    examples=[Example({"kv": 28.473, "volume_flow": 30 / 3600, "density": 900.0}, {"valve_pressure_drop": 1e5})],
)
def valve_drop_from_kv(
    kv: Annotated[float, v.flow_coefficient_kv, Range(gt=0)],
    volume_flow: Annotated[float, k.volume_flow, Range(gt=0)],
    density: Annotated[float, k.density, Range(gt=0)],
) -> Annotated[float, v.valve_pressure_drop]:
    """Pressure drop of a liquid flow across a valve from its flow coefficient.

    Raises:
        OutOfRange: the density is that of a gas.
    """
    _check_liquid(density)
    return density / _WATER * (volume_flow * 3600.0 / kv) ** 2 * 1e5


@expert(source="IEC 60534-1: Cv = 1.156 Kv", examples=[Example({"cv": 11.56}, {"flow_coefficient_kv": 10.0})])
def kv_from_cv(cv: Annotated[float, v.flow_coefficient_cv, Range(gt=0)]) -> Annotated[float, v.flow_coefficient_kv]:
    """Kv of a valve from its Cv."""
    return cv / _CV_PER_KV


@expert(source="IEC 60534-1: Cv = 1.156 Kv", examples=[Example({"kv": 10.0}, {"flow_coefficient_cv": 11.56})])
def cv_from_kv(kv: Annotated[float, v.flow_coefficient_kv, Range(gt=0)]) -> Annotated[float, v.flow_coefficient_cv]:
    """Cv of a valve from its Kv."""
    return kv * _CV_PER_KV


def _check_liquid(density: float) -> None:
    if density < 60.0:
        raise OutOfRange(f"this sizes valves for liquids; {density:.4g} kg/m³ is the density of a gas")


EXPERTS = (control_valve_kv, valve_kv_from_drop, valve_flow_from_kv, valve_drop_from_kv, kv_from_cv, cv_from_kv)
