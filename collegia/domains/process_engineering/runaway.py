"""Thermal safety of batches: how far a reaction can warm its own mass."""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated, Any

from collegia.domains.process_engineering.kinds import properties as p
from collegia.domains.process_engineering.kinds import reaction as r
from collegia.domains.process_engineering.kinds import runaway as w
from collegia.errors import OutOfRange
from collegia.tools import STATED, Example, Range, assume, expert
from collegia.tools import common as k

__all__ = ["EXPERTS", "adiabatic_temperature_rise", "mtsr"]


@expert(
    source="ΔTad = (−ΔHr) c / (ρ cp) (Stoessel, Thermal Safety of Chemical Processes, 2.3)",
    examples=[
        Example(
            {
                "concentration": 2000.0, "reaction_enthalpy": -1e5, "density": 1000.0, "heat_capacity": 2000.0,
            },
            {"adiabatic_temperature_rise": 100.0},
        )
    ],
)  # fmt: skip
def adiabatic_temperature_rise(
    concentration: Annotated[float, r.initial_concentration, Range(gt=0)],
    reaction_enthalpy: Annotated[float, r.reaction_enthalpy],
    density: Annotated[float, k.density, Range(gt=0)],
    heat_capacity: Annotated[float, p.heat_capacity, Range(gt=0)],
) -> Annotated[float, w.adiabatic_temperature_rise]:
    """Temperature rise of a batch in which all of the limiting reactant reacts and no heat leaves.

    Raises:
        OutOfRange: the reaction takes up heat.
    """
    if reaction_enthalpy >= 0:
        raise OutOfRange("a reaction that takes up heat warms nothing: its enthalpy must be negative")
    return -reaction_enthalpy * concentration / (density * heat_capacity)


@expert(
    source="MTSR = T + ΔTad, all of the reactant accumulated (Stoessel, Thermal Safety of Chemical Processes, 3.2)",
    examples=[Example({"temperature": 353.15, "adiabatic_temperature_rise": 100.0}, {"mtsr": 453.15})],
)
def mtsr(
    temperature: Annotated[float, k.temperature],
    adiabatic_temperature_rise: Annotated[float, w.adiabatic_temperature_rise, Range(gt=0)],
    conversion: Annotated[float, r.conversion, Range(ge=0, le=1), STATED] = 0.0,
) -> Annotated[float, w.mtsr]:
    """Highest temperature that the synthesis reaction alone can reach after the cooling fails."""
    if not conversion:
        assume("nothing has reacted yet when the cooling fails")
    return temperature + (1.0 - conversion) * adiabatic_temperature_rise


EXPERTS: tuple[Callable[..., Any], ...] = (adiabatic_temperature_rise, mtsr)
"""Every expert of this file."""
