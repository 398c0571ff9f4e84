"""The search: what it finds, that it keeps to the filters, and that no question upsets it."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from gallimaufry import BRIDGE, DOCUMENTS, WHOLE, anything, questions, store_of
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from collegia.errors import StoreError
from collegia.knowledge.records import Document, Filters
from collegia.knowledge.search.searcher import Searcher
from collegia.knowledge.search.weights import Weights
from collegia.knowledge.store import KnowledgeStore

CALM = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


@pytest.fixture(scope="module")
def store() -> Iterator[KnowledgeStore]:
    made = store_of()
    yield made
    made.close()


def found(store: KnowledgeStore, question: str, most: int = 10, **filters: object) -> list[str]:
    return [hit.source for hit in Searcher(store).search(question, most, Filters(**filters)).hits]


def test_the_words_of_a_question_find_the_passage_that_has_them(store):
    assert found(store, "Who needs grass and water?")[0] == "geese"


def test_the_name_in_a_question_finds_what_is_about_it(store):
    assert found(store, "What is Quillby?")[0] == "quillby"
    assert "Quillby" in Searcher(store).search("What is Quillby?").names


def test_a_passage_that_is_only_named_by_the_first_one_is_found_too(store):
    assert set(found(store, BRIDGE, 2)) == {"ewer", "hall"}


def test_both_ends_of_a_question_of_two_hops_come_first(store):
    assert set(found(store, "Where was the slater of the Marrow Hall born?", 2)) == {"hall", "dunnock"}


def test_no_more_passages_come_than_were_asked_for(store):
    assert [len(found(store, WHOLE, most)) for most in (1, 2, 3)] == [1, 2, 3]


def test_words_that_nobody_wrote_find_nothing(store):
    assert found(store, "xylophonic brouhaha?") == []
    assert found(store, "") == []
    assert found(store, "?!") == []


def test_a_word_in_another_form_stands_for_those_that_begin_alike(store):
    assert found(store, "museumly")[0] == "hall"


@pytest.mark.parametrize(
    ("filters", "allowed"),
    [
        ({"collections": ("places",)}, {"quillby", "varnholt", "sorrel"}),
        ({"collections": ("places", "museums"), "since": "2025-01-01"}, {"hall", "dunnock", "sorrel"}),
        ({"documents": ("hall",)}, {"hall"}),
        ({"since": "2024-05-01"}, {"ewer", "hall", "dunnock", "sorrel"}),
        ({"until": "2024-05-01"}, {"brell", "ewer", "varnholt"}),
        ({"since": "2024-05-01", "until": "2024-05-01"}, {"ewer"}),
        ({"collections": ("nowhere",)}, set()),
    ],
)
@CALM
@given(question=questions)
def test_a_search_keeps_to_its_filters(store, filters, allowed, question):
    assert set(found(store, question, 20, **filters)) <= allowed


def test_a_document_is_allowed_by_its_name_as_by_its_source():
    made = store_of(Document("/a/geese.md", "Geese fly south.", name="geese"), Document("b", "Geese eat grass."))
    assert (
        found(made, "geese", documents=("geese",))
        == found(made, "geese", documents=("/a/geese.md",))
        == ["/a/geese.md"]
    )
    made.close()


def test_documents_that_are_not_allowed_take_no_place_from_those_that_are():
    crowd = Document("loud", "Praise is given here, and it goes on and on. " * 1200, title="Zanderling")
    made = store_of(crowd, Document("quiet", "A zanderling is a bird of the marsh.", collection="birds"))
    assert made.counts()["passages"] > 40
    assert found(made, "What is Zanderling?", 3, collections=("birds",)) == ["quiet"]
    made.close()


@CALM
@given(question=anything)
def test_no_question_upsets_the_search(store, question):
    hits = Searcher(store).search(question).hits
    assert len({hit.passage.id for hit in hits}) == len(hits)
    assert all(hit.score >= 0 for hit in hits)


@pytest.mark.parametrize(
    "question",
    [
        '"', '""', '" OR "', "NEAR(a b)", "title : geese", "geese*", "^geese", "geese NOT the", "-geese",
        "\x00geese\x00",
        "\ud800geese", "\u202egeese", "ﬃ ﷺ İstanbul ǅ", "𞤀𞤁𞤂𞤃𞤄𞤅 𐐷𐐷𐐷𐐷𐐷𐐷", "geese' OR 1=1 --", "²³¹ geese", "don't won't",
        " ".join(f"word{number}" for number in range(900)), "geese " * 2000, "(" * 5000, "Ottoline " * 800, "é" * 9000,
    ],
)  # fmt: skip
def test_a_hostile_question_is_only_words(store, question):
    hits = Searcher(store).search(question).hits
    assert (hits != ()) == any(name in question.casefold() for name in ("geese", "ottoline"))


def test_a_question_that_is_cut_says_so(store):
    said = Searcher(store).search("geese " * 2000)
    assert said.notes == ("only the first 4000 characters of the question were searched",)
    assert Searcher(store).search("geese").notes == ()


@CALM
@given(question=questions)
def test_the_same_question_gets_the_same_answer(store, question):
    assert Searcher(store).search(question) == Searcher(store).search(question)


@settings(max_examples=15, deadline=None)
@given(order=st.permutations(DOCUMENTS))
def test_the_order_in_which_documents_came_changes_no_score(order):
    made, other = store_of(*order), store_of()
    for question in (BRIDGE, WHOLE, "Where was the slater of the Marrow Hall born?"):
        scores = [{hit.source: hit.score for hit in Searcher(one).search(question).hits} for one in (made, other)]
        assert scores[0] == pytest.approx(scores[1])
    made.close()
    other.close()


def test_what_is_removed_is_found_no_more():
    made = store_of()
    searcher = Searcher(made)
    assert "hall" in [hit.source for hit in searcher.search(BRIDGE).hits]
    made.remove("hall")
    after = searcher.search(BRIDGE)
    assert "hall" not in [hit.source for hit in after.hits]
    assert not any("Marrow Hall" in hit.path for hit in after.hits)
    made.close()


def test_a_list_of_links_comes_last():
    text = "# Ovens\n\nAn oven bakes geese.\n\n## See also\n\n[Geese](geese.md), baking geese, oven geese, bake.\n"
    made = store_of(Document("o", text, form="markdown"), Document("b", "A fire bakes a little."))
    hits = Searcher(made).search("What bakes geese?").hits
    assert [hit.passage.heading for hit in hits][-1] == "Ovens › See also"
    made.close()


def test_the_span_of_a_hit_reads_the_same_in_its_document(store):
    for hit in Searcher(store).search(BRIDGE).hits:
        assert store.text(hit.passage.document)[hit.passage.start : hit.passage.end] == hit.passage.body


class TestVectors:
    """What a search makes of similarities that someone else computed."""

    def test_a_passage_that_only_vectors_find_is_found(self, store):
        (number,) = [one.id for one in store.documents() if one.source == "geese"]
        with store.reading() as db:
            (passage,) = db.execute("SELECT id FROM passages WHERE document = ?", (number,)).fetchone()
            (other,) = db.execute("SELECT id FROM passages WHERE document <> ? LIMIT 1", (number,)).fetchone()
        asked = []

        def dense(query, most, filters):
            asked.append((query, filters))
            return [(passage, 0.9), (other, 0.1)]

        filters = Filters(collections=("user",))
        hits = Searcher(store, dense=dense).search("xylophonic brouhaha", 5, filters).hits
        assert (hits[0].source, round(hits[0].dense, 6), hits[0].lexical) == ("geese", 1.0, 0.0)
        assert asked == [("xylophonic brouhaha", filters)]

    def test_a_vector_of_a_passage_that_is_gone_finds_nothing(self, store):
        hits = Searcher(store, dense=lambda *_: [(10**9, 0.9), (10**9 + 1, 0.2)]).search("geese").hits
        assert [hit.source for hit in hits] == found(store, "geese")

    def test_vectors_do_not_bring_in_what_is_not_allowed(self, store):
        with store.reading() as db:
            every = [one for (one,) in db.execute("SELECT id FROM passages")]
        searcher = Searcher(store, dense=lambda *_: [(one, 1.0 / one) for one in every])
        hits = searcher.search("geese", 20, Filters(collections=("museums",))).hits
        assert {hit.source for hit in hits} == {"hall", "dunnock"}


def test_weights_decide_what_counts(store):
    def part(name: str, **weights: float) -> float:
        hits = Searcher(store, Weights(**weights)).search("What is Quillby?").hits
        return max(getattr(hit, name) for hit in hits)

    assert part("title") > 0
    assert part("title", title=0.0) == 0
    assert part("graph") > 0
    assert part("graph", graph=0.0) == 0


class Interrupted(KnowledgeStore):
    """A store from which another connection takes every document just before the hits are named."""

    def sources(self, documents):
        with closing(sqlite3.connect(self.path)) as other:
            other.execute("DELETE FROM documents")
            other.commit()
        return super().sources(documents)


def test_a_search_sees_one_moment_whatever_another_process_does_meanwhile(tmp_path: Path):
    store = Interrupted(tmp_path / "store.db")
    store.add(DOCUMENTS)
    assert set(found(store, BRIDGE, 2)) == {"ewer", "hall"}
    assert store.documents() == []
    store.close()


def test_a_search_leaves_no_transaction_open(tmp_path: Path):
    store = store_of()
    Searcher(store).search(BRIDGE)
    with store.reading() as db:
        assert not db.in_transaction
        db.execute("DROP TABLE subjects")
    with pytest.raises(StoreError, match="knowledge store memory"):
        Searcher(store).search(BRIDGE)
    with store.reading() as db:
        assert not db.in_transaction
    store.close()


def test_a_search_within_a_change_sees_the_change():
    store = store_of()
    with store.writing() as db:
        assert isinstance(db, sqlite3.Connection)
        assert found(store, "What is Quillby?")[0] == "quillby"
        assert db.in_transaction
    store.close()
