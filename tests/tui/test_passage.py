"""A place in a document: scrolled to, marked, moved through, copied, and never more than text."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from test_hostile_text import HOSTILE
from textual.containers import VerticalScroll
from tui_helpers import SIZES, loaded, settled
from tui_library import TEXTS, drawn, library, pressed, reader

from collegia.knowledge.excerpt import Excerpt, excerpt
from collegia.knowledge.records import Document
from collegia.tui.app import CollegiaApp
from collegia.tui.graph.screen import GraphScreen
from collegia.tui.passage.screen import PassageScreen
from collegia.tui.passage.telling import citation, passage_content, place_content
from collegia.tui.passage.view import PassageView

Make = Callable[..., CollegiaApp]
SAID = "Grumbling lowers wumper efficiency."
START = TEXTS["grumbling.md"].index(SAID)


def found(text: str, start: int = 0, end: int = 0, name: str = "x.md") -> Excerpt:
    store = library(Document("lib/x", text, name)).store
    return excerpt(store, "lib/x", start, end)


async def opened(pilot: Any, *where: Any) -> None:
    await loaded(pilot)
    store = (await pilot.app.assistant()).library.store
    pilot.app.push_screen(PassageScreen(store, *where))
    await settled(pilot)
    await settled(pilot)


def test_the_cited_span_is_marked_and_not_by_colour() -> None:
    one = found(f"before {SAID} after", 7, 7 + len(SAID))
    content = passage_content(one)
    [span] = content.spans
    assert content.plain[span.start : span.end] == SAID
    assert "reverse" in str(span.style)


def test_a_whole_passage_is_not_reversed_for_that_is_hard_to_read() -> None:
    [span] = passage_content(found("word " * 400, 0, 1500)).spans
    assert "reverse" not in str(span.style)


def test_letters_keep_their_places_whatever_they_are() -> None:
    text = "a\tb\x1bc\r\nd\fe\u202ef [x] g"
    content = passage_content(found(text, text.index("g"), text.index("g") + 1))
    [span] = content.spans
    assert content.plain[span.start : span.end] == "g"
    assert len(content.plain) == len(text)


def test_where_a_span_stands_is_told_with_what_is_left_out() -> None:
    told = place_content(found("x " * 9000, 9000, 9003)).plain
    assert "characters 9,000–9,003 of 18,000" in told
    assert "not shown: 5,000 characters before ([), 4,997 after (])" in told


def test_pages_and_changes_are_told() -> None:
    assert "page 2" in place_content(found("one\ftwo", 4, 7)).plain
    store = library(Document("lib/x", f"new {SAID}", "x.md")).store
    assert "has changed since" in place_content(excerpt(store, "lib/x", 0, len(SAID), SAID)).plain


def test_a_citation_has_its_place_and_a_document_its_text() -> None:
    assert citation(found(SAID, 0, 9)) == "“Grumbling” [x.md, 0–9]"
    assert citation(found(SAID)) == SAID


@pytest.mark.parametrize("text", [one for name, one in HOSTILE.items() if name != "surrogate"])
def test_hostile_names_and_texts_are_text(text: str) -> None:
    one = found(f"{text} {SAID}", name=f"{text}.md")
    for content in (passage_content(one), place_content(one)):
        assert not set(content.plain) & set(map(chr, (*range(10), *range(11, 32), 0x7F, 0x9B, 0x202E, 0x2066)))
    if text.startswith("[bold red]"):
        assert text in passage_content(one).plain
        assert text in place_content(one).plain


async def test_a_passage_is_scrolled_to_its_cited_words(make_app: Make, home: Path) -> None:
    text = "\n\n".join(f"Paragraph {n} says nothing of note." for n in range(60))
    start = text.index("Paragraph 50")
    app = make_app(reader(home, Document("lib/long", text, "long.md")))
    async with app.run_test() as pilot:
        await opened(pilot, "lib/long", start, start + 12)
        assert "Paragraph 50" in drawn(app)
        assert "Paragraph 0 " not in drawn(app)


@pytest.mark.action("passage.earlier")
@pytest.mark.action("passage.later")
@pytest.mark.action("passage.cited")
async def test_all_of_a_long_document_can_be_reached(make_app: Make, home: Path) -> None:
    text = "".join(f"word{n:05d} " for n in range(3000))
    app = make_app(reader(home, Document("lib/long", text, "long.md")))
    async with app.run_test() as pilot:
        await opened(pilot, "lib/long", 15000, 15009)
        view = app.screen.query_one(PassageView)
        seen = set()
        for key in ["right_square_bracket"] * 6 + ["left_square_bracket"] * 10:
            assert view.excerpt is not None
            seen.update(view.excerpt.text.split())
            await pressed(pilot, key)
        assert {f"word{n:05d}" for n in range(3000)} <= seen
        assert view.excerpt.first == 0
        await pressed(pilot, "full_stop")
        assert view.excerpt.first < 15000 < view.excerpt.last


@pytest.mark.action("passage.copy")
@pytest.mark.action("passage.graph")
async def test_a_passage_is_copied_with_its_place_and_leads_to_its_names(make_app: Make, home: Path) -> None:
    app = make_app(reader(home))
    async with app.run_test() as pilot:
        await opened(pilot, "lib/grumbling.md", START, START + len(SAID), SAID)
        await pressed(pilot, "c")
        assert app.clipboard == f"“{SAID}” [grumbling.md, {START}–{START + len(SAID)}]"
        await pressed(pilot, "g")
        assert isinstance(app.screen, GraphScreen)
        assert "wumper efficiency" in drawn(app)


async def test_a_document_that_is_gone_is_told_with_the_words_that_were_cited(make_app: Make, home: Path) -> None:
    app = make_app(reader(home))
    async with app.run_test() as pilot:
        await opened(pilot, "lib/gone.md", 0, 3, "was")
        assert "no document 'lib/gone.md' is stored any more" in drawn(app)
        await pressed(pilot, "left_square_bracket", "right_square_bracket", "g", "c")
        assert app.clipboard == "was"


async def test_a_line_of_a_megabyte_is_opened_within_seconds(make_app: Make, home: Path) -> None:
    app = make_app(reader(home, Document("lib/line", "x" * 1_000_000, "line.txt")))
    async with app.run_test() as pilot:
        began = time.monotonic()
        await opened(pilot, "lib/line", 500_000, 500_010)
        await pressed(pilot, "right_square_bracket")
        assert time.monotonic() - began < 10
        assert app.screen.query_one(VerticalScroll).max_scroll_y > 0


@pytest.mark.parametrize("size", SIZES, ids=str)
def test_a_passage(snap_compare: Callable[..., bool], make_app: Make, home: Path, size: tuple[int, int]) -> None:
    async def before(pilot: Any) -> None:
        await opened(pilot, "lib/grumbling.md", START, START + len(SAID), SAID)

    assert snap_compare(make_app(reader(home)), terminal_size=size, run_before=before)
