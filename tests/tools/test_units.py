from __future__ import annotations

import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from collegia.errors import UnitError
from collegia.tools.unit_words import REFUSED, WHOLE, WORDS
from collegia.tools.units import ATMOSPHERE, Unit, convert, dimension, parse_unit, registry, same_dimension

# Unit text as it is written, with what one of it is in SI. The numbers are definitions, not pint's own.
FT, LB, BTU, PSI, GAL, YEAR = 0.3048, 0.45359237, 1055.056, 6894.757293, 3.785411784e-3, 365.25 * 86400
IN, HOUR, DAY, BBL, F = 0.0254, 3600.0, 86400.0, 0.158987294928, 5 / 9

_SI: tuple[tuple[str, str, float, str], ...] = (
    ("heat transfer coefficient", "W/(m**2*K)", 1.0,
     "W/m2K; W/m²K; W/m²/K; W/m2/K; W/(m²·K); W/(m2 K); W/(m2*K); W/m2.K; W/m2·K; W/m^2-K; W/m²·°C; W/m2°C; "
     "W m-2 K-1; W·m⁻²·K⁻¹; W m^-2 K^-1; watt / kelvin / meter ** 2; W per m2 K"),
    ("heat transfer coefficient, kcal", "W/(m**2*K)", 4184 / HOUR, "kcal/h/m2/°C; kcal/(h·m²·°C); kcal/h-m2-C"),
    ("heat transfer coefficient, US", "W/(m**2*K)", BTU / HOUR / FT ** 2 / F,
     "Btu/hr-ft2-F; BTU/h/ft2/F; Btu/(h·ft²·°F); Btu/(hr ft2 °F); BTU/(h ft^2 F)"),
    ("fouling", "m**2*K/W", 1.0, "m2K/W; m²·K/W; m2·K/W; m² K/W; m2 °C/W"),
    ("fouling, US", "m**2*K/W", HOUR * FT ** 2 * F / BTU, "h·ft²·°F/Btu; hr-ft2-F/Btu"),
    ("heat capacity", "J/(kg*K)", 1000.0,
     "kJ/(kg·K); kJ/kgK; kJ/kg-K; kJ/kg.K; kJ/kg/K; kJ/kg K; kJ kg-1 K-1; kJ/(kg K); kJ/kg/°C; kJ/kg°C; "
     "KJ/Kg/K; kJ/(kg °C)"),
    ("heat capacity, kcal and Btu", "J/(kg*K)", 4184.0, "kcal/kg°C; kcal/kg/C; cal/g/°C"),
    ("heat capacity, Btu", "J/(kg*K)", BTU / LB / F, "Btu/lb°F; BTU/lb-F; Btu/lb/°F; Btu/(lb F); btu/lbm/F"),
    ("molar heat capacity", "J/(mol*K)", 1.0, "J/molK; J/mol·K; J/(mol K); J/mol/K; J mol-1 K-1; kJ/kmolK"),
    ("conductivity", "W/(m*K)", 1.0, "W/mK; W/m·K; W/m-K; W/(m·K); W/m/K; W/m°C; W/m.K; W m-1 K-1"),
    ("conductivity, milli", "W/(m*K)", 0.001, "mW/mK; mW/(m K)"),
    ("conductivity, US", "W/(m*K)", BTU / HOUR / FT / F, "Btu/ft-hr-F; Btu/(h ft °F); BTU/hr/ft/F"),
    ("volume flow", "m**3/s", 1 / HOUR,
     "m3/h; m³/h; m^3/h; m**3/hr; m3 h-1; m³·h⁻¹; m3/hr.; m3 per hour; cubic metres per hour; "
     "cubic meters/hour; cu.m/h; cmh; ㎥/h"),
    ("litres a second", "m**3/s", 0.001, "l/s; L/s; lps; litres per second; liters/second; dm3/s"),
    ("litres a minute", "m**3/s", 0.001 / 60, "L/min; l/min; lpm; LPM; ltr/min; l/min."),
    ("gallons a minute", "m**3/s", GAL / 60,
     "gpm; GPM; USgpm; US gpm; U.S. gpm; gal/min; US gal/min; gallons per minute; Gal/Min"),
    ("British gallons", "m**3", 0.00454609, "imp gal; UK gallons; imperial gallon"),
    ("barrels a day", "m**3/s", BBL / DAY, "bbl/d; bpd; bbl/day; barrels per day"),
    ("thousand barrels", "m**3", BBL * 1000.0, "kbbl"),
    ("million gallons a day", "m**3/s", GAL * 1000000.0 / DAY, "MGD; mgd"),
    ("cubic feet a minute", "m**3/s", FT ** 3 / 60,
     "cfm; CFM; ACFM; ft3/min; ft³/min; cu ft/min; cu.ft./min.; cubic feet per minute"),
    ("mass flow", "kg/s", 1 / HOUR, "kg/h; kg/hr; kg / h; kg h-1; kg h⁻¹; Kg/Hr; kilograms per hour; kg·h^-1"),
    ("tonnes an hour", "kg/s", 1000 / HOUR, "t/h; tph; TPH; tonne/h; te/h; MT/h; tonnes per hour"),
    ("tonnes a day", "kg/s", 1000 / DAY, "t/d; tpd; tonnes/day"),
    ("tonnes a year", "kg/s", 1000 / YEAR, "t/a; t/yr; tpa; tonnes per annum"),
    ("pounds an hour", "kg/s", LB / HOUR, "lb/h; lb/hr; lbs/h; lbm/hr; pounds per hour"),
    ("molar flow", "mol/s", 1000 / HOUR, "kmol/h; kmol/hr; kgmol/h; kg-mol/h; kmol h-1; Kmol/hr"),
    ("pound moles an hour", "mol/s", 453.59237 / HOUR, "lbmol/h; lbmole/hr; lb-mol/h"),
    ("mass flux", "kg/(m**2*s)", 1.0, "kg/m2s; kg/m²·s; kg/(m2 s); kg.m-2.s-1; kg/m2-s"),
    ("mass flux, US", "kg/(m**2*s)", LB / FT ** 2 / HOUR, "lb/ft2/h; lb/(h ft2); lb/hr-ft2"),
    ("viscosity", "Pa*s", 0.001, "mPa·s; mPa.s; mPa s; mPas; mPa-s; cP; cp; centipoise; mPa*s"),
    ("viscosity, SI", "Pa*s", 1.0, "Pa·s; Pa.s; Pa-s; Pas; Pa s; kg/(m s); kg/m/s; N·s/m2"),
    ("viscosity of gases", "Pa*s", 1e-06, "µPa·s; μPas; uPas; µPas"),
    ("kinematic viscosity", "m**2/s", 1e-06, "cSt; mm2/s; mm²/s; centistokes"),
    ("density", "kg/m**3", 1.0, "kg/m3; kg/m³; kg m-3; kg·m^-3; kg / m³; g/L; g/l; kilograms per cubic metre"),
    ("density, g/cm3", "kg/m**3", 1000.0, "g/cm3; g/cc; g/ml; kg/l; kg/L; t/m3; g/cm³"),
    ("density, US", "kg/m**3", LB / FT ** 3, "lb/ft3; lb/ft³; lb/cu ft; lbm/ft^3"),
    ("pressure", "Pa", 100000.0, "bar; Bar; BAR; bars"),
    ("kilopascal", "Pa", 1000.0, "kPa; kpa; KPa; kN/m2; kilopascals"),
    ("megapascal", "Pa", 1000000.0, "MPa; Mpa; N/mm2; N/mm²"),
    ("psi", "Pa", PSI, "psi; PSI; lb/in2; lb/in²; lbf/in2; lbs/in^2; lb/sq.in"),
    ("psf", "Pa", PSI / 144, "psf"),
    ("technical atmosphere", "Pa", 98066.5, "kg/cm2; kg/cm²; kgf/cm2; kgf/cm²; kg/cm^2; kg / cm2; ksc; at"),
    ("mercury", "Pa", 133.322387, "mmHg; mm Hg; mm of mercury; torr; Torr"),
    ("inches of mercury", "Pa", 3386.389, "inHg; in Hg; inches of mercury; in. Hg"),
    ("millimetres of water", "Pa", 9.80665, "mmH2O; mm H2O; mmWC; mm w.c.; mm wg; mm of water"),
    ("metres of water", "Pa", 9806.65, "mH2O; m H2O; mwc; m.w.c.; m of water; mWC; m water column"),
    ("inches of water", "Pa", 249.08891, "inH2O; in H2O; inches of water; in. w.c.; inWC; inches WC; in w.g."),
    ("feet of water", "Pa", 2989.0669, "ftH2O; ft H2O; feet of water"),
    ("velocity", "m/s", 1.0, "m/s; m s-1; m·s⁻¹; mps; metres per second; m/sec"),
    ("velocity, hours", "m/s", 1 / 3.6, "km/h; kph; kmph; kmh; km/hr"),
    ("velocity, US", "m/s", FT, "ft/s; fps; ft/sec; feet per second"),
    ("feet a minute", "m/s", FT / 60, "ft/min; fpm"),
    ("revolutions", "1/s", 1 / 60,
     "rpm; RPM; rev/min; rev / min; revolutions per minute; 1/min; min-1; /min; turns per minute"),
    ("frequency", "1/s", 1.0, "1/s; s-1; s^-1; s⁻¹; Hz; rps; /s; per second; rev/s"),
    ("power", "W", 1000.0, "kW; KW; kw; kJ/s; kWe; kWth; kilowatts"),
    ("horsepower", "W", 745.69987, "hp; HP; bhp; horsepower"),
    ("metric horsepower", "W", 735.49875, "PS"),
    ("refrigeration", "W", 3516.8528, "TR; RT; tons of refrigeration; ton refrigeration; USRT"),
    ("heat flow, US", "W", BTU / HOUR, "Btu/h; BTU/hr; Btuh"),
    ("million Btu an hour", "W", 1000000.0 * BTU / HOUR, "MMBtu/h; MMBTU/hr; MM Btu/h"),
    ("giga calories", "W", 4184000000.0 / HOUR, "Gcal/h"),
    ("energy", "J", 3600000.0, "kWh; kwh; KWH; kW·h; kW-h; kW.h; kW h; kWhr"),
    ("specific energy", "J/kg", 3600.0, "kWh/t"),
    ("molar energy", "J/mol", 1000.0, "kJ/mol; kJ·mol⁻¹; kJ mol-1; kJ/gmol; MJ/kmol"),
    ("heat flux", "W/m**2", 1000.0, "kW/m2; kW/m²; kW/sq.m"),
    ("energy price", "USD/J", 1 / 3600000.0, "USD/kWh; $/kWh; US$/kWh; dollars per kWh"),
    ("energy price in cents", "USD/J", 0.01 / 3600000.0, "¢/kWh; cents/kWh; cents per kWh"),
    ("price", "USD/kg", 0.001, "USD/t; $/tonne; US$/t"),
    ("oil price", "USD/m**3", 1 / BBL, "$/bbl; USD/barrel"),
    ("euro price", "EUR/J", 1 / 3600000000.0, "EUR/MWh; €/MWh"),
    ("thousands", "USD", 1000.0, "k$; kUSD"),
    ("running time", "", HOUR / YEAR, "h/yr; hours/year; h/a; hr/yr; hours per year; h per annum"),
    ("percent", "", 0.01, "%; percent; per cent; pct; mol%; mol %; vol%"),
    ("ppm", "", 1e-06, "ppm; ppmv; mg/kg"),
    ("ppb", "", 1e-09, "ppb"),
    ("plain", "", 1.0, "; -; 1; dimensionless; mag"),
    ("concentration", "mol/m**3", 1000.0, "mol/L; mol/l; kmol/m3; M; mol/dm3"),
    ("molar mass", "kg/mol", 0.001, "g/mol; kg/kmol; lb/lbmol; g/gmol; g mol-1"),
    ("length, micro", "m", 1e-06, "µm; μm; um; micron; microns; micrometre"),
    ("length, inch", "m", IN, "in; inch; inches; \"; ″; in.; ''"),
    ("length, mil", "m", IN / 1000, "mil; mils; thou"),
    ("area", "m**2", 1.0, "m2; m²; m^2; sqm; sq m; sq. m; square metre; square metres"),
    ("area, US", "m**2", FT ** 2, "ft2; ft²; sq ft; sq.ft.; sqft; square feet"),
    ("time", "s", HOUR, "h; hr; hrs; hours; Hr; hr."),
    ("surface tension", "N/m", 0.001, "mN/m; dyn/cm; dynes/cm"),
    ("flux", "m/s", 0.001 / HOUR, "L/m2/h; LMH; L/m2h; l/(m2·h)"),
    ("torque", "N*m", 1.0, "N·m; N.m; N-m; N*m"),
    ("angle", "radian", math.pi / 180, "°; deg; degrees"),
    ("parallax", "radian", math.pi / 180 / 3600000.0, "mas; milliarcseconds"),
    ("distance", "m", 3.0856775814914e+16, "pc; parsec; parsecs"),
    ("light years", "m", 9460730472580800.0, "ly; light_years; lightyears; light years; light-years; light year"),
    ("astronomical units", "m", 149597870700.0, "au; AU"),
)  # fmt: skip
"""What it is, an SI unit, what one of it is in that unit, and how it is written."""


@pytest.mark.parametrize(
    ("text", "si", "factor"),
    [(text, si, factor) for _, si, factor, texts in _SI for text in texts.split("; ")],
    ids=lambda part: repr(part) if isinstance(part, str) else "",
)
def test_a_unit_is_read_as_the_engineer_means_it(text: str, si: str, factor: float) -> None:
    assert convert(1.0, parse_unit(text).text, si) == pytest.approx(factor, rel=2e-6)


_TWENTY_DEGREES = (
    (293.15, "°C; ℃; ºC; degC; C; deg C; degrees C; deg. C; degrees Celsius; celsius"),
    (266.4833333, "°F; ℉; degF; F; deg F; degrees Fahrenheit"),
    (20.0, "K; °K; kelvin; Kelvin; degrees kelvin; Δ°C; delta_degC; ΔK"),
    (11.1111111, "°R; R; Rankine"),
)  # fmt: skip


@pytest.mark.parametrize(
    ("text", "kelvin"), [(text, kelvin) for kelvin, texts in _TWENTY_DEGREES for text in texts.split("; ")]
)
def test_twenty_degrees_are_counted_from_their_own_zero(text: str, kelvin: float) -> None:
    assert convert(20.0, parse_unit(text).text, "kelvin") == pytest.approx(kelvin)


@pytest.mark.parametrize("text", ["1/°C", "°C-1", "1/degC", "°C^-1", "/°C", "1/K"])
def test_a_degree_below_a_slash_is_a_difference(text: str) -> None:
    assert convert(3.0, parse_unit(text).text, "1/K") == pytest.approx(3.0)


_PRESSURES = (
    (Unit("bar", "gauge"), "barg; bar(g); bar g; bar (g); bar gauge; BARG; barG; bar(gauge)"),
    (Unit("bar", "absolute"), "bara; bar(a); bar a; bar abs; bar abs.; bar absolute; barA; bar (abs); bar(absolute)"),
    (Unit("pound_force_per_square_inch", "gauge"), "psig; PSIG; psi(g); Psig; psi gauge"),
    (Unit("pound_force_per_square_inch", "absolute"), "psia; PSIA; psi abs"),
    (Unit("kilopascal", "gauge"), "kPag; kPa(g); kPa g; kPaG"),
    (Unit("millibar", "absolute"), "mbara; mbar(a)"),
    (Unit("technical_atmosphere", "gauge"), "kg/cm2g; kg/cm²(g); kg/cm2 (g); kgf/cm2 gauge; atg"),
    (Unit("technical_atmosphere", "absolute"), "ata"),
    (Unit("pascal"), "Pa"),
    (Unit("hectopascal"), "hPa"),
    (Unit("kilogram"), "kg"),
    (Unit("kilowatt_hour / year"), "kWh/a"),
)  # fmt: skip


@pytest.mark.parametrize(("text", "unit"), [(text, unit) for unit, texts in _PRESSURES for text in texts.split("; ")])
def test_gauge_and_absolute_are_read_beside_a_pressure_only(text: str, unit: Unit) -> None:
    assert parse_unit(text) == unit


_REFUSED_TEXTS = (
    # a standard volume without its reference state
    "Nm3/h", "Nm³/h", "N m3/h", "Sm3/h", "scfm", "SCFH", "MJ/Nm3", "Nl/min", "std m3/h", "normal m3/h",
    "standard cubic feet",
    # one word, two meanings
    "Nm", "MBtu/h", "Mlb/h", "Mbbl/d", "kt/yr", "gr", "pt", "cwt", "cps", "ms-1", "ms⁻¹", "MM",
    # shares of what?
    "wt%", "ton%",
    # scales and constants
    "dB", "dBm", "pH", "k", "D", "°API", "SG",
    # nothing that could be a unit
    "water", "the", "m of", "kg and", "foo", "kg/foo", "m^", "m^x", "^2", "kg//s", "kg/", "*kg", "(m", "m)", "()",
    "m()",
    "/", "*", "m^99", "m^9 m^5", "kg^8.kg8",
    "kg m-2 /", "3", "2 kg", "100 mL", "m2.5.1", "__class__", "kg;s", "m=2", "bar(g)(a)", "kg(g)",
    "'",
    "cu", "sq", "W/m-2", "x" * 300, "(" * 200, "\x00", "🙂", "½ in",
)  # fmt: skip


@pytest.mark.parametrize("text", _REFUSED_TEXTS)
def test_what_is_unknown_or_means_two_things_is_refused(text: str) -> None:
    with pytest.raises(UnitError, match="is not known"):
        parse_unit(text)


@pytest.mark.parametrize("text", ["kPas", "cPas", "dPas", "hPas"])
def test_pascal_seconds_run_together_are_never_a_pressure(text: str) -> None:
    try:
        read = parse_unit(text)
    except UnitError:
        return
    assert same_dimension(read.text, "Pa*s")


def test_no_word_is_both_read_and_refused() -> None:
    assert not set(WORDS) & REFUSED


@pytest.mark.parametrize("word", sorted(WORDS))
def test_every_word_of_the_table_is_a_unit(word: str) -> None:
    assert parse_unit(word).text == "" or same_dimension(parse_unit(word).text, registry_text(WORDS[word]))


def registry_text(text: str) -> str:
    return str(registry().parse_units(text))


def test_angles_are_no_plain_numbers() -> None:
    assert dimension("degree") == dimension("radian") == dimension("arcsecond")
    assert not same_dimension("degree", "")
    assert not same_dimension("radian / second", "1 / second")
    with pytest.raises(UnitError, match="cannot be converted"):
        convert(1.0, "degree", "")


def test_a_turn_is_one_revolution_and_not_two_pi() -> None:
    assert convert(150.0, parse_unit("revolutions per minute").text, "1/s") == pytest.approx(2.5)


@pytest.mark.parametrize(
    ("left", "right"),
    [("USD", "EUR"), ("EUR", "GBP"), ("kilogram", "mole"), ("kelvin", "meter"), ("bar", ""), ("watt", "joule")],
)
def test_different_dimensions_do_not_convert(left: str, right: str) -> None:
    assert not same_dimension(left, right)
    with pytest.raises(UnitError, match="cannot be converted"):
        convert(1.0, left, right)


def test_an_unknown_target_is_a_unit_error() -> None:
    with pytest.raises(UnitError):
        convert(1.0, "kilogram", "nonsense")
    with pytest.raises(UnitError):
        dimension("nonsense")


def test_the_standard_atmosphere_is_that_of_pint() -> None:
    assert convert(1.0, "atm", "pascal") == ATMOSPHERE


_TEXTS = sorted({text for row in _SI for text in row[3].split("; ")} | set(WORDS) | set(WHOLE))
_PLAIN = sorted({parse_unit(text).text for text in _TEXTS})


def _base(text: str) -> str:
    return str(registry().Quantity(1.0, text or "dimensionless").to_base_units().units)


_numbers = st.floats(min_value=-1e12, max_value=1e12, allow_nan=False)


@pytest.mark.parametrize("text", _PLAIN)
def test_pints_own_text_reads_as_itself(text: str) -> None:
    assert parse_unit(text) == Unit(text)


@settings(deadline=None)
@given(value=_numbers, text=st.sampled_from(_PLAIN))
def test_converting_to_si_and_back_gives_the_value(value: float, text: str) -> None:
    base = _base(text)
    there = convert(value, text, base)
    # Near 0 °C a temperature keeps only the digits that it has at 273 K.
    assert convert(there, base, text) == pytest.approx(value, rel=1e-9, abs=1e-9)


@settings(deadline=None)
@given(celsius=_numbers)
def test_temperatures_agree_over_all_scales(celsius: float) -> None:
    kelvin = convert(celsius, "degree_Celsius", "kelvin")
    fahrenheit = convert(celsius, "degree_Celsius", "degree_Fahrenheit")
    assert kelvin == pytest.approx(celsius + 273.15, rel=1e-9, abs=1e-9)
    assert fahrenheit == pytest.approx(celsius * 1.8 + 32, rel=1e-9, abs=1e-9)
    assert convert(fahrenheit, "degree_Fahrenheit", "kelvin") == pytest.approx(kelvin, rel=1e-9, abs=1e-9)


@settings(deadline=None)
@given(low=_numbers, high=_numbers)
def test_a_difference_of_temperatures_has_no_offset(low: float, high: float) -> None:
    points = convert(high, "degree_Celsius", "kelvin") - convert(low, "degree_Celsius", "kelvin")
    assert convert(high - low, "delta_degree_Celsius", "kelvin") == pytest.approx(points, rel=1e-9, abs=1e-3)


def test_a_point_and_a_difference_of_temperature_do_not_convert() -> None:
    with pytest.raises(UnitError, match="cannot be converted"):
        convert(1.0, "degree_Celsius", "delta_degree_Celsius")
    with pytest.raises(UnitError, match="cannot be converted"):
        convert(1.0, "delta_degree_Celsius", "degree_Fahrenheit")


_FACTORS = [text for text in _PLAIN if text not in ("degree_Celsius", "degree_Fahrenheit")]


@settings(deadline=None)
@given(left=st.sampled_from(_FACTORS), right=st.sampled_from(_FACTORS))
def test_units_convert_exactly_when_their_dimensions_are_the_same(left: str, right: str) -> None:
    if same_dimension(left, right):
        assert math.isfinite(convert(1.0, left, right))
    else:
        with pytest.raises(UnitError):
            convert(1.0, left, right)


_fragments = st.sampled_from(
    [*WORDS, *"*/^()-+ .·²³⁻¹0123456789", "**", " per ", "°", "µ", "m", "kg", "(g)", " abs", "e5", "_", "\n"]
)


@settings(max_examples=400, deadline=None)
@given(text=st.one_of(st.text(max_size=30), st.lists(_fragments, max_size=8).map("".join)))
def test_garbage_is_a_unit_or_a_unit_error_and_nothing_else(text: str) -> None:
    try:
        read = parse_unit(text)
    except UnitError:
        return
    assert read.reference in ("", "gauge", "absolute")
    assert parse_unit(read.text).text == read.text
    assert isinstance(dimension(read.text), str)
    assert math.isfinite(convert(1.0, read.text, _base(read.text)))
