"""A field with completions: what is offered, pointed at, taken and sent; and work that is overtaken."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from typing import Any

import pytest
from test_hostile_text import HOSTILE
from textual.app import App
from textual.widgets import Input, OptionList
from tui_helpers import settled
from tui_library import drawn, pressed

from collegia.errors import UsageError
from collegia.tui.app import CollegiaApp
from collegia.tui.dialogs.asking import Ask
from collegia.tui.dialogs.offering import Offering
from collegia.tui.working import begin

Make = Callable[..., CollegiaApp]
NAMES = ("pump", "pump head", "pump curve", "valve")


async def names(typed: str) -> Sequence[str]:
    return [one for one in NAMES if one.startswith(typed)]


async def opened(pilot: Any, offer: Any = names) -> list[Any]:
    """Ask for a name; what is given goes to the list."""
    given: list[Any] = []
    pilot.app.push_screen(Ask("Which one?", offer), given.append)
    await settled(pilot)
    return given


def offered(app: CollegiaApp) -> tuple[str, ...]:
    return app.screen.query_one(Offering).offered


async def test_without_a_letter_all_is_offered_and_letters_narrow_it(make_app: Make) -> None:
    app = make_app()
    async with app.run_test() as pilot:
        await opened(pilot)
        assert offered(app) == NAMES
        await pressed(pilot, *"pump ")
        assert offered(app) == ("pump head", "pump curve")
        await pressed(pilot, "backspace", "backspace", "x")
        assert offered(app) == ()


async def test_tab_takes_the_first_and_enter_sends_what_stands_in_the_field(make_app: Make) -> None:
    app = make_app()
    async with app.run_test() as pilot:
        given = await opened(pilot)
        await pressed(pilot, "v", "tab")
        assert app.screen.query_one(Input).value == "valve"
        await pressed(pilot, "s", "enter")
        assert given == ["valves"]
        assert app.screen is app.screen_stack[0]


async def test_tab_takes_what_is_pointed_at_and_the_field_keeps_the_focus(make_app: Make) -> None:
    app = make_app()
    async with app.run_test() as pilot:
        await opened(pilot)
        await pressed(pilot, *"pump", "down", "down", "tab")
        field = app.screen.query_one(Input)
        assert field.value == "pump head"
        assert app.focused is field
        assert field.cursor_position == len("pump head")


async def test_enter_sends_what_is_pointed_at(make_app: Make) -> None:
    app = make_app()
    async with app.run_test() as pilot:
        given = await opened(pilot)
        await pressed(pilot, *"pump", "down", "down", "down", "enter")
        assert given == ["pump curve"]


async def test_over_the_first_is_what_was_typed_and_under_the_last_is_nothing(make_app: Make) -> None:
    app = make_app()
    async with app.run_test() as pilot:
        given = await opened(pilot)
        options = app.screen.query_one(OptionList)
        await pressed(pilot, *["down"] * 9)
        assert options.highlighted == 3
        await pressed(pilot, *["up"] * 9)
        assert options.highlighted is None
        await pressed(pilot, *"zzz", "enter")
        assert given == ["zzz"]


async def test_nothing_is_sent_of_an_empty_field_and_esc_gives_nothing(make_app: Make) -> None:
    app = make_app()
    async with app.run_test() as pilot:
        given = await opened(pilot)
        await pressed(pilot, "enter", "space", "enter")
        assert given == []
        await pressed(pilot, "escape")
        assert given == [None]


async def test_keys_of_an_empty_list_do_nothing(make_app: Make) -> None:
    app = make_app()
    async with app.run_test() as pilot:
        given = await opened(pilot)
        await pressed(pilot, *"qq", "down", "up", "tab", "enter")
        assert given == ["qq"]


async def test_where_nothing_can_be_offered_one_can_still_type(make_app: Make) -> None:
    async def broken(typed: str) -> Sequence[str]:
        raise UsageError("the store cannot be read")

    app = make_app()
    async with app.run_test() as pilot:
        given = await opened(pilot, broken)
        assert offered(app) == ()
        await pressed(pilot, *"pump", "enter")
        assert given == ["pump"]


async def test_an_offer_that_comes_too_late_does_not_take_the_place_of_a_later_one(make_app: Make) -> None:
    release = asyncio.Event()

    async def slow(typed: str) -> Sequence[str]:
        if typed == "a":
            await release.wait()
        return [f"{typed}!"]

    app = make_app()
    async with app.run_test() as pilot:
        await opened(pilot, slow)
        await pilot.press("a", "b")
        await settled(pilot)
        release.set()
        await settled(pilot)
        assert offered(app) == ("ab!",)


@pytest.mark.parametrize("text", [one for name, one in HOSTILE.items() if name != "surrogate"])
async def test_hostile_offers_and_titles_are_text(make_app: Make, text: str) -> None:
    async def offer(typed: str) -> Sequence[str]:
        return [text]

    app = make_app()
    async with app.run_test() as pilot:
        app.push_screen(Ask(text, offer))
        await settled(pilot)
        assert not set(drawn(app)) & set(map(chr, (*range(10), *range(11, 32), 0x7F, 0x9B, 0x202E, 0x2066)))
        assert app.is_running


# -- work behind a widget


async def test_work_that_is_overtaken_is_cancelled_and_that_of_another_group_is_not() -> None:
    done: list[str] = []
    release = asyncio.Event()

    async def work(name: str) -> None:
        await release.wait()
        done.append(name)

    app: App[None] = App()
    async with app.run_test() as pilot:
        begin(app.screen, "one", work, "first")
        await pilot.pause()
        begin(app.screen, "other", work, "aside")
        begin(app.screen, "one", work, "second")
        await pilot.pause()
        release.set()
        await app.workers.wait_for_complete([one for one in app.workers if not one.is_cancelled])
        assert sorted(done) == ["aside", "second"]


async def test_work_that_is_overtaken_before_it_could_begin_leaves_no_coroutine_behind() -> None:
    begun: list[int] = []

    async def work(number: int) -> None:
        begun.append(number)

    app: App[None] = App()
    async with app.run_test() as pilot:
        for number in range(50):
            begin(app.screen, "one", work, number)
        await pilot.pause()
        await pilot.pause()
        assert begun[-1] == 49
