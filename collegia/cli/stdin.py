"""Text that a command is given: an argument, or standard input where that is a dash."""

from __future__ import annotations

import sys

from collegia.errors import UsageError

__all__ = ["read_text"]

_MOST = 1 << 24  # bytes; what is too long for its purpose is told by those who read it


def read_text(argument: str, what: str) -> str:
    """The argument itself, or what standard input holds where it is `-`.

    Args:
        argument: as it was typed.
        what: it is, for messages: "question".

    Raises:
        UsageError: standard input is closed, or is not text.
    """
    if argument != "-":
        return argument
    if sys.stdin is None:
        raise UsageError(f"standard input is closed, and the {what} was to come from it")
    try:
        return sys.stdin.buffer.read(_MOST).decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise UsageError(f"standard input is not UTF-8 text (byte {error.start}); save it as UTF-8") from error
