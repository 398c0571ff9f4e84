"""Reflection accepts, repairs once, asks or refuses."""

from __future__ import annotations

from typing import Annotated, Any

import pytest
import toys as t

from collegia.agents.dispatch import dispatch
from collegia.agents.log import RunLog
from collegia.agents.plan import Plan
from collegia.agents.reflect import Judgement, judge, unmatched
from collegia.tools import Range, expert
from collegia.tools.registry import Registry


async def judged(
    plan: Plan, *, registry: Registry | None = None, seconds: float = 60.0, may_repair: bool = True
) -> Judgement:
    registry = registry or t.registry()
    ends = await dispatch(plan, registry, RunLog("r"), seconds=seconds)
    return judge(plan, registry, ends, may_repair=may_repair)


def both(name: str, *asks: Any) -> Plan:
    """One step that works and one that is named."""
    return t.plan(t.step("s1", "double", length=t.given(2.0)), t.step("s2", name, length=t.given(2.0)), asks=asks)


GOOD, BAD = t.asked("s1", "size"), t.asked("s2", "weight_kind", name="weight")


async def test_what_is_all_there_is_accepted() -> None:
    assert await judged(t.three_steps()) == Judgement("accept", "answered")


async def test_a_failure_is_sent_back_once_without_the_expert_that_failed() -> None:
    verdict = await judged(both("empty_handed", GOOD, BAD))
    assert (verdict.verdict, verdict.status, verdict.failed) == ("repair", "partial", ("empty_handed",))
    assert verdict.findings == ("weight could not be had: no data on blorp",)


async def test_after_the_repair_what_there_is_is_accepted() -> None:
    assert (await judged(both("empty_handed", GOOD, BAD), may_repair=False)).verdict == "accept"


def test_a_part_of_one_plan_stands_for_one_part_of_another() -> None:
    thick, other = t.asked("s1", "size", name="thickness"), t.asked("s9", "small_size", name="thickness")
    assert unmatched((GOOD, BAD), (BAD, GOOD)) == ()
    assert unmatched((GOOD, BAD), (GOOD,)) == (BAD,)
    assert unmatched((thick,), (other,)) == ()  # the name, in a kind of another expert
    assert unmatched((thick, GOOD), (GOOD,)) == (thick,)
    assert unmatched((GOOD, GOOD), (GOOD,)) == (GOOD,)
    assert unmatched((GOOD,), (GOOD, BAD)) == ()


async def test_without_any_asked_value_it_is_an_error() -> None:
    assert (await judged(both("broken", BAD), may_repair=False)).status == "error"


async def test_a_step_that_was_not_asked_for_may_fail_and_is_warned_of() -> None:
    verdict = await judged(both("broken", GOOD))
    assert (verdict.verdict, verdict.status) == ("accept", "answered")
    assert verdict.warnings == ("broken failed: float division by zero",)


@pytest.mark.parametrize("asks", [(GOOD, BAD), (GOOD,), (BAD,)])
async def test_an_impossible_state_refuses_everything(asks: Any) -> None:
    verdict = await judged(both("refuses", *asks))
    assert (verdict.verdict, verdict.status) == ("refuse", "refuse_out_of_range")
    assert verdict.findings == ("a size of 2 m cannot exist",)


async def test_an_ambiguous_name_asks_back() -> None:
    verdict = await judged(both("unsure", GOOD, BAD))
    assert (verdict.verdict, verdict.findings) == ("clarify", ("which stuff is meant: ab or cd?",))


async def test_a_refusal_goes_before_a_question_back() -> None:
    plan = t.plan(t.step("s1", "unsure", length=t.given(2.0)), t.step("s2", "refuses", length=t.given(2.0)), asks=[BAD])
    assert (await judged(plan)).verdict == "refuse"


async def test_time_that_is_spent_is_not_repaired() -> None:
    plan = t.plan(t.step("s2", "sleep_sync", length=t.given(3.0)), asks=[t.asked("s2", "size")])
    verdict = await judged(plan, seconds=0.05)
    assert (verdict.verdict, verdict.status) == ("accept", "error")
    assert "did not finish within" in verdict.findings[0]


async def test_a_skipped_value_is_told_with_the_failure_at_its_root() -> None:
    plan = t.plan(
        t.step("s1", "broken", length=t.given(1.0)),
        t.step("s2", "add", left=t.of("s1", "weight_kind"), right=t.of("s1", "weight_kind")),
        t.step("s3", "add", left=t.of("s2", "weight_kind"), right=t.of("s2", "weight_kind")),
        asks=[t.asked("s3", "weight_kind", name="weight")],
    )
    verdict = await judged(plan)
    assert verdict.findings == ("weight could not be had: float division by zero",)
    assert verdict.failed == ("broken",)


async def test_an_optional_output_that_is_asked_and_not_there_is_missing() -> None:
    plan = t.plan(t.step("s1", "split", what=t.given("abcd", "")), asks=[t.asked("s1", "rest")])
    verdict = await judged(plan, may_repair=False)
    assert verdict.findings == ("rest could not be had: split gave no rest for these inputs",)


async def test_an_asked_entry_that_a_mapping_does_not_hold_is_missing() -> None:
    plan = t.plan(t.step("s1", "split", what=t.given("abcd", "")), asks=[t.asked("s1", "shares", key="xy")])
    verdict = await judged(plan, may_repair=False)
    assert verdict.findings == ("shares could not be had: split gave no shares of xy for these inputs",)


async def test_an_output_outside_its_declared_range_refuses_or_warns_as_the_card_says() -> None:
    fine, odd, impossible = (
        t.plan(t.step("s1", "chatty", length=t.given(value)), asks=[GOOD]) for value in (10.0, 2000.0, 2e6)
    )
    assert (await judged(fine)).warnings == ()
    warned = await judged(odd)
    assert warned.status == "answered"
    assert warned.warnings == ("size came out as 2000 m, outside what chatty holds for: it must be < 1000",)
    assert (await judged(impossible)).status == "refuse_out_of_range"


async def test_each_entry_of_a_mapping_is_held_to_the_range() -> None:
    @expert
    def shares(what: Annotated[str, t.stuff]) -> Annotated[dict[str, float], t.share, Range(ge=0, le=1)]:
        """Shares."""
        return {"ab": 0.2, "cd": 1.2}

    plan = t.plan(t.step("s1", "shares", what=t.given("x", "")), asks=[t.asked("s1", "share")])
    assert (await judged(plan, registry=t.registry(shares))).verdict == "refuse"


def test_a_judgement_survives_storing() -> None:
    verdict = Judgement("repair", "partial", ("a",), ("b",), ("c",))
    assert Judgement.from_dict(verdict.to_dict()) == verdict
