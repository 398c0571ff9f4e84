"""Asks whether something is to be done that cannot be undone."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Static

from collegia.tui.actions import bindings
from collegia.tui.chat.telling import shown

__all__ = ["Confirm"]


class Confirm(ModalScreen[bool]):
    """Yes or no: `y` is yes, anything that leaves it is not.

    Args:
        question: what is asked.
        told: what will happen.
    """

    BINDINGS: ClassVar[list[BindingType]] = [*bindings("room", "confirm")]
    SCOPES: ClassVar[tuple[str, ...]] = ("room", "confirm")

    DEFAULT_CSS = """
    Confirm { align: center middle; }
    Confirm > VerticalScroll {
        width: 80%; max-width: 80; height: auto; max-height: 80%; border: round $warning; padding: 0 1;
    }
    Confirm > VerticalScroll > Static { height: auto; }
    """

    def __init__(self, question: str, told: str = "") -> None:
        super().__init__()
        self._question, self._told = question, told

    def compose(self) -> ComposeResult:
        """One text."""
        with VerticalScroll():
            yield Static(
                Content.assemble(
                    (shown(self._question), "bold"),
                    "\n",
                    shown(self._told),
                    ("\n\ny does it · n or Esc leaves it", "dim"),
                )
            )

    def action_yes(self) -> None:
        """Do it."""
        self.dismiss(result=True)

    def action_no(self) -> None:
        """Leave it."""
        self.dismiss(result=False)

    def action_back(self) -> None:
        """Leave it."""
        self.dismiss(result=False)
