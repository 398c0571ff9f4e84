"""The unit registry, and unit text as engineers write it.

pint does the arithmetic. Two things are ours: the definitions that pint lacks or reads otherwise than an
engineer means them (`gpm`, `psi` as gauge or absolute, `bbl`, `cfm`, `TR`), and the rewriting of written
units (`W/m2K`, `kg h-1`, `m³/h`, `kJ/(kg·K)`) into text that pint parses without guessing.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from collegia.errors import UnitError

if TYPE_CHECKING:
    import pint

__all__ = ["ATMOSPHERE", "Unit", "convert", "dimension", "parse_unit", "registry", "same_dimension"]

ATMOSPHERE = 101325.0
"""Standard atmosphere, Pa: what gauge pressures are counted from."""

_DEFINITIONS = (
    "gpm = gallon / minute",
    "cfm = foot ** 3 / minute",
    "lbm = pound",
    "lbmol = 453.59237 mol",
    "MMBtu = 1e6 * Btu",
    "oil_barrel = 42 * gallon",
    "ton_refrigeration = 3516.8528 * watt",
    "USD = [currency]",
    "EUR = [currency_eur]",
    "GBP = [currency_gbp]",
    "mmHg_ = 133.322387415 * pascal",
    "kgf_cm2 = 98066.5 * pascal",
    "mmH2O_ = 9.80665 * pascal",
    "inH2O_ = 249.08891 * pascal",
)

# What is written -> what pint shall read. Matched on whole unit words, case as given unless the word is
# long enough not to collide with a prefix. `(g)` and `(a)` marks are taken off before.
_WORDS: dict[str, str] = {
    "°C": "degC", "℃": "degC", "ºC": "degC", "degC": "degC", "celsius": "degC", "Celsius": "degC", "C": "degC",
    "°F": "degF", "℉": "degF", "ºF": "degF", "degF": "degF", "fahrenheit": "degF", "Fahrenheit": "degF", "F": "degF",
    "K": "kelvin", "°R": "degR", "Kelvin": "kelvin",
    "%": "percent", "pct": "percent", "percent": "percent",
    "bar": "bar", "mbar": "mbar", "atm": "atm", "psi": "psi", "torr": "torr", "Torr": "torr",
    "mmHg": "mmHg_", "inHg": "inHg", "mmH2O": "mmH2O_", "inH2O": "inH2O_", "mmWC": "mmH2O_", "at": "kgf_cm2",
    "kgf/cm2": "kgf_cm2", "kg/cm2": "kgf_cm2",
    "t": "tonne", "tonne": "tonne", "tonnes": "tonne", "te": "tonne", "ton": "tonne", "tons": "tonne", "mt": "tonne",
    "lb": "pound", "lbs": "pound", "lbm": "pound", "lbf": "force_pound", "kgs": "kg",
    "h": "hour", "hr": "hour", "hrs": "hour", "hour": "hour", "hours": "hour", "min": "minute", "mins": "minute",
    "minute": "minute", "minutes": "minute", "s": "second", "sec": "second", "secs": "second", "seconds": "second",
    "d": "day", "day": "day", "days": "day", "a": "year", "yr": "year", "yrs": "year", "y": "year", "year": "year",
    "years": "year", "annum": "year", "week": "week", "weeks": "week", "month": "month", "months": "month",
    "l": "liter", "L": "liter", "litre": "liter", "litres": "liter", "liter": "liter", "liters": "liter",
    "ml": "milliliter", "mL": "milliliter", "gal": "gallon", "gallons": "gallon", "USgal": "gallon", "usgal": "gallon",
    "bbl": "oil_barrel", "bbls": "oil_barrel", "barrel": "oil_barrel", "barrels": "oil_barrel",
    "gpm": "gpm", "GPM": "gpm", "USgpm": "gpm", "usgpm": "gpm", "lpm": "liter/minute", "LPM": "liter/minute",
    "lps": "liter/second", "cfm": "cfm", "CFM": "cfm", "acfm": "cfm", "ACFM": "cfm", "gph": "gallon/hour",
    "bpd": "oil_barrel/day", "m3/hr": "m**3/hour", "cmh": "m**3/hour", "tph": "tonne/hour", "TPH": "tonne/hour",
    "tpd": "tonne/day", "kph": "km/hour", "mph": "mile/hour", "fps": "foot/second", "mps": "meter/second",
    "rpm": "1/minute", "RPM": "1/minute", "rps": "1/second", "rev/s": "1/second", "rev/min": "1/minute",
    "P": "poise", "cP": "centipoise", "cp": "centipoise", "CP": "centipoise", "mPas": "millipascal*second",
    "cSt": "centistokes", "St": "stokes", "Pas": "pascal*second",
    "um": "micrometer", "µm": "micrometer", "μm": "micrometer", "micron": "micrometer", "microns": "micrometer",
    "mic": "micrometer", "Å": "angstrom", "in": "inch", "inch": "inch", "inches": "inch", '"': "inch", "″": "inch",
    "ft": "foot", "feet": "foot", "foot": "foot", "metre": "meter", "metres": "meter", "meters": "meter",
    "meter": "meter", "millimetre": "millimeter", "millimetres": "millimeter", "kilometre": "kilometer",
    "sqm": "meter**2", "sqft": "foot**2", "cu": "", "TR": "ton_refrigeration", "RT": "ton_refrigeration",
    "hp": "horsepower", "HP": "horsepower", "bhp": "horsepower", "BHP": "horsepower",
    "kw": "kilowatt", "KW": "kilowatt", "kwh": "kilowatt_hour", "kWh": "kilowatt_hour", "KWh": "kilowatt_hour",
    "MWh": "megawatt_hour", "GWh": "gigawatt_hour", "kwhr": "kilowatt_hour", "kWhr": "kilowatt_hour",
    "Btu": "Btu", "BTU": "Btu", "btu": "Btu", "MMBtu": "MMBtu", "MMBTU": "MMBtu", "mmbtu": "MMBtu",
    "kcal": "kilocalorie", "Kcal": "kilocalorie", "cal": "calorie",
    "kmol": "kilomole", "kmole": "kilomole", "kgmol": "kilomole", "kgmole": "kilomole", "mol": "mole", "mole": "mole",
    "moles": "mole", "lbmol": "lbmol", "lbmole": "lbmol",
    "$": "USD", "US$": "USD", "USD": "USD", "usd": "USD", "dollar": "USD", "dollars": "USD", "€": "EUR", "EUR": "EUR",
    "euro": "EUR", "euros": "EUR", "£": "GBP", "GBP": "GBP", "k$": "1000*USD",
    "ppm": "ppm", "ppmv": "ppm", "deg": "degree", "°": "degree", "degrees": "degree", "au": "astronomical_unit",
    "AU": "astronomical_unit", "ly": "light_year", "pc": "parsec", "kpc": "kiloparsec", "Mpc": "megaparsec",
    "mas": "milliarcsecond", "arcsec": "arcsecond", "Ohm": "ohm", "kn": "knot", "barn": "barn",
    "bars": "bar", "pascal": "pascal", "pascals": "pascal", "watts": "watt", "joules": "joule", "grams": "gram",
    "kilograms": "kilogram", "kilogram": "kilogram", "gram": "gram", "kilowatts": "kilowatt", "megawatts": "megawatt",
    "kelvin": "kelvin", "kelvins": "kelvin", "KPa": "kilopascal", "kpa": "kilopascal", "Kpa": "kilopascal", "mpa": "megapascal", "Mpa": "megapascal",
    "pa": "pascal", "PSI": "psi", "Psi": "psi", "Bar": "bar", "BAR": "bar", "ATM": "atm", "KG": "kilogram", "Kg": "kilogram",
    "kilo": "kilogram", "KJ": "kilojoule", "kj": "kilojoule", "J": "joule", "w": "watt",
}

_SUPERSCRIPTS = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹⁻", "0123456789-")
_WORD = re.compile(r"[A-Za-zµμÅ°℃℉º$€£%\"″][A-Za-zµμ$°]*")
_GAUGE = re.compile(r"(?:\(\s*g\s*\)|\s+gauge|\s*\(gauge\)|(?<=bar)g|(?<=psi)g|(?<=[kMm]Pa)g|(?<=PSI)G|(?<=PSI)g|\s+\(?ga?\)?)$")
_ABSOLUTE = re.compile(
    r"(?:\(\s*a\s*\)|\s*\(?\babsolute\b\)?|\s*\(?\babs\b\.?\)?|(?<=bar)a|(?<=psi)a|(?<=[kMm]Pa)a|(?<=PSI)A|(?<=PSI)a)$"
)


class Unit(NamedTuple):
    """A unit read from text: what pint calls it, and what the text said beside it."""

    text: str
    """pint's plain text, e.g. `kilogram / hour`; empty for dimensionless."""
    reference: str = ""
    """`gauge`, `absolute`, `difference`, or empty where the text says nothing."""


@lru_cache(maxsize=1)
def registry() -> pint.UnitRegistry:
    """The one unit registry, built on first use (pint costs 0.3 s to import)."""
    import pint

    made: pint.UnitRegistry = pint.UnitRegistry(autoconvert_offset_to_baseunit=True, cache_folder=None)
    for line in _DEFINITIONS:
        made.define(line)
    return made


def parse_unit(text: str) -> Unit:
    """Read a written unit: `W/m2K`, `kg h-1`, `bar(g)`, `°C`, `Nm³/h` is refused.

    Raises:
        UnitError: the unit is not known, or stands for something pint would misread.
    """
    return _parse_unit(text.strip())


@lru_cache(maxsize=4096)
def _parse_unit(text: str) -> Unit:
    reference = ""
    bare = text
    for pattern, meaning in ((_GAUGE, "gauge"), (_ABSOLUTE, "absolute")):
        cut = pattern.sub("", bare)
        if cut != bare and cut and _is_pressure(cut):
            bare, reference = cut.strip(), meaning
            break
    rewritten = _rewrite(bare)
    if rewritten is None:
        raise UnitError(f"unit {text!r} is not known")
    ureg = registry()
    try:
        unit = ureg.parse_units(rewritten) if rewritten else ureg.dimensionless
    except Exception as error:  # pint raises its own, tokenizer and attribute errors alike on bad unit text
        raise UnitError(f"unit {text!r} is not known") from error
    plain = "" if unit == ureg.dimensionless else str(unit)
    return Unit(plain, reference)


def _is_pressure(text: str) -> bool:
    try:
        return same_dimension(_parse_unit(text).text, "pascal")
    except UnitError:
        return False


def _rewrite(text: str) -> str | None:
    """Unit text as people write it -> text that pint parses; None where a word in it is not known."""
    if text in _WORDS:
        return _WORDS[text]
    # pint's own text ("kilogram / hour", "meter ** 3") passes through the same door: ** is ^ here.
    body = text.translate(_SUPERSCRIPTS).replace("**", "^").replace("−", "-").replace("–", "-")
    body = re.sub(r"\bper\b", "/", body)
    # `W/mK` is per metre and kelvin; pint would read a millikelvin.
    body = re.sub(r"(?<=[/( ·*.])m(?=(?:K|°C|℃)(?![A-Za-z]))", "m ", body)
    body = re.sub(r"\b(?:sq|square)\.?\s+([A-Za-z]+)", r"\g<1>2", body)
    body = re.sub(r"\b(?:cu|cubic)\.?\s+([A-Za-z]+)", r"\g<1>3", body)
    body = re.sub(r"(?<=[A-Za-z0-9)])\s*[·⋅×*.]\s*(?=[A-Za-z°(])", "*", body)
    tokens = re.findall(r"\s+|[A-Za-zµμÅ°℃℉º$€£%\"″_]+(?:_\d+)?|\d+(?:\.\d+)?|[-+^*/()]", body)
    if "".join(tokens) != body:
        return None
    return _assemble(tokens)


def _assemble(tokens: list[str]) -> str | None:
    """Join unit tokens; after a slash, `W/m2K` divides by both, as every engineer means it."""
    out: list[str] = []
    compound = sum(1 for token in tokens if _WORD.fullmatch(token)) > 1
    index, below, depth = 0, False, 0
    while index < len(tokens):
        token = tokens[index]
        index += 1
        if token.isspace():
            continue
        if token in "*/":
            out.append(token)
            below = token == "/" if depth == 0 else below
            continue
        if token in "()":
            depth += 1 if token == "(" else -1
            if token == "(" and out and out[-1] not in ("*", "/", "("):
                out.append("*")
            out.append(token)
            continue
        if token == "^" or (token in "-+" and not out):
            return None
        unit = "1" if token == "1" else _lookup(token, compound)
        if unit is None:
            return None
        power, index = _power(tokens, index)
        if power is None:
            return None
        if out and out[-1] not in ("*", "/", "("):
            out.append("/" if below and depth == 0 else "*")
        out.append(f"({unit})" + (f"**({power})" if power != "1" else ""))
    return "".join(out) if depth == 0 else None


def _power(tokens: list[str], index: int) -> tuple[str | None, int]:
    """The exponent that follows a unit word: `3`, `-1`, `^2`, `^(-1)`; `1` where there is none."""
    start = index
    if index < len(tokens) and tokens[index].isspace() and index + 1 < len(tokens) and tokens[index + 1] == "^":
        index += 1
    if index < len(tokens) and tokens[index] == "^":
        index += 1
        while index < len(tokens) and (tokens[index].isspace() or tokens[index] == "("):
            index += 1
        sign = ""
        if index < len(tokens) and tokens[index] == "-":
            sign, index = "-", index + 1
        if index >= len(tokens) or not re.fullmatch(r"\d+(?:\.\d+)?", tokens[index]):
            return None, start
        power = sign + tokens[index]
        index += 1
        if index < len(tokens) and tokens[index] == ")" and "(" in tokens[start:index]:
            index += 1
        return power, index
    sign = ""
    if index + 1 < len(tokens) and tokens[index] == "-" and tokens[index + 1].isdigit():
        sign, index = "-", index + 1
    if index < len(tokens) and tokens[index].isdigit() and len(tokens[index]) == 1:
        return sign + tokens[index], index + 1
    return "1", start


def _lookup(word: str, compound: bool) -> str | None:
    """One unit word -> pint text. Inside a compound, degrees are differences (W/m2/°C)."""
    if word in _WORDS:
        found = _WORDS[word]
        if compound and found in ("degC", "degF"):
            return "delta_" + found
        return found
    if word in _REFUSED:
        return None
    ureg = registry()
    if word.startswith("delta_") or word in ureg:
        return word
    low = word.lower()
    return low if len(word) > 3 and low in ureg else None


_REFUSED = frozenset({"mD", "Nm", "scfm", "SCFM", "Nm3", "Sm", "scf", "SCF", "dB", "the", "and", "of", "to", "with", "as",
                      "are", "dia", "ha", "from"})


def dimension(unit: str) -> str:
    """The dimension of a pint unit text, as a comparable string (`[mass] / [time]`)."""
    return _dimension(unit)


@lru_cache(maxsize=4096)
def _dimension(unit: str) -> str:
    ureg = registry()
    parsed = ureg.parse_units(unit) if unit else ureg.dimensionless
    return str(dict(sorted(parsed.dimensionality.items())))


def same_dimension(left: str, right: str) -> bool:
    """Whether two pint unit texts have the same dimension."""
    return _dimension(left) == _dimension(right)


@lru_cache(maxsize=4096)
def _factor(source: str, target: str) -> tuple[float, float]:
    ureg = registry()
    try:
        zero = ureg.Quantity(0.0, source or "dimensionless").to(target or "dimensionless").magnitude
        one = ureg.Quantity(1.0, source or "dimensionless").to(target or "dimensionless").magnitude
    except Exception as error:  # pint's own errors share no public base for dimension and definition faults
        raise UnitError(f"{source or 'a plain number'} cannot be converted to {target or 'a plain number'}") from error
    return float(one) - float(zero), float(zero)


def convert(value: float, source: str, target: str) -> float:
    """Convert a magnitude between two pint unit texts, offsets included (`degC` to `kelvin`).

    Raises:
        UnitError: the dimensions differ.
    """
    if source == target:
        return value
    factor, offset = _factor(source, target)
    return value * factor + offset
