"""A circuit breaker: an endpoint that has just failed several times is left alone for a while."""

from __future__ import annotations

import time

from collegia.errors import ModelUnreachable

__all__ = ["Breaker"]

_FAILURES = 4
_REST = 10.0


class Breaker:
    """Counts failures in a row.

    Args:
        name: of the endpoint, for messages.
        failures: how many in a row open it.
        rest: seconds for which nothing is sent then; one try goes through afterwards, and the rest with its answer.
    """

    def __init__(self, name: str, failures: int = _FAILURES, rest: float = _REST) -> None:
        self._name, self._most, self._rest = name, failures, rest
        self._failed = 0
        self._until = 0.0

    def check(self) -> None:
        """Let a call through, or not.

        Raises:
            ModelUnreachable: the endpoint is left alone for now.
        """
        if self._failed < self._most:
            return
        now = time.monotonic()
        if now < self._until:
            raise ModelUnreachable(
                f"{self._name} has failed {self._failed} times in a row and is left alone"
                f" for another {self._until - now:.0f} s"
            )
        self._until = now + self._rest  # this call is the one try

    def failed(self) -> None:
        """Note that a call got no answer."""
        self._failed += 1
        self._until = time.monotonic() + self._rest

    def answered(self) -> None:
        """Note that a call got an answer, a refusal too."""
        self._failed = 0
