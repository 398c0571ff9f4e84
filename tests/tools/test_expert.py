"""The expert contract: what is read from a function, and what is refused with the place and the fix."""

from __future__ import annotations

import math
from typing import Annotated, NamedTuple

import pytest

from collegia.errors import ContractError, MissingLibrary, NoData, OutOfRange
from collegia.tools import (
    STATED,
    At,
    Example,
    Kind,
    Of,
    Range,
    Uncertainty,
    assume,
    caution,
    expert,
    expert_of,
)
from collegia.tools import common as k

zorp = Kind("zorp", "m", names=("zorp",))


class Pair(NamedTuple):
    low: Annotated[float, zorp]
    high: Annotated[float | None, Kind("high_zorp", "m"), Uncertainty(0.1)]


@expert(source="a book, eq. 1", validity="thin walls", methods=("blim rule",), cost=2.0, seconds=0.5)
def blim(
    wide: Annotated[float, zorp, Range(gt=0, le=10), At("start")],
    tall: Annotated[float, "mm", Range(lt=100, warn=True), Of("left")],
    factor: Annotated[float, "", STATED] = 2.0,
) -> Annotated[float, zorp]:
    """Blim of a zorp.

    It goes on.
    """
    if wide == 9:
        caution("nine is odd")
        assume("nine was meant")
    return wide * tall * factor


def test_the_card_is_read_from_signature_docstring_and_decorator():
    card = expert_of(blim, "toys").card
    assert (card.name, card.domain, card.purpose) == ("blim", "toys", "Blim of a zorp.")
    assert (card.source, card.validity, card.methods) == ("a book, eq. 1", "thin walls", ("blim rule",))
    assert (card.cost, card.seconds) == (2.0, 0.5)
    wide, tall, factor = card.inputs
    assert (wide.kind, wide.at, wide.required) == (zorp, "start", True)
    assert (tall.slot, tall.kind.unit, tall.kind.names) == ("left", "millimeter", ("tall",))
    assert (factor.required, factor.default, factor.stated_only) == (False, 2.0, True)
    assert [port.name for port in card.outputs] == ["zorp"]
    assert card.slots == ("", "left")


def test_the_decorated_function_stays_a_plain_function():
    assert blim(2, 3) == 12
    assert blim.__name__ == "blim"


def test_a_bare_function_without_the_decorator_is_an_expert_too():
    def grum(left: Annotated[float, "s"]) -> Annotated[float, "s"]:
        """Grum of a time."""
        return left

    assert expert_of(grum).call({"left": 3.0}).values == {"grum": 3.0}


def test_a_value_outside_a_refusing_range_is_refused_and_named():
    with pytest.raises(OutOfRange, match=r"zorp 11 m lies outside the validity of blim: it must be > 0 and ≤ 10"):
        expert_of(blim).call({"wide": 11.0, "tall": 1.0})


def test_a_value_outside_a_warning_range_is_only_warned_of():
    outcome = expert_of(blim).call({"wide": 1.0, "tall": 200.0})
    assert outcome.values == {"zorp": 400.0}
    assert len(outcome.cautions) == 1
    assert "tall 200 millimeter" in outcome.cautions[0]


def test_not_a_number_never_passes_a_range():
    with pytest.raises(OutOfRange):
        expert_of(blim).call({"wide": math.nan, "tall": 1.0})


def test_cautions_and_assumptions_belong_to_their_own_call():
    blim_expert = expert_of(blim)
    noted = blim_expert.call({"wide": 9.0, "tall": 1.0})
    assert (noted.cautions, noted.assumptions) == (("nine is odd",), ("nine was meant",))
    assert blim_expert.call({"wide": 8.0, "tall": 1.0}).cautions == ()


def test_several_outputs_are_a_named_tuple_and_one_of_them_may_be_none():
    def both(wide: Annotated[float, zorp]) -> Pair:
        """Both."""
        return Pair(wide, None)

    found = expert_of(both)
    assert [port.optional_output for port in found.card.outputs] == [False, True]
    assert found.card.output("high").uncertainty == 0.1
    assert found.call({"wide": 1.0}).values == {"low": 1.0, "high": None}


def test_none_for_an_output_that_must_be_given_is_no_data():
    def nothing(wide: Annotated[float, zorp]) -> Annotated[float, zorp]:
        """Give none."""
        return None  # type: ignore[return-value]  # the fault under test

    with pytest.raises(NoData, match="nothing has no zorp"):
        expert_of(nothing).call({"wide": 1.0})


def test_not_a_number_is_never_an_answer():
    def lost(wide: Annotated[float, zorp]) -> Annotated[float, zorp]:
        """Give no number."""
        return math.nan

    with pytest.raises(NoData, match="gave no number"):
        expert_of(lost).call({"wide": 1.0})


def test_a_mapping_output_is_keyed():
    def shares(wide: Annotated[float, zorp]) -> Annotated[dict[str, float], k.fraction]:
        """Shares by name."""
        return {"a": wide}

    assert expert_of(shares).card.outputs[0].keyed


@pytest.mark.parametrize("library", ["no_such_library_at_all", "no_such_library_at_all.part"])
def test_a_missing_library_is_told_with_the_command_that_installs_it(library):
    @expert(requires=(library,), extra="process")
    def needy(wide: Annotated[float, zorp]) -> Annotated[float, zorp]:
        """Need something."""
        return wide

    found = expert_of(needy)
    assert found.missing_libraries() == (library,)
    with pytest.raises(MissingLibrary, match=r"pip install 'collegia\[process\]'"):
        found.call({"wide": 1.0})


def test_a_requirement_of_another_distribution_is_installed_by_its_own_name():
    @expert(requires=("no_such_library_at_all",), extra="blimlib>=2")
    def needy(wide: Annotated[float, zorp]) -> Annotated[float, zorp]:
        """Need something."""
        return wide

    assert expert_of(needy).card.install == "pip install blimlib>=2"


def test_an_expert_may_ask_first_with_a_reason_and_as_a_rule_does_not():
    @expert(asks_first="it rings a bell")
    def ring(wide: Annotated[float, zorp]) -> Annotated[float, zorp]:
        """Ring."""
        return wide

    @expert
    def still(wide: Annotated[float, zorp]) -> Annotated[float, zorp]:
        """Be still."""
        return wide

    assert (expert_of(ring).card.asks_first, expert_of(still).card.asks_first) == ("it rings a bell", "")


def no_docstring(wide: Annotated[float, zorp]) -> Annotated[float, zorp]:
    return wide


def no_unit(wide: float) -> Annotated[float, zorp]:
    """Lack a unit."""
    return wide


def no_result(wide: Annotated[float, zorp]):
    """Lack a return annotation."""


def no_result_unit(wide: Annotated[float, zorp]) -> float:
    """Lack a unit on the result."""
    return wide


def bad_unit(wide: Annotated[float, "flurbs"]) -> Annotated[float, zorp]:
    """Name a unit that does not exist."""
    return wide


def star(*wide: Annotated[float, zorp]) -> Annotated[float, zorp]:
    """Take any number."""
    return wide[0]


def odd_mark(wide: Annotated[float, zorp, 7]) -> Annotated[float, zorp]:
    """Carry an annotation that means nothing."""
    return wide


@expert(asks_first=True)  # type: ignore[call-overload]  # the fault under test
def asks_without_a_reason(wide: Annotated[float, zorp]) -> Annotated[float, zorp]:
    """Ask first, and do not say why."""
    return wide


@expert(asks_first=" ")
def asks_for_a_blank(wide: Annotated[float, zorp]) -> Annotated[float, zorp]:
    """Ask first with a blank reason."""
    return wide


def unreadable(wide: Annotated[float, nowhere]) -> Annotated[float, zorp]:  # noqa: F821  # the fault under test
    """Name something that does not exist."""
    return wide


@pytest.mark.parametrize(
    ("function", "said"),
    [
        (no_docstring, "expert no_docstring: the docstring is missing"),
        (no_unit, "expert no_unit: argument wide needs a kind or a unit"),
        (no_result, "expert no_result: the return annotation is missing"),
        (no_result_unit, "expert no_result_unit: its result needs a kind or a unit"),
        (bad_unit, "expert bad_unit: argument wide: unit 'flurbs' is not known"),
        (star, "expert star: argument wide must be an ordinary named argument"),
        (odd_mark, "expert odd_mark: argument wide has an annotation that means nothing here: 7"),
        (asks_without_a_reason, "expert asks_without_a_reason: asks_first is True; give the reason in words"),
        (asks_for_a_blank, "expert asks_for_a_blank: asks_first is ' '; give the reason in words"),
        (unreadable, "expert unreadable: its annotations cannot be read"),
    ],
)
def test_a_broken_contract_is_refused_with_its_place(function, said):
    with pytest.raises(ContractError) as raised:
        expert_of(function)
    assert said in str(raised.value)


@pytest.mark.parametrize(
    ("span", "inside", "outside"),
    [
        (Range(gt=0), 1e-9, 0.0),
        (Range(ge=0), 0.0, -1e-9),
        (Range(lt=1), 0.999, 1.0),
        (Range(le=1), 1.0, 1.001),
        (Range(gt=0, lt=1), 0.5, 1.0),
    ],
)
def test_a_range_holds_its_bounds(span, inside, outside):
    assert span.holds(inside)
    assert not span.holds(outside)


def test_a_card_names_its_ports_and_no_others():
    card = expert_of(blim).card
    assert card.input("tall").name == "tall"
    assert card.output("zorp").kind == zorp
    with pytest.raises(KeyError):
        card.input("zorp")


def test_an_example_of_the_card_is_kept_as_written():
    @expert(examples=[Example({"wide": 1.0}, {"zorp": 1.0}, tolerance=0.5)])
    def same(wide: Annotated[float, zorp]) -> Annotated[float, zorp]:
        """Give it back."""
        return wide

    assert expert_of(same).card.examples[0].tolerance == 0.5
