"""The command line in this process, and toy experts whose words are nonsense."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from typer.testing import CliRunner

TOYS = '''
"""Toy experts."""
import time
from typing import Annotated

from collegia.errors import NoData
from collegia.tools import Example, Kind, Range, expert

grum = Kind("grum", "m", names=("grum",))
flob = Kind("flob", "m", names=("flob",))


@expert(source="the book of toys", examples=[Example({"grum": 2.0, "flob": 3.0}, {"blim": 6.0})])
def blim(
    grum: Annotated[float, grum, Range(gt=0, le=10)], flob: Annotated[float, flob]
) -> Annotated[float, Kind("blim", "m**2", names=("blim",))]:
    """Blim of a grum and a flob."""
    return grum * flob


def wug(grum: Annotated[float, grum]) -> Annotated[float, Kind("wug", "m", names=("wug",))]:
    """Wug, which is never known."""
    raise NoData("no wug is in the book")


def zonk(grum: Annotated[float, grum]) -> Annotated[float, Kind("zonk", "m", names=("zonk",))]:
    """Zonk, which takes its time."""
    time.sleep(60)
    return grum
'''

BLIM = "What is the blim for a grum of 2 m and a flob of 30 cm?"


class Done(NamedTuple):
    """What a command did."""

    code: int
    out: str
    err: str

    def json(self) -> Any:
        return json.loads(self.out)

    def lines(self) -> list[Any]:
        return [json.loads(line) for line in self.out.splitlines()]


@pytest.fixture(autouse=True)
def _plain_arithmetic_only(monkeypatch: pytest.MonkeyPatch) -> None:
    """One small domain: these tests are about the surface."""
    monkeypatch.setenv("COLLEGIA_DOMAINS", "arithmetic")
    monkeypatch.setenv("TERM", "xterm-256color")  # a dumb one is told in plain lines


@pytest.fixture
def cli() -> Callable[..., Done]:
    """Run `collegia` with these arguments, in this process."""
    from collegia.cli.app import app

    def run(*arguments: str | Path, stdin: str | bytes | None = None) -> Done:
        done = CliRunner().invoke(app, [str(one) for one in arguments], input=stdin, prog_name="collegia")
        assert done.exception is None or isinstance(done.exception, SystemExit), done.exception
        return Done(done.exit_code, done.stdout, done.stderr)

    return run


@pytest.fixture
def spawn() -> Callable[..., Done]:
    """Run `collegia` with these arguments, as a process of its own."""

    def run(*arguments: str | Path, stdin: bytes | None = None, **environment: str) -> Done:
        done = subprocess.run(
            [sys.executable, "-m", "collegia", *map(str, arguments)],
            input=stdin,
            stdin=subprocess.DEVNULL if stdin is None else None,
            capture_output=True,
            env={**os.environ, **environment},
            timeout=60,
            check=False,
        )
        return Done(done.returncode, done.stdout.decode(), done.stderr.decode())

    return run


@pytest.fixture
def toys(tmp_path: Path, home: Path) -> Path:
    """A trusted file of experts."""
    from collegia.tools.trust import trust

    path = tmp_path / "toys.py"
    path.write_text(TOYS)
    trust(path, home)
    return path
