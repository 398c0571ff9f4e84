"""Pumps and NPSH."""

from __future__ import annotations

import pytest
from card_examples import call, value

from collegia.domains.process_engineering import pumps
from collegia.errors import OutOfRange

SUCTION = {"surface_pressure": 101325.0, "vapour_pressure": 70182.0, "density": 965.3}


def test_head_and_pressure_are_inverse() -> None:
    rise = value(pumps.pressure_from_head, head=35.0, density=850.0)
    assert value(pumps.pump_head_from_pressure, pressure_rise=rise, density=850.0) == pytest.approx(35.0)


def test_shaft_power_is_hydraulic_power_over_efficiency() -> None:
    # 40 m³/h against 35 m, 850 kg/m³, 65 %: by hand 40/3600 · 850 · 9.80665 · 35 / 0.65
    rise = value(pumps.pressure_from_head, head=35.0, density=850.0)
    found = call(pumps.pump_power, volume_flow=40 / 3600, pressure_rise=rise, efficiency=0.65).values
    assert found["shaft_power"] == pytest.approx(4987.1, rel=1e-4)
    assert value(pumps.hydraulic_power, volume_flow=40 / 3600, pressure_rise=rise) == pytest.approx(
        found["hydraulic_power"]
    )
    shaft = found["shaft_power"]
    assert value(pumps.pump_efficiency, volume_flow=40 / 3600, pressure_rise=rise, shaft_power=shaft) == pytest.approx(
        0.65
    )


def test_an_efficiency_above_one_is_refused() -> None:
    with pytest.raises(OutOfRange, match="impossible"):
        call(pumps.pump_efficiency, volume_flow=0.01, pressure_rise=3e5, shaft_power=2000.0)
    with pytest.raises(OutOfRange):
        call(pumps.pump_power, volume_flow=0.01, pressure_rise=3e5, efficiency=70.0)
    with pytest.raises(OutOfRange):
        call(pumps.pump_power, volume_flow=0.01, pressure_rise=-3e5, efficiency=0.7)


def test_a_level_below_the_pump_takes_npsh_away() -> None:
    above = value(pumps.npsh_available, **SUCTION, level=2.0, suction_friction=0.5)
    below = value(pumps.npsh_available_lift, **SUCTION, lift=2.0, suction_friction=0.5)
    assert above - below == pytest.approx(4.0)


def test_npsh_against_what_the_pump_requires_is_judged() -> None:
    short = call(pumps.npsh_available, **SUCTION, level=2.5, suction_friction=0.6, npsh_required=6.0)
    assert "less than the pump requires" in short.cautions[0]
    tight = call(pumps.npsh_available, **SUCTION, level=2.5, suction_friction=0.6, npsh_required=5.0)
    assert "risk of cavitation" in tight.cautions[0]
    ample = call(pumps.npsh_available, **SUCTION, level=2.5, suction_friction=0.6, npsh_required=3.5)
    assert "risk of cavitation is low" in ample.cautions[0]
    assert not call(pumps.npsh_available, **SUCTION, level=2.5).cautions


def test_a_negative_npsh_is_warned_of() -> None:
    outcome = call(pumps.npsh_available_lift, **SUCTION, lift=5.0)
    assert outcome.values["npsh_available"] < 0
    assert "negative" in outcome.cautions[0]


def test_a_liquid_that_would_boil_in_its_vessel_is_refused() -> None:
    with pytest.raises(OutOfRange, match="would boil"):
        call(pumps.npsh_available, surface_pressure=101325.0, vapour_pressure=2e5, density=940.0, level=3.0)


def test_a_boiling_liquid_under_its_own_vapour_has_its_level_alone() -> None:
    found = value(pumps.npsh_available, surface_pressure=8e5, vapour_pressure=8e5, density=500.0, level=3.0)
    assert found == pytest.approx(3.0)


def test_npsh_of_a_gas_is_refused() -> None:
    with pytest.raises(OutOfRange, match="for liquids"):
        call(pumps.npsh_available, surface_pressure=1e5, vapour_pressure=0.0, density=0.6, level=3.0)
