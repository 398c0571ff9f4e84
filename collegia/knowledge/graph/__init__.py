"""The store as a graph: the surroundings of a name, the paths between two, drawn as text or as a page."""

from __future__ import annotations

from collegia.knowledge.graph.around import Around, around
from collegia.knowledge.graph.draw import draw, draw_paths
from collegia.knowledge.graph.page import page
from collegia.knowledge.graph.paths import Path, Step, paths
from collegia.knowledge.graph.resolve import beginning, commonest, first_known, resolve
from collegia.knowledge.graph.view import neighbourhood, whole

__all__ = [
    "Around",
    "Path",
    "Step",
    "around",
    "beginning",
    "commonest",
    "draw",
    "draw_paths",
    "first_known",
    "neighbourhood",
    "page",
    "paths",
    "resolve",
    "whole",
]
