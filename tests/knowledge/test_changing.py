"""Documents go in and out with all that hangs on them."""

from __future__ import annotations

import pytest

from collegia.knowledge.changing import take_in, take_out
from collegia.knowledge.place import open_knowledge
from collegia.knowledge.vectors.vectors import open_vectors
from collegia.settings import Settings


class Enough(Exception):
    """Somebody has seen enough."""


def pages(tmp_path, count=3):
    folder = tmp_path / "docs"
    folder.mkdir()
    for n in range(count):
        (folder / f"p{n}.md").write_text(f"# Page {n}\n\nA worn flange causes grumbling {n}.\n")
    return folder


def test_files_go_in_with_their_vectors_and_out_without_a_trace(tmp_path, home):
    settings = Settings.load(home=home, embedding="hash:64")
    store = open_knowledge(settings)
    told = []
    taken = take_in(store, settings, [pages(tmp_path)], embedding=lambda *done: told.append(done))
    assert (taken.report.added, taken.warning) == (3, "")
    assert told[-1] == (3, 3)
    for one in store.documents():
        take_out(store, settings, one.source)
    with open_vectors(store, settings) as vectors:
        assert sum(one.vectors for one in vectors.status()) == 0
    assert set(store.counts().values()) == {0}
    store.close()


def test_reading_can_be_stopped_and_gone_on_with(tmp_path, home):
    settings = Settings.load(home=home)
    store = open_knowledge(settings)

    def stop(done, _):
        if done:
            raise Enough

    folder = pages(tmp_path)
    with pytest.raises(Enough):
        take_in(store, settings, [folder], reading=stop)
    assert store.counts()["documents"] == 0
    assert take_in(store, settings, [folder]).report.added == 3
    store.close()


def test_documents_stay_where_their_vectors_cannot_be_made_and_that_is_said(tmp_path, home):
    settings = Settings.load(home=home, embedding="openai:http://127.0.0.1:9/v1#gone")
    store = open_knowledge(settings)
    taken = take_in(store, settings, [pages(tmp_path)])
    assert taken.report.added == 3
    assert "vectors are not in step" in taken.warning
    store.close()
