"""Kinds of gases and compressors."""

from __future__ import annotations

from collegia.domains.process_engineering.kinds.pumps import shaft_power
from collegia.tools import Kind

__all__ = [
    "compressibility", "compression_stages", "compressor_power", "intercooled_power", "intercooling_saving",
    "isentropic_efficiency", "isentropic_power", "isentropic_temperature", "pressure_ratio",
    "relative_molecular_mass", "stage_pressure_ratio",
]  # fmt: skip

compressibility = Kind(
    "compressibility", "",
    names=("compressibility factor", "compressibility", "compression factor", "Z factor", "Z-factor", "z-factor",
           "Z value", "Z", "z"),
    words={"ideal gas": 1.0, "perfect gas": 1.0, "ideal-gas": 1.0, "treat as ideal": 1.0, "ideal gas law": 1.0},
)  # fmt: skip
relative_molecular_mass = Kind(
    "relative_molecular_mass", "",
    names=("relative molecular mass", "molecular weight", "molecular mass", "mol weight", "mol wt", "mol. wt.", "MW",
           "Mw", "M", "molar mass", "M.W."),
)  # fmt: skip
isentropic_efficiency = Kind(
    "isentropic_efficiency", "",
    names=("isentropic efficiency", "adiabatic efficiency", "compressor efficiency", "efficiency", "isentropic eff",
           "isentropic eff.", "η_is", "η_s", "eta_is", "eta", "η", "eff."),
    hints=("isentropic", "efficiency", "efficient", "compressor"), show=("percent",),
)  # fmt: skip
compressor_power = Kind(
    "compressor_power", "W",
    names=("compressor power", "compression power", "compressor shaft power", "power of compression",
    "compressor duty",
           "gas power", "compressor brake power", "power for compression", "actual power"),
    parent=shaft_power, show=("kW",),
)  # fmt: skip
isentropic_power = Kind(
    "isentropic_power", "W",
    names=("isentropic power", "ideal compression power", "adiabatic power", "theoretical power",
           "single stage power", "single-stage power", "isentropic compression power", "ideal power", "one stage",
           "single stage", "power in one stage", "isentropic power in one stage"),
    show=("kW",),
)  # fmt: skip
isentropic_temperature = Kind(
    "isentropic_temperature", "K",
    names=("isentropic discharge temperature", "isentropic outlet temperature", "ideal discharge temperature",
           "isentropic temperature"),
    scale="point", show=("degC",),
)  # fmt: skip
pressure_ratio = Kind(
    "pressure_ratio", "", names=("pressure ratio", "compression ratio", "overall pressure ratio", "P2/P1", "p2/p1")
)
stage_pressure_ratio = Kind(
    "stage_pressure_ratio",
    "",
    names=("stage pressure ratio", "pressure ratio per stage", "ratio per stage", "stage ratio"),
)
compression_stages = Kind(
    "compression_stages", "",
    names=("compression stages", "number of compression stages", "compressor stages", "number of stages"),
    words={"two stages": 2.0, "two-stage": 2.0, "two stage": 2.0, "2 stages": 2.0, "2-stage": 2.0,
           "two equal-ratio stages": 2.0, "two equal stages": 2.0, "three stages": 3.0, "three-stage": 3.0,
           "three stage": 3.0, "3 stages": 3.0, "3-stage": 3.0, "three equal-ratio stages": 3.0,
           "three equal stages": 3.0, "four stages": 4.0, "four-stage": 4.0, "4 stages": 4.0, "4-stage": 4.0},
)  # fmt: skip
intercooled_power = Kind(
    "intercooled_power", "W",
    names=("total power", "total shaft power", "total compression power", "two stage power", "two-stage power",
    "multistage power", "multi-stage power", "intercooled power",
           "power with intercooling", "power with intercoolers", "total power with intercooling",
           "power in two stages",
           "power in three stages", "two equal-ratio stages", "three equal-ratio stages", "two stages",
           "three stages",
           "three stage power", "three-stage power"),
    parent=compressor_power, show=("kW",),
)  # fmt: skip
intercooling_saving = Kind(
    "intercooling_saving", "",
    names=("saving", "savings", "power saving", "power saved", "saving by intercooling", "intercooling saving",
           "reduction in power"),
    show=("percent",),
)  # fmt: skip
