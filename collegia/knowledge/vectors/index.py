"""What every index of vectors can do, and what holds the indexes of one store."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

__all__ = ["Backend", "Busy", "Vector", "VectorIndex", "Within"]


class Busy(Exception):
    """Another process writes these vectors at the moment. Caught within this package and said as a notice."""


@dataclass(frozen=True, slots=True)
class Vector:
    """The vector of one passage.

    Attributes:
        passage: the number of the passage, which identifies the vector.
        document: the number of its document.
        collection: the collection of its document.
        values: the components, of any length but zero.
    """

    passage: int
    document: int
    collection: str
    values: Sequence[float]


@dataclass(frozen=True, slots=True)
class Within:
    """What a search is narrowed to: the same passages, said twice, so that an index takes what suits it."""

    documents: frozenset[int]
    passages: frozenset[int]


class VectorIndex(Protocol):
    """The vectors of one collection, all of one embedder and so of one dimension."""

    def add(self, vectors: Sequence[Vector]) -> None:
        """Store vectors; one of a passage that has one already takes its place."""

    def remove(self, passages: Sequence[int]) -> None:
        """Forget the vectors of these passages; those that have none are passed over."""

    def search(self, values: Sequence[float], k: int, within: Within | None = None) -> list[tuple[int, float]]:
        """The passages of the k nearest vectors with their cosine similarity, in [-1, 1], the most similar first."""

    def count(self) -> int:
        """How many vectors there are."""


class Backend(Protocol):
    """Where the indexes of one knowledge store live.

    Attributes:
        place: what identifies the place; indexes of another place are not these.
    """

    place: str

    def index(self, name: str, about: dict[str, str]) -> VectorIndex:
        """The index of that name, made where there is none; `about` is kept beside it where that is possible.

        Raises:
            StoreError: the place cannot be read or written.
            Busy: another process writes it.
        """

    def drop(self, name: str) -> None:
        """Delete an index and every vector in it; nothing happens where there is none."""

    def erase(self) -> None:
        """Overwrite what removed vectors have left in files. Called once after removing or dropping."""

    def verify(self) -> list[str]:
        """Look whether the place can be opened, and begin anew where it cannot; what was found, in sentences."""

    def refresh(self) -> None:
        """Let go of what is held in memory: another process has written since."""

    def close(self) -> None:
        """Close the place; the next use opens it again."""
