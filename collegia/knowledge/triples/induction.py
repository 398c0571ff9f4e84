"""Which paths of a graph lead from a node to exactly the given answers."""

from __future__ import annotations

from collections.abc import Iterable

from collegia.knowledge.triples.graph import TripleGraph
from collegia.knowledge.triples.paths import MOST_STEPS, Path
from collegia.knowledge.triples.schema import Schema, Step

__all__ = ["paths_to"]

_MOST_BETWEEN = 5_000


def paths_to(schema: Schema, start: int, answers: frozenset[int]) -> list[Path]:
    """The paths of up to three steps that lead from the node to all of the answers and nothing else.

    All of them, not the shortest alone: who wrote what somebody directed may happen to be who directed it, and which
    was meant shows only beside other questions. Layers of more than 5,000 nodes are not followed.
    """
    answers -= {start}
    if not answers:
        return []
    graph = schema.graph
    one = min(answers, key=graph.degree)
    last = {
        step: frozenset(before)
        for step in schema.steps
        if (before := graph.side(step.relation, forward=not step.forward).get(one))
    }
    found: list[Path] = []
    layers: list[tuple[Path, frozenset[int]]] = [((), frozenset((start,)))]
    for length in range(1, MOST_STEPS + 1):
        for path, nodes in layers:
            found.extend(
                (*path, step)
                for step, before in last.items()
                if not nodes.isdisjoint(before) and _leads(graph, nodes, step, start, answers)
            )
        if length < MOST_STEPS:
            layers = [
                ((*path, step), reached)
                for path, nodes in layers
                for step in schema.steps
                if (reached := _next(graph, nodes, step, start))
            ]
    return found


def _next(graph: TripleGraph, nodes: Iterable[int], step: Step, start: int) -> frozenset[int]:
    """What a step reaches; nothing where that is too much."""
    side = graph.side(step.relation, forward=step.forward)
    reached: set[int] = set()
    for node in nodes:
        reached.update(side.get(node, ()))
        if len(reached) > _MOST_BETWEEN:
            return frozenset()
    reached.discard(start)
    return frozenset(reached)


def _leads(graph: TripleGraph, nodes: Iterable[int], step: Step, start: int, answers: frozenset[int]) -> bool:
    """Whether a step from the nodes reaches the answers and nothing else; it stops at the first other node."""
    side = graph.side(step.relation, forward=step.forward)
    reached: set[int] = set()
    for node in nodes:
        for other in side.get(node, ()):
            if other in answers:
                reached.add(other)
            elif other != start:
                return False
    return len(reached) == len(answers)
