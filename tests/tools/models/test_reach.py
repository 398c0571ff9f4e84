"""Whether models can be had is asked without a word to any of them."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest
from aiohttp import web

from collegia.errors import ModelRefused, ModelUnreachable
from collegia.settings import ModelSettings, Serving, Settings
from collegia.tools.models import Models, ScriptedModel
from collegia.tools.models.direct import DirectModel
from collegia.tools.models.reach import Outlook, Reach, look
from collegia.tools.serving import ServerStatus
from tests.tools.models.server import Server

NOWHERE = "http://127.0.0.1:9/v1"
LISTED = {"data": [{"id": "tiny", "max_model_len": 4096}, {"id": "other"}]}


def settings(tmp_path: Path, serving: Serving | None = None, **models: ModelSettings) -> Settings:
    return Settings(tmp_path, models=models, serving=serving or Serving())


async def outlook(stated: Settings, patience: float = 3.0, **given: Any) -> Outlook:
    models = Models(stated, given)
    try:
        return await look(stated, models, patience)
    finally:
        await models.close()


async def test_a_server_that_lists_the_model_has_it_and_says_what_it_holds(server: Server, tmp_path: Path) -> None:
    server.models = LISTED
    found = await outlook(settings(tmp_path, default=ModelSettings("hosted_vllm/tiny", server.url)))
    assert found.models == {"default": Reach("reachable", context=4096)}
    assert server.asked == []  # not a word
    assert server.aside == ["/v1/models"]


async def test_a_server_without_a_list_is_taken_to_have_it(server: Server, tmp_path: Path) -> None:
    found = await outlook(settings(tmp_path, default=ModelSettings("hosted_vllm/tiny", server.url, context=512)))
    assert found.models["default"] == Reach("reachable", context=512)


async def test_a_server_that_lists_others_only_refuses_it(server: Server, tmp_path: Path) -> None:
    server.models = {"data": [{"id": "other"}, "nonsense", {"id": "third"}]}
    found = await outlook(settings(tmp_path, default=ModelSettings("hosted_vllm/tiny", server.url)))
    assert found.models["default"].state == "refused"
    assert "it has: other, third" in found.models["default"].why


@pytest.mark.parametrize("said", [{"data": None}, {"data": [3]}, {"data": "text"}, {}])
async def test_a_list_that_is_none_is_no_fault_of_the_model(server: Server, tmp_path: Path, said: Any) -> None:
    server.models = said
    found = await outlook(settings(tmp_path, default=ModelSettings("hosted_vllm/tiny", server.url)))
    assert found.models["default"].state == "reachable"


@pytest.mark.parametrize("said", [[1], "text", 3])
async def test_what_is_no_list_at_all_comes_from_no_such_server(server: Server, tmp_path: Path, said: Any) -> None:
    server.models = said
    found = await outlook(settings(tmp_path, default=ModelSettings("hosted_vllm/tiny", server.url)))
    assert found.models["default"].state == "refused"


async def test_an_address_where_nothing_is_is_unreachable(tmp_path: Path) -> None:
    found = await outlook(settings(tmp_path, default=ModelSettings("hosted_vllm/tiny", NOWHERE)))
    assert found.models["default"].state == "unreachable"
    assert "does not answer" in found.models["default"].why


@asynccontextmanager
async def answering(handler: Callable[[web.Request], Awaitable[web.Response]]) -> AsyncIterator[str]:
    """The address of a server that does this with everything."""
    app = web.Application()
    app.router.add_route("*", "/{any:.*}", handler)
    runner = web.AppRunner(app, shutdown_timeout=0.1)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    yield f"http://127.0.0.1:{runner.addresses[0][1]}"
    await runner.cleanup()


async def test_a_server_that_hangs_is_waited_for_no_longer_than_patience(tmp_path: Path) -> None:
    async def hang(_: web.Request) -> web.Response:
        await asyncio.sleep(30)
        return web.Response()

    async with answering(hang) as url:
        asked = ModelSettings("hosted_vllm/tiny", f"{url}/v1")
        stated = settings(tmp_path, Serving(endpoints=(url,)), default=asked, mine=ModelSettings("served/base"))
        began = time.monotonic()
        found = await outlook(stated, 0.3)
        assert time.monotonic() - began < 3
    assert found.models["default"] == Reach("unreachable", "no answer within 0.3 s")
    assert found.models["mine"].state == "unreachable"
    assert [one.trouble for one in found.engines] == ["no answer within 0.3 s"]


@pytest.mark.parametrize("status", [401, 403, 500])
async def test_a_server_that_turns_the_key_down_refuses_and_tells_no_key(
    monkeypatch: pytest.MonkeyPatch, status: int
) -> None:
    key = "sk-a-key-that-nobody-may-see-0123456789"
    monkeypatch.setenv("MY_KEY", key)

    async def refuse(request: web.Request) -> web.Response:
        return web.Response(status=status, text=f"bad key {request.headers['Authorization']}")

    async with answering(refuse) as url:
        model = DirectModel(ModelSettings("hosted_vllm/tiny", f"{url}/v1", api_key_env="MY_KEY"), "small")
        with pytest.raises(ModelRefused) as raised:
            await model.listed()
        await model.close()
    assert str(status) in str(raised.value)
    assert key not in str(raised.value)


async def test_listing_raises_where_nobody_answers() -> None:
    model = DirectModel(ModelSettings("hosted_vllm/tiny", NOWHERE), "small")
    with pytest.raises(ModelUnreachable):
        await model.listed()
    await model.close()


async def test_a_provider_that_only_a_question_reaches_is_not_asked(tmp_path: Path) -> None:
    found = await outlook(settings(tmp_path, default=ModelSettings("anthropic/some")))
    assert found.models["default"].state == "not asked"


async def test_a_model_that_was_given_is_not_asked(tmp_path: Path) -> None:
    model = ScriptedModel()
    found = await outlook(settings(tmp_path, default=ModelSettings("hosted_vllm/tiny", NOWHERE)), default=model)
    assert found.models["default"].state == "not asked"
    assert model.requests == []


async def test_a_model_whose_settings_are_wrong_is_told_as_refused(tmp_path: Path) -> None:
    found = await outlook(settings(tmp_path, default=ModelSettings("hosted_vllm/tiny", client="direct")))
    assert found.models["default"].state == "refused"
    assert "api_base" in found.models["default"].why


async def test_no_engine_is_asked_where_no_model_is_served(tmp_path: Path) -> None:
    assert (await outlook(settings(tmp_path, Serving(endpoints=("http://127.0.0.1:9",))))) == Outlook({}, ())


async def test_an_engine_that_is_down_makes_its_models_unreachable(tmp_path: Path) -> None:
    stated = settings(tmp_path, Serving(endpoints=("http://127.0.0.1:9",)), default=ModelSettings("served/base"))
    found = await outlook(stated)
    assert found.models["default"].state == "unreachable"
    assert found.models["default"].why
    assert [one.healthy for one in found.engines] == [False]


def test_an_adapter_is_hot_wherever_it_is_loaded() -> None:
    loaded = {"a": ("oil", "gas"), "b": ("oil",), "c": None}
    engines = tuple(ServerStatus(url, healthy=names is not None, adapters=names) for url, names in loaded.items())
    assert Outlook({}, engines).hot == {"oil": ("a", "b"), "gas": ("a",)}
