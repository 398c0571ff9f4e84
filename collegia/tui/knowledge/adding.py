"""Takes documents in: a path with completion, then how far it is, then what became of each file."""

from __future__ import annotations

import asyncio
import threading
import time
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Input, ProgressBar, Static

from collegia.errors import CollegiaError
from collegia.tui.actions import bindings
from collegia.tui.dialogs.offering import Offering
from collegia.tui.knowledge.files import files_like
from collegia.tui.knowledge.telling import taken_content
from collegia.tui.wording import one_line

if TYPE_CHECKING:
    from collegia.knowledge.changing import Taken
    from collegia.knowledge.store import KnowledgeStore
    from collegia.settings import Settings

__all__ = ["AddDocuments"]


_REFRESH = 0.1  # seconds between two looks at how far it is


class _Stopped(Exception):
    """The user has stopped it."""


class AddDocuments(ModalScreen[bool]):
    """Takes files in, one path after the other; gives whether anything was stored. Esc stops what goes on, then leaves.

    Args:
        store: where they go.
        settings: the embeddings.
    """

    BINDINGS: ClassVar[list[BindingType]] = [*bindings("room", "asking", "adding")]
    SCOPES: ClassVar[tuple[str, ...]] = ("room", "asking", "adding")

    DEFAULT_CSS = """
    AddDocuments { align: center middle; }
    AddDocuments > Vertical {
        width: 90%; max-width: 110; height: auto; max-height: 90%; border: round $primary; padding: 0 1;
    }
    AddDocuments Static { height: auto; }
    AddDocuments #heading { text-style: bold; }
    AddDocuments ProgressBar { display: none; }
    AddDocuments.-going ProgressBar { display: block; }
    AddDocuments VerticalScroll { height: auto; max-height: 12; }
    """

    def __init__(self, store: KnowledgeStore, settings: Settings) -> None:
        super().__init__()
        self._store, self._settings = store, settings
        self._stop = threading.Event()
        self._going = self._changed = False

    def compose(self) -> ComposeResult:
        """Field, bar, report."""
        with Vertical():
            yield Static(Content("Add documents: a file, a folder, or a pattern such as docs/**/*.md"), id="heading")
            yield Offering(_files, "path")
            yield ProgressBar(show_eta=False)
            with VerticalScroll(can_focus=False):
                yield Static(Content("Markdown, text, HTML, PDF, DOCX, CSV, JSON Lines"), id="report")
            yield Static(Content("Tab completes · ↑ ↓ choose · Enter adds · Esc stops, then leaves").stylize("dim"))

    def on_unmount(self) -> None:
        """Nothing goes on behind a screen that is gone."""
        self._stop.set()

    def on_offering_sent(self, message: Offering.Sent) -> None:
        """Begin."""
        if not self._going:
            self._going = True
            self._stop.clear()
            self.add_class("-going")
            self.query_one(Input).disabled = True
            self.query_one(ProgressBar).update(total=None, progress=0)
            self.run_worker(self._take(message.text), name="adding")

    async def _take(self, path: str) -> None:
        try:
            told = taken_content(await asyncio.to_thread(self._work, path))
        except _Stopped:
            told = Content("stopped; what was stored until then is kept, and the same path does the rest")
        except CollegiaError as error:
            told = Content(one_line(str(error), 600))
        self._changed, self._going = True, False
        self.remove_class("-going")
        self.query_one("#report", Static).update(told)
        field = self.query_one(Input)
        field.disabled = False
        field.focus()

    def _work(self, path: str) -> Taken:
        """In a thread: take the files in."""
        from pathlib import Path

        from collegia.knowledge.changing import take_in

        text = str(Path(path).expanduser()) if path.startswith("~") else path
        try:
            reading, embedding = self._step("files"), self._step("vectors")
            return take_in(self._store, self._settings, [text], reading=reading, embedding=embedding)
        except _Stopped:
            self._store.link()  # what is stored is found by its names too
            raise

    def _step(self, what: str) -> Callable[[int, int], None]:
        """Shows how far the work is, a few times a second, and stops it where that is wished."""
        told = 0.0

        def advance(done: int, total: int) -> None:
            nonlocal told
            if self._stop.is_set():
                raise _Stopped
            if done == total or time.monotonic() - told > _REFRESH:
                told = time.monotonic()
                self.app.call_from_thread(self._far, what, done, total)

        return advance

    def _far(self, what: str, done: int, total: int) -> None:
        if self._stop.is_set():
            return  # that it stops has been told
        self.query_one(ProgressBar).update(total=total, progress=done)
        linking = "; linking what they name" if what == "files" and done == total else ""
        self.query_one("#report", Static).update(Content(f"{what}: {done:,} of {total:,}{linking}"))

    # -- actions

    def action_back(self) -> None:
        """Stop what is going; leave where nothing is."""
        if self._going:
            self._stop.set()
            self.query_one("#report", Static).update(Content("stopping after this file…"))
        else:
            self.dismiss(self._changed)

    def action_up(self) -> None:
        """Scroll the report up."""
        self.query_one(VerticalScroll).scroll_page_up()

    def action_down(self) -> None:
        """Scroll the report down."""
        self.query_one(VerticalScroll).scroll_page_down()

    def action_take(self) -> None:
        """Complete."""
        self.query_one(Offering).take()

    def action_next(self) -> None:
        """Point at the next."""
        self.query_one(Offering).point(1)

    def action_previous(self) -> None:
        """Point at the one before."""
        self.query_one(Offering).point(-1)


async def _files(typed: str) -> Sequence[str]:
    return await asyncio.to_thread(files_like, typed)
