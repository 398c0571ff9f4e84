"""Who watches the engine: a small file that says which process, and whether that process is still the one meant."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Literal

from collegia.errors import UsageError

__all__ = ["Process", "Record", "State", "alone", "read_record", "this_process", "write_record"]

State = Literal["starting", "running", "restarting", "stopped", "failed"]


@dataclass(frozen=True)
class Process:
    """A process, told from a later one that got its number by when it was started.

    Attributes:
        pid: its number.
        started: the boot of the machine and the tick at which it was started; empty where no /proc tells.
    """

    pid: int
    started: str

    @classmethod
    def of(cls, pid: int) -> Process:
        """The process that has this number now."""
        return cls(pid, _started(pid) or "")

    def is_alive(self) -> bool:
        """Whether this very process still runs."""
        try:
            os.kill(self.pid, 0)
        except ProcessLookupError:
            return False
        except PermissionError:
            return False  # ours could be signalled
        return not self.started or _started(self.pid) == self.started


@dataclass(frozen=True)
class Record:
    """The engine that `collegia serve up` started.

    Attributes:
        watcher: the process that watches it.
        url: its address.
        state: what it is doing.
        since: when that began, in seconds of the Unix clock.
        engine: its own process, which leads a group of its own; None where there is none at the moment.
        restarts: how often it was started again.
        why: the reason of the last restart, or of the end.
    """

    watcher: Process
    url: str
    state: State
    since: float
    engine: Process | None = None
    restarts: int = 0
    why: str = ""

    def now(self, state: State, since: float, **changed: object) -> Record:
        """The same in another state."""
        return replace(self, state=state, since=since, **changed)  # type: ignore[arg-type]  # names of fields


def this_process() -> Process:
    """The process that this code runs in."""
    return Process.of(os.getpid())


def read_record(folder: Path) -> Record | None:
    """What is recorded in the folder; None where nothing is, or nothing that can be read."""
    try:
        told = json.loads((folder / "server.json").read_text(encoding="utf-8"))
        told["watcher"] = Process(**told["watcher"])
        told["engine"] = Process(**told["engine"]) if told["engine"] else None
        return Record(**told)
    except (OSError, ValueError, TypeError, KeyError):
        return None


def write_record(folder: Path, record: Record) -> None:
    """Write it as a whole: a reader sees the old one or the new one."""
    new = folder / f"server.json.{os.getpid()}"
    new.write_text(json.dumps(asdict(record), indent=1) + "\n", encoding="utf-8")
    new.replace(folder / "server.json")


@contextmanager
def alone(folder: Path) -> Iterator[None]:
    """Be the only watcher of this home; the system gives the lock back when the process ends, however it does.

    Raises:
        UsageError: another one runs, or the system has no such locks.
    """
    try:
        import fcntl
    except ImportError:
        raise UsageError("an engine can be started on Linux and macOS only; name it in serving.endpoints") from None
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / "lock").open("a") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            raise UsageError(
                "an engine is served from this home already; `collegia serve status` shows it, `collegia serve down`"
                " stops it"
            ) from None
        yield


def _started(pid: int) -> str | None:
    """When a process was started; None where it is gone, or only waits to be buried, or nothing tells."""
    with suppress(OSError, IndexError):
        state, *numbers = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()
        if state not in ("Z", "X"):
            boot = Path("/proc/sys/kernel/random/boot_id").read_text(encoding="utf-8").strip()
            return f"{boot} {numbers[18]}"
    return None
