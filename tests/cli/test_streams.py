"""Pipes, terminals and signals, with real processes."""

from __future__ import annotations

import json
import os
import pty
import select
import signal
import subprocess
import sys
import time

import pytest

from tests.cli.conftest import BLIM

AREA = "What is the area of a circle of 2 m diameter?"
COMMAND = [sys.executable, "-m", "collegia"]


def test_an_open_pipe_on_standard_input_does_not_hang_a_question():
    running = subprocess.Popen(
        [*COMMAND, "ask", AREA], stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    )
    try:
        assert running.wait(timeout=30) == 0  # the pipe is still open here
        assert running.stdout is not None
        assert b"3.1416" in running.stdout.read()
    finally:
        running.kill()
        running.communicate()


def test_a_question_back_does_not_wait_where_nobody_can_answer(toys):
    running = subprocess.Popen(
        [*COMMAND, "ask", "What is the blim for a grum of 2 m?", "--experts", str(toys)],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
    )  # fmt: skip
    try:
        assert running.wait(timeout=30) == 3
    finally:
        running.kill()
        running.communicate()


def test_a_reader_that_goes_away_is_no_error(spawn):
    spawn("ask", AREA)
    done = subprocess.run(
        ["bash", "-c", f"set -o pipefail; {sys.executable} -m collegia experts list | head -n 1"],
        capture_output=True, text=True, timeout=60, check=False,
    )  # fmt: skip
    assert (done.returncode, done.stderr) == (0, "")
    assert "arithmetic" in done.stdout


@pytest.mark.skipif(not os.path.exists("/dev/full"), reason="no /dev/full here")  # noqa: PTH110  # a device, not a file
def test_a_full_disk_is_told(spawn):
    with open("/dev/full", "w") as full:  # noqa: PTH123  # a device, not a file
        done = subprocess.run(
            [*COMMAND, "ask", AREA], stdout=full, stderr=subprocess.PIPE, text=True, timeout=60, check=False
        )
    assert done.returncode == 1
    assert "No space left" in done.stderr
    assert "Traceback" not in done.stderr


def test_an_interrupt_ends_with_130_and_the_run_is_stored_as_cancelled(toys, spawn):
    running = subprocess.Popen(
        [*COMMAND, "ask", "What is the zonk for a grum of 2 m?", "--experts", str(toys), "-o", "jsonl"],
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
    )  # fmt: skip
    assert running.stdout is not None
    for line in running.stdout:
        if json.loads(line).get("kind") == "step_started":
            break
    began = time.monotonic()
    running.send_signal(signal.SIGINT)
    out, err = running.communicate(timeout=30)
    assert running.returncode == 130
    assert time.monotonic() - began < 5
    assert "Traceback" not in err
    result = json.loads(out.splitlines()[-1])
    assert result["status"] == "cancelled"
    listed = json.loads(spawn("runs", "list", "-o", "json").out)
    assert [(one["run_id"], one["status"]) for one in listed] == [(result["run_id"], "cancelled")]


def test_a_killed_run_stays_running_until_it_is_resumed(toys, spawn):
    toys_quick = toys.with_name("quick.py")
    text = toys.read_text()
    running = subprocess.Popen(
        [*COMMAND, "ask", "What is the zonk for a grum of 2 m?", "--experts", str(toys), "-o", "jsonl"],
        stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True,
    )  # fmt: skip
    assert running.stdout is not None
    for line in running.stdout:
        if json.loads(line).get("kind") == "step_started":
            break
    running.kill()
    running.communicate()
    (listed,) = json.loads(spawn("runs", "list", "-o", "json").out)
    assert listed["status"] == "running"
    toys_quick.write_text(text.replace("time.sleep(60)", "time.sleep(0)"))
    assert spawn("experts", "trust", toys_quick).code == 0
    done = spawn("resume", listed["run_id"], "--experts", toys_quick)
    assert done.code == 0
    assert done.out.startswith("zonk = 2 m")


def read_until(terminal: int, mark: str, seconds: float = 30.0) -> str:
    """What a program writes to its terminal, up to a mark."""
    seen, until = "", time.monotonic() + seconds
    while mark not in seen:
        ready, _, _ = select.select([terminal], [], [], max(0.0, until - time.monotonic()))
        assert ready, f"{mark!r} did not come; seen: {seen}"
        try:
            seen += os.read(terminal, 4096).decode()
        except OSError:
            break
    return seen


def on_terminal(*arguments: str) -> tuple[subprocess.Popen[bytes], int]:
    ours, theirs = pty.openpty()
    environment = {**os.environ, "TERM": "xterm", "COLUMNS": "120"}
    environment.pop("NO_COLOR", None)
    running = subprocess.Popen(
        [*COMMAND, *arguments], stdin=theirs, stdout=theirs, stderr=theirs, close_fds=True, env=environment
    )
    os.close(theirs)
    return running, ours


def test_on_a_terminal_a_clarification_is_asked_at_once(toys):
    running, terminal = on_terminal("ask", "What is the blim for a grum of 2 m?", "--experts", str(toys))
    try:
        assert "flob" in read_until(terminal, "> ")
        os.write(terminal, b"30 cm\n")
        assert "blim = 0.6 m" in read_until(terminal, "Sources")
        assert running.wait(timeout=30) == 0
    finally:
        running.kill()
        running.wait()
        os.close(terminal)


def test_on_a_terminal_a_new_file_is_asked_about_once(toys):
    toys.write_text(toys.read_text() + "\n# changed\n")
    running, terminal = on_terminal("ask", BLIM, "--experts", str(toys))
    try:
        assert "is code" in read_until(terminal, "> ")
        os.write(terminal, b"n\n")
        assert "not trusted" in read_until(terminal, "nothing was run")
        assert running.wait(timeout=30) == 2
    finally:
        running.kill()
        running.wait()
        os.close(terminal)


def test_colour_is_for_terminals_without_no_color(toys, spawn):
    assert "\x1b[" not in spawn("ask", BLIM, "--experts", toys).out
    running, terminal = on_terminal("ask", BLIM, "--experts", str(toys))
    try:
        assert "\x1b[1m" in read_until(terminal, "Sources")
    finally:
        running.kill()
        running.wait()
        os.close(terminal)


def test_answers_can_be_printed_where_the_encoding_is_poor(spawn, toys):
    text = spawn("ask", BLIM, "--experts", toys, PYTHONIOENCODING="ascii")
    assert text.code == 0
    assert "blim = 0.6 m" in text.out
    made = spawn("ask", BLIM, "--experts", toys, "-o", "json", PYTHONIOENCODING="latin-1")
    assert made.json()["answer_text"] == "blim = 0.6 m²"
