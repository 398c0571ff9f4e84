"""The one setting of the search, chosen on development questions of several corpora together."""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["Weights"]


@dataclass(frozen=True, slots=True)
class Weights:
    """What counts how much, beside the lexical score of 0 to 1.

    Attributes:
        lexical: how many passages the lexical search gives.
        alone: what the best passage by words gains where the third stands far behind it.
        title: a name of the question is what the passage is about.
        lower: the share of it for a name that the question writes in small letters.
        seeds: how many of the best passages are followed to what they mention.
        bridge: a passage about a name that one of those mentions.
        base: what a bridge counts without any lexical score.
        spread: how far a passage that mentions many things passes its score on to each (exponent of their number).
        near: what a bridge gains where a word of the question stands beside the name.
        window: how many letters before the name count as beside it; half as many after.
        unsure: the share of a bridge to a passage that is about the name by an alias or a guess only.
        graph: personalised PageRank over passages and names.
        damping, steps, restart: of the PageRank; `restart` is the share that restarts at the question's names.
        expansion: a passage that shares a name with one of the best and has words of the question that it lacks.
        expanded: how many of the best are expanded.
        names: by how many of its names each.
        rarity: how much a rare shared name counts more than a frequent one (exponent).
        steepness: how the score of the expanded passage counts (exponent).
        dense: the share of the dense score in the mean with the lexical one, where there is one.
        common: names in more than this share of the passages are not followed.
    """

    lexical: int = 200
    alone: float = 0.8
    title: float = 1.0
    lower: float = 0.4
    seeds: int = 4
    bridge: float = 0.8
    base: float = 0.9
    spread: float = 0.25
    near: float = 0.5
    window: int = 40
    unsure: float = 0.9
    graph: float = 0.5
    damping: float = 0.5
    steps: int = 12
    restart: float = 0.9
    expansion: float = 1.6
    expanded: int = 2
    names: int = 20
    rarity: float = 0.8
    steepness: float = 0.5
    dense: float = 0.5
    common: float = 0.02
