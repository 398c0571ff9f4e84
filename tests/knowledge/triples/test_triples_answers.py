"""Questions over a small invented graph, understood by the names of its relations alone."""

from __future__ import annotations

import time

import pytest

from collegia.knowledge.triples import Asker, Triple, TripleGraph

FACTS = """
Anna Berg | born_in | Velden
Carl Berg | born_in | Olsund
Anna Berg | spouse | Carl Berg
Anna Berg | birth_date | 1931-04-02
Carl Berg | birth_date | 1930-01-01
Dora Berg | parent | Anna Berg
Dora Berg | parent | Carl Berg
Emil Berg | parent | Dora Berg
Emil Berg | birth_date | 1999-02-02
Dora Berg | birth_date | 1960-09-09
Velden | country | Norland
Olsund | country | Sudmark
Norland | capital | Velden
Dora Berg | employer | Quist Pumps
Emil Berg | employer | Quist Pumps
Quist Pumps | headquarters | Olsund
Quist Pumps | foundedBy | Carl Berg
P-101 | manufacturer | Quist Pumps
P-102 | manufacturer | Quist Pumps
P-101 | part_of | Unit 7
V-20 | part_of | Unit 7
P-101 | feeds | V-20
V-20 | protected_by | PSV-20
P-102 | feeds | V-20
PSV-20 | set_pressure | 12 bar
P-101 | driven_by | M-101
The Long Tide | written_by | Anna Berg
The Long Tide | illustrated_by | Dora Berg
Tide | written_by | Emil Berg
Who Goes | written_by | Carl Berg
Low Water | written_by | Anna Berg
Low Water | illustrated_by | Emil Berg
"""


@pytest.fixture(scope="module")
def asker() -> Asker:
    rows = [tuple(part.strip() for part in line.split("|")) for line in FACTS.strip().splitlines()]
    return Asker(TripleGraph(rows))


def names(asker: Asker, question: str) -> set[str]:
    return {answer.name for answer in asker.answer(question)}


@pytest.mark.parametrize(
    ("question", "answers"),
    [
        ("Where was Anna Berg born?", {"Velden"}),
        ("When was Anna Berg born?", {"1931-04-02"}),
        ("Who is married to Anna Berg?", {"Carl Berg"}),
        ("What is the capital of Norland?", {"Velden"}),
        ("What is Norland's capital?", {"Velden"}),
        ("name the capital of norland", {"Velden"}),
        ("Who works for Quist Pumps?", {"Dora Berg", "Emil Berg"}),
        ("Who founded Quist Pumps?", {"Carl Berg"}),
        ("Which pumps are manufactured by Quist Pumps?", {"P-101", "P-102"}),
        ("Who made P-101?", {"Quist Pumps"}),
        ("what does P-101 feed", {"V-20"}),
        ("What feeds V-20?", {"P-101", "P-102"}),
        ("The Long Tide was written by whom?", {"Anna Berg"}),
        ("who is the author of The Long Tide", {"Anna Berg"}),
        ("what books did Anna Berg write", {"The Long Tide", "Low Water"}),
    ],
)
def test_a_question_of_one_step_is_answered(asker, question, answers):
    assert names(asker, question) == answers


@pytest.mark.parametrize(
    ("question", "answers"),
    [
        ("In which country was Anna Berg born?", {"Norland"}),
        ("Who founded the company that makes P-102?", {"Carl Berg"}),
        ("Where is the headquarters of the manufacturer of P-101?", {"Olsund"}),
        ("What is the set pressure of the valve that protects V-20?", {"12 bar"}),
        ("When were the employees of Quist Pumps born?", {"1960-09-09", "1999-02-02"}),
        ("Who are the parents of the parents of Emil Berg?", {"Anna Berg", "Carl Berg"}),
        ("Who illustrated the books written by Anna Berg?", {"Dora Berg", "Emil Berg"}),
        ("the books written by Anna Berg were illustrated by who", {"Dora Berg", "Emil Berg"}),
        ("who illustrated the books written by the author of The Long Tide", {"Emil Berg"}),
        ("when was the author of the books that Dora Berg illustrated born", {"1931-04-02"}),
    ],
)
def test_nested_relations_are_followed_from_the_inside_outward(asker, question, answers):
    assert names(asker, question) == answers


@pytest.mark.parametrize(
    ("question", "answers"),
    [
        ("Who works together with Emil Berg?", {"Dora Berg"}),
        ("which books have the same author as The Long Tide", {"Low Water"}),
        ("who illustrated books that share the author with The Long Tide", {"Emil Berg"}),
        ("Which other parts are in the same unit as P-101?", {"V-20"}),
    ],
)
def test_a_fellow_is_reached_there_and_back_and_is_never_the_thing_itself(asker, question, answers):
    assert names(asker, question) == answers


@pytest.mark.parametrize(
    "question",
    [
        "",
        "???",
        "Who wrote The Short Ebb?",
        "What is the weather in Velden?",
        "What is the population of the capital of Norland?",
        "What is Velden's population?",
        "Who is the grandmother of the founder of Quist Pumps?",
        "Who was not employed by Quist Pumps?",
        "Was Dora Berg employed by Quist Pumps?",
        "Which employer has Quist Pumps founded?",
        "What colour is P-101?",
    ],
)
def test_what_the_graph_cannot_tell_is_not_answered(asker, question):
    assert asker.answer(question) == []


def test_a_missing_fact_is_not_made_up_from_another_relation(asker):
    assert names(asker, "who wrote Low Water") == {"Anna Berg"}
    assert asker.answer("who illustrated Tide") == []


def test_the_longest_name_is_the_topic(asker):
    assert names(asker, "who wrote The Long Tide") == {"Anna Berg"}
    assert names(asker, "who wrote Tide") == {"Emil Berg"}
    assert names(asker, "who wrote the long tide") == {"Anna Berg"}


def test_a_name_that_is_also_a_question_word_needs_its_capitals(asker):
    assert names(asker, "who wrote Who Goes") == {"Carl Berg"}
    assert asker.answer("who goes where") == []


def test_each_answer_has_the_triples_that_lead_to_it(asker):
    (answer,) = asker.answer("What is the set pressure of the valve that protects V-20?")
    assert answer.evidence == (Triple("V-20", "protected_by", "PSV-20"), Triple("PSV-20", "set_pressure", "12 bar"))
    assert answer.reading.topic == "V-20"
    assert answer.reading.path == ("protected_by", "set_pressure")
    assert 0 < answer.score <= 1


def test_a_step_taken_backward_is_marked_and_its_triple_stands_as_it_is_stored(asker):
    answers = asker.answer("Which pumps are manufactured by Quist Pumps?")
    assert {answer.evidence for answer in answers} == {
        (Triple("P-101", "manufacturer", "Quist Pumps"),),
        (Triple("P-102", "manufacturer", "Quist Pumps"),),
    }
    assert answers[0].reading.path == ("^manufacturer",)


def test_what_more_ways_lead_to_comes_first(asker):
    answers = asker.answer("Who wrote the books illustrated by the employees of Quist Pumps?")
    assert [(answer.name, answer.ways) for answer in answers] == [("Anna Berg", 2)]


def test_what_a_question_says_and_the_path_does_not_heed_is_told(asker):
    (first, *_) = asker.answer("Which pumps made by Quist Pumps feed V-20 before 1990?")
    assert "before" in first.reading.unused
    assert {"V-20", "Quist Pumps"} & set(first.reading.unused)
    assert asker.answer("Who founded Quist Pumps?")[0].reading.unused == ()


def test_an_answer_is_the_same_each_time(asker):
    question = "who illustrated the books written by Anna Berg"
    assert asker.answer(question) == asker.answer(question)


def test_a_very_long_question_is_read_in_bounded_time(asker):
    words = "the author of the books written by the parents of " * 200
    begun = time.perf_counter()
    asker.answer(f"who is {words} Emil Berg")
    assert time.perf_counter() - begun < 2


def test_no_relation_that_the_question_does_not_mean_is_walked(asker):
    assert {answer.reading.path for answer in asker.answer("Who founded Quist Pumps?")} == {("foundedBy",)}
