"""The passages that the searches of one run have found, so that what one agent found is at hand for the others.

Like the meter of calls it travels with the context; outside of `sharing` every search has one of its own.
"""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar

from collegia.knowledge.records import Filters, Hit
from collegia.knowledge.text import content_words, stem

__all__ = ["PassageCache", "current_cache", "sharing"]

_HELD = 200


class PassageCache:
    """The passages found last, with the words in them.

    Args:
        held: how many; the oldest go first.
    """

    def __init__(self, held: int = _HELD) -> None:
        self._held = held
        self._lock = threading.Lock()
        self._found: OrderedDict[tuple[Filters, int], tuple[Hit, frozenset[str]]] = OrderedDict()

    def __len__(self) -> int:
        return len(self._found)

    def add(self, filters: Filters, hits: Sequence[Hit]) -> None:
        """Hold what a search with these filters found."""
        with self._lock:
            for hit in hits:
                words = frozenset(stem(word) for word in content_words(f"{hit.passage.heading} {hit.passage.body}"))
                self._found[filters, hit.passage.id] = (hit, words)
                self._found.move_to_end((filters, hit.passage.id))
            while len(self._found) > self._held:
                self._found.popitem(last=False)

    def having(self, question: str, filters: Filters, most: int) -> tuple[Hit, ...]:
        """The passages found with the same filters that have words of a question; those with the most first."""
        wanted = {stem(word) for word in content_words(question)}
        with self._lock:
            shared = [(len(wanted & words), hit) for (by, _), (hit, words) in self._found.items() if by == filters]
        best = sorted((one for one in shared if one[0]), key=lambda one: (-one[0], one[1].passage.id))
        return tuple(hit for _, hit in best[:most])


_cache: ContextVar[PassageCache | None] = ContextVar("collegia_passages", default=None)


def current_cache() -> PassageCache:
    """The cache of the run; an empty one outside of a run."""
    found = _cache.get()
    return PassageCache() if found is None else found


@contextmanager
def sharing(cache: PassageCache) -> Iterator[PassageCache]:
    """Every search within, in tasks of its own too, adds to this cache and looks into it."""
    token = _cache.set(cache)
    try:
        yield cache
    finally:
        _cache.reset(token)
