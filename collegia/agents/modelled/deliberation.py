"""How several models came to one reply: a part of it, and of the log."""

from __future__ import annotations

from typing import Any

from pydantic import BaseModel, ConfigDict

from collegia.agents.modelled.background import Background
from collegia.agents.modelled.candidates import Choice
from collegia.agents.panel.outcome import Panel
from collegia.tools.card import Card
from collegia.tools.words import DELIBERATION

__all__ = ["Deliberation", "deliberation_in"]


class Deliberation(BaseModel):
    """What went before a reply that is not one model's alone."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    panel: Panel | None = None
    """The panel that answered; null where one expert did."""
    backgrounds: tuple[Background, ...] = ()
    """What small experts wrote for those who answered, sentence by sentence, and what of it was dropped."""
    choices: tuple[Choice, ...] = ()
    """What small experts offered those who answered, and what they took."""


def deliberation_in(card: Card, outputs: Any) -> Deliberation | None:
    """What the outputs of a step of this card say of it; None where they say nothing."""
    name = next((port.name for port in card.outputs if port.kind.name == DELIBERATION.name), "")
    said = outputs.get(name)
    return None if said is None else Deliberation.model_validate(said)
