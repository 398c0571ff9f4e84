"""A plan that waits for approval, line by line: each expert and each value that may be changed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from textual.content import Content

from collegia.tui.plan.telling import Known, short

if TYPE_CHECKING:
    from collegia.agents.approval import Approval
    from collegia.agents.plan import Binding, Plan, Step
    from collegia.tools.registry import Registry

__all__ = ["Line", "lines_of", "why_content"]

_NAME = 22


@dataclass(frozen=True)
class Line:
    """One thing that may be changed: the expert of a step, or with an `argument` what is bound to that.

    `now` is what stands there, as a user would type it.
    """

    step: str
    argument: str
    content: Content
    now: str = ""


def lines_of(plan: Plan, shown: Plan, registry: Registry, question: str, marked: Mapping[str, str]) -> list[Line]:
    """The plan as lines.

    Args:
        plan: as it is edited now.
        shown: as it was before any edit; what differs is marked.
        registry: its experts.
        question: as it was read.
        marked: by step, why its expert asks first.
    """
    about = Known(plan, registry, frozenset())
    before = {one.id: one for one in shown.steps}
    found = []
    for step in plan.steps:
        old = before.get(step.id)
        found.append(_expert_line(step, old, marked.get(step.id, "")))
        for name, bound in step.arguments.items():
            was = old.arguments.get(name) if old is not None else None
            found.append(_value_line(step, name, bound, about, question, changed=was != bound))
    return found


def _expert_line(step: Step, old: Step | None, reason: str) -> Line:
    changed = old is None or old.expert != step.expert
    content = Content.assemble(
        ("* " if changed else "  ", "bold $warning"), (f"{short(step.id)} ", "bold"), (short(step.expert), "bold"),
        (f"  ! asks first: {short(reason)}" if reason else "", "$warning"),
    )  # fmt: skip
    return Line(step.id, "", content, step.expert)


def _value_line(step: Step, name: str, bound: Binding, about: Known, question: str, *, changed: bool) -> Line:
    from collegia.agents.plan import FromStep, Gathered, Given
    from collegia.agents.telling import whence_text

    said = None if isinstance(bound, FromStep | Gathered) else bound.value
    value = "" if said is None else about.value(step.expert, name, said)
    content = Content.assemble(
        ("* " if changed else "  ", "bold $warning"), f"  {short(name):<{_NAME}} ", short(value), "  " if value else "",
        (short(whence_text(bound, question)), "dim"),
    )  # fmt: skip
    return Line(step.id, name, content, short(bound.text if isinstance(bound, Given) and bound.text else value))


def why_content(approval: Approval, plan: Plan, faults: Sequence[str]) -> Content:
    """Why it is asked, what the plan answers, and what is wrong with it."""
    asked = ", ".join(f"{short(one.name)} ({short(one.source.step)})" for one in plan.asked)
    return Content.assemble(
        ("Run this plan? ", "bold"), short(approval.why), (f"\nIt answers: {asked}", "dim"),
        *((f"\n! {short(one)}", "bold $error") for one in faults),
    )  # fmt: skip
