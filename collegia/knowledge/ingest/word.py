"""DOCX as Markdown: headings, lists and tables kept.

llama-index's DOCX reader gives bare paragraphs, and through a library of its own; headings and tables are what passages
are cut and names are found by, so documents are read here with python-docx.
"""

from __future__ import annotations

import io
import re
import zipfile
from typing import TYPE_CHECKING, Any

from collegia.knowledge.ingest.decode import tidy
from collegia.knowledge.ingest.limits import Limits, Unreadable
from collegia.knowledge.ingest.markup import unmarked
from collegia.knowledge.ingest.reading import Reading, Text

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["read_docx"]

_FREE = 10_000_000  # bytes that any file may unpack to
_PARTS = 10_000
_HEADING = re.compile(r"(?:heading|überschrift|titre|título) ?([1-9])$", re.IGNORECASE)


def read_docx(data: bytes, limits: Limits) -> Reading:
    """A Word document; its headers, footers, notes and text boxes are left out.

    Raises:
        Unreadable: it is no such document, is damaged, or unpacks to too much.
    """
    _check_archive(data, limits)
    import docx
    from docx.opc.exceptions import OpcError

    try:
        document = docx.Document(io.BytesIO(data))
        lines = list(_lines(document))
        stated = document.core_properties
        title, made = stated.title or "", stated.created
    except (OpcError, SyntaxError, KeyError, ValueError, AttributeError, TypeError, IndexError) as error:
        # python-docx trusts the structure of what it reads, so a damaged file ends in any of these; XML that is none
        # is a SyntaxError
        raise Unreadable(f"it is a damaged Word document: {type(error).__name__}: {error}") from None
    titled = any(line.startswith("# ") for line in lines[:5]) or title == "Word Document"  # python-docx's own default
    return Reading(
        (
            Text(
                tidy("\n".join(lines)),
                title="" if titled else " ".join(title.split()),
                form="markdown",
                date=made.date().isoformat() if made else "",
            ),
        )
    )


def _check_archive(data: bytes, limits: Limits) -> None:
    """See that the archive is a Word document and no bomb, before anything is unpacked."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            parts = archive.infolist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError, EOFError) as error:
        raise Unreadable(f"it is a damaged zip archive: {error}") from None
    if "word/document.xml" not in {part.filename for part in parts}:
        raise Unreadable("it is a zip archive, but no Word document")
    if len(parts) > _PARTS:
        raise Unreadable(f"it has {len(parts):,} parts; {_PARTS:,} are the most")
    unpacked = sum(part.file_size for part in parts)
    if unpacked > max(_FREE, limits.expansion * len(data)) or unpacked > limits.memory // 2:
        raise Unreadable(f"it unpacks from {len(data):,} to {unpacked:,} bytes, which is more than may be")
    if any(part.flag_bits & 1 for part in parts):
        raise Unreadable("it is encrypted; save it without a password")


def _lines(document: Any) -> Iterator[str]:
    """The document as lines of Markdown; where it has a title, its headings go one level down."""
    from docx.table import Table

    blocks = list(document.iter_inner_content())
    down = any(not isinstance(block, Table) and _style(block) == "title" and block.text.strip() for block in blocks)
    for block in blocks:
        if isinstance(block, Table):
            yield from _table(block)
            continue
        text = " ".join(block.text.split())
        if not text:
            continue
        style = _style(block)
        heading = _HEADING.match(style)
        if style == "title":
            yield f"# {text}"
        elif heading:
            yield "#" * min(6, int(heading.group(1)) + down) + f" {text}"
        elif style.startswith("list"):
            yield f"- {text}"
            continue
        else:
            yield unmarked(text)
        yield ""
    yield ""


def _table(table: Any) -> Iterator[str]:
    yield ""
    for number, row in enumerate(table.rows):
        cells: list[str] = []
        before = None
        for cell in row.cells:
            if cell._tc is not before:  # a cell that spans columns comes once for each
                cells.append(" ".join(cell.text.split()).replace("|", "/"))
            before = cell._tc
        yield f"| {' | '.join(cells)} |"
        if number == 0:
            yield "| --- " * len(cells) + "|"
    yield ""


def _style(paragraph: Any) -> str:
    style = paragraph.style
    return (style.name or "").lower() if style is not None else ""
