"""The result is one versioned object, and its schema in docs/ is the one the code has."""

from __future__ import annotations

import json
from pathlib import Path

import jsonschema
import pydantic
import pytest
import toys as t

from collegia.agents.assistant import Assistant
from collegia.agents.plan import Missing
from collegia.agents.result import SCHEMA, Result, json_schema

DOCS = Path(__file__).parents[2] / "docs" / "result.schema.json"
FIELDS = [
    "schema", "run_id", "status", "question", "answer_text", "quantities", "citations", "replies", "quotations",
    "assumptions", "missing", "warnings", "plan", "steps", "usage", "said", "kept", "changed",
]  # fmt: skip


def test_the_schema_in_the_docs_is_up_to_date() -> None:
    assert json.loads(DOCS.read_text("utf-8")) == json_schema(), "run `python -m collegia.agents.result`"


def test_the_schema_is_a_schema() -> None:
    jsonschema.Draft202012Validator.check_schema(json_schema())


@pytest.mark.parametrize(
    "proposal",
    [t.three_steps(), t.clarify(Missing(name="flow", kind="flow", unit="kilogram / second")), RuntimeError("bug")],
    ids=["answered", "clarify", "error"],
)
async def test_what_is_printed_keeps_the_schema_and_reads_back(proposal: object) -> None:
    result = await Assistant(t.registry(), planner=t.Scripted(proposal)).ask("how heavy?")  # type: ignore[arg-type]  # each is one
    printed = json.loads(result.to_json())
    jsonschema.validate(printed, json_schema())
    assert list(printed) == FIELDS
    assert printed["schema"] == SCHEMA
    assert Result.from_dict(printed) == result


def test_a_result_of_another_version_is_refused() -> None:
    with pytest.raises(pydantic.ValidationError):
        Result.from_dict({"schema": "collegia.result/2", "run_id": "r", "status": "answered"})


def test_a_result_cannot_be_changed() -> None:
    result = Result(run_id="r", status="answered")
    with pytest.raises(pydantic.ValidationError):
        result.status = "error"
