"""What a result looks like as text."""

from __future__ import annotations

import pytest

from collegia.agents.plan import Asked, Default, FromStep, Given, Missing, Plan, Step
from collegia.agents.result import Quantity, Result, StepReport
from collegia.agents.telling import missing_lines
from collegia.cli.render import print_plan, print_result

PLAN = Plan(
    steps=(
        Step(
            id="s1", expert="blim", arguments={"grum": Given(value=2.0, unit="m", text="2 m"), "wide": Default(value=1)}
        ),
        Step(id="s2", expert="zonk", arguments={"blim": FromStep(step="s1", output="blim", key="left")}),
    ),
    asked=(Asked(name="zonk", kind="zonk", source=FromStep(step="s2", output="zonk")),),
    assumptions=("the grum is at rest",),
)

STEPS = (
    StepReport(
        id="s1",
        expert="blim",
        status="finished",
        inputs={"grum": 2.0, "wide": 1, "unset": None, "mixture": [["a", 0.25], ["b", 0.75]]},
        outputs={"blim": {"left": 101325.4321, "right": 1.5}, "beside": 7.0},
        evidence={"grum": {"origin": "question", "text": "2 m"}, "wide": {"origin": "default", "text": "1"}},
        source="the book",
    ),
    StepReport(id="s2", expert="zonk", status="failed", error="no zonk today", evidence={"blim": {"origin": "call"}}),
)


@pytest.fixture
def shown(capsys):
    def show(**fields):
        usual = {"run_id": "r", "status": "partial", "answer_text": "the answer", "plan": PLAN, "steps": STEPS}
        print_result(Result(**{**usual, **fields}), None)
        return capsys.readouterr().out

    return show


def test_the_answer_comes_before_everything_else(shown):
    text = shown(assumptions=("an assumption",), warnings=("a warning",), citations=("a document",))
    order = ["the answer", "s1", "an assumption", "a warning", "the book", "a document"]
    assert [text.index(part) for part in order] == sorted(text.index(part) for part in order)


def test_an_input_says_where_it_came_from(shown):
    text = shown()
    assert "grum 2 (“2 m”)" in text
    assert "wide 1 (default)" in text
    assert "mixture a 0.25, b 0.75" in text
    assert "unset" not in text


def test_only_outputs_that_something_rests_on_are_shown(shown):
    text = shown()
    assert "left 101325" in text
    assert "beside" not in text


def test_a_failed_step_says_why(shown):
    assert "failed: no zonk today" in shown()


def test_a_result_without_text_says_its_status(shown):
    assert shown(answer_text="", status="cancelled", steps=()).startswith("The run is cancelled.")


def test_long_text_is_wrapped_and_never_cut(shown):
    words = " ".join(f"word{number}" for number in range(80))
    step = StepReport(id="s1", expert="blim", status="failed", error=words)
    text = shown(steps=(step,))
    assert "…" not in text
    assert all(f"word{number}" in text for number in range(80))


def test_what_is_missing_is_named_with_unit_and_reason():
    assert missing_lines((Missing(name="flob", kind="flob", unit="meter", why="no flob is given"),)) == (
        "flob in meter: no flob is given",
    )
    assert missing_lines((Missing(name="flob", kind="flob"),)) == ("flob",)


def test_missing_values_are_listed_unless_the_question_back_names_them(shown):
    missing = (Missing(name="flob", kind="flob"),)
    assert "Missing\n  flob" in shown(missing=missing, quantities=(Quantity(name="a", value=1.0, step="s1"),))
    assert "Missing" not in shown(missing=missing, status="clarify", steps=())


def test_a_plan_shows_each_binding_and_what_answers(capsys):
    print_plan(PLAN, None)
    text = capsys.readouterr().out
    assert "grum 2 (“2 m”)" in text
    assert "blim from s1.blim[left]" in text
    assert "zonk: s2.zonk" in text
    assert "the grum is at rest" in text
