"""Kinds of tanks and stirred vessels."""

from __future__ import annotations

from collegia.tools import Kind
from collegia.tools import common as k

__all__ = [
    "bottom_pressure", "fill_fraction", "impeller_diameter", "impeller_power", "impeller_reynolds", "liquid_height",
    "liquid_volume", "power_number", "rotational_speed", "tank_capacity", "tank_diameter", "tank_height",
    "tank_length", "tank_lying", "tank_standing", "tip_speed",
]  # fmt: skip

tank_diameter = Kind(
    "tank_diameter", "m",
    names=("tank diameter", "vessel diameter", "drum diameter", "cylinder diameter", "diameter of the tank",
           "tank inside diameter", "tank ID", "ID", "inside diameter", "internal diameter"),
    hints=("tank", "vessel", "drum", "cylinder", "diameter", "silo", "accumulator"), parent=k.diameter, show=("m",),
)  # fmt: skip
tank_length = Kind(
    "tank_length", "m",
    names=("tank length", "vessel length", "drum length", "cylinder length", "tan-tan length",
           "tangent to tangent length", "length of the tank", "shell length", "tan to tan"),
    hints=("long", "length"), parent=k.length, show=("m",),
)  # fmt: skip
tank_height = Kind(
    "tank_height",
    "m",
    names=("tank height", "vessel height", "height of the tank"),
    hints=("high", "tall"),
    show=("m",),
)
liquid_height = Kind(
    "liquid_height", "m",
    names=("liquid height", "liquid level", "liquid depth", "level", "depth", "filling height", "fill height",
           "fill level", "height of liquid", "depth of liquid", "water depth", "water level", "column height",
           "height", "h"),
    hints=("dipped", "dip", "filled", "level", "depth", "deep", "full", "liquid", "height", "column",
    "below the surface", "high",
           "tall"),
    show=("m",),
)  # fmt: skip
tank_lying = Kind(
    "tank_lying", None, names=("lying tank",),
    words={"horizontal tank": "horizontal", "horizontal cylinder": "horizontal", "horizontal vessel": "horizontal",
           "horizontal": "horizontal", "horizontally": "horizontal", "lying": "horizontal",
           "on its side": "horizontal", "lies on its side": "horizontal", "lying on its side": "horizontal"},
)  # fmt: skip
tank_standing = Kind(
    "tank_standing", None, names=("standing tank",),
    words={"vertical tank": "vertical", "vertical cylinder": "vertical", "vertical vessel": "vertical",
           "vertical": "vertical", "upright": "vertical", "standing": "vertical", "flat-bottomed": "vertical"},
)  # fmt: skip
liquid_volume = Kind(
    "liquid_volume", "m**3",
    names=("liquid volume", "volume of liquid", "filled volume", "volume", "contents", "liquid content", "hold-up",
           "holdup", "liquid inventory", "volume of the liquid", "partial volume"),
    hints=("are inside", "is inside", "are in the tank", "is in the tank", "liquid inside"),
    parent=k.volume, show=("m**3",),
)  # fmt: skip
tank_capacity = Kind(
    "tank_capacity", "m**3",
    names=("tank volume", "total volume", "tank capacity", "vessel volume", "full volume", "gross volume",
           "volume of the tank", "drum volume", "total tank volume"),
    parent=k.volume, show=("m**3",),
)  # fmt: skip
fill_fraction = Kind(
    "fill_fraction", "",
    names=("fill fraction", "percent full", "percentage full", "degree of filling", "filling degree"),
    show=("percent",),
)  # fmt: skip
bottom_pressure = Kind(
    "bottom_pressure", "Pa",
    names=("absolute pressure at the bottom", "absolute bottom pressure", "absolute pressure at the base",
           "total pressure at the bottom", "absolute pressure at that depth"),
    show=("bar",), scale="point",
)  # fmt: skip

power_number = Kind("power_number", "", names=("power number", "Newton number", "Np", "N_p", "Po", "Ne", "P0"))
rotational_speed = Kind(
    "rotational_speed", "1/s",
    names=("rotational speed", "speed", "agitator speed", "impeller speed", "stirrer speed", "rotation speed",
           "shaft speed", "mixer speed", "rotational frequency", "agitation speed", "stirring speed", "N"),
    hints=("rpm", "turbine", "impeller", "agitator", "stirrer", "stirred", "rotating", "turning", "rotates", "turns",
           "mixer"),
    show=("1/minute",), common=True,
)  # fmt: skip
impeller_diameter = Kind(
    "impeller_diameter", "m",
    names=("impeller diameter", "turbine diameter", "agitator diameter", "stirrer diameter", "propeller diameter",
           "rotor diameter", "mixer diameter", "paddle diameter", "anchor diameter", "D"),
    hints=("turbine", "impeller", "agitator", "stirrer", "propeller", "Rushton", "paddle", "blade", "rotor"),
    parent=k.diameter,
    show=("m",),
)  # fmt: skip
impeller_power = Kind(
    "impeller_power", "W",
    names=("shaft power", "agitator shaft power", "impeller power", "agitator power", "mixing power",
    "stirrer power", "agitation power", "mixer power",
           "power draw", "power", "absorbed power", "power absorbed", "impeller power draw", "stirring power",
           "power input"), hints=("turbine",
           "impeller", "agitator", "Rushton",),
    parent=k.power, show=("W",),
)  # fmt: skip
impeller_reynolds = Kind(
    "impeller_reynolds", "",
    names=("impeller Reynolds number", "stirrer Reynolds number", "mixing Reynolds number",
    "agitator Reynolds number",
           "impeller Re", "rotational Reynolds number", "Re_imp"),
)  # fmt: skip
tip_speed = Kind(
    "tip_speed", "m/s",
    names=("tip speed", "impeller tip speed", "blade tip speed", "peripheral speed", "circumferential speed",
           "tip velocity"),
)  # fmt: skip
