"""What labelled questions have taught: how much each turn of phrase speaks for each path."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from collegia.knowledge.triples.names import Token

__all__ = ["Label", "Learned", "features_of"]

Label = tuple[str, ...]

_TOPIC, _START, _END = "_", "<", ">"
_LONGEST = 3
_LEAST = 0.005


def features_of(tokens: Sequence[Token], first: int, last: int) -> list[str]:
    """The turns of phrase of a question whose topic is blanked: runs of one to three words, and the whole."""
    words = [_START, *(token.key for token in tokens[:first]), _TOPIC, *(token.key for token in tokens[last:]), _END]
    runs = {
        " ".join(words[at : at + length]) for length in range(1, _LONGEST + 1) for at in range(len(words) - length + 1)
    }
    return [*runs - {_START, _END, _TOPIC}, " ".join(words)]


class Learned:
    """Weights of turns of phrase for paths. A path is the names of its relations, ^ before one taken backward."""

    def __init__(self, labels: Iterable[Label] = (), weights: dict[str, dict[Label, float]] | None = None) -> None:
        self.labels = tuple(labels)
        self.weights: dict[str, dict[Label, float]] = weights or {}

    def scores(self, features: Iterable[str]) -> dict[Label, float]:
        """What the turns of phrase of a question speak for; a path that none speaks for or against is left out."""
        total: dict[Label, float] = {}
        for feature in features:
            for label, weight in self.weights.get(feature, {}).items():
                total[label] = total.get(label, 0.0) + weight
        return total

    def scaled(self, by: float) -> Learned:
        """The same with every weight multiplied."""
        rows = self.weights.items() if by else ()
        return Learned(self.labels, {key: {label: by * weight for label, weight in row.items()} for key, row in rows})

    def to_json(self) -> dict[str, Any]:
        """The labels and weights in lists and plain dictionaries; the smallest weights are left out."""
        numbers = {label: number for number, label in enumerate(self.labels)}
        weights = {
            feature: {str(numbers[label]): round(weight, 4) for label, weight in row.items() if abs(weight) >= _LEAST}
            for feature, row in self.weights.items()
        }
        return {"labels": [list(label) for label in self.labels], "weights": {k: v for k, v in weights.items() if v}}

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> Learned:
        """The inverse of `to_json`. Raises KeyError, TypeError or ValueError for anything else."""
        labels = [tuple(str(step) for step in label) for label in data["labels"]]
        weights = {
            str(feature): {labels[int(number)]: float(weight) for number, weight in row.items()}
            for feature, row in data["weights"].items()
        }
        return cls(labels, weights)
