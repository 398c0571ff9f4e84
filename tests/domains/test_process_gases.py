"""Gas densities and compressors."""

from __future__ import annotations

import pytest
from card_examples import call, value

from collegia.domains.process_engineering.compressors import (
    compressor_power,
    intercooled_compression,
    isentropic_compression,
)
from collegia.domains.process_engineering.gases import gas_density, gas_density_peng_robinson
from collegia.errors import NoData, OutOfRange, Unclear

AIR = {
    "mass_flow": 1.0, "inlet_temperature": 293.15, "inlet_pressure": 1e5, "outlet_pressure": 4e5,
    "heat_capacity_ratio": 1.4,
    "molar_mass": 0.02897,
}  # fmt: skip


def test_a_mole_of_ideal_gas_takes_its_22_litres() -> None:
    assert value(gas_density, temperature=273.15, pressure=101325.0, molar_mass=0.028) == pytest.approx(
        0.028 / 0.022414, rel=1e-4
    )


def test_peng_robinson_agrees_with_the_reference_equation_of_methane() -> None:
    from CoolProp.CoolProp import PropsSI

    found = value(gas_density_peng_robinson, substance="methane", temperature=300.0, pressure=50e5)
    assert found == pytest.approx(PropsSI("D", "T", 300.0, "P", 50e5, "Methane"), rel=0.02)


def test_a_liquid_is_no_gas() -> None:
    with pytest.raises(OutOfRange, match="is a liquid, not a gas"):
        call(gas_density_peng_robinson, substance="propane", temperature=293.15, pressure=20e5)
    with pytest.raises(OutOfRange, match="is a liquid, not a gas"):
        call(gas_density, temperature=298.15, pressure=101325.0, molar_mass=0.018015, substance="water")
    with pytest.raises(OutOfRange, match="is a liquid, not a gas"):
        call(gas_density, temperature=298.15, pressure=101325.0, molar_mass=0.092, substance="glycerol")


def test_air_is_taken_as_a_gas_and_has_no_peng_robinson_constants() -> None:
    assert value(gas_density, temperature=293.15, pressure=101325.0, molar_mass=0.02896, substance="air") > 1.2
    with pytest.raises(NoData, match="mixture"):
        call(gas_density_peng_robinson, substance="air", temperature=293.15, pressure=1e5)


def test_an_ideal_gas_at_high_pressure_is_warned_of() -> None:
    gas = {"temperature": 300.0, "pressure": 50e5, "molar_mass": 0.028}
    assert call(gas_density, **gas).cautions
    assert not call(gas_density, **gas, compressibility=0.98).cautions


def test_compressor_work_is_cp_times_the_temperature_rise() -> None:
    found = call(compressor_power, **AIR, efficiency=0.8).values
    cp = 1.4 / 0.4 * 8.314462618 / 0.02897
    assert found["compressor_power"] == pytest.approx(cp * (found["discharge_temperature"] - 293.15), rel=1e-6)


def test_the_isentropic_compressor_is_one_without_loss() -> None:
    ideal = call(isentropic_compression, **AIR).values
    real = call(compressor_power, **AIR, efficiency=1.0).values
    assert ideal["isentropic_power"] == pytest.approx(real["compressor_power"])
    assert ideal["isentropic_temperature"] == pytest.approx(real["discharge_temperature"])


def test_one_stage_saves_nothing_and_more_stages_save_more() -> None:
    savings = [call(intercooled_compression, **AIR, stages=n).values["intercooling_saving"] for n in (1.0, 2.0, 3.0)]
    assert savings[0] == pytest.approx(0.0, abs=1e-12)
    assert savings[0] < savings[1] < savings[2]


@pytest.mark.parametrize("outlet", [1e5, 0.5e5])
def test_a_compressor_that_lowers_the_pressure_is_refused(outlet: float) -> None:
    backwards = {**AIR, "outlet_pressure": outlet}
    for expert, more in (
        (compressor_power, {"efficiency": 0.8}),
        (isentropic_compression, {}),
        (intercooled_compression, {"stages": 2.0}),
    ):
        with pytest.raises(OutOfRange, match="raises the pressure"):
            call(expert, **backwards, **more)


def test_a_hot_discharge_is_warned_of() -> None:
    assert "compress in stages" in call(compressor_power, **{**AIR, "outlet_pressure": 9e5}, efficiency=0.8).cautions[0]
    assert not call(compressor_power, **{**AIR, "outlet_pressure": 2e5}, efficiency=0.8).cautions


def test_impossible_efficiencies_exponents_and_stages_are_refused() -> None:
    with pytest.raises(OutOfRange):
        call(compressor_power, **AIR, efficiency=1.2)
    with pytest.raises(OutOfRange):
        call(compressor_power, **{**AIR, "heat_capacity_ratio": 1.0}, efficiency=0.8)
    with pytest.raises(OutOfRange, match="whole number"):
        call(intercooled_compression, **AIR, stages=2.5)


def test_a_dense_inlet_taken_as_ideal_is_warned_of() -> None:
    assert call(isentropic_compression, **{**AIR, "inlet_pressure": 30e5, "outlet_pressure": 60e5}).cautions


def test_a_compressor_said_to_have_stages_is_not_taken_for_one_stage() -> None:
    with pytest.raises(Unclear, match="intercooled"):
        call(compressor_power, **AIR, efficiency=0.8, stages=3.0)
    assert call(compressor_power, **AIR, efficiency=0.8, stages=1.0).values
