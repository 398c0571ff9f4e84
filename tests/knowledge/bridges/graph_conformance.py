"""What every property graph store that may stand behind llama-index's interface has to do.

Not in it, because llama-index's own SimplePropertyGraphStore does otherwise: deleting by a relation deletes the nodes
at its ends there, deleting by name alone deletes every node, and what a deleted node was joined to cannot be read then.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from collegia.knowledge.store import KnowledgeStore

STORES = ("file", "memory", "simple")


@contextmanager
def opened(kind: str, folder: Path) -> Iterator[Any]:
    """A store of that kind, empty."""
    if kind == "simple":
        from llama_index.core.graph_stores import SimplePropertyGraphStore

        yield SimplePropertyGraphStore()
        return
    from collegia.knowledge.bridges import CollegiaPropertyGraphStore

    store = KnowledgeStore(folder / "store.db") if kind == "file" else KnowledgeStore.in_memory()
    try:
        yield CollegiaPropertyGraphStore(store)
    finally:
        store.close()


def entity(name: str, label: str = "entity", **properties: Any) -> Any:
    from llama_index.core.graph_stores.types import EntityNode

    return EntityNode(name=name, label=label, properties=properties)


def chunk(identity: str, text: str, **properties: Any) -> Any:
    from llama_index.core.graph_stores.types import ChunkNode

    return ChunkNode(id_=identity, text=text, properties=properties)


def relation(left: str, label: str, right: str, **properties: Any) -> Any:
    from llama_index.core.graph_stores.types import Relation

    return Relation(label=label, source_id=left, target_id=right, properties=properties)


def told(triplets: list[Any]) -> set[tuple[str, str, str]]:
    """Triplets by their names."""
    return {(left.id, one.label, right.id) for left, one, right in triplets}


def chain(graph: Any) -> None:
    """alpha feeds beta, beta feeds gamma, gamma chills delta; omega stands alone."""
    graph.upsert_nodes(
        [entity(name, "THING", rank=rank) for rank, name in enumerate(("alpha", "beta", "gamma", "delta"))]
    )
    graph.upsert_nodes([entity("omega", "LONER", rank=9)])
    graph.upsert_relations(
        [
            relation("alpha", "FEEDS", "beta", note="n1"),
            relation("beta", "FEEDS", "gamma"),
            relation("gamma", "CHILLS", "delta"),
        ]
    )


def check_nodes_come_back_by_id(graph: Any) -> None:
    chain(graph)
    (node,) = graph.get(ids=["alpha"])
    assert (node.id, node.name, node.label) == ("alpha", "alpha", "THING")
    assert node.properties["rank"] == 0
    assert {one.id for one in graph.get(ids=["omega", "beta", "nothing"])} == {"omega", "beta"}


def check_nodes_come_back_by_property(graph: Any) -> None:
    chain(graph)
    assert [one.id for one in graph.get(properties={"rank": 2})] == ["gamma"]
    assert {one.id for one in graph.get(properties={"rank": 9, "other": "x"})} == {"omega"}
    assert graph.get(properties={"rank": 77}) == []
    assert graph.get(properties={"rank": 2}, ids=["alpha"]) == []


def check_a_node_given_again_is_replaced(graph: Any) -> None:
    chain(graph)
    graph.upsert_nodes([entity("alpha", "OTHER", rank=5)])
    (node,) = graph.get(ids=["alpha"])
    assert (node.label, node.properties["rank"]) == ("OTHER", 5)
    assert told(graph.get_triplets(ids=["alpha"])) == {("alpha", "FEEDS", "beta")}


def check_triplets_are_found_by_each_condition_and_by_all_together(graph: Any) -> None:
    chain(graph)
    first, second, third = ("alpha", "FEEDS", "beta"), ("beta", "FEEDS", "gamma"), ("gamma", "CHILLS", "delta")
    assert graph.get_triplets() == []
    assert told(graph.get_triplets(entity_names=["beta"])) == {first, second}
    assert told(graph.get_triplets(relation_names=["FEEDS"])) == {first, second}
    assert told(graph.get_triplets(ids=["delta"])) == {third}
    assert told(graph.get_triplets(properties={"note": "n1"})) == {first}
    assert told(graph.get_triplets(properties={"rank": 3})) == {third}
    assert told(graph.get_triplets(entity_names=["gamma"], relation_names=["FEEDS"])) == {second}
    assert graph.get_triplets(entity_names=["omega"]) == []


def check_a_relation_given_again_is_one(graph: Any) -> None:
    chain(graph)
    graph.upsert_relations([relation("alpha", "FEEDS", "beta", note="n1")])
    (triplet,) = graph.get_triplets(ids=["alpha"])
    assert triplet[1].properties["note"] == "n1"


def check_a_relation_makes_the_ends_it_lacks(graph: Any) -> None:
    graph.upsert_relations([relation("new one", "MEETS", "other one")])
    assert {one.id for one in graph.get(ids=["new one", "other one"])} == {"new one", "other one"}
    assert told(graph.get_triplets(entity_names=["other one"])) == {("new one", "MEETS", "other one")}


def check_a_map_of_relations_goes_as_deep_as_asked(graph: Any) -> None:
    chain(graph)
    start = graph.get(ids=["alpha"])
    assert told(graph.get_rel_map(start, depth=1)) == {("alpha", "FEEDS", "beta")}
    assert ("beta", "FEEDS", "gamma") in told(graph.get_rel_map(start, depth=2))
    assert ("gamma", "CHILLS", "delta") in told(graph.get_rel_map(start, depth=4))
    assert "CHILLS" not in {one[1].label for one in graph.get_rel_map(start, depth=4, ignore_rels=["CHILLS"])}
    assert len(graph.get_rel_map(start, depth=4, limit=2)) <= 2
    assert graph.get_rel_map(graph.get(ids=["omega"]), depth=2) == []


def check_chunks_come_back_with_their_text_and_properties(graph: Any) -> None:
    graph.upsert_nodes([chunk("c1", "The pipe was long.", page=3), chunk("c2", "The wall was high.")])
    (node,) = graph.get(ids=["c1"])
    assert (node.id, node.text, node.properties["page"]) == ("c1", "The pipe was long.", 3)
    assert [one.id for one in graph.get(properties={"page": 3})] == ["c1"]


def check_llama_nodes_come_back_as_they_were(graph: Any) -> None:
    from llama_index.core.schema import NodeRelationship, RelatedNodeInfo, TextNode

    node = TextNode(id_="t1", text="The pump was loud.", metadata={"page": 4})
    node.relationships[NodeRelationship.SOURCE] = RelatedNodeInfo(node_id="doc-1")
    graph.upsert_llama_nodes([node])
    (found,) = graph.get_llama_nodes(["t1"])
    assert (found.node_id, found.get_content(), found.metadata["page"]) == ("t1", "The pump was loud.", 4)
    assert found.ref_doc_id == "doc-1"
    assert found.hash == node.hash


def check_what_was_found_in_a_chunk_goes_with_it(graph: Any) -> None:
    from llama_index.core.schema import TextNode

    graph.upsert_llama_nodes(
        [TextNode(id_="t1", text="the flux moves the gate"), TextNode(id_="t2", text="it was dry")]
    )
    graph.upsert_nodes([entity("flux", triplet_source_id="t1"), entity("gate", triplet_source_id="t1"), entity("sand")])
    graph.upsert_relations([relation("flux", "MOVES", "gate", triplet_source_id="t1")])
    assert told(graph.get_triplets(properties={"triplet_source_id": "t1"})) == {("flux", "MOVES", "gate")}
    graph.delete_llama_nodes(node_ids=["t1"])
    assert graph.get(ids=["t1", "flux", "gate"]) == []
    assert graph.get_triplets(relation_names=["MOVES"]) == []
    assert {one.id for one in graph.get(ids=["t2", "sand"])} == {"t2", "sand"}


def check_chunks_of_a_document_go_by_its_id(graph: Any) -> None:
    from llama_index.core.schema import NodeRelationship, RelatedNodeInfo, TextNode

    nodes = [TextNode(id_=f"t{number}", text=f"text number {number}") for number in range(3)]
    for node, document in zip(nodes, ("d1", "d1", "d2"), strict=True):
        node.relationships[NodeRelationship.SOURCE] = RelatedNodeInfo(node_id=document)
    graph.upsert_llama_nodes(nodes)
    graph.delete_llama_nodes(ref_doc_ids=["d1"])
    assert [one.id for one in graph.get(ids=["t0", "t1", "t2"])] == ["t2"]


def check_a_deleted_node_is_gone_with_its_relations(graph: Any) -> None:
    graph.upsert_relations([relation("alpha", "FEEDS", "beta"), relation("gamma", "FEEDS", "delta")])
    graph.delete(ids=["alpha"])
    assert graph.get(ids=["alpha"]) == []
    assert told(graph.get_triplets(relation_names=["FEEDS"])) == {("gamma", "FEEDS", "delta")}


def check_deleting_by_a_name_takes_its_relations(graph: Any) -> None:
    graph.upsert_relations([relation("alpha", "FEEDS", "beta"), relation("gamma", "FEEDS", "delta")])
    graph.delete(entity_names=["alpha"], ids=["alpha"])
    assert graph.get_triplets(entity_names=["alpha"]) == []


def check_a_query_in_another_language_is_refused(graph: Any) -> None:
    import pytest

    assert graph.supports_structured_queries is False
    with pytest.raises(NotImplementedError):
        graph.structured_query("MATCH (n) RETURN n")


def check_a_query_by_vector_is_refused_without_vectors(graph: Any) -> None:
    import pytest
    from llama_index.core.vector_stores.types import VectorStoreQuery

    assert graph.supports_vector_queries is False
    with pytest.raises(NotImplementedError):
        graph.vector_query(VectorStoreQuery(query_embedding=[1.0]))


async def check_the_asynchronous_door_leads_to_the_same(graph: Any) -> None:
    await graph.aupsert_nodes([entity("alpha", "THING")])
    await graph.aupsert_relations([relation("alpha", "FEEDS", "beta")])
    assert [one.id for one in await graph.aget(ids=["alpha"])] == ["alpha"]
    assert told(await graph.aget_triplets(ids=["alpha"])) == {("alpha", "FEEDS", "beta")}
    await graph.adelete(ids=["alpha"])
    assert await graph.aget(ids=["alpha"]) == []


CHECKS: dict[str, Callable[[Any], Any]] = {
    name.removeprefix("check_"): one for name, one in sorted(globals().items()) if name.startswith("check_")
}
