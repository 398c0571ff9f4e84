"""Reader processes, kept fed and watched over.

Started as commands and not by `multiprocessing`, so that a script without a main guard, a notebook or a daemon can
ingest, and with the current folder off the path, so that no file of a folder being read is ever imported.
"""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import threading
from collections import deque
from collections.abc import Iterable, Iterator, Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import asdict
from pathlib import Path
from typing import Any

from collegia.knowledge.ingest.limits import Limits

__all__ = ["Pool"]

Answer = dict[str, Any]
_AHEAD = 2  # files read for each process before the first of them is taken


class Pool:
    """Processes that read files; one that crashes or hangs costs the file it was at, and is replaced."""

    def __init__(self, workers: int, limits: Limits, readers: Mapping[str, str]) -> None:
        self._limits = limits
        self._fixed = {"limits": asdict(limits), "readers": dict(readers)}
        self._workers = workers
        self._mine = threading.local()
        self._all: set[subprocess.Popen[bytes]] = set()
        self._lock = threading.Lock()
        self._closed = False
        self._threads = ThreadPoolExecutor(workers, thread_name_prefix="collegia-ingest")

    def read(self, files: Iterable[tuple[Path, str]]) -> Iterator[tuple[Path, Answer]]:
        """The answers for files and the digests they are known by, in the order of the files.

        An answer has `same`, or `why` it is refused, or `digest`, `texts` and `refused`. Only a few are held at a time.
        """
        waiting: deque[tuple[Path, Future[Answer]]] = deque()
        for path, known in files:
            waiting.append((path, self._threads.submit(self._ask, path, known)))
            if len(waiting) >= _AHEAD * self._workers:
                first, answer = waiting.popleft()
                yield first, answer.result()
        while waiting:
            first, answer = waiting.popleft()
            yield first, answer.result()

    def close(self) -> None:
        """End all processes, whatever they are doing."""
        with self._lock:
            self._closed = True
            running = list(self._all)
        for process in running:
            process.kill()
        self._threads.shutdown(wait=True, cancel_futures=True)
        for process in running:
            _bury(process)

    def __enter__(self) -> Pool:
        return self

    def __exit__(self, *error: object) -> None:
        self.close()

    def _ask(self, path: Path, known: str) -> Answer:
        """Have one file read by this thread's process."""
        process = self._process()
        if process is None:
            return {"why": "reading was cancelled"}
        watch = _Watch(process, self._limits.seconds)
        try:
            answer = _exchange(process, {**self._fixed, "path": str(path), "known": known})
        finally:
            late = watch.stop()
        if answer is not None and not late:
            return answer
        process.kill()
        code = process.wait()
        self._mine.process = None
        with self._lock:
            self._all.discard(process)
        _bury(process)
        if late:
            return {"why": f"reading it takes longer than {self._limits.seconds:g} seconds"}
        return {"why": f"its reader crashed ({_ending(code)})"}

    def _process(self) -> subprocess.Popen[bytes] | None:
        """This thread's process, started where it has none; None once all is being closed."""
        process: subprocess.Popen[bytes] | None = getattr(self._mine, "process", None)
        if process is not None and process.poll() is None:
            return process
        with self._lock:
            if self._closed:
                return None
            self._mine.process = process = _start()
            self._all.add(process)
        return process


class _Watch:
    """Kills a process after some seconds, unless it is stopped before; never after."""

    def __init__(self, process: subprocess.Popen[bytes], seconds: float) -> None:
        self._process = process
        self._lock = threading.Lock()
        self._over = self._late = False
        self._clock = threading.Timer(seconds, self._end)
        self._clock.daemon = True
        self._clock.start()

    def stop(self) -> bool:
        """End the watch; whether it was too late."""
        self._clock.cancel()
        with self._lock:
            self._over = True
            return self._late

    def _end(self) -> None:
        with self._lock:
            if not self._over:
                self._late = True
                self._process.kill()


def _start() -> subprocess.Popen[bytes]:
    root = str(Path(__file__).parents[3])  # the folder that the package is in
    path = os.pathsep.join(filter(None, [root, os.environ.get("PYTHONPATH", "")]))
    # a thread of a numeric library reserves memory that is never used here
    environment = {**os.environ, "PYTHONPATH": path, "OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1"}
    return subprocess.Popen(
        [sys.executable, "-P", "-m", "collegia.knowledge.ingest.worker"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env=environment,
        start_new_session=True,  # Ctrl-C is for the parent, which ends these
    )


def _exchange(process: subprocess.Popen[bytes], request: dict[str, Any]) -> Answer | None:
    """Send a request and wait for its answer; None where the process ended instead."""
    if process.stdin is None or process.stdout is None:  # never: _start asks for both
        return None
    try:
        process.stdin.write(json.dumps(request).encode() + b"\n")
        process.stdin.flush()
        length = int(process.stdout.readline() or -1)
        body = process.stdout.read(length) if length >= 0 else b""
    except (OSError, ValueError):
        return None
    if len(body) != length:
        return None
    answer: Answer = json.loads(body)
    return answer


def _bury(process: subprocess.Popen[bytes]) -> None:
    process.wait()
    for pipe in (process.stdin, process.stdout):
        if pipe is not None:
            try:
                pipe.close()
            except OSError:  # what was not sent stays unsent
                continue


def _ending(code: int) -> str:
    try:
        return signal.Signals(-code).name if code < 0 else f"exit code {code}"
    except ValueError:
        return f"signal {-code}"
