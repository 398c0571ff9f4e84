"""Heat duties: sensible and latent, forward and backward, over one stream."""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated, Any

from collegia.domains.process_engineering.kinds import heat as h
from collegia.domains.process_engineering.kinds import properties as p
from collegia.domains.process_engineering.stream_data import enthalpy, liquid_heat_capacity, same_phase
from collegia.errors import NoData, OutOfRange
from collegia.tools import STATED, At, Example, Of, Range, assume, expert
from collegia.tools import common as k
from collegia.tools.units import ATMOSPHERE

__all__ = ["EXPERTS"]

_BALANCE = "first law: Q = m·cp·ΔT"


@expert(
    source=_BALANCE,
    examples=[
        Example(
            {"mass_flow": 2, "heat_capacity": 4180, "temperature_start": 293.15, "temperature_end": 313.15},
            {"heat_duty": 1.672e5},
        ),
        Example(
            {"mass_flow": 12000 / 3600, "heat_capacity": 2100, "temperature_start": 413.15, "temperature_end": 333.15},
            {"heat_duty": 560e3},
        ),
    ],
)
def heat_duty(
    mass_flow: Annotated[float, k.mass_flow, Range(gt=0)],
    heat_capacity: Annotated[float, p.heat_capacity, Range(gt=0)],
    temperature_start: Annotated[float, k.temperature, At("start"), Range(gt=0)],
    temperature_end: Annotated[float, k.temperature, At("end"), Range(gt=0)],
) -> Annotated[float, p.heat_duty]:
    """Heat taken up or given off by a stream between two temperatures, as a positive number."""
    return mass_flow * heat_capacity * abs(temperature_end - temperature_start)


@expert(
    source=_BALANCE,
    examples=[Example({"mass_flow": 2, "heat_capacity": 4180, "temperature_difference": 20}, {"heat_duty": 1.672e5})],
)
def heat_duty_from_difference(
    mass_flow: Annotated[float, k.mass_flow, Range(gt=0)],
    heat_capacity: Annotated[float, p.heat_capacity, Range(gt=0)],
    temperature_difference: Annotated[float, k.temperature_difference],
) -> Annotated[float, p.heat_duty]:
    """Heat taken up or given off by a stream over a stated temperature rise or drop, as a positive number."""
    return mass_flow * heat_capacity * abs(temperature_difference)


@expert(
    source=_BALANCE,
    examples=[
        Example(
            {"heat_duty": 1.672e5, "heat_capacity": 4180, "temperature_start": 293.15, "temperature_end": 313.15},
            {"mass_flow": 2},
        )
    ],
)
def mass_flow_for_duty(
    heat_duty: Annotated[float, p.heat_duty, Range(gt=0)],
    heat_capacity: Annotated[float, p.heat_capacity, Range(gt=0)],
    temperature_start: Annotated[float, k.temperature, At("start"), Range(gt=0)],
    temperature_end: Annotated[float, k.temperature, At("end"), Range(gt=0)],
) -> Annotated[float, k.mass_flow]:
    """Mass flow of a stream that carries a heat duty between two temperatures.

    Raises:
        OutOfRange: both temperatures are the same.
    """
    return _flow(heat_duty, heat_capacity, temperature_end - temperature_start)


@expert(
    source=_BALANCE,
    examples=[Example({"heat_duty": 1.672e5, "heat_capacity": 4180, "temperature_difference": 20}, {"mass_flow": 2})],
)
def mass_flow_from_difference(
    heat_duty: Annotated[float, p.heat_duty, Range(gt=0)],
    heat_capacity: Annotated[float, p.heat_capacity, Range(gt=0)],
    temperature_difference: Annotated[float, k.temperature_difference],
) -> Annotated[float, k.mass_flow]:
    """Mass flow of a stream that carries a heat duty with a stated temperature rise or drop.

    Raises:
        OutOfRange: the temperature difference is zero.
    """
    return _flow(heat_duty, heat_capacity, temperature_difference)


def _flow(duty: float, heat_capacity: float, difference: float) -> float:
    if difference == 0:
        raise OutOfRange("the stream does not change its temperature, so it carries no sensible heat")
    return duty / (heat_capacity * abs(difference))


@expert(
    source=_BALANCE,
    examples=[Example({"heat_duty": 1.672e5, "mass_flow": 2, "heat_capacity": 4180}, {"temperature_difference": 20})],
)
def temperature_change_for_duty(
    heat_duty: Annotated[float, p.heat_duty, Range(ge=0)],
    mass_flow: Annotated[float, k.mass_flow, Range(gt=0)],
    heat_capacity: Annotated[float, p.heat_capacity, Range(gt=0)],
) -> Annotated[float, k.temperature_difference]:
    """Temperature rise or drop of a stream that takes up or gives off a heat duty, as a positive number."""
    return heat_duty / (mass_flow * heat_capacity)


@expert(
    source=_BALANCE,
    examples=[
        Example(
            {"heat_duty": 244444.44, "mass_flow": 15000 / 3600, "heat_capacity": 4180, "temperature_start": 298.15},
            {"temperature": 312.1851},
            tolerance=1e-5,
        )
    ],
)
def cold_outlet_temperature(
    heat_duty: Annotated[float, p.heat_duty, Range(ge=0)],
    mass_flow: Annotated[float, k.mass_flow, Of("cold"), Range(gt=0)],
    heat_capacity: Annotated[float, p.heat_capacity, Of("cold"), Range(gt=0)],
    temperature_start: Annotated[float, k.temperature, At("start"), Of("cold"), Range(gt=0)],
) -> Annotated[float, k.temperature, At("end"), Of("cold")]:
    """Temperature at which the stream that is heated leaves, from the heat duty."""
    return temperature_start + heat_duty / (mass_flow * heat_capacity)


@expert(
    source=_BALANCE,
    examples=[
        Example(
            {"heat_duty": 1.672e5, "mass_flow": 2, "heat_capacity": 4180, "temperature_start": 353.15},
            {"temperature": 333.15},
        )
    ],
)
def hot_outlet_temperature(
    heat_duty: Annotated[float, p.heat_duty, Range(ge=0)],
    mass_flow: Annotated[float, k.mass_flow, Of("hot"), Range(gt=0)],
    heat_capacity: Annotated[float, p.heat_capacity, Of("hot"), Range(gt=0)],
    temperature_start: Annotated[float, k.temperature, At("start"), Of("hot"), Range(gt=0)],
) -> Annotated[float, k.temperature, At("end"), Of("hot")]:
    """Temperature at which the stream that is cooled leaves, from the heat duty.

    Raises:
        OutOfRange: the stream cannot give off that much heat above absolute zero.
    """
    left = temperature_start - heat_duty / (mass_flow * heat_capacity)
    if left <= 0:
        raise OutOfRange("impossible: this heat duty would cool the hot stream below absolute zero")
    return left


@expert(
    source="Q = m·λ",
    examples=[
        Example({"mass_flow": 1.0, "latent_heat": 2.108e6, "phase_change": "condensing"}, {"heat_duty": 2.108e6})
    ],
)
def latent_duty(
    mass_flow: Annotated[float, k.mass_flow, Range(gt=0)],
    latent_heat: Annotated[float, p.latent_heat, Range(gt=0)],
    phase_change: Annotated[str, h.phase_change],
) -> Annotated[float, p.heat_duty]:
    """Heat duty of condensing or evaporating a stream at its boiling point, without superheat or subcooling."""
    assume(f"{phase_change} at the boiling point only: no heating or cooling before or after it")
    return mass_flow * latent_heat


@expert(
    source="energy balance with CoolProp's reference equations of state: Q = m·(h''(P) − h(T, P))",
    examples=[
        Example(
            {
                "substance": "water",
                "mass_flow": 1.0,
                "temperature_start": 293.15,
                "pressure": 1e5,
                "vaporising": "vaporising",
            },
            {"heat_duty": 2.6749e6 - 84.01e3},
            source="IAPWS-95 steam tables, 1 bar: h'' = 2674.9 kJ/kg, h(20 °C) = 84.0 kJ/kg",
        )
    ],
    requires=("CoolProp",),
    extra="process",
    cost=3.0,
    seconds=3.0,
)
def heating_and_evaporating_duty(
    substance: Annotated[str, p.substance],
    mass_flow: Annotated[float, k.mass_flow, Range(gt=0)],
    temperature_start: Annotated[float, k.temperature, At("start"), Range(gt=0)],
    vaporising: Annotated[str, h.vaporising],
    pressure: Annotated[float, k.pressure, STATED, Range(gt=0)] = ATMOSPHERE,
) -> Annotated[float, p.heat_duty]:
    """Heat duty of heating a liquid to its boiling point and evaporating all of it to saturated vapour.

    Raises:
        OutOfRange: the stream is no liquid at the start, or the pressure is above the critical one.
        NoData: CoolProp has no equation of state for the substance.
    """
    from collegia.domains.process_engineering.stream_data import saturated_vapour_enthalpy

    if vaporising != "vaporising":
        raise OutOfRange("only evaporation is meant here")
    difference = saturated_vapour_enthalpy(substance, pressure) - enthalpy(substance, temperature_start, pressure)
    if difference <= 0:
        raise OutOfRange(f"{substance} at {temperature_start:.2f} K is no liquid at {pressure / 1e5:.3f} bar")
    assume("all of the liquid leaves as saturated vapour")
    return mass_flow * difference


@expert(
    source="Q = m·λ",
    examples=[
        Example(
            {"heat_duty": 697.1e3, "latent_heat": 2163.5e3, "condensing_medium": "condensing"}, {"steam_flow": 0.32221}
        ),
    ],
)
def steam_flow(
    heat_duty: Annotated[float, p.heat_duty, Range(gt=0)],
    latent_heat: Annotated[float, p.latent_heat, Of("hot"), Range(gt=0)],
    condensing_medium: Annotated[str, h.condensing_medium],
) -> Annotated[float, h.steam_flow, Of("hot")]:
    """Flow of saturated steam (or another vapour) that gives off a heat duty by condensing, leaving at saturation."""
    assume("the steam enters dry and saturated, and the condensate leaves at the saturation temperature")
    return heat_duty / latent_heat


@expert(source="a steam flow is a mass flow", examples=[Example({"steam_flow": 0.5}, {"mass_flow": 0.5})], cost=3.0)
def mass_flow_of_steam(steam_flow: Annotated[float, h.steam_flow]) -> Annotated[float, k.mass_flow]:
    """The steam flow as a mass flow, for what is reckoned by mass (its cost per hour)."""
    return steam_flow


@expert(
    source="Q = m·λ",
    examples=[
        Example({"heat_duty": 1e6, "latent_heat": 2e6, "condensing_medium": "condensing"}, {"condensate_flow": 0.5}),
        Example(
            {"heat_duty": 7491.14, "latent_heat": 2014.6e3, "condensing_medium": "condensing"},
            {"condensate_flow": 13.3864 / 3600},
        ),
    ],
)
def condensate_flow(
    heat_duty: Annotated[float, p.heat_duty, Range(ge=0)],
    latent_heat: Annotated[float, p.latent_heat, Range(gt=0)],
    condensing_medium: Annotated[str, h.condensing_medium],
) -> Annotated[float, h.condensate_flow]:
    """Condensate that a heat duty (or a heat loss) forms from saturated vapour."""
    return heat_duty / latent_heat


@expert(
    source="Q = m·λ",
    examples=[
        Example(
            {"heat_duty": 1e6, "latent_heat": 2.257e6, "evaporating_medium": "evaporating"},
            {"evaporation_flow": 0.44307},
        )
    ],
)
def evaporation_flow(
    heat_duty: Annotated[float, p.heat_duty, Range(ge=0)],
    latent_heat: Annotated[float, p.latent_heat, Range(gt=0)],
    evaporating_medium: Annotated[str, h.evaporating_medium],
) -> Annotated[float, h.evaporation_flow]:
    """Vapour that a heat duty raises from a liquid at its boiling point."""
    assume("the liquid is at its boiling point before the heat reaches it")
    return heat_duty / latent_heat


@expert(
    source="CoolProp's reference equations of state; liquids beyond them: thermo's liquid heat capacities",
    examples=[
        Example(
            {"substance": "water", "temperature_start": 293.15, "temperature_end": 353.15},
            {"heat_capacity": 4184.5},
            source="steam tables: (335.0 − 84.0) kJ/kg over 60 K",
        )
    ],
    requires=("CoolProp",),
    extra="process",
    cost=1.5,
    seconds=3.0,
)
def mean_heat_capacity(
    substance: Annotated[str, p.substance],
    temperature_start: Annotated[float, k.temperature, At("start"), Range(gt=0)],
    temperature_end: Annotated[float, k.temperature, At("end"), Range(gt=0)],
    pressure: Annotated[float, k.pressure, STATED, Range(gt=0)] = ATMOSPHERE,
) -> Annotated[float, p.heat_capacity]:
    """Mean heat capacity of a substance between two temperatures, from its enthalpies.

    Raises:
        OutOfRange: the substance boils or condenses between them, or a state lies outside the equation of state.
        NoData: neither library knows the substance.
    """
    low, high = sorted((temperature_start, temperature_end))
    if high - low < 2:
        low, high = low - 1, high + 1
    try:
        low, high = same_phase(substance, low, high, pressure)
        rise = enthalpy(substance, high, pressure) - enthalpy(substance, low, pressure)
    except NoData:
        return liquid_heat_capacity(substance, low, high)
    return rise / (high - low)


EXPERTS: tuple[Callable[..., Any], ...] = (
    heat_duty,
    heat_duty_from_difference,
    mass_flow_for_duty,
    mass_flow_from_difference,
    temperature_change_for_duty,
    cold_outlet_temperature,
    hot_outlet_temperature,
    latent_duty,
    heating_and_evaporating_duty,
    steam_flow,
    mass_flow_of_steam,
    condensate_flow,
    evaporation_flow,
    mean_heat_capacity,
)
"""The experts of this module."""
