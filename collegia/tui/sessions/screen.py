"""The sessions: a list that words narrow, and what was said in the one pointed at."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from typing import TYPE_CHECKING, ClassVar

from textual import work
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.content import Content
from textual.widgets import Input, OptionList, Static
from textual.widgets.option_list import Option

from collegia.errors import CollegiaError, UsageError
from collegia.tui.actions import bindings
from collegia.tui.chat.telling import shown
from collegia.tui.dialogs.confirm import Confirm
from collegia.tui.dialogs.line import AskLine
from collegia.tui.room import Room
from collegia.tui.sessions.exporting import form_of, place_of, write
from collegia.tui.sessions.telling import file_name, said_content, session_label

if TYPE_CHECKING:
    from collegia.agents.session_store import SessionRecord

__all__ = ["SessionsScreen"]

_LONGEST = 200  # characters of a search


class SessionsScreen(Room):
    """List, search, go on, rename, fork, export."""

    NAME = "Sessions"
    BINDINGS: ClassVar[list[BindingType]] = [*bindings("room", "sessions")]
    SCOPES: ClassVar[tuple[str, ...]] = ("room", "sessions")

    DEFAULT_CSS = """
    SessionsScreen #listed { width: 36; border-right: solid $primary 40%; }
    SessionsScreen #listed > Input { border: none; height: 1; padding: 0 1; background: $surface; }
    SessionsScreen #listed > OptionList { border: none; height: 1fr; padding: 0 1; background: $background; }
    SessionsScreen #said { width: 1fr; padding: 0 1; }
    """

    def __init__(self, argument: str = "") -> None:
        super().__init__(argument)
        self.listed: Sequence[SessionRecord] = ()

    def content(self) -> ComposeResult:
        """The list below its search, what was said beside them."""
        with Horizontal():
            with Vertical(id="listed"):
                yield Input(self.argument, placeholder="Search in what was said", id="search")
                yield _List(markup=False)
            with VerticalScroll(id="said", can_focus=False):
                yield Static("", markup=False)

    def on_mount(self) -> None:
        """List them."""
        self.query_one(Input).focus()
        self._list()

    def on_input_changed(self) -> None:
        """Search."""
        self._list()

    @work(exclusive=True, group="list")
    async def _list(self, point_at: str = "") -> None:
        """Read the list in a thread; the newest search goes before those that are still at work."""
        try:
            assistant = await self.app.assistant()
            query = self.query_one(Input).value[:_LONGEST]
            self.listed = await asyncio.to_thread(assistant.sessions, query or None)
        except CollegiaError as error:
            self.query_one("#said > Static", Static).update(Content(shown(str(error))))
            return
        listed = self.query_one(_List)
        listed.clear_options()
        listed.add_options(Option(session_label(one), id=one.session_id) for one in self.listed)
        self.told(f"{len(self.listed)} found" if query else f"{len(self.listed)}")
        ids = [one.session_id for one in self.listed]
        listed.highlighted = (ids.index(point_at) if point_at in ids else 0) if ids else None
        if not ids:
            told = (
                "Nothing stored has these words." if query else "No session is stored yet: the first question is one."
            )
            self.query_one("#said > Static", Static).update(Content(told))

    @property
    def chosen(self) -> SessionRecord | None:
        """The session pointed at."""
        place = self.query_one(_List).highlighted
        return self.listed[place] if place is not None and place < len(self.listed) else None

    def on_option_list_option_highlighted(self) -> None:
        """Show what was said."""
        self._show()

    def on_option_list_option_selected(self) -> None:
        """A click goes on with it."""
        self.action_resume()

    @work(exclusive=True, group="show")
    async def _show(self) -> None:
        if (one := self.chosen) is None:
            return
        place = self.query_one("#said > Static", Static)
        try:
            place.update(said_content(one, await self.app.talk.read(one.session_id)))
        except CollegiaError as error:
            place.update(Content(shown(str(error))))
        self.query_one("#said").scroll_home(animate=False)

    # -- actions

    def action_up(self) -> None:
        """Point at the one before."""
        self.query_one(_List).action_cursor_up()

    def action_down(self) -> None:
        """Point at the next."""
        self.query_one(_List).action_cursor_down()

    def action_said_up(self) -> None:
        """Scroll what was said up."""
        self.query_one("#said").scroll_page_up(animate=False)

    def action_said_down(self) -> None:
        """Scroll what was said down."""
        self.query_one("#said").scroll_page_down(animate=False)

    def action_resume(self) -> None:
        """Go on with it: the conversation has it then."""
        if (one := self.chosen) is not None:
            self.dismiss()
            self.app.go_on(one.session_id)

    @work(exclusive=True, group="dialog")
    async def action_rename(self) -> None:
        """Ask for another name."""
        if (one := self.chosen) is None:
            return
        session = (await self.app.assistant()).session(one.session_id)
        name = await self.app.push_screen_wait(AskLine("Another name for the session:", one.name, session.rename))
        if name is not None:
            self._list(one.session_id)
            self.notify("Renamed.")

    @work(exclusive=True, group="dialog")
    async def action_fork(self) -> None:
        """Ask how much of it the fork has, and make it."""
        if (one := self.chosen) is None or not one.turns:
            self.notify("There is nothing in it to fork.", severity="warning")
            return
        session = (await self.app.assistant()).session(one.session_id)
        asked = AskLine(f"How many of its {one.turns} turns shall the fork have?", str(one.turns), _count)
        kept = await self.app.push_screen_wait(asked)
        if kept is None:
            return
        try:
            made = session.fork(_count(kept))
        except CollegiaError as error:
            self.notify(str(error), severity="error", markup=False)
            return
        self._list(made.id)
        self.notify(f"Forked as {shown(made.name)}, with {made.restored} turns; Enter goes on with it.", markup=False)

    @work(exclusive=True, group="dialog")
    async def action_export(self) -> None:
        """Ask for a file and write to it; one that is there only after a yes."""
        if (one := self.chosen) is None:
            return
        session = (await self.app.assistant()).session(one.session_id)
        asked = AskLine("The file, ending in .md for Markdown or .json for JSON:", file_name(one.name), place_of)
        if (typed := await self.app.push_screen_wait(asked)) is None:
            return
        path = place_of(typed)
        over = path.exists()
        if over and not await self.app.push_screen_wait(Confirm(f"{path} is there already. Write over it?")):
            self.notify("Nothing was written.")
            return
        try:
            text = await asyncio.to_thread(session.export, form_of(path))
            await asyncio.to_thread(write, path, text, over=over)
        except CollegiaError as error:
            self.notify(str(error), severity="error", markup=False)
            return
        self.notify(f"Written to {shown(str(path))}.", markup=False)


def _count(text: str) -> int:
    """A number of turns.

    Raises:
        UsageError: it is none.
    """
    if not (text.isascii() and text.isdigit() and len(text) < 7 and int(text)):
        raise UsageError("give a whole number from 1 on")
    return int(text)


class _List(OptionList, can_focus=False):
    """The list, which the keys of the screen point in while the search has the focus."""
