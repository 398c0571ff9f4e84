"""Words of prose that change what is asked: they are asked about as classes, whatever they stand beside."""

from __future__ import annotations

import pytest
from nonsense import propose, registry

from collegia.agents.reading import read

MORP = "What is the morp of a quax of 5 m"


@pytest.mark.parametrize(
    ("question", "phrase"),
    [
        ("What is the morp of twice a quax of 5 m?", "twice a"),
        ("What is the morp if the quax of 5 m is halved?", "halved"),
        ("What is the morp of two thirds of a quax of 5 m?", "two thirds"),
        ("What is a third of the morp of a quax of 5 m?", "third of"),
        ("What is the morp of a half-gone quax of 5 m?", "half"),
        ("What is the morp of a dozen quaxes of 5 m?", "dozen quaxes"),
        ("What is the morp of quaxes of 5 m, 3 of them?", "3 of them"),
        ("What is the morp of quaxes of 5 m in series?", "in series"),
        ("What is the morp of a tenfold quax of 5 m?", "tenfold quax"),
        (f"{MORP} reduced by 10 %?", "by 10 %"),
        (f"{MORP}, 10 % more?", "10 % more"),
        ("What is the morp of 10 % of 5 m quax?", "10 % of"),
        (f"{MORP} each?", "5 m each"),
        (f"{MORP}, unless it grows?", "unless"),
        (f"{MORP} as before?", "as before"),
        (f"{MORP}, but only from the second day?", "only from"),
        (f"{MORP}, deferred by a year?", "deferred"),
        (f"{MORP}, the latter one?", "the latter"),
        (f"{MORP}, otherwise nothing?", "otherwise"),
        ("What is the morp of a quax that is not 5 m?", "not 5 m"),
        ("What is the gleeb of anything except yoop?", "except yoop"),
        ("What is the gleeb of yoop rather than that of wabber?", "rather than that of wabber"),
        ("What is the gleeb of yoop and frobozz?", "and frobozz"),
        ("What is the gleeb of frobozz and yoop?", "frobozz and"),
        ("What is the tolv of yoop at 5 K above its frim?", "5 K above its frim"),
    ],
)
def test_a_word_that_changes_the_question_is_asked_about(question: str, phrase: str) -> None:
    proposal = propose(question)
    assert proposal.status == "clarify"
    assert phrase in read(question, registry()).loose or phrase in proposal.message


@pytest.mark.parametrize(
    "question",
    [
        f"{MORP}?", f"{MORP} or so?", f"{MORP}, and explain it.", f"{MORP} if nothing else is known?",
        f"If {MORP[8:]}, what is it?".replace("the morp of a quax of 5 m", "the quax is 5 m") + " morp?",
        "The quax is 5 m. What is the morp? Not more than that is wanted.",
        "What is the gleeb of yoop and how is it found?",
        "What is the pith with a crust of 3 m2K/W on each side?",
        "I do not know: what is the morp? The quax is 5 m.",
    ],
)  # fmt: skip
def test_plain_prose_is_not_asked_about(question: str) -> None:
    assert read(question, registry()).loose == ()
    proposal = propose(question)
    assert proposal.status == "plan", proposal.message


@pytest.mark.parametrize(
    "way",
    ["from 20 to 50 and 80 °C", "from 20 °C to 50 °C, then to 80 °C", "20 → 50 → 80 °C", "from 20 to 50 to 80 °C"],
)
def test_of_a_way_with_three_points_no_part_is_taken_silently(way: str) -> None:
    proposal = propose(f"What is the plen of 2 kg/s of sniggle brought {way}?")
    assert proposal.status == "clarify"
    assert "80 °C" in proposal.message


@pytest.mark.parametrize(
    "question",
    [
        "What is the gleeb of yoop at 2 bar and the dwine share of sniggle in yoop at 5 bar?",
        "What is the tolv of yoop at 20 °C and the tolv of yoop at 80 °C, and its gleeb?",
    ],
)
def test_a_value_for_each_of_two_asked_ones_is_not_given_to_the_other(question: str) -> None:
    assert propose(question).status == "clarify"


@pytest.mark.parametrize("numbers", ["at 2, 5 bar", "at 2; 5 bar", "of 2 and of 5 bar"])
def test_a_bare_number_beside_a_value_is_not_passed_over(numbers: str) -> None:
    proposal = propose(f"What is the gleeb of yoop {numbers}?")
    assert proposal.status == "clarify" or len(proposal.plan.asked) == 2


@pytest.mark.parametrize("things", ["mumb and of yoop", "yoop and of mumb"])
def test_an_ambiguous_thing_is_not_answered_with_the_value_of_the_one_beside_it(things: str) -> None:
    proposal = propose(f"What is the gleeb of {things} at 2 bar?")
    assert proposal.status == "clarify"
    assert "Which mumb is meant" in proposal.message
