"""One turn of the conversation: what was asked, what is being done about it, and the answer."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Markdown, Static

from collegia.tui.chat.telling import answer_content, doing, notes_content, shown, sources_content
from collegia.tui.view import RunView

if TYPE_CHECKING:
    from collegia.agents.result import Result

__all__ = ["Turn"]


class Turn(Vertical):
    """One question and its answer, or a word of the app's own.

    Args:
        asked: as it was typed; empty for a word of the app's.
        result: where there is one already.
        said: the app's own word, shown instead of an answer.
    """

    DEFAULT_CSS = """
    Turn { height: auto; margin: 0 0 1 0; }
    Turn > .asked { color: $text; text-style: bold; border-left: thick $primary; padding: 0 1; height: auto; }
    Turn > .answer { padding: 0 2; height: auto; }
    Turn > .doing { padding: 0 2; color: $text-muted; height: auto; }
    Turn > .sources, Turn > .notes { padding: 0 2; height: auto; }
    Turn > .draft { display: none; padding: 0 2; margin: 0; height: auto; color: $text-muted; }
    Turn > .draft.-some { display: block; }
    """

    def __init__(self, asked: str = "", result: Result | None = None, said: str = "") -> None:
        super().__init__()
        self.asked = asked
        self.result = result
        self.said = said
        self.draft = ""
        self._began = time.monotonic()

    def compose(self) -> ComposeResult:
        """What was asked, then what there is of an answer."""
        if self.asked:
            yield Static(Content(shown(self.asked)), classes="asked")
        if self.said:
            yield Static(Content(shown(self.said)), classes="answer")
        elif self.result is not None:
            yield from self._told(self.result)
        else:
            yield Static(Content("…"), classes="doing")
            yield Markdown("", classes="draft", open_links=False)

    def follow(self, view: RunView) -> None:
        """Show what the run is doing now."""
        for one in self.query(".doing").results(Static):
            one.update(Content(doing(view, time.monotonic() - self._began)))
        for drawn in self.query(".draft").results(Markdown):
            self._draw(drawn, shown(view.draft))

    def _draw(self, drawn: Markdown, draft: str) -> None:
        """Draw what is new of a draft; all of it only where it is no longer what it was."""
        if draft == self.draft:
            return
        drawn.add_class("-some")
        if draft.startswith(self.draft):
            drawn.append(draft[len(self.draft) :])
        else:
            drawn.update(draft)
        self.draft = draft

    async def end(self, result: Result) -> None:
        """Show the result in place of what was being done."""
        self.result = result
        await self.query(".doing, .draft").remove()
        await self.mount_all(self._told(result))

    def _told(self, result: Result) -> ComposeResult:
        if result.replies and result.status == "answered":
            yield Markdown(shown(result.answer_text), classes="answer", open_links=False)
        else:
            yield Static(answer_content(result), classes="answer")
        for content, classes in ((sources_content(result), "sources"), (notes_content(result), "notes")):
            if content.plain:
                yield Static(content, classes=classes)
