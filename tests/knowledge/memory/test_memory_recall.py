"""What bears on a question, in which order, and what is written out or bound."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from collegia.errors import UnitError
from collegia.knowledge.memory import Abbreviation, Amount, Fact, MemoryStore, expand, in_kind
from collegia.tools import Kind

DAY = datetime(2026, 11, 21, 12, 0, tzinfo=UTC)
wobble = Kind("wobble", "m", names=("wobble", "wobbliness"))
level = Kind("level", "m", names=("level",))
pressure = Kind("pressure", "Pa", names=("pressure",))
medium = Kind("flob_medium", None, names=("flob medium",))


@pytest.fixture
def memory():
    return MemoryStore.in_memory()


def texts(recalled):
    return [one.fact.text for one in recalled]


def test_the_exact_quantity_goes_before_its_words_apart_before_the_quantity_of_something_else(memory):
    said = [
        "the wobble of our zonks is 3 mm",
        "the wobble of our grums is 1 mm",
        "each grum left here stands behind green doors",
    ]
    for text in said:
        memory.remember(text, when=DAY)
    found = memory.recall("What is the level for a grum wobble of the flob?", DAY)
    assert [(one.fact.text, one.exactness) for one in found] == [(said[1], 4), (said[0], 2), (said[2], 1)]
    apart = memory.recall("What is the level for a wobble in each grum?", DAY)
    assert (apart[0].fact.text, apart[0].exactness) == (said[1], 4)
    assert memory.recall("Does the wobble shake a grum?", DAY)[0].exactness == 3


def test_what_bears_on_nothing_is_not_recalled(memory):
    memory.remember("the wobble of our grums is 1 mm")
    memory.remember("CW means cooling water")
    assert memory.recall("What is the height of the tower?") == ()


def test_within_one_exactness_the_fresher_goes_first(memory):
    memory.remember("the wobble of our grums is 1 mm", when=DAY - timedelta(days=60))
    memory.remember("the wobble of our flobs is 2 mm", when=DAY - timedelta(days=1))
    found = memory.recall("wobble", DAY)
    assert texts(found) == ["the wobble of our flobs is 2 mm", "the wobble of our grums is 1 mm"]
    assert found[1].recency == pytest.approx(0.25)


def test_what_is_used_often_goes_before_what_was_said_as_long_ago(memory):
    often = memory.remember("the wobble of our grums is 1 mm", when=DAY)
    memory.remember("the wobble of our flobs is 2 mm", when=DAY)
    assert texts(memory.recall("wobble", DAY))[0] == "the wobble of our flobs is 2 mm"
    memory.use([often, often], DAY)
    best = memory.recall("wobble", DAY)[0]
    assert (best.fact.id, best.fact.count) == (often.id, 3)
    assert best.frequency == pytest.approx(2.0986, abs=1e-4)


def test_no_age_makes_an_exact_fact_come_after_an_inexact_one(memory):
    memory.remember("the wobble of our grums is 1 mm", when=DAY - timedelta(days=4000))
    other = memory.remember("the wobble of our flobs is 2 mm", when=DAY)
    memory.use([other] * 500, DAY)
    assert texts(memory.recall("grum wobble", DAY))[0] == "the wobble of our grums is 1 mm"


def test_a_fact_of_the_future_counts_as_one_of_now(memory):
    memory.remember("our wobble is 1 mm", when=DAY + timedelta(days=9))
    assert memory.recall("wobble", DAY)[0].recency == 1.0


def test_what_was_replaced_is_not_recalled(memory):
    memory.remember("our wobble is 1 mm", when=DAY)
    memory.remember("our wobble is 2 mm", when=DAY)
    assert texts(memory.recall("wobble", DAY)) == ["our wobble is 2 mm"]


def test_a_short_form_is_written_out_and_the_assumption_has_its_date(memory):
    memory.remember("CW means cooling water", when=DAY)
    found = memory.expand("How warm is the CW of a CW-side pump?")
    assert found.text == "How warm is the cooling water of a cooling water-side pump?"
    assert found.taken[0].assumption == "CW was taken for cooling water, as you said on 2026-11-21"
    start = found.text.index("pump")
    first, last = found.span(start, start + 4)
    assert found.question[first:last] == "pump"
    start = found.text.index("water of")
    assert found.question[slice(*found.span(start, start + 5))] == "CW"


@pytest.mark.parametrize(
    ("told", "question"),
    [
        ("CW means cooling water", "Is CW-101 or CW-A or ACW or cw the pump?"),
        ("CW means cooling water", "The cooling water (CW) is warm."),
        ("CW means cooling water", "CW (cooling water) is warm."),
        ("MW means molecular weight", "A 5 MW boiler: give it in MW."),
        ("by line I mean the transfer line", "The transfer line is long."),
    ],
)
def test_a_tag_a_unit_and_what_is_explained_in_place_are_left_as_they_stand(memory, told, question):
    memory.remember(told)
    assert memory.expand(question).text == question
    assert memory.expand(question).conflicts == ()


def test_a_unit_that_is_a_short_form_too_is_written_out_where_no_unit_can_stand(memory):
    memory.remember("MW means molecular weight")
    assert memory.expand("What is the MW of it in a 5 MW boiler?").text == (
        "What is the molecular weight of it in a 5 MW boiler?"
    )


@pytest.mark.parametrize(
    "question",
    ["How warm is chilled water (CW)? CW flows.", "CW (chilled water) flows.", "By CW I mean chilled water. CW flows."],
)
def test_what_the_question_explains_goes_before_what_was_remembered_and_it_is_shown(memory, question):
    memory.remember("CW means cooling water", when=DAY)
    found = memory.expand(question)
    assert found.text == question
    (conflict,) = found.conflicts
    assert (conflict.kept.origin, conflict.kept.amount.written) == ("user", "chilled water")
    assert conflict.dropped.amount.written == "cooling water"
    assert "2026-11-21" in conflict.why


def test_the_longest_short_form_is_taken_and_nothing_is_written_out_twice(memory):
    memory.remember("CW means warm CWR")
    memory.remember("CWR means cooling water return")
    memory.remember("by CW pump I mean circulation machine")
    assert memory.expand("CW, CWR and CW pump").text == "warm CWR, cooling water return and circulation machine"


def test_a_plain_word_is_taken_in_any_case_and_capitals_within_are_not(memory):
    memory.remember("by flow I mean mass flow")
    memory.remember("by WAS I mean waste sludge")
    assert memory.expand("Flow was WAS?").text == "mass flow was waste sludge?"


@given(st.lists(st.sampled_from(["CW", "AB1", "pump", "of", "é", "3 m"]), min_size=1, max_size=8))
def test_every_span_of_the_written_out_question_leads_to_its_words(words):
    day = "2026-11-21T12:00:00+00:00"
    facts = [
        Fact(1, Abbreviation("CW", "cooling water"), "", day, day, "user"),
        Fact(2, Abbreviation("AB1", "x"), "", day, day, "user"),
    ]
    question = " ".join(words)
    found = expand(question, facts)
    place = 0
    for word in words:
        long = {"CW": "cooling water", "AB1": "x"}.get(word, word)
        assert found.text[place : place + len(long)] == long
        first, last = found.span(place, place + len(long))
        assert question[first:last] == word
        place += len(long) + 1


def test_a_remembered_value_is_offered_for_a_missing_input_of_its_kind(memory):
    memory.remember("the wobble of our grums is 0.1 mm", when=DAY)
    memory.remember("our wobbliness is 3 mm", when=DAY)
    found = memory.values_for(wobble, "What does a grum of 3 m weigh?", when=DAY)
    assert [(one.fact.claim().amount.written, one.exactness) for one in found] == [("3 mm", 4), ("0.1 mm", 3)]
    assert in_kind(found[1].fact.claim().amount, wobble) == pytest.approx(1e-4)
    assert memory.values_for(level, "a grum") == ()


def test_a_value_of_something_that_the_question_does_not_name_is_not_offered(memory):
    memory.remember("the wobble of our green grums is 0.1 mm")
    assert memory.values_for(wobble, "What does a grum of 3 m weigh?") == ()
    assert memory.values_for(wobble, "A grum on a green lawn")[0].exactness == 2
    assert memory.values_for(wobble, "A green grum")[0].exactness == 3


def test_a_value_is_that_of_the_kind_which_is_called_so_most_fully(memory):
    grum_wobble = Kind("grum_wobble", "m", names=("grum wobble",))
    memory.remember("the wobble of our grums is 0.1 mm")
    kinds = (wobble, level, grum_wobble)
    assert memory.values_for(wobble, "A grum stands here.", kinds) == ()
    (found,) = memory.values_for(grum_wobble, "A flob stands here.", kinds)
    assert found.exactness == 4


def test_a_value_of_another_dimension_or_a_replaced_one_is_not_offered(memory):
    memory.remember("our wobble is 3 bar")
    assert memory.values_for(wobble, "") == ()
    memory.remember("our wobble is 3 mm")
    memory.remember("our wobble is 4 mm")
    assert [one.fact.claim().amount.written for one in memory.values_for(wobble, "")] == ["4 mm"]


def test_a_remembered_gauge_pressure_is_made_absolute_and_a_name_is_for_kinds_of_names(memory):
    memory.remember("our pressure is 1 bar(g)")
    memory.remember("our flob medium is blue zonk")
    (found,) = memory.values_for(pressure, "")
    assert in_kind(found.fact.claim().amount, pressure) == pytest.approx(201325.0)
    (named,) = memory.values_for(medium, "")
    assert named.fact.claim().amount.written == "blue zonk"
    with pytest.raises(UnitError, match="is a name"):
        in_kind(Amount("blue zonk"), pressure)


def test_the_wish_that_names_a_quantity_goes_before_the_one_that_names_none(memory):
    memory.remember("always give wobbles in inches")
    memory.remember("always answer in mm")
    assert memory.unit_for(wobble).claim().amount.written == "inches"
    assert memory.unit_for(level).claim().amount.written == "mm"
    assert memory.unit_for(pressure) is None
    assert memory.unit_for(medium) is None


def test_a_wish_for_gauge_pressures_is_none_for_differences(memory):
    memory.remember("I prefer bar(g) for pressures")
    drop = Kind("pressure_drop", "Pa", names=("drop of pressure", "lost pressure"), scale="difference")
    assert memory.unit_for(drop) is None
    assert memory.unit_for(pressure).claim().amount.written == "bar(g)"
