"""Words, keys and sentences: every span reads the same in the text, whatever the text is."""

from __future__ import annotations

import re
import unicodedata

import pytest
from adversaries import failures
from hypothesis import given
from hypothesis import strategies as st

from collegia.knowledge.facets import facets
from collegia.knowledge.text import asked_words, content_words, key, related, sentences, stem, words

TEXTS = st.text(
    alphabet=st.one_of(
        st.sampled_from(list(" .!?\n-*+|#()\"'’”123aZ\t,:;")),
        st.characters(),
        st.sampled_from(["\u202e", "\0", "\ud800"]),
    ),
    max_size=200,
)


def said(text: str) -> list[str]:
    return [span.of(text) for span in sentences(text)]


@given(TEXTS)
def test_spans_of_sentences_lie_in_the_text_in_order_without_overlap(text):
    end = 0
    for span in sentences(text):
        assert end <= span.start < span.end <= len(text)
        assert span.of(text) == span.of(text).strip()
        end = span.end


@given(TEXTS)
def test_sentences_leave_out_nothing_but_white_space_and_list_marks(text):
    covered = set()
    for span in sentences(text):
        covered.update(range(span.start, span.end))
    left = "".join(" " if place in covered else letter for place, letter in enumerate(text))
    assert re.sub(r"[-*+•]|\d{1,2}[.)]", "", left).strip() == ""


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("It boils. It cools.", ["It boils.", "It cools."]),
        ("At 3.5 m it stops. Why? Rust!", ["At 3.5 m it stops.", "Why?", "Rust!"]),
        ("See e.g. the pump. It runs.", ["See e.g. the pump.", "It runs."]),
        ("Fig. 3 shows approx. 5 m. Then it ends.", ["Fig. 3 shows approx. 5 m.", "Then it ends."]),
        ("J. W. Gibbs wrote. He rested.", ["J. W. Gibbs wrote.", "He rested."]),
        ('He said "stop." She did.', ['He said "stop."', "She did."]),
        ("He waited ... and left. Bye.", ["He waited ... and left.", "Bye."]),
        ("- one item\n- two items\n", ["one item", "two items"]),
        ("1. First.\n2) Second", ["First.", "Second"]),
        ("10. Ten.\n11. Eleven.", ["Ten.", "Eleven."]),
        ("It is 5. Next.", ["It is 5.", "Next."]),
        ("para one\n\npara two", ["para one", "para two"]),
        ("| a | b |\n| c | d |", ["| a | b |", "| c | d |"]),
        ("line one\nline two", ["line one\nline two"]),
        ("", []),
        (" \n\t", []),
        ("- \n- ", []),
    ],
)
def test_sentences_are_cut_where_a_reader_would(text, parts):
    assert said(text) == parts


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Raoult's law", "raoult law"),
        ("Raoult’s Law", "RAOULT LAW"),
        ("The Wall", "wall"),
        ("Müller-Breslau", "muller breslau"),
        ("Mu\u0308ller", "Müller"),
        ("O’Neill", "oneill"),
        ("CO₂", "co2"),
        ("ﬂow", "flow"),
        ("Straße", "STRASSE"),
        ("  net  positive\nsuction ", "net positive suction"),
        ("under_scored", "under scored"),
    ],
)
def test_two_spellings_of_one_name_have_one_key(one, other):
    assert key(one) == key(other) != ""


@given(st.text(max_size=60))
def test_a_key_has_letters_figures_and_single_spaces_only(text):
    found = key(text)
    assert found == " ".join(found.split())
    assert all(one == " " or one.isalnum() for one in found)


@given(st.text(alphabet="Éüñ Aa'b\u0301", max_size=40))
def test_composed_and_decomposed_accents_have_one_key(text):
    assert key(unicodedata.normalize("NFC", text)) == key(unicodedata.normalize("NFD", text))


def test_an_article_alone_is_a_name():
    assert key("The") == "the"
    assert key("A") == "a"


def test_content_words_leave_out_what_says_nothing():
    assert content_words("What does the pump's valve do, and why isn't it shut?") == ["pump", "valve", "shut"]
    assert content_words("") == []


def test_asked_words_leave_out_how_to_answer_unless_nothing_else_is_said():
    assert asked_words("Explain the difference of surge and stall") == ["surge", "stall"]
    assert asked_words("explain the difference") == ["explain", "difference"]


def test_words_of_one_family_share_a_stem_or_their_first_letters():
    assert stem("prevented") == stem("prevents") == "prevent"
    assert related(stem("director"), stem("directed"))
    assert not related(stem("pump"), stem("pipe"))
    assert not related("ab", "abc")
    assert related("ab", "ab")


@given(st.text(max_size=80))
def test_words_stand_in_the_text(text):
    assert all(word in text for word in words(text))


@pytest.mark.parametrize(
    ("question", "parts"),
    [
        ("Why does a pump cavitate and how is water hammer prevented?", 2),
        ("What lowers NPSH, what raises pump head, and what is Raoult's law?", 3),
        ("Why does a pump cavitate?", 0),
        ("pump and valve", 0),
        ("", 0),
        ("?!;:", 0),
    ],
)
def test_a_question_has_the_parts_that_ask_for_themselves(question, parts):
    found = facets(question)
    assert len(found) == parts
    assert all(part.strip() == part and part for part in found)


@given(TEXTS)
def test_parts_of_a_question_have_its_words_only_in_its_order(question):
    asked, place = words(question), 0
    for word in (word for part in facets(question) for word in words(part)):
        assert word in asked[place:]
        place = asked.index(word, place) + 1


def test_no_more_than_six_parts_are_searched():
    assert len(facets(", ".join(f"purple widget{number}" for number in range(50)))) == 6


@pytest.mark.parametrize("function", [key, words, content_words, asked_words, facets, said])
def test_no_text_takes_more_than_its_length(function):
    assert failures(function) == []
