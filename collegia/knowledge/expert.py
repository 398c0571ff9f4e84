"""The library as an expert: asked a question, it gives sentences of documents, word for word.

It has a card and is called like any other expert, so a plan may have it beside calculators.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import astuple, replace
from typing import Annotated, Any, NamedTuple

from collegia.errors import NoData
from collegia.knowledge.compose import Quote
from collegia.knowledge.library import Library, Reply
from collegia.tools.expert import Expert, caution, expert, expert_of
from collegia.tools.kinds import Kind
from collegia.tools.words import INQUIRY

__all__ = ["EXPERT", "QUOTATIONS", "knowledge_expert", "quotes_of"]

EXPERT = "knowledge_search"

QUOTATIONS = Kind("quotations", None)
"""Sentences: (document, source, start, end, text, heading) of each, in the order to read them."""


_PURPOSE = "Sentences of the handbooks and of the documents taken in that answer a question, each with its place."


class _Found(NamedTuple):
    quotations: Annotated[tuple[object, ...], QUOTATIONS]


def knowledge_expert(library: Library) -> Expert:
    """The expert that asks this library; it is awaited where a model helps in the search."""
    helped = library.helper is not None

    def plain(question: Annotated[str, INQUIRY]) -> _Found:
        return _quoted(library.reply(question))

    async def awaited(question: Annotated[str, INQUIRY]) -> _Found:
        return _quoted(await library.helped_reply(question))

    function: Callable[..., Any] = awaited if helped else plain
    function.__name__ = EXPERT
    function.__doc__ = _PURPOSE
    told = expert(
        source="the documents it cites",
        validity="what the store's documents say; it knows nothing else",
        requires=("snowballstemmer", "numpy"),
        extra="knowledge",
        cost=1.0,
        seconds=5.0 if helped else 0.1,
    )
    made = expert_of(told(function), "knowledge")
    return Expert(replace(made.card, sort="knowledge"), made.function)


def _quoted(reply: Reply) -> _Found:
    """The quotations of a reply, its notes as warnings.

    Raises:
        NoData: it has none.
    """
    if not reply.quotes:
        said = f" ({'; '.join(reply.notes)})" if reply.notes else ""
        raise NoData(f"the documents hold nothing on this{said}")
    for note in reply.notes:
        caution(note)
    return _Found(tuple(astuple(one) for one in reply.quotes))


def quotes_of(value: Any) -> tuple[Quote, ...]:
    """The quotes in a value of kind `QUOTATIONS`, as it comes from an expert or out of a run's log."""
    return tuple(Quote(*one) for one in value)
