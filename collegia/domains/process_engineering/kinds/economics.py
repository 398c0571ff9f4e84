"""Kinds of cost estimates and investment appraisal, and of calculations that need no physics."""

from __future__ import annotations

import re
from collections.abc import Iterator

from collegia.tools import Found, Kind
from collegia.tools import common as k

__all__ = [
    "annual_cash_flow", "annuity", "base_cost", "capital_cost", "cash_flows", "cost_exponent", "cost_index",
    "discount_rate",
    "discounted_payback", "npv", "payback", "present_value", "project_life", "rate_of_return",
]  # fmt: skip

base_cost = Kind(
    "base_cost", "USD",
    names=("base cost", "reference cost", "known cost", "original cost", "cost of the existing", "existing cost",
           "cost", "costs", "purchase price", "bought for", "unit cost"),
    hints=("cost", "costs", "costing", "bought", "paid"), parent=k.cost,
)  # fmt: skip
capital_cost = Kind(
    "capital_cost", "USD",
    names=("capital cost", "investment", "initial investment", "capital investment", "capital expenditure", "capex",
           "CAPEX", "installed cost", "equipment cost", "investment cost", "initial outlay", "estimated cost",
           "purchase cost", "fixed capital", "fixed capital investment", "new cost", "scaled cost", "cost estimate",
           "plant cost", "cost of the new", "principal", "loan", "cost", "costs", "price", "estimate", "cost today",
           "today's cost", "updated cost", "escalated cost"),
    hints=("invest", "investing", "investment", "capital", "capex", "outlay", "loan"), parent=k.cost,
)  # fmt: skip
cost_index = Kind(
    "cost_index", "",
    names=("CEPCI", "cost index", "CE index", "plant cost index", "chemical engineering plant cost index",
           "CE plant cost index", "Marshall & Swift", "Marshall and Swift", "M&S index", "CEPCI index", "CEPCI value",
           "index", "Nelson-Farrar index", "indices"),
    hints=("CEPCI", "index"),
)  # fmt: skip
cost_exponent = Kind(
    "cost_exponent", "",
    names=("cost exponent", "scaling exponent", "scale exponent", "capacity exponent", "size exponent", "exponent",
           "cost-capacity exponent", "scale factor"),
    words={
        "six-tenths rule": 0.6, "six tenths rule": 0.6, "six-tenths": 0.6, "six tenths": 0.6, "0.6 rule": 0.6,
        "sixth-tenths rule": 0.6,
        "six-tenth rule": 0.6, "0.6 power rule": 0.6, "six-tenths factor": 0.6, "two-thirds rule": 2 / 3,
        "seven-tenths rule": 0.7,
    },
)  # fmt: skip
discount_rate = Kind(
    "discount_rate", "",
    names=("discount rate", "interest rate", "interest", "cost of capital", "WACC", "hurdle rate", "required return",
           "rate of interest", "minimum attractive rate of return", "MARR", "discounted at", "discount", "rate"),
    hints=("discount", "discounted", "interest", "NPV", "at"), show=("percent",),
)  # fmt: skip
annual_cash_flow = Kind(
    "annual_cash_flow", "USD/year",
    names=("annual cash flow", "yearly cash flow", "cash flow", "net cash flow", "annual income", "annual revenue",
           "annual savings", "annual saving", "annual profit", "annual earnings", "net annual cash flow",
           "annual benefit", "yearly savings", "yearly income", "annual net income", "annual return", "savings",
           "saving", "revenue", "income", "earnings", "profit", "cash inflow", "annual cash inflow"),
    hints=("earns", "earn", "earning", "earned", "get", "gets", "receive", "receives", "saves", "save", "saving",
           "savings", "cash", "income", "revenue", "returns", "profit", "generates", "brings", "yields"),
)  # fmt: skip
project_life = Kind(
    "project_life", "year",
    names=("project life", "plant life", "lifetime", "economic life", "service life", "life", "number of years",
           "evaluation period", "life of the project", "project lifetime", "loan term", "term", "period", "horizon"),
    hints=("for", "over", "years", "life", "lasts"), parent=k.time, show=("year",),
)  # fmt: skip
npv = Kind("npv", "USD", names=("NPV", "net present value", "net present worth", "NPW", "npv", "net present values"))
present_value = Kind(
    "present_value", "USD",
    names=("present value", "present worth", "discounted value", "present value of the cash flows",
           "PV of the cash flows"),
)  # fmt: skip
annuity = Kind(
    "annuity", "USD/year",
    names=("annuity", "annual payment", "yearly payment", "annualised capital cost", "annualized capital cost",
           "annualised cost", "annualized cost", "equivalent annual cost", "annual capital charge", "capital charge",
           "annual capital recovery", "capital recovery", "annual instalment", "annual installment",
           "yearly instalment", "yearly installment", "yearly repayment", "annual loan instalment",
           "annualised investment", "annual repayment", "annualised capex", "annualized capex", "annual loan payment",
           "equal annual payments"),
    show=("USD/year",),
)  # fmt: skip
payback = Kind(
    "payback", "year",
    names=("payback", "payback time", "payback period", "simple payback", "simple payback period", "pay-back time",
           "payout time", "pays back", "pay back", "pay-back period", "pay for itself"),
    show=("year",),
)  # fmt: skip
discounted_payback = Kind(
    "discounted_payback", "year",
    names=("discounted payback", "discounted payback period", "discounted payback time", "dynamic payback"),
    show=("year",),
)  # fmt: skip
rate_of_return = Kind(
    "rate_of_return", "",
    names=("internal rate of return", "IRR", "rate of return", "DCF rate of return", "DCFROR",
           "discounted cash flow rate of return"),
    show=("percent",),
)  # fmt: skip

_SERIES = re.compile(
    r"\bcash[\s-]?flows?(?:\s+(?:series|of|are|is|in years? \d+(?:\s?(?:to|-|–)\s?\d+)?))*\s*[:=(]*\s*\[?"
    r"(?P<list>[-−–+]?\s?\$?\d+(?:\.\d+)?k?(?:\s*(?:,|;|/|\band\b|, and)\s*[-−–+]?\s?\$?\d+(?:\.\d+)?k?){2,})",
    re.I,
)


def _find_series(text: str) -> Iterator[Found]:
    """Series from year 0 on: "cash flows -1000, 300, 400, 500", numbers without separators of thousands."""
    for match in _SERIES.finditer(text):
        parts = re.findall(r"([-−–]?)\s?\$?(\d+(?:\.\d+)?)(k?)", match["list"])
        values = tuple((-1.0 if sign else 1.0) * float(number) * (1000 if kilo else 1) for sign, number, kilo in parts)
        yield Found(match.start(), match.end(), values)


cash_flows = Kind(
    "cash_flows", None, names=("cash flows", "cash flow series", "series of cash flows"), find=_find_series
)
