"""The plan of the present run: its steps in the order of the work, with what each is doing."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Static

from collegia.tui.view import RunView

__all__ = ["PlanPanel"]

_MARKS = {"waiting": "○", "running": "◐", "finished": "●", "failed": "✗", "skipped": "–"}


class PlanPanel(VerticalScroll):
    """The steps of the plan, live."""

    DEFAULT_CSS = """
    PlanPanel { width: 42; border-left: solid $primary 40%; padding: 0 1; }
    """

    def __init__(self) -> None:
        super().__init__(id="plan", can_focus=False)
        self.asked_for = False
        self._shown: RunView | None = None

    def compose(self) -> ComposeResult:
        """One text."""
        yield Static("", id="steps", markup=False)

    def show(self, view: RunView) -> None:
        """Draw the run as it is now, where it has changed."""
        if view == self._shown:
            return
        self._shown = view
        lines: list[str | tuple[str, str]] = [("Plan\n", "bold")]
        for one in view.steps:
            lines.append(f"{_MARKS[one.state]} {one.id} {one.expert}\n")
        self.query_one("#steps", Static).update(Content.assemble(*lines))
