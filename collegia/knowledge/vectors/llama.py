"""llama-index's vector stores: any of them as an index of ours, and ours as one of them."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

from collegia.knowledge.vectors.chroma import ChromaVectors
from collegia.knowledge.vectors.index import Vector, Within

if TYPE_CHECKING:
    from llama_index.core.vector_stores.types import BasePydanticVectorStore
    from llama_index.vector_stores.chroma import ChromaVectorStore

    from collegia.knowledge.store import KnowledgeStore

__all__ = ["LlamaBackend", "LlamaVectors", "as_vector_store", "from_chroma_similarity"]


class LlamaVectors:
    """An index in any of llama-index's vector stores.

    The store gets one node a passage: its number as the id, no text, `document` and `collection` as metadata. It has to
    delete by ids, and to filter by `document` with IN where searches are narrowed.

    Args:
        store: llama-index's store, empty or filled through this class.
        cosine: turns what the store calls similarity into the cosine; not needed where that is what it gives.
        saved: called after every change, for a store that has to be told to write.
    """

    def __init__(
        self,
        store: BasePydanticVectorStore,
        cosine: Callable[[float], float] | None = None,
        saved: Callable[[], None] | None = None,
    ) -> None:
        self.store = store
        self._cosine = cosine
        self._saved = saved

    def add(self, vectors: Sequence[Vector]) -> None:
        """Store vectors; one of the same passage is deleted first, since not every store replaces by id."""
        from llama_index.core.schema import NodeRelationship, RelatedNodeInfo, TextNode

        nodes = [
            TextNode(
                id_=str(vector.passage),
                embedding=list(vector.values),
                metadata={"document": vector.document, "collection": vector.collection},
                relationships={NodeRelationship.SOURCE: RelatedNodeInfo(node_id=str(vector.document))},
            )
            for vector in vectors
        ]
        self.store.delete_nodes([node.node_id for node in nodes])
        self.store.add(nodes)
        self._wrote()

    def remove(self, passages: Sequence[int]) -> None:
        """Delete vectors by the store's own means."""
        self.store.delete_nodes([str(passage) for passage in passages])
        self._wrote()

    def search(self, values: Sequence[float], k: int, within: Within | None = None) -> list[tuple[int, float]]:
        """The k nearest, as the store finds them."""
        from llama_index.core.vector_stores import FilterOperator, MetadataFilter, MetadataFilters, VectorStoreQuery

        if k < 1 or (within is not None and not within.passages):
            return []
        filters = None
        if within is not None:
            wanted: list[Any] = sorted(within.documents)
            filters = MetadataFilters(
                filters=[MetadataFilter(key="document", value=wanted, operator=FilterOperator.IN)]
            )
        answer = self.store.query(VectorStoreQuery(query_embedding=list(values), similarity_top_k=k, filters=filters))
        pairs = zip(answer.ids or [], answer.similarities or [], strict=True)
        found = [(int(one), self._similarity(score)) for one, score in pairs]
        return sorted(found, key=lambda hit: (-hit[1], hit[0]))

    def count(self) -> int:
        """How many vectors there are, for stores that can list their nodes or hold them in memory."""
        data = getattr(self.store, "data", None)
        if data is not None and hasattr(data, "embedding_dict"):
            return len(data.embedding_dict)
        return len(self.store.get_nodes(None))

    def _similarity(self, score: float) -> float:
        return max(-1.0, min(1.0, score if self._cosine is None else self._cosine(score)))

    def _wrote(self) -> None:
        if self._saved is not None:
            self._saved()


def from_chroma_similarity(score: float) -> float:
    """The cosine behind what llama-index's ChromaVectorStore gives: exp(-d), where d is 1 less the cosine."""
    return 1.0 + math.log(score)


class LlamaBackend:
    """The indexes of one knowledge store, each in a store of llama-index's own.

    Args:
        place: what identifies where they live.
        opened: gives the index of a name, the same contents each time.
        dropped: deletes it with everything in it.
    """

    def __init__(self, place: str, opened: Callable[[str], LlamaVectors], dropped: Callable[[str], None]) -> None:
        self.place = place
        self._make = opened
        self._dropped = dropped
        self._indexes: dict[str, LlamaVectors] = {}

    def index(self, name: str, about: dict[str, str]) -> LlamaVectors:
        """The index of that name."""
        del about  # there is no place for it in llama-index's interface, and the ledger has it
        if name not in self._indexes:
            self._indexes[name] = self._make(name)
        return self._indexes[name]

    def drop(self, name: str) -> None:
        """Delete an index."""
        self._indexes.pop(name, None)
        self._dropped(name)

    def erase(self) -> None:
        """Nothing: what a store leaves in its files is its own concern."""

    def verify(self) -> list[str]:
        """Nothing: llama-index has no way to look."""
        return []

    def refresh(self) -> None:
        """Open every index again on its next use."""
        self._indexes.clear()

    def close(self) -> None:
        """Let go of the indexes."""
        self._indexes.clear()


def as_vector_store(index: ChromaVectors, store: KnowledgeStore | None = None) -> ChromaVectorStore:
    """llama-index's ChromaVectorStore over one of our collections, to query with what embedded it.

    Args:
        index: of a `ChromaFolder` or a `ChromaServer`.
        store: where the passages are; its nodes have their text where it is given, and none otherwise, since Chroma
            holds vectors only. Its similarities are exp(-d): `from_chroma_similarity` gives the cosine.
    """
    from llama_index.core.schema import TextNode
    from llama_index.core.vector_stores.types import VectorStoreQuery, VectorStoreQueryResult
    from llama_index.vector_stores.chroma import ChromaVectorStore

    class PassageVectorStore(ChromaVectorStore):
        def query(self, query: VectorStoreQuery, **named: Any) -> VectorStoreQueryResult:
            answer = super().query(query, **named)
            ids = [str(one) for one in answer.ids or []]
            passages = store.passages([int(one) for one in ids if one.isdigit()]) if store is not None else {}
            nodes = []
            for one, node in zip(ids, answer.nodes or [], strict=True):
                passage = passages.get(int(one)) if one.isdigit() else None
                if passage is None:
                    nodes.append(node)
                    continue
                told = {**node.metadata, "heading": passage.heading}
                nodes.append(
                    TextNode(
                        id_=one,
                        text=passage.body,
                        metadata=told,
                        start_char_idx=passage.start,
                        end_char_idx=passage.end,
                    )
                )
            answer.nodes = nodes
            return answer

    return PassageVectorStore.from_collection(index.collection)
