"""Following names from one passage to the next: bridges to what is named, and expansion by the words still open."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from collegia.knowledge.records import BY_NAME
from collegia.knowledge.search.question import Question
from collegia.knowledge.search.reach import Reach
from collegia.knowledge.search.weights import Weights
from collegia.knowledge.text import content_words, related, stem

__all__ = ["Step", "alike", "bridges", "expansions", "lexical_query", "titles"]

_AMBIGUOUS = 20  # a name that more documents are about leads nowhere
_ALIKE = 5  # letters that words of one family share


@dataclass(frozen=True, slots=True)
class Step:
    """How a passage was reached: from which one, by which name, and what that counts."""

    score: float
    origin: int
    entity: int


def titles(question: Question, reach: Reach, weights: Weights) -> dict[int, float]:
    """Passages that are about a name of the question; less where many are about the same name."""
    found: dict[int, float] = {}
    about = reach.about([named.entity.id for named in question.named])
    for named in question.named:
        passages = about.get(named.entity.id, {})
        several = len(set(reach.documents(passages).values()))
        for passage, sure in passages.items():
            score = sure * (1.0 if named.written else weights.lower) / math.sqrt(several)
            found[passage] = max(found.get(passage, 0.0), score)
    return found


def bridges(question: Question, reach: Reach, scores: Mapping[int, float], weights: Weights) -> dict[int, Step]:
    """Passages about what the best passages mention."""
    seeds = _best(scores, weights.seeds)
    mentions, subjects = reach.mentions(seeds), reach.subjects(seeds)
    about = reach.about({entity for passage in seeds for entity in mentions[passage]})
    found: dict[int, Step] = {}
    for seed in seeds:
        leads = [
            entity
            for entity in mentions[seed]
            if entity not in subjects[seed] and 0 < _several(reach, about.get(entity, {})) <= _AMBIGUOUS
        ]
        for entity in leads:
            score = scores[seed] / len(leads) ** weights.spread
            if _beside(question, reach, seed, mentions[seed][entity], weights):
                score *= 1.0 + weights.near
            for passage, sure in about[entity].items():
                counted = score * (sure if sure >= BY_NAME else sure * weights.unsure)
                if passage != seed and (passage not in found or counted > found[passage].score):
                    found[passage] = Step(counted, seed, entity)
    return found


def expansions(
    question: Question, reach: Reach, scores: Mapping[int, float], best_lexical: float, weights: Weights
) -> dict[int, Step]:
    """Passages that share a name with one of the best and have the words of the question which that one lacks."""
    asked = {named.entity.id for named in question.named}
    most = max(scores.values(), default=0.0) or 1.0
    found: dict[int, Step] = {}
    for seed in _best(scores, weights.expanded):
        title, body = reach.body(seed)
        there = {stem(word) for word in content_words(f"{title} {body}")}
        still = [word for word in question.words if stem(word) not in there]
        leads = _leads(question, reach, seed, asked, weights)
        if not still or not leads:
            continue
        hits = [
            (one, score)
            for one, score in reach.sharing(lexical_query(still, question.unknown), leads, 30)
            if one != seed
        ]
        scale = max(best_lexical, hits[0][1] if hits else 0.0) or 1.0
        share = (scores[seed] / most) ** weights.steepness
        mentions = reach.mentions([passage for passage, _ in hits])
        for passage, score in hits:
            shared = max((one for one in leads if one in mentions[passage]), key=reach.rarity, default=0)
            counted = share * score / scale * reach.rarity(shared) ** weights.rarity
            if passage not in found or counted > found[passage].score:
                found[passage] = Step(counted, seed, shared)
    return found


def _several(reach: Reach, passages: Mapping[int, float]) -> int:
    """How many documents these passages are of; of one document, all are about its title."""
    return len(passages) if len(passages) < 2 else len(set(reach.documents(passages).values()))


def _leads(question: Question, reach: Reach, seed: int, asked: set[int], weights: Weights) -> list[int]:
    """The names of a passage to go on by, those beside a word of the question first, then in the order of the text."""
    mentions, own = reach.mentions([seed])[seed], reach.subjects([seed])[seed]
    open_ones = [
        (not _beside(question, reach, seed, span, weights), span[0], entity)
        for entity, span in mentions.items()
        if entity not in asked and entity not in own and not reach.entities[entity].key.isdigit()
    ]
    return [entity for _, _, entity in sorted(open_ones)[: weights.names]]


def _beside(question: Question, reach: Reach, passage: int, span: tuple[int, int], weights: Weights) -> bool:
    """Whether a word that says which relation is meant stands near a name."""
    _, body = reach.body(passage)
    start, end = span
    around = body[max(0, start - weights.window) : start] + " " + body[end : end + weights.window // 2]
    return any(related(stem(word), wanted) for word in content_words(around) for wanted in question.relating)


def _best(scores: Mapping[int, float], count: int) -> list[int]:
    return sorted(scores, key=lambda passage: (-scores[passage], passage))[:count]


def _quoted(words: str) -> str:
    """A phrase in the index's own language; nothing in it is an operator."""
    return '"' + words.replace('"', " ") + '"'


def lexical_query(words: Sequence[str], unknown: frozenset[str] = frozenset()) -> str:
    """Any of these words; one that no passage has stands for those that begin alike ("rougher" for "roughness")."""
    return " OR ".join(
        f"{_quoted(alike(word))}*" if word in unknown and len(word) > _ALIKE else _quoted(word) for word in words
    )


def alike(word: str) -> str:
    """The beginning that a word shares with others of its family."""
    return word[: max(_ALIKE, len(word) - 3)]
