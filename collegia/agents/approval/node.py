"""The step of the graph between check and dispatch, and taking a run through it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from collegia.agents.answer import Findings, answer
from collegia.agents.approval.deciding import decide, marked_steps, why_asked
from collegia.agents.approval.types import Approver
from collegia.agents.plan import Proposal
from collegia.agents.reflect import Judgement
from collegia.errors import StoreError
from collegia.events import ApprovalAsked

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from collegia.agents.nodes import Context

__all__ = ["after_approve", "approval", "run_with_approval"]


async def approval(proposal: Mapping[str, Any], round_: int, context: Context) -> Mapping[str, Any] | Judgement:
    """What is to run of a plan that waits for the user's word.

    Until there is one, this is an interrupt, and the run may wait for days; its result says so meanwhile.

    Returns:
        The proposal, with the edited plan where it was edited; a judgement where it was rejected.
    """
    from langgraph.types import interrupt

    if context.log.approval(round_) is None:
        _tell(proposal, round_, context)
        interrupt({"round": round_, "why": why_asked(Proposal.model_validate(proposal).plan, context, round_)})
    given, made = context.log.approval(round_), context.log.plan(round_)
    if given is None or made is None:
        raise StoreError(f"run {context.log.run_id} went on without a word on its plan")
    if given.verdict == "rejected":
        return Judgement("refuse", "rejected", (given.reason,) if given.reason else ())
    return made.proposal


def after_approve(state: Mapping[str, Any]) -> str:
    """What was approved is checked; a plan that was rejected is told."""
    return "answer" if state["judgement"] else "check"


def _tell(proposal: Mapping[str, Any], round_: int, context: Context) -> None:
    """Log that the user is asked, and make the result of a run that waits."""
    said = Proposal.model_validate(proposal)
    why = why_asked(said.plan, context, round_)
    marked = tuple(vars(one) for one in marked_steps(said.plan, context.registry))
    if context.log.waiting is None:
        context.log.emit(ApprovalAsked, round=round_, why=why, marked=marked)
    found = Findings(
        run_id=context.log.run_id,
        question=context.question,
        judgement=Judgement("clarify", "needs_approval", (why,)),
        answers=tuple(context.log.answers),
        plan=said.plan,
        notes=(*context.notes, *said.notes),
        usage=context.usage({}),
    )
    context.result = answer(found, context.registry)


async def run_with_approval(
    context: Context, run: Callable[[], Awaitable[None]], approve: Approver | None = None
) -> None:
    """Take a run to its result, or to a plan that nobody decides on; each plan that waits is asked about.

    Args:
        context: of the run.
        run: takes it through the graph, until it ends or waits.
        approve: asks the user; None where there is nobody to ask.

    Raises:
        UsageError: what `approve` gave is no decision.
        StoreError: the log or the checkpoints cannot be written.
    """
    asking = approve
    while True:
        undecided: tuple[str, ...] = ()
        if asking is not None and context.log.waiting is not None:
            said = await decide(asking, context)
            if said is not None:
                undecided, asking = said, None
        if asking is not None or context.result is None:
            await run()
        if asking is None or context.log.waiting is None:
            break
    if undecided and context.result is not None:
        warnings = (*context.result.warnings, *(f"the edited plan cannot run: {one}" for one in undecided))
        context.result = context.result.model_copy(update={"warnings": warnings})
