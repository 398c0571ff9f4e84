"""Rebuilding a store from its own texts, and finding what is wrong with one."""

from __future__ import annotations

import signal
import subprocess
import sys

import pytest

from collegia.knowledge.ingest import ingest, rebuild
from collegia.knowledge.ingest.check import check
from collegia.knowledge.store import KnowledgeStore
from tests.knowledge.ingest.conftest import SENTENCE


@pytest.fixture
def filled(store, folder):
    for number in range(450):
        (folder / f"d{number}.md").write_text(f"# Exchanger E-{number}\n\n{SENTENCE} It is beside Pump P-{number}.")
    (folder / "rows.jsonl").write_text('{"id": 1, "text": "Scale is hard.", "date": "2020-01-02"}')
    ingest(store, [folder])
    return store


def kept(store):
    return [(one.source, one.name, one.title, one.date, one.digest, store.text(one.id)) for one in store.documents()]


def test_a_rebuild_gives_the_same_store_and_the_files_are_still_known(filled, folder):
    before, counts = kept(filled), filled.counts()
    steps = []
    assert rebuild(filled, lambda done, total: steps.append((done, total))) == 451
    assert steps[-1] == (451, 451)
    assert (kept(filled), filled.counts()) == (before, counts)
    assert check(filled) == []
    assert ingest(filled, [folder]).unchanged == 451


CHILD = """
import sys
from collegia.knowledge.ingest import rebuild
from collegia.knowledge.store import KnowledgeStore
rebuild(KnowledgeStore(sys.argv[1]), lambda done, total: print(done, flush=True))
"""


def test_a_rebuild_that_is_killed_loses_no_text_and_is_told(filled):
    before, counts = kept(filled), filled.counts()
    with subprocess.Popen([sys.executable, "-c", CHILD, filled.path], stdout=subprocess.PIPE) as child:
        child.stdout.readline()
        child.send_signal(signal.SIGKILL)
    assert [one[-1] for one in kept(filled)] == [one[-1] for one in before]
    assert [one.mend for one in check(filled)] == ["collegia kb rebuild"] * len(check(filled))
    assert "a rebuild did not reach" in " ".join(one.what for one in check(filled))
    rebuild(filled)
    assert (kept(filled), filled.counts(), check(filled)) == (before, counts, [])


@pytest.mark.parametrize(
    ("harm", "said"),
    [
        ("DELETE FROM documents WHERE id = 3", "1 passages of no document"),
        ("DELETE FROM passages WHERE document = 3", "1 documents without a passage"),
        ("DELETE FROM bodies WHERE rowid = 3", "1 passages that no search can find"),
        ("INSERT INTO bodies (rowid, title, body) VALUES (99999, 'x', 'y')", "1 searchable texts of no passage"),
        ("UPDATE passages SET end = 99999 WHERE id = 3", "1 passages whose span lies outside"),
        ("INSERT INTO mentions VALUES (99999, 1, 0, 1)", "1 findings in passages that are gone"),
        ("INSERT INTO mentions VALUES (3, 99999, 0, 1)", "1 findings that name nothing"),
        ("INSERT INTO entities VALUES (99999, 'zzz', 'zzz', 0)", "1 names that nothing holds"),
        ("UPDATE entities SET passages = 7777 WHERE id = 3", "1 names whose passages are counted wrong"),
        ("UPDATE bodies_content SET c1 = 'other' WHERE id = 3", "the index of words does not agree"),
        ("INSERT INTO facts VALUES ('unlinked', '450')", "passages are not linked yet"),
    ],
)
def test_each_fault_is_found_and_the_command_that_is_named_mends_it(filled, harm, said):
    whole = filled.counts()
    with filled.writing() as db:
        db.execute(harm)
    faults = check(filled)
    assert said in " / ".join(one.what for one in faults)
    assert {one.mend for one in faults} == {"collegia kb rebuild"}
    rebuild(filled)
    assert check(filled) == []
    if "documents WHERE" not in harm:
        assert filled.counts() == whole


def test_a_damaged_file_is_told_with_what_to_do(filled):
    with filled.reading() as db:
        db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    filled.close()
    data = bytearray(filled.path.read_bytes())
    data[8192:200_000] = b"\xa5" * (200_000 - 8192)
    filled.path.write_bytes(data)
    damaged = KnowledgeStore(filled.path)
    (fault,) = check(damaged)
    assert "damaged" in fault.what
    assert fault.mend == f"move {filled.path} away, then add the documents again: collegia kb add PATH…"
    damaged.close()
