"""A model's words as they come: whole texts so far, at most twenty a second, thinking left out."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

from collegia.errors import ModelRefused
from collegia.tools.models import Completion, Model, Request, ask
from collegia.tools.models.asking import stream
from collegia.tools.models.reply import visible

__all__ = ["SECONDS_BETWEEN", "heard_out"]

SECONDS_BETWEEN = 0.05
"""The least time between two texts: more than twenty a second nobody can read."""


async def heard_out(model: Model, request: Request, role: str, on_words: Callable[[str], None]) -> Completion:
    """The reply of a model, whose words are handed on as they come.

    A server that does not stream is asked for the whole at once, and nothing is handed on before.

    Args:
        model: who is asked.
        request: in plain text.
        role: for the log of calls.
        on_words: told all that is written so far, each time there is more of it.

    Raises:
        as `ask` does.
    """
    words = _Words(on_words)
    try:
        return await stream(model, request, role=role, on_text=words.add)
    except ModelRefused:
        if words.text:
            raise
        return await ask(model, request, role=role)
    finally:
        words.tell()


class _Words:
    """Gathers pieces, and tells them together once enough time has gone by."""

    def __init__(self, on_words: Callable[[str], None]) -> None:
        self.text = ""
        self._on_words = on_words
        self._told = ""
        self._last = float("-inf")
        self._due: asyncio.TimerHandle | None = None

    def add(self, piece: str) -> None:
        self.text += piece
        if self._due is None:
            loop = asyncio.get_running_loop()
            self._due = loop.call_at(max(loop.time(), self._last + SECONDS_BETWEEN), self.tell)

    def tell(self) -> None:
        if self._due is not None:
            self._due.cancel()
            self._due = None
        self._last = asyncio.get_running_loop().time()
        shown = visible(self.text)
        if shown != self._told:
            self._told = shown
            self._on_words(shown)
