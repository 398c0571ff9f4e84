"""Learning from labelled questions: a log-linear model that finds out itself which path each of them meant."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import NamedTuple

from collegia.knowledge.triples.examples import Example
from collegia.knowledge.triples.induction import paths_to
from collegia.knowledge.triples.learned import Label, Learned
from collegia.knowledge.triples.reading import Reader, Start
from collegia.knowledge.triples.schema import readable
from collegia.knowledge.triples.walking import walk

__all__ = ["Lesson", "learn"]

_TRUSTS = (0.0, 0.1, 0.2, 0.4, 0.7, 1.0)
_ROUNDS = 8
_RATE = 0.1
_STILL = 0.0005
_MOST_TOPICS = 4
_MOST_TRIED = 6
_ENOUGH = 0.5
_NOT_EXACT = 2.0


class Lesson(NamedTuple):
    """What came of learning: questions given, those with a path to exactly their answers, and the paths among them."""

    given: int
    used: int
    paths: int


class _Ways(NamedTuple):
    """The answers of a labelled question, and the paths to exactly them from each topic it may have."""

    answers: frozenset[int]
    starts: list[tuple[Start, set[Label]]]


class _Choice(NamedTuple):
    """One way to read a labelled question."""

    features: list[str]
    label: Label
    base: float  # what speaks for it before anything is learned
    right: float  # how far its ends are the answers: 1 exactly, 0 too little


def learn(reader: Reader, examples: Sequence[Example]) -> tuple[Learned, Lesson]:
    """What the labelled questions teach about the paths that are asked for.

    A question whose answers no path gives exactly teaches nothing. Where several paths give them, the one that the
    other questions speak for is taken. The same examples in the same order give the same weights.
    """
    ways = [_right_ways(reader, example) for example in examples]
    labels = _fewest([{label for _, right in way.starts for label in right} for way in ways])
    lessons = [_choices(reader, way, labels) for way in ways]
    lessons = [choices for choices in lessons if any(choice.right for choice in choices)]
    return Learned(labels, _train(lessons)).scaled(_trust(lessons)), Lesson(len(examples), len(lessons), len(labels))


def _right_ways(reader: Reader, example: Example) -> _Ways:
    """The topics that a labelled question may have, and from each the paths to exactly its answers."""
    nodes = [reader.graph.id_of(answer) for answer in dict.fromkeys(example.answers)]
    answers = frozenset(node for node in nodes if node is not None)
    if len(answers) < len(nodes):
        return _Ways(answers, [])
    return _Ways(
        answers,
        [
            (start, {readable(reader.graph, path) for path in paths_to(reader.schema, start.topic.node, answers)})
            for start in reader.starts(example.question)[:_MOST_TOPICS]
        ],
    )


def _fewest(questions: list[set[Label]]) -> tuple[Label, ...]:
    """Few paths that explain every question which a path explains: always the one that explains most of the rest."""
    chosen: list[Label] = []
    open_ = [question for question in questions if question]
    while open_:
        counts: dict[Label, int] = {}
        for question in open_:
            for label in question:
                counts[label] = counts.get(label, 0) + 1
        best = min(counts, key=lambda label: (-counts[label], len(label), label))
        chosen.append(best)
        open_ = [question for question in open_ if best not in question]
    return tuple(chosen)


def _choices(reader: Reader, ways: _Ways, labels: tuple[Label, ...]) -> list[_Choice]:
    """The ways to read a labelled question, and how right each is.

    A graph that lacks a triple, or holds two things under one name, gives a few answers too few or too many by the path
    that is meant. So the likeliest paths count as right where they give about the answers, only not as much as others.
    """
    choices: list[_Choice] = []
    for start, exact in ways.starts:
        paths = sorted(reader.base(start, labels), key=lambda known: -known[1])
        for place, (path, base) in enumerate(paths):
            label = readable(reader.graph, path)
            right = 1.0 if label in exact else 0.0
            if not right and place < _MOST_TRIED:
                right = _agreement(walk(reader.graph, start.topic.node, path), ways.answers)
            choices.append(_Choice(start.features, label, start.topic.score + base, right))
    return choices


def _agreement(found: set[int], answers: frozenset[int]) -> float:
    """The harmonic mean of the share of answers among the found and of found among the answers; 0 where it is low."""
    mean = 2.0 * len(answers & found) / (len(answers) + len(found))
    return mean if mean >= _ENOUGH else 0.0


def _train(lessons: list[list[_Choice]]) -> dict[str, dict[Label, float]]:
    """Weights that make the right readings of the lessons likely, by stochastic gradient ascent.

    A reading's chance is that of a log-linear model whose score begins with what speaks for it unlearned; a lesson that
    has several right readings shares itself out among them as the model stands.
    """
    learned = Learned()
    for turn in range(_ROUNDS):
        rate = _RATE / (1.0 + turn / 2)
        for choices in lessons:
            scores = _scores(learned, choices)
            chances = _shares(scores)
            aims = _shares(
                [
                    score - _NOT_EXACT * (1.0 - choice.right) if choice.right else -math.inf
                    for score, choice in zip(scores, choices, strict=True)
                ]
            )
            for choice, chance, aim in zip(choices, chances, aims, strict=True):
                by = rate * (aim - chance)
                if abs(by) > _STILL:
                    for feature in choice.features:
                        row = learned.weights.setdefault(feature, {})
                        row[choice.label] = row.get(choice.label, 0.0) + by
    return learned.weights


def _trust(lessons: list[list[_Choice]]) -> float:
    """How much to listen to what is learned: what does best when one half of the lessons is asked of the other half.

    Where the relations' own names say it all, that is little; where they say nothing, all.
    """
    points = dict.fromkeys(_TRUSTS, 0.0)
    halves: tuple[list[list[_Choice]], list[list[_Choice]]] = ([], [])
    for number, choices in enumerate(lessons):
        halves[number.bit_count() % 2].append(choices)  # fair to lists that alternate or come in rows
    for taught, asked in (halves, halves[::-1]):
        half = Learned((), _train(taught))
        for choices in asked:
            worths = [score - choice.base for score, choice in zip(_scores(half, choices), choices, strict=True)]
            for trust in _TRUSTS:
                best = max(zip(choices, worths, strict=True), key=lambda pair: pair[0].base + trust * pair[1])
                points[trust] += best[0].right
    return max(_TRUSTS, key=lambda trust: points[trust])


def _scores(learned: Learned, choices: list[_Choice]) -> list[float]:
    """The scores of a question's readings; those of one topic share their turns of phrase."""
    worths: dict[int, dict[Label, float]] = {}
    for choice in choices:
        if id(choice.features) not in worths:
            worths[id(choice.features)] = learned.scores(choice.features)
    return [choice.base + worths[id(choice.features)].get(choice.label, 0.0) for choice in choices]


def _shares(scores: list[float]) -> list[float]:
    """Chances in proportion to the exponentials of the scores."""
    most = max(scores)
    powers = [math.exp(score - most) for score in scores]
    total = sum(powers)
    return [power / total for power in powers]
