"""Flows and Reynolds numbers: inverses agree with each other."""

from __future__ import annotations

import pytest
from card_examples import call, value

from collegia.domains.process_engineering import flows
from collegia.errors import OutOfRange, Unclear


def test_velocity_bore_and_flow_are_inverse() -> None:
    velocity = value(flows.flow_velocity, volume_flow=0.03, diameter=0.15)
    assert value(flows.bore_from_velocity, volume_flow=0.03, velocity=velocity) == pytest.approx(0.15)
    assert value(flows.volume_flow_from_velocity, velocity=velocity, diameter=0.15) == pytest.approx(0.03)


def test_mass_volume_and_moles_go_round() -> None:
    mass_flow = value(flows.mass_flow_from_molar, molar_flow=10.0, molar_mass=0.046)
    volume_flow = value(flows.volume_flow_from_mass, mass_flow=mass_flow, density=789.0)
    back = value(flows.mass_flow_from_volume, volume_flow=volume_flow, density=789.0)
    assert value(flows.molar_flow_from_mass, mass_flow=back, molar_mass=0.046) == pytest.approx(10.0)


def test_both_reynolds_numbers_are_the_same() -> None:
    nu = value(flows.kinematic_viscosity_of, viscosity=2e-3, density=900.0)
    assert value(flows.reynolds_number_kinematic, velocity=1.5, diameter=0.05, kinematic_viscosity=nu) == pytest.approx(
        value(flows.reynolds_number, density=900.0, velocity=1.5, diameter=0.05, viscosity=2e-3)
    )
    assert value(flows.dynamic_viscosity, kinematic_viscosity=nu, density=900.0) == pytest.approx(2e-3)


def test_the_specific_gravity_of_a_gas_is_asked_back() -> None:
    with pytest.raises(Unclear, match="air"):
        call(flows.density_from_specific_gravity, specific_gravity=0.6, phase="gas")
    assert call(flows.density_from_specific_gravity, specific_gravity=0.2).cautions
    assert "water" in call(flows.density_from_specific_gravity, specific_gravity=0.85).assumptions[0]


@pytest.mark.parametrize("changes", [{"diameter": 0.0}, {"volume_flow": -1.0}])
def test_no_flow_or_bore_below_zero(changes: dict[str, float]) -> None:
    with pytest.raises(OutOfRange):
        call(flows.flow_velocity, **{"volume_flow": 0.02, "diameter": 0.1, **changes})
