"""A card as it is shown: styled pieces of text, none of which is ever read as markup."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

from textual.content import Content

from collegia.tui.chat.telling import shown

if TYPE_CHECKING:
    from collegia.tools.card import Port
    from collegia.tools.expert import Expert
    from collegia.tools.routing.record import Record

__all__ = ["card_content", "record_lines"]

Piece = str | tuple[str, str]


def card_content(expert: Expert, health: str, records: Mapping[str, Record]) -> Content:
    """What an expert says of itself, how it is, and how it did.

    Args:
        expert: whose card it is.
        health: whether it can be called now, in words.
        records: by category of question.
    """
    return Content.assemble(*_pieces(expert, health, records)).rstrip()


def _pieces(expert: Expert, health: str, records: Mapping[str, Record]) -> Iterator[Piece]:
    card = expert.card
    yield (shown(card.name), "bold $primary")
    yield (f"  {shown(card.domain)}\n", "dim")
    yield f"{shown(card.purpose)}\n"
    for heading, ports in (("Inputs", card.inputs), ("Outputs", card.outputs)):
        yield (f"\n{heading}\n", "bold")
        for port in ports:
            yield from _port(port)
    yield "\n"
    for heading, text in (
        ("Source", card.source), ("Validity", card.validity), ("Methods", ", ".join(card.methods)),
        ("Requires", ", ".join(card.requires)), ("Categories", ", ".join(card.categories)),
        ("Hands over to", ", ".join(card.hands_over_to)), ("Good at", "; ".join(card.questions)),
    ):  # fmt: skip
        if text:
            yield (f"{heading}: ", "bold")
            yield f"{shown(text)}\n"
    yield ("Health: ", "bold")
    yield f"{shown(health)}\n"
    yield ("Record: ", "bold")
    yield "\n        ".join(record_lines(expert, records)) + "\n"
    for number, one in enumerate(card.examples, 1):
        yield (f"\nExample {number}\n", "bold")
        yield f"  {shown(_pairs(one.inputs))}\n  → {shown(_pairs(one.outputs))}\n"


def _port(port: Port) -> Iterator[Piece]:
    from collegia.agents.numbers import format_unit
    from collegia.agents.telling import port_note

    unit = "a name" if port.kind.unit is None else format_unit(port.kind.unit) or "a plain number"
    yield (f"  {shown(port.name)}", "$accent")
    yield f"  {shown(port.kind.label)}, {unit}"
    note = port_note(port)
    yield (f"  {shown(note)}\n" if note else "\n", "dim")


def record_lines(expert: Expert, records: Mapping[str, Record]) -> list[str]:
    """How an expert did, a line for each category; where nothing is recorded, why."""
    if not records:
        if expert.card.sort == "function":
            return ["none: it computes, so nobody judges its answers; `collegia experts test` runs its examples"]
        return ["no answers yet"]
    return [
        f"{shown(category) or 'in general'}: {one.good} good, {one.bad} not; {one.rate:.0%} to be expected{_took(one)}"
        for category, one in records.items()
    ]


def _took(one: Record) -> str:
    return "" if one.seconds is None else f", {one.seconds:.3g} s a call"


def _pairs(values: Mapping[str, Any]) -> str:
    return ", ".join(f"{name}={value}" for name, value in values.items())
