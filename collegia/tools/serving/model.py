"""The served engines as a language model: each call goes where the fleet has its adapter ready."""

from __future__ import annotations

from collections.abc import AsyncGenerator, AsyncIterator
from contextlib import aclosing, asynccontextmanager, suppress
from dataclasses import replace
from pathlib import Path

from collegia.errors import StoreError, UsageError
from collegia.settings import ModelSettings, Serving
from collegia.tools.models.direct import DirectModel
from collegia.tools.models.endpoint import PerLoop
from collegia.tools.models.types import Completion, Request
from collegia.tools.serving.fleet import Fleet, addresses

__all__ = ["ServedModel"]


class ServedModel:
    """A model that the engines of the settings serve, with their adapters.

    Args:
        settings: of the model; its address is the engines' own.
        serving: the engines.
        home: where programs tell each other which adapters they use.
        label: what messages call it.

    Raises:
        UsageError: the model names an address of its own.
    """

    def __init__(self, settings: ModelSettings, serving: Serving, home: Path | None, label: str = "") -> None:
        if settings.api_base:
            raise UsageError(f"the model {settings.model} is found through [serving]; take its api_base out")
        self.label = label or settings.model
        self.ignores_schemas = False
        self._settings, self._serving = settings, serving
        self._fleets = PerLoop(lambda: Fleet(serving, home))
        self._clients: dict[tuple[str, str], DirectModel] = {}

    async def complete(self, request: Request) -> Completion:
        """Reply to a request.

        Raises:
            ServingError: its adapter can't be had.
            ModelError: no reply; see its kinds.
        """
        async with self._placed(request) as client:
            return await client.complete(request)

    async def stream(self, request: Request) -> AsyncGenerator[str | Completion, None]:
        """The reply in pieces as they come, then the whole of it. Closing the generator frees the server's slot.

        Raises:
            ServingError: its adapter can't be had.
            ModelError: no reply, or it broke off.
        """
        async with self._placed(request) as client, aclosing(client.stream(request)) as pieces:
            async for piece in pieces:
                yield piece

    def prefetch(self, adapter: str) -> bool:
        """Begin to load an adapter that will be needed soon, where nothing in use stands in its way; see `Fleet`.

        Raises:
            ServingError: its rank is too large.
        """
        return self._fleets.here().prefetch(adapter)

    async def room(self, request: Request) -> tuple[int, int]:
        """How many tokens the request has, reply included, and how many the base model can hold; 0 where not known.

        Raises:
            ModelUnreachable: no engine answers.
        """
        own = replace(request, adapter="")  # to count words no adapter has to be loaded
        async with self._placed(own) as client:
            return await client.room(own)

    async def price(self, read: int, written: int) -> float | None:
        """What so many tokens cost; None where no price is set."""
        return await self._client(f"{addresses(self._serving)[0]}/v1", self._serving.served_name).price(read, written)

    async def close(self) -> None:
        """Let go of the running loop's connections."""
        for client in self._clients.values():
            await client.close()
        fleet = self._fleets.taken()
        if fleet is not None:
            with suppress(StoreError):  # a reply that is there is worth more than that its call is counted
                await fleet.close()

    @asynccontextmanager
    async def _placed(self, request: Request) -> AsyncIterator[DirectModel]:
        """The client of the engine where the request's adapter is ready, and stays so."""
        async with self._fleets.here().ready(request.adapter or None) as place:
            yield self._client(place.api_base, place.base)

    def _client(self, api_base: str, base: str) -> DirectModel:
        if (api_base, base) not in self._clients:
            settings = replace(self._settings, model=f"hosted_vllm/{base}", api_base=api_base)
            self._clients[api_base, base] = DirectModel(settings, self.label)
        return self._clients[api_base, base]
