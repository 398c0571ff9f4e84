"""Experts of words with cards made up for tests: nothing stands behind them."""

from __future__ import annotations

from typing import Annotated, Any

from collegia.tools.card import Card, Port
from collegia.tools.expert import Expert
from collegia.tools.registry import Registry
from collegia.tools.words import INQUIRY, REPLY


def expert(name: str, purpose: str, **more: Any) -> Expert:
    """An expert that takes words."""

    def answer(question: Annotated[str, INQUIRY]) -> Annotated[str, REPLY]:
        """Answers."""
        return f"{name}: {question}"

    ports = {"inputs": (Port("question", INQUIRY),), "outputs": (Port("reply", REPLY),)}
    said: dict[str, Any] = {"domain": "models", "sort": "model", **ports, **more}
    return Expert(Card(name=name, purpose=purpose, **said), answer)


def registry_of(*experts: Expert) -> Registry:
    registry = Registry()
    for one in experts:
        registry.include(one)
    return registry


RIVERS = expert("rivers", "Knows rivers and lakes.", questions=("How long is the Danube?", "Where does a delta form?"))
STARS = expert("stars", "Knows stars and galaxies.", questions=("How hot is a red dwarf?", "What is a nebula?"))
SOUPS = expert("soups", "Knows soups and stews.", questions=("How long does a broth simmer?", "What thickens a stew?"))
