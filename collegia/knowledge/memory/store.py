"""The memory: one SQLite file with what the user said, when, and how often it was of use."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from pathlib import Path

from collegia.database import PATIENCE, Database
from collegia.errors import UsageError
from collegia.knowledge.memory.amounts import alike
from collegia.knowledge.memory.binding import unit_for, values_for
from collegia.knowledge.memory.choosing import chosen
from collegia.knowledge.memory.expand import Expanded, expand
from collegia.knowledge.memory.keeping import every, replacing, take
from collegia.knowledge.memory.ranking import Recalled, rank
from collegia.knowledge.memory.records import Conflict, Content, Fact, FactKind, Statement, Value
from collegia.knowledge.memory.schema import open_file, scrub
from collegia.knowledge.memory.sentences import Correction, parse
from collegia.knowledge.memory.wording import checked, checked_source
from collegia.tools.kinds import Kind

__all__ = ["MemoryStore"]

_SPOKEN_OF = timedelta(hours=1)  # how long "it" may still mean what was said or used last


class MemoryStore(Database):
    """What is remembered, in a file or in memory. The file is made when something is first remembered.

    Safe to use from several threads, and from several processes on one file.

    Args:
        path: the file; None for a memory that is gone with the process.
        patience: seconds that forgetting waits for other processes which read the file.

    Raises:
        StoreError: from every method, when the file cannot be read or written; with its path and what to do.
    """

    what = "memory"

    def __init__(self, path: Path | str | None, patience: float = PATIENCE) -> None:
        super().__init__(path)
        self._patience = patience

    @classmethod
    def in_memory(cls) -> MemoryStore:
        """A memory that is gone with the process."""
        return cls(None)

    def remember(self, text: str, source: str = "user", when: datetime | None = None, about: str = "") -> Fact:
        """Keep what a sentence says. A newer one on the same thing takes the place of the older one, which is kept.

        Args:
            text: one sentence in plain English; see `sentences.parse` for the forms that are understood.
            source: the run it was said in, or "user".
            when: when it was said; now where it is None.
            about: the quantity that "it" means in "no, it is 0.2 mm"; without it, the value said or used last within
                the hour before.

        Returns:
            the fact as stored; `conflicts(fact)` says what it took the place of. A sentence that says the same as an
            older one counts once more there.

        Raises:
            UsageError: nothing, too much, a question, characters that are not seen, or an "it" that means nothing.
        """
        said = checked(text)
        if said.endswith("?"):
            raise UsageError("that is a question, and nothing to remember; `collegia ask` answers it")
        origin, day = checked_source(source), _utc(when)
        parsed = parse(said)
        with self.writing() as db:
            content = self._corrected(db, parsed, about, day) if isinstance(parsed, Correction) else parsed
            return take(db, content, said, origin, day.isoformat(timespec="seconds"))

    def list(self, *, replaced: bool = False, kind: FactKind | None = None) -> tuple[Fact, ...]:
        """All facts, the one said last first; those whose place was taken only with `replaced`."""
        found = self._facts(replaced=replaced)
        return tuple(
            sorted(
                (fact for fact in found if kind is None or fact.kind == kind),
                key=lambda fact: (fact.said, fact.id),
                reverse=True,
            )
        )

    def conflicts(self, fact: Fact | None = None) -> tuple[Conflict, ...]:
        """What was said otherwise before: all of it, or what one fact took the place of."""
        known = {one.id: one for one in self._facts(replaced=True)}
        found = []
        for old in known.values():
            new = known.get(old.replaced_by or 0)
            if new is not None and (fact is None or new.id == fact.id):
                found.append(replacing(new, old))
        return tuple(found)

    def recall(self, question: str, when: datetime | None = None, limit: int = 20) -> tuple[Recalled, ...]:
        """The facts that bear on a question, best first; `ranking` says how they are ordered."""
        return rank(self._facts(), question, _utc(when))[:limit]

    def expand(self, question: str) -> Expanded:
        """The question with its remembered short forms written out; see `expand.Expanded`."""
        return expand(question, self._facts())

    def values_for(
        self, kind: Kind, question: str, kinds: Iterable[Kind] = (), when: datetime | None = None
    ) -> tuple[Recalled, ...]:
        """Remembered values that may stand for a missing input of a kind; see `binding.values_for`."""
        return values_for(kind, self._facts(), question, _utc(when), kinds)

    def unit_for(self, kind: Kind) -> Fact | None:
        """The remembered wish for the unit in which to answer a kind."""
        return unit_for(kind, self._facts())

    def use(self, facts: Iterable[Fact], when: datetime | None = None) -> None:
        """Count that facts were of use; what is used often goes before what is not."""
        day = _utc(when).isoformat(timespec="seconds")
        with self.writing() as db:
            db.executemany(
                "UPDATE facts SET count = count + 1, used = max(used, ?) WHERE id = ?",
                [(day, fact.id) for fact in facts],
            )

    def forget(self, which: int | str) -> tuple[Fact, ...]:
        """Forget a fact and what it took the place of; no trace of them stays in the file.

        Args:
            which: its number, its text, the short form, or the quantity ("roughness of our pipes").

        Returns:
            what was forgotten.

        Raises:
            UsageError: there is none, or the text says more than one; the message names them.
            StoreError: another process holds the file, so that its bytes stay for now.
        """
        with self.writing() as db:
            known = {fact.id: fact for fact in every(db)}
            gone = chosen(known, which)
            db.executemany("DELETE FROM facts WHERE id = ?", [(fact.id,) for fact in gone])
        with self.reading() as db:
            scrub(db, self.path, self._patience)
        return gone

    def _corrected(self, db: sqlite3.Connection, said: Correction, about: str, day: datetime) -> Content:
        """What "it" is, with its new value."""
        if about.strip():
            parsed = parse(f"{checked(about)} = 1")
            if isinstance(parsed, Value):
                return Value(parsed.subject, parsed.name, said.amount)
            raise UsageError(f"{about!r} names no quantity that a value can be remembered for")
        recent = [
            fact
            for fact in every(db)
            if fact.replaced_by is None
            and isinstance(fact.content, Value)
            and timedelta(0) <= day - datetime.fromisoformat(fact.used) <= _SPOKEN_OF
        ]
        last = max(recent, key=lambda fact: (fact.used, fact.id), default=None)
        if last is not None and isinstance(last.content, Value) and alike(last.content.amount, said.amount):
            return Value(last.content.subject, last.content.name, said.amount)
        if said.amount.number is None:
            return Statement()
        raise UsageError(
            f"it is not clear what is {said.amount.written}; say it whole: the … of … is {said.amount.written}"
        )

    def _facts(self, *, replaced: bool = False) -> tuple[Fact, ...]:
        if self.path is not None and not self.path.exists():
            return ()  # nothing was ever remembered, and a question must not make files
        with self.reading() as db:
            return tuple(fact for fact in every(db) if replaced or fact.replaced_by is None)

    @property
    def where(self) -> str:
        """The file's path, or what stands for it in messages."""
        return "of this process" if self.path is None else str(self.path)

    def _open(self) -> sqlite3.Connection:
        return open_file(self.path)


def _utc(when: datetime | None) -> datetime:
    if when is None:
        return datetime.now(UTC)
    if when.tzinfo is None:
        raise UsageError(f"the time {when.isoformat()} has no time zone; give it with one")
    return when.astimezone(UTC)
