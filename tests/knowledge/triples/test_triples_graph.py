"""The graph of triples: what is read, what is found from either end, and what comes back from SQLite."""

from __future__ import annotations

import gzip
import sqlite3

import pytest

from collegia.errors import StoreError, UsageError
from collegia.knowledge.triples import Learned, TripleGraph, load_graph, load_learned, save_graph, save_learned
from collegia.knowledge.triples.names import key_of

FACTS = [("Zorb", "made_by", "Ölsen & Co."), ("Quim", "made_by", "Ölsen & Co."), ("Zorb", "weighs", "4 kg")]


def links(graph: TripleGraph, name: str, relation: str, *, forward: bool) -> set[str]:
    side = graph.side(graph.relations.index(relation), forward=forward)
    return {graph.names[node] for node in side.get(graph.id_of(name), ())}


def test_a_triple_is_found_from_both_ends():
    graph = TripleGraph(FACTS)
    assert links(graph, "Zorb", "made_by", forward=True) == {"Ölsen & Co."}
    assert links(graph, "Ölsen & Co.", "made_by", forward=False) == {"Zorb", "Quim"}
    assert links(graph, "Ölsen & Co.", "made_by", forward=True) == set()


def test_a_triple_told_twice_counts_once():
    graph = TripleGraph([*FACTS, FACTS[0]])
    assert len(graph) == 3
    assert sorted(graph.triples()) == sorted(FACTS)


@pytest.mark.parametrize("written", ["ölsen & co.", "Olsen & Co", "OLSEN CO", "Ölsen & Co."])
def test_a_name_is_found_without_its_case_accents_and_punctuation(written):
    graph = TripleGraph(FACTS)
    assert [graph.names[node] for node in graph.keys[key_of(written)]] == ["Ölsen & Co."]


def test_the_exact_name_is_told_from_one_that_only_reads_alike():
    graph = TripleGraph([("Zorb", "near", "zorb")])
    assert graph.id_of("Zorb") != graph.id_of("zorb")
    assert len(graph.keys[key_of("ZORB")]) == 2
    assert graph.id_of("ZORB") is None


def test_a_name_of_signs_alone_is_found_exactly():
    graph = TripleGraph([("$", "near", "???")])
    assert graph.keys["$"] == [graph.id_of("$")]
    assert "!" not in graph.keys


@pytest.mark.parametrize("packed", [False, True])
def test_a_file_is_read_plain_or_packed(tmp_path, packed):
    text = "".join("\t".join(fact) + "\n" for fact in FACTS) + "\n"
    path = tmp_path / ("facts.tsv.gz" if packed else "facts.tsv")
    path.write_bytes(gzip.compress(text.encode()) if packed else text.encode())
    assert sorted(TripleGraph.read(path).triples()) == sorted(FACTS)


@pytest.mark.parametrize("line", ["Zorb\tmade_by", "Zorb\tmade_by\t ", "a\tb\tc\td"])
def test_a_line_that_is_no_triple_is_named(tmp_path, line):
    path = tmp_path / "facts.tsv"
    path.write_text(f"Zorb\tweighs\t4 kg\n{line}\n", encoding="utf-8")
    with pytest.raises(UsageError, match=r"facts\.tsv, line 2"):
        TripleGraph.read(path)


def test_a_file_that_is_missing_broken_or_not_utf8_is_refused(tmp_path):
    with pytest.raises(UsageError, match="cannot be read"):
        TripleGraph.read(tmp_path / "none.tsv")
    (tmp_path / "latin.tsv").write_bytes("Zorb\tmade_by\tÖlsen\n".encode("latin-1"))
    with pytest.raises(UsageError, match="UTF-8"):
        TripleGraph.read(tmp_path / "latin.tsv")
    (tmp_path / "torn.tsv.gz").write_bytes(gzip.compress(b"Zorb\tmade_by\tQuim\n" * 50)[:-9])
    with pytest.raises(UsageError, match="cannot be read"):
        TripleGraph.read(tmp_path / "torn.tsv.gz")


def test_what_is_stored_comes_back():
    connection = sqlite3.connect(":memory:")
    save_graph(TripleGraph(FACTS), connection)
    assert sorted(load_graph(connection).triples()) == sorted(FACTS)
    tables = {row[0] for row in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
    assert all(table.startswith("triple_") for table in tables)
    connection.close()


def test_storing_again_takes_the_place_of_what_was_there():
    connection = sqlite3.connect(":memory:")
    save_graph(TripleGraph(FACTS), connection)
    save_learned(Learned([("made_by",)], {"who": {("made_by",): 0.5}}), connection)
    save_graph(TripleGraph(FACTS[:1]), connection)
    assert list(load_graph(connection).triples()) == FACTS[:1]
    assert load_learned(connection) is None
    connection.close()


def test_nothing_stored_is_an_empty_graph_and_nothing_learned():
    connection = sqlite3.connect(":memory:")
    assert len(load_graph(connection)) == 0
    assert load_learned(connection) is None
    connection.close()


def test_tables_that_cannot_be_read_are_a_store_error():
    connection = sqlite3.connect(":memory:")
    save_graph(TripleGraph(FACTS), connection)
    connection.execute("DELETE FROM triple_nodes WHERE id = 0")
    with pytest.raises(StoreError, match="Load them again"):
        load_graph(connection)
    connection.execute("INSERT INTO triple_learned VALUES (1, '{')")
    with pytest.raises(StoreError, match="Learn from the examples again"):
        load_learned(connection)
    connection.execute("DROP TABLE triple_nodes")
    connection.execute("CREATE VIEW triple_nodes AS SELECT 1 AS id, 'x' AS name")
    with pytest.raises(StoreError, match="cannot be stored"):
        save_graph(TripleGraph(FACTS), connection)
    connection.close()
