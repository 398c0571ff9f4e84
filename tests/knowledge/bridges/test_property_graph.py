"""The knowledge store behind llama-index's interface: what is ours alone."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from graph_conformance import chunk, entity, relation, told

from collegia.errors import UsageError
from collegia.knowledge.bridges import CollegiaPropertyGraphStore, export
from collegia.knowledge.graph import neighbourhood
from collegia.knowledge.records import Document
from collegia.knowledge.store import KnowledgeStore

FLANGE = (
    "# Grumbling\n\nA worn flange causes grumbling.\n\n## Care\n\nGrease prevents grumbling, and the flange lasts.\n"
)


def filled(path: Path | None = None) -> KnowledgeStore:
    store = KnowledgeStore(path)
    store.add([Document("/lib/g.md", FLANGE, "g.md", form="markdown")])
    return store


def rows(store: KnowledgeStore, sql: str) -> list[tuple[object, ...]]:
    with store.reading() as db:
        return db.execute(sql).fetchall()


def test_relations_of_the_text_are_triplets_that_name_each_place():
    store = filled()
    graph = CollegiaPropertyGraphStore(store)
    (triplet,) = graph.get_triplets(entity_names=["worn flange"])
    assert told([triplet]) == {("worn flange", "causes", "Grumbling")}
    said = triplet[1].properties
    (document,) = store.documents()
    start, end = map(int, said["spans"][0].split("-"))
    assert store.text(document.id)[start:end] == "A worn flange causes grumbling."
    assert (said["documents"], said["origin"], said["confidence"]) == (["g.md"], "text", 0.7)
    assert triplet[0].properties["triplet_source_id"] == said["passages"][0]


def test_a_passage_is_a_chunk_with_the_very_text_of_its_span():
    store = filled()
    graph = CollegiaPropertyGraphStore(store)
    (passage,) = (one for (one,) in rows(store, "SELECT max(id) FROM passages"))
    (node,) = graph.get(ids=[f"passage:{passage}"])
    assert node.text == FLANGE[node.properties["start"] : node.properties["end"]]
    assert node.properties["heading"] == "Grumbling › Care"
    assert {one.id for one in graph.get(properties={"document": "g.md"})} == {"passage:1", "passage:2"}
    (text,) = graph.get_llama_nodes(["passage:2"])
    assert text.get_content() == node.text


def test_what_a_model_found_is_marked_and_tied_to_its_passage():
    store = filled()
    graph = CollegiaPropertyGraphStore(store, confidence=0.4)
    graph.upsert_nodes(
        [entity("flange", "PART", triplet_source_id="passage:2"), entity("grease", triplet_source_id="passage:2")]
    )
    graph.upsert_relations(
        [relation("grease", "SPARES", "flange", confidence=0.8), relation("grease", "IS ON", "flange")]
    )
    found = {
        one[0]: one[1:] for one in rows(store, "SELECT verb, origin, confidence, passage, start, end FROM relations")
    }
    assert found["SPARES"][:3] == ("model", 0.8, 2)
    assert found["IS ON"][:3] == ("model", 0.4, 2)
    body = store.passages([2])[2].body
    assert body[slice(*found["SPARES"][3:])] == "Grease prevents grumbling, and the flange lasts."
    edges = neighbourhood(store, "flange").edges(data=True)
    assert ("model", "SPARES") in {(said["origin"], said["verb"]) for _, _, said in edges}


def test_a_relation_that_a_model_and_the_text_state_is_one_with_both_origins():
    graph = CollegiaPropertyGraphStore(filled())
    graph.upsert_relations(
        [relation("Worn flange", "causes", "GRUMBLING", confidence=0.9, triplet_source_id="passage:1")]
    )
    (triplet,) = graph.get_triplets(entity_names=["worn flange"])
    assert triplet[1].properties["origins"] == ["model", "text"]
    assert triplet[1].properties["confidences"] == [0.9, 0.7]


def test_what_no_passage_is_named_for_is_kept_apart_and_never_cited():
    store = filled()
    graph = CollegiaPropertyGraphStore(store)
    before = store.counts()
    graph.upsert_relations([relation("moon", "PULLS", "sea", triplet_source_id="unheard-of")])
    assert store.counts() == before
    (triplet,) = graph.get_triplets(entity_names=["moon"])
    assert "passages" not in triplet[1].properties
    assert triplet[1].properties["origin"] == "model"


def test_what_came_before_its_chunk_is_tied_when_the_chunk_comes():
    store = KnowledgeStore.in_memory()
    graph = CollegiaPropertyGraphStore(store)
    graph.upsert_nodes([entity("Moon", "BODY", triplet_source_id="c9")])
    graph.upsert_relations([relation("Moon", "PULLS", "Sea", triplet_source_id="c9", confidence=0.6)])
    graph.upsert_nodes([chunk("c9", "it is known that the moon pulls the sea")])
    assert rows(store, "SELECT verb, origin, confidence FROM relations") == [("PULLS", "model", 0.6)]
    assert told(graph.get_triplets(ids=["moon"])) == {("Moon", "PULLS", "Sea")}
    graph.delete_llama_nodes(node_ids=["c9"])
    for table in ("property_nodes", "property_relations", "property_chunks", "relations", "entities", "documents"):
        assert rows(store, f"SELECT * FROM {table}") == [], table  # noqa: S608  # names from the line above


def test_a_removed_document_leaves_nothing_of_what_a_model_said_of_it(tmp_path):
    store = filled(tmp_path / "k" / "store.db")
    store.add([Document("/lib/secret.txt", "The xyzzyplugh is a kind of frobozz. It hums.", "secret.txt")])
    graph = CollegiaPropertyGraphStore(store)
    (passage,) = (one for (one,) in rows(store, "SELECT max(id) FROM passages"))
    source = {"triplet_source_id": f"passage:{passage}"}
    graph.upsert_nodes([entity("xyzzyplugh", "quuxlabel", memo="ploverword", **source), entity("frobozz", **source)])
    graph.upsert_relations([relation("xyzzyplugh", "HUMSLIKE", "frobozz", memo="ploverword", **source)])
    assert graph.get_triplets(relation_names=["HUMSLIKE"])
    assert store.remove("secret.txt") == ["/lib/secret.txt"]
    assert graph.get(ids=["xyzzyplugh", "frobozz"]) == []
    assert graph.get_triplets(relation_names=["HUMSLIKE"]) == []
    store.close()
    left = b"".join(file.read_bytes() for file in (tmp_path / "k").iterdir())
    assert b"Grumbling" in left
    for word in (b"xyzzyplugh", b"ploverword", b"quuxlabel", b"HUMSLIKE", b"frobozz"):
        assert word not in left


def test_a_chunk_that_comes_in_is_a_document_that_the_store_can_find_and_remove():
    store = KnowledgeStore.in_memory()
    graph = CollegiaPropertyGraphStore(store, collection="models")
    graph.upsert_nodes([chunk("c1", "The Grum Tower leans.", file_name="tower.txt")])
    (document,) = store.documents()
    assert (document.source, document.name, document.collection) == ("llama-index:c1", "tower.txt", "models")
    graph.upsert_nodes([chunk("c1", "The Grum Tower fell.")])
    assert [one.text for one in graph.get(ids=["c1"])] == ["The Grum Tower fell."]
    store.remove("llama-index:c1")
    assert graph.get(ids=["c1"]) == []


def test_a_chunk_keeps_its_id_when_its_document_is_taken_in_again():
    store = KnowledgeStore.in_memory()
    graph = CollegiaPropertyGraphStore(store)
    graph.upsert_nodes([chunk("c1", "The Grum Tower leans.", page=2)])
    (document,) = store.documents()
    store.remove(document.source)
    store.add([Document(document.source, "The Grum Tower leans.", document.name)])
    (node,) = graph.get(ids=["c1"])
    assert (node.text, node.label, node.properties) == ("The Grum Tower leans.", "text_chunk", {})
    assert [one.id for one in graph.get() if one.label == "text_chunk"] == ["c1"]


def test_deleting_a_chunk_leaves_names_that_other_documents_speak_of():
    store = filled()
    graph = CollegiaPropertyGraphStore(store)
    graph.upsert_nodes([chunk("c1", "grumbling is loud"), entity("Grumbling", "NOISE", triplet_source_id="c1")])
    graph.delete_llama_nodes(node_ids=["c1"])
    assert told(graph.get_triplets(entity_names=["grumbling"]))
    assert graph.get(ids=["Grumbling"])[0].label == "entity"


def test_a_passage_keeps_its_text_and_its_document():
    graph = CollegiaPropertyGraphStore(filled())
    with pytest.raises(UsageError, match=r"passage:1 is a passage of g\.md"):
        graph.upsert_nodes([chunk("passage:1", "something else")])
    with pytest.raises(UsageError, match=r"passage:1 cannot be deleted alone.*g\.md, which has 1 more"):
        graph.delete(ids=["passage:1"])
    graph.upsert_nodes(graph.get(ids=["passage:1"]))
    assert len(graph.client.documents()) == 1
    graph.delete_llama_nodes(ref_doc_ids=["/lib/g.md"])
    assert graph.client.documents() == []


def test_nodes_are_deleted_by_property():
    graph = CollegiaPropertyGraphStore(filled())
    graph.upsert_nodes([entity("a1", rank=1), entity("a2", rank=2)])
    graph.upsert_relations([relation("a1", "X", "a2")])
    graph.delete(properties={"rank": 1})
    assert [one.id for one in graph.get(ids=["a1", "a2"])] == ["a2"]
    assert graph.get_triplets(relation_names=["X"]) == []
    graph.delete()
    assert graph.get(ids=["a2", "Grumbling"]) != []


def test_what_a_passage_is_about_is_given_where_it_is_asked_for():
    graph = CollegiaPropertyGraphStore(filled())
    about = told(graph.get_triplets(entity_names=["grumbling"], relation_names=["about"]))
    assert about == {("passage:1", "about", "Grumbling"), ("passage:2", "about", "Grumbling")}
    assert {one[1] for one in told(graph.get_triplets(ids=["passage:2"]))} == {"about", "mentions"}
    assert {one[1] for one in told(graph.get_triplets(entity_names=["grumbling"]))} == {"causes", "prevents"}


def test_deleting_a_label_leaves_no_name_that_only_it_spoke_of():
    store = filled()
    graph = CollegiaPropertyGraphStore(store)
    graph.delete(relation_names=["causes"])
    assert graph.get(ids=["worn flange"]) == []
    assert graph.get(ids=["Grumbling"]) != []
    assert {row[0] for row in rows(store, "SELECT verb FROM relations")} == {"prevents"}


def test_every_write_raises_the_version_that_caches_are_checked_by():
    store = filled()
    graph = CollegiaPropertyGraphStore(store)
    seen = [store.version()]
    for act in (
        lambda: graph.upsert_nodes([entity("a1")]),
        lambda: graph.upsert_relations([relation("a1", "X", "b1")]),
        lambda: graph.delete(ids=["a1"]),
        lambda: graph.upsert_nodes([chunk("c", "text")]),
        lambda: graph.delete_llama_nodes(node_ids=["c"]),
    ):
        act()
        seen.append(store.version())
    assert seen == sorted(set(seen))


@pytest.mark.parametrize(
    ("act", "said"),
    [
        (lambda graph: graph.upsert_nodes([entity("?!")]), "letter or a figure"),
        (lambda graph: graph.upsert_nodes([entity("a", what={1, 2})]), "properties of a cannot be stored as JSON"),
        (lambda graph: graph.upsert_nodes([entity("a", what=float("nan"))]), "properties of a cannot be stored"),
        (lambda graph: graph.upsert_nodes([chunk("c", "  ")]), "chunk c yields no text"),
        (lambda graph: graph.upsert_nodes(["a"]), "a str cannot be stored"),
        (lambda graph: graph.upsert_relations([relation("a", "X", "b", confidence=1.2)]), "confidence of a X b is 1.2"),
        (lambda graph: graph.upsert_relations([relation("a", "X", "b", confidence="high")]), "is 'high'; give 0 to 1"),
        (lambda graph: graph.structured_query("MATCH"), "no query language"),
    ],
)
def test_what_cannot_be_used_is_named_and_nothing_of_it_is_written(act, said):
    store = filled()
    graph = CollegiaPropertyGraphStore(store)
    with pytest.raises(UsageError, match=said):
        act(graph)
    assert (
        rows(
            store, "SELECT * FROM property_nodes UNION ALL SELECT subject, 0, verb, object, '' FROM property_relations"
        )
        == []
    )
    assert len(store.documents()) == 1


def test_a_failed_batch_leaves_nothing_behind():
    store = filled()
    graph = CollegiaPropertyGraphStore(store)
    with pytest.raises(UsageError):
        graph.upsert_relations([relation("a", "X", "b"), relation("c", "X", "?!")])
    assert graph.get_triplets(relation_names=["X"]) == []


def test_all_nodes_are_given_while_they_are_few(monkeypatch):
    graph = CollegiaPropertyGraphStore(filled())
    assert {"passage:1", "passage:2", "Grumbling", "worn flange"} <= {one.id for one in graph.get()}
    monkeypatch.setattr("collegia.knowledge.bridges.property_graph._ALL", 3)
    with pytest.raises(UsageError, match=r"more than 3 nodes.*export"):
        graph.get()


def test_a_map_around_a_passage_has_what_it_states_and_what_its_subject_does():
    graph = CollegiaPropertyGraphStore(filled())
    found = told(graph.get_rel_map(graph.get(ids=["passage:2"]), depth=1))
    assert ("Grease", "prevents", "grumbling") in {(a, b, c.casefold()) for a, b, c in found}
    assert len(graph.get_rel_map(graph.get(ids=["passage:2"]), depth=2, limit=1)) == 1


def test_a_query_by_vector_gives_the_passages_that_the_vector_store_finds():
    from llama_index.core.schema import TextNode
    from llama_index.core.vector_stores import SimpleVectorStore
    from llama_index.core.vector_stores.types import VectorStoreQuery

    vectors = SimpleVectorStore()
    vectors.add([TextNode(id_="1", text="x", embedding=[1.0, 0.0]), TextNode(id_="2", text="y", embedding=[0.0, 1.0])])
    vectors.add([TextNode(id_="77", text="gone", embedding=[0.5, 0.5])])
    graph = CollegiaPropertyGraphStore(filled(), vectors)
    assert graph.supports_vector_queries
    nodes, scores = graph.vector_query(VectorStoreQuery(query_embedding=[0.1, 0.9], similarity_top_k=3))
    assert [one.id for one in nodes] == ["passage:2", "passage:1"]
    assert scores == sorted(scores, reverse=True)
    with pytest.raises(NotImplementedError, match="no vector"):
        graph.vector_query(VectorStoreQuery(query_str="words"))


def test_the_graph_moves_into_another_store_whole():
    from llama_index.core.graph_stores import SimplePropertyGraphStore

    store = filled()
    mine = CollegiaPropertyGraphStore(store)
    mine.upsert_nodes([entity("flange", "PART", size=3, triplet_source_id="passage:2")])
    mine.upsert_relations([relation("grease", "SPARES", "flange", confidence=0.8, triplet_source_id="passage:2")])
    other = SimplePropertyGraphStore()
    done = export(store, other)
    counts = store.counts()
    assert (done.chunks, done.entities) == (counts["passages"], counts["entities"])
    verbs = {row[0] for row in rows(store, "SELECT verb FROM relations")}
    assert verbs == {"causes", "prevents", "SPARES"}
    for verb in (*verbs, "about", "mentions"):
        here, there = mine.get_triplets(relation_names=[verb]), other.get_triplets(relation_names=[verb])
        assert told(here) == told(there) != set()
        for _, one, _ in there:
            assert one.properties in [ours.properties for _, ours, _ in here]
    assert other.get(ids=["flange"])[0].properties["size"] == 3
    assert {one.text for one in other.get(ids=["passage:1"])} == {one.text for one in mine.get(ids=["passage:1"])}


def test_a_copy_without_passages_has_entities_and_relations_alone():
    from llama_index.core.graph_stores import SimplePropertyGraphStore

    other = SimplePropertyGraphStore()
    done = export(filled(), other, passages=False)
    assert (done.chunks, done.links) == (0, 0)
    assert done.relations == len(other.get_triplets(relation_names=["causes", "prevents"])) == 2
    assert {type(one).__name__ for one in other.get()} == {"EntityNode"}


def test_one_store_of_ours_takes_over_from_another():
    here, there = filled(), KnowledgeStore.in_memory()
    export(here, CollegiaPropertyGraphStore(there))
    graph = CollegiaPropertyGraphStore(there)
    assert ("worn flange", "causes", "Grumbling") in told(graph.get_triplets(relation_names=["causes"]))
    assert rows(there, "SELECT count(*) FROM relations WHERE origin = 'model' AND passage > 0")[0][0] >= 2


def test_the_index_of_llama_index_builds_on_the_store_and_finds_in_it():
    from llama_index.core import PropertyGraphIndex
    from llama_index.core.embeddings.mock_embed_model import MockEmbedding
    from llama_index.core.indices.property_graph import CustomPGRetriever, ImplicitPathExtractor
    from llama_index.core.llms import MockLLM
    from llama_index.core.schema import TextNode

    class Finder(ImplicitPathExtractor):
        def __call__(self, nodes, show_progress=False, **kwargs):
            for node in nodes:
                node.metadata["nodes"] = [entity("flux"), entity("gate")]
                node.metadata["relations"] = [relation("flux", "MOVES", "gate")]
            return nodes

    class Reader(CustomPGRetriever):
        def init(self, **kwargs):
            pass

        def custom_retrieve(self, query_str):
            start = self.graph_store.get(ids=[query_str])
            return self._get_nodes_with_score(self.graph_store.get_rel_map(start))

    store = KnowledgeStore.in_memory()
    graph = CollegiaPropertyGraphStore(store)
    PropertyGraphIndex(
        nodes=[TextNode(id_="n1", text="the flux moves the gate")], property_graph_store=graph, llm=MockLLM(),
        kg_extractors=[Finder()], embed_kg_nodes=False, use_async=False, embed_model=MockEmbedding(2),
    )  # fmt: skip
    assert rows(store, "SELECT verb, origin FROM relations") == [("MOVES", "model")]
    (found,) = Reader(graph, include_text=True).retrieve("flux")
    assert "flux -> MOVES -> gate" in found.node.get_content()
    assert "the flux moves the gate" in found.node.get_content()


def test_importing_the_bridges_imports_no_llama_index():
    code = (
        "import sys; import collegia.knowledge.bridges as b; import collegia.knowledge.graph\n"
        "import collegia.cli.kb_graph\n"
        "heavy = {'llama_index', 'networkx', 'numpy', 'scipy', 'chromadb', 'pydantic'}\n"
        "assert not heavy & set(sys.modules), heavy & set(sys.modules)\n"
        "b.export; assert 'llama_index' not in sys.modules\n"
        "b.CollegiaPropertyGraphStore; assert 'llama_index' in sys.modules\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


def test_without_llama_index_the_command_that_installs_it_is_told():
    code = (
        "import sys; sys.modules['llama_index'] = None\n"
        "import collegia.knowledge.bridges as b\n"
        "from collegia.errors import MissingLibrary\n"
        "try:\n    b.CollegiaPropertyGraphStore\nexcept MissingLibrary as error:\n"
        "    assert 'pip install' in str(error)\n"
        "else:\n    raise SystemExit('imported')\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
