"""Opening SQLite files: patient with other processes, clear when it fails, and nothing left open behind."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
import threading
import time

import pytest

from collegia.database import PATIENCE, complaint, connect, write_ahead
from collegia.errors import StoreError


@pytest.fixture
def impatient(monkeypatch):
    monkeypatch.setattr("collegia.database.PATIENCE", 0.2)


def test_a_file_is_opened_in_write_ahead_mode_and_its_folder_is_made(tmp_path):
    path = tmp_path / "a" / "b" / "x.db"
    db = connect(path, "test store")
    assert db.execute("PRAGMA journal_mode").fetchone() == ("wal",)
    assert db.execute("PRAGMA synchronous").fetchone() == (1,)
    db.execute("CREATE TABLE t (x)")
    db.close()
    assert path.is_file()


def test_memory_needs_no_file():
    db = connect(None, "test store")
    db.execute("CREATE TABLE t (x)")
    assert db.execute("SELECT count(*) FROM t").fetchone() == (0,)
    db.close()


def test_any_thread_may_use_a_connection(tmp_path):
    db = connect(tmp_path / "x.db", "test store")
    found: list[object] = []
    thread = threading.Thread(target=lambda: found.append(db.execute("SELECT 1").fetchone()))
    thread.start()
    thread.join()
    db.close()
    assert found == [(1,)]


def test_changes_are_kept_without_a_commit(tmp_path):
    db = connect(tmp_path / "x.db", "test store")
    db.execute("CREATE TABLE t (x)")
    other = connect(tmp_path / "x.db", "test store")
    assert other.execute("SELECT count(*) FROM t").fetchone() == (0,)
    db.close()
    other.close()


def test_a_folder_that_cannot_be_made_is_said_with_what_to_do(tmp_path):
    (tmp_path / "file").write_text("x")
    with pytest.raises(StoreError, match=r"^the test store cannot be kept in .*/file: File exists; set COLLEGIA_HOME"):
        connect(tmp_path / "file" / "x.db", "test store")
    with pytest.raises(StoreError, match=r"/file/deep: Not a directory; set COLLEGIA_HOME to a folder"):
        connect(tmp_path / "file" / "deep" / "x.db", "test store")


def told(error: sqlite3.Error) -> str:
    return complaint(error, "test store", "/a/x.db")


def test_a_file_that_is_no_database_is_damaged(tmp_path):
    path = tmp_path / "x.db"
    path.write_bytes(b"no database at all " * 100)
    with pytest.raises(sqlite3.DatabaseError) as failed:
        connect(path, "test store")
    assert told(failed.value).startswith("the test store /a/x.db is damaged (file is not a database); move it away")
    path.unlink()  # on some systems this fails where the file is still open
    assert not path.exists()


def test_a_page_that_was_overwritten_is_damaged(tmp_path):
    path = tmp_path / "x.db"
    db = connect(path, "test store")
    db.execute("CREATE TABLE t (x)")
    db.executemany("INSERT INTO t VALUES (?)", [("long " * 500,)] * 50)
    db.close()
    content = bytearray(path.read_bytes())
    content[4096 : 4096 * 8] = b"\xff" * (4096 * 7)
    path.write_bytes(content)
    db = connect(path, "test store")
    with pytest.raises(sqlite3.DatabaseError) as failed:
        db.execute("SELECT sum(length(x)) FROM t").fetchone()
    db.close()
    assert "is damaged" in told(failed.value)


def test_a_folder_in_the_place_of_the_file_cannot_be_written(tmp_path):
    with pytest.raises(sqlite3.OperationalError) as failed:
        connect(tmp_path, "test store")
    assert "cannot be written (unable to open database file); set COLLEGIA_HOME" in told(failed.value)


def test_a_file_that_may_only_be_read_cannot_be_written(tmp_path):
    db = connect(tmp_path / "x.db", "test store")
    db.execute("PRAGMA query_only = ON")
    with pytest.raises(sqlite3.OperationalError) as failed:
        db.execute("CREATE TABLE t (x)")
    db.close()
    assert "cannot be written" in told(failed.value)


def test_a_disk_that_is_full_is_said(tmp_path):
    db = connect(tmp_path / "x.db", "test store")
    db.execute("CREATE TABLE t (x)")
    db.execute("PRAGMA max_page_count = 3")
    with pytest.raises(sqlite3.OperationalError) as failed:
        db.execute("INSERT INTO t VALUES (?)", ("long " * 10_000,))
    db.close()
    assert "cannot grow" in told(failed.value)


def test_a_file_that_another_process_holds_is_said(tmp_path, impatient):
    holder = connect(tmp_path / "x.db", "test store")
    holder.execute("BEGIN IMMEDIATE")
    db = connect(tmp_path / "x.db", "test store")
    with pytest.raises(sqlite3.OperationalError) as failed:
        db.execute("CREATE TABLE t (x)")
    holder.close()
    db.close()
    assert "is held by another process (database is locked); try again when it has finished" in told(failed.value)


def test_what_is_wrong_otherwise_is_said_too():
    assert "cannot be used (strange); move it away" in told(sqlite3.OperationalError("strange"))
    assert "cannot be used (malformed MATCH" in told(sqlite3.OperationalError("malformed MATCH expression: [x]"))
    assert "is damaged" in told(sqlite3.DatabaseError("malformed database schema (x)"))


def held(path) -> sqlite3.Connection:
    """A file that is not in write-ahead mode yet, and is being written."""
    db = sqlite3.connect(path, isolation_level=None, check_same_thread=False)
    db.execute("CREATE TABLE t (x)")
    db.execute("BEGIN EXCLUSIVE")
    return db


def test_the_switch_to_write_ahead_waits_for_who_holds_the_file(tmp_path):
    holder = held(tmp_path / "x.db")
    timer = threading.Timer(0.5, lambda: holder.execute("COMMIT"))
    timer.start()
    started = time.monotonic()
    db = connect(tmp_path / "x.db", "test store")
    assert 0.3 < time.monotonic() - started < PATIENCE
    assert db.execute("PRAGMA journal_mode").fetchone() == ("wal",)
    timer.join()
    holder.close()
    db.close()


def test_the_switch_to_write_ahead_gives_up_in_the_end(tmp_path, impatient):
    holder = held(tmp_path / "x.db")
    with pytest.raises(sqlite3.OperationalError, match="locked"):
        connect(tmp_path / "x.db", "test store")
    holder.close()


def test_what_is_no_matter_of_waiting_is_raised_at_once(tmp_path):
    db = sqlite3.connect(tmp_path / "x.db")
    db.close()
    with pytest.raises(sqlite3.ProgrammingError):
        write_ahead(db)


OPENING = """
import sys
from pathlib import Path
from collegia.knowledge.schema import open_store
print("ready", flush=True)
sys.stdin.readline()
db = open_store(Path(sys.argv[1]))
db.execute("INSERT INTO facts VALUES (?, '')", (sys.argv[2],))
db.close()
"""


def test_processes_that_open_one_store_at_its_first_moment_all_succeed(tmp_path):
    path = tmp_path / "new" / "store.db"
    children = [
        subprocess.Popen(
            [sys.executable, "-c", OPENING, str(path), str(number)],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
        )
        for number in range(6)
    ]  # fmt: skip
    for child in children:
        assert child.stdout is not None
        assert child.stdout.readline() == "ready\n"
    for child in children:
        assert child.stdin is not None
        child.stdin.write("\n")
        child.stdin.flush()
    for child in children:
        with child:
            assert child.wait(60) == 0
    db = connect(path, "test store")
    assert db.execute("SELECT count(*) FROM facts").fetchone() == (6,)
    db.close()
