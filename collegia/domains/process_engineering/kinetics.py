"""Rate constants at other temperatures, after Arrhenius."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Annotated, Any

from collegia.domains.process_engineering.kinds import reaction as r
from collegia.errors import OutOfRange
from collegia.tools import At, Example, Range, assume, expert
from collegia.tools import common as k

__all__ = ["EXPERTS"]

_GAS_CONSTANT = 8.31446261815324  # J/(mol·K), CODATA 2018


@expert(
    source="S. Arrhenius 1889: k₂ = k₁·exp(−Ea/R·(1/T₂ − 1/T₁))",
    methods=("Arrhenius",),
    examples=[
        Example(
            {"rate_start": 1, "activation_energy": 8e4, "temperature_start": 300, "temperature_end": 320},
            {"rate_constant": 7.4227},
        ),
        Example(
            {"rate_start": 0.005, "activation_energy": 75e3, "temperature_start": 323.15, "temperature_end": 343.15},
            {"rate_constant": 0.0254412},
            1e-5,
        ),
    ],
)
def arrhenius_rate(
    rate_start: Annotated[float, r.rate_constant, At("start"), Range(gt=0)],
    activation_energy: Annotated[float, r.activation_energy, Range(ge=0)],
    temperature_start: Annotated[float, k.temperature, At("start"), Range(gt=0)],
    temperature_end: Annotated[float, k.temperature, At("end"), Range(gt=0)],
) -> Annotated[float, r.rate_constant, At("end")]:
    """Rate constant at another temperature, from a known one and the activation energy."""
    return rate_start * math.exp(-activation_energy / _GAS_CONSTANT * (1 / temperature_end - 1 / temperature_start))


@expert(
    source="S. Arrhenius 1889: k = A·exp(−Ea/(R·T))",
    methods=("Arrhenius",),
    examples=[
        Example(
            {"pre_exponential_factor": 1e10, "activation_energy": 8e4, "temperature": 350},
            {"rate_constant": 1e10 * 1.150434e-12},
        )
    ],
)
def arrhenius_constant(
    pre_exponential_factor: Annotated[float, r.pre_exponential_factor, Range(gt=0)],
    activation_energy: Annotated[float, r.activation_energy, Range(ge=0)],
    temperature: Annotated[float, k.temperature, Range(gt=0)],
) -> Annotated[float, r.rate_constant]:
    """Rate constant from the pre-exponential factor and the activation energy."""
    return pre_exponential_factor * math.exp(-activation_energy / (_GAS_CONSTANT * temperature))


@expert(
    source="S. Arrhenius 1889",
    methods=("Arrhenius",),
    examples=[
        Example(
            {"activation_energy": 5e4, "temperature_start": 298.15, "temperature_end": 308.15},
            {"rate_ratio": 1.92426},
            1e-5,
        ),
        Example(
            {"activation_energy": 5e4, "temperature_start": 308.15, "temperature_end": 298.15},
            {"rate_ratio": 1.92426},
            1e-5,
        ),
    ],
)
def rate_ratio(
    activation_energy: Annotated[float, r.activation_energy, Range(ge=0)],
    temperature_start: Annotated[float, k.temperature, At("start"), Range(gt=0)],
    temperature_end: Annotated[float, k.temperature, At("end"), Range(gt=0)],
) -> Annotated[float, r.rate_ratio]:
    """How many times faster a reaction runs at the hotter of two temperatures."""
    cold, hot = sorted((temperature_start, temperature_end))
    assume(f"the rate constant at {hot:.2f} K over the one at {cold:.2f} K")
    return math.exp(activation_energy / _GAS_CONSTANT * (1 / cold - 1 / hot))


@expert(
    source="S. Arrhenius 1889",
    methods=("Arrhenius",),
    examples=[
        Example(
            {"rate_start": 1, "rate_end": 7.4227, "temperature_start": 300, "temperature_end": 320},
            {"activation_energy": 8e4},
        )
    ],
)
def activation_energy_from_rates(
    rate_start: Annotated[float, r.rate_constant, At("start"), Range(gt=0)],
    rate_end: Annotated[float, r.rate_constant, At("end"), Range(gt=0)],
    temperature_start: Annotated[float, k.temperature, At("start"), Range(gt=0)],
    temperature_end: Annotated[float, k.temperature, At("end"), Range(gt=0)],
) -> Annotated[float, r.activation_energy]:
    """Activation energy from the rate constants at two temperatures.

    Raises:
        OutOfRange: both temperatures are the same.
    """
    return _energy(math.log(rate_end / rate_start), temperature_start, temperature_end)


@expert(
    source="S. Arrhenius 1889",
    methods=("Arrhenius",),
    examples=[
        Example(
            {"rate_ratio": 2, "temperature_start": 298.15, "temperature_end": 308.15}, {"activation_energy": 52951}
        ),
    ],
)
def activation_energy_from_ratio(
    rate_ratio: Annotated[float, r.rate_ratio, Range(gt=0)],
    temperature_start: Annotated[float, k.temperature, At("start"), Range(gt=0)],
    temperature_end: Annotated[float, k.temperature, At("end"), Range(gt=0)],
) -> Annotated[float, r.activation_energy]:
    """Activation energy from how many times faster a reaction runs at the hotter of two temperatures.

    Raises:
        OutOfRange: both temperatures are the same.
    """
    cold, hot = sorted((temperature_start, temperature_end))
    return _energy(math.log(rate_ratio), cold, hot)


@expert(
    source="S. Arrhenius 1889: k₂/k₁ = exp(−Ea/R·(1/T₂ − 1/T₁))",
    methods=("Arrhenius",),
    examples=[
        Example(
            {"activation_energy": 5e4, "temperature_start": 298.15, "temperature_end": 308.15},
            {"rate_quotient": 1.92426},
            1e-5,
        ),
        Example(
            {"activation_energy": 5e4, "temperature_start": 308.15, "temperature_end": 298.15},
            {"rate_quotient": 0.519680},
            1e-5,
        ),
    ],
)
def rate_quotient(
    activation_energy: Annotated[float, r.activation_energy, Range(ge=0)],
    temperature_start: Annotated[float, k.temperature, At("start"), Range(gt=0)],
    temperature_end: Annotated[float, k.temperature, At("end"), Range(gt=0)],
) -> Annotated[float, r.rate_quotient]:
    """Rate constant at the second temperature over the one at the first: smaller than 1 where the second is colder."""
    assume(f"the rate constant at {temperature_end:.2f} K over the one at {temperature_start:.2f} K")
    return math.exp(-activation_energy / _GAS_CONSTANT * (1 / temperature_end - 1 / temperature_start))


@expert(
    source="S. Arrhenius 1889",
    methods=("Arrhenius",),
    examples=[
        Example(
            {"rate_quotient": 2, "temperature_start": 298.15, "temperature_end": 308.15}, {"activation_energy": 52951}
        ),
    ],
)
def activation_energy_from_quotient(
    rate_quotient: Annotated[float, r.rate_quotient, Range(gt=0)],
    temperature_start: Annotated[float, k.temperature, At("start"), Range(gt=0)],
    temperature_end: Annotated[float, k.temperature, At("end"), Range(gt=0)],
) -> Annotated[float, r.activation_energy]:
    """Activation energy from the rate constant at the second temperature over the one at the first.

    Raises:
        OutOfRange: both temperatures are the same.
    """
    return _energy(math.log(rate_quotient), temperature_start, temperature_end)


def _energy(logarithm: float, start: float, end: float) -> float:
    if start == end:
        raise OutOfRange("an activation energy needs two different temperatures")
    return _GAS_CONSTANT * logarithm / (1 / start - 1 / end)


EXPERTS: tuple[Callable[..., Any], ...] = (
    arrhenius_rate,
    arrhenius_constant,
    rate_ratio,
    rate_quotient,
    activation_energy_from_rates,
    activation_energy_from_ratio,
    activation_energy_from_quotient,
)
"""The experts of this module."""
