"""Entities and passages as llama-index's nodes.

A passage is a chunk "passage:17"; an entity's id is its name, found by any spelling of it. A chunk that came in through
the bridge keeps the id it came with.
"""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

from collegia.knowledge.bridges.tables import SCHEME, decode
from collegia.knowledge.linking import chunks
from collegia.knowledge.text import key

if TYPE_CHECKING:
    from llama_index.core.graph_stores.types import ChunkNode, EntityNode, LabelledNode

__all__ = [
    "all_ids",
    "chunk_id",
    "chunks_by_id",
    "documents_of_chunks",
    "entities_by_key",
    "nodes_by_id",
    "nodes_with",
    "passage_of",
    "passages_of",
    "subjects_of",
]

_PASSAGE = re.compile(r"passage:(\d{1,18})")

_COLUMNS = {
    "document": "documents.name", "source": "source", "ref_doc_id": "source", "title": "title",
    "collection": "collection", "date": "date", "heading": "heading",
}  # fmt: skip
"""The properties of a passage's chunk that can be asked for, and where they stand."""


def chunk_id(passage: int) -> str:
    """The id of a passage's chunk."""
    return f"passage:{passage}"


def passage_of(identity: str) -> int | None:
    """The passage that an id names, whether or not there is one; None for an id of another form."""
    found = _PASSAGE.fullmatch(identity)
    return int(found.group(1)) if found else None


def nodes_by_id(db: sqlite3.Connection, ids: Sequence[str]) -> list[LabelledNode]:
    """The nodes of these ids, in their order; ids of nothing are left out."""
    parts = chunks_by_id(db, ids)
    named = entities_by_key(db, {key(one) for one in ids if one not in parts})
    found: dict[str, LabelledNode] = {}
    for one in ids:
        node = parts.get(one) or named.get(key(one))
        if node is not None:
            found.setdefault(node.id, node)
    return list(found.values())


def entities_by_key(db: sqlite3.Connection, keys: Iterable[str]) -> dict[str, EntityNode]:
    """Entity nodes by key, of the store's own names and of those that came in with properties."""
    from llama_index.core.graph_stores.types import EntityNode

    found: dict[str, EntityNode] = {}
    for some, marks in chunks([one for one in dict.fromkeys(keys) if one]):
        for said, name in db.execute(f"SELECT key, name FROM entities WHERE key IN ({marks})", some):
            found[said] = EntityNode(name=name)
        rows = db.execute(
            f"SELECT key, name, label, properties FROM property_nodes WHERE key IN ({marks}) ORDER BY passage",
            some,
        )
        for said, name, label, properties in rows:
            before = found[said].properties if said in found else {}
            # without a label it is there for a relation alone
            found[said] = EntityNode(name=name, label=label or "entity", properties={**before, **decode(properties)})
    return found


def documents_of_chunks(db: sqlite3.Connection, ids: Sequence[str]) -> dict[str, int]:
    """The documents that chunks of other makers are kept as, by the chunks' ids."""
    found: dict[str, int] = {}
    for some, marks in chunks([f"{SCHEME}{one}" for one in ids]):
        rows = db.execute(f"SELECT source, id FROM documents WHERE source IN ({marks})", some)
        found.update((source.removeprefix(SCHEME), number) for source, number in rows)
    return found


def chunks_by_id(db: sqlite3.Connection, ids: Sequence[str]) -> dict[str, ChunkNode]:
    """Chunk nodes by id, whatever they are of."""
    from llama_index.core.graph_stores.types import ChunkNode

    found: dict[str, ChunkNode] = {}
    for some, marks in chunks([f"{SCHEME}{one}" for one in ids]):
        rows = db.execute(
            "SELECT source, text, coalesce(label, 'text_chunk'), coalesce(properties, '{}') FROM documents"
            f" LEFT JOIN property_chunks AS said ON said.id = substr(source, {len(SCHEME) + 1})"
            f" WHERE source IN ({marks})",
            some,
        )
        for source, text, label, properties in rows:
            one = source.removeprefix(SCHEME)
            found[one] = ChunkNode(id_=one, text=text, label=label, properties=decode(properties))
    wanted = [number for one in ids if one not in found and (number := passage_of(one)) is not None]
    texts: dict[int, str] = {}
    for some_numbers, marks in chunks(wanted):
        placed = db.execute(
            "SELECT passages.id, document, start, end, heading, documents.name, source, title, collection, date"
            f" FROM passages JOIN documents ON documents.id = document WHERE passages.id IN ({marks})",
            some_numbers,
        ).fetchall()
        for number, document, start, end, heading, name, source, title, collection, date in placed:
            if document not in texts:
                (texts[document],) = db.execute("SELECT text FROM documents WHERE id = ?", (document,)).fetchone()
            found[chunk_id(number)] = ChunkNode(
                id_=chunk_id(number), text=texts[document][start:end],
                properties={
                    "document": name, "source": source, "ref_doc_id": source, "title": title, "heading": heading,
                    "collection": collection, "date": date, "start": start, "end": end,
                },
            )  # fmt: skip
    return found


def nodes_with(db: sqlite3.Connection, properties: dict[str, Any]) -> list[LabelledNode]:
    """The nodes of which one of these properties has that value, as llama-index's own stores read it."""
    ids: dict[str, None] = {}
    for name, value in properties.items():
        if not isinstance(value, (str, int, float, bool)):
            continue  # no column and no index has lists or maps to be asked for
        for table, column in (("property_nodes", "key"), ("property_chunks", "id")):
            rows = db.execute(
                f"SELECT {table}.{column} FROM {table}, json_each({table}.properties) AS one"
                " WHERE one.key = ? AND one.value = ?",
                (name, value),
            )
            ids.update((found, None) for (found,) in rows)
        if name in _COLUMNS:
            rows = db.execute(
                "SELECT passages.id FROM passages JOIN documents ON documents.id = document"
                f" WHERE {_COLUMNS[name]} = ? AND substr(source, 1, {len(SCHEME)}) <> ?",
                (value, SCHEME),
            )
            ids.update((chunk_id(number), None) for (number,) in rows)
    found = nodes_by_id(db, list(ids))
    return [node for node in found if any(node.properties.get(name) == value for name, value in properties.items())]


def passages_of(db: sqlite3.Connection, keys: Sequence[str]) -> list[int]:
    """The passages that are about one of these entities or mention it; all passages where no entity is given."""
    if not keys:
        return [one for (one,) in db.execute("SELECT id FROM passages ORDER BY id")]
    found: set[int] = set()
    for some, marks in chunks(keys):
        for table in ("subjects", "mentions"):
            sql = f"SELECT passage FROM {table} JOIN entities ON id = entity WHERE key IN ({marks})"
            found.update(one for (one,) in db.execute(sql, some))
    return sorted(found)


def subjects_of(db: sqlite3.Connection, passages: Sequence[int]) -> set[str]:
    """The keys of what passages are about."""
    found: set[str] = set()
    for some, marks in chunks(passages):
        sql = f"SELECT key FROM subjects JOIN entities ON id = entity WHERE passage IN ({marks}) AND weight >= 0.5"
        found.update(one for (one,) in db.execute(sql, some))
    return found


def all_ids(db: sqlite3.Connection, most: int) -> list[str]:
    """The ids of all nodes, at most so many and one: entities, chunks that came in, passages of other documents."""
    rows = db.execute(
        "SELECT key FROM entities UNION SELECT key FROM property_nodes"
        " UNION SELECT substr(source, :size + 1) FROM documents WHERE substr(source, 1, :size) = :scheme"
        " UNION SELECT 'passage:' || passages.id FROM passages JOIN documents ON documents.id = document"
        " WHERE substr(source, 1, :size) <> :scheme LIMIT :most",
        {"size": len(SCHEME), "scheme": SCHEME, "most": most + 1},
    )
    return [one for (one,) in rows]
