"""Measuring the search on questions whose right passages are known, and the triples on questions with known answers.

A corpus is taken into a store of its own that is gone afterwards; nothing of the user's is touched.
"""

from __future__ import annotations

import gzip
import json
import re
import time
import zlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from collegia.errors import UsageError
from collegia.knowledge.records import Document
from collegia.knowledge.search.searcher import Dense, Found, Searcher
from collegia.knowledge.store import KnowledgeStore
from collegia.knowledge.triples import Asker, TripleGraph, read_examples

__all__ = ["Measured", "answer_triples", "index_corpus", "rank_passages", "read_rows"]

_RANKED = 20
_HITS = 40
_ANSWERS = 500


@dataclass(frozen=True, slots=True)
class Measured:
    """What a run of questions came to.

    Attributes:
        rows: a line for each question: its id, and `ids` of documents or `answers`, best first.
        seconds: of each question, in order.
        scores: shares of 1 by name; empty where the questions do not say what is right.
    """

    rows: tuple[Mapping[str, Any], ...]
    seconds: tuple[float, ...]
    scores: Mapping[str, float]

    def percentile(self, share: float) -> float:
        """The seconds that this share of the questions did not exceed."""
        ordered = sorted(self.seconds)
        return ordered[min(len(ordered) - 1, int(share * len(ordered)))] if ordered else 0.0


def read_rows(path: Path, needed: Sequence[str]) -> Iterator[dict[str, Any]]:
    """The objects of a JSON Lines file, packed with gzip or not.

    Raises:
        UsageError: the file cannot be read, or a line lacks what is needed; with its number.
    """
    number = 0
    try:
        # a mark of the byte order, which some editors put first, is no part of the first line
        with (
            gzip.open(path, "rt", encoding="utf-8-sig") if path.suffix == ".gz" else path.open(encoding="utf-8-sig")
        ) as lines:
            for number, line in enumerate(lines, 1):
                if line.strip():
                    yield _row(line, f"{path}, line {number}", needed)
    except (OSError, EOFError, zlib.error, UnicodeDecodeError) as error:
        raise UsageError(f"{path} cannot be read beyond line {number}: {error}") from error


def _row(line: str, place: str, needed: Sequence[str]) -> dict[str, Any]:
    try:
        row = json.loads(line)
    except (ValueError, RecursionError) as error:  # a number of a million digits, brackets without end
        raise UsageError(f"{place} is not JSON: {error}") from error
    if not isinstance(row, dict) or any(row.get(name) is None for name in needed):
        raise UsageError(f"{place} needs: {', '.join(needed) or 'an object'}")
    if "\\ud" in line.lower() and re.search("[\ud800-\udfff]", json.dumps(row, ensure_ascii=False)):
        raise UsageError(f"{place} holds half a character, so it is no text")
    return row


def _right(question: Mapping[str, Any], name: str) -> set[str]:
    """What a question says is right, as text; empty where it does not say."""
    right = question.get(name) or []
    if not isinstance(right, list | tuple):
        raise UsageError(f"question {question['id']}: {name} is a list, not {right!r}")
    return {str(one) for one in right}


def index_corpus(
    store: KnowledgeStore, corpus: Path, *, titles: bool, progress: Callable[[int], None] | None = None
) -> tuple[int, float]:
    """Take a corpus in, each line a document with `id`, `text` and perhaps `title`; how many, and the seconds.

    Raises:
        UsageError: a line that is no document.
    """
    began = time.perf_counter()
    rows = read_rows(corpus, ("id", "text"))
    added = store.add(
        (
            Document(str(row["id"]), str(row["text"]), title=str(row.get("title") or "") if titles else "")
            for row in rows
        ),
        progress,
    )
    return added.new, time.perf_counter() - began


def rank_passages(
    store: KnowledgeStore,
    questions: Sequence[Mapping[str, Any]],
    dense: Dense | None = None,
    progress: Callable[[int], None] | None = None,
    search: Callable[[str, int], Found] | None = None,
) -> Measured:
    """Search for every question; where its `gold` documents are given, how many were found.

    Args:
        store: what is searched.
        questions: each with `id` and `question`.
        dense: similarity of vectors, where there are any.
        progress: told after each question.
        search: another search than the store's own: (question, how many) → what was found.

    The scores are recall@2 and recall@5, each a mean over questions of the share of gold among the first, and
    all-gold@5, the share of questions all of whose gold is among the first five.

    Raises:
        UsageError: a question whose `gold` is no list.
    """
    search = Searcher(store, dense=dense).search if search is None else search
    rows, seconds = [], []
    sums = {"recall@2": 0.0, "recall@5": 0.0, "all-gold@5": 0.0}
    judged = 0
    for question in questions:
        began = time.perf_counter()
        found = search(str(question["question"]), _HITS)
        seconds.append(time.perf_counter() - began)
        ids = list(dict.fromkeys(hit.source for hit in found.hits))[:_RANKED]
        rows.append({"id": question["id"], "ids": ids})
        if gold := _right(question, "gold"):
            judged += 1
            sums["recall@2"] += len(gold & set(ids[:2])) / len(gold)
            sums["recall@5"] += len(gold & set(ids[:5])) / len(gold)
            sums["all-gold@5"] += gold <= set(ids[:5])
        if progress is not None:
            progress(1)
    scores = {name: total / judged for name, total in sums.items()} if judged else {}
    return Measured(tuple(rows), tuple(seconds), scores)


def answer_triples(
    triples: Path,
    questions: Sequence[Mapping[str, Any]],
    examples: Path | None = None,
    progress: Callable[[int], None] | None = None,
) -> Measured:
    """Answer every question from a graph of triples; where `answers` are given, the share of right first ones.

    Args:
        triples: a file of tab-separated subjects, relations and objects.
        questions: each with `id` and `question`.
        examples: labelled questions to learn relation paths from.
        progress: told after each question.

    Raises:
        UsageError: a file that cannot be read, or a question whose `answers` are no list.
    """
    asker = Asker(TripleGraph.read(triples))
    if examples is not None:
        asker.learn(read_examples(examples))
    rows, seconds = [], []
    right = judged = 0
    for question in questions:
        began = time.perf_counter()
        found = [one.name for one in asker.answer(str(question["question"]))][:_ANSWERS]
        seconds.append(time.perf_counter() - began)
        rows.append({"id": question["id"], "answers": found})
        if wanted := _right(question, "answers"):
            judged += 1
            right += bool(found) and found[0] in wanted
        if progress is not None:
            progress(1)
    return Measured(tuple(rows), tuple(seconds), {"Hits@1": right / judged} if judged else {})
