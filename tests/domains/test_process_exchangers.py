"""Mean temperature differences, areas and coefficients of exchangers, and what cannot exist."""

from __future__ import annotations

import math
from typing import Any

import pytest
from card_examples import call, value

from collegia.domains.process_engineering import coefficients, effectiveness, exchangers
from collegia.domains.process_engineering.kinds.heat import shell_passes
from collegia.errors import OutOfRange

ENDS = {"hot_start": 373.15, "hot_end": 333.15, "cold_start": 303.15, "cold_end": 323.15}
CROSS = {"hot_start": 353.15, "hot_end": 313.15, "cold_start": 293.15, "cold_end": 363.15}


@pytest.mark.parametrize(
    "function", [exchangers.lmtd, exchangers.arithmetic_mean_difference], ids=lambda function: function.__name__
)
def test_a_temperature_cross_is_refused(function: Any) -> None:
    with pytest.raises(OutOfRange, match=r"impossible: temperature cross"):
        call(function, **CROSS)


def test_a_correction_factor_of_a_cross_is_refused() -> None:
    with pytest.raises(OutOfRange, match="temperature cross"):
        call(exchangers.lmtd_correction_factor, **CROSS, shell_passes=1.0)


def test_one_shell_cannot_reach_what_two_can() -> None:
    near = {"hot_start": 373.15, "hot_end": 323.15, "cold_start": 293.15, "cold_end": 343.15}
    with pytest.raises(OutOfRange, match="shell passes"):
        call(exchangers.lmtd_correction_factor, **near, shell_passes=1.0)
    assert 0.7 < value(exchangers.lmtd_correction_factor, **near, shell_passes=2.0) < 1


def test_a_hot_stream_colder_than_the_cold_one_is_refused() -> None:
    with pytest.raises(OutOfRange, match="impossible"):
        call(exchangers.lmtd, hot_start=300.0, hot_end=295.0, cold_start=310.0, cold_end=315.0)


def test_streams_named_the_wrong_way_round_are_refused() -> None:
    with pytest.raises(OutOfRange, match="gets colder"):
        call(exchangers.lmtd, hot_start=350.0, hot_end=360.0, cold_start=300.0, cold_end=310.0)


def test_a_pinch_of_zero_is_refused() -> None:
    with pytest.raises(OutOfRange, match="infinite area"):
        call(exchangers.lmtd, hot_start=350.0, hot_end=310.0, cold_start=310.0, cold_end=340.0)


def test_parallel_flow_that_counterflow_could_do_is_refused() -> None:
    over = {"hot_start": 373.15, "hot_end": 323.15, "cold_start": 293.15, "cold_end": 333.15}
    assert value(exchangers.lmtd, **over) > 0
    with pytest.raises(OutOfRange, match="temperature cross"):
        call(exchangers.lmtd, **over, arrangement="parallel flow")


def test_counterflow_beats_parallel_flow() -> None:
    assert value(exchangers.lmtd, **ENDS) > value(exchangers.lmtd, **ENDS, arrangement="parallel flow")


def test_the_log_mean_lies_below_the_arithmetic_mean() -> None:
    assert value(exchangers.lmtd, **ENDS) < value(exchangers.arithmetic_mean_difference, **ENDS)


def test_crossflow_warns_that_a_factor_is_needed() -> None:
    assert "correction factor" in call(exchangers.lmtd, **ENDS, arrangement="crossflow").cautions[0]


def test_condensing_steam_gives_the_log_mean_by_hand() -> None:
    found = value(exchangers.lmtd_condensing, saturation_temperature=406.67, cold_start=293.15, cold_end=353.15)
    assert found == pytest.approx((113.52 - 53.52) / math.log(113.52 / 53.52))


def test_end_differences_that_are_all_but_equal_give_their_mean() -> None:
    found = value(exchangers.lmtd_condensing, saturation_temperature=400.0, cold_start=350.0, cold_end=350.0 + 1e-9)
    assert found == pytest.approx(50.0)


@pytest.mark.parametrize(
    ("function", "inputs"),
    [
        (exchangers.lmtd_condensing, {"saturation_temperature": 350.0, "cold_start": 300.0, "cold_end": 360.0}),
        (
            exchangers.lmtd_condensing_at,
            {"temperature": 350.0, "cold_start": 300.0, "cold_end": 360.0, "condensing": "condensing"},
        ),
        (exchangers.lmtd_evaporating, {"hot_start": 320.0, "hot_end": 290.0, "saturation_temperature": 300.0}),
        (
            exchangers.lmtd_evaporating_at,
            {"hot_start": 320.0, "hot_end": 290.0, "temperature": 300.0, "vaporising": "vaporising"},
        ),
    ],
)
def test_no_stream_passes_the_temperature_of_what_boils_or_condenses(function: Any, inputs: dict[str, Any]) -> None:
    with pytest.raises(OutOfRange, match="temperature cross"):
        call(function, **inputs)


def test_the_wrong_direction_beside_a_boiling_side_is_refused() -> None:
    with pytest.raises(OutOfRange, match="cannot get hotter"):
        call(exchangers.lmtd_evaporating, hot_start=320.0, hot_end=330.0, saturation_temperature=300.0)
    with pytest.raises(OutOfRange, match="cannot get colder"):
        call(exchangers.lmtd_condensing, saturation_temperature=400.0, cold_start=330.0, cold_end=320.0)


def test_a_low_correction_factor_is_warned_of() -> None:
    inputs = {"heat_duty": 1e6, "overall_coefficient": 500.0, "lmtd": 30.0}
    assert "0.75" in call(exchangers.hx_area, **inputs, correction_factor=0.6).cautions[0]
    assert call(exchangers.hx_area, **inputs).cautions == ()


def test_area_duty_coefficient_and_difference_are_inverse() -> None:
    known = {"overall_coefficient": 450.0, "lmtd": 32.0, "correction_factor": 0.9}
    area = value(exchangers.hx_area, heat_duty=1.2e6, **known)
    assert value(exchangers.duty_from_area, exchanger_area=area, **known) == pytest.approx(1.2e6)
    rest = {"heat_duty": 1.2e6, "exchanger_area": area, "correction_factor": 0.9}
    assert value(exchangers.coefficient_from_area, lmtd=32.0, **rest) == pytest.approx(450.0)
    assert value(exchangers.lmtd_from_area, overall_coefficient=450.0, **rest) == pytest.approx(32.0)


@pytest.mark.parametrize("arrangement", ["counterflow", "parallel flow", "crossflow"])
def test_without_a_capacity_ratio_all_arrangements_are_alike(arrangement: str) -> None:
    found = value(effectiveness.hx_effectiveness, ntu=1.2, capacity_ratio=0.0, arrangement=arrangement)
    assert found == pytest.approx(1 - math.exp(-1.2))


def test_equal_capacity_rates_in_counterflow_follow_their_own_formula() -> None:
    assert value(effectiveness.hx_effectiveness, ntu=3.0, capacity_ratio=1.0) == pytest.approx(0.75)


def test_effectiveness_and_transfer_units_are_inverse() -> None:
    found = value(effectiveness.hx_effectiveness, ntu=1.7, capacity_ratio=0.6)
    again = value(effectiveness.ntu_from_effectiveness, effectiveness=found, capacity_ratio=0.6)
    assert again == pytest.approx(1.7, rel=1e-6)


def test_parallel_flow_cannot_reach_every_effectiveness() -> None:
    with pytest.raises(OutOfRange, match="impossible"):
        call(
            effectiveness.ntu_from_effectiveness,
            effectiveness=0.9,
            capacity_ratio=1.0,
            arrangement="parallel flow",
        )


def test_many_shells_approach_counterflow() -> None:
    known = {"ntu": 2.0, "capacity_ratio": 1.0}
    shells = [
        value(effectiveness.hx_effectiveness_shell_and_tube, **known, shell_passes=float(count)) for count in (1, 2, 6)
    ]
    assert shells == sorted(shells)
    assert shells[-1] == pytest.approx(value(effectiveness.hx_effectiveness, **known), rel=0.01)


def test_a_capacity_ratio_above_one_is_refused() -> None:
    with pytest.raises(OutOfRange, match="≤ 1"):
        call(effectiveness.hx_effectiveness, ntu=1.0, capacity_ratio=1.2)


def test_rating_agrees_with_the_log_mean() -> None:
    rates = {"hot_rate": 6000.0, "cold_rate": 8360.0}
    units = value(effectiveness.ntu, overall_coefficient=500.0, exchanger_area=20.0, **rates)
    share = value(
        effectiveness.hx_effectiveness, ntu=units, capacity_ratio=value(effectiveness.capacity_ratio, **rates)
    )
    most = value(effectiveness.maximum_duty, **rates, hot_start=393.15, cold_start=293.15)
    duty = value(effectiveness.duty_from_effectiveness, effectiveness=share, maximum_duty=most)
    mean = value(
        exchangers.lmtd,
        hot_start=393.15,
        hot_end=393.15 - duty / 6000,
        cold_start=293.15,
        cold_end=293.15 + duty / 8360,
    )
    assert 500 * 20 * mean == pytest.approx(duty, rel=1e-6)


def test_more_heat_than_an_endless_exchanger_is_refused() -> None:
    with pytest.raises(OutOfRange, match="impossible"):
        call(effectiveness.effectiveness_from_duty, heat_duty=7e5, maximum_duty=6.4e5)


def test_a_tube_wall_of_vanishing_thickness_is_a_flat_wall() -> None:
    films = {"outside_film": 1000.0, "inside_film": 2000.0, "wall_conductivity": 50.0}
    tube = value(coefficients.overall_u_tube, **films, outside_diameter=0.0250001, inside_diameter=0.025)
    assert tube == pytest.approx(1 / (1 / 1000 + 1 / 2000), rel=1e-4)


def test_both_coefficients_of_a_tube_carry_the_same_heat() -> None:
    found = call(
        coefficients.overall_u_tube,
        outside_film=1000.0,
        inside_film=2000.0,
        outside_diameter=0.025,
        inside_diameter=0.02,
        wall_conductivity=50.0,
    ).values
    assert found["overall_coefficient"] * 0.025 == pytest.approx(found["overall_coefficient_inside"] * 0.02)


def test_a_tube_wider_inside_than_outside_is_refused() -> None:
    with pytest.raises(OutOfRange, match="outside diameter"):
        call(
            coefficients.overall_u_tube,
            outside_film=1e3,
            inside_film=2e3,
            outside_diameter=0.02,
            inside_diameter=0.025,
            wall_conductivity=50.0,
        )


def test_fouling_does_not_raise_a_coefficient() -> None:
    with pytest.raises(OutOfRange, match="impossible"):
        call(coefficients.fouling_from_coefficients, clean_coefficient=500.0, fouled_coefficient=600.0)


@pytest.mark.parametrize(("name", "wrong"), [("reynolds_number", 5000.0), ("prandtl", 500.0)])
def test_dittus_boelter_is_refused_outside_its_range(name: str, wrong: float) -> None:
    inputs = {"reynolds_number": 5e4, "prandtl": 5.0, "thermal_conductivity": 0.6, "inside_diameter": 0.02}
    with pytest.raises(OutOfRange, match="validity"):
        call(coefficients.film_coefficient, **{**inputs, name: wrong})


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("a 1-2 exchanger", 1.0),
        ("one shell pass and two tube passes", 1.0),
        ("2 shell passes", 2.0),
        ("a 2/4 heat exchanger", 2.0),
        ("1-2 shell-and-tube", 1.0),
    ],
)
def test_shell_passes_are_recognised(text: str, count: float) -> None:
    assert shell_passes.find is not None
    assert [found.value for found in shell_passes.find(text)] == [count]


def test_a_shell_and_tube_exchanger_alone_says_no_number_of_passes() -> None:
    assert shell_passes.find is not None
    assert list(shell_passes.find("a shell-and-tube exchanger in 2-1 configuration of 4 m shell length")) == []
