"""Quantities and units, the expert contract, and the registry of domains."""

from __future__ import annotations

from collegia.tools.card import STATED, At, Card, Example, Of, Port, Range, Uncertainty
from collegia.tools.domain import Domain, Side
from collegia.tools.expert import Expert, Outcome, assume, caution, expert, expert_of
from collegia.tools.kinds import Found, Kind

__all__ = [
    "STATED",
    "At",
    "Card",
    "Domain",
    "Example",
    "Expert",
    "Found",
    "Kind",
    "Of",
    "Outcome",
    "Port",
    "Range",
    "Side",
    "Uncertainty",
    "assume",
    "caution",
    "expert",
    "expert_of",
]
