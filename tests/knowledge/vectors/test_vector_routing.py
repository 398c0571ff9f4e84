"""Collections with embedders of their own: each is searched by its own, and the query says which of them."""

from __future__ import annotations

from collections.abc import Callable

from vector_documents import TOPICS

from collegia.knowledge.records import Document, Filters
from collegia.knowledge.store import KnowledgeStore
from collegia.knowledge.vectors.vectors import Vectors

Open = Callable[..., Vectors]


def two(vectors: Open) -> Vectors:
    return vectors("hash:256", EMBEDDING_HANDBOOK="hash:64")


def test_each_collection_is_embedded_by_its_own(vectors: Open) -> None:
    opened = two(vectors)
    opened.sync()
    assert {(one.collection, one.embedder) for one in opened.status()} == {
        ("handbook", "hash:64"),
        ("user", "hash:256"),
    }


def test_a_query_goes_to_the_collection_whose_words_it_uses(vectors: Open) -> None:
    result = two(vectors).search("water hammer breaks pipes after a valve closes", 3)
    weights = {route.collection: route.weight for route in result.routes}
    assert weights["user"] == 1.0
    assert weights["handbook"] < 0.5
    assert all("%" in route.why for route in result.routes)
    assert -1.0 <= result.hits[-1][1] <= result.hits[0][1] <= 1.0


def test_a_collection_that_hardly_shares_a_word_is_not_asked(vectors: Open, store: KnowledgeStore) -> None:
    store.add([Document(f"w{n}", f"Water hammer number {n} in a valve.") for n in range(30)])
    result = two(vectors).search("water hammer valve", 50)
    assert [route.weight for route in result.routes] == [0.0, 1.0]
    documents = {passage.document for passage in store.passages([number for number, _ in result.hits]).values()}
    assert documents.isdisjoint(one.id for one in store.documents() if one.collection == "handbook")


def test_all_are_asked_where_no_word_is_shared(vectors: Open) -> None:
    result = two(vectors).search("zzyzx", 6)
    assert [route.weight for route in result.routes] == [1.0, 1.0]
    assert "shares a word" in result.routes[0].why
    assert len(result.hits) == 6


def test_with_one_embedder_nothing_is_chosen(vectors: Open) -> None:
    result = vectors().search(TOPICS["reflux"], 6)
    assert {(route.collection, route.weight) for route in result.routes} == {("handbook", 1.0), ("user", 1.0)}
    assert len(result.hits) == 6


def test_a_collection_that_is_filtered_out_is_not_asked(vectors: Open) -> None:
    result = two(vectors).search(TOPICS["reflux"], 6, Filters(collections=("handbook",)))
    assert [route.collection for route in result.routes] == ["handbook"]


def test_a_collection_whose_embedding_is_none_has_no_vectors(vectors: Open) -> None:
    opened = vectors("hash:64", EMBEDDING_USER="none")
    opened.sync()
    assert [one.collection for one in opened.status()] == ["handbook"]
    assert {route.collection for route in opened.search("pump", 3).routes} == {"handbook"}


def test_signs_of_the_query_language_are_words_like_others(vectors: Open) -> None:
    result = two(vectors).search('pump" OR (NEAR * : ^ -"; DROP TABLE bodies', 3)
    assert result.hits
