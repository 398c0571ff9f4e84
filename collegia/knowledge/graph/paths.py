"""How two entities hang together: chains of edges, each with the sentence that states it."""

from __future__ import annotations

import math
from dataclasses import dataclass
from itertools import islice, pairwise
from typing import TYPE_CHECKING

from collegia.errors import UsageError
from collegia.knowledge.graph import rows
from collegia.knowledge.graph.library import load_networkx
from collegia.knowledge.graph.quote import quoted
from collegia.knowledge.graph.resolve import resolve
from collegia.knowledge.graph.rows import Link
from collegia.knowledge.store import KnowledgeStore

if TYPE_CHECKING:
    import networkx as nx

__all__ = ["Path", "Step", "paths"]

_OF_ENTITY = 40  # edges of each kind that are followed from one entity
_COMMON = 400  # passages a name may stand in to be walked through
_EXPANDED = 800  # entities whose edges are looked at, from both sides together
_TRIED = 200  # chains looked at, of which some are too long
_LONGEST = 6


@dataclass(frozen=True, slots=True)
class Step:
    """One edge of a path, and where it stands.

    Attributes:
        left, right: the names it joins, in the order of the path.
        kind: "relation", "alias" or "mentions" (a passage about the one names the other).
        verb: the type of the relation.
        forward: whether the left one is the subject.
        document, source: what citations call the document, and what identifies it.
        passage: the store's number of the passage.
        start, end: the span in the document's text.
        sentence: what stands there.
        origin: "text" or "model".
        confidence: from 0 to 1.
    """

    left: str
    verb: str
    right: str
    forward: bool
    kind: str
    document: str
    source: str
    passage: int
    start: int
    end: int
    sentence: str
    origin: str
    confidence: float


@dataclass(frozen=True, slots=True)
class Path:
    """A chain from one entity to another.

    Attributes:
        cost: typed relations are cheap, mentions dear, and common names dearer; comparable within one search.
    """

    steps: tuple[Step, ...]
    cost: float

    @property
    def names(self) -> tuple[str, ...]:
        """The entities on the way, both ends among them."""
        return (self.steps[0].left, *(step.right for step in self.steps))


def paths(store: KnowledgeStore, a: str, b: str, longest: int = 4, most: int = 5) -> list[Path]:
    """The chains of edges between two entities, the most telling first; empty where there is none.

    Other names of the two count as they themselves.

    Args:
        store: the knowledge store.
        a: the name of an entity, read as in `neighbourhood`.
        b: the name of the other one.
        longest: how many edges a chain may have, from 1 to 6.
        most: how many chains at most.

    Raises:
        UsageError: an entity that is not there or not clear, twice the same, or a bound that cannot be used.
    """
    if not 1 <= longest <= _LONGEST:
        raise UsageError(f"a path of {longest} steps cannot be looked for; give 1 to {_LONGEST}")
    if most < 1:
        raise UsageError(f"{most} paths are none; give at least 1")
    first, last = resolve(store, a), resolve(store, b)
    if first.id == last.id:
        raise UsageError(f"{a!r} and {b!r} are the same name, {first.name!r}; give two")
    graph = _between(store, first.id, last.id, longest)
    return _told(store, _chains(graph, first.id, last.id, longest, most))


def _between(store: KnowledgeStore, first: int, last: int, longest: int) -> nx.Graph:
    """The part of the graph that is near either end, with the cheapest edge of every pair."""
    graph = load_networkx().Graph()
    graph.add_nodes_from((first, last))
    seen = [_names(store, first), _names(store, last)]
    same = {one: end for end, names in ((first, seen[0]), (last, seen[1])) for one in names}
    same |= {first: first, last: last}
    frontiers = [list(names) for names in seen]
    expanded = 0
    for turn in range(longest):
        side = turn % 2
        reached: dict[int, None] = {}
        for entity in frontiers[side]:
            if expanded >= _EXPANDED:
                break
            expanded += 1
            for link, cost in _edges(store, entity):
                left, right = same.get(link.left, link.left), same.get(link.right, link.right)
                known = graph.get_edge_data(left, right)
                if left != right and (known is None or cost < known["cost"]):
                    graph.add_edge(left, right, cost=cost, link=link, right=right)
                reached[link.right if link.left == entity else link.left] = None
        frontiers[side] = [one for one in reached if one not in seen[side]]
        seen[side].update(reached)
    return graph


def _names(store: KnowledgeStore, entity: int) -> set[int]:
    """An entity and its other names."""
    with store.reading() as db:
        return {entity, *(link.right for link in rows.aliases(db, entity))}


def _edges(store: KnowledgeStore, entity: int) -> list[tuple[Link, float]]:
    """The edges of an entity to others, with their costs; common names at the other end are left out."""
    with store.reading() as db:
        found = rows.relations_of(db, entity, _OF_ENTITY) + rows.aliases(db, entity)[:_OF_ENTITY]
        treated = [link.passage for link in rows.about(db, entity, _OF_ENTITY) if link.confidence >= 0.5]
        for link in rows.within(db, treated, _OF_ENTITY, _COMMON):
            if link.kind == "mentions":
                found.append(_joined(link, entity, link.right))
        named = {link.passage: link for link in rows.named_in(db, entity, _OF_ENTITY)}
        subjects: dict[int, Link] = {}
        for link in rows.within(db, list(named), 4 * _OF_ENTITY, _COMMON):
            if link.kind == "about":
                subjects.setdefault(link.passage, link)
        found += [_joined(named[passage], link.right, entity) for passage, link in subjects.items()]
        others = rows.entities(db, {end for link in found for end in (link.left, link.right)})
    told: list[tuple[Link, float]] = []
    for link in found:
        other = others.get(link.right if link.left == entity else link.left)
        if other is not None and other.id != entity and other.passages <= _COMMON:
            told.append((link, _cost(link, other.passages)))
    return told


def _joined(link: Link, left: int, right: int) -> Link:
    """A mention as an edge from what the passage is about to what it names."""
    place = (link.document, link.passage, link.start, link.end, link.offset)
    return Link("mentions", left, right, "mentions", *place, link.origin, link.confidence)


def _cost(link: Link, passages: int) -> float:
    if link.kind == "alias":
        return 0.4
    crowd = 0.3 * math.log10(1 + passages)
    return (3.2 if link.kind == "mentions" else 1.5 - 0.5 * link.confidence) + crowd


_Chain = tuple[list[tuple[Link, bool]], float]
"""Edges with whether each is walked from left to right, and what they cost together."""


def _chains(graph: nx.Graph, first: int, last: int, longest: int, most: int) -> list[_Chain]:
    """The cheapest chains without a circle."""
    nx = load_networkx()
    if not nx.has_path(graph, first, last):
        return []
    found: list[_Chain] = []
    for chain in islice(nx.shortest_simple_paths(graph, first, last, weight="cost"), _TRIED):
        if len(chain) - 1 <= longest:
            edges = [graph.edges[pair] for pair in pairwise(chain)]
            walked = [(edge["link"], edge["right"] == end) for edge, end in zip(edges, chain[1:], strict=True)]
            found.append((walked, sum(edge["cost"] for edge in edges)))
        if len(found) == most:
            break
        if found and sum(graph.edges[pair]["cost"] for pair in pairwise(chain)) > 2 * found[0][1] + 1:
            break  # what comes now wanders through names that happen to stand together
    return found


def _told(store: KnowledgeStore, chains: list[_Chain]) -> list[Path]:
    links = [link for walked, _ in chains for link, _ in walked]
    said = quoted(store, links)
    with store.reading() as db:
        names = rows.entities(db, {end for link in links for end in (link.left, link.right)})
        documents = rows.sources(db, {link.document for link in links})
    found: list[Path] = []
    for walked, cost in chains:
        if any(one.left not in names or one.right not in names or one.document not in documents for one, _ in walked):
            continue  # removed by another process since the edges were read
        steps = []
        for link, forward in walked:
            ends = (names[link.left].name, names[link.right].name)
            left, right = ends if forward else ends[::-1]
            document = documents[link.document]
            steps.append(
                Step(
                    left, link.verb, right, forward, link.kind, document.name, document.source, link.passage,
                    link.start, link.end, said[link], link.origin, link.confidence,
                )
            )  # fmt: skip
        found.append(Path(tuple(steps), round(cost, 3)))
    return found
