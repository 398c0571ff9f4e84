"""Ideal reactors of first and second order."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Annotated, Any

from collegia.domains.process_engineering.kinds import reaction as r
from collegia.errors import OutOfRange
from collegia.tools import At, Example, Range, assume, expert
from collegia.tools import common as k

__all__ = ["EXPERTS"]

_LEVENSPIEL = "O. Levenspiel, Chemical Reaction Engineering, 3rd ed., ch. 5: constant density, isothermal"

_Flow = Annotated[float, k.volume_flow, Range(gt=0)]
_Constant = Annotated[float, r.rate_constant, At("end"), Range(gt=0)]
# Where a rate constant is known at two temperatures, it was measured at the first and the reactor runs at the second.
_Conversion = Annotated[float, r.conversion, Range(ge=0, lt=1)]
_Type = Annotated[str, r.reactor_type]
_Order = Annotated[float, r.reaction_order]
_Second = Annotated[float, r.second_order_constant, Range(gt=0)]
_Concentration = Annotated[float, r.initial_concentration, Range(gt=0)]


def _time(reactor: str, constant: float, conversion: float, order: float = 1.0) -> float:
    """Space time, s, of a first-order reaction: X/(k(1 − X)) in a stirred tank, −ln(1 − X)/k in plug flow."""
    if order != 1.0:
        raise OutOfRange(
            "this holds for a first-order reaction with its rate constant per time; a second-order one needs a rate "
            "constant per concentration and time, and the inlet concentration"
        )
    if reactor == "CSTR":
        return conversion / (constant * (1 - conversion))
    return -math.log1p(-conversion) / constant


@expert(
    source=_LEVENSPIEL,
    methods=("CSTR", "first-order"),
    examples=[
        Example({"volume_flow": 0.001, "rate_constant": 0.01, "conversion": 0.9}, {"cstr_volume": 0.9}),
        Example({"volume_flow": 0.002, "rate_constant": 0.0254412, "conversion": 0.9}, {"cstr_volume": 0.707515}, 1e-5),
    ],
)
def cstr_volume(
    volume_flow: _Flow, rate_constant: _Constant, conversion: _Conversion, reaction_order: _Order = 1.0
) -> Annotated[float, r.cstr_volume]:
    """Volume of a continuous stirred tank for a conversion by a first-order reaction.

    Raises:
        OutOfRange: the reaction is of another order.
    """
    return volume_flow * _time("CSTR", rate_constant, conversion, reaction_order)


@expert(
    source=_LEVENSPIEL,
    methods=("PFR", "plug flow", "first-order"),
    examples=[Example({"volume_flow": 0.001, "rate_constant": 0.01, "conversion": 0.9}, {"pfr_volume": 0.23026})],
)
def pfr_volume(
    volume_flow: _Flow, rate_constant: _Constant, conversion: _Conversion, reaction_order: _Order = 1.0
) -> Annotated[float, r.pfr_volume]:
    """Volume of a plug-flow reactor for a conversion by a first-order reaction.

    Raises:
        OutOfRange: the reaction is of another order.
    """
    return volume_flow * _time("PFR", rate_constant, conversion, reaction_order)


@expert(
    source=_LEVENSPIEL,
    examples=[
        Example({"rate_constant": 0.01, "conversion": 0.9, "reactor_type": "CSTR"}, {"residence_time": 900}),
        Example({"rate_constant": 0.01, "conversion": 0.9, "reactor_type": "PFR"}, {"residence_time": 230.26}),
    ],
)
def residence_time(
    rate_constant: _Constant, conversion: _Conversion, reactor_type: _Type, reaction_order: _Order = 1.0
) -> Annotated[float, r.residence_time]:
    """Residence time that a reactor needs for a conversion by a first-order reaction.

    Raises:
        OutOfRange: the reaction is of another order.
    """
    return _time(reactor_type, rate_constant, conversion, reaction_order)


@expert(source=_LEVENSPIEL, examples=[Example({"rate_constant": 0.01, "conversion": 0.9}, {"cstr_time": 900})])
def cstr_time(
    rate_constant: _Constant, conversion: _Conversion, reaction_order: _Order = 1.0
) -> Annotated[float, r.cstr_time]:
    """Residence time in a continuous stirred tank for a conversion by a first-order reaction."""
    return _time("CSTR", rate_constant, conversion, reaction_order)


@expert(source=_LEVENSPIEL, examples=[Example({"rate_constant": 0.01, "conversion": 0.9}, {"pfr_time": 230.26})])
def pfr_time(
    rate_constant: _Constant, conversion: _Conversion, reaction_order: _Order = 1.0
) -> Annotated[float, r.pfr_time]:
    """Residence time in a plug-flow reactor for a conversion by a first-order reaction."""
    return _time("PFR", rate_constant, conversion, reaction_order)


@expert(
    source="V = Q·τ",
    examples=[Example({"volume_flow": 0.001, "residence_time": 900}, {"reactor_volume": 0.9})],
)
def reactor_volume(
    volume_flow: _Flow, residence_time: Annotated[float, r.residence_time, Range(gt=0)]
) -> Annotated[float, r.reactor_volume]:
    """Volume of a reactor from the flow through it and the residence time."""
    return volume_flow * residence_time


@expert(
    source="τ = V/Q",
    examples=[Example({"reactor_volume": 0.9, "volume_flow": 0.001}, {"residence_time": 900})],
)
def residence_time_from_volume(
    reactor_volume: Annotated[float, r.reactor_volume, Range(gt=0)], volume_flow: _Flow
) -> Annotated[float, r.residence_time]:
    """Mean residence time in a reactor or a vessel."""
    return reactor_volume / volume_flow


@expert(
    source=_LEVENSPIEL,
    examples=[
        Example({"rate_constant": 0.01, "residence_time": 900, "reactor_type": "CSTR"}, {"conversion": 0.9}),
        Example({"rate_constant": 0.01, "residence_time": 230.2585, "reactor_type": "PFR"}, {"conversion": 0.9}),
    ],
)
def conversion(
    rate_constant: _Constant,
    residence_time: Annotated[float, r.residence_time, Range(ge=0)],
    reactor_type: _Type,
    reaction_order: _Order = 1.0,
) -> Annotated[float, r.conversion]:
    """Conversion that a reactor reaches by a first-order reaction.

    Raises:
        OutOfRange: the reaction is of another order.
    """
    _time(reactor_type, rate_constant, 0.0, reaction_order)
    reach = rate_constant * residence_time
    return reach / (1 + reach) if reactor_type == "CSTR" else -math.expm1(-reach)


@expert(
    source="−dC/dt = k·C",
    examples=[Example({"rate_constant": 0.01, "conversion": 0.9}, {"batch_time": 230.26})],
)
def batch_time(
    rate_constant: _Constant, conversion: _Conversion, reaction_order: _Order = 1.0
) -> Annotated[float, r.batch_time]:
    """Time that a batch needs for a conversion by a first-order reaction.

    Raises:
        OutOfRange: the reaction is of another order.
    """
    return _time("batch", rate_constant, conversion, reaction_order)


@expert(
    source="−dC/dt = k·C",
    examples=[Example({"rate_constant": 0.01, "batch_time": 230.2585}, {"conversion": 0.9})],
)
def batch_conversion(
    rate_constant: _Constant, batch_time: Annotated[float, r.batch_time, Range(ge=0)], reaction_order: _Order = 1.0
) -> Annotated[float, r.conversion]:
    """Conversion that a batch reaches by a first-order reaction.

    Raises:
        OutOfRange: the reaction is of another order.
    """
    _time("batch", rate_constant, 0.0, reaction_order)
    return -math.expm1(-rate_constant * batch_time)


@expert(
    source=_LEVENSPIEL,
    methods=("second-order",),
    examples=[
        Example(
            {"volume_flow": 0.001, "second_order_constant": 1e-5, "initial_concentration": 1000, "conversion": 0.9},
            {"cstr_volume": 9},
        )
    ],
)
def cstr_volume_second_order(
    volume_flow: _Flow, second_order_constant: _Second, initial_concentration: _Concentration, conversion: _Conversion
) -> Annotated[float, r.cstr_volume]:
    """Volume of a continuous stirred tank for a conversion by a reaction of second order in one reactant."""
    assume("second order in one reactant (or in two fed in equal amounts)")
    return volume_flow * conversion / (second_order_constant * initial_concentration * (1 - conversion) ** 2)


@expert(
    source=_LEVENSPIEL,
    methods=("second-order",),
    examples=[
        Example(
            {"volume_flow": 0.001, "second_order_constant": 1e-5, "initial_concentration": 1000, "conversion": 0.9},
            {"pfr_volume": 0.9},
        )
    ],
)
def pfr_volume_second_order(
    volume_flow: _Flow, second_order_constant: _Second, initial_concentration: _Concentration, conversion: _Conversion
) -> Annotated[float, r.pfr_volume]:
    """Volume of a plug-flow reactor for a conversion by a reaction of second order in one reactant."""
    assume("second order in one reactant (or in two fed in equal amounts)")
    return volume_flow * conversion / (second_order_constant * initial_concentration * (1 - conversion))


EXPERTS: tuple[Callable[..., Any], ...] = (
    cstr_volume,
    pfr_volume,
    residence_time,
    cstr_time,
    pfr_time,
    reactor_volume,
    residence_time_from_volume,
    conversion,
    batch_time,
    batch_conversion,
    cstr_volume_second_order,
    pfr_volume_second_order,
)
"""The experts of this module."""
