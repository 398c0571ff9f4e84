"""The plan of the present run: its steps with the edges between them, live; Enter opens one."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical
from textual.message import Message
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from collegia.tui.actions import bindings
from collegia.tui.plan.lanes import Row, rows
from collegia.tui.plan.telling import Known, head_content, known, row_content
from collegia.tui.view import RunView, StepView

if TYPE_CHECKING:
    from collegia.tui.app import CollegiaApp

__all__ = ["PlanPanel", "Steps"]


class Steps(OptionList):
    """The steps, two lines each; only those that have changed are drawn again."""

    BINDINGS: ClassVar[list[BindingType]] = [*bindings("plan")]

    DEFAULT_CSS = """
    Steps, Steps:focus { border: none; padding: 0; background: transparent; height: 1fr; scrollbar-size-vertical: 1; }
    Steps { text-wrap: nowrap; text-overflow: ellipsis; background-tint: $foreground 0%; }
    Steps > .option-list--option { text-wrap: nowrap; text-overflow: ellipsis; }
    Steps > .option-list--option-highlighted { background: transparent; text-style: none; }
    Steps:focus > .option-list--option-highlighted { background: $block-cursor-background 30%; text-style: underline; }
    """

    class Left(Message):
        """The user goes back to the prompt."""

    app: CollegiaApp

    def __init__(self) -> None:
        super().__init__(id="steps", markup=False)
        self._view = RunView()
        self._rows: dict[str, Row] = {}
        self._drawn: dict[str, StepView] = {}
        self._about: Known | None = None

    def show(self, view: RunView) -> None:
        """Draw the run as it is now."""
        before, self._view = self._view, view
        if view.plan is not before.plan or {one.id for one in view.steps} != self._rows.keys():
            self._replan(view)
        elif (view.phase == "ended") != (before.phase == "ended"):
            self._drawn = {}  # what did not run is called otherwise at the end
        for one in view.steps:
            if self._drawn.get(one.id) is not one:
                self._drawn[one.id] = one
                self.replace_option_prompt(one.id, row_content(self._rows[one.id], one, view, self._about))
        self._point(view)

    def _replan(self, view: RunView) -> None:
        self._about = known(view.plan, self.app.registry) if view.steps else None
        self._rows = {row.id: row for row in rows({one.id: one.needs for one in view.steps})}
        self._drawn = {one.id: one for one in view.steps}
        pointed = self.highlighted_option
        self.set_options(
            Option(row_content(row, self._drawn[id_], view, self._about), id=id_) for id_, row in self._rows.items()
        )
        if pointed is not None and pointed.id in self._rows:
            self.highlighted = self.get_option_index(pointed.id)

    def _point(self, view: RunView) -> None:
        """Keep what is being done in view, unless the user is looking around."""
        if self.has_focus and self.highlighted is not None:
            return
        at_work = [one.id for one in view.steps if one.state == "running"]
        ended = [one.id for one in view.steps if one.state in ("finished", "failed")]
        now = at_work or ended[-1:] or list(self._rows)[:1]
        if now and self.highlighted != (place := self.get_option_index(now[0])):
            self.highlighted = place

    def action_open(self) -> None:
        """Show everything about the step that is pointed at."""
        self.action_select()

    def on_option_list_option_selected(self, message: OptionList.OptionSelected) -> None:
        """Open a step; a click does so too."""
        message.stop()
        self.app.action_open("app.step", message.option_id or "")

    def action_back(self) -> None:
        """Return to the prompt."""
        self.post_message(self.Left())


class PlanPanel(Vertical):
    """The steps of the plan under a line that says how far it is."""

    DEFAULT_CSS = """
    PlanPanel { width: 38%; min-width: 36; max-width: 64; border-left: solid $primary 40%; padding: 0 0 0 1; }
    PlanPanel:focus-within { border-left: thick $accent; }
    PlanPanel > #plan-head { height: auto; max-height: 8; padding: 0 0 1 0; }
    """

    def __init__(self) -> None:
        super().__init__(id="plan")
        self.asked_for = False
        self._shown: RunView | None = None

    def compose(self) -> ComposeResult:
        """The head, then the steps."""
        yield Static("", id="plan-head", markup=False)
        yield Steps()

    def show(self, view: RunView) -> None:
        """Draw the run as it is now, where it has changed."""
        if view is self._shown:
            return
        self._shown = view
        self.query_one("#plan-head", Static).update(head_content(view))
        self.query_one(Steps).show(view)
