"""networkx, imported when a graph is first made."""

from __future__ import annotations

from typing import Any

from collegia.errors import MissingLibrary

__all__ = ["load_networkx"]


def load_networkx() -> Any:
    """The library.

    Raises:
        MissingLibrary: it is not installed; with the command that installs it.
    """
    try:
        import networkx
    except ModuleNotFoundError as error:
        raise MissingLibrary(
            "a graph needs networkx, which is not installed: pip install 'collegia[knowledge]'"
        ) from error
    return networkx
