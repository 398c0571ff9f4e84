"""A passage in its document, scrolled to the cited words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.app import ComposeResult
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.widgets import Static

from collegia.display import clean
from collegia.tui.passage.telling import passage_content, place_content

if TYPE_CHECKING:
    from collegia.knowledge.excerpt import Excerpt

__all__ = ["PassageView"]

_ABOVE = 3  # lines over the cited words


class PassageView(Vertical):
    """The place of an excerpt over its text; the text has the focus, and the arrows scroll it."""

    DEFAULT_CSS = """
    PassageView { height: 1fr; }
    PassageView > .place { height: auto; padding: 0 1; }
    PassageView > VerticalScroll { height: 1fr; padding: 0 1; border-top: solid $primary 40%; }
    PassageView > VerticalScroll:focus { border-top: solid $primary; }
    PassageView > VerticalScroll > Static { height: auto; }
    """

    def __init__(self, id: str | None = None) -> None:  # noqa: A002  # Textual's own name
        super().__init__(id=id)
        self.excerpt: Excerpt | None = None

    def compose(self) -> ComposeResult:
        """Place over text."""
        yield Static(Content(""), classes="place")
        with VerticalScroll():
            yield Static(Content(""), classes="text")

    def show(self, excerpt: Excerpt) -> None:
        """Show it, and scroll to the cited words."""
        self.excerpt = excerpt
        self.query_one(".place", Static).update(place_content(excerpt))
        self.query_one(".text", Static).update(passage_content(excerpt))
        self.call_after_refresh(self.to_cited)

    def say(self, told: str) -> None:
        """Say why there is nothing to show, or what is shown instead."""
        self.excerpt = None
        self.query_one(".place", Static).update(Content(""))
        self.query_one(".text", Static).update(Content(clean(told)))

    def to_cited(self) -> None:
        """Scroll to the cited words; to the beginning of the text where they are not in it."""
        excerpt, text = self.excerpt, self.query_one(".text", Static)
        width = text.content_size.width
        if excerpt is None or width <= 0:
            return
        before = passage_content(excerpt)[: max(0, excerpt.start - excerpt.first)]
        lines = len(before.wrap(width)) if excerpt.first < excerpt.start < excerpt.last else 0
        self.query_one(VerticalScroll).scroll_to(y=max(0, lines - _ABOVE), animate=False)

    def take_focus(self) -> None:
        """Give the focus to the text."""
        self.query_one(VerticalScroll).focus()
