"""Keeping the vectors of a store in step with it: what is written, by one process at a time."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from hashlib import sha256
from math import hypot
from operator import mul
from pathlib import Path
from typing import TYPE_CHECKING

from collegia.knowledge.vectors.choosing import LOCAL, Embedders, identity, leave
from collegia.knowledge.vectors.embedders import Embedder
from collegia.knowledge.vectors.index import Backend, VectorIndex
from collegia.knowledge.vectors.ledger import Index, Ledger
from collegia.knowledge.vectors.locking import Lock
from collegia.knowledge.vectors.syncing import fill, gone
from collegia.knowledge.vectors.texts import collections

if TYPE_CHECKING:
    from collegia.knowledge.store import KnowledgeStore

__all__ = ["CANARY", "Keeper", "Progress", "Synced", "same"]

CANARY = "A pump lifts water from a river to a tank on the hill."
"""Embedded with every index: where its vector has changed, the embedder has, whatever it is called."""

_SAME = 0.99  # cosine of two embeddings of the canary by one model, which may round differently by batch

Progress = Callable[[int], None]


@dataclass(frozen=True, slots=True)
class Synced:
    """What bringing vectors in step did: how many were made, and how many removed."""

    added: int = 0
    removed: int = 0


class Keeper:
    """Writes the vectors of one store. Everything but `behind` belongs within `writing`, and within one thread.

    Args:
        store: the truth.
        folder: where the list of vectors is kept; None for memory.
        backend: where the vectors live.
        embedders: which embedder each collection has.
    """

    def __init__(self, store: KnowledgeStore, folder: Path | None, backend: Backend, embedders: Embedders) -> None:
        self.store = store
        self.backend = backend
        self.embedders = embedders
        self.ledger = Ledger(None if folder is None else folder / "vectors.db")
        self.lock = Lock(None if folder is None else folder / "vectors.lock")
        self.notices: list[str] = []
        self.proven: set[str] = set()
        self.opened: dict[str, VectorIndex] = {}
        self._folder = folder
        self._generation: str | None = None  # of the ledger when the backend was looked at; None before that
        self._changed = False  # whether something was written since the lock was taken

    def behind(self) -> bool:
        """Whether the backend has to be looked at, or brought in step."""
        changed = self._generation is None or self.ledger.fact("generation") != self._generation
        return changed or self.ledger.fact("synced") != self._stamp()

    @contextmanager
    def writing(self, seconds: float) -> Iterator[None]:
        """The lock, with everything looked at that other processes may have changed; they are told what is written.

        Raises:
            Busy: another process held it for that many seconds.
        """
        with self.lock.held(seconds):
            self._look()
            try:
                yield
            finally:
                if self._changed:
                    self._changed = False
                    self._generation = str(int(self._generation or 0) + 1)
                    self.ledger.keep("generation", self._generation)

    def sync(self, progress: Progress | None) -> Synced:
        """Make what is missing, remove what is gone; all anew where an embedder has changed."""
        stamp = self._stamp()
        if self.ledger.fact("synced") == stamp:
            return Synced()
        removed = self.prune()
        added = 0
        known = self.ledger.indexes()
        for collection in collections(self.store):
            embedder = self.embedders.of(collection)
            if embedder is None:
                continue
            index = known.get(collection)
            canary = embedder.embed([CANARY])[0]
            if index is not None and (index.embedder != embedder.name or not same(index.canary, canary)):
                removed += self._replace(index, embedder)
                index = None
            self._changed = True
            if index is None:
                index = self.ledger.begin(collection, embedder.name, self._name(collection, embedder), canary)
            self.proven.add(embedder.name)
            added += fill(self.store, self.ledger, index, self.index(index), embedder, progress)
        self.ledger.keep("synced", stamp)
        return Synced(added, removed)

    def prune(self) -> int:
        """Remove the vectors of passages that are gone, and what they leave; how many those were."""
        removed = 0
        there = set(collections(self.store))
        for index in self.ledger.indexes().values():
            if index.collection not in there:
                removed += self.ledger.count(index)
                self._drop(index)
                continue
            some = gone(self.store, self.ledger, index)
            if some:
                self._changed = True
                self.ledger.keep("erase", "due")
                self.index(index).remove(some)
                self.ledger.strike(index, some)
                removed += len(some)
        self._erase()
        return removed

    def clear(self) -> None:
        """Delete everything, without opening what may be broken where it lies in files of ours."""
        self.opened.clear()
        self._generation = None
        local = self.backend.place in LOCAL and self._folder is not None
        if local:
            self.backend.close()
            leave(self.backend.place, self._folder, [])
        for index in self.ledger.indexes().values():
            if not local:
                self.backend.drop(index.name)
            self.ledger.end(index)
        for fact in ("synced", "erase"):
            self.ledger.keep(fact, "")
        self.ledger.keep("generation", str(int(self.ledger.fact("generation") or 0) + 1))

    def index(self, index: Index) -> VectorIndex:
        """An index, opened."""
        if index.name not in self.opened:
            about = {"collection": index.collection, "embedder": index.embedder, "dimension": str(len(index.canary))}
            self.opened[index.name] = self.backend.index(index.name, about)
        return self.opened[index.name]

    def close(self) -> None:
        """Close all files."""
        self.opened.clear()
        self._generation = None
        self.backend.close()
        self.ledger.close()

    def _look(self) -> None:
        """Find out whether the backend can be used and holds what the ledger says."""
        generation = self.ledger.fact("generation")
        if self._generation == generation:
            return
        self.opened.clear()
        self.backend.refresh()
        self._move()
        due, moved = self.ledger.fact("erase"), self.backend.verify()
        self.notices += moved
        for index in self.ledger.indexes().values():
            if (lost := self.ledger.count(index) - self.index(index).count()) > 0:
                self.notices.append(
                    f"{lost} vectors of the collection {index.collection} are not there any more: all are made anew"
                )
                self._drop(index)
        if moved and not due:
            self.ledger.keep("erase", "")  # what was moved aside is left to be looked at
        self._generation = generation

    def _move(self) -> None:
        """Leave the place where vectors were kept until now, where that is another one."""
        before, place = self.ledger.fact("place"), self.backend.place
        if before == place:
            return
        indexes = list(self.ledger.indexes().values())
        if before or place in LOCAL:  # what lies here and is in no list is nobody's
            self.notices += leave(before or place, self._folder, [index.name for index in indexes])
        for index in indexes:
            self.ledger.end(index)
        self.ledger.keep("synced", "")
        self.ledger.keep("erase", "")
        self.ledger.keep("place", place)

    def _replace(self, index: Index, embedder: Embedder) -> int:
        count = self.ledger.count(index)
        drifted = ", which gives other vectors than before" if embedder.name == index.embedder else ""
        self.notices.append(
            f"the embedding of the collection {index.collection} was {index.embedder} and is {embedder.name}{drifted}:"
            " its vectors are made anew"
        )
        self._drop(index)
        self._erase()
        return count

    def _drop(self, index: Index) -> None:
        self._changed = True
        self.ledger.keep("erase", "due")
        self.ledger.keep("synced", "")
        self.opened.pop(index.name, None)
        self.backend.drop(index.name)
        self.ledger.end(index)

    def _erase(self) -> None:
        """Once for all that was removed, also by a process that was killed before it came to this."""
        if self.ledger.fact("erase"):
            self._changed = True
            self.opened.clear()
            self.backend.erase()
            self.ledger.keep("erase", "")

    def _name(self, collection: str, embedder: Embedder) -> str:
        """What an index is called: letters, digits and dashes, and never the same for two embedders."""
        slug = re.sub(r"[^a-z0-9]+", "-", collection.casefold()).strip("-")[:24].strip("-")
        told = sha256(f"{collection}\n{embedder.name}".encode()).hexdigest()[:12]
        return "-".join(filter(None, ("collegia", identity(self.store), slug, told)))

    def _stamp(self) -> str:
        """What the vectors are in step with."""
        return f"{self.backend.place}\n{self.store.version()}\n{self.embedders.state()}"


def same(one: Sequence[float], other: Sequence[float]) -> bool:
    """Whether two embeddings of one text come from one model."""
    if len(one) != len(other):
        return False
    return bool(sum(map(mul, one, other)) >= _SAME * hypot(*one) * hypot(*other))
