"""The process that reads files: requests come in as lines of JSON, each answer goes out as its length and JSON.

It stands between hostile files and everything else: it may crash, hang or run out of memory, and costs one file. Run by
`collegia.knowledge.ingest.pool`, never imported by it.
"""

from __future__ import annotations

import faulthandler
import hashlib
import json
import os
import stat
import sys
from dataclasses import asdict
from pathlib import Path
from typing import IO, Any

from collegia.knowledge.ingest.limits import Limits, Unreadable
from collegia.knowledge.ingest.readers import read

__all__ = ["main"]

_GRACE = 10.0  # seconds after which a reader that nobody ended ends itself


def main() -> None:
    """Answer requests until there are no more."""
    requests, answers = sys.stdin.buffer, os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # what a library prints must not get between the answers
    with Path(os.devnull).open("w") as nowhere:
        for line in requests:
            request = json.loads(line)
            limits = Limits(**request["limits"])
            _bound(limits.memory)
            # a reader whose parent was killed meanwhile must not hang for ever
            faulthandler.dump_traceback_later(limits.seconds + _GRACE, exit=True, file=nowhere)
            _send(answers, _answer(Path(request["path"]), request["known"], limits, request["readers"]))
            faulthandler.cancel_dump_traceback_later()


def _answer(path: Path, known: str, limits: Limits, readers: dict[str, str]) -> dict[str, Any]:
    """What reading a file gives, as plain data; a file whose digest is known is not looked into."""
    try:
        data = _bytes(path, limits)
        digest = hashlib.sha256(data).hexdigest()
        if digest == known:
            return {"same": True}
        reading = read(path, data, limits, readers)
        return {"digest": digest, "texts": [asdict(one) for one in reading.texts], "refused": reading.refused}
    except Unreadable as why:
        return {"why": str(why)}
    except MemoryError:
        return {"why": f"reading it takes more than {limits.memory / 1e6:,.0f} MB of memory"}
    except RecursionError:
        return {"why": "it is nested too deeply"}
    except ImportError as error:
        return {"why": f"its reader needs a library ({error}): pip install 'collegia[knowledge]'"}
    except OSError as error:
        return {"why": f"it cannot be read: {error.strerror or error}"}
    except Exception as error:  # noqa: BLE001  # the reader of a hostile file may raise anything; it costs that file
        return {"why": f"its reader failed: {type(error).__name__}: {error}"}


def _bytes(path: Path, limits: Limits) -> bytes:
    """The bytes of a regular file; what became something else since it was found is refused."""
    flags = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
    with os.fdopen(os.open(path, flags), "rb") as file:
        state = os.fstat(file.fileno())
        if not stat.S_ISREG(state.st_mode):
            raise Unreadable("it is no regular file")
        if state.st_size <= limits.bytes and len(data := file.read(limits.bytes + 1)) <= limits.bytes:
            return data
    raise Unreadable(f"it has {state.st_size:,} bytes; {limits.bytes:,} are the most")


def _bound(memory: int) -> None:
    """Let this process hold no more memory than that, where the system can see to it."""
    if sys.platform != "linux":
        return
    import resource

    resource.setrlimit(resource.RLIMIT_AS, (memory, resource.getrlimit(resource.RLIMIT_AS)[1]))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))  # a crash is expected here, and its picture of no use


def _send(answers: IO[bytes], answer: dict[str, Any]) -> None:
    try:
        body = json.dumps(answer).encode()
    except MemoryError:
        body = json.dumps({"why": "what it yields takes more memory than may be"}).encode()
    answers.write(b"%d\n" % len(body))
    answers.write(body)
    answers.flush()


if __name__ == "__main__":
    main()
