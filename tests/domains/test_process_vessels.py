"""Tanks and stirred vessels."""

from __future__ import annotations

import math

import pytest
from card_examples import call, value

from collegia.domains.process_engineering import vessels
from collegia.errors import OutOfRange


def test_a_horizontal_tank_is_empty_half_full_and_full() -> None:
    tank = {"diameter": 2.0, "length": 5.0}
    full = math.pi * 5.0
    for height, share in ((0.0, 0.0), (1.0, 0.5), (2.0, 1.0)):
        found = call(vessels.horizontal_tank_volume, **tank, height=height).values
        assert found["liquid_volume"] == pytest.approx(share * full, abs=1e-9)
        assert found["fill_fraction"] == pytest.approx(share, abs=1e-9)
        assert found["tank_capacity"] == pytest.approx(full)


def test_the_two_parts_of_a_horizontal_tank_make_the_whole() -> None:
    tank = {"diameter": 2.4, "length": 6.0}
    low, high = (value(vessels.horizontal_tank_volume, **tank, height=h) for h in (0.7, 1.7))
    assert low + high == pytest.approx(math.pi * 1.2**2 * 6.0)


def test_a_level_above_the_top_is_refused() -> None:
    with pytest.raises(OutOfRange, match="above the top"):
        call(vessels.horizontal_tank_volume, diameter=2.0, length=5.0, height=2.5)


def test_a_vertical_tank_is_not_taken_for_a_horizontal_one() -> None:
    with pytest.raises(OutOfRange, match="vertical"):
        call(vessels.horizontal_tank_volume, diameter=2.0, length=5.0, height=1.0, vertical="vertical")


def test_the_foot_of_ten_metres_of_water_stands_under_two_atmospheres() -> None:
    head = value(vessels.hydrostatic_pressure, density=1000.0, height=10.0)
    foot = value(vessels.bottom_pressure, density=1000.0, height=10.0)
    assert foot - head == pytest.approx(101325.0)
    assert value(vessels.liquid_height_from_pressure, hydrostatic_pressure=head, density=1000.0) == pytest.approx(10.0)


def test_impeller_power_goes_with_the_cube_of_speed() -> None:
    stirred = {"power_number": 5.0, "density": 1000.0, "diameter": 0.4}
    slow, fast = (value(vessels.stirred_tank_power, **stirred, speed=n) for n in (1.0, 2.0))
    assert fast == pytest.approx(8 * slow)
    with pytest.raises(OutOfRange):
        call(vessels.stirred_tank_power, **stirred, speed=0.0)
