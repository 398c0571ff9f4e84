"""A small server on loopback that speaks the protocol of language models, and breaks it where a test says so.

It runs in a thread and a loop of its own: a client in any other loop meets real sockets.
"""

from __future__ import annotations

import asyncio
import json
import threading
from collections import deque
from collections.abc import Awaitable, Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import Any

from aiohttp import web

Behaviour = Callable[["Server", web.Request], Awaitable[web.StreamResponse]]
USAGE = {"prompt_tokens": 12, "completion_tokens": 3, "total_tokens": 15}


class Server:
    """What it was asked, and what it does with the next requests.

    Attributes:
        url: its address up to the version.
        asked: (headers, body) of each chat request, in order.
        aside: paths of the other requests, in order.
        then: what the next chat requests meet, one each; `always` meets those after.
        gone: set when a client closed its connection before it was answered.
        models: what /v1/models says; None for a 404.
        count: what /tokenize says; None for a 404.
    """

    def __init__(self) -> None:
        self.url = ""
        self.asked: list[tuple[dict[str, str], dict[str, Any]]] = []
        self.aside: list[str] = []
        self.then: deque[Behaviour] = deque()
        self.always: Behaviour = say("hello")
        self.gone = threading.Event()
        self.begun = threading.Event()
        self.models: Any = None
        self.count: int | None = None
        self.open = self.most_open = 0
        self.peers: set[Any] = set()

    async def chat(self, request: web.Request) -> web.StreamResponse:
        self.asked.append((dict(request.headers), await request.json()))
        self.peers.add(request.transport.get_extra_info("peername"))
        self.open += 1
        self.most_open = max(self.most_open, self.open)
        try:
            return await (self.then.popleft() if self.then else self.always)(self, request)
        except asyncio.CancelledError:
            self.gone.set()
            raise
        finally:
            self.open -= 1

    async def other(self, request: web.Request) -> web.StreamResponse:
        self.aside.append(request.path)
        answer = self.models if request.path == "/v1/models" else None
        if request.path == "/tokenize" and self.count is not None:
            answer = {"count": self.count}
        return web.Response(status=404, text="no") if answer is None else web.json_response(answer)

    @property
    def bodies(self) -> list[dict[str, Any]]:
        return [body for _, body in self.asked]


@contextmanager
def running() -> Iterator[Server]:
    """A server, until the block ends."""
    server, loop, ready = Server(), asyncio.new_event_loop(), threading.Event()

    async def start() -> web.AppRunner:
        app = web.Application(client_max_size=64 << 20)
        app.router.add_post("/v1/chat/completions", server.chat)
        app.router.add_route("*", "/{any:.*}", server.other)
        runner = web.AppRunner(app, handler_cancellation=True, access_log=None, shutdown_timeout=0.2)
        await runner.setup()
        await web.TCPSite(runner, "127.0.0.1", 0).start()
        server.url = f"http://127.0.0.1:{runner.addresses[0][1]}/v1"
        return runner

    def run() -> None:
        runner = loop.run_until_complete(start())
        ready.set()
        loop.run_forever()
        loop.run_until_complete(runner.cleanup())
        loop.run_until_complete(loop.shutdown_asyncgens())
        loop.close()

    thread = threading.Thread(target=run)
    thread.start()
    assert ready.wait(10)
    yield server
    loop.call_soon_threadsafe(loop.stop)
    thread.join(10)


def say(text: Any, finish: str = "stop", **more: Any) -> Behaviour:
    """A proper reply; in pieces where it is asked for."""
    message = {"role": "assistant", "content": text if isinstance(text, str | None) else json.dumps(text)}
    choice = {"index": 0, "message": message, "finish_reason": finish}

    async def reply(server: Server, request: web.Request) -> web.StreamResponse:
        if server.bodies[-1].get("stream"):
            words = [piece(f"{word} ") for word in message["content"].split(" ")]
            return await stream([*words, piece(None, finish), usage(), DONE])(server, request)
        return web.json_response({"id": "1", "object": "chat.completion", "created": 1, "model": "tiny",
                                  "choices": [choice], "usage": USAGE, **more})  # fmt: skip

    return reply


def status(code: int, body: Any = None, **headers: str) -> Behaviour:
    """A refusal."""
    text = body if isinstance(body, str) else json.dumps(body or {"error": {"message": "no"}})
    kind = "text/plain" if isinstance(body, str) else "application/json"

    async def reply(_: Server, __: web.Request) -> web.StreamResponse:
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        return web.Response(status=code, text=text, content_type=kind, headers=named)

    return reply


def raw(body: bytes, kind: str = "application/json") -> Behaviour:
    """A 200 with anything in it."""

    async def reply(_: Server, __: web.Request) -> web.StreamResponse:
        return web.Response(body=body, content_type=kind)

    return reply


def hang(seconds: float = 30.0) -> Behaviour:
    """No answer at all for a while."""

    async def reply(server: Server, request: web.Request) -> web.StreamResponse:
        server.begun.set()
        await asyncio.sleep(seconds)
        return await say("late")(server, request)

    return reply


def reset(after: bytes = b"", kind: str = "application/json") -> Behaviour:
    """The connection is cut, before a reply or in the middle of it."""

    async def reply(_: Server, request: web.Request) -> web.StreamResponse:
        response = web.StreamResponse(headers={"Content-Type": kind, "Content-Length": "9999"})
        if after:
            await response.prepare(request)
            await response.write(after)
            await asyncio.sleep(0.05)
        assert request.transport is not None
        request.transport.abort()
        return response

    return reply


def stream(parts: Iterable[bytes], pause: float = 0.0, kind: str = "text/event-stream", cut: bool = False) -> Behaviour:
    """A reply in pieces, cut wherever the parts are."""

    async def reply(server: Server, request: web.Request) -> web.StreamResponse:
        response = web.StreamResponse(headers={"Content-Type": kind})
        await response.prepare(request)
        for part in parts:
            await response.write(part)
            server.begun.set()
            await asyncio.sleep(pause)
        if cut:
            assert request.transport is not None
            request.transport.abort()
        return response

    return reply


def event(value: Any) -> bytes:
    return b"data: " + json.dumps(value, ensure_ascii=False).encode() + b"\n\n"


def piece(text: str | None, finish: str | None = None) -> bytes:
    choice = {"index": 0, "delta": {} if text is None else {"role": "assistant", "content": text}}
    return event({"id": "1", "object": "chat.completion.chunk", "created": 1, "model": "tiny",
                  "choices": [{**choice, "finish_reason": finish}]})  # fmt: skip


def usage() -> bytes:
    return event({"id": "1", "object": "chat.completion.chunk", "created": 1, "model": "tiny",
                  "choices": [], "usage": USAGE})  # fmt: skip


DONE = b"data: [DONE]\n\n"
