"""What comes in from outside is cleaned or refused, and never shortened silently."""

from __future__ import annotations

import pytest

from collegia.agents.question import MAX_BYTES, read_answer, read_question
from collegia.errors import UsageError


@pytest.mark.parametrize("text", ["", "   \n\t ", "\x00\x01", "\ud800"])
def test_an_empty_question_is_refused(text: str) -> None:
    with pytest.raises(UsageError, match="the question is empty"):
        read_question(text)


def test_a_megabyte_is_refused_with_its_size() -> None:
    with pytest.raises(UsageError, match=rf"1,000,000 bytes; at most {MAX_BYTES:,}"):
        read_question("x" * 1_000_000)


def test_the_limit_counts_bytes_and_the_last_byte_is_read() -> None:
    assert read_question("x" * MAX_BYTES)[0] == "x" * MAX_BYTES
    with pytest.raises(UsageError):
        read_question("é" * (MAX_BYTES // 2 + 1))


def test_control_characters_become_spaces_one_for_one_and_that_is_said() -> None:
    text, notes = read_question("density\x00of\x1b[31m water\x7f?")
    assert text == "density of [31m water ?"
    assert notes == ("the question held control characters, which were read as spaces",)


def test_broken_unicode_becomes_spaces_so_that_it_can_be_stored() -> None:
    text, notes = read_question("5 \udc80 bar")
    assert text == "5   bar"
    assert notes


def test_line_breaks_tabs_and_all_that_people_write_stay() -> None:
    asked = "60 m³/h → ΔT\n\tof 20 °C, 5 µm?"
    assert read_question(f"  {asked} \n") == (asked, ())


def test_an_answer_is_read_the_same_way() -> None:
    assert read_answer(" 5\x00bar ") == "5 bar"
    with pytest.raises(UsageError, match="the answer is empty"):
        read_answer(" ")
