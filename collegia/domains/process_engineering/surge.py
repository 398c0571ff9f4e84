"""Water hammer: the pressure surge of a liquid that is stopped at once."""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated, Any

from collegia.domains.process_engineering.kinds import surge as y
from collegia.tools import Example, Range, assume, expert
from collegia.tools import common as k

__all__ = ["EXPERTS", "peak_pressure", "pressure_surge"]


@expert(
    source="Joukowsky: Δp = ρ a Δv",
    methods=("Joukowsky", "Joukowski", "water hammer", "waterhammer"),
    validity="a full pipe of liquid, stopped faster than the wave returns",
    examples=[Example({"density": 1000.0, "wave_speed": 1200.0, "velocity": 1.5}, {"pressure_surge": 1.8e6})],
)
def pressure_surge(
    density: Annotated[float, k.density, Range(gt=0)],
    wave_speed: Annotated[float, y.wave_speed, Range(gt=0)],
    velocity: Annotated[float, k.velocity, Range(gt=0)],
) -> Annotated[float, y.pressure_surge]:
    """Pressure rise where a flowing liquid is stopped at once."""
    assume("the flow is stopped wholly, and faster than the pressure wave returns")
    return density * wave_speed * velocity


@expert(
    source="closed form: p + Δp",
    examples=[Example({"pressure": 5e5, "pressure_surge": 1.8e6}, {"peak_pressure": 2.3e6})],
)
def peak_pressure(
    pressure: Annotated[float, k.pressure, Range(gt=0)], pressure_surge: Annotated[float, y.pressure_surge]
) -> Annotated[float, y.peak_pressure]:
    """Absolute pressure at the crest of a surge."""
    return pressure + pressure_surge


EXPERTS: tuple[Callable[..., Any], ...] = (pressure_surge, peak_pressure)
"""Every expert of this file."""
