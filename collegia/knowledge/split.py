"""Cutting a document into passages whose spans read the same in the document.

Markup is blanked out letter for letter, so a place in what is searched is the same place in the document.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass

from collegia.knowledge.text import Span, sentences

__all__ = ["Piece", "blank", "is_pointer", "shown", "split"]

_MOST_WORDS = 320  # a passage longer than this is cut at a sentence
_WANTED_WORDS = 220
_WORD_LENGTH = 24  # characters that count as one word at least, for text without white space
_LONGEST_HEADING = 200  # characters; the headings above a passage are kept with each passage

# Every pattern here takes a number of steps that grows with the text, not with its square: possessive where it can be.
_HEADING = re.compile(r"^ {0,3}(#{1,6})[ \t]++(\S.*)$", re.MULTILINE)
_CLOSING = re.compile(r"(?:(?<=[ \t])|^)#++$")
_FENCE = re.compile(r"^ {0,3}(`{3,}+|~{3,}+)(.*)$", re.MULTILINE)
_LINK = re.compile(r"(!?\[)([^\[\]\n]*)(\]\((?:[^()\s]|\([^()\s]*\))*(?:\s+\"[^\"\n]*\")?\))")
_MARKS = re.compile(
    r"\*\*|__|(?<![\w*])\*(?=\S)|(?<=\S)\*(?![\w*])|`+|^ {0,3}>+ ?|"
    r"^[ \t]*+(?=[^\n]*\|)(?:\|[ \t]*+)?:?-++:?[ \t]*+(?:\|[ \t]*+(?::?-++:?[ \t]*+)?)*+\r?$",
    re.MULTILINE,
)

_POINTERS = re.compile(r"see also|references?|further reading|external links|contents", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece of a document: its span, the headings above it, and its text with the markup blanked out."""

    start: int
    end: int
    heading: str
    body: str


def blank(text: str) -> str:
    """Markdown with its marks and link targets turned into spaces, every other letter in its place."""

    def link(found: re.Match[str]) -> str:
        before, said, after = found.groups()
        return " " * len(before) + said + " " * len(after)

    return _MARKS.sub(lambda found: " " * len(found.group()), _LINK.sub(link, text))


def shown(text: str) -> str:
    """A span of a document as a reader sees it: markup and line breaks gone."""
    return re.sub(r"\s+([.,;:!?)])", r"\1", " ".join(re.sub(r"^\s*(?:[-*+]|\d+[.)])\s+", "", blank(text)).split()))


def is_pointer(heading: str) -> bool:
    """Whether what stands under a heading only points elsewhere: "See also", references, contents."""
    return bool(_POINTERS.fullmatch(heading.rpartition(" › ")[2].strip()))


def split(text: str, form: str) -> tuple[str, list[Piece]]:
    """The title that a document gives itself (empty where it has none), and its passages."""
    if form != "markdown":
        return "", list(_pieces(text, text, 0, len(text), ""))
    fenced = _fenced(text)
    heads = [found for found in _HEADING.finditer(text) if not _within(found.start(), fenced)]
    title = _named(heads[0].group(2)) if heads and len(heads[0].group(1)) == 1 else ""
    body = blank(text)
    found: list[Piece] = []
    path: list[tuple[int, str]] = []
    edges = [(0, "")] + [(head.end(), "") for head in heads]
    for place, (start, _) in enumerate(edges):
        if place:
            level = len(heads[place - 1].group(1))
            path = [step for step in path if step[0] < level] + [(level, _named(heads[place - 1].group(2)))]
        end = heads[place].start() if place < len(heads) else len(text)
        found.extend(_pieces(text, body, start, end, " › ".join(name for _, name in path)))
    return title, found


def _named(heading: str) -> str:
    """A heading as a reader sees it, cut where it is no heading any more but a whole text on one line."""
    said = shown(_CLOSING.sub("", heading.rstrip()))
    return said if len(said) <= _LONGEST_HEADING else said[: _LONGEST_HEADING - 1].rstrip() + "…"


def _fenced(text: str) -> list[tuple[int, int]]:
    """The blocks of code, in order; one that is never closed reaches to the end."""
    found: list[tuple[int, int]] = []
    mark, start = "", 0
    for fence in _FENCE.finditer(text):
        if not mark:
            mark, start = fence.group(1), fence.start()
        elif fence.group(1).startswith(mark) and not fence.group(2).strip():
            found.append((start, fence.end()))
            mark = ""
    return [*found, (start, len(text))] if mark else found


def _within(place: int, spans: list[tuple[int, int]]) -> bool:
    """Whether a place lies in one of these spans, which are in order."""
    before = bisect_right(spans, place, key=lambda span: span[0]) - 1
    return before >= 0 and place < spans[before][1]


def _size(text: str) -> int:
    """How long a text is, in words."""
    return max(len(text.split()), len(text) // _WORD_LENGTH)


def _pieces(text: str, body: str, start: int, end: int, heading: str) -> Iterator[Piece]:
    """A section as one passage, or cut between sentences where it is long."""
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    if start >= end or not body[start:end].strip():
        return
    if _size(body[start:end]) <= _MOST_WORDS:
        yield Piece(start, end, heading, body[start:end])
        return
    first, last, count = start, start, 0
    for span in _bounded(body[start:end]):
        size = _size(body[start + span.start : start + span.end])
        long = start + span.end - first > _WANTED_WORDS * _WORD_LENGTH
        if count and (long or count + size > _WANTED_WORDS):
            yield Piece(first, last, heading, body[first:last])
            first, count = start + span.start, 0
        last = start + span.end
        count += size
    yield Piece(first, end, heading, body[first:end])


def _bounded(text: str) -> Iterator[Span]:
    """Sentences; one that never ends is cut at white space, or anywhere, so that no passage is without bounds."""
    for span in sentences(text):
        start = span.start
        while span.end - start > 4000:
            cut = text.rfind(" ", start + 1, start + 2000)
            cut = cut + 1 if cut > start else start + 2000
            yield Span(start, cut)
            start = cut
        yield Span(start, span.end)
