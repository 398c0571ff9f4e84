"""Plans of earlier questions that worked, for the planner's model to go by."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from collegia.agents.store import RunStore
from collegia.knowledge.text import asked_words

__all__ = ["PastPlans"]

_LOOKED_AT = 300  # runs
_ALIKE = 0.5  # share of the words that two questions must have in common
_TOLD = 2
_LONGEST = 160  # characters of a question


@dataclass(frozen=True)
class PastPlans:
    """Looks through the runs that are stored.

    Attributes:
        store: where they are.
    """

    store: RunStore

    def told(self, question: str) -> list[str]:
        """Lines of a prompt: earlier questions much like this one, each with the experts that answered it."""
        mine = _words(question)
        scored = []
        for run_id, earlier in self.store.answered(_LOOKED_AT):
            theirs = _words(earlier)
            both = len(mine & theirs)
            share = both / max(1, len(mine) + len(theirs) - both)
            if share >= _ALIKE and earlier != question:
                scored.append((share, run_id, earlier))
        lines = []
        for _, run_id, earlier in sorted(scored, reverse=True)[:_TOLD]:
            experts = ", ".join(dict.fromkeys(step["expert"] for step in self.store.plan(run_id).get("steps", ())))
            lines.append(f"- {earlier[:_LONGEST]!r} was answered by: {experts}")
        return ["Earlier questions:\n" + "\n".join(lines)] if lines else []


@lru_cache(maxsize=2 * _LOOKED_AT)
def _words(question: str) -> frozenset[str]:
    return frozenset(asked_words(question))
