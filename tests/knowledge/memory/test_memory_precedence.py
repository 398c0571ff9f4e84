"""Who is believed, for every pair of those who may say something."""

from __future__ import annotations

from itertools import combinations

import pytest

from collegia.errors import UsageError
from collegia.knowledge.memory import Amount, Claim, MemoryStore, same, settle
from collegia.knowledge.memory.precedence import PRECEDENCE


def claim(origin, number, unit="millimeter", reference="", source=""):
    return Claim(origin, "wobble", Amount(f"{number} {unit}", number, unit, reference), "2026-11-21", source)


@pytest.mark.parametrize(("first", "second"), list(combinations(PRECEDENCE, 2)))
def test_of_two_that_disagree_the_one_nearer_to_the_user_stands_and_the_other_is_shown(first, second):
    claims = {first: claim(first, 1.0), second: claim(second, 2.0)}
    found = settle(**claims)
    assert (found.value, found.origin) == (claims[first], first)
    (conflict,) = found.conflicts
    assert (conflict.kept, conflict.dropped) == (claims[first], claims[second])
    assert "1.0 millimeter" in conflict.why
    assert "2.0 millimeter" in conflict.why


@pytest.mark.parametrize(("first", "second"), list(combinations(PRECEDENCE, 2)))
def test_of_two_that_agree_the_first_stands_without_a_conflict(first, second):
    found = settle(**{first: claim(first, 1.0), second: claim(second, 1000.0, "micrometer")})
    assert (found.value, found.conflicts) == (claim(first, 1.0), ())


def test_all_four_are_settled_at_once_in_order_and_nothing_is_averaged():
    said = [claim(origin, float(number)) for number, origin in enumerate(PRECEDENCE, 1)]
    found = settle(*said)
    assert found.value is said[0]
    assert [one.dropped.origin for one in found.conflicts] == ["remembered", "retrieved", "model"]


def test_documents_that_disagree_among_themselves_are_shown_and_the_first_stands():
    one, other = claim("retrieved", 1.0, source="a.md"), claim("retrieved", 2.0, source="b.md")
    found = settle(retrieved=[one, other])
    assert (found.value, [each.dropped for each in found.conflicts]) == (one, [other])
    assert "a.md says 1.0 millimeter, b.md says 2.0 millimeter" in found.conflicts[0].why


def test_nothing_claimed_settles_nothing():
    assert settle() is None
    assert settle(retrieved=[]) is None


def test_a_claim_in_the_place_of_another_origin_is_refused():
    with pytest.raises(UsageError, match="'model' was given as 'user'"):
        settle(user=claim("model", 1.0))


@pytest.mark.parametrize(
    ("left", "right", "alike"),
    [
        (Amount("1 bar(g)", 1.0, "bar", "gauge"), Amount("2.01325 bar", 2.01325, "bar"), True),
        (Amount("1 bar(g)", 1.0, "bar", "gauge"), Amount("1 bar", 1.0, "bar"), False),
        (Amount("0 °C", 0.0, "degree_Celsius"), Amount("273.15 K", 273.15, "kelvin"), True),
        (Amount("1 m", 1.0, "meter"), Amount("1 kg", 1.0, "kilogram"), False),
        (Amount("50 %", 50.0, "percent"), Amount("0.5", 0.5), True),
        (Amount("Water"), Amount("water"), True),
        (Amount("water"), Amount("brine"), False),
        (Amount("3", 3.0), Amount("three"), False),
        (Amount("0 mm", 0.0, "millimeter"), Amount("0 m", 0.0, "meter"), True),
    ],
)
def test_amounts_are_the_same_in_whatever_unit_they_are_written(left, right, alike):
    assert same(Claim("user", "", left), Claim("retrieved", "", right)) is alike
    assert same(Claim("user", "", right), Claim("retrieved", "", left)) is alike


def test_a_remembered_correction_stands_against_a_document_with_its_date():
    fact = MemoryStore.in_memory().remember("the wobble of our grums is 0.2 mm")
    found = settle(remembered=fact.claim(), retrieved=claim("retrieved", 0.1, source="grums.md"))
    assert (found.origin, found.value.amount.number) == ("remembered", 0.2)
    assert found.conflicts[0].why.startswith(f"wobble of our grums: you said on {fact.day} 0.2 mm, grums.md says")
