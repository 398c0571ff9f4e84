"""What the words of a question say of the relations: which are meant, in which order, and what is asked for."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

from collegia.knowledge.triples.graph import TripleGraph
from collegia.knowledge.triples.names import Token
from collegia.knowledge.triples.thesaurus import (
    ASKING,
    DOUBTING,
    FUNCTION,
    IMPERATIVE,
    LIMITING,
    NEGATING,
    PERSON,
    PLACE,
    SHARING,
    TIME,
)
from collegia.knowledge.triples.words import is_past, likeness, parts_of, stem

__all__ = ["Frame", "Lexicon", "Meaning"]

_MOST_KNOWN = 50_000
_MOST_WORDS = 10  # of those that mean a relation, on either side of the topic


class Meaning(NamedTuple):
    """One word of a question: how near it is to which relations."""

    word: str
    near: dict[int, float]


class Frame(NamedTuple):
    """A question around its topic: what is meant to the left and right of it, and what is asked for.

    `wants` is "person", "time" or "place" for a question word that says so, "named" for one before a word that means a
    relation, "unnamed" before any other word, and empty where there is none. `strange` is a word that a relation is
    asked for by, as in "the population of" or "Velden's population", though no relation has a name like it. `limits`
    are words that narrow the answers down in a way no path can; `beyond` is what no path answers at all: denying
    something, or asking for yes or no.
    """

    left: tuple[Meaning, ...]
    right: tuple[Meaning, ...]
    sharing: bool
    wants: str
    asked: Meaning | None
    asked_last: bool
    strange: str
    limits: tuple[str, ...]
    beyond: bool


class Lexicon:
    """The relations of a graph under the words that may mean them."""

    def __init__(self, graph: TripleGraph) -> None:
        self._words: dict[str, list[int]] = {}
        for number, relation in enumerate(graph.relations):
            for word in dict.fromkeys(stem(part) for part in parts_of(relation) if part not in FUNCTION):
                self._words.setdefault(word, []).append(number)
        self._known: dict[str, Meaning] = {}

    def meaning(self, word: str) -> Meaning:
        """The relations that a folded word of a question may mean."""
        known = self._known.get(word)
        if known is None:
            near: dict[int, float] = {}
            if word not in FUNCTION or word in TIME or word in PLACE:
                family = stem(word)
                for other, relations in self._words.items():
                    like = max(likeness(family, other), likeness(family.removeprefix("co"), other) - 0.05)
                    if like > 0:
                        for relation in relations:
                            near[relation] = max(near.get(relation, 0.0), like / len(relations) ** 0.5)
            known = Meaning(word, near)
            if len(self._known) < _MOST_KNOWN:
                self._known[word] = known
        return known

    def frame(self, tokens: Sequence[Token], first: int, last: int) -> Frame:
        """The question when its words from `first` up to before `last` name the topic."""
        left = [self.meaning(token.key) for token in tokens[:first]]
        right = [self.meaning(token.key) for token in tokens[last:]]
        wants, asked, asked_last = _wanted(left, right)
        words = {meaning.word for meaning in (*left, *right)}
        sharing = bool(words & SHARING) or any(
            word.startswith("co") and word[2:] and self.meaning(word[2:]).near for word in words
        )
        return Frame(
            tuple(meaning for meaning in left if meaning.near)[-_MOST_WORDS:],
            tuple(meaning for meaning in right if meaning.near)[:_MOST_WORDS],
            sharing,
            wants,
            asked,
            asked_last,
            _strange(left, right),
            tuple(meaning.word for meaning in (*left, *right) if meaning.word in LIMITING and not meaning.near),
            bool(words & NEGATING) or (tokens[0].key in DOUBTING and not words & (ASKING | IMPERATIVE)),
        )


def _wanted(left: list[Meaning], right: list[Meaning]) -> tuple[str, Meaning | None, bool]:
    """What the question asks for, the word that means it, and whether it is asked behind the topic."""
    for openers in (ASKING, IMPERATIVE):
        for side, behind in ((left, False), (right, True)):
            for place, meaning in enumerate(side):
                for words, kind in ((PERSON, "person"), (TIME, "time"), (PLACE, "place")):
                    if meaning.word in words and openers is ASKING:
                        return kind, None, behind
                if meaning.word in openers:
                    kind, asked = _head(side[place + 1 :], behind=behind)
                    if kind:
                        return kind, asked, behind
    return "", None, False


def _strange(left: list[Meaning], right: list[Meaning]) -> str:
    """The first word that no relation is like and that stands before "of", or behind the topic's "'s"."""
    grammar = FUNCTION | SHARING | PERSON
    for word, after in pairwise((*left, *right)):
        if after.word == "of" and not word.near and word.word not in grammar:
            return word.word
    owned = right[1] if len(right) > 1 and right[0].word == "s" else None
    return owned.word if owned and not owned.near and owned.word not in grammar else ""


def _head(after: list[Meaning], *, behind: bool) -> tuple[str, Meaning | None]:
    """The noun that a question word asks for: the last of the first words that are not grammar."""
    start = 0
    while start < len(after) and after[start].word in FUNCTION and after[start].word not in ASKING:
        start += 1
    end = start
    while end < len(after) and after[end].word not in FUNCTION and after[end].word not in SHARING:
        end += 1
    if start == end:
        return "", None
    nouns = after[start:end]
    if not behind and start == 0 and len(nouns) == 1 and end == len(after):
        return "", None  # "what feeds": a verb before the topic
    if any(meaning.word in PERSON for meaning in nouns):
        return "person", None
    for place, noun in enumerate(nouns[1:], 1):
        if noun.near and (is_past(noun.word) or (place == len(nouns) - 1 and end == len(after) and not nouns[0].near)):
            nouns = nouns[:place]  # "which books written by", "which books cite": a verb behind the noun
            break
    named = next((meaning for meaning in reversed(nouns) if meaning.near), None)
    return ("named", named) if named else ("unnamed", None)
