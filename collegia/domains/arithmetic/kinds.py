"""Kinds that plain arithmetic adds to the common ones: totals, counts, yearly amounts, comparisons."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache

from collegia.tools import Found, Kind
from collegia.tools import common as k
from collegia.tools.common import electrical_power

__all__ = [
    "annual_energy", "annual_mass", "annual_volume", "cost_rate", "cross_section", "electrical_energy",
    "electrical_power", "height", "number_of_units", "ratio",
    "relative_increase", "saving", "share", "total_of", "unit_price",
]  # fmt: skip

_NUMERALS = {
    "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10, "eleven": 11,
    "twelve": 12,
}  # fmt: skip
_COUNT = rf"(?<![\w.,])(\d{{1,6}}|{'|'.join(_NUMERALS)})\s+(?:identical |equal |such |similar |parallel )?"
_COUNTED = re.compile(
    _COUNT + r"(?:units|pieces|items|batches|drums|bags|lots|loads|trucks|cylinders|bottles|containers|pallets|runs)\b",
    re.IGNORECASE,
)
_THINGS = re.compile(_COUNT + r"([a-z]{3,}s)\b")
_UNIT_PLURALS = re.compile(
    r"\w*(?:hours|days|weeks|months|years|minutes|seconds|met(?:er|re)s|grams|pounds|lit(?:er|re)s|gallons|barrels|inches"
    r"|degrees|watts|joules|pascals|kelvins|tons|tonnes|bars|moles|volts|euros|dollars|cents)$"
)
_EACH = re.compile(r"\b(?:each|apiece)\b", re.IGNORECASE)


def _counts(text: str) -> Iterable[Found]:
    """Find counts said with what is counted: `12 drums`; `3 pumps` only where the text says "each"."""
    pattern = _THINGS if _EACH.search(text) else _COUNTED
    for match in pattern.finditer(text):
        if pattern is _THINGS and _UNIT_PLURALS.match(match[2]):
            continue
        said = match[1].lower()
        yield Found(match.start(), match.end(), float(_NUMERALS.get(said) or said))


number_of_units = Kind(
    "number_of_units", "",
    names=("number of units", "number of items", "number of pieces", "number of batches", "how many units",
           "unit count"),
    find=_counts,
)  # fmt: skip
unit_price = Kind(
    "unit_price", "USD",
    names=("unit price", "price each", "price per unit", "price per item", "price per piece", "cost each",
           "cost per unit"),
    hints=("each", "apiece"), parent=k.cost,
)  # fmt: skip
cost_rate = Kind(
    "cost_rate", "USD/s", names=("cost per hour", "hourly cost", "cost per day", "daily cost", "cost rate"),
    show=("USD/hour",),
)  # fmt: skip

electrical_energy = Kind(
    "electrical_energy", "J",
    names=("electrical energy", "electric energy", "electricity use", "electricity consumption", "electricity used",
           "energy bought", "purchased energy"),
    hints=("electricity", "consumes", "uses"), parent=k.energy, show=("kWh",), common=True,
)  # fmt: skip
"""Energy that is paid for, as `electrical_power` is."""

annual_energy = Kind(
    "annual_energy", "J",
    names=("annual energy", "yearly energy", "energy per year", "energy used per year", "annual energy use",
           "yearly energy use", "annual energy consumption", "yearly energy consumption",
           "annual electricity consumption", "yearly electricity consumption", "annual electricity use"),
    show=("MWh",),
)  # fmt: skip
annual_mass = Kind(
    "annual_mass", "kg/year",
    names=("annual mass", "annual production", "yearly production", "annual tonnage", "tonnes per year",
           "production per year", "annual consumption", "yearly consumption"),
    show=("tonne/year",),
)  # fmt: skip
annual_volume = Kind(
    "annual_volume", "m**3/year",
    names=("annual volume", "yearly volume", "volume per year", "annual production", "yearly production",
           "annual consumption", "yearly consumption"),
    show=("m**3/year",),
)  # fmt: skip

height = Kind("height", "m", names=("height",), hints=("tall", "high"), parent=k.length)
cross_section = Kind(
    "cross_section", "m**2",
    names=("cross-section", "cross section", "cross-sectional area", "flow area", "circular area",
           "area of the circle"),
    parent=k.area, common=True,
)  # fmt: skip

share = Kind(
    "share", "",
    names=("share", "proportion", "what fraction", "what percentage of", "what percent of", "percentage of the total",
           "share of the total", "fraction of the total"),
    parent=k.fraction, show=("percent",),
)  # fmt: skip
ratio = Kind("ratio", "", names=("ratio", "how many times"))
saving = Kind(
    "saving", "",
    names=("saving", "percentage saving", "percent saving", "what percentage is saved", "what percent is saved",
           "percentage saved", "saving in percent", "relative saving", "percentage reduction", "percent reduction",
           "relative reduction", "reduction in percent", "percentage saved", "percentage is saved",
           "percent is saved", "percentage do we save"),
    show=("percent",),
)  # fmt: skip
relative_increase = Kind(
    "relative_increase", "",
    names=("percentage increase", "percent increase", "relative increase", "increase in percent", "percentage rise",
           "percentage change", "relative change"),
    show=("percent",),
)  # fmt: skip


@cache
def total_of(kind: Kind) -> Kind:
    """Make the kind of a total of values of `kind`: asked for as "total mass", or said beside it."""
    spoken = dict.fromkeys((kind.names[0], *(name for name in kind.names if name in _SHORT)))
    names = tuple(f"total {name}" for name in spoken)
    return Kind(f"total_{kind.name}", kind.unit, names=names, parent=kind, show=kind.show)


_SHORT = frozenset({"weight", "flow", "price", "bill", "energy use", "energy consumption"})
