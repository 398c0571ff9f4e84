"""Kinds of reactors, reactions and combustion."""

from __future__ import annotations

from collegia.domains.process_engineering.kinds.properties import heat_duty
from collegia.domains.process_engineering.stoichiometry import find_reactions
from collegia.tools import Kind
from collegia.tools import common as k

__all__ = [
    "activation_energy",
    "batch_time",
    "conversion",
    "cstr_time",
    "cstr_volume",
    "equivalence_ratio",
    "excess_air",
    "flame_temperature",
    "fuel",
    "heat_release",
    "initial_concentration",
    "oxidiser",
    "pfr_time",
    "pfr_volume",
    "pre_exponential_factor",
    "rate_constant",
    "rate_quotient",
    "rate_ratio",
    "reacted_flow",
    "reacted_mass_flow",
    "reaction",
    "reaction_enthalpy",
    "reaction_order",
    "reaction_phase",
    "reactor_type",
    "reactor_volume",
    "residence_time",
    "second_order_constant",
]  # fmt: skip

_CSTR = (
    "CSTR", "CSTRs", "stirred tank reactor", "stirred-tank reactor", "continuous stirred tank reactor",
    "continuous stirred-tank reactor",
    "mixed flow reactor", "backmix reactor", "stirred tank", "ideal stirred tank", "cstr", "perfectly mixed reactor",
    "well-mixed reactor", "well mixed reactor", "continuously stirred tank reactor",
)  # fmt: skip
_PFR = (
    "PFR", "PFRs", "plug flow reactor", "plug-flow reactor", "tubular reactor", "plug flow", "plug-flow",
    "ideal tube reactor", "pfr",
    "flow tube reactor",
)  # fmt: skip

# Kinetics.
rate_constant = Kind(
    "rate_constant", "1/s",
    names=("rate constant", "reaction rate constant", "first-order rate constant", "first order rate constant",
           "rate coefficient", "kinetic constant", "k", "velocity constant", "reaction rate coefficient",
           "specific reaction rate", "k1", "k2", "k(T)", "rate constants"),
)  # fmt: skip
second_order_constant = Kind(
    "second_order_constant", "m**3/(mol*s)",
    names=("second-order rate constant", "second order rate constant", "rate constant", "k", "rate coefficient"),
    common=True,
)  # fmt: skip
initial_concentration = Kind(
    "initial_concentration", "mol/m**3",
    names=("initial concentration", "feed concentration", "inlet concentration", "concentration", "CA0", "C_A0",
    "cA0",
           "c_A0", "C0", "concentration of A", "starting concentration"),
    common=True,
)  # fmt: skip
activation_energy = Kind(
    "activation_energy", "J/mol",
    names=("activation energy", "Ea", "E_a", "EA", "Eₐ", "Arrhenius energy", "Arrhenius activation energy"),
    show=("kJ/mol",),
)  # fmt: skip
pre_exponential_factor = Kind(
    "pre_exponential_factor", "1/s",
    names=("pre-exponential factor", "preexponential factor", "frequency factor", "Arrhenius factor", "k0", "k_0"),
)  # fmt: skip
rate_ratio = Kind(
    "rate_ratio", "",
    names=("rate ratio", "ratio of rate constants", "ratio of the rate constants", "ratio of rates",
           "rate constant ratio", "rate increase", "factor of increase", "increase in rate",
           "how much faster", "how many times faster", "times faster", "by what factor", "acceleration factor",
           "by a factor of", "by a factor", "by the factor"),
)  # fmt: skip
# One temperature is said to stand above the other, so it may be smaller than 1.
rate_quotient = Kind(
    "rate_quotient", "",
    names=("k2/k1", "k(T2)/k(T1)", "k/k", "rate constant/rate constant", "reaction rate/reaction rate", "rate/rate",
           "reaction/reaction"),
)  # fmt: skip
conversion = Kind(
    "conversion", "", names=("conversion", "fractional conversion", "degree of conversion", "X", "XA", "X_A",
                             "converted"),
    hints=("conversion", "convert", "converted", "converts"), show=("percent",),
)  # fmt: skip
reaction_order = Kind(
    "reaction_order", "", names=("reaction order", "order of reaction"),
    words={
        "first-order": 1.0, "first order": 1.0, "1st order": 1.0, "1st-order": 1.0, "second-order": 2.0,
        "second order": 2.0,
        "2nd order": 2.0, "2nd-order": 2.0, "zero-order": 0.0, "zero order": 0.0, "zeroth-order": 0.0,
        "zeroth order": 0.0,
        "half-order": 0.5, "half order": 0.5, "third-order": 3.0, "third order": 3.0, "n-th order": -1.0,
        "nth order": -1.0,
    },
)  # fmt: skip
reactor_type = Kind(
    "reactor_type", None, names=("reactor type",), words={**dict.fromkeys(_CSTR, "CSTR"), **dict.fromkeys(_PFR, "PFR")},
)  # fmt: skip
reactor_volume = Kind(
    "reactor_volume", "m**3",
    names=("reactor volume", "volume of the reactor", "volume", "reactor size", "required volume",
           "size of the reactor", "reaction volume", "V"),
    hints=("CSTR", "PFR"), parent=k.volume,
)  # fmt: skip
cstr_volume = Kind(
    "cstr_volume", "m**3",
    names=("CSTR volume", "volume of the CSTR", "stirred tank volume", "CSTR size", "volume of a CSTR",
           "size of a CSTR", "CSTR reactor volume", "stirred-tank reactor volume", "stirred tank reactor volume",
           "volume for a CSTR", "volume of CSTR", "volume in a CSTR"),
)  # fmt: skip
pfr_volume = Kind(
    "pfr_volume", "m**3",
    names=("PFR volume", "volume of the PFR", "plug flow volume", "plug-flow volume", "PFR size", "volume of a PFR",
           "size of a PFR", "PFR reactor volume", "plug flow reactor volume", "plug-flow reactor volume",
           "tubular reactor volume", "volume for a PFR", "volume of PFR", "volume in a PFR"),
)  # fmt: skip
residence_time = Kind(
    "residence_time", "s",
    names=("residence time", "space time", "mean residence time", "tau", "τ", "hold-up time", "holdup time",
           "holding time", "hydraulic residence time", "contact time"),
    hints=("residence",),
)  # fmt: skip
cstr_time = Kind(
    "cstr_time", "s",
    names=("CSTR residence time", "CSTR space time", "residence time of the CSTR", "space time of the CSTR",
           "residence time in a CSTR", "space time in a CSTR", "residence time in the CSTR"),
)  # fmt: skip
pfr_time = Kind(
    "pfr_time", "s",
    names=("PFR residence time", "PFR space time", "residence time of the PFR", "space time of the PFR",
           "residence time in a PFR", "space time in a PFR", "residence time in the PFR"),
)  # fmt: skip
batch_time = Kind(
    "batch_time", "s",
    names=("batch time", "reaction time", "batch reaction time", "time in a batch reactor", "batch reactor time",
           "time of reaction", "time to reach", "time for conversion"),
    hints=("batch",),
)  # fmt: skip

# Reactions.
reaction = Kind("reaction", None, names=("reaction", "reaction equation"), find=find_reactions)
reaction_phase = Kind(
    "reaction_phase", None, names=("phase of the reaction",),
    words={
        "all gas": "gas", "all gases": "gas", "gas phase": "gas", "gas-phase": "gas", "all gaseous": "gas",
        "ideal gas": "gas",
        "gaseous": "gas", "all liquid": "liquid", "liquid phase": "liquid", "liquid-phase": "liquid",
        "all liquids": "liquid",
        "liquid water": "liquid water", "water as liquid": "liquid water", "water liquid": "liquid water",
        "water condensed": "liquid water", "H2O(l)": "liquid water",
    },
)  # fmt: skip
reaction_enthalpy = Kind(
    "reaction_enthalpy", "J/mol",
    names=("standard enthalpy", "standard enthalpy of the", "ΔH of reaction", "standard ΔH of reaction",
    "reaction enthalpy", "standard reaction enthalpy", "enthalpy of reaction", "heat of reaction",
           "standard enthalpy of reaction", "standard heat of reaction", "enthalpy change", "ΔHr", "ΔH", "dHr", "dH",
           "ΔrH", "ΔrH°", "ΔH°", "ΔH_r", "delta H", "reaction heat", "enthalpy change of the reaction",
           "heat of combustion", "enthalpy of combustion", "ΔHr°", "ΔH_rxn", "ΔHrxn"),
    show=("kJ/mol",),
)  # fmt: skip
reacted_flow = Kind(
    "reacted_flow", "mol/s",
    names=("reacted flow", "flow reacted", "reaction rate", "molar rate of reaction", "reacts", "reacting", "reacted",
           "converted", "produced", "is consumed", "consumed"),
    hints=("reacts", "react", "reacted", "reacting", "converted", "consumed", "produced"),
    parent=k.molar_flow, show=("kmol/hour",),
)  # fmt: skip
heat_release = Kind(
    "heat_release", "W",
    names=("heat to remove", "heat removal", "heat release", "heat released", "heat to be removed",
           "heat of reaction to remove", "heat generation", "heat generated", "reaction heat load", "cooling duty",
           "heat removal rate", "heat release rate", "heat evolved", "reactor duty", "reactor cooling duty",
           "heat to supply", "heat to be supplied", "heat removed", "reactor heat duty", "rate of heat release",
           "heat must be removed"),
    parent=heat_duty, show=("kW",),
)  # fmt: skip

reacted_mass_flow = Kind(
    "reacted_mass_flow", "kg/s",
    names=("mass flow reacted", "reacted mass flow", "fuel mass flow", "mass flow of fuel", "fuel flow",
           "mass reacted"),
    hints=("reacts", "reacted", "reacting", "converted", "consumed", "produced", "burned", "burnt", "burner", "burning",
           "fired", "combusted"),
    parent=k.mass_flow, show=("kg/hour",),
)  # fmt: skip

# Combustion.
fuel = Kind(
    "fuel", None, names=("fuel", "fuel gas"),
    words={
        "methane": "CH4", "CH4": "CH4", "CH₄": "CH4", "ethane": "C2H6", "C2H6": "C2H6", "C₂H₆": "C2H6",
        "propane": "C3H8",
        "C3H8": "C3H8", "C₃H₈": "C3H8", "hydrogen": "H2", "H2": "H2", "H₂": "H2", "carbon monoxide": "CO", "CO": "CO",
        "ethylene": "C2H4", "ethene": "C2H4", "C2H4": "C2H4", "C₂H₄": "C2H4", "acetylene": "C2H2", "ethyne": "C2H2",
        "C2H2": "C2H2",
        "methanol": "CH3OH", "CH3OH": "CH3OH",
    },
)  # fmt: skip
oxidiser = Kind(
    "oxidiser", None, names=("oxidiser", "oxidizer", "oxidant"),
    words={"air": "air", "oxygen": "oxygen", "pure oxygen": "oxygen", "O2": "oxygen", "O₂": "oxygen",
           "oxy-fuel": "oxygen"},
)  # fmt: skip
equivalence_ratio = Kind(
    "equivalence_ratio", "",
    names=("equivalence ratio", "equivalence ratios", "fuel-air equivalence ratio", "phi", "φ", "Φ", "ϕ"),
    words={"stoichiometric": 1.0, "stoichiometrically": 1.0, "stoichiometric mixture": 1.0, "no excess air": 1.0,
           "zero excess air": 1.0},
)  # fmt: skip
excess_air = Kind(
    "excess_air", "", names=("excess air", "air excess", "excess of air", "excess combustion air", "excess oxygen"),
    hints=("excess",), show=("percent",),
)  # fmt: skip
flame_temperature = Kind(
    "flame_temperature", "K",
    names=("adiabatic flame temperature", "flame temperature", "adiabatic equilibrium flame temperature",
           "equilibrium flame temperature", "adiabatic combustion temperature", "combustion temperature",
           "theoretical flame temperature", "AFT", "Tad", "T_ad", "flame temp", "adiabatic flame temp",
           "adiabatic temperature", "flame temperatures"),
    scale="point", show=("K",),
)  # fmt: skip
