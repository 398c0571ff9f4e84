"""One step of the plan, as it is now: live while the run goes on."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Static

from collegia.tui.actions import bindings
from collegia.tui.copying import copy
from collegia.tui.plan.details import step_content
from collegia.tui.plan.telling import Known, known, short
from collegia.tui.room import Room
from collegia.tui.view import RunView

__all__ = ["StepScreen"]

_REFRESH = 0.1  # seconds between two looks at the run


class StepScreen(Room):
    """Everything about a step of the present run.

    Args:
        argument: the step's id; the first step, or the one at work, where it is empty.
    """

    NAME = "Step"
    BINDINGS: ClassVar[list[BindingType]] = [*bindings("room", "step")]
    SCOPES: ClassVar[tuple[str, ...]] = ("room", "step")

    DEFAULT_CSS = """
    StepScreen > #step { padding: 1 2; height: 1fr; }
    StepScreen > #step > Static { height: auto; }
    """

    def __init__(self, argument: str = "") -> None:
        super().__init__(argument)
        self._view: RunView | None = None
        self._about: Known | None = None
        self._told = Content("")

    def content(self) -> ComposeResult:
        """One text, scrolled."""
        with VerticalScroll(id="step"):
            yield Static("", markup=False)

    def on_mount(self) -> None:
        """Look at the run again and again."""
        self.query_one("#step").focus()
        self._look()
        self.set_interval(_REFRESH, self._look)

    def _look(self) -> None:
        view = self.app.run_view
        if view is self._view:
            return
        if self._view is None or view.plan is not self._view.plan:
            self._about = known(view.plan, self.app.registry)
        self._view = view
        self._show(view)

    def _show(self, view: RunView) -> None:
        ids = [one.id for one in view.steps]
        self.argument = self.argument or next((one.id for one in view.steps if one.state == "running"), (*ids, "")[0])
        step = view.step(self.argument)
        if step is None:
            self._told = Content(_none(self.argument, ids))
            self.told("")
        else:
            self._told = step_content(step, view, self._about)
            self.told(f"{short(step.id)}, {ids.index(step.id) + 1} of {len(ids)}")
        self.query_one("#step > Static", Static).update(self._told)

    def _go(self, by: int) -> None:
        view = self.app.run_view
        ids = [one.id for one in view.steps]
        if ids:
            place = ids.index(self.argument) + by if self.argument in ids else 0
            self.argument = ids[place % len(ids)]
            self._show(view)
            self.query_one("#step").scroll_home(animate=False)

    def action_next(self) -> None:
        """Show the step after."""
        self._go(1)

    def action_before(self) -> None:
        """Show the step before."""
        self._go(-1)

    def action_copy(self) -> None:
        """Copy what is told."""
        self.notify(copy(self.app, self._told.plain), markup=False)


def _none(wanted: str, ids: list[str]) -> str:
    if not ids:
        return "There is no plan yet: ask a question, and its steps can be opened here."
    return f"The plan has no step {short(wanted)!r}; its steps are: {', '.join(map(short, ids))}."
