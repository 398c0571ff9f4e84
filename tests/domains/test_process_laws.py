"""Affinity laws, pressure surges, thermal runaway and amounts: the short laws of the plant."""

from __future__ import annotations

import pytest
from card_examples import call, value

from collegia.domains.process_engineering import affinity, runaway
from collegia.errors import OutOfRange


def test_power_is_flow_times_head_at_every_speed() -> None:
    speeds = {"speed_start": 1450 / 60, "speed_end": 1750 / 60}
    flow = value(affinity.flow_at_speed, **speeds, flow_start=1.0)
    head = value(affinity.head_at_speed, **speeds, head_start=1.0)
    assert value(affinity.power_at_speed, **speeds, power_start=1.0) == pytest.approx(flow * head)


def test_a_reaction_that_takes_up_heat_has_no_adiabatic_rise() -> None:
    with pytest.raises(OutOfRange, match="takes up heat"):
        call(
            runaway.adiabatic_temperature_rise, concentration=1e3, reaction_enthalpy=1e4, density=1e3, heat_capacity=2e3
        )


def test_what_has_reacted_already_warms_no_more() -> None:
    all_left = value(runaway.mtsr, temperature=338.15, adiabatic_temperature_rise=100.0)
    half_left = value(runaway.mtsr, temperature=338.15, adiabatic_temperature_rise=100.0, conversion=0.5)
    assert (all_left, half_left) == (pytest.approx(438.15), pytest.approx(388.15))
