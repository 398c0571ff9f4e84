"""The models of vapour-liquid equilibrium: cubic equations of state and activity coefficients over vapour pressures."""

from __future__ import annotations

import math
from functools import lru_cache
from itertools import combinations
from typing import Any

from collegia.domains.process_engineering.vle import Component, Equilibrium, Phases
from collegia.errors import NoData, OutOfRange

__all__ = ["activity_model", "equation_of_state"]

_Parts = tuple[Component, ...]
_Fractions = tuple[float, ...]
_Groups = tuple[tuple[int, int], ...]

_IDEAL_GAS = 10e5
"""Pa: up to here the gas over a polar mixture is taken as ideal."""


@lru_cache(maxsize=32)
def equation_of_state(parts: _Parts, model: str, *, zero_kij: bool) -> Equilibrium:
    """A cubic equation of state, solved by thermo."""
    return _Cubic(parts, model, zero_kij=zero_kij)


@lru_cache(maxsize=32)
def activity_model(parts: _Parts, *, ideal: bool = False) -> Equilibrium:
    """Modified UNIFAC, or an ideal liquid, over the components' vapour pressures; the gas is ideal."""
    return _Activity(parts, ideal=ideal)


class _Cubic:
    def __init__(self, parts: _Parts, model: str, *, zero_kij: bool) -> None:
        from thermo import (
            PRMIX,
            SRKMIX,
            CEOSGas,
            CEOSLiquid,
            ChemicalConstantsPackage,
            FlashVL,
            HeatCapacityGas,
            PropertyCorrelationsPackage,
        )
        from thermo.interaction_parameters import IPDB

        ids = [part.cas for part in parts]
        size = len(ids)
        kijs = [[0.0] * size for _ in ids] if zero_kij else IPDB.get_ip_asymmetric_matrix("ChemSep PR", ids, "kij")
        constants = {
            "Tcs": [part.critical_temperature for part in parts],
            "Pcs": [part.critical_pressure for part in parts],
            "omegas": [part.acentric_factor for part in parts],
        }
        masses = [part.molar_mass for part in parts]
        package = ChemicalConstantsPackage(CASs=ids, MWs=masses, **constants)
        heats = [HeatCapacityGas(CASRN=cas, MW=mass) for cas, mass in zip(ids, masses, strict=True)]
        equation = PRMIX if model == "Peng-Robinson" else SRKMIX
        phase = {"eos_class": equation, "eos_kwargs": {**constants, "kijs": kijs}, "HeatCapacityGases": heats}
        self._flasher = FlashVL(
            package,
            PropertyCorrelationsPackage(constants=package, skip_missing=True),
            liquid=CEOSLiquid(**phase),
            gas=CEOSGas(**phase),
        )

    def flash(self, temperature: float, pressure: float, feed: _Fractions) -> Phases:
        found = self._solve(feed, T=temperature, P=pressure)
        share = float(found.VF)
        vapour = tuple(map(float, found.gas.zs)) if found.gas is not None else ()
        liquid = tuple(map(float, found.liquid0.zs)) if found.liquids else ()
        return Phases(share, vapour, liquid)

    def temperature(self, vapour_fraction: float, pressure: float, feed: _Fractions) -> float:
        return float(self._two_phases(feed, VF=vapour_fraction, P=pressure).T)

    def pressure(self, vapour_fraction: float, temperature: float, feed: _Fractions) -> float:
        return float(self._two_phases(feed, VF=vapour_fraction, T=temperature).P)

    def _two_phases(self, feed: _Fractions, **state: float) -> Any:
        found = self._solve(feed, **state)
        gas, liquid = found.gas, found.liquids[0] if found.liquids else None
        if gas is None or liquid is None or _alike(gas.zs, liquid.zs):
            raise OutOfRange("the mixture has no bubble or dew point there: the state lies beyond its critical point")
        return found

    def _solve(self, feed: _Fractions, **state: float) -> Any:
        try:
            return self._flasher.flash(zs=list(feed), **state)
        except Exception as error:  # thermo's solvers raise bare errors of many types where no solution exists
            raise OutOfRange(f"the equation of state has no solution for this state: {error}") from error


def _alike(left: list[float], right: list[float]) -> bool:
    return all(abs(one - other) < 1e-4 for one, other in zip(left, right, strict=True))


class _Activity:
    """Modified Raoult's law: y·P = x·γ·Psat. The gas is ideal, so the pressure is kept below 10 bar."""

    def __init__(self, parts: _Parts, *, ideal: bool) -> None:
        from thermo import VaporPressure

        self._parts = parts
        self._groups = None if ideal else _groups(parts)
        self._vapour_pressures = [
            VaporPressure(
                CASRN=part.cas, Tc=part.critical_temperature, Pc=part.critical_pressure, omega=part.acentric_factor
            )
            for part in parts
        ]

    def flash(self, temperature: float, pressure: float, feed: _Fractions) -> Phases:
        from chemicals import flash_inner_loop

        self._check(temperature, pressure)
        if pressure >= self.pressure(0.0, temperature, feed):
            return Phases(0.0, (), feed)
        if pressure <= self.pressure(1.0, temperature, feed):
            return Phases(1.0, feed, ())
        liquid = vapour = feed
        share = 0.5
        for _ in range(2000):
            ratios = [value / pressure for value in self._partial_pressures(temperature, liquid)]
            share, new, above = flash_inner_loop(list(feed), ratios)
            change = max(abs(one - other) for one, other in zip(new, liquid, strict=True))
            liquid, vapour = tuple(map(float, new)), tuple(map(float, above))
            if change < 1e-11:
                return Phases(float(share), vapour, liquid)
        raise OutOfRange("the flash does not converge with activity coefficients")

    def temperature(self, vapour_fraction: float, pressure: float, feed: _Fractions) -> float:
        from scipy.optimize import brentq

        top = min(part.critical_temperature for part in self._parts) * 0.999
        low = min(200.0, top / 2)

        def excess(temperature: float) -> float:
            return math.log(self._point(vapour_fraction, temperature, feed) / pressure)

        if excess(top) < 0:
            raise OutOfRange(
                "a component is above its critical temperature at this pressure: no activity model holds there"
            )
        found = float(brentq(excess, low, top, xtol=1e-9))
        self._check(found, pressure)
        return found

    def pressure(self, vapour_fraction: float, temperature: float, feed: _Fractions) -> float:
        found = self._point(vapour_fraction, temperature, feed)
        self._check(temperature, found)
        return found

    def _point(self, vapour_fraction: float, temperature: float, feed: _Fractions) -> float:
        if vapour_fraction == 0:
            return sum(x * k for x, k in zip(feed, self._partial_pressures(temperature, feed), strict=True))
        liquid = feed
        for _ in range(2000):
            ratios = self._partial_pressures(temperature, liquid)
            shares = [y / ratio for y, ratio in zip(feed, ratios, strict=True)]
            new = tuple(share / sum(shares) for share in shares)
            change = max(abs(one - other) for one, other in zip(new, liquid, strict=True))
            liquid = new
            if change < 1e-11:
                return 1 / sum(shares)
        raise OutOfRange("the dew point does not converge with activity coefficients")

    def _partial_pressures(self, temperature: float, liquid: _Fractions) -> list[float]:
        """γ·Psat of every component, Pa."""
        pure = []
        for part, model in zip(self._parts, self._vapour_pressures, strict=True):
            value = model.T_dependent_property(temperature)
            if value is None or temperature > part.critical_temperature:
                raise OutOfRange(
                    f"{part.name} has no vapour pressure at {temperature:.1f} K: it is above its critical point"
                )
            pure.append(float(value))
        return [gamma * value for gamma, value in zip(self._gammas(temperature, liquid), pure, strict=True)]

    def _gammas(self, temperature: float, liquid: _Fractions) -> list[float]:
        return _activity_coefficients(self._groups, temperature, liquid) if self._groups else [1.0] * len(liquid)

    def _check(self, temperature: float, pressure: float) -> None:
        """Refuse what an ideal gas phase, or a single liquid phase, does not hold for."""
        if pressure > _IDEAL_GAS:
            raise OutOfRange(f"at {pressure / 1e5:.3g} bar the gas is no longer ideal: this model holds up to 10 bar")
        for left, right in combinations(range(len(self._parts)), 2):
            if self._groups and _two_liquids((self._groups[left], self._groups[right]), temperature):
                raise OutOfRange(
                    f"{self._parts[left].name} and {self._parts[right].name} form two liquid phases at "
                    f"{temperature - 273.15:.0f} °C: a vapour-liquid equilibrium alone does not hold there"
                )


def _groups(parts: _Parts) -> tuple[_Groups, ...]:
    """The groups of modified UNIFAC (Dortmund) in every component, as the DDBST assigns them."""
    from chemicals import search_chemical
    from thermo import unifac

    unifac.load_group_assignments_DDBST()
    found = []
    for part in parts:
        groups = unifac.DDBST_MODIFIED_UNIFAC_assignments.get(search_chemical(part.cas).InChI_key)
        if not groups:
            raise NoData(f"{part.name} has no UNIFAC groups, and its mixture is polar: no model here holds for it")
        found.append(tuple(sorted((int(group), int(count)) for group, count in groups.items())))
    return tuple(found)


def _activity_coefficients(groups: tuple[_Groups, ...], temperature: float, liquid: _Fractions) -> list[float]:
    from thermo import UNIFAC
    from thermo.unifac import DOUFIP2016, DOUFSG

    model = UNIFAC.from_subgroups(
        chemgroups=[dict(part) for part in groups],
        T=temperature,
        xs=[max(x, 1e-12) for x in liquid],
        version=1,
        subgroups=DOUFSG,
        interaction_data=DOUFIP2016,
    )
    return [float(value) for value in model.gammas()]


@lru_cache(maxsize=128)
def _two_liquids(groups: tuple[_Groups, _Groups], temperature: float) -> bool:
    """Whether a pair of liquids is not miscible: the activity of one falls somewhere as its share rises."""
    last = 0.0
    for step in range(1, 100):
        share = step / 100
        activity = share * _activity_coefficients(groups, temperature, (share, 1 - share))[0]
        if activity < last:
            return True
        last = activity
    return False
