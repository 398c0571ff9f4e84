"""Flames: adiabatic temperature at chemical equilibrium."""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated, Any

from collegia.domains.process_engineering.kinds import reaction as r
from collegia.errors import NoData
from collegia.tools import STATED, Example, Range, assume, expert
from collegia.tools import common as k
from collegia.tools.units import ATMOSPHERE

__all__ = ["EXPERTS"]

_OXIDISERS = {"air": "O2:1, N2:3.76", "oxygen": "O2:1"}


@expert(
    source="GRI-Mech 3.0 thermodynamics, equilibrium at constant enthalpy and pressure; cantera",
    validity="fuels of GRI-Mech 3.0: hydrogen, carbon monoxide, hydrocarbons up to C3, methanol",
    methods=("adiabatic flame temperature", "equilibrium"),
    examples=[
        Example({"fuel": "CH4"}, {"flame_temperature": 2224.62}),
        Example({"fuel": "CH4", "equivalence_ratio": 0.7}, {"flame_temperature": 1837.29}),
        Example({"fuel": "C3H8", "equivalence_ratio": 0.8}, {"flame_temperature": 2041.4}),
    ],
    requires=("cantera",),
    extra="combustion",
    seconds=0.5,
)
def flame_temperature(
    fuel: Annotated[str, r.fuel],
    equivalence_ratio: Annotated[float, r.equivalence_ratio, Range(gt=0, le=10)] = 1.0,
    oxidiser: Annotated[str, r.oxidiser] = "air",
    temperature: Annotated[float, k.temperature, STATED, Range(ge=200, le=1500)] = 298.15,
    pressure: Annotated[float, k.pressure, STATED, Range(gt=1e3, le=2e7)] = ATMOSPHERE,
) -> Annotated[float, r.flame_temperature]:
    """Adiabatic flame temperature at chemical equilibrium, dissociation included.

    Raises:
        NoData: the fuel is not in GRI-Mech 3.0.
    """
    import cantera

    gas = cantera.Solution("gri30.yaml")
    if fuel not in gas.species_names:
        raise NoData(
            f"{fuel} is not in GRI-Mech 3.0, which holds hydrogen, carbon monoxide and hydrocarbons up to propane"
        )
    gas.TP = temperature, pressure
    gas.set_equivalence_ratio(equivalence_ratio, fuel, _OXIDISERS[oxidiser])
    gas.equilibrate("HP")
    assume("adiabatic, at constant pressure, burnt to chemical equilibrium; fuel and oxidiser enter at one temperature")
    return float(gas.T)


@expert(
    source="φ = 1/(1 + excess air)",
    examples=[Example({"excess_air": 0.2}, {"equivalence_ratio": 0.833333})],
)
def equivalence_from_excess_air(
    excess_air: Annotated[float, r.excess_air, Range(gt=-1)],
) -> Annotated[float, r.equivalence_ratio]:
    """Equivalence ratio of a flame with excess air."""
    return 1 / (1 + excess_air)


@expert(
    source="excess air = 1/φ − 1",
    examples=[Example({"equivalence_ratio": 0.8}, {"excess_air": 0.25})],
)
def excess_air(
    equivalence_ratio: Annotated[float, r.equivalence_ratio, Range(gt=0)],
) -> Annotated[float, r.excess_air]:
    """Excess air of a flame; negative where it burns rich."""
    return 1 / equivalence_ratio - 1


EXPERTS: tuple[Callable[..., Any], ...] = (flame_temperature, equivalence_from_excess_air, excess_air)
"""The experts of this module."""
