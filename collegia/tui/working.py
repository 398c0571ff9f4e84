"""Work that goes on behind a widget, one at a time in each group."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

from textual.dom import DOMNode
from textual.worker import WorkType

__all__ = ["begin"]


def begin(node: DOMNode, group: str, work: Callable[..., Awaitable[object]], *arguments: Any) -> None:
    """Begin work of a widget; what it still does in the same group is cancelled.

    The coroutine is made when its turn comes: one that is cancelled before it could begin would never be awaited.
    """

    async def turn() -> None:
        await work(*arguments)

    made: WorkType[None] = turn
    node.run_worker(made, exclusive=True, group=group)
