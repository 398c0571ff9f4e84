"""Trees of text: open, walked by keys, bounded in time, and never read as markup."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

import pytest
from rich.text import Text
from test_hostile_text import HOSTILE
from textual.app import App, ComposeResult

from collegia.tui.branches import Branch, BranchTree, drawn
from collegia.tui.wording import one_line


def branch(name: str, *inside: Branch[str]) -> Branch[str]:
    return Branch(Text(name), name, inside)


SMALL = branch("a", branch("b", branch("c"), branch("d")), branch("e"))


class Shown(App[None]):
    """One tree, and what was selected in it."""

    def __init__(self, one: Branch[str], line: int = 0) -> None:
        super().__init__()
        self.one, self.line = one, line
        self.selected: list[str | None] = []

    def compose(self) -> ComposeResult:
        yield BranchTree[str]()

    def on_mount(self) -> None:
        self.query_one(BranchTree).plant(self.one, self.line)

    def on_tree_node_selected(self, event: BranchTree.NodeSelected[str]) -> None:
        self.selected.append(event.node.data)


def lines(app: App[None]) -> list[str]:
    rows = ("".join(part.text for part in row).rstrip() for row in app.screen._compositor.render_strips())
    return [row.strip() for row in rows if row.strip()]


async def test_all_of_a_tree_is_open_from_the_start() -> None:
    app = Shown(SMALL)
    async with app.run_test() as pilot:
        await pilot.pause()
        assert lines(app) == ["▼ a", "├─ ▼ b", "│  ├─ c", "│  └─ d", "└─ e"]


async def test_enter_selects_and_leaves_the_line_open_and_space_folds_it() -> None:
    app = Shown(SMALL)
    async with app.run_test() as pilot:
        await pilot.pause()
        await pilot.press("down", "enter")
        assert app.selected == ["b"]
        assert "│  ├─ c" in lines(app)
        await pilot.press("space")
        assert lines(app) == ["▼ a", "├─ ▶ b", "└─ e"]
        await pilot.press("space")
        assert "│  ├─ c" in lines(app)


async def test_the_cursor_begins_where_it_is_wished() -> None:
    app = Shown(SMALL, line=3)
    async with app.run_test() as pilot:
        await pilot.pause()
        await pilot.press("enter")
        assert app.selected == ["d"]


async def test_a_line_that_is_not_there_any_more_is_the_nearest_that_is() -> None:
    app = Shown(SMALL, line=99)
    async with app.run_test() as pilot:
        await pilot.pause()
        await pilot.press("enter")
        assert app.selected == ["e"]


async def test_another_tree_takes_the_place_of_the_first() -> None:
    app = Shown(SMALL, line=4)
    async with app.run_test() as pilot:
        await pilot.pause()
        tree = app.query_one(BranchTree)
        tree.plant(branch("x", branch("y")))
        await pilot.pause()
        assert lines(app) == ["▼ x", "└─ y"]
        assert tree.cursor_line == 0
        assert tree.branch is not None
        assert list(drawn(tree.branch)) == ["x", "└─ y"]


async def test_a_line_far_down_is_scrolled_to() -> None:
    app = Shown(branch("all", *(branch(f"line {n}") for n in range(200))), line=150)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        assert "├─ line 149" in lines(app)


@pytest.mark.parametrize("text", [one for name, one in HOSTILE.items() if name != "surrogate"])
async def test_hostile_labels_are_text(text: str) -> None:
    app = Shown(branch("root", branch(one_line(text))))
    async with app.run_test(size=(140, 24)) as pilot:
        await pilot.pause()
        shown = "\n".join(lines(app))
        assert not set(shown) & set(map(chr, (*range(10), *range(11, 32), 0x7F, 0x9B, 0x202E, 0x2066)))
        if text.startswith("[bold red]"):
            assert "[bold red]x[/]" in shown


async def test_a_tree_of_sixty_steps_is_planted_and_walked_at_once() -> None:
    steps = [branch(f"step {n}", *(branch(f"input {n}.{m}") for m in range(8))) for n in range(60)]
    app = Shown(branch("answer", *steps))
    async with app.run_test(size=(140, 40)) as pilot:
        await pilot.pause()
        tree: Any = app.query_one(BranchTree)
        assert tree.last_line == 60 * 9
        times = []
        for _ in range(21):
            began = time.perf_counter()
            await pilot.press("down")
            times.append(time.perf_counter() - began)
        assert sorted(times)[10] < 0.5  # many times what it takes, for a machine that does much else


def test_a_deep_tree_is_drawn_to_its_last_line() -> None:
    deep = branch("leaf")
    for n in range(60):
        deep = branch(f"level {n}", deep)
    told = list(drawn(deep))
    assert len(told) == 61
    assert told[-1] == f"{'   ' * 59}└─ leaf"


@pytest.mark.parametrize("make", [Text, lambda text: Text(text, style="bold")])
def test_a_drawing_is_plain_text_whatever_the_styles(make: Callable[[str], Text]) -> None:
    assert list(drawn(Branch(make("[b]a[/b]")))) == ["[b]a[/b]"]
