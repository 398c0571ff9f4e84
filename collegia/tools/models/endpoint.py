"""What every client keeps of the endpoint it sends to: seats, patience, a key and prices."""

from __future__ import annotations

import asyncio
import os
import random
import threading
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from email.utils import parsedate_to_datetime
from typing import Generic, TypeVar

from collegia.errors import ModelError, ModelUnreachable, UsageError
from collegia.settings import ModelSettings
from collegia.tools.models.breaker import Breaker

__all__ = ["BUSY", "Busy", "Endpoint", "PerLoop", "seconds_asked"]

BUSY = frozenset({408, 429, 500, 502, 503, 504})
"""The statuses of HTTP after which the same request may be sent again."""

_LONGEST_WAIT = 10.0  # seconds; who asks for more is not waited for
_FIRST_WAIT = 0.2
_SHORTEST_CUT = 1  # characters of a key that is cut out of errors
_SHORTEST_SECRET = 12  # and out of replies, which a common word must not be cut out of
_SHORTEST_PART = 4  # of a key, at the end of a text that was cut off

_T = TypeVar("_T")


class Busy(ModelUnreachable):
    """No answer this time, and nothing was done: the same request may be sent again.

    `after` is how many seconds the server asks to be left alone for; None where it does not say.
    """

    def __init__(self, said: str, after: float | None = None) -> None:
        super().__init__(said)
        self.after = after


class PerLoop(Generic[_T]):
    """One of a thing for each event loop, since sockets and locks belong to theirs; closed loops are forgotten."""

    def __init__(self, make: Callable[[], _T]) -> None:
        self._make = make
        self._made: dict[asyncio.AbstractEventLoop, _T] = {}
        self._lock = threading.Lock()  # each thread may run a loop of its own

    def here(self) -> _T:
        """The running loop's own."""
        loop = asyncio.get_running_loop()
        with self._lock:
            if loop not in self._made:
                self._made = {one: made for one, made in self._made.items() if not one.is_closed()}
                self._made[loop] = self._make()
            return self._made[loop]

    def taken(self) -> _T | None:
        """The running loop's own, which is forgotten; None where it had none."""
        with self._lock:
            return self._made.pop(asyncio.get_running_loop(), None)


class Endpoint:
    """Where a client sends to.

    Args:
        settings: of the model.
        label: what messages call it.
    """

    def __init__(self, settings: ModelSettings, label: str) -> None:
        self.name = f"{label} at {settings.api_base}" if settings.api_base else label
        self._settings = settings
        self._breaker = Breaker(self.name)
        self._seats = PerLoop(lambda: asyncio.Semaphore(settings.concurrency))

    @property
    def key_name(self) -> str:
        """The environment variable that holds the key."""
        return self._settings.api_key_env or "COLLEGIA_API_KEY"

    def key(self) -> str:
        """The key, from the environment; empty where there is none.

        Raises:
            UsageError: it cannot stand in a header.
        """
        key = os.environ.get(self.key_name, "").strip()
        if not (key.isascii() and key.isprintable()):
            raise UsageError(f"the key in {self.key_name} has characters that no key has; set it again")
        return key

    def without_key(self, text: str, shortest: int = _SHORTEST_SECRET) -> str:
        """A text with the key cut out of it: a server may say back what it was sent.

        Args:
            text: what came back, whole or cut off with "…".
            shortest: a key of fewer characters is left; what is that short ("none") is a word, and no secret.
        """
        key = self.key()
        if len(key) < shortest or not text:
            return text
        text = text.replace(key, "…")
        if "…" in text:  # what was cut off may end within the key
            for size in range(len(key) - 1, _SHORTEST_PART - 1, -1):
                text = text.replace(f"{key[:size]}…", "…")
        return text

    def price(self, read: int, written: int) -> float | None:
        """What a call costs by the prices that are set; None where one of them is not."""
        said = self._settings
        if said.prompt_price is None or said.output_price is None:
            return None
        return (read * said.prompt_price + written * said.output_price) / 1e6

    @asynccontextmanager
    async def seat(self) -> AsyncIterator[None]:
        """One of the calls that may be open at one time; whether it got an answer is kept in mind.

        Raises:
            ModelUnreachable: the endpoint has failed too often of late.
        """
        async with self._seats.here():
            self._breaker.check()
            try:
                yield
            except ModelError as error:
                self._breaker.failed() if isinstance(error, ModelUnreachable) else self._breaker.answered()
                error.args = (self.without_key(str(error), _SHORTEST_CUT),)
                raise
            self._breaker.answered()

    async def tried(self, send: Callable[[], Awaitable[_T]]) -> _T:
        """What a request is answered; one that the server was too busy for is sent again, later each time.

        Raises:
            ModelUnreachable: it was tried often enough, or the server asks for a long wait.
            ModelError: whatever else `send` raises, which is not tried again.
        """
        attempt = 0
        while True:
            try:
                return await send()
            except Busy as busy:
                attempt += 1
                wait = max(busy.after or 0.0, _FIRST_WAIT * 2 ** (attempt - 1))
                if wait > _LONGEST_WAIT:
                    raise ModelUnreachable(f"{busy}; it asks to be left alone for {wait:.0f} s") from busy
                if attempt > self._settings.retries:
                    often = f"; tried {attempt} times" if attempt > 1 else ""
                    raise ModelUnreachable(f"{busy}{often}") from busy
            # Calls that failed together are not to come back together.
            await asyncio.sleep(wait * (1 + random.random() / 2))  # noqa: S311  # not a secret


def seconds_asked(retry_after: str | None) -> float | None:
    """The wait that a Retry-After header asks for, written as seconds or as a date; None where it says nothing."""
    if not retry_after:
        return None
    try:
        return max(0.0, float(retry_after))
    except ValueError:
        pass
    try:
        return max(0.0, parsedate_to_datetime(retry_after).timestamp() - time.time())
    except ValueError:
        return None
