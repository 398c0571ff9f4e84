"""Small questions over a screen: typed by their result, and Esc gives nothing."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from textual.screen import ModalScreen
from textual.widgets import Static
from tui_helpers import SIZES, settled

from collegia.errors import UsageError
from collegia.tui.app import CollegiaApp
from collegia.tui.dialogs.confirm import Confirm
from collegia.tui.dialogs.line import AskLine
from collegia.tui.line import Line

Make = Callable[..., CollegiaApp]


async def asked(pilot: Any, dialog: ModalScreen[Any]) -> list[Any]:
    """Open a dialog; what it gives goes to the list."""
    given: list[Any] = []
    await pilot.app.push_screen(dialog, given.append)
    await pilot.pause()
    return given


@pytest.mark.action("confirm.yes")
@pytest.mark.action("confirm.no")
@pytest.mark.parametrize(("key", "answer"), [("y", True), ("n", False), ("escape", False)])
async def test_yes_is_a_key_and_everything_else_is_no(make_app: Make, key: str, answer: bool) -> None:
    app = make_app()
    async with app.run_test() as pilot:
        given = await asked(pilot, Confirm("Write over it?"))
        await pilot.press("enter", "x")
        assert given == []
        await pilot.press(key)
        assert given == [answer]
        assert app.screen is app.screen_stack[0]


async def test_a_line_is_given_with_enter(make_app: Make) -> None:
    app = make_app()
    async with app.run_test() as pilot:
        given = await asked(pilot, AskLine("Its name?", "old"))
        await pilot.press(*" one", "enter")
        assert given == ["old one"]


async def test_esc_gives_nothing_and_an_empty_line_is_not_taken(make_app: Make) -> None:
    app = make_app()
    async with app.run_test() as pilot:
        given = await asked(pilot, AskLine("Its name?"))
        await pilot.press("enter", "space", "enter")
        assert given == []
        await pilot.press("escape")
        assert given == [None]


async def test_a_line_that_cannot_be_taken_is_told_and_the_dialog_stays(make_app: Make) -> None:
    def check(text: str) -> None:
        if text != "good":
            raise UsageError(f"[bold]{text}[/] is no good")

    app = make_app()
    async with app.run_test() as pilot:
        given = await asked(pilot, AskLine("Its name?", "bad", check))
        await pilot.press("enter")
        assert given == []
        assert str(app.screen.query_one("#fault", Static).content) == "✗ [bold]bad[/] is no good"
        app.screen.query_one(Line).value = "good"
        await pilot.press("enter")
        assert given == ["good"]


@pytest.mark.parametrize("text", ["[bold]x[/] [", "\x1b[31mred", "\x9b2J", "a\u202eb", "👩‍👩‍👧 x", "z" * 1_000_000])
async def test_hostile_text_in_a_dialog_is_shown_as_text(make_app: Make, text: str) -> None:
    app = make_app()
    async with app.run_test() as pilot:
        for dialog in (Confirm(text), AskLine(text, text)):
            await asked(pilot, dialog)
            drawn = "".join(part.text for line in app.screen._compositor.render_strips() for part in line)
            assert not set(drawn) & {"\x1b", "\x9b", "\u202e"}
            if text.startswith("[bold]"):
                assert "[bold]x[/] [" in drawn
            await pilot.press("escape")
        assert app.is_running


async def test_a_screen_is_not_opened_over_a_dialog(make_app: Make) -> None:
    app = make_app()
    async with app.run_test() as pilot:
        await asked(pilot, AskLine("Its name?"))
        dialog = app.screen
        await pilot.press("f6", "f7")
        assert app.screen is dialog


@pytest.mark.parametrize("size", SIZES, ids=str)
@pytest.mark.parametrize("which", ["confirm", "line"])
def test_dialogs(snap_compare: Callable[..., bool], make_app: Make, which: str, size: tuple[int, int]) -> None:
    async def before(pilot: Any) -> None:
        if which == "confirm":
            await asked(pilot, Confirm("notes.md is there already. Write over it?"))
        else:
            await asked(pilot, AskLine("How many of its 3 turns shall the fork have?", "3", lambda _: 1 / 1))
        await settled(pilot)

    assert snap_compare(make_app(), terminal_size=size, run_before=before)
