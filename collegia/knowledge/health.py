"""The knowledge store, its vectors and the memory, looked at without making any of them."""

from __future__ import annotations

import re
import sqlite3
from collections import Counter
from collections.abc import Iterator, Mapping
from urllib.parse import urlsplit

from collegia.errors import CollegiaError
from collegia.health import Finding, fault, ok, warning
from collegia.knowledge.ingest.check import Fault
from collegia.knowledge.memory.place import open_memory
from collegia.knowledge.place import open_knowledge
from collegia.knowledge.store import KnowledgeStore
from collegia.settings import Settings
from collegia.tools.reaching import Door

__all__ = ["knowledge_doors", "look_at_knowledge", "vector_faults"]


def look_at_knowledge(settings: Settings, environ: Mapping[str, str]) -> list[Finding]:
    """The documents, their vectors, and what is remembered."""
    store, memory = open_knowledge(settings), open_memory(settings)
    try:
        found = [store.examine(_documents)]
        if found[0].state == "ok" and store.path is not None and store.path.exists():
            found += _look_within(store, settings, environ)
        return [*found, memory.examine(_facts)]
    finally:
        store.close()
        memory.close()


def vector_faults(store: KnowledgeStore, settings: Settings, environ: Mapping[str, str] | None = None) -> list[Fault]:
    """The collections whose vectors are not in step; none where no embedding is set.

    Raises:
        CollegiaError: a setting cannot be used, or the list of vectors cannot be read.
    """
    from collegia.knowledge.vectors.vectors import open_vectors

    passages: Counter[str] = Counter()
    for one in store.documents():
        passages[one.collection] += one.passages
    with open_vectors(store, settings, environ) as vectors:
        there = {one.collection: one.vectors for one in vectors.status()}
    return [
        Fault(f"{there.get(name, 0):,} vectors for {count:,} passages of {name}", "collegia kb rebuild")
        for name, count in passages.items()
        if settings.embedding_of(name) != "none" and there.get(name, 0) != count
    ] + [
        Fault(f"{count:,} vectors of {name}, which holds nothing", "collegia kb rebuild")
        for name, count in there.items()
        if count and not passages[name]
    ]


def knowledge_doors(settings: Settings) -> Iterator[Door]:
    """The servers of embeddings and of Chroma that the settings name."""
    specs = dict.fromkeys((settings.embedding, *(spec for _, spec in settings.embeddings)))
    for spec in specs:
        if read := re.fullmatch(r"openai:(\S+)#(\S+)", spec):
            yield Door(
                "embeddings", f"{read[1].rstrip('/')}/models", "start its server, or: unset COLLEGIA_EMBEDDING", read[2]
            )
        elif spec.startswith("litellm:") and settings.embedding_base:
            yield Door("embeddings", settings.embedding_base, "start its server, or: unset COLLEGIA_EMBEDDING_BASE")
    if settings.chroma_url and settings.vectors == "chroma" and any(spec != "none" for spec in specs):
        parts = urlsplit(settings.chroma_url)
        port = parts.port or (443 if parts.scheme == "https" else 8000)
        place = settings.chroma_url.rstrip("/") if parts.port else f"{settings.chroma_url.rstrip('/')}:{port}"
        yield Door("chroma", f"{place}/api/v2/heartbeat", f"chroma run --port {port}")


def _look_within(store: KnowledgeStore, settings: Settings, environ: Mapping[str, str]) -> list[Finding]:
    found = []
    if store.fact("unlinked") is not None:
        said = "passages are not linked yet: an addition was cut short"
        found.append(warning("knowledge store", said, "collegia kb rebuild"))
    try:
        faults = vector_faults(store, settings, environ)
    except CollegiaError as error:
        return [*found, fault("vectors", str(error), "collegia kb rebuild")]
    found += [warning("vectors", one.what, one.mend) for one in faults]
    if not faults and (settings.embedding != "none" or settings.embeddings):
        found.append(ok("vectors", "in step with the documents"))
    return found


def _documents(db: sqlite3.Connection) -> str:
    documents, passages = (
        db.execute(f"SELECT count(*) FROM {table}").fetchone()[0] for table in ("documents", "passages")
    )
    return f"{documents:,} documents in {passages:,} passages"


def _facts(db: sqlite3.Connection) -> str:
    (count,) = db.execute("SELECT count(*) FROM facts WHERE replaced_by IS NULL").fetchone()
    return f"{count:,} facts"
