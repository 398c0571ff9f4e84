"""Fields hold nothing that a terminal obeys: what is pasted would else be drawn as it is."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from textual.events import Paste
from tui_helpers import loaded, settled

import collegia.tui
from collegia.tui.app import CollegiaApp
from collegia.tui.chat.prompt import Prompt
from collegia.tui.plain_input import PlainInput

Make = Callable[..., CollegiaApp]

OBEYED = ["\x1b[31mred", "\x1b]52;c;b3duZWQ=\x07", "\x9b2J", "a\u202eb", "a\x08b"]


async def pasted(pilot: Any, text: str) -> str:
    """Paste a text into what has the focus; all that is drawn then."""
    pilot.app.post_message(Paste(text))
    await settled(pilot)
    return "".join(part.text for line in pilot.app.screen._compositor.render_strips() for part in line)


@pytest.mark.parametrize("text", OBEYED, ids=range(len(OBEYED)))
async def test_what_is_pasted_into_a_field_is_drawn_and_not_obeyed(make_app: Make, text: str) -> None:
    app = make_app()
    async with app.run_test() as pilot:
        await loaded(pilot)
        await pilot.press("f4")
        await settled(pilot)
        drawn = await pasted(pilot, text)
        assert not set(drawn) & set("\x1b\x07\x08\x9b\u202e")
        assert "\N{REPLACEMENT CHARACTER}" in app.screen.query_one(PlainInput).value


@pytest.mark.parametrize("text", OBEYED, ids=range(len(OBEYED)))
async def test_what_is_pasted_into_the_prompt_is_drawn_and_not_obeyed(make_app: Make, text: str) -> None:
    app = make_app()
    async with app.run_test() as pilot:
        await loaded(pilot)
        drawn = await pasted(pilot, text)
        assert not set(drawn) & set("\x1b\x07\x08\x9b\u202e")
        prompt = app.screen.query_one(Prompt)
        prompt.put(text)
        assert "\N{REPLACEMENT CHARACTER}" in prompt.text


@pytest.mark.parametrize("end", ["\n", "\r", "\r\n"])
async def test_pasted_lines_stay_lines_however_the_terminal_ends_them(make_app: Make, end: str) -> None:
    app = make_app()
    async with app.run_test() as pilot:
        await loaded(pilot)
        await pasted(pilot, f"one{end}two\tthree")
        assert app.screen.query_one(Prompt).text == "one\ntwo\tthree"


def test_no_screen_has_a_field_of_another_sort() -> None:
    code = {one: one.read_text(encoding="utf-8") for one in Path(collegia.tui.__file__).parent.rglob("*.py")}
    assert [
        one.name for one, text in code.items() if re.search(r"\b(?:Input|MaskedInput|TextArea)\(", _calls(text))
    ] == []


def _calls(text: str) -> str:
    """The code less the heads of classes, which name what they derive from."""
    return re.sub(r"^class .*$", "", text, flags=re.MULTILINE)
