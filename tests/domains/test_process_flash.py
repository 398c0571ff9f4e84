"""Flashes, bubble and dew points: the reference values, the models, and what is refused."""

from __future__ import annotations

from typing import Any

import pytest
from card_examples import call, value

from collegia.domains.process_engineering import flash
from collegia.domains.process_engineering.kinds.separation import kij, vle_model
from collegia.errors import NoData, OutOfRange

PAIR = (("benzene", 0.5), ("toluene", 0.5))
LIGHT = (("propane", 0.3), ("butane", 0.4), ("pentane", 0.3))
SPIRIT = (("ethanol", 0.4), ("water", 0.6))
STATE = {"temperature": 368.15, "pressure": 101325.0}


def test_a_flash_closes_its_balance() -> None:
    share = value(flash.pt_flash, mixture=LIGHT, temperature=328.15, pressure=6e5)
    phases = call(flash.flash_compositions, mixture=LIGHT, temperature=328.15, pressure=6e5).values
    vapour, liquid = phases["vapour_mole_fraction"], phases["liquid_mole_fraction"]
    assert sum(vapour.values()) == pytest.approx(1)
    for name, feed in LIGHT:
        assert share * vapour[name] + (1 - share) * liquid[name] == pytest.approx(feed, abs=1e-6)
        assert phases["k_value"][name] == pytest.approx(vapour[name] / liquid[name])


def test_benzene_over_toluene_is_close_to_raoults_law() -> None:
    ideal = value(flash.pt_flash, mixture=PAIR, **STATE, model="Raoult")
    assert value(flash.pt_flash, mixture=PAIR, **STATE) == pytest.approx(ideal, abs=0.06)


def test_raoults_law_gives_the_bubble_pressure_by_hand() -> None:
    found = value(flash.bubble_pressure, mixture=PAIR, temperature=353.15, model="Raoult")
    assert found == pytest.approx(0.5 * 101.0e3 + 0.5 * 38.8e3, rel=0.01)  # Psat of benzene and toluene at 80 °C


def test_the_model_and_its_parameters_are_named() -> None:
    assert "ChemSep" in " ".join(call(flash.pt_flash, mixture=PAIR, **STATE).assumptions)
    zero = call(flash.pt_flash, mixture=PAIR, **STATE, kij="zero")
    assert "kij = 0" in " ".join(zero.assumptions)


def test_below_the_bubble_point_all_is_liquid() -> None:
    found = call(flash.pt_flash, mixture=PAIR, temperature=300.0, pressure=101325.0)
    assert found.values == {"vapour_fraction": 0.0, "liquid_fraction": 1.0}
    with pytest.raises(OutOfRange, match="below its bubble point"):
        call(flash.flash_compositions, mixture=PAIR, temperature=300.0, pressure=101325.0)


def test_above_the_dew_point_all_is_vapour() -> None:
    assert value(flash.pt_flash, mixture=PAIR, temperature=420.0, pressure=101325.0) == 1.0
    with pytest.raises(OutOfRange, match="above its dew point"):
        call(flash.flash_compositions, mixture=PAIR, temperature=420.0, pressure=101325.0)


@pytest.mark.parametrize(
    ("ethanol", "boiling"),
    [(0.9, 351.4), (0.4, 353.9), (0.1, 359.4)],  # measured at 1 atm, Gmehling et al., VLE Data Collection
)
def test_a_polar_mixture_takes_an_activity_model_that_agrees_with_measurements(ethanol: float, boiling: float) -> None:
    found = call(flash.bubble_temperature, mixture=(("ethanol", ethanol), ("water", 1 - ethanol)))
    assert found.values["bubble_temperature"] == pytest.approx(boiling, abs=0.8)
    assert any("UNIFAC" in text for text in found.assumptions)


def test_the_activity_models_flash_closes_its_balance() -> None:
    state = {"temperature": 355.15, "pressure": 101325.0}
    share = value(flash.pt_flash, mixture=SPIRIT, **state)
    found = call(flash.flash_compositions, mixture=SPIRIT, **state).values
    assert 0 < share < 1
    mixed = share * found["vapour_mole_fraction"]["ethanol"] + (1 - share) * found["liquid_mole_fraction"]["ethanol"]
    assert mixed == pytest.approx(0.4, abs=1e-6)
    assert value(flash.pt_flash, mixture=SPIRIT, temperature=300.0, pressure=101325.0) == 0.0
    assert value(flash.pt_flash, mixture=SPIRIT, temperature=380.0, pressure=101325.0) == 1.0


def test_bubble_and_dew_pressure_invert_the_temperatures_of_the_activity_model() -> None:
    dew = value(flash.dew_temperature, mixture=SPIRIT)
    assert value(flash.dew_pressure, mixture=SPIRIT, temperature=dew) == pytest.approx(101325, rel=1e-6)


def test_an_equation_of_state_for_a_polar_mixture_is_warned_of() -> None:
    found = call(flash.bubble_temperature, mixture=SPIRIT, model="Peng-Robinson")
    assert any("badly wrong" in text for text in found.cautions)


def test_two_liquid_phases_are_refused() -> None:
    with pytest.raises(OutOfRange, match="two liquid phases"):
        call(flash.bubble_temperature, mixture=(("water", 0.5), ("1-butanol", 0.5)))


def test_high_pressure_is_refused_by_the_activity_model() -> None:
    with pytest.raises(OutOfRange, match="10 bar"):
        call(flash.bubble_temperature, mixture=SPIRIT, pressure=30e5)


def test_a_gas_above_its_critical_point_is_refused_by_the_activity_model() -> None:
    with pytest.raises(OutOfRange, match="critical"):
        call(
            flash.pt_flash, mixture=(("ethane", 0.1), ("butane", 0.9)), temperature=320.0, pressure=1e5, model="Raoult"
        )


def test_no_dew_point_exists_beyond_the_critical_point() -> None:
    with pytest.raises(OutOfRange):
        call(flash.bubble_temperature, mixture=PAIR, pressure=100e5)


def test_a_model_that_is_not_offered_is_refused_by_name() -> None:
    with pytest.raises(OutOfRange, match="NRTL is not offered"):
        call(flash.pt_flash, mixture=PAIR, **STATE, model="NRTL")


def test_a_parameter_of_the_users_own_is_refused() -> None:
    with pytest.raises(OutOfRange, match=r"kij = 0\.05"):
        call(flash.pt_flash, mixture=PAIR, **STATE, kij="0.05")


@pytest.mark.parametrize(
    "mixture",
    [(("benzene", 1.0),), (("benzene", 0.5), ("benzene", 0.5)), (("benzene", 0.5), ("toluene", 0.6)),
     (("benzene", -0.5), ("toluene", 1.5))],
)  # fmt: skip
def test_what_is_no_composition_is_refused(mixture: Any) -> None:
    with pytest.raises(OutOfRange):
        call(flash.pt_flash, mixture=mixture, **STATE)


def test_an_unknown_component_has_no_data() -> None:
    with pytest.raises(NoData):
        call(flash.pt_flash, mixture=(("benzene", 0.5), ("nothing of this name", 0.5)), **STATE)


def test_a_light_component_with_the_lower_vapour_pressure_is_refused() -> None:
    with pytest.raises(OutOfRange, match="higher vapour pressure"):
        call(flash.ideal_relative_volatility, light=1e5, heavy=2e5)


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("use Peng-Robinson with all kij = 0.", ["zero"]),
        ("zero binary interaction parameters", ["zero"]),
        ("interaction parameters set to zero", ["zero"]),
        ("with kij = 0.05", ["0.05"]),
        ("Peng-Robinson at 6 bar", []),
    ],
)
def test_interaction_parameters_are_recognised(text: str, values: list[str]) -> None:
    assert kij.find is not None
    assert [found.value for found in kij.find(text)] == values


def test_every_model_that_can_be_named_is_offered_or_refused() -> None:
    for name in set(vle_model.words.values()) - {"Peng-Robinson", "SRK", "UNIFAC", "Raoult"}:
        with pytest.raises(OutOfRange, match="not offered"):
            call(flash.pt_flash, mixture=PAIR, **STATE, model=name)


def test_srk_and_peng_robinson_agree_on_light_hydrocarbons() -> None:
    first = value(flash.bubble_temperature, mixture=LIGHT, pressure=6e5, kij="zero")
    assert value(flash.bubble_temperature, mixture=LIGHT, pressure=6e5, model="SRK") == pytest.approx(first, abs=1.5)


def test_a_gas_without_groups_in_a_polar_mixture_has_no_model() -> None:
    with pytest.raises(NoData, match="no model here holds"):
        call(flash.pt_flash, mixture=(("carbon dioxide", 0.1), ("methanol", 0.9)), temperature=320.0, pressure=1e5)
