"""A document, opened at a place."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType

from collegia.errors import CollegiaError
from collegia.tui.actions import bindings
from collegia.tui.copying import copy
from collegia.tui.passage.telling import citation
from collegia.tui.passage.view import PassageView
from collegia.tui.room import Room
from collegia.tui.working import begin

if TYPE_CHECKING:
    from collegia.knowledge.store import KnowledgeStore

__all__ = ["PassageScreen"]


class PassageScreen(Room):
    """A document at a span of it.

    Args:
        store: where it is.
        source: what identifies it.
        start: of the span; with `end` the same, the document is opened at that place and nothing is marked.
        end: one past its last character.
        words: what was cited from there.
    """

    NAME = "Passage"
    SCOPES: ClassVar[tuple[str, ...]] = ("room", "passage")
    BINDINGS: ClassVar[list[BindingType]] = [*bindings("room", "passage")]

    def __init__(self, store: KnowledgeStore, source: str, start: int = 0, end: int = 0, words: str = "") -> None:
        super().__init__()
        self._store, self._source, self._span, self._words = store, source, (start, end), words

    def content(self) -> ComposeResult:
        """The passage."""
        yield PassageView()

    def on_mount(self) -> None:
        """Open it."""
        self.query_one(PassageView).take_focus()
        self._load(None)

    def _load(self, first: int | None) -> None:
        begin(self, "passage", self._show, first)

    async def _show(self, first: int | None) -> None:
        from collegia.knowledge.excerpt import excerpt

        view = self.query_one(PassageView)
        try:
            found = await asyncio.to_thread(excerpt, self._store, self._source, *self._span, self._words, first=first)
        except CollegiaError as error:
            view.say(f"{error}\n\n{self._words}")
            return
        self.told(found.name)
        view.show(found)

    # -- actions

    def action_earlier(self) -> None:
        """Show the text before."""
        shown = self.query_one(PassageView).excerpt
        if shown is not None and shown.first > 0:
            self._load(max(0, shown.first - len(shown.text)))

    def action_later(self) -> None:
        """Show the text after."""
        shown = self.query_one(PassageView).excerpt
        if shown is not None and shown.last < shown.length:
            self._load(shown.last)

    def action_cited(self) -> None:
        """Go back to the cited words."""
        self._load(None)

    def action_copy(self) -> None:
        """Copy the cited words with their place, or the selection."""
        shown = self.query_one(PassageView).excerpt
        text = self.get_selected_text() or (citation(shown) if shown is not None else self._words)
        self.notify(copy(self.app, text), markup=False)

    def action_graph(self) -> None:
        """Show the names of this place, and walk from them."""
        from collegia.tui.graph.screen import GraphScreen

        shown = self.query_one(PassageView).excerpt
        if shown is not None:
            self.app.push_screen(GraphScreen(at=(shown.document, shown.start, shown.end, shown.name)))
