"""Conversions as experts: the same value, so that a plan may answer it in another unit.

Units are converted where a value is read and where it is shown; the expert between them only passes it on, and gives
the answer a step to lead back to.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated

from collegia.tools.card import Example
from collegia.tools.expert import expert
from collegia.tools.kinds import Kind

__all__ = ["converter"]


def converter(kind: Kind) -> Callable[..., float]:
    """An expert that gives a value of a kind back, to be told in another unit of its dimension."""

    def convert(value: float) -> float:
        return value

    convert.__name__ = convert.__qualname__ = f"convert_{kind.name}"
    convert.__doc__ = f"The same {kind.label}, in another unit."
    convert.__annotations__ = {"value": Annotated[float, kind], "return": Annotated[float, kind]}
    return expert(
        source="unit definitions of pint; gauge pressures are counted from 101.325 kPa",
        examples=[Example({"value": 300.0}, {kind.name: 300.0})],
        cost=3.0,
    )(convert)
