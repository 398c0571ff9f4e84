"""The small frozen types of this room: documents, passages, names and relations found in them, and what is cited."""

from __future__ import annotations

from dataclasses import dataclass, field

__all__ = [
    "BY_ALIAS",
    "BY_FIRST_WORDS",
    "BY_HEADING",
    "BY_NAME",
    "BY_PART",
    "BY_SHORT_TITLE",
    "BY_TITLE",
    "Document",
    "Entity",
    "Extract",
    "Filters",
    "Hit",
    "Listed",
    "Mention",
    "Passage",
    "Relation",
    "StoredDocument",
    "Subject",
]


@dataclass(frozen=True, slots=True)
class Document:
    """A document as it comes in.

    Attributes:
        source: what identifies it: a path, an address, an id. Adding another text of the same source replaces it.
        text: the whole text; every citation is a span of it.
        name: what citations call it; the source where empty.
        title: its title, empty where it has none.
        form: "markdown", or "text" for anything without markup.
        collection: the group it belongs to: "user", or the domain that ships it.
        date: the day it is of, as YYYY-MM-DD; empty where unknown.
        digest: the SHA-256 of what it was read from; of its text where empty.
    """

    source: str
    text: str
    name: str = ""
    title: str = ""
    form: str = "text"
    collection: str = "user"
    date: str = ""
    digest: str = ""


@dataclass(frozen=True, slots=True)
class StoredDocument:
    """A document as the store lists it, without its text."""

    id: int
    source: str
    name: str
    title: str
    form: str
    collection: str
    date: str
    digest: str
    added: str
    characters: int
    passages: int


@dataclass(frozen=True, slots=True)
class Listed:
    """What a document is called, and where it belongs."""

    source: str
    name: str
    title: str
    collection: str


@dataclass(frozen=True, slots=True)
class Passage:
    """A piece of a document that is found and cited as one.

    Attributes:
        document: the store's number of its document.
        start, end: its span in the document's text.
        heading: the headings above it, outermost first, joined by " › ".
        body: the span with markup blanked out, letter for letter in the same places.
    """

    id: int
    document: int
    start: int
    end: int
    heading: str
    body: str


# How sure it is that a passage is about a name, by where the name comes from.
BY_TITLE = 1.0
BY_SHORT_TITLE = 0.9  # without its bracket, or another name that the document gives itself
BY_FIRST_WORDS = 0.8  # the first sentence's subject, where there is no title
BY_HEADING = 0.6  # the heading above it, or the first sentence's subject beside a title
BY_ALIAS = 0.5
BY_PART = 0.45
BY_NAME = 0.85
"""From here on a passage is about a name by its title or another name that its document gives itself."""


@dataclass(frozen=True, slots=True)
class Subject:
    """A name that a passage is about, and how sure that is, from 0 to 1."""

    name: str
    weight: float


@dataclass(frozen=True, slots=True)
class Entity:
    """A name in the store.

    Attributes:
        key: the spelling-independent form it is found by.
        passages: in how many passages it is mentioned.
    """

    id: int
    key: str
    name: str
    passages: int


@dataclass(frozen=True, slots=True)
class Mention:
    """A name that stands in a passage, at `body[start:end]`."""

    name: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Relation:
    """A typed relation that a passage states, and the span of the sentence that states it.

    Attributes:
        verb: the type: "causes", "lowers", "depends on" …
        origin: "text" where rules found it, "model" where a language model did.
        confidence: from 0 to 1.
    """

    subject: str
    verb: str
    object: str
    start: int
    end: int
    origin: str = "text"
    confidence: float = 1.0


@dataclass(frozen=True, slots=True)
class Extract:
    """What was found in one passage."""

    subjects: tuple[Subject, ...] = ()
    mentions: tuple[Mention, ...] = ()
    relations: tuple[Relation, ...] = ()


@dataclass(frozen=True, slots=True)
class Filters:
    """Which documents may be searched; empty fields allow all.

    Attributes:
        collections: "user", or names of domains.
        documents: names or sources of documents.
        since, until: first and last day, as YYYY-MM-DD; a document without a date passes neither.
    """

    collections: tuple[str, ...] = ()
    documents: tuple[str, ...] = ()
    since: str = ""
    until: str = ""

    def __bool__(self) -> bool:
        return bool(self.collections or self.documents or self.since or self.until)


@dataclass(frozen=True, slots=True)
class Hit:
    """A passage that was found, why, and by what path.

    Attributes:
        score: comparable within one search only.
        lexical, dense, title, bridge, graph, expansion: the parts of the score.
        path: the names that lead from the question to the passage, for what was found through the graph.
    """

    passage: Passage
    source: str
    name: str
    score: float
    lexical: float = 0.0
    dense: float = 0.0
    title: float = 0.0
    bridge: float = 0.0
    graph: float = 0.0
    expansion: float = 0.0
    path: tuple[str, ...] = field(default=())
