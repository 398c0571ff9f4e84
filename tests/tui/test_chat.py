"""The conversation, key by key."""

from __future__ import annotations

import asyncio
import os
import stat
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from textual.content import Content
from tui_helpers import SIZES, SLOW, loaded, sent, settled, slow_assistant

from collegia.knowledge.records import Document
from collegia.tui.app import CollegiaApp
from collegia.tui.chat.completion import Completion
from collegia.tui.chat.prompt import Prompt
from collegia.tui.chat.transcript import WINDOW, Transcript
from collegia.tui.chat.turn import Turn
from collegia.tui.plan.panel import PlanPanel

Make = Callable[..., CollegiaApp]
QUESTION = "How long does it take to fill 12 m³ at 25 L/min?"


def turns(app: CollegiaApp) -> list[Turn]:
    return app.screen_stack[0].query_one(Transcript).turns


def prompt(app: CollegiaApp) -> Prompt:
    return app.screen_stack[0].query_one(Prompt)


async def test_a_question_is_answered_under_it(make_app: Make) -> None:
    app = make_app()
    async with app.run_test() as pilot:
        await loaded(pilot)
        await sent(pilot, QUESTION)
        [turn] = turns(app)
        assert turn.result is not None
        assert turn.result.status == "answered"
        assert turn.result.quantities[0].value == pytest.approx(480)
        assert app.screen.focused is prompt(app)


async def test_a_question_sent_while_the_experts_load_is_answered_once_they_have(make_app: Make) -> None:
    app = make_app()
    async with app.run_test() as pilot:
        await sent(pilot, QUESTION)
        await settled(pilot)
        assert turns(app)[0].result is not None


async def test_the_prompt_has_the_focus_and_the_welcome_s_numbers_take_its_questions(make_app: Make) -> None:
    app = make_app()
    async with app.run_test() as pilot:
        await loaded(pilot)
        assert app.focused is prompt(app)
        await pilot.press("2", "enter")
        await settled(pilot)
        [turn] = turns(app)
        assert "density" in turn.asked
        assert turn.result is not None
        assert turn.result.status == "answered"


@pytest.mark.parametrize("key", ["shift+enter", "ctrl+j"])
async def test_a_line_is_broken_without_sending(make_app: Make, key: str) -> None:
    app = make_app()
    async with app.run_test() as pilot:
        await pilot.press("a", key, "b")
        assert prompt(app).text == "a\nb"
        assert turns(app) == []


async def test_the_arrows_go_through_what_was_sent_and_back_to_what_was_being_typed(make_app: Make) -> None:
    app = make_app()
    async with app.run_test() as pilot:
        await loaded(pilot)
        await sent(pilot, QUESTION)
        await pilot.press("x", "up")
        assert prompt(app).text == QUESTION
        await pilot.press("up")
        assert prompt(app).text == QUESTION
        await pilot.press("down")
        assert prompt(app).text == "x"


async def test_what_was_asked_on_other_days_is_in_the_history(make_app: Make, home: Path) -> None:
    from collegia import Assistant, Settings

    def with_file() -> Assistant:
        return Assistant(settings=Settings.load(home=home))

    await with_file().ask("What is 2 m + 3 m?")
    app = make_app(with_file)
    async with app.run_test() as pilot:
        await loaded(pilot)
        await pilot.press("up")
        assert prompt(app).text == "What is 2 m + 3 m?"


async def test_a_word_for_a_command_that_is_none_is_told_with_what_is_close(make_app: Make) -> None:
    app = make_app()
    async with app.run_test() as pilot:
        await loaded(pilot)
        await sent(pilot, "/hel")
        assert "There is no /hel. Did you mean /help" in turns(app)[0].said


async def test_commands_are_completed(make_app: Make) -> None:
    app = make_app()
    async with app.run_test() as pilot:
        await loaded(pilot)
        await pilot.press("/", "h", "e", "l")
        offered = app.screen.query_one(Completion)
        assert offered.display
        await pilot.press("tab")
        assert prompt(app).text == "/help "


async def test_mentions_are_completed_with_the_arrows_too(make_app: Make) -> None:
    app = make_app()
    async with app.run_test() as pilot:
        await loaded(pilot)
        await pilot.press(*"of @pump_")
        await pilot.pause()
        first, second = app.screen.query_one(Completion).choices[:2]
        await pilot.press("down", "tab")
        assert prompt(app).text == f"of {second.text}"
        assert first != second


async def test_documents_are_offered_too_once_they_were_read_and_with_quotes_where_they_need_them(
    make_app: Make,
) -> None:
    app = make_app()
    async with app.run_test() as pilot:
        await loaded(pilot)
        library = (await app.assistant()).library
        assert library is not None
        library.store.add([Document("/notes/zonk.md", "Zonks are green.", name="zonk plan.md", title="On [bold]zonks")])
        await pilot.press("@")
        await settled(pilot)
        await pilot.press(*'"zonk pl')
        await settled(pilot)
        [chosen] = [one for one in app.screen.query_one(Completion).choices if "zonk" in one.text]
        assert (chosen.text, chosen.told) == ('@"zonk plan.md" ', "document: On [bold]zonks")
        await pilot.press("tab")
        assert prompt(app).text == '@"zonk plan.md" '


async def test_what_is_mentioned_is_what_answers(make_app: Make) -> None:
    app = make_app()
    async with app.run_test() as pilot:
        await loaded(pilot)
        await sent(pilot, "@flow_velocity 20 m³/h in DN 80 sch 40")
        [turn] = turns(app)
        assert turn.result is not None
        assert [step.expert for step in turn.result.steps][-1] == "flow_velocity"
        assert "by the expert flow_velocity, as mentioned" in turn.result.assumptions


@pytest.mark.action("chat.stop")
async def test_esc_stops_a_run_at_once_keeps_what_had_arrived_and_the_run_can_be_resumed(make_app: Make) -> None:
    release = asyncio.Event()
    app = make_app(slow_assistant(release))
    async with app.run_test() as pilot:
        await loaded(pilot)
        prompt(app).put(SLOW)
        await pilot.press("enter")
        screen: Any = app.screen
        while not any(one.state == "running" for one in screen.run_view.steps):
            await pilot.pause(0.01)
        began = asyncio.get_running_loop().time()
        await pilot.press("escape")
        while screen.going is not None:
            await pilot.pause(0.005)
        assert asyncio.get_running_loop().time() - began < 0.3
        [turn] = turns(app)
        assert turn.result is not None
        assert turn.result.status == "cancelled"
        assert "resume" in turn.result.answer_text
        release.set()
        await pilot.press("f10")
        await settled(pilot)
        assert turns(app)[-1].result is not None
        assert turns(app)[-1].result.status == "answered"


@pytest.mark.action("chat.resume")
async def test_with_nothing_stopped_there_is_nothing_to_resume(make_app: Make) -> None:
    app = make_app()
    async with app.run_test() as pilot:
        await loaded(pilot)
        await sent(pilot, "/resume")
        assert "no run was stopped" in turns(app)[0].said
        await sent(pilot, "/resume 20200101-000000-abcdef")
        assert turns(app)[-1].result is None


async def test_a_second_question_waits_in_the_prompt_while_a_run_is_going(make_app: Make) -> None:
    release = asyncio.Event()
    app = make_app(slow_assistant(release))
    async with app.run_test() as pilot:
        await loaded(pilot)
        prompt(app).put(SLOW)
        await pilot.press("enter")
        await pilot.pause(0.2)
        prompt(app).put("once more")
        await pilot.press("enter")
        assert len(turns(app)) == 1
        assert prompt(app).text == "once more"
        release.set()
        await settled(pilot)


@pytest.mark.action("chat.copy")
async def test_the_last_answer_is_copied_by_the_terminal_and_by_the_desktop(
    make_app: Make, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    program = tmp_path / "wl-copy"
    program.write_text(f"#!/bin/sh\ncat > {tmp_path}/copied\n")
    program.chmod(program.stat().st_mode | stat.S_IXUSR)
    monkeypatch.setenv("PATH", f"{tmp_path}{os.pathsep}{os.environ['PATH']}")
    monkeypatch.setenv("WAYLAND_DISPLAY", "wayland-0")
    app = make_app()
    async with app.run_test() as pilot:
        await loaded(pilot)
        await pilot.press("f8")
        assert app.clipboard == ""
        await sent(pilot, QUESTION)
        await pilot.press("f8")
        await pilot.pause()
        assert app.clipboard == "How long = 480 min"
        assert (tmp_path / "copied").read_text() == "How long = 480 min"


@pytest.mark.action("chat.editor")
async def test_a_question_is_written_in_the_user_s_editor(
    make_app: Make, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    editor = tmp_path / "editor"
    editor.write_text('#!/bin/sh\nprintf "%s and more" "$(cat "$2")" > "$2"\n')
    editor.chmod(editor.stat().st_mode | stat.S_IXUSR)
    monkeypatch.delenv("VISUAL", raising=False)
    monkeypatch.delenv("EDITOR", raising=False)
    app = make_app()
    async with app.run_test() as pilot:
        await pilot.press("a", "ctrl+g")
        assert prompt(app).text == "a"
        monkeypatch.setenv("EDITOR", f"{editor} --wait")
        monkeypatch.setattr(app, "suspend", lambda: __import__("contextlib").nullcontext())
        await pilot.press("ctrl+g")
        await pilot.pause()
        assert prompt(app).text == "a and more"
        monkeypatch.setenv("EDITOR", str(tmp_path / "nothing"))
        await pilot.press("ctrl+g")
        assert prompt(app).text == "a and more"


@pytest.mark.action("chat.plan")
async def test_the_plan_is_beside_a_wide_screen_and_at_hand_on_a_narrow_one(make_app: Make) -> None:
    app = make_app()
    async with app.run_test(size=(80, 24)) as pilot:
        panel = app.screen.query_one(PlanPanel)
        assert not panel.display
        await pilot.press("f2")
        assert panel.display
        await pilot.resize_terminal(140, 40)
        assert panel.display
        await pilot.press("f2")
        assert not panel.display


@pytest.mark.action("chat.new")
async def test_a_new_conversation_starts_empty(make_app: Make) -> None:
    app = make_app()
    async with app.run_test() as pilot:
        await loaded(pilot)
        await sent(pilot, QUESTION)
        await pilot.press("ctrl+n")
        await settled(pilot)
        assert [one.asked for one in turns(app)] == [""]


@pytest.mark.action("chat.earlier")
async def test_a_long_conversation_keeps_few_turns_on_the_screen_and_brings_the_others_back(make_app: Make) -> None:
    app = make_app()
    async with app.run_test() as pilot:
        transcript = app.screen.query_one(Transcript)
        await transcript.add(*(Turn(said=f"word {place}") for place in range(WINDOW + 25)))
        assert len(transcript.query(Turn)) == WINDOW
        await sent(pilot, "/earlier")
        assert len(transcript.query(Turn)) == WINDOW + 25
        shown = [one.said for one in transcript.query(Turn)]
        assert shown == [f"word {place}" for place in range(WINDOW + 25)]


@pytest.mark.action("chat.up")
@pytest.mark.action("chat.down")
async def test_the_conversation_scrolls_by_pages_and_new_turns_bring_it_to_its_end(make_app: Make) -> None:
    app = make_app()
    async with app.run_test() as pilot:
        transcript = app.screen.query_one(Transcript)
        await transcript.add(*(Turn(said=f"word {place}") for place in range(30)))
        await pilot.pause()
        end = transcript.scroll_offset.y
        assert end == transcript.max_scroll_y > 0
        await pilot.press("pageup")
        await pilot.wait_for_scheduled_animations()
        assert transcript.scroll_offset.y < end
        await pilot.press("pagedown")
        await pilot.wait_for_scheduled_animations()
        assert transcript.scroll_offset.y == end


async def test_what_cannot_be_loaded_is_told_and_the_app_stays(make_app: Make) -> None:
    from collegia import Assistant, UsageError

    def broken() -> Assistant:
        raise UsageError("collegia.toml: [budget] max_steps is -1")

    app = make_app(broken)
    async with app.run_test() as pilot:
        await settled(pilot)
        assert "max_steps is -1" in turns(app)[0].said
        await sent(pilot, QUESTION)
        assert app.is_running
        shown = [one.content for one in turns(app)[-1].query("Static")]
        assert any("max_steps" in str(Content(str(one))) for one in shown)


@pytest.mark.parametrize("size", SIZES, ids=str)
def test_the_first_screen(snap_compare: Callable[..., bool], make_app: Make, size: tuple[int, int]) -> None:
    assert snap_compare(make_app(), terminal_size=size, run_before=loaded)


@pytest.mark.parametrize("size", SIZES, ids=str)
def test_an_answer(snap_compare: Callable[..., bool], make_app: Make, size: tuple[int, int]) -> None:
    async def before(pilot: Any) -> None:
        await loaded(pilot)
        await sent(pilot, QUESTION)

    assert snap_compare(make_app(), terminal_size=size, run_before=before)
