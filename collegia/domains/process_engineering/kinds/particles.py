"""Kinds of particles, settling and packed beds."""

from __future__ import annotations

from collegia.domains.process_engineering.kinds import pipes as p
from collegia.tools import Kind
from collegia.tools import common as k

__all__ = [
    "bed_diameter", "bed_height", "bed_pressure_drop", "minimum_fluidisation_velocity", "particle_density",
    "particle_diameter", "particle_reynolds", "settling_area", "sphericity", "terminal_velocity", "voidage",
]  # fmt: skip

particle_diameter = Kind(
    "particle_diameter", "m",
    names=("particle diameter", "particle size", "grain size", "grain diameter", "sphere diameter", "bead diameter",
           "pellet diameter", "pellet size", "droplet diameter", "droplet size", "drop diameter", "drop size",
           "bead size", "diameter of the particles", "packing size", "packing diameter", "catalyst size",
           "catalyst diameter", "mean particle size", "Sauter diameter", "d50", "dp", "d_p", "dₚ"),
    hints=("particle", "particles", "sphere", "spheres", "spherical", "grain", "grains", "bead", "beads", "pellet",
           "pellets", "catalyst", "droplet", "droplets", "drops", "sand", "granules", "packing", "dust", "powder",
           "quartz", "balls", "glass beads", "steel ball", "ball", "solids", "crystals"),
    parent=k.diameter, show=("mm",),
)  # fmt: skip
particle_density = Kind(
    "particle_density", "kg/m**3",
    names=("particle density", "solid density", "solids density", "grain density", "density of the particles",
           "density of particles", "density of the solid", "density of the solids", "density of the sphere",
           "droplet density", "sphere density", "skeletal density", "rho_p", "ρ_p", "ρp", "ρ_s", "ρs", "rho_s"),
    hints=("droplet", "particle", "particles", "solid", "solids", "grain", "grains", "sand", "quartz", "beads",
    "spheres",
           "sphere", "crystals", "dust", "catalyst", "ball", "droplets", "glass", "powder", "pellets", "steel ball"),
    parent=k.density,
)  # fmt: skip
voidage = Kind(
    "voidage", "",
    names=("voidage", "void fraction", "bed voidage", "porosity", "bed porosity", "voids", "void", "ε", "epsilon"),
    hints=("void", "voids"),
)  # fmt: skip
sphericity = Kind("sphericity", "", names=("sphericity", "shape factor", "φ", "ψ"))
bed_height = Kind(
    "bed_height", "m",
    names=("depth", "bed depth", "bed height", "bed length", "depth of the bed", "height of the bed", "depth of bed",
           "height of packing", "packed height", "packing height", "packed bed height", "packed length",
           "catalyst bed depth", "L"),
    hints=("deep", "depth", "bed", "tall", "high", "height", "packed", "over", "packing",
           "catalyst"), parent=k.length, show=("m",),
)  # fmt: skip
bed_diameter = Kind(
    "bed_diameter", "m",
    names=("bed diameter", "column diameter", "tower diameter", "vessel diameter", "reactor diameter",
           "diameter of the bed", "absorber diameter", "column inside diameter", "tower inside diameter"),
    hints=("bed", "column", "vessel", "reactor", "tower", "absorber"), parent=p.inside_diameter, show=("m",),
)  # fmt: skip
bed_pressure_drop = Kind(
    "bed_pressure_drop", "Pa",
    names=("ΔP", "Δp", "dP", "dp", "pressure drop", "bed pressure drop", "Ergun pressure drop",
    "pressure drop through the bed",
           "packed bed pressure drop", "pressure drop across the bed", "pressure drop over the bed", "pressure loss",
           "packing pressure drop"),
    parent=k.pressure_difference, scale="difference", show=("Pa",),
)  # fmt: skip
terminal_velocity = Kind(
    "terminal_velocity", "m/s",
    names=("terminal velocity", "settling velocity", "terminal settling velocity", "fall velocity",
           "falling velocity", "sedimentation velocity", "settling speed", "settling rate", "sinking velocity",
           "free-fall velocity", "terminal speed", "free settling velocity", "sink velocity", "v_t", "vt", "u_t",
           "ut"),
    hints=("settle", "settles", "settling", "sink", "sinks", "fall", "falls", "grains", "particles"),
    parent=k.velocity, show=("mm/s",),
)  # fmt: skip
particle_reynolds = Kind(
    "particle_reynolds", "",
    names=("particle Reynolds number", "Reynolds number of the particle", "settling Reynolds number", "Re_p", "Rep",
           "Reₚ", "particle Re"),
)  # fmt: skip
settling_area = Kind(
    "settling_area", "m**2",
    names=("settling area", "clarifier area", "surface area", "minimum surface area", "minimum area", "plan area",
           "settler area", "required surface area", "area", "thickener area", "clarifier surface"),
    show=("m**2",),
)  # fmt: skip
minimum_fluidisation_velocity = Kind(
    "minimum_fluidisation_velocity", "m/s",
    names=("minimum fluidisation velocity", "minimum fluidization velocity", "incipient fluidisation velocity",
           "incipient fluidization velocity", "minimum fluidising velocity", "minimum fluidizing velocity", "u_mf",
           "umf"),
    show=("m/s",),
)  # fmt: skip
