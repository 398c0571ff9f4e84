"""Any provider, through litellm. It is imported with the first call, told to fetch nothing and to say nothing."""

from __future__ import annotations

import asyncio
import os
import time
from collections.abc import AsyncIterator
from functools import lru_cache
from typing import Any

from collegia.errors import ContextTooLong, MissingLibrary, ModelError, ModelRefused, ModelUnreachable
from collegia.settings import ModelSettings
from collegia.tools.models.asking import estimated_tokens
from collegia.tools.models.direct import api_key, cost_of
from collegia.tools.models.types import Completion, Request, Tokens

__all__ = ["LitellmModel"]

# Each would fetch a file, read a file that is not ours, or send something; the first is only understood as "True".
_QUIET = {
    "LITELLM_LOCAL_MODEL_COST_MAP": "True",
    "LITELLM_LOCAL_ANTHROPIC_BETA_HEADERS": "True",
    "LITELLM_LOCAL_BLOG_POSTS": "True",
    "LITELLM_MODE": "PRODUCTION",
}


@lru_cache(maxsize=1)
def _litellm() -> Any:
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

    async def complete(self, request: Request) -> Completion:
        """Reply to a request.

        Raises:
            ModelError: no reply; see its kinds.
            MissingLibrary: litellm is not installed.
        """
        began = time.perf_counter()
        response = await self._call(request)
        choice = response.choices[0]
        tokens = self._tokens(getattr(response, "usage", None), request)
        text = choice.message.content or ""
        return Completion(str(text), str(choice.finish_reason or "stop"), tokens, time.perf_counter() - began)

    async def stream(self, request: Request) -> AsyncIterator[str | Completion]:
        """The reply in pieces as they come, then the whole of it.

        Raises:
            ModelError: no reply; see its kinds.
        """
        began = time.perf_counter()
        pieces: list[str] = []
        usage, finish = None, ""
        response = await self._call(request, stream=True, stream_options={"include_usage": True})
        try:
            async for chunk in response:
                usage = getattr(chunk, "usage", None) or usage
                for choice in chunk.choices:
                    finish = choice.finish_reason or finish
                    if piece := choice.delta.content:
                        pieces.append(piece)
                        yield piece
        except Exception as error:  # a provider's own errors come out of the stream as they are
            raise self._error(error) from error
        yield Completion("".join(pieces), finish or "stop", self._tokens(usage, request), time.perf_counter() - began)

    async def room(self, request: Request) -> tuple[int, int]:
        """The estimated tokens, and what the settings say that the model can hold."""
        return estimated_tokens(request) + (request.max_output or self.settings.max_output), self.settings.context

    async def close(self) -> None:
        """Litellm keeps its own connections."""

    async def _call(self, request: Request, **more: Any) -> Any:
        litellm = await asyncio.to_thread(_litellm)
        said = self.settings
        body: dict[str, Any] = {
            "model": f"{said.provider}/{request.adapter}" if request.adapter else said.model,
            "messages": [{"role": one.sender, "content": one.text} for one in request.messages],
            "max_tokens": request.max_output or said.max_output,
            "temperature": said.temperature,
            "timeout": said.timeout,
            "num_retries": said.retries,
            **said.body,
            **more,
        }
        if said.api_base:
            body["api_base"] = said.api_base
        if key := api_key(said):
            body["api_key"] = key
        elif said.api_base:
            body["api_key"] = "none"  # a server of one's own asks for none, and the library for some
        if request.seed is not None:
            body["seed"] = request.seed
        if request.schema is not None and not self.ignores_schemas:
            form = {"name": "reply", "schema": dict(request.schema), "strict": True}
            body["response_format"] = {"type": "json_schema", "json_schema": form}
        try:
            return await litellm.acompletion(**body)
        except Exception as error:  # its errors have no one root; they are sorted below
            raise self._error(error) from error

    def _tokens(self, usage: Any, request: Request) -> Tokens:
        read = int(getattr(usage, "prompt_tokens", 0) or 0)
        written = int(getattr(usage, "completion_tokens", 0) or 0)
        cost = cost_of(self.settings, read, written)
        if cost is None and (priced := _litellm().model_cost.get(self.settings.model)) is not None:
            cost = read * priced.get("input_cost_per_token", 0.0) + written * priced.get("output_cost_per_token", 0.0)
        return Tokens(read, written, cost)

    def _error(self, error: Exception) -> ModelError:
        """The error of ours that it is, without what the library adds to its text."""
        litellm = _litellm()
        text = " ".join(str(error).split())[:300]
        if isinstance(error, litellm.ContextWindowExceededError):
            return ContextTooLong(f"{self.label}: {text}")
        # A refused connection comes as an internal error of the server.
        gone = (litellm.Timeout, litellm.APIConnectionError, litellm.InternalServerError)
        busy = (litellm.RateLimitError, litellm.ServiceUnavailableError)
        if isinstance(error, (*gone, *busy, OSError)):
            return ModelUnreachable(f"{self.label} does not answer: {text}")
        return ModelRefused(f"{self.label} refused: {text}")
