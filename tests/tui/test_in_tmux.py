"""The app in a real terminal, driven as a person would: keys go in, and what the screen shows is read.

python tests/tui/test_in_tmux.py        drives it with the screen printed after each step
"""

from __future__ import annotations

import os
import secrets
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

pytestmark = [
    pytest.mark.skipif(shutil.which("tmux") is None, reason="tmux is not installed"),
    pytest.mark.xdist_group("tmux"),
]

PATIENCE = 60.0  # seconds, of a machine that does other things too
QUESTION = "How long does it take to fill 12 m3 at 25 L/min?"
SLOW = """
import asyncio
from pathlib import Path
from typing import Annotated

from collegia.tools import Kind, expert

width = Kind("width", "m", names=("width",), common=True)
patience = Kind("patience", "s", names=("patience",), common=True)


@expert
async def wait_for_it(wide: Annotated[float, width]) -> Annotated[float, patience]:
    \"\"\"The patience that a width takes.\"\"\"
    while not Path({release!r}).exists():
        await asyncio.sleep(0.05)
    return 2 * wide
"""


class Tmux:
    """A tmux server of its own with one session, in which the app runs."""

    def __init__(self, home: Path, columns: int = 100, lines: int = 30) -> None:
        self.home = home
        self.socket = f"collegia-{os.getpid()}-{secrets.token_hex(3)}"  # a server that ends takes its own name along
        self.start = ["new-session", "-d", "-s", "app", "-x", str(columns), "-y", str(lines)]

    def do(self, *arguments: str) -> str:
        environment = {**os.environ, "COLLEGIA_HOME": str(self.home), "TERM": "xterm-256color"}
        command = ["tmux", "-L", self.socket, "-f", "/dev/null", *arguments]
        done = subprocess.run(command, capture_output=True, text=True, env=environment, check=False)
        return done.stdout

    def open(self, *arguments: str) -> None:
        program = f"{sys.executable} -m collegia {' '.join(arguments)}; echo ended with $?; exec sleep 600"
        self.do(*self.start, program)

    def press(self, *keys: str) -> None:
        self.do("send-keys", "-t", "app", *keys)

    def type(self, text: str) -> None:
        self.do("send-keys", "-t", "app", "-l", text)

    @property
    def screen(self) -> str:
        return self.do("capture-pane", "-p", "-t", "app")

    def until(self, *wanted: str, without: str = "") -> str:
        """Wait until all of this is on the screen."""
        end = time.monotonic() + PATIENCE
        while time.monotonic() < end:
            shown = self.screen
            if all(one in shown for one in wanted) and not (without and without in shown):
                return shown
            time.sleep(0.05)
        raise AssertionError(f"{wanted} did not come; the screen shows:\n{self.screen}")

    def close(self) -> None:
        self.do("kill-server")


@pytest.fixture
def tmux(home: Path) -> Iterator[Tmux]:
    made = Tmux(home)
    yield made
    made.close()


def test_a_first_run_asks_sees_what_is_behind_the_answer_and_leaves(tmux: Tmux) -> None:
    tmux.open()
    tmux.until("Collegia, a college of experts")
    tmux.until("Ask, for example", "1  ")
    tmux.type(QUESTION)
    tmux.until(QUESTION)
    tmux.press("Enter")
    tmux.until("How long = 480 min", "evidence F3")
    tmux.press("F3", "1")
    tmux.until("“12 m3” in the question", "“25 L/min” in the question", "time_for_volume")
    tmux.press("Escape", "Escape")
    tmux.until("evidence F3")
    tmux.type("and at 50 L/min?")
    tmux.press("Enter")
    tmux.until("How long = 240 min", "changed:")
    tmux.press("F1")
    tmux.until("Keys and commands")
    tmux.press("Escape")
    tmux.until("How long = 240 min")
    tmux.press("C-q")
    assert "Traceback" not in tmux.until("ended with 0")


def test_a_plan_is_approved_before_it_runs(tmux: Tmux) -> None:
    tmux.home.mkdir(parents=True)
    (tmux.home / "collegia.toml").write_text('approve = "always"\n')
    tmux.open()
    tmux.until("Ask, for example")
    tmux.type(QUESTION)
    tmux.press("Enter")
    tmux.until("time_for_volume", "Run it")
    assert "480 min" not in tmux.screen
    tmux.press("a")
    tmux.until("How long = 480 min")
    tmux.press("C-q")
    tmux.until("ended with 0")


def test_a_run_is_stopped_left_and_gone_on_with_on_the_next_day(tmux: Tmux, tmp_path: Path) -> None:
    release = tmp_path / "release"
    experts = tmp_path / "slow.py"
    experts.write_text(SLOW.format(release=str(release)))
    subprocess.run(
        [sys.executable, "-m", "collegia", "experts", "trust", str(experts)],
        env={**os.environ, "COLLEGIA_HOME": str(tmux.home)}, check=True, capture_output=True,
    )  # fmt: skip
    tmux.open("chat", "--experts", str(experts))
    tmux.until("Ask, for example")
    tmux.type("What is the patience of a width of 3 m?")
    tmux.press("Enter")
    tmux.until("wait_for_it")
    tmux.press("Escape")
    tmux.until("stopped:", "collegia resume")
    tmux.press("C-q")
    tmux.until("ended with 0")
    release.touch()
    tmux.do("kill-session", "-t", "app")
    tmux.open("chat", "--experts", str(experts))
    tmux.until("Ask, for example")
    tmux.type("/resume")
    tmux.press("Enter")
    tmux.until("patience = 6 s")
    tmux.press("F6")
    tmux.until("Sessions · 1", "patience")
    tmux.press("C-q")
    assert "Traceback" not in tmux.until("ended with 0")


if __name__ == "__main__":
    import tempfile

    class Shown(Tmux):
        def until(self, *wanted: str, without: str = "") -> str:
            shown = super().until(*wanted, without=without)
            print(f"{'─' * 100}\n{shown}")  # noqa: T201  # a program then, not a test
            return shown

    driven = Shown(Path(tempfile.mkdtemp()))
    try:
        test_a_first_run_asks_sees_what_is_behind_the_answer_and_leaves(driven)
    finally:
        driven.close()
