"""Kinds of flow in pipes: velocities, dimensionless groups, friction, pressure drops and head losses."""

from __future__ import annotations

from collegia.tools import Kind
from collegia.tools import common as k

__all__ = [
    "elevation_change", "fanning_friction_factor", "flow_regime", "friction_factor", "friction_pressure_drop",
    "head_loss",
    "hydrostatic_pressure", "loss_coefficient", "pressure_rise", "relative_roughness", "reynolds_number", "roughness",
    "specific_gravity", "superficial_velocity", "total_pressure_drop",
]  # fmt: skip

reynolds_number = Kind(
    "reynolds_number",
    "",
    names=("Reynolds number", "Reynolds no", "Reynolds no.", "Reynolds", "Re", "pipe Reynolds number", "N_Re"),
)
superficial_velocity = Kind(
    "superficial_velocity", "m/s",
    names=("superficial velocity", "empty-tube velocity", "empty tube velocity", "superficial gas velocity",
           "superficial liquid velocity", "approach velocity", "vs", "v_s", "u0"),
    hints=("superficial",), parent=k.velocity,
)  # fmt: skip
specific_gravity = Kind(
    "specific_gravity", "",
    names=("specific gravity", "SG", "S.G.", "s.g.", "sg", "sp gr", "sp. gr.", "sp.gr.", "relative density"),
)  # fmt: skip

roughness = Kind(
    "roughness", "m",
    names=("roughness", "absolute roughness", "pipe roughness", "wall roughness", "surface roughness",
           "roughness height", "epsilon", "ε", "rough"),
    hints=("rough", "roughness"), show=("mm",),
    words={"smooth pipe": 0.0, "smooth tube": 0.0, "smooth tubing": 0.0, "hydraulically smooth": 0.0,
           "smooth-walled": 0.0},
)  # fmt: skip
relative_roughness = Kind(
    "relative_roughness", "", names=("relative roughness", "roughness ratio", "e/D", "ε/D", "eps/D", "k/D", "epsilon/D")
)
friction_factor = Kind(
    "friction_factor", "",
    names=("friction factor", "Darcy friction factor", "Moody friction factor", "Darcy-Weisbach friction factor",
           "Darcy–Weisbach friction factor", "Colebrook friction factor", "Darcy factor", "Darcy f", "f", "f_D"),
)  # fmt: skip
fanning_friction_factor = Kind(
    "fanning_friction_factor", "", names=("Fanning friction factor", "Fanning factor", "Fanning f", "f_F")
)
flow_regime = Kind("flow_regime", None, names=("flow regime", "regime", "laminar or turbulent", "turbulent or laminar"))
loss_coefficient = Kind(
    "loss_coefficient", "",
    names=("loss coefficient", "loss coefficients", "sum of loss coefficients", "total loss coefficient",
           "resistance coefficient", "fittings total K", "fittings K", "fitting K", "fittings with K", "total K",
           "sum of K", "K total", "K-value", "K value", "K values", "K factor", "K-factor", "minor loss coefficient",
           "minor losses K", "minor losses", "ΣK", "sum K", "K"),
    hints=("fittings", "fitting", "bends", "elbows", "minor"),
)  # fmt: skip

elevation_change = Kind(
    "elevation_change", "m",
    names=("lift", "static lift", "elevation", "elevation gain", "elevation change", "elevation difference",
           "elevation rise", "height difference", "height gain", "vertical rise", "vertical lift",
           "difference in height", "difference in level", "level difference", "static height", "rise in elevation",
           "Δz", "dz", "delta z", "static head"),
    hints=("raise", "raises", "lifted", "lift", "lifts", "up", "uphill", "higher", "rise", "rises", "rising",
    "raised", "elevated",
           "vertical", "vertically", "climbs", "above", "upwards"),
)  # fmt: skip
pressure_rise = Kind(
    "pressure_rise", "Pa",
    names=("pressure rise", "pump differential pressure", "pump differential", "pump pressure rise",
           "differential pressure", "pressure increase", "pressure boost", "discharge pressure rise", "differential",
           "ΔP", "dP", "Δp"),
    hints=("differential", "against", "boost", "boosts", "raises"), parent=k.pressure_difference, show=("bar",),
    scale="difference",
)  # fmt: skip
total_pressure_drop = Kind(
    "total_pressure_drop", "Pa",
    names=("total pressure drop", "total pressure difference", "total pressure loss", "overall pressure drop",
           "overall pressure difference", "total dP", "total ΔP", "total differential pressure",
           "system pressure drop",
           "required pressure difference", "required pump pressure", "total differential", "overall pressure loss"),
    parent=pressure_rise, show=("bar",), scale="difference",
)  # fmt: skip
friction_pressure_drop = Kind(
    "friction_pressure_drop", "Pa",
    names=("friction", "friction ΔP", "ΔP friction", "frictional ΔP", "line friction", "ΔP", "Δp", "dP", "dp",
    "pressure drop", "pressure loss", "friction pressure drop", "frictional pressure drop",
           "friction pressure loss", "frictional pressure loss", "friction loss", "frictional loss",
           "frictional losses", "friction drop", "friction losses", "line loss", "line pressure drop",
           "line pressure loss", "pipe pressure drop", "pipe pressure loss", "pipe friction",
           "pressure drop due to friction", "pressure loss due to friction", "friction dP", "frictional dP",
           "pressure gradient loss", "press drop", "incompressible friction drop", "dp friction"),
    parent=k.pressure_difference, show=("bar",), scale="difference",
)  # fmt: skip
head_loss = Kind(
    "head_loss", "m",
    names=("head loss", "friction head", "friction head loss", "frictional head loss", "loss of head", "lost head",
           "friction loss", "pressure drop", "pressure loss", "hL", "h_L"),
    show=("m",),
)  # fmt: skip
hydrostatic_pressure = Kind(
    "hydrostatic_pressure", "Pa",
    names=("hydrostatic pressure", "hydrostatic head", "pressure of the column", "static pressure",
           "pressure at the bottom", "pressure at the base", "pressure on the bottom", "gauge pressure at the bottom",
           "head pressure", "bottom pressure", "static head pressure", "pressure of the liquid column",
           "liquid head pressure", "gauge pressure", "bottom gauge pressure"),
    parent=k.pressure_difference, show=("bar",), scale="difference",
)  # fmt: skip
