"""Values that are said by reference to the ones before: twice, 10 % more, 5 K higher. Exact, or not at all."""

from __future__ import annotations

import re
from collections.abc import Callable
from decimal import Decimal, InvalidOperation

from collegia.agents.reading.types import Said
from collegia.agents.talk.base import Place

__all__ = ["multiplied", "shifted"]

_OFFSETS = ("degree_Celsius", "degree_Fahrenheit")
_DIFFERENCES = {"degree_Celsius": ("kelvin", "degree_Celsius"), "degree_Fahrenheit": ("degree_Fahrenheit",)}
_NUMBER = re.compile(r"[-+]?\d+(?:\.\d+)?")


def multiplied(place: Place, factor: Decimal) -> str | None:
    """The words for a multiple of a value; None where the value has no zero of its own, as 20 °C or 3 barg."""
    measure = None if place.said is None else place.said.measure
    if measure is None or (measure.unit is not None and (measure.unit.text in _OFFSETS or measure.unit.reference)):
        return None
    return _with_number(place.text, lambda number: number * factor)


def shifted(place: Place, amount: Said | None, direction: int) -> str | None:
    """The words for a value with an amount more or less, in the same unit (a difference in K for one in °C)."""
    measure = None if place.said is None else place.said.measure
    if measure is None or amount is None or amount.measure is None:
        return None
    more = _number(amount.text)
    before = measure.unit.text if measure.unit else ""
    unit = amount.measure.unit.text if amount.measure.unit else ""
    if more is None or unit not in _DIFFERENCES.get(before, (before,)):
        return None
    return _with_number(place.text, lambda number: number + direction * more)


def _number(text: str) -> Decimal | None:
    found = _NUMBER.match(text)
    try:
        return Decimal(found.group()) if found else None
    except InvalidOperation:
        return None


def _with_number(text: str, change: Callable[[Decimal], Decimal]) -> str | None:
    """The text with its leading number changed; None where it does not begin with a plain one ("1 000", "1/2")."""
    found = _NUMBER.match(text)
    if found is None or re.match(r"\s?[\d/,.]", text[found.end() :]):
        return None
    return f"{change(Decimal(found.group())).normalize():f}{text[found.end() :]}"
