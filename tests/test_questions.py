"""Questions as engineers write them, asked of the real assistant: a floor that no change may lower.

`questions/*.jsonl` holds questions with reference answers that were computed from the libraries directly, not by
Collegia. A wrong number is worse than a question back, so none is allowed at all.
"""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from collegia.agents.assistant import Assistant
from collegia.agents.result import Result
from collegia.errors import UnitError
from collegia.tools.units import convert, parse_unit

pytest.importorskip("CoolProp")
pytest.importorskip("thermo")
pytest.importorskip("cantera")
pytest.importorskip("rdkit")

QUESTIONS = Path(__file__).parent / "questions"
# Right answers by kind when the floor was last raised.
FLOORS = {
    "process_paraphrases": {"single": 36, "multi": 44, "trap": 14},
    "process_fresh": {"single": 29, "multi": 20, "trap": 14},
    "process_siblings": {"single": 29, "multi": 28, "trap": 14},
    "process_independent": {"single": 19, "multi": 22, "trap": 10, "hostile": 50},
    "process_alternatives": {"ratio": 13, "both": 12, "list": 5, "unit": 6},
}


def rows(name: str) -> list[dict[str, Any]]:
    text = (QUESTIONS / f"{name}.jsonl").read_text(encoding="utf-8")
    return [json.loads(line) for line in text.splitlines()]


def matches(got: Any, wanted: dict[str, Any]) -> bool:
    if not isinstance(got.value, (int, float)):
        return False
    unit, target = got.unit, wanted["unit"]
    if target.startswith("delta_") and unit == "kelvin":
        unit = "delta_degree_Celsius"
    try:
        value = convert(float(got.value), parse_unit(unit).text, parse_unit(target).text)
    except UnitError:
        for word, per in (("annual", "year"), ("yearly", "year"), ("per year", "year"), ("per hour", "hour")):
            if word in wanted["name"]:  # "cost per hour" in USD is as right in USD/hour
                return matches(got, {**wanted, "unit": f"{target}/{per}", "name": ""})
        return target == "dimensionless" and abs(got.value - wanted["value"]) <= wanted["rel_tol"] * abs(
            wanted["value"]
        )
    tolerance = max(
        wanted.get("rel_tol", 0.0) * abs(wanted["value"]), wanted.get("abs_tol", 0.0) * (1.8 if "F" in target else 1.0)
    )
    return abs(value - wanted["value"]) <= tolerance * (1 + 1e-9) + 1e-15


def numbers_right(result: Result, wanted: list[dict[str, Any]]) -> bool:
    """Every wanted value is among the answered ones, each answered value counting once."""
    left = list(result.quantities)
    for one in sorted(wanted, key=lambda one: one.get("rel_tol", 0.0)):
        found = next((got for got in left if matches(got, one)), None)
        if found is None:
            return False
        left.remove(found)
    return True


def verdict(row: dict[str, Any], result: Result) -> str:
    accepted = {row["status"], *row.get("also", ())}
    if result.status != "answered":
        return "right" if result.status in accepted else "asked back"
    if "answered" not in accepted:
        return "wrong"
    return "right" if numbers_right(result, row.get("quantities", [])) else "wrong"


@pytest.mark.parametrize("name", sorted(FLOORS))
def test_no_number_is_wrong_and_no_answer_is_lost(name: str) -> None:
    assistant = Assistant()
    right: Counter[str] = Counter()
    wrong = []
    for row in rows(name):
        found = verdict(row, assistant.ask_sync(row["question"]))
        right[row["kind"]] += found == "right"
        if found == "wrong":
            wrong.append(row["id"])
    assert wrong == []
    assert {kind: right[kind] >= floor for kind, floor in FLOORS[name].items()} == dict.fromkeys(FLOORS[name], True), (
        right
    )
