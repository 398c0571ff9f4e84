"""The run store: durable, shared by processes, and clear about what is wrong with it."""

from __future__ import annotations

import multiprocessing
import os
import sqlite3
import stat
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from collegia.agents.store import RunRecord, RunStore
from collegia.errors import StoreError, UnknownRun
from collegia.events import RunFinished, RunStarted


def record(run_id: str = "r1", created: str = "2026-01-01T00:00:00") -> RunRecord:
    return RunRecord(run_id, "running", "how big?", created, created, options={"notes": ["x"]})


def started(run_id: str = "r1", seq: int = 0) -> RunStarted:
    return RunStarted(run_id=run_id, seq=seq, at="2026-01-01", question="how big?")


@pytest.fixture(params=["file", "memory"])
def store(request: pytest.FixtureRequest, home: Path) -> RunStore:
    return RunStore(home / "runs.sqlite") if request.param == "file" else RunStore.in_memory()


def test_a_run_reads_back_as_it_was_stored(store: RunStore) -> None:
    store.create(record())
    assert store.get("r1") == record()


def test_a_change_leaves_the_rest(store: RunStore) -> None:
    store.create(record())
    store.update("r1", at="later", plan={"version": 1})
    store.update("r1", at="last", status="answered", result={"value": 0.1 + 0.2, "text": "60 m³/h → 5"})
    found = store.get("r1")
    assert (found.status, found.plan, found.updated, found.created) == (
        "answered",
        {"version": 1},
        "last",
        record().created,
    )
    assert found.result == {"value": 0.30000000000000004, "text": "60 m³/h → 5"}


def test_runs_are_listed_newest_first(store: RunStore) -> None:
    for number in range(5):
        store.create(record(f"r{number}", f"2026-01-0{number + 1}"))
    assert [one.run_id for one in store.list()] == ["r4", "r3", "r2", "r1", "r0"]
    assert [one.run_id for one in store.list(2)] == ["r4", "r3"]


def test_an_unknown_run_is_named(store: RunStore) -> None:
    with pytest.raises(UnknownRun, match="'nope'"):
        store.get("nope")
    assert store.events("nope") == []


def test_events_come_back_in_order(store: RunStore) -> None:
    events = [started(seq=0), RunFinished(run_id="r1", seq=1, at="2026", status="answered")]
    for event in events:
        store.append(event)
    store.append(started("r2"))
    assert store.events("r1") == events


def test_of_two_who_append_the_same_number_the_second_is_stopped(store: RunStore) -> None:
    store.append(started())
    with pytest.raises(StoreError, match="r1 is being worked on by another process"):
        store.append(started())


def test_a_run_id_is_given_once(store: RunStore) -> None:
    store.create(record())
    with pytest.raises(StoreError, match="r1"):
        store.create(record())


def test_nothing_is_made_on_disk_before_the_first_use(home: Path) -> None:
    RunStore(home / "runs.sqlite")
    assert not home.exists()


def test_a_closed_store_opens_again(home: Path) -> None:
    store = RunStore(home / "runs.sqlite")
    store.create(record())
    store.close()
    assert store.get("r1") == record()


def test_threads_may_share_a_store(store: RunStore) -> None:
    def write(number: int) -> None:
        for seq in range(25):
            store.append(started(f"r{number}", seq))

    threads = [threading.Thread(target=write, args=(number,)) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert all(len(store.events(f"r{number}")) == 25 for number in range(8))


def _write_many(path: Path, name: str) -> None:
    store = RunStore(path)
    for number in range(20):
        store.create(record(f"{name}-{number}"))
        for seq in range(5):
            store.append(started(f"{name}-{number}", seq))


def test_processes_may_share_a_store_from_its_first_moment(home: Path) -> None:
    home.mkdir()
    path = home / "runs.sqlite"
    context = multiprocessing.get_context("spawn")
    processes = [context.Process(target=_write_many, args=(path, name)) for name in "abcd"]
    for process in processes:
        process.start()
    for process in processes:
        process.join()
    assert [process.exitcode for process in processes] == [0, 0, 0, 0]
    store = RunStore(path)
    assert len(store.list()) == 80
    assert all(len(store.events(one.run_id)) == 5 for one in store.list())


def test_what_was_appended_outlives_a_killed_process(home: Path) -> None:
    code = (
        "import os, signal, sys; from pathlib import Path\n"
        "from collegia.agents.store import RunRecord, RunStore\n"
        "from collegia.events import RunStarted\n"
        "store = RunStore(Path(sys.argv[1]))\n"
        "store.create(RunRecord('r1', 'running', 'q', 'c', 'c'))\n"
        "for seq in range(50): store.append(RunStarted(run_id='r1', seq=seq, at='', question='q'))\n"
        "os.kill(os.getpid(), signal.SIGKILL)\n"
    )
    path = home / "runs.sqlite"
    done = subprocess.run([sys.executable, "-c", code, str(path)], check=False)
    assert done.returncode == -9
    assert len(RunStore(path).events("r1")) == 50


@pytest.mark.parametrize(
    "content", [b"this is no database at all, not even a small one" * 50, b"SQLite format 3\x00" + b"\xff" * 4000]
)
def test_a_damaged_store_is_named_with_what_to_do_and_left_as_it_is(home: Path, content: bytes) -> None:
    home.mkdir()
    path = home / "runs.sqlite"
    path.write_bytes(content)
    with pytest.raises(StoreError, match=r"runs\.sqlite.*move it away"):
        RunStore(path).list()
    assert path.read_bytes() == content


def test_a_store_with_a_damaged_log_says_which_run(home: Path) -> None:
    path = home / "runs.sqlite"
    store = RunStore(path)
    store.create(record())
    store.append(started())
    with sqlite3.connect(path) as other:
        other.execute("UPDATE events SET json = '{'")
        other.execute("UPDATE runs SET options = '[1]'")
    other.close()
    with pytest.raises(StoreError, match="log of run r1"):
        store.events("r1")
    with pytest.raises(StoreError, match="run r1"):
        store.get("r1")


def test_a_store_of_a_newer_release_is_left_alone(home: Path) -> None:
    path = home / "runs.sqlite"
    RunStore(path).list()
    with sqlite3.connect(path) as other:
        other.execute("PRAGMA user_version = 99")
    other.close()
    with pytest.raises(StoreError, match="newer release"):
        RunStore(path).list()


def test_a_home_that_cannot_be_made_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(StoreError, match=r"file.*COLLEGIA_HOME"):
        RunStore(tmp_path / "file" / "runs.sqlite").list()


def test_a_home_that_is_a_folder_of_that_name_is_named(home: Path) -> None:
    (home / "runs.sqlite").mkdir(parents=True)
    with pytest.raises(StoreError, match=r"runs\.sqlite.*COLLEGIA_HOME"):
        RunStore(home / "runs.sqlite").list()


@pytest.mark.skipif(os.geteuid() == 0, reason="root writes where it likes")
def test_a_read_only_home_is_named(home: Path) -> None:
    home.mkdir()
    home.chmod(stat.S_IRUSR | stat.S_IXUSR)
    with pytest.raises(StoreError, match="COLLEGIA_HOME"):
        RunStore(home / "runs.sqlite").create(record())


def test_a_store_that_turned_read_only_is_named(home: Path) -> None:
    path = home / "runs.sqlite"
    store = RunStore(path)
    store.create(record())
    connection = store._connection
    assert connection is not None
    connection.execute("PRAGMA query_only = ON")
    with pytest.raises(StoreError, match=r"runs\.sqlite cannot be written"):
        store.append(started())


def test_a_store_that_another_process_holds_is_named(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("collegia.database.PATIENCE", 0.05)
    path = home / "runs.sqlite"
    RunStore(path).create(record())
    other = sqlite3.connect(path, isolation_level=None)
    other.execute("BEGIN EXCLUSIVE")
    with pytest.raises(StoreError, match="held by another process"):
        RunStore(path).append(started())
    other.close()
