"""What comes in from outside, made fit to be read and stored."""

from __future__ import annotations

import re
from collections.abc import Sequence

from collegia.agents.numbers import format_unit
from collegia.agents.plan import Missing
from collegia.errors import UsageError

__all__ = ["BETWEEN", "MAX_BYTES", "answer_part", "composed_answer", "read_answer", "read_question"]

BETWEEN = " ; "
"""What stands between a question and the answers to questions back, where their spans are counted as of one text."""

MAX_BYTES = 8_000
"""A question longer than this is refused: it is a document, and nobody asks one."""

_CONTROLS = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]")

_BARE = re.compile(r"[-+−]?(?:\d{1,3}(?:,\d{3})+(?:\.\d*)?|\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?")


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


def composed_answer(missing: Sequence[Missing], said: Sequence[str]) -> str:
    """The answer to a question back from what was said for each missing value, as one would write it in one sentence.

    What was left empty is left out.

    Args:
        missing: what was asked for.
        said: for each of these, in their order.

    Raises:
        UsageError: as `answer_part` does.
    """
    return ", ".join(answer_part(one, text) for one, text in zip(missing, said, strict=True) if text.strip())


def answer_part(missing: Missing, text: str) -> str:
    """What was said for one missing value, as an answer says it.

    A value is called by its name; a bare number has the unit that was asked for. What answers a question in words
    ("yes", "R134a") stands alone.

    Raises:
        UsageError: a bare number that may be a share or a percentage.
    """
    said = text.strip()
    if missing.question or not missing.kind:
        return said
    if not missing.unit or not _BARE.fullmatch(said):
        return f"{missing.name} {said}"
    unit = format_unit(missing.unit)
    if unit == "%" and abs(float(said.replace(",", "").replace("−", "-"))) <= 1:
        raise UsageError(
            f"{missing.name}: {said!r} may be a share or a percentage; write the % sign after a percentage"
        )
    return f"{missing.name} {said} {unit}"


def _read(text: str, what: str) -> tuple[str, tuple[str, ...]]:
    size = len(text.encode("utf-8", errors="replace"))
    if size > MAX_BYTES:
        raise UsageError(f"{what} has {size:,} bytes; at most {MAX_BYTES:,} are read. Say it in fewer words")
    cleaned, changed = _CONTROLS.subn(" ", text)
    if not cleaned.strip():
        raise UsageError(f"{what} is empty")
    return cleaned.strip(), (f"{what} held control characters, which were read as spaces",) if changed else ()
