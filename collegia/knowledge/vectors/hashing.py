"""Vectors from the words alone, with nothing installed and nothing learnt."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import TYPE_CHECKING, Any
from zlib import crc32

from collegia.errors import UsageError
from collegia.knowledge.text import content_words

if TYPE_CHECKING:
    import numpy as np

__all__ = ["HashEmbedder"]

_PAIR = 0.25  # what two neighbouring words count beside one
_BATCH = 500
_MIX, _MASK = 2654435761, 0xFFFFFFFF  # Knuth's multiplier; 32 bits


class HashEmbedder:
    """Words and pairs of neighbouring words, each hashed to a place and a sign, weighted by the root of its count.

    The same text gives the same vector on every machine. It knows no meaning: two texts are similar as far as they
    share words, which BM25 tells better. It is there so that vectors can be used and tested with no model at all.

    Args:
        dimension: the length of the vectors, 8 to 65536.

    Raises:
        UsageError: a dimension out of these bounds.
    """

    def __init__(self, dimension: int) -> None:
        if not 8 <= dimension <= 65536:
            raise UsageError(f"an embedding of {dimension} dimensions is not made; give hash:8 to hash:65536")
        self.dimension = dimension
        self.name = f"hash:{dimension}"

    def embed(self, texts: Sequence[str]) -> list[list[float]]:
        """One vector of length 1 a text."""
        import numpy as np

        found = np.zeros((len(texts), self.dimension))
        for first in range(0, len(texts), _BATCH):
            _fill(found[first : first + _BATCH], texts[first : first + _BATCH])
        vectors: list[list[float]] = found.tolist()
        return vectors


def _fill(rows: np.ndarray[Any, Any], texts: Sequence[str]) -> None:
    """Write the vectors of texts into rows of zeros, all at once."""
    import numpy as np

    mix, mask = np.uint64(_MIX), np.uint64(_MASK)
    said = [content_words(text) or [text or " "] for text in texts]
    words = np.array([_hash(word) for found in said for word in found], dtype=np.uint64)
    owner = np.repeat(np.arange(len(said), dtype=np.uint64), [len(found) for found in said])
    beside = owner[1:] == owner[:-1]
    pairs = ((words[:-1] * mix + words[1:]) & mask)[beside]
    pairs = (pairs ^ (pairs >> np.uint64(15))) * mix & mask
    features = np.concatenate([(owner << np.uint64(32)) | words, (owner[1:][beside] << np.uint64(32)) | pairs])
    weights = np.concatenate([np.ones(len(words)), np.full(len(pairs), _PAIR)])
    features, places = np.unique(features, return_inverse=True)
    values = np.sqrt(np.bincount(places, weights))
    hashed = features & mask
    values[hashed & np.uint64(1) == 0] *= -1.0
    at = (hashed >> np.uint64(1)) % np.uint64(rows.shape[1])
    np.add.at(rows, ((features >> np.uint64(32)).astype(np.intp), at.astype(np.intp)), values)
    lengths = np.linalg.norm(rows, axis=1)
    for lost in map(int, np.flatnonzero(lengths == 0.0)):  # every feature met its opposite
        rows[lost, _hash(texts[lost]) % rows.shape[1]] = lengths[lost] = 1.0
    rows /= lengths[:, None]


@lru_cache(maxsize=1 << 16)
def _hash(word: str) -> int:
    return crc32(word.encode("utf-8", "surrogatepass"))
