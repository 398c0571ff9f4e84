"""Text of documents made fit for a line: no control character, no change of direction, no more cells than there are."""

from __future__ import annotations

import unicodedata

__all__ = ["fit", "safe", "width_of"]

_HIDDEN = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})
_STACKED = 3  # marks on one letter; more would run over the lines above and below


def safe(text: str) -> str:
    """The text on one line, with whatever can't be seen or turns the line around written as its escape."""
    said: list[str] = []
    marks = 0
    for letter in " ".join(text.split()):
        category = unicodedata.category(letter)
        marks = marks + 1 if category in ("Mn", "Me") else 0
        if category in _HIDDEN or marks > _STACKED:
            said.append(_escaped(letter))
        else:
            said.append(letter)
    return "".join(said)


def _escaped(letter: str) -> str:
    code = ord(letter)
    if code < 0x100:
        return f"\\x{code:02x}"
    return f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"


def width_of(text: str) -> int:
    """How many cells of a terminal a text takes."""
    from rich.cells import cell_len

    return cell_len(text)


def fit(text: str, width: int, end: str = "…") -> str:
    """The text cut to that many cells, its cut shown; what is too narrow even for that is left empty."""
    if width_of(text) <= width:
        return text
    room = width - width_of(end)
    if room < 0:
        return ""
    taken = 0
    for place, letter in enumerate(text):
        taken += width_of(letter)
        if taken > room:
            return text[:place].rstrip() + end
    return text
