"""The check: bad plans are rejected with every reason, and no expert is called."""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated, Any

import pytest
import toys as t

from collegia.agents.check import check, findings, order
from collegia.agents.plan import Default, Plan
from collegia.errors import OutOfRange, PlanRejected
from collegia.settings import Budget
from collegia.tools import Range, expert

REGISTRY = t.registry()
ASK = [t.asked("s1", "size")]


def rejected(plan: Plan, budget: Budget | None = None) -> list[str]:
    with pytest.raises(PlanRejected) as caught:
        check(plan, REGISTRY, budget or Budget())
    return caught.value.findings


def test_a_sound_plan_passes() -> None:
    check(t.three_steps(), REGISTRY, Budget())


def one(name: str, ask: list[Any] | None = None, **arguments: Any) -> Plan:
    return t.plan(t.step("s1", name, **arguments), asks=ask or ASK)


BAD: dict[str, tuple[Plan, str]] = {
    "an unknown expert": (one("conjure", length=t.given(1.0)), "no expert 'conjure'"),
    "an unknown argument": (one("double", length=t.given(1.0), depth=t.given(1.0)), "no argument 'depth'"),
    "a missing input": (one("double"), "needs size (length)"),
    "an unknown step": (one("double", length=t.of("s9", "size")), "no step 's9'"),
    "an unknown output": (
        t.plan(
            t.step("s1", "double", length=t.of("s2", "shape")), t.step("s2", "double", length=t.given(1.0)), asks=ASK
        ),
        "no output 'shape'",
    ),
    "a step that needs itself": (one("double", length=t.of("s1", "size")), "cycle"),
    "a cycle of two": (
        t.plan(
            t.step("s1", "double", length=t.of("s2", "size")),
            t.step("s2", "double", length=t.of("s1", "size")),
            asks=ASK,
        ),
        "cycle: s1, s2",
    ),
    "a wrong dimension": (one("double", length=t.given(1.0, "kg")), "given in kg"),
    "a unit that was not converted": (one("double", length=t.given(1.0, "mm")), "was not converted to m"),
    "a number without its unit": (one("double", length=t.given(1.0, "")), "given in plain numbers"),
    "a unit that does not exist": (one("double", length=t.given(1.0, "blorps")), "'blorps' is not known"),
    "a gauge pressure for an absolute one": (
        one("press", [t.asked("s1", "squeeze")], force=t.given(3e5, "Pa(g)", "3 bar(g)")),
        "gauge",
    ),
    "a text for a number": (one("double", length=t.given("long")), "takes a number in m"),
    "a truth for a number": (one("double", length=t.given(bool(1))), "takes a number"),
    "an infinite number": (one("double", length=t.given(float("inf"))), "takes a number"),
    "a number for a name": (one("paint", [t.asked("s1", "colour")], what=t.given(3.0, "")), "takes a name"),
    "an empty name": (one("paint", [t.asked("s1", "colour")], what=t.given(" ", "")), "takes a name"),
    "a value of an unknown kind": (one("double", length=t.given(1.0, kind="girth")), "'girth'"),
    "a difference for a point": (
        one("heat", [t.asked("s1", "warmth")], start=t.given(5.0, "K", kind="warming"), rise=t.given(1.0, "K")),
        "warming is a difference, warmth a point",
    ),
    "a point of a step for a difference": (
        t.plan(
            t.step("s1", "heat", start=t.given(5.0, "K"), rise=t.of("s2", "warmth")),
            t.step("s2", "heat", start=t.given(5.0, "K"), rise=t.given(1.0, "K")),
            asks=[t.asked("s1", "warmth")],
        ),
        "warmth is a point, warming a difference",
    ),
    "an edge of another dimension": (
        t.plan(
            t.step("s1", "double", length=t.of("s2", "weight_kind")),
            t.step("s2", "weigh", length=t.given(1.0)),
            asks=ASK,
        ),
        "does not have the dimension of size",
    ),
    "a number where a name is needed": (
        t.plan(
            t.step("s1", "paint", what=t.of("s2", "size")),
            t.step("s2", "double", length=t.given(1.0)),
            asks=[t.asked("s1", "colour")],
        ),
        "size is a number, stuff a name",
    ),
    "a name of something else": (
        t.plan(
            t.step("s1", "paint", what=t.of("s2", "colour")),
            t.step("s2", "paint", what=t.given("ab", "")),
            asks=[t.asked("s1", "colour")],
        ),
        "colour does not name a stuff",
    ),
    "a mapping for one number": (
        t.plan(
            t.step("s1", "weigh", length=t.given(1.0), factor=t.of("s2", "shares")),
            t.step("s2", "split", what=t.given("abcd", "")),
            asks=[t.asked("s1", "weight_kind")],
        ),
        "name its key",
    ),
    "a key of what is no mapping": (
        t.plan(
            t.step("s1", "double", length=t.of("s2", "size", "ab")),
            t.step("s2", "double", length=t.given(1.0)),
            asks=ASK,
        ),
        "no key 'ab'",
    ),
    "a computed value where only a stated one may stand": (
        t.plan(
            t.step("s1", "paint", what=t.given("ab", ""), length=t.of("s2", "size")),
            t.step("s2", "double", length=t.given(1.0)),
            asks=[t.asked("s1", "colour")],
        ),
        "may only be stated",
    ),
    "a default that the card does not have": (
        one("weigh", [t.asked("s1", "weight_kind")], length=t.given(1.0), factor=Default(value=4.0)),
        "has the default 3.0, not 4.0",
    ),
    "a default of a required argument": (one("double", length=Default(value=1.0)), "has no default"),
    "two steps of one id": (
        t.plan(t.step("s1", "double", length=t.given(1.0)), t.step("s1", "double", length=t.given(2.0)), asks=ASK),
        "two steps have the id 's1'",
    ),
    "nothing asked": (t.plan(t.step("s1", "double", length=t.given(1.0)), asks=[]), "answers nothing"),
    "no steps": (t.plan(asks=[]), "no steps"),
    "an asked output that is not there": (
        one("double", [t.asked("s1", "girth")], length=t.given(1.0)),
        "no output 'girth'",
    ),
    "an asked step that is not there": (one("double", [t.asked("s7", "size")], length=t.given(1.0)), "no step 's7'"),
    "an asked unit of another dimension": (
        one("double", [t.asked("s1", "size", unit="kilogram")], length=t.given(1.0)),
        "cannot be answered in kilogram",
    ),
    "an asked unit that does not exist": (
        one("double", [t.asked("s1", "size", unit="blorps")], length=t.given(1.0)),
        "blorps",
    ),
    "a unit for a name": (
        one("paint", [t.asked("s1", "colour", unit="meter")], what=t.given("ab", "")),
        "cannot be answered in meter",
    ),
}


@pytest.mark.parametrize("name", BAD)
def test_a_bad_plan_is_rejected_with_the_reason(name: str) -> None:
    plan, reason = BAD[name]
    assert any(reason in text for text in rejected(plan)), rejected(plan)


def test_every_fault_is_found_at_once() -> None:
    plan = t.plan(
        t.step("s1", "conjure"),
        t.step("s2", "double"),
        t.step("s3", "double", length=t.given(1.0, "kg")),
        asks=[t.asked("s3", "size", unit="kilogram")],
    )
    assert len(rejected(plan)) == 4


def test_faults_name_the_step_they_lie_in() -> None:
    plan = t.plan(t.step("s1", "double", length=t.given(1.0)), t.step("s2", "double"), asks=ASK)
    assert [found.step for found in findings(plan, REGISTRY, Budget())] == ["s2"]


def test_a_plan_over_the_budget_of_steps_is_rejected() -> None:
    assert "budget allows 2" in rejected(t.three_steps(), Budget(max_steps=2))[0]


def test_a_plan_whose_longest_chain_takes_too_long_is_rejected_and_a_wide_one_is_not() -> None:
    @expert(seconds=4.0)
    def slow(length: Annotated[float, t.size]) -> Annotated[float, t.size]:
        """Slow."""
        return length

    registry = t.registry(slow)
    wide = t.plan(*(t.step(f"s{n}", "slow", length=t.given(1.0)) for n in range(5)), asks=[t.asked("s0", "size")])
    check(wide, registry, Budget(max_seconds=10.0))
    long = t.plan(
        t.step("s0", "slow", length=t.given(1.0)),
        *(t.step(f"s{n}", "slow", length=t.of(f"s{n - 1}", "size")) for n in range(1, 3)),
        asks=[t.asked("s0", "size")],
    )
    with pytest.raises(PlanRejected, match="about 12 s; the budget allows 10 s"):
        check(long, registry, Budget(max_seconds=10.0))


def test_a_narrower_kind_serves_for_a_wider_one_and_any_kind_of_its_dimension() -> None:
    check(one("double", length=t.given(1.0, kind="small_size")), REGISTRY, Budget())
    millimetres = t.plan(
        t.step("s1", "double", length=t.of("s2", "size_in_mm")),
        t.step("s2", "in_millimetres", length=t.given(5.0, "mm")),
        asks=ASK,
    )
    check(millimetres, REGISTRY, Budget())


def test_a_value_outside_a_refusing_range_is_out_of_range_and_not_a_fault() -> None:
    with pytest.raises(OutOfRange, match=r"size -2 m \(“-2 m”\) lies outside the validity of double: it must be > 0"):
        check(one("double", length=t.given(-2.0, "m", "-2 m")), REGISTRY, Budget())


def test_a_value_outside_a_warning_range_passes() -> None:
    @expert
    def warns(length: Annotated[float, t.size, Range(le=1, warn=True)]) -> Annotated[float, t.size]:
        """Warn."""
        return length

    check(one("warns", length=t.given(2.0)), t.registry(warns), Budget())


def test_a_fault_goes_before_a_value_out_of_range() -> None:
    plan = t.plan(t.step("s1", "double", length=t.given(-2.0)), t.step("s2", "conjure"), asks=ASK)
    assert rejected(plan) == ["step s2: there is no expert 'conjure'"]


def test_no_expert_is_called_by_the_check() -> None:
    called: list[float] = []

    def trap() -> Callable[..., Any]:
        @expert
        def double(length: Annotated[float, t.size, Range(gt=0)]) -> Annotated[float, t.size]:
            """Remember being called."""
            called.append(length)
            return length

        return double

    registry = t.registry(trap(), *[one for one in t.FUNCTIONS if one.__name__ != "double"])
    for plan, _ in BAD.values():
        with pytest.raises(PlanRejected):
            check(plan, registry, Budget())
    check(t.three_steps(), registry, Budget())
    assert called == []


def test_the_order_puts_each_step_after_those_it_needs() -> None:
    assert order(t.three_steps()) == ["s1", "s2", "s3"]
    backwards = t.plan(*reversed(t.three_steps().steps), asks=ASK)
    assert order(backwards) == ["s1", "s2", "s3"]


def test_an_optional_argument_may_be_left_unbound() -> None:
    check(one("weigh", [t.asked("s1", "weight_kind")], length=t.given(1.0)), REGISTRY, Budget())


def test_a_mapping_is_read_by_its_key() -> None:
    plan = t.plan(
        t.step("s1", "split", what=t.given("abcd", "")),
        t.step("s2", "weigh", length=t.given(1.0), factor=t.of("s1", "shares", "ab")),
        asks=[t.asked("s2", "weight_kind")],
    )
    check(plan, REGISTRY, Budget())
