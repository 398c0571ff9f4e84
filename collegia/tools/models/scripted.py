"""A model that says what it was told to say: for testing a domain, a planner or a prompt without a network."""

from __future__ import annotations

import asyncio
import json
import re
import time
from collections.abc import AsyncGenerator, Callable, Iterable, Mapping
from typing import Any

from collegia.tools.models.asking import estimated_tokens
from collegia.tools.models.types import Completion, Request, Tokens

__all__ = ["ScriptedModel"]

Reply = str | Mapping[str, Any] | Completion | BaseException | Callable[[Request], "Reply"]
"""Words, an object that goes out as JSON, a completion, an error that is raised, or what makes one of a request."""


class ScriptedModel:
    """Replies by script: in turn from a list, by a function, or from whatever pattern the last message matches.

        model = ScriptedModel({r"boiling": "At 100 °C, at sea level."}, otherwise="I do not know.")

    Args:
        script: a list of replies, a function of the request, or replies by regular expression.
        otherwise: the reply where the list is used up or no pattern matches; without it that is an error.
        context: how many tokens it can hold; 0 for any number.
        delay: seconds that a reply takes.
        label: what messages call it.

    Attributes:
        requests: all that it was asked, in order.
    """

    def __init__(
        self,
        script: Iterable[Reply] | Mapping[str, Reply] | Callable[[Request], Reply] = (),
        *,
        otherwise: Reply | None = None,
        context: int = 0,
        delay: float = 0.0,
        label: str = "scripted",
    ) -> None:
        self.label = label
        self.ignores_schemas = False
        self.requests: list[Request] = []
        self._by_pattern = (
            {re.compile(one): reply for one, reply in script.items()} if isinstance(script, Mapping) else {}
        )
        self._function = script if callable(script) else None
        self._turns = iter(()) if callable(script) or isinstance(script, Mapping) else iter(script)
        self._otherwise = otherwise
        self._context = context
        self._delay = delay

    async def complete(self, request: Request) -> Completion:
        """The next reply.

        Raises:
            LookupError: the script has none.
        """
        began = time.perf_counter()
        self.requests.append(request)
        await asyncio.sleep(self._delay)
        reply = self._next(request)
        while callable(reply) and not isinstance(reply, str):
            reply = reply(request)
        if isinstance(reply, BaseException):
            raise reply
        if isinstance(reply, Completion):
            return reply
        text = reply if isinstance(reply, str) else json.dumps(reply, ensure_ascii=False)
        tokens = Tokens(estimated_tokens(request), len(text) // 4 + 1, 0.0)
        return Completion(text, "stop", tokens, time.perf_counter() - began)

    async def stream(self, request: Request) -> AsyncGenerator[str | Completion, None]:
        """The next reply, word by word, then whole."""
        done = await self.complete(request)
        for piece in re.findall(r"\s*\S+|\s+$", done.text):
            yield piece
        yield done

    async def room(self, request: Request) -> tuple[int, int]:
        """The estimated tokens, and what it was made to hold."""
        return estimated_tokens(request) + request.max_output, self._context

    async def price(self, read: int, written: int) -> float | None:
        """Nothing."""
        return 0.0

    async def close(self) -> None:
        """Nothing is open."""

    def _next(self, request: Request) -> Reply:
        if self._function is not None:
            return self._function(request)
        last = request.messages[-1].text
        for pattern, reply in self._by_pattern.items():
            if pattern.search(last):
                return reply
        reply = next(self._turns, self._otherwise)
        if reply is None:
            raise LookupError(f"the script has no reply for: {last[:200]}")
        return reply
