"""Which facts bear on a question, and in what order.

`score = band + s / (1 + s)` with `s = recency × frequency`, so that a better band always goes before a worse one, and
within a band what is fresher and said more often goes first:

- band 4: the quantity and what it belongs to stand in the question as one phrase, or the short form stands in it
- band 3: all of the fact's words stand in the question
- band 2: the quantity does, and not all of what it belongs to; of a sentence, half of its words
- band 1: some word does; or a wish for answers in a unit, which bears on every question
- recency = 0.5 ^ (days since it was said or used last / 30), frequency = 1 + ln(count)
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from collegia.knowledge.memory.expand import occurs
from collegia.knowledge.memory.naming import canonical, holds_all, holds_phrase, word_keys
from collegia.knowledge.memory.records import Abbreviation, Fact, Preference, Statement, Value
from collegia.knowledge.text import STOP_WORDS

__all__ = ["HALF_LIFE", "Recalled", "rank", "strength"]

HALF_LIFE = 30.0
"""Days after which a fact that was not said or used again counts half."""

_SMALL = frozenset("of in at for inside within on".split())


@dataclass(frozen=True, slots=True)
class Recalled:
    """A fact that bears on a question.

    Attributes:
        exactness: the band, 4 to 1.
        recency: from 1, said just now, to 0.
        frequency: 1 for what was said once, more for what was said or used often.
        score: what they are ordered by.
    """

    fact: Fact
    exactness: int
    recency: float
    frequency: float

    @property
    def score(self) -> float:
        """Larger is better; comparable between questions."""
        strong = self.recency * self.frequency
        return self.exactness + strong / (1.0 + strong)


def strength(fact: Fact, exactness: int, when: datetime) -> Recalled:
    """A fact with its recency and frequency at a time."""
    days = max(0.0, (when - datetime.fromisoformat(fact.used)).total_seconds() / 86400.0)
    return Recalled(fact, exactness, 0.5 ** (days / HALF_LIFE), 1.0 + math.log(max(1, fact.count)))


def rank(facts: Iterable[Fact], question: str, when: datetime) -> tuple[Recalled, ...]:
    """The facts that bear on a question, best first."""
    words = tuple(word for word in word_keys(question) if word not in _SMALL)
    found = [strength(fact, band, when) for fact in facts if (band := _band(fact, question, words)) > 0]
    return tuple(sorted(found, key=lambda one: (-one.score, -one.fact.id)))


def _band(fact: Fact, question: str, words: tuple[str, ...]) -> int:
    match fact.content:
        case Value(subject, name):
            return _band_of_value(canonical(name), canonical(subject), words)
        case Abbreviation(short, long):
            return 4 if occurs(short, question) else 3 if holds_phrase(words, word_keys(long)) else 0
        case Preference(name):
            return (3 if holds_phrase(words, canonical(name)) else 0) if name else 1
        case Statement():
            return _band_of_words(tuple(word_keys(fact.text)), words)


def _band_of_value(name: tuple[str, ...], subject: tuple[str, ...], words: tuple[str, ...]) -> int:
    if holds_phrase(words, subject + name) or holds_phrase(words, name + subject):
        return 4
    if holds_all(words, name):
        return 3 if holds_all(words, subject) else 2
    return 1 if _shared(subject + name, words) else 0


def _band_of_words(said: tuple[str, ...], words: tuple[str, ...]) -> int:
    content = [word for word in dict.fromkeys(said) if word not in STOP_WORDS]
    shared = _shared(content, words)
    if not content or not shared:
        return 0
    return 3 if shared == len(content) else 2 if 2 * shared >= len(content) else 1


def _shared(wanted: Iterable[str], words: tuple[str, ...]) -> int:
    held = set(words)
    return sum(1 for word in set(wanted) if word in held and word not in STOP_WORDS)
