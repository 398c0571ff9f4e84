"""Which parts of a question ask for words: found by plain English alone, each by its place in the question."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from collegia.agents.planner.wording import blanked, clauses, wants_number


def said(question: str) -> list[tuple[str, bool]]:
    return [(question[one.start : one.end].strip(" ,.;"), one.sure) for one in clauses(question)]


@pytest.mark.parametrize(
    "question",
    [
        "Why does a zob frim?", "How does a zob frim?", "Explain the frim of zobs.", "What happens when a zob frims?",
        "What is the difference between a zob and a frim?", "When should a zob be frimmed?", "How come zobs frim?",
        "Tell me about zobs.", "Give a rule of thumb for zobs.", "Zobs frim: say why.", "WHY DO ZOBS FRIM",
        "what causes frim",
        "What are the main reasons for frim?", "Trace what a zob does to a frim.", "How dangerous is a zob?",
        "How strongly does the zob act on a frim?", "What limits the zob?", "What is happening to the zob?",
        "The zob tripped. What could happen?",
    ],
)  # fmt: skip
def test_a_question_for_words_is_told_by_its_own_words(question):
    assert [sure for _, sure in said(question)][-1] is True


@pytest.mark.parametrize(
    "question",
    [
        "How much does a zob weigh?", "How far does the zob fall?", "How many zobs are there?", "How hot is the frim?",
        "Compute the zob of 3 m.", "The zob is 3 m, the frim 4 K; zob?", "Zob for a frim of 4 K", "",
    ],
)  # fmt: skip
def test_a_question_for_a_number_is_none_for_words(question):
    assert not [part for part, sure in said(question) if sure]


@pytest.mark.parametrize(
    "question", ["What is the zob of the frim?", "Which zob is it?", "Is the zob open?", "Define zob."]
)
def test_what_may_be_either_is_found_but_not_sure(question):
    assert [sure for _, sure in said(question)] == [False]


def test_each_part_of_a_question_is_told_apart():
    assert said("The frim is 4 °C. What is the zob, and why does it rise? Explain how zobs end; size it for 3 m.") == [
        ("What is the zob", False), ("and why does it rise?", True), ("Explain how zobs end", True),
    ]  # fmt: skip


def test_a_unit_of_one_letter_ends_a_sentence():
    assert said("The frim is 4 K. Why does it rise?") == [("Why does it rise?", True)]


def test_what_is_asked_in_words_can_be_taken_out_and_the_rest_keeps_its_place():
    question = "The frim is 4 °C. Why does it rise? What is the zob?"
    (why, _) = clauses(question)
    rest = blanked(question, (why,))
    assert rest == "The frim is 4 °C." + " " * len(" Why does it rise?") + " What is the zob?"
    assert blanked(question, ()) == question


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Calculate the zob.", True), ("how much is it", True), ("What is the zob at 4 K?", True),
        ("The zob rises.", False), ("Our zobs are old and they frim at night.", False), ("", False),
    ],
)  # fmt: skip
def test_whether_a_number_is_wanted_at_all(text, wanted):
    assert wants_number(text) is wanted


PIECES = st.sampled_from(
    [
        "why",
        "what is",
        "how",
        "zob",
        "4 K",
        "explain",
        ", and ",
        ": ",
        "; ",
        "? ",
        ". ",
        "\n",
        " ",
        "how much",
        "– which",
        "3.5",
    ]
)


@given(st.lists(PIECES, max_size=14).map(" ".join) | st.text(max_size=80))
def test_for_any_text_the_parts_lie_within_it_in_order_and_apart(question):
    found = clauses(question)
    edges = [place for one in found for place in (one.start, one.end)]
    assert edges == sorted(edges)
    assert all(0 <= one.start < one.end <= len(question) for one in found)
    rest = blanked(question, found)
    assert len(rest) == len(question)
    inside = {place for one in found for place in range(one.start, one.end)}
    assert all(rest[place] == (" " if place in inside else letter) for place, letter in enumerate(question))


@pytest.mark.parametrize(
    "text",
    ["a" + " " * 7998 + "b", "1" * 8000, "(" + "1" * 7999, "(" * 8000, "what is " * 1000, ", " * 4000, "\n" * 8000,
     "how " * 2000, "(1 " * 2600,
     "why, and why: " * 570, "." * 8000, "give 1 " * 1100, "which a b " * 800, "what are the two main " * 360,
     "what is a " * 790 + "5"],
    ids=lambda text: f"{text[:10]!r}",
)  # fmt: skip
def test_the_longest_question_there_may_be_is_read_at_once(text):
    began = time.process_time()
    clauses(text)
    wants_number(text)
    assert time.process_time() - began < 1.0


@pytest.mark.parametrize("question", ["The zob meets a wabe, which frims at 3 bar. Its plen?", "How fast is the zob?"])
def test_what_only_tells_more_or_asks_a_number_is_no_question_for_words(question):
    assert said(question) == []
