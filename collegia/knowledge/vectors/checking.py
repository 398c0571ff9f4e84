"""What comes from a model is looked at before it is stored."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

from collegia.errors import UsageError

__all__ = ["checked"]


def checked(vectors: Sequence[Any], wanted: int, who: str) -> list[list[float]]:
    """The vectors as lists of numbers.

    Args:
        vectors: what was given.
        wanted: how many there must be.
        who: what gave them, for the message.

    Raises:
        UsageError: another number of them, unequal lengths, something that is no finite number, or a zero vector.
    """
    if len(vectors) != wanted:
        raise UsageError(f"{who} gave {len(vectors)} vectors for {wanted} texts; use another embedding")
    found: list[list[float]] = []
    for values in vectors:
        if not isinstance(values, list) or not values:
            raise UsageError(f"{who} gave a vector that is no list of numbers; use another embedding")
        if not all(isinstance(one, (int, float)) and math.isfinite(one) for one in values):
            raise UsageError(f"{who} gave a vector with something that is no finite number; use another embedding")
        if not any(values):
            raise UsageError(f"{who} gave a vector of zeros, which is similar to nothing; use another embedding")
        found.append([float(one) for one in values])
    if len({len(values) for values in found}) > 1:
        raise UsageError(f"{who} gave vectors of different lengths; use another embedding")
    return found
