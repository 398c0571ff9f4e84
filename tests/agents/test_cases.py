"""One question, several cases: each alternative of a list is planned as if it stood alone, or the user is asked."""

from __future__ import annotations

import pytest
from nonsense import given, propose, registry

from collegia.agents.plan import Given, Proposal
from collegia.agents.planner import TypedPlanner
from collegia.agents.reading import read
from collegia.agents.reading.cases import listed


def names(proposal: Proposal) -> list[str]:
    return [one.name for one in proposal.plan.asked]


def bound(proposal: Proposal, port: str) -> list[object]:
    """The stated values of a port, over all steps that have it."""
    return [given(step, port) for step in proposal.plan.steps if port in step.arguments]


@pytest.mark.parametrize(
    ("question", "asked", "drusks"),
    [
        ("What is the gleeb of yoop at 2 and 5 bar?", ["gleeb at 2 bar", "gleeb at 5 bar"], [2e5, 5e5]),
        ("gleeb of yoop at 2 bar and at 5 bar?", ["gleeb at 2 bar", "gleeb at 5 bar"], [2e5, 5e5]),
        (
            "Find the gleeb of yoop at drusks of 1, 2 and 5 bar.",
            ["gleeb at drusk of 1 bar", "gleeb at drusk of 2 bar", "gleeb at drusk of 5 bar"],
            [1e5, 2e5, 5e5],
        ),
        (
            "gleeb of yoop with a drusk of 2 bar and of 5 bar?",
            ["gleeb with drusk of 2 bar", "gleeb with drusk of 5 bar"],
            [2e5, 5e5],
        ),
        ("For 2 & 5 bar, what is the gleeb of yoop?", ["gleeb for 2 bar", "gleeb for 5 bar"], [2e5, 5e5]),
    ],
)
def test_a_list_of_conditions_is_answered_one_by_one(question: str, asked: list[str], drusks: list[float]) -> None:
    proposal = propose(question)
    assert proposal.status == "plan", proposal.message
    assert names(proposal) == asked
    assert bound(proposal, "drusk_value") == pytest.approx(drusks)


@pytest.mark.parametrize(
    "question",
    [
        "What is the gleeb of sniggle and of wabber at 2 bar?", "What are the gleebs of sniggle and wabber at 2 bar?",
        "gleeb of sniggle and that of wabber at 2 bar?", "At 2 bar, what is the gleeb of sniggle and wabber?",
        "What are the gleeb of sniggle and the gleeb of wabber at 2 bar?",
    ],
)  # fmt: skip
def test_what_is_stated_once_holds_for_each_of_several_things(question: str) -> None:
    proposal = propose(question)
    assert proposal.status == "plan", proposal.message
    assert bound(proposal, "what") == ["sniggle", "wabber"]
    assert bound(proposal, "drusk_value") == [2e5, 2e5]
    assert [name.split()[-1] for name in names(proposal)] == ["sniggle", "wabber"]


def test_steps_that_the_cases_share_stand_once_and_what_does_not_change_is_asked_once() -> None:
    proposal = propose("What are the morp and the snarf with a base of 3 m quax for a quax of 3 m at 2 and 5 bar?")
    assert proposal.status == "clarify"
    proposal = propose("What are the flumph and the gleeb of 5 m3 of yoop at 2 and 5 bar?")
    assert names(proposal) == ["flumph at 2 bar", "gleeb at 2 bar", "flumph at 5 bar", "gleeb at 5 bar"]
    assert [step.expert for step in proposal.plan.steps] == ["gleeb_of", "flumph_of"] * 2
    proposal = propose("What are the tolv and the gleeb of yoop at 2 and 5 bar?")
    assert names(proposal) == ["tolv", "gleeb at 2 bar", "gleeb at 5 bar"]
    assert sorted(step.expert for step in proposal.plan.steps) == ["gleeb_of", "gleeb_of", "tolv_of"]


def test_every_stated_value_leads_to_its_place_in_the_question_as_asked() -> None:
    question = "What is the flumph with a gleeb of 900 kg/m3 at snarfs of 2, 3 and 40 m3 and a vemp of 0.7?"
    proposal = propose(question)
    assert proposal.status == "plan", proposal.message
    for step in proposal.plan.steps:
        for one in step.arguments.values():
            assert isinstance(one, Given)
            assert question[one.start : one.end].split(maxsplit=1)[0] == one.text.split(maxsplit=1)[0]


@pytest.mark.parametrize(
    "question",
    [
        "What is the gleeb of yoop between 2 and 5 bar?", "What is the gleeb of yoop from 2 to 5 bar?",
        "What is the gleeb of yoop at 2 or 5 bar?", "What is the gleeb of yoop at 2 and 5 bar respectively?",
        "By what factor does the gleeb of yoop differ at 2 and 5 bar?",
        "How much more is the gleeb of yoop at 2 and 5 bar?", "What is the average gleeb of yoop at 2 and 5 bar?",
        "What is the total flumph for 2 and 5 m3 with a gleeb of 900 kg/m3?",
        "What is the gleeb of sniggle and wabber at 2 and 5 bar?",
        "What is the flumph for 2 m3 and 500 l with a gleeb of 900 kg/m3?",
        "What is the gleeb of a sniggle and wabber blend?", "What is the morp of a quax of 5 m and 7 m?",
        "What is the gleeb of yoop at the ingle and outgle drusks 2 and 5 bar?",
    ],
)  # fmt: skip
def test_what_may_be_a_pair_or_meant_together_is_asked_back(question: str) -> None:
    proposal = propose(question)
    assert proposal.status == "clarify"


def test_an_expert_that_takes_two_values_wins_over_two_cases() -> None:
    proposal = propose("What is the plen of a zob of 2 kg/s and a tolv of 4 kJ/(kg K) at 20 and 80 °C?")
    (step,) = proposal.plan.steps
    assert (given(step, "first"), given(step, "last")) == (pytest.approx(293.15), pytest.approx(353.15))


def test_an_expert_that_joins_two_things_is_not_asked_for_each_of_them() -> None:
    proposal = propose("What is the ulk of sniggle and wabber for a zob of 2 kg/s?")
    assert proposal.status == "clarify"


def test_what_every_case_lacks_is_asked_for_once_and_the_answer_goes_to_all() -> None:
    question = "What is the drusk at quaxes of 3 and 5 m?"
    proposal = propose(question)
    assert proposal.status == "clarify"
    assert [one.kind for one in proposal.missing] == ["gleeb"]
    proposal = TypedPlanner().plan(question, registry(), answers=["900 kg/m3"])
    assert proposal.status == "plan", proposal.message
    assert bound(proposal, "depth") == [3.0, 5.0]
    assert bound(proposal, "heaviness") == [900.0, 900.0]


def test_a_joining_expert_takes_no_thing_twice() -> None:
    assert propose("What is the ulk of sniggle at 2 kg/s?").status == "clarify"


@pytest.mark.parametrize(
    ("text", "cases"),
    [
        ("gleeb of yoop at 2 and 5 bar", ["gleeb of yoop at 2 bar", "gleeb of yoop at 5 bar"]),
        ("gleeb? At 2 bar and at 5 bar.", ["gleeb? At 2 bar.", "gleeb? At 5 bar."]),
        ("gleeb of sniggle, wabber and yoop?", ["gleeb of sniggle?", "gleeb of wabber?", "gleeb of yoop?"]),
        ("gleeb of sniggle? And of yoop?", ["gleeb of sniggle?", "gleeb of yoop?"]),
    ],
)
def test_a_case_is_the_question_with_one_alternative(text: str, cases: list[str]) -> None:
    found = listed(read(text, registry()))
    assert found is not None
    assert [case.text for case in found.cases] == cases
    for case in found.cases:
        kept = found.original(case, found.start, found.start + case.kept)
        assert text[kept[0] : kept[1]] in case.text
