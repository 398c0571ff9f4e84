"""A question that is answered with one line."""

from __future__ import annotations

from collections.abc import Callable
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Input, Static

from collegia.errors import CollegiaError
from collegia.tui.actions import bindings
from collegia.tui.chat.telling import shown
from collegia.tui.line import Line

__all__ = ["AskLine"]


class AskLine(ModalScreen[str | None]):
    """Asks for a name, a path, a number; Enter gives it, Esc gives nothing.

    Args:
        question: in words.
        answer: what stands there at first.
        check: raises a CollegiaError for what cannot be taken; it is shown, and the dialog stays.
    """

    BINDINGS: ClassVar[list[BindingType]] = [*bindings("room")]
    SCOPES: ClassVar[tuple[str, ...]] = ("room",)

    DEFAULT_CSS = """
    AskLine { align: center middle; }
    AskLine > Vertical {
        width: 74; max-width: 95%; height: auto; max-height: 80%; border: round $primary; padding: 0 1;
        background: $surface;
    }
    AskLine Static { height: auto; }
    AskLine #fault { color: $error; }
    """

    def __init__(self, question: str, answer: str = "", check: Callable[[str], object] | None = None) -> None:
        super().__init__()
        self.question = question
        self.answer = answer
        self._check = check

    def compose(self) -> ComposeResult:
        """The question, the line, what is wrong with it."""
        with Vertical():
            yield Static(Content(shown(self.question)))
            yield Line(self.answer, compact=True, select_on_focus=False)
            yield Static("", id="fault", markup=False)
            yield Static(Content.styled("Enter takes it, Esc leaves it", "dim"))

    def on_input_submitted(self, message: Input.Submitted) -> None:
        """Give the line, if it can be taken."""
        text = message.value.strip()
        try:
            if text and self._check is not None:
                self._check(text)
        except CollegiaError as error:
            self.query_one("#fault", Static).update(Content(shown(f"✗ {error}")))
            return
        if text:
            self.dismiss(text)

    def action_back(self) -> None:
        """Leave it."""
        self.dismiss(None)
