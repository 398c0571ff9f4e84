"""Quotations in an answer: sentences of documents, word for word, each with where it stands."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from pydantic import BaseModel, ConfigDict

from collegia.agents.plan import Asked, Cited, Plan
from collegia.agents.reflect import asked_value
from collegia.knowledge.expert import QUOTATIONS, quotes_of
from collegia.knowledge.split import shown

__all__ = ["Quotation", "cited", "is_quoted", "quotations", "quoted_text"]


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


def is_quoted(asked: Asked) -> bool:
    """Whether what is asked is answered with quotations."""
    return asked.kind == QUOTATIONS.name


def quotations(plan: Plan, ends: Mapping[str, Any]) -> tuple[Quotation, ...]:
    """The sentences that values were taken from, and all that a plan's steps quoted, in the order to read them."""
    found: list[Quotation] = []
    for step in plan.steps:
        for bound in step.arguments.values():
            if isinstance(bound, Cited):
                found.append(
                    Quotation(
                        document=bound.document,
                        source=bound.source,
                        start=bound.start,
                        end=bound.end,
                        text=bound.text,
                        step=step.id,
                    )
                )
    for asked in plan.asked:
        value = asked_value(asked, ends) if is_quoted(asked) else None
        for one in quotes_of(value or ()):
            found.append(
                Quotation(
                    document=one.document,
                    source=one.source,
                    start=one.start,
                    end=one.end,
                    text=one.text,
                    heading=one.heading,
                    step=asked.source.step,
                )
            )
    return tuple(found)


def cited(found: Iterable[Quotation]) -> tuple[str, ...]:
    """The documents quoted, each once, the best first."""
    return tuple(dict.fromkeys(one.document for one in found))


def quoted_text(found: Iterable[Quotation]) -> str:
    """The quotations as a reader sees them: a paragraph for each document, its name in brackets at the end."""
    paragraphs: dict[str, list[str]] = {}
    for one in found:
        paragraphs.setdefault(one.document, []).append(shown(one.text))
    return "\n".join(f"{' '.join(said)} [{document}]" for document, said in paragraphs.items())
