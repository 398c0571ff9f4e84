"""Control valves, relief valves and orifice meters."""

from __future__ import annotations

import math

import pytest
from card_examples import call, value

from collegia.domains.process_engineering import meters, relief, valves
from collegia.errors import OutOfRange, Unclear

WATER = {
    "volume_flow": 20 / 3600, "inlet_pressure": 5e5, "outlet_pressure": 4e5, "density": 998.0,
    "vapour_pressure": 2340.0,
    "critical_pressure": 220.6e5,
}  # fmt: skip
PLATE = {"pipe_diameter": 0.1, "orifice_diameter": 0.05, "density": 998.0, "viscosity": 1e-3, "differential": 25e3}
VAPOUR = {
    "mass_flow": 5.0, "temperature": 350.0, "relieving_pressure": 10e5, "molar_mass": 0.044,
    "heat_capacity_ratio": 1.13,
}  # fmt: skip


def test_kv_is_the_flow_of_water_at_one_bar() -> None:
    assert value(valves.control_valve_kv, **WATER) == pytest.approx(20 * math.sqrt(0.998), rel=1e-3)


@pytest.mark.parametrize("outlet", [5e5, 6e5])
def test_a_valve_that_raises_the_pressure_is_refused(outlet: float) -> None:
    with pytest.raises(OutOfRange, match="lowers the pressure"):
        call(valves.control_valve_kv, **{**WATER, "outlet_pressure": outlet})


def test_a_liquid_that_boils_before_the_valve_is_refused() -> None:
    with pytest.raises(OutOfRange, match="boils before the valve"):
        call(valves.control_valve_kv, **{**WATER, "vapour_pressure": 6e5})


def test_a_gas_is_not_sized_as_a_liquid() -> None:
    with pytest.raises(OutOfRange, match="for liquids"):
        call(valves.control_valve_kv, **{**WATER, "density": 5.0})


def test_flashing_and_choking_are_said_and_choking_needs_a_larger_valve() -> None:
    hot = {**WATER, "vapour_pressure": 3e5, "outlet_pressure": 2e5}
    outcome = call(valves.control_valve_kv, **hot)
    assert any("flashes" in text for text in outcome.cautions)
    assert any("choked" in text for text in outcome.cautions)
    plain = value(valves.valve_kv_from_drop, volume_flow=20 / 3600, pressure_drop=3e5, density=998.0)
    assert outcome.values["kv"] > plain
    assert not call(valves.control_valve_kv, **WATER).cautions


def test_a_valve_without_a_vapour_pressure_says_what_was_not_checked() -> None:
    outcome = call(valves.control_valve_kv, **{**WATER, "vapour_pressure": None})
    assert outcome.values["kv"] == pytest.approx(19.989, rel=1e-3)
    assert "not checked" in outcome.cautions[0]


def test_kv_flow_and_drop_are_inverse() -> None:
    kv = value(valves.valve_kv_from_drop, volume_flow=0.01, pressure_drop=0.8e5, density=870.0)
    assert value(valves.valve_flow_from_kv, kv=kv, pressure_drop=0.8e5, density=870.0) == pytest.approx(0.01)
    assert value(valves.valve_drop_from_kv, kv=kv, volume_flow=0.01, density=870.0) == pytest.approx(0.8e5)


def test_an_orifice_flow_is_that_of_its_coefficient() -> None:
    for taps in ("corner", "flange", "D and D/2"):
        found = call(meters.orifice_flow, **PLATE, taps=taps).values
        plain = math.pi / 4 * 0.05**2 * math.sqrt(2 * 998.0 * 25e3 / (1 - 0.5**4))
        assert found["mass_flow"] == pytest.approx(found["discharge_coefficient"] * plain, rel=1e-6)
        assert found["discharge_coefficient"] == pytest.approx(0.605, abs=0.003)  # ISO 5167-2, table A
        assert 0.4 * 25e3 < found["permanent_loss"] < 0.9 * 25e3


@pytest.mark.parametrize("orifice", [0.09, 0.005])
def test_a_diameter_ratio_outside_the_standard_is_refused(orifice: float) -> None:
    with pytest.raises(OutOfRange, match="beta"):
        call(meters.orifice_flow, **{**PLATE, "orifice_diameter": orifice})


def test_a_meter_outside_the_sizes_of_the_standard_is_warned_of() -> None:
    assert call(meters.orifice_flow, **{**PLATE, "pipe_diameter": 0.04, "orifice_diameter": 0.02}).cautions


def test_a_gas_through_an_orifice_needs_its_pressure_and_exponent() -> None:
    air = {**PLATE, "density": 6.0, "viscosity": 1.8e-5}
    with pytest.raises(Unclear, match="isentropic exponent"):
        call(meters.orifice_flow, **air)
    expanding = value(meters.orifice_flow, **air, pressure=5e5, heat_capacity_ratio=1.4)
    assert expanding == pytest.approx(
        0.98 * value(meters.orifice_flow, **{**air, "density": 60.0}) / math.sqrt(10), rel=0.02
    )
    with pytest.raises(OutOfRange, match="quarter"):
        call(meters.orifice_flow, **air, pressure=0.6e5, heat_capacity_ratio=1.4)


def test_orifice_flow_bore_and_differential_are_inverse() -> None:
    liquid = {"density": 998.0, "viscosity": 1e-3, "taps": "flange"}
    flow = value(meters.orifice_flow, pipe_diameter=0.15, orifice_diameter=0.09, differential=3e4, **liquid)
    assert value(meters.orifice_bore, pipe_diameter=0.15, mass_flow=flow, differential=3e4, **liquid) == pytest.approx(
        0.09, rel=1e-5
    )
    back = value(meters.orifice_differential, pipe_diameter=0.15, orifice_diameter=0.09, mass_flow=flow, **liquid)
    assert back == pytest.approx(3e4, rel=1e-4)
    with pytest.raises(OutOfRange):
        call(meters.orifice_bore, pipe_diameter=0.15, mass_flow=500.0, differential=3e4, **liquid)


def test_relief_area_in_critical_flow_does_not_feel_the_back_pressure() -> None:
    free = call(relief.relief_valve_area, **VAPOUR)
    held = call(relief.relief_valve_area, **VAPOUR, back_pressure=3e5)
    assert free.values == held.values
    assert "critical" in free.assumptions[0]


def test_subcritical_relief_is_warned_of_and_needs_more_area() -> None:
    outcome = call(relief.relief_valve_area, **VAPOUR, back_pressure=8e5)
    assert "subcritical" in outcome.cautions[0]
    assert outcome.values["relief_area"] > value(relief.relief_valve_area, **VAPOUR)


def test_relief_against_a_higher_back_pressure_is_refused() -> None:
    with pytest.raises(OutOfRange, match="above the back pressure"):
        call(relief.relief_valve_area, **VAPOUR, back_pressure=12e5)
    with pytest.raises(OutOfRange, match="above the back pressure"):
        call(relief.relief_area_liquid, volume_flow=0.01, density=900.0, relieving_pressure=0.9e5)


def test_liquid_water_is_not_relieved_as_steam() -> None:
    with pytest.raises(OutOfRange, match="not steam"):
        call(relief.relief_area_steam, steam="steam", mass_flow=3.0, relieving_pressure=11e5, temperature=400.0)
    saturated = call(relief.relief_area_steam, steam="steam", mass_flow=3.0, relieving_pressure=11e5)
    assert "saturated" in saturated.assumptions[0]
    superheated = value(
        relief.relief_area_steam, steam="steam", mass_flow=3.0, relieving_pressure=11e5, temperature=700.0
    )
    assert superheated > saturated.values["relief_area"]


def test_a_relieving_pressure_counts_the_overpressure_on_the_gauge() -> None:
    assert value(relief.relieving_pressure_of, set_pressure=1101325.0, overpressure=0.21) == pytest.approx(1311325.0)


def test_an_area_beyond_the_largest_orifice_is_refused() -> None:
    assert value(relief.standard_orifice, area=70e-6) == "D"
    with pytest.raises(OutOfRange, match="largest"):
        call(relief.standard_orifice, area=0.02)
