"""Kinds of pumps and their suction."""

from __future__ import annotations

from collegia.tools import Kind
from collegia.tools import common as k
from collegia.tools.common import electrical_power

__all__ = [
    "electrical_power",
    "hydraulic_power",
    "motor_efficiency",
    "npsh_available",
    "npsh_margin",
    "npsh_required",
    "pump_efficiency",
    "pump_head",
    "pump_service",
    "shaft_power",
    "suction_friction",
    "suction_level",
    "suction_lift",
    "suction_line",
    "suction_pressure_loss",
    "surface_pressure",
]  # fmt: skip

pump_head = Kind(
    "pump_head", "m",
    names=("head", "pump head", "total head", "differential head", "total dynamic head", "total differential head",
           "TDH", "manometric head", "delivery head", "discharge head", "developed head", "head of liquid", "m head",
           "H"),
    hints=("head", "against"), show=("m",),
)  # fmt: skip
pump_efficiency = Kind(
    "pump_efficiency", "",
    names=("pump efficiency", "efficiency", "hydraulic efficiency", "overall pump efficiency", "pump eff",
           "pump eff.", "eff", "eff.", "eta", "η", "η_p", "efficient"),
    hints=("efficiency", "efficient", "pump"), show=("percent",),
)  # fmt: skip
motor_efficiency = Kind(
    "motor_efficiency", "",
    names=("motor efficiency", "drive efficiency", "driver efficiency", "electric motor efficiency", "motor eff",
           "motor eff.", "efficiency of the motor", "η_m", "η_motor"),
    hints=("motor", "drive"), show=("percent",),
)  # fmt: skip
# The ideal powers have no wider kind: who asks for "the power" means the real one, and needs an efficiency.
hydraulic_power = Kind(
    "hydraulic_power", "W",
    names=("hydraulic power", "water power", "fluid power", "useful power", "liquid power", "hydraulic horsepower",
           "P_hyd"),
    show=("kW",),
)  # fmt: skip
shaft_power = Kind(
    "shaft_power", "W",
    names=("shaft power", "power", "brake power", "brake horsepower", "pump power", "pump shaft power",
           "absorbed power", "power absorbed", "power at the shaft", "mechanical power", "power required",
           "required power", "power input", "pumping power", "drive power", "power demand", "bhp", "BHP", "P_shaft"),
    parent=k.power, show=("kW",),
)  # fmt: skip

# A stated pressure is a plain pressure, which the liquid's properties need too; this kind is for the words alone.
surface_pressure = Kind(
    "surface_pressure", "Pa", names=("surface pressure", "pressure on the liquid surface", "gas space pressure"),
    words={"open to atmosphere": 101325.0, "open to the atmosphere": 101325.0, "vented tank": 101325.0,
           "open tank": 101325.0, "vented to atmosphere": 101325.0, "atmospheric tank": 101325.0,
           "open vessel": 101325.0, "open pond": 101325.0, "open sump": 101325.0,
           "open suction": 101325.0},
    scale="point", show=("bar",),
)  # fmt: skip
suction_level = Kind(
    "suction_level", "m",
    names=("static head", "static suction head", "suction head", "suction static head", "flooded suction",
           "level above the pump", "liquid level", "level", "liquid level above the pump", "height above the pump",
           "liquid height above the pump", "static height", "submergence", "elevation above the pump", "z"),
    hints=("above", "hot well", "hotwell", "level", "static", "flooded", "higher", "over", "below the liquid surface",
           "below the liquid level", "below the surface", "below the level", "below the liquid",
           "below the water level", "below the tank level", "below the water surface"),
)  # fmt: skip
pump_service = Kind(
    "pump_service", None, names=("pump service",),
    words={"pump": "pump", "pumps": "pump", "pumped": "pump", "pumping": "pump"},
)  # fmt: skip
suction_line = Kind(
    "suction_line", None, names=("line on the suction side",),
    words={"suction line": "suction line", "suction pipe": "suction line", "suction piping": "suction line"},
)  # fmt: skip
suction_lift = Kind(
    "suction_lift", "m",
    names=("below the pump", "under the pump", "beneath the pump", "below the pump centreline", "below pump",
           "below the pump centerline", "below the pump suction", "suction lift", "static suction lift",
           "level below the pump", "liquid level below the pump",
           "depth below the pump", "geodetic suction lift", "height of the pump above the liquid",
           "pump above the level"),
    hints=("below", "beneath", "under", "above the liquid level", "above the water level", "above the liquid surface",
           "above the water surface", "above the liquid", "above the water", "above the level", "above the surface",
           "above the sump", "above the sump level", "above the reservoir"),
)  # fmt: skip
suction_friction = Kind(
    "suction_friction", "m",
    names=("suction friction loss", "suction friction", "suction friction head", "suction loss", "suction losses",
           "suction line loss", "suction line losses", "suction pipe loss", "suction head loss",
           "suction line friction", "friction loss", "friction losses", "friction head", "friction head loss",
           "friction", "line loss", "line losses", "losses", "head loss", "head losses", "hf", "h_f"),
    hints=("friction", "loss", "losses"),
)  # fmt: skip
suction_pressure_loss = Kind(
    "suction_pressure_loss", "Pa",
    names=("suction line pressure drop", "suction line pressure loss", "suction pressure drop",
           "suction pressure loss", "suction friction loss", "suction line loss", "suction losses",
           "suction line losses", "friction loss", "line losses"),
    scale="difference", show=("kPa",),
)  # fmt: skip
npsh_available = Kind(
    "npsh_available", "m",
    names=("NPSH available", "available NPSH", "NPSHa", "NPSHA", "NPSH_a", "NPSH_A", "NPSH(a)",
           "net positive suction head available", "available net positive suction head", "net positive suction head",
           "NPSH", "NPSHav"),
    show=("m",),
)  # fmt: skip
npsh_required = Kind(
    "npsh_required", "m",
    names=("NPSH required", "required NPSH", "NPSHr", "NPSHR", "NPSH_r", "NPSH_R", "NPSH(r)", "NPSHreq",
           "net positive suction head required"),
    show=("m",),
)  # fmt: skip
npsh_margin = Kind(
    "npsh_margin", "m", names=("NPSH margin", "margin over NPSHr", "suction margin", "cavitation margin"), show=("m",)
)
