"""Kinds of pressure surges."""

from __future__ import annotations

from collegia.tools import Kind
from collegia.tools import common as k

__all__ = ["peak_pressure", "pressure_surge", "wave_speed"]

wave_speed = Kind(
    "wave_speed", "m/s",
    names=("wave speed", "pressure wave speed", "wave velocity", "celerity", "pressure wave velocity",
           "wave propagation speed"),
    hints=("wave",),
)  # fmt: skip
pressure_surge = Kind(
    "pressure_surge", "Pa",
    names=("pressure surge", "surge pressure", "surge", "surge pressure rise", "Joukowsky pressure",
           "water hammer pressure", "pressure rise of the surge"),
    parent=k.pressure_difference, scale="difference", show=("bar",),
)  # fmt: skip
peak_pressure = Kind(
    "peak_pressure", "Pa",
    names=("peak pressure", "maximum pressure", "peak line pressure", "crest pressure"), scale="point", show=("bar",),
)  # fmt: skip
