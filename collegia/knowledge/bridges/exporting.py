"""Copying the graph into another of llama-index's property graph stores."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING, TypeVar

from collegia.knowledge.bridges.nodes import chunk_id, chunks_by_id, entities_by_key
from collegia.knowledge.bridges.tables import prepare
from collegia.knowledge.bridges.triplets import of_subjects, structure, triplets
from collegia.knowledge.store import KnowledgeStore

if TYPE_CHECKING:
    from llama_index.core.graph_stores.types import PropertyGraphStore

__all__ = ["Exported", "export"]

_BATCH = 500

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Exported:
    """How much was copied."""

    chunks: int
    entities: int
    relations: int
    links: int


def export(store: KnowledgeStore, other: PropertyGraphStore, passages: bool = True) -> Exported:
    """Copy the graph into another store, a batch at a time.

    Args:
        store: the knowledge store.
        other: any of llama-index's property graph stores; best an empty one, since numbers of passages change when a
            document does. Relations go as one each, with lists of all the places that state it as properties.
        passages: whether passages go too, as chunks, with links "about" and "mentions" to entities.

    Returns:
        how many chunks, entities, typed relations and links went.
    """
    with store.writing() as db:
        prepare(db)
    done = {"chunks": 0, "entities": 0, "relations": 0, "links": 0}
    with store.reading() as db:
        numbers = [one for (one,) in db.execute("SELECT id FROM passages ORDER BY id")] if passages else []
        keys = [one for (one,) in db.execute("SELECT key FROM entities UNION SELECT key FROM property_nodes")]
    # the other store may be far away: nothing of this one is held while it is written to
    for some in _batches(keys):
        with store.reading() as db:
            named = list(entities_by_key(db, some).values())
        other.upsert_nodes(named)
        done["entities"] += len(named)
    for batch in _batches(numbers):
        with store.reading() as db:
            parts = list(chunks_by_id(db, [chunk_id(one) for one in batch]).values())
            links = [relation for _, relation, _ in structure(db, batch)]
        other.upsert_nodes(parts)
        other.upsert_relations(links)
        done["chunks"] += len(parts)
        done["links"] += len(links)
    for some in _batches(keys):
        with store.reading() as db:
            relations = [relation for _, relation, _ in triplets(db, of_subjects(db, some))]
        other.upsert_relations(relations)
        done["relations"] += len(relations)
    return Exported(**done)


def _batches(items: Iterable[T]) -> Iterator[list[T]]:
    waiting = iter(items)
    while some := list(islice(waiting, _BATCH)):
        yield some
