"""Values that are told what they are by what stands elsewhere in the question: a list, a twin, a verb."""

from __future__ import annotations

from typing import Annotated

import pytest
from nonsense import FUNCTIONS, frim, given, lorn, propose, quax, registry, step_of, zaff

from collegia.agents.reading import read
from collegia.tools import At, Kind, Range, expert

big_quax = Kind("big_quax", "m", names=("big quax",), parent=quax)
tall_quax = Kind("tall_quax", "m", names=("tall quax",), hints=("raise", "raises"), parent=quax)
nulk = Kind("nulk", "m", names=("nulk",))


@expert
def nulk_of(big: Annotated[float, big_quax], tall: Annotated[float, tall_quax]) -> Annotated[float, nulk]:
    """Nulk of two quaxes that are not alike."""
    return big - tall


@expert
def lorn_of(
    zaff_start: Annotated[float, zaff, At("start"), Range(gt=0)],
    zaff_end: Annotated[float, zaff, At("end"), Range(gt=0)],
    frim_start: Annotated[float, frim, At("start")],
    frim_end: Annotated[float, frim, At("end")],
) -> Annotated[float, lorn]:
    """Lorn that brings a zaff from one frim to another."""
    return (zaff_end - zaff_start) * (frim_end - frim_start)


@pytest.mark.parametrize(
    "crusts",
    [
        "a crust of 3 m2K/W on the sun side and 4 on the moon side",
        "a crust of 3 on the sun side and 4 m2K/W on the moon side",
        "a crust of 3 m2K/W on the sun side, 4 on the moon side",
    ],
)  # fmt: skip
def test_of_two_values_with_their_places_one_bears_the_unit(crusts: str) -> None:
    pith = step_of(propose(f"What is the pith with {crusts}?"), "pith_between")
    assert (given(pith, "inner"), given(pith, "outer")) == (3.0, 4.0)


def test_a_bare_number_takes_the_unit_of_the_value_that_bears_the_same_name() -> None:
    join = step_of(propose("ulk? Sun stream: 2 kg/s, tolv 4 kJ/kgK, frob-wise; moon stream: 3 kg/s (tolv 2)."), "join")
    assert (given(join, "sun_tolv"), given(join, "moon_tolv")) == (4000.0, 2000.0)


@pytest.mark.parametrize(
    "question",
    [
        "ulk? Sun stream: 2 kg/s, tolv 4 kJ/kgK; moon stream: 3 kg/s (tolv 2000).",
        "What is the plen of a zob of 2 kg/s, tolv 4 kJ/kgK, a frim of 20 °C at the ingle; later, a frim of 80?",
        "What is the pith with a crust of 3 on the sun side and 4 on the moon side?",
    ],
)
def test_a_bare_number_takes_no_unit_where_another_may_be_meant(question: str) -> None:
    assert propose(question).status == "clarify"


def test_what_a_value_goes_to_is_of_the_kind_that_it_comes_from() -> None:
    question = "A zaff goes from 0.2 1/s at 310 K to 0.5 1/s at 335 K. What is the lorn?"
    step = step_of(propose(question, lorn_of, *FUNCTIONS), "lorn_of")
    bound = [given(step, name) for name in ("zaff_start", "zaff_end", "frim_start", "frim_end")]
    assert bound == [0.2, 0.5, 310.0, 335.0]


def test_a_verb_of_change_says_what_its_measure_is_of() -> None:
    found = read("It must raise 2 kg/s of sniggle at 20 °C by 18 m.", registry(nulk_of, *FUNCTIONS))
    (said,) = [one for one in found.said if one.text == "18 m"]
    assert min(said.kinds, key=lambda name: said.kinds[name]) == "tall_quax"


def test_two_values_that_could_be_taken_for_each_other_are_asked_about() -> None:
    proposal = propose("What is the nulk of quaxes of 3 m and 5 m?", nulk_of)
    assert proposal.status == "clarify"
    proposal = propose("What is the nulk? One quax is 3 m; another quax is 5 m.", nulk_of)
    assert proposal.status == "clarify"
    named = step_of(propose("What is the nulk of a tall quax of 3 m and a big quax of 5 m?", nulk_of), "nulk_of")
    assert (given(named, "big"), given(named, "tall")) == (5.0, 3.0)


def test_two_values_of_a_wider_kind_go_to_their_places_though_one_is_named_more_narrowly() -> None:
    question = "What is the plen of a zob of 2 kg/s and a tolv of 4 kJ/kgK at 20 °C and 80 °C?"
    step = step_of(propose(question), "plenify")
    assert given(step, "first") < given(step, "last")
