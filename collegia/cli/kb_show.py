"""What `collegia kb add`, `status`, `list` and `show` do."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path

from collegia.cli.err import ANSWERED, CANCELLED, ERROR, code_for, stepped, tell
from collegia.cli.kb_vectors import bring_in_step
from collegia.cli.out import Output, columns, data, line, rows
from collegia.errors import UsageError
from collegia.knowledge.ingest.discover import printable
from collegia.knowledge.ingest.limits import Report
from collegia.knowledge.ingest.names import is_record_of
from collegia.knowledge.ingest.run import ingest
from collegia.knowledge.place import open_knowledge
from collegia.knowledge.readings import origins
from collegia.knowledge.records import StoredDocument
from collegia.knowledge.store import KnowledgeStore
from collegia.settings import Settings

__all__ = [
    "add_paths",
    "list_documents",
    "matching",
    "near",
    "opened",
    "show_document",
    "show_status",
    "told_origins",
]

_REFUSALS = 100  # told one by one


@contextmanager
def opened() -> Iterator[KnowledgeStore]:
    """The knowledge store of this process, closed in the end."""
    store = open_knowledge(Settings.load())
    try:
        yield store
    finally:
        store.close()


def add_paths(paths: Sequence[str], collection: str, quiet: bool, output: Output, *, extract: bool = False) -> int:
    """Take files in and say what became of them; 5 where some were refused or not read, 1 where nothing went in.

    Raises:
        UsageError: a model is to read them, and none plays the role.
    """
    reading = None
    if extract:
        from collegia.cli.kb_model import Extraction

        reading = Extraction(Settings.load(), quiet)
    with opened() as store:
        before = store.counts()["documents"]
        try:
            if quiet:
                report = ingest(store, paths, collection=collection)
            else:
                with stepped("reading") as step:
                    report = ingest(store, paths, collection=collection, progress=step)
            bring_in_step(store, quiet)
            if reading is not None:
                reading.run(store, collection)
        except KeyboardInterrupt:
            more = store.counts()["documents"] - before
            tell(f"cancelled; what was stored is kept ({more} more than before), and the same command does the rest")
            return CANCELLED
    _tell_refused(report, quiet)
    if output is not Output.text:
        said = {} if reading is None else {"extracted": reading.said()}
        data({**asdict(report), "collection": collection, **said}, output)
    elif not quiet:
        counts = (f"{getattr(report, what)} {what}" for what in ("added", "replaced", "unchanged"))
        line(f"{', '.join(counts)}, {len(report.refused)} refused")
    if reading is not None:
        reading.tell(output is Output.text)
    if not report.refused:
        return code_for("partial") if reading is not None and reading.report.unread else ANSWERED
    return code_for("partial") if report.added + report.replaced + report.unchanged else ERROR


def show_status(output: Output) -> int:
    """Say where the store is and what it holds."""
    with opened() as store:
        counts = store.counts()
        groups: dict[str, int] = {}
        for one in store.documents():
            groups[one.collection] = groups.get(one.collection, 0) + 1
        by = told_origins(store)
        path = store.path
        size = sum(file.stat().st_size for file in path.parent.glob(path.name + "*")) if path is not None else 0
    if output is not Output.text:
        more = {"relations_by": by} if by else {}
        data({"path": str(path), "bytes": size, **counts, "collections": groups, **more}, output)
        return ANSWERED
    line(f"{path}, {size / 1e6:.1f} MB")
    line(", ".join(f"{count:,} {what}" for what, count in counts.items()))
    if by:
        line(f"relations: {', '.join(f'{count:,} {what}' for what, count in by.items())}")
    for name, count in sorted(groups.items()):
        line(f"{printable(name)}: {count:,} documents")
    return ANSWERED


def told_origins(store: KnowledgeStore) -> dict[str, int]:
    """How many relations rules found and how many a model; nothing where no model found or read anything."""
    with store.reading() as db:
        found = origins(db)
    if not (found.model or found.read):
        return {}
    return {
        "by rules": found.rules,
        "by a model": found.model,
        "by both": found.both,
        "passages read by a model": found.read,
    }


def list_documents(collection: str | None, output: Output) -> int:
    """List documents by name."""
    with opened() as store:
        found = [one for one in store.documents() if collection in (None, one.collection)]
    if output is not Output.text:
        rows([asdict(one) for one in found], output)
    elif not found:
        line("no documents are stored" + (f" in {printable(collection)}" if collection else ""))
    else:
        shown = [
            (printable(one.name), printable(one.collection), one.date, str(one.passages), printable(one.title))
            for one in found
        ]
        columns(("name", "collection", "date", "passages", "title"), shown)
    return ANSWERED


def show_document(which: str, span: str | None, output: Output) -> int:
    """Show a document, or a span of it.

    Raises:
        UsageError: there is no such document, or more than one; or no such span.
    """
    with opened() as store:
        listed = store.documents()
        found = matching(listed, which)
        if not found:
            raise UsageError(f"no document is called {which!r}{near(listed, which)}; `collegia kb list` shows all")
        if len(found) > 1:
            some = ", ".join(repr(one.name if one.name != which else one.source) for one in found[:3])
            raise UsageError(f"{len(found)} documents are called {which!r}; show one of them, such as {some}")
        text = store.text(found[0].id)
    start, end = (0, len(text)) if span is None else _span(span, len(text))
    page = text.count("\f", 0, start) + 1 if "\f" in text else None
    if output is not Output.text:
        data({**asdict(found[0]), "start": start, "end": end, "page": page, "text": text[start:end]}, output)
        return ANSWERED
    if span is None:
        _print_about(found[0])
    elif page is not None:
        tell(f"page {page}")
    for one in text[start:end].replace("\f", "\n").split("\n"):
        line("\t".join(map(printable, one.split("\t"))))
    return ANSWERED


def matching(listed: Sequence[StoredDocument], which: str) -> list[StoredDocument]:
    """The documents of a name, a source or a path; for a file of records, all its records."""
    wanted = [which, Path(which).resolve().as_posix()] if "\0" not in which else []
    for one in wanted:
        found = [each for each in listed if one in (each.name, each.source)]
        found = found or [each for each in listed if is_record_of(one, each.name, each.source)]
        if found:
            return found
    return []


def near(listed: Sequence[StoredDocument], which: str) -> str:
    """A hint of the names that are like one."""
    from difflib import get_close_matches

    found = get_close_matches(which, [one.name for one in listed], n=3)
    return f"; near it: {', '.join(map(printable, found))}" if found else ""


def _span(said: str, length: int) -> tuple[int, int]:
    found = re.fullmatch(r"(\d{1,12}):(\d{1,12})", said)
    if found is None:
        raise UsageError(f"--span is {said!r}; give two numbers as A:B")
    start, end = int(found.group(1)), int(found.group(2))
    if not start < end <= length:
        raise UsageError(f"--span {said} is none of a text of {length} characters")
    return start, end


def _print_about(one: StoredDocument) -> None:
    line(printable(one.title or one.name))
    for heading, said in (
        ("name", one.name), ("source", one.source), ("collection", one.collection), ("date", one.date),
        ("added", one.added), ("size", f"{one.characters:,} characters in {one.passages:,} passages"),
    ):  # fmt: skip
        if said:
            line(f"{heading}: {printable(said)}")
    line("")


def _tell_refused(report: Report, quiet: bool) -> None:
    for refusal in report.refused[:_REFUSALS]:
        tell(f"refused: {printable(refusal.source)}: {printable(refusal.why)}")
    if len(report.refused) > _REFUSALS:
        tell(f"and {len(report.refused) - _REFUSALS:,} more are refused; --output json lists all")
    if report.skipped and not quiet:
        some = ", ".join(report.skipped[:3]) + (" …" if len(report.skipped) > 3 else "")
        tell(f"passed over, for they are hidden: {some}; name one to take it in")
