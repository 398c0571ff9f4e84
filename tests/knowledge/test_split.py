"""Passages: their spans read the same in the document, markup is blanked letter for letter, none is without bounds."""

from __future__ import annotations

import pytest
from adversaries import at_most, failures
from hypothesis import given
from hypothesis import strategies as st

from collegia.knowledge.split import blank, is_pointer, shown, split

# fmt: off
MARKS = [
    "# ", "## ", "### ", "\n", "\n\n", "- ", "```", "~~~", "**", "*", "_", "__", "`", "[", "](", ")", "(", "|---|", "|",
    "a", "word ", "Two words. ", "> ", '"', " ", "\t", "é", "\u202e", "\0", "1. ", "---", "\r\n", "\ud800", "#",
]
# fmt: on
MARKDOWN = st.lists(st.sampled_from(MARKS), max_size=60).map("".join)


@given(MARKDOWN)
def test_blanking_keeps_every_other_letter_in_its_place(text):
    found = blank(text)
    assert len(found) == len(text)
    assert all(new in (old, " ") for old, new in zip(text, found, strict=True))


@given(MARKDOWN, st.sampled_from(["markdown", "text"]))
def test_passages_lie_in_the_document_in_order_and_their_bodies_in_their_places(text, form):
    end = 0
    for piece in split(text, form)[1]:
        assert end <= piece.start < piece.end <= len(text)
        assert len(piece.body) == piece.end - piece.start
        assert all(new in (old, " ") for old, new in zip(text[piece.start : piece.end], piece.body, strict=True))
        assert piece.body.strip()
        end = piece.end


@given(st.text(alphabet=st.one_of(st.sampled_from(list(" .\n")), st.characters()), max_size=300))
def test_a_plain_text_loses_nothing(text):
    covered = [piece.body for piece in split(text, "text")[1]]
    assert "".join("".join(covered).split()) == "".join(text.split())


def test_headings_are_kept_as_a_path_and_the_first_is_the_title():
    title, pieces = split(
        "# Pump **head**\n\nIntro.\n\n## How\n\nBy [wheel](wheel.md).\n\n### Why ##\n\nSo.\n\n## End\n\nDone.",
        "markdown",
    )
    assert title == "Pump head"
    assert [piece.heading for piece in pieces] == [
        "Pump head", "Pump head › How", "Pump head › How › Why", "Pump head › End",
    ]  # fmt: skip
    assert [shown(piece.body) for piece in pieces] == ["Intro.", "By wheel.", "So.", "Done."]


def test_a_title_keeps_the_sharp_that_is_part_of_a_name():
    assert split("# C#\n\nText.", "markdown")[0] == "C#"
    assert split("# C # #\n\nText.", "markdown")[0] == "C #"


def test_a_document_without_a_first_heading_of_the_first_rank_has_no_title():
    assert split("## Low\n\ntext", "markdown")[0] == ""
    assert split("text", "markdown")[0] == ""
    assert split("# text", "text")[0] == ""


def test_headings_within_code_are_code():
    text = "# A\n\n```sh\n# no\n~~~\n# nor this\n```\n\n# B\n\n~~~~\n# no\n~~~\n# no\n~~~~\n\n# C\n\nx\n\n```\n# open"
    assert [piece.heading for piece in split(text, "markdown")[1]] == ["A", "B", "C"]


def test_a_table_keeps_its_cells_and_loses_its_rule():
    text = "| a | b |\n|---|:-:|\n| --- | 5 |\n| x | y |"
    assert shown(text) == "| a | b | | --- | 5 | | x | y |"


@pytest.mark.parametrize(
    ("markdown", "read"),
    [
        ("**[NPSH](npsh.md)** rises", "NPSH rises"),
        ("[**NPSH**](npsh.md) rises", "NPSH rises"),
        ("[*a* b](c_(d).md \"t\") , e", "a b, e"),
        ("![a picture](p.png).", "a picture."),
        ("2 * 3 * 4", "2 * 3 * 4"),
        ("a*b*c", "a*b*c"),
        ("*a* and __b__ and `c`", "a and b and c"),
        ("> quoted", "quoted"),
        ("[open](never", "[open](never"),
        ("**never closed", "never closed"),
        ("3. third", "third"),
    ],
)  # fmt: skip
def test_a_span_is_shown_as_a_reader_sees_it(markdown, read):
    assert shown(markdown) == read


@pytest.mark.parametrize(
    "part", ["word ", "a sentence of six short words. ", "x", "漢", "line\n", "a. ", "\n\n", "- a b c\n"]
)
def test_no_passage_is_without_bounds(part):
    text = "Begin " + part * (300_000 // len(part)) + " end"
    for form in ("text", "markdown"):
        pieces = split(text, form)[1]
        assert max(len(piece.body.split()) for piece in pieces) <= 900
        assert max(len(piece.body) for piece in pieces) <= 10_000
        letters = sum(letter.isalpha() for piece in pieces for letter in piece.body)
        assert letters == sum(letter.isalpha() for letter in text)


def test_a_long_section_is_cut_between_sentences():
    text = "A sentence of exactly seven words here. " * 100
    pieces = split(text, "text")[1]
    assert len(pieces) > 2
    assert all(piece.body.endswith("here.") and piece.body.startswith("A sentence") for piece in pieces)


def test_a_cut_list_does_not_leave_a_mark_behind():
    pieces = split("- An item of exactly seven words here.\n" * 100, "text")[1]
    assert len(pieces) > 2
    assert all(piece.body.endswith("here.") for piece in pieces)


def test_a_heading_as_long_as_a_book_is_cut():
    text = "# " + "long " * 100_000 + "\n\n" + "".join(f"## h{number}\n\ntext\n\n" for number in range(200))
    title, pieces = split(text, "markdown")
    assert len(title) == 200
    assert title.endswith("…")
    assert max(len(piece.heading) for piece in pieces) <= 210


def test_thousands_of_headings_and_blocks_of_code_are_split_at_once():
    with at_most(10):
        pieces = split("```\n# no\n```\n# yes\n\ntext\n\n" * 20_000, "markdown")[1]
    assert len(pieces) == 20_001


def test_what_only_points_elsewhere_is_told_by_its_heading():
    assert is_pointer("Pump › See also")
    assert is_pointer("References")
    assert not is_pointer("Pump › Contents of the drum")
    assert not is_pointer("")


@pytest.mark.parametrize(
    "function", [blank, shown, lambda text: split(text, "markdown"), lambda text: split(text, "text")]
)
def test_no_text_takes_more_than_its_length_to_split(function):
    assert failures(function) == []
