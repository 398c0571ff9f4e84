"""`collegia kb graph`: what is around a name, or between two."""

from __future__ import annotations

import sys
from dataclasses import asdict
from pathlib import Path as File
from shutil import get_terminal_size
from typing import TYPE_CHECKING, Any

from collegia.cli.err import ANSWERED, tell
from collegia.cli.out import Output, is_plain, is_terminal, line, rows
from collegia.errors import UsageError
from collegia.knowledge.graph import Path, draw, draw_paths, neighbourhood, page, paths
from collegia.knowledge.graph.draw import ASCII, UNICODE, Marks, say, say_paths
from collegia.knowledge.graph.page import MARK
from collegia.knowledge.place import open_knowledge
from collegia.settings import Settings

if TYPE_CHECKING:
    import networkx as nx

    from collegia.knowledge.store import KnowledgeStore

__all__ = ["graph"]

_WIDTH = 120  # columns where there is no terminal to ask
_LONGEST = 4  # steps of a path


def graph(
    entity: str,
    hops: int = 1,
    to: str | None = None,
    html: File | None = None,
    output: Output = Output.text,
    most: int = 60,
) -> int:
    """Draw what is around a name, or the paths to another one; also as a page.

    Args:
        entity: a name in the store.
        hops: how far to go around it, from 1 to 4.
        to: another name; the paths between the two are shown instead.
        html: where to write the neighbourhood as one page.
        output: text, or one object, or one line for each edge or path.
        most: how many nodes at most.

    Raises:
        UsageError: a name, a bound or a file that cannot be used.
    """
    if to is not None and html is not None:
        raise UsageError("--to shows paths, and a page shows what is around one name; give one of --to and --html")
    if html is not None:
        _check(html)
    store = open_knowledge(Settings.load())
    try:
        if to is not None:
            _show_paths(store, entity, to, output)
        else:
            found = neighbourhood(store, entity, hops, most)
            if html is not None:
                html.write_text(page(found), encoding="utf-8", newline="\n")
                tell(f"written: {html}")
            _show(found, output)
    finally:
        store.close()
    return ANSWERED


def _check(file: File) -> None:
    """Refuse what would be lost: a file that is there and is no page of ours.

    Raises:
        UsageError: with its name.
    """
    if file.is_dir() or not file.parent.is_dir():
        raise UsageError(f"{file} cannot be written: it is a folder, or its folder does not exist")
    if file.exists():
        with file.open("rb") as opened:
            if opened.read(len(MARK)) != MARK.encode():
                raise UsageError(f"{file} exists and is no page of a graph; give another name, or remove it first")


def _marks() -> Marks:
    """Lines and arrows where standard output can write them."""
    encoding = getattr(sys.stdout, "encoding", None) or "utf-8"
    try:
        "├└│─→←“”…–".encode(encoding)
    except (UnicodeEncodeError, LookupError):
        return ASCII
    return UNICODE


def _width() -> int:
    return get_terminal_size().columns if is_terminal() else _WIDTH


def _show(found: nx.MultiDiGraph, output: Output) -> None:
    if output is Output.text:
        for text in say(found) if is_plain() else draw(found, _width(), _marks()):
            line(text)
        return
    nodes = [{"id": node, **said} for node, said in found.nodes(data=True)]
    edges = [_edge(found, left, right, said) for left, right, said in found.edges(data=True)]
    rows(edges, output, {"schema": "collegia.graph/1", **found.graph, "nodes": nodes, "edges": edges})


def _edge(found: nx.MultiDiGraph, left: str, right: str, said: dict[str, Any]) -> dict[str, Any]:
    """An edge as plain data, with the names of its ends and of the document where it stands."""
    ends = {"from": left, "to": right, "from_name": found.nodes[left]["name"], "to_name": found.nodes[right]["name"]}
    rest = {name: value for name, value in said.items() if name not in ("document", "name")}
    return {**ends, "document": said["name"], "document_id": f"d{said['document']}", **rest}


def _show_paths(store: KnowledgeStore, entity: str, to: str, output: Output) -> None:
    found = paths(store, entity, to, _LONGEST)
    if output is not Output.text:
        plain = [_path(one) for one in found]
        rows(plain, output, {"schema": "collegia.paths/1", "from": entity, "to": to, "paths": plain})
    elif found:
        for text in say_paths(found) if is_plain() else draw_paths(found, _width(), _marks()):
            line(text)
    else:
        line(f"no path of at most {_LONGEST} steps leads from {entity} to {to}")


def _path(path: Path) -> dict[str, Any]:
    return {"names": list(path.names), "cost": path.cost, "steps": [asdict(step) for step in path.steps]}
