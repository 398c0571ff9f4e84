"""Compressors: power and discharge temperature, in one stage or several."""

from __future__ import annotations

from typing import Annotated, NamedTuple

from collegia.domains.process_engineering.kinds import gases as g
from collegia.domains.process_engineering.kinds import properties as p
from collegia.errors import OutOfRange, Unclear
from collegia.tools import STATED, At, Example, Range, caution, expert
from collegia.tools import common as k

__all__ = ["EXPERTS", "compressor_power", "intercooled_compression", "isentropic_compression", "pressure_ratio"]

_HOT = 473.15
"""Above 200 °C at discharge a compressor is usually staged and cooled."""


class Compression(NamedTuple):
    """Power and discharge temperature of a compressor."""

    compressor_power: Annotated[float, g.compressor_power]
    discharge_temperature: Annotated[float, k.temperature, At("end")]


class Isentropic(NamedTuple):
    """Power and discharge temperature of an ideal compressor."""

    isentropic_power: Annotated[float, g.isentropic_power]
    isentropic_temperature: Annotated[float, g.isentropic_temperature]


class Intercooled(NamedTuple):
    """Power of a compressor in stages, and what the stages save."""

    intercooled_power: Annotated[float, g.intercooled_power]
    intercooling_saving: Annotated[float, g.intercooling_saving]
    stage_pressure_ratio: Annotated[float, g.stage_pressure_ratio]


_AIR = {
    "mass_flow": 1.0, "inlet_temperature": 298.15, "inlet_pressure": 1e5, "outlet_pressure": 5e5,
    "heat_capacity_ratio": 1.4, "molar_mass": 0.02897,
}  # fmt: skip


@expert(
    source="isentropic compression of a gas of constant k (fluids.isentropic_work_compression, _T_rise_compression)",
    validity="adiabatic, constant k and Z",
    methods=("isentropic", "adiabatic"),
    examples=[
        Example(
            {**_AIR, "efficiency": 0.75},
            {"compressor_power": 2.3313e5, "discharge_temperature": 530.24},
        ),
        Example(
            {**_AIR, "mass_flow": 1.5, "inlet_temperature": 293.15, "outlet_pressure": 4e5, "efficiency": 0.78},
            {"compressor_power": 275215.0, "discharge_temperature": 475.80},
        ),
    ],
    requires=("fluids",), extra="process",
)  # fmt: skip
def compressor_power(
    mass_flow: Annotated[float, k.mass_flow, Range(gt=0)],
    inlet_temperature: Annotated[float, k.temperature, At("start"), Range(gt=0)],
    inlet_pressure: Annotated[float, k.pressure, At("start"), Range(gt=0)],
    outlet_pressure: Annotated[float, k.pressure, At("end"), Range(gt=0)],
    heat_capacity_ratio: Annotated[float, p.heat_capacity_ratio, Range(gt=1)],
    molar_mass: Annotated[float, k.molar_mass, Range(gt=0)],
    efficiency: Annotated[float, g.isentropic_efficiency, Range(gt=0, le=1)],
    compressibility: Annotated[float, g.compressibility, Range(gt=0), STATED] = 1.0,
    stages: Annotated[float | None, g.compression_stages, STATED] = None,
) -> Compression:
    """Shaft power and discharge temperature of an adiabatic compressor in one stage.

    Raises:
        OutOfRange: the outlet pressure is not above the inlet pressure.
        Unclear: the compressor is said to have several stages.
    """
    if stages is not None and stages > 1:
        raise Unclear(
            f"the compressor is said to have {stages:g} stages, and this is the power of one: is the gas cooled "
            "between them? Then ask for the intercooled power"
        )
    from fluids.compressible import isentropic_T_rise_compression

    work = _work(
        inlet_temperature, inlet_pressure, outlet_pressure, heat_capacity_ratio, molar_mass, efficiency, compressibility
    )
    discharge = float(
        isentropic_T_rise_compression(
            inlet_temperature, inlet_pressure, outlet_pressure, heat_capacity_ratio, eta=efficiency
        )
    )
    if discharge > _HOT:
        caution(
            f"discharge at {discharge - 273.15:.0f} °C is above the usual limit of about 200 °C: compress in stages"
        )
    return Compression(mass_flow * work, discharge)


@expert(
    source="isentropic compression of a gas of constant k (fluids.isentropic_work_compression)",
    validity="adiabatic and free of loss, constant k and Z",
    methods=("isentropic",),
    examples=[
        Example(
            {**_AIR, "inlet_temperature": 293.15, "outlet_pressure": 9e5},
            {"isentropic_power": 257205.0, "isentropic_temperature": 549.21},
        )
    ],
    requires=("fluids",), extra="process",
)  # fmt: skip
def isentropic_compression(
    mass_flow: Annotated[float, k.mass_flow, Range(gt=0)],
    inlet_temperature: Annotated[float, k.temperature, At("start"), Range(gt=0)],
    inlet_pressure: Annotated[float, k.pressure, At("start"), Range(gt=0)],
    outlet_pressure: Annotated[float, k.pressure, At("end"), Range(gt=0)],
    heat_capacity_ratio: Annotated[float, p.heat_capacity_ratio, Range(gt=1)],
    molar_mass: Annotated[float, k.molar_mass, Range(gt=0)],
    compressibility: Annotated[float, g.compressibility, Range(gt=0), STATED] = 1.0,
) -> Isentropic:
    """Power and discharge temperature of an ideal, isentropic compressor in one stage.

    Raises:
        OutOfRange: the outlet pressure is not above the inlet pressure.
    """
    work = _work(
        inlet_temperature, inlet_pressure, outlet_pressure, heat_capacity_ratio, molar_mass, 1.0, compressibility
    )
    rise = (outlet_pressure / inlet_pressure) ** ((heat_capacity_ratio - 1.0) / heat_capacity_ratio)
    return Isentropic(mass_flow * work, inlet_temperature * rise)


@expert(
    source="equal stage ratios, cooled back to the inlet temperature between stages",
    validity="adiabatic stages, perfect intercooling, constant k and Z",
    methods=("intercooling", "perfect intercooling"),
    examples=[
        Example(
            {**_AIR, "inlet_temperature": 293.15, "outlet_pressure": 9e5, "stages": 2.0},
            {"intercooled_power": 217166.0, "intercooling_saving": 0.155669, "stage_pressure_ratio": 3.0},
        )
    ],
    requires=("fluids",), extra="process",
)  # fmt: skip
def intercooled_compression(
    mass_flow: Annotated[float, k.mass_flow, Range(gt=0)],
    inlet_temperature: Annotated[float, k.temperature, At("start"), Range(gt=0)],
    inlet_pressure: Annotated[float, k.pressure, At("start"), Range(gt=0)],
    outlet_pressure: Annotated[float, k.pressure, At("end"), Range(gt=0)],
    heat_capacity_ratio: Annotated[float, p.heat_capacity_ratio, Range(gt=1)],
    molar_mass: Annotated[float, k.molar_mass, Range(gt=0)],
    stages: Annotated[float, g.compression_stages, Range(ge=1, le=10)],
    efficiency: Annotated[float, g.isentropic_efficiency, Range(gt=0, le=1)] = 1.0,
    compressibility: Annotated[float, g.compressibility, Range(gt=0), STATED] = 1.0,
) -> Intercooled:
    """Power of a compressor with intercooling between equal stages, and what it saves against one stage.

    Raises:
        OutOfRange: the outlet pressure is not above the inlet pressure, or the stages are no whole number.
    """
    if stages != round(stages):
        raise OutOfRange(f"a compressor has a whole number of stages, not {stages:g}")
    single = _work(
        inlet_temperature, inlet_pressure, outlet_pressure, heat_capacity_ratio, molar_mass, efficiency, compressibility
    )
    ratio = (outlet_pressure / inlet_pressure) ** (1.0 / stages)
    staged = stages * _work(
        inlet_temperature,
        inlet_pressure,
        inlet_pressure * ratio,
        heat_capacity_ratio,
        molar_mass,
        efficiency,
        compressibility,
    )
    return Intercooled(mass_flow * staged, 1.0 - staged / single, ratio)


def _work(
    temperature: float, inlet: float, outlet: float, ratio: float, molar_mass: float, efficiency: float, factor: float
) -> float:
    """Work of compression in J/kg; the library gives it in J/mol.

    Raises:
        OutOfRange: the outlet pressure is not above the inlet pressure.
    """
    from fluids.compressible import isentropic_work_compression

    if outlet <= inlet:
        raise OutOfRange(
            f"a compressor raises the pressure; the outlet, {outlet / 1e5:.4g} bar, is not above the inlet, "
            f"{inlet / 1e5:.4g} bar"
        )
    if factor == 1.0 and inlet > 20e5:
        caution(f"ideal gas at {inlet / 1e5:.4g} bar: state the compressibility factor if the gas is not ideal")
    molar = isentropic_work_compression(T1=temperature, k=ratio, Z=factor, P1=inlet, P2=outlet, eta=efficiency)
    return float(molar) / molar_mass


@expert(
    source="definition",
    examples=[Example({"inlet_pressure": 1e5, "outlet_pressure": 9e5}, {"pressure_ratio": 9.0})],
)
def pressure_ratio(
    inlet_pressure: Annotated[float, k.pressure, At("start"), Range(gt=0)],
    outlet_pressure: Annotated[float, k.pressure, At("end"), Range(gt=0)],
) -> Annotated[float, g.pressure_ratio]:
    """Ratio of the outlet to the inlet pressure."""
    return outlet_pressure / inlet_pressure


EXPERTS = (compressor_power, isentropic_compression, intercooled_compression, pressure_ratio)
