"""`@` on the command line: in ask, in the plan that is shown, in a session, and in another process."""

from __future__ import annotations

import pytest

from tests.cli.conftest import BLIM


@pytest.fixture
def ask(cli, toys):
    return lambda *arguments: cli("ask", *arguments, "--experts", toys)


def test_the_text_shows_what_was_read_and_what_it_was_limited_to(ask):
    done = ask(f"@local by @blim: {BLIM}")
    assert done.code == 0
    assert done.out.startswith("blim = 0.6 m²\n")
    assert f"\n  {BLIM}\n" in done.out
    for line in ("only of the domain local, as mentioned", "by the expert blim, as mentioned"):
        assert line in done.out


def test_json_has_what_was_typed_and_what_was_read(ask):
    result = ask(f"@blim {BLIM}", "-o", "json").json()
    assert (result["said"], result["question"]) == (f"@blim {BLIM}", BLIM)
    assert "by the expert blim, as mentioned" in result["assumptions"]


def test_another_domain_asks_back_and_ends_with_3(ask):
    done = ask(f"@arithmetic {BLIM}")
    assert done.code == 3 or "outside" in done.out
    assert "blim = " not in done.out


def test_a_plan_is_shown_for_what_was_mentioned_and_a_word_that_names_nothing_is_told(ask):
    done = ask(f"@blim {BLIM} @blimm", "--plan")
    assert done.code == 0
    assert "blim" in done.out
    assert "@blimm names no document, expert or domain; close to it: @blim" in done.err


def test_a_mention_alone_is_a_usage_error_and_within_a_session_the_question_again(ask, cli):
    assert ask("@blim").code == 2
    assert "asks nothing" in ask("@blim").err
    ask(BLIM, "--session", "toys")
    again = ask("@blim", "--session", "toys", "-o", "json").json()
    assert (again["question"], again["changed"]) == (BLIM, ["by the expert blim, as mentioned"])


def test_a_run_holds_to_its_mention_in_another_process(ask, spawn, toys):
    asked = ask("@blim What is the blim for a grum of 2 m?", "-o", "json").json()
    assert asked["status"] == "clarify"
    done = spawn("resume", asked["run_id"], "--answer", "30 cm", "-o", "json", "--experts", toys)
    result = done.json()
    assert (result["status"], [step["expert"] for step in result["steps"]]) == ("answered", ["blim"])
    assert "by the expert blim, as mentioned" in result["assumptions"]


def test_the_help_of_ask_tells_of_mentions(cli):
    assert "@NAME" in cli("ask", "--help").out
