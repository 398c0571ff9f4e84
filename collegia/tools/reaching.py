"""Whether servers answer: all are asked at once, by the standard library alone, and no key is sent."""

from __future__ import annotations

import http.client
import json
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from urllib.parse import urlsplit

from collegia.health import Finding, fault, ok, warning

__all__ = ["PATIENCE", "Door", "knock", "shown"]

PATIENCE = 2.0
"""Seconds that a server has to answer."""

_MOST = 1 << 20  # bytes of an answer that are read


@dataclass(frozen=True, slots=True)
class Door:
    """A server that the settings name.

    Attributes:
        what: it is, for the finding: "model default".
        url: asked with GET; any answer but one of a broken server will do.
        mend: what brings it up.
        model: the name that its list of models should have; empty where it has no such list.
        needed: whether it is a fault that it does not answer, or a warning.
    """

    what: str
    url: str
    mend: str
    model: str = ""
    needed: bool = True


def shown(url: str) -> str:
    """An address without what may be a secret in it."""
    parts = urlsplit(url)
    host = parts.hostname or ""
    place = f"[{host}]" if ":" in host else host
    port = f":{parts.port}" if _port(url) else ""
    return f"{parts.scheme}://{place}{port}{parts.path}"


def knock(doors: Sequence[Door], patience: float = PATIENCE) -> list[Finding]:
    """Ask all servers at once; each finding says which address was asked."""
    found: dict[str, Callable[[Door], Finding]] = {}
    asking = []
    for url in dict.fromkeys(one.url for one in doors):
        thread = threading.Thread(target=_keep, args=(found, url, patience), daemon=True)  # none may outlive its time
        thread.start()
        asking.append(thread)
    until = time.monotonic() + patience
    for thread in asking:
        thread.join(max(0.0, until - time.monotonic()))
    slow = _closed(f"no answer within {patience:g} s")
    return [found.get(door.url, slow)(door) for door in doors]


def _keep(found: dict[str, Callable[[Door], Finding]], url: str, patience: float) -> None:
    found[url] = _asked(url, patience)


def _asked(url: str, patience: float) -> Callable[[Door], Finding]:
    parts = urlsplit(url)
    secure = parts.scheme == "https"
    kind = http.client.HTTPSConnection if secure else http.client.HTTPConnection
    try:
        connection = kind(parts.hostname or "", _port(url) or (443 if secure else 80), timeout=patience)
    except (ValueError, http.client.HTTPException) as error:
        return _closed(str(error))
    try:
        connection.request("GET", parts.path or "/", headers={"Accept": "application/json"})
        reply = connection.getresponse()
        body = reply.read(_MOST)
    except TimeoutError:
        return _closed(f"no answer within {patience:g} s")
    except (OSError, http.client.HTTPException, UnicodeError) as error:
        return _closed(getattr(error, "strerror", None) or str(error) or type(error).__name__)
    finally:
        connection.close()
    return _answered(reply.status, _models(body))


def _closed(why: str) -> Callable[[Door], Finding]:
    def told(door: Door) -> Finding:
        made = fault if door.needed else warning
        return made(door.what, f"{shown(door.url)} was asked: {why}", door.mend)

    return told


def _answered(status: int, models: tuple[str, ...]) -> Callable[[Door], Finding]:
    def told(door: Door) -> Finding:
        said = f"{shown(door.url)} answers"
        if status >= http.client.INTERNAL_SERVER_ERROR:
            return (fault if door.needed else warning)(door.what, f"{said} with its error {status}", door.mend)
        if door.model and models and door.model not in models:
            has = ", ".join(models[:5]) + (" …" if len(models) > 5 else "")
            return warning(
                door.what, f"{said}, and does not list {door.model}; it has: {has}", "collegia config check --connect"
            )
        return ok(
            door.what, said if status < http.client.BAD_REQUEST else f"{said} ({status}; it was asked without a key)"
        )

    return told


def _models(body: bytes) -> tuple[str, ...]:
    """The models that a server lists, where what it says is such a list."""
    try:
        said = json.loads(body)
        return tuple(str(one["id"]) for one in said["data"])
    except (ValueError, TypeError, KeyError, RecursionError):
        return ()


def _port(url: str) -> int | None:
    try:
        return urlsplit(url).port
    except ValueError:
        return None
