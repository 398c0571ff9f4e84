"""Calling experts in tests the way the assistant does: through their cards, ranges checked."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

import pytest

from collegia.tools import Example, Outcome, expert_of

Function = Callable[..., Any]


def examples_of(functions: Iterable[Function]) -> list[Any]:
    """A parameter for every example of every expert."""
    return [
        pytest.param(function, example, id=f"{function.__name__}-{number}")
        for function in functions
        for number, example in enumerate(expert_of(function).card.examples)
    ]


def call(function: Function, /, **inputs: Any) -> Outcome:
    """Call an expert through its card."""
    return expert_of(function).call(inputs)


def value(function: Function, /, **inputs: Any) -> Any:
    """The first output of a call."""
    return next(iter(call(function, **inputs).values.values()))


def check(function: Function, example: Example) -> None:
    """An expert gives what its example says, as plain Python values."""
    found = call(function, **example.inputs).values
    for name, expected in example.outputs.items():
        if isinstance(expected, str):
            assert found[name] == expected
        else:
            assert type(found[name]) is float
            assert found[name] == pytest.approx(expected, rel=example.tolerance)
