"""The unit registry: units read from text as engineers write them, compared and converted.

pint does the arithmetic. What is ours: the words that pint lacks or reads otherwise than an engineer means them
(`unit_words`), the rewriting of written units (`unit_text`), gauge and absolute pressures, and that an angle is
not a plain number.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, Any, NamedTuple

from collegia.errors import UnitError
from collegia.tools.unit_text import LARGEST_POWER, rewrite
from collegia.tools.unit_words import DEFINITIONS

if TYPE_CHECKING:
    import pint

__all__ = ["ATMOSPHERE", "Unit", "convert", "dimension", "parse_unit", "registry", "same_dimension"]

ATMOSPHERE = 101325.0
"""Standard atmosphere, Pa: what gauge pressures are counted from."""

_REFERENCE = re.compile(r"(?<=[\w)])\s*(?:\(\s*(?P<inner>[^()]*?)\s*\)|(?P<outer>gauge|absolute|abs\.?|[gGaA]))$")
_MEANINGS = {
    "gauge": "gauge",
    "g": "gauge",
    "absolute": "absolute",
    "abs": "absolute",
    "abs.": "absolute",
    "a": "absolute",
}


class Unit(NamedTuple):
    """A unit read from text: what pint calls it, and what the text said beside it."""

    text: str
    """pint's plain text, e.g. `kilogram / hour`; empty for dimensionless."""
    reference: str = ""
    """`gauge`, `absolute`, or empty where the text says nothing."""


@lru_cache(maxsize=1)
def registry() -> pint.UnitRegistry[Any]:
    """The one unit registry, built on first use (pint costs 0.3 s to import)."""
    import pint

    made: pint.UnitRegistry[Any] = pint.UnitRegistry(autoconvert_offset_to_baseunit=True, cache_folder=None)
    for line in DEFINITIONS:
        made.define(line)
    return made


def parse_unit(text: str) -> Unit:
    """Read a written unit: `W/m2K`, `kg h-1`, `bar(g)`, `°C`; `Nm³/h` is refused.

    Raises:
        UnitError: the unit is not known, or stands for something pint would misread.
    """
    return _parse_unit(text.strip())


@lru_cache(maxsize=4096)
def _parse_unit(text: str) -> Unit:
    if (mark := _REFERENCE.search(text)) is not None:
        meaning = _MEANINGS.get((mark["inner"] or mark["outer"] or "").lower())
        if meaning and _is_pressure(text[: mark.start()]):
            return Unit(_parse_unit(text[: mark.start()]).text, meaning)
    rewritten = rewrite(text, _known)
    if rewritten is None:
        raise UnitError(f"unit {text!r} is not known")
    from pint.util import to_units_container

    ureg = registry()
    try:
        unit = ureg.parse_units(rewritten) if rewritten else ureg.dimensionless
    except Exception as error:  # pint raises its own, tokenizer and attribute errors alike on bad unit text
        raise UnitError(f"unit {text!r} is not known") from error
    if any(abs(float(str(power))) > LARGEST_POWER for power in to_units_container(unit).values()):
        raise UnitError(f"unit {text!r} is not known: no unit has such a power")
    return Unit("" if unit == ureg.dimensionless else str(unit))


def _is_pressure(text: str) -> bool:
    try:
        unit = _parse_unit(text)
    except UnitError:
        return False
    return not unit.reference and same_dimension(unit.text, "pascal")


@lru_cache(maxsize=4096)
def _known(word: str) -> bool:
    try:
        return word in registry()
    except Exception:  # noqa: BLE001  # pint asserts on words that are no names at all
        return False


def dimension(unit: str) -> str:
    """The dimension of a pint unit text, as a comparable string; two are the same where they convert.

    Angles count as a dimension of their own: a degree is not a plain number, and rad/s is not 1/s.

    Raises:
        UnitError: pint does not know the unit.
    """
    return _dimension(unit)


@lru_cache(maxsize=4096)
def _dimension(unit: str) -> str:
    ureg = registry()
    try:
        parsed = ureg.parse_units(unit) if unit else ureg.dimensionless
        powers: dict[str, Any] = dict(parsed.dimensionality)
        powers["[angle]"] = dict(ureg.get_root_units(parsed)[1]._units).get("radian", 0)
    except Exception as error:  # pint raises its own, tokenizer and attribute errors alike on bad unit text
        raise UnitError(f"unit {unit!r} is not known") from error
    # pint keeps some powers as 1 and others as 1.0, and sums of fractions only nearly whole.
    written = {name: f"{round(float(power), 9):g}" for name, power in sorted(powers.items())}
    return " ".join(f"{name}^{power}" for name, power in written.items() if float(power))


def same_dimension(left: str, right: str) -> bool:
    """Whether two pint unit texts have the same dimension.

    Raises:
        UnitError: pint does not know one of them.
    """
    return _dimension(left) == _dimension(right)


@lru_cache(maxsize=4096)
def _factor(source: str, target: str) -> tuple[float, float]:
    ureg = registry()
    refusal = f"{source or 'a plain number'} cannot be converted to {target or 'a plain number'}"
    if not same_dimension(source, target):
        raise UnitError(refusal)
    try:
        zero = ureg.Quantity(0.0, source or "dimensionless").to(target or "dimensionless").magnitude
        one = ureg.Quantity(1.0, source or "dimensionless").to(target or "dimensionless").magnitude
    except Exception as error:  # pint's own errors share no public base for dimension and definition faults
        raise UnitError(refusal) from error
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
