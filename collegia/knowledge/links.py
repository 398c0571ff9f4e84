"""Which documents lead on: those that several of the best speak of by name."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from collegia.knowledge.linking import chunks
from collegia.knowledge.records import BY_NAME

if TYPE_CHECKING:
    from collegia.knowledge.store import KnowledgeStore

__all__ = ["linked"]

_MOST = 4000  # rows that are read


def linked(store: KnowledgeStore, documents: Mapping[int, float]) -> dict[int, float]:
    """How strongly each document is spoken of by some others, from 0 to 1.

    Args:
        store: where they are.
        documents: scores of the documents to start from, by the store's number.
    """
    counts: dict[int, dict[int, int]] = {number: {} for number in documents}
    with store.reading() as db:
        for some, marks in chunks(list(documents)):
            rows = db.execute(
                "SELECT DISTINCT here.document, mentions.passage, there.document FROM passages AS here"
                " JOIN mentions ON mentions.passage = here.id"
                " JOIN subjects ON subjects.entity = mentions.entity AND subjects.weight >= ?"
                " JOIN passages AS there ON there.id = subjects.passage AND there.document <> here.document"
                f" WHERE here.document IN ({marks}) LIMIT ?",
                (BY_NAME, *some, _MOST),
            )
            for here, _, there in rows:
                counts[here][there] = counts[here].get(there, 0) + 1
    found: dict[int, float] = {}
    for here, leads in counts.items():
        most = max(leads.values(), default=1)
        for there, count in leads.items():
            found[there] = found.get(there, 0.0) + documents[here] * count / most
    top = max(found.values(), default=1.0) or 1.0
    return {number: score / top for number, score in found.items()}
