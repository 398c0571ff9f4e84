"""What one search looks up in the store, each thing once.

Nothing is held between searches: a neighbourhood of a few hundred passages is read, however large the store is.

A passage's number beside MATCH is written `+rowid`: without the sign SQLite searches the whole index again for each of
the numbers, which takes twenty times as long.
"""

from __future__ import annotations

import math
import sqlite3
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field

from collegia.knowledge.linking import chunks
from collegia.knowledge.records import Entity, Filters

__all__ = ["Reach"]

_FEWEST = 10  # a name in so few passages is never too common


@dataclass(slots=True)
class Reach:
    """The look-ups of one search.

    Attributes:
        common: names mentioned in more passages than this are not followed.
    """

    db: sqlite3.Connection
    filters: Filters
    passages: int = 0
    common: float = 0.0
    entities: dict[int, Entity] = field(default_factory=dict)
    _mentions: dict[int, dict[int, tuple[int, int]]] = field(default_factory=dict)
    _subjects: dict[int, dict[int, float]] = field(default_factory=dict)
    _about: dict[int, dict[int, float]] = field(default_factory=dict)
    _documents: dict[int, int] = field(default_factory=dict)
    _bodies: dict[int, tuple[str, str]] = field(default_factory=dict)

    @classmethod
    def open(cls, db: sqlite3.Connection, share: float, filters: Filters) -> Reach:
        """The look-ups for a search; names in more than `share` of the passages are common."""
        count = db.execute("SELECT count(*) FROM passages").fetchone()[0]
        return cls(db, filters, count, max(_FEWEST, share * count))

    def lexical(self, query: str, most: int) -> list[tuple[int, float]]:
        """Passages by BM25, best first; `query` is in the index's own language."""
        where, values = self._allowed()
        rows = self.db.execute(
            f"SELECT rowid, -bm25(bodies) FROM bodies WHERE bodies MATCH ?{where} ORDER BY 2 DESC, rowid LIMIT ?",
            (query, *values, most),
        )
        return [(passage, score) for passage, score in rows]

    def has(self, word: str) -> bool:
        """Whether any passage has a word, in any of its forms."""
        query = "SELECT 1 FROM bodies WHERE bodies MATCH ? LIMIT 1"
        return self.db.execute(query, (f'"{word}"',)).fetchone() is not None

    def sharing(self, query: str, entities: Sequence[int], most: int) -> list[tuple[int, float]]:
        """Passages by BM25 that mention one of these names, best first."""
        marks = ",".join("?" * len(entities))
        rows = self.db.execute(
            "SELECT rowid, -bm25(bodies) FROM bodies WHERE bodies MATCH ?"
            f" AND +rowid IN (SELECT passage FROM mentions WHERE entity IN ({marks})) ORDER BY 2 DESC, rowid LIMIT ?",
            (query, *entities, most),
        )
        return [(passage, score) for passage, score in rows]

    def rarity(self, entity: int) -> float:
        """How rare a name is: 1 for one that a single passage mentions, 0 for one that all do or that is not known."""
        if entity not in self.entities:
            return 0.0
        return 1.0 - math.log(max(1, self.entities[entity].passages)) / math.log(max(2, self.passages))

    def _allowed(self) -> tuple[str, list[str]]:
        """What a search of the index adds to its condition, and the values for it."""
        if not self.filters:
            return "", []
        where, values = self._conditions()
        inner = f"SELECT passages.id FROM passages JOIN documents ON documents.id = document WHERE {where}"
        return f" AND +rowid IN ({inner})", values

    def _conditions(self) -> tuple[str, list[str]]:
        """The filters as a condition on documents, and the values for it."""
        parts: list[str] = []
        values: list[str] = []
        for name, wanted in (("collection", self.filters.collections), ("name", self.filters.documents)):
            if wanted:
                marks = ",".join("?" * len(wanted))
                other = f" OR source IN ({marks})" if name == "name" else ""
                parts.append(f"({name} IN ({marks}){other})")
                values.extend(wanted * (2 if other else 1))
        for sign, day in ((">=", self.filters.since), ("<=", self.filters.until)):
            if day:
                parts.append(f"date <> '' AND date {sign} ?")
                values.append(day)
        return " AND ".join(parts), values

    def allowed(self, passages: Sequence[int]) -> set[int]:
        """Those of the passages that the filters let through."""
        if not self.filters:
            return set(passages)
        where, values = self._conditions()
        found: set[int] = set()
        for some, marks in chunks(passages):
            rows = self.db.execute(
                "SELECT passages.id FROM passages JOIN documents ON documents.id = document"
                f" WHERE passages.id IN ({marks}) AND {where}",
                (*some, *values),
            )
            found.update(passage for (passage,) in rows)
        return found

    def named(self, keys: Iterable[str]) -> dict[str, Entity]:
        """The entities of these keys."""
        found: dict[str, Entity] = {}
        for some, marks in chunks(list(keys)):
            for row in self.db.execute(f"SELECT id, key, name, passages FROM entities WHERE key IN ({marks})", some):
                entity = Entity(*row)
                found[entity.key] = self.entities[entity.id] = entity
        return found

    def mentions(self, passages: Collection[int]) -> dict[int, dict[int, tuple[int, int]]]:
        """By passage, the names it mentions that are not common, with where."""
        for some, marks in chunks([one for one in passages if one not in self._mentions]):
            for one in some:
                self._mentions[one] = {}
            rows = self.db.execute(
                "SELECT passage, start, end, id, key, name, passages FROM mentions"
                f" JOIN entities ON entities.id = entity WHERE passage IN ({marks}) AND passages <= ?",
                (*some, self.common),
            )
            for passage, start, end, number, key, name, count in rows:
                if number not in self.entities:
                    self.entities[number] = Entity(number, key, name, count)
                self._mentions[passage][number] = (start, end)
        return {one: self._mentions[one] for one in passages}

    def mentioning(self, entity: int, most: int) -> list[int]:
        """Passages that mention a name."""
        rows = self.db.execute("SELECT passage FROM mentions WHERE entity = ? LIMIT ?", (entity, most))
        return [passage for (passage,) in rows]

    def subjects(self, passages: Collection[int]) -> dict[int, dict[int, float]]:
        """By passage, what it is about, and how sure that is."""
        self._look_up(self._subjects, "passage", "entity", passages)
        return {one: self._subjects[one] for one in passages}

    def about(self, entities: Collection[int]) -> dict[int, dict[int, float]]:
        """By name, the passages about it, and how sure that is; names without any are left out."""
        self._look_up(self._about, "entity", "passage", entities)
        return {one: found for one in entities if (found := self._about[one])}

    def _look_up(self, known: dict[int, dict[int, float]], by: str, what: str, numbers: Collection[int]) -> None:
        """Add who is about what, by either side, as far as it is not known yet."""
        for some, marks in chunks([one for one in numbers if one not in known]):
            for one in some:
                known[one] = {}
            rows = self.db.execute(f"SELECT {by}, {what}, weight FROM subjects WHERE {by} IN ({marks})", some)
            for left, right, weight in rows:
                known[left][right] = weight

    def documents(self, passages: Collection[int]) -> dict[int, int]:
        """The document of each passage."""
        for some, marks in chunks([one for one in passages if one not in self._documents]):
            self._documents.update(self.db.execute(f"SELECT id, document FROM passages WHERE id IN ({marks})", some))
        return {one: self._documents[one] for one in passages if one in self._documents}

    def headings(self, passages: Collection[int]) -> dict[int, str]:
        """The headings above each passage."""
        found: dict[int, str] = {}
        for some, marks in chunks(list(passages)):
            found.update(self.db.execute(f"SELECT id, heading FROM passages WHERE id IN ({marks})", some))
        return found

    def body(self, passage: int) -> tuple[str, str]:
        """Title and body of a passage."""
        if passage not in self._bodies:
            row = self.db.execute("SELECT title, body FROM bodies WHERE rowid = ?", (passage,)).fetchone()
            self._bodies[passage] = ("", "") if row is None else row
        return self._bodies[passage]
