"""Plain lines: what a screen reader is read, one statement each."""

from __future__ import annotations

import inspect
import os
import pty
import re
import subprocess
import sys
import unicodedata
from pathlib import Path

import pytest
import typer

from collegia.agents.result import StepReport
from collegia.agents.telling import step_text
from collegia.cli import kb, memory
from collegia.cli import serve as serving
from collegia.cli.app import app, experts, runs, sessions
from tests.cli.conftest import BLIM

PAGE = "# Fouling\n\nAlso called: scaling.\n\nFouling lowers heat transfer. Heat transfer raises the duty.\n"


@pytest.fixture
def stored(cli, home, tmp_path, toys) -> str:
    """A home with a session, a run, documents; the id of the run."""
    assert cli("ask", BLIM, "--experts", toys, "--session", "pipes").code == 0
    (tmp_path / "fouling.md").write_text(PAGE)
    assert cli("kb", "add", tmp_path / "fouling.md", "-q").code == 0
    return str(cli("runs", "list", "-o", "json").json()[0]["run_id"])


def drawn(text: str) -> set[str]:
    """The characters of a text that draw, point or decorate."""
    return {one for one in text if "─" <= one <= "▟" or one in "\x1b│→←•" or unicodedata.category(one) == "Cc"} - {"\n"}


COMMANDS: list[list[str]] = [
    ["ask", BLIM], ["ask", BLIM, "--plan"], ["runs", "list"], ["runs", "show", "RUN"],
    ["runs", "show", "RUN", "--events"], ["resume", "RUN"], ["sessions", "list"], ["sessions", "show", "pipes"],
    ["experts", "list"], ["experts", "show", "circle_area"], ["kb", "status"], ["kb", "list"],
    ["kb", "show", "fouling.md"], ["kb", "search", "fouling"], ["kb", "graph", "fouling"],
    ["kb", "graph", "fouling", "--to", "duty"],
    ["kb", "doctor"], ["memory", "list"], ["route", BLIM], ["doctor"],
]  # fmt: skip


def test_no_command_draws_and_every_line_is_a_statement(stored, cli, toys):
    for command in COMMANDS:
        given = [stored if one == "RUN" else one for one in command]
        more = ["--experts", toys] if given[0] in ("ask", "resume") else []
        done = cli(*given, "--plain", *more)
        assert done.code in (0, 1, 3, 4), (command, done.err)
        assert done.out, command
        assert drawn(done.out + done.err) == set(), command
        if command[:2] != ["kb", "show"]:  # a document stands as it is
            lines = done.out.splitlines()
            assert not [one for one in lines if not one.strip() or re.search(r"\S {3,}\S", one)], (command, lines)


def test_a_step_is_told_as_one_sentence_with_whence_each_value_came(stored, cli, toys):
    lines = cli("ask", BLIM, "--experts", toys, "--plain").out.splitlines()
    assert lines[0] == "blim = 0.6 m²"
    assert lines[1] == (
        "Step s1, blim: blim 0.6 m²; from grum 2 m, as you wrote “2 m”; flob 0.3 m, as you wrote “30 cm”."
    )
    assert "Source: s1 blim: the book of toys" in lines


def test_every_origin_of_a_value_is_said():
    step = StepReport(
        id="s2", expert="wet_frob", status="failed", error="no frob today",
        inputs={"a": 1.0, "b": 2.0, "c": 3.0, "d": 4.0, "e": 5.0, "f": 6.0, "g": None},
        evidence={
            "a": {"origin": "clarification", "text": "1"}, "b": {"origin": "call", "step": "s1"},
            "c": {"origin": "default"}, "d": {"origin": "remembered", "source": "said on 2026-01-02"},
            "e": {"origin": "passage", "source": "pumps.md", "text": "5"},
            "f": {"origin": "steps", "inputs": [{"step": "s1"}]},
        },
    )  # fmt: skip
    assert step_text(step, None, set()) == (
        "Step s2, wet frob: failed: no frob today; from a 1, as you answered “1”; b 2, of step s1; c 3, the default;"
        " d 4, as you said on 2026-01-02; e 5, as pumps.md says: “5”; f 6, of steps s1."
    )


def test_a_variable_and_a_dumb_terminal_ask_for_it_as_the_option_does(stored, cli, monkeypatch):
    plain = cli("runs", "list", "--plain").out
    assert plain.startswith(f"run {stored}, status answered, created ")
    usual = cli("runs", "list").out
    assert usual.splitlines()[0].split() == ["run", "status", "created", "question"]
    monkeypatch.setenv("COLLEGIA_PLAIN", "1")
    assert cli("runs", "list").out == plain
    monkeypatch.setenv("COLLEGIA_PLAIN", "0")
    assert cli("runs", "list").out == usual
    monkeypatch.setenv("TERM", "dumb")
    assert cli("runs", "list").out == plain


def test_what_programs_read_is_the_same(stored, cli):
    assert (
        cli("runs", "show", stored, "-o", "json", "--plain").json() == cli("runs", "show", stored, "-o", "json").json()
    )


def test_a_graph_is_told_with_the_sentence_that_states_it(stored, cli):
    lines = cli("kb", "graph", "fouling", "--plain").out.splitlines()
    assert lines[0] == "Fouling: 1 passage."
    assert "Fouling is also called scaling." in lines
    assert any(one.startswith("Fouling lowers heat transfer, fouling.md ") for one in lines)
    path = cli("kb", "graph", "fouling", "--to", "heat transfer", "--plain").out
    assert path.startswith("Path 1, step 1: Fouling lowers heat transfer, fouling.md ")


def test_every_command_that_shows_something_can_show_it_plainly():
    groups = {"": app, "runs": runs, "sessions": sessions, "experts": experts, "kb": kb.app, "memory": memory.app,
              "serve": serving.app}  # fmt: skip
    for group in groups.values():
        for command in group.registered_commands:
            taken = inspect.signature(command.callback).parameters  # type: ignore[arg-type]  # every command has one
            assert ("plain" in taken) == ("output" in taken), command.callback
    assert "--plain" in typer.main.get_command(app).commands["ask"].get_help(_context())  # type: ignore[attr-defined]  # a group has commands


def _context() -> typer.Context:
    return typer.main.get_command(app).make_context("collegia", ["runs"], resilient_parsing=True)  # type: ignore[return-value]  # typer's own class of it


def test_hostile_text_is_shown_as_text(cli, home):
    from collegia.agents.log import now
    from collegia.agents.store import RunRecord, RunStore

    store = RunStore(home / "runs.sqlite")
    store.create(RunRecord("r1", "error", "[bold]x[/] \x1b[31mred\x1b[0m \u202egnol\nsecond ═ line", now(), now()))
    store.close()
    (line,) = cli("runs", "list", "--plain").out.splitlines()
    assert "[bold]x[/]" in line
    assert not {"\x1b", "\u202e"} & set(line)


def on_a_terminal(code: str, **environment: str) -> str:
    """What a program writes to standard error, where that is a terminal."""
    own, other = pty.openpty()
    try:
        done = subprocess.Popen(
            [sys.executable, "-c", code], stderr=other, stdout=subprocess.DEVNULL, stdin=subprocess.DEVNULL,
            env={**os.environ, **environment},
        )  # fmt: skip
        os.close(other)
        said = b""
        while True:
            try:
                part = os.read(own, 65536)
            except OSError:  # the other end is closed
                break
            if not part:
                break
            said += part
        assert done.wait(60) == 0, said
    finally:
        os.close(own)
    return said.decode()


COUNTING = """
from collegia.cli import err
err._EVERY = 0.0
with err.waiting("the engine starts"):
    pass
with err.progress(4, "reading") as step:
    for _ in range(4):
        step()
"""


def test_progress_is_told_in_lines_and_nothing_moves():
    plain = on_a_terminal(COUNTING, COLLEGIA_PLAIN="1").replace("\r\n", "\n")
    assert plain.splitlines() == [
        "the engine starts", "reading: 1 of 4 done", "reading: 2 of 4 done", "reading: 3 of 4 done", "reading: 4 done",
    ]  # fmt: skip
    assert "\x1b[" in on_a_terminal(COUNTING)


def test_the_app_says_that_a_dumb_terminal_cannot_show_it(tmp_path: Path):
    own, other = pty.openpty()
    done = subprocess.run(
        [sys.executable, "-m", "collegia"], stdin=other, stdout=other, stderr=subprocess.PIPE,
        env={**os.environ, "TERM": "dumb"}, check=False,
    )  # fmt: skip
    os.close(own)
    os.close(other)
    assert done.returncode == 2
    assert b"TERM is dumb" in done.stderr
