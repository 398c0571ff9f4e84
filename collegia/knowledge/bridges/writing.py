"""Taking llama-index's nodes and relations into the store, tied to the passages they were found in."""

from __future__ import annotations

import math
import sqlite3
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

from collegia.errors import UsageError
from collegia.knowledge.bridges.nodes import chunks_by_id, documents_of_chunks, passage_of
from collegia.knowledge.bridges.tables import SCHEME, SOURCE_KEY, decode, encode, key_of
from collegia.knowledge.linking import entity_ids
from collegia.knowledge.records import Document
from collegia.knowledge.store import KnowledgeStore, touch
from collegia.knowledge.text import Span, key, sentences

if TYPE_CHECKING:
    from llama_index.core.graph_stores.types import ChunkNode, EntityNode, Relation

__all__ = ["write_chunks", "write_entities", "write_relations"]


def write_chunks(store: KnowledgeStore, nodes: Sequence[ChunkNode], collection: str) -> None:
    """Keep chunks as documents; a passage of the store that comes back as it is is left alone.

    Raises:
        UsageError: a chunk without text, or another text under the id of a passage.
    """
    with store.reading() as db:
        theirs = documents_of_chunks(db, [node.id for node in nodes])
        mine = chunks_by_id(db, [one.id for one in nodes if one.id not in theirs and passage_of(one.id) is not None])
    fresh = []
    for node in nodes:
        known = mine.get(node.id)
        if known is None:
            fresh.append(node)
        elif known.text != node.text:
            raise UsageError(
                f"{node.id} is a passage of {known.properties['document']} and cannot get another text;"
                " add the changed document instead"
            )
    if not fresh:
        return
    labelled = [(node.id, node.label, encode(node.id, node.properties)) for node in fresh]
    store.add(_document(node, collection) for node in fresh)
    with store.writing() as db:
        db.executemany(
            "INSERT OR REPLACE INTO property_chunks SELECT ?1, ?2, ?3 WHERE EXISTS"
            " (SELECT 1 FROM documents WHERE source = ?4)",
            [(*row, f"{SCHEME}{row[0]}") for row in labelled],
        )
        _tie(db, [node.id for node in fresh])
        touch(db)


def _document(node: ChunkNode, collection: str) -> Document:
    if not node.text.strip():
        raise UsageError(f"the chunk {node.id} yields no text")
    name = node.properties.get("file_name")
    return Document(f"{SCHEME}{node.id}", node.text, name if isinstance(name, str) else node.id, collection=collection)


def _tie(db: sqlite3.Connection, ids: Sequence[str]) -> None:
    """Tie what came in before the chunks that it was found in."""
    from llama_index.core.graph_stores.types import EntityNode, Relation

    wanted = set(ids)
    loose = db.execute("SELECT key, name, label, properties FROM property_nodes WHERE passage = 0").fetchall()
    for said, name, label, text in loose:
        if decode(text).get(SOURCE_KEY) in wanted:
            db.execute("DELETE FROM property_nodes WHERE key = ? AND passage = 0", (said,))
            write_entities(db, [EntityNode(name=name, label=label or "entity", properties=decode(text))])
    names = {said: name for said, name, _, _ in loose}
    rows = db.execute(
        "SELECT subject, verb, object, confidence, properties FROM property_relations WHERE passage = 0"
    ).fetchall()
    for left, verb, right, confidence, text in rows:
        if decode(text).get(SOURCE_KEY) in wanted:
            place = (left, verb, right)
            db.execute(
                "DELETE FROM property_relations WHERE subject = ? AND verb = ? AND object = ? AND passage = 0", place
            )
            ends = {"source_id": names.get(left, left), "target_id": names.get(right, right)}
            write_relations(db, [Relation(label=verb, properties=decode(text), **ends)], confidence)
    db.execute(  # what stood for the ends of relations that are tied now would outlive their document
        "DELETE FROM property_nodes WHERE passage = 0 AND label = '' AND NOT EXISTS (SELECT 1 FROM property_relations"
        " WHERE property_relations.passage = 0 AND property_nodes.key IN (subject, object))"
    )


def write_entities(db: sqlite3.Connection, nodes: Iterable[EntityNode]) -> None:
    """Keep entities with their labels and properties; one of the same name in the same passage is replaced."""
    rows = []
    for node in nodes:
        said = key_of(node.name)
        passage = _passage(db, node.properties.get(SOURCE_KEY), (said,))
        rows.append((said, passage, node.name, node.label, encode(node.name, node.properties)))
    db.executemany("INSERT OR REPLACE INTO property_nodes VALUES (?, ?, ?, ?, ?)", rows)


def write_relations(db: sqlite3.Connection, relations: Iterable[Relation], usual: float) -> None:
    """Keep relations as derived by a model, in the passages they were found in; both ends are made where missing.

    One that no stored passage is named for is kept apart: it can be asked for here, and is never cited.

    Args:
        db: the store, within a transaction.
        relations: the same subject, label and object in the same passage replaces what was there.
        usual: the confidence of one that names none.
    """
    for one in relations:
        left, right = key_of(one.source_id), key_of(one.target_id)
        confidence = _confidence(one, usual)
        passage = _passage(db, _source(db, one, left, right), (left, right))
        row = (left, one.label, right, passage, confidence, encode(str(one.label), one.properties))
        db.execute("INSERT OR REPLACE INTO property_relations VALUES (?, ?, ?, ?, ?, ?)", row)
        if not passage:
            ends = ((left, one.source_id), (right, one.target_id))
            db.executemany("INSERT OR IGNORE INTO property_nodes VALUES (?, 0, ?, '', '{}')", ends)
            continue
        names = dict(db.execute("SELECT key, name FROM property_nodes WHERE key IN (?, ?)", (left, right)))
        ids = entity_ids(db, {left: names.get(left, one.source_id), right: names.get(right, one.target_id)})
        span = _span(_body(db, passage), (left, right))
        place = (ids[left], one.label, ids[right], passage)
        db.execute(
            "DELETE FROM relations WHERE subject = ? AND verb = ? AND object = ? AND passage = ? AND origin = 'model'",
            place,
        )
        db.execute(
            "INSERT INTO relations (subject, verb, object, passage, start, end, origin, confidence)"
            " VALUES (?, ?, ?, ?, ?, ?, 'model', ?)",
            (*place, span.start, span.end, confidence),
        )


def _confidence(one: Relation, usual: float) -> float:
    said = one.properties.get("confidence", usual)
    if isinstance(said, bool) or not isinstance(said, (int, float)) or not (math.isfinite(said) and 0 <= said <= 1):
        raise UsageError(f"the confidence of {one.source_id} {one.label} {one.target_id} is {said!r}; give 0 to 1")
    return float(said)


def _source(db: sqlite3.Connection, one: Relation, left: str, right: str) -> Any:
    """The chunk a relation was found in: its own word for it, or else the one that both its ends were found in."""
    if (said := one.properties.get(SOURCE_KEY)) is not None:
        return said
    sql = "SELECT properties FROM property_nodes WHERE key = ?"
    found = [{decode(text).get(SOURCE_KEY) for (text,) in db.execute(sql, (end,))} for end in (left, right)]
    shared = sorted((found[0] & found[1]) - {None}, key=str)
    return shared[0] if shared else None


def _passage(db: sqlite3.Connection, source: Any, keys: Sequence[str]) -> int:
    """The passage of a chunk in which most of these names stand; 0 where the chunk is not stored."""
    if not isinstance(source, str):
        return 0
    row = db.execute("SELECT id FROM documents WHERE source = ?", (f"{SCHEME}{source}",)).fetchone()
    if row is None:
        number = passage_of(source)
        stored = number is not None and db.execute("SELECT 1 FROM passages WHERE id = ?", (number,)).fetchone()
        return number if number is not None and stored else 0
    passages = [int(one) for (one,) in db.execute("SELECT id FROM passages WHERE document = ? ORDER BY id", row)]
    if len(passages) == 1:
        return passages[0]
    return max(passages, key=lambda one: _named(_body(db, one), keys))


def _body(db: sqlite3.Connection, passage: int) -> str:
    return str(db.execute("SELECT body FROM bodies WHERE rowid = ?", (passage,)).fetchone()[0])


def _named(text: str, keys: Sequence[str]) -> int:
    """How many of these names stand in a text."""
    said = f" {key(text)} "
    return sum(f" {one} " in said for one in keys)


def _span(body: str, keys: Sequence[str]) -> Span:
    """The first sentence in which most of these names stand; the whole passage where none does."""
    best = max(sentences(body), key=lambda span: _named(span.of(body), keys), default=None)
    return best if best is not None and _named(best.of(body), keys) else Span(0, len(body))
