"""An engine is started, watched, started again and stopped: shown on little engines that are processes of their own."""

from __future__ import annotations

import asyncio
import re
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest

from collegia.errors import ServingError, UsageError
from collegia.settings import Serving
from collegia.tools.serving import Fleet
from collegia.tools.serving.record import Process, Record, read_record, this_process, write_record
from collegia.tools.serving.stopping import last_words, stop
from collegia.tools.serving.watch import Watcher
from tests.engine.conftest import free_port
from tests.tools.serving.conftest import adapter

LITTLE = Path(__file__).parent / "little_engine.py"
GONE = Process(2**22 + 1, "")  # no system has that many


class Watched:
    """A watcher at work, and what it told."""

    def __init__(self, folder: Path, *flags: str, port: int | None = None, **stated: Any) -> None:
        self.told: list[str] = []
        settings = Serving(
            command=(sys.executable, str(LITTLE)), model="little", port=port or free_port(), extra=flags,
            adapters=tuple((name, str(adapter(folder / name, 8))) for name in ("oil", "gas", "steam")),
        )  # fmt: skip
        self.folder = folder / "serving"
        self.watcher = Watcher(settings, self.folder, self.told.append, **{"look": 0.02, "grace": 0.5, **stated})
        self.run = asyncio.create_task(self.watcher.run())
        self.serving = settings

    async def until(self, done: Callable[[], bool], seconds: float = 20.0) -> None:
        end = time.monotonic() + seconds
        while not done():
            assert time.monotonic() < end, self.told
            if self.run.done():
                self.run.result()
            await asyncio.sleep(0.01)

    async def answers(self, times: int = 1) -> None:
        await self.until(lambda: sum("answers at" in one for one in self.told) >= times)

    def ask(self, path: str) -> None:
        request = urllib.request.Request(self.watcher.url + path, b"")  # noqa: S310  # our own loopback
        with suppress(OSError):
            urllib.request.urlopen(request, timeout=5).close()  # noqa: S310  # the same

    async def stop(self) -> None:
        self.watcher.stop()
        await self.run

    @property
    def record(self) -> Record:
        found = read_record(self.folder)
        assert found is not None
        return found

    def workers(self) -> list[int]:
        """The other processes of the engines that were started."""
        return [int(one) for one in re.findall(r"worker (\d+)", self.watcher.log.read_text())]


def gone(pid: int) -> bool:
    return not Process.of(pid).is_alive() or not Process.of(pid).started


async def test_an_engine_is_started_with_the_first_adapters_and_stopped_with_all_its_processes(tmp_path: Path) -> None:
    watched = Watched(tmp_path)
    await watched.answers()
    assert watched.record.state == "running"
    async with Fleet(watched.serving) as fleet:
        (status,) = await fleet.status()
    assert (status.healthy, status.model, status.adapters) == (True, "base", ("oil", "gas"))
    engine, workers = watched.record.engine, watched.workers()
    assert engine is not None
    assert not gone(engine.pid)
    assert [gone(pid) for pid in workers] == [False]
    await watched.stop()
    assert gone(engine.pid)
    assert gone(workers[0])
    assert (watched.record.state, watched.record.engine) == ("stopped", None)


async def test_an_engine_that_dies_is_started_again_after_longer_and_longer_pauses_and_then_given_up(
    tmp_path: Path,
) -> None:
    watched = Watched(tmp_path, pauses=(0.05, 0.1))
    for life in (1, 2, 3):
        await watched.answers(life)
        watched.ask("/die")
    with pytest.raises(ServingError, match="the engine ended with code -9, 3 times in a row, and is given up"):
        await asyncio.wait_for(watched.run, 20)
    assert [one.rpartition(" in ")[2] for one in watched.told if "again" in one] == ["0.05 s", "0.1 s"]
    assert (watched.record.state, watched.record.restarts) == ("failed", 2)
    assert [gone(pid) for pid in watched.workers()] == [True] * 3, "what a killed engine left behind is ended"


async def test_an_engine_that_was_well_for_a_while_gets_the_first_pause_again(tmp_path: Path) -> None:
    watched = Watched(tmp_path, pauses=(0.05,), steady=0.0)
    for life in (1, 2, 3):
        await watched.answers(life)
        watched.ask("/die")
    await watched.answers(4)
    await watched.stop()
    assert watched.record.restarts == 3


async def test_an_engine_that_never_answers_is_not_started_again_and_its_reason_is_told(tmp_path: Path) -> None:
    watched = Watched(tmp_path, "--dies")
    with pytest.raises(ServingError, match="code 1 before it could answer: ValueError: this model is of no kind"):
        await asyncio.wait_for(watched.run, 20)
    assert watched.told == []
    assert watched.record.why.startswith("the engine ended with code 1")


async def test_an_engine_that_falls_silent_is_started_again(tmp_path: Path) -> None:
    watched = Watched(tmp_path, pauses=(0.05,), silence=0.2)
    await watched.answers()
    watched.ask("/fall_silent")
    await watched.answers(2)
    await watched.stop()
    assert any("has not answered for 0.2 s" in one for one in watched.told)


async def test_an_engine_that_does_not_stop_when_it_is_asked_is_killed(tmp_path: Path) -> None:
    watched = Watched(tmp_path, "--stubborn", grace=0.3)
    await watched.answers()
    engine = watched.record.engine
    await asyncio.wait_for(watched.stop(), 10)
    assert engine is not None
    assert [gone(pid) for pid in (engine.pid, *watched.workers())] == [True, True]


async def test_a_port_that_is_taken_is_refused(tmp_path: Path) -> None:
    first = Watched(tmp_path / "one")
    await first.answers()
    second = Watched(tmp_path / "two", port=first.serving.port)
    with pytest.raises(UsageError, match="something listens at"):
        await second.run
    await first.stop()


async def test_a_second_watcher_of_a_home_is_refused_and_the_first_goes_on(tmp_path: Path) -> None:
    first = Watched(tmp_path)
    await first.answers()
    with pytest.raises(UsageError, match="served from this home already"):
        await Watched(tmp_path).run
    assert first.record.state == "running"
    await first.stop()


@pytest.fixture
def sleeper() -> Iterator[subprocess.Popen[bytes]]:
    """A process that leads a group of its own and does nothing."""
    process = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(600)"], start_new_session=True)
    yield process
    process.kill()
    process.wait()


async def test_an_engine_whose_watcher_was_killed_is_stopped_before_another_starts(
    tmp_path: Path, sleeper: subprocess.Popen[bytes]
) -> None:
    folder = tmp_path / "serving"
    folder.mkdir()
    write_record(folder, Record(GONE, "http://127.0.0.1:1", "running", 0.0, Process.of(sleeper.pid)))
    watched = Watched(tmp_path)
    await watched.answers()
    assert sleeper.wait(5) == -15
    assert watched.told[0] == "an engine that nobody watched any more is stopped"
    await watched.stop()


def test_a_number_that_another_process_has_by_now_is_not_taken_for_the_watcher(
    tmp_path: Path, sleeper: subprocess.Popen[bytes]
) -> None:
    stale = Process(sleeper.pid, "another boot 123")
    assert Process.of(sleeper.pid).is_alive()
    assert not stale.is_alive()
    write_record(tmp_path, Record(stale, "http://127.0.0.1:1", "running", 0.0, stale))
    assert not stop(tmp_path)
    assert sleeper.poll() is None


def test_a_process_that_is_gone_or_only_unburied_is_not_alive(sleeper: subprocess.Popen[bytes]) -> None:
    known = Process.of(sleeper.pid)
    assert known.is_alive()
    sleeper.kill()
    end = time.monotonic() + 10
    while known.is_alive() and time.monotonic() < end:  # nobody has waited for it yet
        time.sleep(0.01)
    assert not known.is_alive()
    sleeper.wait()
    assert not known.is_alive()
    assert this_process().is_alive()


@pytest.mark.parametrize("text", ["", "{", "[]", '{"watcher": 3}', '{"watcher": {"pid": 1}}'])
def test_a_record_that_cannot_be_read_is_none(tmp_path: Path, text: str) -> None:
    (tmp_path / "server.json").write_text(text)
    assert read_record(tmp_path) is None
    assert not stop(tmp_path)


def test_the_last_words_of_a_log_are_its_last_error(tmp_path: Path) -> None:
    log = tmp_path / "log"
    log.write_text("INFO all is well\nValueError: no such model\nINFO going down\n")
    assert last_words(log) == "ValueError: no such model"
    log.write_text("one\ntwo\n")
    assert last_words(log) == "two"
    assert last_words(tmp_path / "none") == "it has no log"
