"""Instructions in a question become rules, and an answer is held to them."""

from __future__ import annotations

import pytest

from collegia.agents.wishes import Wish, unmet, wishes


@pytest.mark.parametrize(
    ("question", "wanted"),
    [
        ("How far is it, in kPa?", {("unit", "kilopascal")}),
        ("How many kW are that?", {("unit", "kilowatt")}),
        ("Answer in m³/h to 3 significant figures, please.", {("unit", "meter ** 3 / hour"), ("digits", "3")}),
        ("Round to two decimal places.", {("decimals", "2")}),
        ("Round to the nearest integer.", {("decimals", "0")}),
        ("Say why in one sentence.", {("sentences", "1")}),
        ("Use no more than three short sentences.", {("sentences", "3")}),
        ("Explain in at most 50 words.", {("words", "50")}),
        ("Explain in fewer than 50 words.", {("words", "49")}),
        ("Explain it in fifty words or less.", {("words", "50")}),
        ("Give them as a table.", {("table", "")}),
        ("Give the causes as a bulleted list.", {("list", "")}),
        ("Just give me the number, in bar.", {("number", ""), ("unit", "bar")}),
        ("Water flows in a pipe at 60 m³/h, in series with 3 others, as in the table below.", set()),
        ("What is a sentence, and which words does the list have?", set()),
    ],
)
def test_instructions_are_read_from_a_question(question: str, wanted: set[tuple[str, str]]) -> None:
    assert {(one.sort, one.value) for one in wishes(question)} == wanted


@pytest.mark.parametrize(
    ("question", "good", "bad"),
    [
        ("in kPa", "It is 92.7 kPa at 60 m³/h.", "It is 0.927 bar."),
        ("in kPa", "It is $92.7\\ \\mathrm{kPa}$.", "It is 92.7."),
        ("to 3 significant figures", "It is 92.7 kPa at 60 m³/h.", "It is 92.69 kPa."),
        ("to 3 significant figures", "It is 93 100 Pa.", "It is 93 120 Pa."),
        ("to 3 significant figures", "It is 1.23 × 10⁵ Pa.", "It is 93 kPa."),
        ("with two decimals", "It is 1,092.69 kPa.", "It is 1,092.7 kPa."),
        ("to the nearest integer", "It is 1,093 kPa.", "It is 1,092.7 kPa."),
        ("in one sentence", "It is 92.7 kPa, e.g. Smith et al. say so.", "It is 92.7 kPa. It is high."),
        ("in two sentences", "It is 92.7 kPa. It is high.", "It is 92.7 kPa."),
        ("in at most two sentences", "It is 92.7 kPa.", "It is so. It is high. It is all."),
        ("in at most 5 words", "It is 92.7 kPa.", "It is 92.7 kPa, or so."),
        ("as a table", "| a | b |\n|---|---|\n| 1 | 2 |", "a is 1, b is 2"),
        ("as a list", "- a\n- b", "a and b"),
        ("just give the number", "**92.7 kPa**", "The loss is 92.7 kPa."),
        ("just give the number", "92.7", "none"),
    ],
)
def test_an_answer_is_held_to_what_was_asked(question: str, good: str, bad: str) -> None:
    asked = wishes(question)
    assert unmet(asked, good) == ()
    (said,) = unmet(asked, bad)
    assert said.startswith(f"asked {asked[0].text!r}: ")


def test_what_is_not_kept_to_is_told_with_what_there_is() -> None:
    asked = (Wish("unit", "kilopascal", "in kPa"), Wish("words", "3", "in 3 words"))
    assert unmet(asked, "It is 1 bar, or so.") == (
        "asked 'in kPa': no number is in kPa",
        "asked 'in 3 words': it has 6 words",
    )


def test_nothing_is_wrong_where_nothing_was_asked() -> None:
    assert unmet((), "Anything at all.") == ()
