"""What one passage is about, which names and relations it has."""

from __future__ import annotations

import pytest
from adversaries import failures

from collegia.knowledge.extract import RuleExtractor, also_called
from collegia.knowledge.text import key

BODY = "Wumper is a machine. The Fizzle Company makes wumpers. Rust causes noise."


def about(title: str, also: tuple[str, ...], heading: str, body: str) -> dict[str, float]:
    return {key(one.name): one.weight for one in RuleExtractor().extract(title, also, heading, body).subjects}


def test_title_other_names_heading_and_first_subject_count_in_that_order():
    found = about("Wumper (machine)", ("blorp mover",), "Why it fails", "Gears are its weak side.")
    assert found["wumper machine"] > found["wumper"] == found["blorp mover"] > found["why it fails"] == found["gears"]


def test_without_a_title_the_first_sentence_says_what_a_passage_is_about():
    assert about("", (), "", BODY)["wumper"] == 0.8


def test_a_name_is_counted_once_with_its_best_weight():
    assert about("Wumper", ("Wumper", "WUMPER"), "Wumper", "A wumper is big.") == {"wumper": 1.0}


def test_an_abbreviation_of_the_subject_names_it_too():
    found = about("Blorp pressure", (), "Blorp pressure", "The blorp pressure (BP) is high.")
    assert found["bp"] == 0.5
    assert "bp" not in about("Wumper", (), "", "Wumpers have a blorp pressure (BP).")


def test_names_and_relations_have_spans_in_the_body():
    found = RuleExtractor().extract("Wumper", (), "", BODY)
    assert (
        [BODY[one.start : one.end] for one in found.mentions]
        == ["Fizzle Company"]
        == [one.name for one in found.mentions]
    )
    (relation,) = found.relations
    assert (relation.subject, relation.verb, relation.object) == ("Rust", "causes", "noise")
    assert BODY[relation.start : relation.end] == "Rust causes noise."


def test_blanked_markup_leaves_no_holes_in_names():
    found = RuleExtractor().extract("", (), "", "The  pump   head  is high.")
    assert [one.name for one in found.subjects] == ["pump head"]


def test_nothing_is_found_in_nothing():
    found = RuleExtractor().extract("", (), "", "")
    assert (found.subjects, found.mentions, found.relations) == ((), (), ())


def test_a_title_as_long_as_a_book_is_no_name():
    assert about("word " * 1000, (), "", "x") == {}


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("# A\n\n*Also called:* net head, NPSHa; NPSHr and C.\n\nA is b.", ("net head", "NPSHa", "NPSHr", "C")),
        ("**Also known as**: [surge](surge.md), `pump surge`.", ("surge", "pump surge")),
        ("Also called: , ;.", ()),
        ("Also called:\n\nThe definition is no name.", ()),
        ("It is also called: x", ()),
        ("", ()),
    ],
)  # fmt: skip
def test_other_names_stand_in_a_line_of_their_own(text, names):
    assert also_called(text) == names


def test_no_more_than_forty_other_names_are_kept():
    assert len(also_called("Also called: " + ", ".join(f"name {number}" for number in range(100_000)))) == 40


def test_no_text_takes_more_than_its_length_to_extract_from():
    extractor = RuleExtractor()
    assert failures(also_called) == []
    assert failures(lambda text: extractor.extract(text, (), text, text)) == []
