"""A model's words may not hold a number of its own: measured on generated answers and on sentences written by hand."""

from __future__ import annotations

import json
import sys
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from guard_generator import cases

from collegia.agents.guard import Grounds, Value, guard
from collegia.errors import UnitError

SENTENCES = Path(__file__).with_name("guard_cases.jsonl")
SEEDS = (101, 102)
"""Seeds that nothing was tuned on."""

DROP = Grounds((Value(92694.2, "Pa", 0.05),), ("Water flows at 60 m³/h, 20 °C. What is the loss?",))


def lines(key: str) -> list[dict[str, Any]]:
    rows = [json.loads(line) for line in SENTENCES.read_text(encoding="utf-8").splitlines()]
    return [row for row in rows if key in row]


def grounds_by_name() -> dict[str, Grounds]:
    return {
        row["grounds"]: Grounds(
            tuple(Value(*fields, name=name) for name, *fields in row["values"]),
            tuple(row["texts"]),
            (*(name for name, *_ in row["values"]), *row["names"]),
        )
        for row in lines("grounds")
    }


def test_of_planted_numbers_95_in_100_are_found_and_of_right_ones_at_most_2_in_100_marked(
    capsys: pytest.CaptureFixture[str],
) -> None:
    planted: Counter[str] = Counter()
    found: Counter[str] = Counter()
    numbers = marked = right = alarmed = 0
    for case in (one for seed in SEEDS for one in cases(seed, 500)):
        strays = guard(case.text, case.grounds).strays
        hit = [span for span in case.planted if any(one.start < span[1] and span[0] < one.end for one in strays)]
        false = [one for one in strays if not any(one.start < end and start < one.end for start, end in case.planted)]
        planted[case.kind] += len(case.planted)
        found[case.kind] += len(hit)
        numbers += case.numbers
        marked += len(false)
        right += not case.planted
        alarmed += bool(false) and not case.planted
    del planted["right"]
    report = [f"{kind:>16}: {found[kind]} of {count} found" for kind, count in sorted(planted.items())]
    report.append(f"{'all':>16}: {found.total()} of {planted.total()} found")
    report.append(f"right numbers marked: {marked} of {numbers}; right answers with a mark: {alarmed} of {right}")
    with capsys.disabled():
        sys.stdout.write("\n" + "\n".join(report) + "\n")
    assert planted.total() >= 400
    assert found.total() >= 0.95 * planted.total()
    assert all(found[kind] >= 0.9 * count for kind, count in planted.items())
    assert marked <= 0.02 * numbers
    assert alarmed <= 0.02 * right


@pytest.mark.parametrize("row", lines("use"), ids=lambda row: row["text"][:60])
def test_in_sentences_written_by_hand_the_wrong_numbers_are_marked_and_no_others(row: dict[str, Any]) -> None:
    text = row["text"]
    strays = guard(text, grounds_by_name()[row["use"]]).strays
    wrong = [(text.index(one), text.index(one) + len(one)) for one in row["wrong"]]
    overlaps = [[one.text for one in strays if one.start < end and start < one.end] for start, end in wrong]
    assert all(overlaps), overlaps
    assert sum(len(each) for each in overlaps) == len(strays), strays


@pytest.mark.parametrize(
    ("text", "marked"),
    [
        ("It is 42 kPa.", "It is [?42 kPa]."),
        ("It is **42 kPa**, not 92.7 kPa.", "It is **[?42 kPa]**, not 92.7 kPa."),
        ("It is **42** kPa.", "It is [?**42** kPa]."),
        ("It is $42\\ \\mathrm{kPa}$.", "It is $[?42\\ \\mathrm{kPa}]$."),
        ("First 41 kPa, then 43 kPa", "First [?41 kPa], then [?43 kPa]"),
        ("It is twice the loss.", "It is [?twice] the loss."),
        ("Nothing to count here.", "Nothing to count here."),
        ("", ""),
    ],
)
def test_a_mark_stands_around_the_number_and_its_unit_and_leaves_the_rest_as_it_was(text: str, marked: str) -> None:
    assert guard(text, DROP).text == marked


def test_a_stray_tells_its_place_in_the_text_as_it_was_given() -> None:
    text = "Here, **bold** and `code`: 92.7 kPa and 17 kPa."
    (stray,) = guard(text, DROP).strays
    assert text[stray.start : stray.end] == stray.text == "17 kPa"


@pytest.mark.parametrize(
    "said", ["92.694 kPa", "92.69 kPa", "92.7 kPa", "93 kPa", "about 90 kPa", "0.9 bar", "93 000 Pa"]
)
def test_a_value_may_be_rounded(said: str) -> None:
    assert guard(f"It is {said}.", DROP).strays == ()


@pytest.mark.parametrize("said", ["92.6 kPa", "92 kPa", "100 kPa", "about 80 kPa", "92.70 kPa", "1 bar", "94 000 Pa"])
def test_a_rounding_that_is_none_is_marked(said: str) -> None:
    assert [one.text for one in guard(f"It is {said}.", DROP).strays] == [said.removeprefix("about ")]


def test_a_pressure_counted_from_the_atmosphere_is_not_the_same_as_an_absolute_one() -> None:
    absolute, gauge = Grounds((Value(5.0, "bar"),)), Grounds((Value(5.0, "bar(g)"),))
    assert [one.text for one in guard("5 bar(g), 3.99 bar(g)", absolute).strays] == ["5 bar(g)"]
    assert [one.text for one in guard("5 bar(g), 6.01 bar abs, 5 bar abs", gauge).strays] == ["5 bar abs"]


def test_a_difference_of_temperatures_is_no_temperature() -> None:
    point = Grounds((Value(350.0, "K", difference=False),))
    step = Grounds((Value(350.0, "K", difference=True),))
    assert [one.text for one in guard("76.85 °C or 350 °C", point).strays] == ["350 °C"]
    assert [one.text for one in guard("76.85 °C or 350 °C", step).strays] == ["76.85 °C"]


def test_a_fall_may_be_said_without_its_sign_and_a_sign_may_not_be_made_up() -> None:
    grounds = Grounds((Value(-12.5, "kJ/mol"),))
    assert guard("It releases 12.5 kJ/mol; the change is −12.5 kJ/mol.", grounds).strays == ()
    assert [one.text for one in guard("It takes up 12.5 kJ/mol.", grounds).strays] == ["12.5 kJ/mol"]
    assert [one.text for one in guard("It drops by -92.7 kPa.", DROP).strays] == ["-92.7 kPa"]


def test_a_rate_may_be_said_as_an_amount_of_its_period_and_the_other_way_round() -> None:
    rate, amount = Grounds((Value(14280.0, "USD/year"),)), Grounds((Value(14280.0, "USD", name="yearly cost"),))
    for grounds in (rate, amount):
        assert guard("It costs $14,280 a year; the yearly cost is 14,280 USD.", grounds).strays == ()
        assert [one.text for one in guard("It costs $14,280 a month.", grounds).strays] == ["$14,280 a month"]
    assert [one.text for one in guard("It costs $14,280 once.", rate).strays] == ["$14,280"]


def test_a_unit_that_is_not_known_is_traced_only_where_it_was_written_so() -> None:
    grounds = Grounds(texts=("The blower gives 60 Nm³/h.",))
    assert guard("It gives 60 Nm³/h.", grounds).strays == ()
    assert [one.text for one in guard("It gives 60 Sm³/h.", grounds).strays] == ["60"]


def test_a_bare_number_takes_the_unit_of_its_column() -> None:
    table = "| what | kPa | psi |\n|---|---|---|\n| loss | 92.7 | {} |"
    assert guard(table.format("13.4"), DROP).strays == ()
    assert [one.text for one in guard(table.format("92.7"), DROP).strays] == ["92.7"]


def test_a_bare_number_that_lacks_its_unit_needs_three_digits() -> None:
    grounds = Grounds((Value(92.694, "kPa"),))
    assert guard("It is 92.7.", grounds).strays == ()
    assert [one.text for one in guard("It is 93.", grounds).strays] == ["93"]


def test_grounds_with_a_unit_that_is_none_are_refused() -> None:
    with pytest.raises(UnitError, match="flurb"):
        guard("1 kPa", Grounds((Value(1.0, "flurb"),)))


@pytest.mark.parametrize("said", ["hundred kilowatts", "a dozen bar", "thousands of kW", "a couple of hundred kW"])
def test_a_large_number_in_words_needs_no_other_before_it(said: str) -> None:
    assert len(guard(f"It takes {said}.", Grounds(texts=("How much?",))).strays) == 1
    assert guard(f"It takes {said}.", Grounds(texts=(f"Is it {said}?",))).strays == ()
