"""A neighbourhood as one HTML page that needs nothing else: no network, no other file.

The page carries the graph as data and a small program that lays it out. What documents say goes in as text and is put
into the page as text; a Content-Security-Policy allows nothing but the page's own program and style, by their hashes.
"""

from __future__ import annotations

import base64
import hashlib
import json
from functools import cache
from html import escape
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from collegia.knowledge.graph.plain import safe

if TYPE_CHECKING:
    import networkx as nx

__all__ = ["MARK", "page"]

MARK = "<!DOCTYPE html>\n<!-- a graph drawn by collegia -->\n"
"""What every page begins with; a file that begins so may be written over."""

_PAGE = """<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="{policy}">
<meta name="referrer" content="no-referrer">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{title}</title>
<style>{style}</style>
</head>
<body>
<header><h1>{title}</h1><p>{note}</p></header>
<main>
<svg id="graph" role="img" aria-label="{title}"></svg>
<aside id="told" aria-live="polite"><h2>{title}</h2><p>Choose a name to see what is said of it.</p></aside>
</main>
<details><summary>All statements</summary>
<table>
<thead><tr><th>from</th><th>edge</th><th>to</th><th>where</th><th>what stands there</th></tr></thead>
<tbody>
{rows}
</tbody>
</table>
</details>
<script type="application/json" id="data">{data}</script>
<script>{program}</script>
</body>
</html>
"""


def page(graph: nx.MultiDiGraph, title: str = "") -> str:
    """The page of a neighbourhood, or of a whole store.

    Args:
        graph: as `neighbourhood` or `whole` gives it.
        title: the heading; the centre's name where it is empty.
    """
    centre = graph.graph["centre"]
    said = safe(title or (graph.nodes[centre]["name"] if centre else "The whole graph"))
    program, style = _asset("page.js"), _asset("page.css")
    policy = (
        f"default-src 'none'; script-src '{_digest(program)}'; style-src '{_digest(style)}';"
        " base-uri 'none'; form-action 'none'"
    )
    return MARK + _PAGE.format(
        policy=policy, title=escape(said), style=style, program=program, data=_data(graph), rows=_rows(graph),
        note=escape(_note(graph)),
    )  # fmt: skip


@cache
def _asset(name: str) -> str:
    return files("collegia.knowledge.graph").joinpath(name).read_text(encoding="utf-8")


def _digest(text: str) -> str:
    return f"sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}"


def _note(graph: nx.MultiDiGraph) -> str:
    names = sum(node["kind"] == "entity" for _, node in graph.nodes(data=True))
    said = f"{names} names, {len(graph) - names} documents, {graph.number_of_edges()} edges"
    if graph.graph["left_out"] or graph.graph["cut"]:
        least = "at least " if graph.graph["cut"] else ""
        said += f"; {least}{max(graph.graph['left_out'], 1)} more names or documents are not shown"
    return f"{said}."


def _data(graph: nx.MultiDiGraph) -> str:
    """The graph as JSON that can't end the element it stands in."""
    place = {node: number for number, node in enumerate(graph)}
    nodes = [
        {"name": safe(said["name"]), "kind": said["kind"], "hop": said["hop"], "note": _about(said)}
        for _, said in graph.nodes(data=True)
    ]
    edges = [
        {
            "from": place[left], "to": place[right], "kind": said["kind"], "verb": safe(said["verb"]),
            "where": _where(said), "said": safe(said["sentence"]),
        }
        for left, right, said in graph.edges(data=True)
    ]  # fmt: skip
    text = json.dumps({"centre": place.get(graph.graph["centre"], -1), "nodes": nodes, "edges": edges})
    # json leaves these three as they are, and the reader of HTML looks at nothing else
    return text.replace("&", "\\u0026").replace("<", "\\u003c").replace(">", "\\u003e")


def _about(node: dict[str, Any]) -> str:
    if node["kind"] == "document":
        return f"document, {safe(node['source'])}"
    count = node["passages"]
    return f"in {count} passage" if count == 1 else f"in {count} passages"


def _where(edge: dict[str, Any]) -> str:
    origin = "" if edge["origin"] == "text" else f", by a {safe(edge['origin'])}, confidence {edge['confidence']:.2f}"
    return f"{safe(edge['name'])} {edge['start']}–{edge['end']}{origin}"


def _rows(graph: nx.MultiDiGraph) -> str:
    """Every edge as a row of a table, for readers without the program."""
    rows = []
    for left, right, said in graph.edges(data=True):
        cells = (
            safe(graph.nodes[left]["name"]), safe(said["verb"]), safe(graph.nodes[right]["name"]), _where(said),
            safe(said["sentence"]),
        )  # fmt: skip
        rows.append(f"<tr>{''.join(f'<td>{escape(cell)}</td>' for cell in cells)}</tr>")
    return "\n".join(rows)
