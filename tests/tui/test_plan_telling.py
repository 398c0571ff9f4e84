"""A plan in words: rows, head, and everything about one step."""

from __future__ import annotations

import time

import pytest
from plan_helpers import (
    DONE,
    EVERYWHENCE,
    PLAN,
    QUESTION,
    failed,
    finished,
    long_plan,
    registry,
    seen_after,
    skipped,
    started,
)
from test_hostile_text import HOSTILE

from collegia.agents.plan import Plan, Step
from collegia.agents.telling import whence_text
from collegia.events import ApprovalAsked, ApprovalGiven, PlanRejected, RunFinished, RunResumed
from collegia.tui.chat.telling import doing
from collegia.tui.plan.details import step_content
from collegia.tui.plan.lanes import Row, rows
from collegia.tui.plan.telling import head_content, known, row_content, short, state_told, time_told
from collegia.tui.view import RunView, StepView

HEAD = {"run_id": "r", "seq": 9, "at": "2026-01-01T00:00:00Z"}
CONTROLS = set(map(chr, (*range(10), *range(11, 32), 0x7F, 0x9B, 0x202E, 0x2066)))


def row_of(view: RunView, id_: str, with_types: bool = True) -> list[str]:
    about = known(view.plan, registry()) if with_types else None
    [row] = [one for one in rows({one.id: one.needs for one in view.steps}) if one.id == id_]
    step = view.step(id_)
    assert step is not None
    return row_content(row, step, view, about).plain.split("\n")


def details_of(view: RunView, id_: str, with_types: bool = True) -> str:
    step = view.step(id_)
    assert step is not None
    return step_content(step, view, known(view.plan, registry()) if with_types else None).plain


# -- rows


def test_a_step_that_waits_says_so_and_what_it_needs() -> None:
    view = seen_after()
    assert row_of(view, "s1") == ["○ s1 twice", "│ waiting"]
    assert row_of(view, "s2") == ["○ s2 weigh ← s1", "  waiting"]


def test_a_step_at_work_and_one_that_is_done_with_its_value_and_unit() -> None:
    view = seen_after(*DONE[:3])
    assert row_of(view, "s1") == ["● s1 twice", "│ done · 4 m !"]
    assert row_of(view, "s2") == ["◐ s2 weigh ← s1", "  running"]


def test_a_value_comes_with_the_time_it_took() -> None:
    assert row_of(seen_after(*DONE), "s2") == ["● s2 weigh ← s1", "  done 0.2 s · 4200 kg"]


def test_a_step_that_failed_says_why_and_one_that_is_skipped_too() -> None:
    view = seen_after(
        started("s1", "twice"), failed("s1", "twice", "no wood"), skipped("s2", "weigh", "it needs s1, which did not")
    )
    assert row_of(view, "s1") == ["✗ s1 twice", "│ failed · NoData: no wood"]
    assert row_of(view, "s2") == ["– s2 weigh ← s1", "  skipped · it needs s1, which did not"]


def test_a_second_call_is_counted() -> None:
    view = seen_after(started("s1", "twice"), failed("s1", "twice", "x"), started("s1", "twice"))
    assert row_of(view, "s1") == ["◐ s1 twice", "│ running · call 2 · NoData: x"]


def test_several_values_are_told_by_their_names_and_only_those_that_something_rests_on() -> None:
    view = seen_after(finished("s1", "twice", {"length": 4.0, "more": 5.0}))
    assert row_of(view, "s1")[1] == "│ done · 4 m"
    assert row_of(view, "s1", with_types=False)[1] == "│ done · length 4.0, more 5.0"


def test_once_the_run_has_ended_nothing_waits_or_runs_any_more() -> None:
    view = seen_after(started("s1", "twice"), RunFinished(**HEAD, status="cancelled"))
    assert row_of(view, "s1") == ["◌ s1 twice", "│ stopped"]
    assert row_of(view, "s2") == ["○ s2 weigh ← s1", "  not run"]


@pytest.mark.parametrize("ended", [False, True])
def test_no_two_states_have_the_same_word_or_only_another_colour(ended: bool) -> None:
    states = ("waiting", "running", "finished", "failed", "skipped")
    told = [state_told(StepView("s", "e", state=state), ended=ended)[:2] for state in states]
    assert len({word for _, word in told}) == len({sign for sign, _ in told}) == len(states)


def test_the_head_counts_the_steps_and_tells_what_was_turned_down() -> None:
    assert head_content(seen_after(*DONE[:2])).plain == "Plan · 1 of 2 steps"
    assert head_content(RunView()).plain == "Plan\nThe steps of a question stand here, as they are worked on."
    assert head_content(RunView(phase="planning")).plain == "Plan\nPlanning…"
    assert head_content(RunView(phase="ended")).plain == "Plan\nThere is no plan."
    turned = seen_after(PlanRejected(**HEAD, round=0, findings=("no such expert",)))
    assert head_content(turned).plain == "Plan · 0 of 2 steps\n! no such expert"


def test_a_plan_of_a_later_round_is_told_as_that() -> None:
    from plan_helpers import planned

    from collegia.tui.view import past

    view = past([*planned(), *planned(round_=1)[1:]])
    assert head_content(view).plain == "Plan · 0 of 2 steps · plan 2"


def test_time_is_told_in_the_unit_that_fits() -> None:
    assert [time_told(one) for one in (0.0, 0.0004, 0.04, 0.14, 12.34)] == ["", "0.4 ms", "40.0 ms", "0.1 s", "12.3 s"]


def test_a_text_is_one_line_and_not_endless() -> None:
    assert short("a\n b\tc") == "a b c"
    assert short("x" * 200) == "x" * 160 + "…"


def test_a_plan_that_cannot_be_read_any_more_is_told_without_units() -> None:
    assert known({}, registry()) is None
    assert known({"steps": [{"id": "s1"}]}, registry()) is None
    assert known(PLAN.model_dump(mode="json"), None) is not None


def test_a_step_whose_expert_is_not_installed_is_told_without_units() -> None:
    plan = Plan(steps=(Step(id="s1", expert="gone", arguments={}),))
    view = seen_after(finished("s1", "gone", {"x": 1.0}), plan=plan)
    assert row_of(view, "s1") == ["● s1 gone", "  done · 1"]
    assert "s1  gone" in details_of(view, "s1")


def test_approval_is_a_phase_and_an_edited_plan_takes_the_place_of_the_first() -> None:
    view = seen_after(ApprovalAsked(**HEAD, round=0, why="always"))
    assert view.phase == "approving"
    assert doing(view, 1.0).startswith("waiting for your word on the plan")
    edited = PLAN.model_copy(update={"steps": PLAN.steps[:1]}).model_dump(mode="json")
    given = ApprovalGiven(**HEAD, round=0, verdict="edited", plan=edited, changes=("less",))
    after = seen_after(ApprovalAsked(**HEAD, round=0, why="always"), given)
    assert (after.phase, [one.id for one in after.steps], after.plan) == ("checking", ["s1"], edited)
    approved = ApprovalGiven(**HEAD, round=0, verdict="approved")
    assert len(seen_after(approved).steps) == 2


# -- one step


def test_before_it_is_called_a_step_shows_what_is_there_and_what_is_not() -> None:
    told = details_of(seen_after(), "s2")
    assert "○ waiting" in told
    assert "not there yet\n      from step s1.length" in told
    assert "oak\n      from the question: “oak”" in told
    assert "1.5 m\n      from default of the expert" in told
    assert "Outputs" not in told


def test_a_value_of_another_step_is_shown_as_soon_as_it_is_there() -> None:
    assert "4 m\n      from step s1.length" in details_of(seen_after(*DONE[:2]), "s2")


def test_a_step_that_is_done_shows_everything() -> None:
    told = details_of(seen_after(*DONE), "s1")
    for part in (
        "● done", "Twice a length.", "2 m\n      from the question: “2 m”", "holds for > 0 and ≤ 100 m",
        "4 m\n      to s2.size", "Warnings\n  ! it is wet", "Assumptions\n  · no knots", "Valid\n  dry wood only",
        "Source\n  Table 1 of nowhere",
    ):  # fmt: skip
        assert part in told, part
    assert "asked: mass" in details_of(seen_after(*DONE), "s2")
    assert "done in 0.2 s" in details_of(seen_after(*DONE), "s2")


def test_what_an_earlier_call_said_is_kept_beside_what_came_of_the_last() -> None:
    tried = (started("s1", "twice"), failed("s1", "twice", "no wood"), RunResumed(**HEAD), *DONE[:2])
    told = details_of(seen_after(*tried), "s1")
    assert ", 2 calls" in told
    assert "Retries\n  1. NoData: no wood" in told
    last = details_of(seen_after(started("s1", "twice"), failed("s1", "twice", "no wood")), "s1")
    assert "Why\n  ! NoData: no wood" in last
    assert "Retries" not in last


def test_a_plan_that_cannot_be_read_shows_what_events_tell() -> None:
    told = details_of(seen_after(*DONE), "s2", with_types=False)
    assert "4200.0" in told
    assert "Source" not in told


def test_a_value_that_was_not_given_is_told_as_that() -> None:
    assert "not given" in details_of(seen_after(started("s1", "twice", size=None)), "s1")


@pytest.mark.parametrize(
    ("kind", "words"),
    {
        "given": "the question: “2 m”",
        "answered": "your answer: “3 m”",
        "approved": "your word at approval: “4 m”, instead of “2 m”",
        "remembered": "remembered, said on 2026-01-02: “the beam is 2 m”",
        "cited": "document beams: “A beam has 2 m.”",
        "default": "default of the expert",
        "step": "step s1.length",
        "gathered": "steps s1.length, s2.mass",
    }.items(),
)
def test_every_binding_says_where_it_is_from(kind: str, words: str) -> None:
    binding = EVERYWHENCE[kind]
    assert whence_text(binding, QUESTION) == words
    plan = Plan(steps=(*PLAN.steps, Step(id="s3", expert="weigh", arguments={"size": binding})))
    assert f"from {words}" in details_of(seen_after(plan=plan), "s3")


def test_words_of_a_planner_say_so() -> None:
    from collegia.agents.plan import Given, Worded

    assert whence_text(Worded(value="what is oak?"), QUESTION) == "words of the planner"
    assert whence_text(Given(value=1.0), QUESTION) == "the question"


# -- text that would like to be more


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_hostile_text_in_a_run_is_shown_as_text(text: str) -> None:
    plan = Plan(steps=(Step(id="s1", expert="gone", arguments={text: EVERYWHENCE["default"]}),))
    events = (
        started("s1", text), failed("s1", text, text), started("s1", text),
        finished("s1", text, {text: text}, inputs={text: text}, cautions=(text,), assumptions=(text,)),
        skipped(text, text, text), PlanRejected(**HEAD, round=0, findings=(text,)),
    )  # fmt: skip
    view = seen_after(*events, plan=plan)
    about = known(view.plan, registry())
    told = head_content(view).plain
    for row in rows({one.id: one.needs for one in view.steps}):
        step = view.step(row.id)
        assert step is not None
        told += row_content(row, step, view, about).plain + step_content(step, view, about).plain
    assert not set(told) & CONTROLS
    if text.startswith("[bold red]"):
        assert "[bold red]x[/]" in told


def test_a_megabyte_in_every_field_takes_no_time() -> None:
    much = "x" * 1_000_000
    view = seen_after(
        started("s1", "twice", size=much), failed("s1", "twice", much),
        finished("s1", "twice", {"length": much}, inputs={"size": much}, cautions=(much,), assumptions=(much,)),
    )  # fmt: skip
    step = view.step("s1")
    assert step is not None
    began = time.thread_time()
    row = row_content(Row("s1", "", "", "│"), step, view, known(view.plan, registry()))
    told = step_content(step, view, known(view.plan, registry()))
    assert time.thread_time() - began < 1
    assert len(row) < 400
    assert len(told) < 40_000
    assert "more characters" in told.plain


def test_a_step_of_a_long_plan_is_told_as_fast_as_of_a_short_one() -> None:
    view = seen_after(plan=long_plan(60))
    about = known(view.plan, registry())
    began = time.thread_time()
    for row in rows({one.id: one.needs for one in view.steps}):
        step = view.step(row.id)
        assert step is not None
        row_content(row, step, view, about)
    assert time.thread_time() - began < 0.1
