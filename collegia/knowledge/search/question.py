"""What a question gives a search: its words, the names in it, and the words that say which relation is meant."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from collegia.knowledge.gazetteer import LONGEST, Token, tokens
from collegia.knowledge.records import Entity
from collegia.knowledge.search.reach import Reach
from collegia.knowledge.text import STOP_WORDS, content_words, stem

__all__ = ["Named", "Question", "read_question"]

# One end of a relation of kin, birth and making is asked by the name of the other; plain English, and no field's words.
_OTHER_END = {
    "father": "son daughter child children",
    "mother": "son daughter child children",
    "parent": "son daughter child",
    "husband": "wife married widow spouse",
    "wife": "husband married widower spouse",
    "spouse": "wife husband married",
    "son": "father mother",
    "daughter": "father mother",
    "child": "father mother",
    "born": "birth",
    "birth": "born",
    "birthplace": "born",
    "died": "death",
    "death": "died",
    "author": "wrote written",
    "wrote": "author written",
}


@dataclass(frozen=True, slots=True)
class Named:
    """A name that stands in a question; `written` where it is written as a name, with a capital letter."""

    entity: Entity
    written: bool


@dataclass(frozen=True, slots=True)
class Question:
    """A question as the search sees it.

    Attributes:
        words: its content words, in small letters, each once.
        named: the names of the store that stand in it.
        unknown: those of the words that no passage has.
        relating: stems of the words that belong to no name, and of the other ends of what they relate.
    """

    words: tuple[str, ...]
    named: tuple[Named, ...]
    relating: tuple[str, ...]
    unknown: frozenset[str] = frozenset()


def read_question(text: str, reach: Reach) -> Question:
    """Look up which names stand in a question, the longest first, and what its other words are."""
    words = tuple(dict.fromkeys(content_words(text)))
    said = tokens(text)
    known = reach.named({gram for _, _, gram in _grams(text, said)})
    about = reach.about([entity.id for entity in known.values()])
    named: list[Named] = []
    within: set[str] = set()
    place = 0
    while place < len(said):
        taken = 1
        for start, count, gram in _grams(text, said, place):
            entity = known.get(gram)
            written = any(word[3] for word in said[start : start + count])
            if entity is not None and (count == 1 or written or entity.id in about):
                named.append(Named(entity, written))
                within.update(stem(part) for part in gram.split())
                taken = count
                break
        place += taken
    relating: dict[str, None] = {}
    for word in words:
        if stem(word) not in within:
            for other in (word, *_OTHER_END.get(word, "").split()):
                relating.setdefault(stem(other))
    return Question(words, tuple(named), tuple(relating), frozenset(word for word in words if not reach.has(word)))


def _grams(text: str, said: Sequence[Token], only: int | None = None) -> Iterator[tuple[int, int, str]]:
    """What may be a name: place, number of words and key, the longest first at each place."""
    for place in range(len(said)) if only is None else (only,):
        for count in range(min(LONGEST, len(said) - place), 0, -1):
            first = said[place]
            if count == 1 and (first[0] in STOP_WORDS or not first[3] or place == 0):
                continue
            if count > 1 and first[0] in STOP_WORDS and not first[3]:
                continue
            if count == 2 and re.search(r"[,;:(]", text[first[2] : said[place + 1][1]]):
                continue
            yield place, count, " ".join(word[0] for word in said[place : place + count])
