"""What tests of the app wait for, and the sizes in which every screen is looked at."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from textual.pilot import Pilot
from textual.widgets import Input, TextArea

SIZES = [(80, 24), (140, 40)]
"""Columns and lines that every screen is looked at in."""


async def loaded(pilot: Pilot[Any]) -> None:
    """Wait until the assistant is there and the welcome shows its questions."""
    await pilot.app.assistant()  # type: ignore[attr-defined]
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


async def sent(pilot: Pilot[Any], text: str) -> None:
    """Type a text into the prompt, send it, and wait for its end."""
    screen = pilot.app.screen_stack[0]
    screen.query_one("Prompt").focus().put(text)  # type: ignore[attr-defined]
    await pilot.press("enter")
    await pilot.pause()
    await settled(pilot)
    timeless(screen)
    screen._look()  # type: ignore[attr-defined]
    await pilot.pause()
