"""Cost estimates and the appraisal of investments."""

from __future__ import annotations

import pytest
from card_examples import call, value

from collegia.domains.process_engineering import economics
from collegia.domains.process_engineering.kinds.economics import cash_flows
from collegia.errors import OutOfRange, Unclear

PROJECT = {"capital_cost": 1000.0, "annual_cash_flow": 300.0, "project_life": 5.0}


def test_one_cost_index_without_the_other_is_asked_back() -> None:
    with pytest.raises(Unclear, match="index of the other cost"):
        call(economics.capacity_cost, base_cost=1e6, base_capacity=1.0, new_capacity=2.0, new_index=800.0)


def test_capacities_far_apart_are_warned_of() -> None:
    found = call(economics.capacity_cost_by_area, base_cost=1e5, base_capacity=10.0, new_capacity=200.0)
    assert "factor of 20" in found.cautions[0]
    near = call(economics.capacity_cost_by_area, base_cost=1e5, base_capacity=10.0, new_capacity=50.0)
    assert near.cautions == ()


def test_the_same_capacity_costs_the_same() -> None:
    assert value(economics.capacity_cost_by_power, base_cost=7.0, base_capacity=3.0, new_capacity=3.0) == 7.0


def test_scaling_and_escalating_multiply() -> None:
    scaled = value(economics.capacity_cost_by_volume, base_cost=1e5, base_capacity=2.0, new_capacity=5.0)
    both = value(
        economics.capacity_cost_by_volume,
        base_cost=1e5,
        base_capacity=2.0,
        new_capacity=5.0,
        base_index=500.0,
        new_index=800.0,
    )
    assert both == pytest.approx(value(economics.escalated_cost, base_cost=scaled, base_index=500.0, new_index=800.0))


def test_both_forms_of_the_net_present_value_agree() -> None:
    flows = (-1000.0, *[300.0] * 5)
    series = value(economics.npv_of_series, cash_flows=flows, discount_rate=0.07)
    assert value(economics.npv, **PROJECT, discount_rate=0.07) == pytest.approx(series)


def test_without_interest_the_net_present_value_is_the_sum() -> None:
    assert value(economics.npv, **PROJECT, discount_rate=0.0) == 500.0


def test_the_rate_of_return_brings_the_net_present_value_to_zero() -> None:
    rate = value(economics.rate_of_return, **PROJECT)
    assert value(economics.npv, **PROJECT, discount_rate=rate) == pytest.approx(0, abs=1e-6)


def test_an_annuity_is_worth_its_investment() -> None:
    known = {"discount_rate": 0.08, "project_life": 5.0}
    payment = value(economics.annuity, capital_cost=1000.0, **known)
    assert value(economics.present_value, annual_cash_flow=payment, **known) == pytest.approx(1000)


def test_interest_lengthens_the_payback() -> None:
    known = {"capital_cost": 1000.0, "annual_cash_flow": 300.0}
    assert value(economics.discounted_payback, **known, discount_rate=0.1) > value(economics.payback, **known)


def test_an_investment_that_does_not_earn_its_interest_is_never_paid_back() -> None:
    with pytest.raises(OutOfRange, match="never paid back"):
        call(economics.discounted_payback, capital_cost=1000.0, annual_cash_flow=90.0, discount_rate=0.1)


def test_half_years_are_refused_where_flows_are_yearly() -> None:
    with pytest.raises(OutOfRange, match="whole number of years"):
        call(economics.npv, **{**PROJECT, "project_life": 5.5}, discount_rate=0.1)


def test_a_hopeless_investment_has_no_rate_of_return() -> None:
    with pytest.raises(OutOfRange, match="no rate of return"):
        call(economics.rate_of_return, capital_cost=1e6, annual_cash_flow=1e3, project_life=1.0)


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("cash flows -1000, 300, 400, 500 at 10%", [(-1000.0, 300.0, 400.0, 500.0)]),
        ("cash flow series: −5000, 2000, 2000 and 2000", [(-5000.0, 2000.0, 2000.0, 2000.0)]),
        ("annual cash flow 300 for 5 years", []),
    ],
)
def test_series_of_cash_flows_are_recognised(text: str, values: list[tuple[float, ...]]) -> None:
    assert cash_flows.find is not None
    assert [found.value for found in cash_flows.find(text)] == values
