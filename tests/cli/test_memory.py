"""`collegia memory`: what is remembered is listed, added and forgotten."""

from __future__ import annotations

import subprocess
import sys

import pytest
from typer.testing import CliRunner

from tests.cli.conftest import Done


@pytest.fixture
def memory():
    """Run `collegia memory` with these arguments, in this process."""
    from collegia.cli.memory import app

    def run(*arguments, stdin=None):
        done = CliRunner().invoke(app, [str(one) for one in arguments], input=stdin, prog_name="collegia memory")
        assert done.exception is None or isinstance(done.exception, SystemExit), done.exception
        return Done(done.exit_code, done.stdout, done.stderr)

    return run


def test_an_empty_memory_says_so_and_makes_no_file(memory, home):
    done = memory("list")
    assert (done.code, done.out, done.err) == (0, "nothing is remembered\n", "")
    assert memory("list", "-o", "json").json() == []
    assert not home.exists()


def test_what_is_added_is_listed_with_its_kind_value_and_day(memory):
    done = memory("add", "the wobble of our grums is 0.1 mm")
    assert (done.code, done.err) == (0, "")
    assert "value" in done.out
    assert "wobble of our grums: 0.1 mm  (said 20" in done.out
    assert memory("list").out == done.out


def test_a_contradiction_is_told_and_the_older_fact_stands_below_the_newer_one(memory):
    memory("add", "the wobble of our grums is 0.1 mm")
    memory("add", "We run two shifts")
    done = memory("add", "no, it is 0.2 mm")
    assert done.code == 0
    assert "you said 0.2 mm on" in done.err
    listed = memory("list").out.splitlines()
    assert [row.split()[0] for row in listed] == ["3", "1", "2"]
    assert listed[1].endswith("; replaced by 3)")


def test_a_sentence_from_which_nothing_is_taken_is_told_as_one(memory):
    done = memory("add", "We run two shifts")
    assert done.code == 0
    assert "no value is taken from it" in done.err


def test_the_list_for_programs_holds_everything(memory):
    memory("add", "CW means cooling water")
    added = memory("add", "CW means chilled water", "-o", "json").json()
    assert (added["what"], added["written"], added["replaced_by"]) == ("CW", "chilled water", None)
    assert [(one["kept"], one["dropped"]) for one in added["conflicts"]] == [("chilled water", "cooling water")]
    listed = memory("list", "--output", "json").json()
    assert [(one["id"], one["kind"], one["replaced_by"]) for one in listed] == [
        (2, "abbreviation", None),
        (1, "abbreviation", 2),
    ]
    assert memory("list", "-o", "jsonl").lines() == listed


def test_a_sentence_may_come_from_standard_input(memory):
    assert memory("add", "-", stdin="CW means cooling water\n").code == 0
    assert "CW: cooling water" in memory("list").out
    done = memory("add", "-", stdin=b"\xff\xfe")
    assert done.code == 2
    assert "not UTF-8" in done.err


@pytest.mark.parametrize("which", ["1", "CW", "cw means cooling water"])
def test_what_is_forgotten_is_said_and_gone(memory, home, which):
    memory("add", "CW means cooling water")
    done = memory("forget", which)
    assert (done.code, done.err) == (0, "")
    assert done.out.startswith("forgot    1")
    assert memory("list").out == "nothing is remembered\n"
    assert not any(b"cooling" in path.read_bytes() for path in (home / "knowledge").iterdir())


@pytest.mark.parametrize(
    ("arguments", "why"),
    [
        (["forget", "7"], "the number 7"),
        (["forget", "CW"], "nothing remembered says 'CW'"),
        (["add", "what is it?"], "that is a question"),
        (["add", "a\x1b[2Jb"], "U+001B"),
        (["add", "x" * 2000], "2,000 characters"),
        (["add", "it is 3 m"], "it is not clear what is 3 m"),
    ],
)
def test_what_cannot_be_done_is_a_usage_error_on_standard_error(memory, arguments, why):
    done = memory(*arguments)
    assert (done.code, done.out) == (2, "")
    assert why in done.err
    assert "\x1b" not in done.err


def test_a_damaged_file_is_an_error_that_names_it(memory, home):
    (home / "knowledge").mkdir(parents=True)
    (home / "knowledge" / "memory.db").write_bytes(b"garbage" * 1000)
    done = memory("list")
    assert (done.code, done.out) == (1, "")
    assert "memory.db is damaged" in done.err


def test_characters_that_are_not_seen_are_written_out_even_from_a_changed_file(memory, home):
    import sqlite3

    memory("add", "We run two shifts")
    with sqlite3.connect(home / "knowledge" / "memory.db") as db:
        db.execute("UPDATE facts SET text = 'a' || char(27) || '[2J' || char(8238) || 'b' || char(10) || 'c'")
    db.close()
    done = memory("list")
    assert r"a\x1b[2J\u202eb\nc" in done.out
    assert len(done.out.splitlines()) == 1


def test_help_imports_nothing_that_costs():
    code = (
        "import sys\nfrom collegia.cli.memory import app\ntry:\n    app(['list', '--help'])\nexcept SystemExit:\n"
        "    print([name for name in ('sqlite3', 'pint', 'numpy', 'scipy', 'asyncio') if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[-1] == "[]"
