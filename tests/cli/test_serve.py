"""`collegia serve` on a little engine that is a process of its own."""

from __future__ import annotations

import json
import os
import signal
import socket
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("aiohttp", reason="serving needs collegia[models]")

from collegia.tools.serving.record import Process, read_record
from collegia.tools.serving.stopping import stop
from tests.cli.conftest import Done
from tests.engine.conftest import free_port

LITTLE = Path(__file__).parents[1] / "tools" / "serving" / "little_engine.py"

Cli = Callable[..., Done]


@pytest.fixture
def configure(home: Path) -> Iterator[Callable[..., str]]:
    """Write the settings for a little engine, and give its address; what runs in the end is stopped."""

    def configured(*flags: str, **more: Any) -> str:
        port = free_port()
        told = {"command": [sys.executable, str(LITTLE)], "model": "little", "port": port, "extra": list(flags), **more}
        home.mkdir(exist_ok=True)
        lines = ["[serving]", *(f"{name} = {json.dumps(value)}" for name, value in told.items())]
        (home / "collegia.toml").write_text("\n".join([*lines, "[serving.adapters]", 'oil = "/oil"', 'gas = "/gas"']))
        return f"http://127.0.0.1:{port}"

    yield configured
    stop(home / "serving", grace=1.0)


def test_an_engine_is_started_shown_and_stopped(
    configure: Callable[..., str], spawn: Cli, cli: Cli, home: Path
) -> None:
    url = configure()
    up = spawn("serve", "up")
    assert (up.code, up.out) == (0, f"{url}\n"), up.err
    assert "the engine answers; its log is" in up.err
    shown = cli("serve", "status")
    assert shown.code == 0
    assert [" ".join(one.split()) for one in shown.out.splitlines()[:3]] == [
        f"{url} healthy base", "adapters oil, gas; 2 fit", "requests 0 running, 0 waiting; cache in use: 25.0%",
    ]  # fmt: skip
    again = spawn("serve", "up")
    assert (again.code, again.out) == (2, "")
    assert "an engine runs already" in again.err
    record = read_record(home / "serving")
    assert record is not None
    assert record.engine is not None
    down = spawn("serve", "down")
    assert (down.code, down.err) == (0, "the engine is stopped\n")
    assert not record.engine.is_alive()
    assert not record.watcher.is_alive()
    shown = cli("serve", "status")
    assert shown.code == 1
    assert "does not answer" in shown.out
    assert "stopped since" in shown.out
    assert spawn("serve", "down").err == "no engine runs that `collegia serve up` started\n"


def test_a_killed_engine_runs_again_and_status_says_so(configure: Callable[..., str], spawn: Cli, home: Path) -> None:
    configure()
    assert spawn("serve", "up").code == 0
    first = read_record(home / "serving")
    assert first is not None
    assert first.engine is not None
    os.kill(first.engine.pid, signal.SIGKILL)
    end = time.monotonic() + 30
    while time.monotonic() < end:
        told = spawn("serve", "status", "-o", "json").json()
        if told["watched"]["restarts"] and told["engines"][0]["healthy"]:
            break
    assert told["watched"]["restarts"] == 1
    assert told["watched"]["why"] == "the engine ended with code -9"
    assert told["engines"][0]["adapters"] == ["oil", "gas"]
    assert told["watched"]["engine"]["pid"] != first.engine.pid


def test_what_is_wrong_with_the_engine_is_told_and_nothing_is_left(
    configure: Callable[..., str], spawn: Cli, home: Path
) -> None:
    configure("--dies")
    up = spawn("serve", "up")
    assert (up.code, up.out) == (1, "")
    assert "before it could answer: ValueError: this model is of no kind that is known" in up.err
    record = read_record(home / "serving")
    assert record is not None
    assert (record.state, record.engine) == ("failed", None)


def test_a_port_that_another_program_has_is_told(configure: Callable[..., str], spawn: Cli, home: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        configure(port=taken.getsockname()[1])
        up = spawn("serve", "up")
    assert (up.code, up.out) == (1, "")
    assert "error: something listens at" in up.err


def test_without_waiting_the_engine_can_be_stopped_while_it_starts(
    configure: Callable[..., str], spawn: Cli, home: Path
) -> None:
    configure()
    up = spawn("serve", "up", "--no-wait")
    assert up.code == 0
    assert "is being started" in up.err
    assert spawn("serve", "down").err == "the engine is stopped\n"
    record = read_record(home / "serving")
    assert record is not None
    assert record.engine is None or not record.engine.is_alive()


def test_a_watcher_that_was_killed_leaves_an_engine_that_is_told_of_and_stopped(
    configure: Callable[..., str], spawn: Cli, home: Path
) -> None:
    configure()
    assert spawn("serve", "up").code == 0
    record = read_record(home / "serving")
    assert record is not None
    os.kill(record.watcher.pid, signal.SIGKILL)
    end = time.monotonic() + 10
    while record.watcher.is_alive() and time.monotonic() < end:
        time.sleep(0.01)
    assert "runs and nobody watches it" in spawn("serve", "status").out
    assert spawn("serve", "down").err == "the engine is stopped\n"
    assert not (record.engine or Process(0, "")).is_alive()


@pytest.mark.parametrize(
    ("changed", "named"),
    [
        ({"model": ""}, "serving.model is not set"),
        ({"command": []}, "serving.python is not set"),
        ({"endpoints": ["http://127.0.0.1:9/v1"]}, "serving.endpoints names running engines"),
    ],
)
def test_what_the_settings_lack_is_a_usage_error(
    configure: Callable[..., str], cli: Cli, home: Path, changed: dict[str, Any], named: str
) -> None:
    configure(**changed)
    up = cli("serve", "up")
    assert (up.code, up.out) == (2, "")
    assert named in up.err
    assert not (home / "serving").exists()


def test_engines_that_are_attached_are_shown_and_never_stopped(configure: Callable[..., str], cli: Cli) -> None:
    configure(endpoints=["http://127.0.0.1:9/v1", "http://127.0.0.1:13"])
    shown = cli("serve", "status", "-o", "json")
    assert shown.code == 1
    told = shown.json()
    assert [one["url"] for one in told["engines"]] == ["http://127.0.0.1:9", "http://127.0.0.1:13"]
    assert [one["running"] for one in told["engines"]] == [None, None]
    assert told["watched"] is None
    assert cli("serve", "down").err == "no engine runs that `collegia serve up` started\n"
