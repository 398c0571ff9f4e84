"""Foreign text for places that hold one line: labels of lists and trees, cells of tables."""

from __future__ import annotations

from collegia.display import clean

__all__ = ["counted", "one_line"]


def one_line(text: str, most: int = 160) -> str:
    """A text on one line, without control characters, and cut where it is longer."""
    line = clean(" ".join(text[: 4 * most].split()))
    if len(line) <= most and len(text) <= 4 * most:
        return line
    return f"{line[: most - 1].rstrip()}…"


def counted(number: int, what: str) -> str:
    """A number of things: "1 passage", "1,775 names"."""
    return f"{number:,} {what}" if number == 1 else f"{number:,} {what}s"
