"""The sessions: found by words that were said, gone on with, renamed, forked, written to files."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from typing import TYPE_CHECKING, ClassVar

from textual import work
from textual.binding import BindingType
from textual.content import Content
from textual.widgets import Input
from textual.widgets.option_list import Option

from collegia.errors import CollegiaError, UsageError
from collegia.tui.actions import bindings
from collegia.tui.chat.telling import shown
from collegia.tui.dialogs.confirm import Confirm
from collegia.tui.dialogs.line import AskLine
from collegia.tui.finder import Finder
from collegia.tui.sessions.exporting import form_of, place_of, write
from collegia.tui.sessions.telling import file_name, said_content, session_label

if TYPE_CHECKING:
    from collegia.agents.session_store import SessionRecord

__all__ = ["SessionsScreen"]


class SessionsScreen(Finder):
    """List, search, go on, rename, fork, export."""

    NAME = "Sessions"
    HINT = "Search in what was said"
    BINDINGS: ClassVar[list[BindingType]] = [*bindings("sessions")]
    SCOPES: ClassVar[tuple[str, ...]] = ("room", "finder", "sessions")

    def __init__(self, argument: str = "") -> None:
        super().__init__(argument)
        self.listed: Sequence[SessionRecord] = ()

    def on_mount(self) -> None:
        """List them."""
        self.query_one(Input).focus()
        self._list()

    def narrow(self) -> None:
        """Search."""
        self._list()

    @work(exclusive=True, group="list")
    async def _list(self, point_at: str = "") -> None:
        """Read the list in a thread; the newest search goes before those that are still at work."""
        try:
            assistant = await self.app.assistant()
            self.listed = await asyncio.to_thread(assistant.sessions, self.query_text or None)
        except CollegiaError as error:
            self.about(Content(shown(str(error))))
            return
        self.told(f"{len(self.listed)} found" if self.query_text else f"{len(self.listed)} stored")
        self.fill((Option(session_label(one), id=one.session_id) for one in self.listed), point_at)

    @property
    def session(self) -> SessionRecord | None:
        """The session pointed at."""
        return next((one for one in self.listed if one.session_id == self.chosen), None)

    def show(self) -> None:
        """Show what was said in it."""
        self._show()

    @work(exclusive=True, group="show")
    async def _show(self) -> None:
        if (one := self.session) is None:
            told = "Nothing stored has these words." if self.query_text else "Nothing is stored yet."
            self.about(Content(told))
            return
        try:
            self.about(said_content(one, await self.app.talk.read(one.session_id)))
        except CollegiaError as error:
            self.about(Content(shown(str(error))))

    def choose(self) -> None:
        """Go on with it."""
        self.action_resume()

    def action_resume(self) -> None:
        """Go on with it: the conversation has it then."""
        if (one := self.session) is not None:
            self.dismiss()
            self.app.go_on(one.session_id)

    @work(exclusive=True, group="dialog")
    async def action_rename(self) -> None:
        """Ask for another name."""
        if (one := self.session) is None:
            return
        session = (await self.app.assistant()).session(one.session_id)
        asked = AskLine("Another name for the session:", one.name, session.rename)
        if await self.app.push_screen_wait(asked) is not None:
            self._list(one.session_id)

    @work(exclusive=True, group="dialog")
    async def action_fork(self) -> None:
        """Ask how much of it the fork has, and make it."""
        if (one := self.session) is None or not one.turns:
            self.notify("There is nothing to fork.", severity="warning")
            return
        session = (await self.app.assistant()).session(one.session_id)
        asked = AskLine(f"How many of its {one.turns} turns shall the fork have?", str(one.turns), _count)
        if (kept := await self.app.push_screen_wait(asked)) is None:
            return
        try:
            made = session.fork(_count(kept))
        except CollegiaError as error:
            self.notify(str(error), severity="error", markup=False)
            return
        self._list(made.id)
        self.notify(shown(f"Forked as {made.name}, with {made.restored} turns; Enter goes on with it."), markup=False)

    @work(exclusive=True, group="dialog")
    async def action_export(self) -> None:
        """Ask for a file and write to it; to one that is there only after a yes."""
        if (one := self.session) is None:
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
        else:
            self.notify(shown(f"Written to {path}."), markup=False)


def _count(text: str) -> int:
    """A number of turns.

    Raises:
        UsageError: it is none.
    """
    if not (text.isascii() and text.isdigit() and len(text) < 7 and int(text)):
        raise UsageError("give a whole number from 1 on")
    return int(text)
