"""Fluids that CoolProp does not hold: tabulated correlations of `thermo`, at low to moderate pressure."""

from __future__ import annotations

from collegia.domains.process_engineering.peng_robinson import peng_robinson_gas
from collegia.domains.process_engineering.reference_fluids import GAS_CONSTANT, correlation, say_state
from collegia.domains.process_engineering.substances import chemicals_id
from collegia.errors import NoData, OutOfRange, Unclear
from collegia.tools import assume

__all__ = ["correlated_state", "low_pressure_transport"]

_HIGHEST_PRESSURE = 5e6
"""Above 50 bar the effect of pressure on a liquid's density or a gas's viscosity is no longer small."""

State = tuple[
    float, float | None, float | None, float | None, float | None, float | None, float | None, float | None, str
]


def low_pressure_transport(
    substance: str, temperature: float, pressure: float, phase: str, have: tuple[float | None, float | None]
) -> tuple[float | None, float | None]:
    """Viscosity (Pa·s) and conductivity (W/(m·K)) from correlations, where `have` lacks one; None where none holds."""
    if phase == "supercritical" or pressure > _HIGHEST_PRESSURE:
        return have
    found = _transport(substance, temperature, phase, have)
    if found != have:
        assume(
            f"viscosity and conductivity of {substance} from thermo's low-pressure correlations where CoolProp has none"
        )
    return found


def _transport(
    substance: str, temperature: float, phase: str, have: tuple[float | None, float | None]
) -> tuple[float | None, float | None]:
    suffix = "Liquid" if phase == "liquid" else "Gas"
    try:
        viscosity = have[0] if have[0] is not None else correlation(f"Viscosity{suffix}", substance, temperature)
        conductivity = (
            have[1] if have[1] is not None else correlation(f"ThermalConductivity{suffix}", substance, temperature)
        )
    except NoData:  # a blend: the compound tables do not hold it
        return have
    return viscosity, conductivity


def correlated_state(substance: str, temperature: float, pressure: float, expected: str | None) -> State:
    """Density, viscosity, heat capacity, conductivity, Prandtl number, Z, cp/cv, None and phase from correlations.

    Raises:
        OutOfRange: frozen, too high a pressure, or not in the phase that was asked about.
        Unclear: on the boiling line, and nobody said liquid or vapour.
        NoData: the tables hold no density of the compound there.
    """
    phase = _phase(substance, temperature, pressure, expected)
    if pressure > _HIGHEST_PRESSURE:
        raise OutOfRange(f"correlations of {substance} hold up to 50 bar, not {pressure / 1e5:.4g} bar")
    from chemicals import MW

    mass = float(MW(chemicals_id(substance))) / 1000.0
    ratio: float | None = None
    factor: float | None = None
    viscosity, conductivity = _transport(substance, temperature, phase, (None, None))
    if phase == "liquid":
        volume = correlation("VolumeLiquid", substance, temperature)
        if volume is None:
            raise NoData(f"the tables hold no liquid density of {substance} at {temperature - 273.15:.4g} °C")
        density = mass / volume
        molar_heat = correlation("HeatCapacityLiquid", substance, temperature)
        assume(f"properties of liquid {substance} from thermo's correlations; the effect of pressure is neglected")
    else:
        factor = peng_robinson_gas(substance, temperature, pressure)
        density = pressure * mass / (factor * GAS_CONSTANT * temperature)
        molar_heat = correlation("HeatCapacityGas", substance, temperature)
        ratio = molar_heat / (molar_heat - GAS_CONSTANT) if molar_heat else None
        assume(f"density of gaseous {substance} by Peng-Robinson, its heat capacity as an ideal gas (thermo)")
    heat_capacity = molar_heat / mass if molar_heat else None
    prandtl = heat_capacity * viscosity / conductivity if heat_capacity and viscosity and conductivity else None
    return density, viscosity, heat_capacity, conductivity, prandtl, factor, ratio, None, phase


def _phase(substance: str, temperature: float, pressure: float, expected: str | None) -> str:
    from chemicals import Tc, Tm

    cas = chemicals_id(substance)
    melting, critical = Tm(cas), Tc(cas)
    if melting is not None and temperature < melting:
        raise OutOfRange(
            f"{substance} at {temperature - 273.15:.4g} °C is solid: it melts at {melting - 273.15:.4g} °C"
        )
    if critical is not None and temperature >= critical:
        phase = "gas"
    else:
        boiling = correlation("VaporPressure", substance, temperature)
        if boiling is not None and abs(pressure / boiling - 1.0) <= 0.005:
            if expected is None:
                raise Unclear(
                    f"{substance} at {say_state(temperature, pressure)} is on its boiling line: liquid or vapour?"
                )
            phase = expected
        else:
            phase = (
                _by_boiling_point(substance, temperature, pressure)
                if boiling is None
                else ("liquid" if pressure > boiling else "gas")
            )
    if expected is not None and phase != expected:
        spoken = "a superheated vapour (gas)" if phase == "gas" else "a liquid"
        raise OutOfRange(f"{substance} at {say_state(temperature, pressure)} is {spoken}, not a {expected}")
    return phase


def _by_boiling_point(substance: str, temperature: float, pressure: float) -> str:
    """The phase where no vapour pressure is tabulated, as far as the normal boiling point tells it."""
    from chemicals import Tb

    boiling = Tb(chemicals_id(substance))
    if boiling is not None and temperature < boiling - 1.0 and pressure >= 0.99 * 101325.0:
        return "liquid"
    if boiling is not None and temperature > boiling + 1.0 and pressure <= 1.01 * 101325.0:
        return "gas"
    raise NoData(f"the tables hold no vapour pressure of {substance} at {temperature - 273.15:.4g} °C")
