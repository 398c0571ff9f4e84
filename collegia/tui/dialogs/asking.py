"""Asks for one line, with completions."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Static

from collegia.tui.actions import bindings
from collegia.tui.dialogs.offering import Offer, Offering
from collegia.tui.wording import one_line

__all__ = ["Ask"]


class Ask(ModalScreen[str]):
    """One line; Esc gives None.

    Args:
        title: what is asked for.
        offer: what could be meant by what was typed so far.
        placeholder: shown while nothing is typed.
    """

    BINDINGS: ClassVar[list[BindingType]] = [*bindings("room", "asking")]
    SCOPES: ClassVar[tuple[str, ...]] = ("room", "asking")

    DEFAULT_CSS = """
    Ask { align: center middle; }
    Ask > Vertical { width: 80%; max-width: 90; height: auto; border: round $primary; padding: 0 1; }
    Ask > Vertical > Static { height: auto; text-style: bold; }
    """

    def __init__(self, title: str, offer: Offer, placeholder: str = "") -> None:
        super().__init__()
        self._title, self._offer, self._placeholder = title, offer, placeholder

    def compose(self) -> ComposeResult:
        """Title, field, keys."""
        with Vertical():
            yield Static(Content(one_line(self._title)))
            yield Offering(self._offer, self._placeholder)
            yield Static(Content("Tab completes · ↑ ↓ choose · Enter takes it · Esc leaves").stylize("dim"))

    def on_offering_sent(self, message: Offering.Sent) -> None:
        """Give it."""
        self.dismiss(message.text)

    def action_back(self) -> None:
        """Give nothing."""
        self.dismiss(None)

    def action_take(self) -> None:
        """Complete."""
        self.query_one(Offering).take()

    def action_next(self) -> None:
        """Point at the next."""
        self.query_one(Offering).point(1)

    def action_previous(self) -> None:
        """Point at the one before."""
        self.query_one(Offering).point(-1)
