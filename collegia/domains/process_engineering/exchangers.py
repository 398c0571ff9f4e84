"""Mean temperature differences, areas and coefficients of heat exchangers."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Annotated, Any

from collegia.domains.process_engineering.kinds import heat as h
from collegia.domains.process_engineering.kinds import properties as p
from collegia.domains.process_engineering.kinds.saturation import saturation_temperature
from collegia.errors import OutOfRange
from collegia.tools import At, Example, Of, Range, assume, caution, expert
from collegia.tools import common as k

__all__ = ["EXPERTS"]

_LMTD = "D. Q. Kern, Process Heat Transfer: log mean of the two end differences; ht.LMTD"
_HOT = {"hot_start": 373.15, "hot_end": 333.15, "cold_start": 303.15, "cold_end": 323.15}
_RATE = "Q = U·A·F·ΔTlm"


def _ends(
    hot_start: float, hot_end: float, cold_start: float, cold_end: float, arrangement: str
) -> tuple[float, float]:
    """The two end differences, K, of an exchanger that can exist."""
    if hot_start <= cold_start:
        raise OutOfRange(
            "impossible: the hot stream enters no hotter than the cold stream, so no heat can pass to the cold one"
        )
    if hot_end > hot_start or cold_end < cold_start:
        raise OutOfRange("impossible: in an exchanger the hot stream gets colder and the cold stream gets warmer")
    if arrangement == "parallel flow":
        ends = hot_start - cold_start, hot_end - cold_end
    else:
        ends = hot_start - cold_end, hot_end - cold_start
    if min(ends) < -1e-9:
        raise OutOfRange(
            f"impossible: temperature cross: in {arrangement} the end differences would be {ends[0]:.4g} and "
            f"{ends[1]:.4g} K; a negative one means that the cold stream would leave hotter than the hot stream beside "
            "it (second law)"
        )
    if min(ends) <= 1e-9:
        raise OutOfRange("impossible: temperature pinch: an end difference is zero, which needs an infinite area")
    return ends


@expert(
    source=_LMTD,
    methods=("LMTD", "log mean"),
    examples=[
        Example(_HOT, {"lmtd": 39.152}),
        Example(
            {"hot_start": 393.15, "hot_end": 343.15, "cold_start": 298.15, "cold_end": 323.15}, {"lmtd": 56.5825}, 1e-5
        ),
        Example({**_HOT, "arrangement": "parallel flow"}, {"lmtd": 30.8339}, 1e-5),
        Example({"hot_start": 373.15, "hot_end": 343.15, "cold_start": 313.15, "cold_end": 343.15}, {"lmtd": 30}),
    ],
    requires=("ht",),
    extra="process",
    seconds=0.3,
)
def lmtd(
    hot_start: Annotated[float, k.temperature, At("start"), Of("hot"), Range(gt=0)],
    hot_end: Annotated[float, k.temperature, At("end"), Of("hot"), Range(gt=0)],
    cold_start: Annotated[float, k.temperature, At("start"), Of("cold"), Range(gt=0)],
    cold_end: Annotated[float, k.temperature, At("end"), Of("cold"), Range(gt=0)],
    arrangement: Annotated[str, h.arrangement] = "counterflow",
) -> Annotated[float, h.lmtd]:
    """Log mean temperature difference between a hot and a cold stream.

    For crossflow it is the one of counterflow, to be corrected by a factor F.

    Raises:
        OutOfRange: a temperature cross, a pinch of zero, or a hot stream colder than the cold one.
    """
    from ht import LMTD

    _ends(hot_start, hot_end, cold_start, cold_end, arrangement)
    if arrangement == "crossflow":
        caution(
            "the log mean difference is the one of counterflow: crossflow needs a correction factor F below 1 beside it"
        )
    return float(LMTD(hot_start, hot_end, cold_start, cold_end, counterflow=arrangement != "parallel flow"))


@expert(
    source="arithmetic mean of the two end differences",
    methods=("arithmetic mean",),
    examples=[
        Example(_HOT, {"arithmetic_mean_difference": 40}),
        Example(
            {"hot_start": 423.15, "hot_end": 333.15, "cold_start": 303.15, "cold_end": 323.15},
            {"arithmetic_mean_difference": 65},
        ),
    ],
)
def arithmetic_mean_difference(
    hot_start: Annotated[float, k.temperature, At("start"), Of("hot"), Range(gt=0)],
    hot_end: Annotated[float, k.temperature, At("end"), Of("hot"), Range(gt=0)],
    cold_start: Annotated[float, k.temperature, At("start"), Of("cold"), Range(gt=0)],
    cold_end: Annotated[float, k.temperature, At("end"), Of("cold"), Range(gt=0)],
    arrangement: Annotated[str, h.arrangement] = "counterflow",
) -> Annotated[float, h.arithmetic_mean_difference]:
    """Arithmetic mean temperature difference between a hot and a cold stream.

    Raises:
        OutOfRange: a temperature cross, a pinch of zero, or a hot stream colder than the cold one.
    """
    return sum(_ends(hot_start, hot_end, cold_start, cold_end, arrangement)) / 2


def _log_mean(left: float, right: float) -> float:
    """Log mean of two positive differences; their mean where they are all but equal (the series to second order)."""
    if abs(left - right) < 1e-4 * max(left, right):
        return (left + right) / 2
    return (left - right) / math.log(left / right)


@expert(
    source=_LMTD,
    methods=("condensing steam", "LMTD"),
    examples=[
        Example({"saturation_temperature": 406.67, "cold_start": 293.15, "cold_end": 353.15}, {"lmtd": 79.832}),
    ],
)
def lmtd_condensing(
    saturation_temperature: Annotated[float, saturation_temperature, Of("hot"), Range(gt=0)],
    cold_start: Annotated[float, k.temperature, At("start"), Of("cold"), Range(gt=0)],
    cold_end: Annotated[float, k.temperature, At("end"), Of("cold"), Range(gt=0)],
) -> Annotated[float, h.lmtd]:
    """Log mean temperature difference where the hot side condenses at one temperature.

    Raises:
        OutOfRange: the cold stream would leave hotter than the condensing vapour.
    """
    assume("the hot side stays at its saturation temperature: no superheat, no subcooling")
    if cold_end < cold_start:
        raise OutOfRange("impossible: the cold stream cannot get colder in the exchanger")
    left, right = saturation_temperature - cold_start, saturation_temperature - cold_end
    if min(left, right) <= 0:
        raise OutOfRange(
            "impossible: temperature cross: the cold stream would be as hot as the condensing vapour, or hotter"
        )
    return _log_mean(left, right)


@expert(
    source=_LMTD,
    methods=("evaporating", "LMTD"),
    examples=[
        Example({"hot_start": 353.15, "hot_end": 313.15, "saturation_temperature": 293.15}, {"lmtd": 36.4096}),
    ],
)
def lmtd_evaporating(
    hot_start: Annotated[float, k.temperature, At("start"), Of("hot"), Range(gt=0)],
    hot_end: Annotated[float, k.temperature, At("end"), Of("hot"), Range(gt=0)],
    saturation_temperature: Annotated[float, saturation_temperature, Of("cold"), Range(gt=0)],
) -> Annotated[float, h.lmtd]:
    """Log mean temperature difference where the cold side boils at one temperature.

    Raises:
        OutOfRange: the hot stream would leave colder than the boiling liquid.
    """
    assume("the cold side stays at its saturation temperature: no preheating, no superheat")
    if hot_end > hot_start:
        raise OutOfRange("impossible: the hot stream cannot get hotter in the exchanger")
    left, right = hot_start - saturation_temperature, hot_end - saturation_temperature
    if min(left, right) <= 0:
        raise OutOfRange(
            "impossible: temperature cross: the hot stream would be as cold as the boiling liquid, or colder"
        )
    return _log_mean(left, right)


@expert(
    source=_LMTD,
    methods=("LMTD",),
    examples=[
        Example(
            {"temperature": 393.15, "cold_start": 293.15, "cold_end": 353.15, "condensing": "condensing"},
            {"lmtd": 65.4814},
        )
    ],
)
def lmtd_condensing_at(
    temperature: Annotated[float, k.temperature, Of("hot"), Range(gt=0)],
    cold_start: Annotated[float, k.temperature, At("start"), Of("cold"), Range(gt=0)],
    cold_end: Annotated[float, k.temperature, At("end"), Of("cold"), Range(gt=0)],
    condensing: Annotated[str, h.condensing],
) -> Annotated[float, h.lmtd]:
    """Log mean temperature difference where the hot side condenses at a stated temperature.

    Raises:
        OutOfRange: the cold stream would leave hotter than the condensing vapour.
    """
    return lmtd_condensing(temperature, cold_start, cold_end)


@expert(
    source=_LMTD,
    methods=("LMTD",),
    examples=[
        Example(
            {"hot_start": 353.15, "hot_end": 313.15, "temperature": 293.15, "vaporising": "vaporising"},
            {"lmtd": 36.4096},
        )
    ],
)
def lmtd_evaporating_at(
    hot_start: Annotated[float, k.temperature, At("start"), Of("hot"), Range(gt=0)],
    hot_end: Annotated[float, k.temperature, At("end"), Of("hot"), Range(gt=0)],
    temperature: Annotated[float, k.temperature, Of("cold"), Range(gt=0)],
    vaporising: Annotated[str, h.vaporising],
) -> Annotated[float, h.lmtd]:
    """Log mean temperature difference where the cold side boils at a stated temperature.

    Raises:
        OutOfRange: the hot stream would leave colder than the boiling liquid.
    """
    return lmtd_evaporating(hot_start, hot_end, temperature)


@expert(
    source="A. Fakheri, J. Heat Transfer 125 (2003) 527; ht.F_LMTD_Fakheri",
    validity="shell-and-tube exchangers with one or more shell passes and an even number of tube passes in each",
    methods=("correction factor",),
    examples=[Example({**_HOT, "shell_passes": 1}, {"correction_factor": 0.90453})],
    requires=("ht",),
    extra="process",
    seconds=0.3,
)
def lmtd_correction_factor(
    hot_start: Annotated[float, k.temperature, At("start"), Of("hot"), Range(gt=0)],
    hot_end: Annotated[float, k.temperature, At("end"), Of("hot"), Range(gt=0)],
    cold_start: Annotated[float, k.temperature, At("start"), Of("cold"), Range(gt=0)],
    cold_end: Annotated[float, k.temperature, At("end"), Of("cold"), Range(gt=0)],
    shell_passes: Annotated[float, h.shell_passes, Range(ge=1, le=12)],
) -> Annotated[float, h.correction_factor]:
    """Correction factor F of a shell-and-tube exchanger, to the log mean difference of counterflow.

    Raises:
        OutOfRange: no exchanger with that many shell passes reaches these temperatures.
    """
    import ht

    library: Any = ht  # its annotations say int where every number will do
    _ends(hot_start, hot_end, cold_start, cold_end, "counterflow")
    if shell_passes != int(shell_passes):
        raise OutOfRange("shell passes are counted in whole numbers")
    if hot_end == hot_start or cold_end == cold_start:
        return 1.0
    infeasible = f"impossible: {shell_passes:g} shell passes cannot reach these temperatures (temperature cross)"
    try:
        factor = float(library.F_LMTD_Fakheri(hot_start, hot_end, cold_start, cold_end, shells=int(shell_passes)))
    except ValueError as error:  # the library's logarithm of a negative number
        raise OutOfRange(infeasible) from error
    if not 0 < factor <= 1.0000001:
        raise OutOfRange(infeasible)
    return min(factor, 1.0)


def _low_factor(correction_factor: float) -> None:
    if correction_factor < 0.75:
        caution(
            f"F = {correction_factor:.3g} is below 0.75: this arrangement uses its area badly; more shells are usual"
        )


_F = Annotated[float, h.correction_factor, Range(gt=0, le=1)]
_U = Annotated[float, h.overall_coefficient, Range(gt=0)]
_AREA_EXAMPLE = {"heat_duty": 1.2e6, "overall_coefficient": 450, "lmtd": 32, "correction_factor": 0.9}


@expert(
    source=_RATE,
    examples=[
        Example({"heat_duty": 1e6, "overall_coefficient": 500, "lmtd": 30}, {"exchanger_area": 66.667}),
        Example(_AREA_EXAMPLE, {"exchanger_area": 92.5926}),
    ],
)
def hx_area(
    heat_duty: Annotated[float, p.heat_duty, Range(gt=0)],
    overall_coefficient: _U,
    lmtd: Annotated[float, h.lmtd, Range(gt=0)],
    correction_factor: _F = 1.0,
) -> Annotated[float, h.exchanger_area]:
    """Heat transfer area of an exchanger."""
    _low_factor(correction_factor)
    return heat_duty / (overall_coefficient * correction_factor * lmtd)


@expert(
    source=_RATE,
    examples=[Example({"exchanger_area": 66.6667, "overall_coefficient": 500, "lmtd": 30}, {"heat_duty": 1e6})],
)
def duty_from_area(
    exchanger_area: Annotated[float, h.exchanger_area, Range(gt=0)],
    overall_coefficient: _U,
    lmtd: Annotated[float, h.lmtd, Range(gt=0)],
    correction_factor: _F = 1.0,
) -> Annotated[float, p.heat_duty]:
    """Heat duty of an exchanger of a known area."""
    _low_factor(correction_factor)
    return overall_coefficient * exchanger_area * correction_factor * lmtd


@expert(
    source=_RATE,
    examples=[Example({"heat_duty": 1e6, "exchanger_area": 66.6667, "lmtd": 30}, {"overall_coefficient": 500})],
)
def coefficient_from_area(
    heat_duty: Annotated[float, p.heat_duty, Range(gt=0)],
    exchanger_area: Annotated[float, h.exchanger_area, Range(gt=0)],
    lmtd: Annotated[float, h.lmtd, Range(gt=0)],
    correction_factor: _F = 1.0,
) -> Annotated[float, h.overall_coefficient]:
    """Overall coefficient that an exchanger shows in service."""
    _low_factor(correction_factor)
    return heat_duty / (exchanger_area * correction_factor * lmtd)


@expert(
    source=_RATE,
    examples=[Example({"heat_duty": 1e6, "exchanger_area": 66.6667, "overall_coefficient": 500}, {"lmtd": 30})],
)
def lmtd_from_area(
    heat_duty: Annotated[float, p.heat_duty, Range(gt=0)],
    exchanger_area: Annotated[float, h.exchanger_area, Range(gt=0)],
    overall_coefficient: _U,
    correction_factor: _F = 1.0,
) -> Annotated[float, h.lmtd]:
    """Mean temperature difference that an exchanger needs for its duty."""
    return heat_duty / (exchanger_area * correction_factor * overall_coefficient)


@expert(
    source="q = Q/A",
    examples=[Example({"heat_duty": 1e6, "exchanger_area": 50}, {"heat_flux": 2e4})],
)
def heat_flux(
    heat_duty: Annotated[float, p.heat_duty, Range(gt=0)],
    exchanger_area: Annotated[float, h.exchanger_area, Range(gt=0)],
) -> Annotated[float, h.heat_flux]:
    """Heat flux through the area of an exchanger."""
    return heat_duty / exchanger_area


EXPERTS: tuple[Callable[..., Any], ...] = (
    lmtd,
    arithmetic_mean_difference,
    lmtd_condensing,
    lmtd_evaporating,
    lmtd_condensing_at,
    lmtd_evaporating_at,
    lmtd_correction_factor,
    hx_area,
    duty_from_area,
    coefficient_from_area,
    lmtd_from_area,
    heat_flux,
)
"""The experts of this module."""
