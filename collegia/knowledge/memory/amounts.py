"""What a quantity is said to be: a number with its unit and nothing else, or a short name."""

from __future__ import annotations

import math
import re

from collegia.errors import UnitError
from collegia.knowledge.memory.records import Amount
from collegia.knowledge.text import STOP_WORDS
from collegia.tools.kinds import Kind
from collegia.tools.quantities import Measure, as_kind, find_quantities, fits, reference_of, unit_at
from collegia.tools.units import ATMOSPHERE, Unit, convert, same_dimension

__all__ = ["alike", "amount_of", "fits_kind", "holds_measure", "in_kind", "name_of", "same_amount", "unit_of"]

_HEDGE = re.compile(
    r"(?:(?:about|approximately|approx\.?|around|roughly|circa|ca\.?|usually|normally|typically|generally|always|now|"
    r"currently|exactly|just|still)\s+|[~≈]\s*)+",
    re.IGNORECASE,
)
_LATER = re.compile(r",?\s+(?:now|please|always|instead|from now on|not [-\d.,]+\s?[^\s,]*)$", re.IGNORECASE)
_NAME = re.compile(r"[^\W\d][\w/-]*(?:\s[\w/-]+){0,4}")
_LONGEST = 80  # characters; no quantity is as long, and a hostile text is not read over and over
_CLOSE = 1e-9  # relative; what differs more than by rounding in a conversion is another value


def amount_of(text: str, around: str = "", place: int = 0) -> Amount | None:
    """The number that a text is from end to end; None where anything is left over, or where it is a range.

    Args:
        text: "0.1 mm", "about 3 bar".
        around: the sentence it stands in, whose words may say that a pressure is a gauge pressure.
        place: where in that sentence the text begins.
    """
    if len(text) > _LONGEST:
        return None
    hedge = _HEDGE.match(text)
    start = hedge.end() if hedge is not None else 0
    body = _LATER.sub("", text[start:])
    found = find_quantities(body)
    if len(found) != 1 or (found[0].start, found[0].end) != (0, len(body)):
        return None
    one = found[0]
    if not math.isfinite(one.value):
        return None
    if one.unit is None:
        return Amount(body, one.value)
    reference = one.unit.reference or (_reference(around, one, place + start) if around else "")
    return None if reference == "vacuum" else Amount(body, one.value, one.unit.text, reference)


def _reference(sentence: str, one: Measure, offset: int) -> str:
    """What the words of a sentence count a pressure from."""
    moved = Measure(one.start + offset, one.end + offset, one.value, one.unit, one.text)
    if (said := reference_of(sentence, moved)) or one.unit is None or not same_dimension(one.unit.text, "pascal"):
        return said
    return "gauge" if re.search(r"\bgau?ge\b", sentence, re.IGNORECASE) else ""


def name_of(text: str) -> Amount | None:
    """The name that a text is: a few words, no figure and none of the small words that make a sentence."""
    bare = re.sub(r"^(?:an?|the)\s+", "", text, flags=re.IGNORECASE)
    if _NAME.fullmatch(bare) is None or any(word.casefold() in STOP_WORDS for word in bare.split()):
        return None
    return Amount(bare)


def unit_of(text: str) -> Unit | None:
    """The unit that a text is from end to end."""
    unit, end = unit_at(text, 0)
    return unit if unit is not None and end == len(text) else None


def holds_measure(text: str) -> bool:
    """Whether a number with a unit stands in a text: "the brine at 20 °C" is under a condition."""
    return any(one.unit is not None for one in find_quantities(text))


def same_amount(left: Amount, right: Amount) -> bool:
    """Whether two say the same, in whatever unit and spelling."""
    if left.number is None or right.number is None:
        if (left.unit, left.reference) != (right.unit, right.reference) or left.number != right.number:
            return False
        return bool(left.unit) or left.written.casefold().split() == right.written.casefold().split()
    try:
        one, other = _absolute(left), convert(_absolute(right), right.unit, left.unit)
    except UnitError:
        return False
    return abs(one - other) <= _CLOSE * max(abs(one), abs(other))


def alike(left: Amount, right: Amount) -> bool:
    """Whether two may be values of one quantity: both are names, or numbers of one dimension."""
    if left.number is None or right.number is None:
        return left.number is None and right.number is None
    try:
        return same_dimension(left.unit, right.unit)
    except UnitError:
        return False


def _absolute(amount: Amount) -> float:
    number = amount.number if amount.number is not None else 0.0
    return number + convert(ATMOSPHERE, "pascal", amount.unit) if amount.reference == "gauge" else number


def fits_kind(amount: Amount, kind: Kind) -> bool:
    """Whether what was said may be a value of a kind, by its dimension; a name fits none that has a unit."""
    if amount.number is None:
        return kind.unit is None
    return fits(_measure(amount), kind)


def in_kind(amount: Amount, kind: Kind) -> float:
    """The number in the kind's own unit; gauge pressures are made absolute.

    Raises:
        UnitError: it is a name, or its unit has another dimension.
    """
    if amount.number is None:
        raise UnitError(f"{amount.written!r} is a name; a {kind.label} is a number")
    return as_kind(_measure(amount), kind)


def _measure(amount: Amount) -> Measure:
    unit = Unit(amount.unit, amount.reference) if amount.unit or amount.reference else None
    return Measure(0, len(amount.written), amount.number or 0.0, unit, amount.written)
