"""A plan that is to be approved waits, runs as the user approved it, and is asked about once."""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated, Any

import pytest
import toys as t

from collegia.agents.approval import (
    Approval,
    Approved,
    Approver,
    Decision,
    Marked,
    Rejected,
    Undecided,
    with_expert,
    with_value,
)
from collegia.agents.assistant import Assistant
from collegia.agents.graph import Checkpoints, build
from collegia.agents.plan import Plan, Proposal
from collegia.agents.result import Result
from collegia.agents.store import RunStore
from collegia.errors import UsageError
from collegia.events import ApprovalAsked, ApprovalGiven, StepStarted
from collegia.settings import Settings
from collegia.tools import expert
from collegia.tools.registry import Registry

CALLS: list[float] = []


@expert(asks_first="each call costs a florin")
def dear(length: Annotated[float, t.size]) -> Annotated[float, t.weight]:
    """Weight of a size, at a price."""
    CALLS.append(length)
    return 10 * length


@expert(asks_first="it rings a bell")
def ring(length: Annotated[float, t.size]) -> Annotated[float, t.weight]:
    """Weight of a size, loudly."""
    CALLS.append(length)
    return 20 * length


QUESTION = "how heavy is 1.5 m of it?"
DEAR = t.plan(
    t.step("s1", "double", length=t.given(1.5, "m", "1.5 m", start=13, end=18, kind="size")),
    t.step("s2", "dear", length=t.of("s1", "size")),
    asks=[t.asked("s2", "weight_kind", unit="kilogram", name="weight")],
)


@pytest.fixture(autouse=True)
def _no_calls() -> None:
    CALLS.clear()


def assistant(*plans: Plan | Proposal, approve: str = "marked", **more: Any) -> Assistant:
    """An assistant with the toys and two experts that ask first."""
    planner = more.pop("planner", None) or t.Scripted(*(plans or (DEAR,)))
    registry = t.registry(*t.FUNCTIONS, dear, ring)
    return Assistant(registry, planner=planner, settings=Settings.load(approve=approve), **more)


class Person:
    """Decides in turn as it was told to, and remembers what it was asked."""

    def __init__(self, *decisions: Any) -> None:
        self.decisions = list(decisions)
        self.asked: list[Approval] = []

    def __call__(self, approval: Approval) -> Decision:
        """The next decision; a function makes it of what is asked."""
        self.asked.append(approval)
        made = self.decisions.pop(0)
        decision: Decision = made(approval) if callable(made) else made
        return decision


def as_shown(approval: Approval) -> Decision:
    return Approved(approval.plan)


def longer(made: Assistant, text: str) -> Any:
    return lambda approval: Approved(with_value(approval.plan, made.registry, "s1", "length", text))


def kinds(made: Assistant, result: Result) -> list[str]:
    return [event.kind for event in made.events(result.run_id)]


# ── who is asked, and when ──


def test_a_plan_without_a_marked_expert_runs_unasked() -> None:
    made, person = assistant(t.three_steps()), Person()
    result = made.ask_sync("how heavy?", approve=person)
    assert (result.status, person.asked) == ("answered", [])
    assert "approval_asked" not in kinds(made, result)


def test_a_marked_expert_is_asked_about_with_its_reason_before_anything_runs() -> None:
    made, person = assistant(), Person(as_shown)
    result = made.ask_sync(QUESTION, approve=person)
    (asked,) = person.asked
    assert asked.marked == (Marked("s2", "dear", "each call costs a florin"),)
    assert asked.why == "step s2 calls dear, which asks first: each call costs a florin"
    assert (asked.plan, asked.question, asked.run_id) == (DEAR, QUESTION, result.run_id)
    assert (result.status, [one.value for one in result.quantities], CALLS) == ("answered", [30.0], [3.0])
    assert kinds(made, result)[:5] == [
        "run_started", "plan_made", "approval_asked", "approval_given", "step_started",
    ]  # fmt: skip


def test_never_asks_for_nothing_and_always_asks_for_everything() -> None:
    assert assistant(approve="never").ask_sync(QUESTION).status == "answered"
    person = Person(as_shown)
    assert assistant(t.three_steps(), approve="always").ask_sync("how heavy?", approve=person).status == "answered"
    assert person.asked[0].why == "every plan is shown before it runs"


async def test_a_coroutine_function_may_ask() -> None:
    made = assistant()
    began = made.settings.budget.max_seconds

    async def person(approval: Approval) -> Decision:
        await asyncio.sleep(0)
        return Approved(approval.plan)

    result = await made.ask(QUESTION, approve=person)
    assert (result.status, began > 0) == ("answered", True)


async def test_a_function_that_waits_for_a_person_does_not_hold_up_the_loop() -> None:
    import threading

    decided = threading.Event()

    def person(approval: Approval) -> Decision:
        assert decided.wait(10)
        return Approved(approval.plan)

    asking = asyncio.create_task(assistant().ask(QUESTION, approve=person))
    await asyncio.sleep(0.05)
    decided.set()
    assert (await asking).status == "answered"


def test_the_time_that_a_person_takes_is_not_the_budgets() -> None:
    import time

    def slow(approval: Approval) -> Decision:
        time.sleep(0.6)
        return Approved(approval.plan)

    registry = t.registry(*t.FUNCTIONS, dear)
    made = Assistant(registry, planner=t.Scripted(DEAR), settings=Settings.load(max_seconds=0.5))
    result = made.ask_sync(QUESTION, approve=slow)
    assert result.status == "answered"
    assert result.usage.seconds < 0.5


@pytest.mark.parametrize("wrong", [None, True, "yes", DEAR])
def test_what_is_no_decision_runs_nothing(wrong: object) -> None:
    result = assistant().ask_sync(QUESTION, approve=Person(wrong))
    assert (result.status, CALLS) == ("error", [])
    assert "Approved(plan), Rejected(reason) or Undecided()" in result.answer_text


def test_a_person_who_breaks_off_with_an_error_runs_nothing_and_may_be_asked_again() -> None:
    def broken(approval: Approval) -> Decision:
        raise LookupError("the dialog is gone")

    made = assistant()
    result = made.ask_sync(QUESTION, approve=broken)
    assert (result.status, CALLS) == ("error", [])
    assert made.resume_sync(result.run_id, approve=as_shown).status == "answered"


# ── nobody to ask ──


def test_with_nobody_to_ask_the_run_is_stored_and_says_what_it_waits_for() -> None:
    made = assistant()
    result = made.ask_sync(QUESTION)
    assert (result.status, result.plan, CALLS) == ("needs_approval", DEAR, [])
    assert "Step s2 calls dear, which asks first: each call costs a florin." in result.answer_text
    assert f"collegia resume {result.run_id} --approve" in result.answer_text
    assert [step.status for step in result.steps] == ["skipped", "skipped"]
    assert made.store.get(result.run_id).status == "needs_approval"
    assert made.result(result.run_id) == result


async def test_a_plan_that_waits_is_an_interrupt_in_the_checkpoint(home: Path) -> None:
    made = assistant()
    waiting = await made.ask(QUESTION)
    config = {"configurable": {"thread_id": waiting.run_id}}
    async with Checkpoints(home / "checkpoints.sqlite").open() as saver:
        stopped = await build().copy(update={"checkpointer": saver}).aget_state(config)
    assert stopped.next == ("approve",)
    assert [one.value["why"] for one in stopped.interrupts] == [
        "step s2 calls dear, which asks first: each call costs a florin"
    ]
    assert (await made.resume(waiting.run_id, approve=as_shown)).status == "answered"
    async with Checkpoints(home / "checkpoints.sqlite").open() as saver:
        done = await build().copy(update={"checkpointer": saver}).aget_state(config)
    assert done.next == ()


def test_resumed_without_a_word_it_still_waits_and_nothing_is_added_to_its_log() -> None:
    made = assistant()
    waiting = made.ask_sync(QUESTION)
    before = made.events(waiting.run_id)
    assert made.resume_sync(waiting.run_id) == waiting
    assert made.events(waiting.run_id) == before


def test_an_answer_is_no_approval() -> None:
    made = assistant()
    waiting = made.ask_sync(QUESTION)
    with pytest.raises(UsageError, match="--approve"):
        made.resume_sync(waiting.run_id, "yes")


def test_an_approved_run_plans_once_and_is_asked_about_once() -> None:
    planner = t.Scripted(DEAR)
    made = assistant(planner=planner)
    waiting = made.ask_sync(QUESTION)
    person = Person(as_shown)
    result = made.resume_sync(waiting.run_id, approve=person)
    assert (result.status, [one.value for one in result.quantities]) == ("answered", [30.0])
    assert (len(planner.calls), len(person.asked)) == (1, 1)
    assert [kind for kind in kinds(made, result) if kind.startswith("approval")] == ["approval_asked", "approval_given"]
    assert made.resume_sync(waiting.run_id, approve=person) == result


def test_a_rejected_run_has_ended() -> None:
    made = assistant()
    waiting = made.ask_sync(QUESTION)
    result = made.resume_sync(waiting.run_id, approve=Person(Rejected("too dear")))
    assert (result.status, result.answer_text) == ("rejected", "The plan was rejected before it ran: too dear.")
    assert CALLS == []
    assert made.resume_sync(waiting.run_id, approve=Person()) == result


def test_nobody_deciding_leaves_the_run_as_it_was() -> None:
    made, person = assistant(), Person(Undecided())
    waiting = made.ask_sync(QUESTION, approve=person)
    assert (waiting.status, CALLS) == ("needs_approval", [])
    again = made.resume_sync(waiting.run_id, approve=Person(Undecided()))
    assert (again.status, again.plan) == ("needs_approval", DEAR)
    assert made.resume_sync(waiting.run_id, approve=as_shown).status == "answered"


def test_it_waits_in_the_log_where_no_checkpoints_are_kept(home: Path) -> None:
    made = assistant(store=RunStore.in_memory())
    waiting = made.ask_sync(QUESTION)
    assert waiting.status == "needs_approval"
    assert made.resume_sync(waiting.run_id, approve=as_shown).status == "answered"
    assert made.ask_sync(QUESTION, approve=as_shown).status == "answered"
    assert not (home / "checkpoints.sqlite").exists()


def test_a_lost_file_of_checkpoints_loses_nothing(home: Path) -> None:
    made = assistant()
    waiting = made.ask_sync(QUESTION)
    made.close()
    (home / "checkpoints.sqlite").unlink()
    again = assistant()
    assert again.resume_sync(waiting.run_id, approve=as_shown).status == "answered"
    assert [kind for kind in kinds(again, waiting) if kind.startswith("approval")] == [
        "approval_asked",
        "approval_given",
    ]


def test_a_run_keeps_the_setting_that_it_was_asked_under(home: Path) -> None:
    class Stop(BaseException):
        pass

    class Dying(RunStore):
        def append(self, *events: Any) -> None:
            super().append(*events)
            if events[-1].kind == "plan_made":
                raise Stop

    with pytest.raises(Stop):
        assistant(t.three_steps(), approve="always", store=Dying(home / "runs.sqlite")).ask_sync("how heavy?")
    made = assistant(t.three_steps(), approve="never")
    assert made.resume_sync(made.runs()[0].run_id).status == "needs_approval"


# ── killed at any event ──


class Stop(BaseException):
    """Stands for the end of the process."""


class Dying(RunStore):
    """A store whose process dies right before or after its n-th event."""

    def __init__(self, path: Path, at: int, *, after: bool) -> None:
        super().__init__(path)
        self.left, self.after = at, after

    def append(self, *events: Any) -> None:
        self.left -= 1
        if self.left >= 0:
            super().append(*events)
        else:
            if self.after:
                super().append(*events)
            raise Stop


WHOLE_LENGTH = 10
"""Events of an approved run, from run_started to run_finished."""


def test_the_run_that_is_killed_below_has_as_many_events_as_are_tried() -> None:
    made = assistant()
    result = made.ask_sync(QUESTION, approve=longer(made, "2 m"))
    assert len(made.events(result.run_id)) == WHOLE_LENGTH


@pytest.mark.parametrize("after", [False, True], ids=["before", "after"])
@pytest.mark.parametrize("at", range(WHOLE_LENGTH))
def test_an_edited_run_that_dies_at_any_event_runs_what_was_approved(home: Path, at: int, *, after: bool) -> None:
    whole = assistant(store=RunStore.in_memory())
    expected = whole.ask_sync(QUESTION, approve=longer(whole, "2 m"))
    dying = assistant(store=Dying(home / "runs.sqlite", at, after=after))
    with pytest.raises(Stop):
        dying.ask_sync(QUESTION, approve=longer(dying, "2 m"))
    planner = t.Scripted(DEAR)
    made = assistant(planner=planner)
    (record,) = made.runs()
    result = made.resume_sync(record.run_id, approve=longer(made, "2 m"))
    assert (result.status, result.quantities, result.plan) == ("answered", expected.quantities, expected.plan)
    given = [event for event in made.events(record.run_id) if isinstance(event, ApprovalGiven)]
    started = [event.expert for event in made.events(record.run_id) if isinstance(event, StepStarted)]
    assert len(given) == 1
    assert [event.verdict for event in given] == ["edited"]
    assert len(planner.calls) == (1 if at < 1 or (at == 1 and not after) else 0)
    assert set(started) == {"double", "dear"}


# ── edits ──


def test_an_edited_value_is_the_users_at_approval_in_result_evidence_and_replay() -> None:
    made = assistant()
    result = made.ask_sync(QUESTION, approve=longer(made, "200 cm"))
    assert [one.value for one in result.quantities] == [40.0]
    assert "changed at approval: size 200 cm instead of “1.5 m”, in s1.length" in result.assumptions
    assert result.steps[0].evidence["length"] == {
        "origin": "approval", "text": "200 cm", "source": "instead of “1.5 m”",
    }  # fmt: skip
    assert [(one.origin, one.text) for one in result.evidence("weight").leaves()] == [("approval", "200 cm")]
    assert result.plan is not None
    assert result.plan.steps[0].arguments["length"].model_dump()["value"] == 2.0
    (given,) = [event for event in made.events(result.run_id) if isinstance(event, ApprovalGiven)]
    assert given.changes == ("size 200 cm instead of “1.5 m”, in s1.length",)
    assert Plan.model_validate(given.plan) == result.plan
    assert made.replay_sync(result.run_id, approved=True).same
    with pytest.raises(UsageError, match="dear asks first"):
        made.replay_sync(result.run_id)


def test_another_expert_runs_in_the_place_of_the_one_shown() -> None:
    made = assistant()
    result = made.ask_sync(
        QUESTION, approve=lambda asked: Approved(with_expert(asked.plan, made.registry, "s2", "weigh"))
    )
    assert ([step.expert for step in result.steps], CALLS) == (["double", "weigh"], [])
    assert [one.value for one in result.quantities] == [9.0]
    assert "changed at approval: step s2 calls weigh instead of dear" in result.assumptions


def test_an_edit_outside_validity_is_told_back_and_nothing_runs() -> None:
    made = assistant()
    person = Person(longer(made, "-2 m"), longer(made, "2 m"))
    result = made.ask_sync(QUESTION, approve=person)
    assert (result.status, CALLS) == ("answered", [4.0])
    first, second = person.asked
    assert (first.findings, first.tried) == ((), None)
    assert ["outside the validity of double" in one for one in second.findings] == [True]
    assert second.plan == DEAR, "edits set out from the plan that was shown"
    assert second.tried is not None
    asked = [event for event in made.events(result.run_id) if isinstance(event, ApprovalAsked)]
    assert [event.findings for event in asked] == [(), second.findings]


def test_an_edit_that_never_passes_leaves_the_run_waiting_and_says_why() -> None:
    made = assistant()
    person = Person(*[longer(made, "-2 m")] * 9)
    result = made.ask_sync(QUESTION, approve=person)
    assert (result.status, len(person.asked), CALLS) == ("needs_approval", 5, [])
    assert any("outside the validity of double" in one for one in result.warnings)
    assert result.plan == DEAR


def forged(change: str) -> Plan:
    """A plan that is no edit of the one shown."""
    first, second = DEAR.steps
    match change:
        case "a value in silence":
            return DEAR.model_copy(update={"steps": (t.step("s1", "double", length=t.given(9.0)), second)})
        case "a value that the words do not say":
            said = t.given(9.0, "m", "2 m", kind="size", instead_of="“1.5 m”")
            return DEAR.model_copy(update={"steps": (t.step("s1", "double", length=said), second)})
        case "a step more":
            return DEAR.model_copy(update={"steps": (*DEAR.steps, t.step("s9", "double", length=t.of("s1", "size")))})
        case "an expert with an argument of its own":
            other = t.step("s2", "weigh", length=t.given(7.0), factor=t.given(2.0, ""))
            return DEAR.model_copy(update={"steps": (first, other)})
        case _:
            return DEAR.model_copy(update={"asked": (t.asked("s1", "size", name="weight"),)})


@pytest.mark.parametrize(
    "change",
    [
        "a value in silence", "a value that the words do not say", "a step more",
        "an expert with an argument of its own", "another question",
    ],
)  # fmt: skip
def test_what_is_no_edit_is_told_back_and_never_runs(change: str) -> None:
    person = Person(Approved(forged(change)), Undecided())
    result = assistant().ask_sync(QUESTION, approve=person)
    assert (result.status, CALLS) == ("needs_approval", [])
    assert person.asked[1].findings


def test_a_new_name_for_what_is_asked_changes_nothing() -> None:
    renamed = DEAR.model_copy(update={"asked": (DEAR.asked[0].model_copy(update={"name": "colour"}),)})
    made = assistant()
    result = made.ask_sync(QUESTION, approve=Person(Approved(renamed)))
    assert [one.name for one in result.quantities] == ["weight"]
    (given,) = [event for event in made.events(result.run_id) if isinstance(event, ApprovalGiven)]
    assert given.verdict == "approved"


# ── plans after the first ──


class ByAvoid(t.Scripted):
    """One plan, and another where experts are to be avoided."""

    def __init__(self, first: Plan, second: Plan) -> None:
        super().__init__(first)
        self.second = t.proposed(second)

    def plan(
        self, question: str, registry: Registry, answers: Sequence[str] = (), avoid: frozenset[str] = frozenset()
    ) -> Proposal:
        made = super().plan(question, registry, answers, avoid)
        return self.second if avoid else made


def repaired(first: str, second: str) -> ByAvoid:
    def of(name: str) -> Plan:
        return t.plan(
            t.step("s1", "double", length=t.given(1.5, "m", "1.5 m", start=13, end=18, kind="size")),
            t.step("s2", name, length=t.of("s1", "size")),
            t.step("s3", "double", length=t.of("s1", "size")),
            asks=[t.asked("s2", "weight_kind", name="weight"), t.asked("s3", "size", name="size")],
        )

    return ByAvoid(of(first), of(second))


@pytest.mark.parametrize("kept", [True, False], ids=["with checkpoints", "without"])
def test_a_repair_that_calls_a_marked_expert_waits_though_the_first_plan_did_not(kept: bool) -> None:
    store = None if kept else RunStore.in_memory()
    made = assistant(planner=repaired("empty_handed", "dear"), store=store)
    waiting = made.ask_sync(QUESTION)
    assert (waiting.status, CALLS) == ("needs_approval", [])
    result = made.resume_sync(waiting.run_id, approve=as_shown)
    assert (result.status, CALLS) == ("answered", [3.0])
    started = [event.expert for event in made.events(result.run_id) if isinstance(event, StepStarted)]
    assert started.count("double") == 2, "what finished before it waited is not started again"
    if kept:
        assert started.count("empty_handed") == 1, "nor what failed"


def test_a_repair_that_is_rejected_leaves_what_was_had() -> None:
    made = assistant(planner=repaired("empty_handed", "dear"))
    result = made.ask_sync(QUESTION, approve=Person(Rejected("no")))
    assert (result.status, [one.name for one in result.quantities], CALLS) == ("partial", ["size"], [])


def test_a_plan_made_after_an_edited_one_is_asked_about_since_it_lacks_the_edit() -> None:
    made = assistant(planner=repaired("empty_handed", "weigh"), approve="always")
    person = Person(longer(made, "2 m"), Undecided())
    result = made.ask_sync(QUESTION, approve=person)
    assert (result.status, len(person.asked)) == ("needs_approval", 2)
    assert person.asked[1].why == (
        "this plan was made anew, without what was changed at approval: size 2 m instead of “1.5 m”, in s1.length"
    )


def test_an_approval_is_for_one_plan() -> None:
    approve: Approver = Person(as_shown, Undecided())
    made = assistant(planner=repaired("broken", "dear"), approve="always")
    result = made.ask_sync(QUESTION, approve=approve)
    assert (result.status, CALLS) == ("needs_approval", [])


def test_the_checkpoint_of_a_plan_that_waits_holds_plain_data_only(home: Path) -> None:
    assistant().ask_sync(QUESTION)
    with sqlite3.connect(home / "checkpoints.sqlite") as db:
        blobs = [row[0] for row in db.execute("SELECT checkpoint FROM checkpoints UNION SELECT value FROM writes")]
    db.close()
    assert blobs
    assert not any(b"collegia.agents" in blob for blob in blobs)
