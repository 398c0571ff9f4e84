"""Telegrams of two values: "130 in, 85 out (all °C)", where `in` is no inch and the unit stands once for all."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from collegia.tools.quantities import Measure, unit_at

__all__ = ["for_all", "in_one_unit", "ins_and_outs"]

_NUMBER = r"[-+]?\d[\d.,]*(?<![.,])"
_IN_OUT = re.compile(
    rf"{_NUMBER}(?:\s?\S{{1,4}})?\s+(?P<start>in)\s*[,;/]?\s*(?:and\s+)?{_NUMBER}(?:\s?\S{{1,4}})?\s+(?P<end>out)\b"
)
_ALL = re.compile(r"\ball\s+(?:values\s+)?(?:in\s+)?")


def ins_and_outs(text: str) -> list[tuple[int, int]]:
    """The spans of `in` where "… out" follows: the word says where the value stands, and is no unit."""
    return [match.span("start") for match in _IN_OUT.finditer(text)]


def for_all(text: str, place: int) -> bool:
    """Whether a unit stands there that is said once for values said as in and out, and asks for nothing."""
    return _IN_OUT.search(text) is not None and any(match.end() == place for match in _ALL.finditer(text))


def in_one_unit(found: Sequence[Measure], text: str) -> list[Measure]:
    """Values said as in and out are a pair, and take the unit that the text says once for all."""
    unit = next((unit_at(text, match.end())[0] for match in _ALL.finditer(text)), None)
    kept = list(found)
    for match in _IN_OUT.finditer(text):
        inside = [i for i, one in enumerate(kept) if match.start() <= one.start and one.end <= match.end()]
        if len(inside) != 2:
            continue
        first, last = (kept[i] for i in inside)
        lent = first.unit or last.unit or unit
        kept[inside[0]] = replace(first, unit=first.unit or lent, lent=first.unit is None, pair="start")
        kept[inside[1]] = replace(last, unit=last.unit or lent, lent=last.unit is None, pair="end")
    return kept
