"""Reactions: equations read from a text, balanced, their enthalpies, reactors and flames."""

from __future__ import annotations

import math
from typing import Any

import pytest
from card_examples import call, value

from collegia.domains.process_engineering import combustion, kinetics, reactions, reactors
from collegia.domains.process_engineering.stoichiometry import balanced, elements, find_reactions, substance_of
from collegia.errors import NoData, OutOfRange, Unclear

AMMONIA = (("N2", -1.0, ""), ("H2", -3.0, ""), ("NH3", 2.0, ""))
METHANE = (("CH4", -1.0, ""), ("O2", -2.0, ""), ("CO2", 1.0, ""), ("H2O", 2.0, ""))


@pytest.mark.parametrize(
    ("text", "terms"),
    [
        ("hydration C2H4 + H2O → C2H5OH: enthalpy", [("C2H4", -1, ""), ("H2O", -1, ""), ("C2H5OH", 1, "")]),
        ("CH4 + 2 O2 -> CO2 + 2 H2O", list(METHANE)),
        ("N2 + 3H2 = 2NH3", list(AMMONIA)),
        ("CO + ½ O2 → CO2", [("CO", -1, ""), ("O2", -0.5, ""), ("CO2", 1, "")]),
        ("SO2 + 1/2 O2 = SO3", [("SO2", -1, ""), ("O2", -0.5, ""), ("SO3", 1, "")]),
        ("CO₂ + 4H₂ ⇌ CH₄ + 2H₂O", [("CO2", -1, ""), ("H2", -4, ""), ("CH4", 1, ""), ("H2O", 2, "")]),
        ("2H2(g) + O2(g) → 2H2O(l)", [("H2", -2, "g"), ("O2", -1, "g"), ("H2O", 2, "l")]),
        ("ethylene + water → ethanol", [("ethylene", -1, ""), ("water", -1, ""), ("ethanol", 1, "")]),
    ],
)
def test_a_reaction_is_read(text: str, terms: list[tuple[str, float, str]]) -> None:
    assert [found.value for found in find_reactions(text)] == [tuple(terms)]


@pytest.mark.parametrize(
    "text", ["hot side 120 → 70 °C", "U = 450 W/m2K", "P = 5 and V = IR", "oil -> water", "k = 5, Ea = 75", "R = U"]
)
def test_what_is_no_reaction_is_left_alone(text: str) -> None:
    assert list(find_reactions(text)) == []


def test_the_span_of_a_reaction_is_the_reaction() -> None:
    text = "steam reforming: CH4 + H2O ⇌ CO + 3 H2 at 1100 K"
    found = next(iter(find_reactions(text)))
    assert text[found.start : found.end] == "CH4 + H2O ⇌ CO + 3 H2"


def test_an_unbalanced_reaction_is_refused_with_its_elements() -> None:
    with pytest.raises(OutOfRange, match=r"not balanced: H, O"):
        balanced((("CH4", -1.0, ""), ("O2", -1.0, ""), ("CO2", 1.0, ""), ("H2O", 1.0, "")))


def test_a_formula_of_several_isomers_is_asked_back() -> None:
    with pytest.raises(Unclear, match=r"ethanol .* or dimethyl ether"):
        substance_of("C2H6O")


def test_a_structural_formula_is_one_substance() -> None:
    assert substance_of("C2H5OH") == "ethanol"
    assert substance_of("CH3COOH") == "acetic acid"


def test_an_unknown_formula_has_no_data() -> None:
    with pytest.raises(NoData, match="write it by name"):
        substance_of("C17H31N3")


def test_atoms_are_counted_through_brackets() -> None:
    assert elements("CO(NH2)2") == {"C": 1, "O": 1, "N": 2, "H": 4}
    assert not elements("Xyz")


def test_names_balance_by_their_own_formulae() -> None:
    assert balanced((("benzene", -1.0, ""), ("hydrogen", -3.0, ""), ("cyclohexane", 1.0, "")))[2][0] == "cyclohexane"


def test_carbon_burns_with_the_formation_enthalpy_of_carbon_dioxide() -> None:
    found = value(reactions.reaction_enthalpy, reaction=(("C", -1.0, ""), ("O2", -1.0, ""), ("CO2", 1.0, "")))
    assert found == pytest.approx(-393.5e3, rel=1e-3)


def test_a_phase_mark_counts_before_the_phase_of_the_whole() -> None:
    marked = (*METHANE[:3], ("H2O", 2.0, "l"))
    found = value(reactions.reaction_enthalpy, reaction=marked)
    assert found - value(reactions.reaction_enthalpy, reaction=METHANE) == pytest.approx(-2 * 44.0e3, rel=2e-3)


def test_liquids_leave_gases_as_gases() -> None:
    found = value(
        reactions.reaction_enthalpy,
        reaction=(("C2H4", -1.0, ""), ("H2O", -1.0, ""), ("C2H5OH", 1.0, "")),
        reaction_phase="liquid",
    )
    assert found == pytest.approx(-44.2e3, rel=0.01)  # CODATA and CRC: −277.6 − (52.4 − 285.8) kJ/mol


def test_a_hot_reaction_counts_the_heat_capacities() -> None:
    # NIST-JANAF: ΔHr of ammonia synthesis −45.9 kJ/mol NH3 at 298 K, −52.2 at 700 K
    found = value(reactions.reaction_enthalpy, reaction=AMMONIA, temperature=700.0) / 2
    cold = value(reactions.reaction_enthalpy, reaction=AMMONIA) / 2
    assert found - cold == pytest.approx(-6.5e3, abs=0.6e3)


def test_liquids_away_from_25_degrees_are_refused() -> None:
    with pytest.raises(OutOfRange, match="must be gases"):
        call(reactions.reaction_enthalpy, reaction=METHANE, reaction_phase="liquid water", temperature=350.0)


def test_a_solid_is_refused() -> None:
    with pytest.raises(OutOfRange, match="gases and liquids"):
        call(reactions.reaction_enthalpy, reaction=(*METHANE[:3], ("H2O", 2.0, "s")))


def test_the_heat_counts_per_mole_of_the_substance_that_flows() -> None:
    known = {"reaction_enthalpy": -90e3, "reacted_flow": 1.0, "reaction": AMMONIA}
    assert value(reactions.heat_release, **known, substance="ammonia") == pytest.approx(45e3)
    assert value(reactions.heat_release, **known, substance="hydrogen") == pytest.approx(30e3)
    assert value(reactions.heat_release, **known) == pytest.approx(90e3)


def test_a_flow_of_a_stranger_to_the_reaction_is_asked_back() -> None:
    with pytest.raises(Unclear, match="which substance"):
        call(reactions.heat_release, reaction_enthalpy=-9e4, reacted_flow=1.0, reaction=AMMONIA, substance="methane")


@pytest.mark.parametrize(
    ("release", "flow"),
    [(reactions.heat_release, {"reacted_flow": 1.0}), (reactions.heat_release_of_mass, {"mass_flow": 0.028})],
)
def test_an_endothermic_reaction_takes_heat_up(release: Any, flow: dict[str, float]) -> None:
    found = call(release, reaction_enthalpy=9e4, **flow, reaction=AMMONIA)
    assert found.values["heat_release"] < 0
    assert any("supplied" in text for text in found.assumptions)


def test_plug_flow_needs_less_volume_than_a_stirred_tank() -> None:
    inputs = {"volume_flow": 1e-3, "rate_constant": 0.01, "conversion": 0.9}
    assert value(reactors.pfr_volume, **inputs) < value(reactors.cstr_volume, **inputs)


@pytest.mark.parametrize("kind", ["CSTR", "PFR"])
def test_time_and_conversion_are_inverse(kind: str) -> None:
    time = value(reactors.residence_time, rate_constant=0.02, conversion=0.8, reactor_type=kind)
    again = value(reactors.conversion, rate_constant=0.02, residence_time=time, reactor_type=kind)
    assert again == pytest.approx(0.8)


def test_a_batch_is_a_plug_in_time() -> None:
    time = value(reactors.batch_time, rate_constant=0.02, conversion=0.8)
    assert time == pytest.approx(value(reactors.pfr_time, rate_constant=0.02, conversion=0.8))
    assert value(reactors.batch_conversion, rate_constant=0.02, batch_time=time) == pytest.approx(0.8)


@pytest.mark.parametrize(
    ("function", "inputs"),
    [
        (reactors.cstr_volume, {"volume_flow": 1.0, "rate_constant": 1.0, "conversion": 0.5}),
        (reactors.pfr_volume, {"volume_flow": 1.0, "rate_constant": 1.0, "conversion": 0.5}),
        (reactors.residence_time, {"rate_constant": 1.0, "conversion": 0.5, "reactor_type": "PFR"}),
        (reactors.conversion, {"rate_constant": 1.0, "residence_time": 1.0, "reactor_type": "PFR"}),
        (reactors.batch_time, {"rate_constant": 1.0, "conversion": 0.5}),
        (reactors.batch_conversion, {"rate_constant": 1.0, "batch_time": 1.0}),
    ],
)
def test_another_order_is_refused_where_first_order_holds(function: Any, inputs: dict[str, Any]) -> None:
    assert value(function, **inputs) > 0
    with pytest.raises(OutOfRange, match="first-order"):
        call(function, **inputs, reaction_order=2.0)


def test_full_conversion_is_refused() -> None:
    with pytest.raises(OutOfRange, match="< 1"):
        call(reactors.cstr_volume, volume_flow=1.0, rate_constant=1.0, conversion=1.0)


def test_arrhenius_both_ways() -> None:
    span = {"temperature_start": 300.0, "temperature_end": 320.0}
    fast = value(kinetics.arrhenius_rate, rate_start=1.0, activation_energy=8e4, **span)
    assert value(kinetics.activation_energy_from_rates, rate_start=1.0, rate_end=fast, **span) == pytest.approx(8e4)
    assert value(kinetics.rate_ratio, activation_energy=8e4, **span) == pytest.approx(fast)


def test_the_two_forms_of_arrhenius_agree() -> None:
    known = {"pre_exponential_factor": 1e10, "activation_energy": 8e4}
    low, high = (value(kinetics.arrhenius_constant, **known, temperature=t) for t in (300.0, 320.0))
    assert high / low == pytest.approx(math.exp(8e4 / 8.314462618 * (1 / 300 - 1 / 320)))


def test_one_temperature_gives_no_activation_energy() -> None:
    with pytest.raises(OutOfRange, match="two different temperatures"):
        call(
            kinetics.activation_energy_from_rates,
            rate_start=1.0,
            rate_end=2.0,
            temperature_start=300.0,
            temperature_end=300.0,
        )


def test_a_rate_ratio_says_which_temperature_stands_above() -> None:
    found = call(kinetics.rate_ratio, activation_energy=5e4, temperature_start=308.15, temperature_end=298.15)
    assert "308.15 K over" in found.assumptions[0]


def test_a_rate_quotient_keeps_the_colder_temperature_above_and_gives_the_energy_back() -> None:
    colder = {"temperature_start": 308.15, "temperature_end": 298.15}
    found = value(kinetics.rate_quotient, activation_energy=5e4, **colder)
    assert found * value(kinetics.rate_ratio, activation_energy=5e4, **colder) == pytest.approx(1.0)
    again = value(kinetics.activation_energy_from_quotient, rate_quotient=found, **colder)
    assert again == pytest.approx(5e4)


def test_flames_are_hottest_near_stoichiometric() -> None:
    lean, even, rich = (
        value(combustion.flame_temperature, fuel="CH4", equivalence_ratio=ratio) for ratio in (0.7, 1.0, 1.6)
    )
    assert even > lean
    assert even > rich


def test_pure_oxygen_burns_hotter_than_air() -> None:
    assert value(combustion.flame_temperature, fuel="CH4", oxidiser="oxygen") == pytest.approx(3053, abs=15)


def test_preheating_raises_the_flame_temperature() -> None:
    hot = value(combustion.flame_temperature, fuel="CH4", temperature=600.0)
    assert hot > value(combustion.flame_temperature, fuel="CH4") + 100


def test_a_fuel_outside_the_mechanism_has_no_data() -> None:
    with pytest.raises(NoData, match="GRI-Mech"):
        call(combustion.flame_temperature, fuel="C8H18")


def test_excess_air_and_equivalence_ratio_are_inverse() -> None:
    lean = value(combustion.equivalence_from_excess_air, excess_air=0.25)
    assert lean == pytest.approx(0.8)
    assert value(combustion.excess_air, equivalence_ratio=lean) == pytest.approx(0.25)
