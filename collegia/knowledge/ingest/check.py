"""Looking a store through for faults, each with what mends it."""

from __future__ import annotations

from dataclasses import dataclass

from collegia.errors import StoreError
from collegia.knowledge.ingest.rebuild import STALE
from collegia.knowledge.store import KnowledgeStore

__all__ = ["Fault", "check"]

_REBUILD = "collegia kb rebuild"

# what is counted, and what is said of it where there is any
_COUNTED = (
    ("SELECT count(*) FROM passages WHERE document NOT IN (SELECT id FROM documents)", "passages of no document"),
    ("SELECT count(*) FROM documents WHERE id NOT IN (SELECT document FROM passages)", "documents without a passage"),
    ("SELECT count(*) FROM passages WHERE id NOT IN (SELECT rowid FROM bodies)", "passages that no search can find"),
    ("SELECT count(*) FROM bodies WHERE rowid NOT IN (SELECT id FROM passages)", "searchable texts of no passage"),
    (
        "SELECT count(*) FROM passages JOIN documents ON documents.id = document"
        " WHERE start < 0 OR start >= end OR end > characters(text)",
        "passages whose span lies outside their document",
    ),
    (
        "SELECT (SELECT count(*) FROM subjects WHERE passage NOT IN (SELECT id FROM passages))"
        " + (SELECT count(*) FROM mentions WHERE passage NOT IN (SELECT id FROM passages))"
        " + (SELECT count(*) FROM relations WHERE passage NOT IN (SELECT id FROM passages))"
        " + (SELECT count(*) FROM model_names WHERE passage NOT IN (SELECT id FROM passages))"
        " + (SELECT count(*) FROM readings WHERE passage NOT IN (SELECT id FROM passages))",
        "findings in passages that are gone",
    ),
    (
        "SELECT (SELECT count(*) FROM subjects WHERE entity NOT IN (SELECT id FROM entities))"
        " + (SELECT count(*) FROM mentions WHERE entity NOT IN (SELECT id FROM entities))"
        " + (SELECT count(*) FROM model_names WHERE entity NOT IN (SELECT id FROM entities))"
        " + (SELECT count(*) FROM relations WHERE subject NOT IN (SELECT id FROM entities)"
        " OR object NOT IN (SELECT id FROM entities))",
        "findings that name nothing",
    ),
    (
        "SELECT count(*) FROM entities WHERE id NOT IN (SELECT entity FROM subjects UNION SELECT entity FROM mentions"
        " UNION SELECT subject FROM relations UNION SELECT object FROM relations)",
        "names that nothing holds",
    ),
    (
        "SELECT count(*) FROM entities WHERE passages <>"
        " (SELECT count(*) FROM mentions WHERE mentions.entity = entities.id)",
        "names whose passages are counted wrong",
    ),
    (
        f"SELECT count(*) FROM documents WHERE substr(digest, 1, {len(STALE)}) = '{STALE}'",  # our constant
        "documents that a rebuild did not reach",
    ),
)


@dataclass(frozen=True, slots=True)
class Fault:
    """Something that is wrong with a store, and the command that mends it."""

    what: str
    mend: str


def check(store: KnowledgeStore) -> list[Fault]:
    """The faults of a store; none where it is whole. Reads everything, changes nothing.

    Raises:
        StoreError: the store cannot be opened at all.
    """
    faults: list[Fault] = []
    anew = f"move {store.path} away, then add the documents again: collegia kb add PATH…"
    try:
        with store.reading() as db:
            damage = [said for (said,) in db.execute("PRAGMA integrity_check(5)")]
    except StoreError as error:
        return [Fault(str(error), anew)]
    if damage != ["ok"]:
        return [Fault(f"the file is damaged: {'; '.join(damage)}", anew)]
    try:
        with store.reading() as db:
            db.execute("INSERT INTO bodies (bodies, rank) VALUES ('integrity-check', 1)")
    except StoreError:
        faults.append(Fault("the index of words does not agree with the texts", _REBUILD))
    with store.reading() as db:
        for query, what in _COUNTED:
            (count,) = db.execute(query).fetchone()
            if count:
                faults.append(Fault(f"{count:,} {what}", _REBUILD))
        row = db.execute(
            "SELECT count(*) FROM passages"
            " WHERE id >= (SELECT CAST(value AS INTEGER) FROM facts WHERE key = 'unlinked')"
        ).fetchone()
    if row[0]:
        faults.append(Fault(f"{row[0]:,} passages are not linked yet: an addition was cut short", _REBUILD))
    return faults
