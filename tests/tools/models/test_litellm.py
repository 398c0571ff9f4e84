"""The same server through litellm: its replies, its errors as ours, its retries and prices under our rules."""

from __future__ import annotations

import asyncio
import os
from importlib.util import find_spec

import pytest

from collegia.errors import ContextTooLong, ModelRefused, ModelUnreachable
from collegia.settings import ModelSettings
from collegia.tools.models import Tokens, ask, ask_json, stream
from collegia.tools.models.through_litellm import LitellmModel
from tests.tools.models.conftest import SCHEMA, request
from tests.tools.models.server import hang, piece, raw, reset, say, status
from tests.tools.models.server import stream as pieces

pytestmark = [
    pytest.mark.skipif(find_spec("litellm") is None, reason="litellm is not installed: pip install 'collegia[models]'"),
    pytest.mark.xdist_group("litellm"),  # its import takes seconds
    # It silences these as it is imported, which pytest undoes for each test.
    pytest.mark.filterwarnings("ignore:.*`ReadOnly` qualifier"),
    pytest.mark.filterwarnings("ignore:Accessing the .* attribute on the instance is deprecated"),
]


@pytest.fixture
def model(server):
    def make(**more):
        return LitellmModel(ModelSettings("hosted_vllm/tiny", server.url, client="litellm", **more), "small")

    return make


async def test_a_reply_comes_back_whole(server, model):
    done = await model(prompt_price=1.0, output_price=2.0).complete(request(seed=7, max_output=5, adapter="lora-a"))
    assert (done.text, done.finish, done.tokens) == ("hello", "stop", Tokens(12, 3, pytest.approx(18e-6)))
    (body,) = server.bodies
    assert (body["model"], body["seed"], body["max_tokens"], body["temperature"]) == ("lora-a", 7, 5, 0.0)


async def test_a_schema_is_sent_and_what_comes_back_is_read_in_form(server, model):
    server.then.extend([say("three"), say({"n": 3})])
    assert (await ask_json(model(), request(schema=SCHEMA), role="planner")).data == {"n": 3}
    assert server.bodies[0]["response_format"]["json_schema"]["schema"] == SCHEMA
    assert len(server.asked) == 2


async def test_a_stream_gives_its_pieces_and_then_the_whole(server, model):
    server.always = say("one two")
    heard: list[str] = []
    done = await stream(model(), request(), role="writer", on_text=heard.append)
    assert heard == ["one ", "two "]
    assert (done.text, done.finish) == ("one two ", "stop")


@pytest.mark.parametrize(
    ("fault", "kind", "tries"),
    [
        (status(400, {"error": {"message": "bad value"}}), ModelRefused, 1),
        (status(401), ModelRefused, 1),
        (status(404), ModelRefused, 1),
        (status(400, {"error": {"message": "This model's maximum context length is 9 tokens."}}), ContextTooLong, 1),
        (status(429), ModelUnreachable, 2),
        (status(500), ModelUnreachable, 2),
        (status(503, Retry_After="3600"), ModelUnreachable, 1),
        (reset(), ModelUnreachable, 2),
    ],
)
async def test_its_errors_are_ours_and_only_a_busy_server_is_asked_again(server, model, fault, kind, tries):
    server.always = fault
    with pytest.raises(kind, match="small at http"):
        await model(retries=1).complete(request())
    assert len(server.asked) == tries


async def test_what_is_no_reply_is_not_believed(server, model):
    server.always = raw(b"<html>It works!</html>", "text/html")
    with pytest.raises((ModelRefused, ModelUnreachable)):
        await model(retries=0).complete(request())


async def test_a_stream_that_breaks_off_is_an_error_after_its_pieces(server, model):
    server.always = pieces([piece("half ")], cut=True)
    heard: list[str] = []
    with pytest.raises(ModelUnreachable, match="broke off"):
        await stream(model(), request(), role="writer", on_text=heard.append)
    assert (heard, len(server.asked)) == (["half "], 1)


async def test_a_slow_server_is_given_up(server, model):
    server.always = hang()
    with pytest.raises(ModelUnreachable, match="took too long"):
        await model(timeout=0.3).complete(request())
    assert len(server.asked) == 1


@pytest.mark.parametrize("streamed", [True, False])
async def test_cancelling_closes_the_connection(server, model, streamed):
    server.always = pieces([piece("a ")] * 100, pause=0.1) if streamed else hang()
    asked = stream(model(), request(), role="x", on_text=lambda _: None) if streamed else model().complete(request())
    task = asyncio.create_task(asked)
    assert await asyncio.to_thread(server.begun.wait, 20)
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    assert await asyncio.to_thread(server.gone.wait, 5)


async def test_the_key_is_sent_and_shown_nowhere(server, model, monkeypatch, caplog, capfd):
    monkeypatch.setenv("COLLEGIA_API_KEY", "sk-very-secret")
    server.always = status(401, {"error": {"message": "wrong key: sk-very-secret"}})
    with pytest.raises(ModelRefused, match="wrong key") as refused:
        await model().complete(request())
    assert server.asked[0][0]["Authorization"] == "Bearer sk-very-secret"
    assert "sk-very-secret" not in f"{refused.value!r} {refused.value.__cause__} {caplog.text} {capfd.readouterr()}"


async def test_no_more_calls_are_open_than_allowed(server, model):
    one = model(concurrency=2)
    await asyncio.gather(*(ask(one, request(), role="x") for _ in range(6)))
    assert server.most_open <= 2


async def test_a_model_of_a_provider_has_the_listed_price_and_one_at_an_address_of_its_own_has_none(server):
    listed = LitellmModel(ModelSettings("openai/gpt-4o"))
    assert await listed.price(1000, 1000) > 0
    assert await LitellmModel(ModelSettings("openai/gpt-4o", server.url)).price(1000, 1000) is None
    assert await LitellmModel(ModelSettings("openai/no-such-model")).price(1000, 1000) is None
    assert await LitellmModel(ModelSettings("groq/gpt-4o")).price(1000, 1000) is None


async def test_what_the_library_lists_is_what_a_model_can_hold_unless_it_is_set(server):
    with pytest.raises(ContextTooLong, match="openai/gpt-4o can hold 128000 tokens"):
        await ask(LitellmModel(ModelSettings("openai/gpt-4o")), request("word " * 100_000), role="x")
    own = LitellmModel(ModelSettings("openai/gpt-4o", server.url, client="litellm"))
    assert (await own.room(request()))[1] == 0
    assert (await LitellmModel(ModelSettings("openai/gpt-4o", context=99)).room(request()))[1] == 99


def test_it_was_told_to_fetch_nothing(model):
    asyncio.run(model().price(1, 1))
    asyncio.run(LitellmModel(ModelSettings("openai/gpt-4o")).price(1, 1))
    assert os.environ["LITELLM_LOCAL_MODEL_COST_MAP"] == "True"
