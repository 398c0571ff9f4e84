"""`collegia kb eval` and `collegia kb search`: what the search finds, and how well."""

from __future__ import annotations

import json
import time
from dataclasses import replace
from itertools import islice
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any, cast

from collegia.agents.assistant import Assistant
from collegia.cli.err import ANSWERED, progress, tell
from collegia.cli.out import Output, is_plain, line, rows
from collegia.errors import UsageError
from collegia.knowledge.evaluate import Measured, answer_triples, index_corpus, rank_passages, read_rows
from collegia.knowledge.place import open_knowledge
from collegia.knowledge.records import Filters
from collegia.knowledge.search.searcher import Dense
from collegia.knowledge.split import shown
from collegia.knowledge.vectors.vectors import open_vectors
from collegia.settings import Settings

if TYPE_CHECKING:
    from collegia.cli.kb_helped import Helped

__all__ = ["evaluate_search", "search_documents"]

_SHOWN = 300  # letters of a passage on the terminal


def evaluate_search(
    corpus: Path | None,
    questions: Path,
    out: Path,
    *,
    titles: bool,
    triples: Path | None,
    examples: Path | None,
    limit: int | None = None,
    helped: Helped | None = None,
) -> int:
    """Rank for every question, write a line for each, and print the scores; with a model a second line of scores.

    Raises:
        UsageError: neither a corpus nor triples, or a file that cannot be read or written; a model that is not set.
    """
    if (corpus is None) == (triples is None):
        raise UsageError("give either --corpus (passages) or --kg (triples)")
    if examples is not None and triples is None:
        raise UsageError("--examples are labelled questions over triples; give --kg too")
    if helped is not None and triples is not None:
        raise UsageError("--with is about passages; give --corpus instead of --kg")
    asked = list(islice(read_rows(questions, ("id", "question")), limit))
    if not asked:
        raise UsageError(f"{questions} holds no question")
    _check_out(out, [one for one in (questions, corpus, triples, examples) if one is not None])
    if corpus is not None:
        measured = _over_passages(corpus, asked, str(questions), titles=titles, helped=helped)
    else:
        with progress(len(asked), str(questions)) as done:
            measured = answer_triples(cast("Path", triples), asked, examples, done)
        line(_told(measured))
    _write(out, measured)
    return ANSWERED


def _told(measured: Measured, *rates: str) -> str:
    """The scores, the rates and the times on one line."""
    said = [f"{name} {100 * score:.1f}" for name, score in measured.scores.items()]
    times = (f"p50 {1e3 * measured.percentile(0.5):.1f} ms", f"p95 {1e3 * measured.percentile(0.95):.1f} ms")
    return "  ".join((*said, *rates, *times))


def _over_passages(
    corpus: Path, asked: list[dict[str, Any]], what: str, *, titles: bool, helped: Helped | None
) -> Measured:
    """Index into a store that is thrown away, with vectors where the settings name an embedding, rank, and tell."""
    with TemporaryDirectory(prefix="collegia-") as folder:
        settings = replace(Settings.load(), home=Path(folder))
        store = open_knowledge(settings)
        total = sum(1 for _ in read_rows(corpus, ()))
        with progress(total, str(corpus)) as done:
            count, took = index_corpus(store, corpus, titles=titles, progress=done)
        rate = f"passages/s {count / took:.0f}"
        with open_vectors(store, settings) as vectors:
            dense: Dense | None = None
            if vectors.active:
                began = time.perf_counter()
                with progress(count, "vectors") as done:
                    vectors.sync(done)
                rate += f"  vectors/s {count / (time.perf_counter() - began):.0f}"
                dense = vectors.dense
            with progress(len(asked), what) as done:
                measured = rank_passages(store, asked, dense, done)
            line(f"{'without  ' if helped else ''}{_told(measured, rate)}")
            if helped is not None:
                measured, rate = helped.measure(store, asked, dense, what)
                line(f"with {','.join(helped.steps)}  {_told(measured, rate)}")
        store.close()
    return measured


def _check_out(out: Path, read: list[Path]) -> None:
    """Refuse, before any work is done, a place that cannot be written or that would overwrite what is read."""
    if out.is_dir() or not out.parent.is_dir():
        raise UsageError(f"{out} cannot be written: {'it is a folder' if out.is_dir() else 'its folder is missing'}")
    for one in read:
        if out.exists() and one.exists() and out.samefile(one):
            raise UsageError(f"--out names what is read ({one}); name another file")


def _write(out: Path, measured: Measured) -> None:
    try:
        with out.open("w", encoding="utf-8") as file:
            for row in measured.rows:
                file.write(json.dumps(row, ensure_ascii=False) + "\n")
    except OSError as error:
        raise UsageError(f"{out} cannot be written: {error.strerror or error}") from error


def search_documents(query: str, most: int, filters: Filters, output: Output, *, model: bool = True) -> int:
    """Print the passages that answer a question, best first, each with its place and why it was found.

    Args:
        query: what is searched for.
        most: how many passages.
        filters: where.
        output: the form.
        model: whether the model of the role `searcher` helps, where one plays it.
    """
    library = Assistant().library
    if library is None:
        raise UsageError("there is no knowledge store to search")
    if model and Settings.load().model_of("searcher") is not None:
        from collegia.cli.kb_helped import helped_search

        found = helped_search(library, query, most, filters)
    else:
        found = library.search(query, most, filters)
    for note in found.notes:
        tell(note)
    listed: list[dict[str, Any]] = []
    for hit in found.hits:
        parts = {
            name: round(getattr(hit, name), 3)
            for name in ("lexical", "dense", "title", "bridge", "graph", "expansion")
            if getattr(hit, name)
        }
        passage = hit.passage
        row: dict[str, Any] = {"document": hit.name, "source": hit.source, "start": passage.start, "end": passage.end}
        listed.append(
            {**row, "heading": passage.heading, "text": shown(passage.body), "score": round(hit.score, 3), **parts,
             "path": list(hit.path)}
        )  # fmt: skip
    if output is Output.text:
        for place, row in enumerate(listed, 1):
            if is_plain():
                line(f"{place}. {row['document']} {row['start']} to {row['end']}, {row['heading']}: {row['text']}")
                continue
            way = f"  by way of {' → '.join(row['path'])}" if row["path"] else ""
            line(f"{place:2d}. {row['document']} {row['start']}:{row['end']}  {row['heading']}{way}")
            line(f"    {row['text'][:_SHOWN]}")
    else:
        rows(listed, output, {"names": list(found.names), "hits": listed})
    if not listed:
        tell(f"no document {'that may be searched ' if filters else ''}has any of these words")
    return ANSWERED
