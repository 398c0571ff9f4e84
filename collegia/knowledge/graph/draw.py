"""A neighbourhood, or paths, as lines of text for a terminal."""

from __future__ import annotations

from collections import deque
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from collegia.knowledge.graph.paths import Path, Step
from collegia.knowledge.graph.plain import fit, safe

if TYPE_CHECKING:
    import networkx as nx

__all__ = [
    "ASCII", "UNICODE", "Group", "Marks", "draw", "draw_paths", "grouped", "nearness", "one_thing", "say", "say_paths",
]  # fmt: skip

_NARROWEST = 40  # columns; less is drawn as this, and the terminal wraps it
_INWARD = {"about": "treated in", "mentions": "named in"}
_OUTWARD = {"about": "treats", "mentions": "names"}
_ORDER = {"relation": 0, "about": 1, "mentions": 2}


@dataclass(frozen=True, slots=True)
class Marks:
    """What lines, arrows, quotes and cuts are drawn with."""

    fork: str
    last: str
    down: str
    right: str
    left: str
    open: str
    close: str
    cut: str
    dash: str


UNICODE = Marks("├─ ", "└─ ", "│  ", "→", "←", "“", "”", "…", "–")
ASCII = Marks("|- ", "`- ", "|  ", "->", "<-", '"', '"', "...", "-")


Group = dict[str, list[dict[str, Any]]]
"""What stands under one heading: the edges to each node."""


@dataclass(slots=True)
class _Tree:
    """The lines grown so far, each node's place in the order of nearness, and the node that each hangs on."""

    graph: nx.MultiDiGraph
    marks: Marks
    width: int
    rank: dict[str, int]
    parent: dict[str, str]
    lines: list[str] = field(default_factory=list)

    def put(self, line: str) -> None:
        self.lines.append(fit(line, self.width, self.marks.cut))


def draw(graph: nx.MultiDiGraph, width: int = 100, marks: Marks = UNICODE) -> list[str]:
    """A neighbourhood as a tree: what is around its centre by kind of edge, and what is around that.

    Each edge stands once, at the end that is nearer to the centre; so does what hangs on a name. Text of documents is
    shown with its control characters escaped.

    Args:
        graph: as `neighbourhood` gives it.
        width: columns.
        marks: UNICODE or ASCII.
    """
    roots = one_thing(graph)
    centre = roots[0]
    tree = _Tree(graph, marks, max(width, _NARROWEST), *nearness(graph, roots))
    tree.put(f"{safe(graph.nodes[centre]['name'])} ({_counted(graph.nodes[centre]['passages'], 'passage')})")
    if roots[1:]:
        tree.put(f"also called: {', '.join(safe(graph.nodes[one]['name']) for one in roots[1:])}")
    _grow(tree, roots, "")
    if len(graph) == len(roots):
        tree.put("nothing is stored of it but its name")
    if graph.graph["left_out"] or graph.graph["cut"]:
        least = "at least " if graph.graph["cut"] else ""
        tree.put(f"{least}{max(graph.graph['left_out'], 1)} more not shown")
    return tree.lines


def _counted(number: int, what: str) -> str:
    return f"{number} {what}" if number == 1 else f"{number} {what}s"


def one_thing(graph: nx.MultiDiGraph) -> list[str]:
    """The centre of a neighbourhood, and its other names."""
    centre = graph.graph["centre"]
    return [centre, *(right for _, right, edge in graph.out_edges(centre, data=True) if edge["kind"] == "alias")]


def nearness(graph: nx.MultiDiGraph, roots: Sequence[str]) -> tuple[dict[str, int], dict[str, str]]:
    """Each node's place in the order of nearness to these, and the node it hangs on: the first that reaches it."""
    rank, parent = dict.fromkeys(roots, 0), dict[str, str]()
    waiting = deque(roots)
    while waiting:
        node = waiting.popleft()
        for other in (*graph.successors(node), *graph.predecessors(node)):
            if other not in rank:
                rank[other] = len(rank)
                parent[other] = node
                waiting.append(other)
    return rank, parent


def grouped(
    graph: nx.MultiDiGraph, nodes: Sequence[str], rank: Mapping[str, int], marks: Marks = UNICODE
) -> list[tuple[tuple[int, str], Group]]:
    """What hangs on these nodes, which are one thing, by heading: edges to nodes that are farther away."""
    groups: dict[tuple[int, str], Group] = {}
    for node in nodes:
        for outward in (True, False):
            for left, right, edge in (graph.out_edges if outward else graph.in_edges)(node, data=True):
                other = right if outward else left
                if edge["kind"] != "alias" and rank[other] > rank[node]:
                    groups.setdefault(_title(edge, outward, marks), {}).setdefault(other, []).append(edge)
    return sorted(groups.items(), key=lambda item: item[0])


def _grow(tree: _Tree, nodes: Sequence[str], indent: str) -> None:
    """Draw what hangs on these nodes, which are one thing."""
    grown: set[str] = set()
    for number, (title, inside) in enumerate(ordered := grouped(tree.graph, nodes, tree.rank, tree.marks)):
        final = number == len(ordered) - 1
        tree.put(indent + (tree.marks.last if final else tree.marks.fork) + title[1])
        below = indent + ("   " if final else tree.marks.down)
        for place, (other, edges) in enumerate(inside.items()):
            last = place == len(inside) - 1
            tree.put(below + (tree.marks.last if last else tree.marks.fork) + _label(tree.graph.nodes[other], edges))
            deeper = below + ("   " if last else tree.marks.down)
            further = tree.parent.get(other) in nodes and other not in grown and _bears(tree, other)
            if title[0] != _ORDER["about"]:
                tree.put(deeper + (tree.marks.down if further else "   ") + _quote(edges, tree.marks))
            if further:
                grown.add(other)
                _grow(tree, [other], deeper)


def _bears(tree: _Tree, node: str) -> bool:
    """Whether anything hangs on a node that is farther from the centre."""
    others = (*tree.graph.successors(node), *tree.graph.predecessors(node))
    return any(tree.rank[other] > tree.rank[node] for other in others)


def _title(edge: dict[str, Any], outward: bool, marks: Marks) -> tuple[int, str]:
    """The heading an edge stands under, as seen from one of its ends, with its place among headings."""
    kind, verb = edge["kind"], safe(edge["verb"])
    if kind == "relation":
        return _ORDER[kind], f"{verb} {marks.right}" if outward else f"{marks.left} {verb}"
    return _ORDER[kind], (_OUTWARD if outward else _INWARD)[kind]


def _label(node: dict[str, Any], edges: list[dict[str, Any]]) -> str:
    """A node's name, and how often it stands."""
    if node["kind"] == "document":
        return f"{safe(node['name'])} ({_counted(len({edge['passage'] for edge in edges}), 'passage')})"
    return safe(node["name"])


def _quote(edges: list[dict[str, Any]], marks: Marks) -> str:
    """Where the surest of these edges stands, what stands there, and how many more do."""
    best = max(edges, key=lambda edge: float(edge["confidence"]))
    more = f" (+{len(edges) - 1})" if len(edges) > 1 else ""
    place = f"{safe(best['name'])} {best['start']}{marks.dash}{best['end']}{more}"
    said = f"{marks.open}{safe(best['sentence'])}{marks.close}"
    return f"{place}{_origin(best['origin'], best['confidence'])}: {said}"


def _origin(origin: str, confidence: float) -> str:
    """A note where no rule but a model found the edge."""
    return "" if origin == "text" else f" [{safe(origin)}, {confidence:.2f}]"


def draw_paths(found: Sequence[Path], width: int = 100, marks: Marks = UNICODE) -> list[str]:
    """Paths as lines: each step with its verb, then where it stands and the whole sentence."""
    from textwrap import wrap

    width = max(width, _NARROWEST)
    lines: list[str] = []
    for number, path in enumerate(found, 1):
        if lines:
            lines.append("")
        lines.append(fit(f"{number}. {safe(path.steps[0].left)}", width, marks.cut))
        for step in path.steps:
            arrow = f"{safe(step.verb)} {marks.right}" if step.forward else f"{marks.left} {safe(step.verb)}"
            lines.append(fit(f"   {arrow} {safe(step.right)}", width, marks.cut))
            indent = " " * 6
            lines += wrap(_cited(step, marks), width, initial_indent=indent, subsequent_indent=indent)
    return lines


def _cited(step: Step, marks: Marks) -> str:
    place = f"{safe(step.document)} {step.start}{marks.dash}{step.end}{_origin(step.origin, step.confidence)}"
    return f"{place}: {marks.open}{safe(step.sentence)}{marks.close}"


def say(graph: nx.MultiDiGraph) -> list[str]:
    """A neighbourhood as sentences, one for each edge, for who cannot see a drawing.

    Args:
        graph: as `neighbourhood` gives it.
    """
    named = {node: safe(about["name"]) for node, about in graph.nodes(data=True)}
    centre = graph.graph["centre"]
    lines = [f"{named[centre]}: {_counted(graph.nodes[centre]['passages'], 'passage')}."]
    for left, right, edge in sorted(graph.edges(data=True), key=lambda one: _ORDER.get(one[2]["kind"], -1)):
        verb = {"alias": "is also called", **_OUTWARD}.get(edge["kind"]) or safe(edge["verb"])
        place = "" if edge["kind"] in ("alias", "about") else f", {_stated(edge)}"
        lines.append(f"{named[left]} {verb} {named[right]}{place}.")
    if graph.graph["left_out"] or graph.graph["cut"]:
        lines.append(f"{'At least ' if graph.graph['cut'] else ''}{max(graph.graph['left_out'], 1)} more not told.")
    return lines


def say_paths(found: Sequence[Path]) -> list[str]:
    """Paths as sentences, one for each step."""
    return [
        f"Path {number}, step {place}: {' '.join(map(safe, _in_order(step)))}, {_cited(step, UNICODE)}."
        for number, path in enumerate(found, 1)
        for place, step in enumerate(path.steps, 1)
    ]


def _in_order(step: Step) -> tuple[str, str, str]:
    """Subject, verb and object, whichever way the step was gone."""
    return (step.left, step.verb, step.right) if step.forward else (step.right, step.verb, step.left)


def _stated(edge: dict[str, Any]) -> str:
    place = f"{safe(edge['name'])} {edge['start']} to {edge['end']}{_origin(edge['origin'], edge['confidence'])}"
    return f"{place}: “{safe(edge['sentence'])}”"
