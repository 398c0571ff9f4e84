"""The edges of a plan in box characters: each value runs down a lane from the step that gives it to those that take it.

● s1
│ ● s2
├─┘
● s3        takes both
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

__all__ = ["MOST", "Row", "ordered", "rows"]

MOST = 6
"""Lanes that are drawn; an edge that finds no lane is told by its ids alone."""

_NODE = "●"


@dataclass(frozen=True, slots=True)
class Row:
    """One step as it is drawn: what stands left and right of its sign, and the lanes that go on beneath it."""

    id: str
    before: str
    after: str
    beneath: str


def ordered(needs: Mapping[str, Sequence[str]]) -> list[str]:
    """The steps, each after those that it needs and else in their own order.

    A plan in which steps need each other in a ring never runs; its steps are given as they come.
    """
    left = list(needs)
    done: dict[str, None] = {}
    while left:
        ready = next((one for one in left if all(need in done or need not in needs for need in needs[one])), left[0])
        left.remove(ready)
        done[ready] = None
    return list(done)


def rows(needs: Mapping[str, Sequence[str]]) -> list[Row]:
    """What is drawn of each step, in an order in which each stands below those that it needs.

    Args:
        needs: by step, the steps whose values it takes.
    """
    order = ordered(needs)
    last = {need: place for place, one in enumerate(order) for need in needs[one]}
    lanes: list[str | None] = []
    drawn = []
    for place, one in enumerate(order):
        taken = {lane for lane, held in enumerate(lanes) if held in needs[one]}
        ending = {lane for lane in taken if last[lanes[lane] or ""] <= place}
        own = _lane(lanes, ending)
        line = _line(lanes, taken, ending, own)
        for lane in ending:
            lanes[lane] = None
        if own < MOST:
            lanes.extend([None] * (own + 1 - len(lanes)))
            lanes[own] = one if last.get(one, -1) > place else None
        while lanes and lanes[-1] is None:
            lanes.pop()
        beneath = "".join("│ " if held else "  " for held in lanes)
        drawn.append(Row(one, line[: 2 * own], line[2 * own + 1 :].rstrip(), beneath.rstrip()))
    return drawn


def _lane(lanes: Sequence[str | None], ending: set[int]) -> int:
    """Where a step stands: on the first lane that ends in it, or else on the first that is free."""
    free = (lane for lane, held in enumerate(lanes) if held is None)
    return min(ending) if ending else next(free, len(lanes))


def _line(lanes: Sequence[str | None], taken: set[int], ending: set[int], own: int) -> str:
    """The lanes beside a step, with those that it takes joined to it."""
    joined = {*taken, own}
    first, end = min(joined), max(joined)
    parts = []
    for lane in range(max(len(lanes), own + 1)):
        held = lane < len(lanes) and lanes[lane] is not None
        inside, along = first < lane < end, first <= lane < end
        if lane == own:
            sign = _NODE
        elif lane in taken:
            sign = _joint(lane, first, end, ends=lane in ending)
        elif inside and not held:
            sign = "─"
        else:
            sign = "│" if held else " "
        parts.append(sign + ("─" if along else " "))
    return "".join(parts)


def _joint(lane: int, first: int, end: int, *, ends: bool) -> str:
    """A lane that is taken: at the left end of the line, at its right end or between them.

    At the left end it goes on: of the lanes that end, the first is the step's own.
    """
    if lane == first:
        return "├"
    if lane == end:
        return "┘" if ends else "┤"
    return "┴" if ends else "┼"
