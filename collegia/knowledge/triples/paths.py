"""From the words of a question to the path of relations it asks for, with no example to go by."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from typing import NamedTuple

from collegia.knowledge.triples.mentions import Frame, Meaning
from collegia.knowledge.triples.schema import Schema, Step

__all__ = ["MOST_STEPS", "Path", "PathFinder", "Weights"]

Path = tuple[Step, ...]

MOST_STEPS = 3
_MOST_PATHS = 400
_RARE = 0.04
_TOPIC = Meaning("_", {})
_MOST_KNOWN = 50_000


class Weights(NamedTuple):
    """What each sign is worth. One setting for all graphs."""

    said: float = 1.0  # a word means a step of the path
    again: float = 0.4  # another word means the same step
    unheard: float = 1.3  # a word means a relation, and no step is it
    unsaid: float = 1.6  # a step that no word means
    returns: float = 0.5  # the same, where the step goes back by the relation it came by
    shared: float = 1.2  # "same", "together": the path goes there and back by one relation
    wanted: float = 1.2  # the last step leads to what is asked for
    inward: float = 0.8  # words behind the topic are read before those ahead of it, though the question word ends it
    longer: float = 0.15  # each step
    strange: float = 3.0  # a relation is asked for by a word that no relation is like
    seldom: float = 3.0  # a step that few of the nodes before it allow


class PathFinder:
    """Finds the paths that a question may ask for, by the names of the graph's own relations."""

    def __init__(self, schema: Schema, weights: Weights | None = None) -> None:
        self._schema = schema
        self._weights = weights or Weights()
        self._scores: dict[tuple[object, ...], float] = {}

    def candidates(self, frame: Frame, node: int) -> Iterator[Path]:
        """The paths that start at a node and whose relations the question may mean, shorter ones first."""
        meant = {link for meaning in (*frame.left, *frame.right) for link in meaning.near}
        if frame.wants == "time":
            meant |= {step.relation for step in self._schema.steps if self._schema.profile(step).time > 0.5}
        steps = [step for step in self._schema.steps if step.relation in meant]
        starts = self._schema.open_to(node, steps)
        layer: list[Path] = [(step,) for step in steps if step in starts]
        count = 0
        for length in range(1, MOST_STEPS + 1):
            yield from layer
            count += len(layer)
            if length == MOST_STEPS or count > _MOST_PATHS:
                return
            layer = [(*path, step) for path in layer for step in steps if self._schema.follows(path[-1], step) > _RARE][
                :_MOST_PATHS
            ]

    def score(self, frame: Frame, path: Path) -> float:
        """How well a path answers to the words of the question; above 0 where more speaks for it than against."""
        words = tuple(meaning.word for side in (frame.left, (_TOPIC,), frame.right) for meaning in side)
        key = (
            words,
            frame.sharing,
            frame.wants,
            frame.asked and frame.asked.word,
            frame.asked_last,
            frame.strange,
            path,
        )
        known = self._scores.get(key)
        if known is None:
            if len(self._scores) > _MOST_KNOWN:
                self._scores.clear()
            known = self._scores[key] = self._score(frame, path)
        return known

    def _score(self, frame: Frame, path: Path) -> float:
        weights = self._weights
        best = 0.0  # where no word means any relation, none of that counts against a path
        if frame.left or frame.right:
            best = max(
                self._aligned(order, path, sharing=frame.sharing)
                - (weights.inward if split and frame.asked_last else 0.0)
                for split, order in enumerate(_orders(frame))
            )
        score = best - weights.longer * len(path)
        turns = sum(_opposite(*pair) for pair in pairwise(path))
        if frame.strange:
            score -= weights.strange
        if turns > 1:
            score -= weights.unsaid  # there, back and there again
        if frame.sharing:
            score += weights.shared if turns else -0.5 * weights.shared
        score += weights.wanted * self._answers(frame, path[-1])
        for first, second in pairwise(path):
            share = self._schema.follows(first, second)
            score -= weights.seldom * max(0.0, 0.3 - share)
        return score

    def _answers(self, frame: Frame, last: Step) -> float:
        """From -1 to 1: whether what the last step leads to is what is asked for."""
        if frame.wants == "named" and frame.asked is not None:
            return frame.asked.near.get(last.relation, -0.3) if last.forward else -1.0
        if frame.wants == "unnamed":
            return -0.5 if last.forward else 0.5
        if not frame.wants:
            return 0.2 if last.forward else -0.2
        profile = self._schema.profile(last)
        if frame.wants == "person":
            return 2.0 * (profile.person - 0.5)
        if frame.wants == "time":
            return 1.0 if profile.time > 0.5 else -1.0
        return 0.0

    def _aligned(self, order: tuple[Meaning, ...], path: Path, *, sharing: bool) -> float:
        """The best way to lay the words, from the topic outward, along the steps of the path."""
        weights = self._weights
        count = len(path)
        silent = [self._silent(path, place, sharing=sharing) for place in range(count)]
        # state: (step reached, whether a word means it) -> score
        states: dict[tuple[int, bool], float] = {(0, False): 0.0}
        for meaning in order:
            after: dict[tuple[int, bool], float] = {}
            for (place, said), score in states.items():
                _keep(after, (place, said), score - weights.unheard * max(meaning.near.values()))
                moved = score
                for target in range(place, count):
                    if target > place:
                        moved -= silent[target - 1] if not (target - 1 == place and said) else 0.0
                    like = meaning.near.get(path[target].relation, 0.0)
                    if like:
                        worth = weights.again if target == place and said else weights.said
                        _keep(after, (target, True), moved + worth * like)
            states = after
        best = -1e9
        for (place, said), score in states.items():
            total = score
            for target in range(place, count):
                if not (target == place and said):
                    total -= silent[target]
            best = max(best, total)
        return best

    def _silent(self, path: Path, place: int, *, sharing: bool) -> float:
        """What it costs that no word means a step."""
        weights = self._weights
        if not sharing and (len(path) == 2 or place == len(path) - 1):
            return weights.unsaid  # what is asked for is said, and going back is not meant of itself
        if place and _opposite(path[place - 1], path[place]):
            return weights.returns
        # "who wrote together with X": out to the works unsaid, and in again by the relation that is said
        return (
            weights.returns if len(path) > place + 1 and place == 0 and _opposite(path[0], path[1]) else weights.unsaid
        )


def _opposite(step: Step, other: Step) -> bool:
    return step.relation == other.relation and step.forward != other.forward


def _keep(states: dict[tuple[int, bool], float], state: tuple[int, bool], score: float) -> None:
    if score > states.get(state, -1e9):
        states[state] = score


def _orders(frame: Frame) -> list[tuple[Meaning, ...]]:
    """The words from the topic outward: those before it backward, and those behind it before, between or after."""
    left = frame.left[::-1]
    right = frame.right
    return [(*right[:split], *left, *right[split:]) for split in range(min(len(right), 3) + 1)]
