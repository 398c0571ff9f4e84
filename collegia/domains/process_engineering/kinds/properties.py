"""Kinds of substances, their properties, and the shared kinds of heat: used by all rooms of the domain."""

from __future__ import annotations

from collegia.domains.process_engineering.substances import AMBIGUOUS, WORDS, look_up
from collegia.tools import Kind
from collegia.tools import common as k

__all__ = [
    "heat_capacity", "heat_capacity_ratio", "heat_duty", "kinematic_viscosity", "latent_heat", "phase", "prandtl",
    "substance", "thermal_conductivity", "viscosity",
]  # fmt: skip

substance = Kind(
    "substance", None, names=("fluid", "substance", "compound", "chemical", "species"),
    words=WORDS, lookup=look_up, ambiguous=AMBIGUOUS, subject=True,
)  # fmt: skip
phase = Kind(
    "phase", None, names=("phase", "state of aggregation"),
    words={"liquid": "liquid", "vapour": "gas", "vapor": "gas", "gas": "gas", "gaseous": "gas", "steam": "gas",
    "liquid water": "liquid",
           "water vapour": "gas", "water vapor": "gas"},
)  # fmt: skip
viscosity = Kind(
    "viscosity", "Pa*s",
    names=("viscosity", "dynamic viscosity", "absolute viscosity", "mu", "μ", "µ", "η"), show=("mPa*s",), common=True,
)  # fmt: skip
kinematic_viscosity = Kind(
    "kinematic_viscosity",
    "m**2/s",
    names=("kinematic viscosity", "viscosity", "nu", "ν"),
    show=("mm**2/s",),
    common=True,
)
heat_capacity = Kind(
    "heat_capacity", "J/(kg*K)",
    names=("heat capacity", "specific heat capacity", "specific heat", "cp", "Cp", "c_p", "cₚ"),
    show=("kJ/(kg*K)",), common=True,
)  # fmt: skip
heat_capacity_ratio = Kind(
    "heat_capacity_ratio", "",
    names=("heat capacity ratio", "ratio of specific heats", "isentropic exponent", "adiabatic exponent",
           "specific heat ratio", "gamma", "γ", "kappa", "κ", "k", "Cp/Cv", "cp/cv"),
)  # fmt: skip
thermal_conductivity = Kind(
    "thermal_conductivity", "W/(m*K)", names=("thermal conductivity", "conductivity", "k", "lambda", "λ"), common=True
)
prandtl = Kind("prandtl", "", names=("Prandtl number", "Prandtl", "Pr"))
latent_heat = Kind(
    "latent_heat", "J/kg",
    names=("latent heat", "heat of vaporisation", "heat of vaporization", "enthalpy of vaporisation",
           "enthalpy of vaporization", "latent heat of vaporisation", "latent heat of vaporization",
           "latent heat of condensation", "heat of evaporation", "vaporisation enthalpy", "hfg", "h_fg"),
    show=("kJ/kg",),
)  # fmt: skip
heat_duty = Kind(
    "heat_duty", "W",
    names=("heat duty", "duty", "thermal duty", "heat load", "heat transfer rate", "heat flow", "heating duty",
           "cooling duty", "exchanger duty", "heat rate", "heat exchanged", "heat to remove", "heat required",
           "heat to be removed", "heat must be removed", "heat is needed", "heat is required", "heat needed",
           "how much heat", "amount of heat", "heat transferred", "condenser duty", "reboiler duty",
           "aftercooler duty", "cooler duty", "heater duty", "preheater duty", "evaporator duty", "boiler duty",
           "heat input", "thermal power", "heating power", "cooling power", "heat removed", "Q"),
    hints=("exchanger", "heat"), parent=k.power, show=("kW",), common=True,
)  # fmt: skip
