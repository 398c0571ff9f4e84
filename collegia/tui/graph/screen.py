"""The graph around a name: Enter walks on to a neighbour, Backspace comes back."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.content import Content
from textual.widgets import Static, Tree

from collegia.errors import CollegiaError, UsageError
from collegia.tui.actions import bindings
from collegia.tui.branches import Branch, BranchTree, drawn
from collegia.tui.copying import copy
from collegia.tui.dialogs.asking import Ask
from collegia.tui.graph.drawing import Stop, around_branch, names_branch, paths_branch, stop_content
from collegia.tui.passage.screen import PassageScreen
from collegia.tui.room import Room
from collegia.tui.wording import one_line
from collegia.tui.working import begin

if TYPE_CHECKING:
    from collegia.knowledge.store import KnowledgeStore

__all__ = ["GraphScreen"]

_MOST = 40  # neighbours that are shown at first
_TIMES = 3  # as many more with each asking for more
_LONGEST = 4  # steps of a path

View = Callable[["KnowledgeStore"], "Branch[Stop]"]
"""Makes what is to be shown, in a thread."""


class GraphScreen(Room):
    """A walk through the knowledge graph.

    Args:
        argument: the name to begin with; where it is empty and there is no place, the names that most passages have.
        at: a place to begin with the names of: number of the document, span, and what the document is called.
    """

    NAME = "Graph"
    SCOPES: ClassVar[tuple[str, ...]] = ("room", "graph")
    BINDINGS: ClassVar[list[BindingType]] = [*bindings("room", "graph")]

    DEFAULT_CSS = """
    GraphScreen > #edge { height: auto; max-height: 7; padding: 0 1; border-top: solid $primary 40%; }
    """

    def __init__(self, argument: str = "", at: tuple[int, int, int, str] | None = None) -> None:
        super().__init__(argument)
        self._at = at
        self._most = _MOST
        self._here = ""  # the name at the centre
        self._trail: list[tuple[str, Branch[Stop], int]] = []  # where one came from: centre, what was shown, the line

    def content(self) -> ComposeResult:
        """The tree over the sentence behind its line."""
        yield BranchTree[Stop](id="graph")
        yield Static(Content("…"), id="edge")

    def on_mount(self) -> None:
        """Begin."""
        self.query_one(BranchTree).focus()
        self._go(self._beginning(), self.argument)

    def _beginning(self) -> View:
        if self.argument:
            return _around(self.argument, self._most)
        at = self._at

        def names(store: KnowledgeStore) -> Branch[Stop]:
            from collegia.knowledge.excerpt import names_at
            from collegia.knowledge.graph import commonest

            if at is None:
                return names_branch(commonest(store), "the most passages")
            document, start, end, called = at
            return names_branch(names_at(store, document, start, end), f"{called} {start}–{end}")

        return names

    # -- showing

    def _go(self, view: View, here: str = "", *, back: tuple[str, Branch[Stop], int] | None = None) -> None:
        begin(self, "graph", self._show, view, here, back)

    async def _show(self, view: View, here: str, back: tuple[str, Branch[Stop], int] | None) -> None:
        try:
            library = (await self.app.assistant()).library
            if library is None:
                raise UsageError("there is no knowledge store, and so no graph")
            await asyncio.to_thread(library.prepare)
            branch = await asyncio.to_thread(view, library.store)
        except CollegiaError as error:
            self._say(str(error))
            return
        if back is not None:
            self._trail.append(back)
        self._put(branch, here, 0)

    def _put(self, branch: Branch[Stop], here: str, line: int) -> None:
        self._here = here
        self.query_one(BranchTree).plant(branch, line)
        self.query_one("#edge", Static).update(stop_content(branch.data))
        way = [one for one, _, _ in self._trail[-3:] if one] + [here]
        self.told(" → ".join(one_line(one, 40) for one in way if one))

    def _say(self, told: str) -> None:
        self.query_one("#edge", Static).update(Content(one_line(told, 600)))

    def on_tree_node_highlighted(self, event: Tree.NodeHighlighted[Stop]) -> None:
        """Tell the sentence behind the line."""
        self.query_one("#edge", Static).update(stop_content(event.node.data))

    def on_tree_node_selected(self, event: Tree.NodeSelected[Stop]) -> None:
        """Walk on, or open the document."""
        event.stop()
        self.action_walk()

    @property
    def _stop(self) -> Stop | None:
        node = self.query_one(BranchTree).cursor_node
        return None if node is None else node.data

    def _present(self) -> tuple[str, Branch[Stop], int] | None:
        tree = self.query_one(BranchTree)
        return None if tree.branch is None else (self._here, tree.branch, tree.cursor_line)

    # -- actions

    def action_walk(self) -> None:
        """Go to the name pointed at; open a document at the place that speaks of the name."""
        stop = self._stop
        if stop is None or (not stop.name and stop.place is None):
            return
        if not stop.name:
            self.run_worker(self.action_open())
        elif stop.name != self._here:
            self._most = _MOST
            self._go(_around(stop.name, self._most), stop.name, back=self._present())

    def action_return(self) -> None:
        """Go back to where one came from."""
        if self._trail:
            here, branch, line = self._trail.pop()
            self._put(branch, here, line)
        else:
            self._say("this is where you began; Esc leaves the graph")

    async def action_open(self) -> None:
        """Open the passage that states the edge."""
        stop = self._stop
        if stop is None or stop.place is None:
            self._say("no passage stands behind this line; point at a neighbour")
            return
        place, library = stop.place, (await self.app.assistant()).library
        if library is not None:
            self.app.push_screen(PassageScreen(library.store, place.source, place.start, place.end))

    def action_more(self) -> None:
        """Show more neighbours."""
        branch = self.query_one(BranchTree).branch
        if branch is not None and branch.data is not None:  # a name with what is around it, and no list or path
            self._most *= _TIMES
            self._go(_around(self._here, self._most), self._here)

    def action_path(self) -> None:
        """Ask for another name, and show the paths to it."""
        stop = self._stop
        left = self._here or (stop.name if stop is not None else "")
        if not left:
            self._say("a path begins at a name; point at one")
            return

        def chosen(right: str | None) -> None:
            if right:
                self._go(_between(left, right), left, back=self._present())

        self.app.push_screen(Ask(f"Path from {left} to", self._offered), chosen)

    def action_name(self) -> None:
        """Ask for a name, and go there."""

        def chosen(name: str | None) -> None:
            if name:
                self._most = _MOST
                self._go(_around(name, self._most), name, back=self._present())

        self.app.push_screen(Ask("Go to the name", self._offered), chosen)

    async def _offered(self, typed: str) -> list[str]:
        from collegia.knowledge.graph import beginning

        library = (await self.app.assistant()).library
        return [] if library is None else await asyncio.to_thread(beginning, library.store, typed)

    def action_copy(self) -> None:
        """Copy the graph as it is shown, drawn in lines."""
        branch = self.query_one(BranchTree).branch
        text = self.get_selected_text() or ("\n".join(drawn(branch)) if branch is not None else "")
        if text:
            self.notify(copy(self.app, text), markup=False)


def _around(name: str, most: int) -> View:
    def view(store: KnowledgeStore) -> Branch[Stop]:
        from collegia.knowledge.graph import around

        return around_branch(around(store, name, most))

    return view


def _between(left: str, right: str) -> View:
    def view(store: KnowledgeStore) -> Branch[Stop]:
        from collegia.knowledge.graph import paths

        return paths_branch(left, right, paths(store, left, right, _LONGEST), _LONGEST)

    return view
