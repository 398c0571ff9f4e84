"""The store as a networkx graph: the surroundings of one entity, or the whole of a small store.

Nodes are entities ("e12") and documents ("d3"), edges are what the store's rows say, each with the passage and span it
came from. The store is the truth; a graph is made when it is asked for, from as few rows as it shows.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from collegia.errors import UsageError
from collegia.knowledge.graph import rows
from collegia.knowledge.graph.library import load_networkx
from collegia.knowledge.graph.paths import Path, Step, paths
from collegia.knowledge.graph.quote import quoted
from collegia.knowledge.graph.resolve import resolve
from collegia.knowledge.graph.rows import Link
from collegia.knowledge.store import KnowledgeStore

if TYPE_CHECKING:
    import networkx as nx

__all__ = ["COMMON", "Path", "Step", "neighbourhood", "paths", "resolve", "whole"]

COMMON = 200
"""Passages a name may stand in to be followed out of a document; a commoner one leads everywhere."""

_OF_ENTITY = 60  # relations, and passages, taken from one entity
_OF_DOCUMENT = 40  # names taken from one document
_ORDER = {"alias": 0, "relation": 1, "about": 2, "mentions": 3}
_MOST_HOPS = 4


@dataclass
class _Growing:
    """What has been found so far: nodes with the hop they were found at, and edges."""

    most: int
    nodes: dict[str, int] = field(default_factory=dict)
    links: dict[Link, None] = field(default_factory=dict)
    left_out: set[str] = field(default_factory=set)
    cut: bool = False  # a query had more rows than were read

    def same(self, entity: int) -> int:
        """An entity, or the centre for its other names: what was found first, at hop 0."""
        return -1 if self.nodes.get(f"e{entity}") == 0 else entity


def neighbourhood(store: KnowledgeStore, name: str, hops: int = 1, most: int = 60) -> nx.MultiDiGraph:
    """What is around an entity: the relations it stands in, the documents about it, and those that mention it.

    Its other names count as the entity itself. One hop further leads on from the related entities, and from the
    documents, by the passages found, to what else these mention.

    Args:
        store: the knowledge store.
        name: the entity's name, another name of it, or words that stand in one name alone.
        hops: how far to go, from 1 to 4.
        most: how many nodes at most; relations go before documents, sure ones before unsure ones.

    Returns:
        a graph whose nodes have `kind` ("entity" or "document"), `name`, `hop` and `passages` (in how many an entity is
        mentioned) or `source`, `title` and `collection`; whose edges have `kind` ("relation", "alias", "about",
        "mentions"), `verb`, `document` and `name` (its number and name), `passage`, `start` and `end` (the span in the
        document), `sentence`, `origin` and `confidence`. Its own attributes are `centre` (a node), `hops`, `left_out`
        (how many nodes were found and not taken) and `cut` (whether there were more that were not even looked at).

    Raises:
        UsageError: no entity, or more than one, is meant; or a bound that cannot be used.
    """
    if not 1 <= hops <= _MOST_HOPS:
        raise UsageError(f"{hops} hops cannot be drawn; give 1 to {_MOST_HOPS}")
    if most < 2:
        raise UsageError(f"a graph of {most} nodes shows nothing; give at least 2")
    centre = resolve(store, name)
    found = _Growing(most)
    found.nodes[f"e{centre.id}"] = 0
    with store.reading() as db:
        others = rows.aliases(db, centre.id)
    _take(found, others, 0, most // 2)
    frontier = list(found.nodes)
    for hop in range(1, hops + 1):
        before = set(found.nodes)
        room = most if hop == hops else len(found.nodes) + (most - len(found.nodes)) * 3 // 5  # the next hop needs some
        _take(found, [link for node in frontier for link in _around(store, found, node)], hop, room)
        frontier = [node for node in found.nodes if node not in before]
    _join(store, found)
    graph = _graph(store, found)
    graph.graph.update(
        centre=f"e{centre.id}", hops=hops, left_out=len(found.left_out - found.nodes.keys()), cut=found.cut
    )
    return graph


def _ends(link: Link) -> tuple[str, str]:
    """The nodes an edge joins."""
    first = "e" if link.kind in ("relation", "alias") else "d"
    return f"{first}{link.left}", f"e{link.right}"


def _around(store: KnowledgeStore, found: _Growing, node: str) -> list[Link]:
    """The edges of one node."""
    number = int(node[1:])
    with store.reading() as db:
        if node[0] == "d":
            seen = sorted({link.passage for link in found.links if link.document == number})
            parts = [rows.within(db, seen[:_OF_DOCUMENT], _OF_DOCUMENT, COMMON)]
        else:
            parts = [one(db, number, _OF_ENTITY + 1) for one in (rows.relations_of, rows.about, rows.named_in)]
            parts = [[link for link in part if link.left != link.right or link.kind != "relation"] for part in parts]
    found.cut = found.cut or any(len(part) > _OF_ENTITY for part in parts)
    return [link for part in parts for link in part[:_OF_ENTITY]]


def _take(found: _Growing, links: list[Link], hop: int, most: int) -> None:
    """Take edges in, the telling ones first, until there are too many nodes.

    Relations leave a third of the room to documents, so that a much related entity still shows where it is treated.
    """
    ordered = sorted(dict.fromkeys(links), key=lambda link: (_ORDER[link.kind], -link.confidence))
    told = {(link.document, found.same(link.right)) for link in (*ordered, *found.links) if link.kind == "about"}
    ordered = [  # a document that is about it surely mentions it
        link for link in ordered if link.kind != "mentions" or (link.document, found.same(link.right)) not in told
    ]
    typed = [link for link in ordered if link.kind in ("alias", "relation")]
    third = (most - len(found.nodes)) // 3
    for some, room in ((typed, most - third), (ordered[len(typed) :], most), (typed, most)):
        for link in some:
            fresh = [end for end in _ends(link) if end not in found.nodes]
            if len(found.nodes) + len(fresh) <= room:
                found.nodes.update(dict.fromkeys(fresh, hop))
                found.links[link] = None
            else:
                found.left_out.update(fresh)


def _join(store: KnowledgeStore, found: _Growing) -> None:
    """Add the relations among the entities that are shown."""
    with store.reading() as db:
        for node in list(found.nodes):
            if node[0] == "e":
                for link in rows.relations_of(db, int(node[1:]), _OF_ENTITY):
                    if link.left != link.right and all(end in found.nodes for end in _ends(link)):
                        found.links[link] = None


def _graph(store: KnowledgeStore, found: _Growing) -> nx.MultiDiGraph:
    graph = load_networkx().MultiDiGraph()
    with store.reading() as db:
        named = rows.entities(db, [int(node[1:]) for node in found.nodes if node[0] == "e"])
        documents = rows.sources(db, {int(node[1:]) for node in found.nodes if node[0] == "d"} | {
            link.document for link in found.links
        })  # fmt: skip
    for node, hop in found.nodes.items():
        number = int(node[1:])
        if node[0] == "e" and (entity := named.get(number)):
            graph.add_node(node, kind="entity", name=entity.name, hop=hop, passages=entity.passages)
        elif node[0] == "d" and (said := documents.get(number)):
            graph.add_node(
                node, kind="document", name=said.name, hop=hop, source=said.source, title=said.title,
                collection=said.collection,
            )  # fmt: skip
    said_by = quoted(store, found.links)
    for link in found.links:
        left, right = _ends(link)
        if left in graph and right in graph and link.document in documents:
            graph.add_edge(
                left, right, kind=link.kind, verb=link.verb, document=link.document, name=documents[link.document].name,
                passage=link.passage, start=link.start, end=link.end, sentence=said_by[link], origin=link.origin,
                confidence=link.confidence,
            )  # fmt: skip
    return graph


def whole(store: KnowledgeStore, most: int = 3000) -> nx.MultiDiGraph:
    """Every entity, document and edge of a small store, as `neighbourhood` gives them; `hop` is 0 everywhere.

    Raises:
        UsageError: the store has more than `most` entities and documents.
    """
    counts = store.counts()
    size = counts["entities"] + counts["documents"]
    if size > most:
        raise UsageError(
            f"the store has {size} names and documents, and a whole graph of more than {most} cannot be read;"
            " look at the surroundings of one name instead"
        )
    found = _Growing(most=size)
    with store.reading() as db:
        numbers = [one for (one,) in db.execute("SELECT id FROM entities ORDER BY id")]
        found.nodes.update((f"e{one}", 0) for one in numbers)
        found.nodes.update((f"d{one}", 0) for (one,) in db.execute("SELECT id FROM documents ORDER BY id"))
        for one in numbers:
            found.links.update(dict.fromkeys(rows.aliases(db, one)))
            for part in (rows.relations_of, rows.about, rows.named_in):
                found.links.update(dict.fromkeys(part(db, one, -1, -1)))
    graph = _graph(store, found)
    graph.graph.update(centre="", hops=0, left_out=0, cut=False)
    return graph
