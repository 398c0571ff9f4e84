"""Vapour-liquid equilibrium of mixtures: which model holds for which mixture, and one door to all of them.

Non-polar mixtures take the Peng-Robinson equation of state (thermo), polar ones a predictive activity model (modified
UNIFAC, Dortmund) over the vapour pressures, as an equation of state without fitted parameters is badly wrong for them.
"""

from __future__ import annotations

import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache
from typing import NamedTuple, Protocol

from collegia.domains.process_engineering.substances import chemicals_id
from collegia.errors import NoData, OutOfRange
from collegia.tools import assume, caution

__all__ = [
    "AUTOMATIC",
    "Component",
    "Equilibrium",
    "Mixture",
    "Phases",
    "components",
    "equilibrium",
    "mean_molar_mass",
    "quiet",
    "split",
]

Mixture = tuple[tuple[str, float], ...]
"""(substance, mole fraction) pairs."""

AUTOMATIC = "Peng-Robinson (modified UNIFAC for polar mixtures)"
"""The model where none is named."""

_OFFERED = ("Peng-Robinson", "SRK", "UNIFAC", "Raoult")


class Phases(NamedTuple):
    """What a flash gives: the vapour's share of the moles, and the mole fractions of vapour and liquid."""

    vapour_fraction: float
    vapour: tuple[float, ...]
    liquid: tuple[float, ...]


class Component(NamedTuple):
    """The constants of one component, SI units (molar mass in g/mol, as the libraries want it)."""

    name: str
    cas: str
    molar_mass: float
    critical_temperature: float
    critical_pressure: float
    acentric_factor: float
    polar: bool


class Equilibrium(Protocol):
    """One model of the components of one mixture."""

    def flash(self, temperature: float, pressure: float, feed: tuple[float, ...]) -> Phases:
        """The phases at K and Pa."""

    def temperature(self, vapour_fraction: float, pressure: float, feed: tuple[float, ...]) -> float:
        """The bubble (vapour fraction 0) or dew (1) temperature, K, at Pa."""

    def pressure(self, vapour_fraction: float, temperature: float, feed: tuple[float, ...]) -> float:
        """The bubble (vapour fraction 0) or dew (1) pressure, Pa, at K."""


@contextmanager
def quiet() -> Iterator[None]:
    """Keep the libraries' own deprecation and resource warnings (data files left to the collector) from the user."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        yield


def split(mixture: Mixture) -> tuple[tuple[str, ...], tuple[float, ...]]:
    """Names and mole fractions, checked.

    Raises:
        OutOfRange: fewer than two components, a negative fraction, or fractions that do not add up to one.
    """
    names = tuple(name for name, _ in mixture)
    feed = tuple(float(share) for _, share in mixture)
    if len(names) < 2 or len(set(names)) < len(names):
        raise OutOfRange("a mixture has two components or more, each named once")
    if min(feed) < 0 or abs(sum(feed) - 1) > 1e-3:
        raise OutOfRange(f"the mole fractions must be positive and add up to 1, not to {sum(feed):.4g}")
    total = sum(feed)
    return names, tuple(share / total for share in feed)


@lru_cache(maxsize=64)
def components(names: tuple[str, ...]) -> tuple[Component, ...]:
    """The constants of named components.

    Raises:
        NoData: a name is no pure substance, or its critical constants are not known.
    """
    from chemicals import MW, Pc, Tc, omega

    found = []
    for name in names:
        cas = chemicals_id(name)
        mass, critical_t, critical_p, factor = MW(cas), Tc(cas), Pc(cas), omega(cas)
        if mass is None or critical_t is None or critical_p is None or factor is None:
            raise NoData(f"the critical constants of {name} are not in the data")
        found.append(
            Component(name, cas, float(mass), float(critical_t), float(critical_p), float(factor), _polar(cas))
        )
    return tuple(found)


def _polar(cas: str) -> bool:
    """Whether a substance is polar: a dipole moment of 1 debye and more, or, unknown, any heteroatom in its formula."""
    from chemicals import dipole_moment, search_chemical

    moment = dipole_moment(cas)
    if moment is not None:
        return float(moment) >= 1.0
    return any(symbol not in "CH0123456789" for symbol in str(search_chemical(cas).formula))


def mean_molar_mass(mixture: Mixture) -> float:
    """Mean molar mass of a mixture, kg/mol."""
    from chemicals import MW

    return sum(share * float(MW(chemicals_id(name))) for name, share in mixture) / 1000


def equilibrium(names: tuple[str, ...], model: str, kij: str) -> Equilibrium:
    """The model for a mixture: the one that was asked for, or the one that fits; it names itself as an assumption.

    Raises:
        OutOfRange: a model that is not offered.
        NoData: a component lacks the data that the model needs.
    """
    from collegia.domains.process_engineering import vle_models as models

    if kij not in ("ChemSep", "zero"):
        raise OutOfRange(f"kij = {kij} cannot be set here: the parameters are those of ChemSep, or all zero")
    parts = components(names)
    polar = [part.name for part in parts if part.polar]
    chosen = model if model != AUTOMATIC else "UNIFAC" if polar else "Peng-Robinson"
    if chosen not in _OFFERED:
        raise OutOfRange(f"{chosen} is not offered here; these models are: {', '.join(_OFFERED)}")
    if chosen in ("Peng-Robinson", "SRK"):
        if polar:
            caution(f"{chosen} without fitted parameters is badly wrong for polar mixtures ({', '.join(polar)})")
        zero = kij == "zero" or chosen == "SRK"
        said = "all binary interaction parameters kij = 0" if zero else "kij of ChemSep, 0 for pairs it does not list"
        assume(f"vapour-liquid equilibrium by the {chosen} equation of state with {said}")
        return models.equation_of_state(parts, chosen, zero_kij=zero)
    if chosen == "UNIFAC":
        assume("vapour-liquid equilibrium by modified UNIFAC (Dortmund) with an ideal gas phase")
        caution("UNIFAC predicts activity coefficients from groups: check against measured data before a design")
        return models.activity_model(parts)
    assume("vapour-liquid equilibrium by Raoult's law: ideal liquid and ideal gas")
    if polar:
        caution(f"Raoult's law is badly wrong for polar mixtures ({', '.join(polar)})")
    return models.activity_model(parts, ideal=True)
