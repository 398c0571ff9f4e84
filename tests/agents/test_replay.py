"""A replay gives the same numbers, or shows the difference."""

from __future__ import annotations

from typing import Annotated, Any

import pytest
import toys as t

from collegia.agents.assistant import Assistant
from collegia.agents.plan import Missing
from collegia.agents.replay import Difference
from collegia.agents.result import Result
from collegia.errors import PlanRejected, UsageError
from collegia.tools import expert


def ask(made: Assistant) -> Result:
    return made.ask_sync("how heavy?")


def test_the_same_plan_gives_the_same_numbers_and_stores_nothing() -> None:
    made = Assistant(t.registry(), planner=t.Scripted(t.three_steps()))
    run_id = ask(made).run_id
    before = made.events(run_id)
    found = made.replay_sync(run_id)
    assert (found.same, found.steps, found.differences) == (True, 3, ())
    assert made.events(run_id) == before
    assert len(made.runs()) == 1


def test_an_expert_that_gives_another_number_is_shown_with_both() -> None:
    Assistant(t.registry(), planner=t.Scripted(t.three_steps())).ask_sync("how heavy?")

    @expert
    def double(length: Annotated[float, t.size]) -> Annotated[float, t.size]:
        """Not quite twice."""
        return 2.0000000001 * length

    changed = Assistant(t.registry(double, t.weigh, t.add))
    found = changed.replay_sync(changed.runs()[0].run_id)
    assert not found.same
    assert [(one.step, one.output) for one in found.differences] == [
        ("s1", "size"), ("s2", "weight_kind"), ("s3", "weight_kind"),
    ]  # fmt: skip
    assert (found.differences[0].before, found.differences[0].now) == (3.0, 3.00000000015)


def half(name: str) -> Any:
    return t.plan(
        t.step("s1", "double", length=t.given(2.0)),
        t.step("s2", name, length=t.given(2.0)),
        asks=[t.asked("s1", "size")],
    )


def test_a_step_that_fails_again_is_no_difference_and_one_that_fails_now_is() -> None:
    made = Assistant(t.registry(), planner=t.Unbending(half("broken")))
    assert made.replay_sync(ask(made).run_id).same

    @expert
    def broken(length: Annotated[float, t.size]) -> Annotated[float, t.weight]:
        """Work now."""
        return length

    mended = Assistant(t.registry(t.double, broken))
    (found,) = mended.replay_sync(mended.runs()[0].run_id).differences
    assert found == Difference("s2", "broken", "", "failed: float division by zero", {"weight_kind": 2.0})


def test_a_step_that_finished_and_fails_now_is_shown() -> None:
    run_id = ask(Assistant(t.registry(), planner=t.Scripted(half("weigh")))).run_id

    @expert
    def weigh(length: Annotated[float, t.size]) -> Annotated[float, t.weight]:
        """Fail now."""
        raise ValueError("gone")

    (found,) = Assistant(t.registry(t.double, weigh)).replay_sync(run_id).differences
    assert (found.before, found.now) == ({"weight_kind": 6.0}, "failed: gone")


def test_a_repaired_run_is_replayed_by_the_plan_that_answered() -> None:
    repaired = Assistant(t.registry(), planner=t.Scripted(
        t.plan(t.step("s1", "empty_handed", length=t.given(1.0)), asks=[t.asked("s1", "weight_kind")]), t.three_steps()
    ))  # fmt: skip
    found = repaired.replay_sync(ask(repaired).run_id)
    assert (found.same, found.steps) == (True, 3)


def test_a_plan_whose_expert_is_gone_is_rejected() -> None:
    run_id = ask(Assistant(t.registry(), planner=t.Scripted(t.three_steps()))).run_id
    with pytest.raises(PlanRejected, match="no expert 'weigh'"):
        Assistant(t.registry(t.double, t.add)).replay_sync(run_id)


@pytest.mark.parametrize(
    "proposal",
    [t.clarify(Missing(name="flow", kind="flow")), t.Proposal(status="out_of_domain"), half("conjure")],
    ids=["clarify", "out of domain", "rejected"],
)
def test_a_run_that_called_no_expert_has_nothing_to_replay(proposal: Any) -> None:
    made = Assistant(t.registry(), planner=t.Unbending(proposal))
    with pytest.raises(UsageError, match="called no expert"):
        made.replay_sync(ask(made).run_id)
