"""Kinds of control valves, relief valves and orifice meters."""

from __future__ import annotations

from collegia.tools import Kind
from collegia.tools import common as k

__all__ = [
    "back_pressure", "back_pressure_factor", "beta_ratio", "combination_factor", "discharge_coefficient",
    "expansibility", "flow_coefficient_cv", "flow_coefficient_kv", "meter_differential", "orifice_diameter",
    "orifice_letter", "overpressure", "permanent_loss", "recovery_factor", "relief_area",
    "relief_discharge_coefficient", "relieving_pressure", "set_pressure", "steam_service", "taps",
]  # fmt: skip

flow_coefficient_kv = Kind(
    "flow_coefficient_kv", "",
    names=("Kv", "KV", "kv", "Kᵥ", "K_v", "Kv value", "required Kv", "valve coefficient", "flow coefficient",
           "valve Kv", "valve size", "metric flow coefficient"),
)  # fmt: skip
flow_coefficient_cv = Kind("flow_coefficient_cv", "", names=("Cv", "CV", "C_v", "Cv value", "required Cv", "valve Cv"))
valve_pressure_drop = Kind(
    "valve_pressure_drop", "Pa",
    names=("valve pressure drop", "pressure drop across the valve", "pressure drop over the valve", "valve drop",
           "pressure drop through the valve", "valve differential", "pressure drop", "differential pressure", "dp",
           "Δp", "ΔP", "dP"),
    hints=("valve", "across", "drop"), parent=k.pressure_difference, scale="difference", show=("bar",),
)  # fmt: skip
recovery_factor = Kind(
    "recovery_factor", "",
    names=("FL", "F_L", "liquid pressure recovery factor", "pressure recovery factor", "recovery factor"),
)  # fmt: skip

orifice_diameter = Kind(
    "orifice_diameter", "m",
    names=("orifice diameter", "orifice bore", "orifice hole", "orifice bore diameter", "hole diameter", "bore",
           "plate bore", "bore diameter", "throat diameter", "orifice size", "orifice", "hole", "d"),
    hints=("orifice", "bore", "hole", "plate"), show=("mm",),
)  # fmt: skip
beta_ratio = Kind("beta_ratio", "", names=("beta ratio", "diameter ratio", "beta", "β", "d/D"))
meter_differential = Kind(
    "meter_differential", "Pa",
    names=("orifice differential pressure", "orifice pressure drop", "orifice differential",
           "pressure drop across the orifice", "pressure drop over the orifice", "differential pressure",
           "differential", "meter differential", "meter reading", "pressure differential", "pressure drop", "DP",
           "dp", "dP", "ΔP", "Δp"),
    hints=("reads", "differential", "orifice", "taps", "across", "shows", "measure", "transmitter",
           "measured"), parent=k.pressure_difference, scale="difference",
    show=("kPa",),
)  # fmt: skip
discharge_coefficient = Kind(
    "discharge_coefficient", "", names=("discharge coefficient", "orifice coefficient", "Cd", "C_d")
)
expansibility = Kind("expansibility", "", names=("expansibility factor", "expansibility", "expansion factor"))
taps = Kind(
    "taps", None, names=("taps", "tappings", "pressure taps", "tap type", "tapping"),
    words={"corner taps": "corner", "corner tap": "corner", "corner-tap": "corner", "corner-taps": "corner",
           "corner tapping": "corner", "corner tappings": "corner", "corner tapped": "corner",
           "corner-tapped": "corner", "flange taps": "flange", "flange tap": "flange", "flange-tap": "flange",
           "flange tapping": "flange", "flange tappings": "flange", "flange-tapped": "flange",
           "flange tapped": "flange", "D and D/2": "D and D/2", "D-D/2": "D and D/2", "D & D/2": "D and D/2",
           "D, D/2": "D and D/2", "D–D/2": "D and D/2", "radius taps": "D and D/2", "D and D/2 taps": "D and D/2",
           "radius tappings": "D and D/2"},
)  # fmt: skip

steam_service = Kind(
    "steam_service", None, names=("steam service",),
    words={"steam": "steam", "saturated steam": "steam", "superheated steam": "steam", "dry saturated steam": "steam",
           "dry steam": "steam"},
)  # fmt: skip
relieving_pressure = Kind(
    "relieving_pressure", "Pa",
    names=("relieving pressure", "relief pressure", "upstream relieving pressure", "flowing pressure",
           "inlet relieving pressure", "P1"),
    hints=("relieving", "relief", "relieves"), parent=k.pressure, scale="point", show=("bar",),
)  # fmt: skip
set_pressure = Kind(
    "set_pressure", "Pa",
    names=("set pressure", "set point pressure", "opening pressure", "popping pressure", "set at"),
    hints=("set",), scale="point", show=("bar",),
)  # fmt: skip
overpressure = Kind(
    "overpressure",
    "",
    names=("overpressure", "accumulation", "allowable overpressure", "over-pressure"),
    show=("percent",),
)
back_pressure = Kind(
    "back_pressure", "Pa",
    names=("back pressure", "backpressure", "back-pressure", "total back pressure"), scale="point",
    show=("bar",),
)  # fmt: skip
relief_discharge_coefficient = Kind(
    "relief_discharge_coefficient", "",
    names=("Kd", "K_d", "effective coefficient of discharge", "coefficient of discharge", "discharge coefficient"),
)  # fmt: skip
back_pressure_factor = Kind(
    "back_pressure_factor", "",
    names=("Kb", "K_b", "back pressure correction factor", "backpressure correction factor",
           "capacity correction factor"),
)  # fmt: skip
combination_factor = Kind(
    "combination_factor", "",
    names=("Kc", "K_c", "combination correction factor", "combination factor", "rupture disc factor",
           "rupture disk factor"),
)  # fmt: skip
relief_area = Kind(
    "relief_area", "m**2",
    names=("orifice area", "relief area", "relief valve area", "required orifice area", "required relief area",
           "discharge area", "effective discharge area", "effective area", "relief valve orifice area",
           "relief orifice area", "PSV area", "PSV orifice area", "PRV area", "safety valve area", "required area",
           "nozzle area", "API orifice area", "area"),
    show=("mm**2",),
)  # fmt: skip
permanent_loss = Kind(
    "permanent_loss", "Pa",
    names=("permanent pressure loss", "permanent loss", "unrecovered pressure loss", "non-recoverable pressure loss",
           "overall pressure loss"),
    parent=k.pressure_difference, scale="difference", show=("kPa",),
)  # fmt: skip
orifice_letter = Kind(
    "orifice_letter", None,
    names=("orifice letter", "orifice designation", "API letter", "API 526 orifice", "API 526 letter", "API orifice",
           "letter designation", "standard orifice", "orifice size"),
)  # fmt: skip
