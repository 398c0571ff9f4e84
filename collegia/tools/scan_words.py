"""Which words may be units when they follow a number in running text.

Parsing a unit that stands alone may be generous; finding one in a sentence may not: "12 t/h" is a unit, "5 at
the inlet" is not, although pint knows an `at`.
"""

from __future__ import annotations

__all__ = ["LOOSE_UNITS", "TELEGRAM_UNITS", "may_be_unit"]

_PREFIXES = ("", "n", "u", "µ", "μ", "m", "c", "d", "h", "k", "M", "G", "T")
_PREFIXED = ("m", "g", "Pa", "W", "J", "s", "N", "mol", "bar", "L", "l", "V", "A", "Hz", "eV", "Wh", "Pas", "cal")


LOOSE_UNITS = frozenset(
    """in a s h d t as at min F C K P R V A m g bar mole degree second seconds day foot feet year hour minute times
    atmosphere atm ton tons month week degrees""".split()
)
"""Words that are units only where nothing else can stand: without a number they mean something else as a rule."""

TELEGRAM_UNITS = frozenset("hp kW MW psi kPa mbar rpm bhp mm gpm kg minutes hours days °C °F USD ft² m² m³".split())
"""Units that stand without a number after a bare word in telegram style: "Shaft hp?"."""


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_ODD = _words(
    """
    nbar ubar dbar hbar Tbar hs ks ds cs Ts Gs dg cg hg Tg hm hL Gl Tl hl nV cV hV dV nA cA dA hA uA TA GA mA nL
    nl
    """
)
"""Prefixed symbols that nobody writes, and that other words look like."""
_SYMBOLS = frozenset(prefix + base for prefix in _PREFIXES for base in _PREFIXED) - _ODD | _words(
    """
        K C F R °C °F °R ℃ ℉ ºC ºF % h hr hrs min mins sec secs d a yr yrs y wk t te lb lbs lbm lbf kgs in ft yd mi
        " ″ ° ' atm psi psia psig PSI PSIA PSIG Psi Psig barg bara Bar BAR bars mbarg mbara kPag kPaa MPag MPaa kpa
        Kpa KPa mpa Mpa pa torr Torr mmHg inHg mmH2O inH2O mmWC mH2O inWC cP cp CP P cSt St Pas mPas um µm μm mic Å
        cfm CFM acfm ACFM gpm GPM USgpm usgpm lpm LPM lps gph bpd cmh tph TPH tpd kph mph fps mps rpm RPM rps Hz hp
        HP bhp BHP kw KW kwh KWh kWh MWh GWh TWh Wh kwhr kWhr Btu BTU btu MMBtu MMBTU mmbtu kcal Kcal cal kJ KJ kj
        kmol kmole kgmol kgmole lbmol lbmole mol mole gal bbl bbls USgal usgal l L ml mL TR RT ppm ppmv ppb ppbv
        degC degF degR cent cents ¢ dyn dynes rad kWe kWth MWe MWth ltr ltrs Ltr Gal kbbl MGD mgd Kg Hr Hrs Kmol psf
        ksc kmph kmh fpm KWH Btuh BTUH LMH TPD lph LPH gpd cuft ha mil mils
        cc Min MIN HR Sec $ US$ USD usd EUR GBP € £ k$ deg au AU
        ly pc kpc Mpc Gpc mas arcsec arcmin sqm sqft kgf rev mag nm
        """
)
_LONG = _words(
    """
    celsius fahrenheit kelvin kelvins rankine percent pct hour hours minute minutes second seconds day days week
    weeks month months year years annum tonne tonnes ton tons pound pounds kilogram kilograms gram grams kilo
    litre litres liter liters gallon gallons barrel barrels metre metres meter meters millimetre millimetres
    millimeter millimeters centimetre centimetres centimeter centimeters kilometre kilometres kilometer
    kilometers micron microns micrometre micrometres micrometer micrometers inch inches foot feet yard yards
    mile miles bar millibar pascal pascals kilopascal kilopascals megapascal megapascals atmosphere atmospheres
    watt watts kilowatt kilowatts megawatt megawatts horsepower joule joules kilojoule kilojoules megajoule
    megajoules calorie calories newton newtons poise centipoise stokes centistokes mole moles kilomole kilomoles
    dollar dollars euro euros degree degrees radian radians parsec parsecs kiloparsec kiloparsecs megaparsec
    megaparsecs arcsecond arcseconds arcminute arcminutes milliarcsecond milliarcseconds revolutions lightyear
    lightyears angstrom angstroms nanometre nanometres nanometer nanometers hectare hectares acre acres
    millipascal kilocalorie kilocalories gigajoule gigajoules gigawatt gigawatts millisecond milliseconds millibars
    kilonewton kilonewtons volt volts ampere amperes milligram milligrams microgram micrograms millilitre
    millilitres milliliter milliliters ppm hertz kilohertz
    """
)
_COMPOUND = frozenset({"sq", "cu", "square", "cubic", "per", "s", "h"})


def may_be_unit(word: str, *, first: bool) -> bool:
    """Whether a word may be the first word of a unit after a number, or a later one."""
    if word in _SYMBOLS or word.lower() in _LONG or word in ("square", "cubic", "sq", "cu", "standard"):
        return True
    if not first and word in _COMPOUND:
        return True
    # "m3K", "m2K", "mK": letters run together inside a compound.
    return not first and len(word) <= 3 and all(part in ("m", "K", "s", "h", "C", "F", "ft") for part in word)
