"""Whether a plan waits for the user's word, and asking for it."""

from __future__ import annotations

import inspect
import threading
import time
from collections.abc import Awaitable
from dataclasses import replace
from typing import TYPE_CHECKING

from collegia.agents.approval.changes import Edit, edit_of
from collegia.agents.approval.types import Approval, Approved, Approver, Decision, Marked, Rejected, Undecided
from collegia.agents.log import RunLog
from collegia.agents.plan import Plan, Proposal
from collegia.agents.workers import in_thread
from collegia.errors import PlanRejected, UsageError
from collegia.events import ApprovalAsked, ApprovalGiven
from collegia.tools.registry import Registry

if TYPE_CHECKING:
    from collegia.agents.nodes import Context

__all__ = ["ROUNDS", "decide", "marked_steps", "waiting", "why_asked"]

ROUNDS = 5
"""How often an edit that cannot run is given back; then the run waits."""


def marked_steps(plan: Plan, registry: Registry) -> tuple[Marked, ...]:
    """The steps of a plan whose experts ask first."""
    return tuple(
        Marked(step.id, step.expert, reason)
        for step in plan.steps
        if step.expert in registry.experts and (reason := registry.experts[step.expert].card.asks_first)
    )


def why_asked(plan: Plan, context: Context, round_: int) -> str:
    """Why the plan of a round waits for the user's word; empty where it runs.

    A plan that is made after another one was edited has none of these changes, so the user sees it, whatever is set.
    """
    log = context.log
    if (given := log.approval(round_)) is not None:
        return given.reason or "the plan was rejected" if given.verdict == "rejected" else ""
    if (asked := log.waiting) is not None and asked.round == round_:
        return asked.why
    if lost := [change for one in log.edited for change in one.changes]:
        return f"this plan was made anew, without what was changed at approval: {'; '.join(lost)}"
    if context.approve == "never":
        return ""
    if marked := marked_steps(plan, context.registry):
        return "; ".join(f"step {one.step} calls {one.expert}, which asks first: {one.reason}" for one in marked)
    return "every plan is shown before it runs" if context.approve == "always" else ""


def waiting(log: RunLog, question: str, registry: Registry) -> Approval | None:
    """The plan of a run that nobody has decided on; None where there is none."""
    asked = log.waiting
    made = log.plan(asked.round) if asked is not None else None
    if asked is None or made is None:
        return None
    plan = Proposal.model_validate(made.proposal).plan
    return Approval(log.run_id, question, plan, asked.why, marked_steps(plan, registry))


async def decide(approve: Approver, context: Context) -> tuple[str, ...] | None:
    """Ask the user of the plan that waits, and log what is said.

    An edit that cannot run is given back with what is wrong with it, a bounded number of times. The time that it takes
    is not the run's.

    Returns:
        None once the user has decided; else what is wrong with the last edit, which may be nothing.

    Raises:
        UsageError: nothing waits, or what came back is no decision.
    """
    asked, waits = context.log.waiting, waiting(context.log, context.question, context.registry)
    if asked is None or waits is None:
        raise UsageError(f"run {context.log.run_id} has no plan that waits for approval")
    approval = waits
    for _ in range(ROUNDS):
        began = time.monotonic()
        decision = await _asked(approve, approval)
        context.began += time.monotonic() - began
        match decision:
            case Undecided():
                return approval.findings
            case Rejected():
                context.log.emit(ApprovalGiven, round=asked.round, verdict="rejected", reason=decision.reason.strip())
                return None
            case Approved():
                try:
                    edit = edit_of(approval.plan, decision.plan, context.registry, context.budget)
                except PlanRejected as error:
                    approval = replace(approval, findings=tuple(error.findings), tried=decision.plan)
                    said = {"round": asked.round, "why": asked.why, "marked": asked.marked}
                    context.log.emit(ApprovalAsked, **said, findings=approval.findings)
                    continue
                _log_approved(edit, context, asked)
                return None
    return approval.findings


def _log_approved(edit: Edit, context: Context, asked: ApprovalAsked) -> None:
    if edit.changes:
        plan = edit.plan.model_dump(mode="json")
        context.log.emit(ApprovalGiven, round=asked.round, verdict="edited", plan=plan, changes=edit.changes)
    else:
        context.log.emit(ApprovalGiven, round=asked.round, verdict="approved")


async def _asked(approve: Approver, approval: Approval) -> Decision:
    def work(_: threading.Event) -> Decision | Awaitable[Decision]:
        return approve(approval)

    made = approve(approval) if inspect.iscoroutinefunction(approve) else await in_thread(work)
    decision = await made if inspect.isawaitable(made) else made
    if not isinstance(decision, Approved | Rejected | Undecided):
        raise UsageError(f"approve gave {decision!r}; it gives Approved(plan), Rejected(reason) or Undecided()")
    return decision
