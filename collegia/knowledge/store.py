"""The knowledge store: one SQLite file with documents, passages and the names and relations found in them.

It is the truth; vectors and graphs in memory are made from it. Every change is one transaction, so a process killed at
any moment leaves a store that is whole: documents that were taken in but not yet linked are linked by the next one.
"""

from __future__ import annotations

import hashlib
import re
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from collegia.database import Database
from collegia.errors import UsageError
from collegia.knowledge.extract import Extractor, RuleExtractor, also_called
from collegia.knowledge.gazetteer import Gazetteer
from collegia.knowledge.linking import chunks, forget, link, mentioning, relink, write_extracts
from collegia.knowledge.readings import Reading, Words, readings_of, restore
from collegia.knowledge.records import Document, Extract, Listed, Passage, StoredDocument
from collegia.knowledge.schema import open_store
from collegia.knowledge.split import split

__all__ = ["Added", "KnowledgeStore", "touch"]

_BATCH = 200  # documents a transaction
_BATCH_CHARACTERS = 4_000_000  # and no more text than this and one document
_LINKED = 2000  # passages a transaction of linking
_BACK = 3000  # new names up to which older passages are looked up one name at a time

_LONGEST_TITLE = 300  # characters of a title that are searched with each passage
_NO_TEXT = re.compile("[\ud800-\udfff]")

Progress = Callable[[int], None]


@dataclass(frozen=True, slots=True)
class Added:
    """What an addition did: how many documents are new, replaced, or had not changed."""

    new: int = 0
    replaced: int = 0
    unchanged: int = 0


class KnowledgeStore(Database):
    """Documents and what was found in them, in a file or in memory.

    Safe to use from several threads, and from several processes on one file.

    Raises:
        StoreError: from every method, when the file cannot be read or written; with its path and what to do.
    """

    what = "knowledge store"

    def __init__(self, path: Path | str | None, extractor: Extractor | None = None) -> None:
        super().__init__(path)
        self._extractor: Extractor = RuleExtractor() if extractor is None else extractor

    @classmethod
    def in_memory(cls, extractor: Extractor | None = None) -> KnowledgeStore:
        """A store that is gone with the process."""
        return cls(None, extractor)

    def add(self, documents: Iterable[Document], progress: Progress | None = None) -> Added:
        """Take documents in; one whose content is stored already is left alone, one that has changed is replaced.

        Args:
            documents: read one by one, so they need not all be in memory.
            progress: told how many documents are done, after each batch.

        Raises:
            UsageError: a document without a source or without text, or with characters that no file can hold. The
                documents of its batch are not taken in; those of the batches before are.
        """
        new = replaced = unchanged = 0
        waiting = iter(documents)
        while batch := _batch(waiting):
            with self.writing() as db:
                for document in batch:
                    kind = self._take(db, document)
                    new, replaced, unchanged = new + (kind == 1), replaced + (kind == 2), unchanged + (kind == 0)
            if progress is not None:
                progress(len(batch))
        self.link()
        return Added(new, replaced, unchanged)

    def _take(self, db: sqlite3.Connection, document: Document) -> int:
        """0 where it was there, 1 where it is new, 2 where it replaced an older one."""
        if not document.source:
            raise UsageError("a document needs a source: a path, an address or an id")
        for part in (document.text, document.source, document.name, document.title, document.collection, document.date):
            _check(part, document.source)
        digest = document.digest or hashlib.sha256(document.text.encode()).hexdigest()
        title, pieces = split(document.text, document.form)
        if not pieces:
            raise UsageError(f"{document.source} yields no text")
        row = db.execute(
            "SELECT id, digest, name, title, form, collection, date FROM documents WHERE source = ?", (document.source,)
        ).fetchone()
        title = document.title or title
        name = document.name or document.source
        left: set[int] = set()
        before: Mapping[Words, Reading] = {}
        if row is not None:
            if row[1:] == (digest, name, title, document.form, document.collection, document.date):
                return 0
            before = readings_of(db, row[0])
            left = self._drop(db, row[0])
        row_values = (document.source, name, title, document.form, document.collection, document.date, digest)
        (number,) = db.execute(
            "INSERT INTO documents (source, name, title, form, collection, date, digest, added, text)"
            " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?) RETURNING id",
            (*row_values, datetime.now(UTC).isoformat(timespec="seconds"), document.text),
        ).fetchone()
        also = also_called(document.text)
        extracts: dict[int, Extract] = {}
        words: dict[int, Words] = {}
        for piece in pieces:
            (passage,) = db.execute(
                "INSERT INTO passages (document, start, end, heading) VALUES (?, ?, ?, ?) RETURNING id",
                (number, piece.start, piece.end, piece.heading),
            ).fetchone()
            shown = " ".join(dict.fromkeys([title[:_LONGEST_TITLE], *piece.heading.split(" › "), *also])).strip()
            db.execute("INSERT INTO bodies (rowid, title, body) VALUES (?, ?, ?)", (passage, shown, piece.body))
            words[passage] = (shown, piece.heading, piece.body)
            last = piece.heading.rpartition(" › ")[2]
            extracts[passage] = self._extractor.extract(title, also, last, piece.body)
        write_extracts(db, extracts)
        relink(db, left)
        restore(db, before, words)
        db.execute("INSERT OR IGNORE INTO facts VALUES ('unlinked', ?)", (str(min(extracts)),))
        touch(db)
        return 1 if row is None else 2

    def link(self) -> None:
        """Link the passages that were taken in since the last time; `add` does it, unless it was killed."""
        while (first := self.fact("unlinked")) is not None:
            self._link_from(int(first))
        if self.fact("unwiped") is not None:
            self._wipe()

    def _link_from(self, first: int) -> None:
        """Link the passages from a number on, and to their names those before."""
        with self.reading() as db:
            older = db.execute("SELECT count(*) FROM passages WHERE id < ?", (first,)).fetchone()[0]
            fresh = [one for (one,) in db.execute("SELECT id FROM passages WHERE id >= ? ORDER BY id", (first,))]
            names = dict(
                db.execute(
                    "SELECT DISTINCT key, name FROM entities JOIN subjects ON entity = id WHERE passage >= ?"
                    " AND NOT EXISTS (SELECT 1 FROM subjects AS other WHERE other.entity = id AND other.passage < ?)",
                    (first, first),
                ).fetchall()
            )
            again: list[int] = []
            if older and len(names) <= _BACK:
                again = mentioning(db, names, first - 1)
            elif older:
                again = [one for (one,) in db.execute("SELECT id FROM passages WHERE id < ?", (first,))]
        everything = again + fresh
        gazetteer, known = None, -1
        for start in range(0, len(everything), _LINKED):
            with self.writing() as db:
                if len(everything) > _LINKED and (version := self.version()) != known:
                    gazetteer, known = Gazetteer(db), version
                    gazetteer.load()
                bodies: dict[int, str] = {}
                for some, marks in chunks(everything[start : start + _LINKED]):
                    bodies.update(db.execute(f"SELECT rowid, body FROM bodies WHERE rowid IN ({marks})", some))
                link(db, bodies, gazetteer)
        with self.writing() as db:
            # another process may have taken in more meanwhile: then these are the ones to link
            last = fresh[-1] if fresh else first - 1
            (later,) = db.execute("SELECT min(id) FROM passages WHERE id > ?", (last,)).fetchone()
            if later is None:
                db.execute("DELETE FROM facts WHERE key = 'unlinked' AND value = ?", (str(first),))
            else:
                db.execute("UPDATE facts SET value = ? WHERE key = 'unlinked' AND value = ?", (str(later), str(first)))
            touch(db)

    def remove(self, which: str) -> list[str]:
        """Remove the documents of that source or name without a trace; the sources that were removed."""
        with self.writing() as db:
            rows = db.execute(
                "SELECT id, source FROM documents WHERE source = ? OR name = ?", (which, which)
            ).fetchall()
            self._drop_all(db, [number for number, _ in rows])
        if rows:
            self._wipe()
        return [source for _, source in rows]

    def discard(self, documents: Sequence[int]) -> None:
        """Remove documents by their numbers without a trace, all or none; a number that is none is passed over."""
        if documents:
            with self.writing() as db:
                self._drop_all(db, documents)
            self._wipe()

    def _drop_all(self, db: sqlite3.Connection, numbers: Sequence[int]) -> None:
        relink(db, {one for number in numbers for one in self._drop(db, number)})
        if numbers:
            touch(db)

    def _drop(self, db: sqlite3.Connection, number: int) -> set[int]:
        """Delete a document; the numbers of what it was about."""
        left = forget(db, [one for (one,) in db.execute("SELECT id FROM passages WHERE document = ?", (number,))])
        db.execute("DELETE FROM documents WHERE id = ?", (number,))
        db.execute("INSERT OR IGNORE INTO facts VALUES ('unwiped', '')")
        return left

    def _wipe(self) -> None:
        """Take what was deleted out of the index's own pages and out of the write-ahead file too.

        Where another process reads the file all the while, or this one is killed, the next change does it.
        """
        with self.writing() as db:
            db.execute("INSERT INTO bodies (bodies) VALUES ('optimize')")
            db.execute("DELETE FROM facts WHERE key = 'unwiped'")
        with self.reading() as db:
            (busy, *_) = db.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
        if busy:
            self.keep("unwiped", "")

    def documents(self) -> list[StoredDocument]:
        """All documents, by name."""
        with self.reading() as db:
            rows = db.execute(
                "SELECT id, source, name, title, form, collection, date, digest, added, characters(text),"
                " (SELECT count(*) FROM passages WHERE document = documents.id) FROM documents ORDER BY name, source"
            ).fetchall()
        return [StoredDocument(*row) for row in rows]

    def names(self) -> list[Listed]:
        """What all documents are called, by name; no text is read for it."""
        with self.reading() as db:
            rows = db.execute("SELECT source, name, title, collection FROM documents ORDER BY name, source").fetchall()
        return [Listed(*row) for row in rows]

    def text(self, document: int) -> str:
        """The whole text of a document.

        Raises:
            UsageError: there is none of that number.
        """
        with self.reading() as db:
            row = db.execute("SELECT text FROM documents WHERE id = ?", (document,)).fetchone()
        if row is None:
            raise UsageError(f"no document {document} is stored")
        return str(row[0])

    def passages(self, numbers: Sequence[int]) -> dict[int, Passage]:
        """Passages by their numbers."""
        found: dict[int, Passage] = {}
        with self.reading() as db:
            for some, marks in chunks(numbers):
                rows = db.execute(
                    "SELECT id, document, start, end, heading, body FROM passages JOIN bodies ON bodies.rowid = id"
                    f" WHERE id IN ({marks})",
                    some,
                )
                found.update({row[0]: Passage(*row) for row in rows})
        return found

    def sources(self, documents: Iterable[int]) -> dict[int, tuple[str, str]]:
        """Source and name of documents by their numbers."""
        found: dict[int, tuple[str, str]] = {}
        with self.reading() as db:
            for some, marks in chunks(list(documents)):
                for number, source, name in db.execute(
                    f"SELECT id, source, name FROM documents WHERE id IN ({marks})", some
                ):
                    found[number] = (source, name)
        return found

    def counts(self) -> dict[str, int]:
        """How many documents, passages, entities, mentions and relations there are."""
        tables = ("documents", "passages", "entities", "mentions", "relations")
        with self.reading() as db:
            return {table: db.execute(f"SELECT count(*) FROM {table}").fetchone()[0] for table in tables}

    def passage_count(self) -> int:
        """How many passages there are."""
        with self.reading() as db:
            return int(db.execute("SELECT count(*) FROM passages").fetchone()[0])

    def version(self) -> int:
        """A number that every change raises; what is made from the store is fresh while it is the same."""
        return int(self.fact("version") or 0)

    def fact(self, name: str) -> str | None:
        """Something the store was told to keep, None where it was not."""
        with self.reading() as db:
            row = db.execute("SELECT value FROM facts WHERE key = ?", (name,)).fetchone()
        return None if row is None else str(row[0])

    def keep(self, name: str, value: str | None) -> None:
        """Keep something under a name; None forgets it."""
        with self.writing() as db:
            if value is None:
                db.execute("DELETE FROM facts WHERE key = ?", (name,))
            else:
                db.execute("INSERT OR REPLACE INTO facts VALUES (?, ?)", (name, value))

    def _open(self) -> sqlite3.Connection:
        return open_store(self.path)


def _batch(waiting: Iterator[Document]) -> list[Document]:
    """The next documents that go in together."""
    found: list[Document] = []
    characters = 0
    for document in waiting:
        found.append(document)
        characters += len(document.text)
        if len(found) >= _BATCH or characters >= _BATCH_CHARACTERS:
            break
    return found


def _check(said: str, source: str) -> None:
    """Refuse what no file of text can hold."""
    found = _NO_TEXT.search(said)
    if found is not None:
        raise UsageError(f"{source!r} holds half a character at {found.start():,}, so it is no text; decode it anew")


def touch(db: sqlite3.Connection) -> None:
    """Tell whoever made something from the store that it has changed; within a transaction."""
    db.execute(
        "INSERT INTO facts VALUES ('version', '1')"
        " ON CONFLICT (key) DO UPDATE SET value = CAST(CAST(value AS INTEGER) + 1 AS TEXT)"
    )
