"""The words of units: what people write, and what pint shall read.

Matched on whole unit words, case as given. Text is brought to plain characters before (`unit_text`): superscripts are
digits, `µ` is `μ`, `℃` is `°C`. A word that stands for two units is in `REFUSED`: to ask is better than to be wrong.
"""

from __future__ import annotations

__all__ = ["DEFINITIONS", "REFUSED", "WHOLE", "WORDS"]

DEFINITIONS = (
    "gpm = gallon / minute",
    "cfm = foot ** 3 / minute",
    "lbm = pound",
    "lbmol = 453.59237 mol",
    "MMBtu = 1e6 * Btu",
    "million_gallon = 1e6 * gallon",
    "ton_refrigeration = 3516.8528 * watt",
    "USD = [currency]",
    "EUR = [currency_eur]",
    "GBP = [currency_gbp]",
    "US_cent = 0.01 * USD",
    "cmHg_ = 1333.22387415 * pascal",
    "m_water = 9806.65 * pascal",
    "cm_water = 98.0665 * pascal",
    "mm_water = 9.80665 * pascal",
    "in_water = 249.08891 * pascal",
    "ft_water = 2989.0669 * pascal",
    "ppb_ = 1e-9",
    "rotation = []",
    "stellar_magnitude = []",
)
"""What pint lacks or reads otherwise than an engineer means it (its barrel holds 31.5 gallons, its turn 2π radians)."""

WHOLE: dict[str, str] = {
    "kgf/cm2": "technical_atmosphere", "kg/cm2": "technical_atmosphere", "lb/in2": "psi", "lbs/in2": "psi",
    "lbf/in2": "psi", "lb/sqin": "psi", "": "", "-": "",
}  # fmt: skip
"""Whole unit texts that mean another thing than their words: a kg/cm² is a pressure."""

_TEMPERATURE = {
    "°C": "degC", "degC": "degC", "celsius": "degC", "Celsius": "degC", "C": "degC", "°F": "degF", "degF": "degF",
    "fahrenheit": "degF", "Fahrenheit": "degF", "F": "degF", "K": "kelvin", "°K": "kelvin", "Kelvin": "kelvin",
    "kelvin": "kelvin", "kelvins": "kelvin", "°R": "degR", "R": "degR", "degR": "degR", "rankine": "degR",
    "Rankine": "degR", "Δ°C": "delta_degC", "Δ°F": "delta_degF", "ΔK": "kelvin",
}  # fmt: skip

_PRESSURE = {
    "bar": "bar", "bars": "bar", "Bar": "bar", "BAR": "bar", "mbar": "mbar", "atm": "atm", "ATM": "atm", "psi": "psi",
    "PSI": "psi", "Psi": "psi", "psf": "force_pound/foot**2", "torr": "torr", "Torr": "torr", "pa": "pascal",
    "pascal": "pascal", "pascals": "pascal", "KPa": "kilopascal", "kpa": "kilopascal", "Kpa": "kilopascal",
    "KPA": "kilopascal", "mpa": "megapascal", "Mpa": "megapascal", "MPA": "megapascal", "mmHg": "mmHg",
    "cmHg": "cmHg_", "inHg": "inHg", "at": "technical_atmosphere", "ksc": "technical_atmosphere", "mH2O": "m_water",
    "cmH2O": "cm_water", "mmH2O": "mm_water", "inH2O": "in_water", "ftH2O": "ft_water",
}  # fmt: skip

_MASS = {
    "t": "tonne", "tonne": "tonne", "tonnes": "tonne", "te": "tonne", "ton": "tonne", "tons": "tonne", "mt": "tonne",
    "MT": "tonne", "lb": "pound", "lbs": "pound", "lbm": "pound", "lbf": "force_pound", "kgs": "kg", "KG": "kilogram",
    "Kg": "kilogram", "KGS": "kilogram", "kilo": "kilogram", "kilos": "kilogram", "kilograms": "kilogram",
    "kilogram": "kilogram", "kilogramme": "kilogram", "kilogrammes": "kilogram", "gram": "gram", "grams": "gram",
    "gm": "gram", "gms": "gram", "tph": "tonne/hour", "TPH": "tonne/hour", "tpd": "tonne/day", "TPD": "tonne/day",
    "tpa": "tonne/year", "kta": "kilotonne/year", "kmol": "kilomole", "Kmol": "kilomole", "kmole": "kilomole",
    "kmols": "kilomole", "kgmol": "kilomole", "kgmole": "kilomole", "mol": "mole", "mols": "mole", "mole": "mole",
    "moles": "mole", "gmol": "mole", "gmole": "mole", "lbmol": "lbmol", "lbmole": "lbmol",
}  # fmt: skip

_TIME = {
    "h": "hour", "hr": "hour", "hrs": "hour", "Hr": "hour", "HR": "hour", "Hrs": "hour", "hour": "hour",
    "hours": "hour", "min": "minute", "mins": "minute", "Min": "minute", "MIN": "minute", "minute": "minute",
    "minutes": "minute", "s": "second", "sec": "second", "secs": "second", "Sec": "second", "second": "second",
    "seconds": "second", "d": "day", "day": "day", "days": "day", "Day": "day", "week": "week", "weeks": "week",
    "wk": "week", "month": "month", "months": "month", "a": "year", "yr": "year", "yrs": "year", "Yr": "year",
    "y": "year", "year": "year", "years": "year", "annum": "year", "rpm": "1/minute", "RPM": "1/minute",
    "rps": "1/second", "RPS": "1/second", "rev": "rotation", "revs": "rotation", "revolution": "rotation",
    "revolutions": "rotation", "turn": "rotation", "turns": "rotation", "cycle": "rotation", "cycles": "rotation",
}  # fmt: skip

_VOLUME = {
    "l": "liter", "L": "liter", "lt": "liter", "ltr": "liter", "ltrs": "liter", "Ltr": "liter", "litre": "liter",
    "litres": "liter", "liter": "liter", "liters": "liter", "ml": "milliliter", "mL": "milliliter", "gal": "gallon",
    "gals": "gallon", "Gal": "gallon", "gallon": "gallon", "gallons": "gallon", "USgal": "gallon", "usgal": "gallon",
    "Mgal": "million_gallon", "MGD": "million_gallon/day", "mgd": "million_gallon/day", "bbl": "oil_barrel",
    "bbls": "oil_barrel", "barrel": "oil_barrel", "barrels": "oil_barrel", "kbbl": "kilooil_barrel",
    "bpd": "oil_barrel/day", "gpm": "gpm", "GPM": "gpm", "USgpm": "gpm", "usgpm": "gpm", "gph": "gallon/hour",
    "GPH": "gallon/hour", "gpd": "gallon/day", "lpm": "liter/minute", "LPM": "liter/minute", "lps": "liter/second",
    "LPS": "liter/second", "lph": "liter/hour", "LPH": "liter/hour", "LMH": "liter/meter**2/hour",
    "MLD": "megaliter/day", "cfm": "cfm", "CFM": "cfm", "acfm": "cfm", "ACFM": "cfm", "cfs": "foot**3/second",
    "cmh": "m**3/hour",
}  # fmt: skip

_LENGTH = {
    "um": "micrometer", "μm": "micrometer", "μ": "micrometer", "micron": "micrometer", "microns": "micrometer",
    "mic": "micrometer",
    "Å": "angstrom", "in": "inch", "inch": "inch", "inches": "inch", '"': "inch", "mil": "thou", "mils": "thou",
    "ft": "foot", "feet": "foot", "foot": "foot", "metre": "meter", "metres": "meter", "meter": "meter",
    "meters": "meter", "millimetre": "millimeter", "millimetres": "millimeter", "centimetre": "centimeter",
    "centimetres": "centimeter", "kilometre": "kilometer", "kilometres": "kilometer", "micrometre": "micrometer",
    "micrometres": "micrometer", "nanometre": "nanometer", "nanometres": "nanometer", "sqm": "meter**2",
    "sqft": "foot**2", "sqin": "inch**2", "cuft": "foot**3", "cuin": "inch**3", "ha": "hectare", "kph": "km/hour",
    "kmh": "km/hour", "kmph": "km/hour", "mph": "mile/hour", "fps": "foot/second", "fpm": "foot/minute",
    "mps": "meter/second", "mpy": "thou/year", "kn": "knot", "au": "astronomical_unit", "AU": "astronomical_unit",
    "ly": "light_year", "lightyear": "light_year", "lightyears": "light_year", "pc": "parsec", "kpc": "kiloparsec",
    "Mpc": "megaparsec", "Gpc": "gigaparsec",
}  # fmt: skip

_ENERGY = {
    "TR": "ton_refrigeration", "RT": "ton_refrigeration", "USRT": "ton_refrigeration", "hp": "horsepower",
    "HP": "horsepower", "bhp": "horsepower", "BHP": "horsepower", "PS": "metric_horsepower", "w": "watt",
    "watts": "watt", "kw": "kilowatt", "KW": "kilowatt", "kilowatts": "kilowatt", "megawatts": "megawatt",
    "kWe": "kilowatt", "kWel": "kilowatt", "kWth": "kilowatt", "MWe": "megawatt", "MWel": "megawatt",
    "MWth": "megawatt", "kwh": "kilowatt_hour", "kWh": "kilowatt_hour", "KWh": "kilowatt_hour",
    "KWH": "kilowatt_hour", "Kwh": "kilowatt_hour", "MWh": "megawatt_hour", "GWh": "gigawatt_hour",
    "kwhr": "kilowatt_hour", "kWhr": "kilowatt_hour", "J": "joule", "joules": "joule", "kj": "kilojoule",
    "KJ": "kilojoule", "kcal": "kilocalorie", "Kcal": "kilocalorie", "KCal": "kilocalorie", "cal": "calorie",
    "Btu": "Btu", "BTU": "Btu", "btu": "Btu", "MMBtu": "MMBtu", "MMBTU": "MMBtu", "mmbtu": "MMBtu",
    "Btuh": "Btu/hour", "BTUH": "Btu/hour", "btuh": "Btu/hour", "MMBtuh": "MMBtu/hour",
}  # fmt: skip

_OTHER = {
    "%": "percent", "pct": "percent", "percent": "percent", "mol%": "percent", "vol%": "percent", "ppm": "ppm",
    "ppmv": "ppm", "ppb": "ppb_", "ppbv": "ppb_", "mag": "stellar_magnitude", "mags": "stellar_magnitude",
    "P": "poise", "cP": "centipoise", "cp": "centipoise", "CP": "centipoise", "cSt": "centistokes",
    "cst": "centistokes", "St": "stokes", "Pas": "pascal*second", "mPas": "millipascal*second",
    "μPas": "micropascal*second", "uPas": "micropascal*second", "kPas": "kilopascal*second", "$": "USD", "US$": "USD",
    "USD": "USD", "usd": "USD", "dollar": "USD", "dollars": "USD", "k$": "kUSD", "kUSD": "kUSD", "cent": "US_cent",
    "cents": "US_cent", "¢": "US_cent", "€": "EUR", "EUR": "EUR", "euro": "EUR", "euros": "EUR", "Euro": "EUR",
    "Euros": "EUR", "k€": "kEUR", "kEUR": "kEUR", "£": "GBP", "GBP": "GBP", "deg": "degree", "°": "degree",
    "degrees": "degree", "mas": "milliarcsecond", "arcsec": "arcsecond", "arcsecs": "arcsecond",
    "arcmins": "arcminute", "Ohm": "ohm", "ohms": "ohm", "Ω": "ohm", "kΩ": "kiloohm", "barn": "barn",
}  # fmt: skip

WORDS: dict[str, str] = {
    **_TEMPERATURE, **_PRESSURE, **_MASS, **_TIME, **_VOLUME, **_LENGTH, **_ENERGY, **_OTHER,
}  # fmt: skip

_AMBIGUOUS = (
    # a standard volume needs its reference state; newton metre and normal cubic metre share their letters
    "Nm", "Nm3", "Nl", "NL", "Sm", "Sm3", "scf", "SCF", "scfm", "SCFM", "scfh", "SCFH", "slpm", "sccm",
    # M is a thousand on one side of the ocean and a million on the other
    "MBtu", "MBTU", "Mbtu", "mbtu", "MBH", "Mlb", "Mlbs", "Mbbl", "MM",
    # kilotonne or knot, gram or grain, pint or point, centipoise or cycles, British or American
    "kt", "Mt", "gr", "pt", "pts", "qt", "qts", "pint", "pints", "st", "cwt", "cps",
)  # fmt: skip
_NO_UNITS = (
    # logarithmic scales do not convert by a factor; constants are not units
    "dB", "dBm", "dBW", "dBu", "Np", "neper", "nepers", "bel", "decade", "octave", "pH", "k", "e", "G", "c", "D", "mD",
    "the", "and", "of", "to", "with", "as", "are", "from", "dia", "cu", "sq",
)  # fmt: skip
REFUSED = frozenset((*_AMBIGUOUS, *_NO_UNITS))
