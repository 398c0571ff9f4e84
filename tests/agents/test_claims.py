"""A result that a text ascribes to an expert must have a call behind it."""

from __future__ import annotations

import pytest

from collegia.agents.claims import claims
from collegia.agents.claims_own import Done

KNOWN = ("frob_length", "glumph", "blorp_weight", "weight", "weight_of_blorp")


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("According to the blorp weight calculator, it weighs 3 kg.", ["blorp_weight"]),
        ("blorp_weight gave 3 kg.", ["blorp_weight"]),
        ("As computed by `glumph`, it weighs 3 kg.", ["glumph"]),
        ("The expert `glumph` says 3 kg.", ["glumph"]),
        ("The Glumph tool returned 3 kg.", ["glumph"]),
        ("I ran `glumph` and `blorp_weight` on it.", ["glumph", "blorp_weight"]),
        ("It weighs 3 kg, calculated with the moon phase calculator.", ["moon phase"]),
        ("The moon phase expert confirmed 3 kg.", ["moon phase"]),
        ("First.\nAccording to the weight calculator, 3.5 kg. Then nothing.", ["weight"]),
    ],
)
def test_a_result_of_an_expert_that_was_not_called_is_flagged(text: str, names: list[str]) -> None:
    found = claims(text, ["frob_length"], KNOWN)
    assert [one.name for one in found] == names
    assert all(text[one.start : one.end] == one.text for one in found)


@pytest.mark.parametrize(
    "text",
    [
        "According to the frob length calculator, it is 3 m.",
        "frob_length gave 3 m.",
        "The length expert returned 3 m.",
        "The weight is 3 kg and the glumph is red.",
        "According to the handbook, the weight is 3 kg.",
        "The blorp_weight expert was not called, so no weight is given.",
        "No tool returned a weight; `glumph` could say more.",
        "",
    ],
)
def test_what_was_called_what_is_denied_and_what_is_only_named_is_not(text: str) -> None:
    assert claims(text, ["frob_length"], KNOWN) == ()


def test_a_name_within_the_name_of_a_called_expert_is_that_expert() -> None:
    assert claims("`weight_of_blorp` gave 3 kg; by the weight of blorp expert.", ["weight_of_blorp"], KNOWN) == ()


SOURCES = ("FrobProp (sniggle: GLUMPH-95)", "A. Wibble 1883: Wi = a b", "snarf.Blorp, fits of Quibble")
RAN = Done(named=("frob_length", SOURCES[0], "length of yoop", "Yoop"), sources=SOURCES)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("I ran Wibble for the length.", "Wibble"), ("I used Zorkplex to get 3 m.", "Zorkplex"),
        ("We've verified this with ZORK.", "ZORK"), ("Wibble was used for the length.", "Wibble"),
        ("The length was computed with Zorkplex.", "Zorkplex"), ("Using Zorkplex Plus, it is 3 m.", "Zorkplex"),
        ("According to Quibble, it is 3 m.", "Quibble"), ("I looked it up in Mumble's.", "Mumble"),
        ("It was looked up in Mumble's Handbook.", "Mumble"), ("I ran snarf to get it.", "snarf"),
        ("Quibble's fits gave 3 m.", "Quibble"), ("We consulted Mumble for it.", "Mumble"),
        ("According to my simulation it is 3 m.", "my simulation"),
        ("I searched the web for it.", "I searched the web"),
        ("My own measurements agree.", "My own measurements"), ("I simulated the frob.", "I simulated"),
        ("A simulation I ran shows 3 m.", "A simulation I ran"),
        ("I checked the literature.", "I checked the literature"),
    ],
)  # fmt: skip
def test_what_the_writer_says_it_did_and_the_run_did_not_is_flagged(text: str, name: str) -> None:
    assert [one.name.removesuffix(" it") for one in claims(text, ["frob_length"], KNOWN, RAN)] == [name]


@pytest.mark.parametrize(
    "text",
    [
        "FrobProp was used for the length.", "I used FrobProp to get 3 m.", "According to GLUMPH-95 it is 3 m.",
        "I did not run Wibble.", "Using the given width, I get 3 m.", "Wibble lived in 1883.", "I used SI units.",
        "The length was computed from the width of Yoop.", "I found Wi to be 3.", "I calculated 3 m.",
        "I looked it up in the documents.", "It could be checked with Zorkplex.",
        "Using FrobProp, the length of Yoop is 3 m. Then the frob is cut.",
    ],
)  # fmt: skip
def test_what_the_run_did_may_be_said_in_the_first_person(text: str) -> None:
    assert claims(text, ["frob_length"], KNOWN, RAN) == ()


def test_a_run_that_computed_and_quoted_nothing_bears_out_no_calculation_and_no_look_up() -> None:
    nothing = Done(sources=SOURCES, computed=False, cited=False)
    for text in ("I calculated 3 m.", "By my calculation it is 3 m.", "I looked the value up."):
        assert len(claims(text, [], KNOWN, nothing)) == 1
