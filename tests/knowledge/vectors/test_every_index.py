"""What every index of vectors keeps: one suite, run by all of them."""

from __future__ import annotations

import math
import random
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from collegia.knowledge.vectors.chroma_folder import ChromaFolder
from collegia.knowledge.vectors.chroma_server import ChromaServer
from collegia.knowledge.vectors.exact import ExactBackend
from collegia.knowledge.vectors.index import Backend, Vector, VectorIndex, Within
from collegia.knowledge.vectors.llama import LlamaBackend, LlamaVectors, from_chroma_similarity

DIMENSION = 24
KINDS = ("exact", "chroma folder", "chroma server", "llama-index simple", "llama-index chroma")
ABOUT = {"collection": "user", "embedder": "test", "dimension": str(DIMENSION)}


def made(seed: int, count: int) -> list[Vector]:
    """Vectors of unlike lengths, three to a document."""
    chance = random.Random(seed)  # noqa: S311  # test data
    return [
        Vector(number, number // 3, "user", [chance.gauss(0, 1) * (1 + number % 5) for _ in range(DIMENSION)])
        for number in range(1, count + 1)
    ]


def cosine(one: list[float], other: list[float]) -> float:
    return sum(a * b for a, b in zip(one, other, strict=True)) / math.hypot(*one) / math.hypot(*other)


def ranked(vectors: list[Vector], query: list[float], k: int) -> list[tuple[int, float]]:
    """The truth, computed without any index."""
    scored = [(vector.passage, cosine(list(vector.values), query)) for vector in vectors]
    return sorted(scored, key=lambda hit: (-hit[1], hit[0]))[:k]


def simple_stores(folder: Path) -> LlamaBackend:
    from llama_index.core.vector_stores import SimpleVectorStore

    def path(name: str) -> Path:
        return folder / f"{name}.json"

    def opened(name: str) -> LlamaVectors:
        there = path(name).exists()
        store = SimpleVectorStore.from_persist_path(str(path(name))) if there else SimpleVectorStore()
        return LlamaVectors(store, saved=lambda: store.persist(str(path(name))))

    return LlamaBackend("simple", opened, lambda name: path(name).unlink(missing_ok=True))


def chroma_stores(folder: Path) -> LlamaBackend:
    """llama-index's own ChromaVectorStore, as an index of ours."""
    from llama_index.vector_stores.chroma import ChromaVectorStore

    chroma = ChromaFolder(folder / "through")

    def opened(name: str) -> LlamaVectors:
        collection = chroma.index(name, ABOUT).collection
        return LlamaVectors(ChromaVectorStore(chroma_collection=collection), from_chroma_similarity)

    backend = LlamaBackend("chroma by llama-index", opened, chroma.drop)
    backend.close = chroma.close  # type: ignore[method-assign]  # the folder is the test's to close
    return backend


@pytest.fixture(params=KINDS)
def reopen(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Callable[[], Backend]]:
    """Opens the backend, and closes the one that was open before: a restart."""
    folder, opened = tmp_path / "place", list[Backend]()
    folder.mkdir()

    def again() -> Backend:
        for one in opened:
            one.close()
        kind = request.param
        if kind == "exact":
            opened.append(ExactBackend(folder / "exact.db"))
        elif kind == "chroma folder":
            opened.append(ChromaFolder(folder / "chroma"))
        elif kind == "chroma server":
            opened.append(ChromaServer(request.getfixturevalue("chroma_server")))
        else:
            opened.append(simple_stores(folder) if kind == "llama-index simple" else chroma_stores(folder))
        return opened[-1]

    yield again
    again().drop("an-index")
    opened[-1].drop("another-index")
    for one in opened:
        one.close()


@pytest.fixture
def index(reopen: Callable[[], Backend]) -> VectorIndex:
    return reopen().index("an-index", ABOUT)


def test_the_order_is_that_of_the_exact_cosine(index: VectorIndex) -> None:
    vectors = made(1, 150)
    index.add(vectors)
    assert index.count() == 150
    for query in (list(vectors[17].values), [0.3, -1.0] * 12, [1.0] + [0.0] * 23):
        found, true = index.search(query, 20), ranked(vectors, query, 20)
        assert [number for number, _ in found] == [number for number, _ in true]
        assert [score for _, score in found] == pytest.approx([score for _, score in true], abs=1e-5)


def test_similarities_reach_from_one_to_minus_one(index: VectorIndex) -> None:
    ones = [1.0] * DIMENSION
    index.add([Vector(1, 1, "user", ones), Vector(2, 1, "user", [-3.0] * DIMENSION)])
    assert index.search(ones, 5) == [(1, pytest.approx(1.0, abs=1e-6)), (2, pytest.approx(-1.0, abs=1e-6))]


def test_no_more_are_found_than_asked_for_or_there(index: VectorIndex) -> None:
    index.add(made(2, 5))
    assert len(index.search([1.0] * DIMENSION, 3)) == 3
    assert len(index.search([1.0] * DIMENSION, 50)) == 5
    assert index.search([1.0] * DIMENSION, 0) == []


def test_an_empty_index_finds_nothing(index: VectorIndex) -> None:
    assert index.search([1.0] * DIMENSION, 3) == []
    assert index.count() == 0


def test_a_vector_of_the_same_passage_takes_the_place_of_the_old_one(index: VectorIndex) -> None:
    vectors = made(3, 9)
    index.add(vectors)
    new = Vector(4, 1, "user", [-value for value in vectors[3].values])
    index.add([new])
    assert index.count() == 9
    assert index.search(new.values, 1) == [(4, pytest.approx(1.0, abs=1e-6))]


@pytest.mark.parametrize("documents", [{3}, {0, 7, 20}, {999}])
def test_a_search_keeps_within_the_documents_it_is_given(index: VectorIndex, documents: set[int]) -> None:
    vectors = made(4, 90)
    index.add(vectors)
    inside = [vector for vector in vectors if vector.document in documents]
    within = Within(frozenset(documents), frozenset(vector.passage for vector in inside))
    found = index.search([0.5] * DIMENSION, 4, within)
    assert [number for number, _ in found] == [number for number, _ in ranked(inside, [0.5] * DIMENSION, 4)]


def test_removed_vectors_are_found_no_more_and_the_others_still_are(index: VectorIndex) -> None:
    vectors = made(5, 60)
    index.add(vectors)
    index.remove([vector.passage for vector in vectors if vector.passage % 4 == 0])
    left = [vector for vector in vectors if vector.passage % 4]
    assert index.count() == len(left)
    query = list(vectors[7].values)
    assert [number for number, _ in index.search(query, 15)] == [number for number, _ in ranked(left, query, 15)]


def test_removing_what_is_not_there_is_nothing(index: VectorIndex) -> None:
    index.add(made(6, 3))
    index.remove([77, 2, 78])
    assert sorted(number for number, _ in index.search([1.0] * DIMENSION, 9)) == [1, 3]


def test_everything_is_there_after_a_restart(reopen: Callable[[], Backend]) -> None:
    vectors = made(7, 40)
    backend = reopen()
    backend.index("an-index", ABOUT).add(vectors)
    backend.index("an-index", ABOUT).remove([5, 6])
    backend.erase()
    left = [vector for vector in vectors if vector.passage not in {5, 6}]
    backend = reopen()
    assert backend.verify() == []
    index = backend.index("an-index", ABOUT)
    query = list(vectors[4].values)
    assert [number for number, _ in index.search(query, 10)] == [number for number, _ in ranked(left, query, 10)]


def test_two_indexes_of_unlike_dimension_live_beside_each_other_and_one_can_be_dropped(
    reopen: Callable[[], Backend],
) -> None:
    backend = reopen()
    backend.index("an-index", ABOUT).add(made(8, 10))
    backend.index("another-index", {**ABOUT, "dimension": "2"}).add([Vector(1, 1, "user", [0.6, 0.8])])
    backend.drop("an-index")
    backend.drop("an-index")
    backend.erase()
    assert backend.index("another-index", ABOUT).search([0.6, 0.8], 3) == [(1, pytest.approx(1.0, abs=1e-6))]
    assert backend.index("an-index", ABOUT).count() == 0
