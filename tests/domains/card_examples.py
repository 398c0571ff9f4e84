"""Calling experts in tests the way the assistant does: through their cards, ranges checked."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from collegia.tools import Outcome, expert_of

Function = Callable[..., Any]


def call(function: Function, /, **inputs: Any) -> Outcome:
    """Call an expert through its card."""
    return expert_of(function).call(inputs)


def value(function: Function, /, **inputs: Any) -> Any:
    """The first output of a call."""
    return next(iter(call(function, **inputs).values.values()))
