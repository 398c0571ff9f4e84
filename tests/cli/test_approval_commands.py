"""Approval on the command line: nobody to ask, flags, and a person at a terminal."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import jsonschema
import pytest

from tests.cli.conftest import BLIM
from tests.cli.test_ask import SCHEMA
from tests.cli.test_streams import on_terminal, read_until

DEAR = '''
"""A toy expert that asks first, and says in a file that it was called."""
import os
import time
from pathlib import Path
from typing import Annotated

from collegia.tools import Kind, Range, expert

grum = Kind("grum", "m", names=("grum",))
blim = Kind("blim", "m", names=("blim",))


def note(name):
    with (Path(os.environ["COLLEGIA_HOME"]) / "calls").open("a") as file:
        file.write(name + "\\n")


@expert(asks_first="each call costs a florin")
def dear_blim(grum: Annotated[float, grum, Range(gt=0, le=10)]) -> Annotated[float, blim]:
    """Blim of a grum, at a price."""
    note("dear_blim")
    return 3 * grum


@expert(cost=9.0)
def rough_blim(grum: Annotated[float, grum, Range(gt=0, le=10)]) -> Annotated[float, blim]:
    """Blim of a grum, roughly."""
    note("rough_blim")
    return 4 * grum
'''

QUESTION = "What is the blim for a grum of 2 m?"


@pytest.fixture
def dear(tmp_path: Path, home: Path) -> Path:
    """A trusted file with an expert that asks first, and one that does not."""
    from collegia.tools.trust import trust

    path = tmp_path / "dear.py"
    path.write_text(DEAR)
    trust(path, home)
    return path


def calls(home: Path) -> list[str]:
    path = home / "calls"
    return path.read_text().split() if path.exists() else []


def waiting(cli, dear, *more: str) -> str:
    done = cli("ask", QUESTION, "--experts", dear, "-o", "json", *more)
    assert done.code == 3
    run_id: str = done.json()["run_id"]
    return run_id


def test_with_nobody_to_ask_a_process_ends_with_3_and_calls_nothing(spawn, dear, home):
    done = spawn("ask", QUESTION, "--experts", dear, "-o", "json")
    result = done.json()
    jsonschema.validate(result, SCHEMA)
    assert (done.code, result["status"], calls(home)) == (3, "needs_approval", [])
    assert [step["expert"] for step in result["plan"]["steps"]] == ["dear_blim"]
    assert f"collegia resume {result['run_id']} --approve, or --reject" in done.err
    gone_on = spawn("resume", result["run_id"], "--approve", "--experts", dear, "-o", "json")
    assert (gone_on.code, gone_on.json()["quantities"][0]["value"], calls(home)) == (0, 6.0, ["dear_blim"])


def test_a_process_that_is_told_no_ends_with_130_and_stays_ended(spawn, dear, home):
    run = spawn("ask", QUESTION, "--experts", dear, "-o", "json").json()["run_id"]
    done = spawn("resume", run, "--reject", "--experts", dear)
    assert (done.code, done.out) == (130, "The plan was rejected before it ran.\n")
    again = spawn("resume", run, "--approve", "--experts", dear)
    assert (again.code, calls(home)) == (2, [])
    assert "is rejected, and no plan of it waits for approval" in again.err


def test_the_text_shows_the_plan_and_why_it_waits(cli, dear):
    done = cli("ask", QUESTION, "--experts", dear)
    assert done.code == 3
    assert "dear_blim, which asks first: each call costs a florin" in done.out
    assert "grum 2 m (“2 m”)" in done.out


def test_resumed_without_a_word_it_waits_on(cli, dear, home):
    run = waiting(cli, dear)
    assert cli("resume", run, "--experts", dear).code == 3
    assert calls(home) == []


def test_another_value_is_set_and_shown_as_said_at_approval(cli, dear):
    run = waiting(cli, dear)
    done = cli("resume", run, "--set", "s1.grum = 300 cm", "--experts", dear)
    assert done.code == 0
    assert done.out.startswith("blim = 9 m\n")
    assert "grum 3 m (“300 cm”, said at approval)" in done.out
    assert "changed at approval: grum 300 cm instead of “2 m”, in s1.grum" in done.out
    assert cli("resume", run, "--experts", dear).out == done.out


def test_another_expert_is_set(cli, dear, home):
    run = waiting(cli, dear)
    done = cli("resume", run, "--approve", "--set", "s1=rough_blim", "--experts", dear, "-o", "json")
    assert (done.code, done.json()["quantities"][0]["value"], calls(home)) == (0, 8.0, ["rough_blim"])


@pytest.mark.parametrize(
    ("flags", "said"),
    [
        (["--set", "s1.grum=3 bar"], "s1.grum: '3 bar' does not fit a grum: that is given in m"),
        (["--set", "s1.grum=3"], "does not fit a grum"),
        (["--set", "s1.grum=30 m"], "outside the validity of dear_blim"),
        (["--set", "s1.flob=3 m"], "takes no argument 'flob'; it takes: grum"),
        (["--set", "s9.grum=3 m"], "no step 's9'"),
        (["--set", "s1=circle_area"], "circle_area does not give blim as dear_blim does"),
        (["--set", "s1=nobody"], "no expert is named 'nobody'"),
        (["--set", "three metres"], "is no change; write STEP.ARGUMENT=VALUE"),
        (["--reject", "--approve"], "--reject goes with neither"),
        (["--answer", "yes"], "resume it with --approve or --reject"),
    ],
)  # fmt: skip
def test_a_word_that_cannot_be_taken_is_a_usage_error_and_the_run_waits_on(cli, dear, home, flags, said):
    run = waiting(cli, dear)
    before = cli("runs", "show", run, "--events", "-o", "jsonl").out
    done = cli("resume", run, *flags, "--experts", dear)
    assert done.code == 2
    assert said in done.err
    assert cli("runs", "show", run, "--events", "-o", "jsonl").out == before
    assert calls(home) == []


def test_a_word_on_a_run_that_does_not_wait_is_a_usage_error(cli, toys):
    run = cli("ask", BLIM, "--experts", toys, "-o", "json").json()["run_id"]
    done = cli("resume", run, "--approve", "--experts", toys)
    assert done.code == 2
    assert "is answered, and no plan of it waits for approval" in done.err


def test_the_flag_of_ask_goes_before_the_setting(cli, dear, toys, monkeypatch):
    assert cli("ask", QUESTION, "--experts", dear, "--approve", "never").code == 0
    assert cli("ask", BLIM, "--experts", toys, "--approve", "always").code == 3
    monkeypatch.setenv("COLLEGIA_APPROVE", "always")
    assert cli("ask", BLIM, "--experts", toys).code == 3
    assert cli("ask", BLIM, "--experts", toys, "--approve", "marked").code == 0
    wrong = cli("ask", BLIM, "--experts", toys, "--approve", "perhaps")
    assert wrong.code == 2
    assert "'never', 'marked' or 'always'" in wrong.err


def test_config_shows_the_setting_and_where_it_comes_from(cli, home):
    home.mkdir(parents=True, exist_ok=True)
    (home / "collegia.toml").write_text('approve = "always"\n')
    assert 'approve = "always"' in cli("config", "show").out
    (home / "collegia.toml").write_text('approve = "sometimes"\n')
    done = cli("config", "check")
    assert done.code == 2
    assert "approve is 'sometimes'" in done.out


def test_a_replay_calls_an_expert_that_asks_first_only_when_told_to(cli, dear, home):
    run = cli("ask", QUESTION, "--experts", dear, "--approve", "never", "-o", "json").json()["run_id"]
    refused = cli("replay", run, "--experts", dear)
    assert (refused.code, calls(home)) == (2, ["dear_blim"])
    assert "dear_blim asks first (each call costs a florin)" in refused.err
    assert cli("replay", run, "--approve", "--experts", dear).code == 0
    assert calls(home) == ["dear_blim", "dear_blim"]


def test_an_evaluation_asks_nobody_and_says_so_as_an_error(cli, dear, tmp_path, monkeypatch):
    monkeypatch.setenv("COLLEGIA_APPROVE", "always")
    questions, out = tmp_path / "q.jsonl", tmp_path / "a.jsonl"
    questions.write_text(json.dumps({"id": 1, "question": QUESTION}) + "\n")
    assert cli("eval", questions, "--out", out, "--experts", dear).code == 0
    (line,) = map(json.loads, out.read_text().splitlines())
    assert (line["status"], line["quantities"]) == ("error", [])


def test_the_plan_alone_says_which_experts_ask_first(cli, dear):
    assert "s1 dear_blim: each call costs a florin" in cli("ask", QUESTION, "--experts", dear, "--plan").out


def test_a_card_says_that_the_expert_asks_first_and_why(cli, tmp_path, home, monkeypatch):
    (home / "x").parent.mkdir(parents=True, exist_ok=True)
    (home / "collegia.toml").write_text(
        '[models.default]\nmodel = "openai/x"\n\n[experts.oracle]\npurpose = "Knows."\nasks_first = "it is dear"\n'
    )
    assert "asks first: it is dear" in cli("experts", "show", "oracle").out
    assert cli("experts", "show", "oracle", "-o", "json").json()["asks_first"] == "it is dear"
    assert cli("experts", "show", "circle_area", "-o", "json").json()["asks_first"] == ""
    assert 'asks_first = "it is dear"' in cli("config", "show").out


def test_a_reason_that_would_drive_the_terminal_is_shown_as_text(cli, tmp_path, home):
    from collegia.tools.trust import trust

    path = tmp_path / "evil.py"
    path.write_text(DEAR.replace("each call costs a florin", "\\x1b[31m[bold]red[/bold]\\x07"))
    trust(path, home)
    done = cli("ask", QUESTION, "--experts", path)
    assert done.code == 3
    assert "[bold]red[/bold]" in done.out
    assert "\x1b" not in done.out + done.err


# ── a person at a terminal ──


def at_terminal(dear: Path, *keys: tuple[str, bytes]) -> tuple[int, str]:
    """Ask on a terminal and type each line once its prompt is there; the exit code and all that was shown."""
    running, terminal = on_terminal("ask", QUESTION, "--experts", str(dear))
    shown = ""
    try:
        for prompt, typed in keys:
            shown += read_until(terminal, prompt)
            os.write(terminal, typed)
        deadline = time.monotonic() + 30
        while running.poll() is None and time.monotonic() < deadline:
            shown += _rest(terminal)
        shown += _rest(terminal)
        return running.wait(timeout=30), shown
    finally:
        running.kill()
        running.wait()
        os.close(terminal)


def _rest(terminal: int) -> str:
    import select

    found = b""
    while select.select([terminal], [], [], 0.1)[0]:
        try:
            part = os.read(terminal, 65536)
        except OSError:  # the other end is closed
            break
        if not part:
            break
        found += part
    return found.decode(errors="replace")


def test_a_person_approves(dear, home):
    code, shown = at_terminal(dear, ("> ", b"y\n"))
    assert (code, calls(home)) == (0, ["dear_blim"])
    assert "each call costs a florin" in shown
    assert "(or: rough_blim)" in shown
    assert "blim = 6 m" in shown


def test_a_person_says_no(dear, home):
    code, shown = at_terminal(dear, ("> ", b"n\n"))
    assert (code, calls(home)) == (130, [])
    assert "rejected before it ran" in shown


def test_a_person_edits_a_value_is_told_what_does_not_go_and_approves(dear, home):
    code, shown = at_terminal(
        dear,
        ("> ", b"e\n"),
        ("or STEP = EXPERT\r\n> ", b"s1.grum = 3 bar\n"),
        ("expert\r\n> ", b"e\n"),
        ("or STEP = EXPERT\r\n> ", b"s1.grum = 30 m\n"),
        ("expert\r\n> ", b"e\n"),
        ("or STEP = EXPERT\r\n> ", b"s1.grum = 3 m\n"),
        ("expert\r\n> ", b"perhaps\n"),
        ("expert\r\n> ", b"y\n"),
    )
    assert (code, calls(home)) == (0, ["dear_blim"])
    assert "blim = 9 m" in shown


def test_a_person_who_says_nothing_leaves_the_run_waiting(dear, home):
    code, shown = at_terminal(dear, ("> ", b"\n"))
    assert (code, calls(home)) == (3, [])
    assert "decide with: collegia resume" in shown


def test_a_person_who_interrupts_leaves_the_run_waiting(cli, dear, home):
    running, terminal = on_terminal("ask", QUESTION, "--experts", str(dear))
    try:
        read_until(terminal, "> ")
        running.send_signal(signal.SIGINT)
        assert (running.wait(timeout=30), calls(home)) == (130, [])
    finally:
        running.kill()
        running.wait()
        os.close(terminal)
    (run,) = cli("runs", "list", "-o", "json").json()
    assert run["status"] == "needs_approval"
    assert cli("resume", run["run_id"], "--approve", "--experts", dear).code == 0


def test_a_killed_process_whose_plan_waits_is_approved_in_the_next(spawn, dear, home):
    running, terminal = on_terminal("ask", QUESTION, "--experts", str(dear))
    try:
        read_until(terminal, "> ")
        running.send_signal(signal.SIGKILL)
        running.wait(timeout=30)
    finally:
        os.close(terminal)
    (run,) = spawn("runs", "list", "-o", "json").json()
    done = spawn("resume", run["run_id"], "--approve", "--experts", dear, "-o", "json")
    assert (done.code, calls(home)) == (0, ["dear_blim"])
    shown = subprocess.run(
        [sys.executable, "-m", "collegia", "runs", "show", run["run_id"], "--events", "-o", "jsonl"],
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    told = [json.loads(line)["kind"] for line in shown.stdout.splitlines()]
    assert [told.count(kind) for kind in ("plan_made", "approval_asked", "approval_given")] == [1, 1, 1]
