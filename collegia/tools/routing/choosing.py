"""Choosing among a few experts: as few as are enough, within what they may cost and how long they may take."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import combinations

from collegia.errors import OverLimits
from collegia.settings import Routing

__all__ = ["Candidate", "Limits", "best_within", "choose_several", "within"]

_MOST_WEIGHED = 12  # candidates whose subsets are tried, 4,096 at most
_ROUNDING = 1e-9


@dataclass(frozen=True, slots=True)
class Candidate:
    """An expert that was weighed.

    Attributes:
        similarity: how like the question its card is, from 0 to 1.
        record: the success rate that it most likely exceeds in this category, from 0 to 1.
        cost: of a call, in the unit of the cards: the mean of its record, or the card's own.
        seconds: that a call takes, likewise.
        total: similarity times record.
    """

    name: str
    similarity: float
    record: float
    cost: float
    seconds: float
    total: float


@dataclass(frozen=True, slots=True)
class Limits:
    """What the experts of one question may take.

    Attributes:
        max_cost: all together; None for no limit.
        max_seconds: each of them, for they are asked at one time; None for no limit.
        most: how many.
    """

    max_cost: float | None = None
    max_seconds: float | None = None
    most: int = 1

    @classmethod
    def of(cls, routing: Routing) -> Limits:
        """The limits of the settings."""
        return cls(routing.max_cost, routing.max_seconds, routing.most)

    def allow(self, chosen: Sequence[Candidate]) -> bool:
        """Whether these may be asked together."""
        return (
            len(chosen) <= self.most
            and (self.max_cost is None or sum(one.cost for one in chosen) <= self.max_cost + _ROUNDING)
            and (self.max_seconds is None or all(one.seconds <= self.max_seconds for one in chosen))
        )


def within(candidates: Iterable[Candidate], limits: Limits) -> list[Candidate]:
    """Those that may be asked, each by itself.

    Raises:
        OverLimits: there are candidates, and the limits allow none of them; it names the limit and what would do.
    """
    all_of_them = list(candidates)
    found = [one for one in all_of_them if limits.allow([one])]
    if all_of_them and not found:
        raise OverLimits(_infeasible(all_of_them, limits))
    return found


def best_within(candidates: Iterable[Candidate], limits: Limits) -> tuple[Candidate, ...]:
    """The subset with the largest sum of scores that the limits allow; of equal ones the smaller, then the cheaper.

    It is exact over the twelve best of those that the limits allow.

    Raises:
        OverLimits: the limits allow none; it names the limit and what would do.
    """
    return max(_subsets(within(candidates, limits), limits), key=lambda some: (_sum(some), -len(some), -_cost(some)))


def choose_several(candidates: Iterable[Candidate], reach: float, limits: Limits) -> tuple[Candidate, ...]:
    """The fewest whose scores sum to `reach`, of as few the cheapest; where none do, the best that is allowed.

    Raises:
        OverLimits: the limits allow none; it names the limit and what would do.
    """
    allowed = within(candidates, limits)
    enough = [some for some in _subsets(allowed, limits) if _sum(some) >= reach - _ROUNDING]
    if enough:
        return min(enough, key=lambda some: (len(some), _cost(some), -_sum(some)))
    return best_within(allowed, limits)


def _subsets(allowed: Sequence[Candidate], limits: Limits) -> list[tuple[Candidate, ...]]:
    """All subsets of the best ones that the limits allow, the empty one where nothing is to be chosen from."""
    few = sorted(allowed, key=lambda one: (-one.total, one.cost, one.name))[:_MOST_WEIGHED]
    sizes = range(1, min(limits.most, len(few)) + 1)
    return [some for size in sizes for some in combinations(few, size) if limits.allow(some)] or [()]


def _infeasible(candidates: Sequence[Candidate], limits: Limits) -> str:
    cheapest = min(candidates, key=lambda one: (one.cost, one.name))
    if limits.max_cost is not None and cheapest.cost > limits.max_cost:
        return (
            f"routing.max_cost of {limits.max_cost:g} allows none of the experts that could answer: the cheapest,"
            f" {cheapest.name}, costs {cheapest.cost:g}; raise the limit or leave it out"
        )
    fastest = min(candidates, key=lambda one: (one.seconds, one.name))
    if limits.max_seconds is not None and fastest.seconds > limits.max_seconds:
        return (
            f"routing.max_seconds of {limits.max_seconds:g} allows none of the experts that could answer: the fastest,"
            f" {fastest.name}, takes {fastest.seconds:g} s; raise the limit or leave it out"
        )
    return (
        f"routing.max_cost of {limits.max_cost} and routing.max_seconds of {limits.max_seconds} together allow none of"
        f" the experts that could answer: {', '.join(one.name for one in candidates[:5])}; raise one of the limits"
    )


def _sum(some: Iterable[Candidate]) -> float:
    return sum(one.total for one in some)


def _cost(some: Iterable[Candidate]) -> float:
    return sum(one.cost for one in some)
