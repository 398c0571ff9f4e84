"""What the screens beside the conversation have in common: a title line, the keys, and Esc that goes back."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.content import Content
from textual.screen import Screen
from textual.widgets import Footer, Static

from collegia.display import clean
from collegia.tui.actions import bindings

if TYPE_CHECKING:
    from collegia.tui.app import CollegiaApp

__all__ = ["Room"]


class Room(Screen[None]):
    """A full screen opened over the conversation.

    A subclass sets `NAME`, adds its own scope to `SCOPES` and its keys to `BINDINGS`, and composes `content`.

    Args:
        argument: what its command was followed by.
    """

    NAME: ClassVar[str] = ""
    BINDINGS: ClassVar[list[BindingType]] = [*bindings("room")]
    SCOPES: ClassVar[tuple[str, ...]] = ("room",)

    DEFAULT_CSS = """
    Room { layout: vertical; }
    Room > #title { height: 1; background: $panel; color: $text-muted; padding: 0 1; }
    """

    app: CollegiaApp

    def __init__(self, argument: str = "") -> None:
        super().__init__()
        self.argument = argument

    def compose(self) -> ComposeResult:
        """The title line, the content, the keys."""
        yield Static(Content(self.NAME), id="title")
        yield from self.content()
        yield Footer(show_command_palette=False)

    def content(self) -> ComposeResult:
        """The widgets of this screen, between title and keys."""
        raise NotImplementedError

    def told(self, text: str) -> None:
        """Put a word beside the title."""
        self.query_one("#title", Static).update(Content(clean(f"{self.NAME} · {text}" if text else self.NAME)))

    def action_back(self) -> None:
        """Return to where one came from."""
        self.dismiss()
