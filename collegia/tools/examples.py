"""Run the worked examples on a card: an expert's own test, written once beside the expert."""

from __future__ import annotations

import asyncio
import math
from collections.abc import Mapping
from typing import Any, NamedTuple

from collegia.errors import CollegiaError
from collegia.tools.card import Example
from collegia.tools.expert import Expert

__all__ = ["Tried", "differences", "try_examples"]


class Tried(NamedTuple):
    """What became of one example."""

    expert: str
    number: int
    """Counted from 1, as on the card."""
    faults: tuple[str, ...]
    """Why it failed; empty where it passed."""


def try_examples(expert: Expert) -> tuple[Tried, ...]:
    """Call the expert with each example of its card and compare what comes back; nothing is raised."""
    return tuple(
        Tried(expert.name, number, _faults(expert, example)) for number, example in enumerate(expert.card.examples, 1)
    )


def differences(expected: Mapping[str, Any], got: Mapping[str, Any], tolerance: float) -> tuple[str, ...]:
    """Where the values that came back differ from those expected; numbers by relative tolerance."""
    found: list[str] = []
    for name, value in expected.items():
        if name not in got:
            found.append(f"{name}: there is no such output (it has: {', '.join(got)})")
        elif not _same(value, got[name], tolerance):
            found.append(f"{name}: expected {value!r}, got {got[name]!r}")
    return tuple(found)


def _faults(expert: Expert, example: Example) -> tuple[str, ...]:
    if unknown := set(example.inputs) - {port.name for port in expert.card.inputs}:
        return (f"the example gives arguments that it does not have: {', '.join(sorted(unknown))}",)
    try:
        inputs = dict(example.inputs)
        got = (asyncio.run(expert.acall(inputs)) if expert.awaits else expert.call(inputs)).values
    except CollegiaError as error:
        return (f"{type(error).__name__}: {error}",)
    except Exception as error:  # noqa: BLE001  # an expert is third-party code: its crash is the example's failure
        return (f"it raised {type(error).__name__}: {error}",)
    return differences(example.outputs, got, example.tolerance)


def _same(expected: Any, got: Any, tolerance: float) -> bool:
    if isinstance(expected, bool) or isinstance(got, bool):
        return expected is got
    if isinstance(expected, (int, float)) and isinstance(got, (int, float)):
        return math.isclose(expected, got, rel_tol=tolerance, abs_tol=1e-12 if expected == 0 else 0.0)
    if isinstance(expected, Mapping) and isinstance(got, Mapping):
        return not differences(expected, got, tolerance)
    return bool(expected == got)
