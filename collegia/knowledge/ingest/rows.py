"""CSV and JSON Lines: records, which are documents of their own, or a table whose rows are passages.

A row with a field `text` is a record: `id`, `title` and `date` name and date it; other fields are left out. The rows of
a plain table are told as sentences, numbered by their line in the file: "Row 12: tag: P-101; head: 45 m." One that
holds a word stands under a heading of its own, so that it is found and cited alone.
"""

from __future__ import annotations

import csv
import json
from datetime import date
from io import StringIO
from typing import Any

from collegia.knowledge.ingest.decode import tidy
from collegia.knowledge.ingest.limits import Limits, Unreadable
from collegia.knowledge.ingest.reading import Reading, Text

__all__ = ["day", "read_csv", "read_jsonl"]

_COMPLAINTS = 20  # rows of one file that are refused one by one


def read_jsonl(text: str, limits: Limits) -> Reading:
    """JSON Lines: one object a line.

    Raises:
        Unreadable: none of the lines can be used.
    """
    rows = _Rows(limits)
    for number, line in enumerate(text.split("\n"), 1):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
        except RecursionError:
            rows.refuse(f"L{number}", "is nested too deeply")
        except ValueError as error:
            rows.refuse(f"L{number}", f"is not JSON: {error}")
        else:
            if isinstance(row, dict):
                rows.take(number, row)
            else:
                rows.refuse(f"L{number}", "is no object with a field `text`")
    return rows.reading()


def read_csv(text: str, limits: Limits, separator: str = "") -> Reading:
    """A table whose first row names the columns.

    Args:
        text: the table.
        limits: what it may yield, and how long a cell may be.
        separator: between cells; where empty, the one of `,` `;` tab and `|` that the first row has most of.

    Raises:
        Unreadable: none of the rows can be used.
    """
    first = text.split("\n", 1)[0]
    separator = separator or max(",;\t|", key=first.count)
    csv.field_size_limit(limits.line)
    rows = _Rows(limits)
    reader = csv.reader(StringIO(text), delimiter=separator, strict=True)
    try:
        names = [name.strip() or f"column {place}" for place, name in enumerate(next(reader, []), 1)]
        for cells in reader:
            if len(cells) > len(names):
                rows.refuse(f"L{reader.line_num}", f"has {len(cells)} cells for {len(names)} columns")
            elif any(cell.strip() for cell in cells):
                rows.take(reader.line_num, dict(zip(names, (cell.strip() for cell in cells), strict=False)))
    except csv.Error as error:
        raise Unreadable(f"line {reader.line_num} is no row of a table: {error}") from None
    return rows.reading()


def day(value: str) -> str:
    """A date as YYYY-MM-DD, from that form with or without a time after it; empty where it is none."""
    text = value.strip()[:10]
    try:
        return date.fromisoformat(text).isoformat() if len(text) == 10 else ""
    except ValueError:
        return ""


class _Rows:
    """The rows of a file as they are taken: records apart, the others as one table."""

    def __init__(self, limits: Limits) -> None:
        self._limits = limits
        self._records: list[Text] = []
        self._table: list[tuple[int, str, str]] = []
        self._seen: set[str] = set()
        self._refused: list[tuple[str, str]] = []
        self._more = 0
        self._size = 0

    def take(self, number: int, row: dict[Any, Any]) -> None:
        """Take a row of that number, or refuse it."""
        try:
            part = self._record(number, row) if "text" in row else self._line(number, row)
        except Unreadable as why:
            self.refuse(f"L{number}", str(why))
            return
        self._size += len(part)
        if self._size > self._limits.characters:
            raise Unreadable(f"it yields more than {self._limits.characters:,} characters")

    def refuse(self, part: str, why: str) -> None:
        """Leave a row out."""
        if len(self._refused) < _COMPLAINTS:
            self._refused.append((part, why))
        else:
            self._more += 1

    def reading(self) -> Reading:
        """What was taken and what was not."""
        texts = list(self._records)
        if self._table:
            texts.insert(0, Text(_told(self._table), form="markdown"))
        if not texts and self._refused:
            raise Unreadable(f"none of its rows can be used; row {self._refused[0][0]} {self._refused[0][1]}")
        if self._more:
            self._refused.append(("", f"{self._more:,} more rows cannot be used either"))
        return Reading(tuple(texts), tuple(self._refused))

    def _record(self, number: int, row: dict[Any, Any]) -> str:
        said = row["text"]
        if not isinstance(said, str) or not said.strip():
            raise Unreadable("has a field `text` that holds no text")
        title = row.get("title") or ""
        named = row.get("id")
        stated = row.get("date") or ""
        if not isinstance(title, str) or not isinstance(stated, str):
            raise Unreadable("has a title or a date that is no text")
        if stated and not day(stated):
            raise Unreadable(f"has the date {stated[:40]!r}, which is no day as YYYY-MM-DD")
        part = f"L{number}" if named in (None, "") else " ".join(str(named).split())
        if isinstance(named, (dict, list)) or len(part) > 200 or not part.isprintable():
            raise Unreadable("has an id that is no short text or number")
        if part in self._seen:
            raise Unreadable(f"has the id {part!r}, which an earlier row has")
        for text in (said, title, part):
            _writable(text)
        self._seen.add(part)
        self._records.append(Text(tidy(said), title=" ".join(title.split()), date=day(stated), part=part))
        return said

    def _line(self, number: int, row: dict[Any, Any]) -> str:
        cells = [(_plain(name), _plain(value)) for name, value in row.items()]
        cells = [(name, value) for name, value in cells if value]
        if not cells:
            raise Unreadable("holds nothing")
        # a row is called by its first cell that holds letters
        name = next((value for _, value in cells if any(c.isalpha() for c in value) and len(value) <= 80), "")
        told = f"Row {number}: " + "; ".join(f"{column}: {value}" for column, value in cells) + "."
        _writable(told)
        self._table.append((number, name, told))
        return told


def _told(rows: list[tuple[int, str, str]]) -> str:
    """A table as Markdown. Where no row has a name, as in one of figures only, there are no headings."""
    named = any(name for _, name, _ in rows)
    return "\n\n".join(f"## {name or f'Row {number}'}\n\n{told}" if named else told for number, name, told in rows)


def _plain(value: Any) -> str:
    """A cell on one line."""
    if value is None:
        return ""
    if isinstance(value, str):
        return " ".join(value.split())
    return " ".join(json.dumps(value, ensure_ascii=False).split())


def _writable(text: str) -> None:
    if "\0" in text or any("\ud800" <= c <= "\udfff" for c in text):
        raise Unreadable("holds NULs or halves of characters")
