"""The plan before it runs: approve it, change a value or an expert, or reject it."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Footer, Input, OptionList, Static
from textual.widgets.option_list import Option

from collegia.errors import CollegiaError
from collegia.tui.actions import bindings
from collegia.tui.plan.editing import Line, lines_of, why_content
from collegia.tui.plan.telling import short

if TYPE_CHECKING:
    from collegia.agents.approval import Approval, Decision
    from collegia.agents.plan import Plan
    from collegia.settings import Budget
    from collegia.tools.registry import Registry

__all__ = ["ApproveDialog"]


class ApproveDialog(ModalScreen["Decision | None"]):
    """Gives the decision; None where the dialog was closed without one.

    Every change is made by `agents.approval` and passes the check that the plan itself passed, or is told and not made.

    Args:
        approval: the plan that waits, and why.
        registry: its experts.
        budget: that the plan is checked by.
    """

    BINDINGS: ClassVar[list[BindingType]] = [*bindings("approve")]
    SCOPES: ClassVar[tuple[str, ...]] = ("approve",)

    DEFAULT_CSS = """
    ApproveDialog { align: center middle; }
    ApproveDialog > #box { width: 96%; max-width: 120; height: 90%; border: round $accent; background: $surface; }
    ApproveDialog #why { height: auto; max-height: 8; padding: 0 1; margin: 0 0 1 0; }
    ApproveDialog OptionList, ApproveDialog OptionList:focus {
        border: none; padding: 0 1; background: transparent; background-tint: $foreground 0%;
        text-wrap: nowrap; text-overflow: ellipsis; scrollbar-size-vertical: 1;
    }
    ApproveDialog OptionList:focus > .option-list--option-highlighted { text-style: underline; }
    ApproveDialog #lines { height: 1fr; }
    ApproveDialog #entry { height: auto; display: none; padding: 0 1; border-top: solid $accent; }
    ApproveDialog #entry.-open { display: block; }
    ApproveDialog #experts { height: auto; max-height: 8; display: none; border-top: solid $accent; }
    ApproveDialog #experts.-open { display: block; }
    ApproveDialog #wrong { color: $error; height: auto; max-height: 4; padding: 0 1; }
    """

    def __init__(self, approval: Approval, registry: Registry, budget: Budget) -> None:
        super().__init__()
        self.approval = approval
        self.registry = registry
        self.budget = budget
        self.plan: Plan = approval.tried or approval.plan
        self.lines: list[Line] = []
        self._entered: Callable[[str], None] | None = None

    def compose(self) -> ComposeResult:
        """Why, the lines of the plan, and beneath them what is being changed."""
        with Vertical(id="box") as box:
            box.border_title, box.border_subtitle = "The plan, before it runs", "Enter changes what is pointed at"
            yield Static("", id="why", markup=False)
            yield OptionList(id="lines", markup=False)
            with Vertical(id="entry"):
                yield Static("", id="entry-label", markup=False)
                yield Input(compact=True, select_on_focus=False)
            yield OptionList(id="experts", markup=False)
            yield Static("", id="wrong", markup=False)
        yield Footer(show_command_palette=False)

    def on_mount(self) -> None:
        """Show the plan."""
        self._draw(self.approval.findings)
        self.query_one("#lines").focus()

    def _draw(self, faults: tuple[str, ...] = ()) -> None:
        marked = {one.step: one.reason for one in self.approval.marked}
        self.lines = lines_of(self.plan, self.approval.plan, self.registry, self.approval.question, marked)
        self.query_one("#why", Static).update(why_content(self.approval, self.plan, faults))
        shown = self.query_one("#lines", OptionList)
        place = shown.highlighted or 0
        shown.set_options(Option(one.content) for one in self.lines)
        shown.highlighted = min(place, len(self.lines) - 1)

    # -- changing

    def action_edit(self) -> None:
        """Change what is pointed at."""
        self.query_one("#lines", OptionList).action_select()

    def on_option_list_option_selected(self, message: OptionList.OptionSelected) -> None:
        """A line to change, or the expert to put there."""
        message.stop()
        if message.option_list.id == "experts":
            self._exchange(message.option_id or "")
            return
        line = self.lines[message.option_index]
        if line.argument:
            self._enter(f"{line.argument} of {line.step}, with its unit", line.now, lambda text: self._set(line, text))
        else:
            self._offer(line)

    def _enter(self, label: str, now: str, entered: Callable[[str], None]) -> None:
        self._entered = entered
        self.query_one("#entry-label", Static).update(Content(short(label)))
        field = self.query_one(Input)
        field.value = now
        self.query_one("#entry").add_class("-open")
        field.focus()

    def on_input_submitted(self, message: Input.Submitted) -> None:
        """What was typed for a value, or as the reason of a rejection."""
        message.stop()
        if self._entered is not None:
            self._entered(message.value)

    def _set(self, line: Line, text: str) -> None:
        from collegia.agents.approval import with_value

        if text.strip() == line.now:
            self._close()
        else:
            self._change(lambda: with_value(self.plan, self.registry, line.step, line.argument, text))

    def _offer(self, line: Line) -> None:
        """List the experts that may stand in the place of a step's own."""
        from collegia.agents.approval import alternatives

        names = alternatives(self.plan, self.registry, line.step)
        self._wrong("" if names else f"No other expert gives what {line.now} gives, from what the plan has.")
        if names:
            experts = self.query_one("#experts", OptionList)
            purposes = {name: self.registry.experts[name].card.purpose for name in names}
            experts.set_options(
                Option(Content.assemble((f"{name}  ", "bold"), (short(purposes[name]), "dim")), id=name)
                for name in names
            )
            self._step = line.step
            experts.add_class("-open")
            experts.highlighted = 0
            experts.focus()

    def _exchange(self, expert: str) -> None:
        from collegia.agents.approval import with_expert

        self._change(lambda: with_expert(self.plan, self.registry, self._step, expert))

    def _change(self, made: Callable[[], Plan]) -> None:
        """Make a change that passes the check; else say what is wrong with it."""
        from collegia.agents.approval.changes import edit_of

        try:
            plan = made()
            edit_of(self.approval.plan, plan, self.registry, self.budget)
        except CollegiaError as error:
            self._wrong(str(error))
            return
        self.plan = plan
        self._draw()
        self._close()

    def _wrong(self, fault: str) -> None:
        self.query_one("#wrong", Static).update(Content(f"! {short(fault, 400)}" if fault else ""))

    def _close(self) -> bool:
        """Leave what is being changed; whether there was something."""
        entry, experts = self.query_one("#entry"), self.query_one("#experts")
        was = entry.has_class("-open") or experts.has_class("-open")
        entry.remove_class("-open")
        experts.remove_class("-open")
        self._wrong("")
        self.query_one("#lines").focus()
        return was

    # -- deciding

    def action_approve(self) -> None:
        """Run the plan as it stands."""
        from collegia.agents.approval import Approved

        self.dismiss(Approved(self.plan))

    def action_reject(self) -> None:
        """Reject it, once a reason was asked for."""
        from collegia.agents.approval import Rejected

        self._enter("Why not? Enter rejects, the reason may be empty", "", lambda text: self._decide(Rejected(text)))

    def _decide(self, decision: Decision) -> None:
        self.dismiss(decision)

    def action_undo(self) -> None:
        """Take every change back."""
        self.plan = self.approval.plan
        self._close()
        self._draw()

    def action_later(self) -> None:
        """Leave what is being changed, or else the dialog."""
        if not self._close():
            self.dismiss(None)
