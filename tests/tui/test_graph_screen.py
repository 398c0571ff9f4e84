"""Walking the knowledge graph by keys: names of a place, what is around a name, paths between two."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from test_hostile_text import HOSTILE
from textual.widgets import Static
from tui_helpers import SIZES, loaded, sent, settled
from tui_library import TEXTS, drawn, library, pressed, reader

from collegia import Assistant, RunStore
from collegia.knowledge.graph import around, paths
from collegia.knowledge.records import Document, Entity
from collegia.tools.registry import Registry
from collegia.tui.app import CollegiaApp
from collegia.tui.branches import BranchTree
from collegia.tui.branches import drawn as lines
from collegia.tui.dialogs.asking import Ask
from collegia.tui.graph.drawing import Stop, around_branch, names_branch, paths_branch, stop_content
from collegia.tui.graph.screen import GraphScreen
from collegia.tui.passage.screen import PassageScreen
from collegia.tui.passage.view import PassageView

Make = Callable[..., CollegiaApp]
UNSEEN = set(map(chr, (*range(10), *range(11, 32), 0x7F, 0x9B, 0x202E, 0x2066)))


async def opened(pilot: Any, name: str = "grumbling") -> None:
    await loaded(pilot)
    await sent(pilot, f"/graph {name}")
    await settled(pilot)
    await settled(pilot)


async def pointed(pilot: Any, text: str) -> None:
    """Go down to the first line that has this text."""
    tree = pilot.app.screen.query_one(BranchTree)
    for _ in range(60):
        if tree.cursor_node is not None and text in tree.cursor_node.label.plain:
            return
        await pressed(pilot, "down")
    pytest.fail(f"no line has {text!r}:\n{drawn(pilot.app)}")


def edge(app: CollegiaApp) -> str:
    return app.screen.query_one("#edge", Static).content.plain


# -- drawing


def test_neighbours_are_drawn_under_the_verb_that_leads_to_them() -> None:
    told = list(lines(around_branch(around(library().store, "grumbling"))))
    assert told[0] == "Grumbling  3 passages"
    assert told[1] == "├─ also called grumble, low-frequency murmur"
    place = told.index("├─ ← causes")
    assert told[place + 1].startswith("│  ├─ ● worn flange  “A worn flange causes grumbling")
    assert "   └─ ▤ grumbling.md  3 places" in told


def test_what_a_model_found_is_marked_as_that_in_words() -> None:
    from collegia.knowledge.graph.around import Around, Group, Neighbour, Place

    place = Place("a.md", "lib/a.md", 1, 9, "So it is.", "model", 0.6)
    found = Around("x", 1, (), (Group("causes →", (Neighbour("y", "entity", "", (place,)),)),))
    assert "● y  “So it is.”  found by a model, 0.60" in list(lines(around_branch(found)))[2]
    assert stop_content(Stop("y", place)).plain.startswith("a.md 1–9, found by a model (0.60)\n“So it is.”")


def test_a_sentence_of_a_megabyte_is_bounded() -> None:
    from collegia.knowledge.graph.around import Around, Group, Neighbour, Place

    text = "x" * 1_000_000
    place = Place(text, text, 1, 9, text, "text", 0.6)
    found = Around(text, 1, (text,), (Group(text, (Neighbour(text, "entity", "", (place,)),)),))
    assert max(len(one) for one in lines(around_branch(found))) < 500
    assert len(stop_content(Stop(text, place)).plain) < 25_000
    assert len(stop_content(Stop(told=text)).plain) < 25_000


def test_what_is_left_out_is_said() -> None:
    many = Document("m", "".join(f"Grumbling causes trouble{n}. " for n in range(90)), "m")
    told = list(lines(around_branch(around(library(many).store, "grumbling", 10))))
    assert told[-1].startswith("└─ at least ")
    assert told[-1].endswith(" more not shown; m shows more")
    assert len(told) < 20


def test_a_name_of_which_nothing_is_stored_says_so() -> None:
    from collegia.knowledge.graph import Around

    assert "nothing is stored of it but its name" in "\n".join(lines(around_branch(Around("x", 0, (), ()))))


def test_a_path_is_a_chain_with_labelled_arrows_and_then_its_steps() -> None:
    found = paths(library().store, "worn flange", "blorp pressure")
    told = list(lines(paths_branch("worn flange", "blorp pressure", found, 4)))
    assert told == [
        "1 path from worn flange to blorp pressure",
        "└─ worn flange ──causes──▶ Grumbling ──lowers──▶ wumper efficiency ──depends on──▶ blorp pressure",
        "   ├─ ──causes──▶ Grumbling",
        "   ├─ ──lowers──▶ wumper efficiency",
        "   └─ ──depends on──▶ blorp pressure",
    ]


def test_a_path_is_walked_backwards_with_arrows_that_point_back() -> None:
    found = paths(library().store, "blorp pressure", "worn flange")
    chain = list(lines(paths_branch("blorp pressure", "worn flange", found, 4)))[1]
    assert chain.endswith("Grumbling ◀──causes── worn flange")


def test_where_no_path_leads_that_is_said() -> None:
    assert list(lines(paths_branch("a", "b", [], 4))) == ["no path of at most 4 steps leads from a to b"]


def test_a_place_without_names_says_so() -> None:
    assert list(lines(names_branch([], "a.md 1–2"))) == ["no name is known in a.md 1–2"]
    [_, line] = lines(names_branch([Entity(1, "x", "x", 0)], "a.md"))
    assert line == "└─ ● x"


def test_a_line_tells_its_place_and_its_sentence_or_the_whole_of_what_was_cut() -> None:
    neighbour = around(library().store, "grumbling").groups[1].neighbours[0]
    told = stop_content(Stop("worn flange", neighbour.places[0], more=2)).plain
    assert told.startswith("grumbling.md 119–184 and 2 more places\n“A worn flange causes grumbling")
    assert stop_content(Stop("x", passages=2)).plain == "x: 2 passages"
    assert stop_content(Stop(told="the whole")).plain == "the whole"
    assert stop_content(None).plain == ""


@pytest.mark.parametrize("text", [one for name, one in HOSTILE.items() if name != "surrogate"])
def test_hostile_documents_are_text_in_the_graph(text: str) -> None:
    name = text.replace("\n", " ")
    store = library(
        Document("h", f"# Zapper\n\nZapper lowers {name} trust. {name} causes zapper.\n", name, form="markdown")
    )
    found = around(store.store, "zapper")
    told = [*lines(around_branch(found)), *lines(names_branch([Entity(1, "x", text, 2)], text))]
    told += [stop_content(Stop(told=text)).plain, *(
        stop_content(Stop(one.name, one.places[0])).plain for group in found.groups for one in group.neighbours
    )]  # fmt: skip
    assert [one for one in told if set(one) & UNSEEN] == []


# -- walking


@pytest.mark.action("app.graph")
@pytest.mark.action("graph.walk")
@pytest.mark.action("graph.return")
async def test_enter_walks_to_a_neighbour_and_backspace_comes_back_to_the_same_line(make_app: Make, home: Path) -> None:
    app = make_app(reader(home))
    async with app.run_test() as pilot:
        await opened(pilot)
        await pointed(pilot, "wumper efficiency")
        line = app.screen.query_one(BranchTree).cursor_line
        await pressed(pilot, "enter")
        assert drawn(app).splitlines()[0].strip() == "Graph · grumbling → wumper efficiency"
        assert "depends on →" in drawn(app)
        await pressed(pilot, "backspace")
        assert drawn(app).splitlines()[0].strip() == "Graph · grumbling"
        assert app.screen.query_one(BranchTree).cursor_line == line
        await pressed(pilot, "backspace")
        assert "this is where you began" in edge(app)


async def test_without_a_name_one_begins_at_the_commonest(make_app: Make, home: Path) -> None:
    app = make_app(reader(home))
    async with app.run_test() as pilot:
        await opened(pilot, "")
        assert "names in the most passages" in drawn(app)
        await pointed(pilot, "Wumper")
        await pressed(pilot, "enter")
        assert "Graph · Wumper" in drawn(app)


@pytest.mark.action("graph.open")
async def test_the_sentence_behind_an_edge_is_told_and_its_passage_opened(make_app: Make, home: Path) -> None:
    app = make_app(reader(home))
    async with app.run_test() as pilot:
        await opened(pilot)
        await pressed(pilot, "o")
        assert "no passage stands behind this line" in edge(app)
        await pointed(pilot, "worn flange")
        assert edge(app).startswith("grumbling.md 119–184\n“A worn flange causes grumbling")
        await pressed(pilot, "o")
        assert isinstance(app.screen, PassageScreen)
        assert app.screen.query_one(PassageView).excerpt.start == 119


async def test_enter_on_a_document_opens_it_where_it_speaks_of_the_name(make_app: Make, home: Path) -> None:
    app = make_app(reader(home))
    async with app.run_test() as pilot:
        await opened(pilot)
        await pointed(pilot, "▤ grumbling.md")
        await pressed(pilot, "enter")
        assert isinstance(app.screen, PassageScreen)


async def test_enter_on_a_heading_does_nothing(make_app: Make, home: Path) -> None:
    app = make_app(reader(home))
    async with app.run_test() as pilot:
        await opened(pilot)
        await pointed(pilot, "← causes")
        before = drawn(app)
        await pressed(pilot, "enter")
        assert drawn(app) == before


@pytest.mark.action("graph.path")
@pytest.mark.action("asking.take")
@pytest.mark.action("asking.next")
@pytest.mark.action("asking.previous")
async def test_paths_to_a_name_that_is_completed_are_drawn_and_walked(make_app: Make, home: Path) -> None:
    app = make_app(reader(home))
    async with app.run_test(size=(140, 40)) as pilot:
        await opened(pilot, "worn flange")
        await pressed(pilot, "p", "b")
        assert isinstance(app.screen, Ask)
        await pressed(pilot, "l", "tab")
        assert "blorp pressure" in drawn(app)
        await pressed(pilot, "down", "up", "up", "enter")
        assert "worn flange ──causes──▶ Grumbling ──lowers──▶ wumper efficiency" in drawn(app)
        await pressed(pilot, "m")
        assert "1 path from worn flange" in drawn(app)
        await pressed(pilot, "down", "down", "down", "enter")
        assert "Graph · worn flange → worn flange → wumper efficiency" in drawn(app)


@pytest.mark.action("graph.name")
async def test_another_name_is_gone_to_by_choosing_it(make_app: Make, home: Path) -> None:
    app = make_app(reader(home))
    async with app.run_test() as pilot:
        await opened(pilot)
        await pressed(pilot, "slash", *"blo", "down", "enter")
        assert "blorp pressure" in drawn(app).splitlines()[0]
        await pressed(pilot, "slash", "escape")
        assert "blorp pressure" in drawn(app).splitlines()[0]


async def test_a_path_begins_at_a_name(make_app: Make, home: Path) -> None:
    app = make_app(reader(home))
    async with app.run_test() as pilot:
        await opened(pilot, "")
        await pressed(pilot, "p")
        assert "a path begins at a name" in edge(app)


@pytest.mark.action("graph.more")
async def test_more_neighbours_are_shown_when_asked_for(make_app: Make, home: Path) -> None:
    many = Document("m", "".join(f"Grumbling causes trouble{n}. " for n in range(59)), "m")
    app = make_app(reader(home, many))
    async with app.run_test() as pilot:
        await opened(pilot)
        tree = app.screen.query_one(BranchTree)
        before = tree.last_line
        await pressed(pilot, "m")
        assert tree.last_line > before


@pytest.mark.action("graph.copy")
async def test_the_graph_is_copied_as_lines(make_app: Make, home: Path) -> None:
    app = make_app(reader(home))
    async with app.run_test() as pilot:
        await opened(pilot, "wumper efficiency")
        await pressed(pilot, "c")
        assert app.clipboard.splitlines()[1:3] == [
            "├─ depends on →",
            "│  └─ ● blorp pressure  “Wumper efficiency depends on blorp pressure.”",
        ]


@pytest.mark.parametrize(("name", "why"), [("grumblin", "near it"), ("zzz", "no name"), ("…", "no letter or figure")])
async def test_a_name_that_is_not_there_is_told_with_near_ones(make_app: Make, home: Path, name: str, why: str) -> None:
    app = make_app(reader(home))
    async with app.run_test() as pilot:
        await opened(pilot, name)
        assert why in edge(app)
        await pressed(pilot, "enter", "o", "m", "c", "backspace")
        assert isinstance(app.screen, GraphScreen)


async def test_without_a_store_that_is_said(make_app: Make) -> None:
    app = make_app(lambda: Assistant(Registry(), store=RunStore.in_memory()))
    async with app.run_test() as pilot:
        await loaded(pilot)
        await sent(pilot, "/graph x")
        await pressed(pilot, "o")
        assert isinstance(app.screen, GraphScreen)
        app.screen._go(app.screen._beginning())
        await settled(pilot)
        assert "there is no knowledge store" in edge(app)


async def test_a_name_with_ten_thousand_neighbours_is_shown_within_seconds(make_app: Make, home: Path) -> None:
    text = " ".join(f"Grumbling causes trouble{n}." for n in range(10_000))
    app = make_app(reader(home, Document("m", text, "m")))
    async with app.run_test() as pilot:
        await loaded(pilot)
        began = time.monotonic()
        await opened(pilot)
        assert time.monotonic() - began < 10
        assert "at least" in app.screen.query_one(BranchTree).root.children[-1].label.plain


@pytest.mark.parametrize("size", SIZES, ids=str)
@pytest.mark.parametrize(
    "keys", [(), ("p", "b", "l"), ("p", "b", "l", "tab", "enter", "down")], ids=["around", "asking", "path"]
)
def test_the_graph(
    snap_compare: Callable[..., bool], make_app: Make, home: Path, size: tuple[int, int], keys: tuple[str, ...]
) -> None:
    async def before(pilot: Any) -> None:
        await opened(pilot, "worn flange" if keys else "grumbling")
        await pressed(pilot, *(keys or ("down", "down", "down")))

    assert TEXTS
    assert snap_compare(make_app(reader(home)), terminal_size=size, run_before=before)
