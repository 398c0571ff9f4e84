"""Relations as llama-index's triplets: one for each subject, verb and object, with everywhere that states it."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from collegia.knowledge.bridges.nodes import chunk_id, chunks_by_id, entities_by_key
from collegia.knowledge.bridges.tables import SOURCE_KEY, decode
from collegia.knowledge.linking import chunks

if TYPE_CHECKING:
    from llama_index.core.graph_stores.types import Triplet

__all__ = [
    "STRUCTURE",
    "Stated",
    "everything",
    "of_entities",
    "of_passages",
    "of_subjects",
    "of_verbs",
    "structure",
    "triplets",
]

STRUCTURE = ("about", "mentions")
"""What a passage is of an entity, as relations from its chunk."""


@dataclass(frozen=True, slots=True)
class Stated:
    """A relation as one passage states it; `passage` is 0 where none does."""

    subject: str
    verb: str
    object: str
    passage: int
    document: str
    start: int
    end: int
    origin: str
    confidence: float
    properties: str


_TIED = """SELECT s.key, r.verb, o.key, r.passage, d.name, r.start + p.start, r.end + p.start, r.origin, r.confidence,
    coalesce(e.properties, '{}')
    FROM relations AS r JOIN entities AS s ON s.id = r.subject JOIN entities AS o ON o.id = r.object
    JOIN passages AS p ON p.id = r.passage JOIN documents AS d ON d.id = p.document
    LEFT JOIN property_relations AS e ON r.origin = 'model' AND e.subject = s.key AND e.verb = r.verb
    AND e.object = o.key AND e.passage = r.passage"""
_LOOSE = """SELECT subject, verb, object, 0, '', 0, 0, 'model', confidence, properties
    FROM property_relations WHERE passage = 0"""


def of_entities(db: sqlite3.Connection, keys: Iterable[str], most: int = -1) -> list[Stated]:
    """What is stated of entities, on either side; at most so many from the text and so many from elsewhere."""
    found: dict[Stated, None] = {}
    for some, marks in chunks([one for one in dict.fromkeys(keys) if one]):
        for side in ("s", "o"):
            sql = f"{_TIED} WHERE {side}.key IN ({marks}) ORDER BY r.confidence DESC, r.id LIMIT ?"
            found.update((Stated(*row), None) for row in db.execute(sql, (*some, most)))
        for side in ("subject", "object"):
            sql = f"{_LOOSE} AND {side} IN ({marks}) LIMIT ?"
            found.update((Stated(*row), None) for row in db.execute(sql, (*some, most)))
    return list(found)


def of_subjects(db: sqlite3.Connection, keys: Iterable[str]) -> list[Stated]:
    """What is stated with these entities as subjects."""
    found: list[Stated] = []
    for some, marks in chunks([one for one in dict.fromkeys(keys) if one]):
        found += [Stated(*row) for row in db.execute(f"{_TIED} WHERE s.key IN ({marks}) ORDER BY r.id", some)]
        found += [Stated(*row) for row in db.execute(f"{_LOOSE} AND subject IN ({marks})", some)]
    return found


def of_verbs(db: sqlite3.Connection, verbs: Iterable[str]) -> list[Stated]:
    """What is stated with these verbs."""
    found: dict[Stated, None] = {}
    for some, marks in chunks(list(dict.fromkeys(verbs))):
        found.update(
            (Stated(*row), None) for row in db.execute(f"{_TIED} WHERE r.verb IN ({marks}) ORDER BY r.id", some)
        )
        found.update((Stated(*row), None) for row in db.execute(f"{_LOOSE} AND verb IN ({marks})", some))
    return list(found)


def of_passages(db: sqlite3.Connection, passages: Iterable[int]) -> list[Stated]:
    """What passages state."""
    found: list[Stated] = []
    for some, marks in chunks(list(dict.fromkeys(passages))):
        found += [Stated(*row) for row in db.execute(f"{_TIED} WHERE r.passage IN ({marks}) ORDER BY r.id", some)]
    return found


def everything(db: sqlite3.Connection) -> list[Stated]:
    """All that is stated."""
    return [Stated(*row) for row in db.execute(f"{_TIED} UNION ALL {_LOOSE} ORDER BY 1, 2, 3, 4")]


def triplets(db: sqlite3.Connection, stated: Sequence[Stated]) -> list[Triplet]:
    """Triplets of what is stated, in its order.

    The subject's `triplet_source_id` is the passage that states the relation best, so that a retriever cites that.
    """
    from llama_index.core.graph_stores.types import Relation

    groups: dict[tuple[str, str, str], list[Stated]] = {}
    for one in stated:
        groups.setdefault((one.subject, one.verb, one.object), []).append(one)
    nodes = entities_by_key(db, [end for subject, _, other in groups for end in (subject, other)])
    found: list[Triplet] = []
    for (subject, verb, other), same in groups.items():
        left, right = nodes[subject], nodes[other]
        properties = _properties(same)
        if SOURCE_KEY in properties:
            left = left.model_copy(update={"properties": {**left.properties, SOURCE_KEY: properties[SOURCE_KEY]}})
        found.append((left, Relation(label=verb, source_id=left.id, target_id=right.id, properties=properties), right))
    return found


def _properties(same: Sequence[Stated]) -> dict[str, Any]:
    """What came in with a relation, and where it stands: lists go in step, one entry for each place."""
    best = max(same, key=lambda one: (one.passage > 0, one.confidence))
    said: dict[str, Any] = {}
    for one in same:
        said |= decode(one.properties)
    said |= {"origin": best.origin, "confidence": best.confidence}
    placed = sorted((one for one in same if one.passage), key=lambda one: one is not best)
    if placed:
        said.setdefault(SOURCE_KEY, chunk_id(best.passage))
        said |= {
            "passages": [chunk_id(one.passage) for one in placed],
            "documents": [one.document for one in placed],
            "spans": [f"{one.start}-{one.end}" for one in placed],
            "origins": [one.origin for one in placed],
            "confidences": [one.confidence for one in placed],
        }
    return said


def structure(db: sqlite3.Connection, passages: Sequence[int], names: Sequence[str] = STRUCTURE) -> list[Triplet]:
    """What passages are about and mention, as triplets from their chunks."""
    from llama_index.core.graph_stores.types import Relation

    rows: list[tuple[int, str, str, float]] = []
    for some, marks in chunks(passages):
        if "about" in names:
            sql = "SELECT passage, key, 'about', weight FROM subjects JOIN entities ON id = entity"
            rows += db.execute(f"{sql} WHERE passage IN ({marks}) ORDER BY passage, weight DESC, entity", some)
        if "mentions" in names:
            sql = "SELECT passage, key, 'mentions', 1.0 FROM mentions JOIN entities ON id = entity"
            rows += db.execute(f"{sql} WHERE passage IN ({marks}) AND start < end ORDER BY passage, start", some)
    parts = chunks_by_id(db, [chunk_id(one) for one in passages])
    nodes = entities_by_key(db, [said for _, said, _, _ in rows])
    found: list[Triplet] = []
    for passage, said, verb, weight in rows:
        left, right = parts.get(chunk_id(passage)), nodes.get(said)
        if left is not None and right is not None:
            relation = Relation(label=verb, source_id=left.id, target_id=right.id, properties={"confidence": weight})
            found.append((left, relation, right))
    return found
