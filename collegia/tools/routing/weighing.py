"""One decision in the making: who is like the question, who is good enough, and what the limits leave of them."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from functools import lru_cache
from typing import Any, Literal

from collegia.errors import UsageError
from collegia.settings import Routing
from collegia.tools.card import Card
from collegia.tools.routing.choosing import Candidate, Limits, choose_several, within
from collegia.tools.routing.record import Record, Records

__all__ = ["GENERAL", "By", "Decision", "Weighing", "cost_of", "folded", "listed"]

GENERAL = "general"
"""The category of experts that are for anything: their cards need not be like the question."""

By = Literal["calculator", "category", "expert", "general", "hand-over", "none"]

_BESIDE = 0.5  # how like the question a card must be beside the one that is most like it
_HOPS = 4  # hand-overs that are followed


@dataclass(frozen=True)
class Decision:
    """Who is to answer.

    Attributes:
        chosen: names of experts, the best first; empty where no expert is to be asked.
        by: what led to them.
        candidates: who was weighed, the best first.
        category: what kind of question it is; empty where no card says.
        reason: one sentence.
        notes: what was passed over: an expert that is named on a card and is not loaded.
    """

    chosen: tuple[str, ...]
    by: By
    candidates: tuple[Candidate, ...]
    category: str
    reason: str
    notes: tuple[str, ...] = ()

    def to_dict(self) -> dict[str, Any]:
        """Plain data, the same after a way through JSON."""
        said = {"chosen": list(self.chosen), "by": self.by, "candidates": [asdict(one) for one in self.candidates]}
        return {**said, "category": self.category, "reason": self.reason, "notes": list(self.notes)}


@dataclass
class Weighing:
    """One decision in the making.

    Attributes:
        settings: thresholds.
        records: how well each expert did.
        cards: of the experts that take words, by name.
        category: of the question.
        limits: what the chosen may take.
        likeness: how like the question each card is.
        notes: what was passed over.
    """

    settings: Routing
    records: Records
    cards: Mapping[str, Card]
    category: str
    limits: Limits
    likeness: Mapping[str, float] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        liked = [self._weighed(name) for name in self.likeness]
        self.candidates = sorted(liked, key=lambda one: (-one.total, one.cost, one.name))

    def decide(self, mapped: str | None = None) -> Decision:
        """Who is to answer; `mapped` is the expert that the settings give the category to.

        Raises:
            OverLimits: the limits allow no expert that could answer.
            UsageError: `mapped` is not there.
        """
        if mapped is not None:
            return self._by_category(mapped)
        like = self._like_enough()
        good = [one for one in like if self._is_good(one)]
        general = [self._weighed(name) for name, card in self.cards.items() if GENERAL in map(folded, card.categories)]
        good_general = [one for one in general if self._is_good(one) and one not in good]
        handed = self.successors(like[0].name) if like and not good else []
        # Refused here where the limits leave none of all that are able.
        allowed = within([*good, *good_general, *handed], self.limits)
        if some := [one for one in good if one in allowed]:
            return self._by_likeness(some)
        if some := [one for one in good_general if one in allowed]:
            return self._made([_cheapest(some)], "general", self._why_general(like, good))
        if some := [one for one in handed if one in allowed]:
            return self._made(some[:1], "hand-over", f"{self._why_not(like)} It hands over to {some[0].name}.")
        return self._made([], "none", self._why_not(like))

    def successors(self, expert: str, tried: Collection[str] = ()) -> list[Candidate]:
        """Those along the hand-overs of an expert whose record is good enough, the nearest first, nobody twice."""
        found: list[Candidate] = []
        seen = {expert, *tried}
        layer = [expert]
        for _ in range(_HOPS):
            following: list[str] = []
            for name in layer:
                following.extend(self.cards[name].hands_over_to if name in self.cards else ())
            layer = [name for name in dict.fromkeys(following) if name not in seen]
            seen.update(layer)
            for name in [one for one in layer if one not in self.cards]:
                self.notes.append(f"{name} is handed over to, and no expert of that name that takes words is loaded")
                layer.remove(name)
            found.extend(filter(self._is_good, map(self._weighed, layer)))
        return found

    def _weighed(self, name: str) -> Candidate:
        card, record = self.cards[name], self.records.of(name, self.category)
        similarity = self.likeness.get(name, 0.0)
        seconds = card.seconds if record.seconds is None else record.seconds
        cost = cost_of(card, record)
        return Candidate(name, similarity, record.lower, cost, seconds, similarity * record.lower)

    def _like_enough(self) -> list[Candidate]:
        """Those whose cards are like the question, by itself and beside the most like."""
        least = max(self.settings.threshold, _BESIDE * max(self.likeness.values(), default=0.0))
        return [one for one in self.candidates if one.similarity >= least]

    def _is_good(self, one: Candidate) -> bool:
        return one.record >= self.settings.good_enough

    def _by_category(self, name: str) -> Decision:
        if name not in self.cards:
            raise UsageError(
                f"routing.categories gives {self.category!r} to {name!r}, and no expert of that name that takes words"
                " is loaded"
            )
        chosen = within([self._weighed(name)], self.limits)
        return self._made(chosen, "category", f"Questions of the category {self.category} are given to {name}.")

    def _by_likeness(self, able: Sequence[Candidate]) -> Decision:
        settings = self.settings
        if self.limits.most == 1:
            one = _cheapest(able)
            return self._made([one], "expert", (
                f"{one.name} is the cheapest whose card is like the question ({one.similarity:.2f} of at least"
                f" {settings.threshold:g}) with a good enough record ({one.record:.2f} of {settings.good_enough:g})."
            ))  # fmt: skip
        chosen = choose_several(able, settings.good_enough, self.limits)
        total = sum(one.total for one in chosen)
        if total < settings.good_enough:
            why = f"the best that may be asked together: their scores sum to {total:.2f} of {settings.good_enough:g}"
        else:
            why = f"the fewest whose scores sum to at least {settings.good_enough:g} ({total:.2f})"
        return self._made(chosen, "expert", f"{listed([one.name for one in chosen])}: {why}.")

    def _why_general(self, like: Sequence[Candidate], good: Sequence[Candidate]) -> str:
        if good:
            return "The limits allow none of the experts whose cards are like the question; this one is for anything."
        return f"{self._why_not(like)} This one is for anything."

    def _why_not(self, like: Sequence[Candidate]) -> str:
        settings = self.settings
        if not self.cards:
            return "No expert that takes words is loaded."
        if not self.candidates:
            return "No card has any word of the question."
        if not like:
            near = max(self.candidates, key=lambda one: one.similarity)
            return (
                f"No card is like the question: the nearest, {near.name}, has {near.similarity:.2f} of at least"
                f" {settings.threshold:g}."
            )
        return (
            f"The card of {like[0].name} is like the question, and its record is not good enough"
            f" ({like[0].record:.2f} of {settings.good_enough:g})."
        )

    def _made(self, chosen: Iterable[Candidate], by: By, reason: str) -> Decision:
        taken = list(chosen)
        weighed = [*self.candidates, *(one for one in taken if one not in self.candidates)]
        names = tuple(one.name for one in taken)
        return Decision(names, by, tuple(weighed), self.category, reason, tuple(self.notes))


def cost_of(card: Card, record: Record) -> float:
    """What a call costs, in the unit of the cards: what calls did cost on average, or what the card says."""
    return card.cost if record.cost is None else record.cost


def _cheapest(some: Iterable[Candidate]) -> Candidate:
    return min(some, key=lambda one: (one.cost, -one.total, one.seconds, one.name))


@lru_cache(maxsize=4096)
def folded(category: str) -> str:
    """A category's name as names are compared."""
    return " ".join(re.split(r"[\W_]+", category.casefold())).strip()


def listed(names: Sequence[str]) -> str:
    """Names in a sentence."""
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"
