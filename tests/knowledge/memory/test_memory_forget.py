"""Forgetting, and that nothing of it stays."""

from __future__ import annotations

import sqlite3

import pytest

from collegia.errors import StoreError, UsageError
from collegia.knowledge.memory import MemoryStore

WORD = "zqxjkvbp"


@pytest.fixture
def memory(tmp_path):
    return MemoryStore(tmp_path / "memory.db", patience=0.1)


def files_with(memory, word):
    """The files of the memory's folder in which a word stands, in whatever case."""
    return [path.name for path in memory.path.parent.iterdir() if word.encode() in path.read_bytes().lower()]


def test_a_forgotten_fact_leaves_no_byte_in_any_file(memory):
    for number in range(40):
        memory.remember(f"the wobble of grum {number} is {number} mm")
    fact = memory.remember(f"our {WORD} code is the {WORD} of every {WORD}", WORD)
    memory.remember(f"{WORD.upper()[:4]} means {WORD} flob")
    for number in range(40):
        memory.remember(f"the level of grum {number} is {number} m")
    assert files_with(memory, WORD)
    memory.forget(fact.id)
    memory.forget(WORD.upper()[:4])
    assert files_with(memory, WORD) == []
    assert files_with(memory, "wobble") == ["memory.db"]
    assert len(memory.list()) == 80


def test_what_a_fact_took_the_place_of_goes_with_it_and_nothing_comes_back(memory):
    memory.remember(f"our {WORD} is 1 mm")
    memory.remember(f"our {WORD} is 2 mm")
    last = memory.remember(f"our {WORD} is 3 mm")
    assert [fact.claim().amount.number for fact in memory.forget(last.id)] == [1.0, 2.0, 3.0]
    assert memory.list(replaced=True) == ()
    assert files_with(memory, WORD) == []


def test_a_replaced_fact_may_be_forgotten_alone(memory):
    old = memory.remember("our wobble is 1 mm")
    new = memory.remember("our wobble is 2 mm")
    memory.forget(old.id)
    assert memory.list(replaced=True) == (new,)
    assert memory.conflicts() == ()


def test_words_of_an_updated_wording_leave_no_byte_either(memory):
    memory.remember(f"the wobble of our grums is 1 mm, {WORD}")
    memory.remember("CW means cooling water")
    memory.remember("CW stands for Cooling Water")
    for fact in memory.list(replaced=True):
        memory.forget(fact.id)
    assert files_with(memory, WORD) == []
    assert files_with(memory, "cooling") == []


@pytest.mark.parametrize(
    ("told", "text"),
    [
        ("the wobble of our grums is 1 mm", "The wobble of our grums is 1 mm."),
        ("the wobble of our grums is 1 mm", "grum wobble"),
        ("the wobble of our grums is 1 mm", "the wobble of the grum"),
        ("CW means cooling water", "CW"),
        ("always give pressures in bar", "pressure"),
        ("We run two shifts", "we run two shifts"),
    ],
)
def test_a_fact_is_forgotten_by_its_text_its_quantity_or_its_short_form(memory, told, text):
    memory.remember("an unrelated sentence")
    fact = memory.remember(told)
    assert memory.forget(text) == (fact,)
    assert len(memory.list()) == 1


def test_a_text_that_means_several_things_forgets_none(memory):
    memory.remember("always give pressures in bar")
    memory.remember("our pressure is 3 bar")
    with pytest.raises(UsageError, match=r"1 \(always .*2 \(our .*give the number"):
        memory.forget("pressure")
    assert len(memory.list()) == 2


def test_what_is_not_remembered_is_said_with_what_comes_near(memory):
    memory.remember("We run two shifts")
    with pytest.raises(UsageError, match=r"near it: 1 \(We run two shifts\)"):
        memory.forget("two shifts")
    with pytest.raises(UsageError, match="the number 7"):
        memory.forget(7)
    with pytest.raises(UsageError, match="empty"):
        memory.forget(" ")


def test_a_number_is_never_given_twice(memory):
    first = memory.remember("We run two shifts")
    memory.forget(first.id)
    assert memory.remember("We run three shifts").id > first.id


def test_while_another_process_reads_it_is_said_that_bytes_stay_and_the_next_use_clears_them(memory):
    memory.remember("We run two shifts")
    fact = memory.remember(f"the {WORD} is green")
    reader = sqlite3.connect(memory.path, isolation_level=None)
    reader.execute("BEGIN")
    assert len(reader.execute("SELECT text FROM facts").fetchall()) == 2
    with pytest.raises(StoreError, match="another process reads"):
        memory.forget(fact.id)
    assert [one.text for one in memory.list()] == ["We run two shifts"]
    reader.close()
    assert len(MemoryStore(memory.path).list()) == 1
    assert files_with(memory, WORD) == []
