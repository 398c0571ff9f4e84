"""Paths between two names, each step with the sentence that states it."""

from __future__ import annotations

import pytest
from wumpers import world

from collegia.errors import UsageError
from collegia.knowledge.graph import paths
from collegia.knowledge.records import Document


def test_a_path_of_typed_relations_comes_first_with_its_evidence():
    store = world()
    best = paths(store, "worn flange", "blorp pressure")[0]
    assert best.names == ("worn flange", "Grumbling", "wumper efficiency", "Blorp pressure")
    assert [step.verb for step in best.steps] == ["causes", "lowers", "depends on"]
    assert [step.forward for step in best.steps] == [True, True, True]
    sources = {one.source: one for one in store.documents()}
    for step in best.steps:
        document = sources[step.source]
        assert step.document == document.name
        assert store.text(document.id)[step.start : step.end] == step.sentence


def test_a_path_walked_backwards_says_so():
    best = paths(world(), "blorp pressure", "worn flange")[0]
    assert best.names == ("Blorp pressure", "wumper efficiency", "Grumbling", "worn flange")
    assert {step.forward for step in best.steps} == {False}


def test_each_step_begins_where_the_last_one_ended():
    for path in paths(world(), "grease", "fizzle company"):
        for before, after in zip(path.steps, path.steps[1:], strict=False):
            assert before.right == after.left


def test_names_that_only_stand_in_each_others_passages_are_joined_by_mentions():
    best = paths(world(), "wumper", "fizzle company")[0]
    (step,) = best.steps
    assert (step.kind, step.left, step.right, step.forward) == ("mentions", "Wumper", "Fizzle Company", True)
    assert step.sentence == "The Fizzle Company makes wumpers."


def test_another_name_of_an_end_is_the_end():
    direct = paths(world(), "worn flange", "grumbling")[0]
    other = paths(world(), "worn flange", "low-frequency murmur")[0]
    assert [step.verb for step in direct.steps] == [step.verb for step in other.steps] == ["causes"]


def test_a_bound_on_steps_holds():
    store = world()
    assert all(len(path.steps) <= 2 for path in paths(store, "worn flange", "blorp pressure", longest=2))
    assert paths(store, "worn flange", "fizzle company", longest=1) == []


def test_names_with_nothing_between_them_have_no_path():
    store = world(Document("/x", "A snark causes boojums.", "x"))
    assert paths(store, "snark", "grumbling") == []


def test_the_surer_of_two_statements_is_the_evidence():
    store = world()
    with store.writing() as db:
        db.execute(
            "INSERT INTO relations (subject, verb, object, passage, start, end, origin, confidence)"
            " SELECT subject, 'brings', object, passage, start, end, 'model', 0.95 FROM relations WHERE verb = 'causes'"
        )
    (step,) = paths(store, "worn flange", "grumbling")[0].steps
    assert (step.verb, step.origin, step.confidence) == ("brings", "model", 0.95)


def test_a_name_that_stands_everywhere_is_no_way_through():
    crowd = [
        Document(f"/c/{number}", f"# Pebble{number}x\n\nIt lies by the Grum Tower.", form="markdown")
        for number in range(450)
    ]
    assert paths(world(*crowd), "pebble3x", "pebble7x") == []
    assert paths(world(*crowd[:20]), "pebble3x", "pebble7x") != []


@pytest.mark.parametrize(("longest", "most"), [(0, 5), (7, 5), (4, 0)])
def test_bounds_that_cannot_be_used_are_named(longest, most):
    with pytest.raises(UsageError, match="give"):
        paths(world(), "grease", "wumper", longest, most)


def test_a_path_from_a_name_to_itself_is_refused():
    with pytest.raises(UsageError, match="same name"):
        paths(world(), "grumbling", "Grumbling")


def test_an_unknown_end_is_named():
    with pytest.raises(UsageError, match="no name 'snarkle'"):
        paths(world(), "grumbling", "snarkle")
