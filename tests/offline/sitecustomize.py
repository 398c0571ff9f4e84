"""Takes the network away: a connection to anything but this machine's loopback is an error.

The suite's conftest runs this file, and puts its folder on PYTHONPATH, so that every Python process a test starts
runs it too.
"""

import socket
from collections.abc import Callable
from typing import Any

LOOPBACK = {"localhost", "127.0.0.1", "::1", ""}


class NetworkUsed(OSError):
    """Something in a test reached for the network."""


def _guard(host: object) -> None:
    name = host.decode() if isinstance(host, bytes) else host
    if name is not None and name not in LOOPBACK and not str(name).startswith("127."):
        raise NetworkUsed(f"the network is off in tests, and something asked for {name!r}")


def _guarded(method: Callable[..., Any]) -> Callable[..., Any]:
    def call(self: socket.socket, *arguments: Any) -> Any:
        address = arguments[-1]
        if self.family in (socket.AF_INET, socket.AF_INET6) and isinstance(address, tuple):
            _guard(address[0])
        return method(self, *arguments)

    return call


def switch_off() -> None:
    """Guard every way out of this process."""
    if getattr(socket, "collegia_offline", False):
        return
    for name in ("connect", "connect_ex", "sendto"):
        setattr(socket.socket, name, _guarded(getattr(socket.socket, name)))
    resolve = socket.getaddrinfo

    def getaddrinfo(host: object, *arguments: Any, **named: Any) -> Any:
        _guard(host)
        return resolve(host, *arguments, **named)  # type: ignore[arg-type]  # whatever came in goes on

    socket.getaddrinfo = getaddrinfo
    socket.collegia_offline = True  # type: ignore[attr-defined]  # a mark, so that it is done once a process


switch_off()
