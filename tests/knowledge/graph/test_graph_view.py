"""The surroundings of a name, and the whole of a small store, as networkx graphs."""

from __future__ import annotations

import sqlite3
import sys
import time
from pathlib import Path

import pytest
from wumpers import world

from collegia.errors import MissingLibrary, UsageError
from collegia.knowledge.graph import neighbourhood, resolve, whole
from collegia.knowledge.records import Document
from collegia.knowledge.store import KnowledgeStore


def named(graph, name):
    return next(node for node, said in graph.nodes(data=True) if said["name"] == name)


def edges(graph, left, right):
    return list((graph.get_edge_data(named(graph, left), named(graph, right)) or {}).values())


def test_every_edge_reads_in_its_document_what_it_says():
    store = world()
    graph = neighbourhood(store, "grumbling", hops=2)
    assert {said["kind"] for _, _, said in graph.edges(data=True)} == {"relation", "alias", "about", "mentions"}
    names = {one.id: one.name for one in store.documents()}
    for left, right, said in graph.edges(data=True):
        span = store.text(said["document"])[said["start"] : said["end"]]
        assert said["name"] == names[said["document"]]
        if said["kind"] == "relation":
            assert said["sentence"] in span
            assert said["verb"][:4] in span
        elif said["kind"] == "mentions":
            assert span.casefold().startswith(graph.nodes[right]["name"].casefold()[:4]), (left, right, said)


def test_a_relation_keeps_its_direction_verb_origin_and_confidence():
    graph = neighbourhood(world(), "grumbling")
    (edge,) = edges(graph, "worn flange", "Grumbling")
    assert (edge["kind"], edge["verb"], edge["origin"], edge["confidence"]) == ("relation", "causes", "text", 0.7)
    assert edge["sentence"] == "A worn flange causes grumbling, because it lets the shaft wander."
    assert edges(graph, "Grumbling", "worn flange") == []


def test_another_name_of_the_centre_leads_to_the_same_surroundings():
    store = world()
    graph = neighbourhood(store, "low-frequency murmur")
    assert graph.nodes[graph.graph["centre"]]["name"] == "low-frequency murmur"
    assert edges(graph, "worn flange", "Grumbling")
    assert edges(graph, "low-frequency murmur", "Grumbling")[0]["kind"] == "alias"


def test_one_hop_further_goes_on_from_relations_and_documents():
    near, far = (neighbourhood(world(), "grumbling", hops=hops) for hops in (1, 2))
    names = [{said["name"] for _, said in graph.nodes(data=True)} for graph in (near, far)]
    assert "Blorp pressure" not in names[0]
    assert "Blorp pressure" in names[1]  # of which wumper efficiency, that grumbling lowers, depends
    assert edges(far, "wumper efficiency", "Blorp pressure")[0]["verb"] == "depends on"
    assert far.nodes[named(far, "Blorp pressure")]["hop"] == 2


def test_what_is_left_out_is_counted_and_relations_go_before_documents():
    store = world()
    whole_of_it = neighbourhood(store, "grumbling")
    small = neighbourhood(store, "grumbling", most=5)
    assert whole_of_it.graph["left_out"] == 0
    assert len(small) == 5
    assert small.graph["left_out"] == len(whole_of_it) - 5
    kinds = {said["kind"] for _, _, said in small.edges(data=True)}
    assert "relation" in kinds


def test_a_crowded_first_hop_leaves_room_for_the_second():
    crowd = [
        Document(f"/p/{one}", f"Pebble{one}x causes grumbling. Dust{one}x causes pebble{one}x.") for one in range(90)
    ]
    graph = neighbourhood(world(*crowd), "grumbling", hops=2)
    hops = [said["hop"] for _, said in graph.nodes(data=True)]
    assert len(hops) == 60
    assert hops.count(1) > hops.count(2) > 10


def test_a_name_that_stands_everywhere_is_cut_and_says_so():
    many = [Document(f"/n/{number}", f"Note {number}. The Grum Tower was seen.", f"n{number}") for number in range(900)]
    store = world(*many)
    start = time.perf_counter()
    graph = neighbourhood(store, "Grum Tower", hops=2)
    assert time.perf_counter() - start < 2
    assert len(graph) <= 60
    assert graph.graph["cut"]
    assert graph.graph["left_out"] > 0


def test_only_rows_near_the_name_are_read(tmp_path: Path):
    store = KnowledgeStore(tmp_path / "s.db")
    store.add(
        Document(f"/n/{number}", f"# Thing{number}x\n\nThing{number}x causes Thing{number + 1}x.", form="markdown")
        for number in range(1500)
    )
    read = 0

    def watch() -> int:
        nonlocal read
        read += 1
        return 0

    with store.reading() as db:
        db.set_progress_handler(watch, 100)  # every hundred steps of SQLite's machine
    graph = neighbourhood(store, "thing700x", hops=2)
    assert {said["name"] for _, said in graph.nodes(data=True)} >= {"Thing699x", "Thing701x", "Thing702x"}
    near, read = read, 0
    whole(store, most=10_000)
    assert near * 20 < read
    store.close()


@pytest.mark.parametrize("name", ["Grumbling", "the GRUMBLING", "grumblings", "grumble", "low frequency murmur"])
def test_a_name_is_found_by_any_spelling(name):
    assert resolve(world(), name).key in {"grumbling", "grumble", "low frequency murmur"}


def test_words_that_stand_in_one_name_alone_are_enough():
    assert resolve(world(), "fizzle").name == "Fizzle Company"


def test_words_that_stand_in_several_names_are_asked_back_with_the_names():
    store = world(Document("/f", "The Fizzle Society meets. The Fizzle Society sings.", "f"))
    with pytest.raises(UsageError, match="'Fizzle Society', 'Fizzle Company'"):
        resolve(store, "fizzle")


def test_an_unknown_name_is_told_with_near_ones():
    with pytest.raises(UsageError, match=r"no name 'grumbilng' .* near it: 'Grumbling'"):
        neighbourhood(world(), "grumbilng")


def test_an_empty_store_says_how_to_fill_it():
    with pytest.raises(UsageError, match="kb add"):
        neighbourhood(KnowledgeStore.in_memory(), "anything")


@pytest.mark.parametrize("name", ["", "?!", "…"])
def test_a_name_without_letters_is_refused(name):
    with pytest.raises(UsageError, match="letter or figure"):
        neighbourhood(world(), name)


@pytest.mark.parametrize(("hops", "most"), [(0, 60), (5, 60), (1, 1)])
def test_bounds_that_cannot_be_used_are_named(hops, most):
    with pytest.raises(UsageError, match="give"):
        neighbourhood(world(), "grumbling", hops, most)


def test_the_whole_of_a_small_store_has_every_row():
    store = world()
    graph = whole(store)
    counts = store.counts()
    kinds = [said["kind"] for _, _, said in graph.edges(data=True)]
    assert len(graph) == counts["entities"] + counts["documents"]
    assert kinds.count("relation") == counts["relations"]
    with store.reading() as db:
        assert kinds.count("about") == db.execute("SELECT count(*) FROM subjects").fetchone()[0]
        assert kinds.count("mentions") == db.execute("SELECT count(*) FROM mentions WHERE start < end").fetchone()[0]


def test_the_whole_of_a_store_leaves_no_row_of_a_common_name_out():
    store = world(*(Document(f"/n/{number}", f"Note {number}. The Grum Tower.", f"n{number}") for number in range(800)))
    graph = whole(store)
    assert graph.in_degree(named(graph, "Grum Tower")) >= 800


def test_the_whole_of_a_big_store_is_refused_with_its_size():
    store = world()
    size = store.counts()["entities"] + 3
    with pytest.raises(UsageError, match=f"{size} names and documents.*surroundings of one name"):
        whole(store, most=size - 1)


def test_without_networkx_the_command_that_installs_it_is_told(monkeypatch):
    monkeypatch.setitem(sys.modules, "networkx", None)
    with pytest.raises(MissingLibrary, match="pip install"):
        neighbourhood(world(), "grumbling")


def test_a_removed_document_is_gone_from_the_next_graph():
    store = world()
    store.remove("wumper.md")
    names = {said["name"] for _, said in neighbourhood(store, "grumbling", hops=2).nodes(data=True)}
    assert "wumper.md" not in names
    assert "Fizzle Company" not in names


def test_the_queries_of_a_name_use_indexes():
    store = world()
    from collegia.knowledge.graph import rows

    seen: list[str] = []
    with store.reading() as db:
        db.set_trace_callback(seen.append)
        for one in (rows.relations_of, rows.about, rows.named_in):
            one(db, 1, 10)
        rows.within(db, [1, 2], 10, 100)
        rows.aliases(db, 1)
        db.set_trace_callback(None)
        plans = [row[3] for sql in seen for row in _plan(db, sql)]
    tables = ("relations", "subjects", "mentions", "passages", "entities", "documents")
    assert [plan for plan in plans if plan.startswith("SCAN") and plan.split()[1] in tables] == []
    assert any("relations_subject" in plan for plan in plans)
    assert any("mentions_entity" in plan for plan in plans)


def _plan(db: sqlite3.Connection, sql: str) -> list[tuple[int, int, int, str]]:
    return db.execute(f"EXPLAIN QUERY PLAN {sql}").fetchall()
