"""Starting an engine and watching it: started again when it dies or falls silent, stopped cleanly when asked."""

from __future__ import annotations

import asyncio
import os
import signal
import socket
import time
from asyncio.subprocess import DEVNULL, STDOUT
from asyncio.subprocess import Process as Child
from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path
from urllib.parse import urlsplit

from collegia.errors import ServingError, UsageError
from collegia.settings import Serving
from collegia.tools.serving.client import Client
from collegia.tools.serving.engine import command_of, environment_of
from collegia.tools.serving.figures import FiguresFile
from collegia.tools.serving.fleet import addresses
from collegia.tools.serving.record import Process, Record, State, alone, read_record, this_process, write_record
from collegia.tools.serving.stopping import GRACE, end_group, end_leftover, last_words

__all__ = ["Watcher"]

_STOPPING = (signal.SIGTERM, signal.SIGINT, signal.SIGHUP)  # the last one where the terminal is closed


class Watcher:
    """Runs one engine until it is told to stop. Made within the event loop that it runs in.

    An engine that dies before it ever answered is not started again: what is wrong with it stays wrong. After that it
    is, with longer and longer pauses, until it has died `len(pauses)` times in a row without `steady` seconds of
    health between.

    Args:
        serving: the settings.
        folder: where the record and the log are.
        tell: is given a sentence about each thing that happens.
        pauses: seconds to wait before each start in a row.
        steady: seconds of health after which a death counts as the first one.
        look: seconds between two looks at its health.
        silence: seconds without an answer after which it counts as dead.
        grace: seconds it may take to stop.
    """

    def __init__(
        self,
        serving: Serving,
        folder: Path,
        tell: Callable[[str], None],
        *,
        pauses: Sequence[float] = (1, 2, 4, 8, 16, 32),
        steady: float = 60.0,
        look: float = 1.0,
        silence: float = 60.0,
        grace: float = GRACE,
    ) -> None:
        self.serving, self.folder, self.log = serving, folder, folder / "server.log"
        self._tell, self._pauses = tell, pauses
        self._steady, self._look, self._silence, self._grace = steady, look, silence, grace
        (self.url,) = addresses(serving)
        self._stop = asyncio.Event()
        self._record = Record(this_process(), self.url, "starting", time.time())
        self._healthy_for = 0.0
        self._ever_healthy = False

    async def run(self) -> None:
        """Serve until a signal or `stop` ends it, or until it is given up.

        Raises:
            UsageError: the settings lack something, another one runs, or the port is taken.
            ServingError: the engine does not start, or keeps dying.
        """
        command = command_of(self.serving)
        with alone(self.folder):
            self._clear_away()
            self._write("starting")
            loop = asyncio.get_running_loop()
            for number in _STOPPING:
                loop.add_signal_handler(number, self.stop)
            client = Client(self.url)
            try:
                await self._serve(command, client)
            except ServingError as error:
                self._write("failed", engine=None, why=str(error))
                raise
            finally:
                await client.close()
                for number in _STOPPING:
                    loop.remove_signal_handler(number)
            self._write("stopped", engine=None, why="")

    def stop(self) -> None:
        """Have `run` stop the engine and end."""
        self._stop.set()

    async def _serve(self, command: list[str], client: Client) -> None:
        deaths = 0
        while True:
            child = await self._start(command)
            try:
                why = await self._watch(child, client)
            finally:
                await end_group(child, self._grace)
            if why is None:
                self._tell("the engine is stopped")
                return
            if not self._ever_healthy:
                raise ServingError(f"{why} before it could answer: {last_words(self.log)} (all of it: {self.log})")
            deaths = 1 if self._healthy_for >= self._steady else deaths + 1
            if deaths > len(self._pauses):
                raise ServingError(f"{why}, {deaths} times in a row, and is given up: {last_words(self.log)}")
            pause = self._pauses[deaths - 1]
            self._tell(f"{why}; it is started again in {pause:g} s")
            self._write("restarting", engine=None, why=why, restarts=self._record.restarts + 1)
            with suppress(TimeoutError):
                await asyncio.wait_for(self._stop.wait(), pause)
            if self._stop.is_set():
                return

    async def _start(self, command: list[str]) -> Child:
        with self.log.open("ab") as log:
            child = await asyncio.create_subprocess_exec(
                *command, env=environment_of(self.serving, os.environ), stdin=DEVNULL, stdout=log, stderr=STDOUT,
                start_new_session=True,  # a group of its own, so that all its processes can be found
            )  # fmt: skip
        self._write(self._record.state, engine=Process.of(child.pid))
        return child

    async def _watch(self, child: Child, client: Client) -> str | None:
        """Wait until it has to be started again, and say why; None where it is to stop."""
        gone, told = asyncio.create_task(child.wait()), asyncio.create_task(self._stop.wait())
        first = last = 0.0
        try:
            while True:
                await asyncio.wait({gone, told}, timeout=self._look, return_when=asyncio.FIRST_COMPLETED)
                if told.done():
                    return None
                if gone.done():
                    return f"the engine ended with code {child.returncode}"
                now = time.monotonic()
                if await client.is_healthy():
                    first, last = first or now, now
                    self._running()
                elif first and now - last > self._silence:
                    return f"the engine has not answered for {self._silence:g} s"
        finally:
            self._healthy_for = last - first
            for task in (gone, told):
                task.cancel()

    def _running(self) -> None:
        if self._record.state != "running":
            self._ever_healthy = True
            self._write("running")
            self._tell(f"the engine answers at {self.url}")

    def _clear_away(self) -> None:
        """What an earlier watcher left: a living engine is stopped, old figures go.

        Raises:
            UsageError: another program has the port.
        """
        left = read_record(self.folder)
        if left is not None and end_leftover(left, self._grace):
            self._tell("an engine that nobody watched any more is stopped")
        parts = urlsplit(self.url)
        with suppress(OSError), socket.create_connection((parts.hostname, parts.port), timeout=2):
            raise UsageError(
                f"something listens at {self.url} already; stop it, set another serving.port, or name it in"
                " serving.endpoints to use it as it is"
            )
        FiguresFile(self.folder / "figures.sqlite").clear()

    def _write(self, state: State, **changed: object) -> None:
        self._record = self._record.now(state, time.time(), **changed)
        write_record(self.folder, self._record)
