"""Walking a path of relations from a node, and telling afterwards how each end was reached."""

from __future__ import annotations

from collegia.knowledge.triples.graph import Triple, TripleGraph
from collegia.knowledge.triples.paths import Path

__all__ = ["MOST_NODES", "Walk", "walk"]

MOST_NODES = 50_000


class Walk:
    """The layers of nodes along a path: what each step reaches, and from how many nodes."""

    def __init__(self, graph: TripleGraph, start: int, path: Path) -> None:
        self._graph = graph
        self._path = path
        self._layers: list[dict[int, int]] = [{start: 1}]
        self.cut = False
        for step in path:
            side = graph.side(step.relation, forward=step.forward)
            reached: dict[int, int] = {}
            for node in self._layers[-1]:
                for other in side.get(node, ()):
                    if other != start:  # a thing is no answer to a question about itself, nor a bridge to one
                        reached[other] = reached.get(other, 0) + 1
                if len(reached) > MOST_NODES:
                    self.cut = True
                    break
            self._layers.append(reached)

    @property
    def ends(self) -> dict[int, int]:
        """What the last step reaches, and from how many nodes of the layer before."""
        return self._layers[-1]

    def evidence(self, end: int) -> tuple[Triple, ...]:
        """One chain of triples from the start to an end, in the order of the path."""
        chain: list[Triple] = []
        names, node = self._graph.names, end
        for place in range(len(self._path) - 1, -1, -1):
            step = self._path[place]
            before = self._layers[place]
            back = self._graph.side(step.relation, forward=not step.forward).get(node, ())
            source = next(other for other in back if other in before)
            ends = (source, node) if step.forward else (node, source)
            chain.append(Triple(names[ends[0]], self._graph.relations[step.relation], names[ends[1]]))
            node = source
        return tuple(reversed(chain))


def walk(graph: TripleGraph, start: int, path: Path) -> set[int]:
    """The nodes that a path leads to; the node it starts from is left out at every step."""
    return set(Walk(graph, start, path).ends)
