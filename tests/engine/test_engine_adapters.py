"""A served model on a real vLLM: adapters, schemas, streams, and a call that is broken off."""

from __future__ import annotations

import asyncio
from contextlib import aclosing
from dataclasses import replace
from pathlib import Path

import pytest

from collegia.settings import ModelSettings, Serving
from collegia.tools.models import Completion, Message, Request, ask, ask_json
from collegia.tools.serving import Fleet
from collegia.tools.serving.model import ServedModel
from tests.engine.conftest import Engine

pytestmark = pytest.mark.engine

HELLO = Request((Message("system", "Be brief."), Message("user", "What is a plan?")), max_output=24)
STEP = {
    "type": "object",
    "properties": {"expert": {"enum": ["pipe_loss", "pump_power"]}, "cases": {"type": "integer"}},
    "required": ["expert", "cases"],
    "additionalProperties": False,
}


def serving(engine: Engine) -> Serving:
    folders = {"lora-a": "lora-a", "lora-b": "lora-b", "lora-c": "lora-a"}
    adapters = tuple((name, str(engine.folder / folder)) for name, folder in folders.items())
    return Serving(endpoints=(engine.url,), max_loras=2, max_lora_rank=8, adapters=adapters)


@pytest.fixture
def model(engine: Engine, home: Path) -> ServedModel:
    return ServedModel(ModelSettings("served/base"), serving(engine), home, "tiny")


async def test_each_adapter_answers_as_itself_and_the_same_in_a_stream(model: ServedModel) -> None:
    said = {}
    for name in ("", "lora-a", "lora-b", "lora-c"):
        request = replace(HELLO, adapter=name)
        said[name] = (await ask(model, request, role="expert")).text
        async with aclosing(model.stream(request)) as pieces:
            *words, whole = [piece async for piece in pieces]
        assert isinstance(whole, Completion)
        assert "".join(map(str, words)) == whole.text == said[name]
        assert whole.tokens.written > 0
    assert said["lora-a"] == said["lora-c"]
    assert len(set(said.values())) == 3
    await model.close()


@pytest.mark.parametrize("adapter", ["", "lora-a", "lora-b"])
async def test_a_schema_is_kept_with_and_without_an_adapter(model: ServedModel, adapter: str) -> None:
    request = replace(HELLO, adapter=adapter, schema=STEP, max_output=200)
    made = await ask_json(model, request, role="planner")
    assert made.data["expert"] in ("pipe_loss", "pump_power")
    assert isinstance(made.data["cases"], int)
    assert made.notes == ()
    await model.close()


async def test_the_words_of_a_long_prompt_are_counted_by_the_engine(model: ServedModel) -> None:
    needed, held = await model.room(Request((Message("user", "pipe " * 5000),), adapter="lora-b"))
    assert held == 16384
    assert needed > 5000
    await model.close()


@pytest.mark.parametrize("way", ["cancelled", "closed"])
async def test_a_call_that_is_broken_off_frees_its_place(engine: Engine, model: ServedModel, way: str) -> None:
    long = replace(HELLO, adapter="lora-a", max_output=4000)
    model = ServedModel(ModelSettings("served/base", body={"ignore_eos": True}), serving(engine), None)
    if way == "closed":
        async with aclosing(model.stream(long)) as pieces:
            assert await anext(pieces)
    else:
        call = asyncio.create_task(model.complete(long))
        await until(engine, busy=True)
        call.cancel()
        with pytest.raises(asyncio.CancelledError):
            await call
    await until(engine, busy=False)
    for adapter in ("lora-b", "lora-c"):  # nothing holds on to the first adapter
        assert (await model.complete(replace(HELLO, adapter=adapter))).text
    await model.close()


async def until(engine: Engine, *, busy: bool) -> None:
    """Wait until the engine answers something, or nothing."""
    async with Fleet(serving(engine)) as fleet, asyncio.timeout(60):  # a machine that does other work too is slow
        while bool((await fleet.status())[0].load.running) is not busy:  # noqa: ASYNC110  # its gauge is all that tells
            await asyncio.sleep(0.02)
