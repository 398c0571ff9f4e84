"""A client of our own for servers that speak OpenAI's protocol: vLLM, llama.cpp, Ollama, and many more.

It sends what is needed and reads what is needed, over connections that are kept open.
"""

from __future__ import annotations

import asyncio
import json
import os
import random
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from functools import lru_cache
from typing import Any

from collegia.errors import ContextTooLong, MissingLibrary, ModelRefused, ModelUnreachable
from collegia.settings import ModelSettings
from collegia.tools.models.asking import estimated_tokens
from collegia.tools.models.breaker import Breaker
from collegia.tools.models.types import Completion, Request, Tokens

__all__ = ["DirectModel", "api_key", "cost_of"]

_BUSY = frozenset({408, 429, 500, 502, 503, 504})
_LONGEST_WAIT = 10.0  # seconds before a retry, whatever a server asks for
_MOST_BYTES = 32 << 20  # of one reply
_SMALL = 2_000  # estimated tokens below which nobody needs to be asked whether they fit
_TOO_LONG = ("context length", "context_length", "maximum context", "too long", "longer than the maximum")


def api_key(settings: ModelSettings) -> str:
    """The key of a model, from the environment; empty where there is none."""
    return os.environ.get(settings.api_key_env or "COLLEGIA_API_KEY", "")


def cost_of(settings: ModelSettings, read: int, written: int) -> float | None:
    """What a call costs by the prices that are set; None where one of them is not."""
    if settings.prompt_price is None or settings.output_price is None:
        return None
    return (read * settings.prompt_price + written * settings.output_price) / 1e6


class DirectModel:
    """A model behind an OpenAI-compatible server.

    Args:
        settings: with `api_base`.
        label: what messages call it.
    """

    def __init__(self, settings: ModelSettings, label: str = "") -> None:
        self.settings = settings
        self.label = label or settings.model
        self.ignores_schemas = False
        self._base = settings.api_base.rstrip("/")
        self._loop: asyncio.AbstractEventLoop | None = None
        self._session: Any = None
        self._seats = asyncio.Semaphore(settings.concurrency)
        self._breaker = Breaker(f"{self.label} at {self._base}")
        self._context = settings.context

    async def complete(self, request: Request) -> Completion:
        """Reply to a request.

        Raises:
            ModelError: no reply; see its kinds.
        """
        began = time.perf_counter()
        async with self._answer(self._body(request)) as response:
            said = _decoded(await _limited(response), self.label)
        try:
            choice = said["choices"][0]
            text = choice["message"].get("content") or ""
            finish = choice.get("finish_reason") or "stop"
        except (KeyError, IndexError, TypeError, AttributeError):
            raise ModelRefused(f"{self.label} at {self._base} replied with no choice: {_short(said)}") from None
        return Completion(str(text), str(finish), self._tokens(said.get("usage")), time.perf_counter() - began)

    async def stream(self, request: Request) -> AsyncIterator[str | Completion]:
        """The reply in pieces as they come, then the whole of it. Closing the iterator frees the server's slot.

        Raises:
            ModelError: no reply, or it broke off.
        """
        began = time.perf_counter()
        body = {**self._body(request), "stream": True, "stream_options": {"include_usage": True}}
        pieces: list[str] = []
        usage, finish = None, ""
        async with self._answer(body) as response:
            async for chunk in _chunks(response, self.label):
                usage = chunk.get("usage") or usage
                for choice in chunk.get("choices") or ():
                    finish = choice.get("finish_reason") or finish
                    if piece := (choice.get("delta") or {}).get("content"):
                        pieces.append(str(piece))
                        yield str(piece)
        if not finish:
            raise ModelUnreachable(f"{self.label} at {self._base} broke off in the middle of its reply")
        yield Completion("".join(pieces), str(finish), self._tokens(usage), time.perf_counter() - began)

    async def room(self, request: Request) -> tuple[int, int]:
        """How many tokens the request has, reply included, and how many the model can hold; 0 where not known.

        The server counts them where its own count matters and it can (vLLM); else they are estimated.
        """
        reply = request.max_output or self.settings.max_output
        needed = estimated_tokens(request) + reply
        if not self._context and needed > _SMALL:
            self._context = await self._asked_context()
        if self._context and needed > self._context:
            needed = await self._counted(request, needed - reply) + reply
        return needed, self._context

    async def close(self) -> None:
        """Let go of the connections."""
        session, self._session = self._session, None
        if session is not None and self._loop is asyncio.get_running_loop():
            await session.close()

    def _body(self, request: Request) -> dict[str, Any]:
        messages = [{"role": one.sender, "content": one.text} for one in request.messages]
        body: dict[str, Any] = {
            "model": request.adapter or self.settings.name,
            "messages": messages,
            "temperature": self.settings.temperature,
            "max_tokens": request.max_output or self.settings.max_output,
            **self.settings.body,
        }
        if request.seed is not None:
            body["seed"] = request.seed
        if request.schema is not None and not self.ignores_schemas:
            body["response_format"] = _form(self.settings.provider, request.schema)
        return body

    def _tokens(self, usage: Any) -> Tokens:
        if not isinstance(usage, dict):
            return Tokens()
        read, written = int(usage.get("prompt_tokens") or 0), int(usage.get("completion_tokens") or 0)
        return Tokens(read, written, cost_of(self.settings, read, written))

    def _connect(self) -> Any:
        """The session of the running loop; one of a loop that has ended is dropped, its sockets with it."""
        loop = asyncio.get_running_loop()
        if self._session is None or self._loop is not loop:
            aiohttp = _aiohttp()
            key = api_key(self.settings)
            self._session = aiohttp.ClientSession(
                connector=aiohttp.TCPConnector(limit=self.settings.concurrency, limit_per_host=0),
                headers={"Authorization": f"Bearer {key}"} if key else {},
                timeout=aiohttp.ClientTimeout(total=self.settings.timeout),
                trust_env=False,
                auto_decompress=True,
            )
            self._loop = loop
            self._seats = asyncio.Semaphore(self.settings.concurrency)
        return self._session

    @asynccontextmanager
    async def _answer(self, body: dict[str, Any]) -> AsyncIterator[Any]:
        """The open response to a request that was accepted; a busy server is tried again."""
        session = self._connect()
        async with self._seats:
            for attempt in range(self.settings.retries + 1):
                self._breaker.check()
                response, wait = await self._sent(session, body, attempt)
                if response is not None:
                    break
                await asyncio.sleep(wait)
            try:
                yield response
            except (TimeoutError, OSError, _aiohttp().ClientError) as error:
                raise ModelUnreachable(f"{self.label} at {self._base} broke off: {_why(error)}") from error
            finally:
                response.release() if response.content.at_eof() else response.close()

    async def _sent(self, session: Any, body: dict[str, Any], attempt: int) -> tuple[Any, float]:
        """The response, or None and the seconds to wait before the next try.

        Raises:
            ModelError: it makes no sense to try again, or it was tried often enough.
        """
        last = attempt >= self.settings.retries
        url = f"{self._base}/chat/completions"
        try:
            response = await session.post(url, json=body, allow_redirects=False)
        except (TimeoutError, OSError, _aiohttp().ClientError) as error:
            self._breaker.failed()
            refused = f"{self.label} at {self._base} does not answer: {_why(error)}"
            if last or isinstance(error, asyncio.TimeoutError):
                raise ModelUnreachable(refused) from error
            return None, _pause(attempt, "")
        if response.status == 200:
            self._breaker.answered()
            return response, 0.0
        text = (await response.content.read(4000)).decode(errors="replace")
        response.close()
        if response.status in _BUSY:
            self._breaker.failed()
            if last:
                raise ModelUnreachable(f"{self.label} at {self._base} is too busy: {response.status} {_short(text)}")
            return None, _pause(attempt, response.headers.get("Retry-After", ""))
        self._breaker.answered()
        raise self._refusal(response.status, text)

    def _refusal(self, status: int, text: str) -> ModelRefused | ContextTooLong:
        said = _message(text)
        if status in (400, 413) and any(phrase in said.lower() for phrase in _TOO_LONG):
            return ContextTooLong(f"{self.label} at {self._base}: {said}")
        hint = ""
        if status == 404:
            hint = f"; its server knows no {self.settings.name!r}, or {self._base} is not its address (it ends in /v1)"
        elif status in (401, 403):
            named = self.settings.api_key_env or "COLLEGIA_API_KEY"
            hint = f"; the environment variable {named} must hold its key"
        return ModelRefused(f"{self.label} at {self._base} refused with {status}: {said}{hint}")

    async def _asked_context(self) -> int:
        """How many tokens the server says the model can hold; 0 where it does not."""
        said = await self._get(f"{self._base}/models")
        for one in said.get("data") or () if isinstance(said, dict) else ():
            if isinstance(one, dict) and one.get("id") == self.settings.name:
                return int(one.get("max_model_len") or 0)
        return 0

    async def _counted(self, request: Request, estimate: int) -> int:
        """The tokens of a request by the server's own count; the estimate where it cannot count."""
        messages = [{"role": one.sender, "content": one.text} for one in request.messages]
        root = self._base.removesuffix("/v1")
        said = await self._get(f"{root}/tokenize", {"model": self.settings.name, "messages": messages})
        count = said.get("count") if isinstance(said, dict) else None
        return int(count) if isinstance(count, int) else estimate

    async def _get(self, url: str, body: dict[str, Any] | None = None) -> Any:
        """What a side road of the server says; None where it has none."""
        session = self._connect()
        try:
            async with session.request("GET" if body is None else "POST", url, json=body) as response:
                return _decoded(await _limited(response), self.label) if response.status == 200 else None
        except (TimeoutError, OSError, _aiohttp().ClientError, ModelRefused):
            return None


@lru_cache(maxsize=1)
def _aiohttp() -> Any:
    """The library, loaded with the first call.

    Raises:
        MissingLibrary: it is not installed.
    """
    try:
        import aiohttp
    except ImportError as error:
        raise MissingLibrary(
            "a language model is set and aiohttp is not installed: pip install 'collegia[models]'"
        ) from error
    return aiohttp


def _form(provider: str, schema: Any) -> dict[str, Any]:
    """How a server is told the form of its reply; llama.cpp's own server knows it by another name."""
    if provider in {"llamacpp", "llama_cpp"}:
        return {"type": "json_object", "schema": schema}
    return {"type": "json_schema", "json_schema": {"name": "reply", "schema": schema, "strict": True}}


async def _limited(response: Any) -> bytes:
    """The whole of a body that is not absurdly long."""
    found = bytearray()
    async for part in response.content.iter_any():
        found += part
        if len(found) > _MOST_BYTES:
            raise ModelRefused(f"the reply of {response.url.host} has more than {_MOST_BYTES} bytes")
    return bytes(found)


async def _chunks(response: Any, label: str) -> AsyncIterator[dict[str, Any]]:
    """The events of a stream, each decoded."""
    async for raw in response.content:
        line = raw.strip()
        if not line.startswith(b"data:"):
            continue
        data = line.removeprefix(b"data:").strip()
        if data == b"[DONE]":
            return
        chunk = _decoded(data, label)
        if isinstance(chunk, dict) and "error" in chunk:
            raise ModelRefused(f"{label} broke off: {_message(data.decode(errors='replace'))}")
        if isinstance(chunk, dict):
            yield chunk


def _decoded(raw: bytes, label: str) -> Any:
    try:
        return json.loads(raw)
    except (ValueError, RecursionError):
        raise ModelRefused(
            f"what answers for {label} is no language model: {_short(raw.decode(errors='replace'))}"
        ) from None


def _message(text: str) -> str:
    """What a server says is wrong, whichever of the usual shapes it has."""
    try:
        said = json.loads(text)
    except ValueError:
        return _short(text)
    error = said.get("error", said.get("detail", said)) if isinstance(said, dict) else said
    return _short(error.get("message", error) if isinstance(error, dict) else error)


def _short(said: object) -> str:
    text = " ".join(str(said).split())
    return text if len(text) <= 300 else f"{text[:300]}…"


def _why(error: BaseException) -> str:
    return "it took too long" if isinstance(error, asyncio.TimeoutError) else (_short(error) or type(error).__name__)


def _pause(attempt: int, asked: str) -> float:
    """Seconds before the next try: what the server asks for, else longer each time, and never at one moment for all."""
    if asked.isdigit():
        return min(float(asked), _LONGEST_WAIT)
    return min(0.2 * 2.0**attempt * (0.5 + random.random()), _LONGEST_WAIT)  # noqa: S311  # not a secret
