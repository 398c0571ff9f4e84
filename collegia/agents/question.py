"""What comes in from outside, made fit to be read and stored."""

from __future__ import annotations

import re

from collegia.errors import UsageError

__all__ = ["BETWEEN", "MAX_BYTES", "read_answer", "read_question"]

BETWEEN = " ; "
"""What stands between a question and the answers to questions back, where their spans are counted as of one text."""

MAX_BYTES = 8_000
"""A question longer than this is refused: it is a document, and nobody asks one."""

_CONTROLS = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]")


def read_question(text: str) -> tuple[str, tuple[str, ...]]:
    """The question as it is planned and stored, and what was changed in it.

    Control characters and broken Unicode become spaces, one for one, so that spans count the same.

    Raises:
        UsageError: nothing is asked, or it is too long.
    """
    return _read(text, "the question")


def read_answer(text: str) -> str:
    """An answer to a question back.

    Raises:
        UsageError: it says nothing, or it is too long.
    """
    return _read(text, "the answer")[0]


def _read(text: str, what: str) -> tuple[str, tuple[str, ...]]:
    size = len(text.encode("utf-8", errors="replace"))
    if size > MAX_BYTES:
        raise UsageError(f"{what} has {size:,} bytes; at most {MAX_BYTES:,} are read. Say it in fewer words")
    cleaned, changed = _CONTROLS.subn(" ", text)
    if not cleaned.strip():
        raise UsageError(f"{what} is empty")
    return cleaned.strip(), (f"{what} held control characters, which were read as spaces",) if changed else ()
