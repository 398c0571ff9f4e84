"""Two things asked at once: by "both", by "versus", as a ratio of two values; and values that hold elsewhere."""

from __future__ import annotations

from typing import Annotated

import pytest
from nonsense import FUNCTIONS, frim, given, lorn, propose, quax, step_of

from collegia.tools import At, Kind, expert

zaff_over = Kind("zaff_over", "", names=("zaff/zaff", "z/z"))
wabe_cost = Kind("wabe_cost", "USD", names=("estimate",))


@expert
def zaff_quotient(
    lorn_value: Annotated[float, lorn],
    below: Annotated[float, frim, At("start")],
    above: Annotated[float, frim, At("end")],
) -> Annotated[float, zaff_over]:
    """Zaff at one frim over the zaff at another."""
    return lorn_value * above / below


@expert
def wabe_cost_of(side: Annotated[float, quax]) -> Annotated[float, wabe_cost]:
    """What a wabe costs."""
    return side


@pytest.mark.parametrize(
    "question",
    [
        "A morp or a wug? Give both for a quax of 3 m.",
        "What is a morp, and what is a wug? Compare both for a quax of 3 m.",
        "How does a morp differ from a wug? Both for a quax of 3 m.", "morp versus wug for a quax of 3 m?",
        "quax 3 m: morp vs wug", "Morp of a quax of 3 m versus wug?",
    ],
)  # fmt: skip
def test_each_of_two_things_is_answered(question: str) -> None:
    proposal = propose(question)
    assert proposal.status == "plan", proposal.message
    assert [one.kind for one in proposal.plan.asked] == ["morp", "wug"]


@pytest.mark.parametrize("question", ["Compare both for a quax of 3 m.", "It is long. Give both for a quax of 3 m."])
def test_both_of_nothing_is_asked_back(question: str) -> None:
    assert propose(question).status == "clarify"


def test_a_value_of_both_is_not_taken_for_one_of_them_alone() -> None:
    proposal = propose("Sniggle and yoop, both at 2 bar: gleeb of sniggle and of yoop?")
    assert proposal.status == "clarify"


@pytest.mark.parametrize(
    ("question", "above", "below"),
    [
        ("Zaff(350 K)/zaff(330 K) with a lorn of 5 J/mol?", 350, 330),
        ("With a lorn of 5 J/mol, what is z(330 K) / z(350 K)?", 330, 350),
        ("lorn 5 J/mol: the ratio of zaff at 350 K to that at 330 K?", 350, 330),
        ("zaff at 330 K over zaff at 350 K, lorn 5 J/mol", 330, 350),
        ("How many times larger is zaff at 350 K than at 330 K for a lorn of 5 J/mol?", 350, 330),
    ],
)
def test_what_stands_above_in_a_ratio_stays_above(question: str, above: float, below: float) -> None:
    proposal = propose(question.replace("Zaff(", "zaff("), *FUNCTIONS, zaff_quotient)
    assert proposal.status == "plan", proposal.message
    step = step_of(proposal, "zaff_quotient")
    assert (given(step, "above"), given(step, "below")) == (above, below)


@pytest.mark.parametrize(
    "question", ["gleeb(2 bar)/gleeb(5 bar) of yoop?", "Gleeb at 2 bar over gleeb at 5 bar, yoop?"]
)
def test_a_ratio_that_no_vocabulary_knows_is_asked_back(question: str) -> None:
    assert propose(question).status == "clarify"


@pytest.mark.parametrize(
    "question",
    [
        "Yoop at 5 bar cools on the way. What is its gleeb at the trap?", "Yoop at 5 bar. Gleeb after the trap?",
        "Yoop at 5 bar is throttled before the trap. Gleeb at the trap?",
        "Yoop at 5 bar, which thickens in the wabe. What is the gleeb there?",
        "Yoop leaves at 5 bar and heats up. What is its gleeb at the far end?",
    ],
)  # fmt: skip
def test_a_value_that_need_not_hold_where_it_is_asked_is_asked_back(question: str) -> None:
    assert propose(question).status == "clarify"


@pytest.mark.parametrize(
    "question",
    [
        "Yoop at 5 bar cools something. What is its gleeb?",
        "2 kg/s of sniggle is cooled from 50 to 20 °C in the trap. What is the plen in the trap?",
    ],
)
def test_a_change_that_touches_no_asked_value_or_that_a_step_follows_is_no_doubt(question: str) -> None:
    assert propose(question).status == "plan"


def test_the_word_that_asks_is_no_asked_name() -> None:
    proposal = propose("Estimate the morp of a quax of 3 m.", *FUNCTIONS, wabe_cost_of)
    assert [one.kind for one in proposal.plan.asked] == ["morp"]
