"""Approval on the command line: by flags, or by the person at the terminal."""

from __future__ import annotations

import re
from dataclasses import dataclass

from collegia.agents.approval.editing import alternatives, with_expert, with_value
from collegia.agents.approval.types import Approval, Approved, Approver, Decision, Rejected, Undecided
from collegia.agents.assistant import Assistant
from collegia.agents.plan import Plan
from collegia.cli.err import inquire, tell
from collegia.errors import CollegiaError, PlanRejected, Unclear, UnitError, UsageError
from collegia.tools.registry import Registry

__all__ = ["NO_WORD", "Word", "ask_person"]

_SET = re.compile(r"\s*(?P<step>\w+)\.(?P<argument>\w+)\s*=\s*(?P<text>.+?)\s*", re.DOTALL)
_CALL = re.compile(r"\s*(?P<step>\w+)\s*=\s*(?P<expert>\w+)\s*")


@dataclass(frozen=True, slots=True)
class Word:
    """What flags say of a plan that waits.

    Attributes:
        approve: it is to run.
        reject: it is not to run.
        changes: `STEP.ARGUMENT=VALUE`, each; with them it is to run too.
    """

    approve: bool = False
    reject: bool = False
    changes: tuple[str, ...] = ()

    def approver(self, assistant: Assistant, run_id: str) -> Approver | None:
        """What says so to the run; None where the flags say nothing.

        Raises:
            UsageError: both words at once, no plan of the run waits, or a change that cannot be made or would not run.
        """
        if not (self.approve or self.reject or self.changes):
            return None
        if self.reject and (self.approve or self.changes):
            raise UsageError("--reject goes with neither --approve nor --set")
        waits = assistant.approval(run_id)
        if waits is None:
            status = assistant.store.get(run_id).status
            raise UsageError(f"run {run_id} is {status}, and no plan of it waits for approval")
        from collegia.agents.approval.changes import edit_of

        plan = waits.plan
        try:
            for change in self.changes:
                plan = _set(plan, change, assistant.registry)
            edit_of(waits.plan, plan, assistant.registry, assistant.settings.budget)
        except (UnitError, Unclear, PlanRejected) as error:
            raise UsageError(f"--set: {error}") from error
        return _once(waits, Rejected() if self.reject else Approved(plan))


NO_WORD = Word()


def _once(shown: Approval, decision: Decision) -> Approver:
    """Says this of the plan that was shown, and nothing of any other, nor a second time."""
    said: list[Decision] = [decision]

    def approve(approval: Approval) -> Decision:
        return said.pop() if said and approval.plan == shown.plan else Undecided()

    return approve


def ask_person(assistant: Assistant, run_id: str) -> Approver | None:
    """Show the plan that waits to the person at the terminal, and let it be edited; None where nothing was decided."""
    waits = assistant.approval(run_id)
    if waits is None:
        return None
    plan = waits.plan
    tell(f"This plan waits for your approval: {waits.why}.")
    _show(plan, assistant.registry)
    while True:
        match (inquire("Run it? y: yes, n: no, e: edit a value or an expert") or "").lower():
            case "y" | "yes":
                return _once(waits, Approved(plan))
            case "n" | "no":
                return _once(waits, Rejected())
            case "e" | "edit":
                plan = _edited(waits.plan, plan, assistant)
            case "":
                return None
            case _:
                tell("y, n or e, or nothing to decide later")


def _edited(shown: Plan, plan: Plan, assistant: Assistant) -> Plan:
    """The plan with one more edit; as it was where the edit cannot be made, or would not run."""
    from collegia.agents.approval.changes import edit_of

    said = inquire("STEP.ARGUMENT = VALUE (s1.length = 2 m), or STEP = EXPERT")
    if said is None:
        return plan
    try:
        changed = _set(plan, said, assistant.registry)
        edit = edit_of(shown, changed, assistant.registry, assistant.settings.budget)
    except PlanRejected as error:
        tell(f"this would not run: {error}")
        return plan
    except CollegiaError as error:
        tell(str(error))
        return plan
    _show(changed, assistant.registry)
    for change in edit.changes:
        tell(f"changed: {change}")
    return changed


def _set(plan: Plan, change: str, registry: Registry) -> Plan:
    if found := _SET.fullmatch(change):
        return with_value(plan, registry, found["step"], found["argument"], found["text"])
    if found := _CALL.fullmatch(change):
        return with_expert(plan, registry, found["step"], found["expert"])
    raise UsageError(f"{change!r} is no change; write STEP.ARGUMENT=VALUE, as s1.length='2 m', or STEP=EXPERT")


def _show(plan: Plan, registry: Registry) -> None:
    from collegia.agents.telling import binding_text, port_of

    for step in plan.steps:
        others = alternatives(plan, registry, step.id)
        tell(f"  {step.id} {step.expert}" + (f"  (or: {', '.join(others)})" if others else ""))
        for name, bound in step.arguments.items():
            tell(f"       {name} = {binding_text(bound, port_of(registry, step.expert, name))}")
    tell(f"  asked: {', '.join(asked.name for asked in plan.asked)}")
