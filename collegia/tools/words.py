"""Kinds of text that go between experts that take and give words: questions, replies, what earlier steps gave.

None of them is a number, so nothing that a language model says can reach an input that wants one.
"""

from __future__ import annotations

from collegia.tools.card import Card
from collegia.tools.kinds import Kind

__all__ = ["DELIBERATION", "INQUIRY", "REPLY", "RESULTS", "takes_words"]

INQUIRY = Kind("inquiry", None)
"""What an expert is asked, in words."""

RESULTS = Kind("results", None)
"""What earlier steps gave: (step, text) of each."""

REPLY = Kind("reply", None)
"""What a language model answers, in words: to be read, never to be computed with."""

DELIBERATION = Kind("deliberation", None)
"""How several models came to a reply: the votes of a panel, what was written for another model. To be shown only."""


def takes_words(card: Card) -> bool:
    """Whether an expert is asked in words: a language model, a store of documents."""
    return any(port.kind.name == INQUIRY.name for port in card.inputs)
