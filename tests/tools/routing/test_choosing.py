"""Subsets within limits: exact, and refused where nothing fits."""

from __future__ import annotations

from itertools import combinations
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from collegia.errors import UsageError
from collegia.tools.routing.choosing import Candidate, Limits, best_within, choose_several


def candidate(name: str, total: float, cost: float = 1.0, seconds: float = 1.0) -> Candidate:
    return Candidate(name, total, 1.0, cost, seconds, total)


A, B, C = candidate("a", 0.5, 4.0), candidate("b", 0.3, 2.0), candidate("c", 0.3, 1.5)

quarters = st.integers(0, 20).map(lambda count: count / 4)
some_candidates = st.lists(
    st.tuples(st.floats(0, 1), quarters, quarters), min_size=1, max_size=6
).map(lambda made: [candidate(f"e{place}", *one) for place, one in enumerate(made)])  # fmt: skip


def names(chosen: Any) -> list[str]:
    return sorted(one.name for one in chosen)


def test_two_cheap_ones_go_before_a_better_one_that_leaves_no_room():
    assert names(best_within([A, B, C], Limits(max_cost=4.0, most=3))) == ["b", "c"]
    assert names(best_within([A, B, C], Limits(max_cost=4.0, most=1))) == ["a"]
    assert names(best_within([A, B, C], Limits(max_cost=5.5, most=3))) == ["a", "c"]
    assert names(best_within([A, B, C], Limits(most=3))) == ["a", "b", "c"]


def test_the_fewest_that_are_enough_are_chosen_and_of_as_few_the_cheapest():
    assert names(choose_several([A, B, C], 0.5, Limits(most=3))) == ["a"]
    assert names(choose_several([A, B, C], 0.3, Limits(most=3))) == ["c"]
    assert names(choose_several([A, B, C], 0.6, Limits(most=3))) == ["b", "c"]
    assert names(choose_several([A, B, C], 0.7, Limits(most=3))) == ["a", "c"]


def test_where_none_are_enough_the_best_that_may_be_asked_are_chosen():
    assert names(choose_several([A, B, C], 5.0, Limits(max_cost=3.5, most=3))) == ["b", "c"]


@pytest.mark.parametrize(
    ("limits", "words"),
    [
        (Limits(max_cost=1.0), ["max_cost", "1", "c", "1.5"]),
        (Limits(max_seconds=0.5), ["max_seconds", "0.5", "1 s"]),
    ],
)
def test_limits_that_allow_nobody_are_refused_with_their_name_and_what_would_do(limits, words):
    with pytest.raises(UsageError) as refused:
        best_within([A, B, C], limits)
    assert [word for word in words if word not in str(refused.value)] == []


def test_limits_that_only_together_allow_nobody_are_both_named():
    slow_and_cheap, fast_and_dear = candidate("x", 0.5, 1.0, 9.0), candidate("y", 0.5, 9.0, 1.0)
    with pytest.raises(UsageError, match=r"max_cost of 2.0 and routing.max_seconds of 2.0 together"):
        best_within([slow_and_cheap, fast_and_dear], Limits(max_cost=2.0, max_seconds=2.0))


@given(some_candidates, quarters, quarters, st.integers(1, 4))
def test_no_other_subset_is_better(candidates, max_cost, max_seconds, most):
    limits = Limits(max_cost, max_seconds, most)
    subsets = [
        some
        for size in range(1, most + 1)
        for some in combinations(candidates, size)
        if sum(one.cost for one in some) <= max_cost and all(one.seconds <= max_seconds for one in some)
    ]
    if not subsets:
        with pytest.raises(UsageError):
            best_within(candidates, limits)
        return
    best = max(sum(one.total for one in some) for some in subsets)
    assert sum(one.total for one in best_within(candidates, limits)) == pytest.approx(best)


@given(some_candidates, st.floats(0, 3))
def test_no_fewer_are_enough(candidates, reach):
    limits = Limits(most=6)
    chosen = choose_several(candidates, reach, limits)
    if sum(one.total for one in candidates) < reach:
        assert len(chosen) >= 1
        return
    assert sum(one.total for one in chosen) >= reach - 1e-6
    fewer = combinations(candidates, len(chosen) - 1)
    assert not any(some and sum(one.total for one in some) >= reach for some in fewer)
