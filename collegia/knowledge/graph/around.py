"""What is around a name, as plain data: its neighbours by kind of edge, each with the places that say so."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal, cast

from collegia.knowledge.graph.draw import Group as Edges
from collegia.knowledge.graph.draw import grouped, nearness, one_thing
from collegia.knowledge.graph.view import neighbourhood
from collegia.knowledge.store import KnowledgeStore

__all__ = ["Around", "Group", "Neighbour", "Place", "around"]


@dataclass(frozen=True, slots=True)
class Place:
    """Where an edge stands.

    Attributes:
        document, source: what citations call the document, and what identifies it.
        start, end: the span in its text.
        sentence: what stands there.
        origin: "text" or "model".
        confidence: from 0 to 1.
    """

    document: str
    source: str
    start: int
    end: int
    sentence: str
    origin: str
    confidence: float


@dataclass(frozen=True, slots=True)
class Neighbour:
    """A name or a document, and the places that join it to the centre, the surest first.

    Attributes:
        source: what identifies it, of a document; empty for a name.
    """

    name: str
    kind: Literal["entity", "document"]
    source: str
    places: tuple[Place, ...]


@dataclass(frozen=True, slots=True)
class Group:
    """The neighbours of one kind of edge, under its heading: "causes →", "← lowers", "treated in"."""

    heading: str
    neighbours: tuple[Neighbour, ...]


@dataclass(frozen=True, slots=True)
class Around:
    """A name with what is around it.

    Attributes:
        name: the centre.
        passages: in how many it is mentioned.
        also: its other names.
        groups: its neighbours, typed relations first.
        left_out: how many more nodes were found.
        more: whether there are more still, that were not looked at.
    """

    name: str
    passages: int
    also: tuple[str, ...]
    groups: tuple[Group, ...]
    left_out: int = 0
    more: bool = False


def around(store: KnowledgeStore, name: str, most: int = 60) -> Around:
    """What is around a name, one step far.

    Args:
        store: the knowledge store.
        name: read as `neighbourhood` does.
        most: how many neighbours and other names at most.

    Raises:
        UsageError: no entity, or more than one, is meant.
        StoreError: the store cannot be read.
    """
    graph = neighbourhood(store, name, 1, most)
    roots = one_thing(graph)
    sources = store.sources({said["document"] for _, _, said in graph.edges(data=True)})
    groups = [
        Group(heading, tuple(_neighbour(graph.nodes[one], edges, sources) for one, edges in inside.items()))
        for heading, inside in _headed(grouped(graph, roots, nearness(graph, roots)[0]))
    ]
    centre = graph.nodes[roots[0]]
    return Around(
        centre["name"], centre["passages"], tuple(graph.nodes[one]["name"] for one in roots[1:]), tuple(groups),
        graph.graph["left_out"], graph.graph["cut"],
    )  # fmt: skip


def _headed(groups: list[tuple[tuple[int, str], Edges]]) -> list[tuple[str, Edges]]:
    return [(heading, inside) for (_, heading), inside in groups]


def _neighbour(node: dict[str, Any], edges: list[dict[str, Any]], sources: dict[int, tuple[str, str]]) -> Neighbour:
    places: dict[tuple[int, int, int], Place] = {}
    for one in sorted(edges, key=lambda edge: -float(edge["confidence"])):
        span = (one["document"], one["start"], one["end"])  # once, however many of the centre's names stand there
        source = sources.get(one["document"], ("", ""))[0]
        places.setdefault(
            span,
            Place(one["name"], source, *span[1:], one["sentence"], one["origin"], float(one["confidence"])),
        )
    kind = cast("Literal['entity', 'document']", node["kind"])
    return Neighbour(node["name"], kind, node.get("source", ""), tuple(places.values()))
