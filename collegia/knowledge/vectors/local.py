"""Embeddings by libraries that need not be there: wordllama on this machine, litellm to reach a provider."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from collegia.errors import CollegiaError, MissingLibrary, UsageError
from collegia.knowledge.vectors.checking import checked
from collegia.tools.models.through_litellm import load_litellm

__all__ = ["LiteLLMEmbedder", "WordLlamaEmbedder"]

_BATCH = 64
_SECONDS = 120.0
_RETRIES = 2


class WordLlamaEmbedder:
    """The static word vectors of the wordllama package, 256 numbers a text, from the files it was installed with.

    Raises:
        MissingLibrary: the package is not installed.
    """

    def __init__(self) -> None:
        from importlib.metadata import version

        if find_spec("wordllama") is None:
            raise MissingLibrary("the embedding wordllama needs its package: pip install wordllama")
        self.name = f"wordllama:{version('wordllama')}:256"
        self._model: Any = None

    def embed(self, texts: Sequence[str]) -> list[list[float]]:
        """One vector of length 1 a text.

        Raises:
            UsageError: the package's files cannot be read.
        """
        if self._model is None:
            self._model = _load_wordllama()
        # A text of unknown signs alone has the zero vector; that of a full stop stands for it.
        found = self._model.embed(list(texts), norm=False).tolist() if texts else []
        empty = None
        for number, values in enumerate(found):
            if not any(values):
                empty = self._model.embed(["."], norm=False).tolist()[0] if empty is None else empty
                found[number] = empty
        return checked(found, len(texts), "the embedding wordllama")


def _load_wordllama() -> Any:
    root = logging.getLogger()
    level = root.level
    try:
        wordllama = import_module("wordllama")
        # It ships its files beside its code but looks for them elsewhere, and then asks the network.
        return wordllama.WordLlama.load(cache_dir=Path(str(wordllama.__file__)).parent, disable_download=True)
    except (OSError, ImportError, ValueError) as error:
        raise UsageError(f"the embedding wordllama cannot be loaded ({error}); install its package again") from error
    finally:
        root.setLevel(level)  # importing it raises everyone's level


class LiteLLMEmbedder:
    """Any embedding that litellm can reach.

    Args:
        model: as litellm names it, such as "hosted_vllm/my-model"; its own variables say where that is.
        key: given to the provider where it is not None.
        base: the address of its server; the provider's own where empty.

    Raises:
        UsageError: no model is named.
        MissingLibrary: litellm is not installed.
    """

    def __init__(self, model: str, key: str | None = None, base: str = "") -> None:
        if not model.strip():
            raise UsageError("an embedding by litellm needs a model, as in litellm:hosted_vllm/my-model")
        if find_spec("litellm") is None:
            raise MissingLibrary("an embedding by litellm needs its package: pip install 'collegia[models]'")
        self.name = f"litellm:{model.strip()}" + (f"@{base}" if base else "")
        self._model = model.strip()
        self._key = key
        self._base = base

    def embed(self, texts: Sequence[str]) -> list[list[float]]:
        """One vector a text, asked for in batches of 64.

        Raises:
            UsageError: the provider cannot be reached, refuses, or gives something else than vectors.
        """
        litellm = load_litellm()
        # a server of one's own asks for no key, and the library for some
        place = {"api_base": self._base, "api_key": self._key or "none"} if self._base else {"api_key": self._key}
        found: list[list[float]] = []
        for first in range(0, len(texts), _BATCH):
            some = list(texts[first : first + _BATCH])
            try:
                answer = litellm.embedding(
                    model=self._model, input=some, timeout=_SECONDS, num_retries=_RETRIES, **place
                )
                rows = [row["embedding"] for row in sorted(answer.data, key=lambda row: row["index"])]
            except CollegiaError:
                raise
            except Exception as error:  # noqa: BLE001  # a provider may raise anything
                said = str(error).replace(self._key, "…") if self._key else str(error)
                raise UsageError(
                    f"the embedding {self.name} failed ({type(error).__name__}: {' '.join(said.split())[:200]});"
                    " look at its model, its address and its key, or set COLLEGIA_EMBEDDING=none to go without vectors"
                ) from None
            found += checked(rows, len(some), f"the embedding {self.name}")
        return checked(found, len(texts), f"the embedding {self.name}")
