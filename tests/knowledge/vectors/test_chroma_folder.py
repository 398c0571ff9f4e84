"""A folder of Chroma's that was not closed, is damaged, or would take the process down."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from vector_documents import TOPICS, documents

from collegia.errors import StoreError
from collegia.knowledge.store import KnowledgeStore
from collegia.knowledge.vectors.chroma_folder import ChromaFolder
from collegia.knowledge.vectors.vectors import Vectors

Open = Callable[..., Vectors]

PROBE = Path(sys.modules[ChromaFolder.__module__].__file__ or "").with_name("probe.py")


def probed(folder: Path) -> int:
    command = [sys.executable, "-P", str(PROBE), str(folder)]
    return subprocess.run(command, capture_output=True, check=False).returncode


@pytest.fixture
def filled(vectors: Open, store: KnowledgeStore) -> Path:
    """A folder with enough in it for Chroma to have written index files."""
    store.add(documents(2500))
    with vectors("hash:64") as opened:
        assert opened.sync().added == 2506
    folder = store.path.parent / "chroma"
    assert list(folder.rglob("header.bin"))
    return folder


def file_of(folder: Path, name: str) -> Path:
    """The file of the larger collection: that of the smaller one Chroma has not written yet."""
    return max(folder.rglob(name), key=lambda path: path.stat().st_size)


def test_a_folder_that_was_closed_cleanly_is_opened_at_once(filled: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ChromaFolder, "_probe", lambda self: pytest.fail("nothing has to be looked at"))
    folder = ChromaFolder(filled)
    assert folder.verify() == []
    folder.close()


def test_a_folder_that_was_not_closed_is_looked_at_first_and_used_when_it_is_whole(filled: Path) -> None:
    filled.with_name("chroma.mark").unlink()
    assert ChromaFolder(filled).verify() == []
    assert filled.exists()


@pytest.mark.parametrize(
    ("name", "damage"),
    [
        ("header.bin", lambda held: held[: len(held) // 2]),
        ("link_lists.bin", lambda held: bytes(len(held))),
        ("data_level0.bin", lambda held: os.urandom(len(held))),
        ("length.bin", lambda held: bytes(len(held))),
        ("index_metadata.pickle", lambda held: held[: len(held) // 2]),
        ("chroma.sqlite3", lambda held: held[: len(held) // 2]),
        ("chroma.sqlite3", lambda held: os.urandom(len(held))),
    ],
)
def test_a_damaged_folder_is_moved_aside_and_made_anew(
    filled: Path, vectors: Open, name: str, damage: Callable[[bytes], bytes]
) -> None:
    path = file_of(filled, name)
    path.write_bytes(damage(path.read_bytes()))
    result = vectors("hash:64").search(TOPICS["npsh"], 1)
    assert result.hits[0][1] > 0.8
    assert "could not be opened safely" in result.notices[0]
    assert filled.with_name("chroma.damaged").exists()


def test_a_folder_that_crashes_a_process_does_not_crash_this_one(filled: Path, vectors: Open) -> None:
    path = file_of(filled, "data_level0.bin")
    path.write_bytes(b"\xff" * path.stat().st_size)
    assert probed(filled) < 0  # killed by a signal, within Chroma's own code
    assert vectors("hash:64").search(TOPICS["npsh"], 1).hits


def test_a_folder_that_takes_too_long_is_moved_aside(filled: Path) -> None:
    filled.with_name("chroma.mark").unlink()
    folder = ChromaFolder(filled, longest=0.05)
    [notice] = folder.verify()
    assert "took more than 0.05 seconds" in notice
    assert not filled.exists()


def test_a_file_of_an_index_that_lost_its_end_is_noticed_after_a_crash_too(filled: Path) -> None:
    mark = filled.with_name("chroma.mark")
    mark.write_text(mark.read_text().replace('"clean": true', '"clean": false'))
    path = file_of(filled, "link_lists.bin")
    path.write_bytes(path.read_bytes()[:-100])
    [notice] = ChromaFolder(filled).verify()
    assert "link_lists.bin is shorter than it was" in notice


def test_a_folder_that_vanished_is_made_anew(filled: Path, vectors: Open) -> None:
    shutil.rmtree(filled)
    result = vectors("hash:64").search(TOPICS["npsh"], 1)
    assert result.hits[0][1] > 0.8
    assert "are not there any more" in result.notices[0]


def test_what_was_moved_aside_goes_with_the_next_removal(filled: Path, vectors: Open, store: KnowledgeStore) -> None:
    path = file_of(filled, "header.bin")
    path.write_bytes(b"")
    opened = vectors("hash:64")
    opened.sync()
    aside = filled.with_name("chroma.damaged")
    store.remove("npsh")
    opened.prune()
    assert not aside.exists()


def test_what_memory_held_in_the_room_for_vectors_to_come_is_wiped_too(
    filled: Path, vectors: Open, store: KnowledgeStore
) -> None:
    opened = vectors("hash:64")
    store.remove("npsh")
    assert opened.prune() == 1
    for name in ("data_level0.bin", "length.bin"):
        path = min(filled.rglob(name), key=lambda one: one.stat().st_size)  # room for 100, and three are in it
        held = path.read_bytes()
        path.write_bytes(held[:-64] + b"Zagreb" * 10 + b"Zag.")
        assert path.stat().st_size == len(held)
    folder = ChromaFolder(filled)
    folder.erase()
    assert not any(b"Zagreb" in path.read_bytes() for path in filled.rglob("*.bin"))
    assert vectors("hash:64").search(TOPICS["fouling"], 1).hits[0][1] > 0.8


def test_an_index_laid_out_in_another_way_is_not_said_to_be_wiped(filled: Path) -> None:
    ChromaFolder(filled).erase()
    index = min(filled.rglob("header.bin"), key=lambda one: one.stat().st_size).parent
    (index / "header.bin").write_bytes(b"\x02" + bytes(99))
    with pytest.raises(StoreError, match="what was removed may still be in it; `collegia kb rebuild`"):
        ChromaFolder(filled)._sweep()


def test_a_process_that_just_ends_leaves_a_folder_that_is_opened_at_once(
    store: KnowledgeStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLLEGIA_EMBEDDING", "hash:64")
    code = (
        "from collegia.knowledge.store import KnowledgeStore\n"
        "from collegia.knowledge.vectors.vectors import open_vectors\n"
        "from collegia.settings import Settings\n"
        "vectors = open_vectors(KnowledgeStore(Settings.load().home / 'knowledge' / 'store.db'), Settings.load())\n"
        "print(len(vectors.dense('pump', 3)))\n"
    )
    done = subprocess.run([sys.executable, "-W", "error", "-c", code], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout, done.stderr) == (0, "3\n", "")
    assert json.loads((store.path.parent / "chroma.mark").read_text())["clean"] is True


def test_a_folder_without_chroma_installed_is_left_alone_and_the_library_named(
    filled: Path, vectors: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    from collegia.errors import MissingLibrary

    monkeypatch.setitem(sys.modules, "chromadb", None)
    with pytest.raises(MissingLibrary, match="pip install 'chromadb"):
        vectors("hash:64").search("pump", 1)
    assert filled.exists()
