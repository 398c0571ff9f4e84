"""The library: the store that an assistant asks, with the handbooks of the installed domains on its shelves."""

from __future__ import annotations

import asyncio
import hashlib
import threading
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from copy import copy
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Protocol

from collegia.errors import ContractError
from collegia.knowledge.compose import Quote, Quoting, compose, coverage
from collegia.knowledge.facets import facets
from collegia.knowledge.links import linked
from collegia.knowledge.records import Document, Filters, Hit, Listed
from collegia.knowledge.search.searcher import Dense, Found, Searcher
from collegia.knowledge.stated import StatedValue, stated_values
from collegia.knowledge.store import KnowledgeStore
from collegia.knowledge.text import asked_words, content_words, related, sentences, stem
from collegia.tools.domain import Domain
from collegia.tools.kinds import Kind
from collegia.tools.registry import installed

__all__ = ["Helper", "Library", "Reply", "handbook_documents"]

_MARK = "handbook "  # and the domain's name: what the store keeps of a handbook that is on its shelf
_HITS = 24
_READ = 8
_STRANGE = 0.3
"""The share of a question's words that no document may have; above it the question is about something else."""
_ENOUGH = 0.35
"""The share of a question's words that the best passages must have; below it the store does not hold an answer."""
_ENOUGH_NAMED = 0.25  # the same, where the question has the name of something that a document is about
_FEWEST_WORDS = 2  # of a question that a sentence can settle
_LINKED = 12  # documents spoken of by the best that are looked at
_LEADS = 3  # of these that are quoted
_NONE = ("",)  # a source that no document has: an empty filter would let all through


class Helper(Protocol):
    """A search that has to wait, such as one that a model helps."""

    async def search(self, question: str, most: int = 10, filters: Filters | None = None) -> Found:
        """The passages that answer a question, best first."""
        ...


@dataclass(frozen=True, slots=True)
class Reply:
    """What the library says to a question.

    Attributes:
        quotes: sentences, in the order to read them; empty where it holds nothing.
        documents: the names of the documents cited, the best first.
        notes: what is not held, or was left out.
    """

    quotes: tuple[Quote, ...]
    documents: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()


def handbook_documents(domain: Domain) -> Iterator[Document]:
    """The documents that a domain ships, named by their files.

    Raises:
        ContractError: a page cannot be read, or says nothing.
    """
    if domain.handbook is None:
        return
    for path in sorted(Path(domain.handbook).glob("*.md")):
        try:
            text = path.read_text(encoding="utf-8")
        except (OSError, UnicodeDecodeError) as error:
            raise ContractError(f"the handbook of {domain.name}: {path.name} cannot be read: {error}") from error
        if not text.strip():
            raise ContractError(f"the handbook of {domain.name}: {path.name} says nothing; write it, or take it out")
        yield Document(f"{domain.name}/{path.stem}", text, name=path.stem, form="markdown", collection=domain.name)


class Library:
    """Answers from documents. The handbooks are taken in on first use, and again when they have changed.

    A handbook whose domain is installed and not among these stays on its shelf, and nothing is quoted from it.

    Args:
        store: the documents.
        domains: whose handbooks belong to it.
        dense: similarity of vectors, where an embedding is configured.
        helper: makes a search that a model helps of the plain one; `helped` and `helped_reply` are by it.
    """

    def __init__(
        self,
        store: KnowledgeStore,
        domains: Iterable[Domain] = (),
        dense: Dense | None = None,
        quoting: Quoting | None = None,
        helper: Callable[[Searcher], Helper] | None = None,
    ) -> None:
        self._quoting = quoting
        self.store = store
        self.searcher = Searcher(store, dense=dense)
        self.helper = None if helper is None else helper(self.searcher)
        self._domains = tuple(domains)
        self._away: frozenset[str] = frozenset()  # domains whose handbooks are not to be read
        self._lock = threading.Lock()
        self._ready = False
        self._whole: Library | None = None
        self._only: tuple[str, ...] = ()
        self._without: frozenset[str] = frozenset()

    def part(self, documents: Collection[str] = (), without: Collection[str] = ()) -> Library:
        """The same library with fewer documents to read; it shares the store and all that is made from it.

        Args:
            documents: the sources of those that are read; all where none are given. One that is not stored any more
                takes no other's place.
            without: domains whose handbooks are not read, where no documents are given.
        """
        made = copy(self)
        made._whole = self if self._whole is None else self._whole
        made._only, made._without = tuple(documents), frozenset(without)
        return made

    def names(self) -> list[Listed]:
        """What the documents are called that can be read, by name; handbooks that were not taken in yet are not there.

        Raises:
            StoreError: the store cannot be read.
        """
        away = self._closed() | self._unread()
        return [
            one
            for one in self.store.names()
            if (one.source in self._only if self._only else one.collection not in away)
        ]

    def prepare(self) -> None:
        """Take in the handbooks that are new or have changed, and drop their pages that are gone.

        All pages of a handbook are gone that its domain no longer has, or whose domain is no longer installed.

        Raises:
            StoreError: the store cannot be written.
            ContractError: a page of a handbook cannot be read, or says nothing.
        """
        if self._whole is not None:
            self._whole.prepare()
            return
        with self._lock:
            if self._ready:
                return
            for domain in self._domains:
                if domain.handbook is not None:
                    self._shelve(domain)
            self._clear()
            self.store.link()
            self._ready = True

    def _clear(self) -> None:
        """Drop the handbooks that nothing installed has; what is only left out of this process stays."""
        if unread := self._unread():
            self._away = frozenset(unread & set(installed(narrowed=False)) - {domain.name for domain in self._domains})
            for name in unread - self._away:
                self.store.discard(self._brought(name))
                self.store.keep(f"{_MARK}{name}", None)

    def _unread(self) -> frozenset[str]:
        """The domains whose handbooks are in the store and do not belong to this library."""
        with self.store.reading() as db:
            marks = db.execute("SELECT key FROM facts WHERE key GLOB ?", (f"{_MARK}*",)).fetchall()
        shelved = frozenset(mark.removeprefix(_MARK) for (mark,) in marks)
        return shelved - {domain.name for domain in self._domains if domain.handbook is not None}

    def _brought(self, domain: str, current: Collection[str] = ()) -> list[int]:
        """The documents that a domain's handbook has brought, but for the current ones.

        The user may have given a collection the domain's name: only what the handbook brought goes with it.
        """
        return [
            one.id
            for one in self.store.documents()
            if one.collection == domain and one.source.startswith(f"{domain}/") and one.source not in current
        ]

    def _shelve(self, domain: Domain) -> None:
        documents = list(handbook_documents(domain))
        mark = hashlib.sha256()
        for document in documents:
            mark.update(f"{document.source}\0{len(document.text)}\0{document.text}".encode())
        fact = f"{_MARK}{domain.name}"
        if self.store.fact(fact) == mark.hexdigest():
            return
        self.store.keep(fact, "")  # a process that is killed here leaves pages that are known for a handbook's
        self.store.discard(self._brought(domain.name, {document.source for document in documents}))
        self.store.add(documents)
        self.store.keep(fact, mark.hexdigest())

    def search(self, question: str, most: int = 10, filters: Filters | None = None) -> Found:
        """The passages that answer a question, best first.

        Raises:
            StoreError: the store cannot be read.
        """
        self.prepare()
        return self.searcher.search(question, most, self._readable(filters))

    def _readable(self, filters: Filters | None) -> Filters | None:
        """The filters, which leave out what is not to be read; handbooks only where they name no collection."""
        said = Filters() if filters is None else filters
        if self._only:
            both = tuple(one for one in self._only if one in said.documents) if said.documents else self._only
            return replace(said, documents=both or _NONE)
        away = self._closed()
        if not away or said.collections:
            return filters
        return replace(said, collections=tuple(one for one in ("user", *self._collections()) if one not in away))

    def _closed(self) -> frozenset[str]:
        """The domains whose handbooks are not to be read."""
        return (self if self._whole is None else self._whole)._away | self._without

    def _collections(self) -> list[str]:
        with self.store.reading() as db:  # without the texts, which would all be read
            return [one for (one,) in db.execute("SELECT DISTINCT collection FROM documents")]

    async def helped(self, question: str, most: int = 10, filters: Filters | None = None) -> Found:
        """`search` with the help of a model, where there is one.

        Raises:
            StoreError: the store cannot be read.
        """
        if self.helper is None:
            return await asyncio.to_thread(self.search, question, most, filters)
        await asyncio.to_thread(self.prepare)
        return await self.helper.search(question, most, await asyncio.to_thread(self._readable, filters))

    def reply(self, question: str, filters: Filters | None = None) -> Reply:
        """The sentences that answer a question, word for word; none where the store does not hold an answer.

        Raises:
            StoreError: the store cannot be read.
        """
        return self._reply(question, self.search(question, _HITS, filters), filters)

    async def helped_reply(self, question: str, filters: Filters | None = None) -> Reply:
        """`reply` with the help of a model in the search, where there is one; the sentences are quoted all the same.

        Raises:
            StoreError: the store cannot be read.
        """
        found = await self.helped(question, _HITS, filters)
        return await asyncio.to_thread(self._reply, question, found, filters)

    def _reply(self, question: str, found: Found, filters: Filters | None) -> Reply:
        """What is quoted of what was found."""
        known = self._known(question)
        words = list(dict.fromkeys(asked_words(question)))
        strange = [word for word in words if not known.get(stem(word))]
        notes = list(found.notes)
        if strange:
            notes.append(f"no document has the words: {', '.join(strange)}")
        texts = [f"{hit.passage.heading} {hit.passage.body}" for hit in found.hits[:_READ]]
        held = coverage(question, texts, known, max(1, self.store.passage_count()))
        enough = _ENOUGH_NAMED if found.names else _ENOUGH
        if held < enough or (not found.names and len(strange) > _STRANGE * len(words)):
            return Reply((), (), tuple(notes))
        parts = [(part, self.search(part, _HITS // 2, filters)) for part in facets(question)]

        def leads(documents: Mapping[int, float]) -> Sequence[Hit]:
            return self._leads(question, documents)

        quotes = compose(question, [(question, found), *parts], leads, cache(self.store.text), self._quoting)
        return Reply(quotes, tuple(dict.fromkeys(quote.document for quote in quotes)), tuple(notes))

    def says(self, question: str) -> bool:
        """Whether one sentence of the user's own documents has every word that a question is about.

        The handbooks speak of the general case, and so never settle what one thing's value is.

        Raises:
            StoreError: the store cannot be read.
        """
        words = [stem(word) for word in dict.fromkeys(asked_words(question))]
        if len(words) < _FEWEST_WORDS:
            return False
        self.prepare()
        shelved = {domain.name for domain in self._domains if domain.handbook is not None} | self._closed()
        own = tuple(one for one in self._collections() if one not in shelved)
        if not own and not self._only:
            return False
        # documents that were chosen one by one are all meant, a page of a handbook too
        for hit in self.search(question, _READ, Filters() if self._only else Filters(collections=own)).hits:
            for span in sentences(hit.passage.body):
                there = {stem(word) for word in content_words(span.of(hit.passage.body))}
                if all(any(related(word, other) for other in there) for word in words):
                    return True
        return False

    def stated(self, kind: Kind, question: str) -> tuple[StatedValue, ...]:
        """The values of a kind that documents state for what a question speaks of; none where two of them disagree.

        Raises:
            StoreError: the store cannot be read.
        """
        found = self.search(f"{kind.label} {question}", _HITS)
        raw = {hit.passage.document: self.store.text(hit.passage.document) for hit in found.hits}
        values = stated_values(kind, question, found.hits, raw)
        best = [one for one in values if one.about == values[0].about and one.about]
        return tuple(best) if len({round(one.value, 12) for one in best}) == 1 else ()

    def _leads(self, question: str, documents: Mapping[int, float]) -> Sequence[Hit]:
        """Hits in the documents that these speak of most, as far as they too have words of the question."""
        scores = linked(self.store, documents)
        best = sorted((one for one in scores if one not in documents), key=lambda one: -scores[one])[:_LINKED]
        if not best:
            return ()
        sources = tuple(source for source, _ in self.store.sources(best).values())
        hits = self.search(question, 2 * _LINKED, Filters(documents=sources)).hits
        summed: dict[int, float] = {}
        for hit in hits:
            summed[hit.passage.document] = summed.get(hit.passage.document, 0.0) + hit.score
        taken = sorted(summed, key=lambda one: -summed[one] * scores[one])[:_LEADS]
        return [hit for hit in hits if hit.passage.document in taken]

    def _known(self, question: str) -> Mapping[str, int]:
        """In how many passages each stem of the question stands."""
        found: dict[str, int] = {}
        with self.store.reading() as db:
            for word in dict.fromkeys(asked_words(question)):
                (count,) = db.execute("SELECT count(*) FROM bodies WHERE bodies MATCH ?", (f'"{word}"',)).fetchone()
                found[stem(word)] = max(count, found.get(stem(word), 0))
        return found
