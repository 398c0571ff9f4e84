"""Kinds of heat transfer: temperatures, flows, coefficients and resistances of exchangers and insulation."""

from __future__ import annotations

from collegia.domains.process_engineering.kinds.heat_words import find_shells
from collegia.domains.process_engineering.kinds.properties import heat_duty, thermal_conductivity
from collegia.tools import Kind
from collegia.tools import common as k

__all__ = [
    "arithmetic_mean_difference",
    "arrangement",
    "capacity_rate",
    "capacity_ratio",
    "clean_coefficient",
    "condensate_flow",
    "condensing",
    "condensing_medium",
    "correction_factor",
    "effectiveness",
    "evaporating_medium",
    "evaporation_flow",
    "exchanger_area",
    "film_coefficient",
    "fouled_coefficient",
    "fouling_resistance",
    "heat_direction",
    "heat_flux",
    "heat_loss",
    "heat_loss_per_length",
    "inner_radius",
    "inner_surface_temperature",
    "inside_film",
    "inside_fouling",
    "insulation_conductivity",
    "insulation_thickness",
    "lmtd",
    "maximum_duty",
    "ntu",
    "outer_radius",
    "outer_surface_temperature",
    "outside_film",
    "outside_fouling",
    "overall_coefficient",
    "overall_coefficient_inside",
    "phase_change",
    "shell_passes",
    "steam_flow",
    "vaporising",
    "wall_conductivity",
    "wall_thickness",
]  # fmt: skip

# Flows that a duty asks for.
steam_flow = Kind(
    "steam_flow", "kg/s",
    names=("steam flow", "steam flow rate", "how much steam", "steam is needed", "steam is required", "much steam",
           "steam consumption", "steam demand", "steam requirement", "steam rate", "steam usage", "steam use",
           "mass of steam", "amount of steam", "steam required", "steam needed", "kg/h of steam", "kg/h steam",
           "heating steam", "t/h of steam", "flow of steam", "steam mass flow", "dry saturated steam"),
    show=("kg/hour",),
)  # fmt: skip
condensate_flow = Kind(
    "condensate_flow", "kg/s",
    names=("condensate", "condensate flow", "condensate rate", "condensate formed", "condensate formation",
           "condensate load", "condensate flow rate", "condensation rate", "rate of condensation", "steam condensed",
           "condensed steam", "amount of condensate", "condensate produced"),
    show=("kg/hour",),
)  # fmt: skip
evaporation_flow = Kind(
    "evaporation_flow", "kg/s",
    names=("evaporation rate", "rate of evaporation", "vapour generated", "vapor generated", "vapour generation",
           "vapor generation", "steam generated", "steam production", "steam raised", "steam generation",
           "boil-off rate", "boiloff rate", "boil-off", "boil-up rate", "boilup rate", "boilup", "boil-up",
           "vapour produced", "vapor produced", "evaporated flow"),
    show=("kg/hour",),
)  # fmt: skip

_EVAPORATES = (
    "evaporate", "evaporates", "evaporated", "evaporating", "vaporise", "vaporize", "vaporised", "vaporized",
    "vaporising", "vaporizing", "boil off", "boiled off", "turn into steam", "raise steam", "into saturated steam",
    "to saturated steam", "into dry saturated steam", "into steam", "evaporate completely",
)  # fmt: skip
_CONDENSES = ("condense", "condenses", "condensing", "condensed", "condensation")
# Only a question that speaks of steam, or of condensing, may be answered by latent heat: "how many kg/h of water remove
# 500 kW" is no question of condensate.
condensing_medium = Kind(
    "condensing_medium", None, names=("steam or condensing vapour",),
    words=dict.fromkeys(
        (
            "steam", "saturated steam", "dry saturated steam", "heating steam", "saturated vapour", "saturated vapor",
            *_CONDENSES, *steam_flow.names, *condensate_flow.names,
        ),
        "condensing",
    ),
)  # fmt: skip
evaporating_medium = Kind(
    "evaporating_medium",
    None,
    names=("evaporating liquid",),
    words=dict.fromkeys((*_EVAPORATES, "evaporation", "evaporator", "boiler", *evaporation_flow.names), "evaporating"),
)

# What a stream does, said in words.
phase_change = Kind(
    "phase_change", None, names=("phase change",),
    words={
        "condense": "condensing", "condenses": "condensing", "condensing": "condensing", "condensed": "condensing",
        "condenser": "condensing", "liquefy": "condensing", "total condenser": "condensing",
        "condensation": "condensing",
        "evaporate": "vaporising", "evaporates": "vaporising", "evaporated": "vaporising",
        "evaporating": "vaporising",
        "evaporation": "vaporising", "evaporator": "vaporising", "vaporise": "vaporising", "vaporize": "vaporising",
        "vaporised": "vaporising", "vaporized": "vaporising", "vaporising": "vaporising", "vaporizing": "vaporising",
        "vaporiser": "vaporising", "vaporizer": "vaporising", "reboiler": "vaporising", "boil off": "vaporising",
        "boiled off": "vaporising", "boiling off": "vaporising", "raise steam": "vaporising", "latent": "vaporising",
        "latent duty": "vaporising", "latent heat duty": "vaporising", "vaporisation": "vaporising",
        "vaporization": "vaporising",
    },
)  # fmt: skip
condensing = Kind("condensing", None, names=("condensing side",), words=dict.fromkeys(_CONDENSES, "condensing"))
vaporising = Kind("vaporising", None, names=("evaporation",), words=dict.fromkeys(_EVAPORATES, "vaporising"))

# Exchangers.
arrangement = Kind(
    "arrangement", None, names=("flow arrangement", "arrangement"),
    words={
        **dict.fromkeys(
            ("counterflow", "counter-flow", "counter flow", "counter-current", "countercurrent", "counter current",
             "counter-currently", "countercurrently", "contraflow", "contra-flow", "counter current flow"),
            "counterflow",
        ),
        **dict.fromkeys(
            ("parallel flow", "parallel-flow", "co-current", "cocurrent", "co current", "co-currently", "cocurrently",
             "parallel",
             "co-flow", "coflow", "parallelflow", "concurrent flow"),
            "parallel flow",
        ),
        **dict.fromkeys(("crossflow", "cross-flow", "cross flow"), "crossflow"),
    },
)  # fmt: skip
exchanger_area = Kind(
    "exchanger_area", "m**2",
    names=("heat transfer area", "exchanger area", "heat exchanger area", "transfer area", "surface area",
           "heat transfer surface", "exchanger surface", "area", "required area", "surface", "exchanger size",
           "heating surface", "heat exchange area", "condenser area", "cooler area", "reboiler area", "heater area"),
    hints=("exchanger", "cooler", "heater", "condenser", "reboiler", "preheater", "economiser"),
    parent=k.area, show=("m**2",),
)  # fmt: skip
shell_passes = Kind(
    "shell_passes", "", names=("shell passes", "shell pass", "shells", "shells in series", "number of shells"),
    find=find_shells,
)  # fmt: skip
# No wider kind: a log mean difference that was computed must not stand in for the temperature rise of a stream.
lmtd = Kind(
    "lmtd", "K",
    names=("LMTD", "log mean temperature difference", "logarithmic mean temperature difference",
           "log-mean temperature difference", "log mean", "log-mean", "logarithmic mean",
           "mean temperature difference", "MTD", "log mean difference", "ΔTlm", "ΔT_lm", "dTlm", "lmtd",
           "log-mean difference", "logarithmic mean difference", "ΔTm", "log mean ΔT", "log-mean ΔT",
           "logarithmic temperature difference", "effective temperature difference", "mean driving force"),
    scale="difference", show=("K",),
)  # fmt: skip
arithmetic_mean_difference = Kind(
    "arithmetic_mean_difference", "K",
    names=("arithmetic mean temperature difference", "arithmetic temperature difference",
    "arithmetic mean difference",
           "AMTD", "arithmetic mean", "arithmetic-mean", "average temperature difference", "arithmetic average",
           "arithmetic"),
    scale="difference", show=("K",),
)  # fmt: skip
correction_factor = Kind(
    "correction_factor", "",
    names=("LMTD correction factor", "correction factor", "F factor", "F-factor", "F correction",
           "temperature correction factor", "configuration factor", "geometry factor", "Ft", "FT", "F_T", "F"),
)  # fmt: skip
overall_coefficient = Kind(
    "overall_coefficient", "W/(m**2*K)",
    names=("overall heat transfer coefficient", "overall heat-transfer coefficient", "overall U",
           "overall coefficient", "U", "U-value", "U value", "overall heat transfer coefficient U",
           "overall transfer coefficient", "OHTC", "heat transfer coefficient", "heat-transfer coefficient",
           "overall thermal transmittance", "design U"),
    common=True,
)  # fmt: skip
overall_coefficient_inside = Kind(
    "overall_coefficient_inside", "W/(m**2*K)",
    names=("overall coefficient on the inside area", "inside overall coefficient", "U on the inside area", "Ui",
    "U_i",
           "Uᵢ", "U based on the inside area", "inside U"),
)  # fmt: skip
clean_coefficient = Kind(
    "clean_coefficient", "W/(m**2*K)",
    names=("clean overall coefficient", "clean coefficient", "clean U", "U clean", "U_clean", "clean overall U",
           "Uclean", "clean", "clean overall heat transfer coefficient", "clean heat transfer coefficient"),
)  # fmt: skip
fouled_coefficient = Kind(
    "fouled_coefficient", "W/(m**2*K)",
    names=("fouled overall coefficient", "fouled coefficient", "dirty coefficient", "dirty U", "fouled U",
    "service U",
           "U dirty", "U_dirty", "service coefficient", "coefficient in service", "fouled", "dirty",
           "overall U in service"),
)  # fmt: skip
film_coefficient = Kind(
    "film_coefficient", "W/(m**2*K)",
    names=("film coefficient", "film coefficients", "film heat transfer coefficient",
           "film heat transfer coefficients", "convective heat transfer coefficient", "convection coefficient",
           "convective coefficient", "surface coefficient", "individual coefficient", "heat transfer coefficients",
           "side film", "film", "films", "h_i", "h_o", "HTC", "side coefficient", "tube-side coefficient",
           "inside coefficient", "inside heat transfer coefficient", "tube-side heat transfer coefficient",
           "inside film coefficient", "tube-side film coefficient", "Dittus-Boelter coefficient",
           "heat transfer coefficient inside", "h", "hi", "ho"),
    hints=("film", "films"),
)  # fmt: skip
inside_film = Kind(
    "inside_film", "W/(m**2*K)",
    names=("film inside", "inside films", "tube film", "inside film coefficient", "inside film",
    "inside coefficient", "inside heat transfer coefficient",
           "tube-side coefficient", "tube side coefficient", "tube-side film coefficient", "tube-side film",
           "tube side film", "inner film coefficient", "tube-side heat transfer coefficient", "inside h", "h_i", "hᵢ",
           "h inside", "inner film", "internal film coefficient", "hi"),
    parent=film_coefficient,
)  # fmt: skip
outside_film = Kind(
    "outside_film", "W/(m**2*K)",
    names=("film outside", "outside films", "condensing film outside", "shell film", "outside film coefficient",
    "outside film", "outside coefficient", "outside heat transfer coefficient",
           "shell-side coefficient", "shell side coefficient", "shell-side film coefficient", "shell-side film",
           "shell side film", "outer film coefficient", "shell-side heat transfer coefficient", "outside h", "h_o",
           "hₒ", "h outside", "outer film", "external film coefficient", "ho"),
    parent=film_coefficient,
)  # fmt: skip
fouling_resistance = Kind(
    "fouling_resistance", "m**2*K/W",
    names=("fouling resistance", "fouling resistances", "fouling factor", "fouling factors", "fouling", "dirt factor",
           "Rf", "R_f", "scale resistance", "dirt resistance", "fouling allowance"),
    common=True,
)  # fmt: skip
# The fouling of one side has no wider kind: a value said of no side, or of each, must not count for one side alone.
inside_fouling = Kind(
    "inside_fouling", "m**2*K/W",
    names=("inside fouling resistance", "inside fouling", "tube-side fouling", "tube side fouling",
           "inside fouling factor", "Rfi", "R_fi", "tube-side fouling resistance", "tube-side fouling factor",
           "inner fouling"),
)  # fmt: skip
outside_fouling = Kind(
    "outside_fouling", "m**2*K/W",
    names=("outside fouling resistance", "outside fouling", "shell-side fouling", "shell side fouling",
           "outside fouling factor", "Rfo", "R_fo", "shell-side fouling resistance", "shell-side fouling factor",
           "outer fouling"),
)  # fmt: skip
wall_thickness = Kind(
    "wall_thickness", "m", names=("wall thickness", "wall", "plate thickness", "thickness of the wall",
                                  "thickness of the plate", "thickness"),
    hints=("wall", "plate", "thick", "sheet", "steel", "stainless"), parent=k.length, show=("mm",),
)  # fmt: skip
wall_conductivity = Kind(
    "wall_conductivity", "W/(m*K)",
    names=("wall conductivity", "wall thermal conductivity", "conductivity of the wall",
           "thermal conductivity of the wall", "metal conductivity", "tube conductivity", "steel conductivity",
           "plate conductivity", "conductivity of the metal", "conductivity of the tube",
           "conductivity of the steel"),
    hints=("wall", "plate", "steel", "stainless", "copper", "titanium", "tube"), parent=thermal_conductivity,
)  # fmt: skip
effectiveness = Kind(
    "effectiveness", "", names=("effectiveness", "exchanger effectiveness", "thermal effectiveness",
                                "heat exchanger effectiveness", "ε"),
)  # fmt: skip
ntu = Kind(
    "ntu", "", names=("NTU", "number of transfer units", "transfer units", "heat transfer units", "Ntu", "N_tu"),
)  # fmt: skip
capacity_ratio = Kind(
    "capacity_ratio", "",
    names=("heat capacity ratio", "heat capacity rate ratio", "capacity rate ratio", "capacity ratio", "Cr", "C_r",
    "Cᵣ", "Cmin/Cmax", "C*",
           "ratio of capacity rates", "heat capacity flow ratio"),
)  # fmt: skip
capacity_rate = Kind(
    "capacity_rate", "W/K",
    names=("heat capacity rate", "heat capacity flow rate", "capacity rate", "heat capacity flow",
           "thermal capacity rate", "mcp", "m·cp", "m*cp", "heat capacity flowrate"),
    common=True,
)  # fmt: skip
maximum_duty = Kind(
    "maximum_duty", "W",
    names=("maximum heat duty", "maximum duty", "maximum possible duty", "maximum heat transfer", "Qmax", "Q_max",
           "maximum possible heat"),
    show=("kW",),
)  # fmt: skip
heat_direction = Kind(
    "heat_direction", None, names=("heating or cooling",),
    words={
        **dict.fromkeys(
            ("being heated", "is heated", "fluid heated", "heated fluid", "for heating", "heating the fluid",
             "fluid is being heated"),
            "heating",
        ),
        **dict.fromkeys(
            ("being cooled", "is cooled", "fluid cooled", "cooled fluid", "for cooling", "cooling the fluid",
             "fluid is being cooled"),
            "cooling",
        ),
    },
)  # fmt: skip
heat_flux = Kind(
    "heat_flux", "W/m**2", names=("heat flux", "heat flux density", "duty per area", "heat flow density"),
    show=("kW/m**2",), common=True,
)  # fmt: skip

# Insulation.
heat_loss = Kind(
    "heat_loss", "W",
    names=("heat loss", "heat losses", "heat loss rate", "heat lost", "loss of heat", "heat gain",
    "rate of heat loss",
           "heat leak", "heat ingress", "thermal loss", "total heat loss", "heat loss from the pipe"),
    parent=heat_duty, show=("kW",),
)  # fmt: skip
heat_loss_per_length = Kind(
    "heat_loss_per_length", "W/m",
    names=("heat loss per metre", "heat loss per meter", "heat loss per m", "heat loss per unit length",
           "loss per metre", "loss per meter", "heat loss per metre of pipe", "heat loss per metre run",
           "linear heat loss", "heat loss", "heat gain per metre"),
    show=("W/m",), common=True,
)  # fmt: skip
inner_radius = Kind(
    "inner_radius", "m", names=("inner radius", "inside radius", "internal radius", "r1", "r_1", "radius of the pipe",
                                "pipe radius"),
    hints=("radius", "inner"), show=("mm",),
)  # fmt: skip
outer_radius = Kind(
    "outer_radius", "m", names=("outer radius", "outside radius", "external radius", "r2", "r_2",
                                "radius of the insulation"),
    hints=("radius", "outer"), show=("mm",),
)  # fmt: skip
insulation_thickness = Kind(
    "insulation_thickness", "m",
    names=("insulation thickness", "thickness of insulation", "thickness of the insulation", "lagging thickness",
           "of insulation", "of lagging", "insulation", "lagging", "of mineral wool", "of rock wool", "of rockwool",
           "of glass wool", "mineral wool", "thickness of the lagging", "of calcium silicate"),
    hints=("insulation", "insulated", "lagging", "lagged", "wool", "insulating"), parent=k.length, show=("mm",),
)  # fmt: skip
insulation_conductivity = Kind(
    "insulation_conductivity", "W/(m*K)",
    names=("insulation conductivity", "conductivity of the insulation", "thermal conductivity of the insulation",
           "insulation k", "insulation thermal conductivity", "conductivity of insulation", "lagging conductivity",
           "k of the insulation", "thermal conductivity of insulation", "conductivity of the lagging"),
    hints=("insulation", "insulated", "lagging", "lagged", "wool"), parent=thermal_conductivity,
)  # fmt: skip
inner_surface_temperature = Kind(
    "inner_surface_temperature", "K",
    names=("wall", "pipe surface", "steam pipe surface", "pipe wall temperature", "wall temperature",
    "inner surface temperature", "inside temperature",
           "pipe temperature", "inner temperature", "inside surface temperature", "hot face temperature",
           "pipe surface temperature", "pipe wall", "inner wall temperature", "hot face", "inner surface",
           "temperature of the pipe"),
    hints=("wall", "pipe", "inner", "inside"), parent=k.temperature, scale="point", show=("degC",),
)  # fmt: skip
outer_surface_temperature = Kind(
    "outer_surface_temperature", "K",
    names=("outside of the lagging", "outside of the insulation", "surface of the lagging",
    "outer surface temperature", "outside surface temperature", "outer insulation surface",
           "insulation surface temperature", "surface temperature", "outer surface", "outside surface",
           "cladding temperature", "cold face temperature", "outer temperature", "outside temperature",
           "insulation surface", "outer insulation surface temperature", "jacket surface", "cold face",
           "temperature of the outer surface", "surface of the insulation", "outer wall temperature"),
    hints=("outer", "outside", "surface", "cladding"), parent=k.temperature, scale="point", show=("degC",),
)  # fmt: skip
