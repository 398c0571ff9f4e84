"""Values between steps: plain data, and only between kinds that fit."""

from __future__ import annotations

import enum
import json
from typing import Any

import numpy
import pytest
import toys as t

from collegia.agents.values import compatible, difference_unit, frozen, in_unit, is_number, plain
from collegia.errors import ContractError, NoData
from collegia.tools import Kind, Port


class Phase(enum.Enum):
    """A phase."""

    LIQUID = "liquid"


@pytest.mark.parametrize(
    ("value", "stored"),
    [
        (None, None),
        (True, True),
        (3, 3),
        (0.1, 0.1),
        ("x", "x"),
        (Phase.LIQUID, "liquid"),
        (("ab", 0.5), ["ab", 0.5]),
        ({"ab": 0.5, 1: (2,)}, {"ab": 0.5, "1": [2]}),
        (numpy.float64(0.5), 0.5),
        (numpy.int64(4), 4),
        (numpy.array([1.0, 2.0]), [1.0, 2.0]),
        (numpy.bool_(1), True),
    ],
)
def test_a_value_is_stored_as_json_holds_it(value: Any, stored: Any) -> None:
    made = plain(value, "it")
    assert made == stored
    assert json.loads(json.dumps(made)) == made
    assert type(made) is type(stored)


@pytest.mark.parametrize("value", [float("nan"), float("inf"), [1.0, float("-inf")], {"a": numpy.float64("nan")}])
def test_what_is_not_finite_is_no_data(value: Any) -> None:
    with pytest.raises(NoData, match="it is not a finite number"):
        plain(value, "it")


@pytest.mark.parametrize("value", [object(), 1j, {1, 2}, b"x"])
def test_what_json_does_not_hold_breaks_the_contract(value: Any) -> None:
    with pytest.raises(ContractError, match="it is a"):
        plain(value, "it")


def test_lists_become_tuples_all_the_way_down() -> None:
    assert frozen([["ab", 0.5], ["cd", [1]]]) == (("ab", 0.5), ("cd", (1,)))


def test_truth_is_no_number() -> None:
    assert [is_number(one) for one in (1, 1.0, True, "1", None)] == [True, True, False, False, False]


@pytest.mark.parametrize(
    ("left", "right", "fits"),
    [
        (t.size, t.size, True),
        (t.small_size, t.size, True),
        (t.size, t.small_size, True),
        (t.size_in_mm, t.size, True),
        (t.size, t.weight, False),
        (t.warmth, t.warming, False),
        (t.warming, t.warmth, False),
        (t.stuff, t.colour, False),
        (t.stuff, t.size, False),
        (t.share, t.stuff, False),
        (Kind("plain_kelvin", "K"), t.warmth, True),
        (Kind("bluish", None, parent=t.colour), t.colour, True),
    ],
)
def test_kinds_fit_by_lineage_dimension_and_scale(left: Kind, right: Kind, *, fits: bool) -> None:
    assert (compatible(left, right) == "") is fits


def test_a_kind_that_calls_another_dimension_its_parent_still_does_not_fit() -> None:
    assert "dimension" in compatible(Kind("odd", "kg", parent=t.size), t.size)


def test_what_is_no_number_passes_a_conversion_as_it_is() -> None:
    port = Port("x", t.size)
    assert in_unit("ab", t.size_in_mm, port) == "ab"
    assert in_unit({"ab": 5.0, "cd": "?"}, t.size_in_mm, port) == {"ab": pytest.approx(0.005), "cd": "?"}


@pytest.mark.parametrize(
    ("unit", "counted"),
    [("degC", "delta_degree_Celsius"), ("degF", "delta_degree_Fahrenheit"), ("K", "K"), ("bar", "bar"), ("", "")],
)
def test_a_difference_is_counted_in_a_unit_without_an_origin(unit: str, counted: str) -> None:
    assert difference_unit(unit) == counted
