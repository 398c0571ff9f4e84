"""Embedders: what turns texts into vectors, chosen by one word of the settings.

    none             no vectors (the default)
    hash:DIM         words hashed to DIM numbers: nothing to install, no knowledge of meaning
    wordllama        the wordllama package, where it is installed
    openai:URL#MODEL any server with /v1/embeddings: vLLM, llama.cpp, Ollama, OpenAI …
    litellm:MODEL    any provider that litellm knows, where it is installed; at COLLEGIA_EMBEDDING_BASE, if that is set

A key for a server is read from COLLEGIA_EMBEDDING_KEY and nowhere else, and is never shown.
"""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from typing import Protocol

from collegia.errors import UsageError

__all__ = ["KEY", "Embedder", "open_embedder"]

KEY = "COLLEGIA_EMBEDDING_KEY"


class Embedder(Protocol):
    """Turns texts into vectors.

    Attributes:
        name: what identifies it: kind, model and place, and the dimension where it is known beforehand. Vectors of
            two names are never compared.
    """

    @property
    def name(self) -> str:
        """The name, the same as long as the vectors are."""

    def embed(self, texts: Sequence[str]) -> list[list[float]]:
        """One vector a text, in their order, all of one length and none of length zero. Batches are its own concern.

        Raises:
            CollegiaError: it cannot be reached, or what it gave is not that.
        """


def open_embedder(spec: str, environ: Mapping[str, str] | None = None, base: str = "") -> Embedder | None:
    """The embedder that a setting names, None for "none". Nothing is loaded or called yet.

    Args:
        spec: as above.
        environ: where the key is; the process's own where it is None.
        base: the address that litellm is to ask; empty for the provider's own.

    Raises:
        UsageError: there is no such kind, or what follows it is missing or wrong.
        MissingLibrary: its library is not installed.
    """
    kind, _, rest = spec.strip().partition(":")
    key = (os.environ if environ is None else environ).get(KEY, "").strip() or None
    match kind:
        case "none" | "":
            return None
        case "hash":
            from collegia.knowledge.vectors.hashing import HashEmbedder

            if not (rest.isascii() and rest.isdigit()):
                raise UsageError(f"the embedding {spec!r} needs a number of dimensions, as in hash:384")
            return HashEmbedder(int(rest))
        case "wordllama":
            from collegia.knowledge.vectors.local import WordLlamaEmbedder

            return WordLlamaEmbedder()
        case "openai":
            from collegia.knowledge.vectors.remote import ServerEmbedder

            return ServerEmbedder(rest, key)
        case "litellm":
            from collegia.knowledge.vectors.local import LiteLLMEmbedder

            return LiteLLMEmbedder(rest, key, base)
        case _:
            raise UsageError(
                f"there is no embedding {spec!r}; give none, hash:DIM, wordllama, openai:URL#MODEL or litellm:MODEL"
            )
