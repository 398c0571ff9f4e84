"""Processes that die in the middle, and processes that add at the same time."""

from __future__ import annotations

import signal
import subprocess
import sys
from contextlib import contextmanager
from pathlib import Path

import pytest
from knowledge_states import bytes_of, faults, state

from collegia.knowledge.records import Document
from collegia.knowledge.store import Added, KnowledgeStore

COMMON = """
import sys, time
from collegia.knowledge import store as room
from collegia.knowledge.extract import RuleExtractor
from collegia.knowledge.records import Document
from collegia.knowledge.store import KnowledgeStore

def documents(first, last):
    for n in range(first, last):
        text = f"The part {n} drives part {n + 1} and the water hammer of Part {n - 1}."
        yield Document(f"d{n}", text, title=f"Part {n}")

def stop_here():
    print("here", flush=True)
    time.sleep(1000)
"""

# each stops in the middle of something
IN_AN_ADD = """
class Stopping(RuleExtractor):
    left = 70
    def extract(self, *args):
        self.left -= 1
        return stop_here() if not self.left else super().extract(*args)

room._BATCH = 50
KnowledgeStore(sys.argv[1], Stopping()).add(documents(0, 120))
"""
IN_A_LINK = """
link, calls = room.link, []
def stopping(*args):
    calls.append(args)
    link(*args)
    if len(calls) == 2:
        stop_here()

room.link, room._LINKED = stopping, 50
KnowledgeStore(sys.argv[1]).add(documents(0, 120))
"""
BETWEEN_A_REMOVAL_AND_ITS_WIPING = """
KnowledgeStore._wipe = lambda self: stop_here()
KnowledgeStore(sys.argv[1]).remove("d5")
"""
ADDING = """
store = KnowledgeStore(sys.argv[1])
first = int(sys.argv[2])
print("here", flush=True)
sys.stdin.readline()
for n in range(first, first + 40, 4):
    store.add(documents(n, n + 4))
"""


def documents(first: int, last: int) -> list[Document]:
    space: dict[str, object] = {}
    exec(COMMON, space)  # noqa: S102 - the same documents as the children make
    return list(space["documents"](first, last))  # type: ignore[operator]  # it is the function above


def started(code: str, *args: object) -> subprocess.Popen[str]:
    """A process that runs this, up to the place where it stops."""
    child = subprocess.Popen(
        [sys.executable, "-c", COMMON + code, *map(str, args)],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
    )  # fmt: skip
    assert child.stdout is not None
    assert child.stdout.readline() == "here\n"
    return child


def kill(child: subprocess.Popen[str]) -> None:
    with child:
        child.send_signal(signal.SIGKILL)
    assert child.returncode == -signal.SIGKILL


@pytest.fixture(scope="module")
def whole():
    store = KnowledgeStore.in_memory()
    store.add(documents(0, 120))
    return state(store)


def test_an_add_killed_in_the_middle_leaves_whole_batches_and_the_next_one_finishes(tmp_path, whole):
    path = tmp_path / "store.db"
    kill(started(IN_AN_ADD, path))
    store = KnowledgeStore(path)
    assert faults(store) == []
    assert store.counts()["documents"] == 50
    assert store.counts()["passages"] == 50
    assert store.add(documents(0, 120)) == Added(new=70, unchanged=50)
    assert state(store) == whole


def test_a_link_killed_in_the_middle_is_finished_by_the_next_one(tmp_path, whole):
    path = tmp_path / "store.db"
    kill(started(IN_A_LINK, path))
    store = KnowledgeStore(path)
    assert faults(store) == []
    assert store.counts()["documents"] == 120
    assert state(store) != whole
    store.link()
    assert state(store) == whole
    assert store.add(documents(0, 120)) == Added(unchanged=120)


def test_a_removal_killed_before_it_wiped_is_wiped_by_the_next_change(tmp_path):
    path = tmp_path / "store.db"
    store = KnowledgeStore(path)
    store.add([*documents(0, 5), Document("d5", "The Zyxwort Company. " * 30, title="Zyxwort")])
    store.close()
    kill(started(BETWEEN_A_REMOVAL_AND_ITS_WIPING, path))
    assert b"zyxwort" in bytes_of(tmp_path)
    store.link()
    assert [one.source for one in store.documents()] == [f"d{n}" for n in range(5)]
    assert b"zyxwort" not in bytes_of(tmp_path)


def test_processes_that_add_at_the_same_time_end_as_one_that_adds_all(tmp_path, whole):
    path = tmp_path / "store.db"
    children = [started(ADDING, path, first) for first in (0, 40, 80)]
    for child in children:
        assert child.stdin is not None
        child.stdin.write("\n")
        child.stdin.flush()
    for child in children:
        with child:
            assert child.wait(120) == 0
    store = KnowledgeStore(path)
    assert faults(store) == []
    assert state(store) == whole


class Interrupted(KnowledgeStore):
    """A store that does something else, once, before a transaction of its own."""

    def __init__(self, path: Path, before: int, act) -> None:
        super().__init__(path)
        self._before, self._act = before, act

    @contextmanager
    def writing(self):
        self._before -= 1
        if not self._before:
            self._act()
        with super().writing() as db:
            yield db


class Killed(KnowledgeStore):
    """A store whose process ends before it links."""

    def link(self) -> None:
        pass


@pytest.mark.parametrize("before", [1, 2, 3])
def test_what_another_process_adds_while_this_one_links_is_linked_too(tmp_path, whole, before):
    path = tmp_path / "store.db"
    other = Killed(path)
    store = Interrupted(path, before, lambda: other.add(documents(60, 120)))
    store.add(documents(0, 60))
    store.link()
    assert state(store) == whole


@pytest.mark.parametrize("before", [1, 2, 3])
def test_what_another_process_removes_while_this_one_links_is_gone(tmp_path, before, monkeypatch):
    monkeypatch.setattr("collegia.knowledge.store._LINKED", 50)
    path = tmp_path / "store.db"
    other = KnowledgeStore(path)
    other.add([*documents(0, 70), Document("shock", "A shock.", title="Water hammer")])
    store = Interrupted(path, before, lambda: other.remove("shock"))
    store.add(documents(70, 140))
    expected = KnowledgeStore.in_memory()
    expected.add(documents(0, 140))
    assert state(store) == state(expected)
