"""A plan as it is shown: styled pieces of text made from plain data, none of which is ever read as markup."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from textual.content import Content

from collegia.display import clean
from collegia.tui.plan.lanes import Row
from collegia.tui.view import RunView, StepView

if TYPE_CHECKING:
    from collegia.agents.plan import Plan
    from collegia.tools.card import Card, Port
    from collegia.tools.registry import Registry

__all__ = ["Known", "head_content", "known", "row_content", "short", "state_told", "time_told"]

_ROW = 160  # characters of one text within a row
_NOTES = 3  # notes on the run as a whole that stand under its head

_STATES = {
    "waiting": ("○", "waiting", "dim"),
    "running": ("◐", "running", "bold $accent"),
    "finished": ("●", "done", "$success"),
    "failed": ("✗", "failed", "bold $error"),
    "skipped": ("–", "skipped", "$warning"),
}
"""How a state is shown: sign, word, style; the style alone says nothing."""

_ENDED = {"waiting": ("○", "not run", "dim"), "running": ("◌", "stopped", "$warning")}
"""The same where the run has ended."""


@dataclass(frozen=True)
class Known:
    """What is known of a plan beside what its events tell: its types, and the cards of its experts."""

    plan: Plan
    registry: Registry | None
    used: frozenset[tuple[str, str]]

    def card(self, expert: str) -> Card | None:
        """The card of an expert; None where it is not installed."""
        found = self.registry.experts.get(expert) if self.registry is not None else None
        return None if found is None else found.card

    def port(self, expert: str, name: str) -> Port | None:
        """An input or output of an expert; None where it is not installed."""
        from collegia.agents.telling import port_of

        return port_of(self.registry, expert, name)

    def value(self, expert: str, name: str, value: Any) -> str:
        """A value with its unit."""
        from collegia.agents.telling import value_text

        return value_text(value, self.port(expert, name))


def known(plan: Mapping[str, Any], registry: Registry | None) -> Known | None:
    """What is known of a plan that an event holds; None where there is none, or it cannot be read any more."""
    from pydantic import ValidationError

    from collegia.agents.plan import Plan
    from collegia.agents.telling import used_outputs

    if not plan.get("steps"):
        return None
    try:
        read = Plan.model_validate(plan)
    except ValidationError:  # of another release; its steps are told without units then
        return None
    return Known(read, registry, frozenset(used_outputs(read)))


def short(text: str, most: int = _ROW) -> str:
    """A text on one line, safe to show and not endless."""
    line = " ".join(clean(text[: most + 1]).split())
    return line if len(text) <= most else f"{line[:most]}…"


def state_told(step: StepView, *, ended: bool) -> tuple[str, str, str]:
    """Sign, word and style of a step's state."""
    return _ENDED.get(step.state, _STATES[step.state]) if ended else _STATES[step.state]


def time_told(seconds: float) -> str:
    """How long something took; nothing where that was no time."""
    if seconds >= 0.1:
        return f"{seconds:.1f} s"
    return f"{1000 * seconds:.1f} ms" if seconds > 0 else ""


def row_content(row: Row, step: StepView, view: RunView, about: Known | None) -> Content:
    """A step in two lines: where it stands in the plan, and what came of it."""
    sign, word, style = state_told(step, ended=view.phase == "ended")
    needs = f" ← {' '.join(map(short, step.needs))}" if step.needs else ""
    took = f" {told}" if (told := time_told(step.seconds)) else ""
    again = f" · call {step.tries}" if step.tries > 1 else ""
    came = _came_of(step, about)
    return Content.assemble(
        (row.before, "dim"), (sign, style), (f"{row.after} ", "dim"), (f"{short(step.id)} ", "bold"),
        short(step.expert), (needs, "dim"), "\n",
        (f"{row.beneath:<{len(row.before) + 2}}", "dim"), (word, style), (took + again, "dim"),
        (" · ", "dim") if came else "", came,
    )  # fmt: skip


def _came_of(step: StepView, about: Known | None) -> str:
    """The values that something rests on; or why there are none; or what its expert cautions of."""
    if step.state != "finished":
        return short("; ".join(step.notes))
    wanted = {name: value for name, value in step.outputs.items() if about is None or (step.id, name) in about.used}
    told = {
        name: about.value(step.expert, name, value) if about is not None else str(value)
        for name, value in (wanted or step.outputs).items()
        if value is not None
    }
    said = [*told.values()] if len(told) == 1 else [f"{name} {value}" for name, value in told.items()]
    return short(", ".join(said)) + (" !" if step.notes else "")


def head_content(view: RunView) -> Content:
    """The line over the steps: how far the run is, and what was said of it as a whole."""
    parts: list[str | tuple[str, str]] = [("Plan", "bold")]
    if not view.steps:
        parts.append((f"\n{_nothing(view)}", "dim"))
    else:
        again = f" · plan {view.round + 1}" if view.round else ""
        parts.append(f" · {view.done} of {len(view.steps)} steps{again}")
    parts += [(f"\n! {short(one)}", "$warning") for one in _last(view.notes)]
    return Content.assemble(*parts)


def _nothing(view: RunView) -> str:
    if view.phase == "idle":
        return "The steps of a question stand here, as they are worked on."
    return "There is no plan." if view.phase == "ended" else "Planning…"


def _last(notes: Iterable[str]) -> tuple[str, ...]:
    return tuple(notes)[-_NOTES:]
