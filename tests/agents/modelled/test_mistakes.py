"""A planner's model that errs: whatever it replies, no number comes out that types alone would not vouch for."""

from __future__ import annotations

import copy
import json
import random
from pathlib import Path
from typing import Any

import pytest
import replies as r

from collegia.agents.assistant import Assistant
from collegia.agents.result import Result
from collegia.settings import Settings
from collegia.tools.models import Request, ScriptedModel
from collegia.tools.registry import Registry

pytest.importorskip("CoolProp")
pytest.importorskip("thermo")
pytest.importorskip("cantera")
pytest.importorskip("rdkit")

QUESTIONS = Path(__file__).parents[2] / "questions"
CASES = 56
"""Four for each mistake."""


@pytest.fixture(scope="module")
def registry() -> Registry:
    return Registry.load()


def questions(name: str, status: str | None = None) -> list[str]:
    rows = [json.loads(line) for line in (QUESTIONS / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()]
    return [row["question"] for row in rows if status is None or row["status"] == status]


def assistant(home: Path, registry: Registry, model: ScriptedModel | None, planning: str = "auto") -> Assistant:
    settings = Settings.load({"COLLEGIA_PLANNING": planning}, home=home)
    return Assistant(registry, settings=settings, models={} if model is None else {"default": model})


def numbers(result: Result) -> list[tuple[str, Any, str]]:
    return [(one.name, one.value, one.unit) for one in result.quantities]


@pytest.fixture(scope="module")
def answered(registry: Registry, tmp_path_factory: pytest.TempPathFactory) -> list[Result]:
    """Results of questions that types answer, without a model."""
    plain = assistant(tmp_path_factory.mktemp("plain"), registry, None)
    found: list[Result] = []
    for question in questions("process_paraphrases", "answered") + questions("process_fresh", "answered"):
        result = plain.ask_sync(question)
        if result.status == "answered" and len(found) < CASES:
            found.append(result)
    assert len(found) == CASES
    return found


def erring(known: Result, mistake: Any, *, persists: bool) -> ScriptedModel:
    """A model that makes one mistake, once or every time, and is honest else."""

    def reply(request: Request) -> Any:
        assert known.plan is not None
        good = r.honest(known.plan, request)
        if not good["steps"] or (len(model.requests) > 1 and not persists):
            return good
        return mistake(copy.deepcopy(good), request)

    model = ScriptedModel(reply)
    return model


@pytest.mark.parametrize("persists", [False, True], ids=["once", "always"])
def test_no_mistake_changes_a_number_and_each_costs_two_calls_at_most(
    persists: bool, answered: list[Result], registry: Registry, home: Path
) -> None:
    costs = []
    for number, known in enumerate(answered):
        mistake = r.MISTAKES[number % len(r.MISTAKES)]
        model = erring(known, mistake, persists=persists)
        result = assistant(home, registry, model, "model").ask_sync(known.question)
        assert (result.status, numbers(result)) == ("answered", numbers(known)), (mistake.__name__, known.question)
        costs.append(len(model.requests))
    assert max(costs) <= 3
    assert 1 in costs  # fences, thoughts and blanks cost nothing


def test_guesses_at_what_types_ask_back_give_no_wrong_number(registry: Registry, home: Path) -> None:
    from test_questions import rows, verdict

    chance = random.Random(7)  # noqa: S311  # the same guesses every time
    model = ScriptedModel(lambda request: r.guess(request, registry, chance))
    guessing = assistant(home, registry, model)
    wrong, asked = [], 0
    for row in rows("process_independent"):
        before = len(model.requests)
        result = guessing.ask_sync(row["question"])
        asked += len(model.requests) > before
        if verdict(row, result) == "wrong":
            wrong.append(row["id"])
    assert wrong == []
    assert asked >= 20
