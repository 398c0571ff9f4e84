"""A field of one line that holds nothing a terminal obeys, whatever is pasted into it."""

from __future__ import annotations

from textual.widgets import Input

from collegia.display import clean

__all__ = ["Line"]


class Line(Input):
    """An input that draws what it holds: Textual would hand control characters to the terminal as they are."""

    def validate_value(self, value: str) -> str:
        """The value, each control character shown as what cannot be shown."""
        return clean(value)
