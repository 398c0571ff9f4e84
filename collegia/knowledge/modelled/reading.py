"""Reading stored passages with a model: after they were taken in, so that a failing model leaves what rules found."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from collegia.errors import BudgetSpent, ModelError, ModelUnreachable
from collegia.knowledge.extract import AsyncExtractor
from collegia.knowledge.readings import Reading, unread, write_readings
from collegia.knowledge.store import KnowledgeStore, touch

__all__ = ["Report", "read_passages"]

_KEPT = 32  # passages a transaction
_SILENT = 8  # calls in a row without any answer, after which no more are made

Words = tuple[str, tuple[str, ...], str, str]


@dataclass(frozen=True, slots=True)
class Report:
    """What a reading came to.

    Attributes:
        read: passages that were read.
        unread: passages that could not be.
        names, relations: how many were found.
        why: of the first passage that could not be read.
    """

    read: int = 0
    unread: int = 0
    names: int = 0
    relations: int = 0
    why: str = ""


async def read_passages(
    store: KnowledgeStore,
    extractor: AsyncExtractor,
    *,
    model: str,
    concurrency: int = 4,
    collection: str | None = None,
    progress: Callable[[int, int], None] | None = None,
) -> Report:
    """Have every passage read that was not; what is found joins what rules found, marked as the model's.

    What has been read is kept in small transactions, so it may be killed at any moment, and the next run reads the
    rest. A passage that the model fails at stays unread. When several calls in a row get no answer, it ends.

    Args:
        store: where the passages are, linked.
        extractor: who reads them.
        model: what the readings are kept as being of.
        concurrency: how many passages are read at one time.
        collection: only these passages.
        progress: called with how many are done, and of how many.

    Raises:
        StoreError: the store cannot be read or written.
    """
    with store.reading() as db:
        waiting = unread(db, collection)
    work = _Work(store, extractor, model, iter(waiting), len(waiting), progress)
    try:
        async with asyncio.TaskGroup() as tasks:
            for _ in range(min(concurrency, len(waiting))):
                tasks.create_task(_reader(work))
    except BaseExceptionGroup as group:
        raise group.exceptions[0] from None  # the first fault is the cause; it has stopped the others
    finally:
        work.keep()  # of a run that is cancelled too
    return Report(work.read, len(waiting) - work.read, work.names, work.relations, work.why)


@dataclass
class _Work:
    """One reading under way."""

    store: KnowledgeStore
    extractor: AsyncExtractor
    model: str
    waiting: Iterator[int]
    total: int
    progress: Callable[[int, int], None] | None
    read: int = 0
    done: int = 0
    names: int = 0
    relations: int = 0
    silent: int = 0
    why: str = ""
    found: dict[int, Reading] = field(default_factory=dict)

    def words(self, passage: int) -> Words | None:
        """What is to be read of a passage; None where it is gone meanwhile."""
        with self.store.reading() as db:
            row = db.execute(
                "SELECT documents.title, heading, body FROM passages JOIN documents ON documents.id = document"
                " JOIN bodies ON bodies.rowid = passages.id WHERE passages.id = ?",
                (passage,),
            ).fetchone()
        return None if row is None else (row[0], (), row[1].rpartition(" › ")[2], row[2])

    def keep(self) -> None:
        """Write what was found since the last time."""
        if self.found:
            with self.store.writing() as db:
                write_readings(db, self.found)
                touch(db)
            self.found.clear()


async def _reader(work: _Work) -> None:
    """Read one passage after another until none is left."""
    for passage in work.waiting:
        if work.silent >= _SILENT:
            return
        if (words := work.words(passage)) is not None:
            try:
                found = await work.extractor.extract(*words)
            except ModelError as error:
                work.why = work.why or str(error)
                work.silent += isinstance(error, (ModelUnreachable, BudgetSpent))
            else:
                work.silent = 0
                work.read += 1
                work.names += len(found.mentions)
                work.relations += len(found.relations)
                work.found[passage] = Reading(work.model, found)
                if len(work.found) >= _KEPT:
                    work.keep()
        work.done += 1
        if work.progress is not None:
            work.progress(work.done, work.total)
