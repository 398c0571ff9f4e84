"""Which expert answers a question in words, and why.

Calculators first: what an exact expert covers, no model may answer. Then the cheapest expert whose card is like the
question and whose record is good enough; then one that is for anything; then whoever an expert of bad record hands over
to. Where nothing reaches the threshold, no expert is chosen. Nothing here is trained.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping

from collegia.errors import UsageError
from collegia.settings import Routing
from collegia.tools.card import Card
from collegia.tools.registry import Registry
from collegia.tools.routing.choosing import Limits, within
from collegia.tools.routing.index import Embed, content_words, index_of
from collegia.tools.routing.record import Records
from collegia.tools.routing.weighing import GENERAL, Decision, Weighing, cost_of, folded, listed
from collegia.tools.words import takes_words

__all__ = ["Decision", "Limits", "Router", "cards_of_words", "has_own_words"]

_WEIGHED = 24  # experts whose cards are most like the question
_VOTERS = 5  # of them, those that say what category it is


def has_own_words(card: Card) -> bool:
    """Whether the expert behind a card is asked in words and answers in its own: a model, near or remote."""
    return card.sort in ("model", "remote") and takes_words(card)


def cards_of_words(registry: Registry) -> dict[str, Card]:
    """The cards of the experts that take words, by name."""
    return {name: one.card for name, one in registry.experts.items() if has_own_words(one.card)}


class Router:
    """Decides who is asked.

    Args:
        settings: thresholds, limits and the experts of categories.
        records: how well each did.
        embed: turns texts into vectors; without it cards are compared by their words.
    """

    def __init__(self, settings: Routing, records: Records, embed: Embed | None = None) -> None:
        self.settings = settings
        self.records = records
        self._embed = embed
        self._mapped = {folded(name): expert for name, expert in settings.categories.items()}

    def route(
        self, subtask: str, registry: Registry, *, limits: Limits | None = None, covered: tuple[str, ...] = ()
    ) -> Decision:
        """Who is to answer a question, or a part of one.

        Args:
            subtask: in words.
            registry: the experts; one that was just added or removed counts at once.
            limits: what they may take; the settings' where not given.
            covered: the exact experts that compute it; they are chosen then, whatever the limits are.

        Raises:
            OverLimits: the limits allow no expert that could answer.
            UsageError: a category is mapped to an expert that is not there, or `covered` names one.
        """
        limits = Limits.of(self.settings) if limits is None else limits
        if unknown := [name for name in covered if name not in registry.experts]:
            raise UsageError(f"{', '.join(unknown)} cannot compute it: no such expert is loaded")
        if covered:
            verb = "computes" if len(covered) == 1 else "compute"
            return Decision(covered, "calculator", (), "", f"{listed(covered)} {verb} it exactly.")
        cards = cards_of_words(registry)
        likeness = dict(index_of(registry, self._embed).most_like(subtask, _WEIGHED, cards.keys()))
        category = self._category(subtask, likeness, cards)
        weighing = Weighing(self.settings, self.records, cards, category, limits, likeness)
        return weighing.decide(self._mapped.get(category))

    def hand_over(
        self,
        expert: str,
        registry: Registry,
        *,
        category: str = "",
        tried: Collection[str] = (),
        limits: Limits | None = None,
    ) -> Decision:
        """Whom to ask where an expert has no answer: along what cards say of whom they hand over to.

        Args:
            expert: that has no answer.
            registry: the experts.
            category: of the question, as the first decision has it.
            tried: others that had none; nobody is asked twice.
            limits: what the next one may take; the settings' where not given.

        Raises:
            OverLimits: the limits allow none of those that are handed over to.
        """
        limits = Limits.of(self.settings) if limits is None else limits
        weighing = Weighing(self.settings, self.records, cards_of_words(registry), category, limits)
        able = tuple(within(weighing.successors(expert, tried), limits))
        notes = tuple(weighing.notes)
        if not able:
            return Decision((), "none", (), category, f"{expert} has no answer, and hands over to nobody else.", notes)
        reason = f"{expert} has no answer: it hands over to {able[0].name}."
        return Decision((able[0].name,), "hand-over", able, category, reason, notes)

    def cost_of(self, card: Card) -> float:
        """What a call of an expert costs, in the unit of the cards."""
        return cost_of(card, self.records.of(card.name))

    def _category(self, subtask: str, likeness: Mapping[str, float], cards: Mapping[str, Card]) -> str:
        """The category that the nearest cards have, or whose name the question says; empty where there is none."""
        votes: dict[str, float] = {}
        for name, similarity in list(likeness.items())[:_VOTERS]:
            if similarity >= self.settings.threshold:
                for category in map(folded, cards[name].categories):
                    votes[category] = votes.get(category, 0.0) + similarity
        said = set(content_words(subtask))
        for category in {*self._mapped, *votes}:
            if category and said.issuperset(category.split()):
                votes[category] = votes.get(category, 0.0) + 1.0
        votes.pop(GENERAL, None)
        return min(votes, key=lambda one: (-votes[one], one)) if votes else ""
