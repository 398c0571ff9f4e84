"""Enthalpies and heat capacities of streams that a question names by their substance."""

from __future__ import annotations

import math

from collegia.domains.process_engineering.substances import chemicals_id, coolprop_name
from collegia.domains.process_engineering.vle import quiet
from collegia.errors import NoData, OutOfRange
from collegia.tools import assume
from collegia.tools.units import ATMOSPHERE

__all__ = ["enthalpy", "liquid_heat_capacity", "same_phase", "saturated_vapour_enthalpy", "temperature_at_enthalpy"]

_NEAR = 0.5  # K: a temperature this near the boiling point means the boiling liquid (or the saturated vapour)
_CLEAR = 1e-3  # K: how far from the boiling line an equation of state gives one phase without doubt


def _props(output: str, left: tuple[str, float], right: tuple[str, float], substance: str) -> float:
    from CoolProp.CoolProp import PropsSI

    try:
        value = float(PropsSI(output, *left, *right, coolprop_name(substance)))
    except ValueError as error:
        raise OutOfRange(f"{substance} has no such state in its equation of state: {error}") from error
    if not math.isfinite(value):
        raise OutOfRange(f"{substance} has no such state in its equation of state")
    return value


def enthalpy(substance: str, temperature: float, pressure: float) -> float:
    """Specific enthalpy, J/kg, at K and Pa.

    Raises:
        NoData: CoolProp does not know the substance.
        OutOfRange: the state lies outside its equation of state, or on the boiling line.
    """
    return _props("H", ("T", temperature), ("P", pressure), substance)


def temperature_at_enthalpy(substance: str, value: float, pressure: float) -> float:
    """Temperature, K, at a specific enthalpy (J/kg) and pressure (Pa)."""
    return _props("T", ("H", value), ("P", pressure), substance)


def saturated_vapour_enthalpy(substance: str, pressure: float) -> float:
    """Specific enthalpy of the saturated vapour, J/kg."""
    _below_critical(substance, pressure)
    return _props("H", ("P", pressure), ("Q", 1), substance)


def _critical_pressure(substance: str) -> float:
    from CoolProp.CoolProp import PropsSI

    return float(PropsSI("Pcrit", coolprop_name(substance)))


def _below_critical(substance: str, pressure: float) -> None:
    if pressure >= _critical_pressure(substance):
        raise OutOfRange(f"{pressure / 1e5:.4g} bar is above the critical pressure of {substance}: nothing boils there")


def same_phase(substance: str, low: float, high: float, pressure: float) -> tuple[float, float]:
    """A temperature range (K) in which the substance stays in one phase at a pressure (Pa).

    A limit within half a kelvin of the boiling point ("to 100 °C" at 1 atm) is drawn to the near side of it.

    Raises:
        OutOfRange: the boiling point lies between; the message names it.
        NoData: CoolProp does not know the substance.
    """
    if pressure >= _critical_pressure(substance):
        return low, high
    try:
        boiling = _props("T", ("P", pressure), ("Q", 0), substance)
        dew = _props("T", ("P", pressure), ("Q", 1), substance)
    except OutOfRange:  # below the triple point's pressure there is no liquid
        return low, high
    if high <= boiling + _NEAR and low < boiling - _NEAR:
        return low, min(high, boiling - _CLEAR)
    if low >= dew - _NEAR and high > dew + _NEAR:
        return max(low, dew + _CLEAR), high
    raise OutOfRange(
        f"{substance} boils at {boiling - 273.15:.1f} °C under {pressure / 1e5:.4g} bar, between {low - 273.15:.1f} "
        f"and {high - 273.15:.1f} °C: a heat capacity alone does not hold there (state the pressure if it is another)"
    )


def liquid_heat_capacity(substance: str, low: float, high: float) -> float:
    """Mean heat capacity of a liquid, J/(kg·K), where there is no reference equation of state.

    Raises:
        NoData: the library has no liquid heat capacity for it.
        OutOfRange: it is no liquid over the whole range at atmospheric pressure.
    """
    from chemicals import MW, Tb, Tm
    from thermo import HeatCapacityLiquid

    cas = chemicals_id(substance)
    with quiet():
        boiling, melting, molar_mass = Tb(cas), Tm(cas), MW(cas)
        mean = HeatCapacityLiquid(CASRN=cas, MW=molar_mass).T_dependent_property_integral(low, high)
    if not boiling or not molar_mass:
        raise NoData(f"no liquid heat capacity is known for {substance}")
    if high > boiling or (melting and low < melting):
        raise OutOfRange(
            f"{substance} is a liquid between {(melting or 0) - 273.15:.1f} and {boiling - 273.15:.1f} °C at 1 atm: "
            "its heat capacity outside that range is not in the data"
        )
    if mean is None:
        raise NoData(f"no liquid heat capacity is known for {substance}")
    assume(f"heat capacity of liquid {substance} at about {ATMOSPHERE / 1e5:.3f} bar")
    return float(mean / (high - low) / (molar_mass / 1000))
