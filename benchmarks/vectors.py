"""Passages a second: bringing vectors in step, against what Chroma alone takes of the same vectors in the same run.

    python benchmarks/vectors.py [PASSAGES] [--dimension 384] [--rounds 3]

Generated text, embedded as hash:384. Chroma alone gets vectors that were made beforehand, in batches of the same size,
with the same two fields beside each and its own defaults otherwise. Ours is the time of `Vectors.sync`: with embedding,
the list of what has a vector, and the wider index it asks for. The two take turns, and the medians of all rounds are
compared. The goal is 70 %; the exit code is 3 when it is missed.
"""

from __future__ import annotations

import argparse
import random
import statistics
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from collegia.knowledge.records import Document
from collegia.knowledge.store import KnowledgeStore
from collegia.knowledge.vectors.chroma_folder import open_folder
from collegia.knowledge.vectors.hashing import HashEmbedder
from collegia.knowledge.vectors.syncing import BATCH
from collegia.knowledge.vectors.vectors import open_vectors
from collegia.settings import Settings

GOAL = 0.7
WORDS = [
    a + b + c
    for a in "b d f g k l m n p r s t".split()
    for b in ("a", "e", "i", "o", "u")
    for c in "lan mor tic ves".split()
]


def documents(passages: int) -> Iterator[Document]:
    """Documents of one passage of about 80 words each, drawn so that few words are frequent and many are rare."""
    chance = random.Random(7)
    weights = [1.0 / rank for rank in range(1, len(WORDS) + 1)]
    for number in range(passages):
        words = chance.choices(WORDS, weights, k=80)
        yield Document(f"d{number}", f"{' '.join(words).capitalize()}.")


def ours(store: KnowledgeStore, home: Path, dimension: int) -> float:
    """Seconds of a sync from nothing, and the check that all got there."""
    settings = Settings.load({"COLLEGIA_EMBEDDING": f"hash:{dimension}"}, home=home)
    with open_vectors(store, settings) as vectors:
        vectors.clear()
        began = time.perf_counter()
        added = vectors.sync().added
        seconds = time.perf_counter() - began
        assert added == store.counts()["passages"]
    return seconds


def alone(texts: list[str], folder: Path, dimension: int) -> float:
    """Seconds in which Chroma stores the same vectors, given as lists."""
    values = HashEmbedder(dimension).embed(texts)
    client = open_folder(folder)
    collection = client.create_collection("alone", embedding_function=None, configuration={"hnsw": {"space": "cosine"}})
    began = time.perf_counter()
    for first in range(0, len(values), BATCH):
        some = range(first, min(first + BATCH, len(values)))
        collection.add(
            ids=[str(number) for number in some],
            embeddings=values[first : first + BATCH],
            metadatas=[{"document": number, "collection": "user"} for number in some],
        )
    seconds = time.perf_counter() - began
    assert collection.count() == len(values)
    client.close()
    return seconds


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("passages", type=int, nargs="?", default=5000)
    parser.add_argument("--dimension", type=int, default=384)
    parser.add_argument("--rounds", type=int, default=3)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        store = KnowledgeStore(home / "knowledge" / "store.db")
        store.add(documents(given.passages))
        texts = [passage.body for passage in store.passages(range(1, given.passages + 1)).values()]
        rates: dict[str, list[float]] = {"ours": [], "Chroma alone": []}
        for turn in range(given.rounds):
            rates["Chroma alone"].append(len(texts) / alone(texts, home / f"alone{turn}", given.dimension))
            rates["ours"].append(len(texts) / ours(store, home, given.dimension))
            print(f"round {turn + 1}: " + ", ".join(f"{name} {rate[-1]:.0f}/s" for name, rate in rates.items()))
        store.close()
    medians = {name: statistics.median(rate) for name, rate in rates.items()}
    share = medians["ours"] / medians["Chroma alone"]
    verdict = "met" if share >= GOAL else "MISSED"
    print(f"{given.passages} passages, hash:{given.dimension}: {share:.0%} of Chroma alone, goal {GOAL:.0%}  {verdict}")
    return 0 if share >= GOAL else 3


if __name__ == "__main__":
    sys.exit(main())
