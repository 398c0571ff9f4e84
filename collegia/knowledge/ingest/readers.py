"""Which reader reads which file, and what every reading has to pass."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from collegia.knowledge.ingest.decode import check_lines, decoded, sniffed, tidy
from collegia.knowledge.ingest.limits import Limits, Unreadable
from collegia.knowledge.ingest.reading import Reading, Text
from collegia.knowledge.ingest.rows import day

__all__ = ["KINDS", "read"]

KINDS: dict[str, str] = {
    ".md": "markdown", ".markdown": "markdown", ".txt": "text", ".text": "text", "": "text",
    ".html": "html", ".htm": "html", ".xhtml": "html", ".pdf": "pdf", ".docx": "docx",
    ".csv": "csv", ".tsv": "tsv", ".jsonl": "jsonl", ".ndjson": "jsonl",
}  # fmt: skip
"""The kinds of file that are read, by the ending of the name; a name without one is text."""

_SNIFFED = {"html": "HTML", "pdf": "PDF", "docx": "a zip archive (DOCX, XLSX, EPUB …)"}
_FRONT = re.compile(r"---[ \t]*\n((?:[^\n]*\n){0,200}?)(?:---|\.\.\.)[ \t]*(?:\n|$)")
_FIELD = re.compile(r"^(title|date)[ \t]*:[ \t]*(.*)$", re.MULTILINE | re.IGNORECASE)


def read(path: Path, data: bytes, limits: Limits, readers: Mapping[str, str]) -> Reading:
    """The texts of a file.

    Args:
        path: its name says of what kind it is; the content has to be of that kind.
        data: its content.
        limits: what it may yield.
        readers: readers for other endings, as `ingest` takes them.

    Raises:
        Unreadable: with the reason.
        ImportError: a reader's library is not installed.
    """
    ending = path.suffix.lower()
    if not data.strip():
        raise Unreadable("it is empty")
    if ending in readers:
        reading = _plugged(readers[ending], path, data)
    elif ending in KINDS:
        _check_kind(KINDS[ending], data)
        reading = _of_kind(KINDS[ending], data, limits)
    else:
        raise Unreadable(f"files named {ending} are not read; {', '.join(sorted(filter(None, KINDS)))} are")
    return _passed(reading, limits)


def _check_kind(kind: str, data: bytes) -> None:
    """See that the content is of the kind that the name says."""
    found = sniffed(data)
    if kind == "html" and not found:  # a piece of a page begins with any tag
        return
    if kind == "pdf" and b"%PDF-" in data[:1024]:  # the standard lets something go before it
        return
    if found != _SNIFFED.get(kind, ""):
        raise Unreadable(f"its name says {kind}, but its content is {found or 'something else'}")


def _of_kind(kind: str, data: bytes, limits: Limits) -> Reading:
    if kind == "pdf":
        from collegia.knowledge.ingest.pdf import read_pdf

        return read_pdf(data, limits)
    if kind == "docx":
        from collegia.knowledge.ingest.word import read_docx

        return read_docx(data, limits)
    if kind == "html":
        from collegia.knowledge.ingest.markup import read_html

        return read_html(data)
    text = decoded(data).replace("\r\n", "\n").replace("\r", "\n")
    check_lines(text, limits.line)
    if kind in ("csv", "tsv", "jsonl"):
        from collegia.knowledge.ingest.rows import read_csv, read_jsonl

        return read_jsonl(text, limits) if kind == "jsonl" else read_csv(text, limits, "\t" if kind == "tsv" else "")
    return Reading((_markdown(tidy(text)) if kind == "markdown" else Text(tidy(text)),))


def _markdown(text: str) -> Text:
    """Markdown, with what its front matter says; the front matter itself is blanked out, letter for letter."""
    front = _FRONT.match(text)
    if front is None:
        return Text(text, form="markdown")
    said = {name.lower(): value.strip().strip("\"'") for name, value in _FIELD.findall(front.group(1))}
    blanked = re.sub(r"[^\n]", " ", front.group()) + text[front.end() :]
    return Text(blanked, said.get("title", ""), "markdown", day(said.get("date", "")))


def _plugged(name: str, path: Path, data: bytes) -> Reading:
    """Read with "module:name": a function from bytes to text, or a reader of llama-index."""
    from importlib import import_module

    module, _, attribute = name.partition(":")
    reader: Any = getattr(import_module(module), attribute)
    if isinstance(reader, type):
        return Reading((Text(tidy("\n\n".join(part.text for part in reader().load_data(path)))),))
    return Reading((Text(tidy(str(reader(data)))),))


def _passed(reading: Reading, limits: Limits) -> Reading:
    """The reading, where each text can be stored and gives at least one passage."""
    from collegia.knowledge.split import split

    if sum(len(one.text) for one in reading.texts) > limits.characters:
        raise Unreadable(f"it yields more than {limits.characters:,} characters")
    if not reading.texts:
        raise Unreadable("it yields no text")
    for one in reading.texts:
        if "\0" in one.text:
            raise Unreadable("it is no text: it holds NUL bytes")
        if any("\ud800" <= letter <= "\udfff" for letter in one.text):
            raise Unreadable("it is no text: it holds halves of characters")
        if not split(one.text, one.form)[1]:
            where = f"row {one.part} of it" if one.part else "it"
            raise Unreadable(f"{where} yields no text")
    return reading
