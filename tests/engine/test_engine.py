"""The server that the other tests here stand on: what it is asked is what it does."""

from __future__ import annotations

import json

import jsonschema
import pytest

from tests.engine.conftest import Engine

pytestmark = pytest.mark.engine

STEP = {
    "type": "object",
    "properties": {"expert": {"enum": ["pipe_loss", "pump_power"]}, "cases": {"type": "integer"}},
    "required": ["expert", "cases"],
    "additionalProperties": False,
}


def test_the_engine_is_healthy_and_lists_its_model_and_both_adapters(engine: Engine) -> None:
    assert engine.get("/health") == ""
    listed = {one["id"]: one["parent"] for one in json.loads(engine.get("/v1/models"))["data"]}
    assert listed == {"base": None, "lora-a": "base", "lora-b": "base"}


def test_a_chat_is_answered_in_words_and_the_same_way_twice(engine: Engine) -> None:
    replies = [engine.chat("base", "What is a plan?") for _ in range(2)]
    said = [reply["choices"][0]["message"]["content"] for status, reply in replies if status == 200]
    assert said[0].strip()
    assert said == [said[0]] * 2


def test_each_adapter_answers_in_words_of_its_own(engine: Engine) -> None:
    said = set()
    for model in ("base", "lora-a", "lora-b"):
        status, reply = engine.chat(model, "What is a plan?")
        assert (status, reply["model"]) == (200, model)
        said.add(reply["choices"][0]["message"]["content"])
    assert len(said) == 3


@pytest.mark.parametrize("model", ["base", "lora-a", "lora-b"])
def test_a_schema_is_obeyed_whatever_the_words_would_be(engine: Engine, model: str) -> None:
    wanted = {"type": "json_schema", "json_schema": {"name": "step", "schema": STEP}}
    for seed in range(4):
        status, reply = engine.chat(model, "Plan.", response_format=wanted, temperature=1, seed=seed, max_tokens=200)
        assert (status, reply["choices"][0]["finish_reason"]) == (200, "stop")
        jsonschema.validate(json.loads(reply["choices"][0]["message"]["content"]), STEP)


def test_a_model_that_is_not_there_is_refused(engine: Engine) -> None:
    status, reply = engine.chat("lora-z", "Plan.")
    assert status == 404
    assert "lora-z" in reply["error"]["message"]
