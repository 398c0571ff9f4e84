"""Any provider, through litellm. It is imported with the first call, told to fetch nothing and to say nothing."""

from __future__ import annotations

import asyncio
import os
import re
import time
from collections.abc import AsyncGenerator, Mapping
from contextlib import aclosing
from functools import lru_cache
from typing import Any

from collegia.errors import ContextTooLong, MissingLibrary, ModelError, ModelRefused, ModelUnreachable
from collegia.settings import ModelSettings
from collegia.tools.models.asking import estimated_tokens
from collegia.tools.models.endpoint import BUSY, Busy, Endpoint, seconds_asked
from collegia.tools.models.types import Completion, Request, Tokens
from collegia.tools.models.wire import short

__all__ = ["LitellmModel", "load_litellm"]

_NAMES_OF_ERRORS = re.compile(r"^(?:(?:litellm\.)?\w+(?:Error|Exception): )+")
_LONG_PROMPT = 128_000  # tokens above which some providers have other prices

# Each would fetch a file, read a file that is not ours, or send something; the first is only understood as "True".
_QUIET = {
    "LITELLM_LOCAL_MODEL_COST_MAP": "True",
    "LITELLM_LOCAL_ANTHROPIC_BETA_HEADERS": "True",
    "LITELLM_LOCAL_BLOG_POSTS": "True",
    "LITELLM_MODE": "PRODUCTION",
}


@lru_cache(maxsize=1)
def load_litellm() -> Any:
    """The library, quiet and offline.

    Raises:
        MissingLibrary: it is not installed.
    """
    for name, value in _QUIET.items():
        os.environ.setdefault(name, value)
    try:
        import litellm
    except ImportError as error:
        raise MissingLibrary(
            "litellm reaches this provider and is not installed: pip install 'collegia[models]'"
        ) from error
    litellm.suppress_debug_info = True
    litellm.telemetry = False
    litellm.drop_params = False  # what a provider does not know is told, not dropped
    return litellm


class LitellmModel:
    """A model of any provider that litellm reaches.

    Args:
        settings: `model` is PROVIDER/NAME as litellm writes it.
        label: what messages call it.
    """

    def __init__(self, settings: ModelSettings, label: str = "") -> None:
        self.settings = settings
        self.label = label or settings.model
        self.ignores_schemas = False
        self._endpoint = Endpoint(settings, self.label)
        self._name = self._endpoint.name

    async def complete(self, request: Request) -> Completion:
        """Reply to a request.

        Raises:
            ModelError: no reply; see its kinds.
            MissingLibrary: litellm is not installed.
        """
        await asyncio.to_thread(load_litellm)  # seconds, the first time
        began = time.perf_counter()
        async with self._endpoint.seat():
            response = await self._sent(self._body(request))
            if not response.choices:
                raise ModelRefused(f"{self._name} sent a reply without a text")
            choice = response.choices[0]
        tokens = await self._tokens(getattr(response, "usage", None))
        text = self._endpoint.without_key(str(choice.message.content or ""))
        return Completion(text, str(choice.finish_reason or "stop"), tokens, time.perf_counter() - began)

    async def stream(self, request: Request) -> AsyncGenerator[str | Completion, None]:
        """The reply in pieces as they come, then the whole of it. Closing the generator frees the server's slot.

        Raises:
            ModelError: no reply; see its kinds.
        """
        await asyncio.to_thread(load_litellm)  # seconds, the first time
        began = time.perf_counter()
        pieces: list[str] = []
        usage, finish = None, ""
        body = {**self._body(request), "stream": True, "stream_options": {"include_usage": True}}
        async with self._endpoint.seat(), aclosing(await self._sent(body)) as response:
            try:
                async for chunk in response:
                    usage = getattr(chunk, "usage", None) or usage
                    for choice in chunk.choices:
                        finish = choice.finish_reason or finish
                        if piece := choice.delta.content:
                            pieces.append(piece)
                            yield self._endpoint.without_key(piece)
            except Exception as error:  # noqa: BLE001  # a provider's own errors come out of the stream as they are
                raise ModelUnreachable(f"{self._error(error)}; its reply broke off") from None  # it may name the key
        text = self._endpoint.without_key("".join(pieces))
        yield Completion(text, finish or "stop", await self._tokens(usage), time.perf_counter() - began)

    async def room(self, request: Request) -> tuple[int, int]:
        """The estimated tokens, and what the settings, or else the library's list, say that the model can hold."""
        needed = estimated_tokens(request) + (request.max_output or self.settings.max_output)
        held = self.settings.context or (await self._listed()).get("max_input_tokens") or 0
        return needed, int(held)

    async def price(self, read: int, written: int) -> float | None:
        """What so many tokens cost, by the prices that are set or the library's list; None where neither knows."""
        cost = self._endpoint.price(read, written)
        if cost is not None:
            return cost
        known = await self._listed()
        a_read, a_written = known.get("input_cost_per_token"), known.get("output_cost_per_token")
        staged = read > _LONG_PROMPT and any("_above_" in name for name in known)
        if a_read is None or a_written is None or staged:
            return None
        return float(read * a_read + written * a_written)

    async def _listed(self) -> Mapping[str, Any]:
        """What the library's list says of the model; nothing of one at an address of its own, whose name may be any."""
        if self.settings.api_base:
            return {}
        listed = (await asyncio.to_thread(load_litellm)).model_cost
        known: Mapping[str, Any] = listed.get(self.settings.model) or listed.get(self.settings.name) or {}
        return known if known.get("litellm_provider") == self.settings.provider else {}

    async def close(self) -> None:
        """Litellm keeps its own connections."""

    def _body(self, request: Request) -> dict[str, Any]:
        said = self.settings
        body: dict[str, Any] = {
            "model": f"{said.provider}/{request.adapter}" if request.adapter else said.model,
            "messages": [{"role": one.sender, "content": one.text} for one in request.messages],
            "max_tokens": request.max_output or said.max_output,
            "temperature": said.temperature,
            "timeout": said.timeout,
            "num_retries": 0,  # it would repeat what was refused, too; the endpoint knows better
            "max_retries": 0,
            **said.body,
        }
        if said.api_base:
            body["api_base"] = said.api_base
        if key := self._endpoint.key():
            body["api_key"] = key
        elif said.api_base:
            body["api_key"] = "none"  # a server of one's own asks for none, and the library for some
        if request.seed is not None:
            body["seed"] = request.seed
        if request.schema is not None:
            form = {"name": "reply", "schema": dict(request.schema), "strict": True}
            body["response_format"] = {"type": "json_schema", "json_schema": form}
        return body

    async def _sent(self, body: dict[str, Any]) -> Any:
        async def send() -> Any:
            try:
                return await load_litellm().acompletion(**body)
            except Exception as error:  # noqa: BLE001  # its errors have no one root; they are sorted below
                raise self._error(error) from None

        return await self._endpoint.tried(send)

    async def _tokens(self, usage: Any) -> Tokens:
        read = int(getattr(usage, "prompt_tokens", 0) or 0)
        written = int(getattr(usage, "completion_tokens", 0) or 0)
        return Tokens(read, written, await self.price(read, written)) if read else Tokens()

    def _error(self, error: Exception) -> ModelError:
        """The error of ours that it is, without what the library adds to its text."""
        litellm = load_litellm()
        said = f"{self._name} answered: {short(_NAMES_OF_ERRORS.sub('', str(error)))}"
        if isinstance(error, litellm.ContextWindowExceededError):
            return ContextTooLong(said)
        if isinstance(error, litellm.Timeout):
            return ModelUnreachable(f"{self._name} does not answer: it took too long")
        # A refused connection comes as an internal error of the server.
        if isinstance(error, OSError) or getattr(error, "status_code", None) in BUSY:
            headers = getattr(error, "litellm_response_headers", None) or {}
            return Busy(said, seconds_asked(headers.get("retry-after")))
        return ModelRefused(said)
