"""Screens of many things: the field keeps the focus, the arrows point, the page keys scroll."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from textual.content import Content
from textual.widgets import Input
from textual.widgets.option_list import Option
from tui_helpers import loaded, shown_in

from collegia.tui.app import CollegiaApp
from collegia.tui.finder import Finder

Make = Callable[..., CollegiaApp]


class Letters(Finder):
    """Finds letters; each has a long text."""

    NAME = "Letters"
    HINT = "a letter"

    def __init__(self, argument: str = "") -> None:
        super().__init__(argument)
        self.taken: list[str] = []

    def on_mount(self) -> None:
        self.query_one(Input).focus()
        self.narrow()

    def narrow(self) -> None:
        heading = [] if self.query_text else [Option(Content("All"), disabled=True)]
        letters = [one for one in "abcdef" if one in (self.query_text or "abcdef")]
        self.fill([*heading, *(Option(Content(one), id=one) for one in letters)], self.argument)

    def show(self) -> None:
        self.about(Content(f"{self.chosen}\n" * 100 if self.chosen else "nothing"))

    def choose(self) -> None:
        self.taken.append(self.chosen)


def text(screen: Finder) -> str:
    return shown_in(screen, "#about > Static")


@pytest.fixture
def open_letters(make_app: Make) -> Callable[[Any, str], Any]:
    async def opened(pilot: Any, argument: str = "") -> Letters:
        await loaded(pilot)
        screen = Letters(argument)
        await pilot.app.push_screen(screen)
        await pilot.pause()
        return screen

    return opened


@pytest.mark.action("finder.up")
@pytest.mark.action("finder.down")
async def test_the_arrows_point_in_the_list_while_the_field_has_the_focus(
    make_app: Make, open_letters: Callable[..., Any]
) -> None:
    app = make_app()
    async with app.run_test() as pilot:
        screen = await open_letters(pilot)
        assert screen.chosen == "a", "the heading is passed over"
        await pilot.press("down", "down")
        assert screen.chosen == "c"
        await pilot.press("up")
        assert screen.chosen == "b"
        assert text(screen).startswith("b\n")
        assert app.focused is screen.query_one(Input)


@pytest.mark.action("finder.page_up")
@pytest.mark.action("finder.page_down")
async def test_the_page_keys_scroll_the_text_and_another_thing_is_shown_from_its_start(
    make_app: Make, open_letters: Callable[..., Any]
) -> None:
    app = make_app()
    async with app.run_test() as pilot:
        screen = await open_letters(pilot)
        about = screen.query_one("#about")
        await pilot.press("pagedown", "pagedown")
        await pilot.pause()
        assert about.scroll_offset.y > 20
        await pilot.press("pageup")
        await pilot.pause()
        assert 0 < about.scroll_offset.y < 25
        await pilot.press("down")
        await pilot.pause()
        assert about.scroll_offset.y == 0


async def test_typing_narrows_the_list_and_points_at_the_first(
    make_app: Make, open_letters: Callable[..., Any]
) -> None:
    app = make_app()
    async with app.run_test() as pilot:
        screen = await open_letters(pilot)
        await pilot.press("d", "b")
        await pilot.pause()
        assert screen.chosen == "b"
        await pilot.press("down", "down")
        assert screen.chosen == "b", "it goes round"
        await pilot.press("backspace", "backspace", "x")
        await pilot.pause()
        assert screen.chosen == ""
        assert text(screen) == "nothing"


async def test_what_the_command_was_followed_by_stands_in_the_field(
    make_app: Make, open_letters: Callable[..., Any]
) -> None:
    app = make_app()
    async with app.run_test() as pilot:
        screen = await open_letters(pilot, "e")
        assert screen.query_text == "e"
        assert screen.chosen == "e"


async def test_a_click_takes_what_is_clicked(make_app: Make, open_letters: Callable[..., Any]) -> None:
    app = make_app()
    async with app.run_test() as pilot:
        screen = await open_letters(pilot)
        await pilot.click("OptionList", offset=(3, 2))
        await pilot.pause()
        assert screen.taken == ["b"]


async def test_a_megabyte_in_the_field_is_looked_for_in_part(make_app: Make, open_letters: Callable[..., Any]) -> None:
    app = make_app()
    async with app.run_test() as pilot:
        screen = await open_letters(pilot)
        screen.query_one(Input).value = "x" * 1_000_000
        await pilot.pause()
        assert len(screen.query_text) == 200
        assert app.is_running
