"""Binary distillation: balances, shortcut and stepped stages, and the reflux that no column can run on."""

from __future__ import annotations

import math

import pytest
from card_examples import call, value

from collegia.domains.process_engineering import distillation
from collegia.domains.process_engineering.kinds.separation import reflux_factor
from collegia.errors import OutOfRange

COLUMN = {
    "relative_volatility": 2.0, "feed_fraction": 0.5, "distillate_fraction": 0.95, "bottoms_fraction": 0.05,
}  # fmt: skip


def test_the_products_hold_what_the_feed_holds() -> None:
    inputs = {"feed_flow": 30.0, "feed_fraction": 0.42, "distillate_fraction": 0.97, "bottoms_fraction": 0.03}
    found = call(distillation.column_balance, **inputs).values
    light = found["distillate_flow"] * 0.97 + found["bottoms_flow"] * 0.03
    assert light == pytest.approx(30 * 0.42)


@pytest.mark.parametrize(
    ("feed", "top", "bottom"), [(0.5, 0.4, 0.1), (0.5, 0.9, 0.6), (0.5, 0.5, 0.1), (0.3, 0.2, 0.9)]
)
def test_fractions_that_contradict_each_other_are_refused(feed: float, top: float, bottom: float) -> None:
    with pytest.raises(OutOfRange, match="xB < zF < xD"):
        call(
            distillation.column_balance,
            feed_flow=1.0,
            feed_fraction=feed,
            distillate_fraction=top,
            bottoms_fraction=bottom,
        )


def test_a_relative_volatility_of_one_separates_nothing() -> None:
    with pytest.raises(OutOfRange, match="> 1"):
        call(distillation.minimum_stages, relative_volatility=1.0, distillate_fraction=0.9, bottoms_fraction=0.1)


def test_a_distillate_poorer_than_the_bottoms_is_refused() -> None:
    with pytest.raises(OutOfRange, match="impossible"):
        call(distillation.minimum_stages, relative_volatility=2.0, distillate_fraction=0.1, bottoms_fraction=0.9)


def test_the_minimum_reflux_of_a_boiling_feed_follows_its_closed_form() -> None:
    alpha, feed, top = 2.5, 0.45, 0.95
    found = value(distillation.minimum_reflux, relative_volatility=alpha, feed_fraction=feed, distillate_fraction=top)
    assert found == pytest.approx((top / feed - alpha * (1 - top) / (1 - feed)) / (alpha - 1))


def test_a_vapour_feed_needs_more_reflux() -> None:
    inputs = {name: number for name, number in COLUMN.items() if name != "bottoms_fraction"}
    liquid, vapour = (value(distillation.minimum_reflux, **inputs, feed_quality=q) for q in (1.0, 0.0))
    # a saturated vapour meets equilibrium at y = zF: x = y/(α − (α − 1)y)
    x = 0.5 / (2 - 0.5)
    assert vapour == pytest.approx((0.95 - 0.5) / (0.5 - x))
    assert vapour > liquid


def test_a_distillate_that_the_feed_boils_off_by_itself_needs_no_reflux() -> None:
    with pytest.raises(OutOfRange, match="no reflux is needed"):
        call(distillation.minimum_reflux, relative_volatility=5.0, feed_fraction=0.5, distillate_fraction=0.7)


def test_a_distillate_poorer_than_the_feed_is_refused() -> None:
    with pytest.raises(OutOfRange, match="richer in the light component than the feed"):
        call(distillation.minimum_reflux, relative_volatility=5.0, feed_fraction=0.5, distillate_fraction=0.4)


@pytest.mark.parametrize("reflux", [1.0, 1.7])
def test_a_reflux_at_or_below_the_minimum_is_infeasible(reflux: float) -> None:
    with pytest.raises(OutOfRange, match="infeasible"):
        call(distillation.theoretical_stages, minimum_stages=8.5, minimum_reflux=1.7, reflux_ratio=reflux)
    with pytest.raises(OutOfRange, match="infeasible"):
        call(distillation.mccabe_thiele, **COLUMN, reflux_ratio=reflux)
    with pytest.raises(OutOfRange, match="infeasible"):
        call(distillation.reflux_factor, minimum_reflux=1.7, reflux_ratio=reflux)


def test_a_reflux_factor_below_one_is_refused() -> None:
    with pytest.raises(OutOfRange, match="> 1"):
        call(distillation.reflux_from_factor, minimum_reflux=1.7, reflux_factor=0.9)


def test_endless_reflux_needs_the_stages_of_fenske() -> None:
    fenske = value(
        distillation.minimum_stages, relative_volatility=2.0, distillate_fraction=0.95, bottoms_fraction=0.05
    )
    assert value(distillation.mccabe_thiele, **COLUMN, reflux_ratio=1e6) == math.ceil(fenske)
    assert value(
        distillation.theoretical_stages, minimum_stages=fenske, minimum_reflux=1.7, reflux_ratio=1e6
    ) == pytest.approx(fenske, rel=0.01)


def test_more_reflux_needs_fewer_stages() -> None:
    counts = [value(distillation.mccabe_thiele, **COLUMN, reflux_ratio=reflux) for reflux in (1.8, 2.2, 3.0, 6.0)]
    assert counts == sorted(counts, reverse=True)
    assert counts[0] > counts[-1]


def test_a_separation_of_thousands_of_stages_is_refused() -> None:
    with pytest.raises(OutOfRange, match="more than 5000 stages"):
        call(distillation.mccabe_thiele, **{**COLUMN, "relative_volatility": 1.0005}, reflux_ratio=1e6)


def test_trays_are_counted_in_whole_numbers_and_without_the_reboiler() -> None:
    found = call(distillation.actual_trays, theoretical_stages=14.2, tray_efficiency=0.65)
    assert found.values["actual_trays"] == math.ceil(13.2 / 0.65)
    assert "reboiler" in found.assumptions[0]


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("reflux 1.3 times minimum", [1.3]),
        ("R = 1.3 Rmin", [1.3]),
        ("R/Rmin = 1.5", [1.5]),
        ("30% above minimum", [1.3]),
        ("1.2 × the minimum reflux ratio", [1.2]),
        ("R is 1.4 times its minimum value", [1.4]),
        ("Minimum stages, minimum reflux, actual stages?", []),
        ("5 minimum stages", []),
    ],
)
def test_multiples_of_the_minimum_reflux_are_recognised(text: str, values: list[float]) -> None:
    assert reflux_factor.find is not None
    assert [found.value for found in reflux_factor.find(text)] == pytest.approx(values)
