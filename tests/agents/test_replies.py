"""Answers to questions back that state no value: they settle what the question was about, and nothing else."""

from __future__ import annotations

import pytest
from nonsense import given, propose, registry, step_of

from collegia.agents.plan import Default, Proposal
from collegia.agents.planner import TypedPlanner
from collegia.agents.planner.replies import About, reply_to

UNPLACED = "What is the flumph of a snarf of 5 m3, gleeb 900 kg/m3, 80 %?"
LEFT_OVER = "What is the morp of a quax of 5 m (it was 7 m last year)?"
WORD = "What is the morp of twice a quax of 5 m?"


def answered(question: str, *answers: str) -> Proposal:
    return TypedPlanner().plan(question, registry(), answers=answers)


@pytest.mark.parametrize(
    "answer",
    [
        "leave it out", "Leave it out, please.", "ignore it", "Ignore that.", "drop it", "just skip it",
        "it does not matter", "It doesn't matter", "not needed", "never mind", "leave 7 m out", "ignore the 7 m",
    ],
)  # fmt: skip
def test_a_value_that_is_to_be_left_out_is_left_out_and_the_plan_says_so(answer: str) -> None:
    assert propose(LEFT_OVER).status == "clarify"
    proposal = answered(LEFT_OVER, answer)
    assert proposal.status == "plan", proposal.message
    assert given(step_of(proposal, "morp_of"), "side") == 5.0
    assert any("7 m" in text and "left out" in text for text in proposal.plan.warnings)


def test_a_word_that_is_to_be_left_out_is_left_out() -> None:
    proposal = answered(WORD, "ignore it")
    assert proposal.status == "plan", proposal.message
    assert any("twice" in text for text in proposal.plan.warnings)


def test_a_value_that_may_be_of_a_kind_is_so_by_a_yes_and_not_by_a_no() -> None:
    assert "is it the vemp" in propose(UNPLACED).message
    taken = answered(UNPLACED, "yes")
    assert given(step_of(taken, "flumph_of"), "vempishness") == 0.8
    refused = answered(UNPLACED, "no")
    assert refused.status == "clarify"
    assert "is it the vemp" not in refused.message
    dropped = answered(UNPLACED, "no", "leave it out")
    assert step_of(dropped, "flumph_of").arguments["vempishness"] == Default(value=0.5)


def test_of_two_that_were_named_the_one_in_the_answer_stands() -> None:
    question = "What is the ulk, frob-wise and gnar-wise, of 2 kg/s sniggle and 3 kg/s wabber?"
    first = propose(question)
    assert "Which one is meant" in first.message
    proposal = answered(question, "gnar-wise")
    assert proposal.status == "plan", proposal.message
    assert given(step_of(proposal, "join"), "manner") == "gnar"


@pytest.mark.parametrize("answer", ["yes", "no", "ok", "", "hm", "leave", "what?"])
def test_a_reply_that_settles_nothing_leaves_the_question_open(answer: str) -> None:
    assert answered("What is the plen of a zob of 2 kg/s, tolv 4 kJ/kgK, frim 20 °C?", answer).status == "clarify"
    if answer != "leave":
        assert answered(LEFT_OVER, answer).status == "clarify"


def test_an_answer_that_states_a_value_is_no_reply() -> None:
    about = About(((0, 3),), "frim")
    assert reply_to("no, it is 5 m", about, "7 m") is None
    assert reply_to("yes, at 20 °C", about, "7 m") is None
    assert reply_to("leave 8 m out", about, "7 m") is None
    assert reply_to("yes", None, "7 m") is None


def test_places_of_later_answers_stay_what_they_are() -> None:
    question = "What is the drusk, the quax was 7 m and 7 kg?"
    proposal = answered(question, "900 kg/m3", "ignore 7 kg")
    assert proposal.status == "plan", proposal.message
    bound = step_of(proposal, "drusk_under").arguments["heaviness"]
    assert f"{question} ; 900 kg/m3"[bound.start : bound.end] == "900 kg/m3"  # type: ignore[union-attr]  # it is given
