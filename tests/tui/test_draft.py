"""What a writer's model writes is shown while it comes, as a draft, and gives way to the checked answer."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Callable
from pathlib import Path
from typing import Any

import pytest
from textual.widgets import Markdown, Static
from tui_helpers import loaded, settled

from collegia import Assistant, ExpertSettings, RunStore, Settings
from collegia.events import WordsWritten
from collegia.tools.models import Completion, Request, ScriptedModel
from collegia.tools.registry import Registry
from collegia.tui.app import CollegiaApp
from collegia.tui.chat.prompt import Prompt
from collegia.tui.chat.transcript import Transcript
from collegia.tui.chat.turn import Turn
from collegia.tui.view import RunView, seen

Make = Callable[..., CollegiaApp]
QUESTION = "How long is the Nile?"
REPLY = "The Nile is 6650 km long."
EXPERTS = {"rivers": ExpertSettings(purpose="Knows rivers.", examples=(QUESTION,))}


class Held(ScriptedModel):
    """Writes its words one by one, and stops before the last until it is let go on."""

    def __init__(self, draft: str) -> None:
        super().__init__(self.reply)
        self.draft = draft
        self.release = asyncio.Event()

    def reply(self, request: Request) -> Any:
        if request.schema is not None:
            return {"steps": [{"id": "w1", "expert": "rivers", "question": QUESTION, "after": []}]}
        if "You check results" in request.messages[0].text:
            return "ok"
        return self.draft if "Results:" in request.messages[-1].text else REPLY

    async def stream(self, request: Request) -> AsyncGenerator[str | Completion, None]:
        done = await self.complete(request)
        *first, last = done.text.split(" ")
        for word in first:
            yield f"{word} "
            await asyncio.sleep(0.06)  # more than twenty texts a second are not told
        await self.release.wait()
        yield last
        yield done


def assistant(home: Path, model: Held) -> Callable[[], Assistant]:
    settings = Settings.load({}, home=home, model="a/b", experts=EXPERTS)
    return lambda: Assistant(Registry(), settings=settings, store=RunStore.in_memory(), models={"default": model})


def drafted(app: CollegiaApp) -> str:
    turn = app.screen.query_one(Transcript).turns[-1]
    return " ".join(one.source for one in turn.query(".draft").results(Markdown))


async def asked_until(pilot: Any, wanted: str) -> None:
    """Ask, and wait until the draft on the screen has these words."""
    await loaded(pilot)
    pilot.app.screen.query_one(Prompt).put(QUESTION)
    await pilot.press("enter")
    async with asyncio.timeout(30):
        while not pilot.app.screen.query_one(Transcript).turns or wanted not in drafted(pilot.app):
            await pilot.pause(0.02)


async def test_a_draft_is_shown_as_one_and_the_checked_answer_takes_its_place(make_app: Make, home: Path) -> None:
    model = Held("The Nile is 6650 km long and 3 km wide.")
    app = make_app(assistant(home, model))
    async with app.run_test() as pilot:
        await asked_until(pilot, "and 3 km")
        [turn] = app.screen.query_one(Transcript).turns
        doing = str(turn.query_one(".doing", Static).content)
        assert "this is a draft whose numbers are not traced yet" in doing
        assert turn.result is None
        model.release.set()
        await settled(pilot)
        assert not turn.query(".draft")
        assert turn.result is not None
        assert "[?3 km]" in turn.result.answer_text
        assert "[?3 km]" in turn.query_one(".answer", Markdown).source


async def test_what_had_been_drafted_when_a_run_is_stopped_is_kept_and_called_unchecked(
    make_app: Make, home: Path
) -> None:
    app = make_app(assistant(home, Held("The Nile is long and 3 km wide.")))
    async with app.run_test() as pilot:
        await asked_until(pilot, "3 km")
        await pilot.press("escape")
        await settled(pilot)
        [turn] = app.screen.query_one(Transcript).turns
        assert turn.result is not None
        assert turn.result.status == "cancelled"
        told = str(turn.query_one(".notes", Static).content)
        assert "unchecked draft" in told
        assert "3 km" in told


@pytest.mark.parametrize("text", ["[bold]x[/bold] [@click=app.leave]y[/]", "\x1b[2J\x1b]0;t\x07", "a\u202eb"])
async def test_a_hostile_draft_is_text(make_app: Make, home: Path, text: str) -> None:
    model = Held(f"The {text} Nile is long and wide.")
    app = make_app(assistant(home, model))
    async with app.run_test() as pilot:
        await asked_until(pilot, "long and")
        shown = "".join(part.text for line in app.screen._compositor.render_strips() for part in line)
        assert not {"\x1b", "\x07", "\u202e"} & set(shown)
        model.release.set()
        await settled(pilot)
        assert app.is_running


async def test_a_draft_that_is_no_longer_what_it_was_is_drawn_anew(make_app: Make) -> None:
    app = make_app()
    async with app.run_test() as pilot:
        turn = Turn("q")
        await app.screen.query_one(Transcript).add(turn)
        for text in ("one", "one two", "three"):
            turn.follow(RunView(phase="writing", draft=text))
            await pilot.pause()
            assert turn.query_one(".draft", Markdown).source == text


def test_words_that_come_are_the_draft_of_the_run() -> None:
    head = {"run_id": "r", "seq": 0, "at": "2026-01-01T00:00:00Z"}
    view = seen(RunView(), WordsWritten(**head, text="The Nile"))
    assert (view.phase, view.draft) == ("writing", "The Nile")
    assert seen(view, WordsWritten(**head, text="The Nile is long.", checked=True)).draft == "The Nile is long."
