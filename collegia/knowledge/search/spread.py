"""Personalised PageRank over a neighbourhood of passages and the names they mention."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

from collegia.knowledge.search.reach import Reach
from collegia.knowledge.search.weights import Weights

__all__ = ["pagerank"]


def pagerank(
    reach: Reach, passages: Sequence[int], names: Sequence[int], lexical: Mapping[int, float], weights: Weights
) -> dict[int, float]:
    """The rank of each passage, the best being 1.

    The graph has an edge for each mention, weighted by how rare the name is, twice so where the passage is about it.
    The walk restarts at the question's names, and with the rest at the passages that the words found.

    Args:
        reach: the look-ups.
        passages: the neighbourhood.
        names: the entities named in the question.
        lexical: lexical scores; the best twenty restart the walk too.
        weights: damping, steps and restart.
    """
    import numpy as np

    if not passages:
        return {}
    mentions, subjects = reach.mentions(passages), reach.subjects(passages)
    columns: dict[int, int] = {}
    left, right, strength = [], [], []
    for row, passage in enumerate(passages):
        for entity in mentions[passage]:
            column = columns.setdefault(entity, len(columns))
            rare = math.log(max(2.0, reach.passages / reach.entities[entity].passages))
            left.append(row)
            right.append(column)
            strength.append(rare * (2.0 if entity in subjects[passage] else 1.0))
    if not left:
        return {}
    rows, cols, edge = np.array(left), np.array(right), np.array(strength)
    out_rows = np.maximum(np.bincount(rows, edge, len(passages)), 1e-12)
    out_cols = np.maximum(np.bincount(cols, edge, len(columns)), 1e-12)
    at_rows, at_cols = np.zeros(len(passages)), np.zeros(len(columns))
    seeds = [columns[name] for name in names if name in columns]
    for seed in seeds:
        at_cols[seed] += weights.restart / len(seeds)
    best = sorted(lexical.items(), key=lambda item: (-item[1], item[0]))[:20]
    total = sum(score for _, score in best) or 1.0
    place = {passage: row for row, passage in enumerate(passages)}
    for passage, score in best:
        if passage in place:
            at_rows[place[passage]] += (1.0 - weights.restart if seeds else 1.0) * score / total
    here, there = at_rows.copy(), at_cols.copy()
    for _ in range(weights.steps):
        flow_cols = np.bincount(cols, edge * (here / out_rows)[rows], len(columns))
        flow_rows = np.bincount(rows, edge * (there / out_cols)[cols], len(passages))
        here = (1 - weights.damping) * at_rows + weights.damping * flow_rows
        there = (1 - weights.damping) * at_cols + weights.damping * flow_cols
    most = float(here.max())
    return {passage: float(here[row]) / most for passage, row in place.items()} if most > 0 else {}
