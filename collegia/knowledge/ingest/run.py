"""From paths to documents in the store."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from collegia.errors import UsageError
from collegia.knowledge.ingest.discover import Found, find
from collegia.knowledge.ingest.limits import Limits, Refusal, Report
from collegia.knowledge.ingest.names import IN_NAME, IN_SOURCE, name_files, records_of
from collegia.knowledge.ingest.pool import Pool
from collegia.knowledge.records import Document, StoredDocument
from collegia.knowledge.store import KnowledgeStore

__all__ = ["ingest"]

Progress = Callable[[int, int], None]


def ingest(
    store: KnowledgeStore,
    paths: Iterable[str | os.PathLike[str]] | Found,
    *,
    collection: str = "user",
    workers: int | None = None,
    limits: Limits | None = None,
    progress: Progress | None = None,
    readers: Mapping[str, str] | None = None,
) -> Report:
    """Take files in; what is stored and has not changed is not read again, what cannot be read is refused by itself.

    May be killed at any moment and run again: documents are stored whole or not at all. What changed replaces what was
    stored of the same file; a file that is gone, or is refused now, leaves what was stored of it.

    Args:
        store: where they go.
        paths: files, folders and patterns, or what `find` made of them.
        collection: the group that the documents belong to.
        workers: how many processes read; as many as there are processors, but 2 to 8, where None.
        limits: what one file may cost; the usual ones where None.
        progress: called with how many files are done, and of how many, after each.
        readers: for other endings of names: ".rtf" -> "module:name", a function from bytes to text or a reader of
            llama-index. It is code, and runs with the rights of this process.

    Raises:
        UsageError: no collection is named, or fewer than one worker.
        StoreError: the store cannot be read or written.
    """
    if not collection.strip():
        raise UsageError("a collection needs a name")
    if workers is not None and workers < 1:
        raise UsageError(f"{workers} processes read nothing; give at least 1")
    found = paths if isinstance(paths, Found) else find(paths)
    work = _Work(store, found, collection, progress)
    if found.files:
        count = min(workers or min(8, max(2, os.cpu_count() or 2)), len(found.files))
        with Pool(count, limits or Limits(), readers or {}) as pool:
            added = store.add(work.documents(pool))
        for source in work.stale:
            store.remove(source)
        if added.replaced:
            _wipe(store)
        work.unchanged += added.unchanged
        return Report(added.new, added.replaced, work.unchanged, tuple(work.refused), tuple(found.skipped))
    store.link()
    return Report(refused=tuple(work.refused), skipped=tuple(found.skipped))


def _wipe(store: KnowledgeStore) -> None:
    """Take what was replaced out of the index's own pages and out of the write-ahead file, as a removal does."""
    with store.reading() as db:
        db.execute("INSERT INTO bodies (bodies) VALUES ('optimize')")
        db.execute("PRAGMA wal_checkpoint(TRUNCATE)")


@dataclass
class _Work:
    """One ingest under way."""

    store: KnowledgeStore
    found: Found
    collection: str
    progress: Progress | None
    unchanged: int = 0
    refused: list[Refusal] = field(default_factory=list)
    stale: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.refused.extend(self.found.refused)
        self.stored: dict[str, StoredDocument] = {one.source: one for one in self.store.documents()}
        self.sources = sorted(self.stored)
        self.names = name_files(self.found.files, {one.source: one.name for one in self.stored.values()})

    def documents(self, pool: Pool) -> Iterator[Document]:
        """The documents of all files that are new or have changed."""
        total = len(self.found.files)
        if self.progress is not None:
            self.progress(0, total)
        for done, (path, answer) in enumerate(pool.read((path, self._known(path)) for path in self.found.files), 1):
            if answer.get("same"):
                self.unchanged += 1
            elif "why" in answer:
                kept = path.as_posix() in self.stored or bool(records_of(path.as_posix(), self.sources))
                self.refused.append(
                    Refusal(path.as_posix(), answer["why"] + ("; what was stored of it before is kept" if kept else ""))
                )
            else:
                yield from self._read(path, answer)
            if self.progress is not None:
                self.progress(done, total)

    def _known(self, path: Path) -> str:
        """The digest of what is stored of a file; empty where it has to be read whatever it is."""
        one = self.stored.get(path.as_posix())
        return one.digest if one is not None and one.collection == self.collection else ""

    def _read(self, path: Path, answer: dict[str, Any]) -> Iterator[Document]:
        source, name = path.as_posix(), self.names[path]
        for part, why in answer["refused"]:
            self.refused.append(Refusal(f"{source}{IN_SOURCE}{part}" if part else source, why))
        given = set()
        for one in answer["texts"]:
            part = one["part"]
            given.add(source + IN_SOURCE + part if part else source)
            yield Document(
                source=source + IN_SOURCE + part if part else source,
                text=one["text"],
                name=name + IN_NAME + part if part else name,
                title=one["title"],
                form=one["form"],
                collection=self.collection,
                date=one["date"],
                # a record is known by its own text: a change of the file leaves the other records as they are
                digest="" if part else answer["digest"],
            )
        before = [source] if source in self.stored else []
        self.stale.extend(one for one in [*before, *records_of(source, self.sources)] if one not in given)
