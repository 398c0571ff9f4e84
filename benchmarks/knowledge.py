"""The knowledge store at scale, on generated text: indexing, opening, searching, and changing one document.

    python benchmarks/knowledge.py [PASSAGES ...] [--searches N]

Documents of one passage with a title and about five names each, drawn so that few names and words are frequent and many
are rare. Every size runs in a process of its own, on a file on disk. `passages_per_second` is indexing with linking;
`open_seconds` goes from opening the file to the answer of a first search, in a warm process; `p50_ms` and `p95_ms` are
of searches by questions that name one thing and ask for what stands in a passage it leads to; `resident_mb` is the most
that the process ever held, indexing included; `add_seconds` and `remove_seconds` are the medians of single documents,
linked, and removed without a trace. Prints one JSON object; the exit code is 3 when a goal is missed, and 1 when a
document that was removed is still found.
"""

from __future__ import annotations

import argparse
import json
import random
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from itertools import accumulate, islice
from pathlib import Path

from collegia.knowledge.records import Document
from collegia.knowledge.search.searcher import Searcher
from collegia.knowledge.store import KnowledgeStore

SIZES = (10_000, 100_000)
MENTIONS, WORDS = 5, 60
CHANGES = 5

# Below `LARGE` passages and from there on: the largest that is allowed, or the least where the name says per second.
LARGE = 50_000
GOALS = {
    "small": {"passages_per_second": 1000.0, "p50_ms": 20.0, "add_seconds": 1.0, "remove_seconds": 1.0},
    "large": {"open_seconds": 1.0, "p95_ms": 50.0, "resident_mb": 1024.0, "add_seconds": 1.0, "remove_seconds": 1.0},
}


class Writer:
    """Writes passages about invented things, the same ones each time."""

    def __init__(self, passages: int) -> None:
        self._chance = random.Random(11)
        starts, ends = "b br d f g gl k l m n p qu r s t v z".split(), "a e i o u ai or un".split()
        syllables = [start + end for start in starts for end in ends]
        self.names = list(dict.fromkeys(self._name(syllables) for _ in range(passages)))
        self._words = [one + other for one in syllables for other in syllables]
        self._chance.shuffle(self._words)
        self._name_weights = list(accumulate(1.0 / (rank + 20) for rank in range(len(self.names))))
        self._word_weights = list(accumulate(1.0 / (rank + 60) for rank in range(len(self._words))))

    def _name(self, syllables: list[str]) -> str:
        return " ".join("".join(self._chance.choices(syllables, k=3)).capitalize() for _ in range(2))

    def words(self, count: int) -> list[str]:
        return self._chance.choices(self._words, cum_weights=self._word_weights, k=count)

    def mentioned(self, count: int) -> list[str]:
        return self._chance.choices(self.names, cum_weights=self._name_weights, k=count)

    def documents(self) -> Iterator[Document]:
        """A document for every name there is, without end."""
        number = 0
        while True:
            title = self.names[number % len(self.names)]
            said = self.words(WORDS)
            for name in self.mentioned(MENTIONS):
                said.insert(self._chance.randrange(1, len(said)), name)
            third = len(said) // 3
            parts = [said[:third], said[third : 2 * third], said[2 * third :]]
            text = " ".join(f"{' '.join(part)}." for part in parts)
            yield Document(f"d{number}", f"{title} is a {text}", title=title)
            number += 1

    def question(self) -> str:
        """A question that names one thing and says some words."""
        (name,) = self.mentioned(1)
        one, other, third, last = self.words(4)
        return f"Which {one} {other} did {name} have when the {third} was {last}?"


def timed(work: Callable[..., object], *arguments: object) -> float:
    began = time.perf_counter()
    work(*arguments)
    return time.perf_counter() - began


def measure(passages: int, searches: int, folder: Path) -> dict[str, float]:
    """All figures of one size."""
    writer = Writer(passages)
    documents = writer.documents()
    path = folder / "store.db"
    made = KnowledgeStore(path)
    indexing = timed(made.add, islice(documents, passages))
    counts = made.counts()
    made.close()
    questions = [writer.question() for _ in range(searches + 1)]
    store = KnowledgeStore(path)
    searcher = Searcher(store)
    opening = timed(searcher.search, questions[0])
    times = sorted(timed(searcher.search, question) for question in questions[1:])
    more = [replace(one, source=f"more{number}") for number, one in enumerate(islice(documents, CHANGES))]
    sources = {one.source for one in more}
    adding = [timed(store.add, [one]) for one in more]
    removing = [timed(store.remove, source) for source in sorted(sources)]
    left = {hit.source for one in more for hit in searcher.search(one.text).hits} & sources
    after = store.counts()
    store.close()
    return {
        "passages": passages,
        "names": counts["entities"],
        "mentions_per_passage": round(counts["mentions"] / passages, 1),
        "file_mb": round(path.stat().st_size / 2**20),
        "left_behind": len(left) + sum(after[one] != counts[one] for one in counts),
        "passages_per_second": round(passages / indexing),
        "open_seconds": round(opening, 3),
        "p50_ms": round(1e3 * statistics.median(times), 1),
        "p95_ms": round(1e3 * times[int(0.95 * len(times))], 1),
        "resident_mb": round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024),
        "add_seconds": round(statistics.median(adding), 3),
        "remove_seconds": round(statistics.median(removing), 3),
    }


def missed(said: dict[str, float]) -> list[str]:
    """The goals that were not reached, by name."""
    goals = GOALS["large" if said["passages"] >= LARGE else "small"]
    return [
        name
        for name, goal in goals.items()
        if (said[name] < goal if name.endswith("per_second") else said[name] > goal)
    ]


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("passages", type=int, nargs="*", default=SIZES)
    parser.add_argument("--searches", type=int, default=200)
    parser.add_argument("--alone", action="store_true", help="measure one size in this process")
    given = parser.parse_args()
    if given.alone:
        with tempfile.TemporaryDirectory() as folder:
            print(json.dumps(measure(given.passages[0], given.searches, Path(folder))))
        return 0
    sizes = []
    for passages in given.passages:
        command = [sys.executable, __file__, str(passages), "--searches", str(given.searches), "--alone"]
        done = subprocess.run(command, stdout=subprocess.PIPE, check=True)
        said = json.loads(done.stdout)
        sizes.append({**said, "missed": missed(said)})
    print(json.dumps({"goals": GOALS, "sizes": sizes}, indent=2))
    if any(one["left_behind"] for one in sizes):
        return 1
    return 3 if any(one["missed"] for one in sizes) else 0


if __name__ == "__main__":
    sys.exit(main())
