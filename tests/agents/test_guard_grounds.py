"""All values of a run are grounds for what is written about it, and nothing else is."""

from __future__ import annotations

import pytest
import toys as t

from collegia.agents.assistant import Assistant
from collegia.agents.guard import Grounds, guard
from collegia.agents.guard_grounds import grounds_of
from collegia.agents.plan import Plan


async def grounds(plan: Plan, question: str, *texts: str) -> Grounds:
    result = await Assistant(t.registry(), planner=t.Scripted(plan)).ask(question)
    return grounds_of(result, t.registry(), texts)


async def strays(text: str, *texts: str) -> list[str]:
    made = await grounds(t.three_steps(), "weight of 1.5 m blorp?", *texts)
    return [one.text for one in guard(text, made).strays]


async def test_what_was_asked_what_lies_between_and_what_was_stated_may_be_said() -> None:
    said = "A blorp of 150 cm, doubled to 3 m, weighs 18 kg (18000 g), of which half is 9 kg."
    assert await strays(said) == []
    assert await strays("A blorp of 1.6 m weighs 19 kg.") == ["1.6 m", "19 kg"]


async def test_an_uncertainty_on_a_card_may_be_said() -> None:
    assert await strays("It may be off by 5 %.") == []
    assert await strays("It may be off by 6 %.") == ["6 %"]


async def test_further_texts_may_be_repeated() -> None:
    assert await strays("The blorp is 7 days old.") == ["7 days"]
    assert await strays("The blorp is 7 days old.", "It was caught seven days ago.") == []


@pytest.mark.parametrize(("name", "said", "marked"), [("heat", "36.85 °C", "310 °C"), ("cool", "10 °C", "-263.15 °C")])
async def test_a_card_tells_points_from_differences(name: str, said: str, marked: str) -> None:
    inputs = {
        "heat": {"start": t.given(300.0, "K"), "rise": t.given(10.0, "K")},
        "cool": {"first": t.given(310.0, "K"), "last": t.given(320.0, "K")},
    }[name]
    kind = {"heat": "warmth", "cool": "warming"}[name]
    plan = t.plan(t.step("s1", name, **inputs), asks=[t.asked("s1", kind)])
    made = await grounds(plan, "how warm?")
    assert [one.text for one in guard(f"It is {said}, not {marked}.", made).strays] == [marked]
