"""Linking passages by the names they mention: who mentions what some passage is about."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TypeVar

from collegia.knowledge.gazetteer import Gazetteer, tokens
from collegia.knowledge.names import runs, without_initials
from collegia.knowledge.records import Extract, Mention
from collegia.knowledge.text import key

__all__ = ["chunks", "entity_ids", "forget", "link", "mentioning", "prune", "recount", "relink", "write_extracts"]

_CHUNK = 900
_MANY = 400  # passages from which on it is cheaper to hold every key than to ask for those that may occur
_COMMON = 2000  # passages a phrase may stand in for older ones to be linked to it again

_PART = re.compile(r"[^\W_]+")  # letters and figures only: nothing else means something in the index's language

T = TypeVar("T")


def chunks(items: Sequence[T]) -> Iterator[tuple[Sequence[T], str]]:
    """Pieces that fit into one statement, each with its question marks."""
    for first in range(0, len(items), _CHUNK):
        some = items[first : first + _CHUNK]
        yield some, ",".join("?" * len(some))


def entity_ids(db: sqlite3.Connection, names: Mapping[str, str]) -> dict[str, int]:
    """The numbers of the entities of these keys, made where there are none yet; `names` has the spelling to show."""
    db.executemany("INSERT OR IGNORE INTO entities (key, name, passages) VALUES (?, ?, 0)", names.items())
    found: dict[str, int] = {}
    for some, marks in chunks(list(names)):
        found.update(db.execute(f"SELECT key, id FROM entities WHERE key IN ({marks})", some))
    return found


def write_extracts(db: sqlite3.Connection, extracts: Mapping[int, Extract]) -> list[str]:
    """Store subjects and relations by passage; the keys that passages are now about."""
    names: dict[str, str] = {}
    for extract in extracts.values():
        for subject in extract.subjects:
            names.setdefault(key(subject.name), subject.name)
        for relation in extract.relations:
            names.setdefault(key(relation.subject), relation.subject)
            names.setdefault(key(relation.object), relation.object)
    names.pop("", None)
    ids = entity_ids(db, names)
    subjects, relations = [], []
    for passage, extract in extracts.items():
        for subject in extract.subjects:
            if found := key(subject.name):
                subjects.append((ids[found], passage, subject.weight))
        for one in extract.relations:
            left, right = key(one.subject), key(one.object)
            if left and right:
                relations.append(
                    (ids[left], one.verb, ids[right], passage, one.start, one.end, one.origin, one.confidence)
                )
    db.executemany("INSERT OR IGNORE INTO subjects VALUES (?, ?, ?)", subjects)
    db.executemany(
        "INSERT INTO relations (subject, verb, object, passage, start, end, origin, confidence)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        relations,
    )
    return list(dict.fromkeys(key(subject.name) for extract in extracts.values() for subject in extract.subjects))


def link(db: sqlite3.Connection, passages: Mapping[int, str], gazetteer: Gazetteer | None = None) -> None:
    """Find the names that passages mention, by their forms and by what others are about; replaces what was found.

    What a model found in them stays found.

    Args:
        db: the store, within a transaction.
        passages: bodies by passage.
        gazetteer: with every key loaded; one is made where it is None.
    """
    words = {passage: tokens(body) for passage, body in passages.items()}
    if gazetteer is None:
        gazetteer = Gazetteer(db)
        if len(passages) > _MANY:
            gazetteer.load()
        else:
            gazetteer.load_for(words.values())
    found: list[tuple[int, str, Mention]] = []
    names: dict[str, str] = {}
    for passage, body in passages.items():
        mine: dict[str, Mention] = {}
        covered: list[tuple[int, int]] = []
        for run in runs(body):
            if said := key(run.text):
                mine.setdefault(said, Mention(run.text, run.start, run.end))
                if " " in said:
                    covered.append((run.start, run.end))
                if shorter := without_initials(said):
                    mine.setdefault(shorter, Mention(run.text, run.start, run.end))
        for said, mention in gazetteer.mentions(body, words[passage]):
            # "Day" within "Lady for a Day" is no mention of a day
            if " " in said or not any(start <= mention.start < end for start, end in covered):
                mine.setdefault(said, mention)
        for said, mention in mine.items():
            names.setdefault(said, " ".join(mention.name.split()))
            found.append((passage, said, mention))
    ids = entity_ids(db, names)
    before = _entities_of(db, list(passages))
    for some, marks in chunks(list(passages)):
        db.execute(f"DELETE FROM mentions WHERE passage IN ({marks})", some)
    db.executemany(
        "INSERT OR IGNORE INTO mentions VALUES (?, ?, ?, ?)",
        ((passage, ids[said], mention.start, mention.end) for passage, said, mention in found),
    )
    db.executemany(
        "INSERT OR IGNORE INTO mentions SELECT passage, entity, start, end FROM model_names WHERE passage = ?",
        ((passage,) for passage in passages),
    )
    db.executemany(  # what a passage is about it mentions, whether or not the words stand in it
        "INSERT OR IGNORE INTO mentions SELECT passage, entity, 0, 0 FROM subjects WHERE passage = ?",
        ((passage,) for passage in passages),
    )
    recount(db, before | _entities_of(db, list(passages)))


def mentioning(db: sqlite3.Connection, names: Mapping[str, str], before: int) -> list[int]:
    """The passages up to number `before` in which one of these names, by key with their spelling, may stand."""
    found: set[int] = set()
    for said, name in names.items():
        rows = db.execute(
            "SELECT rowid FROM bodies WHERE bodies MATCH ? AND rowid <= ? LIMIT ?",
            (f"body : ({_phrase(said)} OR {_phrase(name)})", before, _COMMON),
        ).fetchall()
        if len(rows) < _COMMON:
            found.update(passage for (passage,) in rows)
    return sorted(found)


def _phrase(name: str) -> str:
    """A name in the index's own language: its words near each other, for the index splits "Young's" in two."""
    words = [f'"{word}"' for word in _PART.findall(name)]
    return words[0] if len(words) == 1 else f"NEAR({' '.join(words)}, {2 * len(words)})"


def recount(db: sqlite3.Connection, entities: Iterable[int]) -> None:
    """Count again in how many passages these entities are mentioned."""
    for some, marks in chunks(list(entities)):
        db.execute(
            "UPDATE entities SET passages = (SELECT count(*) FROM mentions WHERE mentions.entity = entities.id)"
            f" WHERE id IN ({marks})",
            some,
        )


def forget(db: sqlite3.Connection, passages: Sequence[int]) -> set[int]:
    """Delete passages and everything found in them; names that nothing else mentions go with them.

    Returns:
        The numbers of what these passages were about: `relink` follows, once no other passage will be about it.
    """
    touched = _entities_of(db, passages)
    subjects: set[int] = set()
    for some, marks in chunks(passages):
        subjects.update(one for (one,) in db.execute(f"SELECT entity FROM subjects WHERE passage IN ({marks})", some))
    for some, marks in chunks(passages):
        for left, right in db.execute(f"SELECT subject, object FROM relations WHERE passage IN ({marks})", some):
            touched |= {left, right}
        for table in ("mentions", "subjects", "relations", "model_names", "readings"):
            db.execute(f"DELETE FROM {table} WHERE passage IN ({marks})", some)
        db.execute(f"DELETE FROM bodies WHERE rowid IN ({marks})", some)
        db.execute(f"DELETE FROM passages WHERE id IN ({marks})", some)
    recount(db, touched)
    prune(db, touched)
    return subjects


def relink(db: sqlite3.Connection, entities: Iterable[int]) -> None:
    """Link again the passages that mention these names, as far as no passage is about them any more.

    Without it a removed document would leave links behind: its title was a name in the others for its sake only.
    """
    passages: set[int] = set()
    alone = "SELECT 1 FROM subjects WHERE subjects.entity = mentions.entity"
    numbers = list(entities)
    for some, marks in chunks(numbers):
        rows = db.execute(f"SELECT passage FROM mentions WHERE entity IN ({marks}) AND NOT EXISTS ({alone})", some)
        passages.update(passage for (passage,) in rows)
    gazetteer = Gazetteer(db)
    if len(passages) > _MANY:
        gazetteer.load()
    for some, marks in chunks(sorted(passages)):
        bodies = dict(db.execute(f"SELECT rowid, body FROM bodies WHERE rowid IN ({marks})", some).fetchall())
        link(db, bodies, gazetteer if len(passages) > _MANY else None)
    prune(db, numbers)


def prune(db: sqlite3.Connection, entities: Iterable[int]) -> None:
    """Delete those of these names that nothing in the store speaks of any more."""
    for some, marks in chunks(list(entities)):
        db.execute(
            f"DELETE FROM entities WHERE id IN ({marks})"
            " AND NOT EXISTS (SELECT 1 FROM mentions WHERE entity = entities.id)"
            " AND NOT EXISTS (SELECT 1 FROM subjects WHERE entity = entities.id)"
            " AND NOT EXISTS (SELECT 1 FROM relations WHERE subject = entities.id)"
            " AND NOT EXISTS (SELECT 1 FROM relations WHERE object = entities.id)"
            " AND NOT EXISTS (SELECT 1 FROM model_names WHERE entity = entities.id)",
            some,
        )


def _entities_of(db: sqlite3.Connection, passages: Sequence[int]) -> set[int]:
    found: set[int] = set()
    for some, marks in chunks(passages):
        found.update(one for (one,) in db.execute(f"SELECT entity FROM mentions WHERE passage IN ({marks})", some))
        found.update(one for (one,) in db.execute(f"SELECT entity FROM subjects WHERE passage IN ({marks})", some))
    return found
