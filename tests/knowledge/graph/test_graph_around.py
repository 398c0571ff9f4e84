"""What is around a name, as plain data."""

from __future__ import annotations

import pytest
from wumpers import world

from collegia.errors import UsageError
from collegia.knowledge.graph import around, beginning, commonest, first_known
from collegia.knowledge.records import Document


def groups(name, store=None, most=60):
    found = around(store or world(), name, most)
    return {one.heading: one.neighbours for one in found.groups}


def test_neighbours_stand_under_the_verb_and_its_direction_with_the_sentence_that_says_so():
    found = groups("grumbling")
    [flange] = found["← causes"]
    assert (flange.name, flange.kind) == ("worn flange", "entity")
    assert flange.places[0].sentence.startswith("A worn flange causes grumbling")
    assert found["lowers →"][0].name == "wumper efficiency"
    assert list(found)[-1] == "named in"


def test_a_place_leads_to_its_document_to_the_letter():
    store = world()
    place = groups("grumbling", store)["← causes"][0].places[0]
    text = store.text(next(one.id for one in store.documents() if one.source == place.source))
    assert text[place.start : place.end] == place.sentence


def test_a_document_has_its_source_and_a_name_has_none():
    found = groups("grumbling")
    assert found["treated in"][0].source == "/lib/grumbling.md"
    assert {one.source for one in found["← causes"]} == {""}


def test_other_names_belong_to_the_centre():
    found = around(world(), "grumble")
    assert {"Grumbling", "low-frequency murmur"} <= {found.name, *found.also}


def test_what_does_not_fit_is_counted():
    many = Document("/m", "".join(f"Grumbling causes trouble{n}. " for n in range(90)), "m")
    found = around(world(many), "grumbling", 10)
    assert found.left_out > 0
    assert found.more
    assert sum(len(one.neighbours) for one in found.groups) <= 10


def test_the_same_edge_from_two_places_is_one_neighbour_with_both():
    again = Document("/again", "A worn flange causes grumbling.", "again")
    [flange] = groups("grumbling", world(again))["← causes"]
    assert {one.source for one in flange.places} == {"/again", "/lib/grumbling.md"}


def test_a_name_that_is_not_there_is_told_with_near_ones():
    with pytest.raises(UsageError, match="near it"):
        around(world(), "grumblin")


def test_beginnings_of_names_are_offered_and_bounded():
    assert "Grumbling" in beginning(world(), "gru")
    assert beginning(world(), "zzz") == []
    assert len(beginning(world(), "", most=3)) == 3


def test_a_place_stands_once_however_many_names_of_the_centre_it_is_about():
    [document] = [one for one in groups("grumbling")["treated in"] if one.source == "/lib/grumbling.md"]
    spans = [(one.start, one.end) for one in document.places]
    assert len(spans) == len(set(spans))


def test_the_first_name_that_is_known_is_taken():
    assert first_known(world(), ["", "nothing of the kind", "grumblings", "wumper"]) == "Grumbling"
    assert first_known(world(), ["zzz"]) == ""


def test_the_commonest_names_are_those_that_documents_are_about():
    found = commonest(world())
    assert [one.passages for one in found] == sorted((one.passages for one in found), reverse=True)
    assert "Wumper" in [one.name for one in found]
    assert len(commonest(world(), most=2)) == 2
