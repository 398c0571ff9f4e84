"""HTML as Markdown: headings, lists, tables and paragraphs kept, the rest of the page left out.

llama-index's HTML reader gives the text of one kind of tag, in UTF-8 only, without headings and tables; those are what
passages are cut and names are found by, so pages are read here. Nothing is built up as a tree: however deeply a page is
nested, it is read in one pass.
"""

from __future__ import annotations

import re
from html.parser import HTMLParser

from collegia.knowledge.ingest.decode import decoded, tidy
from collegia.knowledge.ingest.limits import Unreadable
from collegia.knowledge.ingest.reading import Reading, Text
from collegia.knowledge.ingest.rows import day

__all__ = ["read_html", "unmarked"]

_CHARSET = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([A-Za-z0-9_.:-]{1,40})", re.IGNORECASE)
_LIKE_MARKDOWN = re.compile(r"^ {0,3}(?=#{1,6}[ \t]|```|~~~)")
_LEFT_OUT = frozenset({"script", "style", "noscript", "template", "svg", "iframe", "object", "select"})
_BLOCKS = frozenset(
    "address article aside blockquote body br caption center dd details div dl dt fieldset figcaption figure footer "
    "form header hgroup hr html main nav ol p section summary table tbody tfoot thead ul".split()
)
_HEADINGS = {f"h{level}": "#" * level for level in range(1, 7)}
_DATES = frozenset({"date", "dc.date", "dcterms.date", "dcterms.issued", "article:published_time", "datepublished"})


def read_html(data: bytes) -> Reading:
    """A page of HTML, in the encoding that it states, else UTF-8.

    Raises:
        Unreadable: an encoding that is unknown or not kept, or no tag at all.
    """
    stated = _CHARSET.search(data[:4096])
    page = _Page()
    page.feed(decoded(data, stated.group(1).decode("ascii") if stated else ""))
    page.close()
    if not page.tags:
        raise Unreadable("its name says HTML, but it holds no tag")
    text, title = page.written()
    return Reading((Text(tidy(text), title=title, form="markdown", date=page.date),))


def unmarked(line: str) -> str:
    """A line of plain text that Markdown would take for a heading or a fence, so that it does not."""
    return _LIKE_MARKDOWN.sub("    ", line)


def _title(tops: list[str], stated: str) -> str:
    """The only top heading, unless that is the site's: "Vectors - The Book" under a heading "The Book" is "Vectors"."""
    if len(tops) != 1:
        return stated
    before = stated.removesuffix(tops[0])
    return tops[0] if before == stated else before.rstrip(" -–—|·:»") or tops[0]


class _Page(HTMLParser):
    """Writes Markdown as the tags go by."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.tags = 0
        self.date = ""
        self._title = ""
        self._tops: list[str] = []
        self._blocks: list[tuple[str, str]] = []
        self._words: list[str] = []
        self._cells: list[str] = []
        self._kind = ""  # what the words at hand are: "", a heading's marks, "- ", "cell", "pre", "title"
        self._skipped = 0
        self._headed = False

    def written(self) -> tuple[str, str]:
        """The whole as Markdown, and its title."""
        self._end()
        self._row()
        parts: list[str] = []
        before = ""
        for kind, text in self._blocks:
            close = before == kind and kind in ("- ", "row")
            parts.append(("\n" if close else "\n\n") + text)
            before = kind
        return "".join(parts), _title(self._tops, self._title)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """A tag opens."""
        self.tags += 1
        if tag in _LEFT_OUT:
            self._skipped += 1
        elif self._skipped:
            return
        elif tag in _HEADINGS:
            self._end()
            self._row()
            self._kind = _HEADINGS[tag]
        elif tag == "tr":
            self._end()
            self._row()
        elif tag in ("td", "th"):
            self._end()
            self._kind, self._headed = "cell", self._headed or tag == "th"
        elif tag == "li":
            self._end()
            self._kind = "- "
        elif tag in ("pre", "title"):
            self._end()
            self._kind = tag
        elif tag == "meta":
            said = {name: value or "" for name, value in attrs}
            named = said.get("name") or said.get("property") or said.get("itemprop") or ""
            if named.lower() in _DATES:
                self.date = self.date or day(said.get("content", ""))
        elif tag in _BLOCKS:
            self._break(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """A tag that closes itself; browsers take it for an opening one, except for those that hold nothing."""
        if tag not in _LEFT_OUT:
            self.handle_starttag(tag, attrs)

    def handle_endtag(self, tag: str) -> None:
        """A tag closes."""
        if tag in _LEFT_OUT:
            self._skipped = max(0, self._skipped - 1)
        elif self._skipped:
            return
        elif tag in _HEADINGS or tag in ("td", "th", "li", "pre", "title"):
            self._end()
        elif tag in ("tr", "table"):
            self._end()
            self._row()
        elif tag in _BLOCKS:
            self._break(tag)

    def handle_data(self, data: str) -> None:
        """Text goes by."""
        if not self._skipped:
            self._words.append(data)

    def _break(self, tag: str) -> None:
        """A block begins or ends: a paragraph of its own, or a space within a cell or an item."""
        if self._kind in ("cell", "- ") and tag not in ("ul", "ol", "table"):
            self._words.append(" ")
        elif self._kind == "pre":
            self._words.append("\n" if tag == "br" else "")
        elif self._kind == "cell":
            self._words.append(" ")
        else:
            self._end()

    def _end(self) -> None:
        """Write the words at hand as what they are."""
        kind, self._kind = self._kind, ""
        raw = "".join(self._words)
        self._words.clear()
        text = " ".join(raw.split())
        if kind == "cell":
            self._cells.append(text.replace("|", "/"))
        elif kind == "title":
            self._title = self._title or text
        elif not text:
            return
        elif kind == "pre":
            inner = "\n".join("    " + line for line in raw.strip("\n").split("\n"))
            self._blocks.append(("pre", inner))
        elif kind.startswith("#"):
            if kind == "#":
                self._tops.append(text)
            self._blocks.append((kind, f"{kind} {text}"))
        else:
            self._row()
            self._blocks.append((kind, kind + unmarked(text)))

    def _row(self) -> None:
        """Write the cells at hand as a row of a table."""
        if any(self._cells):
            self._blocks.append(("row", f"| {' | '.join(self._cells)} |"))
            if self._headed and (len(self._blocks) < 2 or self._blocks[-2][0] != "row"):
                self._blocks.append(("row", "| --- " * len(self._cells) + "|"))
        self._cells.clear()
        self._headed = False
