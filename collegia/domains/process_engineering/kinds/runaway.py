"""Kinds of thermal safety."""

from __future__ import annotations

from collegia.tools import Kind
from collegia.tools import common as k

__all__ = ["adiabatic_temperature_rise", "mtsr"]

adiabatic_temperature_rise = Kind(
    "adiabatic_temperature_rise", "K",
    names=("adiabatic temperature rise", "adiabatic rise", "adiabatic temperature increase", "ΔTad", "ΔT_ad", "dTad"),
    parent=k.temperature_difference, scale="difference", show=("K",),
)  # fmt: skip
mtsr = Kind(
    "mtsr", "K",
    names=("MTSR", "maximum temperature of the synthesis reaction", "maximum temperature of synthesis reaction"),
    scale="point", show=("degC",),
)  # fmt: skip
