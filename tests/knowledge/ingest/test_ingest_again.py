"""Ingesting again: what has not changed stays, what has is replaced, and a kill loses nothing."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from collegia.errors import UsageError
from collegia.knowledge.ingest import Limits, ingest
from collegia.knowledge.ingest.check import check
from collegia.knowledge.store import KnowledgeStore
from tests.knowledge.ingest.conftest import SENTENCE


def write(folder, count, start=0):
    for number in range(start, start + count):
        text = f"# Exchanger E-{number}\n\n{SENTENCE}\n\n## Pump P-{number}\n\nSee Exchanger E-{number}."
        (folder / f"d{number}.md").write_text(text)


def test_the_same_files_again_change_nothing(store, folder):
    write(folder, 5)
    (folder / "rows.jsonl").write_text('{"id": 1, "text": "Scale."}\n{"id": 2, "text": "Coke."}')
    (folder / "table.csv").write_text("tag,head\nP-1,45\n")
    assert ingest(store, [folder]).added == 8
    version, listed = store.version(), store.documents()
    report = ingest(store, [folder, folder / "d1.md", str(folder) + "/*.md"])
    assert (report.added, report.replaced, report.unchanged, report.refused) == (0, 0, 8, ())
    assert (store.version(), store.documents()) == (version, listed)


def test_what_is_known_is_not_looked_into_again(store, folder, monkeypatch, tmp_path):
    (tmp_path / "once.py").write_text(
        f"def read(data):\n    open({str(tmp_path / 'log')!r}, 'a').write('x')\n    return 'One.'\n"
    )
    monkeypatch.setenv("PYTHONPATH", f"{tmp_path}{os.pathsep}{os.environ['PYTHONPATH']}")
    (folder / "a.odd").write_bytes(b"1")
    for content in (b"1", b"1", b"2", b"2"):
        (folder / "a.odd").write_bytes(content)
        ingest(store, [folder], readers={".odd": "once:read"})
    assert (tmp_path / "log").read_text() == "xx"


def test_a_changed_file_replaces_what_was_stored_of_it(store, folder):
    write(folder, 2)
    ingest(store, [folder])
    (folder / "d0.md").write_text("# New\n\n" + SENTENCE)
    report = ingest(store, [folder])
    assert (report.added, report.replaced, report.unchanged) == (0, 1, 1)
    assert [one.title for one in store.documents()] == ["New", "Exchanger E-1"]


def test_a_file_that_is_refused_now_keeps_what_was_stored_of_it(store, folder):
    write(folder, 1)
    ingest(store, [folder])
    (folder / "d0.md").write_bytes(b"\xff\0")
    (refusal,) = ingest(store, [folder]).refused
    assert refusal.why.endswith("what was stored of it before is kept")
    assert len(store.documents()) == 1


def test_records_come_change_and_go_with_their_file(store, folder):
    def rows(**texts):
        (folder / "rows.jsonl").write_text(
            "\n".join(json.dumps({"id": name, "text": text}) for name, text in texts.items())
        )
        report = ingest(store, [folder])
        return (report.added, report.replaced, report.unchanged), [one.name for one in store.documents()]

    assert rows(a="A one.", b="B one.") == ((2, 0, 0), ["rows.jsonl#a", "rows.jsonl#b"])
    assert rows(a="A one.", b="B two.", c="C one.") == ((1, 1, 1), ["rows.jsonl#a", "rows.jsonl#b", "rows.jsonl#c"])
    assert rows(c="C one.") == ((0, 0, 1), ["rows.jsonl#c"])
    (folder / "rows.jsonl").write_text('{"tag": "P-1"}')  # no text any more, so it is a table now
    ingest(store, [folder])
    assert [one.name for one in store.documents()] == ["rows.jsonl"]


def test_another_collection_takes_a_document_over(store, folder):
    write(folder, 1)
    ingest(store, [folder])
    assert ingest(store, [folder], collection="plant").replaced == 1
    assert [one.collection for one in store.documents()] == ["plant"]


def test_progress_goes_up_to_the_number_of_files(store, folder):
    write(folder, 5)
    steps = []
    ingest(store, [folder], progress=lambda done, total: steps.append((done, total)))
    assert steps == [(done, 5) for done in range(6)]


@pytest.mark.parametrize(("said", "given"), [("collection", {"collection": " "}), ("0 processes", {"workers": 0})])
def test_what_cannot_be_meant_is_a_usage_error(store, folder, said, given):
    with pytest.raises(UsageError, match=said):
        ingest(store, [folder], **given)


def test_a_limit_that_lets_nothing_in_is_a_usage_error():
    with pytest.raises(UsageError, match="seconds"):
        Limits(seconds=0)


CHILD = """
import sys
from collegia.knowledge.ingest import ingest
from collegia.knowledge.store import KnowledgeStore
ingest(KnowledgeStore(sys.argv[1]), [sys.argv[2]], progress=lambda done, total: print(done, flush=True))
"""


def test_an_ingest_killed_at_any_moment_and_run_again_ends_as_if_it_never_was(store, folder, tmp_path):
    write(folder, 700)
    whole = KnowledgeStore(tmp_path / "whole.db")
    ingest(whole, [folder])
    for moment in (150, 450, 699):  # in the first batch, between two, and while the last is linked
        child = subprocess.Popen(
            [sys.executable, "-c", CHILD, str(store.path), str(folder)], stdout=subprocess.PIPE, start_new_session=True
        )
        with child:
            for line in child.stdout:
                if int(line) >= moment:
                    break
            child.send_signal(signal.SIGKILL)
        assert child.returncode == -signal.SIGKILL
    assert ingest(store, [folder]).refused == ()
    assert store.counts() == whole.counts()
    assert [one.name for one in store.documents()] == [one.name for one in whole.documents()]
    assert check(store) == []
    assert ingest(store, [folder]).unchanged == 700
    whole.close()


HANG = """
import sys, time
def hang(data):
    import os
    open(os.environ["PID_FILE"], "w").write(str(os.getpid()))
    time.sleep(1000)
"""


def test_no_reader_outlives_an_ingest_that_was_interrupted(store, folder, tmp_path, monkeypatch):
    (tmp_path / "hanging.py").write_text(HANG)
    monkeypatch.setenv("PYTHONPATH", f"{tmp_path}{os.pathsep}{os.environ['PYTHONPATH']}")
    monkeypatch.setenv("PID_FILE", str(tmp_path / "pid"))
    (folder / "a.hang").write_text("x")

    def interrupt():
        while not (tmp_path / "pid").exists() or not (tmp_path / "pid").read_text():
            time.sleep(0.01)
        os.kill(os.getpid(), signal.SIGINT)

    watcher = threading.Thread(target=interrupt)
    watcher.start()
    with pytest.raises(KeyboardInterrupt):
        ingest(store, [folder], readers={".hang": "hanging:hang"})
    watcher.join()
    with pytest.raises(ProcessLookupError):
        os.kill(int((tmp_path / "pid").read_text()), 0)


def test_a_reader_whose_parent_was_killed_ends(store, folder, tmp_path, monkeypatch):
    (tmp_path / "hanging.py").write_text(HANG.replace("1000", "1"))
    monkeypatch.setenv("PYTHONPATH", f"{tmp_path}{os.pathsep}{os.environ['PYTHONPATH']}")
    monkeypatch.setenv("PID_FILE", str(tmp_path / "pid"))
    (folder / "a.hang").write_text("x")
    code = CHILD.replace("progress=", "readers={'.hang': 'hanging:hang'}, progress=")
    child = subprocess.Popen([sys.executable, "-c", code, str(store.path), str(folder)], stdout=subprocess.DEVNULL)
    until = time.monotonic() + 20
    while not (tmp_path / "pid").exists() or not (tmp_path / "pid").read_text():
        assert time.monotonic() < until
        time.sleep(0.01)
    child.kill()
    child.wait()
    reader = int((tmp_path / "pid").read_text())
    while time.monotonic() < until:
        try:
            state = Path(f"/proc/{reader}/stat").read_text().rpartition(")")[2].split()[0]
        except OSError:
            break
        if state == "Z":  # ended, though nobody has asked for its exit code
            break
        time.sleep(0.05)
    assert time.monotonic() < until


def test_a_script_without_a_main_guard_may_ingest(folder, tmp_path):
    write(folder, 1)
    script = tmp_path / "script.py"
    script.write_text(CHILD)
    done = subprocess.run(
        [sys.executable, script, tmp_path / "s.db", folder], capture_output=True, text=True, timeout=60, check=False
    )
    assert (done.returncode, done.stdout, done.stderr) == (0, "0\n1\n", "")


@pytest.mark.parametrize("how", ["remove", "replace"])
def test_no_byte_of_a_document_stays_in_any_file_of_the_store(store, folder, how):
    write(folder, 300)
    secret = folder / "secret.md"
    secret.write_text(
        "# Projekt Xanthippe\n\nThe Xanthippe valve causes zwiebelfish. Xanthippe (XNTP) is near Pump P-3.\n"
    )
    ingest(store, [folder])
    files = list(store.path.parent.iterdir())

    def holding():
        return {
            (file.name, word)
            for file in files
            if file.exists()
            for word in (b"xanthippe", b"xanthipp", b"anthip", b"zwiebel", b"xntp")
            if word in file.read_bytes().lower()
        }

    assert holding()
    if how == "remove":
        assert store.remove("secret.md") == [secret.resolve().as_posix()]
    else:
        secret.write_text("# Nothing\n\n" + SENTENCE)
        assert ingest(store, [folder]).replaced == 1
    assert holding() == set()


def test_a_file_beside_a_folder_named_like_its_records_harms_nothing(store, folder):
    (folder / "c#").mkdir()
    (folder / "c#" / "a.md").write_text(SENTENCE)
    (folder / "a.md").write_text(SENTENCE)
    (folder / "c").write_text("One.")
    ingest(store, [folder])
    (folder / "c").write_text("Two.")
    assert ingest(store, [folder]).replaced == 1
    assert {one.name for one in store.documents()} == {"c", "c#/a.md", "files/a.md"}
