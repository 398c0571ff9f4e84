"""Vectors follow the store: what is added, changed, removed, killed in the middle, or embedded by another model."""

from __future__ import annotations

import os
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from vector_documents import TOPICS, documents

from collegia.errors import StoreError
from collegia.knowledge.records import Document, Filters
from collegia.knowledge.store import KnowledgeStore
from collegia.knowledge.vectors.hashing import HashEmbedder
from collegia.knowledge.vectors.keeping import Synced
from collegia.knowledge.vectors.locking import Lock
from collegia.knowledge.vectors.vectors import Status, Vectors

Open = Callable[..., Vectors]
PLACES = pytest.mark.parametrize("place", ["chroma", "exact"])


def name_of(store: KnowledgeStore, passage: int) -> str:
    document = store.passages([passage])[passage].document
    return next(one.name for one in store.documents() if one.id == document)


def found(vectors: Vectors, query: str, filters: Filters | None = None, k: int = 3) -> list[str]:
    return [name_of(vectors.store, passage) for passage, _ in vectors.dense(query, k, filters)]


@PLACES
def test_a_text_is_nearest_to_itself(vectors: Open, place: str) -> None:
    opened = vectors(VECTORS=place)
    for name, text in TOPICS.items():
        [(passage, similarity)] = opened.dense(text, 1)
        assert name_of(opened.store, passage) == name
        assert similarity > 0.8


def test_the_hits_are_those_of_exact_cosine_over_all_passages(vectors: Open) -> None:
    exact, chroma = vectors(VECTORS="exact").dense("pressure of a pump", 6), None
    chroma = vectors().dense("pressure of a pump", 6)
    assert [passage for passage, _ in chroma] == [passage for passage, _ in exact]
    assert [score for _, score in chroma] == pytest.approx([score for _, score in exact], abs=1e-5)


def test_nothing_is_done_or_written_without_an_embedding(vectors: Open, store: KnowledgeStore) -> None:
    opened = vectors("none")
    assert not opened.active
    assert (opened.sync(), opened.prune(), opened.dense("pump", 3), opened.status()) == (Synced(), 0, [], [])
    assert {one.name.partition("-")[0] for one in store.path.parent.iterdir()} == {"store.db"}


@PLACES
def test_what_is_added_and_removed_is_followed(vectors: Open, store: KnowledgeStore, place: str) -> None:
    opened = vectors(VECTORS=place)
    done: list[int] = []
    assert opened.sync(done.append) == Synced(added=6)
    assert sum(done) == 6
    assert opened.sync() == Synced()
    store.add([Document("surge", "Surge of a compressor reverses the flow through it.")])
    assert found(opened, "surge of a compressor", k=1) == ["surge"]
    store.remove("surge")
    assert opened.prune() == 1
    assert "surge" not in [name_of(store, passage) for passage, _ in opened.dense("surge of a compressor", 9)]


@PLACES
def test_a_changed_text_has_the_vector_of_its_new_words_alone(vectors: Open, store: KnowledgeStore, place: str) -> None:
    opened = vectors(VECTORS=place)
    opened.sync()
    store.add([Document("npsh", "Entirely other words about gearboxes.", collection="user")])
    assert opened.sync() == Synced(added=1, removed=1)
    assert found(opened, "gearboxes", k=1) == ["npsh"]
    assert found(opened, TOPICS["npsh"], k=1) != ["npsh"]


@pytest.mark.parametrize(
    ("filters", "names"),
    [
        (Filters(collections=("user",)), {"hammer", "npsh", "reflux"}),
        (Filters(documents=("npsh", "fouling")), {"npsh", "fouling"}),
        (Filters(since="2024-02-01", until="2024-04-30"), {"fouling", "flooding", "hammer"}),
        (Filters(until="2024-02-01"), {"cavitation", "fouling"}),
        (Filters(collections=("handbook",), since="2024-02-15"), {"flooding"}),
        (Filters(collections=("nobody",)), set()),
        (Filters(documents=("nothing",)), set()),
    ],
)
@PLACES
def test_a_search_keeps_within_its_filters(vectors: Open, filters: Filters, names: set[str], place: str) -> None:
    assert set(found(vectors(VECTORS=place), "vapour in a pump or a column", filters, k=9)) == names


def test_another_embedder_makes_all_vectors_anew_and_says_so(vectors: Open) -> None:
    first = vectors("hash:256")
    first.sync()
    first.close()
    second = vectors("hash:64")
    result = second.search(TOPICS["npsh"], 1)
    assert name_of(second.store, result.hits[0][0]) == "npsh"
    assert "was hash:256 and is hash:64" in result.notices[0]
    assert second.status() == [Status("handbook", "hash:64", 64, 3), Status("user", "hash:64", 64, 3)]
    client = second._keeper.backend._opened()
    assert {one.metadata["embedder"] for one in client.list_collections()} == {"hash:64"}


def test_an_embedder_that_changed_under_its_name_is_noticed(vectors: Open, monkeypatch: pytest.MonkeyPatch) -> None:
    opened = vectors("hash:64")
    opened.sync()
    plain = HashEmbedder.embed
    monkeypatch.setattr(HashEmbedder, "embed", lambda self, texts: [one[::-1] for one in plain(self, texts)])
    opened.store.add([Document("surge", "Surge of a compressor.")])
    assert opened.sync() == Synced(added=7, removed=6)
    assert "gives other vectors than before" in opened.search("surge", 1).notices[0]


def test_moving_to_another_place_leaves_no_vectors_behind(vectors: Open, store: KnowledgeStore) -> None:
    chroma = vectors(VECTORS="chroma")
    chroma.sync()
    chroma.close()
    exact = vectors(VECTORS="exact")
    assert exact.sync().added == 6
    assert not (store.path.parent / "chroma").exists()
    exact.close()
    assert vectors(VECTORS="chroma").sync().added == 6
    assert not (store.path.parent / "exact.db").exists()


def test_clearing_deletes_everything_and_the_next_search_makes_it_anew(vectors: Open, store: KnowledgeStore) -> None:
    opened = vectors()
    opened.sync()
    opened.clear()
    assert not (store.path.parent / "chroma").exists()
    assert found(opened, TOPICS["npsh"], k=1) == ["npsh"]


@PLACES
def test_what_a_removed_document_was_embedded_as_is_in_no_file(
    vectors: Open, store: KnowledgeStore, place: str
) -> None:
    store.add(documents(1200))  # more than what Chroma keeps back before it writes an index
    private = (
        "Sphinx of black quartz judged my vow while the quick brown fox jumped over seven lazy ramjet dogs in Zagreb."
    )
    store.add([Document("secret", private, collection="handbook"), Document("secret too", f"{private} Twice.")])
    opened = vectors("hash:256", VECTORS=place)
    opened.sync()
    needles = HashEmbedder(256).embed([private, f"{private} Twice."])
    assert all(holds(store.path.parent, needle) for needle in needles)
    store.remove("secret")
    store.remove("secret too")
    assert opened.prune() == 2
    opened.close()
    assert not any(holds(store.path.parent, needle) for needle in needles)
    assert len(vectors("hash:256", VECTORS=place).dense("tank of fluid", 50)) == 50


def test_pruning_needs_no_embedding_any_more(vectors: Open, store: KnowledgeStore) -> None:
    first = vectors("hash:256")
    first.sync()
    first.close()
    store.remove("npsh")
    assert vectors("none").prune() == 1
    assert [one.vectors for one in vectors("none").status()] == [3, 2]


def holds(folder: Path, vector: list[float]) -> bool:
    """Whether a vector stands in any file, as 32-bit numbers that may have been rounded once more."""
    import numpy as np

    wanted = np.array(vector, dtype="<f4")
    pieces = [piece for piece in np.split(wanted, 4) if np.count_nonzero(piece) >= 5]  # a page may end within a vector
    assert pieces
    for path in (one for one in folder.rglob("*") if one.is_file()):
        held = path.read_bytes()
        for shift in range(4):
            numbers = np.frombuffer(held[shift : shift + (len(held) - shift) // 4 * 4], dtype="<f4")
            numbers = np.where(np.abs(numbers) <= 1.0, numbers, 9.0)  # what is no number of a vector
            if any(stands(numbers, piece) for piece in pieces):
                return True
    return False


def stands(numbers: Any, piece: Any) -> bool:
    import numpy as np

    first = int(np.flatnonzero(piece)[0])
    starts = np.flatnonzero(np.abs(numbers - piece[first]) < 1e-6) - first
    inside = starts[(starts >= 0) & (starts + len(piece) <= len(numbers))]
    return any(np.allclose(numbers[at : at + len(piece)], piece, atol=1e-6) for at in inside)


SYNC = """
import sys, time
from collegia.knowledge.store import KnowledgeStore
from collegia.knowledge.vectors.vectors import open_vectors
from collegia.settings import Settings
store = KnowledgeStore(Settings.load().home / "knowledge" / "store.db")
open_vectors(store, Settings.load()).sync(lambda n: print(n, flush=True))
"""


@PLACES
def test_a_killed_sync_goes_on_where_it_was(
    vectors: Open, store: KnowledgeStore, monkeypatch: pytest.MonkeyPatch, place: str
) -> None:
    store.add(documents(2400))
    monkeypatch.setenv("COLLEGIA_EMBEDDING", "hash:64")
    monkeypatch.setenv("COLLEGIA_VECTORS", place)
    child = subprocess.Popen([sys.executable, "-c", SYNC], stdout=subprocess.PIPE)
    assert child.stdout is not None
    child.stdout.readline()
    child.stdout.readline()
    child.send_signal(signal.SIGKILL)
    child.wait()
    child.stdout.close()
    opened = vectors("hash:64", VECTORS=place)
    added = opened.sync().added
    assert 0 < added <= 2406 - 503
    assert sum(one.vectors for one in opened.status()) == 2406
    assert {found(opened, text, k=1)[0] for text in TOPICS.values()} == set(TOPICS)


@PLACES
def test_a_vector_that_was_only_being_written_is_made_again(vectors: Open, store: KnowledgeStore, place: str) -> None:
    opened = vectors(VECTORS=place)
    opened.sync()
    opened.close()
    with sqlite3.connect(store.path.parent / "vectors.db") as db:
        db.execute("UPDATE vectors SET mark = 0 WHERE passage = 2")
    db.close()
    store.remove("fouling")
    again = vectors(VECTORS=place)
    assert again.sync() == Synced(added=0, removed=1)
    assert "fouling" not in found(again, TOPICS["fouling"], k=9)


HOLD = """
import sys, pathlib
from collegia.knowledge.vectors.locking import Lock
with Lock(pathlib.Path(sys.argv[1])).held(5):
    print("held", flush=True)
    sys.stdin.read()
"""


def test_while_another_process_writes_a_search_says_so_and_a_sync_waits_and_fails(
    vectors: Open, store: KnowledgeStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("collegia.knowledge.vectors.vectors._PATIENT", 0.2)
    opened = vectors()
    opened.sync()
    held = store.path.parent / "vectors.lock"
    with subprocess.Popen([sys.executable, "-c", HOLD, held], stdin=subprocess.PIPE, stdout=subprocess.PIPE) as child:
        assert child.stdout is not None
        assert child.stdout.readline() == b"held\n"
        store.add([Document("surge", "Surge of a compressor.")])
        result = opened.search(TOPICS["npsh"], 1)
        assert name_of(store, result.hits[0][0]) == "npsh"
        assert "another process is making vectors" in result.notices[0]
        fresh = vectors().search(TOPICS["npsh"], 1)
        assert fresh.hits == ()
        assert "another process is making vectors" in fresh.notices[0]
        with pytest.raises(StoreError, match="another process"):
            opened.sync()
    assert found(opened, "surge of a compressor", k=1) == ["surge"]


def test_a_lock_goes_with_the_process_that_held_it(tmp_path: Path) -> None:
    path = tmp_path / "lock"
    child = subprocess.Popen(
        [sys.executable, "-c", HOLD, path], stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=os.environ
    )
    assert child.stdout is not None
    assert child.stdin is not None
    child.stdout.readline()
    child.kill()
    child.wait()
    child.stdout.close()
    child.stdin.close()
    began = time.monotonic()
    with Lock(path).held(5):
        assert time.monotonic() - began < 3


def test_what_one_process_writes_another_that_has_it_open_finds(
    vectors: Open, store: KnowledgeStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened = vectors("hash:64")
    opened.sync()
    store.add(documents(30))
    monkeypatch.setenv("COLLEGIA_EMBEDDING", "hash:64")
    subprocess.run([sys.executable, "-c", SYNC], check=True, capture_output=True)
    assert found(opened, "Tank 7 holds 49 units of fluid 7.", k=1) == ["n7"]
    store.remove("n7")
    assert opened.sync() == Synced(removed=1)
    assert "n7" not in found(opened, "Tank 7 holds 49 units of fluid 7.", k=40)
