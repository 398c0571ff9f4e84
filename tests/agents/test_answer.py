"""The answer: what was asked in the units it was asked in, and what it rests on."""

from __future__ import annotations

from typing import Annotated, Any

import pytest
import toys as t

from collegia.agents.answer import Findings, answer, clarification_text, sentence
from collegia.agents.dispatch import dispatch
from collegia.agents.log import RunLog
from collegia.agents.plan import Asked, Default, Missing, Plan
from collegia.agents.reflect import Judgement, judge
from collegia.agents.result import Result
from collegia.tools import expert
from collegia.tools.registry import Registry

QUESTION = "weight of 1.5 m blorp?"


async def answered(plan: Plan, registry: Registry | None = None, **more: Any) -> Result:
    registry = registry or t.registry()
    ends = await dispatch(plan, registry, RunLog("r"))
    found = Findings("r", QUESTION, judge(plan, registry, ends), plan=plan, ends=ends, **more)
    return answer(found, registry)


def only(name: str, ask: Asked, **arguments: Any) -> Plan:
    return t.plan(t.step("s1", name, **arguments), asks=[ask])


async def test_a_value_is_given_in_the_unit_it_was_asked_in() -> None:
    result = await answered(t.three_steps())
    (one,) = result.quantities
    assert (one.name, one.value, one.unit, one.step) == ("weight", pytest.approx(18000.0), "gram", "s3")
    assert result.answer_text == "weight = 18000 g"
    assert result.status == "answered"


async def test_without_an_asked_unit_the_experts_own_is_told() -> None:
    result = await answered(only("double", t.asked("s1", "size"), length=t.given(2.0)))
    assert (result.quantities[0].value, result.quantities[0].unit) == (4.0, "meter")


async def test_a_point_is_converted_with_its_origin_and_a_difference_without() -> None:
    point = only(
        "heat", t.asked("s1", "warmth", unit="degree_Celsius"), start=t.given(300.0, "K"), rise=t.given(10.0, "K")
    )
    assert (await answered(point)).quantities[0].value == pytest.approx(36.85)
    for unit in ("degree_Celsius", "delta_degree_Celsius", "kelvin"):
        rise = only("cool", t.asked("s1", "warming", unit=unit), first=t.given(300.0, "K"), last=t.given(310.0, "K"))
        assert (await answered(rise)).quantities[0].value == pytest.approx(10.0), unit
    fahrenheit = only(
        "cool", t.asked("s1", "warming", unit="degree_Fahrenheit"), first=t.given(300.0, "K"), last=t.given(310.0, "K")
    )
    (one,) = (await answered(fahrenheit)).quantities
    assert (one.value, one.unit) == (pytest.approx(18.0), "delta_degree_Fahrenheit")


async def test_a_share_is_told_in_percent_where_that_was_asked() -> None:
    result = await answered(only("split", t.asked("s1", "shares", key="cd", unit="percent"), what=t.given("x", "")))
    assert result.answer_text == "shares = 75 %"


async def test_a_mapping_without_a_key_is_told_entry_by_entry() -> None:
    result = await answered(only("split", t.asked("s1", "shares", name="share"), what=t.given("x", "")))
    assert [(one.name, one.value) for one in result.quantities] == [("share of ab", 0.25), ("share of cd", 0.75)]


async def test_a_name_is_told_as_text() -> None:
    result = await answered(only("paint", t.asked("s1", "colour"), what=t.given("ab", "")))
    assert result.answer_text == "colour = ab blue"
    assert (result.quantities[0].value, result.quantities[0].unit) == ("ab blue", "")


async def test_truth_and_lists_are_told_as_text() -> None:
    @expert
    def floats(what: Annotated[str, t.stuff]) -> Annotated[bool, t.colour]:
        """Whether it floats."""
        return True

    result = await answered(only("floats", t.asked("s1", "colour"), what=t.given("ab", "")), t.registry(floats))
    assert result.quantities[0].value == "yes"


async def test_a_default_is_shown_with_its_unit_and_its_expert() -> None:
    result = await answered(t.three_steps())
    assert result.assumptions == ("share taken as 3 (default of weigh)",)
    painted = only("paint", t.asked("s1", "colour"), what=t.given("ab", ""), length=Default(value=1.0))
    assert (await answered(painted)).assumptions == ("size taken as 1 m (default of paint)",)


async def test_a_default_of_none_is_no_assumption() -> None:
    @expert
    def maybe(
        length: Annotated[float, t.size], extra: Annotated[float | None, t.size] = None
    ) -> Annotated[float, t.size]:
        """Maybe."""
        return length

    plan = only("maybe", t.asked("s1", "size"), length=t.given(1.0), extra=Default(value=None))
    assert (await answered(plan, t.registry(maybe))).assumptions == ()


async def test_assumptions_and_warnings_of_plan_and_experts_are_all_told_once() -> None:
    plan = t.plan(
        t.step("s1", "chatty", length=t.given(1.0)),
        t.step("s2", "chatty", length=t.of("s1", "size")),
        asks=[t.asked("s2", "size")],
        assumptions=("oil is read as blorp",),
        warnings=("5 kg was not used",),
    )
    result = await answered(plan, notes=("the question was cleaned",))
    assert result.assumptions == ("oil is read as blorp", "the wind is still")
    assert result.warnings == ("the question was cleaned", "5 kg was not used", "it is foggy")


async def test_a_stated_uncertainty_is_shown_beside_the_value() -> None:
    result = await answered(
        only("weigh", t.asked("s1", "weight_kind", name="weight"), length=t.given(2.0), factor=Default(value=3.0))
    )
    assert result.answer_text == "weight = 6 kg (± 5 %)"
    assert result.quantities[0].uncertainty == 0.05


async def test_an_uncertainty_further_up_is_warned_of() -> None:
    result = await answered(t.three_steps())
    assert result.warnings == ("the answer rests on weight of weigh, which may be off by 5 %",)
    assert result.quantities[0].uncertainty is None


async def test_a_partial_answer_says_what_is_missing_and_why() -> None:
    plan = t.plan(
        t.step("s1", "double", length=t.given(2.0)),
        t.step("s2", "unlibraried", length=t.given(2.0)),
        asks=[t.asked("s1", "size"), t.asked("s2", "weight_kind", name="weight", unit="kilogram")],
    )
    result = await answered(plan)
    assert result.status == "partial"
    assert result.answer_text == "size = 4 m\nWeight could not be had: needs blorplib: pip install blorplib."
    assert [one.name for one in result.quantities] == ["size"]
    assert [(one.name, one.unit, one.why) for one in result.missing] == [
        ("weight", "kilogram", "needs blorplib: pip install blorplib")
    ]


async def test_a_refusal_gives_no_value_and_says_why() -> None:
    plan = t.plan(
        t.step("s1", "double", length=t.given(2.0)),
        t.step("s2", "refuses", length=t.given(2.0)),
        asks=[t.asked("s1", "size")],
    )
    result = await answered(plan)
    assert (result.status, result.quantities) == ("refuse_out_of_range", ())
    assert result.answer_text == "No value is given, because none would hold. A size of 2 m cannot exist."


def told(judgement: Judgement, *missing: Missing) -> Result:
    return answer(Findings("r7", QUESTION, judgement, missing=missing), t.registry())


def test_a_question_back_names_each_value_and_its_unit() -> None:
    result = told(
        Judgement("clarify", "clarify"),
        Missing(name="flow", kind="flow", unit="kilogram / second"),
        Missing(name="overall coefficient", kind="u", unit="watt / kelvin / meter ** 2", why="for the area"),
        Missing(name="stuff", kind="stuff", question="Which stuff is it?"),
    )
    assert result.answer_text == (
        "Which stuff is it? To answer this, please give: flow (in kg/s); overall coefficient (in W/K/m²), for the area."
    )
    assert len(result.missing) == 3


def test_the_planners_own_words_go_before_made_ones() -> None:
    missing = (Missing(name="flow", kind="flow"),)
    assert clarification_text("Which flow?", missing) == "Which flow?"
    assert clarification_text("", ()) == "Please say more exactly what is asked."


def test_a_unit_that_is_none_is_still_named() -> None:
    assert "flow (in blorps)" in clarification_text("", (Missing(name="flow", kind="flow", unit="blorps"),))


@pytest.mark.parametrize(
    ("judgement", "text"),
    [
        (Judgement("refuse", "out_of_domain", ("I do sizes only",)), "I do sizes only."),
        (Judgement("refuse", "out_of_domain"), "This lies outside what the installed domains can answer."),
        (Judgement("accept", "error", ("it broke",)), "The question could not be answered. It broke."),
        (Judgement("accept", "cancelled"), "The run was cancelled. `collegia resume r7` goes on with it."),
    ],
)
def test_other_ends_are_told_in_whole_sentences(judgement: Judgement, text: str) -> None:
    assert told(judgement).answer_text == text


def test_a_number_in_the_text_that_leads_to_nothing_is_marked() -> None:
    plan = t.plan(asks=[])
    found = Findings(
        "r",
        "how big?",
        Judgement("clarify", "clarify"),
        plan=plan,
        missing=(Missing(name="x", kind="x", question="Is it 42?"),),
    )
    assert answer(found, t.registry()).warnings == ("not traced to a source: 42",)


def test_a_sentence_starts_with_a_capital_and_ends_with_a_stop() -> None:
    texts = ("a b", "it is.", "why? ", "", "x is 5", "pH is 5", "step_one failed")
    assert [sentence(one) for one in texts] == ["A b.", "It is.", "Why?", "", "x is 5.", "pH is 5.", "step_one failed."]


async def test_every_number_leads_back_to_the_words_of_the_question() -> None:
    result = await answered(t.three_steps())
    found = result.evidence("weight")
    assert (found.origin, found.step, found.expert) == ("call", "s3", "add")
    assert [leaf.origin for leaf in found.leaves()] == ["question", "default"]
    assert found.leaves()[0].text == "1.5 m"
    assert found.inputs[0] is found.inputs[1], "a step used twice is one piece of evidence"
    assert found.inputs[0].source == "Table 2 of nowhere"
    assert result.evidence(0) == found
    for unknown in ("colour", 1):
        with pytest.raises(KeyError):
            result.evidence(unknown)


async def test_words_from_an_answer_are_told_from_words_of_the_question() -> None:
    plan = only(
        "double", t.asked("s1", "size"), length=t.given(2.0, "m", "2 m", start=len(QUESTION) + 1, end=len(QUESTION) + 4)
    )
    assert (await answered(plan, answers=("2 m",))).evidence("size").leaves()[0].origin == "clarification"
    assert (await answered(plan)).evidence("size").leaves()[0].origin == "question"


async def test_evidence_through_the_entry_of_a_mapping_names_its_key() -> None:
    plan = t.plan(
        t.step("s1", "split", what=t.given("abcd", "", "abcd")),
        t.step("s2", "weigh", length=t.given(4.0), factor=t.of("s1", "shares", "cd")),
        asks=[t.asked("s2", "weight_kind")],
    )
    found = (await answered(plan)).evidence("weight_kind")
    assert found.inputs[1].output == "shares[cd]"
    assert found.inputs[1].inputs[0].text == "abcd"


async def test_steps_are_reported_as_they_went() -> None:
    plan = t.plan(
        t.step("s1", "broken", length=t.given(1.0)),
        t.step("s2", "add", left=t.of("s1", "weight_kind"), right=t.of("s1", "weight_kind")),
        t.step("s3", "double", length=t.given(1.0)),
        asks=[t.asked("s3", "size")],
    )
    result = await answered(plan)
    assert [(one.id, one.status, one.error) for one in result.steps] == [
        ("s1", "failed", "float division by zero"),
        ("s2", "skipped", "it needs s1, which did not finish"),
        ("s3", "finished", ""),
    ]
    assert result.steps[0].inputs == {"length": 1.0}
    assert result.steps[2].outputs == {"size": 2.0}
