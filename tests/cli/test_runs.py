"""Stored runs: listed, shown, gone on with, and run again."""

from __future__ import annotations

import json

import pytest

from tests.cli.conftest import BLIM

HALF = "What is the blim for a grum of 2 m?"


@pytest.fixture
def run_id(cli, toys):
    return cli("ask", BLIM, "--experts", toys, "-o", "json").json()["run_id"]


def test_an_answer_to_a_question_back_is_bound_and_the_run_goes_on(cli, toys):
    asked = cli("ask", HALF, "--experts", toys, "-o", "json")
    assert asked.code == 3
    run_id = asked.json()["run_id"]
    assert f"collegia resume {run_id} --answer TEXT" in asked.err
    done = cli("resume", run_id, "--answer", "30 cm", "--experts", toys, "-o", "json")
    result = done.json()
    assert (done.code, result["status"], result["run_id"]) == (0, "answered", run_id)
    assert result["quantities"][0]["value"] == pytest.approx(0.6)
    assert result["steps"][0]["evidence"]["flob"]["origin"] == "clarification"


def test_an_answer_that_does_not_help_asks_again(cli, toys):
    run_id = cli("ask", HALF, "--experts", toys, "-o", "json").json()["run_id"]
    assert cli("resume", run_id, "--answer", "a lot of it", "--experts", toys).code == 3
    assert cli("resume", run_id, "--answer", "30 cm", "--experts", toys).code == 0


def test_resuming_a_finished_run_gives_its_stored_result(cli, toys, run_id):
    done = cli("resume", run_id, "-o", "json")
    assert done.code == 0
    assert done.json() == cli("runs", "show", run_id, "-o", "json").json()


def test_an_answer_to_a_run_that_asks_nothing_is_a_usage_error(cli, run_id):
    done = cli("resume", run_id, "--answer", "30 cm")
    assert done.code == 2
    assert "asks nothing" in done.err


@pytest.mark.parametrize("command", [["resume"], ["replay"], ["runs", "show"]])
def test_a_run_that_does_not_exist_is_a_usage_error(cli, command):
    done = cli(*command, "no-such-run")
    assert done.code == 2
    assert "'no-such-run'" in done.err
    assert "collegia runs list" in done.err


def test_the_list_has_id_status_and_question_newest_first(cli, toys, run_id):
    later = cli("ask", "The winner of the cup, please.", "-o", "json").json()["run_id"]
    listed = cli("runs", "list", "-o", "json").json()
    assert [(one["run_id"], one["status"], one["question"]) for one in listed] == [
        (later, "out_of_domain", "The winner of the cup, please."),
        (run_id, "answered", BLIM),
    ]
    assert cli("runs", "list", "-o", "jsonl").lines() == listed
    assert len(cli("runs", "list", "-n", "1", "-o", "json").json()) == 1
    text = cli("runs", "list").out
    assert run_id in text
    assert BLIM in text


def test_an_empty_list_says_so(cli):
    assert cli("runs", "list").out == "no runs are stored\n"
    assert cli("runs", "list", "-o", "json").json() == []


def test_the_events_hold_each_step_started_and_finished(cli, run_id):
    shown = cli("runs", "show", run_id, "--events", "-o", "json").json()
    assert shown["run_id"] == run_id
    steps = [(event["kind"], event["step"]) for event in shown["events"] if event["kind"].startswith("step_")]
    assert steps == [("step_started", "s1"), ("step_finished", "s1")]
    assert cli("runs", "show", run_id, "--events", "-o", "jsonl").lines() == shown["events"]
    text = cli("runs", "show", run_id, "--events").out
    assert "step_finished" in text
    assert "step=s1" in text


def test_a_shown_run_reads_as_it_was_answered(cli, toys, run_id):
    shown = cli("runs", "show", run_id).out
    assert shown.splitlines()[0] == f"run {run_id}: answered"
    assert "blim = 0.6 m²" in shown


def test_a_replay_gives_the_same_numbers(cli, toys, run_id):
    done = cli("replay", run_id, "--experts", toys)
    assert (done.code, done.out) == (0, f"The same numbers: 1 steps of run {run_id}.\n")
    assert cli("replay", run_id, "--experts", toys, "-o", "json").json()["same"] is True


def test_a_replay_shows_what_differs(cli, toys, run_id):
    toys.write_text(toys.read_text().replace("return grum * flob", "return grum * flob * 2"))
    cli("experts", "trust", toys)
    done = cli("replay", run_id, "--experts", toys, "-o", "json")
    assert done.code == 1
    (found,) = done.json()["differences"]
    assert (found["step"], found["output"], found["before"], found["now"]) == ("s1", "blim", 0.6, 1.2)
    text = cli("replay", run_id, "--experts", toys)
    assert text.code == 1
    assert "1.2" in text.out


def test_a_replay_without_the_expert_says_which_is_missing(cli, run_id):
    done = cli("replay", run_id)
    assert done.code == 1
    assert "'blim'" in done.err


def test_a_run_that_called_nothing_cannot_be_replayed(cli):
    run_id = json.loads(cli("ask", "The winner of the cup, please.", "-o", "json").out)["run_id"]
    done = cli("replay", run_id)
    assert done.code == 2
    assert "nothing to replay" in done.err
