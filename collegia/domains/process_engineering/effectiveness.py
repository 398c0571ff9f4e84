"""The effectiveness-NTU method: exchangers whose outlet temperatures are not known beforehand."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Annotated, Any

from collegia.domains.process_engineering.kinds import heat as h
from collegia.domains.process_engineering.kinds import properties as p
from collegia.errors import OutOfRange
from collegia.tools import At, Example, Of, Range, expert
from collegia.tools import common as k

__all__ = ["EXPERTS"]

_SOURCE = "W. M. Kays, A. L. London, Compact Heat Exchangers, 3rd ed.; ht.hx.effectiveness_from_NTU"
_SUBTYPE = {"counterflow": "counterflow", "parallel flow": "parallel", "crossflow": "crossflow"}


def _library() -> Any:
    """Ht's exchanger module, imported on first use; its functions carry no types."""
    import ht.hx

    return ht.hx


_HOT_RATE = Annotated[float, h.capacity_rate, Of("hot"), Range(gt=0)]
_COLD_RATE = Annotated[float, h.capacity_rate, Of("cold"), Range(gt=0)]


@expert(
    source=_SOURCE,
    methods=("effectiveness-NTU", "NTU method"),
    examples=[
        Example({"ntu": 1.5, "capacity_ratio": 0.8}, {"effectiveness": 0.63627}),
        Example({"ntu": 2, "capacity_ratio": 0.5}, {"effectiveness": 0.7746}),
        Example({"ntu": 2, "capacity_ratio": 0.5, "arrangement": "parallel flow"}, {"effectiveness": 0.633475}),
    ],
    requires=("ht",),
    extra="process",
    seconds=0.3,
)
def hx_effectiveness(
    ntu: Annotated[float, h.ntu, Range(ge=0)],
    capacity_ratio: Annotated[float, h.capacity_ratio, Range(ge=0, le=1)],
    arrangement: Annotated[str, h.arrangement] = "counterflow",
) -> Annotated[float, h.effectiveness]:
    """Effectiveness of an exchanger from its transfer units and the ratio of the capacity rates.

    Crossflow is taken with both fluids unmixed.
    """
    if ntu == 0 or capacity_ratio == 0:
        return 1 - math.exp(-ntu)
    return float(_library().effectiveness_from_NTU(ntu, Cr=capacity_ratio, subtype=_SUBTYPE[arrangement]))


@expert(
    source=_SOURCE,
    methods=("effectiveness-NTU", "NTU method"),
    examples=[Example({"ntu": 1.5, "capacity_ratio": 0.8, "shell_passes": 1}, {"effectiveness": 0.568158})],
    requires=("ht",),
    extra="process",
    seconds=0.3,
)
def hx_effectiveness_shell_and_tube(
    ntu: Annotated[float, h.ntu, Range(ge=0)],
    capacity_ratio: Annotated[float, h.capacity_ratio, Range(ge=0, le=1)],
    shell_passes: Annotated[float, h.shell_passes, Range(ge=1, le=12)],
) -> Annotated[float, h.effectiveness]:
    """Effectiveness of a shell-and-tube exchanger with even tube passes in each of its shells."""
    if capacity_ratio == 0:
        return 1 - math.exp(-ntu)
    shells = int(shell_passes)
    if capacity_ratio == 1 and shells > 1:  # the limit of the library's expression, which is 0/0 there
        one = float(_library().effectiveness_from_NTU(ntu / shells, Cr=1.0, subtype="S&T"))
        return shells * one / (1 + (shells - 1) * one)
    return float(_library().effectiveness_from_NTU(ntu, Cr=capacity_ratio, subtype="S&T", n_shell_tube=shells))


@expert(
    source=_SOURCE,
    examples=[Example({"effectiveness": 0.63627, "capacity_ratio": 0.8}, {"ntu": 1.5})],
    requires=("ht",),
    extra="process",
    seconds=0.3,
)
def ntu_from_effectiveness(
    effectiveness: Annotated[float, h.effectiveness, Range(ge=0, lt=1)],
    capacity_ratio: Annotated[float, h.capacity_ratio, Range(ge=0, le=1)],
    arrangement: Annotated[str, h.arrangement] = "counterflow",
) -> Annotated[float, h.ntu]:
    """Transfer units that an exchanger needs for an effectiveness.

    Raises:
        OutOfRange: this arrangement cannot reach the effectiveness with any area.
    """
    try:
        units = _library().NTU_from_effectiveness(effectiveness, Cr=capacity_ratio, subtype=_SUBTYPE[arrangement])
    except ValueError as error:
        raise OutOfRange(
            f"impossible: {arrangement} cannot reach an effectiveness of {effectiveness:.3g}: {error}"
        ) from error
    return float(units)


@expert(
    source="NTU = U·A/Cmin",
    examples=[
        Example({"overall_coefficient": 500, "exchanger_area": 30, "hot_rate": 10000, "cold_rate": 12000}, {"ntu": 1.5})
    ],
)
def ntu(
    overall_coefficient: Annotated[float, h.overall_coefficient, Range(gt=0)],
    exchanger_area: Annotated[float, h.exchanger_area, Range(gt=0)],
    hot_rate: _HOT_RATE,
    cold_rate: _COLD_RATE,
) -> Annotated[float, h.ntu]:
    """Number of transfer units of an exchanger."""
    return overall_coefficient * exchanger_area / min(hot_rate, cold_rate)


@expert(source="C = m·cp", examples=[Example({"mass_flow": 2, "heat_capacity": 4180}, {"capacity_rate": 8360})])
def capacity_rate(
    mass_flow: Annotated[float, k.mass_flow, Range(gt=0)],
    heat_capacity: Annotated[float, p.heat_capacity, Range(gt=0)],
) -> Annotated[float, h.capacity_rate]:
    """Heat capacity rate of a stream."""
    return mass_flow * heat_capacity


@expert(source="Cr = Cmin/Cmax", examples=[Example({"hot_rate": 8000, "cold_rate": 10000}, {"capacity_ratio": 0.8})])
def capacity_ratio(hot_rate: _HOT_RATE, cold_rate: _COLD_RATE) -> Annotated[float, h.capacity_ratio]:
    """Ratio of the smaller to the larger heat capacity rate of two streams."""
    return min(hot_rate, cold_rate) / max(hot_rate, cold_rate)


@expert(
    source="Qmax = Cmin·(Th,in − Tc,in)",
    examples=[
        Example(
            {"hot_rate": 8000, "cold_rate": 10000, "hot_start": 373.15, "cold_start": 293.15}, {"maximum_duty": 640e3}
        )
    ],
)
def maximum_duty(
    hot_rate: _HOT_RATE,
    cold_rate: _COLD_RATE,
    hot_start: Annotated[float, k.temperature, At("start"), Of("hot"), Range(gt=0)],
    cold_start: Annotated[float, k.temperature, At("start"), Of("cold"), Range(gt=0)],
) -> Annotated[float, h.maximum_duty]:
    """Heat duty that an infinitely large counterflow exchanger would have.

    Raises:
        OutOfRange: the hot stream enters no hotter than the cold stream.
    """
    if hot_start <= cold_start:
        raise OutOfRange("impossible: the hot stream enters no hotter than the cold stream")
    return min(hot_rate, cold_rate) * (hot_start - cold_start)


@expert(
    source="Q = ε·Qmax",
    examples=[Example({"effectiveness": 0.75, "maximum_duty": 640e3}, {"heat_duty": 480e3})],
    cost=1.5,
)
def duty_from_effectiveness(
    effectiveness: Annotated[float, h.effectiveness, Range(ge=0, le=1)],
    maximum_duty: Annotated[float, h.maximum_duty, Range(gt=0)],
) -> Annotated[float, p.heat_duty]:
    """Heat duty of an exchanger from its effectiveness."""
    return effectiveness * maximum_duty


@expert(source="ε = Q/Qmax", examples=[Example({"heat_duty": 480e3, "maximum_duty": 640e3}, {"effectiveness": 0.75})])
def effectiveness_from_duty(
    heat_duty: Annotated[float, p.heat_duty, Range(ge=0)],
    maximum_duty: Annotated[float, h.maximum_duty, Range(gt=0)],
) -> Annotated[float, h.effectiveness]:
    """Effectiveness that an exchanger shows, from its heat duty.

    Raises:
        OutOfRange: the duty is larger than any exchanger could have.
    """
    if heat_duty > maximum_duty:
        raise OutOfRange(
            f"impossible: the heat duty exceeds the maximum of {maximum_duty / 1e3:.4g} kW between these streams"
        )
    return heat_duty / maximum_duty


EXPERTS: tuple[Callable[..., Any], ...] = (
    hx_effectiveness,
    hx_effectiveness_shell_and_tube,
    ntu_from_effectiveness,
    ntu,
    capacity_rate,
    capacity_ratio,
    maximum_duty,
    duty_from_effectiveness,
    effectiveness_from_duty,
)
"""The experts of this module."""
