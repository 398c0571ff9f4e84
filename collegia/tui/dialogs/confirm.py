"""A question that is answered with yes or no."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Static

from collegia.tui.actions import bindings
from collegia.tui.chat.telling import shown

__all__ = ["Confirm"]


class Confirm(ModalScreen[bool]):
    """Asks before something that cannot be undone; Esc and N are no.

    Args:
        question: in words, with what would be lost.
    """

    BINDINGS: ClassVar[list[BindingType]] = [*bindings("confirm")]
    SCOPES: ClassVar[tuple[str, ...]] = ("confirm",)

    DEFAULT_CSS = """
    Confirm { align: center middle; }
    Confirm > Vertical {
        width: 70; max-width: 90%; height: auto; max-height: 80%; border: round $warning; padding: 0 1;
        background: $surface;
    }
    Confirm Static { height: auto; }
    """

    def __init__(self, question: str) -> None:
        super().__init__()
        self.question = question

    def compose(self) -> ComposeResult:
        """The question and its keys."""
        with Vertical():
            yield Static(Content(shown(self.question)))
            yield Static(Content.assemble("\n", ("y", "bold $accent"), " yes   ", ("n", "bold $accent"), " no (Esc)"))

    def action_yes(self) -> None:
        """Do it."""
        self.dismiss(True)  # noqa: FBT003  # the answer itself

    def action_no(self) -> None:
        """Leave it."""
        self.dismiss(False)  # noqa: FBT003  # the answer itself
