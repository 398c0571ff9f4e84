"""Relief valves to API 520: areas for gas, steam and liquid, relieving pressure, standard orifices."""

from __future__ import annotations

import math
from typing import Annotated

from collegia.domains.process_engineering.kinds import gases as g
from collegia.domains.process_engineering.kinds import properties as p
from collegia.domains.process_engineering.kinds import valves as v
from collegia.errors import OutOfRange
from collegia.tools import STATED, Example, Range, assume, caution, expert
from collegia.tools import common as k

__all__ = [
    "EXPERTS", "pressure_at_relief", "relief_area_liquid", "relief_area_steam", "relief_valve_area",
    "relieving_pressure_of", "standard_orifice",
]  # fmt: skip

_ATMOSPHERE = 101325.0


@expert(
    source="API 520-1, 5.6 (fluids.safety_valve.API520_A_g)",
    validity="gas or vapour; critical or subcritical flow of a conventional valve",
    methods=("API 520", "API RP 520", "API-520"),
    examples=[
        Example(
            {
                "mass_flow": 24270 / 3600, "temperature": 348.0, "relieving_pressure": 670e3, "molar_mass": 0.051,
                "heat_capacity_ratio": 1.11, "compressibility": 0.9,
            },
            {"relief_area": 0.003699},
            source="API 520-1, example 1",
        ),
        Example(
            {
                "mass_flow": 20000 / 3600, "temperature": 333.15, "relieving_pressure": 13.2e5, "molar_mass": 0.0440956,
                "heat_capacity_ratio": 1.13, "compressibility": 0.820968,
            },
            {"relief_area": 1.54474e-3},
        ),
    ],
    requires=("fluids",), extra="process",
)  # fmt: skip
def relief_valve_area(
    mass_flow: Annotated[float, k.mass_flow, Range(gt=0)],
    temperature: Annotated[float, k.temperature, Range(gt=0)],
    relieving_pressure: Annotated[float, v.relieving_pressure, Range(gt=0)],
    molar_mass: Annotated[float, k.molar_mass, Range(gt=0)],
    heat_capacity_ratio: Annotated[float, p.heat_capacity_ratio, Range(gt=1)],
    compressibility: Annotated[float, g.compressibility, Range(gt=0)] = 1.0,
    discharge_coefficient: Annotated[float, v.relief_discharge_coefficient, Range(gt=0, le=1), STATED] = 0.975,
    back_pressure: Annotated[float | None, v.back_pressure, Range(gt=0), STATED] = None,
    back_pressure_factor: Annotated[float | None, v.back_pressure_factor, Range(gt=0, le=1), STATED] = None,
    combination_factor: Annotated[float | None, v.combination_factor, Range(gt=0, le=1), STATED] = None,
) -> Annotated[float, v.relief_area]:
    """Orifice area of a relief valve for a gas or vapour.

    The relieving pressure is absolute: set pressure plus overpressure plus atmosphere. Without a back pressure the
    valve blows to atmosphere; without correction factors they are 1.

    Raises:
        OutOfRange: the relieving pressure is not above the back pressure.
    """
    from fluids.compressible import is_critical_flow
    from fluids.safety_valve import API520_A_g

    back_pressure = back_pressure or _ATMOSPHERE
    _check_drop(relieving_pressure, back_pressure)
    if is_critical_flow(relieving_pressure, back_pressure, heat_capacity_ratio):
        assume("critical (choked) flow through the valve")
    else:
        caution("the flow through the valve is subcritical: the back pressure counts")
    return float(
        API520_A_g(
            m=mass_flow,
            T=temperature,
            Z=compressibility,
            MW=molar_mass * 1000.0,  # g/mol here, SI elsewhere
            k=heat_capacity_ratio,
            P1=relieving_pressure,
            P2=back_pressure,
            Kd=discharge_coefficient,
            Kb=back_pressure_factor or 1.0,
            Kc=combination_factor or 1.0,
        )
    )


@expert(
    source="API 520-1, 5.7 (fluids.safety_valve.API520_A_steam, 10th edition)",
    validity="dry saturated or superheated steam to 22.06 MPa and 649 °C, critical flow",
    methods=("API 520", "API RP 520"),
    examples=[
        Example(
            {"mass_flow": 69615 / 3600, "relieving_pressure": 12236e3, "temperature": 707.0389, "steam": "steam"},
            {"relief_area": 0.00128518893},
            source="API 520-1 10th edition, example 4",
        ),
        Example(
            {"mass_flow": 10000 / 3600, "relieving_pressure": 11e5, "steam": "steam"},
            {"relief_area": 0.0017762},
            source="190.5 m / (P1 Kd)",
        ),
    ],
    cost=0.9, requires=("fluids", "chemicals"), extra="process",
)  # fmt: skip
def relief_area_steam(
    steam: Annotated[str, v.steam_service],
    mass_flow: Annotated[float, k.mass_flow, Range(gt=0)],
    relieving_pressure: Annotated[float, v.relieving_pressure, Range(gt=0, le=22.06e6)],
    temperature: Annotated[float | None, k.temperature, Range(gt=0, le=922.15), STATED] = None,
    discharge_coefficient: Annotated[float, v.relief_discharge_coefficient, Range(gt=0, le=1), STATED] = 0.975,
    back_pressure_factor: Annotated[float | None, v.back_pressure_factor, Range(gt=0, le=1), STATED] = None,
    combination_factor: Annotated[float | None, v.combination_factor, Range(gt=0, le=1), STATED] = None,
) -> Annotated[float, v.relief_area]:
    """Orifice area of a relief valve for steam, saturated unless a temperature is stated.

    Raises:
        OutOfRange: water is a liquid at the stated temperature.
    """
    from chemicals.iapws import iapws95_Tsat
    from fluids.safety_valve import API520_A_steam

    boiling = float(iapws95_Tsat(relieving_pressure))  # type: ignore[no-untyped-call]  # not annotated
    if temperature is None:
        assume("the steam is dry and saturated")
        temperature = boiling
    if temperature < boiling - 0.5:
        raise OutOfRange(
            f"water at {temperature - 273.15:.4g} °C and {relieving_pressure / 1e5:.4g} bar is a liquid, not steam: "
            f"it boils at {boiling - 273.15:.4g} °C"
        )
    return float(
        API520_A_steam(  # type: ignore[no-untyped-call]  # the library leaves it without annotations
            m=mass_flow,
            T=temperature,
            P1=relieving_pressure,
            Kd=discharge_coefficient,
            Kb=back_pressure_factor or 1.0,
            Kc=combination_factor or 1.0,
        )
    )


@expert(
    source="API 520-1, 5.8: A = 11.78 Q √(G / (P1 - P2)) / (Kd Kw Kc Kv)",
    validity="capacity-certified valves, conventional (Kw = 1), turbulent (Kv = 1)",
    methods=("API 520 liquid",),
    examples=[
        Example(
            {
                "volume_flow": 6814 / 60000, "density": 900.0, "relieving_pressure": 1.896e6 + 101325.0,
                "back_pressure": 345e3 + 101325.0, "discharge_coefficient": 0.65,
            },
            {"relief_area": 2.9746e-3},
            tolerance=2e-3,
            source="11.78 · 6814 · √(0.9 / 1551) / 0.65",
        )
    ],
    cost=1.5,
)  # fmt: skip
def relief_area_liquid(
    volume_flow: Annotated[float, k.volume_flow, Range(gt=0)],
    density: Annotated[float, k.density, Range(gt=60)],
    relieving_pressure: Annotated[float, v.relieving_pressure, Range(gt=0)],
    back_pressure: Annotated[float | None, v.back_pressure, Range(gt=0), STATED] = None,
    discharge_coefficient: Annotated[float, v.relief_discharge_coefficient, Range(gt=0, le=1), STATED] = 0.65,
    combination_factor: Annotated[float | None, v.combination_factor, Range(gt=0, le=1), STATED] = None,
) -> Annotated[float, v.relief_area]:
    """Orifice area of a relief valve for a liquid.

    Raises:
        OutOfRange: the relieving pressure is not above the back pressure, or the density is that of a gas.
    """
    back_pressure = back_pressure or _ATMOSPHERE
    _check_drop(relieving_pressure, back_pressure)
    litres_a_minute, drop = volume_flow * 60000.0, (relieving_pressure - back_pressure) / 1000.0
    factors = discharge_coefficient * (combination_factor or 1.0)
    return 1e-6 * 11.78 * litres_a_minute * math.sqrt(density / 1000.0 / drop) / factors


@expert(
    source="API 520-1, 5.4: set gauge pressure times (1 + overpressure), plus atmosphere",
    examples=[
        Example(
            {"set_pressure": 1101325.0, "overpressure": 0.1}, {"relieving_pressure": 1201325.0}, source="10 bar(g) set"
        )
    ],
)
def relieving_pressure_of(
    set_pressure: Annotated[float, v.set_pressure, Range(gt=_ATMOSPHERE)],
    overpressure: Annotated[float, v.overpressure, Range(ge=0, le=0.25), STATED] = 0.1,
) -> Annotated[float, v.relieving_pressure]:
    """Absolute relieving pressure from the set pressure and the allowable overpressure."""
    return (set_pressure - _ATMOSPHERE) * (1.0 + overpressure) + _ATMOSPHERE


@expert(
    source="a relieving fluid reaches the valve at its relieving pressure",
    examples=[Example({"relieving_pressure": 6e5}, {"pressure": 6e5})],
)
def pressure_at_relief(
    relieving_pressure: Annotated[float, v.relieving_pressure, Range(gt=0)],
) -> Annotated[float, k.pressure]:
    """Pressure at which the properties of a relieving fluid count."""
    return relieving_pressure


@expert(
    source="API 526 orifice areas (fluids.safety_valve)",
    methods=("API 526",),
    examples=[Example({"area": 1.54474e-3}, {"orifice_letter": "L"}), Example({"area": 0.003699},
    {"orifice_letter": "P"})],
    requires=("fluids",), extra="process",
)  # fmt: skip
def standard_orifice(area: Annotated[float, v.relief_area, Range(gt=0)]) -> Annotated[str, v.orifice_letter]:
    """Letter of the smallest API 526 orifice that is large enough.

    Raises:
        OutOfRange: even the largest orifice, T, is too small.
    """
    from fluids.safety_valve import API526_A, API526_letters

    for letter, size in zip(API526_letters, API526_A, strict=True):
        if size >= area:
            return str(letter)
    raise OutOfRange(f"{area * 1e6:.4g} mm² is more than the largest API 526 orifice (T, {API526_A[-1] * 1e6:.4g} mm²)")


def _check_drop(relieving: float, back: float) -> None:
    if relieving <= back:
        raise OutOfRange(
            f"a relief valve needs a relieving pressure ({relieving / 1e5:.4g} bar) above the back pressure "
            f"({back / 1e5:.4g} bar), both absolute"
        )


EXPERTS = (
    pressure_at_relief,
    relief_valve_area,
    relief_area_steam,
    relief_area_liquid,
    relieving_pressure_of,
    standard_orifice,
)
