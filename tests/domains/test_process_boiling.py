"""The boiling line, against steam tables and handbook values."""

from __future__ import annotations

import pytest
from card_examples import call, value

from collegia.domains.process_engineering.boiling import (
    saturated_enthalpies,
    saturation_at_temperature,
    saturation_properties,
    vapour_pressure,
)
from collegia.errors import NoData, OutOfRange


@pytest.mark.parametrize(
    ("bar", "celsius", "latent"), [(1.01325, 99.97, 2256.5), (3, 133.52, 2163.5), (10, 179.88, 2014.6)]
)
def test_water_boils_as_in_steam_tables(bar: float, celsius: float, latent: float) -> None:
    found = call(saturation_properties, substance="water", pressure=bar * 1e5).values
    assert found["saturation_temperature"] - 273.15 == pytest.approx(celsius, abs=0.02)
    assert found["latent_heat"] / 1e3 == pytest.approx(latent, rel=1e-3)


def test_pressure_and_temperature_of_boiling_are_inverse() -> None:
    boiling_at = value(saturation_properties, substance="ammonia", pressure=1e6)
    assert value(vapour_pressure, substance="ammonia", temperature=boiling_at) == pytest.approx(1e6, rel=2e-3)


def test_latent_heat_is_the_same_by_pressure_and_by_temperature() -> None:
    by_pressure = call(saturation_properties, substance="propane", pressure=1e6).values
    at = by_pressure["saturation_temperature"]
    by_temperature = call(saturation_at_temperature, substance="propane", temperature=at).values
    for name in ("latent_heat", "saturated_liquid_density", "saturated_vapour_density"):
        assert by_temperature[name] == pytest.approx(by_pressure[name], rel=1e-6)


def test_latent_heat_is_the_difference_of_the_enthalpies() -> None:
    liquid, vapour = call(saturated_enthalpies, substance="water", pressure=5e5).values.values()
    assert vapour - liquid == pytest.approx(
        call(saturation_properties, substance="water", pressure=5e5).values["latent_heat"]
    )


def test_nothing_boils_above_its_critical_point() -> None:
    with pytest.raises(OutOfRange, match="critical pressure"):
        call(saturation_properties, substance="water", pressure=23e6)
    with pytest.raises(OutOfRange, match="critical temperature"):
        call(saturation_at_temperature, substance="water", temperature=650.0)
    with pytest.raises(OutOfRange, match="critical temperature"):
        call(vapour_pressure, substance="toluene", temperature=700.0)


def test_boiling_below_the_triple_point_is_refused() -> None:
    with pytest.raises(OutOfRange, match="frozen"):
        call(saturation_properties, substance="water", pressure=300.0)


def test_a_compound_without_an_equation_of_state_boils_by_correlation() -> None:
    found = call(saturation_properties, substance="isopropanol", pressure=101325.0)
    assert found.values["saturation_temperature"] - 273.15 == pytest.approx(82.3, abs=0.3)  # CRC Handbook
    assert found.values["latent_heat"] == pytest.approx(39.85e3 / 0.060095, rel=0.02)
    assert found.values["saturated_vapour_density"] is None
    assert "correlations" in found.assumptions[0]
    at = call(saturation_at_temperature, substance="isopropanol", temperature=355.0).values
    assert at["latent_heat"] == pytest.approx(found.values["latent_heat"], rel=2e-3)
    with pytest.raises(OutOfRange, match="critical pressure"):
        call(saturation_properties, substance="isopropanol", pressure=1e7)


def test_the_vapour_pressure_of_air_is_its_bubble_pressure() -> None:
    assert value(vapour_pressure, substance="air", temperature=100.0) == pytest.approx(6.63e5, rel=1e-2)


def test_a_temperature_below_the_tables_is_refused() -> None:
    with pytest.raises(OutOfRange, match="no vapour pressure"):
        call(vapour_pressure, substance="acetone", temperature=100.0)


def test_an_unknown_substance_has_no_boiling_line() -> None:
    with pytest.raises(NoData):
        call(saturation_properties, substance="unobtainium", pressure=1e5)
