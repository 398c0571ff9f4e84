"""Gases: density and compressibility, ideal and by Peng-Robinson."""

from __future__ import annotations

from typing import Annotated, NamedTuple

from collegia.domains.process_engineering.kinds import gases as g
from collegia.domains.process_engineering.kinds import properties as p
from collegia.domains.process_engineering.peng_robinson import check_gas, peng_robinson_gas
from collegia.domains.process_engineering.reference_fluids import GAS_CONSTANT
from collegia.domains.process_engineering.substances import chemicals_id
from collegia.errors import NoData
from collegia.tools import STATED, Example, Range, caution, expert
from collegia.tools import common as k

__all__ = ["EXPERTS", "gas_density", "gas_density_peng_robinson"]


class GasState(NamedTuple):
    """Density and compressibility of a gas."""

    density: Annotated[float, k.density]
    compressibility: Annotated[float, g.compressibility]


@expert(
    source="ideal gas law: ρ = P M / (Z R T)",
    validity="gases far from their dew line; Z = 1 up to a few bar",
    methods=("ideal gas", "ideal gas law", "perfect gas"),
    examples=[
        Example(
            {"temperature": 293.15, "pressure": 1.2e5, "molar_mass": 0.02896}, {"density": 1.42602}
        ),
        Example(
            {"temperature": 320.0, "pressure": 20e5, "molar_mass": 0.0440095, "compressibility": 0.90876},
            {"density": 36.404},
        ),
    ],
    cost=2.0, requires=("chemicals", "thermo"), extra="process",
)  # fmt: skip
def gas_density(
    temperature: Annotated[float, k.temperature, Range(gt=0)],
    pressure: Annotated[float, k.pressure, Range(gt=0)],
    molar_mass: Annotated[float, k.molar_mass, Range(gt=0)],
    compressibility: Annotated[float, g.compressibility, Range(gt=0), STATED] = 1.0,
    substance: Annotated[str | None, p.substance, STATED] = None,
) -> Annotated[float, k.density]:
    """Density of a gas by the ideal gas law, or with a stated compressibility factor.

    Where the substance is named, a state in which it is a liquid is refused.

    Raises:
        OutOfRange: the substance is a liquid there.
    """
    if substance is not None:
        _refuse_liquid(substance, temperature, pressure)
    if compressibility == 1.0 and pressure > 20e5:
        caution(f"ideal gas at {pressure / 1e5:.4g} bar: real gases deviate noticeably above about 20 bar")
    return pressure * molar_mass / (compressibility * GAS_CONSTANT * temperature)


def _refuse_liquid(substance: str, temperature: float, pressure: float) -> None:
    try:
        chemicals_id(substance)
    except NoData:  # air and blends are not in the compound tables
        return
    check_gas(substance, temperature, pressure)


@expert(
    source="D. Y. Peng and D. B. Robinson 1976 (thermo.PR)",
    validity="gases; poor for strongly polar ones",
    methods=("Peng-Robinson", "Peng–Robinson", "Peng Robinson", "PR", "PR EOS", "equation of state"),
    examples=[
        Example(
            {"substance": "carbon dioxide", "temperature": 320.0, "pressure": 20e5},
            {"density": 36.404, "compressibility": 0.90876},
        ),
        Example({"substance": "propane", "temperature": 333.15, "pressure": 13.2e5}, {"compressibility": 0.820968}),
    ],
    cost=1.3, requires=("chemicals", "thermo"), extra="process", seconds=0.05,
)  # fmt: skip
def gas_density_peng_robinson(
    substance: Annotated[str, p.substance],
    temperature: Annotated[float, k.temperature, Range(gt=0)],
    pressure: Annotated[float, k.pressure, Range(gt=0)],
) -> GasState:
    """Density and compressibility factor of a gas by Peng-Robinson.

    Raises:
        OutOfRange: the substance is a liquid there.
        NoData: its critical constants are not known.
    """
    from chemicals import MW

    factor = peng_robinson_gas(substance, temperature, pressure)
    mass = float(MW(chemicals_id(substance))) / 1000.0
    return GasState(pressure * mass / (factor * GAS_CONSTANT * temperature), factor)


EXPERTS = (gas_density, gas_density_peng_robinson)
