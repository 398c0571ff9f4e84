"""Text that somebody else wrote, made safe to show: what a user, a file or a model said can't drive a terminal."""

from __future__ import annotations

import re

__all__ = ["CONTROLS", "clean"]

CONTROLS = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069]")
"""Characters that a terminal obeys, and those that turn the direction of writing; line breaks and tabs are neither."""


def clean(text: str) -> str:
    """The text without control characters, each shown as the character for what cannot be shown."""
    return CONTROLS.sub("\N{REPLACEMENT CHARACTER}", text)
