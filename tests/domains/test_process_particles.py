"""Settling and packed beds."""

from __future__ import annotations

import pytest
from card_examples import call, value

from collegia.domains.process_engineering import particles
from collegia.errors import OutOfRange

SAND = {"particle_diameter": 2e-4, "particle_density": 2650.0, "density": 998.0, "viscosity": 1e-3}
BED = {
    "particle_diameter": 2e-3, "voidage": 0.4, "superficial_velocity": 0.3, "density": 1.2, "viscosity": 1.8e-5,
    "bed_height": 1.0,
}  # fmt: skip


def test_small_particles_follow_stokes_both_ways() -> None:
    small = {**SAND, "particle_diameter": 1e-5}
    assert value(particles.terminal_velocity, **small) == pytest.approx(
        value(particles.stokes_velocity, **small), rel=1e-3
    )


def test_a_large_particle_settles_by_newtons_law() -> None:
    found = call(particles.terminal_velocity, **{**SAND, "particle_diameter": 0.02}).values
    newton = (4 * 9.80665 * 0.02 * (2650 - 998) / (3 * 998 * 0.44)) ** 0.5
    assert found["terminal_velocity"] == pytest.approx(newton, rel=0.06)
    assert found["particle_reynolds"] == pytest.approx(998 * found["terminal_velocity"] * 0.02 / 1e-3)


def test_a_particle_that_floats_is_refused() -> None:
    light = {**SAND, "particle_density": 900.0}
    for expert in (particles.terminal_velocity, particles.stokes_velocity, particles.minimum_fluidisation):
        with pytest.raises(OutOfRange, match="does not settle"):
            call(expert, **light)


def test_stokes_law_is_refused_where_it_fails_and_warned_of_before() -> None:
    with pytest.raises(OutOfRange, match="Reynolds number of 1"):
        call(particles.stokes_velocity, **SAND)
    assert call(particles.stokes_velocity, **{**SAND, "particle_diameter": 8e-5}).cautions


def test_a_particle_beyond_the_drag_correlation_is_refused() -> None:
    with pytest.raises(OutOfRange, match="1e6"):
        call(particles.terminal_velocity, **{**SAND, "particle_diameter": 1.0, "viscosity": 1e-4})


def test_ergun_is_the_sum_of_its_two_terms() -> None:
    by_hand = 150 * 1.8e-5 * 0.6**2 * 0.3 / (0.4**3 * 2e-3**2) + 1.75 * 0.6 * 1.2 * 0.3**2 / (0.4**3 * 2e-3)
    assert value(particles.packed_bed_pressure_drop, **BED) == pytest.approx(by_hand)


@pytest.mark.parametrize("voidage", [0.1, 0.95, 40.0])
def test_a_voidage_outside_the_range_is_refused(voidage: float) -> None:
    with pytest.raises(OutOfRange, match="voidage"):
        call(particles.packed_bed_pressure_drop, **{**BED, "voidage": voidage})


def test_angular_particles_drop_more_pressure_and_an_expanding_gas_is_warned_of() -> None:
    assert value(particles.packed_bed_pressure_drop, **BED, sphericity=0.8) > value(
        particles.packed_bed_pressure_drop, **BED
    )
    assert call(particles.packed_bed_pressure_drop, **{**BED, "bed_height": 20.0}, pressure=1.2e5).cautions
