"""Kinds of the boiling line, of a compound's constants and of its safety data.

The temperatures and densities on the boiling line have no wider kind on purpose: a saturation temperature that was
computed must not stand in for the temperature of a fluid, which nobody said is saturated.
"""

from __future__ import annotations

from collegia.domains.process_engineering.substances import WORDS
from collegia.tools import Kind

__all__ = [
    "acentric_factor", "autoignition_temperature", "ceiling_limit", "critical_density", "critical_pressure",
    "critical_temperature", "flash_point", "lower_flammability_limit", "melting_point", "normal_boiling_point",
    "saturated_liquid_density", "saturated_liquid_enthalpy", "saturated_vapour_density",
    "saturated_vapour_enthalpy", "saturation_temperature", "short_term_limit", "specific_enthalpy",
    "specific_entropy", "speed_of_sound", "time_weighted_limit", "upper_flammability_limit", "vapour_pressure",
]  # fmt: skip

vapour_pressure = Kind(
    "vapour_pressure", "Pa",
    names=("condensing pressure", "vapour pressure", "vapor pressure", "saturation pressure",
    "saturated vapour pressure",
           "saturated vapor pressure", "saturation vapour pressure", "saturation vapor pressure", "boiling pressure",
           "equilibrium pressure", "v.p.", "vp", "VP", "Psat", "P_sat", "p_sat", "psat", "Pv", "pv", "P_v",
           "p_v"), hints=("saturated", "saturation", "boil", "boils", "boiling",),
    show=("kPa",), scale="point",
)  # fmt: skip
_BOILING_QUESTIONS = tuple(
    phrase
    for thing in ("it", "the liquid", "the fluid", "the water", *sorted(set(map(str, WORDS.values()))))
    for phrase in (f"temperature does {thing} boil", f"temperature will {thing} boil", f"temperature {thing} boils",
                   f"temperature does {thing} condense", f"temperature {thing} condenses")
)  # fmt: skip
"""How the boiling temperature is asked for without its name; otherwise "temperature" alone would be read."""

saturation_temperature = Kind(
    "saturation_temperature", "K",
    names=("saturation temperature", "saturation temp", "sat temp", "saturated temperature", "boiling temperature",
           "boiling temp", "boiling point", "saturated steam temperature", "steam temperature",
           "temperature of saturated steam", "temperature of the saturated steam", "Tsat", "T_sat", "tsat", "boil",
           "boils", *_BOILING_QUESTIONS),
    show=("degC",), scale="point",
)  # fmt: skip
normal_boiling_point = Kind(
    "normal_boiling_point", "K",
    names=("normal boiling point", "normal boiling temperature", "atmospheric boiling point", "boiling point", "NBP",
           "nbp", "bp", "b.p.", "Tb", "T_b"),
    show=("degC",), scale="point",
)  # fmt: skip
melting_point = Kind(
    "melting_point", "K",
    names=("melting point", "melting temperature", "freezing point", "freezing temperature", "fusion temperature",
           "mp", "m.p.", "Tm", "T_m"),
    show=("degC",), scale="point",
)  # fmt: skip
saturated_liquid_density = Kind(
    "saturated_liquid_density", "kg/m**3",
    names=("saturated liquid density", "density of saturated liquid", "density of the saturated liquid",
           "saturated water density", "density of saturated water", "liquid density at saturation",
           "saturation liquid density", "rho_l", "ρ_l"),
)  # fmt: skip
saturated_vapour_density = Kind(
    "saturated_vapour_density", "kg/m**3",
    names=("saturated vapour density", "saturated vapor density", "density of saturated vapour",
           "density of saturated vapor", "density of saturated steam", "density of dry saturated steam",
           "saturated steam density", "steam density", "density of the saturated vapour",
           "density of the saturated vapor", "vapour density at saturation", "rho_v", "ρ_v"),
)  # fmt: skip
specific_enthalpy = Kind(
    "specific_enthalpy", "J/kg", names=("specific enthalpy", "enthalpy", "enthalpies"), show=("kJ/kg",)
)
specific_entropy = Kind("specific_entropy", "J/(kg*K)", names=("specific entropy", "entropy"), show=("kJ/(kg*K)",))
saturated_liquid_enthalpy = Kind(
    "saturated_liquid_enthalpy", "J/kg",
    names=("saturated liquid enthalpy", "enthalpy of saturated liquid", "enthalpy of the saturated liquid",
           "enthalpy of saturated water", "saturated water enthalpy", "condensate enthalpy", "hf", "h_f", "h'"),
    show=("kJ/kg",),
)  # fmt: skip
saturated_vapour_enthalpy = Kind(
    "saturated_vapour_enthalpy", "J/kg",
    names=("saturated vapour enthalpy", "saturated vapor enthalpy", "enthalpy of saturated vapour",
           "enthalpy of saturated vapor", "enthalpy of saturated steam", "enthalpy of dry saturated steam",
           "saturated steam enthalpy", "steam enthalpy", "hg", "h_g", "h''"),
    show=("kJ/kg",),
)  # fmt: skip
speed_of_sound = Kind(
    "speed_of_sound",
    "m/s",
    names=("speed of sound", "sound velocity", "velocity of sound", "sonic velocity", "sound speed"),
)

critical_temperature = Kind(
    "critical_temperature", "K",
    names=("critical temperature", "critical temp", "critical point temperature", "Tc", "T_c", "Tcrit"),
    show=("degC",), scale="point",
)  # fmt: skip
critical_pressure = Kind(
    "critical_pressure", "Pa", names=("critical pressure", "critical point pressure", "Pc", "P_c", "pc", "Pcrit"),
    show=("bar",), scale="point",
)  # fmt: skip
critical_density = Kind("critical_density", "kg/m**3", names=("critical density", "rho_c"))
acentric_factor = Kind("acentric_factor", "", names=("acentric factor", "Pitzer acentric factor", "omega", "ω"))

flash_point = Kind(
    "flash_point", "K",
    names=("flash point", "flashpoint", "closed-cup flash point", "flash temperature"), show=("degC",),
    scale="point",
)  # fmt: skip
autoignition_temperature = Kind(
    "autoignition_temperature", "K",
    names=("autoignition temperature", "auto-ignition temperature", "auto ignition temperature",
           "self-ignition temperature", "ignition temperature", "autoignition point", "autoignition", "auto-ignition",
           "AIT"),
    show=("degC",), scale="point",
)  # fmt: skip
# "lower and upper flammability limits" asks for both: "lower and" stands for the first, what follows for the second.
_RANGE_NAMES = (
    "flammability limits", "flammable limits", "explosive limits", "explosion limits", "flammable range",
    "flammability range", "explosive range",
)  # fmt: skip
lower_flammability_limit = Kind(
    "lower_flammability_limit", "",
    names=("lower flammability limit", "lower flammable limit", "lower explosive limit", "lower explosion limit",
           "lower and", "LFL", "LEL", *_RANGE_NAMES),
    show=("percent",),
)  # fmt: skip
upper_flammability_limit = Kind(
    "upper_flammability_limit", "",
    names=("upper flammability limit", "upper flammable limit", "upper explosive limit", "upper explosion limit",
           "upper and", "UFL", "UEL", *_RANGE_NAMES),
    show=("percent",),
)  # fmt: skip
time_weighted_limit = Kind(
    "time_weighted_limit", "",
    names=("time-weighted average", "time weighted average", "exposure limit", "occupational exposure limit",
           "workplace limit", "workplace exposure limit", "permissible exposure limit", "threshold limit value",
           "8-hour limit", "TWA", "TLV", "TLV-TWA", "OEL", "PEL", "WEL"),
    show=("ppm",),
)  # fmt: skip
short_term_limit = Kind(
    "short_term_limit", "",
    names=("short-term exposure limit", "short term exposure limit", "STEL", "TLV-STEL", "15-minute limit"),
    show=("ppm",),
)  # fmt: skip
ceiling_limit = Kind("ceiling_limit", "", names=("ceiling limit", "ceiling exposure limit", "TLV-C"), show=("ppm",))
