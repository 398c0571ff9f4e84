"""Cost estimates by scale, and the appraisal of investments."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Annotated, Any

from collegia.domains.process_engineering.kinds import economics as e
from collegia.errors import OutOfRange, Unclear
from collegia.tools import Example, Of, Range, assume, caution, expert
from collegia.tools import common as k

__all__ = ["EXPERTS"]

_RULE = "R. Williams 1947 (six-tenths rule): C₂ = C₁·(S₂/S₁)ⁿ·I₂/I₁"
_DISCOUNT = "discounted cash flow, the first one a year after the investment"

_BaseCost = Annotated[float, e.base_cost, Of("base"), Range(gt=0)]
_BaseIndex = Annotated[float, e.cost_index, Of("base"), Range(gt=0)]
_NewIndex = Annotated[float, e.cost_index, Of("new"), Range(gt=0)]
_Exponent = Annotated[float, e.cost_exponent, Range(gt=0, le=1.2)]
_NONE = 1.0


def _scaled(cost: float, ratio: float, exponent: float, base_index: float, new_index: float) -> float:
    if (base_index == _NONE) != (new_index == _NONE):
        raise Unclear("one cost index is not enough: what is the index of the other cost?")
    if not 0.1 <= ratio <= 10:
        caution(f"the capacities differ by a factor of {max(ratio, 1 / ratio):.3g}: the rule holds within about 10")
    return float(cost * ratio**exponent * new_index / base_index)


@expert(
    source=_RULE,
    validity="one kind of plant, capacities within a factor of about 10",
    methods=("six-tenths rule", "capacity exponent"),
    examples=[
        Example(
            {
                "base_cost": 1.2e6, "base_capacity": 50e3 / 86400, "new_capacity": 120e3 / 86400, "base_index": 567.5,
                "new_index": 800, "cost_exponent": 0.6,
            },
            {"capital_cost": 2860440},
            1e-5,
        )
    ],
)  # fmt: skip
def capacity_cost(
    base_cost: _BaseCost,
    base_capacity: Annotated[float, k.mass_flow, Of("base"), Range(gt=0)],
    new_capacity: Annotated[float, k.mass_flow, Of("new"), Range(gt=0)],
    base_index: _BaseIndex = _NONE,
    new_index: _NewIndex = _NONE,
    cost_exponent: _Exponent = 0.6,
) -> Annotated[float, e.capital_cost, Of("new")]:
    """Cost of a plant of another capacity (mass per time), brought to another cost index.

    Raises:
        Unclear: only one of the two cost indices is known.
    """
    return _scaled(base_cost, new_capacity / base_capacity, cost_exponent, base_index, new_index)


# One decorator for every measure of capacity: the rule and its example do not depend on it.
_by_capacity = expert(
    source=_RULE,
    methods=("six-tenths rule", "capacity exponent"),
    examples=[Example({"base_cost": 1e5, "base_capacity": 10, "new_capacity": 20}, {"capital_cost": 1.5157e5})],
)


@_by_capacity
def capacity_cost_by_volume_flow(
    base_cost: _BaseCost,
    base_capacity: Annotated[float, k.volume_flow, Of("base"), Range(gt=0)],
    new_capacity: Annotated[float, k.volume_flow, Of("new"), Range(gt=0)],
    base_index: _BaseIndex = _NONE,
    new_index: _NewIndex = _NONE,
    cost_exponent: _Exponent = 0.6,
) -> Annotated[float, e.capital_cost, Of("new")]:
    """Cost of equipment of another capacity (volume per time), brought to another cost index."""
    return _scaled(base_cost, new_capacity / base_capacity, cost_exponent, base_index, new_index)


@_by_capacity
def capacity_cost_by_molar_flow(
    base_cost: _BaseCost,
    base_capacity: Annotated[float, k.molar_flow, Of("base"), Range(gt=0)],
    new_capacity: Annotated[float, k.molar_flow, Of("new"), Range(gt=0)],
    base_index: _BaseIndex = _NONE,
    new_index: _NewIndex = _NONE,
    cost_exponent: _Exponent = 0.6,
) -> Annotated[float, e.capital_cost, Of("new")]:
    """Cost of equipment of another capacity (amount per time), brought to another cost index."""
    return _scaled(base_cost, new_capacity / base_capacity, cost_exponent, base_index, new_index)


@_by_capacity
def capacity_cost_by_power(
    base_cost: _BaseCost,
    base_capacity: Annotated[float, k.power, Of("base"), Range(gt=0)],
    new_capacity: Annotated[float, k.power, Of("new"), Range(gt=0)],
    base_index: _BaseIndex = _NONE,
    new_index: _NewIndex = _NONE,
    cost_exponent: _Exponent = 0.6,
) -> Annotated[float, e.capital_cost, Of("new")]:
    """Cost of a machine of another power, brought to another cost index."""
    return _scaled(base_cost, new_capacity / base_capacity, cost_exponent, base_index, new_index)


@_by_capacity
def capacity_cost_by_area(
    base_cost: _BaseCost,
    base_capacity: Annotated[float, k.area, Of("base"), Range(gt=0)],
    new_capacity: Annotated[float, k.area, Of("new"), Range(gt=0)],
    base_index: _BaseIndex = _NONE,
    new_index: _NewIndex = _NONE,
    cost_exponent: _Exponent = 0.6,
) -> Annotated[float, e.capital_cost, Of("new")]:
    """Cost of an exchanger or a filter of another area, brought to another cost index."""
    return _scaled(base_cost, new_capacity / base_capacity, cost_exponent, base_index, new_index)


@_by_capacity
def capacity_cost_by_volume(
    base_cost: _BaseCost,
    base_capacity: Annotated[float, k.volume, Of("base"), Range(gt=0)],
    new_capacity: Annotated[float, k.volume, Of("new"), Range(gt=0)],
    base_index: _BaseIndex = _NONE,
    new_index: _NewIndex = _NONE,
    cost_exponent: _Exponent = 0.6,
) -> Annotated[float, e.capital_cost, Of("new")]:
    """Cost of a tank or a reactor of another volume, brought to another cost index."""
    return _scaled(base_cost, new_capacity / base_capacity, cost_exponent, base_index, new_index)


@expert(
    source="C₂ = C₁·I₂/I₁",
    methods=("cost index", "escalation"),
    examples=[Example({"base_cost": 1e6, "base_index": 500, "new_index": 800}, {"capital_cost": 1.6e6})],
    cost=1.5,
)
def escalated_cost(
    base_cost: _BaseCost,
    base_index: Annotated[float, e.cost_index, Of("base"), Range(gt=0)],
    new_index: Annotated[float, e.cost_index, Of("new"), Range(gt=0)],
) -> Annotated[float, e.capital_cost, Of("new")]:
    """Cost of the same equipment, brought from one cost index to another."""
    return base_cost * new_index / base_index


_Investment = Annotated[float, e.capital_cost, Range(ge=0)]
_Rate = Annotated[float, e.discount_rate, Range(gt=-1, lt=10)]
_CashFlow = Annotated[float, e.annual_cash_flow]
_Life = Annotated[float, e.project_life, Range(gt=0, le=200)]


def _present_factor(rate: float, years: float) -> float:
    """What one unit a year, paid for that many years, is worth at the start: (1 − (1 + i)⁻ⁿ)/i."""
    return years if rate == 0 else -math.expm1(-years * math.log1p(rate)) / rate


def _whole(years: float) -> None:
    if abs(years - round(years)) > 1e-6:
        raise OutOfRange(f"yearly cash flows need a whole number of years, not {years:.4g}")


@expert(
    source=_DISCOUNT,
    methods=("NPV", "discounted cash flow"),
    examples=[
        Example(
            {"capital_cost": 1000, "annual_cash_flow": 300, "discount_rate": 0.1, "project_life": 5}, {"npv": 137.24}
        ),
        Example(
            {"capital_cost": 2860440, "annual_cash_flow": 7e5, "discount_rate": 0.1, "project_life": 8},
            {"npv": 874013},
            1e-4,
        ),
    ],
)
def npv(
    capital_cost: _Investment, annual_cash_flow: _CashFlow, discount_rate: _Rate, project_life: _Life
) -> Annotated[float, e.npv]:
    """Net present value of an investment that brings the same cash flow at the end of every year.

    Raises:
        OutOfRange: the life is no whole number of years.
    """
    _whole(project_life)
    assume("the investment falls in year 0, each cash flow at the end of its year; no tax, no salvage value")
    return annual_cash_flow * _present_factor(discount_rate, project_life) - capital_cost


@expert(
    source=_DISCOUNT,
    methods=("NPV", "discounted cash flow"),
    examples=[
        Example({"cash_flows": (-1000.0, 300.0, 300.0, 300.0, 300.0, 300.0), "discount_rate": 0.1}, {"npv": 137.24}),
    ],
)
def npv_of_series(
    cash_flows: Annotated[tuple[float, ...], e.cash_flows], discount_rate: _Rate
) -> Annotated[float, e.npv]:
    """Net present value of a series of yearly cash flows, the first of them in year 0."""
    assume("the first cash flow falls in year 0 and is not discounted")
    return math.fsum(flow / (1 + discount_rate) ** year for year, flow in enumerate(cash_flows))


@expert(
    source=_DISCOUNT,
    examples=[
        Example({"annual_cash_flow": 300, "discount_rate": 0.1, "project_life": 5}, {"present_value": 1137.24}),
    ],
)
def present_value(
    annual_cash_flow: _CashFlow, discount_rate: _Rate, project_life: _Life
) -> Annotated[float, e.present_value]:
    """Present value of the same cash flow at the end of every year.

    Raises:
        OutOfRange: the life is no whole number of years.
    """
    _whole(project_life)
    return annual_cash_flow * _present_factor(discount_rate, project_life)


@expert(
    source="capital recovery: A = P·i/(1 − (1 + i)⁻ⁿ)",
    methods=("capital recovery factor",),
    examples=[Example({"capital_cost": 1000, "discount_rate": 0.08, "project_life": 5}, {"annuity": 250.46})],
)
def annuity(capital_cost: _Investment, discount_rate: _Rate, project_life: _Life) -> Annotated[float, e.annuity]:
    """Equal payment at the end of every year that pays an investment back with interest."""
    return capital_cost / _present_factor(discount_rate, project_life)


@expert(
    source="simple payback: investment over yearly cash flow",
    examples=[Example({"capital_cost": 1000, "annual_cash_flow": 300}, {"payback": 3.33333})],
)
def payback(
    capital_cost: _Investment, annual_cash_flow: Annotated[float, e.annual_cash_flow, Range(gt=0)]
) -> Annotated[float, e.payback]:
    """Years until the cash flows have paid an investment back, without interest."""
    return capital_cost / annual_cash_flow


@expert(
    source=_DISCOUNT,
    examples=[
        Example({"capital_cost": 1000, "annual_cash_flow": 300, "discount_rate": 0.1}, {"discounted_payback": 4.25416}),
    ],
)
def discounted_payback(
    capital_cost: _Investment,
    annual_cash_flow: Annotated[float, e.annual_cash_flow, Range(gt=0)],
    discount_rate: Annotated[float, e.discount_rate, Range(gt=0)],
) -> Annotated[float, e.discounted_payback]:
    """Years until the discounted cash flows have paid an investment back.

    Raises:
        OutOfRange: the cash flow does not even pay the interest.
    """
    left = 1 - capital_cost * discount_rate / annual_cash_flow
    if left <= 0:
        raise OutOfRange("the investment is never paid back: the yearly cash flow does not exceed the interest on it")
    return -math.log(left) / math.log1p(discount_rate)


@expert(
    source=_DISCOUNT,
    methods=("IRR",),
    examples=[
        Example({"capital_cost": 1000, "annual_cash_flow": 300, "project_life": 5}, {"rate_of_return": 0.152382}),
    ],
    requires=("scipy",),
    extra="process",
    seconds=0.7,
)
def rate_of_return(
    capital_cost: Annotated[float, e.capital_cost, Range(gt=0)],
    annual_cash_flow: Annotated[float, e.annual_cash_flow, Range(gt=0)],
    project_life: _Life,
) -> Annotated[float, e.rate_of_return]:
    """Internal rate of return: the discount rate at which the net present value is zero.

    Raises:
        OutOfRange: the life is no whole number of years, or there is no rate between −99 % and 1000 %.
    """
    from scipy.optimize import brentq

    _whole(project_life)

    def worth(rate: float) -> float:
        return annual_cash_flow * _present_factor(rate, project_life) - capital_cost

    if worth(-0.99) < 0 or worth(10.0) > 0:
        raise OutOfRange("there is no rate of return between −99 % and 1000 % a year")
    return float(brentq(worth, -0.99, 10.0, xtol=1e-12))


EXPERTS: tuple[Callable[..., Any], ...] = (
    capacity_cost,
    capacity_cost_by_volume_flow,
    capacity_cost_by_molar_flow,
    capacity_cost_by_power,
    capacity_cost_by_area,
    capacity_cost_by_volume,
    escalated_cost,
    npv,
    npv_of_series,
    present_value,
    annuity,
    payback,
    discounted_payback,
    rate_of_return,
)
"""The experts of this module."""
