"""`collegia kb`: what goes where, and with which exit code."""

from __future__ import annotations

import os
import signal
import sqlite3
import subprocess
import sys
import time
from contextlib import closing, suppress

import pytest
from typer.testing import CliRunner

from collegia.cli.kb import app
from tests.cli.conftest import Done

SENTENCE = "Fouling lowers heat transfer."


@pytest.fixture
def kb():
    """Run `collegia kb` with these arguments, in this process."""

    def run(*arguments):
        done = CliRunner().invoke(app, [str(one) for one in arguments], prog_name="collegia kb")
        assert done.exception is None or isinstance(done.exception, SystemExit), done.exception
        return Done(done.exit_code, done.stdout, done.stderr)

    return run


@pytest.fixture
def folder(tmp_path):
    made = tmp_path / "files"
    made.mkdir()
    (made / "a.md").write_text(f"# Fouling\n\n{SENTENCE}")
    (made / "b.txt").write_text("Scale is hard.")
    return made


def test_what_was_added_is_the_answer_and_the_rest_is_told_beside_it(kb, folder):
    done = kb("add", folder)
    assert (done.code, done.out, done.err) == (0, "2 added, 0 replaced, 0 unchanged, 0 refused\n", "reading: 2 done\n")
    done = kb("add", folder, "--quiet")
    assert (done.code, done.out, done.err) == (0, "", "")
    assert kb("add", folder, "-o", "json").json() == {
        "added": 0, "replaced": 0, "unchanged": 2, "refused": [], "skipped": [], "collection": "user",
    }  # fmt: skip


def test_what_is_refused_is_told_and_the_code_says_how_much_went_in(kb, folder):
    (folder / "bad.pdf").write_bytes(b"nothing")
    done = kb("add", folder, "-q")
    assert (done.code, done.out) == (5, "")
    assert done.err == f"refused: {folder}/bad.pdf: its name says pdf, but its content is something else\n"
    done = kb("add", folder / "bad.pdf", folder / "gone.md", "-o", "json")
    assert done.code == 1
    assert [one["why"] for one in done.json()["refused"]][1:] == [
        "its name says pdf, but its content is something else"
    ]
    assert done.err.count("refused: ") == 2


def test_hidden_entries_are_told_once(kb, folder):
    (folder / ".git").mkdir()
    done = kb("add", folder)
    assert done.code == 0
    assert f"passed over, for they are hidden: {folder}/.git; name one to take it in" in done.err


def test_names_of_files_do_not_drive_the_terminal(kb, folder):
    (folder / "x\x1b[2J\u202e.md").write_text(SENTENCE)
    done = kb("add", folder)
    assert (done.code, "\x1b" in done.err, "\u202e" in done.err) == (5, False, False)
    assert "x\\x1b[2J\\u202e.md" in done.err


def test_nothing_to_add_is_a_usage_error(kb):
    assert kb("add").code == 2


def test_status_and_list_tell_what_is_stored(kb, folder, home):
    assert kb("list").out == "no documents are stored\n"
    kb("add", folder, "--collection", "plant")
    status = kb("status", "-o", "json").json()
    assert (status["path"], status["documents"], status["collections"]) == (
        str(home / "knowledge" / "store.db"), 2, {"plant": 2},
    )  # fmt: skip
    assert "plant: 2 documents" in kb("status").out
    assert [row.split()[:2] for row in kb("list").out.splitlines()] == [
        ["name", "collection"], ["a.md", "plant"], ["b.txt", "plant"],
    ]  # fmt: skip
    assert [one["title"] for one in kb("list", "-o", "jsonl").lines()] == ["Fouling", ""]
    assert kb("list", "--collection", "other").out == "no documents are stored in other\n"


def test_a_document_is_shown_whole_or_by_the_span_of_a_citation(kb, folder):
    kb("add", folder)
    assert kb("show", "a.md").out.endswith(f"\n\n# Fouling\n\n{SENTENCE}\n")
    assert kb("show", "a.md", "--span", "2:9").out == "Fouling\n"
    found = kb("show", folder / "a.md", "--span", "11:18", "-o", "json").json()
    assert (found["text"], found["start"], found["end"], found["page"]) == ("Fouling", 11, 18, None)


@pytest.mark.parametrize("span", ["9", "a:b", "5:5", "7:3", "0:99999", "-1:4"])
def test_a_span_that_is_none_is_a_usage_error(kb, folder, span):
    kb("add", folder)
    done = kb("show", "a.md", f"--span={span}")
    assert (done.code, done.out) == (2, "")
    assert f"--span {span}" in done.err or f"--span is '{span}'" in done.err


def test_text_of_a_document_does_not_drive_the_terminal(kb, folder):
    (folder / "c.txt").write_text("one\x1b[2J\ttwo\u202e \x07")
    kb("add", folder)
    assert kb("show", "c.txt").out.endswith("one\\x1b[2J\ttwo\\u202e \\x07\n")


def test_a_name_that_is_none_is_a_usage_error_with_those_near_it(kb, folder):
    kb("add", folder)
    done = kb("show", "aa.md")
    assert (done.code, done.err.splitlines()[-1]) == (
        2, "error: no document is called 'aa.md'; near it: a.md; `collegia kb list` shows all",
    )  # fmt: skip


def test_what_goes_is_said_and_what_is_not_there_is_an_error(kb, folder, home):
    kb("add", folder)
    done = kb("remove", "nothing", "a.md", folder / "b.txt", "a.md")
    assert done.code == 1
    assert done.out == f"removed a.md ({folder}/a.md)\nremoved b.txt ({folder}/b.txt)\n"
    assert [one.split(";")[0] for one in done.err.splitlines()] == [
        "error: no document is called 'nothing'", "error: no document is called 'a.md'",
    ]  # fmt: skip
    assert kb("list", "-o", "json").json() == []
    assert not any(b"ouling" in file.read_bytes() for file in (home / "knowledge").iterdir())


def test_a_file_of_records_goes_with_all_of_them(kb, folder):
    (folder / "rows.jsonl").write_text('{"id": 1, "text": "One."}\n{"id": 2, "text": "Two."}\n')
    kb("add", folder)
    assert kb("show", "rows.jsonl#2").out.endswith("\nTwo.\n")
    done = kb("show", "rows.jsonl")
    assert done.code == 2
    assert "2 documents are called 'rows.jsonl'; show one of them, such as 'rows.jsonl#1'" in done.err
    assert kb("remove", "rows.jsonl#1").code == 0
    removed = kb("remove", "rows.jsonl", "-o", "json").json()
    assert removed == {"removed": [{"name": "rows.jsonl#2", "source": f"{folder}/rows.jsonl/#2"}], "missing": []}
    assert [one["name"] for one in kb("list", "-o", "json").json()] == ["a.md", "b.txt"]


def test_a_store_is_rebuilt_and_examined(kb, folder, home):
    from collegia.knowledge.store import KnowledgeStore

    kb("add", folder)
    assert kb("doctor").out.startswith("no fault in 2 documents")
    store = KnowledgeStore(home / "knowledge" / "store.db")
    with store.writing() as db:
        db.execute("DELETE FROM passages WHERE document = 1")
    store.close()
    done = kb("doctor")
    assert done.code == 1
    assert "1 documents without a passage\n  mend it: collegia kb rebuild\n" in done.out
    assert kb("doctor", "-o", "json").json()["faults"][0]["mend"] == "collegia kb rebuild"
    done = kb("rebuild")
    assert (done.code, done.out.split(":")[0], done.err) == (0, "2 documents rebuilt", "rebuilding: 2 done\n")
    assert (kb("doctor").code, kb("doctor", "-o", "json").json()) == (0, {"faults": []})


def test_a_store_that_is_none_is_told_in_one_line(kb, home):
    (home / "knowledge").mkdir(parents=True)
    (home / "knowledge" / "store.db").write_bytes(b"nonsense" * 1000)
    done = kb("list")
    assert (done.code, done.out, len(done.err.splitlines())) == (1, "", 1)
    assert "move it away" in done.err
    done = kb("doctor")
    assert done.code == 1
    assert "mend it: move " in done.out


RUN = """
from collegia.cli.kb import app
app(prog_name="collegia kb")
"""


def stored(path):
    """How many documents a store holds that another process writes; none while it is being laid out."""
    with suppress(sqlite3.Error), closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True)) as db:
        return db.execute("SELECT count(*) FROM documents").fetchone()[0]
    return 0


def test_ctrl_c_ends_with_130_and_says_what_is_kept(folder, tmp_path):
    for number in range(400):
        (folder / f"d{number}.md").write_text(f"# D{number}\n\n{SENTENCE}")
    (folder / "zz.csv").write_text("a,b\n" + "x,1\n" * 1_000_000)  # takes its time, after two batches are stored
    child = subprocess.Popen(
        [sys.executable, "-c", RUN, "add", folder], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
        env={**os.environ, "COLLEGIA_HOME": str(tmp_path / "home")},
    )  # fmt: skip
    store = tmp_path / "home" / "knowledge" / "store.db"
    until = time.monotonic() + 30
    while stored(store) < 400:
        assert time.monotonic() < until
        time.sleep(0.02)
    child.send_signal(signal.SIGINT)
    out, err = child.communicate(timeout=30)
    assert (child.returncode, out) == (130, "")
    assert err == "cancelled; what was stored is kept (400 more than before), and the same command does the rest\n"


def test_vectors_follow_the_documents_where_an_embedding_is_configured(kb, folder, monkeypatch):
    kb("add", folder)
    monkeypatch.setenv("COLLEGIA_EMBEDDING", "hash:64")
    monkeypatch.setenv("COLLEGIA_VECTORS", "exact")
    done = kb("doctor")
    assert (done.code, done.out) == (1, "0 vectors for 2 passages of user\n  mend it: collegia kb rebuild\n")
    assert kb("rebuild").err == "rebuilding: 2 done\nvectors: 2 done\n"
    assert kb("doctor").code == 0
    (folder / "c.md").write_text("# C\n\nCoke is black.")
    assert kb("add", folder).err == "reading: 3 done\nvectors: 1 done\n"
    assert kb("doctor").code == 0
    assert kb("remove", "a.md", "b.txt").code == 0
    assert kb("doctor").code == 0


def test_documents_go_in_when_the_embedding_cannot_be_reached(kb, folder, monkeypatch):
    monkeypatch.setenv("COLLEGIA_EMBEDDING", "openai:http://127.0.0.1:9#none")
    monkeypatch.setenv("COLLEGIA_VECTORS", "exact")
    done = kb("add", folder, "--quiet")
    assert (done.code, done.out) == (0, "")
    assert done.err.startswith("warning: the documents are stored, but their vectors are not in step: ")
