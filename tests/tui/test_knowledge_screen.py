"""The documents: listed, filtered, searched, added with progress, removed when that is confirmed."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from test_hostile_text import HOSTILE
from textual.widgets import DataTable, Input, OptionList, Static
from tui_helpers import SIZES, loaded, sent, settled
from tui_library import drawn, pressed, reader

from collegia import Assistant, RunStore
from collegia.knowledge.changing import Taken
from collegia.knowledge.ingest.limits import Refusal, Report
from collegia.knowledge.library import Library
from collegia.knowledge.records import Document, Hit, Passage, StoredDocument
from collegia.knowledge.store import KnowledgeStore
from collegia.settings import Settings
from collegia.tools.registry import Registry
from collegia.tui.app import CollegiaApp
from collegia.tui.dialogs.confirm import Confirm
from collegia.tui.graph.screen import GraphScreen
from collegia.tui.knowledge.adding import AddDocuments
from collegia.tui.knowledge.files import files_like
from collegia.tui.knowledge.screen import KnowledgeScreen
from collegia.tui.knowledge.telling import (
    document_cells,
    document_content,
    filtered,
    going,
    hit_content,
    taken_content,
    totals,
)  # fmt: skip
from collegia.tui.passage.screen import PassageScreen
from collegia.tui.passage.view import PassageView

Make = Callable[..., CollegiaApp]
UNSEEN = set(map(chr, (*range(10), *range(11, 32), 0x7F, 0x9B, 0x202E, 0x2066)))


async def opened(pilot: Any, query: str = "") -> None:
    await loaded(pilot)
    if query:
        await sent(pilot, f"/knowledge {query}")
    await pressed(pilot, "f5" if not query else "home")


def stored(name: str = "a.md", title: str = "A", **more: Any) -> StoredDocument:
    plain: dict[str, Any] = {
        "id": 1, "source": f"lib/{name}", "name": name, "title": title, "form": "markdown", "collection": "user",
        "date": "2026-01-02", "digest": "", "added": "2026-01-03T00:00:00+00:00", "characters": 1234, "passages": 3,
    }  # fmt: skip
    return StoredDocument(**(plain | more))


def told(app: CollegiaApp, part: str) -> str:
    return app.screen.query_one(part, Static).content.plain


# -- telling


def test_totals_are_told_in_words() -> None:
    assert totals({"documents": 1, "entities": 1775}) == "1 document, 1,775 names"


def test_documents_are_filtered_by_name_title_and_collection() -> None:
    some = [
        stored("a.md", "Pumps"),
        stored("pump.md", "B"),
        stored("c.md", "C", collection="PUMPS"),
        stored("d.md", "D"),
    ]
    assert [one.name for one in filtered(some, " pUmp ")] == ["a.md", "pump.md", "c.md"]
    assert filtered(some, "") == some


def test_a_row_has_name_passages_title_collection_and_day() -> None:
    assert [one.plain for one in document_cells(stored())] == ["a.md", "3", "A", "user", "2026-01-02"]
    assert document_cells(stored(title="a.md"))[2].plain == ""


def test_more_of_a_document_is_its_source_and_counts() -> None:
    content = document_content(stored(), {"passages": 3, "names": 5, "mentions": 8, "relations": 2}).plain
    assert content == ("lib/a.md\n1,234 characters, added 2026-01-03: 3 passages, 5 names, 8 mentions, 2 relations")


def test_a_hit_has_its_score_its_place_and_the_way_to_it() -> None:
    passage = Passage(1, 1, 0, 10, "A › B", "Some words.")
    line = hit_content(2, Hit(passage, "lib/a.md", "a.md", 1.25, path=("x", "y"))).plain
    assert line == " 2. 1.250  a.md  A › B  by way of x → y\n    Some words."


def test_what_a_removal_takes_away_is_said_before_it() -> None:
    content = going(stored(), {"passages": 3, "relations": 2})
    assert content.startswith("Remove a.md?\nlib/a.md\n\n3 passages, 2 relations go with it")
    assert "the file itself is not touched" in content


def test_what_became_of_files_is_told_with_each_refusal() -> None:
    report = Report(2, 1, 0, (Refusal("x.bin", "is no text"),), (".git",))
    content = taken_content(Taken(report, "no vectors")).plain.splitlines()
    assert content == [
        "2 added, 1 replaced, 0 unchanged, 1 refused", "✗ x.bin: is no text",
        "passed over, for they are hidden: .git; name one to take it in", "! no vectors",
    ]  # fmt: skip


def test_thousands_of_refusals_are_counted() -> None:
    report = Report(refused=tuple(Refusal(f"{n}", "why") for n in range(5000)), skipped=(".a", ".b", ".c", ".d"))
    content = taken_content(Taken(report)).plain
    assert "… and 4,900 more" in content
    assert ".a, .b, .c …" in content


@pytest.mark.parametrize("text", [one for name, one in HOSTILE.items() if name != "surrogate"])
def test_hostile_names_are_text_wherever_they_stand(text: str) -> None:
    one = stored(text, text, source=text, collection=text, date=text)
    hit = Hit(Passage(1, 1, 0, 1, text, text), text, text, 1.0, path=(text,))
    lines = [
        *(cell.plain for cell in document_cells(one)), document_content(one, {}).plain, hit_content(1, hit).plain,
        going(one, {}), taken_content(Taken(Report(refused=(Refusal(text, text),), skipped=(text,)), text)).plain,
    ]  # fmt: skip
    assert [line for line in lines if set(line) & UNSEEN] == []


# -- file names


def test_files_and_folders_that_begin_so_are_offered_folders_with_a_slash(tmp_path: Path) -> None:
    for name in ("pump.md", "pumps", ".hidden", "valve.md"):
        (tmp_path / name).mkdir() if "." not in name else (tmp_path / name).touch()
    assert files_like(f"{tmp_path}/pu") == [f"{tmp_path}/pump.md", f"{tmp_path}/pumps/"]
    assert files_like(f"{tmp_path}/.") == [f"{tmp_path}/.hidden"]
    assert len(files_like(f"{tmp_path}/", most=2)) == 2


def test_names_of_here_and_of_the_home_are_offered(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "notes.md").touch()
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("HOME", str(tmp_path))
    assert files_like("no") == ["notes.md"]
    assert files_like("~/no") == ["~/notes.md"]


@pytest.mark.parametrize("typed", ["/nowhere/at/all/x", "~nobody-of-that-name/x", "a\0b/c", "/etc/passwd/x"])
def test_nothing_is_offered_where_nothing_is(typed: str) -> None:
    assert files_like(typed) == []


# -- the screen


@pytest.mark.action("app.knowledge")
async def test_documents_are_listed_with_their_counts(make_app: Make, home: Path) -> None:
    app = make_app(reader(home))
    async with app.run_test() as pilot:
        await opened(pilot)
        assert isinstance(app.screen, KnowledgeScreen)
        assert told(app, "#counts").startswith("3 documents, 5 passages, ")
        assert app.screen.query_one(DataTable).row_count == 3
        assert told(app, "#told").startswith("lib/blorp.md\n")
        await pressed(pilot, "down")
        assert told(app, "#told").startswith("lib/grumbling.md\n")
        assert "3 passages" in told(app, "#told")


@pytest.mark.action("knowledge.open")
async def test_enter_opens_a_document(make_app: Make, home: Path) -> None:
    app = make_app(reader(home))
    async with app.run_test() as pilot:
        await opened(pilot)
        await pressed(pilot, "down", "enter")
        assert isinstance(app.screen, PassageScreen)
        assert "Grumbling is a noise of old wumpers." in drawn(app)


@pytest.mark.action("knowledge.search")
async def test_typing_filters_and_enter_searches_the_passages(make_app: Make, home: Path) -> None:
    app = make_app(reader(home))
    async with app.run_test() as pilot:
        await opened(pilot)
        await pressed(pilot, "slash", *"grum")
        assert app.screen.query_one(DataTable).row_count == 1
        await pressed(pilot, *"bling causes", "enter")
        assert "passages for grumbling causes" in drawn(app)
        hits = app.screen.query_one("#hits", OptionList)
        assert app.focused is hits
        assert hits.option_count >= 2
        await pressed(pilot, "enter")
        assert isinstance(app.screen, PassageScreen)
        excerpt = app.screen.query_one(PassageView).excerpt
        assert excerpt is not None
        assert excerpt.end > excerpt.start
        await pressed(pilot, "escape", "escape")
        assert app.focused is app.screen.query_one(DataTable)
        assert app.screen.query_one(DataTable).row_count == 3
        await pressed(pilot, "slash", "escape")
        assert app.focused is app.screen.query_one(DataTable)
        await pressed(pilot, "escape")
        assert app.screen is app.screen_stack[0]


async def test_an_empty_field_searches_nothing(make_app: Make, home: Path) -> None:
    app = make_app(reader(home))
    async with app.run_test() as pilot:
        await opened(pilot)
        await pressed(pilot, "slash", "enter")
        assert isinstance(app.screen, KnowledgeScreen)
        assert app.screen.query_one(DataTable).row_count == 3


async def test_the_command_searches_at_once_and_tells_that_there_is_nothing(make_app: Make, home: Path) -> None:
    app = make_app(reader(home))
    async with app.run_test() as pilot:
        await opened(pilot, "the blorp pressure of a wumper")
        assert "passages for the blorp pressure of a wumper" in drawn(app)
        assert "names read in it: blorp pressure" in told(app, "#told")
        await pressed(pilot, "slash", *" zzz", "ctrl+u", *"qqqq", "enter")
        assert "no document has any of these words" in told(app, "#told")
        await pressed(pilot, "enter", "g", "c")
        assert isinstance(app.screen, KnowledgeScreen)


@pytest.mark.action("knowledge.graph")
async def test_the_names_of_a_document_and_of_a_hit_are_one_key_away(make_app: Make, home: Path) -> None:
    app = make_app(reader(home))
    async with app.run_test() as pilot:
        await opened(pilot)
        await pressed(pilot, "g")
        assert isinstance(app.screen, GraphScreen)
        assert "in blorp.md" in drawn(app)
        await pressed(pilot, "escape", "slash", *"grumbling", "enter", "g")
        assert isinstance(app.screen, GraphScreen)
        assert "in grumbling.md" in drawn(app)


@pytest.mark.action("knowledge.copy")
async def test_the_list_and_the_hits_are_copied(make_app: Make, home: Path) -> None:
    app = make_app(reader(home))
    async with app.run_test() as pilot:
        await opened(pilot)
        await pressed(pilot, "c")
        assert [one.split("\t")[0] for one in app.clipboard.splitlines()] == ["blorp.md", "grumbling.md", "wumper.md"]
        await pressed(pilot, "slash", *"flange", "enter", "c")
        assert app.clipboard.startswith(" 1. ")


@pytest.mark.action("knowledge.remove")
async def test_a_document_goes_once_that_is_confirmed(make_app: Make, home: Path) -> None:
    app = make_app(reader(home))
    async with app.run_test() as pilot:
        await opened(pilot)
        await pressed(pilot, "down", "d")
        assert isinstance(app.screen, Confirm)
        assert "Remove grumbling.md?" in drawn(app)
        await pressed(pilot, "n")
        assert app.screen.query_one(DataTable).row_count == 3
        await pressed(pilot, "delete", "y")
        assert app.screen.query_one(DataTable).row_count == 2
        library = (await app.assistant()).library
        assert library is not None
        assert "lib/grumbling.md" not in [one.source for one in library.store.documents()]
        await pressed(pilot, "d", "y", "d", "y", "d")
        assert "no documents are stored; a takes some in" in told(app, "#told")


@pytest.mark.action("knowledge.add")
async def test_a_file_is_added_by_its_completed_path_and_each_refusal_is_told(
    make_app: Make, home: Path, tmp_path: Path
) -> None:
    folder = tmp_path / "docs"
    folder.mkdir()
    (folder / "new.md").write_text("# Newt\n\nA newt lowers blorp.\n")
    (folder / "bad.pdf").write_bytes(b"this is none")
    app = make_app(reader(home))
    async with app.run_test() as pilot:
        await opened(pilot)
        await pressed(pilot, "a")
        field = app.screen.query_one(Input)
        field.value = f"{tmp_path}/do"
        await settled(pilot)
        await pressed(pilot, "tab")
        assert field.value == f"{folder}/"
        await pilot.press("enter")
        await settled(pilot)
        report = told(app, "#report")
        assert report.startswith("1 added, 0 replaced, 0 unchanged, 1 refused")
        assert "bad.pdf" in report
        assert app.focused is field
        await pressed(pilot, "escape")
        assert isinstance(app.screen, KnowledgeScreen)
        assert app.screen.query_one(DataTable).row_count == 4


async def test_a_path_that_is_not_there_is_told_and_another_may_follow(make_app: Make, home: Path) -> None:
    app = make_app(reader(home))
    async with app.run_test() as pilot:
        await opened(pilot)
        await pressed(pilot, "a")
        app.screen.query_one(Input).value = "~/nothing/of/the/kind"
        await pressed(pilot, "enter")
        assert "there is no such file" in told(app, "#report")
        assert not app.screen.query_one(Input).disabled


async def test_adding_can_be_stopped_and_what_was_stored_is_kept(make_app: Make, home: Path, tmp_path: Path) -> None:
    folder = tmp_path / "docs"
    folder.mkdir()
    for n in range(300):
        (folder / f"{n:03d}.md").write_text(f"# Page {n}\n\nPage {n} lowers blorp.\n")
    app = make_app(reader(home))
    async with app.run_test() as pilot:
        await opened(pilot)
        await pressed(pilot, "a")
        screen: Any = app.screen
        app.screen.query_one(Input).value = str(folder)
        await pilot.press("enter")
        while not told(app, "#report").startswith("files"):
            await pilot.pause(0.01)
        await pilot.press("escape")
        assert "stop" in told(app, "#report")  # stopping, or stopped already
        await settled(pilot)
        assert told(app, "#report").startswith("stopped; what was stored until then is kept")
        assert isinstance(app.screen, AddDocuments)
        assert not screen._going
        await pressed(pilot, "escape")
        assert app.screen.query_one(DataTable).row_count < 303


@pytest.mark.action("adding.up")
@pytest.mark.action("adding.down")
async def test_a_long_report_is_scrolled_by_the_page(make_app: Make, home: Path, tmp_path: Path) -> None:
    folder = tmp_path / "docs"
    folder.mkdir()
    for n in range(40):
        (folder / f"{n:02d}.pdf").write_bytes(b"this is none")
    app = make_app(reader(home))
    async with app.run_test() as pilot:
        await opened(pilot)
        await pressed(pilot, "a")
        app.screen.query_one(Input).value = str(folder)
        await pressed(pilot, "enter")
        scroll = app.screen.query_one("VerticalScroll")
        await pressed(pilot, "pagedown")
        await pilot.pause(0.5)
        below = scroll.scroll_y
        assert below > 0
        await pressed(pilot, "pageup")
        await pilot.pause(0.5)
        assert scroll.scroll_y < below


async def test_without_a_store_that_is_said_and_nothing_breaks(make_app: Make) -> None:
    app = make_app(lambda: Assistant(Registry(), store=RunStore.in_memory()))
    async with app.run_test() as pilot:
        await opened(pilot)
        assert "there is no knowledge store" in told(app, "#counts")
        await pressed(pilot, "a", "d", "g", "c", "enter", "slash", "x", "enter")
        assert "there is no knowledge store" in told(app, "#told")


async def test_a_store_that_cannot_be_read_is_told_in_words(make_app: Make, home: Path, tmp_path: Path) -> None:
    broken = tmp_path / "store.db"
    broken.write_bytes(b"this is no database at all " * 100)

    def make() -> Assistant:
        library = Library(KnowledgeStore(broken))
        return Assistant(settings=Settings.load(home=home), store=RunStore.in_memory(), library=library)

    app = make_app(make)
    async with app.run_test() as pilot:
        await opened(pilot)
        assert "is damaged" in told(app, "#counts")
        await pressed(pilot, "slash", *"pump", "enter")
        assert "is damaged" in told(app, "#told")


async def test_thousands_of_documents_are_listed_within_seconds_and_filtered(make_app: Make, home: Path) -> None:
    many = [Document(f"lib/{n:05d}", f"Page {n}.", f"{n:05d}.txt") for n in range(3000)]
    app = make_app(reader(home, *many))
    async with app.run_test() as pilot:
        await loaded(pilot)
        began = time.monotonic()
        await opened(pilot)
        assert time.monotonic() - began < 10
        assert "3,003 documents; the first 500 are shown, / finds the others" in drawn(app)
        await pressed(pilot, "slash", *"0299")
        assert app.screen.query_one(DataTable).row_count == 11  # 00299 and 02990 to 02999


@pytest.mark.parametrize("size", SIZES, ids=str)
@pytest.mark.parametrize(
    "keys", [("down",), ("slash", *"grumbling", "enter"), ("down", "d")], ids=["documents", "hits", "removing"]
)
def test_knowledge(
    snap_compare: Callable[..., bool], make_app: Make, home: Path, size: tuple[int, int], keys: tuple[str, ...]
) -> None:
    async def before(pilot: Any) -> None:
        await opened(pilot)
        await pressed(pilot, *keys)

    assert snap_compare(make_app(reader(home)), terminal_size=size, run_before=before)


@pytest.mark.parametrize("size", SIZES, ids=str)
def test_adding(
    snap_compare: Callable[..., bool],
    make_app: Make,
    home: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    size: tuple[int, int],
) -> None:
    folder = tmp_path / "here"
    folder.mkdir()
    (folder / "docs").mkdir()
    (folder / "notes.md").write_text("# Notes\n\nGrease lowers blorp.\n")
    monkeypatch.chdir(folder)

    async def before(pilot: Any) -> None:
        await opened(pilot)
        await pressed(pilot, "a", "n", "tab", "enter")

    assert snap_compare(make_app(reader(home)), terminal_size=size, run_before=before)
