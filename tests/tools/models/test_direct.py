"""Our own client: what it sends, what it believes, what it tries again, and what it leaves behind."""

from __future__ import annotations

import asyncio
import gc
import logging
import time
import warnings
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import pytest

from collegia.errors import BadReply, ContextTooLong, ModelRefused, ModelUnreachable, UsageError
from collegia.settings import ModelSettings
from collegia.tools.models import Completion, Tokens, ask, stream
from collegia.tools.models.direct import DirectModel
from collegia.tools.models.endpoint import seconds_asked
from tests.tools.models.conftest import SCHEMA, request
from tests.tools.models.server import DONE, event, hang, piece, raw, reset, say, status, usage
from tests.tools.models.server import stream as pieces


async def test_a_reply_comes_back_whole_with_the_servers_count(server, direct):
    done = await direct(prompt_price=2.0, output_price=10.0).complete(request(seed=7, max_output=5))
    assert (done.text, done.finish) == ("hello", "stop")
    assert done.tokens == Tokens(12, 3, pytest.approx((12 * 2 + 3 * 10) / 1e6))
    (body,) = server.bodies
    assert body == {
        "model": "tiny", "temperature": 0.0, "max_tokens": 5, "seed": 7,
        "messages": [{"role": "system", "content": "Be brief."}, {"role": "user", "content": "hi"}],
    }  # fmt: skip


async def test_an_unpriced_call_has_an_unknown_cost_and_an_uncounted_one_has_no_tokens(server, direct):
    assert (await direct().complete(request())).tokens == Tokens(12, 3, None)
    server.always = say("hello", usage=None)
    assert (await direct(prompt_price=1.0, output_price=1.0).complete(request())).tokens == Tokens(0, 0, None)


async def test_an_adapter_is_asked_by_its_name_and_further_fields_go_along(server, direct):
    await direct(body={"repeat_penalty": 1.0}).complete(request(adapter="lora-a"))
    assert (server.bodies[0]["model"], server.bodies[0]["repeat_penalty"]) == ("lora-a", 1.0)


async def test_a_schema_is_sent_in_the_words_of_its_server(server, direct):
    await direct().complete(request(schema=SCHEMA))
    other = DirectModel(ModelSettings("llamacpp/tiny", server.url))
    await other.complete(request(schema=SCHEMA))
    strict, plain = (body["response_format"] for body in server.bodies)
    assert (strict["type"], strict["json_schema"]["schema"]) == ("json_schema", SCHEMA)
    assert plain == {"type": "json_object", "schema": SCHEMA}


async def test_the_key_is_sent_as_a_bearer_and_shown_nowhere(server, direct, monkeypatch, caplog):
    caplog.set_level(logging.DEBUG)
    monkeypatch.setenv("COLLEGIA_API_KEY", " sk-very-secret \n")
    server.then.extend([say("hi"), status(401, {"error": {"message": "wrong key: sk-very-secret"}})])
    model = direct()
    await model.complete(request())
    assert server.asked[0][0]["Authorization"] == "Bearer sk-very-secret"
    with pytest.raises(ModelRefused, match="COLLEGIA_API_KEY must hold its key") as refused:
        await model.complete(request())
    shown = f"{refused.value!r} {model!r} {vars(model)} {model.settings!r} {caplog.text}"
    assert "sk-very-secret" not in shown


async def test_a_model_may_have_a_key_of_its_own_and_without_one_none_is_sent(server, direct, monkeypatch):
    await direct().complete(request())
    assert "Authorization" not in server.asked[0][0]
    monkeypatch.setenv("COLLEGIA_API_KEY", "shared")
    monkeypatch.setenv("MY_KEY", "own")
    await direct(api_key_env="MY_KEY").complete(request())
    assert server.asked[1][0]["Authorization"] == "Bearer own"


async def test_a_key_that_would_break_a_header_is_refused_by_the_name_of_its_variable(direct, monkeypatch):
    monkeypatch.setenv("COLLEGIA_API_KEY", "sk-one\r\nX-Evil: 1")
    with pytest.raises(UsageError, match="COLLEGIA_API_KEY") as refused:
        await direct().complete(request())
    assert "sk-one" not in str(refused.value)


async def test_a_proxy_in_the_environment_is_not_used(server, direct, monkeypatch):
    for name in ("HTTP_PROXY", "http_proxy", "ALL_PROXY"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")
    assert (await direct().complete(request())).text == "hello"


@pytest.mark.parametrize("first", [status(429), status(500), status(503), status(502, "<html>bad gateway"), reset()])
async def test_a_server_that_was_busy_or_gone_is_asked_again(server, direct, first):
    server.then.append(first)
    assert (await direct().complete(request())).text == "hello"
    assert len(server.asked) == 2


async def test_it_is_asked_again_only_so_often_and_says_how_often(server, direct):
    server.always = status(500, {"error": {"message": "engine dead"}})
    with pytest.raises(ModelUnreachable, match="500: engine dead; tried 3 times"):
        await direct(retries=2).complete(request())
    assert len(server.asked) == 3


@pytest.mark.parametrize("first", [status(400), status(401), status(404), status(422), status(302), raw(b"<html>")])
async def test_what_was_refused_or_answered_with_nonsense_is_not_asked_again(server, direct, first):
    server.then.append(first)
    with pytest.raises(ModelRefused):
        await direct().complete(request())
    assert len(server.asked) == 1


async def test_a_reply_that_breaks_off_is_not_asked_for_again(server, direct):
    server.then.append(reset(b'{"choices": [{"mess'))
    with pytest.raises(ModelUnreachable, match=r"small at http://127\.0\.0\.1:.* broke off"):
        await direct().complete(request())
    assert len(server.asked) == 1


async def test_a_reply_that_takes_too_long_is_given_up_and_not_asked_for_again(server, direct):
    server.always = hang()
    with pytest.raises(ModelUnreachable, match="it took too long"):
        await direct(timeout=0.2).complete(request())
    assert await asyncio.to_thread(server.gone.wait, 5)
    assert len(server.asked) == 1


async def test_a_wait_that_the_server_asks_for_is_kept_and_a_long_one_is_not_waited_for(server, direct):
    server.then.append(status(429, Retry_After="1"))
    began = time.monotonic()
    await direct().complete(request())
    assert 1.0 <= time.monotonic() - began < 5
    server.then.append(status(503, Retry_After="3600"))
    with pytest.raises(ModelUnreachable, match="left alone for 3600 s"):
        await direct().complete(request())
    assert len(server.asked) == 3


def test_a_wait_is_read_as_seconds_or_as_a_date():
    soon = format_datetime(datetime.now(UTC) + timedelta(seconds=30), usegmt=True)
    assert seconds_asked("7") == 7
    assert seconds_asked("0.5") == 0.5
    assert seconds_asked(soon) == pytest.approx(30, abs=2)
    assert seconds_asked("Wed, 21 Oct 2015 07:28:00 GMT") == 0
    assert [seconds_asked(said) for said in (None, "", "²", "soon")] == [None] * 4


@pytest.mark.parametrize(
    ("body", "said"),
    [
        (
            {"error": {"message": "The model `x` does not exist.", "type": "NotFoundError", "code": 404}},
            "does not exist",
        ),
        ({"detail": "Not Found"}, "Not Found"),
        ({"detail": [{"loc": ["body", "top_k"], "msg": "extra"}]}, "top_k"),
        ({"message": "plain"}, "plain"),
        ({"error": "a text"}, "a text"),
        ({"error": None, "message": "beside it"}, "beside it"),
        ("just words", "just words"),
        ("", "nothing"),
    ],
)
async def test_a_refusal_is_told_in_the_servers_words_whatever_their_shape(server, direct, body, said):
    server.always = status(404, body)
    with pytest.raises(ModelRefused, match=rf"refused with 404: .*{said}.*its server knows no 'tiny'"):
        await direct().complete(request())


@pytest.mark.parametrize(
    "body",
    [
        {"error": {"message": "This model's maximum context length is 512 tokens."}},
        {"error": {"message": "too many tokens", "code": "context_length_exceeded"}},
    ],
)
async def test_a_server_that_finds_a_request_too_long_is_understood(server, direct, body):
    server.always = status(400, body)
    with pytest.raises(ContextTooLong):
        await direct().complete(request())


@pytest.mark.parametrize(
    "body",
    [
        b"", b"null", b"[]", b"{}", b'{"choices": []}', b'{"choices": [{}]}', b'{"choices": 3}', b"\xff\xfe",
        b"[" * 9000,
        b'{"choices": [{"message": {"content": ["a"]}}]}', b'{"choices": [{"message": {"content": 5}}]}',
        b'{"error": {"message": "overloaded"}}', b"<html>It works!</html>",
    ],
)  # fmt: skip
async def test_a_reply_that_is_none_is_never_believed(server, direct, body):
    server.always = raw(body)
    with pytest.raises(ModelRefused, match="small at"):
        await direct().complete(request())


async def test_a_reply_without_words_is_empty_and_says_why_it_ended(server, direct):
    server.always = say(None, "length")
    done = await direct().complete(request())
    assert (done.text, done.finish) == ("", "length")


async def test_counts_that_are_no_counts_are_left_out(server, direct):
    for odd in ({"prompt_tokens": "many"}, {"prompt_tokens": -1}, [3], {"prompt_tokens": 3, "completion_tokens": 1.5}):
        server.then.append(say("hello", usage=odd))
        assert (await direct().complete(request())).tokens == Tokens()


async def test_a_huge_reply_is_refused_before_it_is_held(server, direct, monkeypatch):
    monkeypatch.setattr("collegia.tools.models.wire._MOST_BYTES", 1 << 16)
    server.then.extend([say("x" * (1 << 17)), pieces([piece("y" * 1000)] * 100)])
    with pytest.raises(ModelRefused, match="more than 65536 bytes"):
        await direct().complete(request())
    with pytest.raises(ModelRefused, match="more than 65536 bytes"):
        await ask_in_pieces(direct())


async def ask_in_pieces(model: DirectModel) -> tuple[list[str], Completion]:
    heard: list[str] = []
    return heard, await stream(model, request(), role="test", on_text=heard.append)


async def test_a_stream_gives_its_pieces_and_then_the_whole(server, direct):
    server.always = pieces([piece("Grüße "), piece("an alle"), piece(None, "stop"), usage(), DONE])
    heard, done = await ask_in_pieces(direct())
    assert heard == ["Grüße ", "an alle"]
    assert (done.text, done.finish, done.tokens.read) == ("Grüße an alle", "stop", 12)
    assert server.bodies[0]["stream_options"] == {"include_usage": True}


@pytest.mark.parametrize("size", [1, 2, 7, 64])
async def test_a_stream_may_be_cut_anywhere_also_within_a_letter(server, direct, size):
    body = b": ping\r\n\r\n" + (piece("Grüße ") + piece("日本") + piece(None, "stop") + DONE).replace(b"\n", b"\r\n")
    server.always = pieces([body[at : at + size] for at in range(0, len(body), size)])
    heard, done = await ask_in_pieces(direct())
    assert heard == ["Grüße ", "日本"]
    assert done.finish == "stop"


async def test_a_long_line_of_a_stream_is_read(server, direct):
    server.always = pieces([piece("x" * 300_000, "stop"), DONE])
    assert len((await ask_in_pieces(direct()))[1].text) == 300_000


async def test_a_stream_without_a_last_mark_ends_where_a_piece_says_so(server, direct):
    server.then.extend([pieces([piece("a", "length")]), pieces([piece("b"), DONE])])
    assert (await ask_in_pieces(direct()))[1].finish == "length"
    assert (await ask_in_pieces(direct()))[1].finish == "stop"


@pytest.mark.parametrize("cut", [True, False])
async def test_a_stream_that_breaks_off_is_an_error_after_its_pieces_and_not_repeated(server, direct, cut):
    server.always = pieces([piece("half ")], cut=cut)
    heard: list[str] = []
    with pytest.raises(ModelUnreachable, match="broke off"):
        await stream(direct(), request(), role="test", on_text=heard.append)
    assert heard == ["half "]
    assert len(server.asked) == 1


@pytest.mark.parametrize(
    ("parts", "said"),
    [
        ([piece("a"), event({"error": {"message": "out of memory"}})], "broke off: out of memory"),
        ([b"data: {half\n\n"], "no language model"),
        ([b"data: 7\n\n"], "none of a model's"),
        ([event({"choices": [7]})], "without a text"),
        ([event({"choices": {"0": 1}})], "without a text"),
        ([event({"choices": [{"delta": {"content": 4}}]})], "without a text"),
    ],
)
async def test_an_event_that_is_none_is_an_error(server, direct, parts, said):
    server.always = pieces(parts)
    with pytest.raises(ModelRefused, match=said):
        await ask_in_pieces(direct())


@pytest.mark.parametrize("kind", ["application/json", "text/html"])
async def test_a_server_that_does_not_stream_is_told_so(server, direct, kind):
    server.always = raw(b'{"choices": []}', kind)
    with pytest.raises(ModelRefused, match=f"does not stream, it sent {kind}"):
        await ask_in_pieces(direct())


async def test_a_stream_may_take_longer_than_the_timeout_as_long_as_it_goes_on(server, direct):
    parts = [piece("a ")] * 6 + [piece(None, "stop"), DONE]
    server.then.extend([pieces(parts, pause=0.1), pieces(parts, pause=5)])
    assert (await ask_in_pieces(direct(timeout=0.4)))[1].text == "a " * 6
    with pytest.raises(ModelUnreachable, match="took too long"):
        await ask_in_pieces(direct(timeout=0.4))


@pytest.mark.parametrize("streamed", [True, False])
async def test_cancelling_closes_the_connection_and_frees_the_seat(server, direct, streamed):
    server.then.append(pieces([piece("a ")] * 100, pause=0.2) if streamed else hang())
    model = direct(concurrency=1)
    task = asyncio.create_task(ask_in_pieces(model) if streamed else model.complete(request()))
    assert await asyncio.to_thread(server.begun.wait, 5)
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    assert await asyncio.to_thread(server.gone.wait, 5)
    assert (await asyncio.wait_for(model.complete(request()), 5)).text == "hello"


async def test_leaving_a_stream_early_closes_its_connection(server, direct):
    server.then.append(pieces([piece("a ")] * 100, pause=0.1))
    reply = direct().stream(request())
    assert await anext(reply) == "a "
    await reply.aclose()
    assert await asyncio.to_thread(server.gone.wait, 5)


async def test_connections_are_kept_and_no_more_are_open_than_allowed(server, direct):
    model = direct(concurrency=3)
    await model.complete(request())
    await model.complete(request())
    assert len(server.peers) == 1
    await asyncio.gather(*(model.complete(request()) for _ in range(12)))
    assert server.most_open <= 3


def test_a_client_serves_one_loop_after_another_and_leaves_nothing_open(server, direct):
    model = direct(concurrency=1)
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        for _ in range(3):
            assert asyncio.run(model.complete(request())).text == "hello"
        gc.collect()
    assert len(model._sessions._made) == 1


def test_a_client_serves_several_loops_at_one_time(server, direct):
    model = direct(concurrency=1)

    async def both() -> list[Completion]:
        other = asyncio.to_thread(lambda: asyncio.run(model.complete(request())))
        return await asyncio.gather(model.complete(request()), other, model.complete(request()))

    assert [one.text for one in asyncio.run(both())] == ["hello"] * 3


async def test_a_client_that_was_closed_opens_again(server, direct):
    model = direct()
    await model.complete(request())
    await model.close()
    await model.close()
    assert (await model.complete(request())).text == "hello"
    assert len(server.peers) == 2


async def test_a_server_that_is_not_there_is_told_with_its_address(unused_tcp_port):
    model = DirectModel(ModelSettings("openai/tiny", f"http://127.0.0.1:{unused_tcp_port}/v1", retries=0))
    with pytest.raises(
        ModelUnreachable, match=rf"openai/tiny at http://127\.0\.0\.1:{unused_tcp_port}/v1 does not answer"
    ):
        await model.complete(request())


async def test_an_endpoint_that_keeps_failing_is_left_alone_and_then_tried_once(server, direct):
    model = direct(retries=0)
    model._endpoint._breaker._rest = 0.3
    server.always = status(503)
    for _ in range(4):
        with pytest.raises(ModelUnreachable, match="503"):
            await model.complete(request())
    with pytest.raises(ModelUnreachable, match="failed 4 times in a row and is left alone"):
        await model.complete(request())
    assert len(server.asked) == 4
    await asyncio.sleep(0.35)
    tries = await asyncio.gather(*(model.complete(request()) for _ in range(5)), return_exceptions=True)
    assert all(isinstance(one, ModelUnreachable) for one in tries)
    assert len(server.asked) == 5
    await asyncio.sleep(0.35)
    server.always = say("back")
    assert (await model.complete(request())).text == "back"
    assert (await model.complete(request())).text == "back"


async def test_replies_that_break_off_open_the_breaker_and_refusals_do_not(server, direct):
    broken, refused = direct(retries=0), direct(retries=0)
    server.always = reset(b"{")
    for _ in range(4):
        with pytest.raises(ModelUnreachable, match="broke off"):
            await broken.complete(request())
    with pytest.raises(ModelUnreachable, match="left alone"):
        await broken.complete(request())
    server.always = status(400)
    for _ in range(6):
        with pytest.raises(ModelRefused):
            await refused.complete(request())


async def test_a_failure_that_hits_many_calls_at_once_does_not_take_their_second_try(server, direct):
    server.then.extend([status(503)] * 8)
    replies = await asyncio.gather(*(direct_call for model in [direct()] for direct_call in
                                     (model.complete(request()) for _ in range(8))))  # fmt: skip
    assert [one.text for one in replies] == ["hello"] * 8


async def test_nothing_is_sent_that_the_model_cannot_hold(server, direct):
    server.models = {"data": [{"id": "tiny", "max_model_len": 4096}]}
    with pytest.raises(ContextTooLong, match="small can hold 4096 tokens"):
        await ask(direct(), request("word " * 4000), role="test")
    assert server.asked == []
    assert server.aside == ["/v1/models", "/tokenize"]


async def test_the_servers_own_count_goes_before_the_estimate(server, direct):
    server.models = {"data": [{"id": "tiny", "max_model_len": 8192}]}
    model = direct(max_output=100)
    server.count = 50
    await ask(model, request("word " * 8000), role="test")
    server.count = 8093
    with pytest.raises(ContextTooLong, match="needs about 8193"):
        await ask(model, request("word " * 3000), role="test")
    assert len(server.asked) == 1
    assert server.aside.count("/v1/models") == 1


async def test_a_small_request_asks_nothing_and_a_context_that_is_set_is_believed(server, direct):
    await ask(direct(), request(), role="test")
    with pytest.raises(ContextTooLong, match="can hold 1500 tokens"):
        await ask(direct(context=1500), request("word " * 2000), role="test")
    assert server.aside == ["/tokenize"]


async def test_a_server_that_cannot_count_is_not_asked_to_again(server, direct):
    model = direct(context=9000)
    for _ in range(2):
        await ask(model, request("word " * 3000), role="test")
    assert server.aside == ["/tokenize"]


@pytest.mark.parametrize("models", [None, [], {"data": 3}, {"data": [{"id": "tiny", "max_model_len": "big"}]}])
async def test_a_server_that_does_not_say_what_it_holds_is_asked_once(server, direct, models):
    server.models = models
    model = direct()
    for _ in range(2):
        await ask(model, request("word " * 4000), role="test")
    assert server.aside == ["/v1/models"]
    assert len(server.asked) == 2


async def test_a_stream_that_never_says_it_ended_is_no_reply():
    class Mute:
        label, ignores_schemas = "mute", False

        async def room(self, _):
            return 1, 0

        async def price(self, read, written):
            return None

        async def stream(self, _):
            yield "a"

    with pytest.raises(BadReply, match="mute ended its reply"):
        await stream(Mute(), request(), role="test", on_text=lambda _: None)
