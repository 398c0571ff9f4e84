"""A served model asks where the fleet has its adapter ready."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import replace
from pathlib import Path

import pytest
from little_engine import LittleEngine

from collegia.errors import ServingError, UsageError
from collegia.settings import ExpertSettings, ModelSettings, Serving, Settings
from collegia.tools.models import Message, Models, Request, ask
from collegia.tools.models.expert import model_expert
from collegia.tools.serving.figures import figures_file
from collegia.tools.serving.model import ServedModel

Start = Callable[..., Awaitable[LittleEngine]]
Attached = Callable[..., Serving]
HELLO = Request((Message("user", "Hello"),))


def models(serving: Serving, home: Path) -> Models:
    return Models(Settings(home, models={"default": ModelSettings("served/base")}, serving=serving))


async def test_a_served_model_answers_with_the_adapter_that_is_asked_for(
    start: Start, attached: Attached, home: Path
) -> None:
    engine = await start()
    made = models(attached(engine), home)
    model = made.named("default")
    replies = [await ask(model, replace(HELLO, adapter=name), role="expert") for name in ("", "oil", "gas", "steam")]
    assert [one.text for one in replies] == ["base", "oil", "gas", "steam"]
    assert (replies[0].tokens.read, replies[0].tokens.written) == (5, 1)
    await made.close()
    assert engine.wrong == []
    assert figures_file(home).total().calls == 3


async def test_an_adapter_can_be_loaded_before_it_is_asked(start: Start, attached: Attached, home: Path) -> None:
    engine = await start()
    model = models(attached(engine), home).named("default")
    assert isinstance(model, ServedModel)
    assert model.prefetch("oil")
    await asyncio.sleep(0.1)
    assert list(engine.loaded) == ["oil"]
    await model.close()


async def test_words_are_counted_without_loading_their_adapter(start: Start, attached: Attached, home: Path) -> None:
    engine = await start()
    model = ServedModel(ModelSettings("served/base", max_output=10), attached(engine), home)
    needed, _ = await model.room(replace(HELLO, adapter="oil"))
    assert needed > 10
    assert engine.loaded == {}
    await model.close()


async def test_an_expert_whose_adapter_cannot_be_had_fails_with_the_reason(
    start: Start, attached: Attached, home: Path
) -> None:
    made = models(attached(await start()), home)
    expert = model_expert("taster", ExpertSettings("Tastes wine.", adapter="wine"), made)
    with pytest.raises(ServingError, match="no adapter 'wine'"):
        await expert.acall({"question": "Red?"})
    await made.close()


async def test_a_price_is_what_the_settings_say(attached: Attached, home: Path) -> None:
    serving = attached("http://127.0.0.1:9")
    assert await ServedModel(ModelSettings("served/base"), serving, home).price(1000, 10) is None
    priced = ModelSettings("served/base", prompt_price=1.0, output_price=100.0)
    assert await ServedModel(priced, serving, home).price(1000, 10) == pytest.approx(0.002)


def test_an_address_of_its_own_is_refused(attached: Attached, home: Path) -> None:
    with pytest.raises(UsageError, match="take its api_base out"):
        ServedModel(
            ModelSettings("served/base", api_base="http://127.0.0.1:9/v1"), attached("http://127.0.0.1:9"), home
        )


async def test_the_adapter_of_an_expert_is_loaded_ahead_and_what_cannot_be_is_left_to_its_call(
    start: Start, attached: Attached, home: Path
) -> None:
    engine = await start()
    made = models(attached(engine), home)
    for adapter in ("oil", "wine"):
        prepare = model_expert(adapter, ExpertSettings("Knows.", adapter=adapter), made).prepare
        assert prepare is not None
        prepare()
    await asyncio.sleep(0.1)
    assert list(engine.loaded) == ["oil"]
    assert model_expert("plain", ExpertSettings("Knows."), made).prepare is None
    await made.close()


async def test_what_can_be_had_tells_which_adapters_are_hot(
    start: Callable[..., Awaitable[LittleEngine]], attached: Callable[..., Serving], tmp_path: Path
) -> None:
    from collegia.settings import Settings
    from collegia.tools.models import Models
    from collegia.tools.models.reach import Reach, look

    engine = await start(loaded={"oil": "x"})
    stated = Settings(tmp_path, models={"default": ModelSettings("served/base")}, serving=attached(engine))
    found = await look(stated, Models(stated))
    assert found.models == {"default": Reach("reachable")}
    assert found.hot == {"oil": (engine.url,)}
    assert engine.running.total() == 0
