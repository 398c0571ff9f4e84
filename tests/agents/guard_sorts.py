"""Sorts of quantities, and the ways in which people and language models write their units.

Units and factors are written by hand, so that the guard is not measured by what it is made of.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple


class Spelling(NamedTuple):
    """A unit as written: `base = factor * written + offset`; `%n` stands for the number where it is not in front."""

    text: str
    factor: float = 1.0
    offset: float = 0.0


class Sort(NamedTuple):
    """A sort of quantity: names, its unit in the grounds, its range, and its spellings."""

    names: tuple[str, ...]
    unit: str
    least: float
    most: float
    spellings: tuple[Spelling, ...]
    difference: bool | None = None
    negative: bool = False


def _sort(
    names: str,
    unit: str,
    least: float,
    most: float,
    spellings: Mapping[float | tuple[float, float], str],
    *,
    difference: bool | None = None,
    negative: bool = False,
) -> Sort:
    """A sort, its spellings by factor, or by factor and offset."""
    made = [
        Spelling(text, *(key if isinstance(key, tuple) else (key,)))
        for key, texts in spellings.items()
        for text in texts.split(" | ")
    ]
    return Sort(tuple(names.split(" | ")), unit, least, most, tuple(made), difference, negative)


SORTS = (
    _sort("pressure drop | differential pressure | friction loss", "pascal", 2000, 8e+06, {
        1: "Pa | pascals",
        1000: "kPa | kilopascal | kilopascals",
        100000: "bar",
        100: "mbar | millibar",
        1e+06: "MPa | megapascals",
        6894.757: "psi | PSI | pounds per square inch",
        101325: "atm | atmospheres",
        98066.5: "kgf/cm²",
        133.322387: "mmHg | torr",
    }),
    _sort("flow rate | volumetric flow | pump capacity", "meter ** 3 / second", 0.0001, 2, {
        1 / 3600: "m³/h | m3/hr | m^3/h | cubic metres per hour | cubic meters per hour | m³·h⁻¹ | m3 h-1 | "
        "m³ per hour | cubic metres an hour | m³/hour",
        0.001: "l/s | L/s | litres per second | litres/second",
        1 / 60000: "l/min | liters per minute",
        6.30901964e-05: "gpm | US gpm",
        1: "m³/s | m³/sec",
        0.3048**3 / 60: "cfm | cubic feet per minute",
    }),
    _sort("mass flow | steam rate | relief rate", "kilogram / second", 0.02, 90, {
        1: "kg/s | kilograms per second | kg per second | kg/sec",
        1 / 3600: "kg/h | kg/hr | kg h⁻¹ | kilograms per hour",
        1 / 3.6: "t/h | tonnes per hour | t/hr | tonnes/h | metric tons per hour",
        0.45359237 / 3600: "lb/h | pounds per hour | lbs/hr | lb per hour",
    }),
    _sort("outlet temperature | wall temperature | boiling point", "kelvin", 280, 900, {
        1: "K | kelvin",
        (1, 273.15): "°C | degrees Celsius | deg C | degrees C | Celsius",
        (5 / 9, 255.3722222): "degrees Fahrenheit | °F",
    }, difference=False),
    _sort("temperature difference | temperature rise | approach", "kelvin", 2, 150, {
        1: "K | kelvins | °C | degrees Celsius",
        5 / 9: "°F",
    }, difference=True),
    _sort("duty | shaft power | heat loss", "watt", 300, 4e+07, {
        1: "W | watts",
        1000: "kW | kilowatts",
        1e+06: "MW | megawatts",
        745.699872: "hp | horsepower",
        0.29307107: "Btu/h | BTU/hr | BTU per hour",
        293071.07: "MMBtu/h",
    }),
    _sort("overall coefficient | film coefficient", "watt / kelvin / meter ** 2", 15, 9000, {
        1: "W/m²K | W/(m²·K) | W m⁻² K⁻¹ | W/m2K | W/m²/K | W/m^2-K | W·m⁻²·K⁻¹ | W/(m² °C) | W per m² K | "
        "watts per square metre and kelvin | watts per square metre kelvin | "
        "watts per square meter per kelvin",
        1000: "kW/(m²·K)",
        5.67826334: "Btu/(h·ft²·°F) | Btu/hr-ft2-F",
    }),
    _sort("viscosity | dynamic viscosity", "pascal * second", 0.0002, 0.9, {
        1: "Pa·s | Pa s | pascal seconds | Pa*s | pascal-seconds",
        0.001: "mPa·s | mPa s | cP | centipoise | millipascal seconds | mPa*s",
    }),
    _sort("density | vapour density", "kilogram / meter ** 3", 0.4, 3000, {
        1: "kg/m³ | kg/m3 | kg/m^3 | kg m⁻³ | kg per m³ | kilograms per cubic metre | kilograms per cubic meter",
        1000: "g/cm³ | g/cm3",
        16.01846337: "lb/ft³ | lb/ft3 | pounds per cubic foot",
    }),
    _sort("velocity | mean velocity | tip speed", "meter / second", 0.2, 300, {
        1: "m/s | metres per second | meters per second | m s⁻¹ | m/sec | m per second",
        0.3048: "ft/s | feet per second | ft/sec",
        1 / 3.6: "km/h",
    }),
    _sort("diameter | wall thickness | head | length", "meter", 0.012, 400, {
        1: "m | metres | meters",
        0.001: "mm | millimetres | millimeters",
        0.01: "cm",
        0.0254: "inches | in",
        0.3048: "ft | feet",
    }),
    _sort("area | heat transfer area", "meter ** 2", 0.03, 2000, {
        1: "m² | m2 | m^2 | square metres",
        0.0001: "cm²",
        0.09290304: "ft² | square feet",
    }),
    _sort("heat capacity | specific heat", "joule / kilogram / kelvin", 800, 5000, {
        1000: "kJ/(kg·K) | kJ/kg·K | kJ/kgK | kJ kg⁻¹ K⁻¹ | kJ/kg-K | kJ/kg/K | kJ per kg K | "
        "kilojoules per kilogram per kelvin | kilojoules per kilogram kelvin",
        1: "J/(kg K) | J/kg·K",
        4186.8: "Btu/(lb·°F)",
    }),
    _sort("reaction enthalpy | enthalpy change", "joule / mole", 20000, 900000, {
        1000: "kJ/mol | kilojoules per mole | kJ mol⁻¹",
        1: "J/mol",
        4184: "kcal/mol",
    }, negative=True),
    _sort("residence time | filling time", "second", 3, 400000, {
        1: "s | seconds",
        60: "min | minutes",
        3600: "h | hours",
        86400: "days",
    }),
    _sort("efficiency | conversion | moisture", "", 0.05, 0.98, {
        1: "",
        0.01: "% | percent | per cent",
    }),
    _sort("Reynolds number | Nusselt number", "", 30, 4e+06, {
        1: "",
    }),
    _sort("mass | inventory", "kilogram", 0.3, 90000, {
        1: "kg | kilograms",
        1000: "t | tonnes",
        0.45359237: "lb | pounds",
    }),
    _sort("energy | yearly consumption", "joule", 50000, 9e+11, {
        3.6e+06: "kWh | kilowatt hours",
        1e+06: "MJ | megajoules",
        1e+09: "GJ",
        3.6e+09: "MWh",
    }),
    _sort("speed | shaft speed", "1 / minute", 30, 9000, {
        1: "rpm | revolutions per minute | RPM | rev/min | min⁻¹",
    }),
    _sort("cost | yearly cost", "USD", 20, 9e+06, {
        1: "USD | $%n | dollars | US$ %n | USD %n",
        1e+06: "million USD | million dollars | $%n million",
    }),
    _sort("power factor angle | slope", "degree", 1, 80, {
        1: "° | degrees",
        57.29577951: "rad",
    }),
)  # fmt: skip
