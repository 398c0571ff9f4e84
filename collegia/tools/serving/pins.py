"""What several programs of one home tell each other through locked files: which adapters their calls use.

The system gives the locks of a program back when it ends, however it does. A program of another home or machine does
not see them; the engine's metrics are all that tells of its calls.
"""

from __future__ import annotations

import asyncio
import hashlib
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import IO

from collegia.errors import ServingError

__all__ = ["Pin", "Pins"]

_AGAIN = 0.005  # seconds between two tries for a lock that another program holds


class Pin:
    """Keeps an adapter from being removed by other programs, until it is let go."""

    def __init__(self, file: IO[bytes] | None) -> None:
        self._file = file

    def let_go(self) -> None:
        """Give the lock back."""
        if self._file is not None:
            self._file.close()
            self._file = None


class Pins:
    """The locks of one engine. Taking a pin and removing an adapter both happen within `changing`, so never at once.

    Args:
        folder: where the files are; None locks nothing, and so does a system without such locks.
        url: the engine's address.
    """

    def __init__(self, folder: Path | None, url: str) -> None:
        try:
            import fcntl
        except ImportError:
            folder = None
        else:
            self._lock, self._mine = fcntl.flock, fcntl.LOCK_EX | fcntl.LOCK_NB
            self._ours = fcntl.LOCK_SH | fcntl.LOCK_NB
        self._folder, self._url = folder, url

    @asynccontextmanager
    async def changing(self) -> AsyncIterator[None]:
        """Be the only program that loads and removes adapters here."""
        while (pin := self._try("", alone=True)) is None:  # noqa: ASYNC110  # another process holds it: no event tells
            await asyncio.sleep(_AGAIN)
        try:
            yield
        finally:
            pin.let_go()

    def hold(self, adapter: str) -> Pin:
        """Keep the adapter from being removed. Only within `changing`.

        Raises:
            ServingError: it is being removed, by a program that does not keep to this.
        """
        pin = self._try(adapter, alone=False)
        if pin is None:
            raise ServingError(f"the adapter {adapter!r} of {self._url} is being removed by a program; try again")
        return pin

    def is_free(self, adapter: str) -> bool:
        """Whether no program's call uses the adapter. Only within `changing`."""
        pin = self._try(adapter, alone=True)
        if pin is not None:
            pin.let_go()
        return pin is not None

    def _try(self, adapter: str, *, alone: bool) -> Pin | None:
        if self._folder is None:
            return Pin(None)
        name = hashlib.sha256(f"{self._url}\n{adapter}".encode()).hexdigest()[:24]
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            file = (self._folder / name).open("ab")
        except OSError as error:
            raise ServingError(
                f"{self._folder} cannot be written ({error.strerror}); set COLLEGIA_HOME to a folder you may write to"
            ) from None
        try:
            self._lock(file, self._mine if alone else self._ours)
        except BlockingIOError:
            file.close()
            return None
        return Pin(file)
