"""The unit of a bare number in a table: of its own row or of the head of its column."""

from __future__ import annotations

import re
from collections.abc import Iterator

from collegia.tools.scan_units import unit_at
from collegia.tools.units import Unit

__all__ = ["unit_of_cell"]

_NAMED = re.compile(
    r"(?:[(\[]\s?(?:in\s)?(?P<enclosed>[^()\[\]]*(?:\([^()]*\))?[^()\[\]]*)[)\]]|(?:,|\bin)\s(?P<apart>\S+))\s*$"
)


def unit_of_cell(text: str, place: int) -> Unit | None:
    """The unit that a table states for the bare number at a place; None outside tables, or where it states none."""
    start = text.rfind("\n", 0, place) + 1
    row = _cells(text[start:].partition("\n")[0])
    if len(row) < 2:
        return None
    column = text[start:place].count("|") - (1 if text[start:].lstrip().startswith("|") else 0)
    if column >= len(row):
        return None
    for cell in (*row[column + 1 : column + 2], row[0]):
        if (unit := _stated(cell)) is not None:
            return unit
    lines = text[:start].splitlines()
    head: list[str] = []
    for line in reversed(lines):
        if "|" not in line:
            break
        head = _cells(line)
    return _stated(head[column]) if column < len(head) else None


def _cells(line: str) -> list[str]:
    return [cell.strip() for cell in line.strip().rstrip(".").strip("|").split("|")] if "|" in line else []


def _stated(cell: str) -> Unit | None:
    """The unit that a cell is, or names at its end: `kPa`, `Pressure (kPa)`, `Pressure, kPa`, `Pressure in kPa`."""
    for written in _candidates(cell):
        unit, end = unit_at(f" {written}", 0)
        if unit is not None and end == len(written) + 1:
            return unit
    return None


def _candidates(cell: str) -> Iterator[str]:
    yield cell
    if (match := _NAMED.search(cell)) is not None:
        yield (match["enclosed"] or match["apart"] or "").strip()
