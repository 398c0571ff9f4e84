"""English words as they relate, and the names of relations as they are taken apart."""

from __future__ import annotations

import pytest

from collegia.knowledge.triples.names import key_of, tidy, tokens_of
from collegia.knowledge.triples.words import likeness, parts_of, stem


@pytest.mark.parametrize(
    "family",
    [
        "write writer writers wrote written writing",
        "direct director directors directed directing",
        "act actor actors actress acted acting",
        "create creator creators created creation",
        "produce producer produced production",
        "marry married marriage",
        "found founder founded",
        "employ employer employee employees employed",
        "year years",
        "city cities",
    ],
)
def test_the_forms_of_a_word_are_one_family(family):
    assert len({stem(word) for word in family.split()}) == 1


@pytest.mark.parametrize(
    ("one", "other"), [("write", "direct"), ("act", "actuate"), ("found", "find"), ("star", "start")]
)
def test_words_that_only_look_alike_are_two_families(one, other):
    assert stem(one) != stem(other)


def test_the_same_family_is_nearer_than_a_compound_and_that_nearer_than_a_neighbour():
    same = likeness(stem("written"), stem("writer"))
    compound = likeness(stem("screenwriter"), stem("written"))
    near = likeness(stem("author"), stem("written"))
    assert same > compound > near > likeness(stem("pump"), stem("written")) == 0


@pytest.mark.parametrize("name", ["set_pressure", "setPressure", "set pressure", "set/pressure", "set.Pressure"])
def test_the_name_of_a_relation_is_taken_apart_however_it_is_joined(name):
    assert parts_of(name) == ["set", "pressure"]


def test_a_word_knows_where_it_stands():
    text = tidy("Who wrote “Café 9”?")
    assert [(token.key, text[token.start : token.end]) for token in tokens_of(text)] == [
        ("who", "Who"), ("wrote", "wrote"), ("cafe", "Café"), ("9", "9"),
    ]  # fmt: skip


def test_a_decomposed_letter_reads_as_the_composed_one():
    assert key_of("Cafe\u0301") == key_of("Café") == "cafe"
