"""Embeddings from a server with the /v1/embeddings interface."""

from __future__ import annotations

import time
from collections.abc import Sequence
from ipaddress import ip_address
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit, urlunsplit

from collegia.errors import UsageError
from collegia.knowledge.vectors.checking import checked

if TYPE_CHECKING:
    import httpx

__all__ = ["ServerEmbedder"]

_BATCH = 64
_TRIES = 3
_WAIT = 0.5  # seconds before the second try; doubled before each further one
_LONGEST = 10.0  # seconds a server may ask to be left alone within one call
_CONNECT, _ANSWER = 5.0, 120.0  # seconds


class ServerEmbedder:
    """A model behind a server that speaks OpenAI's interface: vLLM, llama.cpp, Ollama, OpenAI and others.

    Args:
        target: URL#MODEL; the URL with or without /v1 and /embeddings.
        key: sent as a bearer token where it is not None.

    Raises:
        UsageError: the target is no such thing.
    """

    def __init__(self, target: str, key: str | None = None) -> None:
        url, _, model = target.partition("#")
        parts = urlsplit(url)
        if parts.scheme not in {"http", "https"} or not parts.hostname or not model.strip():
            raise UsageError(
                "an embedding server is given as openai:URL#MODEL, as in openai:http://127.0.0.1:8000/v1#my-model"
            )
        if parts.username or parts.password:
            raise UsageError("leave the password out of the embedding's URL and set COLLEGIA_EMBEDDING_KEY")
        path = parts.path.rstrip("/")
        if not path.endswith("/embeddings"):
            path = f"{path}/embeddings" if path.endswith("/v1") else f"{path}/v1/embeddings"
        self._url = urlunsplit((parts.scheme, parts.netloc, path, parts.query, ""))
        self._model = model.strip()
        self._key = key
        self._proxied = not _loopback(parts.hostname)
        self._shown = f"{parts.scheme}://{parts.netloc}{path}"
        self.name = f"openai:{self._shown}#{self._model}"

    def embed(self, texts: Sequence[str]) -> list[list[float]]:
        """One vector a text, asked for in batches of 64; each batch is tried three times.

        Raises:
            UsageError: the server cannot be reached, refuses, or gives something else than vectors.
        """
        import httpx

        found: list[list[float]] = []
        headers = {"Authorization": f"Bearer {self._key}"} if self._key else {}
        limits = httpx.Timeout(_ANSWER, connect=_CONNECT)
        with httpx.Client(timeout=limits, headers=headers, trust_env=self._proxied) as client:
            for first in range(0, len(texts), _BATCH):
                some = list(texts[first : first + _BATCH])
                found += checked(self._vectors(self._ask(client, some)), len(some), self._said())
        return checked(found, len(texts), self._said())

    def _ask(self, client: httpx.Client, texts: list[str]) -> httpx.Response:
        import httpx

        why = ""
        for attempt in range(_TRIES):
            wait = _WAIT * 2**attempt
            try:
                response = client.post(self._url, json={"model": self._model, "input": texts})
            except httpx.HTTPError as error:
                why = f"cannot be reached ({type(error).__name__}: {error})"
            else:
                if response.status_code == 200:
                    return response
                why = f"answers {response.status_code}: {_excerpt(response.text)}"
                if response.status_code != 429 and response.status_code < 500:
                    break
                asked = response.headers.get("retry-after", "")
                wait = min(float(asked), _LONGEST) if asked.isdigit() else wait
            if attempt + 1 < _TRIES:
                time.sleep(wait)
        raise UsageError(f"{self._said()} {why}; {_cure(why)}, or set COLLEGIA_EMBEDDING=none to go without vectors")

    def _vectors(self, response: httpx.Response) -> list[Any]:
        try:
            rows = response.json()["data"]
            return [row["embedding"] for row in sorted(rows, key=lambda row: row.get("index", 0))]
        except (ValueError, LookupError, TypeError, AttributeError) as error:
            raise UsageError(
                f"{self._said()} does not answer as /v1/embeddings does: {_excerpt(response.text)}; look at its URL"
            ) from error

    def _said(self) -> str:
        return f"the embedding server {self._shown}"


def _cure(why: str) -> str:
    if why.startswith(("answers 401", "answers 403")):
        return "set COLLEGIA_EMBEDDING_KEY to a key that it accepts"
    if why.startswith("answers 404"):
        return "look at its URL and at the name of the model"
    if why.startswith("answers 4"):
        return "look at what it says"
    return "start it or wait for it"


def _excerpt(text: str) -> str:
    """The beginning of what a server said, on one line and fit to be shown."""
    line = " ".join(text.split())
    shown = "".join(c if c.isprintable() else "?" for c in line[:200])
    return shown + ("…" if len(line) > 200 else "")


def _loopback(host: str) -> bool:
    """Whether a host is this machine: no proxy stands between."""
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
