"""Remembering, replacing, correcting and counting."""

from __future__ import annotations

import os
import signal
import sqlite3
import stat
import subprocess
import sys
import threading
from datetime import UTC, datetime, timedelta, timezone

import pytest

from collegia.errors import StoreError, UsageError
from collegia.knowledge.memory import MemoryStore, open_memory
from collegia.knowledge.memory.keeping import MOST_FACTS
from collegia.settings import Settings

DAY = datetime(2026, 11, 21, 12, 0, tzinfo=UTC)


@pytest.fixture
def memory(tmp_path):
    return MemoryStore(tmp_path / "memory.db")


def test_a_fact_comes_back_as_it_was_said_from_another_process_of_the_same_file(memory):
    told = memory.remember("the wobble of our grums is 0.1 mm", "run-7", DAY)
    memory.close()
    (fact,) = MemoryStore(memory.path).list()
    assert fact == told
    assert (fact.kind, fact.text, fact.source, fact.day) == (
        "value", "the wobble of our grums is 0.1 mm", "run-7", "2026-11-21",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("older", "newer"),
    [
        ("the wobble of our grums is 0.1 mm", "use 0.2 mm for grum wobble"),
        ("CW means cooling water", "by CW I mean chilled water"),
        ("always give pressures in bar", "I prefer kPa for pressure"),
        ("always answer in bar", "always answer in kPa"),
        ("our flob medium is blue zonk", "our flob medium is red zonk"),
    ],
)
def test_a_newer_fact_takes_the_place_of_the_older_one_which_is_kept_and_shown(memory, older, newer):
    old = memory.remember(older, when=DAY)
    new = memory.remember(newer, when=DAY + timedelta(days=1))
    assert memory.list() == (new,)
    kept = {fact.id: fact for fact in memory.list(replaced=True)}
    assert kept[old.id].replaced_by == new.id
    (conflict,) = memory.conflicts(new)
    assert (conflict.kept, conflict.dropped) == (new.claim(), old.claim())
    assert "2026-11-22" in conflict.why
    assert "2026-11-21" in conflict.why


def test_what_is_told_late_with_an_older_date_does_not_undo_what_was_said_since(memory):
    new = memory.remember("our wobble is 0.2 mm", when=DAY)
    old = memory.remember("our wobble is 0.1 mm", when=DAY - timedelta(days=9))
    assert old.replaced_by == new.id
    assert memory.list() == (new,)
    assert [one.kept for one in memory.conflicts()] == [new.claim()]


@pytest.mark.parametrize(
    ("one", "again"),
    [
        ("the wobble of our grums is 0.1 mm", "grum wobble = 100 µm"),
        ("CW means cooling water", "CW stands for the cooling water"),
        ("always give pressures in bar", "give pressure in bar"),
        ("We run two shifts.", "we run two shifts"),
    ],
)
def test_the_same_said_again_counts_once_more_and_is_no_conflict(memory, one, again):
    first = memory.remember(one, when=DAY)
    second = memory.remember(again, when=DAY + timedelta(days=2))
    assert (second.id, second.count, second.text, second.day) == (first.id, 2, again, "2026-11-23")
    assert memory.list() == (second,)
    assert memory.conflicts() == ()


def test_a_gauge_and_an_absolute_pressure_of_one_number_are_not_the_same(memory):
    memory.remember("our grum pressure is 3 bar(g)", when=DAY)
    new = memory.remember("our grum pressure is 3 bar abs", when=DAY)
    assert [one.dropped.amount.written for one in memory.conflicts(new)] == ["3 bar(g)"]


def test_different_things_do_not_replace_each_other(memory):
    for text in ("the wobble of our grums is 1 mm", "the wobble of our flobs is 2 mm", "the level of our grums is 1 m"):
        memory.remember(text, when=DAY)
    assert len(memory.list()) == 3


def test_a_correction_is_of_the_value_said_last(memory):
    memory.remember("the level of our flob is 2 m", when=DAY)
    old = memory.remember("the wobble of our grums is 0.1 mm", when=DAY + timedelta(minutes=1))
    new = memory.remember("no, it is 0.2 mm", when=DAY + timedelta(minutes=2))
    assert new.claim().what == "wobble of our grums"
    assert [one.dropped for one in memory.conflicts(new)] == [old.claim()]


def test_a_correction_of_what_was_used_just_now(memory):
    wobble = memory.remember("the wobble of our grums is 0.1 mm", when=DAY)
    memory.remember("the level of our flob is 2 m", when=DAY)
    memory.use([wobble], DAY + timedelta(days=3))
    new = memory.remember("no, it is 0.2 mm", when=DAY + timedelta(days=3, minutes=1))
    assert new.claim().what == "wobble of our grums"


def test_a_correction_may_name_what_it_is_about(memory):
    new = memory.remember("no, it is 0.2 mm", when=DAY, about="the wobble of our grums")
    assert (new.claim().what, new.claim().amount.number) == ("wobble of our grums", 0.2)
    with pytest.raises(UsageError, match="names no quantity"):
        memory.remember("no, it is 0.2 mm", about="that which is not")


@pytest.mark.parametrize("late", [timedelta(hours=2), timedelta(minutes=-5)])
def test_an_it_that_means_nothing_is_asked_about(memory, late):
    memory.remember("the wobble of our grums is 0.1 mm", when=DAY)
    with pytest.raises(UsageError, match=r"it is not clear what is 0\.2 mm"):
        memory.remember("no, it is 0.2 mm", when=DAY + late)
    with pytest.raises(UsageError, match="it is not clear what is 3 bar"):
        memory.remember("no, it is 3 bar", when=DAY)
    assert [fact.text for fact in memory.list()] == ["the wobble of our grums is 0.1 mm"]


def test_times_are_kept_in_utc_and_need_a_zone(memory):
    fact = memory.remember("We run two shifts", when=DAY.astimezone(timezone(timedelta(hours=-9))))
    assert fact.said == "2026-11-21T12:00:00+00:00"
    with pytest.raises(UsageError, match="no time zone"):
        memory.remember("We run", when=DAY.replace(tzinfo=None))


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("", "empty"),
        (" \n ", "empty"),
        ("x" * 1001, "1,001 characters"),
        ("our wobble\x1b[31m is 3 mm", r"U\+001B \(a control character\) as character 11"),
        ("one\ntwo", r"U\+000A"),
        ("our \u202ewobble is 3 mm", r"U\+202E \(right-to-left override\)"),
        ("a\ud800b", r"U\+D800"),
        ("what is our wobble?", "a question"),
    ],
)
def test_what_cannot_be_remembered_is_refused_with_the_reason(memory, text, why):
    with pytest.raises(UsageError, match=why):
        memory.remember(text)
    assert memory.list() == ()


def test_a_source_is_bounded_text_too(memory):
    with pytest.raises(UsageError, match="the source"):
        memory.remember("We run two shifts", "run\x07")
    with pytest.raises(UsageError, match="the source"):
        memory.remember("We run two shifts", "r" * 201)


def test_text_is_data_whatever_it_says(memory):
    texts = ["'); DROP TABLE facts; --", "COLLEGIA_HOME=/", "{__import__('os')}", "$(reboot)", "%s %d \\x00"]
    for text in texts:
        memory.remember(text)
    assert sorted(fact.text for fact in memory.list()) == sorted(texts)


def test_reading_makes_no_file(memory):
    assert memory.list() == ()
    assert memory.recall("wobble") == ()
    assert memory.expand("CW").text == "CW"
    assert not memory.path.exists()


def test_the_memory_of_an_installation_lies_in_its_home_for_its_owner_alone(home):
    memory = open_memory(Settings.load())
    memory.remember("We run two shifts")
    assert memory.path == home / "knowledge" / "memory.db"
    for path in memory.path.parent.iterdir():
        assert stat.S_IMODE(path.stat().st_mode) == 0o600, path


def test_a_memory_without_a_file_holds_what_it_is_told():
    memory = MemoryStore.in_memory()
    memory.remember("CW means cooling water")
    assert memory.expand("CW").text == "cooling water"
    assert len(memory.forget("CW")) == 1
    assert memory.list() == ()


def test_threads_and_connections_do_not_lose_facts(memory):
    other = MemoryStore(memory.path)

    def tell(store, name):
        for number in range(15):
            store.remember(f"the wobble of {name} {number} is {number} mm")

    threads = [
        threading.Thread(target=tell, args=(store, name))
        for store, name in ((memory, "grum"), (memory, "flob"), (other, "zonk"))
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(memory.list()) == len(other.list()) == 45


@pytest.mark.skipif(os.name == "nt", reason="there is no SIGKILL")
def test_a_process_killed_while_it_remembers_leaves_whole_facts(tmp_path):
    path = tmp_path / "memory.db"
    code = (
        "import sys\nfrom collegia.knowledge.memory import MemoryStore\nm = MemoryStore(sys.argv[1])\n"
        "for n in range(10**6):\n    m.remember(f'our wobble is {n} mm')\n    print(n, flush=True)\n"
    )
    with subprocess.Popen([sys.executable, "-c", code, str(path)], stdout=subprocess.PIPE, text=True) as child:
        for line in child.stdout:
            if int(line) == 20:
                child.send_signal(signal.SIGKILL)
                break
    memory = MemoryStore(path)
    (standing,) = memory.list()
    assert standing.claim().amount.number >= 20
    assert len(memory.conflicts()) == standing.claim().amount.number


def test_a_full_memory_says_so(memory):
    memory.remember("We run two shifts")
    with sqlite3.connect(memory.path) as db:
        db.execute(
            "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ?)"
            " INSERT INTO facts SELECT i + 10, 'statement', 's' || i, 's' || i, '2026-01-01T00:00:00+00:00',"
            " '2026-01-01T00:00:00+00:00', 'user', 1, NULL, '', '', '', NULL, '', '' FROM n",
            (MOST_FACTS,),
        )
    db.close()
    with pytest.raises(UsageError, match="takes no more"):
        memory.remember("We run three shifts")


def test_a_file_that_is_no_memory_is_told_with_what_to_do(tmp_path):
    path = tmp_path / "memory.db"
    path.write_bytes(b"no database at all" * 100)
    with pytest.raises(StoreError, match=r"is damaged .*move it away"):
        MemoryStore(path).list()


def test_a_memory_of_a_newer_release_is_left_alone(tmp_path):
    path = tmp_path / "memory.db"
    with sqlite3.connect(path) as db:
        db.execute("PRAGMA user_version = 99")
    db.close()
    with pytest.raises(StoreError, match="newer release"):
        MemoryStore(path).remember("We run two shifts")
