"""Kinds of flashes, boiling mixtures and distillation."""

from __future__ import annotations

import re
from collections.abc import Iterator

from collegia.domains.process_engineering.mixtures import find_mass_mixtures, find_mixtures
from collegia.tools import Found, Kind
from collegia.tools import common as k

__all__ = [
    "actual_trays", "bottoms_flow", "bottoms_fraction", "bottoms_mass_flow", "bubble_pressure", "bubble_temperature",
    "dew_pressure",
    "dew_temperature", "distillate_flow", "distillate_fraction", "distillate_mass_flow", "feed_flow", "feed_fraction",
    "feed_mass_flow",
    "feed_quality", "feed_stage", "k_value", "kij", "light_recovery", "liquid_flow", "liquid_fraction",
    "liquid_mole_fraction",
    "mass_mixture", "mccabe_stages", "minimum_reflux", "minimum_stages", "mixture", "reflux_factor", "reflux_ratio",
    "relative_volatility", "theoretical_stages", "tray_efficiency", "vapour_flow", "vapour_fraction",
    "vapour_mole_fraction",
    "vapour_overhead_flow", "vle_model",
]  # fmt: skip


_KIJ_ZERO = re.compile(
    r"\b(?:all\s+)?(?:the\s+)?k_?ij(?:['’]?s)?(?:\s+(?:values|parameters))?\s*(?:all\s*)?"
    r"(?:=|:|are|is|set to|at|of)*\s*(?:all\s*)?(?:0(?:\.0+)?(?!\.?\d)|zero|nought|nil)\b"
    r"|\b(?:zero|no)\s+(?:k_?ij|binary interaction (?:parameters?|coefficients?)|interaction parameters?)"
    r"|\b(?:binary\s+)?interaction (?:parameters?|coefficients?)\s*(?:=|are|is|set to|of|at)*\s*"
    r"(?:all\s*)?(?:0(?:\.0+)?(?!\.?\d)|zero)",
    re.I,
)  # fmt: skip
_KIJ_OTHER = re.compile(r"\bk_?(?:ij|12)\s*(?:=|:|of|is)\s*(-?(?:0?\.0*[1-9]\d*|[1-9]\d*(?:\.\d+)?))", re.I)
_FACTOR = (
    re.compile(
        r"(\d+(?:\.\d+)?)\s*(?:x|×|\*|·|times)\s*(?:of\s+)?(?:the\s+|its\s+)?(?:R_?min|R_m|min(?:imum|\.)?(?:\s+reflux(?:\s+ratio)?)?)(?![A-Za-z])",
        re.I,
    ),
    re.compile(r"(\d+(?:\.\d+)?)\s*(?:R_?min|minimum\s+reflux(?:\s+ratio)?)(?![A-Za-z])", re.I),
    re.compile(r"\bR\s*/\s*R_?(?:min|m)\s*(?:=|of|is)?\s*(\d+(?:\.\d+)?)", re.I),
)
_ABOVE = re.compile(
    r"(\d+(?:\.\d+)?)\s*(?:%|percent|per cent)\s*(?:above|over|more than|higher than|greater than|in excess of)\s*"
    r"(?:the\s+)?(?:R_?min|minimum)", re.I,
)  # fmt: skip


def _find_kij(text: str) -> Iterator[Found]:
    """Parameters set: "all kij = 0", "zero interaction parameters"; another value is found too, to be refused."""
    for match in _KIJ_ZERO.finditer(text):
        yield Found(match.start(), match.end(), "zero")
    for match in _KIJ_OTHER.finditer(text):
        yield Found(match.start(), match.end(), match[1])


def _find_factor(text: str) -> Iterator[Found]:
    """Multiples of the minimum: "1.3 times the minimum", "R/Rmin = 1.5", "30% above minimum"."""
    taken: list[tuple[int, int]] = []
    for match in _ABOVE.finditer(text):
        taken.append(match.span())
        yield Found(match.start(), match.end(), 1 + float(match[1]) / 100)
    for pattern in _FACTOR:
        for match in pattern.finditer(text):
            if not any(match.start() < end and start < match.end() for start, end in taken):
                taken.append(match.span())
                yield Found(match.start(), match.end(), float(match[1]))


mixture = Kind("mixture", None, names=("mixture", "composition", "feed composition"), find=find_mixtures)
mass_mixture = Kind(
    "mass_mixture", None, names=("mixture by mass", "composition by mass", "mass composition"), find=find_mass_mixtures
)
kij = Kind("kij", None, names=("binary interaction parameters", "kij"), find=_find_kij)
vle_model = Kind(
    "vle_model", None, names=("thermodynamic model", "equation of state"),
    words={
        "Peng-Robinson": "Peng-Robinson", "Peng–Robinson": "Peng-Robinson", "Peng Robinson": "Peng-Robinson",
        "PR EOS": "Peng-Robinson", "PR equation": "Peng-Robinson", "SRK": "SRK", "Soave-Redlich-Kwong": "SRK",
        "Soave Redlich Kwong": "SRK", "Raoult": "Raoult", "Raoult's law": "Raoult", "Raoult’s law": "Raoult",
        "ideal solution": "Raoult", "ideal mixture": "Raoult", "UNIFAC": "UNIFAC", "modified UNIFAC": "UNIFAC",
        "NRTL": "NRTL", "UNIQUAC": "UNIQUAC", "Wilson": "Wilson", "van Laar": "van Laar", "Margules": "Margules",
        "PC-SAFT": "PC-SAFT",
    },
)  # fmt: skip

# Flashes.
vapour_fraction = Kind(
    "vapour_fraction", "",
    names=("molar fraction of the feed", "fraction of the feed", "vapour fraction", "vapor fraction",
    "molar vapour fraction", "molar vapor fraction", "fraction vaporised",
           "fraction vaporized", "vaporised fraction", "vaporized fraction", "V/F", "VF", "fraction of vapour",
           "fraction of vapor", "vapour fraction of the feed", "fraction flashed", "how much vaporises",
           "how much flashes"),
)  # fmt: skip
liquid_fraction = Kind(
    "liquid_fraction", "",
    names=("liquid fraction", "molar liquid fraction", "fraction of liquid", "L/F", "fraction condensed",
           "condensed fraction"),
)  # fmt: skip
vapour_mole_fraction = Kind(
    "vapour_mole_fraction", "",
    names=("mole fraction", "mole fractions", "mol fraction", "mole fraction in the vapour",
    "mole fraction in the vapor", "mole fraction in vapour",
           "mole fraction in it", "vapour mole fraction", "vapor mole fraction", "vapour composition",
           "vapor composition", "composition of the vapour", "composition of the vapor", "vapour phase composition",
           "vapor phase composition", "vapour phase mole fraction", "mol% in the vapour", "in the vapour",
           "in the vapor", "gas composition", "vapour mole fractions", "in the vapour phase", "vapour compositions",
           "content of the vapour", "mole fractions in the vapour", "in the gas phase", "y"), hints=("vapour",
           "vapor", "overhead vapour", "gas phase", "in that vapour",),
)  # fmt: skip
liquid_mole_fraction = Kind(
    "liquid_mole_fraction", "",
    names=("mole fraction", "mole fractions", "mol fraction", "mole fraction in the liquid",
    "mole fraction in liquid", "liquid mole fraction", "liquid composition",
           "composition of the liquid", "liquid phase composition", "liquid phase mole fraction",
           "mol% in the liquid",
           "in the liquid", "liquid mole fractions", "mole fractions in the liquid", "in the liquid phase",
           "x"), hints=("liquid", "liquid phase",),
)  # fmt: skip
k_value = Kind(
    "k_value", "", names=("K-value", "K-values", "K value", "K values", "equilibrium ratio",
                          "vapour-liquid equilibrium ratio"),
)  # fmt: skip
vapour_flow = Kind(
    "vapour_flow", "mol/s",
    names=("vapour flow", "vapor flow", "vapour flow rate", "vapor flow rate", "flow of vapour", "flow of vapor",
           "vapour rate", "vapor rate", "kmol/h of vapour", "kmol/h of vapor", "vapour leaving", "vapor leaving",
           "vapour product", "vapor product", "of vapour", "of vapor", "gas leaving the drum",
           "vapour leaving the drum", "molar vapour flow", "flash vapour", "flash gas"),
    parent=k.molar_flow, show=("kmol/hour",),
)  # fmt: skip
liquid_flow = Kind(
    "liquid_flow", "mol/s",
    names=("liquid flow", "liquid flow rate", "flow of liquid", "liquid rate", "kmol/h of liquid", "liquid leaving",
           "liquid product", "of liquid", "liquid leaving the drum", "molar liquid flow", "drum liquid"),
    parent=k.molar_flow, show=("kmol/hour",),
)  # fmt: skip
bubble_temperature = Kind(
    "bubble_temperature", "K",
    names=("bubble point temperature", "bubble-point temperature", "boiling point", "boiling temperature", "boils",
           "boil", "bubble temperature", "bubble point", "bubble-point", "temperature of the bubble point",
           "boiling point of the mixture", "boiling temperature of the mixture", "starts to boil", "begins to boil",
           "start to boil", "begin to boil", "initial boiling point", "start boiling", "mixture boils",
           "mixture boil"),
    scale="point", show=("degC",),
)  # fmt: skip
dew_temperature = Kind(
    "dew_temperature", "K",
    names=("dew point temperature", "dew-point temperature", "dew temperature", "dew point", "dew-point",
           "temperature of the dew point", "starts to condense", "begins to condense", "start to condense",
           "start condensing", "hydrocarbon dew point"),
    scale="point", show=("degC",),
)  # fmt: skip
bubble_pressure = Kind(
    "bubble_pressure", "Pa",
    names=("bubble point pressure", "bubble-point pressure", "bubble pressure", "bubble point",
           "pressure of the bubble point", "vapour pressure of the mixture", "vapor pressure of the mixture",
           "starts to boil", "begins to boil", "start to boil", "begin to boil", "start boiling"),
    scale="point", show=("bar",),
)  # fmt: skip
dew_pressure = Kind(
    "dew_pressure", "Pa",
    names=("dew point pressure", "dew-point pressure", "dew pressure", "dew point", "pressure of the dew point",
           "starts to condense", "begins to condense", "start to condense"),
    scale="point", show=("bar",),
)  # fmt: skip

# Distillation.
relative_volatility = Kind(
    "relative_volatility", "",
    names=("relative volatility", "alpha", "α", "relative volatilities", "volatility ratio",
           "constant relative volatility"),
)  # fmt: skip
feed_fraction = Kind(
    "feed_fraction", "",
    names=("feed composition", "feed mole fraction", "feed fraction", "light in the feed", "in the feed",
           "feed purity", "zF", "z_F", "xF", "x_F", "z", "mol% feed", "light component in the feed",
           "more volatile component in the feed", "feed"),
    words={"equimolar feed": 0.5, "equimolar": 0.5}, hints=("feed", "light", "liquid", "with"), parent=k.fraction,
    show=("percent",),
)  # fmt: skip
distillate_fraction = Kind(
    "distillate_fraction", "",
    names=("distillate composition", "distillate purity", "distillate mole fraction", "overhead purity",
           "overhead composition", "top product purity", "top purity", "top composition", "light in the distillate",
           "in the distillate", "in the overhead", "in the top product", "xD", "x_D", "pure top", "pure distillate",
           "pure overhead", "pure top product", "in distillate", "in the tops", "overhead product", "top product",
           "at the top", "mol% overhead", "A overhead", "xd", "purity of the distillate", "distillate", "overhead",
           "top", "tops"),
    hints=("distillate", "overhead", "top", "tops", "pure"), parent=k.fraction, show=("percent",),
)  # fmt: skip
bottoms_fraction = Kind(
    "bottoms_fraction", "",
    names=("bottoms composition", "bottoms mole fraction", "bottom composition", "light in the bottoms",
           "in the bottoms", "xB", "x_B", "xW", "x_W", "in bottoms", "in the bottom product", "bottoms purity",
           "in the residue", "bottom product", "mol% bottoms", "A bottoms", "at the bottom", "xb", "xw",
           "light in bottoms", "bottoms product", "bottoms", "bottom", "residue"),
    hints=("bottoms", "bottom", "residue"), parent=k.fraction, show=("percent",),
)  # fmt: skip
feed_quality = Kind(
    "feed_quality", "",
    names=("feed quality", "thermal condition of the feed", "feed thermal condition", "q", "q value", "q-value",
           "feed condition"),
    words={
        "saturated liquid": 1.0, "saturated-liquid": 1.0, "bubble-point feed": 1.0, "bubble point feed": 1.0,
        "bubble-point liquid": 1.0,
        "feed at its bubble point": 1.0, "feed at the bubble point": 1.0, "boiling liquid feed": 1.0,
        "boiling feed": 1.0,
        "liquid at its bubble point": 1.0, "saturated vapour": 0.0, "saturated vapor": 0.0,
        "saturated vapour feed": 0.0,
        "saturated vapor feed": 0.0, "dew-point feed": 0.0, "dew point feed": 0.0, "feed at its dew point": 0.0,
        "half vaporised": 0.5, "half vaporized": 0.5, "50% vaporised": 0.5, "50% vaporized": 0.5, "half-vaporised": 0.5,
    },
)  # fmt: skip
minimum_stages = Kind(
    "minimum_stages", "",
    names=("minimum number of theoretical stages", "minimum number of stages", "minimum theoretical stages",
           "minimum stages", "minimum number of equilibrium stages", "minimum equilibrium stages",
           "minimum number of theoretical plates", "minimum plates", "minimum trays", "minimum number of plates",
           "minimum number of trays", "Nmin", "N_min", "Nm", "min stages", "min. stages", "stages at total reflux",
           "Fenske stages", "number of stages at total reflux", "total reflux"),
)  # fmt: skip
minimum_reflux = Kind(
    "minimum_reflux", "",
    names=("minimum reflux ratio", "minimum reflux", "Rmin", "R_min", "min reflux", "min. reflux", "min reflux ratio",
           "Rm", "Underwood reflux", "Underwood minimum reflux"),
)  # fmt: skip
reflux_ratio = Kind(
    "reflux_ratio", "", names=("reflux ratio", "reflux", "operating reflux ratio", "external reflux ratio", "R",
    "L/D",
                               "R/D", "RR",
                               "actual reflux ratio"),
)  # fmt: skip
reflux_factor = Kind(
    "reflux_factor", "",
    names=("reflux factor", "R/Rmin", "R/R_min", "ratio to minimum reflux", "times minimum reflux",
           "times the minimum"),
    find=_find_factor,
)  # fmt: skip
theoretical_stages = Kind(
    "theoretical_stages", "",
    names=("actual theoretical stages", "theoretical stages", "number of theoretical stages", "theoretical plates",
           "number of stages", "ideal stages", "equilibrium stages", "stages", "number of theoretical plates",
           "theoretical trays", "Gilliland stages", "stages required", "number of ideal stages", "how many stages",
           "stage count", "NTS", "N"),
)  # fmt: skip
mccabe_stages = Kind(
    "mccabe_stages", "",
    names=("McCabe-Thiele stages", "McCabe–Thiele stages", "McCabe Thiele stages", "McCabe-Thiele", "McCabe–Thiele",
           "number of McCabe-Thiele stages", "stages by McCabe-Thiele", "McCabe-Thiele trays", "stepped stages",
           "McCabe-Thiele theoretical stages", "McCabe-Thiele plates"),
)  # fmt: skip
feed_stage = Kind(
    "feed_stage", "", names=("feed stage", "feed tray", "feed plate", "feed location", "optimum feed stage",
                             "feed point"),
)  # fmt: skip
tray_efficiency = Kind(
    "tray_efficiency", "",
    names=("tray efficiency", "overall tray efficiency", "plate efficiency", "column efficiency", "stage efficiency",
           "O'Connell efficiency", "overall column efficiency", "overall efficiency", "overall plate efficiency"),
    hints=("tray", "plate"), show=("percent",),
)  # fmt: skip
actual_trays = Kind(
    "actual_trays", "",
    names=("actual trays", "real trays", "number of trays", "number of actual trays", "number of real trays", "trays",
           "actual plates", "real plates", "actual number of trays", "physical trays", "trays required"),
)  # fmt: skip
feed_flow = Kind(
    "feed_flow", "mol/s",
    names=("feed flow", "feed rate", "feed flow rate", "feed", "molar feed", "feed molar flow", "F", "column feed",
           "feed flowrate"),
    hints=("feed", "fed"), parent=k.molar_flow, show=("kmol/hour",),
)  # fmt: skip
distillate_flow = Kind(
    "distillate_flow", "mol/s",
    names=("distillate flow", "distillate rate", "distillate", "distillate flow rate", "overhead flow",
           "overhead rate", "top product flow", "top product rate", "overhead product rate", "top product",
           "overhead",
           "tops", "D", "distillate molar flow", "top flow"),
    parent=k.molar_flow, show=("kmol/hour",),
)  # fmt: skip
bottoms_flow = Kind(
    "bottoms_flow", "mol/s",
    names=("bottoms flow", "bottoms rate", "bottoms", "bottoms flow rate", "bottom product flow",
           "bottom product rate", "bottom product", "bottoms product rate", "residue", "B", "W", "bottoms rates",
           "bottom rate", "bottom flow", "residue rate"),
    parent=k.molar_flow, show=("kmol/hour",),
)  # fmt: skip
feed_mass_flow = Kind(
    "feed_mass_flow", "kg/s", names=("feed flow", "feed rate", "feed", "feed mass flow", "F", "column feed"),
    hints=("feed", "fed"),
    parent=k.mass_flow, show=("kg/hour",),
)  # fmt: skip
distillate_mass_flow = Kind(
    "distillate_mass_flow", "kg/s",
    names=("distillate mass flow", "distillate rate", "distillate flow", "distillate", "overhead rate",
           "top product rate", "top product", "overhead flow", "D"),
    parent=k.mass_flow, show=("kg/hour",),
)  # fmt: skip
bottoms_mass_flow = Kind(
    "bottoms_mass_flow", "kg/s",
    names=("bottoms mass flow", "bottoms rate", "bottoms flow", "bottoms", "bottom product rate", "bottom product",
           "residue", "B", "W"),
    parent=k.mass_flow, show=("kg/hour",),
)  # fmt: skip
vapour_overhead_flow = Kind(
    "vapour_overhead_flow", "mol/s",
    names=("overhead vapour flow", "overhead vapor flow", "overhead vapour rate", "overhead vapor rate",
           "vapour to the condenser", "vapor to the condenser", "condenser vapour flow",
           "vapour flow to the condenser", "vapour overhead"),
    show=("kmol/hour",),
)  # fmt: skip
light_recovery = Kind(
    "light_recovery", "",
    names=("recovery", "recovery of the light component", "light recovery", "recovery in the distillate",
           "recovery of light", "recovery of the light key", "light key recovery", "overhead recovery",
           "fraction recovered"),
    hints=("recover", "recovered"), show=("percent",),
)  # fmt: skip
