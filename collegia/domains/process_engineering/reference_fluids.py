"""One door to the libraries that know fluids: CoolProp's equations of state, and `thermo`'s correlations elsewhere.

CoolProp answers above a fluid's highest temperature and names superheated steam "supercritical_gas"; `thermo`
extrapolates beyond its tables. Both are held to their ranges here.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Any, NamedTuple

from collegia.domains.process_engineering.substances import chemicals_id, coolprop_name
from collegia.errors import NoData, OutOfRange

__all__ = [
    "GAS_CONSTANT",
    "Limits",
    "correlation",
    "has_equation_of_state",
    "limits",
    "saturation",
    "say_state",
    "state",
]

GAS_CONSTANT = 8.31446261815324
"""J/(mol·K), CODATA 2018 (exact)."""


class Limits(NamedTuple):
    """Where an equation of state holds, and the critical point: K and Pa."""

    t_min: float
    t_max: float
    p_max: float
    t_critical: float
    p_critical: float


def has_equation_of_state(substance: str) -> bool:
    """Whether CoolProp knows the substance."""
    try:
        coolprop_name(substance)
    except NoData:
        return False
    return True


def _abstract(name: str) -> Any:
    """A fresh state: one that is shared would change under a caller that still reads it."""
    from CoolProp.CoolProp import AbstractState

    return AbstractState("HEOS", name)


@lru_cache(maxsize=64)
def limits(substance: str) -> Limits:
    """The range of the equation of state and the critical point.

    Raises:
        NoData: CoolProp does not know the substance.
    """
    fluid = _abstract(coolprop_name(substance))
    return Limits(
        float(fluid.Tmin()), float(fluid.Tmax()), float(fluid.pmax()), float(fluid.T_critical()),
        float(fluid.p_critical()),
    )  # fmt: skip


def say_state(temperature: float, pressure: float) -> str:
    """A state in the units people read: `500 °C and 1 bar`."""
    return f"{temperature - 273.15:.4g} °C and {pressure / 1e5:.4g} bar"


def saturation(substance: str, quality: float, temperature: float | None = None, pressure: float | None = None) -> Any:
    """CoolProp's state on the boiling (`quality` 0) or dew line (1), at a temperature (K) or a pressure (Pa).

    Raises:
        OutOfRange: above the critical point or below the triple point.
        NoData: CoolProp does not know the substance.
    """
    from CoolProp import CoolProp

    span = limits(substance)
    fluid = _abstract(coolprop_name(substance))
    if temperature is not None:
        if temperature >= span.t_critical:
            raise OutOfRange(
                f"{substance} has no boiling line at {temperature - 273.15:.4g} °C: "
                f"that is above its critical temperature, {span.t_critical - 273.15:.4g} °C"
            )
        _check_cold(substance, temperature, span)
        fluid.update(CoolProp.QT_INPUTS, quality, temperature)
    elif pressure is not None:
        if pressure >= span.p_critical:
            raise OutOfRange(
                f"{substance} does not boil at {pressure / 1e5:.4g} bar: that is above its critical pressure, "
                f"{span.p_critical / 1e5:.4g} bar"
            )
        try:
            fluid.update(CoolProp.PQ_INPUTS, pressure, quality)
        except ValueError as error:
            raise OutOfRange(f"no boiling line of {substance} at {pressure / 1e5:.4g} bar: {error}") from error
        _check_cold(substance, float(fluid.T()), span)
    return fluid


def _check_cold(substance: str, temperature: float, span: Limits) -> None:
    if temperature < span.t_min - 1e-6:
        raise OutOfRange(
            f"{substance} at {temperature - 273.15:.4g} °C is below the range of its equation of state, which "
            f"begins at {span.t_min - 273.15:.4g} °C, where most fluids are frozen solid"
        )


def state(substance: str, temperature: float, pressure: float) -> Any:
    """CoolProp's state at a temperature (K) and an absolute pressure (Pa), held to the range of its equation.

    Raises:
        OutOfRange: outside the range, frozen, or between bubble and dew point of a blend.
        NoData: CoolProp does not know the substance.
    """
    from CoolProp import CoolProp

    span = limits(substance)
    _check_cold(substance, temperature, span)
    if temperature > span.t_max or pressure > span.p_max:
        raise OutOfRange(
            f"{substance} at {say_state(temperature, pressure)} is outside the range of its equation of state "
            f"(up to {span.t_max - 273.15:.4g} °C and {span.p_max / 1e5:.4g} bar)"
        )
    fluid = _abstract(coolprop_name(substance))
    try:
        fluid.update(CoolProp.PT_INPUTS, pressure, temperature)
    except ValueError as error:
        raise OutOfRange(f"{substance} at {say_state(temperature, pressure)}: {error}") from error
    return fluid


@lru_cache(maxsize=256)
def _correlation(kind: str, cas: str) -> Any:
    import thermo

    return getattr(thermo, kind)(CASRN=cas, extrapolation=None)


def correlation(kind: str, substance: str, temperature: float) -> float | None:
    """A temperature-dependent property from `thermo`'s tabulated correlations, None outside their range.

    Args:
        kind: thermo's class name, such as `VaporPressure` or `ViscosityLiquid`.
        substance: its plain name.
        temperature: K.

    Raises:
        NoData: the substance is not a known pure compound.
    """
    value = _correlation(kind, chemicals_id(substance)).T_dependent_property(temperature)
    return None if value is None else float(value)
