"""The conversation, key by key."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from tui_helpers import SIZES, loaded, sent

from collegia.tui.app import CollegiaApp
from collegia.tui.chat.prompt import Prompt
from collegia.tui.chat.transcript import Transcript

Make = Callable[..., CollegiaApp]
QUESTION = "How long does it take to fill 12 m³ at 25 L/min?"


async def test_a_question_is_answered_under_it(make_app: Make) -> None:
    app = make_app()
    async with app.run_test() as pilot:
        await loaded(pilot)
        await sent(pilot, QUESTION)
        [turn] = app.screen.query_one(Transcript).turns
        assert turn.result is not None
        assert turn.result.status == "answered"
        assert turn.result.quantities[0].value == pytest.approx(480)
        assert app.screen.focused is app.screen.query_one(Prompt)


@pytest.mark.parametrize("size", SIZES, ids=str)
def test_the_first_screen(snap_compare: Callable[..., bool], make_app: Make, size: tuple[int, int]) -> None:
    assert snap_compare(make_app(), terminal_size=size, run_before=loaded)


@pytest.mark.parametrize("size", SIZES, ids=str)
def test_an_answer(snap_compare: Callable[..., bool], make_app: Make, size: tuple[int, int]) -> None:
    async def before(pilot: object) -> None:
        await loaded(pilot)  # type: ignore[arg-type]
        await sent(pilot, QUESTION)  # type: ignore[arg-type]

    assert snap_compare(make_app(), terminal_size=size, run_before=before)
