"""Names of substances: synonyms, formulae, questions back, and what is no substance at all."""

from __future__ import annotations

import pytest

from collegia.domains.process_engineering.substances import (
    AMBIGUOUS,
    WORDS,
    cas_number,
    chemicals_id,
    coolprop_name,
    look_up,
)
from collegia.errors import NoData


@pytest.mark.parametrize(
    ("word", "name"),
    [
        ("CO2", "carbon dioxide"), ("R-134a", "R134a"), ("steam", "water"), ("cooling water", "water"),
        ("condensate", "water"), ("IPA", "isopropanol"), ("H2S", "hydrogen sulfide"),
        ("sulphur dioxide", "sulfur dioxide"),
        ("MEK", "methyl ethyl ketone"), ("compressed air", "air"), ("butane", "butane"), ("R717", "ammonia"),
    ],
)  # fmt: skip
def test_a_synonym_leads_to_its_substance(word: str, name: str) -> None:
    assert WORDS[word] == name


@pytest.mark.parametrize(
    "phrase", ["refrigerant", "oil", "brine", "glycol", "xylene", "hydrocarbon", "solvent", "slurry"]
)
def test_a_name_of_many_substances_is_asked_back(phrase: str) -> None:
    assert AMBIGUOUS[phrase].endswith(("?", ").", "."))
    assert phrase not in WORDS
    assert look_up(phrase) is None


def test_no_phrase_is_both_a_substance_and_a_question() -> None:
    assert not WORDS.keys() & AMBIGUOUS.keys()


def test_every_substance_of_the_table_has_data_under_its_number() -> None:
    from chemicals import MW
    from CoolProp.CoolProp import PropsSI

    for name in {str(name) for name in WORDS.values()} - {"air", "R404A", "R407C", "R410A", "R507A"}:
        mass = MW(chemicals_id(name)) / 1000.0
        try:
            known = coolprop_name(name)
        except NoData:
            continue
        assert PropsSI("M", known) == pytest.approx(mass, rel=2e-3), name


def test_every_substance_that_names_itself_in_the_library_has_the_same_number() -> None:
    from chemicals import CAS_from_any

    for name in ("water", "acetone", "toluene", "isopropanol", "ethylene glycol", "hydrogen sulfide", "styrene"):
        assert CAS_from_any(name) == cas_number(name)


@pytest.mark.parametrize(
    "name", ["2-ethylhexanol", "butyl acrylate", "lactic acid", "caffeine", "morpholine", "nitromethane"]
)
def test_a_full_chemical_name_is_looked_up(name: str) -> None:
    assert look_up(name) == name


def test_a_systematic_name_leads_to_the_plain_one() -> None:
    assert look_up("propan-2-one") == "acetone"
    assert look_up("Ethanol") == "ethanol"


@pytest.mark.parametrize(
    "phrase",
    ["flash", "pump", "arsenal", "champion", "velocity", "pressure drop", "BANANA", "release", "iron", "copper",
     "pentanone", "india", "tank", "the area of an exchanger", "heated", "selective", "CCO", "58-08-2"],
)  # fmt: skip
def test_an_ordinary_phrase_is_no_chemical(phrase: str) -> None:
    assert look_up(phrase) is None


def test_a_mixture_has_no_compound_data_and_a_salt_no_equation_of_state() -> None:
    assert coolprop_name("air") == "Air"
    with pytest.raises(NoData, match="mixture"):
        chemicals_id("air")
    with pytest.raises(NoData, match="equation of state"):
        coolprop_name("sodium chloride")
    with pytest.raises(NoData, match="no chemical data"):
        cas_number("unobtainium")
