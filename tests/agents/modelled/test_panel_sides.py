"""Which answers are the same is found by rule, and where a rule could be wrong it says that it cannot tell."""

from __future__ import annotations

import pytest

from collegia.agents.panel.sides import alike, differences, sides


@pytest.mark.parametrize(
    ("question", "answers", "expected"),
    [
        ("How long is the Nile?", ("About 6650 km.", "The Nile is 6,650 km long", "4,132 miles"), "aaa"),
        ("How long is the Nile?", ("6650 km", "6400 km", "6695 km"), "abc"),
        ("How cold is it?", ("-5 °C", "It is 5 °C.", "268.15 K"), "aba"),
        ("How high is it?", ("5 MPa", "5 mPa", "5,000 kPa"), "aba"),
        ("Is it laminar or turbulent?", ("Laminar.", "It is turbulent", "laminar"), "aba"),
        ("Which is longer, the Nile or the Amazon?", ("The Nile is longer.", "The Amazon"), "ab"),
        ("Is the Nile longer?", ("Yes, it is.", "No.", "yes"), "aba"),
        ("Why?", ("Because of rain.", "because of rain", "BECAUSE of rain!"), "aaa"),
    ],
)
def test_what_is_plainly_the_same_stands_on_one_side(question: str, answers: tuple[str, ...], expected: str) -> None:
    found = sides(question, dict(enumerate(answers)))  # type: ignore[arg-type]  # any names will do
    assert found is not None
    first = {expected.index(letter) for letter in expected}
    assert sorted(side[0] for side in found) == sorted(first)  # type: ignore[type-var]  # the names are numbers here
    assert all(len({expected[int(place)] for place in side}) == 1 for side in found)


@pytest.mark.parametrize(
    ("question", "answers"),
    [
        ("What happens?", ("It rises by 5 K", "It falls by 5 K")),
        ("How long is it?", ("It is not 5 m", "It is 5 m")),
        ("How long is it?", ("5 m", "5 m if it is dry")),
        ("What is the pressure?", ("5 bar(g)", "6 bar", "5 bar")),
        ("Which is longer, the Nile or the Amazon?", ("The Nile", "The Amazon is the shorter one")),
        ("Which is longer, the Nile or the Amazon?", ("The Nile is longer than the Amazon", "The Amazon")),
        ("Is the Nile longer?", ("Yes, if its sources count", "No.")),
        ("Why does it flood?", ("The rain brings 5 m of water.", "The snow melts into 5 m of it.")),
        ("How much is it?", ("1.5", "1 5")),
        ("How long is it?", ("5 m", "I do not know")),
        ("How long is it?", ("up to 5 m", "at least 5 m")),
        ("How long is it?", ("5 m wide", "5 m high")),
        ("How hot is it?", ("300", "300 K")),
        ("How much is it?", ("10 %", "0.1")),
        ("What is the pressure?", ("5 bar", "5 bar gauge")),
        ("Can I mix them?", ("No problem, you can.", "No.")),
        ("Isn't it long?", ("Yes", "No, it is.")),
        ("Is it long?", ("Yes and no.", "Yes.")),
        ("Why?", ("Because of x.", "Because of y.")),
    ],
)
def test_what_a_rule_could_be_wrong_about_is_left_to_a_vote(question: str, answers: tuple[str, ...]) -> None:
    assert sides(question, dict(zip("abc", answers, strict=False))) is None


def test_answers_that_differ_in_a_sign_or_a_point_are_not_alike() -> None:
    assert alike({"a": "It is -5.", "b": "It is 5.", "c": "it is 5"}) == [["a"], ["b", "c"]]


def test_the_differences_are_sentences_of_the_answers_and_nothing_else() -> None:
    texts = {"A": "Air gets in. It falls below the vapour line.", "B": "It falls. There are 2.5 bar."}
    said = differences(texts, {"A": 2, "B": 1})
    assert said.splitlines() == [
        "Answer A, for which 2 stand, alone says: Air gets in. … It falls below the vapour line.",
        "Answer B, for which 1 stands, alone says: There are 2.5 bar.",
    ]
