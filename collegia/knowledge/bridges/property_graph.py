"""llama-index's property graph over the knowledge store.

This module imports llama-index at its top, because a class must know what it derives from; nothing imports this module
but a function that is asked for it.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from llama_index.core.graph_stores.types import (
    ChunkNode,
    EntityNode,
    LabelledNode,
    PropertyGraphStore,
    Relation,
    Triplet,
)

from collegia.errors import UsageError
from collegia.knowledge.bridges import nodes as reading
from collegia.knowledge.bridges.deleting import delete_entities, delete_loose, delete_verbs, sources_of
from collegia.knowledge.bridges.tables import prepare
from collegia.knowledge.bridges.triplets import (
    STRUCTURE,
    Stated,
    everything,
    of_entities,
    of_passages,
    of_verbs,
    structure,
    triplets,
)
from collegia.knowledge.bridges.writing import write_chunks, write_entities, write_relations
from collegia.knowledge.store import KnowledgeStore, touch
from collegia.knowledge.text import key

if TYPE_CHECKING:
    from llama_index.core.schema import BaseNode
    from llama_index.core.vector_stores.types import BasePydanticVectorStore, VectorStoreQuery

__all__ = ["CollegiaPropertyGraphStore", "Unsupported"]

_ALL = 100_000  # nodes that are given when all are asked for


class Unsupported(UsageError, NotImplementedError):
    """A query of a kind that this store has no means for; the message says why and what to use."""


class CollegiaPropertyGraphStore(PropertyGraphStore):
    """The knowledge store as a property graph.

    Entities are nodes named by their names; spellings that differ in case, accents or punctuation are one. Passages
    are chunks "passage:17". Typed relations are triplets, whose properties name each passage and span that states them.
    What comes in is marked as derived by a model, with its confidence, and tied to the passage that its
    `triplet_source_id` names; chunks that come in become documents. Embeddings are not kept; the vector index has them.

    Args:
        store: the knowledge store; what is written here is in its file.
        vector_store: a llama-index vector store whose ids are passage numbers; without one there are no vector queries.
        collection: of documents that come in as chunks.
        confidence: of relations that come in without one.
    """

    supports_structured_queries = False

    def __init__(
        self,
        store: KnowledgeStore,
        vector_store: BasePydanticVectorStore | None = None,
        collection: str = "user",
        confidence: float = 0.5,
    ) -> None:
        if not 0 <= confidence <= 1:
            raise UsageError(f"a confidence of {confidence} means nothing; give 0 to 1")
        self._store = store
        self._vectors = vector_store
        self._collection = collection
        self._confidence = confidence
        self.supports_vector_queries = vector_store is not None
        with store.writing() as db:
            prepare(db)

    @property
    def client(self) -> KnowledgeStore:
        """The knowledge store."""
        return self._store

    def get(self, properties: dict[str, Any] | None = None, ids: list[str] | None = None) -> list[LabelledNode]:
        """The nodes of these ids of which one of these properties has that value; all of them without either.

        Raises:
            UsageError: all are asked for, and they are too many.
        """
        with self._store.reading() as db:
            if ids is not None:
                found = reading.nodes_by_id(db, ids)
                if not properties:
                    return found
                return [one for one in found if any(one.properties.get(k) == v for k, v in properties.items())]
            if properties:
                return reading.nodes_with(db, properties)
            every = reading.all_ids(db, _ALL)
            if len(every) > _ALL:
                raise UsageError(f"the store has more than {_ALL} nodes; ask by ids or properties, or use export")
            return reading.nodes_by_id(db, every)

    def get_triplets(
        self,
        entity_names: list[str] | None = None,
        relation_names: list[str] | None = None,
        properties: dict[str, Any] | None = None,
        ids: list[str] | None = None,
    ) -> list[Triplet]:
        """The triplets that every given condition holds for; none without a condition.

        Args:
            entity_names: one end is one of these.
            relation_names: the label is one of these. "about" and "mentions" are those between a passage's chunk and
                entities; they are given only where they, or the chunk's id, are asked for.
            properties: of the relation or one of its ends, one has that value.
            ids: one end is one of these.
        """
        if not (entity_names or relation_names or properties or ids):
            return []
        with self._store.reading() as db:
            names, ends = {key(one) for one in entity_names or ()}, {key(one) for one in ids or ()}
            stated: Sequence[Stated]
            if entity_names or ids:
                stated = of_entities(db, names or ends)
            elif relation_names:
                stated = of_verbs(db, relation_names)
            else:
                stated = everything(db)
            stated = [
                one
                for one in stated
                if (not names or {one.subject, one.object} & names)
                and (not ends or {one.subject, one.object} & ends)
                and (not relation_names or one.verb in relation_names)
            ]
            found = triplets(db, stated) + self._structure(entity_names, relation_names, ids)
        if properties:
            found = [
                one
                for one in found
                if any(part.properties.get(name) == value for part in one for name, value in properties.items())
            ]
        return found

    def _structure(
        self, entity_names: list[str] | None, relation_names: list[str] | None, ids: list[str] | None
    ) -> list[Triplet]:
        """The triplets between chunks and entities that were asked for."""
        wanted = [one for one in STRUCTURE if not relation_names or one in relation_names]
        with self._store.reading() as db:
            passages = self._passages(ids or ())
            if not passages and relation_names and wanted:
                keys = list({key(one) for one in (*(entity_names or ()), *(ids or ()))})
                passages = reading.passages_of(db, keys)
            found = structure(db, passages, wanted) if wanted and passages else []
        if entity_names:
            names = {key(one) for one in entity_names}
            found = [one for one in found if key(one[2].id) in names]
        if ids:
            ends = {key(one) for one in ids}
            found = [one for one in found if one[0].id in ids or key(one[2].id) in ends]
        return found

    def _passages(self, ids: Sequence[str]) -> list[int]:
        """The passages that chunks stand for."""
        with self._store.reading() as db:
            documents = reading.documents_of_chunks(db, ids)
            found = [
                one
                for document in documents.values()
                for (one,) in db.execute("SELECT id FROM passages WHERE document = ? ORDER BY id", (document,))
            ]
        mine = (reading.passage_of(one) for one in ids if one not in documents)
        return found + [one for one in mine if one is not None]

    def get_rel_map(
        self,
        graph_nodes: list[LabelledNode],
        depth: int = 2,
        limit: int = 30,
        ignore_rels: list[str] | None = None,
    ) -> list[Triplet]:
        """The typed relations around nodes, the nearest first; around a chunk, those it states.

        Args:
            graph_nodes: where to begin.
            depth: how many relations to follow.
            limit: how many triplets at most.
            ignore_rels: labels to leave out and not to follow.
        """
        ids = [node.id for node in graph_nodes]
        ignored = set(ignore_rels or ())
        found: dict[tuple[str, str, str], list[Stated]] = {}
        with self._store.reading() as db:
            passages = self._passages(ids)
            fresh = of_passages(db, passages)
            seen = {key(one) for one in ids} | reading.subjects_of(db, passages)
            frontier = seen
            for _ in range(depth):
                fresh += of_entities(db, frontier, max(limit, 1) * 4)
                for one in fresh:
                    if one.verb not in ignored:
                        found.setdefault((one.subject, one.verb, one.object), []).append(one)
                ends = {end for one in fresh if one.verb not in ignored for end in (one.subject, one.object)}
                frontier, fresh = ends - seen, []
                seen |= ends
                if not frontier or len(found) >= limit:
                    break
            taken = [one for same in list(found.values())[: max(limit, 0)] for one in dict.fromkeys(same)]
            return triplets(db, taken)

    def get_llama_nodes(self, node_ids: list[str]) -> list[BaseNode]:
        """The chunks of these ids as llama-index's text nodes, passages of the store among them."""
        from llama_index.core.schema import TextNode

        found = list(super().get_llama_nodes(node_ids))
        have = {one.node_id for one in found}
        with self._store.reading() as db:
            parts = reading.chunks_by_id(db, [one for one in node_ids if one not in have])
        return found + [TextNode(id_=one, text=part.text, metadata=part.properties) for one, part in parts.items()]

    def upsert_nodes(self, nodes: Sequence[LabelledNode]) -> None:
        """Take nodes in: chunks as documents, entities with their labels and properties.

        Raises:
            UsageError: a node of another class, without a name or text, or with properties JSON has no form for.
        """
        for node in nodes:
            if not isinstance(node, (ChunkNode, EntityNode)):
                raise UsageError(f"a {type(node).__name__} cannot be stored; give an EntityNode or a ChunkNode")
        if parts := [node for node in nodes if isinstance(node, ChunkNode)]:
            write_chunks(self._store, parts, self._collection)
        if named := [node for node in nodes if isinstance(node, EntityNode)]:
            with self._store.writing() as db:
                write_entities(db, named)
                touch(db)

    def upsert_relations(self, relations: list[Relation]) -> None:
        """Take relations in as derived by a model, each tied to the passage that its source names.

        Raises:
            UsageError: an end without a name, a confidence that is none, or properties JSON has no form for.
        """
        with self._store.writing() as db:
            write_relations(db, relations, self._confidence)
            touch(db)

    def delete(
        self,
        entity_names: list[str] | None = None,
        relation_names: list[str] | None = None,
        properties: dict[str, Any] | None = None,
        ids: list[str] | None = None,
    ) -> None:
        """Delete entities with all that is stated of them, relations by label, nodes by property or id.

        Each condition deletes by itself. A chunk that came in takes its document with it. What the text of a document
        says comes back when the document is read again.

        Raises:
            UsageError: some of a document's passages, which go together with all the others or not at all.
        """
        wanted = [*(ids or ()), *(one.id for one in (self.get(properties=properties) if properties else ()))]
        with self._store.reading() as db:
            parts = reading.chunks_by_id(db, wanted)
            gone = sources_of(db, list(parts))
        for source in gone:
            self._store.remove(source)
        keys = {key(one) for one in (*(entity_names or ()), *wanted) if one not in parts}
        with self._store.writing() as db:
            delete_entities(db, keys - {""})
            delete_verbs(db, relation_names or ())
            touch(db)

    def delete_llama_nodes(self, node_ids: list[str] | None = None, ref_doc_ids: list[str] | None = None) -> None:
        """Delete chunks, or all chunks of documents, and what was found in them; other documents lose nothing.

        Raises:
            UsageError: as `delete`.
        """
        wanted = dict.fromkeys(node_ids or ())
        for one in ref_doc_ids or ():
            wanted.update((node.id, None) for node in self.get(properties={"ref_doc_id": one}))
        with self._store.reading() as db:
            gone = sources_of(db, list(wanted))
        for source in gone:
            self._store.remove(source)
        with self._store.writing() as db:
            delete_loose(db, list(wanted))
            touch(db)

    def structured_query(self, query: str, param_map: dict[str, Any] | None = None) -> Any:
        """Refused: there is no query language here.

        Raises:
            Unsupported: always.
        """
        raise Unsupported(
            "the knowledge store has no query language such as Cypher; use get, get_triplets or get_rel_map,"
            " or export the graph to a store that has one"
        )

    def vector_query(self, query: VectorStoreQuery, **kwargs: Any) -> tuple[list[LabelledNode], list[float]]:
        """The chunks that the vector store finds, with their similarities.

        Raises:
            Unsupported: there is no vector store, or the query has no vector.
        """
        if self._vectors is None:
            raise Unsupported("this graph has no vector store; give one as vector_store, or search by words")
        if query.query_embedding is None:
            raise Unsupported(
                "the query has no vector; embed its text with the model that the vector store was made with"
            )
        result = self._vectors.query(query, **kwargs)
        ids = [reading.chunk_id(int(one)) if one.isdecimal() else one for one in result.ids or ()]
        with self._store.reading() as db:
            known = {node.id: node for node in reading.nodes_by_id(db, ids)}
        pairs = [
            (known[one], score) for one, score in zip(ids, result.similarities or (), strict=False) if one in known
        ]
        return [node for node, _ in pairs], [score for _, score in pairs]
