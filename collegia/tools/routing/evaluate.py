"""How well questions are routed, beside chance, beside the best single expert, and beside what could be had at best."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from collegia.errors import OverLimits, UsageError
from collegia.tools.registry import Registry
from collegia.tools.routing.router import Router, cards_of_words

__all__ = ["NOBODY", "Asked", "Policy", "Report", "evaluate", "read_questions"]

NOBODY = "none"
"""The choice of no expert, where a question needs none."""

_SAME = 1e-9


@dataclass(frozen=True)
class Asked:
    """A question, and how good the answer of each expert to it is, from 0 to 1; 0 where none is given."""

    question: str
    scores: Mapping[str, float]

    def score(self, chosen: Sequence[str]) -> float:
        """Of a choice; of several experts the mean, for nobody says which of their answers is told."""
        names = chosen or (NOBODY,)
        return sum(self.scores.get(name, 0.0) for name in names) / len(names)

    def is_right(self, chosen: Sequence[str]) -> bool:
        """Whether no other choice is better."""
        return self.score(chosen) >= max(self.scores.values()) - _SAME


@dataclass(frozen=True)
class Policy:
    """What one way to choose comes to.

    Attributes:
        name: the router, random, an expert by itself, or the oracle.
        score: the mean of the scores, from 0 to 1.
        cost: the mean cost of a question, in the unit of the cards.
        right: the share of questions for which no other choice is better.
    """

    name: str
    score: float
    cost: float
    right: float


@dataclass(frozen=True)
class Report:
    """What a file of questions says of the router.

    Attributes:
        questions: how many.
        policies: the router, random (its expected value), the single expert that is best on these very questions, and
            the oracle, which takes the best expert for each, the cheapest of equal ones.
        refused: how many the router did not route, because of the limits; they count as nobody being asked.
    """

    questions: int
    policies: tuple[Policy, ...]
    refused: int = 0


def read_questions(path: Path, names: Iterable[str]) -> list[Asked]:
    """The questions of a JSON Lines file: `question`, and `scores` by expert or the `best` one.

    Args:
        path: of the file.
        names: the experts that there are, `none` apart.

    Raises:
        UsageError: it cannot be read, is empty, or has a line that is no such object; with its number.
    """
    known = {*names, NOBODY}
    try:
        lines = path.read_text(encoding="utf-8-sig").split("\n")
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError(f"{path} cannot be read: {error}") from error
    found = [_asked(text, f"{path}, line {number}", known) for number, text in enumerate(lines, 1) if text.strip()]
    if not found:
        raise UsageError(f"{path} holds no question")
    return found


def evaluate(
    asked: Sequence[Asked],
    registry: Registry,
    router: Router,
    covered: Callable[[str], tuple[str, ...]] = lambda _: (),
) -> Report:
    """Route every question and compare; no expert is called.

    Args:
        asked: the questions.
        registry: the experts.
        router: what is measured.
        covered: the exact experts that compute a question.
    """
    cards = cards_of_words(registry)
    costs = {name: router.cost_of(card) if (card := cards.get(name)) else 0.0 for name in (*registry.experts, NOBODY)}
    routed: list[tuple[str, ...]] = []
    refused = 0
    for one in asked:
        try:
            routed.append(router.route(one.question, registry, covered=covered(one.question)).chosen)
        except OverLimits:
            refused += 1
            routed.append(())
    named = {name for one in asked for name, score in one.scores.items() if name != NOBODY and score > 0}
    alone = [_measured(f"always {name}", asked, [(name,)] * len(asked), costs) for name in sorted({*cards, *named})]
    policies = [_measured("router", asked, routed, costs)]
    if alone:
        policies.append(_chance(alone))
        policies.append(max(alone, key=lambda one: (one.score, -one.cost, one.name)))
    policies.append(_measured("oracle", asked, [(_best(one, costs),) for one in asked], costs))
    return Report(len(asked), tuple(policies), refused)


def _asked(text: str, where: str, known: set[str]) -> Asked:
    """One line of the file."""
    try:
        said = json.loads(text)
    except ValueError as error:
        raise UsageError(f"{where} is not JSON: {error}") from error
    if not isinstance(said, dict) or not isinstance(said.get("question"), str):
        raise UsageError(f"{where} needs a question (a text)")
    best, scores = said.get("best"), said.get("scores")
    if isinstance(best, str) and scores is None:
        scores = {best: 1.0}
    if (best is not None and "scores" in said) or not isinstance(scores, dict) or not scores:
        raise UsageError(f"{where} needs either scores (from 0 to 1, by expert) or best (an expert, or {NOBODY})")
    for name, score in scores.items():
        if isinstance(score, bool) or not isinstance(score, (int, float)) or not 0 <= score <= 1:
            raise UsageError(f"{where}: the score of {name} is {score!r}; give a number from 0 to 1")
    if unknown := sorted(set(scores) - known):
        raise UsageError(f"{where} names experts that are not loaded: {', '.join(unknown)}")
    return Asked(said["question"], scores)


def _measured(name: str, asked: Sequence[Asked], chosen: Sequence[Sequence[str]], costs: Mapping[str, float]) -> Policy:
    pairs = list(zip(asked, chosen, strict=True))
    score = _mean([one.score(names) for one, names in pairs])
    cost = _mean([sum(costs[each] for each in names) for names in chosen])
    return Policy(name, score, cost, _mean([float(one.is_right(names)) for one, names in pairs]))


def _chance(alone: Sequence[Policy]) -> Policy:
    """What choosing by lot comes to on average: each expert as often as the others."""
    scores, costs, right = zip(*((one.score, one.cost, one.right) for one in alone), strict=True)
    return Policy("random", _mean(scores), _mean(costs), _mean(right))


def _best(one: Asked, costs: Mapping[str, float]) -> str:
    return min(one.scores, key=lambda name: (-one.scores[name], costs[name], name))


def _mean(values: Sequence[float]) -> float:
    return sum(values) / len(values)
