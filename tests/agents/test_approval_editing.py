"""Edits of a plan: a value is read as the question would have been, an expert is bound by what its arguments are."""

from __future__ import annotations

from typing import Annotated

import pytest
import toys as t

from collegia.agents.approval import alternatives, with_expert, with_value
from collegia.agents.approval.bindings import as_approved
from collegia.agents.approval.changes import Edit, edit_of
from collegia.agents.assistant import Assistant
from collegia.agents.plan import Cited, Default, FromStep, Given, Plan, Remembered
from collegia.errors import CollegiaError, MissingLibrary, PlanRejected, Unclear, UnitError, UsageError
from collegia.settings import Budget
from collegia.tools import At, Kind, expert
from collegia.tools.registry import Registry

tint = Kind("tint", None, names=("tint",), words={"dark red": "crimson"}, ambiguous={"red": "Which red?"})
code = Kind("code", "", names=("code",), words={"doubled": 2.0})


@expert
def dye(tint: Annotated[str, tint], code: Annotated[float, code] = 1.0) -> Annotated[float, t.weight]:
    """Weight of a dye."""
    return code


@expert
def weigh_twice(length: Annotated[float, t.size], extra: Annotated[float, t.share] = 1.0) -> Annotated[float, t.weight]:
    """Another weight of a size."""
    return 2 * length * extra


@expert
def weigh_small(breadth: Annotated[float, t.small_size]) -> Annotated[float, t.weight]:
    """Weight of a small size."""
    return breadth


@expert
def weigh_warm(length: Annotated[float, t.size], heat: Annotated[float, t.warmth]) -> Annotated[float, t.weight]:
    """Weight of a warm size."""
    return length * heat


@expert
def weigh_two(one: Annotated[float, t.size], other: Annotated[float, t.size]) -> Annotated[float, t.weight]:
    """Weight of two sizes."""
    return one + other


@expert(requires=["nosuchlib"], extra="nosuch")
def weigh_lacking(length: Annotated[float, t.size]) -> Annotated[float, t.weight]:
    """Weight of a size by a library that is not there."""
    return length


@expert
def weigh_after(length: Annotated[float, t.size, At("end")]) -> Annotated[float, t.weight]:
    """Weight of the size after."""
    return length


@pytest.fixture(scope="module")
def registry() -> Registry:
    others = (dye, weigh_twice, weigh_small, weigh_warm, weigh_two, weigh_lacking, weigh_after)
    return t.registry(*t.FUNCTIONS, *others)


def size(text: str = "1.5 m", value: float = 1.5, start: int = 10) -> Given:
    return t.given(value, "m", text, start=start, end=start + len(text), kind="size")


def weighed(length: Given | FromStep | Default | Remembered | Cited | None = None) -> Plan:
    return t.plan(
        t.step("s1", "weigh", length=length or size(), factor=Default(value=3.0)),
        asks=[t.asked("s1", "weight_kind", name="weight")],
    )


def edited(shown: Plan, changed: Plan, registry: Registry) -> Edit:
    return edit_of(shown, changed, registry, Budget())


def bound(plan: Plan, step: str, argument: str) -> Given:
    found = plan.step(step).arguments[argument]
    assert isinstance(found, Given)
    return found


# ── a value ──


@pytest.mark.parametrize(
    ("text", "value"), [("2 m", 2.0), ("200 cm", 2.0), (" 2000 mm ", 2.0), ("1 ft", 0.3048), ("1e-3 km", 1.0)]
)
def test_a_value_is_read_with_its_unit_and_is_in_the_ports_then(registry: Registry, text: str, value: float) -> None:
    said = bound(with_value(weighed(), registry, "s1", "length", text), "s1", "length")
    assert said.value == pytest.approx(value, rel=1e-12)
    assert (said.unit, said.text, said.kind, said.instead_of) == ("m", text.strip(), "size", "“1.5 m”")


@pytest.mark.parametrize(
    ("argument", "text", "error", "said"),
    [
        ("length", "2 kg", UnitError, "s1.length: '2 kg' does not fit a size: that is given in m"),
        ("length", "2", UnitError, "s1.length: '2' does not fit a size: that is given in m"),
        ("length", "2 to 3 m", UsageError, "s1.length: '2 to 3 m' is not one size"),
        ("length", "2 m, 3 m", UsageError, "is not one size"),
        ("length", "two", UsageError, "is not one size"),
        ("length", "about the same", UsageError, "is not one size"),
        ("length", "2 m * 3", UsageError, "is not one size"),
        ("length", "", UsageError, "in 1 to 1000 characters"),
        ("length", "9" * 2000, UsageError, "in 1 to 1000 characters"),
        ("factor", "2 m", UnitError, "that is given in a plain number"),
        ("width", "2 m", UsageError, "weigh (step s1) takes no argument 'width'; it takes: length, factor"),
    ],
)
def test_what_is_no_value_of_the_argument_is_refused_by_its_place(
    registry: Registry, argument: str, text: str, error: type[CollegiaError], said: str
) -> None:
    with pytest.raises(error) as raised:
        with_value(weighed(), registry, "s1", argument, text)
    assert said in str(raised.value)


def test_a_step_that_is_not_there_is_named_with_those_that_are(registry: Registry) -> None:
    with pytest.raises(UsageError, match="no step 's7'; its steps are: s1"):
        with_value(weighed(), registry, "s7", "length", "2 m")


def test_a_name_is_read_by_the_vocabulary_of_its_kind(registry: Registry) -> None:
    plan = t.plan(
        t.step("s1", "dye", tint=t.given("blue", "", "blue", start=0, end=4), code=Default(value=1.0)),
        asks=[t.asked("s1", "weight_kind")],
    )
    assert bound(with_value(plan, registry, "s1", "tint", "dark red"), "s1", "tint").value == "crimson"
    assert bound(with_value(plan, registry, "s1", "code", "doubled"), "s1", "code").value == 2.0
    with pytest.raises(Unclear, match=r"s1.tint: Which red\?"):
        with_value(plan, registry, "s1", "tint", "red")
    with pytest.raises(UsageError, match="no tint is known by the name 'mauve'"):
        with_value(plan, registry, "s1", "tint", "mauve")


def test_words_that_serve_several_steps_are_one_value(registry: Registry) -> None:
    plan = t.plan(
        t.step("s1", "weigh", length=size()),
        t.step("s2", "double", length=size()),
        t.step("s3", "double", length=size("1.5 m", start=40)),
        asks=[t.asked("s1", "weight_kind"), t.asked("s2", "size", name="a"), t.asked("s3", "size", name="b")],
    )
    once = with_value(plan, registry, "s1", "length", "2 m")
    assert [bound(once, step, "length").text for step in ("s1", "s2", "s3")] == ["2 m", "2 m", "1.5 m"]
    twice = with_value(once, registry, "s2", "length", "4 m")
    assert [bound(twice, step, "length").text for step in ("s1", "s2", "s3")] == ["4 m", "4 m", "1.5 m"]
    assert edited(plan, twice, registry).changes == ("size 4 m instead of “1.5 m”, in s1.length, s2.length",)


def test_a_default_a_fact_and_a_cited_value_may_be_replaced_and_what_stood_there_is_told(registry: Registry) -> None:
    fact = Remembered(value=1.5, unit="m", text="The rod is 1.5 m long.", kind="size", fact=3, day="2026-01-02")
    cited = Cited(
        value=1.5, unit="m", text="Rods are 1.5 m.", kind="size", document="rods", source="rods", start=3, end=9
    )
    for was, told in (
        (fact, "size 2 m instead of what was remembered on 2026-01-02 (“The rod is 1.5 m long.”), in s1.length"),
        (cited, "size 2 m instead of “Rods are 1.5 m.” in rods, in s1.length"),
    ):
        plan = weighed(was)
        assert edited(plan, with_value(plan, registry, "s1", "length", "2 m"), registry).changes == (told,)
    plan = weighed()
    changed = edited(plan, with_value(plan, registry, "s1", "factor", "2"), registry)
    assert changed.changes == ("share 2 instead of the default 3.0 (s1.factor), in s1.factor",)


def test_a_value_that_was_computed_may_be_said_and_what_nothing_needs_is_left_out(registry: Registry) -> None:
    plan = t.plan(
        t.step("s1", "double", length=size()),
        t.step("s2", "weigh", length=t.of("s1", "size")),
        t.step("s3", "chatty", length=t.of("s1", "size")),
        asks=[t.asked("s2", "weight_kind", name="weight"), t.asked("s3", "size", name="size")],
    )
    changed = with_value(plan, registry, "s2", "length", "5 m")
    assert [step.id for step in changed.steps] == ["s2", "s3"]
    assert bound(changed, "s3", "length").value == 5.0, "one output is one value, whoever takes it"
    assert edited(plan, changed, registry).changes == (
        "size 5 m instead of size of s1 (s2.length), in s2.length, s3.length",
        "step s1 (double) is left out: nothing needs it any more",
        "“1.5 m” is not used any more",
    )


def test_a_computed_value_that_is_asked_for_stays_computed(registry: Registry) -> None:
    plan = t.plan(
        t.step("s1", "double", length=size()),
        t.step("s2", "weigh", length=t.of("s1", "size")),
        asks=[t.asked("s1", "size"), t.asked("s2", "weight_kind")],
    )
    with pytest.raises(UsageError, match="size of s1 is asked for"):
        with_value(plan, registry, "s2", "length", "5 m")


def test_the_name_of_a_case_says_the_value_that_it_is_computed_with(registry: Registry) -> None:
    plan = t.plan(
        t.step("s1", "double", length=size("20", 0.02, start=5)),
        t.step("s2", "weigh", length=t.of("s1", "size")),
        t.step("s3", "double", length=size("40 mm", 0.04, start=12)),
        asks=[
            t.asked("s2", "weight_kind", name="weight at 20 mm"),
            t.asked("s3", "size", name="size at 40 mm"),
        ],
    )
    changed = with_value(plan, registry, "s1", "length", "3 cm")
    assert [one.name for one in changed.asked] == ["weight at 3 cm", "size at 40 mm"]
    assert [one.name for one in edited(plan, changed, registry).plan.asked] == ["weight at 3 cm", "size at 40 mm"]


def test_the_question_is_told_on_with_the_words_that_were_replaced(registry: Registry) -> None:
    question = "weight of 1.5 m of it"
    changed = with_value(weighed(), registry, "s1", "length", "2 m")
    assert as_approved(question, changed) == "weight of 2 m of it"
    assert as_approved(question, weighed()) == question
    assert as_approved(question, None) == question


def test_an_assumption_about_words_that_are_gone_goes_with_them(registry: Registry) -> None:
    plan = weighed().model_copy(update={"assumptions": ("'1.5 m' was taken for the length of weigh", "it is dry")})
    made = edited(plan, with_value(plan, registry, "s1", "length", "2 m"), registry)
    assert made.plan.assumptions == ("it is dry", f"changed at approval: {made.changes[0]}")


def test_a_plan_that_was_not_changed_is_no_edit(registry: Registry) -> None:
    assert edited(weighed(), weighed(), registry) == Edit(weighed())


# ── an expert ──


def test_experts_that_give_the_same_of_the_same_are_alternatives(registry: Registry) -> None:
    found = alternatives(weighed(), registry, "s1")
    assert {"weigh_twice", "weigh_small"} <= set(found)
    assert not {"weigh", "weigh_warm", "weigh_two", "weigh_lacking", "weigh_after", "double", "paint"} & set(found)
    for name in found:
        changed = with_expert(weighed(), registry, "s1", name)
        assert edited(weighed(), changed, registry).changes[0] == f"step s1 calls {name} instead of weigh"


def test_arguments_are_bound_by_what_they_are_and_defaults_are_the_new_experts(registry: Registry) -> None:
    changed = with_expert(weighed(), registry, "s1", "weigh_twice")
    assert changed.step("s1").arguments == {"length": size(), "extra": Default(value=1.0)}
    small = with_expert(weighed(), registry, "s1", "weigh_small").step("s1").arguments
    assert small == {"breadth": size().model_copy(update={"kind": "small_size"})}


def test_an_edited_value_goes_with_the_step_to_another_expert(registry: Registry) -> None:
    shown = weighed()
    changed = with_expert(with_value(shown, registry, "s1", "length", "2 m"), registry, "s1", "weigh_twice")
    assert edited(shown, changed, registry).changes == (
        "step s1 calls weigh_twice instead of weigh",
        "size 2 m instead of “1.5 m”, in s1.length",
    )


def test_a_statement_that_the_other_expert_does_not_take_is_told(registry: Registry) -> None:
    shown = t.plan(
        t.step("s1", "weigh", length=size(), factor=t.given(2.0, "", "2", start=30, end=31, kind="share")),
        asks=[t.asked("s1", "weight_kind")],
    )
    changed = edited(shown, with_expert(shown, registry, "s1", "empty_handed"), registry)
    assert changed.changes == ("step s1 calls empty_handed instead of weigh", "“2” is not used any more")


@pytest.mark.parametrize(
    ("name", "error", "said"),
    [
        ("weigh_warm", UsageError, "the plan does not say its warmth (heat)"),
        ("weigh_two", UsageError, "which of length is its size (one)"),
        ("weigh_after", UsageError, "the plan does not say its size (length)"),
        ("double", UsageError, "double does not give weight as weigh does; it gives: size"),
        ("weigh_lacking", MissingLibrary, "nosuchlib"),
        ("nobody", UsageError, "no expert is named 'nobody'"),
    ],
)
def test_an_expert_that_cannot_stand_there_is_refused_with_what_it_lacks(
    registry: Registry, name: str, error: type[CollegiaError], said: str
) -> None:
    with pytest.raises(error) as raised:
        with_expert(weighed(), registry, "s1", name)
    assert said in str(raised.value)


def test_what_takes_an_output_takes_that_of_the_other_expert(registry: Registry) -> None:
    shown = t.plan(
        t.step("s1", "weigh", length=size()),
        t.step("s2", "add", left=t.of("s1", "weight_kind"), right=t.of("s1", "weight_kind")),
        asks=[t.asked("s2", "weight_kind"), t.asked("s1", "weight_kind")],
    )
    changed = edited(shown, with_expert(shown, registry, "s1", "weigh_twice"), registry)
    assert changed.plan.step("s2").arguments["left"] == t.of("s1", "weight_kind")
    assert [one.source.step for one in changed.plan.asked] == ["s2", "s1"]


def test_an_edited_plan_that_no_longer_holds_is_rejected_with_every_finding(registry: Registry) -> None:
    shown = weighed()
    changed = with_value(shown, registry, "s1", "factor", "11")
    with pytest.raises(PlanRejected, match="lies outside the validity of weigh"):
        edited(shown, changed, registry)


# ── with a real domain ──


@pytest.fixture(scope="module")
def installed() -> Registry:
    return Registry.load()


DROP = (
    "Pressure drop of 50 m³/h of water at 20 °C and 3 bar in a 200 m long pipe of 100 mm inside diameter with"
    " 0.05 mm roughness?"
)


@pytest.mark.parametrize(
    ("question", "argument", "text", "expected"),
    [
        (DROP, "pressure", "5 bar gauge", 601_325.0),
        (DROP, "temperature", "104 °F", 313.15),
        (DROP, "diameter", "4 in", 0.1016),
        ("What is the boiling point of toluene at 1 bar?", "substance", "benzene", "benzene"),
        ("Inside diameter of a DN 100 pipe, schedule 40?", "nominal_size", "DN 150", "DN150"),
    ],
)
def test_a_value_of_an_engineer_is_read_as_in_the_question(
    installed: Registry, question: str, argument: str, text: str, expected: object
) -> None:
    shown = Assistant(installed).plan_sync(question).plan
    places = [(step.id, name) for step in shown.steps for name in step.arguments if name == argument]
    changed = with_value(shown, installed, *places[0], text)
    values = [bound(changed, *place).value for place in places]
    assert values == [pytest.approx(expected) if isinstance(expected, float) else expected] * len(places)
    assert edited(shown, changed, installed).changes
