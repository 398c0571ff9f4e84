"""Which cards are like a question: by their words (BM25), or by vectors; thousands of cards, nothing trained.

A score lies between 0 and 1: each word of the question counts by how few cards have it, and a card gets the more of
that the more often it has the word, beside its length. Words that no card has count too, so that a question about
something else scores low everywhere.
"""

from __future__ import annotations

import math
import re
import sqlite3
import threading
import weakref
from collections.abc import Callable, Collection, Mapping, Sequence
from typing import Any

from collegia.tools.card import Card
from collegia.tools.expert import Expert
from collegia.tools.kinds import Kind
from collegia.tools.registry import Registry
from collegia.tools.scan_words import may_be_unit
from collegia.tools.words import DELIBERATION, INQUIRY, REPLY, RESULTS

__all__ = ["CardIndex", "Embed", "content_words", "index_of"]

Embed = Callable[[Sequence[str]], Sequence[Sequence[float]]]
"""Turns texts into vectors, one each, all of one length."""

_COLUMNS = {"name": 3.0, "about": 2.0, "questions": 2.0, "outputs": 2.0, "inputs": 1.0}
"""The parts of a card, and how much a word in each counts."""
_SCHEMA = f"CREATE VIRTUAL TABLE cards USING fts5 ({', '.join(_COLUMNS)}, tokenize = 'porter unicode61')"
_FIND = f"SELECT rowid, -bm25(cards, {', '.join(map(str, _COLUMNS.values()))}) FROM cards WHERE cards MATCH ? LIMIT ?"  # noqa: S608  # our own names and numbers
_ADD = f"INSERT INTO cards (rowid, {', '.join(_COLUMNS)}) VALUES (?{', ?' * len(_COLUMNS)})"  # noqa: S608  # our own names

_MOST_OF_A_WORD = 2.2  # of FTS5's BM25: its k1 is 1.2
_BACKGROUND = 20  # cards on other things that are thought of beside those there are: few cards do not tell what is rare
_MOST_WORDS = 48  # of a question; what is longer is a document
_FEW = 64  # cards; among so few no word is too common
_OF_ALL_WORDS = frozenset({DELIBERATION, INQUIRY, REPLY, RESULTS})
_WORD = re.compile(r"[^\W\d_][^\W_]+")
_NUMBER = re.compile(r"\d\S*(?:\s+(?P<unit>[^\W\d_]+)\S*)?")
_PLAIN = frozenset(
    """a about again all also an and answer answers any anything are as at be because been being between both
    but by calculate can compute could describe did do does during each ever explain few find for from get
    gets give given go goes got had has have here how i if in into is it its just know knows least less let
    like made make makes many may me might more most much must my need needs no nor not of off on one only or
    other our out over own per please question questions same say says shall should since so some someone
    something such tell than that the their them then there these they thing things this those to too under
    until up use used very via was we were what when where which while who why will with would you your
    """.split()
)
"""Words of any question; they say nothing of what it is about."""


def content_words(question: str) -> tuple[str, ...]:
    """The words that say what a question is about, each once: no numbers, no units after them, no plain words."""
    said = _NUMBER.sub(_without_quantity, question.lower())
    words = (found[0] for found in _WORD.finditer(said))
    return tuple(dict.fromkeys(word for word in words if word not in _PLAIN))[:_MOST_WORDS]


class CardIndex:
    """The cards of some experts, by likeness to a question. Safe to use from several threads.

    Args:
        embed: turns texts into vectors; without it likeness is by words.
    """

    def __init__(self, embed: Embed | None = None) -> None:
        self._lock = threading.Lock()
        self._embed = embed
        self._cards: dict[str, Card] = {}
        self._rows: dict[str, int] = {}
        self._names: dict[int, str] = {}
        self._vectors: dict[str, Any] = {}
        self._next = 1
        self._db = sqlite3.connect(":memory:", isolation_level=None, check_same_thread=False)
        self._db.execute(_SCHEMA)
        weakref.finalize(self, self._db.close)

    def __len__(self) -> int:
        return len(self._cards)

    def keep_to(self, experts: Mapping[str, Expert]) -> None:
        """Hold these experts and no others; only those that are new or changed are read."""
        with self._lock:
            gone = [name for name, card in self._cards.items() if name not in experts or experts[name].card is not card]
            new = {name: one.card for name, one in experts.items() if self._cards.get(name) is not one.card}
            if not gone and not new:
                return
            self._db.execute("BEGIN")
            for name in gone:
                row = self._rows.pop(name)
                self._db.execute("DELETE FROM cards WHERE rowid = ?", (row,))
                del self._cards[name], self._names[row]
                self._vectors.pop(name, None)
            for name, card in new.items():
                self._db.execute(_ADD, (self._next, *_parts(card)))
                self._cards[name], self._rows[name], self._names[self._next] = card, self._next, name
                self._next += 1
            self._db.execute("COMMIT")

    def most_like(self, question: str, most: int, among: Collection[str] | None = None) -> list[tuple[str, float]]:
        """The experts whose cards are most like a question, best first; those that share nothing are left out.

        Args:
            question: in words; it is searched for, never interpreted.
            most: how many.
            among: the names that may be found; None for all.

        Returns:
            names with scores from 0 to 1.
        """
        if among is not None and not among:
            return []
        with self._lock:
            scores = self._by_words(question) if self._embed is None else self._by_vectors(self._embed, question)
        allowed = None if among is None else frozenset(among)
        found = [(name, score) for name, score in scores.items() if score > 0 and (allowed is None or name in allowed)]
        found.sort(key=lambda one: (-one[1], one[0]))
        return found[:most]

    def _by_words(self, question: str) -> dict[str, float]:
        count = len(self._cards)
        common = max(_FEW, count // 3)
        total = 0.0
        scores: dict[int, float] = {}
        for word in content_words(question):
            rows = self._db.execute(_FIND, (f'"{word}"', common + 1)).fetchall()
            if len(rows) > common:
                continue  # what so many cards have tells none of them apart
            held = len(rows)
            weight = math.log(1.0 + (_BACKGROUND + count - held + 0.5) / (held + 0.5))
            total += weight
            # FTS5 multiplies by a rarity of its own, which is next to nothing among few cards: it is divided out, with
            # the most that is left, so that a word gives a card between 0 and its weight.
            theirs = _MOST_OF_A_WORD * max(math.log((count - held + 0.5) / (held + 0.5)), 1e-6)
            for row, score in rows:
                scores[row] = scores.get(row, 0.0) + weight * score / theirs
        return {self._names[row]: score / total for row, score in scores.items()}

    def _by_vectors(self, embed: Embed, question: str) -> dict[str, float]:
        import numpy

        new = [name for name in self._cards if name not in self._vectors]
        texts = {name: _texts(self._cards[name]) for name in new}
        made = iter(embed([text for name in new for text in texts[name]]) if new else ())
        for name in new:
            self._vectors[name] = _unit_rows([next(made) for _ in texts[name]])
        if not self._vectors:
            return {}
        asked = _unit_rows(embed([question]))[0]
        ends = numpy.cumsum([len(rows) for rows in self._vectors.values()])
        likeness = numpy.concatenate(list(self._vectors.values())) @ asked
        best = numpy.maximum.reduceat(likeness, numpy.concatenate(([0], ends[:-1])))
        return dict(zip(self._vectors, best.tolist(), strict=True))


_indexes: weakref.WeakKeyDictionary[Registry, dict[Embed | None, CardIndex]] = weakref.WeakKeyDictionary()
_indexes_lock = threading.Lock()


def index_of(registry: Registry, embed: Embed | None = None) -> CardIndex:
    """The index of a registry's experts, made once and brought up to date where the registry has changed."""
    with _indexes_lock:
        index = _indexes.setdefault(registry, {}).get(embed)
        if index is None:
            index = _indexes[registry][embed] = CardIndex(embed)
    index.keep_to(registry.experts)
    return index


def _without_quantity(found: re.Match[str]) -> str:
    unit = found["unit"]
    if unit is None or may_be_unit(unit, first=True):
        return " "
    return f" {found[0][found.start('unit') - found.start() :]}"


def _parts(card: Card) -> tuple[str, ...]:
    """A card's text in the columns of the table."""
    about = " ".join((card.purpose, *card.methods, *card.categories))
    outputs, inputs = (_spoken(port.kind for port in ports) for ports in (card.outputs, card.inputs))
    return _split(card.name), about, " ".join(card.questions), outputs, inputs


def _texts(card: Card) -> list[str]:
    """What stands for a card where texts are compared whole: what it is for, and each question it is good at."""
    return [f"{_split(card.name)}: {card.purpose}", *card.questions]


def _split(name: str) -> str:
    return re.sub(r"[\W_]+", " ", name)


def _spoken(kinds: Any) -> str:
    """The names of kinds, without those that every expert of words has."""
    said: list[Kind] = [kind for kind in kinds if kind not in _OF_ALL_WORDS]
    return " ".join(name for kind in said for name in dict.fromkeys((kind.label, *kind.names)))


def _unit_rows(vectors: Sequence[Sequence[float]]) -> Any:
    """Vectors as rows of length one; a vector of zeros stays."""
    import numpy

    rows = numpy.asarray(vectors, dtype=float)
    sizes = numpy.linalg.norm(rows, axis=1, keepdims=True)
    return rows / numpy.where(sizes == 0.0, 1.0, sizes)
