"""Experts from a plain file: code runs only after somebody said yes to that very content."""

from __future__ import annotations

import json

import pytest

from collegia.errors import StoreError, UsageError
from collegia.tools import expert_of
from collegia.tools.trust import Untrusted, content_hash, is_trusted, load_functions, trust

FILE = '''
from __future__ import annotations
from typing import Annotated, NamedTuple
from math import sqrt
from collegia.tools import expert

class Both(NamedTuple):
    low: Annotated[float, "m"]
    high: Annotated[float, "m"]

def blim(wide: Annotated[float, "m"]) -> Annotated[float, "m"]:
    """Blim."""
    return helper(wide)

def grum(wide: Annotated[float, "m"]) -> Both:
    """Both ends."""
    return Both(wide, wide)

def helper(x: float) -> float:
    return sqrt(x) ** 2

def _hidden(wide: Annotated[float, "m"]) -> Annotated[float, "m"]:
    """Hidden."""
    return wide
'''


@pytest.fixture
def file(tmp_path):
    path = tmp_path / "mine.py"
    path.write_text(FILE)
    return path


def test_public_functions_with_units_are_experts_and_helpers_are_not(file):
    assert [function.__name__ for function in load_functions(file)] == ["blim", "grum"]


def test_a_named_tuple_of_the_file_can_be_read_although_annotations_are_text(file):
    grum = load_functions(file)[1]
    assert [port.name for port in expert_of(grum).card.outputs] == ["low", "high"]


def test_nothing_of_an_untrusted_file_runs(file, home, tmp_path):
    mark = tmp_path / "ran"
    file.write_text(f"open({str(mark)!r}, 'w').close()\n{FILE}")
    with pytest.raises(Untrusted, match=r"collegia experts trust .*mine\.py"):
        load_functions(file, home)
    assert not mark.exists()


def test_a_trusted_file_runs_and_is_not_asked_about_again(file, home):
    trust(file, home)
    assert is_trusted(file, home)
    assert len(load_functions(file, home)) == 2


def test_a_changed_file_is_asked_about_again(file, home):
    trust(file, home)
    file.write_text(FILE + "\nlater = 1\n")
    assert not is_trusted(file, home)
    with pytest.raises(Untrusted):
        load_functions(file, home)


def test_the_same_content_in_another_place_is_the_same_file(file, home, tmp_path):
    digest = trust(file, home)
    copy = tmp_path / "copy.py"
    copy.write_bytes(file.read_bytes())
    assert content_hash(copy) == digest
    assert is_trusted(copy, home)


def test_trusting_a_second_file_keeps_the_first(file, home, tmp_path):
    other = tmp_path / "other.py"
    other.write_text(FILE + "\n# another\n")
    trust(file, home)
    trust(other, home)
    assert is_trusted(file, home)
    assert is_trusted(other, home)
    assert not list(home.glob("*.part"))


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("x = 1", "declares no expert"),
        ("def f(:", "SyntaxError"),
        ("\n\nraise ValueError('no luck')", "line 3: ValueError: no luck"),
        ("import nothing_of_that_name", "line 1: ModuleNotFoundError"),
        ("raise SystemExit(0)", "line 1: SystemExit"),
        ("a\0b", "SyntaxError"),
    ],
)
def test_a_file_that_gives_no_expert_is_told_with_the_reason(file, text, said):
    file.write_text(text)
    with pytest.raises(UsageError, match="mine") as raised:
        load_functions(file)
    assert said in str(raised.value)


def test_a_file_that_failed_once_is_read_anew(file):
    file.write_text("raise ValueError('no luck')")
    for _ in range(2):
        with pytest.raises(UsageError, match="no luck"):
            load_functions(file)


def test_a_file_that_is_not_there_is_told(tmp_path):
    with pytest.raises(UsageError, match="cannot be read"):
        load_functions(tmp_path / "none.py")


@pytest.mark.parametrize("text", ["{", "[]", json.dumps({"trusted": []}), json.dumps({})])
def test_a_damaged_list_of_trusted_files_trusts_nothing_and_says_so(file, home, text):
    home.mkdir()
    (home / "trusted.json").write_text(text)
    with pytest.raises(StoreError, match=r"trusted\.json"):
        load_functions(file, home)


def test_a_home_that_cannot_be_written_is_told_with_the_fix(file, tmp_path):
    blocked = tmp_path / "blocked"
    blocked.write_text("a file, where a folder should be")
    with pytest.raises(StoreError, match="COLLEGIA_HOME"):
        trust(file, blocked)
