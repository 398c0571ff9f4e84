"""Constants and safety data of pure compounds, from the tables of the `chemicals` library."""

from __future__ import annotations

from typing import Annotated, NamedTuple

from collegia.domains.process_engineering.kinds import properties as p
from collegia.domains.process_engineering.kinds import saturation as s
from collegia.domains.process_engineering.reference_fluids import has_equation_of_state, limits
from collegia.domains.process_engineering.substances import cas_number, chemicals_id, coolprop_name, entry
from collegia.errors import NoData
from collegia.tools import Example, assume, caution, expert
from collegia.tools import common as k

__all__ = [
    "EXPERTS",
    "critical_constants",
    "exposure_limits",
    "flammability",
    "melting_point",
    "molar_mass",
    "normal_boiling_point",
]

_MOLAR_VOLUME_25C = 24.45
"""Litres in a mole of ideal gas at 25 °C and 1 atm: how exposure limits turn mg/m³ into ppm (ACGIH)."""


class Critical(NamedTuple):
    """The critical point of a compound."""

    critical_temperature: Annotated[float, s.critical_temperature]
    critical_pressure: Annotated[float, s.critical_pressure]
    critical_density: Annotated[float | None, s.critical_density]
    acentric_factor: Annotated[float | None, s.acentric_factor]


class Flammability(NamedTuple):
    """Fire data of a compound; None where the tables have no entry."""

    flash_point: Annotated[float | None, s.flash_point]
    autoignition_temperature: Annotated[float | None, s.autoignition_temperature]
    lower_flammability_limit: Annotated[float | None, s.lower_flammability_limit]
    upper_flammability_limit: Annotated[float | None, s.upper_flammability_limit]


class Exposure(NamedTuple):
    """Workplace limits of a compound, as shares of air by volume; None where the tables have no entry."""

    time_weighted_limit: Annotated[float | None, s.time_weighted_limit]
    short_term_limit: Annotated[float | None, s.short_term_limit]
    ceiling_limit: Annotated[float | None, s.ceiling_limit]


@expert(
    source="chemicals.MW (molecular formula, CIAAW atomic weights); CoolProp for air and refrigerant blends",
    examples=[
        Example({"substance": "acetone"}, {"molar_mass": 0.058079}),
        Example({"substance": "air"}, {"molar_mass": 0.0289655}, source="Lemmon et al. 2000"),
    ],
    requires=("chemicals",), extra="process",
)  # fmt: skip
def molar_mass(substance: Annotated[str, p.substance]) -> Annotated[float, k.molar_mass]:
    """Molar mass of a compound."""
    from chemicals import MW

    if _is_mixture(substance):
        from CoolProp.CoolProp import PropsSI

        return float(PropsSI("M", coolprop_name(substance)))
    return float(_known(MW(chemicals_id(substance)), "molar mass", substance)) / 1000.0


@expert(
    source="chemicals.Tb (CRC Handbook, Yaws)",
    examples=[Example({"substance": "acetone"}, {"normal_boiling_point": 329.22})],
    requires=("chemicals",), extra="process",
)  # fmt: skip
def normal_boiling_point(substance: Annotated[str, p.substance]) -> Annotated[float, s.normal_boiling_point]:
    """Boiling point of a compound at 1 atm."""
    from chemicals import Tb, Tt

    if _is_mixture(substance):
        raise NoData(f"{substance} is a mixture: it boils over a range, not at a point")
    cas = chemicals_id(substance)
    boiling = float(_known(Tb(cas), "boiling point", substance))
    triple = Tt(cas)
    if triple is not None and boiling < triple:
        caution(f"{substance} sublimes at 1 atm: this is its sublimation temperature")
    return boiling


@expert(
    source="chemicals.Tm (CRC Handbook, open melting point data)",
    examples=[Example({"substance": "benzene"}, {"melting_point": 278.68}, tolerance=2e-3, source="NIST WebBook")],
    requires=("chemicals",), extra="process",
)  # fmt: skip
def melting_point(substance: Annotated[str, p.substance]) -> Annotated[float, s.melting_point]:
    """Melting point of a compound at 1 atm."""
    from chemicals import Tm

    return float(_known(Tm(chemicals_id(substance)), "melting point", substance))


@expert(
    source="chemicals.Tc, Pc, Vc, omega (IUPAC reviews, CRC Handbook); CoolProp for air and refrigerant blends",
    examples=[
        Example({"substance": "acetone"}, {"critical_temperature": 508.1, "critical_pressure": 4.6924e6}),
        Example({"substance": "carbon dioxide"}, {"critical_temperature": 304.128, "critical_pressure": 7.3773e6}),
        Example({"substance": "water"}, {"critical_temperature": 647.096, "critical_pressure": 22.064e6}),
    ],
    requires=("chemicals",), extra="process",
)  # fmt: skip
def critical_constants(substance: Annotated[str, p.substance]) -> Critical:
    """Critical temperature, pressure and density, and acentric factor of a compound."""
    from chemicals import MW, Pc, Tc, Vc, omega

    if _is_mixture(substance):
        span = limits(substance)
        assume(f"{substance} is treated as a pseudo-pure fluid")
        return Critical(span.t_critical, span.p_critical, None, None)
    cas = chemicals_id(substance)
    temperature = float(_known(Tc(cas), "critical temperature", substance))
    pressure = float(_known(Pc(cas), "critical pressure", substance))
    volume, factor = Vc(cas), omega(cas)
    density = MW(cas) / 1000.0 / volume if volume else None
    return Critical(temperature, pressure, _plain(density), _plain(factor))


@expert(
    source="chemicals.T_flash, T_autoignition, LFL, UFL (IEC 60079-20-1, NFPA 497, CRC Handbook)",
    examples=[
        Example(
            {"substance": "acetone"},
            {"flash_point": 253.15, "lower_flammability_limit": 0.025, "upper_flammability_limit": 0.143},
        ),
        Example({"substance": "toluene"}, {"flash_point": 277.15}, source="IEC 60079-20-1"),
    ],
    requires=("chemicals",), extra="process",
)  # fmt: skip
def flammability(substance: Annotated[str, p.substance]) -> Flammability:
    """Flash point, autoignition temperature and flammability limits in air of a compound.

    Only measured entries count; the library's estimates are not used.
    """
    from chemicals import LFL, UFL, T_autoignition, T_flash

    cas = chemicals_id(substance)
    values = [T_flash(cas), T_autoignition(cas), LFL(CASRN=cas), UFL(CASRN=cas)]
    if all(value is None for value in values):
        raise NoData(f"the tables hold no fire data of {substance}; it may not burn")
    return Flammability(*(_plain(value) for value in values))


@expert(
    source="chemicals.TWA, STEL, Ceiling (Ontario occupational exposure limits)",
    validity="Ontario limits; other jurisdictions set their own",
    examples=[Example({"substance": "toluene"}, {"time_weighted_limit": 20e-6})],
    requires=("chemicals",), extra="process",
)  # fmt: skip
def exposure_limits(substance: Annotated[str, p.substance]) -> Exposure:
    """Workplace exposure limits of a compound: 8-hour average, short-term and ceiling."""
    from chemicals import MW, STEL, TWA, Ceiling

    cas = chemicals_id(substance)
    mass = MW(cas)
    shares = [_share(found, mass) for found in (TWA(cas), STEL(cas), Ceiling(cas))]
    if all(share is None for share in shares):
        raise NoData(f"the tables hold no exposure limit of {substance}")
    assume("exposure limits as set in Ontario; the limits of other jurisdictions may differ")
    return Exposure(*shares)


def _share(found: tuple[float, str] | None, mass: float) -> float | None:
    if found is None:
        return None
    value, unit = found
    return float(value) * 1e-6 * (1.0 if unit == "ppm" else _MOLAR_VOLUME_25C / mass)


def _is_mixture(substance: str) -> bool:
    """Whether the substance is air or a blend, which CoolProp knows and the compound tables do not."""
    if not entry(substance).cas:
        return False
    try:
        chemicals_id(substance)
    except NoData:
        return has_equation_of_state(substance)
    return False


def _plain(value: float | None) -> float | None:
    return None if value is None else float(value)


def _known(value: float | None, what: str, substance: str) -> float:
    if value is None:
        raise NoData(f"the tables hold no {what} of {substance} (CAS {cas_number(substance)})")
    return value


EXPERTS = (molar_mass, normal_boiling_point, melting_point, critical_constants, flammability, exposure_limits)
