"""The sessions: found by words, gone on with, renamed, forked, written to files."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from tui_helpers import SIZES, SLOW, loaded, sent, settled, shown_in, slow_assistant, timeless, told

from collegia import Assistant, RunStore, Settings
from collegia.agents.result import Result
from collegia.agents.session_store import SessionRecord
from collegia.errors import UsageError
from collegia.tui.app import CollegiaApp
from collegia.tui.chat.transcript import WINDOW, Transcript
from collegia.tui.chat.turn import Turn
from collegia.tui.dialogs.confirm import Confirm
from collegia.tui.dialogs.line import AskLine
from collegia.tui.plain_input import PlainInput
from collegia.tui.sessions.exporting import form_of, place_of, write
from collegia.tui.sessions.screen import SessionsScreen
from collegia.tui.sessions.telling import file_name, restored, said_content, session_label
from collegia.tui.talk import Said

Make = Callable[..., CollegiaApp]

FILL = "How long does it take to fill 12 m³ at 25 L/min?"
WATER = "What is the density of water at 60 °C and 5 bar?"


def filed(home: Path) -> Callable[[], Assistant]:
    """An assistant with its runs in a file of the home, as outside of tests."""
    return lambda: Assistant(settings=Settings.load(home=home), store=RunStore(home / "runs.sqlite"))


async def fill(home: Path) -> None:
    """Two sessions of another day: `tank` with three turns, `fluids` with one."""
    assistant = filed(home)()
    tank = assistant.session("tank")
    for text in (FILL, "and at 50 L/min?", "make it 24 m³"):
        await tank.ask(text)
    await assistant.session("fluids").ask(WATER)
    with assistant.store.reading() as db:  # fixed days and ids, for pictures
        for number, name in enumerate(("tank", "fluids")):
            row = db.execute("SELECT session_id FROM sessions WHERE name = ?", (name,)).fetchone()
            day, new = f"2026-03-0{number + 1}T10:2{number}:00", f"s2026030{number + 1}-102000-abcdef"
            db.execute("UPDATE turns SET session_id = ? WHERE session_id = ?", (new, row[0]))
            db.execute(
                "UPDATE sessions SET session_id = ?, created = ?, updated = ? WHERE session_id = ?",
                (new, day, day, row[0]),
            )
    await assistant.aclose()
    assistant.close()


async def opened(pilot: Any, words: str = "") -> Any:
    await loaded(pilot)
    await sent(pilot, f"/sessions {words}")
    await settled(pilot)
    return pilot.app.screen


def names(screen: Any) -> list[str]:
    return [one.name for one in screen.listed]


def about(screen: Any) -> str:
    return shown_in(screen, "#about > Static")


def turns(app: CollegiaApp) -> list[Turn]:
    return app.screen_stack[0].query_one(Transcript).turns


async def answered(pilot: Any, text: str) -> None:
    """Answer the dialog that is open."""
    assert isinstance(pilot.app.screen, AskLine)
    pilot.app.screen.query_one(PlainInput).value = text
    await pilot.press("enter")
    await pilot.pause()


# -- the list


@pytest.mark.action("app.sessions")
async def test_f6_lists_the_sessions_the_newest_first_and_shows_what_was_said(make_app: Make, home: Path) -> None:
    await fill(home)
    app = make_app(filed(home))
    async with app.run_test(size=(120, 40)) as pilot:
        await loaded(pilot)
        await pilot.press("f6")
        await settled(pilot)
        screen: Any = app.screen
        assert isinstance(screen, SessionsScreen)
        assert names(screen) == ["fluids", "tank"]
        assert WATER in about(screen)
        assert "density = 983" in about(screen)
        await pilot.press("down")
        await settled(pilot)
        assert "How long = 480 min" in about(screen)
        assert "How long = 240 min" in about(screen)
        await pilot.press("escape")
        assert app.screen is app.screen_stack[0]


async def test_sessions_are_found_by_words_that_were_said(make_app: Make, home: Path) -> None:
    await fill(home)
    app = make_app(filed(home))
    async with app.run_test() as pilot:
        screen = await opened(pilot, "24 make")
        assert names(screen) == ["tank"]
        screen.query_one(PlainInput).value = "density"
        await settled(pilot)
        assert names(screen) == ["fluids"]
        screen.query_one(PlainInput).value = "100 % [bold]nothing[/]"
        await settled(pilot)
        assert names(screen) == []
        assert about(screen) == "Nothing stored has these words."
        await pilot.press("enter", "ctrl+r", "ctrl+t", "ctrl+s")
        await settled(pilot)
        assert app.screen is screen


async def test_that_nothing_is_stored_is_told(make_app: Make) -> None:
    app = make_app()
    async with app.run_test() as pilot:
        screen = await opened(pilot)
        assert about(screen) == "Nothing is stored yet."


async def test_a_store_that_cannot_be_read_is_told(make_app: Make, home: Path) -> None:
    app = make_app(filed(home))
    async with app.run_test() as pilot:
        await loaded(pilot)
        assistant = await app.assistant()
        assistant.store.close()
        await asyncio.to_thread((home / "runs.sqlite").write_bytes, b"no database" * 1000)
        await pilot.press("f6")
        await settled(pilot)
        assert "runs.sqlite" in about(app.screen)


# -- going on


@pytest.mark.action("sessions.resume")
async def test_a_session_is_gone_on_with_and_what_was_restored_is_told(make_app: Make, home: Path) -> None:
    await fill(home)
    app = make_app(filed(home))
    async with app.run_test() as pilot:
        await opened(pilot, "tank")
        await pilot.press("enter")
        await settled(pilot)
        assert app.screen is app.screen_stack[0]
        *before, last = turns(app)
        assert [one.asked for one in before] == [FILL, "and at 50 L/min?", "make it 24 m³"]
        assert [one.result.quantities[0].value for one in before if one.result] == pytest.approx([480, 240, 480])
        assert last.said == "Going on with “tank”: 3 turns and 3 results restored."
        assert "tank" in shown_in(app.screen, "#top")
        await sent(pilot, "and at 100 L/min?")
        result = turns(app)[-1].result
        assert result is not None
        assert result.quantities[0].value == pytest.approx(240)
        assistant = await app.assistant()
        assert len(assistant.session("tank").turns()) == 4


async def test_an_answer_to_a_question_back_is_given_in_the_session_that_asked(make_app: Make, home: Path) -> None:
    assistant = filed(home)()
    asked = await assistant.session("open").ask("How long does it take to fill 12 m³?")
    assert asked.status == "clarify"
    assistant.close()
    app = make_app(filed(home))
    async with app.run_test() as pilot:
        await opened(pilot, "open")
        await pilot.press("enter")
        await settled(pilot)
        assert turns(app)[0].result is not None
        await sent(pilot, "25 L/min")
        result = turns(app)[-1].result
        assert result is not None
        assert (result.run_id, result.status) == (asked.run_id, "answered")
        assert result.quantities[0].value == pytest.approx(480)
        said = await app.talk.read("open")
        assert [one.told for one in said] == ["It asked back; what was said next answers it.", ""]


async def test_a_run_without_a_result_is_told_with_how_to_go_on(make_app: Make, home: Path) -> None:
    release = asyncio.Event()
    make = slow_assistant(release, RunStore(home / "runs.sqlite"))
    app = make_app(make)
    async with app.run_test() as pilot:
        await loaded(pilot)
        chat: Any = app.screen
        chat.query_one("Prompt").put(SLOW)
        await pilot.press("enter")
        while not chat.run_view.steps:
            await pilot.pause(0.01)
        [record] = (await app.assistant()).sessions()
        [said] = await app.talk.read(record.session_id)
        assert said.text == SLOW
        assert "is running; /resume goes on with it" in said.told
        released = told(app)
        await chat.restore(record.session_id)
        assert released == ["A run is going; Esc stops it."]
        release.set()
        await settled(pilot)


async def test_a_session_that_is_gone_is_told_in_the_conversation(make_app: Make) -> None:
    app = make_app()
    async with app.run_test() as pilot:
        await loaded(pilot)
        app.go_on("last")
        await settled(pilot)
        assert "last" in turns(app)[-1].said


async def test_a_session_of_hundreds_of_turns_is_restored_and_only_the_last_are_widgets(
    make_app: Make, home: Path
) -> None:
    assistant = filed(home)()
    long = assistant.session("long")
    first = await long.ask(FILL)
    for number in range(299):
        long._sessions.add(long.id, first.run_id if number % 2 else _copied(assistant, first, number), f"turn {number}")
    assistant.close()
    app = make_app(filed(home))
    async with app.run_test() as pilot:
        await opened(pilot, "long")
        await pilot.press("enter")
        await settled(pilot)
        assert len(turns(app)) == 301
        assert len(app.screen.query(Turn)) <= WINDOW + 1
        assert turns(app)[-1].said.startswith("Going on with “long”: 300 turns")


def _copied(assistant: Assistant, result: Result, number: int) -> str:
    from collegia.agents.session_store import Sessions

    new = f"20260101-000000-{number:06d}"
    Sessions(assistant.store).copy_run(result.run_id, new)
    return new


async def test_new_starts_a_named_session_and_a_name_that_is_taken_is_told(make_app: Make, home: Path) -> None:
    await fill(home)
    app = make_app(filed(home))
    async with app.run_test() as pilot:
        await loaded(pilot)
        await sent(pilot, "/new pumps")
        await sent(pilot, FILL)
        assert app.talk.name == "pumps"
        await sent(pilot, "/new tank")
        assert "a session is called 'tank' already" in turns(app)[-1].said
        assert app.talk.name == "pumps"
        await sent(pilot, "/new")
        assert app.talk.name == ""
        assert [one.turns for one in (await app.assistant()).sessions("pumps")] == [1]


# -- renaming, forking, writing


@pytest.mark.action("sessions.rename")
async def test_a_session_is_renamed_and_a_name_that_is_taken_is_told_in_place(make_app: Make, home: Path) -> None:
    await fill(home)
    app = make_app(filed(home))
    async with app.run_test() as pilot:
        screen = await opened(pilot)
        await pilot.press("down", "ctrl+r")
        await pilot.pause()
        await answered(pilot, "fluids")
        assert "another session is called 'fluids'" in shown_in(app.screen, "#fault")
        await answered(pilot, "cooling [bold]water[/]")
        await settled(pilot)
        assert app.screen is screen
        assert names(screen) == ["fluids", "cooling [bold]water[/]"]
        assert screen.session.name == "cooling [bold]water[/]"


@pytest.mark.action("sessions.fork")
async def test_a_fork_has_the_first_turns_and_is_pointed_at(make_app: Make, home: Path) -> None:
    await fill(home)
    app = make_app(filed(home))
    async with app.run_test() as pilot:
        said = told(app)
        screen = await opened(pilot, "tank")
        await pilot.press("ctrl+t")
        await pilot.pause()
        await answered(pilot, "many")
        assert "a whole number" in shown_in(app.screen, "#fault")
        await answered(pilot, "2")
        await settled(pilot)
        assert sorted((one.name, one.turns) for one in screen.listed) == [("tank", 3), ("tank (2)", 2)]
        assert screen.session.name == "tank (2)"
        assert said == ["Forked as tank (2), with 2 turns; Enter goes on with it."]
        await pilot.press("ctrl+t")
        await pilot.pause()
        await answered(pilot, "99")
        await settled(pilot)
        assert "has no turn 99" in said[-1]
        await pilot.press("ctrl+t")
        await pilot.pause()
        await pilot.press("escape")
        await settled(pilot)
        assert len(screen.listed) == 2


@pytest.mark.action("sessions.export")
@pytest.mark.parametrize("name", ["out.md", "out.json"])
async def test_a_session_is_written_in_the_form_that_the_name_of_the_file_asks_for(
    make_app: Make, home: Path, tmp_path: Path, name: str
) -> None:
    await fill(home)
    app = make_app(filed(home))
    async with app.run_test() as pilot:
        said = told(app)
        await opened(pilot, "tank")
        await pilot.press("ctrl+s")
        await pilot.pause()
        assert app.screen.query_one(PlainInput).value == "tank.md"
        await answered(pilot, str(tmp_path / name))
        await settled(pilot)
        assert said == [f"Written to {tmp_path / name}."]
    text = await asyncio.to_thread((tmp_path / name).read_text, encoding="utf-8")
    if name.endswith("json"):
        assert [one["said"] for one in json.loads(text)["turns"]] == [FILL, "and at 50 L/min?", "make it 24 m³"]
    else:
        assert text.startswith("# tank\n")
        assert "How long = 240 min" in text


@pytest.mark.parametrize("key", ["y", "n", "escape"])
async def test_a_file_that_is_there_is_written_over_only_after_a_yes(
    make_app: Make, home: Path, tmp_path: Path, key: str
) -> None:
    await fill(home)
    file = tmp_path / "mine.md"
    await asyncio.to_thread(file.write_text, "precious")
    app = make_app(filed(home))
    async with app.run_test() as pilot:
        said = told(app)
        await opened(pilot, "tank")
        await pilot.press("ctrl+s")
        await pilot.pause()
        await answered(pilot, str(file))
        assert isinstance(app.screen, Confirm)
        assert "mine.md is there already" in app.screen.question
        await pilot.press(key)
        await settled(pilot)
    text = await asyncio.to_thread(file.read_text, encoding="utf-8")
    assert (text == "precious") is (key != "y")
    assert said == [f"Written to {file}." if key == "y" else "Nothing was written."]


async def test_a_place_that_is_none_is_told_in_the_dialog(make_app: Make, home: Path, tmp_path: Path) -> None:
    await fill(home)
    app = make_app(filed(home))
    async with app.run_test() as pilot:
        await opened(pilot, "tank")
        await pilot.press("ctrl+s")
        await pilot.pause()
        for text, why in (
            (str(tmp_path / "nowhere" / "x.md"), "there is no folder"), ("x.pdf", "ends in .md or .json"),
            ("x", "ends in"),
        ):  # fmt: skip
            await answered(pilot, text)
            assert why in shown_in(app.screen, "#fault")
        await pilot.press("escape")
        await settled(pilot)
        assert isinstance(app.screen, SessionsScreen)


# -- words and files


def test_a_session_is_told_on_two_lines() -> None:
    one = SessionRecord("s1", "cooling", "2026-03-01T10:20:33.123", "2026-03-02T11:21:00", 1)
    assert session_label(one).plain == "cooling\n  2026-03-02 11:21  1 turn"
    assert session_label(SessionRecord("s1", "", "", "2026-03-02T11:21:00", 2)).plain.endswith("2 turns")


def test_what_was_said_is_never_read_as_markup_and_is_bounded() -> None:
    one = SessionRecord("s1", "[bold]n[/] \x1b[31m", "2026-03-01T10:20", "2026-03-01T10:20", 2)
    said = [Said("[red]q[/] \u202e", told="\x1b]0;x\x07 [a](b)"), Said("y" * 1_000_000, told="z" * 1_000_000)]
    shown = said_content(one, said).plain
    assert "[red]q[/]" in shown
    assert "[bold]n[/]" in shown
    assert not set(shown) & {"\x1b", "\x07", "\u202e"}
    assert len(shown) < 25_000


def test_what_was_restored_counts_turns_and_results() -> None:
    result = Result(run_id="r", status="answered")
    assert restored("a", [Said("q", result)]) == "Going on with “a”: 1 turn and 1 results restored."
    assert restored("a", [Said("q", told="x"), Said("p", result)]).endswith(
        "2 turns and 1 results restored; 1 of the turns have no answer of their own."
    )


@pytest.mark.parametrize(
    ("name", "file"),
    [("cooling water", "cooling-water.md"), ("../../etc/passwd", "etc-passwd.md"), ("?", "session.md"),
     ("x" * 90, "x" * 60 + ".md")],
)  # fmt: skip
def test_a_file_is_named_after_its_session_and_nowhere_else(name: str, file: str) -> None:
    assert file_name(name) == file


def test_the_end_of_a_name_says_the_form() -> None:
    assert [form_of(Path(one)) for one in ("a.md", "a.MARKDOWN", "a.json")] == ["markdown", "markdown", "json"]
    with pytest.raises(UsageError, match=r"ends in \.md or \.json"):
        form_of(Path("a.txt"))


def test_a_home_is_written_out_and_a_folder_is_no_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    assert place_of("~/x.md") == tmp_path / "x.md"
    (tmp_path / "d.md").mkdir()
    with pytest.raises(UsageError, match="is a folder"):
        place_of("~/d.md")
    with pytest.raises(UsageError, match="cannot be written"):
        write(place_of("a\x00b.md"), "x", over=False)
    with pytest.raises(UsageError):
        place_of("x" * 5000 + ".md")


def test_a_file_that_came_in_between_is_not_written_over(tmp_path: Path) -> None:
    file = tmp_path / "x.md"
    write(file, "one \ud800", over=False)
    with pytest.raises(UsageError, match="is there already"):
        write(file, "two", over=False)
    assert file.read_text().startswith("one ")
    write(file, "two", over=True)
    assert file.read_text() == "two"
    with pytest.raises(UsageError, match="cannot be written"):
        write(tmp_path, "three", over=True)


# -- pictures


@pytest.mark.parametrize("size", SIZES, ids=str)
def test_the_sessions(snap_compare: Callable[..., bool], make_app: Make, home: Path, size: tuple[int, int]) -> None:
    asyncio.run(fill(home))

    async def before(pilot: Any) -> None:
        await opened(pilot)
        await pilot.press("down")
        await settled(pilot)

    assert snap_compare(make_app(filed(home)), terminal_size=size, run_before=before)


@pytest.mark.parametrize("size", SIZES, ids=str)
def test_a_session_gone_on_with(
    snap_compare: Callable[..., bool], make_app: Make, home: Path, size: tuple[int, int]
) -> None:
    asyncio.run(fill(home))

    async def before(pilot: Any) -> None:
        await opened(pilot, "tank")
        await pilot.press("enter")
        await settled(pilot)
        chat: Any = pilot.app.screen
        timeless(chat)
        chat._look()
        await pilot.pause()

    assert snap_compare(make_app(filed(home)), terminal_size=size, run_before=before)
