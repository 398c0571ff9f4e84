"""A client of our own for servers that speak OpenAI's protocol: vLLM, llama.cpp, Ollama, and many more.

It sends what is needed and reads what is needed, over connections that are kept open.
"""

from __future__ import annotations

import time
from collections.abc import AsyncGenerator, AsyncIterator
from contextlib import asynccontextmanager
from functools import lru_cache
from typing import Any

from collegia.errors import ContextTooLong, MissingLibrary, ModelRefused, ModelUnreachable
from collegia.settings import ModelSettings
from collegia.tools.models.asking import estimated_tokens
from collegia.tools.models.endpoint import BUSY, Busy, Endpoint, PerLoop, seconds_asked
from collegia.tools.models.types import Completion, Request, Tokens
from collegia.tools.models.wire import beginning, decoded, events, form_of, message_of, reply_of, short, usage_of, whole

__all__ = ["DirectModel"]

_SMALL = 2_000  # estimated tokens below which nobody needs to be asked whether they fit
_ASIDE = 10.0  # seconds for a question beside the calls themselves
_TOO_LONG = (b"context length", b"context_length", b"maximum context", b"too long", b"longer than the maximum")
_OPEN: dict[Any, AsyncGenerator[None, None]] = {}
"""What closes each open session with its loop; held here, since a client may be forgotten before its loop ends."""


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
        self._endpoint = Endpoint(settings, self.label)
        self._name = self._endpoint.name
        self._sessions = PerLoop(self._opened)
        self._context: int | None = settings.context or None
        self._counts = True  # until the server is seen to have no way to count

    async def complete(self, request: Request) -> Completion:
        """Reply to a request.

        Raises:
            ModelError: no reply; see its kinds.
        """
        began = time.perf_counter()
        limit = _aiohttp().ClientTimeout(total=self.settings.timeout)
        async with self._answer(self._body(request), limit) as response:
            said = decoded(await whole(response, self._name), self._name)
            text, finish = reply_of(said, self._name)
        text = self._endpoint.without_key(text)
        return Completion(text, finish or "stop", self._tokens(said.get("usage")), time.perf_counter() - began)

    async def stream(self, request: Request) -> AsyncGenerator[str | Completion, None]:
        """The reply in pieces as they come, then the whole of it. Closing the generator frees the server's slot.

        Raises:
            ModelError: no reply, or it broke off.
        """
        began = time.perf_counter()
        body = {**self._body(request), "stream": True, "stream_options": {"include_usage": True}}
        limit = _aiohttp().ClientTimeout(
            total=None,
            connect=self.settings.timeout,
            sock_connect=self.settings.timeout,
            sock_read=self.settings.timeout,
        )
        pieces: list[str] = []
        usage, finish = None, ""
        async with self._answer(body, limit) as response:
            if response.content_type != "text/event-stream":
                said = short(await beginning(response, 1000))
                raise ModelRefused(f"{self._name} does not stream, it sent {response.content_type}: {said}")
            async for event in events(response, self._name):
                if event is None:
                    finish = finish or "stop"
                    break
                usage = event.get("usage") or usage
                if event.get("choices"):
                    piece, ended = reply_of(event, self._name, "delta")
                    finish = ended or finish
                    if piece:
                        pieces.append(piece)
                        yield self._endpoint.without_key(piece)
            if not finish:
                raise ModelUnreachable(f"{self._name} broke off in the middle of its reply")
        text = self._endpoint.without_key("".join(pieces))
        yield Completion(text, finish, self._tokens(usage), time.perf_counter() - began)

    async def room(self, request: Request) -> tuple[int, int]:
        """How many tokens the request has, reply included, and how many the model can hold; 0 where not known.

        The server counts them where they come near its limit and it can (vLLM); else they are estimated.
        """
        reply = request.max_output or self.settings.max_output
        needed = estimated_tokens(request) + reply
        if self._context is None and needed > _SMALL:
            self._context = await self._asked_context()
        if (
            self._counts and self._context and 2 * needed > self._context
        ):  # an estimate may well be half of what the server counts
            needed = await self._counted(request, needed - reply) + reply
        return needed, self._context or 0

    async def price(self, read: int, written: int) -> float | None:
        """What so many tokens cost; None where no price is set."""
        return self._endpoint.price(read, written)

    async def listed(self) -> int:
        """Ask the server whether it has this model, which costs nothing; how many tokens that holds, 0 where not known.

        A server that keeps no list is taken to have it.

        Raises:
            ModelUnreachable: it does not answer.
            ModelRefused: it turns the key down, or lists others only.
            UsageError: the key cannot be sent.
        """
        session = await self._connect()
        try:
            async with session.get(f"{self._base}/models", allow_redirects=False) as response:
                raw = await whole(response, self._name) if response.status == 200 else b""
                if response.status in (401, 403) or response.status >= 500:
                    raise self._refusal(response.status, "no list of models", self.settings.name)
        except (TimeoutError, OSError, _aiohttp().ClientError) as error:
            raise ModelUnreachable(
                self._endpoint.without_key(f"{self._name} does not answer: {_why(error)}")
            ) from error
        said = decoded(raw, self._name) if raw else {}
        if not isinstance(said, dict):
            raise ModelRefused(f"what answers for {self._name} is no language model: {short(said)}")
        models = said.get("data")
        listed = [one for one in models if isinstance(one, dict)] if isinstance(models, list) else []
        mine = next((one for one in listed if one.get("id") == self.settings.name), {})
        if listed and not mine:
            known = self._endpoint.without_key(", ".join(str(one.get("id")) for one in listed[:5]))
            raise ModelRefused(f"{self._name} does not list {self.settings.name!r}; it has: {short(known)}")
        held = mine.get("max_model_len")
        return held if isinstance(held, int) and held > 0 else self.settings.context

    async def close(self) -> None:
        """Let go of the running loop's connections; those of another loop end with it."""
        if (held := self._sessions.taken()) is not None:
            await held[1].aclose()

    def _body(self, request: Request) -> dict[str, Any]:
        body: dict[str, Any] = {
            "model": request.adapter or self.settings.name,
            "messages": _messages(request),
            "temperature": self.settings.temperature,
            "max_tokens": request.max_output or self.settings.max_output,
            **self.settings.body,
        }
        if request.seed is not None:
            body["seed"] = request.seed
        if request.schema is not None:
            body["response_format"] = form_of(self.settings.provider, request.schema)
        return body

    def _tokens(self, usage: Any) -> Tokens:
        counted = usage_of(usage)
        return Tokens() if counted is None else Tokens(*counted, self._endpoint.price(*counted))

    def _opened(self) -> tuple[Any, AsyncGenerator[None, None]]:
        aiohttp = _aiohttp()
        key = self._endpoint.key()
        session: Any = aiohttp.ClientSession(
            connector=aiohttp.TCPConnector(limit=0),  # the seats are the limit
            headers={"Authorization": f"Bearer {key}"} if key else {},
            trust_env=False,  # no proxy: what is asked goes to the address that is set
        )
        guard = _OPEN[session] = _closed_at_the_end(session)
        return session, guard

    async def _connect(self) -> Any:
        """The session of the running loop, which is closed with it."""
        session, guard = self._sessions.here()
        await anext(guard, None)
        return session

    @asynccontextmanager
    async def _answer(self, body: dict[str, Any], limit: Any) -> AsyncIterator[Any]:
        """The open response to a request that was accepted."""
        async with self._endpoint.seat():
            response = await self._endpoint.tried(lambda: self._sent(body, limit))
            try:
                yield response
            except (TimeoutError, OSError, _aiohttp().ClientError) as error:
                raise ModelUnreachable(f"{self._name} broke off: {_why(error)}") from error
            finally:
                # What is not read to its end is not wanted: to close it is what frees the server.
                response.release() if response.content.at_eof() else response.close()

    async def _sent(self, body: dict[str, Any], limit: Any) -> Any:
        """The response to a request, once it is accepted.

        Raises:
            Busy: it was not, and may be sent again.
            ModelError: it was not.
        """
        session = await self._connect()
        url = f"{self._base}/chat/completions"
        try:
            response = await session.post(url, json=body, allow_redirects=False, timeout=limit)
            if response.status == 200:
                return response
            try:
                raw = await beginning(response, 4000)
            finally:
                response.close()
        except TimeoutError as error:  # the server may still be at it; to ask again would make it do it twice
            raise ModelUnreachable(f"{self._name} does not answer: {_why(error)}") from error
        except (OSError, _aiohttp().ClientError) as error:
            raise Busy(f"{self._name} does not answer: {_why(error)}") from error
        said = message_of(raw)
        if response.status in BUSY:
            after = seconds_asked(response.headers.get("Retry-After"))
            raise Busy(f"{self._name} answered with {response.status}: {said}", after)
        if response.status in (400, 413) and any(phrase in raw.lower() for phrase in _TOO_LONG):
            raise ContextTooLong(f"{self._name}: {said}")
        raise self._refusal(response.status, said, body["model"])

    def _refusal(self, status: int, said: str, model: str) -> ModelRefused:
        hint = ""
        if status in (404, 405):
            hint = f"; its server knows no {model!r}, or that is not its address (it ends in /v1)"
        elif status in (401, 403):
            hint = f"; the environment variable {self._endpoint.key_name} must hold its key"
        elif status < 400:
            hint = "; give the address that it points to, redirects are not followed"
        return ModelRefused(f"{self._name} refused with {status}: {said}{hint}")

    async def _asked_context(self) -> int | None:
        """How many tokens the server says the model can hold; 0 where it does not say, None where it did not answer."""
        said = await self._aside("GET", f"{self._base}/models")
        models = said.get("data") if isinstance(said, dict) else None
        for one in models if isinstance(models, list) else ():
            if isinstance(one, dict) and one.get("id") == self.settings.name:
                held = one.get("max_model_len")
                return held if isinstance(held, int) and held > 0 else 0
        return None if said is None else 0

    async def _counted(self, request: Request, estimate: int) -> int:
        """The tokens of a request by the server's own count; the estimate where it cannot count."""
        body = {"model": request.adapter or self.settings.name, "messages": _messages(request)}
        said = await self._aside("POST", f"{self._base.removesuffix('/v1')}/tokenize", body)
        self._counts = said != {}
        count = said.get("count") if isinstance(said, dict) else None
        return count if isinstance(count, int) and count > 0 else estimate

    async def _aside(self, method: str, url: str, body: dict[str, Any] | None = None) -> Any:
        """What the server says beside its calls; {} where it has no such thing, None where it did not answer."""
        session = await self._connect()
        limit = _aiohttp().ClientTimeout(total=min(_ASIDE, self.settings.timeout))
        try:
            async with session.request(method, url, json=body, allow_redirects=False, timeout=limit) as response:
                return decoded(await whole(response, self._name), self._name) if response.status == 200 else {}
        except ModelRefused:
            return {}
        except (TimeoutError, OSError, _aiohttp().ClientError):
            return None


async def _closed_at_the_end(session: Any) -> AsyncGenerator[None, None]:
    """Closes a session when its event loop ends: a loop closes the generators that were begun in it and left open."""
    try:
        while True:
            yield
    finally:
        del _OPEN[session]
        await session.close()


def _messages(request: Request) -> list[dict[str, str]]:
    return [{"role": one.sender, "content": one.text} for one in request.messages]


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


def _why(error: BaseException) -> str:
    if isinstance(error, TimeoutError):
        return "it took too long"
    return short(error) if str(error) else type(error).__name__
