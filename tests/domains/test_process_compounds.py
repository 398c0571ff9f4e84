"""Constants and safety data of compounds, against handbook values."""

from __future__ import annotations

import pytest
from card_examples import call, value

from collegia.domains.process_engineering.compounds import (
    critical_constants,
    exposure_limits,
    flammability,
    melting_point,
    molar_mass,
    normal_boiling_point,
)
from collegia.errors import NoData


@pytest.mark.parametrize(
    ("substance", "mass", "boiling"), [("ethanol", 46.068, 78.3), ("water", 18.015, 100.0), ("propane", 44.096, -42.1)]
)
def test_a_compound_has_its_handbook_constants(substance: str, mass: float, boiling: float) -> None:
    assert value(molar_mass, substance=substance) * 1e3 == pytest.approx(mass, rel=1e-4)
    assert value(normal_boiling_point, substance=substance) - 273.15 == pytest.approx(boiling, abs=0.2)


def test_a_compound_that_is_only_looked_up_has_constants_too() -> None:
    assert value(molar_mass, substance="caffeine") * 1e3 == pytest.approx(194.19, rel=1e-4)


def test_carbon_dioxide_sublimes() -> None:
    outcome = call(normal_boiling_point, substance="carbon dioxide")
    assert outcome.values["normal_boiling_point"] - 273.15 == pytest.approx(-78.5, abs=0.2)
    assert "sublimes" in outcome.cautions[0]


def test_air_has_a_pseudo_critical_point_and_no_boiling_point() -> None:
    outcome = call(critical_constants, substance="air")
    assert outcome.values["critical_temperature"] == pytest.approx(132.5, abs=0.1)
    assert "pseudo-pure" in outcome.assumptions[0]
    with pytest.raises(NoData, match="mixture"):
        call(normal_boiling_point, substance="air")
    with pytest.raises(NoData, match="mixture"):
        call(melting_point, substance="R410A")


def test_flammability_limits_of_methane_and_toluene_are_near_the_known_ones() -> None:
    methane = call(flammability, substance="methane").values
    assert methane["lower_flammability_limit"] == pytest.approx(0.05, abs=0.007)
    assert methane["upper_flammability_limit"] == pytest.approx(0.16, abs=0.015)
    assert call(flammability, substance="hydrogen sulfide").values["autoignition_temperature"] == pytest.approx(533.15)


def test_what_does_not_burn_has_no_fire_data() -> None:
    for substance in ("nitrogen", "carbon dioxide"):
        with pytest.raises(NoData, match="no fire data"):
            call(flammability, substance=substance)


def test_exposure_limits_say_whose_they_are() -> None:
    outcome = call(exposure_limits, substance="hydrogen sulfide")
    assert outcome.values["time_weighted_limit"] == pytest.approx(10e-6)
    assert outcome.values["short_term_limit"] == pytest.approx(15e-6)
    assert "Ontario" in outcome.assumptions[0]


def test_a_limit_in_milligrams_is_turned_into_a_share_of_air() -> None:
    found = call(exposure_limits, substance="sulfuric acid").values["time_weighted_limit"]
    assert found == pytest.approx(0.2e-6 * 24.45 / 98.08, rel=1e-3)


def test_a_compound_without_a_limit_says_so() -> None:
    with pytest.raises(NoData, match="exposure limit"):
        call(exposure_limits, substance="nitrogen")
    with pytest.raises(NoData):
        call(critical_constants, substance="unobtainium")
