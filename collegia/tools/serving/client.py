"""What is asked of one engine over HTTP, apart from its answers: health, models, metrics, loading and unloading."""

from __future__ import annotations

import json
import os
from typing import TYPE_CHECKING, Any

from collegia.errors import MissingLibrary, ModelUnreachable, ServingError
from collegia.tools.serving.adapters import Adapter
from collegia.tools.serving.metrics import Load, read_load

if TYPE_CHECKING:
    from aiohttp import ClientSession

__all__ = ["Client"]

_QUICK = 10.0  # seconds for what an engine knows by heart
_LOADING = 300.0  # for what it has to read from a disk


class Client:
    """One engine. Used within one event loop, and closed there.

    `VLLM_API_KEY` is sent as the key where it is set, as vLLM itself reads it.

    Attributes:
        url: its address, without `/v1`.
    """

    def __init__(self, url: str) -> None:
        self.url = url.rstrip("/").removesuffix("/v1")
        self._opened: ClientSession | None = None

    async def close(self) -> None:
        """Close its connections; the next request opens them again."""
        if self._opened is not None:
            await self._opened.close()
            self._opened = None

    async def is_healthy(self) -> bool:
        """Whether it says that it can answer."""
        try:
            await self._ask("GET", "/health")
        except (ModelUnreachable, ServingError):
            return False
        return True

    async def models(self) -> tuple[str, list[str]]:
        """What the base model is called, and the adapters that are loaded, in the engine's order.

        Raises:
            ModelUnreachable: it does not answer.
            ServingError: it answers in another way than an engine does.
        """
        text = await self._ask("GET", "/v1/models")
        try:
            listed = [(str(one["id"]), one.get("parent")) for one in json.loads(text)["data"]]
        except (ValueError, KeyError, TypeError, AttributeError):
            raise ServingError(f"{self.url} lists no models as an OpenAI-compatible server does") from None
        bases = [name for name, parent in listed if parent is None]
        if not bases:
            raise ServingError(f"{self.url} has no base model; is it the right address?")
        return bases[0], [name for name, parent in listed if parent is not None]

    async def load_figures(self) -> Load:
        """How busy it is.

        Raises:
            ModelUnreachable: it does not answer.
            ServingError: it has no metrics.
        """
        return read_load(await self._ask("GET", "/metrics"))

    async def load(self, adapter: Adapter) -> None:
        """Load an adapter; one that is loaded already stays.

        Raises:
            ModelUnreachable: it does not answer.
            ServingError: it refuses; its own words are in the message.
        """
        body = {"lora_name": adapter.name, "lora_path": adapter.path}
        try:
            await self._ask("POST", "/v1/load_lora_adapter", body, _LOADING)
        except ServingError:
            if adapter.name not in (await self.models())[1]:  # else another program was quicker
                raise

    async def unload(self, name: str) -> None:
        """Unload an adapter; one that is not there is none to unload.

        Raises:
            as `load`.
        """
        try:
            await self._ask("POST", "/v1/unload_lora_adapter", {"lora_name": name})
        except ServingError:
            if name in (await self.models())[1]:
                raise

    async def _ask(self, method: str, path: str, body: dict[str, Any] | None = None, seconds: float = _QUICK) -> str:
        session = self._session()
        import aiohttp

        try:
            timeout = aiohttp.ClientTimeout(total=seconds)
            async with session.request(method, self.url + path, json=body, timeout=timeout) as reply:
                text = await reply.text(errors="replace")
        except TimeoutError:
            raise ModelUnreachable(f"{self.url}{path} did not answer within {seconds:g} s") from None
        except (aiohttp.ClientError, OSError) as error:
            told = str(getattr(error, "os_error", error)) or type(error).__name__
            raise ModelUnreachable(f"{self.url} cannot be reached ({told}); is the engine running?") from None
        if reply.status >= 400:
            raise ServingError(
                f"{self.url}{path} refused with {reply.status}: {_reason(text)}{_advice(path, reply.status)}"
            )
        return text

    def _session(self) -> ClientSession:
        if self._opened is None:
            try:
                import aiohttp
            except ImportError:
                raise MissingLibrary("talking to an engine needs aiohttp: pip install 'collegia[models]'") from None
            key = os.environ.get("VLLM_API_KEY", "")
            self._opened = aiohttp.ClientSession(headers={"Authorization": f"Bearer {key}"} if key else {})
        return self._opened


def _reason(text: str) -> str:
    """The sentence within an engine's refusal, or what it wrote instead."""
    try:
        told = json.loads(text)
        said = told["error"]["message"] if "error" in told else told["detail"]
    except (ValueError, KeyError, TypeError):
        said = text
    return " ".join(str(said).split())[:500] or "no reason given"


def _advice(path: str, status: int) -> str:
    if status == 404 and path.endswith("_lora_adapter"):
        return "; is the folder there, and was it started with VLLM_ALLOW_RUNTIME_LORA_UPDATING=True?"
    if status in (401, 403):
        return "; set VLLM_API_KEY to its key"
    return ""
