"""All experts of the domain, room by room."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from collegia.domains.process_engineering import (
    affinity,
    boiling,
    coefficients,
    combustion,
    compounds,
    compressors,
    distillation,
    economics,
    effectiveness,
    equations,
    exchangers,
    flash,
    flows,
    fluids,
    gases,
    heat,
    insulation,
    kinetics,
    meters,
    molecules,
    particles,
    pipes,
    pumps,
    reactions,
    reactors,
    relief,
    runaway,
    surge,
    valves,
    vessels,
)
from collegia.domains.process_engineering.kinds import properties as p
from collegia.tools.conversion import converter

__all__ = ["EXPERTS"]

_ROOMS = (
    fluids, boiling, compounds, flows, pipes, pumps, valves, relief, meters, gases, compressors, particles, vessels,
    heat, exchangers, effectiveness, coefficients, insulation, flash, distillation, reactions, reactors, kinetics,
    combustion, economics, equations, molecules, affinity, surge, runaway,
)  # fmt: skip
_CONVERTED = (p.viscosity, p.kinematic_viscosity, p.heat_capacity, p.thermal_conductivity, p.latent_heat)

EXPERTS: tuple[Callable[..., Any], ...] = (
    *(function for room in _ROOMS for function in room.EXPERTS),
    *(converter(kind) for kind in _CONVERTED),
)
"""Every expert, each once."""
