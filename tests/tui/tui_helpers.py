"""What tests of the app wait for, and the sizes in which every screen is looked at."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import replace
from typing import Annotated, Any

from textual.pilot import Pilot
from textual.widgets import Input, TextArea

from collegia.agents.assistant import Assistant
from collegia.agents.store import RunStore
from collegia.tools import Kind, expert
from collegia.tools.registry import Registry

SIZES = [(80, 24), (140, 40)]
"""Columns and lines that every screen is looked at in."""


async def loaded(pilot: Pilot[Any]) -> None:
    """Wait until the assistant is there and the welcome shows its questions."""
    await pilot.app.assistant()
    await settled(pilot)


async def settled(pilot: Pilot[Any]) -> None:
    """Wait until nothing is going on any more: no run, no worker, all drawn."""
    await pilot.app.workers.wait_for_complete()
    for screen in pilot.app.screen_stack:
        await pilot.app.workers.wait_for_complete([one for one in pilot.app.workers if one.node is screen])
        for field in (*screen.query(TextArea), *screen.query(Input)):
            field.cursor_blink = False  # else a picture depends on when it is taken
    await pilot.pause()


def timeless(screen: Any) -> None:
    """Let the present run have taken no time, else a picture depends on the machine."""
    view = screen.run_view
    screen.run_view = replace(view, steps=tuple(replace(one, seconds=0.0) for one in view.steps))


def shown_in(node: Any, selector: str) -> str:
    """The text of the Static that a selector finds."""
    return str(node.query_one(selector).content)


def told(app: Any) -> list[str]:
    """What the app says from now on."""
    said: list[str] = []
    app.notify = lambda message, **_: said.append(message)
    return said


async def sent(pilot: Pilot[Any], text: str) -> None:
    """Type a text into the prompt, send it, and wait for its end."""
    screen = pilot.app.screen_stack[0]
    screen.query_one("Prompt").focus().put(text)
    await pilot.press("enter")
    await pilot.pause()
    await settled(pilot)
    timeless(screen)
    screen._look()
    await pilot.pause()


width = Kind("width", "m", names=("width",), common=True)
patience = Kind("patience", "s", names=("patience",), common=True)


def slow_assistant(release: asyncio.Event, store: RunStore | None = None) -> Callable[[], Assistant]:
    """Makes an assistant whose one expert waits for the event, so that a run can be caught at its work."""

    @expert
    async def wait_for_it(wide: Annotated[float, width]) -> Annotated[float, patience]:
        """The patience that a width takes."""
        await release.wait()
        return 2 * wide

    def make() -> Assistant:
        registry = Registry()
        registry.add_functions([wait_for_it])
        return Assistant(registry, store=store or RunStore.in_memory())

    return make


SLOW = "What is the patience of a width of 3 m?"
