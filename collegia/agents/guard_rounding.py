"""Whether a value is what a number of a text says, as finely as the text says it."""

from __future__ import annotations

import re

from collegia.agents.guard_text import Written

__all__ = ["rounds_to"]

_PLAIN, _HEDGED = 0.05, 0.2  # of a value: the most that rounding may take, plainly said and said to be about
_DEGREES = 100.0  # kelvin that these are shares of where zero is anywhere: 5 K plainly, 20 K said to be about
_FALL = re.compile(
    r"\b(?:falls?|fell|drop(?:s|ped)?|decreas\w*|los(?:s|es|t)|lower(?:s|ed)?|below|under|less|reduc\w*|releas\w*"
    r"|exothermic|cool\w*|remov\w*|negative|minus|down|short|reject\w*|gives? off|sinks?|declin\w*)\b",
    re.IGNORECASE,
)


def rounds_to(one: Written, value: float, sentence: str, *, offset: bool, left_out: bool) -> bool:
    """Whether a value is what a number says.

    Args:
        one: the number; what is said to be "over" it may lie a step of its digits above, "under" it one below.
        value: in the unit of the number.
        sentence: the words around; "falls by" may say a negative value without its sign.
        offset: whether the unit has an origin of its own, as °C.
        left_out: whether the number is written without the unit that the value has.
    """
    said = one.value
    if value < 0 < said and not offset and _FALL.search(sentence):
        said = -said
    off = abs(said - value)
    close = off <= 1e-9 * max(abs(said), abs(value)) or (offset and off < 1e-6)
    if close or (value < 0) != (said < 0):
        return close
    if one.ranged or left_out:
        return off <= 0.5 * one.fine * (1 + 1e-6)
    beyond = one.side != 0 and (abs(value) > abs(said)) == (one.side > 0)
    most = (_HEDGED if one.hedged or beyond else _PLAIN) * (_degrees(one) if offset else abs(value))
    return off <= (1.0 if beyond else 0.5) * one.coarse * (1 + 1e-6) and off <= most


def _degrees(one: Written) -> float:
    return 1.8 * _DEGREES if one.unit is not None and "Fahrenheit" in one.unit.text else _DEGREES
