"""Typed relations in sentences: what is stated is found, what is denied, asked or supposed is not."""

from __future__ import annotations

import pytest
from adversaries import failures
from hypothesis import given
from hypothesis import strategies as st

from collegia.knowledge.relations import relations


def told(text: str) -> list[tuple[str, str, str]]:
    return [(one.subject, one.verb, one.object) for one in relations(text)]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Rust causes leaks.", [("Rust", "causes", "leaks")]),
        ("Leaks are caused by rust.", [("Leaks", "caused by", "rust")]),
        ("Paint stops leaks due to rust.", [("Paint", "prevents", "leaks")]),
        ("A leak can be prevented by paint.", [("leak", "prevented by", "paint")]),
        ("Flow is strongly reduced by rust.", [("Flow", "lowered by", "rust")]),
        ("The flow depends mainly on the bore.", [("flow", "depends on", "bore")]),
        ("Plain law is corrected by true factors.", [("Plain law", "corrected by", "true factors")]),
        ("Factors explain the gap.", [("Factors", "explains", "gap")]),
        ("Rust may cause leaks.", [("Rust", "causes", "leaks")]),
        ("Rust (old or new) causes leaks (slow ones).", [("Rust", "causes", "leaks")]),
        ("*Rust* causes **leaks**.", [("Rust", "causes", "leaks")]),
        ("Rust makes leaks worse.", [("Rust", "worsens", "leaks")]),
        ("Leaks are worse in winter.", [("Leaks", "worse in", "winter")]),
        ("Widgets fill when a gate lowers the head.", [("gate", "lowers", "head")]),
        ("A slip is a form of creep.", [("slip", "is a", "creep")]),
        ("Warming the oil lowers its drag.", [("Warming the oil", "lowers", "drag")]),
        ("Rust raises the drag 1.9 times.", [("Rust", "raises", "drag")]),
        ("Loss of power or of light causes panic.", [("Loss of power or of light", "causes", "panic")]),
    ],
)
def test_a_statement_gives_a_relation(text, found):
    assert told(text) == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Rust, frost and age cause leaks.", [("Rust", "leaks"), ("frost", "leaks"), ("age", "leaks")]),
        ("Leaks are caused by rust, frost or age.", [("Leaks", "rust"), ("Leaks", "frost"), ("Leaks", "age")]),
        ("Rust causes leaks and noise.", [("Rust", "leaks"), ("Rust", "noise")]),
        ("Rust causes leaks and lowers the flow.", [("Rust", "leaks"), ("Rust", "flow")]),
        ("A valve or a pump causes noise.", [("valve", "noise"), ("pump", "noise")]),
        ("Rust causes leaks, because salt lowers the pH.", [("Rust", "leaks"), ("salt", "pH")]),
        ("A larger or shorter pipe causes noise.", [("shorter pipe", "noise")]),
    ],
)
def test_lists_and_second_verbs_give_a_relation_each(text, found):
    assert [(left, right) for left, _, right in told(text)] == found


@pytest.mark.parametrize(
    "text",
    [
        "Rust does not cause leaks.", "Rust never causes leaks.", "No rust causes leaks.", "Rust won’t cause leaks.",
        "Leaks hardly depend on rust.", "Rust fails to cause leaks.", "It is not true that rust causes leaks.",
        "Neither rust nor frost causes leaks.", "Rust causes no leaks.", "Does rust cause leaks?",
        "If rust causes leaks, paint it.", "Paint unless rust causes leaks.", "It causes them.", "This causes that.",
        "Causes leaks.", "Rust causes.", "Rust causes rust.", "", "The causes of leaks are many.",
        "A valve that closes too far causes leaks.", "Rust is a cause of leaks.", "Guards against slow harm help.",
        "Paint prevents rust from spreading.", "Flow causes grains to settle.", "| rust | causes | leaks |",
        "To raise a flow, open it.", "Open the gate to raise a flow.", "Noise rises steeply.",
    ],
)  # fmt: skip
def test_what_is_denied_asked_supposed_or_unclear_gives_none(text):
    assert told(text) == []


@pytest.mark.parametrize(
    ("text", "not_a_verb"),
    [
        ("Fast closing of a control valve causes noise.", "sets"),
        ("Salt raises the drag, because a lower flow costs power.", "lowers"),
        ("Cooling fans need speed control at night.", "sets"),
        ("Gauges at low feed rates cause noise.", "feeds"),
    ],
)
def test_a_noun_that_is_spelt_as_a_verb_is_a_noun(text, not_a_verb):
    assert told(text)
    assert not_a_verb not in {verb for _, verb, _ in told(text)}


def test_a_denial_in_another_clause_denies_nothing_else():
    assert told("Surge is a variant of slip in which the belts do not break.") == [("Surge", "is a", "slip")]
    assert told("Rust causes leaks, because paint no longer holds.") == [("Rust", "causes", "leaks")]


def test_the_span_is_that_of_the_sentence():
    text = "- First, a fact.\n- Rust causes leaks.\n\nAn end."
    (one,) = relations(text)
    assert text[one.start : one.end] == "Rust causes leaks."
    assert 0 < one.confidence < 1
    assert one.origin == "text"


WORDS = st.lists(
    st.sampled_from(
        "rust leaks the a of and or , . ; ( ) causes cause lowers is are caused by prevented not that which because "
        "control valve may \n - * _ | 1.5 ? control's \u202e \0 \ud800".split(" ")
    ),
    max_size=30,
)


@given(WORDS)
def test_any_words_give_whole_relations_within_the_text(parts):
    text = " ".join(parts)
    for one in relations(text):
        assert 0 <= one.start < one.end <= len(text)
        assert one.subject.strip() == one.subject != ""
        assert one.object.strip() == one.object != ""
        assert one.subject.casefold() != one.object.casefold()
        assert len(one.subject.split()) <= 8 >= len(one.object.split())


def test_a_sentence_without_end_is_left_alone():
    assert told("rust causes leaks and " * 100) == []


def test_no_text_takes_more_than_its_length_to_relate():
    assert failures(lambda text: list(relations(text))) == []
    assert failures(lambda text: list(relations("\n\n".join([text[:590]] * 80)))) == []
