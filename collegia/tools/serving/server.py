"""One engine with its places for adapters: which are loaded, which are in use, and who makes room."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from collegia.errors import CollegiaError, ModelUnreachable, ServingError
from collegia.tools.serving.adapters import Adapter
from collegia.tools.serving.client import Client
from collegia.tools.serving.figures import Figures
from collegia.tools.serving.metrics import Load
from collegia.tools.serving.pins import Pin, Pins

__all__ = ["Seat", "Server", "ServerStatus"]

_LOOK_AGAIN = 0.1  # seconds, where other programs' calls hold every adapter


@dataclass
class Seat:
    """An adapter that may not be removed: calls use it, or it is being loaded.

    Attributes:
        ready: ends when it is loaded; gives whether it had to be.
        since: when it was taken, on the clock of `time.monotonic`.
        calls: how many use it, or wait for it.
        pin: keeps other programs from removing it, once it is loaded.
    """

    ready: asyncio.Task[bool]
    since: float
    calls: int = 0
    pin: Pin | None = None


@dataclass(frozen=True)
class ServerStatus:
    """What one engine tells; None where it does not answer or does not say.

    Attributes:
        url: its address.
        healthy: whether it can answer.
        model: what its base model is called.
        adapters: those that are loaded.
        load: how busy it is.
        trouble: why something of this is missing.
    """

    url: str
    healthy: bool
    model: str | None = None
    adapters: tuple[str, ...] | None = None
    load: Load = field(default_factory=Load)
    trouble: str = ""


class Server:
    """One engine.

    At most `places` adapters are loaded. One that calls use, or that is being loaded, has a seat; another may be
    removed, the least recently used first. An engine may serve several programs, so what is loaded is asked of it
    whenever a seat is taken, and an adapter that another program's calls use is not removed: one of the same home says
    so by its pins, any other is seen in the engine's metrics once its call has come in.

    Args:
        url: its address.
        places: how many adapters may be loaded.
        known: adapters that can be loaded, by name.
        figures: where loads are counted.
        freed: is called whenever a seat was given up.
        pins: the folder of the locks that the programs of one home share; None for none.
        patience: seconds to wait where other programs' calls hold all adapters.
    """

    def __init__(
        self,
        url: str,
        places: int,
        known: Mapping[str, Adapter],
        figures: Figures,
        freed: Callable[[], None],
        pins: Path | None = None,
        patience: float = 60.0,
    ) -> None:
        self.client = Client(url)
        self._pins = Pins(pins, self.client.url)
        self.seats: dict[str, Seat] = {}
        self.calls = 0
        self.base: str | None = None
        self.lost = False
        self._places, self._known, self._figures, self._patience = places, known, figures, patience
        self._freed = freed
        self._loaded: dict[str, None] = {}  # as it was last seen or made; least recently used first
        self._changing = asyncio.Lock()

    @property
    def url(self) -> str:
        """Its address, without `/v1`."""
        return self.client.url

    def holds(self, adapter: str) -> bool:
        """Whether the adapter is thought to be loaded here."""
        return adapter in self._loaded

    def has_seat(self) -> bool:
        """Whether one more adapter can be used beside those in use."""
        return len(self.seats) < self._places

    def has_room(self) -> bool:
        """Whether one more can be loaded without removing one."""
        return len(self._loaded) < self._places

    def seat(self, adapter: str) -> Seat:
        """The adapter's seat; where it has none it takes one, and is loaded if it is not."""
        held = self.seats.get(adapter)
        if held is None:
            held = self.seats[adapter] = Seat(asyncio.create_task(self._bring(adapter)), time.monotonic())
            held.ready.add_done_callback(lambda done: self._settle(adapter, done))
        return held

    def leave(self, adapter: str) -> None:
        """A call has ended: the adapter is the most recently used one, and gives its seat up with its last call."""
        held = self.seats[adapter]
        held.calls -= 1
        if adapter in self._loaded:
            self._loaded[adapter] = self._loaded.pop(adapter)
        if not held.calls and held.ready.done():
            self._give_up(adapter)

    def forget(self) -> None:
        """The engine did not answer: nothing is thought to be loaded, and others are asked first."""
        self.lost = True
        self._loaded.clear()

    async def look(self) -> None:
        """Ask what is loaded.

        Raises:
            ModelUnreachable: it does not answer.
            ServingError: it is no engine.
        """
        self.base, there = await self.client.models()
        self.lost = False
        strangers = {name: None for name in there if name not in self._loaded}
        self._loaded = strangers | {name: None for name in self._loaded if name in there}

    async def status(self) -> ServerStatus:
        """What it tells now; one that does not answer is a status too."""
        healthy = await self.client.is_healthy()
        try:
            await self.look()
            load = await self.client.load_figures()
        except (ModelUnreachable, ServingError) as error:
            told = self.base is not None and not self.lost
            return ServerStatus(
                self.url,
                healthy,
                self.base if told else None,
                tuple(self._loaded) if told else None,
                trouble=str(error),
            )
        return ServerStatus(self.url, healthy, self.base, tuple(self._loaded), load)

    async def close(self) -> None:
        """End what is being loaded, and close the connections."""
        under_way = [seat.ready for seat in self.seats.values() if not seat.ready.done()]
        for task in under_way:
            task.cancel()
        await asyncio.gather(*under_way, return_exceptions=True)
        await self.client.close()

    def _settle(self, adapter: str, done: asyncio.Task[bool]) -> None:
        """After a load: give the seat up where no call waits for it. An error is for those who wait."""
        if not done.cancelled():
            done.exception()
        held = self.seats.get(adapter)
        if held is not None and held.ready is done and not held.calls:
            self._give_up(adapter)

    def _give_up(self, adapter: str) -> None:
        pin = self.seats.pop(adapter).pin
        if pin is not None:
            pin.let_go()
        self._freed()

    async def _bring(self, adapter: str) -> bool:
        """See to it that the adapter is loaded; gives whether it had to be.

        Raises:
            ModelUnreachable: the engine does not answer.
            ServingError: it refuses, or nothing says what this adapter is.
        """
        async with self._changing, self._pins.changing():
            begun = time.monotonic()
            await self.look()
            there = adapter in self._loaded
            if there:
                self._loaded[adapter] = self._loaded.pop(adapter)  # what is wanted soon is not the next to go
            else:
                await self._load(adapter, begun)
            self.seats[adapter].pin = self._pins.hold(adapter)
            return not there

    async def _load(self, adapter: str, begun: float) -> None:
        known = self._known.get(adapter)
        if known is None:
            told = ", ".join(self._known) or "none"
            raise ServingError(
                f"{self.url} has no adapter {adapter!r}, and serving.adapters does not say where it is;"
                f" there are: {told}"
            )
        removed = await self._make_room(adapter)
        loading = time.monotonic()
        await self.client.load(known)
        self._loaded[adapter] = None
        ended = time.monotonic()
        self._figures.loaded(ended - loading, ended - begun if removed else None)

    async def _make_room(self, adapter: str) -> bool:
        """Remove adapters, the least recently used first, until one more fits; gives whether any was.

        Raises:
            ServingError: calls of other programs hold all places for too long.
        """
        end = time.monotonic() + self._patience
        removed = False
        while not self.has_room():
            busy = {*self.seats, *await self._busy()}
            unused = next((one for one in self._loaded if one not in busy and self._pins.is_free(one)), None)
            if unused is not None:
                del self._loaded[unused]
                await self.client.unload(unused)
                removed = True
            elif time.monotonic() > end:
                raise ServingError(
                    f"{self.url} has no place for the adapter {adapter!r}: calls of other programs hold all"
                    f" {self._places} for {self._patience:g} s; wait for them, or raise serving.max_loras"
                )
            else:
                await asyncio.sleep(_LOOK_AGAIN)
                await self.look()
        return removed

    async def _busy(self) -> frozenset[str]:
        """The adapters that calls of any program use; an engine without metrics tells none."""
        with suppress(CollegiaError):
            return (await self.client.load_figures()).busy
        return frozenset()
