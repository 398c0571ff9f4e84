"""Heat duties: sensible, latent, inverse, and heat capacities of named substances."""

from __future__ import annotations

import pytest
from card_examples import call, value

from collegia.domains.process_engineering import heat
from collegia.errors import NoData, OutOfRange

WATER = {"substance": "water", "temperature_start": 293.15, "temperature_end": 353.15}


def test_a_duty_is_positive_whichever_way_the_heat_goes() -> None:
    up = value(heat.heat_duty, mass_flow=1.0, heat_capacity=4e3, temperature_start=300.0, temperature_end=310.0)
    down = value(heat.heat_duty, mass_flow=1.0, heat_capacity=4e3, temperature_start=310.0, temperature_end=300.0)
    assert up == down == 4e4


def test_flow_and_duty_are_inverse() -> None:
    span = {"heat_capacity": 2100.0, "temperature_start": 413.15, "temperature_end": 333.15}
    flow = value(heat.mass_flow_for_duty, heat_duty=560e3, **span)
    assert value(heat.heat_duty, mass_flow=flow, **span) == pytest.approx(560e3)


def test_hot_and_cold_outlets_close_the_heat_balance() -> None:
    stream = {"heat_duty": 2e5, "mass_flow": 2.0, "heat_capacity": 4180.0, "temperature_start": 340.0}
    cold, hot = value(heat.cold_outlet_temperature, **stream), value(heat.hot_outlet_temperature, **stream)
    assert cold - 340.0 == pytest.approx(340.0 - hot)
    assert cold > hot


def test_a_stream_that_keeps_its_temperature_carries_no_duty() -> None:
    with pytest.raises(OutOfRange, match="does not change its temperature"):
        call(heat.mass_flow_for_duty, heat_duty=1e5, heat_capacity=4e3, temperature_start=300.0, temperature_end=300.0)


def test_no_stream_is_cooled_below_absolute_zero() -> None:
    with pytest.raises(OutOfRange, match="impossible"):
        call(heat.hot_outlet_temperature, heat_duty=1e7, mass_flow=1.0, heat_capacity=1e3, temperature_start=300.0)


def test_a_negative_flow_is_refused() -> None:
    with pytest.raises(OutOfRange, match="> 0"):
        call(heat.heat_duty_from_difference, mass_flow=-1.0, heat_capacity=4e3, temperature_difference=5.0)


def test_the_mean_heat_capacity_gives_the_enthalpies_of_the_steam_tables() -> None:
    # saturated water: 334.95 kJ/kg at 80 °C, 83.91 kJ/kg at 20 °C
    assert value(heat.mean_heat_capacity, **WATER) * 60 == pytest.approx(251.0e3, rel=1e-3)


def test_a_boiling_point_between_the_temperatures_is_refused_by_name() -> None:
    with pytest.raises(OutOfRange, match=r"boils at 100\.0 °C"):
        call(heat.mean_heat_capacity, **{**WATER, "temperature_end": 403.15})


def test_pressure_keeps_hot_water_liquid() -> None:
    found = value(heat.mean_heat_capacity, **{**WATER, "temperature_end": 403.15}, pressure=6e5)
    assert found == pytest.approx(4200, rel=5e-3)


def test_water_may_be_heated_right_to_its_boiling_point() -> None:
    found = value(heat.mean_heat_capacity, **{**WATER, "temperature_end": 373.15})
    assert found == pytest.approx(4190, rel=3e-3)


def test_steam_may_be_superheated_from_saturation() -> None:
    found = value(heat.mean_heat_capacity, substance="water", temperature_start=373.15, temperature_end=473.15)
    assert found == pytest.approx((2875.5 - 2676.1) * 1e3 / 100, rel=5e-3)  # steam tables at 1 atm


def test_one_temperature_gives_the_heat_capacity_there() -> None:
    found = value(heat.mean_heat_capacity, substance="water", temperature_start=298.15, temperature_end=298.15)
    assert found == pytest.approx(4181.3, rel=1e-3)


def test_a_liquid_without_an_equation_of_state_has_its_heat_capacity_from_correlations() -> None:
    found = call(heat.mean_heat_capacity, substance="ethylene glycol", temperature_start=298.15, temperature_end=318.15)
    assert found.values["heat_capacity"] == pytest.approx(2430, rel=0.03)
    assert any("liquid" in text for text in found.assumptions)


def test_the_correlation_is_not_stretched_past_the_boiling_point() -> None:
    with pytest.raises(OutOfRange, match="outside that range"):
        call(heat.mean_heat_capacity, substance="ethyl acetate", temperature_start=298.15, temperature_end=398.15)


def test_a_mixture_has_no_heat_capacity_of_a_compound() -> None:
    with pytest.raises(NoData):
        call(
            heat.mean_heat_capacity, substance="nothing of this name", temperature_start=298.15, temperature_end=318.15
        )


def test_evaporation_from_cold_costs_more_than_the_latent_heat() -> None:
    cold = value(
        heat.heating_and_evaporating_duty,
        substance="water",
        mass_flow=1.0,
        temperature_start=293.15,
        vaporising="vaporising",
        pressure=101325.0,
    )
    assert cold - 2256.5e3 == pytest.approx(335.1e3, rel=2e-3)  # h'(1 atm) − h(20 °C), steam tables


def test_steam_cannot_be_evaporated_again() -> None:
    with pytest.raises(OutOfRange, match="no liquid"):
        call(
            heat.heating_and_evaporating_duty,
            substance="water",
            mass_flow=1.0,
            temperature_start=473.15,
            vaporising="vaporising",
        )


def test_nothing_boils_above_the_critical_pressure() -> None:
    with pytest.raises(OutOfRange, match="critical pressure"):
        call(
            heat.heating_and_evaporating_duty,
            substance="water",
            mass_flow=1.0,
            temperature_start=293.15,
            vaporising="vaporising",
            pressure=3e7,
        )


def test_steam_flow_says_what_it_assumes() -> None:
    found = call(heat.steam_flow, heat_duty=1e6, latent_heat=2e6, condensing_medium="condensing")
    assert found.values["steam_flow"] == 0.5
    assert "saturation" in found.assumptions[0]
