"""Fluid properties: steam-table values, phases, and the states that are refused."""

from __future__ import annotations

from typing import Any

import pytest
from card_examples import call

from collegia.domains.process_engineering.fluids import enthalpy_and_entropy, fluid_properties
from collegia.errors import NoData, OutOfRange, Unclear


def properties(substance: str, celsius: float, bar: float = 1.01325, phase: str | None = None) -> dict[str, Any]:
    return call(
        fluid_properties, substance=substance, temperature=celsius + 273.15, pressure=bar * 1e5, expect_phase=phase
    ).values


@pytest.mark.parametrize(
    ("celsius", "density", "viscosity"), [(20, 998.2, 1.0016e-3), (40, 992.2, 0.6527e-3), (80, 971.8, 0.3544e-3)]
)
def test_water_agrees_with_steam_tables(celsius: float, density: float, viscosity: float) -> None:
    found = properties("water", celsius)
    assert found["density"] == pytest.approx(density, rel=2e-4)
    assert found["viscosity"] == pytest.approx(viscosity, rel=2e-3)
    assert found["phase"] == "liquid"


def test_air_behaves_as_air() -> None:
    found = properties("air", 20)
    assert found["heat_capacity_ratio"] == pytest.approx(1.402, rel=2e-3)
    assert found["speed_of_sound"] == pytest.approx(343.2, rel=2e-3)
    assert found["compressibility"] == pytest.approx(0.9996, abs=2e-4)


def test_steam_above_the_critical_temperature_but_not_pressure_is_a_gas() -> None:
    found = properties("water", 500, 1.0)
    assert found["phase"] == "gas"
    assert found["density"] == pytest.approx(0.2805, rel=1e-3)  # steam tables: 3.5655 m³/kg


def test_liquid_water_at_500_degrees_is_refused() -> None:
    with pytest.raises(OutOfRange, match=r"500 °C and 1 bar is a superheated vapour \(gas\), not a liquid"):
        properties("water", 500, 1.0, "liquid")


def test_steam_at_room_temperature_is_refused() -> None:
    with pytest.raises(OutOfRange, match="is a liquid, not a gas"):
        properties("water", 20, 1.0, "gas")


def test_a_supercritical_fluid_is_no_liquid_but_passes_as_a_gas_with_a_warning() -> None:
    with pytest.raises(OutOfRange, match="supercritical"):
        properties("carbon dioxide", 47, 100, "liquid")
    outcome = call(fluid_properties, substance="carbon dioxide", temperature=320.0, pressure=1e7, expect_phase="gas")
    assert outcome.values["phase"] == "supercritical"
    assert "supercritical" in outcome.cautions[0]


def test_a_state_on_the_boiling_line_is_asked_back_unless_the_phase_is_said() -> None:
    with pytest.raises(Unclear, match="liquid or vapour"):
        properties("water", 100)
    assert properties("water", 100, phase="liquid")["density"] == pytest.approx(958.35, rel=1e-4)
    assert properties("water", 100, phase="gas")["density"] == pytest.approx(0.598, rel=1e-3)


def test_ice_and_states_above_the_range_are_refused() -> None:
    with pytest.raises(OutOfRange, match="frozen"):
        properties("water", -10)
    with pytest.raises(OutOfRange, match="outside the range"):
        properties("water", 2500)
    with pytest.raises(OutOfRange, match="outside the range"):
        properties("nitrogen", 25, 5e5)


def test_a_vapour_at_an_unsaid_pressure_is_warned_of() -> None:
    assert "vapour" in call(fluid_properties, substance="water", temperature=423.15).cautions[0]
    assert not call(fluid_properties, substance="nitrogen", temperature=423.15).cautions


def test_two_calls_do_not_share_a_state() -> None:
    hot = call(fluid_properties, substance="water", temperature=423.15)
    assert hot.values["density"] == pytest.approx(0.5233, rel=1e-3)
    assert hot.values["heat_capacity"] == pytest.approx(1986, rel=1e-3)


def test_missing_transport_models_are_filled_from_correlations_and_said() -> None:
    outcome = call(fluid_properties, substance="acetone", temperature=298.15)
    assert outcome.values["viscosity"] == pytest.approx(0.306e-3, rel=0.05)  # CRC Handbook
    assert "thermo" in outcome.assumptions[0]


def test_a_compound_without_an_equation_of_state_comes_from_correlations() -> None:
    outcome = call(fluid_properties, substance="glycerol", temperature=298.15)
    assert outcome.values["density"] == pytest.approx(1258, rel=2e-3)
    assert outcome.values["viscosity"] == pytest.approx(0.934, rel=0.1)  # CRC Handbook
    assert outcome.values["phase"] == "liquid"
    gas = call(fluid_properties, substance="acetylene", temperature=293.15)
    assert gas.values["density"] == pytest.approx(1.092, rel=5e-3)
    assert gas.values["phase"] == "gas"


def test_correlations_refuse_solids_wrong_phases_and_high_pressures() -> None:
    with pytest.raises(OutOfRange, match="solid"):
        properties("sodium chloride", 25)
    with pytest.raises(OutOfRange, match="not a liquid"):
        properties("isopropanol", 150, phase="liquid")
    with pytest.raises(OutOfRange, match="50 bar"):
        properties("isopropanol", 25, 100)
    with pytest.raises(Unclear, match="boiling line"):
        properties("isopropanol", 82.21)


def test_the_phase_of_a_compound_without_a_vapour_pressure_comes_from_its_boiling_point() -> None:
    found = properties("sulfuric acid", 25)
    assert found["phase"] == "liquid"
    assert found["density"] == pytest.approx(1830, rel=2e-3)
    with pytest.raises(NoData, match="vapour pressure"):
        properties("sulfuric acid", 25, 0.01)


def test_an_unknown_substance_has_no_data() -> None:
    with pytest.raises(NoData):
        properties("unobtainium", 25)


def test_enthalpy_differences_make_a_heat() -> None:
    def enthalpy(celsius: float) -> float:
        return float(
            call(enthalpy_and_entropy, substance="water", temperature=celsius + 273.15, pressure=1e6).values[
                "specific_enthalpy"
            ]
        )

    assert enthalpy(80) - enthalpy(20) == pytest.approx(4183 * 60, rel=2e-3)
    assert enthalpy(200) - enthalpy(170) == pytest.approx(2828.3e3 - 719.5e3, rel=1e-3)  # steam tables, 10 bar


def test_enthalpies_say_what_they_count_from() -> None:
    assert "triple point" in call(enthalpy_and_entropy, substance="water", temperature=300.0).assumptions[0]
    assert "differences" in call(enthalpy_and_entropy, substance="propane", temperature=300.0).assumptions[0]
