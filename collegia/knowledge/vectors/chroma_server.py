"""Chroma's own server: the same collections, in another process or on another machine."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

from collegia.errors import MissingLibrary, UsageError
from collegia.knowledge.vectors.chroma import HNSW, ChromaVectors, wording

__all__ = ["ChromaServer"]

_FLAT = 1000  # vectors up to which all are fetched and compared exactly
_FIRST, _ANSWER = 5.0, 120.0  # seconds to wait for a connection, and for an answer


class ChromaServer:
    """The indexes of one store on a server started with `chroma run`.

    A removed vector is overwritten and deleted there too, but what the server has in its files is the server's: only
    `chroma vacuum` on its machine wipes them.

    Args:
        url: http://HOST:PORT or https://HOST:PORT.

    Raises:
        UsageError: the URL is no such thing.
    """

    def __init__(self, url: str) -> None:
        try:
            parts = urlsplit(url)
            port = parts.port or (443 if parts.scheme == "https" else 8000)
        except ValueError as error:
            raise UsageError(f"COLLEGIA_CHROMA_URL is {url!r} ({error}); give http://HOST:PORT") from error
        if parts.scheme not in {"http", "https"} or not parts.hostname or parts.path.strip("/") or parts.username:
            raise UsageError(f"COLLEGIA_CHROMA_URL is {url!r}; give http://HOST:PORT")
        self._host, self._port, self._secure = parts.hostname, port, parts.scheme == "https"
        shown = f"[{self._host}]" if ":" in self._host else self._host
        self._url = f"{parts.scheme}://{shown}:{port}"
        self.place = f"chroma at {self._url}"
        self._client: Any = None

    def index(self, name: str, about: dict[str, str]) -> ChromaVectors:
        """The collection of that name, made where there is none.

        Raises:
            StoreError: the server cannot be reached, or says no.
            MissingLibrary: chromadb is not installed.
        """
        with wording(self.place):
            client = self._opened()
            collection = client.get_or_create_collection(
                name, metadata=about, embedding_function=None, configuration={"hnsw": HNSW}
            )
            return ChromaVectors(collection, self.place, client.get_max_batch_size(), _FLAT)

    def drop(self, name: str) -> None:
        """Delete a collection."""
        with wording(self.place):
            client = self._opened()
            if name in {one.name for one in client.list_collections()}:
                client.delete_collection(name)

    def erase(self) -> None:
        """Nothing: its files are not ours to write."""

    def verify(self) -> list[str]:
        """Nothing: what crashes there does not crash here."""
        return []

    def refresh(self) -> None:
        """Nothing is held here."""

    def close(self) -> None:
        """Close the connections, which Chroma's client leaves open."""
        client, self._client = self._client, None
        if client is not None:
            sessions = _sessions(client)
            client.close()
            for session in sessions:
                session.close()

    def _opened(self) -> Any:
        if self._client is None:
            import httpx

            try:
                import chromadb
                from chromadb.config import Settings
            except ImportError as error:
                raise MissingLibrary(
                    f"vectors need chromadb, which cannot be imported ({error}): pip install 'chromadb>=1.5.9,<2'"
                ) from error
            # Chroma's client waits for ever, so the first word is ours; and then it is told how long it may wait.
            httpx.get(f"{self._url}/api/v2/heartbeat", timeout=_FIRST).raise_for_status()
            self._client = chromadb.HttpClient(
                self._host, self._port, ssl=self._secure, settings=Settings(anonymized_telemetry=False)
            )
            for session in _sessions(self._client):
                session.timeout = httpx.Timeout(_ANSWER, connect=_FIRST)
        return self._client


def _sessions(client: Any) -> list[Any]:
    """The connections inside Chroma's client and its client for administration; none where a release hides them."""
    parts = (client, getattr(client, "_admin_client", None))
    found = [getattr(getattr(part, "_server", None), "_session", None) for part in parts]
    return [session for session in found if session is not None]
