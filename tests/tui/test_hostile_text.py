"""Text that would like to be more than text: in questions, in what the past holds, in what an expert answers."""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated, Any

import pytest
from textual import events
from textual.widgets import Static
from tui_helpers import loaded, sent, width

from collegia import Assistant, RunStore
from collegia.tools import Kind, expert
from collegia.tools.registry import Registry
from collegia.tui.app import CollegiaApp
from collegia.tui.chat.transcript import Transcript

Make = Callable[..., CollegiaApp]

HOSTILE = {
    "markup": "[bold red]x[/] [@click=app.leave]leave[/] [link=file:///etc/passwd]y[/link]",
    "open bracket": "[bold [/ [[] [#",
    "colour": "\x1b[31mred\x1b[0m \x9b31m",
    "title": "\x1b]0;owned\x07\x1b]52;c;b3duZWQ=\x07",
    "screen": "\x1b[2J\x1b[H\x1bc",
    "right to left": "abc\u202edef\u202c \u2066x\u2069",
    "zero width": "a\u200bb\u200dc\ufeffd",
    "emoji": "👩‍👩‍👧‍👦 🏳️‍🌈 e\u0301\u0301\u0301",
    "Markdown": "# x\n```\n[a](javascript:alert(1))\n<script>x</script>\n|a|b|\n",
    "null": "a\x00b\x08c\x7f",
    "surrogate": "a\ud800b",
}

label = Kind("label", None, names=("label",))


def drawn(app: CollegiaApp) -> str:
    return "\n".join("".join(part.text for part in line) for line in app.screen._compositor.render_strips())


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
async def test_a_hostile_question_is_shown_as_text_and_the_app_lives(make_app: Make, text: str) -> None:
    app = make_app()
    async with app.run_test() as pilot:
        await loaded(pilot)
        await sent(pilot, f"What is {text} of 3 m?")
        shown = drawn(app)
        assert not set(shown) & set(map(chr, (*range(10), *range(11, 32), 0x7F, 0x9B, 0x202E, 0x2066)))
        assert app.is_running
        assert app.screen is app.screen_stack[0]
        if text.startswith("[bold red]"):
            assert "[bold red]x[/]" in shown


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
async def test_what_an_expert_answers_is_shown_as_text(make_app: Make, text: str) -> None:
    @expert
    def name_it(wide: Annotated[float, width]) -> Annotated[str, label]:
        """The label of a width."""
        return text.encode("utf-8", "replace").decode()

    def make() -> Assistant:
        registry = Registry()
        registry.add_functions([name_it])
        return Assistant(registry, store=RunStore.in_memory())

    app = make_app(make)
    async with app.run_test(size=(140, 40)) as pilot:
        await loaded(pilot)
        await sent(pilot, "What is the label of a width of 3 m?")
        assert not set(drawn(app)) & set(map(chr, (*range(10), *range(11, 32), 0x7F, 0x9B, 0x202E, 0x2066)))
        turn = app.screen.query_one("Transcript").turns[0]
        assert turn.result.status == "answered"


async def test_a_line_of_a_megabyte_is_not_pasted_and_what_was_typed_stays(make_app: Make) -> None:
    app = make_app()
    async with app.run_test() as pilot:
        prompt: Any = app.screen.query_one("Prompt")
        await pilot.press("a")
        app.post_message(events.Paste("x" * 1_000_000))
        app.post_message(events.Paste("b\nc"))
        await pilot.pause()
        assert prompt.text == "ab\nc"


async def test_a_question_that_is_too_long_is_told_so(make_app: Make) -> None:
    app = make_app()
    async with app.run_test() as pilot:
        await loaded(pilot)
        await sent(pilot, "x" * 40_000)
        [turn] = app.screen.query_one(Transcript).turns
        assert any("40,000 bytes" in str(one.content) for one in turn.query(Static))
        assert app.is_running
