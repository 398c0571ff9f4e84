"""An excerpt as it is shown: where it stands, and its text with the cited span marked."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.content import Content

from collegia.display import clean
from collegia.tui.wording import one_line

if TYPE_CHECKING:
    from collegia.knowledge.excerpt import Excerpt

__all__ = ["citation", "passage_content", "place_content"]

_SENTENCE = 600  # characters; more than that is a whole passage, and unreadable when reversed
_ONE_FOR_ONE = str.maketrans("\f\r\t\v", "\n   ")


def passage_content(excerpt: Excerpt) -> Content:
    """The text, letter for letter in its places, with the cited span marked, by no colour."""
    content = Content(clean(excerpt.text.translate(_ONE_FOR_ONE)))
    start, end = excerpt.start - excerpt.first, excerpt.end - excerpt.first
    if start < end and end > 0 and start < len(content.plain):
        style = "bold reverse" if end - start <= _SENTENCE else "bold"
        content = content.stylize(style, max(0, start), min(end, len(content.plain)))
    return content


def place_content(excerpt: Excerpt) -> Content:
    """Which document it is, where in it the span stands, and how much of it is not shown."""
    parts: list[str | tuple[str, str]] = [(one_line(excerpt.name, 80), "bold")]
    if excerpt.title and excerpt.title.casefold() != excerpt.name.casefold():
        parts.append(f"  {one_line(excerpt.title, 80)}")
    where = [one_line(excerpt.heading, 100)] if excerpt.heading else []
    if excerpt.end > excerpt.start:
        where.append(f"characters {excerpt.start:,}–{excerpt.end:,} of {excerpt.length:,}")
    else:
        where.append(f"{excerpt.length:,} characters")
    if excerpt.page is not None:
        where.append(f"page {excerpt.page}")
    if excerpt.moved:
        where.append("the document has changed since: the words stand elsewhere now")
    parts.append((f"\n{' · '.join(where)}", "dim"))
    before, after = excerpt.first, excerpt.length - excerpt.last
    left = [f"{before:,} characters before ([)"] * bool(before) + [f"{after:,} after (])"] * bool(after)
    if left:
        parts.append((f"\nnot shown: {', '.join(left)}", "dim"))
    return Content.assemble(*parts)


def citation(excerpt: Excerpt) -> str:
    """The cited words with their place, for copying; without a span, the text that is shown."""
    if excerpt.end == excerpt.start:
        return clean(excerpt.text)
    start = max(0, excerpt.start - excerpt.first)
    words = excerpt.text[start : max(start, excerpt.end - excerpt.first)]
    return f"“{clean(words)}” [{one_line(excerpt.name, 200)}, {excerpt.start}–{excerpt.end}]"
