"""The nodes of the graph, and what they work with.

The state is plain data and small: what a node must know of the past it asks the run's log. So every node may run
twice, and a killed run goes through its plans and finished steps again without planning or calling anything.
"""

from __future__ import annotations

import asyncio
import inspect
import threading
import time
from collections.abc import Awaitable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import Any, Literal, Protocol, TypedDict

from collegia.agents.answer import Findings, answer
from collegia.agents.approval.bindings import as_approved
from collegia.agents.approval.deciding import why_asked
from collegia.agents.approval.node import approval
from collegia.agents.check import check, findings
from collegia.agents.dispatch import dispatch
from collegia.agents.log import Outcome, RunLog
from collegia.agents.modelled.desk import Desk
from collegia.agents.modelled.results import in_results
from collegia.agents.modelled.speakers import Speakers, Spoken
from collegia.agents.modelled.writing import in_words_of_a_model
from collegia.agents.plan import Missing, Plan, Proposal
from collegia.agents.reflect import Judgement, Status, asked_value, dropped, judge, unplanned
from collegia.agents.result import Result, Usage
from collegia.agents.workers import in_thread
from collegia.errors import OutOfRange, PlanRejected, StoreError
from collegia.events import PlanMade, Reflected, StepFinished
from collegia.events import PlanRejected as PlanRejectedEvent
from collegia.settings import Budget
from collegia.tools.models.meter import Meter
from collegia.tools.registry import Registry

__all__ = [
    "Context",
    "Planner",
    "State",
    "after_answer",
    "after_check",
    "after_plan",
    "after_reflect",
    "nodes",
    "start",
]


class Planner(Protocol):
    """What proposes a plan.

    `plan` may be a coroutine function. It may take `avoid: frozenset[str]` too: experts that have failed and are not
    to be used again. A planner whose `plan` does not take it is not asked for repairs.
    """

    def plan(self, question: str, registry: Registry, answers: Sequence[str] = ()) -> Proposal | Awaitable[Proposal]:
        """Propose a plan for a question; `answers` are what the user said to questions back, in order."""
        ...


class State(TypedDict, total=False):
    """What goes from node to node: plain data only.

    `before` is what a repair set out from: its round, proposal and judgement. `waits` is whether the plan is to be
    approved before it runs.
    """

    answers: list[str]
    round: int
    avoid: list[str]
    proposal: dict[str, Any] | None
    judgement: dict[str, Any] | None
    before: dict[str, Any] | None
    waits: bool


@dataclass
class Context:
    """What the nodes work with; made anew in each process and never stored."""

    question: str
    planner: Planner
    registry: Registry
    log: RunLog
    budget: Budget
    max_concurrency: int = 16
    approve: Literal["never", "marked", "always"] = "never"
    notes: tuple[str, ...] = ()
    speakers: Speakers | None = None
    desk: Desk | None = None
    meter: Meter = field(default_factory=Meter)
    began: float = field(default_factory=time.monotonic)
    ends: dict[int, dict[str, Outcome]] = field(default_factory=dict)
    result: Result | None = None
    _read: tuple[Any, Proposal] | None = field(default=None, repr=False)

    def proposal(self, said: Any) -> Proposal:
        """The proposal that plain data says; the one that was read last is kept, since each node asks for it."""
        if self._read is None or self._read[0] is not said:
            self._read = said, Proposal.model_validate(said)
        return self._read[1]

    def ended(self, round_: int) -> Mapping[str, Outcome]:
        """How the steps of a round ended, in this process or before."""
        return self.ends.get(round_) or self.log.ends(round_)

    @property
    def seconds_left(self) -> float:
        """What is left of the budget's time."""
        return self.budget.max_seconds - (time.monotonic() - self.began)

    def usage(self, ends: Mapping[str, Outcome]) -> Usage:
        """What the run took so far."""
        finished = [end for end in ends.values() if isinstance(end, StepFinished)]
        return Usage(
            steps=len(finished),
            seconds=time.monotonic() - self.began,
            planning_seconds=self.log.planning_seconds,
            expert_seconds=sum(end.seconds for end in finished),
            model_calls=self.meter.calls,
            tokens_read=self.meter.read,
            tokens_written=self.meter.written,
            cost=None if self.meter.unpriced else self.meter.cost,
        )


def start(log: RunLog) -> State:
    """The state a run begins with, or goes on with.

    It goes on with the first plan that knows all the user has answered: from there the log leads through what has
    happened, repairs included.
    """
    first = log.first_round(len(log.answers))
    round_ = log.last_round + 1 if first is None else first
    return State(answers=list(log.answers), round=round_, avoid=[], proposal=None, judgement=None, before=None)


async def _plan(state: State, runtime: Any) -> State:
    """Propose: from the log if this round was planned before, by the planner otherwise."""
    context: Context = runtime.context
    made = context.log.plan(state["round"])
    if made is None:
        began = time.perf_counter()
        try:
            proposal = await _propose(context, state)
        except Exception as error:  # noqa: BLE001  # a planner is anyone's code: the user is told, and the run is stored
            return _without_plan(state, unplanned(error))
        if state.get("before") and proposal.status != "plan" and not _worth_asking(state, proposal):
            return _without_plan(state, None)
        made = context.log.emit(
            PlanMade,
            round=state["round"],
            answers=len(state["answers"]),
            proposal=proposal.model_dump(mode="json"),
            seconds=time.perf_counter() - began,
        )
    said = dict(made.proposal)
    proposal = context.proposal(said)
    judgement = None
    if proposal.status == "clarify":
        before = state.get("before")
        reasons = tuple(before["judgement"]["findings"]) if before else ()
        judgement = Judgement("clarify", "clarify", (*reasons, *([proposal.message] if proposal.message else ())))
    elif proposal.status == "out_of_domain":
        judgement = Judgement("refuse", "out_of_domain", (proposal.message,) if proposal.message else ())
    return State(proposal=said, judgement=judgement.to_dict() if judgement else None)


async def _propose(context: Context, state: State) -> Proposal:
    plan = context.planner.plan
    extra: dict[str, Any] = {"avoid": frozenset(state["avoid"])} if state["avoid"] else {}

    def work(_: threading.Event | None = None) -> Proposal | Awaitable[Proposal]:
        return plan(context.question, context.registry, tuple(state["answers"]), **extra)

    async with asyncio.timeout(context.seconds_left):
        made = work() if inspect.iscoroutinefunction(plan) else await in_thread(work)
        return await made if inspect.isawaitable(made) else made


def _worth_asking(state: State, proposal: Proposal) -> bool:
    """Whether a repair that ends without a plan says more than what was had: only where nothing was.

    Where documents held nothing, what the other experts lack or lie outside of is the better word.
    """
    before = state["before"]
    had = "" if before is None else before["judgement"]["status"]
    return had == "out_of_domain" or (had == "error" and proposal.status == "clarify")


def _without_plan(state: State, judgement: Judgement | None) -> State:
    """Go to the answer with what was before the repair; without one, with this judgement."""
    if before := state.get("before"):
        return State(round=before["round"], proposal=before["proposal"], judgement=before["judgement"], before=None)
    return State(proposal=None, judgement=judgement.to_dict() if judgement else None)


async def _check(state: State, runtime: Any) -> State:
    """Pass a sound plan; send one with faults back, once, with the experts that they lie in."""
    context: Context = runtime.context
    plan = _plan_of(state, context)
    try:
        check(plan, context.registry, context.budget)
    except PlanRejected as rejected:
        found = tuple(rejected.findings)
        context.log.emit(PlanRejectedEvent, round=state["round"], findings=found)
        lying = {one.step for one in findings(plan, context.registry, context.budget)}
        failed = tuple(sorted({step.expert for step in plan.steps if step.id in lying}))
        judgement = Judgement("accept", "error", ("no sound plan was found", *found), failed=failed)
        return _repair(state, context, judgement) if failed else State(judgement=judgement.to_dict())
    except OutOfRange as refused:
        return State(judgement=Judgement("refuse", "refuse_out_of_range", (str(refused),)).to_dict())
    return State(judgement=None, waits=bool(why_asked(plan, context, state["round"])))


async def _approve(state: State, runtime: Any) -> State:
    """Wait for the user's word; what was approved goes through the check, edited or not."""
    said = await approval(state["proposal"] or {}, state["round"], runtime.context)
    if isinstance(said, Judgement):
        return _without_plan(state, said) if state.get("before") else State(judgement=said.to_dict())
    return State(proposal=dict(said))


async def _dispatch(state: State, runtime: Any) -> State:
    """Run what is not finished yet."""
    context: Context = runtime.context
    context.ends[state["round"]] = await dispatch(
        _plan_of(state, context),
        context.registry,
        context.log,
        round_=state["round"],
        seconds=context.seconds_left,
        max_concurrency=context.max_concurrency,
    )
    return State()


async def _reflect(state: State, runtime: Any) -> State:
    """Judge; the better of a repair and what was before it stands."""
    context: Context = runtime.context
    plan, ends = _plan_of(state, context), context.ends[state["round"]]
    judgement = judge(plan, context.registry, ends, may_repair=_may_repair(state, context))
    judgement = await _reviewed(judgement, context.proposal(state["proposal"]), state["round"], context)
    context.log.emit(Reflected, round=state["round"], verdict=judgement.verdict, findings=judgement.findings)
    if judgement.verdict == "repair":
        return _repair(state, context, judgement)
    before = state.get("before")
    if before and judgement.status in ("answered", "partial", "error"):
        earlier = Proposal.model_validate(before["proposal"]).plan
        lost, instead = _dropped(state, context, plan)
        less = bool(lost) or judgement.status != "answered"
        if less and _had(earlier, context.ended(before["round"])) >= max(1, _had(plan, ends)):
            return _without_plan(state, None)
        if less and judgement.status == "answered":
            judgement = replace(judgement, status="partial")
        judgement = replace(judgement, warnings=(*judgement.warnings, *instead))
    return State(judgement=judgement.to_dict())


async def _reviewed(judgement: Judgement, proposal: Proposal, round_: int, context: Context) -> Judgement:
    """The judgement with what the reflector's model finds; how model experts did goes into their records, once."""
    spoken = Spoken()
    ends = context.ends[round_]
    said = in_results(proposal.plan, context.registry, ends)
    if judgement.verdict == "accept" and context.speakers is not None and said:
        spoken = await context.speakers.review(as_approved(context.question, proposal.plan), said)
    if context.desk is not None and not context.log.is_reflected(round_):
        context.desk.note(proposal, ends, context.registry, clean=not spoken.found)
    return replace(judgement, warnings=(*judgement.warnings, *spoken.notes))


def _dropped(state: State, context: Context, plan: Plan) -> tuple[tuple[Missing, ...], tuple[str, ...]]:
    """What the plan before a repair asked and the repair does not; see `dropped`."""
    before = state.get("before")
    if not before:
        return (), ()
    earlier = Proposal.model_validate(before["proposal"]).plan
    return dropped(earlier, context.ended(before["round"]), plan, context.ended(state["round"]))


def _had(plan: Plan, ends: Mapping[str, Outcome]) -> int:
    return sum(1 for asked in plan.asked if asked_value(asked, ends) is not None)


def _may_repair(state: State, context: Context) -> bool:
    """Once, while there is time, and only with a planner that can leave experts out."""
    if state.get("before") or context.seconds_left <= 0:
        return False
    return _can_avoid(type(context.planner))


@lru_cache(maxsize=64)
def _can_avoid(planner: type[Planner]) -> bool:
    return "avoid" in inspect.signature(planner.plan).parameters


def _repair(state: State, context: Context, judgement: Judgement) -> State:
    """Plan again without the experts that failed, in a new round."""
    if state.get("before"):
        return _without_plan(state, judgement)
    if not _can_avoid(type(context.planner)):
        return State(judgement=judgement.to_dict())
    return State(
        round=state["round"] + 1,
        avoid=sorted({*state["avoid"], *judgement.failed}),
        proposal=None,
        judgement=None,
        before={"round": state["round"], "proposal": state["proposal"], "judgement": judgement.to_dict()},
    )


async def _answer(state: State, runtime: Any) -> State:
    """Make the result, which the assistant stores."""
    context: Context = runtime.context
    proposal = context.proposal(state["proposal"]) if state["proposal"] else None
    judgement = state["judgement"]
    if judgement is None:
        raise StoreError(f"run {context.log.run_id} came to its answer without a judgement")
    ends = context.ended(state["round"])
    plan = proposal.plan if proposal and proposal.status == "plan" else None
    found = Findings(
        run_id=context.log.run_id,
        question=context.question,
        judgement=Judgement.from_dict(judgement),
        answers=tuple(state["answers"]),
        plan=plan,
        ends=ends,
        missing=(*(proposal.missing if proposal else ()), *(_dropped(state, context, plan)[0] if plan else ())),
        notes=(*context.notes, *(proposal.notes if proposal else ())),
        usage=context.usage(ends),
    )
    said = (
        in_results(plan, context.registry, ends) if plan and found.judgement.status in ("answered", "partial") else []
    )
    if said and context.speakers is not None:
        found = await in_words_of_a_model(found, said, context.speakers, context.registry, context.meter)
        found = replace(found, usage=context.usage(ends))
    context.result = answer(found, context.registry)
    if context.log.draft:
        context.log.tell_words(context.result.answer_text, checked=True)
    return State(judgement=judgement)


async def _clarify(state: State) -> State:
    """Wait for the user; this is an interrupt, and the run may wait for days."""
    from langgraph.types import interrupt

    said = interrupt({"asked": (state["judgement"] or {}).get("findings", [])})
    return State(
        answers=[*state["answers"], str(said)],
        round=state["round"] + 1,
        avoid=[],
        proposal=None,
        judgement=None,
        before=None,
    )


def _plan_of(state: State, context: Context) -> Plan:
    return context.proposal(state["proposal"]).plan


def after_plan(state: State) -> str:
    """A plan is checked; anything else is told."""
    return "answer" if state["judgement"] else "check"


def after_check(state: State) -> str:
    """A sound plan runs."""
    if state["judgement"]:
        return "answer"
    if not state["proposal"]:
        return "plan"
    return "approve" if state["waits"] else "dispatch"


def after_reflect(state: State) -> str:
    """A repair plans again."""
    return "answer" if state["judgement"] else "plan"


def after_answer(state: State) -> str:
    """A question back waits for its answer."""
    judgement: Mapping[str, Status] = state["judgement"] or {}
    return "clarify" if judgement.get("status") == "clarify" else "__end__"


nodes: Mapping[str, Any] = {
    "plan": _plan,
    "check": _check,
    "approve": _approve,
    "dispatch": _dispatch,
    "reflect": _reflect,
    "answer": _answer,
    "clarify": _clarify,
}
"""The nodes by name."""
