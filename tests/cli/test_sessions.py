"""Conversations in the terminal."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest

from tests.cli.conftest import BLIM

HALF = "What is the blim for a grum of 2 m?"


@pytest.fixture
def say(cli, toys):
    return lambda text, session="toys", *more: cli("ask", text, "--session", session, "--experts", toys, *more)


def test_a_follow_up_says_what_it_read_what_changed_and_what_was_kept(say):
    first = say(BLIM)
    assert "restored" not in first.err
    done = say("make the grum 3 m")
    assert done.code == 0
    assert "session toys: 1 turn restored" in done.err
    assert done.out.startswith("blim = 0.9 m²\n")
    for line in ("What is the blim for a grum of 3 m and a flob of 30 cm?", "grum 2 m → 3 m", "flob 30 cm"):
        assert f"\n  {line}\n" in done.out


def test_json_has_what_was_said_changed_and_kept(say):
    say(BLIM)
    result = say("make the grum 3 m", "last", "-o", "json").json()
    assert (result["said"], result["changed"], result["kept"]) == (
        "make the grum 3 m", ["grum 2 m → 3 m"], ["flob 30 cm"],
    )  # fmt: skip


def test_a_question_back_names_the_session_to_answer_in(say):
    asked = say(HALF)
    assert asked.code == 3
    assert "answer with: collegia ask --session toys TEXT" in asked.err
    done = say("30 cm")
    assert (done.code, done.out.splitlines()[0]) == (0, "blim = 0.6 m²")


def test_sessions_are_listed_shown_renamed_and_forked(cli, say):
    say(BLIM)
    say("make the grum 3 m")
    say("The winner of the cup, please.", "other")
    listed = cli("sessions", "list", "-o", "json").json()
    assert [(one["name"], one["turns"]) for one in listed] == [("other", 1), ("toys", 2)]
    assert [one["name"] for one in cli("sessions", "list", "grum", "-o", "json").json()] == ["toys"]
    assert cli("sessions", "list", "zzz").out == "no session has 'zzz' in it\n"
    shown = cli("sessions", "show", "toys")
    assert "> make the grum 3 m\nblim = 0.9 m²" in shown.out
    assert [one["said"] for one in cli("sessions", "show", "toys", "-o", "jsonl").lines()] == [
        BLIM,
        "make the grum 3 m",
    ]
    assert cli("sessions", "rename", "toys", "grums").code == 0
    first = cli("sessions", "show", "grums", "-o", "json").json()["turns"][0]["run_id"]
    fork = cli("sessions", "fork", "grums", "--at", first, "--name", "flobs")
    assert (fork.code, fork.out) == (0, "flobs\n")
    assert say("make the flob 1 m", "flobs", "-o", "json").json()["quantities"][0]["value"] == pytest.approx(2.0)


def test_a_session_is_written_out(cli, say):
    say(BLIM)
    assert cli("sessions", "export", "toys").out.startswith("# toys\n")
    assert json.loads(cli("sessions", "export", "toys", "-f", "json").out)["name"] == "toys"


@pytest.mark.parametrize("command", ["show", "export", "fork"])
def test_a_session_that_is_not_there_is_a_usage_error_and_is_not_made(cli, command):
    done = cli("sessions", command, "nope")
    assert done.code == 2
    assert "'nope'" in done.err
    assert cli("sessions", "list").out == "no sessions are stored\n"


def test_a_plan_is_of_a_question_by_itself(say):
    done = say(BLIM, "toys", "--plan")
    assert done.code == 2
    assert "--session" in done.err


def test_a_real_process_goes_on_with_what_another_said(toys, cli):
    cli("experts", "trust", toys)
    base = [sys.executable, "-m", "collegia", "ask", "--experts", str(toys), "--session", "toys", "-o", "json"]
    first = subprocess.run([*base, BLIM], capture_output=True, text=True, check=True)
    second = subprocess.run([*base, "make the grum 3 m"], capture_output=True, text=True, check=True)
    assert json.loads(first.stdout)["quantities"][0]["value"] == pytest.approx(0.6)
    assert json.loads(second.stdout)["quantities"][0]["value"] == pytest.approx(0.9)
    assert "1 turn restored" in second.stderr
