"""Decisions: who is asked, why, and what changes it."""

from __future__ import annotations

import json
from typing import Annotated, Any

import pytest
from routing_cards import RIVERS, SOUPS, STARS, expert, registry_of

from collegia.errors import OverLimits, UsageError
from collegia.settings import Routing
from collegia.tools.expert import expert_of
from collegia.tools.kinds import Kind
from collegia.tools.registry import Registry
from collegia.tools.routing.record import Records
from collegia.tools.routing.router import Decision, Limits, Router

DELTA = "Where do rivers form a delta?"
NOWHERE = "Who won the chess tournament?"

SMALL = expert("small", "Knows rivers.", questions=RIVERS.card.questions, cost=1.0, categories=("geology",))
LARGE = expert("large", "Knows rivers.", questions=RIVERS.card.questions, cost=8.0, categories=("geology",))
ANYTHING = expert("anything", "Answers whatever is asked.", cost=20.0, seconds=9.0, categories=("general",))


def router(records: Records | None = None, **settings: Any) -> Router:
    return Router(Routing(**settings), Records(None) if records is None else records)


def route(question: str, *experts: Any, records: Records | None = None, **settings: Any) -> Decision:
    return router(records, **settings).route(question, registry_of(*experts))


def failing(name: str, category: str = "geology", times: int = 5) -> Records:
    records = Records(None)
    for _ in range(times):
        records.note(name, category, good=False)
    return records


def test_a_calculator_that_covers_the_question_goes_before_every_model():
    def frob(grum: Annotated[float, Kind("grum", "m")]) -> Annotated[float, Kind("blim", "m")]:
        """Blim of a grum."""
        return grum

    registry = registry_of(SMALL, ANYTHING, expert_of(frob))
    decision = router().route("What is the blim of the rivers?", registry, covered=("frob",))
    assert (decision.chosen, decision.by) == (("frob",), "calculator")
    assert "frob" in decision.reason
    with pytest.raises(UsageError, match="wug"):
        router().route(DELTA, registry, covered=("wug",))
    # Uncovered, a calculator is never a candidate, however like the question its card is.
    assert [one.name for one in router().route("the frob, the blim", registry).candidates if one.name == "frob"] == []


def test_of_two_that_are_good_enough_the_cheaper_is_chosen():
    decision = route(DELTA, LARGE, SMALL, STARS)
    assert (decision.chosen, decision.by, decision.category) == (("small",), "expert", "geology")
    assert {one.name for one in decision.candidates} == {"small", "large"}
    assert "cheapest" in decision.reason


def test_a_cheap_expert_for_something_else_is_not_chosen_for_its_price():
    cheap = expert("cheap", "Knows where soups thicken.", cost=0.1)
    assert route(DELTA, LARGE, cheap, threshold=0.05).chosen == ("large",)


def test_outcomes_change_who_is_chosen_and_only_in_their_category():
    records, registry = Records(None), registry_of(SMALL, LARGE)
    one = router(records)
    assert one.route(DELTA, registry).chosen == ("small",)
    for _ in range(2):
        records.note("small", "geology", good=False)
    assert one.route(DELTA, registry).chosen == ("large",)
    for _ in range(30):
        records.note("small", "geology", good=True)
    assert one.route(DELTA, registry).chosen == ("small",)
    assert records.of("small", "geology").good == 30


def test_what_calls_cost_by_the_record_goes_before_what_the_card_says():
    records = Records(None)
    records.note("small", "geology", good=True, cost=50.0, seconds=3.0)
    decision = route(DELTA, SMALL, LARGE, records=records)
    assert decision.chosen == ("large",)
    assert next((one.cost, one.seconds) for one in decision.candidates if one.name == "small") == (50.0, 3.0)


def test_an_expert_added_is_chosen_at_once_and_one_removed_never_again():
    registry, one = registry_of(STARS), router()
    assert one.route(DELTA, registry).chosen == ()
    registry.include(SMALL)
    assert one.route(DELTA, registry).chosen == ("small",)
    del registry.experts["small"]
    assert one.route(DELTA, registry).chosen == ()


def test_no_expert_is_a_choice_where_nothing_is_like_the_question():
    decision = route(NOWHERE, SMALL, STARS)
    assert (decision.chosen, decision.by) == ((), "none")
    decision = route(
        "Which delta of trade deficits grows, and which ministers profit from tariffs on cotton?", SMALL, STARS
    )
    assert (decision.chosen, decision.by) == ((), "none")
    assert "small" in decision.reason
    assert "0.1" in decision.reason
    assert route(DELTA).reason == "No expert that takes words is loaded."


def test_one_that_is_for_anything_is_asked_where_no_other_is_good_enough():
    assert route(NOWHERE, SMALL, ANYTHING).chosen == ("anything",)
    assert route(DELTA, SMALL, ANYTHING).chosen == ("small",)
    decision = route(DELTA, SMALL, ANYTHING, records=failing("small"))
    assert (decision.chosen, decision.by) == (("anything",), "general")
    assert "record" in decision.reason


def test_a_category_can_be_given_to_an_expert_and_given_to_another():
    assert route(DELTA, SMALL, STARS, categories={"Geology": "stars"}).chosen == ("stars",)
    assert route(DELTA, SMALL, STARS, categories={"geology": "small"}).by == "category"
    assert route("A question on baking-soda.", SMALL, STARS, categories={"baking_soda": "stars"}).chosen == ("stars",)
    with pytest.raises(UsageError, match="gone"):
        route(DELTA, SMALL, categories={"geology": "gone"})


def test_limits_leave_the_expert_that_fits_and_refuse_where_none_does():
    assert route(DELTA, LARGE, SMALL, ANYTHING, max_cost=5.0).chosen == ("small",)
    slow = expert("slow", "Knows rivers.", questions=RIVERS.card.questions, seconds=30.0, cost=0.1)
    assert route(DELTA, slow, SMALL, max_seconds=10.0).chosen == ("small",)
    with pytest.raises(UsageError, match=r"max_cost of 5.*large, costs 8"):
        route(DELTA, LARGE, max_cost=5.0)
    with pytest.raises(UsageError, match="max_seconds of 1"):
        route(DELTA, ANYTHING, max_seconds=1.0)
    with pytest.raises(UsageError, match="max_cost"):
        route(DELTA, LARGE, categories={"geology": "large"}, max_cost=5.0)
    # Nobody is able at all: that is no matter of limits.
    assert route(NOWHERE, LARGE, max_cost=5.0).by == "none"
    given = router().route(DELTA, registry_of(LARGE, SMALL), limits=Limits(max_seconds=1e9))
    assert given.chosen == ("small",)


def test_several_are_asked_where_one_alone_is_not_enough():
    alike = [expert(f"river_{place}", "Knows rivers.", questions=RIVERS.card.questions) for place in range(4)]
    unsure = "Where do rivers form a delta with zorbs and quaxes?"
    one = route(unsure, *alike, STARS).candidates[0].total
    assert 0.1 < one < 0.25
    assert len(route(unsure, *alike, STARS, most=3, good_enough=0.9 * one).chosen) == 1
    assert len(route(unsure, *alike, STARS, most=3, good_enough=1.9 * one).chosen) == 2
    assert len(route(unsure, *alike, STARS, most=3, good_enough=1.9 * one, max_cost=1.0).chosen) == 1
    assert len(route(unsure, *alike, STARS, most=1, good_enough=1.9 * one).chosen) == 1


def test_an_expert_of_bad_record_hands_over():
    first = expert("first", "Knows rivers.", questions=RIVERS.card.questions, categories=("geology",),
                   hands_over_to=("gone", "second"))  # fmt: skip
    second = expert("second", "Knows nothing that it says.", hands_over_to=("first",))
    decision = route(DELTA, first, second, records=failing("first"))
    assert (decision.chosen, decision.by) == (("second",), "hand-over")
    assert [note for note in decision.notes if "gone" in note] != []
    assert route(DELTA, first, second).chosen == ("first",)


def chain(length: int, *, back_to: str = "") -> Registry:
    names = [f"link_{place}" for place in range(length)]
    following = [*names[1:], back_to] if back_to else names[1:]
    edges = dict(zip(names, following, strict=False))
    return registry_of(*(expert(one, "Links.", hands_over_to=tuple(filter(None, [edges.get(one)]))) for one in names))


def test_hand_overs_go_on_past_those_that_were_tried_or_are_not_good():
    one = router(failing("link_1"))
    assert one.hand_over("link_0", chain(3), category="geology").chosen == ("link_2",)
    assert router().hand_over("link_0", chain(3), tried=("link_1",)).chosen == ()
    assert router().hand_over("link_0", chain(3)).chosen == ("link_1",)


def test_hand_overs_never_go_in_a_circle_and_not_on_for_ever():
    ring = chain(3, back_to="link_0")
    records = Records(None)
    for name in ring.experts:
        for _ in range(5):
            records.note(name, "", good=False)
    decision = router(records).hand_over("link_0", ring)
    assert (decision.chosen, decision.by) == ((), "none")
    assert "nobody" in decision.reason
    long = chain(9)
    for place in range(8):
        for _ in range(5):
            records.note(f"link_{place}", "", good=False)
    assert router(records).hand_over("link_0", long).chosen == ()
    assert router(records).hand_over("link_6", long).chosen == ("link_8",)


def test_hand_overs_keep_the_limits_and_are_refused_where_they_cannot():
    first = expert("first", "Knows.", questions=RIVERS.card.questions, hands_over_to=("dear", "cheap"))
    dear, cheap = expert("dear", "Knows all.", cost=9.0), expert("cheap", "Knows some.")
    limits = Limits(max_cost=1.0)
    assert router().hand_over("first", registry_of(first, dear, cheap)).chosen == ("dear",)
    assert router().hand_over("first", registry_of(first, dear, cheap), limits=limits).chosen == ("cheap",)
    with pytest.raises(OverLimits, match=r"max_cost of 1.*dear, costs 9"):
        router().hand_over("first", registry_of(first, dear), limits=limits)
    with pytest.raises(OverLimits, match="dear"):
        route(DELTA, first, dear, records=failing("first", ""), max_cost=1.0)


def test_a_decision_is_plain_data():
    said = route(DELTA, SMALL, LARGE, SOUPS).to_dict()
    assert json.loads(json.dumps(said)) == said
    assert set(said) == {"chosen", "by", "candidates", "category", "reason", "notes"}
    assert set(said["candidates"][0]) == {"name", "similarity", "record", "cost", "seconds", "total"}


def test_likeness_can_be_by_vectors():
    pytest.importorskip("numpy")

    def embed(texts: Any) -> list[list[float]]:
        return [[1.0, 0.0] if "star" in text or "comet" in text else [0.0, 1.0] for text in texts]

    one = Router(Routing(), Records(None), embed)
    assert one.route("Why has a comet a tail?", registry_of(STARS, SMALL)).chosen == ("stars",)
