"""Bad input gets a clear error, an exit code, and loses nothing."""

from __future__ import annotations

import json
import os
import sqlite3
import sys

import pytest

from collegia.agents.question import MAX_BYTES
from tests.cli.conftest import BLIM


@pytest.mark.parametrize("question", ["", "   \n\t ", "\x00\x01\x02"])
def test_an_empty_question_is_a_usage_error(cli, question):
    done = cli("ask", question)
    assert (done.code, done.out) == (2, "")
    assert "empty" in done.err


def test_a_megabyte_of_text_is_refused_quickly(cli):
    done = cli("ask", "-", stdin="words " * 180_000)
    assert (done.code, done.out) == (2, "")
    assert f"at most {MAX_BYTES:,}" in done.err


def test_standard_input_that_is_not_text_is_refused(cli):
    done = cli("ask", "-", stdin=b"\xff\xfe\x00blim")
    assert done.code == 2
    assert "UTF-8" in done.err


def test_an_argument_that_is_not_text_is_cleaned(cli, toys):
    assert cli("ask", BLIM.replace("What", "Wh\udcffat"), "--experts", toys).code in (0, 3, 4)


def test_control_characters_are_read_as_spaces_and_told(cli, toys):
    result = cli("ask", BLIM.replace(" for ", "\x07for\x1b "), "--experts", toys, "-o", "json").json()
    assert result["status"] == "answered"
    assert any("control characters" in text for text in result["warnings"])


def test_no_number_and_no_domain_is_out_of_domain(cli):
    assert cli("ask", "Tell me a story").code == 4


def test_a_unit_that_does_not_exist_is_never_used(cli, toys):
    done = cli("ask", BLIM.replace("30 cm", "30 flurbs"), "--experts", toys, "-o", "json")
    assert done.code == 3
    assert done.json()["quantities"] == []


def test_a_unit_of_another_dimension_is_asked_back(cli, toys):
    done = cli("ask", BLIM.replace("30 cm", "30 kg"), "--experts", toys, "-o", "json")
    assert done.code == 3
    assert "30 kg" in done.json()["answer_text"]


def test_ten_questions_in_one_never_give_a_number_for_the_wrong_one(cli, toys):
    asked = " ".join(f"What is the blim for a grum of {n} m and a flob of {n} cm?" for n in range(1, 11))
    result = cli("ask", asked, "--experts", toys, "-o", "json").json()
    assert result["status"] in ("answered", "clarify", "error")
    right = [n * n / 100 for n in range(1, 11)]
    if result["quantities"]:
        assert [one["value"] for one in result["quantities"]] == pytest.approx(right)


def test_an_error_without_a_run_is_json_too_where_json_was_asked_for(cli):
    done = cli("ask", "", "-o", "json")
    assert done.code == 2
    assert (done.json()["status"], done.json()["run_id"]) == ("error", "")


def test_a_flag_that_does_not_exist_is_a_usage_error(cli):
    done = cli("ask", "x", "--no-such-flag")
    assert (done.code, done.out) == (2, "")
    assert cli("ask").code == 2
    assert cli("nothing").code == 2


def test_a_damaged_run_store_is_told_with_its_path_and_is_not_touched(cli, home):
    home.mkdir()
    store = home / "runs.sqlite"
    store.write_bytes(b"this is no database" * 200)
    done = cli("ask", "What is the area of a circle of 2 m diameter?")
    assert done.code == 1
    assert str(store) in done.err
    assert store.read_bytes() == b"this is no database" * 200


def test_a_stored_result_that_is_damaged_is_told(cli, toys, home):
    run_id = cli("ask", BLIM, "--experts", toys, "-o", "json").json()["run_id"]
    with sqlite3.connect(home / "runs.sqlite") as db:
        db.execute("UPDATE runs SET result = '{broken'")
    db.close()
    done = cli("runs", "show", run_id)
    assert done.code == 1
    assert run_id in done.err


@pytest.mark.skipif(sys.platform != "linux", reason="/proc is a place where nobody may write")
def test_a_home_that_cannot_be_written_is_told_with_the_fix(cli, monkeypatch):
    monkeypatch.setenv("COLLEGIA_HOME", "/proc/collegia")
    done = cli("ask", "What is the area of a circle of 2 m diameter?")
    assert done.code == 1
    assert "COLLEGIA_HOME" in done.err


def test_a_home_that_is_a_file_is_told(cli, monkeypatch, tmp_path):
    (tmp_path / "taken").write_text("")
    monkeypatch.setenv("COLLEGIA_HOME", str(tmp_path / "taken"))
    done = cli("ask", "What is the area of a circle of 2 m diameter?")
    assert done.code == 1
    assert "COLLEGIA_HOME" in done.err


def test_a_setting_that_cannot_be_used_is_named(cli, monkeypatch):
    monkeypatch.setenv("COLLEGIA_MAX_STEPS", "many")
    done = cli("ask", "x")
    assert done.code == 2
    assert "COLLEGIA_MAX_STEPS" in done.err


def test_two_files_with_one_expert_name_are_refused_with_it(cli, toys, tmp_path):
    twin = tmp_path / "twin.py"
    twin.write_text(toys.read_text() + "\n# a twin\n")
    assert cli("experts", "trust", twin).code == 0
    done = cli("ask", BLIM, "--experts", toys, "--experts", twin)
    assert done.code == 1
    assert "two experts are named 'blim'" in done.err


def test_an_expert_named_as_an_installed_one_is_refused_with_both_places(cli, toys):
    toys.write_text(toys.read_text().replace("def wug(", "def circle_area("))
    cli("experts", "trust", toys)
    done = cli("ask", BLIM, "--experts", toys)
    assert done.code == 1
    assert "'circle_area' is already in domain 'arithmetic'" in done.err


def test_a_domain_that_fails_to_import_leaves_the_others_and_is_told(spawn, tmp_path, monkeypatch):
    monkeypatch.delenv("COLLEGIA_DOMAINS")
    info = tmp_path / "broken-1.0.dist-info"
    info.mkdir()
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: broken\nVersion: 1.0\n")
    (info / "entry_points.txt").write_text("[collegia.domains]\nbroken = broken_domain:domain\n")
    (tmp_path / "broken_domain.py").write_text("raise RuntimeError('no luck')\n")
    path = {"PYTHONPATH": os.pathsep.join([str(tmp_path), os.environ["PYTHONPATH"]])}
    listed = spawn("experts", "list", **path)
    assert listed.code == 0
    assert "circle_area" in listed.out
    assert "RuntimeError: no luck" in listed.err
    named = spawn("ask", "x?", "--domain", "broken", **path)
    assert named.code == 2
    assert "no luck" in named.err


def test_a_fault_of_ours_is_one_line_and_a_traceback_only_when_asked_for(cli, monkeypatch):
    from collegia.cli import runs

    def fail(*_: object) -> int:
        raise ZeroDivisionError("by nought")

    monkeypatch.setattr(runs, "list_runs", fail)
    done = cli("runs", "list")
    assert done.code == 1
    assert "Traceback" not in done.err
    assert "ZeroDivisionError: by nought" in done.err
    monkeypatch.setenv("COLLEGIA_DEBUG", "1")
    assert "Traceback" in cli("runs", "list").err


def test_a_stored_question_survives_as_it_was_asked(cli):
    asked = "Who “won” the cup — 中文 ½ \u00a0 №7?"
    cli("ask", asked)
    assert json.loads(cli("runs", "list", "-o", "json").out)[0]["question"] == asked


@pytest.mark.parametrize("output", ["json", "jsonl"])
def test_json_holds_no_character_that_drives_a_terminal(output, cli):
    said = "What is the \u202e of it?"
    done = cli("ask", said, "-o", output)
    assert "\u202e" not in done.out
    assert json.loads(done.out.splitlines()[-1] if output == "jsonl" else done.out)["question"] == said
