"""A result that a text ascribes to an expert must have a call behind it."""

from __future__ import annotations

import pytest

from collegia.agents.claims import claims

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
