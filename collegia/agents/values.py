"""Values on their way between steps: plain data, in the unit of whoever takes them."""

from __future__ import annotations

import math
from collections.abc import Mapping
from enum import Enum
from typing import Any

from collegia.agents.numbers import format_quantity
from collegia.errors import ContractError, NoData
from collegia.knowledge.expert import QUOTATIONS, quotes_of
from collegia.tools.card import Port
from collegia.tools.kinds import Kind
from collegia.tools.units import convert, same_dimension

__all__ = ["compatible", "difference_unit", "frozen", "in_unit", "in_words", "is_number", "plain"]


def is_number(value: object) -> bool:
    """Whether it is a number; True and False are not."""
    return isinstance(value, (int, float)) and not isinstance(value, bool)


def compatible(given: Kind, wanted: Kind) -> str:
    """Why a value of one kind cannot serve as the other; empty where it can.

    A kind serves for itself, for its wider and its narrower kinds, and for any of the same dimension and scale: a
    diameter is a length. A point on a scale never serves for a difference, nor the other way round.
    """
    if given.name == wanted.name:
        return ""
    if (given.unit is None) != (wanted.unit is None):
        return f"{given.label} is a {_sort(given)}, {wanted.label} a {_sort(wanted)}"
    if given.unit is None or wanted.unit is None:
        related = given.name in wanted.lineage() or wanted.name in given.lineage()
        return "" if related else f"{given.label} does not name a {wanted.label}"
    if not same_dimension(given.unit, wanted.unit):
        return (
            f"{given.label} in {given.unit or 'plain numbers'} does not have the dimension of {wanted.label}"
            f" in {wanted.unit or 'plain numbers'}"
        )
    if "plain" not in (given.scale, wanted.scale) and given.scale != wanted.scale:
        return f"{given.label} is a {given.scale}, {wanted.label} a {wanted.scale}"
    return ""


def _sort(kind: Kind) -> str:
    return "name" if kind.unit is None else "number"


def in_unit(value: Any, given: Kind, port: Port) -> Any:
    """A value of one kind, in the unit of the port that takes it; what is not a number passes as it is."""
    if not given.unit or port.kind.unit is None or given.unit == port.kind.unit:
        return value
    target = difference_unit(port.kind.unit) if port.kind.scale == "difference" else port.kind.unit
    source = difference_unit(given.unit) if given.scale == "difference" else given.unit
    if isinstance(value, Mapping):
        return {key: convert(one, source, target) if is_number(one) else one for key, one in value.items()}
    return convert(float(value), source, target) if is_number(value) else value


def difference_unit(unit: str) -> str:
    """The unit in which a difference is counted, where `unit` has an origin of its own (`degC` to `delta_degC`).

    Without this a rise of 10 K would be answered as -263 °C.
    """
    from collegia.tools.units import parse_unit, registry

    text = parse_unit(unit).text
    if not text:
        return unit
    made = registry().Quantity(0.0, text)
    return unit if made._is_multiplicative else f"delta_{text}"  # pint has no public word for it


def in_words(value: Any, kind: Kind) -> str:
    """A value as one would tell it: numbers with their unit, sentences of documents one after the other."""
    if kind.name == QUOTATIONS.name:
        return " ".join(one.text for one in quotes_of(value))
    if isinstance(value, Mapping):
        return ", ".join(f"{name} {in_words(one, kind)}" for name, one in value.items())
    if isinstance(value, (list, tuple)):
        return ", ".join(in_words(one, kind) for one in value)
    return format_quantity(float(value), kind.unit or "") if is_number(value) else str(value)


def plain(value: Any, place: str) -> Any:
    """A value as JSON holds it, so that a stored run and a fresh one see the same.

    Raises:
        ContractError: it cannot be stored; `place` names whose it is.
        NoData: a number that is not finite.
    """
    if value is None or isinstance(value, (bool, str)):
        return value
    if isinstance(value, Enum):
        return plain(value.value, place)
    if isinstance(value, (int, float)):
        if not math.isfinite(value):
            raise NoData(f"{place} is not a finite number")
        return float(value) if isinstance(value, float) else int(value)
    if isinstance(value, Mapping):
        return {str(key): plain(one, place) for key, one in value.items()}
    if isinstance(value, (list, tuple)):
        return [plain(one, place) for one in value]
    if callable(unboxed := getattr(value, "tolist", None)):
        return plain(unboxed(), place)
    raise ContractError(
        f"{place} is a {type(value).__name__}; an expert gives numbers, text, or lists and mappings of them"
    )


def frozen(value: Any) -> Any:
    """Lists as tuples, as experts take compositions."""
    if isinstance(value, (list, tuple)):
        return tuple(frozen(one) for one in value)
    return value
