"""Pumps: head and pressure, power and its inverses, and NPSH."""

from __future__ import annotations

from typing import Annotated, NamedTuple

from collegia.domains.process_engineering.kinds import flow as f
from collegia.domains.process_engineering.kinds import pumps as u
from collegia.domains.process_engineering.kinds import saturation as s
from collegia.domains.process_engineering.pipes import GRAVITY
from collegia.errors import OutOfRange
from collegia.tools import STATED, At, Example, Range, caution, expert
from collegia.tools import common as k

__all__ = [
    "EXPERTS", "electrical_power", "hydraulic_power", "npsh_available", "npsh_available_lift", "npsh_margin",
    "pressure_from_head", "pressure_of_open_surface", "pump_efficiency", "pump_head_from_pressure", "pump_power",
    "suction_friction_head", "suction_friction_of_line",
]  # fmt: skip


class PumpPower(NamedTuple):
    """Power of a pump, W."""

    hydraulic_power: Annotated[float, u.hydraulic_power]
    shaft_power: Annotated[float, u.shaft_power]
    electrical_power: Annotated[float, u.electrical_power]


@expert(
    source="closed form: Δp = ρ g H",
    examples=[Example({"head": 30.0, "density": 998.0}, {"pressure_rise": 293611.0})],
)
def pressure_from_head(
    head: Annotated[float, u.pump_head, Range(gt=0)],
    density: Annotated[float, k.density, Range(gt=0)],
) -> Annotated[float, f.pressure_rise]:
    """Pressure rise that a head of liquid stands for."""
    return density * GRAVITY * head


@expert(
    source="closed form: H = Δp / (ρ g)",
    examples=[Example({"pressure_rise": 293611.0, "density": 998.0}, {"pump_head": 30.0})],
)
def pump_head_from_pressure(
    pressure_rise: Annotated[float, f.pressure_rise, Range(gt=0)],
    density: Annotated[float, k.density, Range(gt=0)],
) -> Annotated[float, u.pump_head]:
    """Head of liquid that a pressure rise stands for."""
    return pressure_rise / (density * GRAVITY)


@expert(
    source="closed form: Q Δp",
    examples=[Example({"volume_flow": 0.01, "pressure_rise": 293611.1}, {"hydraulic_power": 2936.1})],
)
def hydraulic_power(
    volume_flow: Annotated[float, k.volume_flow, Range(gt=0)],
    pressure_rise: Annotated[float, f.pressure_rise, Range(gt=0)],
) -> Annotated[float, u.hydraulic_power]:
    """Power that a pump gives to the liquid."""
    return volume_flow * pressure_rise


@expert(
    source="closed form: Q Δp / η",
    methods=("pump power",),
    examples=[
        Example(
            {"volume_flow": 0.01, "pressure_rise": 293611.1, "efficiency": 0.7},
            {"hydraulic_power": 2936.1, "shaft_power": 4194.4, "electrical_power": 4194.4},
        ),
        Example(
            {"volume_flow": 0.025, "pressure_rise": 4.2e5, "efficiency": 0.68, "motor_efficiency": 0.92},
            {"electrical_power": 16783.9},
        ),
    ],
)
def pump_power(
    volume_flow: Annotated[float, k.volume_flow, Range(gt=0)],
    pressure_rise: Annotated[float, f.pressure_rise, Range(gt=0)],
    efficiency: Annotated[float, u.pump_efficiency, Range(gt=0, le=1)],
    motor_efficiency: Annotated[float, u.motor_efficiency, Range(gt=0, le=1)] = 1.0,
) -> PumpPower:
    """Hydraulic, shaft and electrical power of a pump."""
    hydraulic = volume_flow * pressure_rise
    shaft = hydraulic / efficiency
    return PumpPower(hydraulic, shaft, shaft / motor_efficiency)


@expert(
    source="definition of the motor's efficiency",
    examples=[Example({"shaft_power": 9200.0, "motor_efficiency": 0.92}, {"electrical_power": 10000.0})],
)
def electrical_power(
    shaft_power: Annotated[float, u.shaft_power, Range(gt=0)],
    motor_efficiency: Annotated[float, u.motor_efficiency, Range(gt=0, le=1)],
) -> Annotated[float, u.electrical_power]:
    """Electrical power that a motor draws for a shaft power."""
    return shaft_power / motor_efficiency


@expert(
    source="definition: hydraulic power over shaft power",
    examples=[
        Example({"volume_flow": 0.01, "pressure_rise": 293611.1, "shaft_power": 4194.4}, {"pump_efficiency": 0.7})
    ],
)
def pump_efficiency(
    volume_flow: Annotated[float, k.volume_flow, Range(gt=0)],
    pressure_rise: Annotated[float, f.pressure_rise, Range(gt=0)],
    shaft_power: Annotated[float, u.shaft_power, Range(gt=0)],
) -> Annotated[float, u.pump_efficiency]:
    """Efficiency of a pump from its flow, pressure rise and shaft power.

    Raises:
        OutOfRange: the shaft power is less than what the liquid takes up.
    """
    efficiency = volume_flow * pressure_rise / shaft_power
    if efficiency > 1.0:
        raise OutOfRange(
            f"the liquid takes up {volume_flow * pressure_rise / 1e3:.4g} kW, more than the shaft gives, "
            f"{shaft_power / 1e3:.4g} kW: impossible"
        )
    return efficiency


@expert(
    source="closed form: (P - Pv) / (ρ g) + z - hf",
    methods=("net positive suction head",),
    examples=[
        Example(
            {
                "surface_pressure": 101325.0, "vapour_pressure": 2339.0, "density": 998.2, "level": 2.0,
                "suction_friction": 1.0,
            },
            {"npsh_available": 11.112},
        ),
        Example(
            {
                "surface_pressure": 101325.0, "vapour_pressure": 70e3, "density": 960.0, "level": 4.0,
                "suction_friction": 0.8,
            },
            {"npsh_available": 6.52736},
        ),
    ],
)  # fmt: skip
def npsh_available(
    surface_pressure: Annotated[float, k.pressure, Range(gt=0)],
    vapour_pressure: Annotated[float, s.vapour_pressure, Range(ge=0)],
    density: Annotated[float, k.density, Range(gt=0)],
    level: Annotated[float, u.suction_level],
    suction_friction: Annotated[float, u.suction_friction, Range(ge=0)] = 0.0,
    npsh_required: Annotated[float | None, u.npsh_required, Range(gt=0), STATED] = None,
) -> Annotated[float, u.npsh_available]:
    """NPSH available at a pump whose suction level stands above it.

    Raises:
        OutOfRange: the liquid would boil in its vessel, or the density is that of a gas.
    """
    return _npsh(surface_pressure, vapour_pressure, density, level - suction_friction, npsh_required)


@expert(
    source="closed form: (P - Pv) / (ρ g) - z - hf",
    methods=("net positive suction head",),
    examples=[
        Example(
            {
                "surface_pressure": 101325.0,
                "vapour_pressure": 2339.0,
                "density": 998.2,
                "lift": 3.0,
                "suction_friction": 1.0,
            },
            {"npsh_available": 6.112},
        )
    ],
)
def npsh_available_lift(
    surface_pressure: Annotated[float, k.pressure, Range(gt=0)],
    vapour_pressure: Annotated[float, s.vapour_pressure, Range(ge=0)],
    density: Annotated[float, k.density, Range(gt=0)],
    lift: Annotated[float, u.suction_lift, Range(ge=0)],
    suction_friction: Annotated[float, u.suction_friction, Range(ge=0)] = 0.0,
    npsh_required: Annotated[float | None, u.npsh_required, Range(gt=0), STATED] = None,
) -> Annotated[float, u.npsh_available]:
    """NPSH available at a pump that lifts its liquid from a level below it.

    Raises:
        OutOfRange: the liquid would boil in its vessel, or the density is that of a gas.
    """
    return _npsh(surface_pressure, vapour_pressure, density, -lift - suction_friction, npsh_required)


def _npsh(surface: float, vapour: float, density: float, height: float, required: float | None) -> float:
    if density < 60.0:
        raise OutOfRange(f"NPSH is for liquids; {density:.4g} kg/m³ is the density of a gas")
    if vapour > surface * 1.005:  # a boiling liquid in its own vapour stands at exactly its vapour pressure
        raise OutOfRange(
            f"the liquid would boil in its vessel: its vapour pressure, {vapour / 1e5:.4g} bar, "
            f"is above the pressure on its surface, {surface / 1e5:.4g} bar"
        )
    available = (surface - vapour) / (density * GRAVITY) + height
    if available < 0:
        caution("NPSH available is negative: the liquid boils before it reaches the pump")
    elif required is not None and available < required:
        caution(
            f"NPSH available, {available:.3g} m, is less than the pump requires, {required:.3g} m: it will cavitate, "
            "the pump is at risk"
        )
    elif required is not None and available < 1.1 * required + 0.5:
        caution(
            f"NPSH available, {available:.3g} m, is hardly above the {required:.3g} m the pump requires: "
            "risk of cavitation"
        )
    elif required is not None:
        caution(
            f"NPSH available exceeds the {required:.3g} m that the pump requires by {available - required:.3g} m: "
            "the risk of cavitation is low"
        )
    return available


@expert(
    source="an open surface stands under the pressure of the atmosphere",
    examples=[Example({"surface_pressure": 101325.0}, {"pressure": 101325.0})],
    cost=1.5,
)
def pressure_of_open_surface(
    surface_pressure: Annotated[float, u.surface_pressure, Range(gt=0)],
) -> Annotated[float, k.pressure]:
    """Pressure of a liquid in an open or vented vessel."""
    return surface_pressure


@expert(
    source="definition: NPSHa - NPSHr",
    examples=[Example({"available": 5.19, "required": 3.5}, {"npsh_margin": 1.69})],
)
def npsh_margin(
    available: Annotated[float, u.npsh_available],
    required: Annotated[float, u.npsh_required, Range(gt=0)],
) -> Annotated[float, u.npsh_margin]:
    """Margin of the NPSH available over the NPSH required."""
    return available - required


@expert(
    source="closed form: h = Δp / (ρ g)",
    examples=[Example({"suction_pressure_loss": 9806.65, "density": 1000.0}, {"suction_friction": 1.0})],
)
def suction_friction_head(
    suction_pressure_loss: Annotated[float, u.suction_pressure_loss, Range(ge=0)],
    density: Annotated[float, k.density, Range(gt=0)],
) -> Annotated[float, u.suction_friction]:
    """Friction head of a suction line from its pressure loss."""
    return suction_pressure_loss / (density * GRAVITY)


@expert(
    source="definition: the friction head of the suction line is what NPSH loses",
    examples=[Example({"head_loss": 0.7, "suction_line": "suction line"}, {"suction_friction": 0.7})],
)
def suction_friction_of_line(
    head_loss: Annotated[float, f.head_loss, Range(ge=0)],
    suction_line: Annotated[str, u.suction_line],  # it must be said that the line is the suction line
) -> Annotated[float, u.suction_friction]:
    """Friction head of a suction line from its own head loss."""
    return head_loss


@expert(
    source="definition: Δp = p2 − p1",
    validity="liquids",
    examples=[
        Example({"suction": 1e5, "discharge": 6e5, "density": 998.0, "pump": "pump"}, {"pressure_rise": 5e5}),
    ],
)
def pressure_rise_of_pump(
    suction: Annotated[float, k.pressure, At("start"), Range(gt=0)],
    discharge: Annotated[float, k.pressure, At("end"), Range(gt=0)],
    density: Annotated[float, k.density, Range(gt=0)],
    pump: Annotated[str, u.pump_service],
) -> Annotated[float, f.pressure_rise]:
    """Pressure rise of a pump from the pressures before and after it, in Pa.

    Raises:
        OutOfRange: the discharge is not above the suction, or the density is that of a gas.
    """
    if discharge <= suction:
        raise OutOfRange("the discharge pressure of a pump must lie above its suction pressure")
    if density < 200:
        raise OutOfRange(f"pumps are for liquids; {density:.4g} kg/m³ is the density of a gas: ask for a compressor")
    return discharge - suction


EXPERTS = (
    pressure_of_open_surface, pressure_from_head, pump_head_from_pressure, hydraulic_power, pump_power,
    electrical_power, pump_efficiency, npsh_available, npsh_available_lift, npsh_margin, suction_friction_head,
    suction_friction_of_line, pressure_rise_of_pump,
)  # fmt: skip
