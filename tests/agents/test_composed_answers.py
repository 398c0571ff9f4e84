"""Answers that are put together from single values are read as if they had been typed."""

from __future__ import annotations

import pytest

from collegia.agents.assistant import Assistant
from collegia.agents.plan import Missing
from collegia.agents.question import answer_part, composed_answer
from collegia.agents.store import RunStore
from collegia.errors import UsageError

HEAD = Missing(name="static head", kind="head", unit="meter")
SHARE = Missing(name="pump efficiency", kind="pump_efficiency", unit="percent")


@pytest.mark.parametrize(
    ("text", "part"),
    [
        ("15", "static head 15 m"),
        (" 15 ", "static head 15 m"),
        ("1,500.5", "static head 1,500.5 m"),
        ("-2", "static head -2 m"),
        ("1e3", "static head 1e3 m"),
        (".5", "static head .5 m"),
        ("15 m", "static head 15 m"),
        ("50 ft", "static head 50 ft"),
        ("1 500", "static head 1 500"),
        ("0,75", "static head 0,75"),
        ("about 15", "static head about 15"),
    ],
)
def test_a_bare_number_has_the_unit_that_was_asked_for_and_nothing_else_has(text: str, part: str) -> None:
    assert answer_part(HEAD, text) == part


@pytest.mark.parametrize("text", ["0.75", ".75", "1", "0", "-0.5", "−0.5"])
def test_a_bare_share_for_a_percentage_is_asked_again(text: str) -> None:
    with pytest.raises(UsageError, match="may be a share or a percentage"):
        answer_part(SHARE, text)


def test_a_percentage_is_one() -> None:
    assert answer_part(SHARE, "75") == "pump efficiency 75 %"
    assert answer_part(SHARE, "0.75 %") == "pump efficiency 0.75 %"


def test_what_answers_words_stands_alone() -> None:
    assert answer_part(Missing(name="fluid", kind="substance", question="Which?"), "R134a") == "R134a"
    assert answer_part(Missing(name="what is asked", kind=""), "the density") == "the density"


def test_what_was_left_empty_is_left_out() -> None:
    assert composed_answer([HEAD, SHARE], ["15", " "]) == "static head 15 m"
    assert composed_answer([HEAD, SHARE], ["15", "75"]) == "static head 15 m, pump efficiency 75 %"
    assert composed_answer([], []) == ""


@pytest.mark.parametrize(
    ("question", "said", "value", "unit"),
    [
        ("What is the shaft power of a pump for 60 m³/h of water?", ["3", "75"], 6.6667, "kilowatt"),
        ("How long does it take to fill a tank at 25 L/min?", ["12"], 480, "minute"),
        ("What is the annual electricity bill of a motor at 20 kW?", ["8000", "0.11"], 17600, "USD / year"),
        ("What area does a heat exchanger need for 2 MW?", ["500", "30"], 133.33, "meter ** 2"),
        ("What is the Reynolds number in a DN100 pipe?", ["2", "1"], 204520, ""),
        ("LMTD with hot side 90 °C to 60 °C?", ["20"], 53.608, "kelvin"),
        ("What is the heat duty to heat 5 t/h of water?", ["4.18", "30"], 174.17, "kilowatt"),
        ("What is the boiling point at 2 bar?", ["toluene"], 136.41, "degree_Celsius"),
    ],
)
def test_single_values_answer_what_was_asked_back(question: str, said: list[str], value: float, unit: str) -> None:
    assistant = Assistant(store=RunStore.in_memory())
    asked = assistant.ask_sync(question)
    assert asked.status == "clarify"
    done = assistant.resume_sync(asked.run_id, composed_answer(asked.missing, said))
    assert done.status == "answered"
    assert done.quantities[0].value == pytest.approx(value, rel=1e-4)
    assert done.quantities[0].unit == unit
