"""Reaction enthalpies and the heat that a reaction gives off."""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated, Any

from collegia.domains.process_engineering.kinds import properties as p
from collegia.domains.process_engineering.kinds import reaction as r
from collegia.domains.process_engineering.stoichiometry import GRAPHITE, Reaction, balanced
from collegia.domains.process_engineering.substances import chemicals_id
from collegia.domains.process_engineering.vle import quiet
from collegia.errors import NoData, OutOfRange, Unclear
from collegia.tools import STATED, Example, Range, assume, expert
from collegia.tools import common as k

__all__ = ["EXPERTS"]

_STANDARD = 298.15
_FIRST = "the first reactant"
_METHANE = (("CH4", -1.0, ""), ("O2", -2.0, ""), ("CO2", 1.0, ""), ("H2O", 2.0, ""))
_HYDRATION = (("C2H4", -1.0, ""), ("H2O", -1.0, ""), ("C2H5OH", 1.0, ""))


@expert(
    source="standard enthalpies of formation (chemicals: CRC, ATcT, API) and ideal-gas heat capacities (thermo)",
    methods=("enthalpies of formation", "Hess's law"),
    examples=[
        Example({"reaction": _METHANE}, {"reaction_enthalpy": -8.0258e5}),
        Example({"reaction": _HYDRATION}, {"reaction_enthalpy": -45308}),
        Example(
            {"reaction": _METHANE, "reaction_phase": "liquid water"},
            {"reaction_enthalpy": -890.6e3},
            source="higher heating value",
        ),
    ],
    requires=("chemicals", "thermo"),
    extra="process",
    seconds=2.0,
)
def reaction_enthalpy(
    reaction: Annotated[tuple[tuple[str, float, str], ...], r.reaction],
    reaction_phase: Annotated[str, r.reaction_phase] = "gas",
    temperature: Annotated[float, k.temperature, STATED, Range(ge=200, le=1500)] = _STANDARD,
) -> Annotated[float, r.reaction_enthalpy]:
    """Enthalpy of a reaction as written, from the enthalpies of formation; negative where heat is given off.

    Marks such as H2O(l) count before the phase of the whole. Away from 25 °C all must be gas.

    Raises:
        OutOfRange: the elements do not balance, or a liquid is asked for away from 25 °C.
        NoData: a substance has no enthalpy of formation in that phase.
        Unclear: a formula fits several isomers.
    """
    with quiet():
        terms = balanced(reaction)
        standard = abs(temperature - _STANDARD) <= 1.0
        total = 0.0
        for name, count, mark in terms:
            phase = _phase(name, mark, reaction_phase)
            total += count * _formation(name, phase)
            if not standard:
                total += count * _warming(name, phase, temperature)
    said = "ideal gases" if reaction_phase == "gas" else "liquids where they are liquid at 25 °C"
    assume(f"per mole of the reaction as written, the substances as {said} unless marked otherwise")
    return total


def _phase(name: str, mark: str, whole: str) -> str:
    if name == GRAPHITE:
        return "solid"
    if mark:
        return {"g": "gas", "gas": "gas", "l": "liquid", "liq": "liquid", "liquid": "liquid"}.get(mark, mark)
    if whole == "liquid water":
        return "liquid" if name == "water" else "gas"
    return "liquid" if whole == "liquid" and _is_liquid(name) else "gas"


def _is_liquid(name: str) -> bool:
    from chemicals import Tb

    boiling = Tb(chemicals_id(name))
    return boiling is not None and boiling > _STANDARD


def _formation(name: str, phase: str) -> float:
    from chemicals import Hfg, Hfl

    if phase == "solid" and name == GRAPHITE:
        return 0.0
    if phase not in ("gas", "liquid"):
        raise OutOfRange(f"{name} as {phase!r}: only gases and liquids are reckoned with here")
    found = (Hfg if phase == "gas" else Hfl)(chemicals_id(name))
    if found is None:
        raise NoData(f"no enthalpy of formation is known for {name} as {phase}")
    return float(found)


def _warming(name: str, phase: str, temperature: float) -> float:
    """Enthalpy of an ideal gas above 25 °C, J/mol."""
    from chemicals import MW
    from thermo import HeatCapacityGas

    if phase != "gas":
        raise OutOfRange(f"away from 25 °C all substances must be gases, and {name} is taken as {phase}")
    cas = chemicals_id(name)
    found = HeatCapacityGas(CASRN=cas, MW=MW(cas)).T_dependent_property_integral(_STANDARD, temperature)
    if found is None:
        raise NoData(f"no ideal-gas heat capacity is known for {name}")
    return float(found)


@expert(
    source="Q = −ΔHr·n/|ν|",
    examples=[
        Example(
            {"reaction_enthalpy": -45308, "reacted_flow": 50000 / 3600, "reaction": _HYDRATION,
             "substance": "ethylene"},
            {"heat_release": 629.278e3},
        ),
        Example(
            {
                "reaction_enthalpy": -91.9e3, "reacted_flow": 10,
                "reaction": (("N2", -1.0, ""), ("H2", -3.0, ""), ("NH3", 2.0, "")), "substance": "ammonia",
            },
            {"heat_release": 459.5e3},
        ),
    ],
    requires=("chemicals",),
    extra="process",
    seconds=0.5,
)  # fmt: skip
def heat_release(
    reaction_enthalpy: Annotated[float, r.reaction_enthalpy],
    reacted_flow: Annotated[float, r.reacted_flow, Range(gt=0)],
    reaction: Annotated[tuple[tuple[str, float, str], ...], r.reaction],
    substance: Annotated[str, p.substance] = _FIRST,
) -> Annotated[float, r.heat_release]:
    """Heat that a reaction gives off, and that has to be removed; negative where heat has to be supplied.

    Raises:
        Unclear: the flow's substance has no part in the reaction.
    """
    with quiet():
        count = _count(reaction, substance)
    return _released(reaction_enthalpy * reacted_flow / count)


@expert(
    source="Q = −ΔHr·ṁ/(M·|ν|); molar mass: chemicals.MW",
    examples=[
        Example(
            {"reaction_enthalpy": -2043.1e3, "mass_flow": 12 / 3600, "substance": "propane",
             "reaction": (("C3H8", -1.0, ""), ("O2", -5.0, ""), ("CO2", 3.0, ""), ("H2O", 4.0, ""))},
            {"heat_release": 154.44e3},
        )
    ],
    requires=("chemicals",),
    extra="process",
    seconds=0.5,
)  # fmt: skip
def heat_release_of_mass(
    reaction_enthalpy: Annotated[float, r.reaction_enthalpy],
    mass_flow: Annotated[float, r.reacted_mass_flow, Range(gt=0)],
    reaction: Annotated[tuple[tuple[str, float, str], ...], r.reaction],
    substance: Annotated[str, p.substance] = _FIRST,
) -> Annotated[float, r.heat_release]:
    """Heat that a reaction gives off where the mass flow of one reactant is known; all of it reacts.

    Negative where heat has to be supplied.

    Raises:
        Unclear: the flow's substance has no part in the reaction.
    """
    from chemicals import MW

    with quiet():
        count = _count(reaction, substance)
        named = balanced(reaction)[0][0] if substance == _FIRST else substance
        molar_mass = MW(chemicals_id(named)) / 1000
    assume("all of the stated mass flow reacts")
    return _released(reaction_enthalpy * mass_flow / molar_mass / count)


def _released(taken_up: float) -> float:
    """The heat given off, W, where so much is taken up."""
    if taken_up > 0:
        assume("the reaction takes up heat: the negative sign means that heat has to be supplied")
    return float(-taken_up)


def _count(reaction: Reaction, substance: str) -> float:
    """The coefficient, without its sign, of the substance whose flow is known."""
    terms = balanced(reaction)
    if substance == _FIRST:
        assume(f"the flow is the one of {terms[0][0]}, the first reactant")
        return abs(terms[0][1])
    for name, count, _ in terms:
        if name == substance:
            return abs(count)
    if all(abs(count) == 1 for _, count, _ in terms):
        return 1.0
    raise Unclear(f"which substance of the reaction has this flow: {', '.join(name for name, _, _ in terms)}?")


EXPERTS: tuple[Callable[..., Any], ...] = (reaction_enthalpy, heat_release, heat_release_of_mass)
"""The experts of this module."""
