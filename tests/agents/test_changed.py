"""Words beside a value by which it is not what its number says, and asked things that nobody knows."""

from __future__ import annotations

import pytest
from nonsense import given, propose, registry, step_of

from collegia.agents.reading import read

MORP = "What is the morp of a quax of 5 m"
FLUMPH = "What is the flumph of a snarf of 5 m3 of wabber"


@pytest.mark.parametrize(
    ("question", "phrase"),
    [
        ("What is the tolv of yoop at minus five °C?", "minus five"),
        ("What is the tolv of yoop, minus 20 °C warm, 5 below zero?", "below zero"),
        (f"{FLUMPH}, of which 10 % is left?", "left"),
        (f"{FLUMPH}, 10 % of it unfrobbed?", "unfrobbed"),
        (f"{FLUMPH}, all but 10 %?", "all but 10 %"),
        (f"{FLUMPH}, split equally?", "split"),
        (f"{FLUMPH}, mixed one-to-one?", "one-to-one"),
        (f"{FLUMPH} cooled to 80 %?", "to 80 %"),
        (f"{MORP}, formerly longer?", "formerly"),
        (f"{MORP}; it used to be longer.", "used to"),
        (f"{MORP}, sorry, I meant something else?", "sorry"),
        ("What is the plen of 2 kg/s of sniggle from 20 to 50 °C and to wibble it?", "and to wibble"),
        ("What is the plen of 2 kg/s of sniggle from 20 to 50 °C and wibble it?", "and wibble"),
        ("What is the snarf on a morp of 2 m2 that is 5 m over the quax?", "5 m over the quax"),
        (f"{MORP} longer than the other?", "5 m longer than"),
        ("What is the tolv of yoop at 5 K above 20 °C?", "5 K above 20 °C"),
        ("What is the morp of a quax of a hundred and five m?", "hundred and"),
        ("What is the snarf of a quax of 5 m on forty wibbles and a morp of 2 m2?", "forty wibbles"),
    ],
)
def test_a_word_that_changes_a_value_is_asked_about(question: str, phrase: str) -> None:
    assert phrase in read(question, registry()).loose
    assert propose(question).status == "clarify"


@pytest.mark.parametrize(
    "question",
    [
        f"{MORP}, left of the door?", f"{MORP} split to 3 wabes?".replace(" split to 3 wabes", ""),
        "What is the tolv of yoop (unchanged) at 20 °C?", "What is the gleeb of yoop at 2 bar over the hill?",
    ],
)  # fmt: skip
def test_a_word_that_changes_no_share_is_not_asked_about(question: str) -> None:
    assert read(question, registry()).loose == ()


def test_minus_in_letters_is_a_sign() -> None:
    proposal = propose("What is the tolv of yoop at minus 20 °C?")
    assert given(step_of(proposal, "tolv_of"), "warm") == pytest.approx(253.15)


def test_a_number_in_two_words_is_one_number() -> None:
    proposal = propose("What is the morp of a quax of seventy-five metres?")
    assert given(step_of(proposal, "morp_of"), "side") == 75.0


@pytest.mark.parametrize("by", ["by 5 bar", "BY 5 bar", "by another 5 bar"])
def test_the_amount_of_a_change_is_not_taken_for_where_it_leads(by: str) -> None:
    proposal = propose(f"What is the gleeb of yoop squeezed {by}?")
    assert proposal.status == "clarify"
    assert "amount of a change" in proposal.message


@pytest.mark.parametrize(
    ("question", "item"),
    [
        ("What are the gleeb, the frobozz and the tolv of yoop?", "frobozz"),
        ("Gleeb / frobozz / tolv of yoop?", "frobozz"),
        ("What are the gleeb and the inner wibble of yoop?", "inner wibble"),
        ("Gleeb of yoop and its colour?", "its colour"),
        ("(i) gleeb of yoop; (ii) its shine", "shine"),
        ("What are the gleeb and frobozz of yoop at 2 bar?", "frobozz"),
    ],
)
def test_an_asked_thing_that_is_not_understood_is_not_dropped(question: str, item: str) -> None:
    proposal = propose(question)
    assert proposal.status == "clarify"
    assert item in proposal.message


@pytest.mark.parametrize(
    "question",
    [
        "Yoop: gleeb and tolv.", "Gleeb of yoop, bar?", "What is the gleeb of yoop, please, and why?",
        "What is the gleeb of yoop and how does it come?", "Gleeb of yoop (a), in kg/m3?", "Yoop - gleeb please",
    ],
)  # fmt: skip
def test_prose_beside_an_asked_thing_is_no_asked_thing(question: str) -> None:
    proposal = propose(question)
    assert proposal.status == "plan", proposal.message


def test_values_said_as_in_and_out_are_before_and_after_in_the_unit_said_for_all() -> None:
    plen = step_of(propose("Plen of 2 kg/s of sniggle, 90 in, 40 out (all °C)?"), "plenify")
    assert given(plen, "first") == pytest.approx(363.15)
    assert given(plen, "last") == pytest.approx(313.15)


def test_words_under_one_head_name_what_they_make_with_it() -> None:
    found = [said for said in read("Quax: wee 5, wee 3 mm. morp?", registry()).said if said.measure]
    assert [min(said.kinds, key=lambda name: said.kinds[name]) for said in found] == ["small_quax"] * 2
    assert [str(said.measure.unit.text) for said in found if said.measure and said.measure.unit] == ["millimeter"] * 2


def test_a_share_that_an_unknown_word_speaks_of_is_asked_about() -> None:
    assert propose(f"{FLUMPH}, gleeb 900 kg/m3; 10 % wibbles through?").status == "clarify"
