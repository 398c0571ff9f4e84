"""The numbers and citations of an answer, each with the key that opens what is behind it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from collegia.tui.wording import one_line

if TYPE_CHECKING:
    from collegia.agents.result import Result

__all__ = ["LABELS", "Item", "items_of"]

LABELS = "123456789abdefhijklmnopqrstuvwxyz"
"""The keys in the order of what they open; `c` and `g` are left to copying and the graph."""


@dataclass(frozen=True, slots=True)
class Item:
    """A number, a quoted sentence, or the reply of a model.

    Attributes:
        label: the key that opens it; empty where there are more of them than keys.
        kind: what it is.
        place: in the result's quantities, quotations or replies.
        title: what it is called: the name of the number, of the document, of the expert.
        told: with its value, or its words.
    """

    label: str
    kind: Literal["number", "quotation", "reply"]
    place: int
    title: str
    told: str


def items_of(result: Result) -> tuple[Item, ...]:
    """All of an answer: its numbers, then its quotations, then the replies of models."""
    from collegia.agents.numbers import format_quantity
    from collegia.knowledge.split import shown

    found: list[tuple[Literal["number", "quotation", "reply"], int, str, str]] = [
        ("number", place, one.name, f"{one.name} = {format_quantity(one.value, one.unit)}")
        for place, one in enumerate(result.quantities)
    ]
    found += [
        ("quotation", place, one.document, f"{one.document}: “{shown(one.text)}”")
        for place, one in enumerate(result.quotations)
    ]
    found += [("reply", place, one.expert, f"{one.expert}: {one.text}") for place, one in enumerate(result.replies)]
    return tuple(
        Item(LABELS[order] if order < len(LABELS) else "", kind, place, one_line(title, 40), one_line(told))
        for order, (kind, place, title, told) in enumerate(found)
    )
