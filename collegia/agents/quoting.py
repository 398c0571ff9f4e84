"""Quotations in an answer: sentences of documents, word for word, each with where it stands."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import asdict
from typing import Any

from pydantic import BaseModel, ConfigDict

from collegia.agents.plan import Cited, Plan
from collegia.agents.reflect import asked_value, is_quoted
from collegia.knowledge.compose import Quote
from collegia.knowledge.expert import quotes_of
from collegia.knowledge.split import shown

__all__ = ["Quotation", "cited", "quotations", "quoted_text"]


class Quotation(BaseModel):
    """A sentence of a document: `text` is what the document has from `start` to `end`, to the letter."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    document: str
    """As citations call it."""
    source: str
    """What identifies it in the knowledge store: a path, or the domain and the name of a handbook's page."""
    start: int
    end: int
    text: str
    heading: str = ""
    """The headings above it."""
    step: str = ""
    """The step that found it."""


def quotations(plan: Plan, ends: Mapping[str, Any]) -> tuple[Quotation, ...]:
    """The sentences that values were taken from, and all that a plan's steps quoted, in the order to read them."""
    found = [
        _quotation(Quote(bound.document, bound.source, bound.start, bound.end, bound.text), step.id)
        for step in plan.steps
        for bound in step.arguments.values()
        if isinstance(bound, Cited)
    ]
    for asked in plan.asked:
        value = asked_value(asked, ends) if is_quoted(asked) else None
        found.extend(_quotation(one, asked.source.step) for one in quotes_of(value or ()))
    return tuple(found)


def _quotation(quote: Quote, step: str) -> Quotation:
    return Quotation(**asdict(quote), step=step)


def cited(found: Iterable[Quotation]) -> tuple[str, ...]:
    """The documents quoted, each once, the best first."""
    return tuple(dict.fromkeys(one.document for one in found))


def quoted_text(found: Iterable[Quotation]) -> str:
    """The quotations as a reader sees them: a paragraph for each document, its name in brackets at the end."""
    paragraphs: dict[str, list[str]] = {}
    for one in found:
        paragraphs.setdefault(one.document, []).append(shown(one.text))
    return "\n".join(f"{' '.join(said)} [{document}]" for document, said in paragraphs.items())
