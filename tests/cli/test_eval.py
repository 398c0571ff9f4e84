"""`collegia eval`: one answer a line, in the order of the questions, and nothing lost to a bad one."""

from __future__ import annotations

import json

import pytest

from collegia.agents.plan import Plan, Step
from collegia.agents.result import Quantity, Result
from collegia.cli.evaluating import answer_line
from tests.cli.conftest import BLIM


@pytest.fixture
def ask_file(cli, toys, tmp_path):
    """Ask the questions of a file of these lines; the answers, and what the command did."""

    def ask(*lines: str):
        questions, answers = tmp_path / "questions.jsonl", tmp_path / "answers.jsonl"
        questions.write_text("\n".join(lines), encoding="utf-8")
        done = cli("eval", questions, "--out", answers, "--experts", toys)
        made = answers.read_text(encoding="utf-8").splitlines() if answers.exists() else []
        return [json.loads(line) for line in made], done

    return ask


def question(number: int, text: str) -> str:
    return json.dumps({"id": f"q{number}", "kind": "single", "question": text})


def test_every_question_is_answered_in_order_and_the_command_ends_well(ask_file):
    texts = [BLIM, "Who won the cup?", "", "What is the blim for a grum of 2 m?", "What is the wug for a grum of 2 m?"]
    answers, done = ask_file(*[question(number, text) for number, text in enumerate(texts)])
    assert (done.code, done.out) == (0, "")
    assert [(one["id"], one["status"]) for one in answers] == [
        ("q0", "answered"), ("q1", "out_of_domain"), ("q2", "error"), ("q3", "clarify"), ("q4", "error"),
    ]  # fmt: skip
    assert "5 done" in done.err


def test_an_answer_has_the_fields_that_a_grader_reads(ask_file):
    ((answer,), _) = ask_file(question(1, BLIM))
    assert set(answer) == {"id", "status", "answer_text", "quantities", "citations", "tools"}
    assert answer["quantities"] == [{"name": "blim", "value": pytest.approx(0.6), "unit": "meter ** 2"}]
    assert answer["tools"] == ["blim"]


def test_empty_lines_are_passed_over(ask_file):
    answers, done = ask_file("", question(1, BLIM), "  ", "")
    assert done.code == 0
    assert len(answers) == 1


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("{broken", "line 2 is not JSON"),
        ('["q1"]', "line 2 needs an id and a question"),
        ('{"id": "q1"}', "line 2 needs an id and a question"),
        ('{"id": "q1", "question": 7}', "line 2 needs an id and a question"),
    ],
)
def test_a_line_that_is_no_question_is_told_before_anything_is_asked(ask_file, line, said):
    answers, done = ask_file(question(1, BLIM), line)
    assert (done.code, answers) == (2, [])
    assert said in done.err


def test_questions_are_not_overwritten_by_their_answers(cli, tmp_path):
    path = tmp_path / "questions.jsonl"
    path.write_text(question(1, BLIM))
    done = cli("eval", path, "--out", path)
    assert done.code == 2
    assert path.read_text() == question(1, BLIM)


def test_files_that_cannot_be_used_are_named(cli, tmp_path):
    missing = cli("eval", tmp_path / "none.jsonl", "--out", tmp_path / "out.jsonl")
    assert missing.code == 2
    assert "none.jsonl" in missing.err
    (tmp_path / "questions.jsonl").write_text(question(1, BLIM))
    unwritable = cli("eval", tmp_path / "questions.jsonl", "--out", tmp_path / "no" / "out.jsonl")
    assert unwritable.code == 2
    assert "cannot be written" in unwritable.err


@pytest.mark.parametrize(
    ("status", "written"), [("partial", "error"), ("cancelled", "error"), ("answered", "answered")]
)
def test_what_is_not_whole_is_an_error_in_an_evaluation(status, written):
    result = Result(
        run_id="r",
        status=status,
        quantities=(Quantity(name="blim", value=1.0, step="s1"),),
        citations=tuple(f"document {number}" for number in range(20)),
        plan=Plan(steps=(Step(id="s1", expert="blim", arguments={}),)),
    )
    line = answer_line("q1", result)
    assert line["status"] == written
    assert line["citations"] == [f"document {number}" for number in range(12)]
