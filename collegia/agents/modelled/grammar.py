"""The form of a planner's reply: a JSON Schema whose experts, arguments and outputs are those of a few cards."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from collegia.tools.card import Card, Port
from collegia.tools.words import RESULTS, takes_words

__all__ = ["card_line", "reply_schema", "takes_results"]

_MOST_STEPS = 12
_LONGEST_WORDS = 200
_LONGEST_QUESTION = 1_000
_ID = {"type": "string", "maxLength": 12}


def reply_schema(cards: Sequence[Card]) -> dict[str, Any]:
    """The schema of a reply over these cards: steps of calculators and of experts that take words."""
    forms = [_calculator(card) for card in cards if not takes_words(card)]
    if worded := [card for card in cards if takes_words(card)]:
        forms.append(_worded([card.name for card in worded]))
    steps = {"type": "array", "maxItems": _MOST_STEPS, "items": forms[0] if len(forms) == 1 else {"anyOf": forms}}
    return _object({"steps": steps})


def card_line(card: Card) -> str:
    """A card as a prompt tells it: name, arguments and outputs with what they are, purpose."""
    if takes_words(card):
        return f"- {card.name}: {card.purpose}"
    inputs = ", ".join(_told(port) for port in card.inputs)
    outputs = ", ".join(_told(port) for port in card.outputs)
    return f"- {card.name}({inputs}) -> {outputs}: {card.purpose}"


def _told(port: Port) -> str:
    said = port.kind.label
    if port.at:
        said = f"{said}, {'before' if port.at == 'start' else 'after'}"
    return port.name if said.replace(" ", "_") == port.name else f"{port.name} [{said}]"


def _calculator(card: Card) -> dict[str, Any]:
    arguments = {port.name: {"type": "string", "maxLength": _LONGEST_WORDS} for port in card.inputs}
    outputs = [port.name for port in card.outputs]
    return _object(
        {
            "id": _ID,
            "expert": {"const": card.name},
            "arguments": {"type": "object", "properties": arguments, "additionalProperties": False},
            "asked": {"type": "array", "maxItems": len(outputs), "items": {"enum": outputs}},
        }
    )


def _worded(names: Sequence[str]) -> dict[str, Any]:
    question = {"type": "string", "maxLength": _LONGEST_QUESTION}
    after = {"type": "array", "maxItems": _MOST_STEPS, "items": _ID}
    return _object({"id": _ID, "expert": {"enum": list(names)}, "question": question, "after": after})


def _object(properties: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "type": "object",
        "properties": dict(properties),
        "required": list(properties),
        "additionalProperties": False,
    }


def takes_results(card: Card) -> str:
    """The name of the input that takes what earlier steps gave; empty where there is none."""
    return next((port.name for port in card.inputs if port.kind.name == RESULTS.name), "")
