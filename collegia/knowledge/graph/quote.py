"""The sentence behind an edge."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from collegia.knowledge.graph.rows import Link
from collegia.knowledge.records import Passage
from collegia.knowledge.split import shown
from collegia.knowledge.store import KnowledgeStore
from collegia.knowledge.text import Span, sentences

__all__ = ["LONGEST", "quoted", "span_of"]

LONGEST = 600
"""Letters of a sentence that are shown; a table or a list without full stops may go on for pages."""


def quoted(store: KnowledgeStore, links: Iterable[Link]) -> dict[Link, str]:
    """The sentence in which each edge stands, as a reader sees it; a long one is cut and ends in "…"."""
    wanted = list(links)
    passages = store.passages(list({link.passage for link in wanted}))
    return {link: _sentence(passages, link) for link in wanted}


def _sentence(passages: Mapping[int, Passage], link: Link) -> str:
    passage = passages.get(link.passage)
    if passage is None:  # removed by another process since the edge was read
        return ""
    body = passage.body
    start, end = link.start - link.offset, link.end - link.offset
    if link.kind in ("about", "alias"):
        first = next(sentences(body), Span(0, len(body)))
        start, end = first.start, first.end
    elif link.kind == "mentions":
        span = span_of(body, start, end)
        start, end = span.start, span.end
    said = shown(body[start:end])
    return said if len(said) <= LONGEST else said[: LONGEST - 1] + "…"


def span_of(body: str, start: int, end: int) -> Span:
    """The sentence of a text that a span begins in; the span itself where there is none."""
    return next((one for one in sentences(body) if one.start <= start < one.end), Span(start, end))
