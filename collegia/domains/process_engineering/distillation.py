"""Binary distillation: balances, shortcut stages and reflux, and stages stepped off after McCabe and Thiele."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Annotated, Any, NamedTuple

from collegia.domains.process_engineering.kinds import separation as s
from collegia.errors import OutOfRange
from collegia.tools import Example, Range, assume, expert

__all__ = ["EXPERTS", "MassProducts", "Products", "Stages"]

_MOST_STAGES = 5000

_Alpha = Annotated[float, s.relative_volatility, Range(gt=1)]
_Feed = Annotated[float, s.feed_fraction, Range(gt=0, lt=1)]
_Top = Annotated[float, s.distillate_fraction, Range(gt=0, lt=1)]
_Bottom = Annotated[float, s.bottoms_fraction, Range(gt=0, lt=1)]
_Quality = Annotated[float, s.feed_quality, Range(ge=-5, le=5)]
_Reflux = Annotated[float, s.reflux_ratio, Range(gt=0)]
_MinimumReflux = Annotated[float, s.minimum_reflux, Range(gt=0)]


def _ordered(feed: float, distillate: float, bottoms: float) -> None:
    if not bottoms < feed < distillate:
        raise OutOfRange(
            "impossible: the light component must be richest in the distillate and poorest in the bottoms: "
            f"xB < zF < xD, not {bottoms:.3g}, {feed:.3g}, {distillate:.3g}"
        )


class Products(NamedTuple):
    """Molar flows of the products, mol/s."""

    distillate_flow: Annotated[float, s.distillate_flow]
    bottoms_flow: Annotated[float, s.bottoms_flow]


class MassProducts(NamedTuple):
    """Mass flows of the products, kg/s."""

    distillate_mass_flow: Annotated[float, s.distillate_mass_flow]
    bottoms_mass_flow: Annotated[float, s.bottoms_mass_flow]


def _distillate(flow: float, feed: float, distillate: float, bottoms: float) -> float:
    _ordered(feed, distillate, bottoms)
    return flow * (feed - bottoms) / (distillate - bottoms)


@expert(
    source="total and component balance: D = F(zF − xB)/(xD − xB)",
    examples=[
        Example(
            {"feed_flow": 100, "feed_fraction": 0.5, "distillate_fraction": 0.9, "bottoms_fraction": 0.1},
            {"distillate_flow": 50, "bottoms_flow": 50},
        ),
        Example(
            {"feed_flow": 100, "feed_fraction": 0.4, "distillate_fraction": 0.95, "bottoms_fraction": 0.04},
            {"distillate_flow": 39.5604, "bottoms_flow": 60.4396},
            1e-5,
        ),
    ],
)
def column_balance(
    feed_flow: Annotated[float, s.feed_flow, Range(gt=0)],
    feed_fraction: _Feed,
    distillate_fraction: Annotated[float, s.distillate_fraction, Range(gt=0, le=1)],
    bottoms_fraction: Annotated[float, s.bottoms_fraction, Range(ge=0, lt=1)],
) -> Products:
    """Distillate and bottoms of a binary column, from a molar feed and mole fractions of the light component.

    Raises:
        OutOfRange: the feed's fraction does not lie between those of the products.
    """
    distillate = _distillate(feed_flow, feed_fraction, distillate_fraction, bottoms_fraction)
    return Products(distillate, feed_flow - distillate)


@expert(
    source="total and component balance: D = F(zF − xB)/(xD − xB)",
    examples=[
        Example(
            {"feed_mass_flow": 2, "feed_fraction": 0.5, "distillate_fraction": 0.9, "bottoms_fraction": 0.1},
            {"distillate_mass_flow": 1, "bottoms_mass_flow": 1},
        )
    ],
)
def column_mass_balance(
    feed_mass_flow: Annotated[float, s.feed_mass_flow, Range(gt=0)],
    feed_fraction: _Feed,
    distillate_fraction: Annotated[float, s.distillate_fraction, Range(gt=0, le=1)],
    bottoms_fraction: Annotated[float, s.bottoms_fraction, Range(ge=0, lt=1)],
) -> MassProducts:
    """Distillate and bottoms of a binary column, from a feed in mass and mass fractions of the light component.

    Raises:
        OutOfRange: the feed's fraction does not lie between those of the products.
    """
    assume("the fractions are mass fractions, as the flow is a mass flow")
    distillate = _distillate(feed_mass_flow, feed_fraction, distillate_fraction, bottoms_fraction)
    return MassProducts(distillate, feed_mass_flow - distillate)


@expert(
    source="recovery = D·xD/(F·zF)",
    examples=[
        Example({"feed_fraction": 0.5, "distillate_fraction": 0.9, "bottoms_fraction": 0.1}, {"light_recovery": 0.9})
    ],
)
def light_recovery(
    feed_fraction: _Feed,
    distillate_fraction: Annotated[float, s.distillate_fraction, Range(gt=0, le=1)],
    bottoms_fraction: Annotated[float, s.bottoms_fraction, Range(ge=0, lt=1)],
) -> Annotated[float, s.light_recovery]:
    """Share of the light component that a binary column recovers in its distillate."""
    return _distillate(1.0, feed_fraction, distillate_fraction, bottoms_fraction) * distillate_fraction / feed_fraction


@expert(
    source="M. R. Fenske 1932",
    methods=("Fenske", "Fenske-Underwood-Gilliland", "shortcut", "FUG"),
    examples=[
        Example(
            {"relative_volatility": 2, "distillate_fraction": 0.95, "bottoms_fraction": 0.05},
            {"minimum_stages": 8.4959},
        ),
        Example(
            {"relative_volatility": 2.4, "distillate_fraction": 0.97, "bottoms_fraction": 0.03},
            {"minimum_stages": 7.94111},
        ),
    ],
)
def minimum_stages(
    relative_volatility: _Alpha, distillate_fraction: _Top, bottoms_fraction: _Bottom
) -> Annotated[float, s.minimum_stages]:
    """Fewest theoretical stages that separate a binary (at total reflux), the reboiler counted as one.

    Raises:
        OutOfRange: the distillate is not richer in the light component than the bottoms.
    """
    if distillate_fraction <= bottoms_fraction:
        raise OutOfRange("impossible: the distillate must be richer in the light component than the bottoms")
    top = distillate_fraction / (1 - distillate_fraction)
    bottom = bottoms_fraction / (1 - bottoms_fraction)
    return math.log(top / bottom) / math.log(relative_volatility)


@expert(
    source="A. J. V. Underwood 1948, binary with constant relative volatility",
    methods=("Underwood", "Fenske-Underwood-Gilliland", "shortcut", "FUG"),
    examples=[
        Example({"relative_volatility": 2, "feed_fraction": 0.5, "distillate_fraction": 0.95}, {"minimum_reflux": 1.7}),
        Example(
            {"relative_volatility": 2.5, "feed_fraction": 0.45, "distillate_fraction": 0.95, "feed_quality": 1.0},
            {"minimum_reflux": 1.25589},
        ),
    ],
    requires=("scipy",),
    extra="process",
    seconds=0.7,
)
def minimum_reflux(
    relative_volatility: _Alpha, feed_fraction: _Feed, distillate_fraction: _Top, feed_quality: _Quality = 1.0
) -> Annotated[float, s.minimum_reflux]:
    """Smallest reflux ratio that separates a binary feed, with endless stages.

    Raises:
        OutOfRange: the distillate is poorer in the light component than the vapour over the feed: no reflux is needed.
    """
    from scipy.optimize import brentq

    if distillate_fraction <= feed_fraction:
        raise OutOfRange("impossible: the distillate must be richer in the light component than the feed")
    alpha, feed = relative_volatility, feed_fraction

    def vapour_left(theta: float) -> float:
        return alpha * feed / (alpha - theta) + (1 - feed) / (1 - theta) - (1 - feed_quality)

    edge = 1e-12 * alpha
    theta = float(brentq(vapour_left, 1 + max(edge, 1e-12), alpha - edge, xtol=1e-14))
    reflux = alpha * distillate_fraction / (alpha - theta) + (1 - distillate_fraction) / (1 - theta) - 1
    if reflux <= 0:
        raise OutOfRange("no reflux is needed: the vapour over the feed is already richer than this distillate")
    return reflux


@expert(
    source="R = (R/Rmin)·Rmin",
    examples=[Example({"minimum_reflux": 1.7, "reflux_factor": 1.3}, {"reflux_ratio": 2.21})],
)
def reflux_from_factor(
    minimum_reflux: _MinimumReflux, reflux_factor: Annotated[float, s.reflux_factor, Range(gt=1)]
) -> Annotated[float, s.reflux_ratio]:
    """Reflux ratio, as a multiple of the minimum."""
    return minimum_reflux * reflux_factor


@expert(source="R/Rmin", examples=[Example({"minimum_reflux": 1.7, "reflux_ratio": 2.21}, {"reflux_factor": 1.3})])
def reflux_factor(minimum_reflux: _MinimumReflux, reflux_ratio: _Reflux) -> Annotated[float, s.reflux_factor]:
    """How many times the minimum the reflux ratio is."""
    if reflux_ratio <= minimum_reflux:
        raise OutOfRange(_infeasible(reflux_ratio, minimum_reflux))
    return reflux_ratio / minimum_reflux


def _infeasible(reflux: float, minimum: float) -> str:
    return f"infeasible: a reflux ratio of {reflux:.4g} is not above the minimum of {minimum:.4g}, whatever the stages"


@expert(
    source="E. R. Gilliland 1940 in the form of Y. A. Molokanov et al. 1972",
    methods=("Gilliland", "Molokanov", "Fenske-Underwood-Gilliland", "shortcut", "FUG"),
    examples=[
        Example(
            {"minimum_stages": 8.4959, "minimum_reflux": 1.7, "reflux_ratio": 2.21}, {"theoretical_stages": 17.875}
        ),
        Example(
            {"minimum_stages": 6.42687, "minimum_reflux": 1.25589, "reflux_ratio": 1.3 * 1.25589},
            {"theoretical_stages": 14.2049},
        ),
    ],
)
def theoretical_stages(
    minimum_stages: Annotated[float, s.minimum_stages, Range(gt=0)],
    minimum_reflux: _MinimumReflux,
    reflux_ratio: _Reflux,
) -> Annotated[float, s.theoretical_stages]:
    """Theoretical stages at a reflux ratio by the shortcut method, the reboiler counted as one.

    Raises:
        OutOfRange: the reflux ratio is not above the minimum.
    """
    if reflux_ratio <= minimum_reflux:
        raise OutOfRange(_infeasible(reflux_ratio, minimum_reflux))
    x = (reflux_ratio - minimum_reflux) / (reflux_ratio + 1)
    y = 1 - math.exp((1 + 54.4 * x) / (11 + 117.2 * x) * (x - 1) / math.sqrt(x))
    return (minimum_stages + y) / (1 - y)


class Stages(NamedTuple):
    """Stages stepped off, the reboiler included, and the stage from the top that takes the feed."""

    mccabe_stages: Annotated[float, s.mccabe_stages]
    feed_stage: Annotated[float, s.feed_stage]


@expert(
    source="W. L. McCabe, E. W. Thiele 1925, constant relative volatility and molar overflow",
    methods=("McCabe-Thiele", "McCabe–Thiele", "McCabe Thiele", "graphical"),
    examples=[
        Example(
            {
                "relative_volatility": 2, "feed_fraction": 0.5, "distillate_fraction": 0.95, "bottoms_fraction": 0.05,
                "reflux_ratio": 3,
            },
            {"mccabe_stages": 14},
        ),
        Example(
            {
                "relative_volatility": 2.8, "feed_fraction": 0.4, "distillate_fraction": 0.95, "bottoms_fraction": 0.04,
                "reflux_ratio": 2, "feed_quality": 1.0,
            },
            {"mccabe_stages": 11},
        ),
    ],
)  # fmt: skip
def mccabe_thiele(
    relative_volatility: _Alpha,
    feed_fraction: _Feed,
    distillate_fraction: _Top,
    bottoms_fraction: _Bottom,
    reflux_ratio: _Reflux,
    feed_quality: _Quality = 1.0,
) -> Stages:
    """Theoretical stages of a binary column stepped off from the top, with a total condenser; the reboiler is one.

    Raises:
        OutOfRange: the reflux ratio is not above the minimum, or the fractions contradict each other.
    """
    _ordered(feed_fraction, distillate_fraction, bottoms_fraction)
    alpha, reflux = relative_volatility, reflux_ratio
    if feed_quality + reflux <= 0:
        raise OutOfRange("infeasible: the feed is so superheated that no liquid runs down the column")
    # Where the rectifying line meets the feed line q·x + (1 − q)·y = zF.
    meeting = ((reflux + 1) * feed_fraction - (1 - feed_quality) * distillate_fraction) / (feed_quality + reflux)
    height = (reflux * meeting + distillate_fraction) / (reflux + 1)
    equilibrium = alpha * meeting / (1 + (alpha - 1) * meeting)
    if height >= equilibrium - 1e-12 or meeting <= bottoms_fraction:
        raise OutOfRange(
            f"infeasible: a reflux ratio of {reflux:.4g} is not above the minimum: the operating lines miss each other"
        )
    slope = (height - bottoms_fraction) / (meeting - bottoms_fraction)
    y, count, feed_stage = distillate_fraction, 0, 0
    while True:
        count += 1
        x = y / (alpha - (alpha - 1) * y)
        if not feed_stage and x <= meeting:
            feed_stage = count
        if x <= bottoms_fraction * (1 + 1e-9):
            break
        if count >= _MOST_STAGES:
            raise OutOfRange(f"the column would need more than {_MOST_STAGES} stages")
        y = (
            bottoms_fraction + slope * (x - bottoms_fraction)
            if feed_stage
            else (reflux * x + distillate_fraction) / (reflux + 1)
        )
    assume("constant relative volatility and molar overflow, a total condenser; the reboiler counts as a stage")
    return Stages(float(count), float(feed_stage or count))


@expert(
    source="overall efficiency: N(actual) = (N − 1)/E, the reboiler being a stage of its own",
    examples=[Example({"theoretical_stages": 15, "tray_efficiency": 0.7}, {"actual_trays": 20})],
)
def actual_trays(
    theoretical_stages: Annotated[float, s.theoretical_stages, Range(gt=1)],
    tray_efficiency: Annotated[float, s.tray_efficiency, Range(gt=0, le=1)],
) -> Annotated[float, s.actual_trays]:
    """Trays that a column needs, from its theoretical stages and the overall tray efficiency; rounded up."""
    assume("the reboiler is one of the theoretical stages and needs no tray")
    return float(math.ceil((theoretical_stages - 1) / tray_efficiency - 1e-9))


@expert(
    source="V = (R + 1)·D", examples=[Example({"reflux_ratio": 2, "distillate_flow": 10}, {"vapour_overhead_flow": 30})]
)
def vapour_overhead_flow(
    reflux_ratio: _Reflux, distillate_flow: Annotated[float, s.distillate_flow, Range(gt=0)]
) -> Annotated[float, s.vapour_overhead_flow]:
    """Vapour that leaves the top of a column for its total condenser."""
    return (reflux_ratio + 1) * distillate_flow


EXPERTS: tuple[Callable[..., Any], ...] = (
    column_balance,
    column_mass_balance,
    light_recovery,
    minimum_stages,
    minimum_reflux,
    reflux_from_factor,
    reflux_factor,
    theoretical_stages,
    mccabe_thiele,
    actual_trays,
    vapour_overhead_flow,
)
"""The experts of this module."""
