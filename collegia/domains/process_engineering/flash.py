"""Flashes, bubble and dew points of mixtures."""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated, Any, NamedTuple

from collegia.domains.process_engineering.kinds import separation as s
from collegia.domains.process_engineering.kinds.saturation import vapour_pressure
from collegia.domains.process_engineering.vle import (
    AUTOMATIC,
    Mixture,
    Phases,
    equilibrium,
    mean_molar_mass,
    quiet,
    split,
)
from collegia.errors import OutOfRange
from collegia.tools import STATED, Example, Of, Range, assume, expert
from collegia.tools import common as k
from collegia.tools.units import ATMOSPHERE

__all__ = ["EXPERTS", "Compositions", "Split"]

_AROMATICS = (("benzene", 0.5), ("toluene", 0.5))
_LIGHT = (("propane", 0.3), ("butane", 0.4), ("pentane", 0.3))
_POINT = (("benzene", 0.6), ("toluene", 0.4))
_SOURCE = "Peng-Robinson 1976 with kij of ChemSep, or modified UNIFAC (Dortmund) for polar mixtures; thermo"

_Model = Annotated[str, s.vle_model, STATED]
_Kij = Annotated[str, s.kij, STATED]
_Temperature = Annotated[float, k.temperature, Range(gt=0)]
_Pressure = Annotated[float, k.pressure, Range(gt=0)]


class Split(NamedTuple):
    """The shares of the feed's moles that leave as vapour and as liquid."""

    vapour_fraction: Annotated[float, s.vapour_fraction]
    liquid_fraction: Annotated[float, s.liquid_fraction]


class Compositions(NamedTuple):
    """Mole fractions of both phases and their ratio, by substance."""

    vapour_mole_fraction: Annotated[dict[str, float], s.vapour_mole_fraction]
    liquid_mole_fraction: Annotated[dict[str, float], s.liquid_mole_fraction]
    k_value: Annotated[dict[str, float], s.k_value]


def _flash(mixture: Mixture, temperature: float, pressure: float, model: str, kij: str) -> Phases:
    names, feed = split(mixture)
    with quiet():
        return equilibrium(names, model, kij).flash(temperature, pressure, feed)


@expert(
    source=_SOURCE,
    methods=("flash", "isothermal flash", "Rachford-Rice"),
    examples=[
        Example({"mixture": _AROMATICS, "temperature": 368, "pressure": 101325}, {"vapour_fraction": 0.41584}),
        Example({"mixture": _AROMATICS, "temperature": 368.15, "pressure": 101325}, {"vapour_fraction": 0.437636}),
        Example(
            {"mixture": _LIGHT, "temperature": 328.15, "pressure": 6e5, "kij": "zero"}, {"vapour_fraction": 0.42556}
        ),
        Example({"mixture": _LIGHT, "temperature": 328.15, "pressure": 6e5}, {"vapour_fraction": 0.50151}),
    ],
    requires=("thermo",),
    extra="process",
    seconds=3.0,
)
def pt_flash(
    mixture: Annotated[tuple[tuple[str, float], ...], s.mixture],
    temperature: _Temperature,
    pressure: _Pressure,
    model: _Model = AUTOMATIC,
    kij: _Kij = "ChemSep",
) -> Split:
    """Vapour and liquid fractions of a mixture at a temperature and a pressure (isothermal flash).

    Below the bubble point all of it is liquid, above the dew point all of it is vapour.

    Raises:
        OutOfRange: a mixture or a state the model does not hold for.
        NoData: a component without data.
    """
    found = _flash(mixture, temperature, pressure, model, kij)
    if found.vapour_fraction in (0.0, 1.0):
        assume(f"one phase only: all of it is {'vapour' if found.vapour_fraction else 'liquid'} at these conditions")
    return Split(found.vapour_fraction, 1 - found.vapour_fraction)


@expert(
    source=_SOURCE,
    methods=("flash", "isothermal flash"),
    examples=[
        Example(
            {"mixture": _AROMATICS, "temperature": 368, "pressure": 101325},
            {
                "vapour_mole_fraction": {"benzene": 0.6258, "toluene": 0.3742},
                "liquid_mole_fraction": {"benzene": 0.41045, "toluene": 0.58955},
            },
        ),
        Example(
            {"mixture": _LIGHT, "temperature": 328.15, "pressure": 6e5, "kij": "zero"},
            {"vapour_mole_fraction": {"propane": 0.464484, "butane": 0.387436, "pentane": 0.148081}},
        ),
    ],
    requires=("thermo",),
    extra="process",
    seconds=3.0,
)
def flash_compositions(
    mixture: Annotated[tuple[tuple[str, float], ...], s.mixture],
    temperature: _Temperature,
    pressure: _Pressure,
    model: _Model = AUTOMATIC,
    kij: _Kij = "ChemSep",
) -> Compositions:
    """Mole fractions in the vapour and in the liquid of a mixture at a temperature and a pressure.

    Raises:
        OutOfRange: one phase only, or a mixture or a state the model does not hold for.
        NoData: a component without data.
    """
    found = _flash(mixture, temperature, pressure, model, kij)
    if not 0 < found.vapour_fraction < 1:
        phase, point = (
            ("vapour", "above its dew point") if found.vapour_fraction else ("liquid", "below its bubble point")
        )
        raise OutOfRange(
            f"all of the mixture is {phase} at {temperature - 273.15:.1f} °C and {pressure / 1e5:.4g} bar, {point}"
        )
    names = [name for name, _ in mixture]
    vapour, liquid = dict(zip(names, found.vapour, strict=True)), dict(zip(names, found.liquid, strict=True))
    return Compositions(vapour, liquid, {name: vapour[name] / share for name, share in liquid.items() if share > 0})


def _boiling_point(mixture: Mixture, vapour_fraction: float, pressure: float, model: str, kij: str) -> float:
    names, feed = split(mixture)
    with quiet():
        return equilibrium(names, model, kij).temperature(vapour_fraction, pressure, feed)


def _boiling_pressure(mixture: Mixture, vapour_fraction: float, temperature: float, model: str, kij: str) -> float:
    names, feed = split(mixture)
    with quiet():
        return equilibrium(names, model, kij).pressure(vapour_fraction, temperature, feed)


@expert(
    source=_SOURCE,
    examples=[Example({"mixture": _POINT}, {"bubble_temperature": 362.41}, 1e-5)],
    requires=("thermo",),
    extra="process",
    seconds=3.0,
)
def bubble_temperature(
    mixture: Annotated[tuple[tuple[str, float], ...], s.mixture],
    pressure: Annotated[float, k.pressure, STATED, Range(gt=0)] = ATMOSPHERE,
    model: _Model = AUTOMATIC,
    kij: _Kij = "ChemSep",
) -> Annotated[float, s.bubble_temperature]:
    """Temperature at which a liquid mixture starts to boil.

    Raises:
        OutOfRange: the pressure is above the mixture's critical region, or the model does not hold.
        NoData: a component without data.
    """
    return _boiling_point(mixture, 0.0, pressure, model, kij)


@expert(
    source=_SOURCE,
    examples=[Example({"mixture": _POINT}, {"dew_temperature": 368.82}, 1e-5)],
    requires=("thermo",),
    extra="process",
    seconds=3.0,
)
def dew_temperature(
    mixture: Annotated[tuple[tuple[str, float], ...], s.mixture],
    pressure: Annotated[float, k.pressure, STATED, Range(gt=0)] = ATMOSPHERE,
    model: _Model = AUTOMATIC,
    kij: _Kij = "ChemSep",
) -> Annotated[float, s.dew_temperature]:
    """Temperature at which a gas mixture starts to condense.

    Raises:
        OutOfRange: the pressure is above the mixture's critical region, or the model does not hold.
        NoData: a component without data.
    """
    return _boiling_point(mixture, 1.0, pressure, model, kij)


@expert(
    source=_SOURCE,
    examples=[Example({"mixture": _POINT, "temperature": 362.40984}, {"bubble_pressure": 101325})],
    requires=("thermo",),
    extra="process",
    seconds=3.0,
)
def bubble_pressure(
    mixture: Annotated[tuple[tuple[str, float], ...], s.mixture],
    temperature: _Temperature,
    model: _Model = AUTOMATIC,
    kij: _Kij = "ChemSep",
) -> Annotated[float, s.bubble_pressure]:
    """Pressure below which a liquid mixture boils at a temperature.

    Raises:
        OutOfRange: the temperature is above the mixture's critical region, or the model does not hold.
        NoData: a component without data.
    """
    return _boiling_pressure(mixture, 0.0, temperature, model, kij)


@expert(
    source=_SOURCE,
    examples=[Example({"mixture": _POINT, "temperature": 368.81727}, {"dew_pressure": 101325})],
    requires=("thermo",),
    extra="process",
    seconds=3.0,
)
def dew_pressure(
    mixture: Annotated[tuple[tuple[str, float], ...], s.mixture],
    temperature: _Temperature,
    model: _Model = AUTOMATIC,
    kij: _Kij = "ChemSep",
) -> Annotated[float, s.dew_pressure]:
    """Pressure above which a gas mixture condenses at a temperature.

    Raises:
        OutOfRange: the temperature is above the mixture's critical region, or the model does not hold.
        NoData: a component without data.
    """
    return _boiling_pressure(mixture, 1.0, temperature, model, kij)


_Feed = Annotated[float, s.feed_flow, Range(gt=0)]
_Share = Annotated[float, s.vapour_fraction, Range(ge=0, le=1)]


@expert(
    source="V = F·(V/F)", examples=[Example({"feed_flow": 200, "vapour_fraction": 0.42556}, {"vapour_flow": 85.112})]
)
def vapour_flow(feed_flow: _Feed, vapour_fraction: _Share) -> Annotated[float, s.vapour_flow]:
    """Vapour that leaves a flash drum."""
    return feed_flow * vapour_fraction


@expert(
    source="L = F·(1 − V/F)",
    examples=[Example({"feed_flow": 200, "vapour_fraction": 0.42556}, {"liquid_flow": 114.888})],
)
def liquid_flow(feed_flow: _Feed, vapour_fraction: _Share) -> Annotated[float, s.liquid_flow]:
    """Liquid that leaves a flash drum."""
    return feed_flow * (1 - vapour_fraction)


@expert(
    source="M = Σ z·M",
    examples=[Example({"mixture": _AROMATICS}, {"molar_mass": 0.0851251})],
    requires=("chemicals",),
    extra="process",
    seconds=0.5,
)
def mixture_molar_mass(
    mixture: Annotated[tuple[tuple[str, float], ...], s.mixture],
) -> Annotated[float, k.molar_mass]:
    """Mean molar mass of a mixture."""
    split(mixture)
    with quiet():
        return mean_molar_mass(mixture)


@expert(
    source="z = (w/M)/Σ(w/M)",
    examples=[
        Example(
            {"mass_mixture": (("butane", 0.25), ("isobutane", 0.75))},
            {"mixture": (("butane", 0.25), ("isobutane", 0.75))},
            source="isomers have the same molar mass",
        )
    ],
    requires=("chemicals",),
    extra="process",
    seconds=0.5,
)
def mole_fractions(
    mass_mixture: Annotated[tuple[tuple[str, float], ...], s.mass_mixture],
) -> Annotated[tuple[tuple[str, float], ...], s.mixture]:
    """The mole fractions of a mixture that is given by mass."""
    split(mass_mixture)
    with quiet():
        moles = [(name, share / mean_molar_mass(((name, 1.0),))) for name, share in mass_mixture]
    total = sum(amount for _, amount in moles)
    return tuple((name, amount / total) for name, amount in moles)


@expert(
    source="Raoult's law: α = Psat(light)/Psat(heavy)",
    examples=[Example({"light": 2e5, "heavy": 1e5}, {"relative_volatility": 2})],
    cost=2.0,
)
def ideal_relative_volatility(
    light: Annotated[float, vapour_pressure, Of("light"), Range(gt=0)],
    heavy: Annotated[float, vapour_pressure, Of("heavy"), Range(gt=0)],
) -> Annotated[float, s.relative_volatility]:
    """Relative volatility of an ideal pair, from its vapour pressures at one temperature.

    Raises:
        OutOfRange: the light component has the lower vapour pressure.
    """
    if light <= heavy:
        raise OutOfRange("the light component must have the higher vapour pressure")
    assume("Raoult's law: an ideal liquid and an ideal gas, both vapour pressures at one temperature")
    return light / heavy


EXPERTS: tuple[Callable[..., Any], ...] = (
    pt_flash,
    flash_compositions,
    bubble_temperature,
    dew_temperature,
    bubble_pressure,
    dew_pressure,
    vapour_flow,
    liquid_flow,
    mixture_molar_mass,
    mole_fractions,
    ideal_relative_volatility,
)
"""The experts of this module."""
