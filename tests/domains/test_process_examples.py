"""The worked examples on the cards of process engineering."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from card_examples import call

from collegia.domains.process_engineering import catalogue
from collegia.tools import expert_of
from collegia.tools.examples import differences


@pytest.mark.parametrize("function", catalogue.EXPERTS, ids=lambda function: function.__name__)
def test_every_worked_example_of_every_card_holds_in_plain_numbers(function: Callable[..., Any]) -> None:
    examples = expert_of(function).card.examples
    assert examples
    for example in examples:
        found = call(function, **example.inputs).values
        assert differences(example.outputs, found, example.tolerance) == ()
        numbers = [found[name] for name, expected in example.outputs.items() if isinstance(expected, (int, float))]
        assert {type(number) for number in numbers} <= {int, float}
