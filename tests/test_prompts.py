"""Prompts are files that a user can read and replace; what is put in is text and nothing more."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from collegia.errors import UsageError
from collegia.prompts import NAMES, prompt, prompt_path


def own(folder: Path, text: str | bytes, name: str = "planner") -> Path:
    """The user's file of a prompt."""
    path = folder / f"{name}.md"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return path


def test_every_shipped_prompt_is_a_text_that_can_be_read() -> None:
    assert "planner" in NAMES
    for name in NAMES:
        assert prompt_path(name).read_text(encoding="utf-8").strip(), name


def test_a_file_of_the_user_goes_before_the_shipped_one_and_only_for_its_name(tmp_path: Path) -> None:
    assert prompt("planner", tmp_path) == prompt("planner")
    path = own(tmp_path, "Mine.\n")
    own(tmp_path, "x", "another")
    assert prompt_path("planner", tmp_path) == path
    assert prompt("planner", tmp_path) == "Mine."
    path.unlink()
    assert prompt("planner", tmp_path) == prompt("planner")


def test_a_file_that_is_edited_is_read_anew(tmp_path: Path) -> None:
    path = own(tmp_path, "First.")
    assert prompt("planner", tmp_path) == "First."
    own(tmp_path, "Second.")
    os.utime(path, ns=(1, 1))
    assert prompt("planner", tmp_path) == "Second."


def test_places_are_filled_and_what_has_no_place_is_left_out(tmp_path: Path) -> None:
    own(tmp_path, "Of $what, ${how}ly; it costs 5 $$.")
    assert prompt("planner", tmp_path, what="cards", how="brief", more="x") == "Of cards, briefly; it costs 5 $."


@pytest.mark.parametrize("text", ["$other", "${other}", "$$", "5 $", "$what $what", "{what}", "%(what)s", "\\1"])
def test_nothing_that_is_put_in_is_searched_for_places(tmp_path: Path, text: str) -> None:
    own(tmp_path, "<$what> <$other>")
    assert prompt("planner", tmp_path, what=text, other="o") == f"<{text}> <o>"


@pytest.mark.parametrize(
    ("text", "fault"), [("a $missing place", "'missing'"), ("it costs 5 $ a day", "line 1, col 12")]
)
def test_a_place_that_is_not_filled_is_an_error_that_names_the_file_and_the_places(
    tmp_path: Path, text: str, fault: str
) -> None:
    path = own(tmp_path, text)
    with pytest.raises(UsageError) as refused:
        prompt("planner", tmp_path, cards="c", question="q")
    assert str(path) in str(refused.value)
    assert fault in str(refused.value)
    assert "its places are: $cards, $question" in str(refused.value)


@pytest.mark.parametrize("text", [b"\xff\xfe", b"x" * 100_001])
def test_a_file_that_is_no_prompt_is_refused_by_its_name(tmp_path: Path, text: bytes) -> None:
    path = own(tmp_path, text)
    with pytest.raises(UsageError, match=path.name):
        prompt("planner", tmp_path)


@pytest.mark.parametrize("name", ["no-such", "../planner", "planner.md", ""])
def test_a_name_that_is_none_finds_no_file(tmp_path: Path, name: str) -> None:
    with pytest.raises(KeyError):
        prompt(name, tmp_path)
