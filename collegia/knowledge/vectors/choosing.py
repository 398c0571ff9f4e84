"""Which embedder each collection has, and where vectors live: what the settings say, made into objects."""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import uuid4

from collegia.knowledge.vectors.chroma_folder import ChromaFolder
from collegia.knowledge.vectors.chroma_server import ChromaServer
from collegia.knowledge.vectors.embedders import Embedder, open_embedder
from collegia.knowledge.vectors.exact import ExactBackend
from collegia.knowledge.vectors.index import Backend

if TYPE_CHECKING:
    from collegia.knowledge.store import KnowledgeStore
    from collegia.settings import Settings

__all__ = ["LOCAL", "Embedders", "backend_for", "identity", "leave"]

LOCAL = ("chroma", "exact")
"""Places within the store's own folder."""

_CHROMA, _EXACT = "chroma", "exact.db"


class Embedders:
    """The embedder of each collection, opened on first use and once for each word of the settings.

    Args:
        settings: of which `embedding`, `embeddings` and `embedding_base` are read.
        environ: where the key is; the process's own where it is None.
    """

    def __init__(self, settings: Settings, environ: Mapping[str, str] | None = None) -> None:
        self._settings = settings
        self._environ = environ
        self._open: dict[str, Embedder | None] = {}

    def active(self) -> bool:
        """Whether any collection may have one."""
        specs = [self._settings.embedding, *(spec for _, spec in self._settings.embeddings)]
        return any(spec != "none" for spec in specs)

    def of(self, collection: str) -> Embedder | None:
        """The embedder of a collection, None where it has none.

        Raises:
            UsageError: the setting names nothing.
            MissingLibrary: its library is not installed.
        """
        return self._of(self._settings.embedding_of(collection))

    def state(self) -> str:
        """The same as long as no collection's embedder changes."""
        own = sorted((name, _name(self._of(spec))) for name, spec in self._settings.embeddings)
        return repr((_name(self._of(self._settings.embedding)), own))

    def _of(self, spec: str) -> Embedder | None:
        if spec not in self._open:
            self._open[spec] = open_embedder(spec, self._environ, self._settings.embedding_base)
        return self._open[spec]


def _name(embedder: Embedder | None) -> str:
    return "none" if embedder is None else embedder.name


def backend_for(settings: Settings, folder: Path | None) -> Backend:
    """Where the vectors of a store live.

    Args:
        settings: of which `vectors` and `chroma_url` are read.
        folder: that of the store; None for one in memory, whose vectors are in memory too.

    Raises:
        UsageError: the server's URL is none.
    """
    if folder is None:
        return ExactBackend(None)
    if settings.vectors == "exact":
        return ExactBackend(folder / _EXACT)
    if settings.chroma_url:
        return ChromaServer(settings.chroma_url)
    return ChromaFolder(folder / _CHROMA)


def leave(place: str, folder: Path | None, names: list[str]) -> list[str]:
    """Delete the vectors of a place that is used no more; what cannot be deleted from here is said.

    Args:
        place: of the backend that is left.
        folder: of the store.
        names: of its indexes.
    """
    if folder is None:
        return []
    if place == "exact":
        for ending in ("", "-wal", "-shm"):
            (folder / f"{_EXACT}{ending}").unlink(missing_ok=True)
        return []
    if place == "chroma":
        for one in (folder / _CHROMA, folder / f"{_CHROMA}.damaged"):
            if one.exists():
                shutil.rmtree(one)
        (folder / f"{_CHROMA}.mark").unlink(missing_ok=True)
        return []
    return [f"vectors are kept elsewhere now; these stay in {place} until they are deleted there: {', '.join(names)}"]


def identity(store: KnowledgeStore) -> str:
    """What tells a store's indexes from those of other stores in one place; made when it is first asked for."""
    known = store.fact("vectors")
    if known is None:
        known = uuid4().hex[:12]
        store.keep("vectors", known)
    return known
