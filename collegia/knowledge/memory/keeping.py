"""Taking a fact in: it counts once more where it was known, and takes the place of what was said otherwise before."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from dataclasses import replace

from collegia.errors import UsageError
from collegia.knowledge.memory.amounts import same_amount
from collegia.knowledge.memory.naming import word_keys
from collegia.knowledge.memory.records import Abbreviation, Conflict, Content, Fact, Preference, Statement, Value
from collegia.knowledge.memory.rows import SELECT, fact_of, row_of

__all__ = ["MOST_FACTS", "every", "replacing", "take"]

MOST_FACTS = 10_000
"""Facts a memory holds; more than one person says."""


def every(db: sqlite3.Connection) -> Iterator[Fact]:
    """All facts, in the order in which they were taken in."""
    for row in db.execute(SELECT, ("", "")):
        yield fact_of(row)


def take(db: sqlite3.Connection, content: Content, text: str, source: str, said: str) -> Fact:
    """Store what was said at a time; the fact as it is stored then.

    Raises:
        UsageError: the memory is full.
    """
    row = row_of(content, text)
    older = db.execute(SELECT, (row.kind, row.key)).fetchone()
    standing = None if older is None else fact_of(older)
    if standing is not None and _says_the_same(standing.content, content):
        return _once_more(db, standing, content, text, source, said)
    (count,) = db.execute("SELECT count(*) FROM facts").fetchone()
    if count >= MOST_FACTS:
        raise UsageError(
            f"the memory holds {count:,} facts and takes no more; forget some with `collegia memory forget`"
        )
    # what is told late, with an older date, does not undo what was said since
    late = standing is not None and said < standing.said
    (number,) = db.execute(
        "INSERT INTO facts (kind, key, subject, name, written, number, unit, reference, text, said, used, source,"
        " count, replaced_by) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 1, ?) RETURNING id",
        (*row, text, said, said, source, standing.id if standing is not None and late else None),
    ).fetchone()
    fact = Fact(number, content, text, said, said, source, 1, standing.id if standing is not None and late else None)
    if standing is not None and not late:
        db.execute("UPDATE facts SET replaced_by = ? WHERE id = ?", (number, standing.id))
    return fact


def _once_more(db: sqlite3.Connection, known: Fact, content: Content, text: str, source: str, said: str) -> Fact:
    """Count a fact that was said again; the wording is that of the latest time."""
    fact = replace(known, count=known.count + 1, used=max(known.used, said))
    if said >= known.said:
        fact = replace(fact, content=content, text=text, source=source, said=said)
    row = row_of(fact.content, fact.text)
    db.execute(
        "UPDATE facts SET kind = ?, key = ?, subject = ?, name = ?, written = ?, number = ?, unit = ?, reference = ?,"
        " text = ?, said = ?, used = ?, source = ?, count = ? WHERE id = ?",
        (*row, fact.text, fact.said, fact.used, fact.source, fact.count, fact.id),
    )
    return fact


def _says_the_same(old: Content, new: Content) -> bool:
    match old, new:
        case Value(), Value():
            return same_amount(old.amount, new.amount)
        case Abbreviation(), Abbreviation():
            return word_keys(old.long) == word_keys(new.long)
        case Preference(), Preference():
            return (old.unit, old.reference) == (new.unit, new.reference)
        case Statement(), Statement():
            return True  # they share their key, and that is their words
        case _:
            return False


def replacing(new: Fact, old: Fact) -> Conflict:
    """That one fact took the place of another."""
    kept, dropped = new.claim(), old.claim()
    what = f"{kept.what}: " if kept.what else ""
    why = (
        f"{what}you said {kept.amount.written} on {new.day}, and {dropped.amount.written} on {old.day};"
        " what you said last stands"
    )
    return Conflict(kept, dropped, why)
