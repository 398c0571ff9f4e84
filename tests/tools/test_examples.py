"""The examples of a card are its test, and a wrong one is found."""

from __future__ import annotations

from typing import Annotated

from collegia.errors import OutOfRange
from collegia.tools import Example, Kind, expert, expert_of
from collegia.tools.examples import differences, try_examples

zorp = Kind("zorp", "m", names=("zorp",))


def tried(*examples, function=None):
    def blim(wide: Annotated[float, zorp]) -> Annotated[float, zorp]:
        """Blim."""
        if wide < 0:
            raise OutOfRange("too narrow")
        return wide * 100 / wide

    return [one.faults for one in try_examples(expert_of(expert(examples=examples)(function or blim)))]


def test_an_example_that_holds_has_no_fault():
    assert tried(Example({"wide": 3.0}, {"zorp": 100.05})) == [()]


def test_a_wrong_value_is_found_beside_one_that_holds():
    assert tried(Example({"wide": 3.0}, {"zorp": 100.0}), Example({"wide": 3.0}, {"zorp": 101.0})) == [
        (),
        ("zorp: expected 101.0, got 100.0",),
    ]


def test_an_output_that_does_not_exist_is_found():
    assert "no such output" in tried(Example({"wide": 3.0}, {"high": 1.0}))[0][0]


def test_an_argument_that_does_not_exist_is_found():
    assert "does not have: tall" in tried(Example({"tall": 3.0}, {"zorp": 1.0}))[0][0]


def test_a_refusal_and_a_crash_are_faults_and_do_not_escape():
    assert tried(Example({"wide": -1.0}, {"zorp": 1.0})) == [("OutOfRange: too narrow",)]
    assert "ZeroDivisionError" in tried(Example({"wide": 0.0}, {"zorp": 1.0}))[0][0]


def test_the_examples_of_a_coroutine_are_tried_too():
    async def later(wide: Annotated[float, zorp]) -> Annotated[float, zorp]:
        """Blim, later."""
        return 2 * wide

    examples = Example({"wide": 3.0}, {"zorp": 6.0}), Example({"wide": 3.0}, {"zorp": 7.0})
    assert tried(*examples, function=later) == [(), ("zorp: expected 7.0, got 6.0",)]


def test_an_expert_without_examples_tries_none():
    assert tried() == []


def test_mappings_and_names_are_compared_too():
    expected = {"phase": "gas", "shares": {"a": 0.5}}
    assert differences(expected, {"phase": "gas", "shares": {"a": 0.50001}}, 1e-3) == ()
    assert len(differences(expected, {"phase": "liquid", "shares": {"a": 0.6}}, 1e-3)) == 2
    assert differences({"flag": True}, {"flag": 1}, 1e-3) != ()
