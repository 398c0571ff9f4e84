"""From what somebody typed to the entity that is meant."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator
from difflib import get_close_matches

from collegia.errors import StoreError, UsageError
from collegia.knowledge.graph.rows import aliases, entities
from collegia.knowledge.records import Entity
from collegia.knowledge.store import KnowledgeStore
from collegia.knowledge.text import key

__all__ = ["beginning", "commonest", "first_known", "resolve"]

_NEAR = 4000  # keys that a misspelt name is compared with
_SHOWN = 6


def resolve(store: KnowledgeStore, name: str) -> Entity:
    """The entity of that name, of its plural or singular, or the only one in whose name its words stand.

    Raises:
        UsageError: no entity is called so, with near names; or several are, with their names.
    """
    said = key(name)
    if not said:
        raise UsageError(f"{name!r} has no letter or figure that a name could be found by")
    with store.reading() as db:
        for spelling in _spellings(said):
            row = db.execute("SELECT id, key, name, passages FROM entities WHERE key = ?", (spelling,)).fetchone()
            if row is not None:
                return Entity(*row)
        found = _partial(db, said)
        if len(found) > 1:
            found = _one_thing(db, found)
        if len(found) == 1:
            return found[0]
        if found:
            more = ", …" if len(found) > _SHOWN else ""
            names = ", ".join(repr(one.name) for one in found[:_SHOWN])
            raise UsageError(f"{name!r} may be one of several names: {names}{more}; give one of them in full")
        near = _near(db, said)
        (any_,) = db.execute("SELECT EXISTS (SELECT 1 FROM entities)").fetchone()
    if not any_:
        raise UsageError("the knowledge store holds no names yet; `collegia kb add PATH` takes documents in")
    hint = f"; near it: {', '.join(repr(one) for one in near)}" if near else ""
    raise UsageError(f"no name {name!r} is in the knowledge store{hint}")


def first_known(store: KnowledgeStore, names: Iterable[str]) -> str:
    """The first of these that means one entity, as the store spells it; empty where none does.

    Raises:
        StoreError: the store cannot be read.
    """
    for one in names:
        try:
            return resolve(store, one).name
        except StoreError:
            raise
        except UsageError:
            continue
    return ""


def beginning(store: KnowledgeStore, typed: str, most: int = 8) -> list[str]:
    """The names that begin with what was typed so far, those in the most passages first.

    Raises:
        StoreError: the store cannot be read.
    """
    said = key(typed)
    with store.reading() as db:
        rows = db.execute(
            "SELECT name FROM entities WHERE key >= ? AND key < ? ORDER BY passages DESC, key LIMIT ?",
            (said, f"{said}\U0010ffff", most),
        ).fetchall()
    return [name for (name,) in rows]


def commonest(store: KnowledgeStore, most: int = 60) -> list[Entity]:
    """The names that documents are about, those in the most passages first.

    Raises:
        StoreError: the store cannot be read.
    """
    with store.reading() as db:
        rows = db.execute(
            "SELECT id, key, name, passages FROM entities WHERE EXISTS (SELECT 1 FROM subjects WHERE entity = id)"
            " ORDER BY passages DESC, key LIMIT ?",
            (most,),
        ).fetchall()
    return [Entity(*row) for row in rows]


def _spellings(said: str) -> Iterator[str]:
    """The key itself, then as a plural or a singular."""
    yield said
    if said.endswith("ies"):
        yield f"{said[:-3]}y"
    if said.endswith("es"):
        yield said[:-2]
    if said.endswith("s"):
        yield said[:-1]
    else:
        yield f"{said}s"
        yield f"{said}es"
    if said.endswith("y"):
        yield f"{said[:-1]}ies"


def _partial(db: sqlite3.Connection, said: str) -> list[Entity]:
    """The entities in whose names the words stand together, as whole words; what passages are about goes first."""
    numbers = [
        one
        for (one,) in db.execute(
            "SELECT id FROM entities WHERE ' ' || key || ' ' LIKE '% ' || ? || ' %'"
            " ORDER BY EXISTS (SELECT 1 FROM subjects WHERE entity = id) DESC, length(key), key LIMIT 40",
            (said,),  # a key has letters, figures and spaces only, so nothing in it is a pattern
        )
    ]
    found = entities(db, numbers)
    return [found[one] for one in numbers]


def _one_thing(db: sqlite3.Connection, found: list[Entity]) -> list[Entity]:
    """One entity where they are all names of the same thing; else all of them."""
    first, *others = found
    same = {link.right for link in aliases(db, first.id)}
    return [first] if all(one.id in same for one in others) else found


def _near(db: sqlite3.Connection, said: str) -> list[str]:
    """Names that are spelt nearly so: they begin with the same two letters, or with the same word but its end."""
    start = said[:2]
    rows = db.execute(
        "SELECT key, name FROM entities WHERE key >= ? AND key < ? ORDER BY passages DESC LIMIT ?",
        (start, f"{start}\U0010ffff", _NEAR),
    ).fetchall()
    names = dict(rows)
    return [names[one] for one in get_close_matches(said, names, n=3, cutoff=0.6)]
