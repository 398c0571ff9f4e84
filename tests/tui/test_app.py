"""What the app as a whole does: keys and palette from one registry, help, themes, the mouse, and leaving."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from textual.command import CommandPalette
from textual.widgets import Static
from tui_helpers import SIZES, SLOW, loaded, sent, settled, slow_assistant

from collegia import RunStore
from collegia.tui.actions import ACTIONS
from collegia.tui.app import CollegiaApp
from collegia.tui.dialogs.help import Help

Make = Callable[..., CollegiaApp]


@pytest.mark.action("app.leave")
async def test_leaving_ends_the_app_and_a_run_that_is_going_is_stored_as_stopped(make_app: Make, home: Path) -> None:
    app = make_app(slow_assistant(asyncio.Event(), RunStore(home / "runs.sqlite")))
    async with app.run_test() as pilot:
        await loaded(pilot)
        app.screen.query_one("Prompt").put(SLOW)
        await pilot.press("enter")
        screen: Any = app.screen
        while not screen.run_view.steps:
            await pilot.pause(0.01)
        await pilot.press("ctrl+q")
        await pilot.pause()
    assert not app.is_running
    assert [one.status for one in RunStore(home / "runs.sqlite").list()] == ["cancelled"]


@pytest.mark.action("app.help")
@pytest.mark.action("room.back")
async def test_help_shows_every_action_with_its_keys_and_esc_goes_back(make_app: Make) -> None:
    app = make_app(keys={"app.mouse": "ctrl+t"})
    async with app.run_test() as pilot:
        await pilot.press("f1")
        assert isinstance(app.screen, Help)
        told = str(app.screen.query_one(Static).content)
        assert [one.title for one in ACTIONS if one.title not in told] == []
        assert "ctrl+t" in told
        assert "/mouse" in told
        await pilot.press("escape")
        assert app.screen is app.screen_stack[0]


@pytest.mark.action("app.palette")
async def test_the_palette_finds_an_action_by_its_name_and_does_it(make_app: Make) -> None:
    app = make_app()
    async with app.run_test() as pilot:
        await loaded(pilot)
        await pilot.press("ctrl+p")
        assert isinstance(app.screen, CommandPalette)
        await pilot.press(*"help")
        await settled(pilot)
        await pilot.press("enter")
        await settled(pilot)
        assert isinstance(app.screen, Help)


@pytest.mark.action("app.theme")
async def test_a_theme_is_chosen_by_name_and_one_that_is_none_is_told(make_app: Make) -> None:
    app = make_app(theme="textual-light")
    async with app.run_test() as pilot:
        await loaded(pilot)
        assert app.theme == "textual-light"
        await sent(pilot, "/theme nord")
        assert app.theme == "nord"
        await sent(pilot, "/theme [bold]")
        assert app.theme == "nord"
        await sent(pilot, "/theme")
        assert isinstance(app.screen, CommandPalette)


@pytest.mark.action("app.mouse")
async def test_the_mouse_is_given_to_the_terminal_and_taken_back(make_app: Make) -> None:
    app = make_app()
    async with app.run_test() as pilot:
        said: list[str] = []
        app.notify = lambda message, **_: said.append(message)
        await pilot.press("f9")
        await pilot.press("f9")
        assert said == ["The mouse is the terminal's: select as you are used to.", "The mouse is the app's."]


async def test_other_keys_take_the_place_of_the_usual_ones(make_app: Make) -> None:
    app = make_app(keys={"app.help": "ctrl+t"})
    async with app.run_test() as pilot:
        await pilot.press("f1")
        assert not isinstance(app.screen, Help)
        await pilot.press("ctrl+t")
        assert isinstance(app.screen, Help)


async def test_the_app_works_without_colour(make_app: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    app = make_app()
    async with app.run_test() as pilot:
        await loaded(pilot)
        await sent(pilot, "How long does it take to fill 12 m³ at 25 L/min?")
        colours = {
            part.style.color.triplet
            for line in app.screen._compositor.render_strips()
            for part in line
            if part.style and part.style.color and part.style.color.triplet
        }
        assert all(len(set(one)) == 1 for one in colours), "a colour that is no grey"


@pytest.mark.parametrize("size", SIZES, ids=str)
def test_help(snap_compare: Callable[..., bool], make_app: Make, size: tuple[int, int]) -> None:
    async def before(pilot: Any) -> None:
        await loaded(pilot)
        await pilot.press("f1")
        await settled(pilot)

    assert snap_compare(make_app(), terminal_size=size, run_before=before)
