"""Numbers as people read them, and the numbers that a text holds."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable
from functools import lru_cache

__all__ = ["format_number", "format_quantity", "format_unit", "numbers_in", "untraced_numbers"]

_DIGITS = 5
_LARGE, _LARGE_DIGITS, _LARGE_DECIMALS = 5, 7, 2  # from 1e5 on: large numbers often differ late (a date, a price)
_SUPERSCRIPT = str.maketrans("0123456789-", "⁰¹²³⁴⁵⁶⁷⁸⁹⁻")

# A number that stands by itself: not part of a word (R134a, CO2, m**3), not a power (10^3).
_NUMBER = re.compile(
    r"(?<![\w^*.])(?:\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?|\.\d+)(?:[eE][-+]?\d+)?(?![\d^])(?!\*\*)"
)


def format_number(value: float) -> str:
    """At least five significant digits, plain between 0.001 and ten million, and no zero that says nothing.

    All digits before the decimal point are kept: `101325`, `998.21`, `0.0010016`, `4.5e-05`. From a hundred thousand
    on there are at least seven digits where the value has them: `2460860.75`, `1.234568e+08`.
    """
    if isinstance(value, int) or (math.isfinite(value) and value == int(value) and abs(value) < 1e7):
        return str(int(value)) if abs(value) < 1e15 else _scientific(float(value))
    if not math.isfinite(value):
        return str(value)
    size = math.floor(math.log10(abs(value)))
    if not -3 <= size < 7:
        return _scientific(value)
    decimals = _LARGE_DECIMALS if size >= _LARGE else max(0, _DIGITS - 1 - size)
    return _short(f"{value:.{decimals}f}", value)


def _scientific(value: float) -> str:
    digits = _LARGE_DIGITS if abs(value) >= 10**_LARGE else _DIGITS
    mantissa, _, power = f"{value:.{digits - 1}e}".partition("e")
    return _short(mantissa, value, f"e{power}")


def _short(text: str, value: float, power: str = "") -> str:
    """Without trailing zeros where they say nothing: 2.0000 stays so if the value is not 2."""
    cut = text.rstrip("0").rstrip(".") if "." in text else text
    return (cut if math.isclose(float(cut + power), value, rel_tol=1e-9) else text) + power


@lru_cache(maxsize=1024)
def format_unit(unit: str) -> str:
    """Pint's plain text as people write it: `kilogram / meter ** 3` is `kg/m³`."""
    if not unit:
        return ""
    from collegia.tools.units import parse_unit, registry

    text = parse_unit(unit).text
    if not text:
        return ""
    # A step of one degree Celsius is a kelvin, and reads better as that; pint writes a year as `a`.
    short = f"{registry().Unit(text.replace('delta_degree_Celsius', 'kelvin')):~P}"
    if "year" in text:
        short = re.sub(r"(?<![\w°])a(?!\w)", "year", short)
    return "%" if short == text == "percent" else short


def format_quantity(value: float | str, unit: str = "") -> str:
    """A value with its unit; a text as it is."""
    if isinstance(value, str):
        return value
    shown = format_unit(unit)
    return f"{format_number(value)} {shown}" if shown else format_number(value)


def numbers_in(text: str) -> list[tuple[str, float]]:
    """The numbers that stand by themselves in a text, as written and as read; signs are left out."""
    return [(found[0], float(found[0].replace(",", ""))) for found in _NUMBER.finditer(text)]


def untraced_numbers(text: str, allowed: Iterable[float | str]) -> list[str]:
    """The numbers of a text that come from nowhere.

    Args:
        text: what is to be said.
        allowed: what may be said: numbers, each as it is or as `format_number` rounds it, and texts, each number
            of which may be repeated.

    Returns:
        those of its numbers that none of these holds, as written.
    """
    found = numbers_in(text)
    if not found:
        return []
    known: list[float] = []
    for one in allowed:
        if isinstance(one, str):
            known.extend(value for _, value in numbers_in(one))
        else:
            known.append(abs(float(one)))
    # Half a unit of the last of five digits is the most that rounding moves a value.
    near = 0.5 * 10.0 ** (1 - _DIGITS)
    return [
        written
        for written, value in found
        if not any(math.isclose(value, one, rel_tol=near, abs_tol=0.0) for one in known)
    ]
