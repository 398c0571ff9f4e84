"""Units without a number: they say in which unit an answer is wanted, and sometimes that one is wanted at all."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from collegia.tools.quantities import unit_at
from collegia.tools.scan_words import LOOSE_UNITS, TELEGRAM_UNITS

__all__ = ["LoneUnit", "lone_units"]

_LEAD = re.compile(
    r"(?:\b[Ii]n(?:to)?\s+|\bto\s+|[(\[]\s*(?:in\s+)?|\bboth\s+(?:in\s+)?|\bas\s+|,\s*|:\s*"
    r"|\b[Hh]ow (?:many|much)\s+|^|(?<=[.?!;])\s+|(?<=[A-Za-zά-ώα-ω])\s+)"
)
_NUMBERED = re.compile(r"(?:^|\s)\($")
_AFTER = re.compile(
    r"\s*(?:$|[.,;:?!()\]\[/&]|->|→|and\b|or\b|please\b|pls\b|of\b|for\b|to\b|if\b|is\b|do\b|does\b|at\b|with\b|when\b|that\b|leave|are\b|must\b|can\b|has\b"
    r"|(?:fit|go|flow|stay|remain|enter|stand|lie|hold)(?:e?s)?\b|will\b|would\b|could\b|may\b|should\b|there\b)"
)


@dataclass(frozen=True, slots=True)
class LoneUnit:
    """A unit without a number.

    Attributes:
        start, end: its span.
        unit: pint's plain text.
        counted: it follows "how many".
        gauge: it is a gauge pressure's.
        marked: it stands after "in", in brackets, or the like; otherwise it only follows a word.
    """

    start: int
    end: int
    unit: str
    counted: bool = False
    marked: bool = True
    gauge: bool = False


def lone_units(text: str, taken: Sequence[tuple[int, int]]) -> list[LoneUnit]:
    """All units that stand without a number, in order; `taken` are the spans of what is a value already."""
    found: list[LoneUnit] = []
    place = 0
    while place < len(text) and (lead := _LEAD.search(text, place)) is not None:
        place = max(lead.end(), lead.start() + 1)
        start = lead.end()
        if (found and start < found[-1].end) or any(first <= start < last for first, last in taken):
            continue
        unit, end = unit_at(text, start)
        counts = lead.group().strip().lower().startswith("how ")
        if unit is None or not unit.text or end <= start or (not counts and _AFTER.match(text, end) is None):
            continue
        written = text[start:end].strip()
        if re.fullmatch(r"[a-e]", written) and _NUMBERED.search(text[:start]) and text[end : end + 1] == ")":
            continue  # "(a) the one, (b) the other"
        word = lead.group().strip().lower()
        counted = word.startswith("how ")
        alone = text[:start].rstrip()[-1:] in (".", "?", "!", ";") and text[end:].lstrip()[:1] in ("?", ".", "p")
        joined = bool(found) and text[found[-1].end : start].strip() in ("and", "or", ",", "/", "&")
        marked = counted or alone or joined or word.startswith(("in", "to", "(", "[", "both", "as"))
        if (
            not counted
            and not (alone and len(written) > 1)
            and not _is_meant(written, word, marked=marked, text=text, end=end)
        ):
            continue
        found.append(LoneUnit(start, end, unit.text, counted, marked, unit.reference == "gauge"))
        place = end
    return found


def _is_meant(written: str, lead: str, *, marked: bool, text: str, end: int) -> bool:
    """Whether a word is meant as a unit: short ones only where nothing else could stand."""
    if re.fullmatch(r"[A-Z]/[A-Z]", written):
        return False  # V/F is a vapour fraction before it is volts by farad
    if "/" in written or "²" in written or "³" in written or "·" in written:
        return True
    if re.fullmatch(r"[a-zA-Z]+-?\d", written):
        return marked or lead in (",", ":", "")
    if written in LOOSE_UNITS:
        closed = text[end : end + 1] in (")", "]", "?", ".", "", ",", ";") or text[end:].startswith(" and ")
        return marked and closed and (lead.startswith(("(", "[", "in", "both")))
    if len(written) == 1:
        return marked and lead.startswith(("(", "[", "in", "both"))
    if marked:
        return True
    return written in TELEGRAM_UNITS or (
        lead in (",", ":") and len(written) <= 5 and written.lower() != written.upper()
    )
