"""What is taken from a sentence, and what is left a sentence."""

from __future__ import annotations

import time

import pytest

from collegia.knowledge.memory.records import Abbreviation, Preference, Statement, Value
from collegia.knowledge.memory.sentences import Correction, lasting, parse


@pytest.mark.parametrize(
    ("text", "subject", "name", "number", "unit"),
    [
        ("the wobble of our grums is 0.1 mm", "our grums", "wobble", 0.1, "millimeter"),
        ("Our grum supply temperature is 25 °C.", "", "grum supply temperature", 25.0, "degree_Celsius"),
        ("use 0.05 mm for grum wobble", "", "grum wobble", 0.05, "millimeter"),
        ("always use a wobble of 0.05 mm for the grums", "the grums", "wobble", 0.05, "millimeter"),
        ("use 0.7 as the grum yield", "", "grum yield", 0.7, ""),
        ("our grums have a wobble of 0.1 mm", "our grums", "wobble", 0.1, "millimeter"),
        ("please remember that our flob time is 8000 h/year", "", "flob time", 8000.0, "hour / year"),
        ("8000 h/year is our flob time", "", "flob time", 8000.0, "hour / year"),
        ("flob price: 0.12 €/kWh", "", "flob price", 0.12, "EUR / kilowatt_hour"),
        ("the wobble of our grums is about 0.1 mm now", "our grums", "wobble", 0.1, "millimeter"),
        ("our wobble is 0.2 mm, not 0.1 mm", "", "wobble", 0.2, "millimeter"),
        ("no, the wobble of the grum is −0.2 mm", "the grum", "wobble", -0.2, "millimeter"),
        ("the yield of loop 2 is 75 %", "loop 2", "yield", 75.0, "percent"),
    ],
)
def test_a_value_is_read_with_its_quantity_and_unit(text, subject, name, number, unit):
    said = parse(text)
    assert isinstance(said, Value)
    assert (said.subject, said.name) == (subject, name)
    assert (said.amount.number, said.amount.unit) == (number, unit)


@pytest.mark.parametrize(
    "text",
    [
        "the density of the grum at 20 °C is 1150 kg/m³",
        "the level is 2 m below the rim",
        "the wobble is between 2 and 3 mm",
        "the wobble is 2 to 3 mm",
        "the wobble is not 3 mm",
        "the wobble is at most 3 mm",
        "if it rains the level is 3 m",
        "the level and the width are 3 m",
        "the wobble is 5 mm not counting the rim",
        "the wobble was 3 mm",
        "our wobble is 3 mm. Our level is 2 m.",
        "We run two shifts",
        "the hollowness of our flob is 0.9 bar vacuum",
        "our yield is 1e999",
        "the " + "grum " * 12 + "is 3 m",
    ],
)
def test_a_value_under_a_condition_or_with_more_to_it_stays_a_sentence(text):
    assert parse(text) == Statement()


def test_a_gauge_pressure_is_known_as_one_by_its_unit_or_by_the_words_around():
    for text in (
        "our grum pressure is 3 bar(g)",
        "our grum pressure is 3 bar gauge",
        "our grum gauge pressure is 3 bar",
    ):
        said = parse(text)
        assert isinstance(said, Value), text
        assert (said.amount.unit, said.amount.reference) == ("bar", "gauge"), text


def test_a_name_is_a_value_of_what_is_ours_or_of_something():
    said = parse("our flob medium is blue zonk")
    assert isinstance(said, Value)
    assert (said.name, said.amount.written, said.amount.number) == ("flob medium", "blue zonk", None)
    assert parse("the zonk is broken") == Statement()


@pytest.mark.parametrize(
    ("text", "short", "long"),
    [
        ("CW means cooling water", "CW", "cooling water"),
        ("CW is cooling water", "CW", "cooling water"),
        ("CW = cooling water", "CW", "cooling water"),
        ("hx stands for the heat exchanger", "hx", "heat exchanger"),
        ("By “flow” I mean mass flow.", "flow", "mass flow"),
        ("WAS means waste activated sludge", "WAS", "waste activated sludge"),
        ("ZB is short for zonk blim", "ZB", "zonk blim"),
        ('"grum" means green flob', "grum", "green flob"),
    ],
)
def test_a_short_form_is_read_with_what_it_stands_for(text, short, long):
    assert parse(text) == Abbreviation(short, long)


@pytest.mark.parametrize(
    "text",
    [
        "cavitation means damage",
        "low NPSH means trouble",
        "that means trouble",
        "THIS MEANS TROUBLE",
        "CW is too warm",
        "CW means we have to stop",
        "CW means CW",
        "it means more work",
        "CW means 30 °C",
    ],
)
def test_a_consequence_is_no_short_form(text):
    assert not isinstance(parse(text), Abbreviation)


@pytest.mark.parametrize(
    ("text", "name", "unit"),
    [
        ("always answer pressures in bar", "pressures", "bar"),
        ("give the grum pressure in kPa, please", "grum pressure", "kilopascal"),
        ("always answer in psi", "", "pound_force_per_square_inch"),
        ("give me all values in mm from now on", "all values", "millimeter"),
        ("I prefer bar for pressures", "pressures", "bar"),
        ("we want temperatures in degrees Fahrenheit", "temperatures", "degree_Fahrenheit"),
        ("our unit of pressure is bar", "pressure", "bar"),
    ],
)
def test_a_wish_for_a_unit_is_read_with_its_quantity(text, name, unit):
    said = parse(text)
    assert isinstance(said, Preference)
    assert (said.name, said.unit) == ("" if name == "all values" else name, unit)


@pytest.mark.parametrize("text", ["answer as soon as possible", "always answer in English", "show the work in full"])
def test_a_wish_for_anything_else_stays_a_sentence(text):
    assert parse(text) == Statement()


@pytest.mark.parametrize(
    "text", ["no, it is 0.2 mm", "No, it's 0.2 mm.", "no, 0.2 mm", "it is 0.2 mm", "sorry: use 0.2 mm"]
)
def test_a_correction_is_a_value_for_what_was_spoken_of(text):
    said = parse(text)
    assert isinstance(said, Correction)
    assert (said.amount.number, said.amount.unit) == (0.2, "millimeter")


def test_only_what_is_meant_to_last_is_taken_from_a_question():
    said = (
        "By CW I mean cooling water. Our flow is 50 m³/h. Always answer in bar. Use 0.1 mm for the wobble. "
        "Remember that our grum is green. What is CW = 3 m? No, it is 0.2 mm."
    )
    assert lasting(said) == (
        "By CW I mean cooling water.", "Always answer in bar.", "Remember that our grum is green.", "No, it is 0.2 mm.",
    )  # fmt: skip


@pytest.mark.parametrize("piece", ["is ", "of ", "use the of for ", "= ", "it is ", "no, ", "1 ", '"a ', "CW (", "in "])
def test_a_hostile_sentence_is_read_quickly(piece):
    parse("our a is 1 m")  # the unit registry is made on first use
    for opening in ("", "use ", "our x has ", "I prefer ", "by ", "answer "):
        begun = time.perf_counter()
        parse((opening + piece * 1000)[:1000])
        assert time.perf_counter() - begun < 1.0
