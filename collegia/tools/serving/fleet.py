"""All engines together: where a call goes, in which order waiting calls go, and what is loaded ahead."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Collection, Iterator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType

from collegia.errors import ModelUnreachable, ServingError
from collegia.settings import Serving
from collegia.tools.serving.adapters import catalog
from collegia.tools.serving.figures import Figures, figures_file
from collegia.tools.serving.server import Server, ServerStatus

__all__ = ["Fleet", "Place", "addresses"]


@dataclass(frozen=True)
class Place:
    """Where a call goes.

    Attributes:
        api_base: the engine's address with `/v1`.
        model: what the base model or the adapter is called there.
    """

    api_base: str
    model: str


@dataclass
class _Group:
    """Waiting calls of one adapter."""

    since: float
    calls: int = 0


def addresses(serving: Serving) -> tuple[str, ...]:
    """The engines to ask: those that are attached, or else the one that `collegia serve up` starts."""
    if serving.endpoints:
        return serving.endpoints
    host = {"0.0.0.0": "127.0.0.1", "::": "::1", "": "127.0.0.1"}.get(serving.host, serving.host)  # noqa: S104  # what listens everywhere is asked here
    return (f"http://{f'[{host}]' if ':' in host else host}:{serving.port}",)


class Fleet:
    """The engines of the settings, for the calls of one program.

    `async with Fleet(serving) as fleet`, and for each call `async with fleet.ready("my-adapter") as place`: within it
    the adapter is loaded at `place`, and stays. Calls of an adapter that is in use go at once. Calls that need another
    one to be removed wait, the adapter that waits longest first and all its calls together; after `fair` seconds the
    adapter that has been in use longest takes no more calls until that one has had its turn.

    Args:
        serving: the settings.
        home: where figures are kept for `collegia serve status`, and where the programs that share it lock the adapters
            that they use; None does neither.
        fair: seconds that a call may be passed by calls of adapters that are in use.
        patience: seconds to wait where calls of other programs hold all adapters.

    Raises:
        ServingError: the folder of an adapter cannot be read.
    """

    def __init__(
        self, serving: Serving, home: Path | None = None, *, fair: float = 2.0, patience: float = 60.0
    ) -> None:
        self.serving = serving
        self.figures = Figures()
        self._known = catalog(serving)
        self._file = None if home is None else figures_file(home)
        self._fair = fair
        pins = None if home is None else home / "serving" / "pins"
        self._servers = [
            Server(url, max(1, serving.max_loras), self._known, self.figures, self._wake, pins, patience)
            for url in addresses(serving)
        ]
        self._groups: dict[str, _Group] = {}  # in the order in which they began to wait
        self._freed = asyncio.Event()

    async def __aenter__(self) -> Fleet:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.close()

    async def close(self) -> None:
        """Close all connections, and keep the figures where there is a home.

        Raises:
            StoreError: they cannot be kept.
        """
        await asyncio.gather(*(server.close() for server in self._servers))
        if self._file is not None and self.figures != Figures():
            self._file.add(self.figures)
            self._file.close()
            self._file = None  # they count once

    @asynccontextmanager
    async def ready(self, adapter: str | None = None) -> AsyncIterator[Place]:
        """Where to send a call; the adapter is loaded there and stays until the block ends. None is the base model.

        A ModelUnreachable that leaves the block is taken for the engine's own.

        Raises:
            ModelUnreachable: no engine answers.
            ServingError: the adapter is unknown, too large, or refused; or calls of other programs hold all places.
        """
        server = await (self._base() if adapter is None else self._adapter(adapter))
        try:
            yield Place(f"{server.url}/v1", adapter or server.base or self.serving.served_name)
        except ModelUnreachable:
            server.forget()
            raise
        finally:
            server.calls -= 1
            if adapter is not None:
                server.leave(adapter)

    def prefetch(self, adapter: str) -> bool:
        """Begin to load an adapter that will be needed soon; whether it is loaded, or being loaded.

        It never waits and never takes what calls use or wait for. What goes wrong is told by `ready`.

        Raises:
            ServingError: its rank is too large.
        """
        self._check(adapter)
        server = self._choose(adapter, ())
        if server is None:
            return False
        server.seat(adapter)
        return True

    async def status(self) -> list[ServerStatus]:
        """What each engine tells now, in the order of the settings."""
        return list(await asyncio.gather(*(server.status() for server in self._servers)))

    async def _base(self) -> Server:
        failed: list[str] = []
        for server in sorted(self._servers, key=lambda one: (one.lost, one.calls)):
            server.calls += 1
            try:
                if server.base is None or server.lost:
                    await server.look()
            except BaseException as error:  # a call that is cancelled is none any more
                server.calls -= 1
                if not isinstance(error, (ModelUnreachable, ServingError)):
                    raise
                server.forget()
                failed.append(str(error))
            else:
                return server
        raise ModelUnreachable("; ".join(failed))

    async def _adapter(self, adapter: str) -> Server:
        """A server where the adapter is loaded and has a seat for this call."""
        self._check(adapter)
        failed: dict[Server, str] = {}
        with self._waiting(adapter):
            await self._look_first()
            while True:
                server = self._choose(adapter, failed)
                if server is None:
                    if len(failed) == len(self._servers):
                        raise ModelUnreachable("; ".join(failed.values()))
                    await self._freed.wait()
                    continue
                try:
                    await self._sit(server, adapter)
                except ModelUnreachable as error:
                    failed[server] = str(error)
                else:
                    return server

    async def _sit(self, server: Server, adapter: str) -> None:
        """Take part in the adapter's seat, and wait until it is loaded.

        Raises:
            ModelUnreachable: the engine does not answer.
            ServingError: the adapter cannot be loaded.
        """
        thought = server.holds(adapter)
        seat = server.seat(adapter)
        seat.calls += 1
        server.calls += 1
        self._wake()  # the next adapter in the row may find a seat as well
        at_once = seat.ready.done()
        try:
            had_to_load = await asyncio.shield(seat.ready)
        except BaseException as error:  # a call that is cancelled gives its part of the seat up as well
            if isinstance(error, ModelUnreachable):
                server.forget()
            server.calls -= 1
            server.leave(adapter)
            raise
        self.figures.calls += 1
        self.figures.hits += at_once or not had_to_load
        self.figures.consistent += at_once or thought != had_to_load

    def _choose(self, adapter: str, failed: Collection[Server]) -> Server | None:
        """Where the adapter's next call goes now; None where it has to wait."""
        up = [one for one in self._servers if one not in failed]
        seated = [one for one in up if adapter in one.seats]
        if seated:
            return min(
                (one for one in seated if not self._closes(one, adapter)), key=lambda one: one.calls, default=None
            )
        first = self._longest_waiting()
        if first not in (None, adapter):
            return None
        able = [one for one in up if one.has_seat()]
        return min(
            able, key=lambda one: (one.lost, not one.holds(adapter), not one.has_room(), one.calls), default=None
        )

    def _closes(self, server: Server, adapter: str) -> bool:
        """Whether the adapter takes no more calls here: another has waited too long, and this has had most time."""
        first = self._longest_waiting()
        if first is None or time.monotonic() - self._groups[first].since < self._fair:
            return False
        oldest = min(seat.since for one in self._servers for seat in one.seats.values())
        return server.seats[adapter].since == oldest

    def _longest_waiting(self) -> str | None:
        """The adapter whose calls have waited longest and have no seat."""
        seated = {name for server in self._servers for name in server.seats}
        return next((name for name in self._groups if name not in seated), None)

    @contextmanager
    def _waiting(self, adapter: str) -> Iterator[None]:
        group = self._groups.setdefault(adapter, _Group(time.monotonic()))
        group.calls += 1
        try:
            yield
        finally:
            group.calls -= 1
            if not group.calls:
                del self._groups[adapter]
                self._wake()

    async def _look_first(self) -> None:
        """Ask the engines that were never asked; what does not answer is told when it is needed."""
        new = [server for server in self._servers if server.base is None and not server.lost]
        answers = await asyncio.gather(*(one.look() for one in new), return_exceptions=True)
        for server, told in zip(new, answers, strict=True):
            if isinstance(told, (ModelUnreachable, ServingError)):
                server.forget()
            elif isinstance(told, BaseException):
                raise told

    def _check(self, adapter: str) -> None:
        known = self._known.get(adapter)
        if known is not None:
            known.check(self.serving)

    def _wake(self) -> None:
        """Let waiting calls look again."""
        self._freed.set()
        self._freed = asyncio.Event()
