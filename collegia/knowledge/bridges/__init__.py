"""Other libraries' interfaces over the store. Each is imported when it is first asked for."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

from collegia.errors import MissingLibrary

if TYPE_CHECKING:
    from collegia.knowledge.bridges.exporting import export
    from collegia.knowledge.bridges.property_graph import CollegiaPropertyGraphStore, Unsupported

__all__ = ["CollegiaPropertyGraphStore", "Unsupported", "export"]

_HOMES = {"CollegiaPropertyGraphStore": "property_graph", "Unsupported": "property_graph", "export": "exporting"}


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    try:
        return getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)
    except ModuleNotFoundError as error:
        if (error.name or "").partition(".")[0] != "llama_index":
            raise
        raise MissingLibrary(
            f"{name} needs llama-index, which is not installed: pip install 'collegia[knowledge]'"
        ) from error
