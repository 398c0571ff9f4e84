"""The graph of a search: PageRank as others compute it, bridges that follow names, and paths that can be checked."""

from __future__ import annotations

import math
from dataclasses import replace

import networkx
import pytest
from gallimaufry import BRIDGE, DOCUMENTS, questions, store_of
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from collegia.knowledge.records import Document, Entity, Filters
from collegia.knowledge.search.follow import bridges, titles
from collegia.knowledge.search.question import read_question
from collegia.knowledge.search.reach import Reach
from collegia.knowledge.search.searcher import Searcher
from collegia.knowledge.search.spread import pagerank
from collegia.knowledge.search.weights import Weights
from collegia.knowledge.store import KnowledgeStore
from collegia.knowledge.text import key

LONG = Weights(steps=300)


@st.composite
def graphs(draw):
    """Passages, the names each mentions (with those it is about), names of the question, and scores of words."""
    passages = draw(st.integers(1, 8))
    names = draw(st.integers(1, 6))
    mentions = draw(st.sets(st.tuples(st.integers(0, passages - 1), st.integers(0, names - 1)), max_size=20))
    about = draw(st.sets(st.sampled_from(sorted(mentions)))) if mentions else set()
    asked = draw(st.lists(st.integers(0, names - 1), max_size=3, unique=True))
    lexical = draw(st.dictionaries(st.integers(0, passages - 1), st.floats(0.01, 1.0), max_size=8))
    return passages, names, mentions, about, asked, lexical


def reach_of(store: KnowledgeStore, passages: int, names: int, mentions: set, about: set) -> Reach:
    """The look-ups over a store that has just these mentions; no name is too common to be followed."""
    with store.writing() as db:
        db.execute("DELETE FROM mentions")
        db.execute("DELETE FROM subjects")
        db.execute("DELETE FROM entities")
        db.execute("DELETE FROM passages")
        db.executemany("INSERT INTO passages VALUES (?, 1, 0, 1, '')", [(1 + one,) for one in range(passages)])
        counts = [sum(name == one for _, name in mentions) for one in range(names)]
        db.executemany(
            "INSERT INTO entities VALUES (?, ?, ?, ?)",
            [(101 + n, f"n{n}", f"N{n}", count) for n, count in enumerate(counts)],
        )
        db.executemany("INSERT INTO mentions VALUES (?, ?, 0, 1)", [(1 + p, 101 + n) for p, n in mentions])
        db.executemany("INSERT INTO subjects VALUES (?, ?, 1.0)", [(101 + n, 1 + p) for p, n in about])
    with store.reading() as db:
        return Reach.open(db, 1.0, Filters())


def by_networkx(reach: Reach, passages: int, mentions: set, about: set, asked: list, lexical: dict) -> dict[int, float]:
    """The same by networkx, from the definition in words: rare names bind more, and what a passage is about twice."""
    graph = networkx.Graph()
    graph.add_nodes_from(("p", one) for one in range(passages))
    known = {name: sum(other == name for _, other in mentions) for _, name in mentions}
    for passage, name in mentions:
        rare = math.log(max(2.0, reach.passages / known[name]))
        graph.add_edge(("p", passage), ("n", name), weight=rare * (2.0 if (passage, name) in about else 1.0))
    seeds = [name for name in asked if name in known]
    restart = {("n", name): LONG.restart / len(seeds) for name in seeds}
    total = sum(lexical.values())
    for passage, score in lexical.items():
        restart["p", passage] = (1 - LONG.restart if seeds else 1.0) * score / total
    if not restart:
        return {}
    ranks = networkx.pagerank(
        graph, alpha=LONG.damping, personalization=restart, weight="weight", tol=1e-14, max_iter=2000
    )
    most = max(ranks["p", one] for one in range(passages))
    return {one: ranks["p", one] / most for one in range(passages)} if most > 1e-13 else {}


@pytest.fixture(scope="module")
def blank():
    made = store_of(Document("x", "x"))
    yield made
    made.close()


@settings(max_examples=150, deadline=None)
@given(graph=graphs())
def test_the_rank_is_that_of_networkx(blank, graph):
    passages, names, mentions, about, asked, lexical = graph
    reach = reach_of(blank, passages, names, mentions, about)
    ours = pagerank(
        reach,
        [1 + one for one in range(passages)],
        [101 + one for one in asked],
        {1 + one: score for one, score in lexical.items()},
        LONG,
    )
    if not mentions:
        assert ours == {}
        return
    theirs = by_networkx(reach, passages, mentions, about, asked, lexical)
    assert {one - 1: rank for one, rank in ours.items()} == pytest.approx(theirs, abs=1e-6)


@settings(max_examples=60, deadline=None)
@given(graph=graphs())
def test_the_few_steps_of_a_search_come_near_the_end_of_the_walk(blank, graph):
    passages, names, mentions, about, asked, lexical = graph
    reach = reach_of(blank, passages, names, mentions, about)
    places, found = [1 + one for one in range(passages)], {1 + one: score for one, score in lexical.items()}
    few, many = (pagerank(reach, places, [101 + one for one in asked], found, one) for one in (Weights(), LONG))
    assume(many)
    assert few == pytest.approx(many, abs=0.01)


def test_no_neighbourhood_has_no_ranks(blank):
    reach = reach_of(blank, 2, 1, {(0, 0)}, set())
    assert pagerank(reach, [], [101], {}, LONG) == {}
    assert pagerank(reach, [2], [101], {2: 1.0}, LONG) == {}  # a passage that mentions nothing
    assert pagerank(reach, [1, 2], [], {}, LONG) == {}  # nowhere to start


def entity_of(db, name: str) -> Entity:
    return Entity(*db.execute("SELECT id, key, name, passages FROM entities WHERE key = ?", (key(name),)).fetchone())


def mentioned(db, passage: int) -> set[str]:
    rows = db.execute("SELECT name FROM entities JOIN mentions ON entity = entities.id WHERE passage = ?", (passage,))
    return {name for (name,) in rows}


def test_the_path_names_what_leads_from_the_question_to_the_hit():
    store = store_of()
    hits = {hit.source: hit for hit in Searcher(store).search(BRIDGE).hits}
    assert hits["hall"].path[-1] == "Marrow Hall"
    assert all(hit.path == () for hit in hits.values() if not (hit.bridge or hit.expansion))
    store.close()


@settings(max_examples=80, deadline=None)
@given(question=questions)
def test_every_step_of_a_path_stands_in_a_passage_before_it_and_the_last_one_in_the_hit(question):
    store = SHARED
    hits = Searcher(store).search(question).hits
    with store.reading() as db:
        every = {passage: mentioned(db, passage) for (passage,) in db.execute("SELECT id FROM passages").fetchall()}
    for hit in hits:
        at = {hit.passage.id}
        for name in reversed(hit.path):
            assert any(name in every[one] for one in at)
            at = {one for one in every if name in every[one] and (len(at) > 1 or one not in at)}
            assert at, f"{name} stands in no other passage"


SHARED = store_of()


def test_paths_occur_at_all():
    assert any(hit.path for hit in Searcher(SHARED).search(BRIDGE).hits)


def test_a_name_that_many_documents_are_about_counts_less():
    few = store_of(Document("a", "Zill is one.", title="Zill"))
    many = store_of(*(Document(f"a{one}", "Zill is one.", title="Zill") for one in range(4)))
    scores = []
    for store in (few, many):
        with store.reading() as db:
            reach = Reach.open(db, 1.0, Filters())
            scores.append(max(titles(read_question("Who was Zill?", reach), reach, Weights()).values()))
        store.close()
    assert scores == [1.0, 0.5]


def test_a_name_in_small_letters_counts_less_than_one_written_as_a_name():
    store = store_of()
    with store.reading() as db:
        reach = Reach.open(db, 1.0, Filters())
        large, small = (
            max(titles(read_question(said, reach), reach, Weights()).values())
            for said in ("Where is the Marrow Hall?", "where is the marrow hall?")
        )
    assert small == pytest.approx(Weights().lower * large)
    store.close()


def test_a_bridge_leads_to_what_a_passage_mentions_and_not_back_to_itself():
    store = store_of()
    with store.reading() as db:
        reach = Reach.open(db, 1.0, Filters())
        place = "SELECT passages.id FROM passages JOIN documents ON documents.id = document WHERE source = ?"
        ewer, hall = (db.execute(place, (one,)).fetchone()[0] for one in ("ewer", "hall"))
        found = bridges(read_question("autumn fair", reach), reach, {ewer: 1.0}, Weights())
        assert set(found) == {hall}
        assert (found[hall].origin, found[hall].entity) == (ewer, entity_of(db, "Marrow Hall").id)
        near = bridges(read_question("stands in the what?", reach), reach, {ewer: 1.0}, Weights())
        assert near[hall].score > found[hall].score
    store.close()


def test_a_name_that_more_than_twenty_documents_are_about_is_no_bridge():
    documents = [Document(f"z{one}", "Zill is one of many.", title="Zill") for one in range(21)]
    store = store_of(Document("a", "The clay came with Old Zill and with Zill.", title="Clay"), *documents)
    with store.reading() as db:
        reach = Reach.open(db, 1.0, Filters())
        (first,) = db.execute("SELECT min(id) FROM passages").fetchone()
        assert not any(
            step.entity == entity_of(db, "Zill").id
            for step in bridges(read_question("clay", reach), reach, {first: 1.0}, Weights()).values()
        )
    store.remove("z0")
    with store.reading() as db:
        reach = Reach.open(db, 1.0, Filters())
        assert any(
            step.entity == entity_of(db, "Zill").id
            for step in bridges(read_question("clay", reach), reach, {first: 1.0}, Weights()).values()
        )
    store.close()


class TestReadingAQuestion:
    """Which names stand in a question, and what its other words are."""

    def read(self, question: str):
        with SHARED.reading() as db:
            return read_question(question, Reach.open(db, 1.0, Filters()))

    def test_the_longest_name_wins(self):
        said = self.read("Where does The Blue Ewer stand?")
        assert [one.entity.key for one in said.named] == ["blue ewer"]

    def test_a_name_is_found_in_small_letters_where_something_is_about_it(self):
        assert [(one.entity.key, one.written) for one in self.read("where is the marrow hall").named] == [
            ("marrow hall", False)
        ]

    def test_a_single_word_in_small_letters_is_no_name(self):
        assert self.read("what is varnholt").named == ()

    def test_words_of_a_name_say_no_relation(self):
        said = self.read("Who laid the roof of the Marrow Hall?")
        assert set(said.words) == {"laid", "roof", "marrow", "hall"}
        assert set(said.relating) == {"laid", "roof"}

    def test_one_end_of_a_relation_of_kin_asks_for_the_other(self):
        assert {"son", "daughter"} <= set(self.read("the father of Casper Dunnock").relating)

    def test_a_word_that_no_passage_has_is_told_apart(self):
        assert self.read("brouhaha of geese").unknown == {"brouhaha"}

    def test_each_word_counts_once(self):
        assert self.read("geese geese GEESE").words == ("geese",)


def test_the_filters_of_a_search_hold_for_what_the_graph_finds():
    documents = [replace(one, collection="shelf" if one.source == "hall" else "other") for one in DOCUMENTS]
    store = store_of(*documents)
    hits = Searcher(store).search(BRIDGE, 10, Filters(collections=("shelf",))).hits
    assert [(hit.source, hit.bridge > 0, hit.path) for hit in hits] == [("hall", True, ("Marrow Hall",))]
    store.close()
