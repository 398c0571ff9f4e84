"""Learning from labelled questions: relations whose names say nothing are found out from what answers the questions."""

from __future__ import annotations

import json
import sqlite3

import pytest

from collegia.errors import UsageError
from collegia.knowledge.triples import (
    Asker,
    Example,
    Learned,
    TripleGraph,
    load_learned,
    read_examples,
    save_graph,
    save_learned,
)

MAKERS = ["Ana Ull", "Bo Vix", "Cy Wom", "Di Yar"]


def facts(made: str, seen: str) -> list[tuple[str, str, str]]:
    """Twenty-four works; who made each, and who saw it first, by the relations of these names."""
    works = [f"Opus {number}x" for number in range(24)]
    return [
        row
        for number, work in enumerate(works)
        for row in ((work, made, MAKERS[number % 4]), (work, seen, MAKERS[number // 6]))
    ]


def examples() -> list[Example]:
    found = []
    for number in range(12):
        found.append(Example(f"who glorped Opus {number}x", (MAKERS[number % 4],)))
        found.append(Example(f"who snarved Opus {number}x", (MAKERS[number // 6],)))
    return found


@pytest.fixture
def asker() -> Asker:
    return Asker(TripleGraph(facts("p17", "p18")))


def test_names_that_say_nothing_answer_nothing_unlearned(asker):
    assert asker.answer("who glorped Opus 20x") == []


def test_a_path_is_learned_from_what_answers_the_questions(asker):
    lesson = asker.learn(examples())
    assert (lesson.given, lesson.used) == (24, 24)
    assert [answer.name for answer in asker.answer("who glorped Opus 20x")] == [MAKERS[0]]
    assert [answer.name for answer in asker.answer("who snarved Opus 20x")] == [MAKERS[3]]


def test_where_two_paths_lead_to_the_answer_the_other_questions_decide(asker):
    # Opus 0x was made and first seen by the same person, so its own question leaves both open.
    asker.learn(examples())
    assert asker.answer("who glorped Opus 0x")[0].reading.path == ("p17",)
    assert asker.answer("who snarved Opus 0x")[0].reading.path == ("p18",)


def test_a_question_that_no_path_answers_teaches_nothing(asker):
    lesson = asker.learn([Example("who glorped Opus 1x", ("Nobody Known",)), Example("who glorped it", ("Ana Ull",))])
    assert lesson.used == 0
    assert asker.answer("who glorped Opus 20x") == []


def test_learning_from_nothing_changes_nothing(asker):
    assert asker.learn([]).used == 0
    assert asker.answer("who glorped Opus 20x") == []


def test_names_that_say_it_all_are_not_unlearned_by_a_few_wrong_examples():
    asker = Asker(TripleGraph(facts("painted_by", "seen_by")))
    right = [Example(f"who painted Opus {number}x", (MAKERS[number % 4],)) for number in range(12)]
    asker.learn([*right, Example("who painted Opus 13x", (MAKERS[2],))])
    assert [answer.name for answer in asker.answer("who painted Opus 21x")] == [MAKERS[1]]


def test_the_same_examples_teach_the_same(asker):
    asker.learn(examples())
    once = asker.learned
    asker.learn(examples())
    assert once is not None
    assert asker.learned is not None
    assert once.to_json() == asker.learned.to_json()


def test_what_was_learned_comes_back_from_the_store(asker):
    asker.learn(examples())
    connection = sqlite3.connect(":memory:")
    save_graph(asker.graph, connection)
    assert asker.learned is not None
    save_learned(asker.learned, connection)
    again = Asker(asker.graph, load_learned(connection))
    connection.close()
    assert [answer.name for answer in again.answer("who glorped Opus 20x")] == [MAKERS[0]]


def test_a_learned_path_whose_relation_is_gone_is_left_aside():
    asker = Asker(TripleGraph(facts("p1", "p2")), Learned([("p9",)], {"_": {("p9",): 5.0}, "glorped": {("p9",): 5.0}}))
    assert asker.answer("who glorped Opus 20x") == []


def test_examples_are_read_from_lines_of_json(tmp_path):
    path = tmp_path / "labelled.jsonl"
    path.write_text(json.dumps({"question": "who?", "answers": ["Ana Ull"], "hops": 1}) + "\n\n", encoding="utf-8")
    assert read_examples(path) == [Example("who?", ("Ana Ull",))]


@pytest.mark.parametrize(
    "line",
    ["{", "[]", '{"question": "who?"}', '{"question": "who?", "answers": []}', '{"question": "?", "answers": [1]}'],
)
def test_a_line_that_is_no_example_is_named(tmp_path, line):
    path = tmp_path / "labelled.jsonl"
    path.write_text('{"question": "who?", "answers": ["Ana Ull"]}\n' + line, encoding="utf-8")
    with pytest.raises(UsageError, match=r"labelled\.jsonl, line 2"):
        read_examples(path)


def test_a_file_of_examples_that_is_missing_is_refused(tmp_path):
    with pytest.raises(UsageError, match="cannot be read"):
        read_examples(tmp_path / "none.jsonl")
