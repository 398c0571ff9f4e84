"""The knowledge store: what goes in comes out, what is removed is gone, and the order of adding changes nothing."""

from __future__ import annotations

import threading

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from knowledge_states import bytes_of, faults, state

from collegia.errors import StoreError, UsageError
from collegia.knowledge.gazetteer import tokens
from collegia.knowledge.links import linked
from collegia.knowledge.records import Document, Extract
from collegia.knowledge.split import blank
from collegia.knowledge.store import Added, KnowledgeStore

PHRASES = [
    "Young's modulus", "young’s modulus", "Water hammer", "water hammer", "hammer", "O'Neill", "the pump", "Pump",
    "pump head", "Head", "fails", "x", "C++", "causes", "and", "in", "Smith & Sons", "café", "cafe\u0301", "½ inch",
    "Plug-flow reactor", "A", "a", "The Wall", "Brand™", "don't", "\0", "\u202e", ".",
]  # fmt: skip
TITLES = st.lists(st.sampled_from(PHRASES), max_size=3).map(" ".join)
BODIES = st.lists(st.sampled_from(PHRASES), max_size=12).map(lambda parts: "Word " + " ".join(parts))
DOCUMENTS = st.lists(st.tuples(TITLES, BODIES), min_size=1, max_size=4).map(
    lambda texts: [Document(f"d{place}", body, title=title) for place, (title, body) in enumerate(texts)]
)


def holding(*documents: Document, at_once: bool = False) -> KnowledgeStore:
    store = KnowledgeStore.in_memory()
    for some in [documents] if at_once else [[one] for one in documents]:
        store.add(some)
    return store


@settings(max_examples=150, deadline=None)
@given(DOCUMENTS, st.randoms(use_true_random=False))
def test_the_order_of_adding_does_not_change_what_is_linked(documents, random):
    shuffled = documents[:]
    random.shuffle(shuffled)
    expected = state(holding(*documents))
    assert state(holding(*shuffled)) == expected
    assert state(holding(*documents, at_once=True)) == expected


@settings(max_examples=150, deadline=None)
@given(DOCUMENTS, st.integers(0, 3))
def test_a_document_added_and_removed_leaves_the_store_as_it_was(documents, which):
    gone = documents[which % len(documents)]
    rest = [one for one in documents if one is not gone]
    store = holding(*documents)
    assert store.remove(gone.source) == [gone.source]
    assert state(store) == state(holding(*rest))
    assert faults(store) == []


@settings(max_examples=75, deadline=None)
@given(DOCUMENTS, TITLES, BODIES)
def test_a_replaced_document_leaves_no_trace_of_the_old_one(documents, title, body):
    new = Document(documents[0].source, body, title=title)
    store = holding(*documents)
    store.add([new])
    assert state(store) == state(holding(new, *documents[1:]))


@settings(max_examples=75, deadline=None)
@given(DOCUMENTS)
def test_every_span_reads_the_same_in_the_document(documents):
    store = holding(*documents)
    with store.reading() as db:
        texts = dict(db.execute("SELECT id, text FROM documents"))
        passages = db.execute(
            "SELECT document, start, end, body FROM passages JOIN bodies ON bodies.rowid = id"
        ).fetchall()
        mentions = db.execute(
            "SELECT document, passages.start, mentions.start, mentions.end, key FROM mentions"
            " JOIN passages ON passages.id = passage JOIN entities ON entities.id = entity WHERE mentions.end > 0"
        ).fetchall()
    assert all(blank(texts[number])[start:end] == blank(body) for number, start, end, body in passages)
    for number, passage, start, end, said in mentions:
        words = [word for word, *_ in tokens(texts[number][passage + start : passage + end])]
        assert set(said.split()) <= set(" ".join(words).split())


def test_a_name_with_an_apostrophe_is_linked_in_documents_that_came_before_it():
    store = holding(Document("a", "We use young’s modulus."), Document("b", "A ratio.", title="Young's modulus"))
    assert linked(store, {1: 1.0}) == {2: 1.0}


def test_a_removed_title_no_longer_links_the_others():
    store = holding(Document("a", "A water hammer breaks it."), Document("b", "A shock.", title="Water hammer"))
    assert linked(store, {1: 1.0}) == {2: 1.0}
    store.remove("b")
    assert state(store)["mention"] == []
    assert state(store)["entity"] == []


def test_a_title_that_was_replaced_no_longer_links_the_others():
    store = holding(Document("a", "A water hammer breaks it."), Document("b", "A shock.", title="Water hammer"))
    store.add([Document("b", "A shock.", title="Pressure wave")])
    assert linked(store, {1: 1.0}) == {}
    assert "water hammer" not in {name for _, name, _ in state(store)["entity"]}


def test_what_several_speak_of_leads_on_most():
    store = holding(
        Document("a", "A water hammer and a pump trip."), Document("b", "A water hammer."),
        Document("c", "A shock.", title="Water hammer"), Document("d", "A stop.", title="Pump trip"),
    )  # fmt: skip
    assert linked(store, {1: 1.0, 2: 1.0}) == {3: 1.0, 4: 0.5}
    assert linked(store, {3: 1.0}) == {}
    assert linked(store, {}) == {}


def test_what_is_stored_already_is_left_alone_and_what_has_changed_is_replaced(tmp_path):
    store = KnowledgeStore(tmp_path / "store.db")
    one = Document("a", "# A\n\ntext", form="markdown")
    assert store.add([one, Document("b", "b")]) == Added(new=2)
    version = store.version()
    assert store.add([one, Document("b", "b")]) == Added(unchanged=2)
    assert store.version() == version
    assert store.add([Document("a", "# A\n\nother", form="markdown")]) == Added(replaced=1)
    assert store.version() > version
    for changed in (
        {"title": "T"},
        {"title": "T", "collection": "c"},
        {"title": "T", "collection": "c", "form": "text"},
    ):
        assert store.add([Document("a", "# A\n\nother", **{"form": "markdown", **changed})]) == Added(replaced=1)
    assert [(one.source, one.form, one.characters) for one in store.documents()] == [
        ("a", "text", 10),
        ("b", "text", 1),
    ]


@pytest.mark.parametrize(
    ("document", "said"),
    [
        (Document("", "text"), "needs a source"),
        (Document("a", " \n "), "'?a'? yields no text"),
        (Document("a", "# Only a heading", form="markdown"), "yields no text"),
        (Document("a", "half \ud800"), "'a' holds half a character at 5"),
        (Document("a\udcff", "text"), "holds half a character"),
        (Document("a", "text", title="\udcff"), "holds half a character"),
    ],
)
def test_a_document_that_cannot_be_kept_is_refused_with_its_batch(document, said):
    store = KnowledgeStore.in_memory()
    with pytest.raises(UsageError, match=said):
        store.add([Document("good", "text"), document])
    assert store.documents() == []
    assert store.add([Document("good", "text")]) == Added(new=1)


def test_hostile_texts_go_in_and_come_out_as_they_are():
    texts = [
        "\0 NUL \0",
        "\u202eabc\u202c",
        "x" * 1_000_000,
        "a' OR 1=1; --",
        '"NEAR(',
        "\U0001f6a7" * 500,
        "\r\n\x1b[2J",
    ]
    store = holding(*(Document(f"d{place}", text, title=text[:50]) for place, text in enumerate(texts)), at_once=True)
    stored = {one.source: one for one in store.documents()}
    for place, text in enumerate(texts):
        assert store.text(stored[f"d{place}"].id) == text
        assert stored[f"d{place}"].characters == len(text)
    assert faults(store) == []


def test_other_names_are_not_multiplied_by_the_passages_they_are_kept_with():
    names = ", ".join(f"{'n' * 200}{number}" for number in range(2000))
    text = f"# {'T' * 100_000}\n\nAlso called: {names}\n\n" + "".join(f"## H{part}\n\ntext\n\n" for part in range(300))
    store = holding(Document("a", text, form="markdown"))
    with store.reading() as db:
        (size,) = db.execute("SELECT sum(length(title)) FROM bodies").fetchone()
    assert size < 302 * 12_000


def test_a_removed_document_leaves_no_byte_in_any_file(tmp_path):
    store = KnowledgeStore(tmp_path / "k" / "store.db")
    store.add(Document(f"keep{n}", f"Plain talk {n} of pumps. " * 20, title=f"Plain {n}") for n in range(50))
    secret = "Zyxwort. The Zyxwort Company causes zyxwort leaks. zyxwort (ZW). " * 40
    store.add([Document("zyxwort.md", f"# Zyxwort\n\n{secret}", form="markdown", collection="zyxwort")])
    assert b"zyxwort" in bytes_of(tmp_path)
    assert store.remove("zyxwort.md") == ["zyxwort.md"]
    assert b"zyxwort" not in bytes_of(tmp_path)
    store.close()
    assert b"zyxwort" not in bytes_of(tmp_path)
    assert len(store.documents()) == 50


def test_the_old_text_of_a_replaced_document_leaves_no_byte_in_any_file(tmp_path):
    store = KnowledgeStore(tmp_path / "store.db")
    store.add([Document("keep", "Plain talk."), Document("a", "The Zyxwort Company leaks. " * 50, title="Zyxwort")])
    store.add([Document("a", "Nothing of the kind.", title="Other")])
    assert b"zyxwort" not in bytes_of(tmp_path)


def test_what_could_not_be_wiped_while_it_was_being_read_is_wiped_by_the_next_change(tmp_path, monkeypatch):
    monkeypatch.setattr("collegia.database.PATIENCE", 0.2)
    store = KnowledgeStore(tmp_path / "store.db")
    store.add([Document("a", "The Zyxwort Company. " * 50), Document("b", "Plain.")])
    reader = KnowledgeStore(tmp_path / "store.db")
    with reader.reading() as db:
        db.execute("BEGIN")
        assert db.execute("SELECT count(*) FROM documents").fetchone() == (2,)
        store.remove("a")
        assert b"zyxwort" in bytes_of(tmp_path)
        db.execute("COMMIT")
    store.add([Document("c", "Plain too.")])
    assert b"zyxwort" not in bytes_of(tmp_path)


def test_documents_are_removed_by_source_or_by_name_and_what_is_not_there_is_not():
    store = holding(
        Document("/x/a.md", "a", "a.md"), Document("/y/a.md", "b", "a.md"), Document("/z/b.md", "c", "b.md")
    )
    assert store.remove("nothing") == []
    assert sorted(store.remove("a.md")) == ["/x/a.md", "/y/a.md"]
    assert store.remove("/z/b.md") == ["/z/b.md"]
    assert store.counts() == dict.fromkeys(["documents", "passages", "entities", "mentions", "relations"], 0)


def test_the_number_of_a_removed_passage_is_not_given_away_again():
    store = holding(Document("a", "a"))
    (old,) = (one.id for one in store.documents())
    store.remove("a")
    store.add([Document("b", "b")])
    assert [one.id for one in store.documents()] != [old]
    assert store.passages([1]) == {}


def test_a_full_disk_is_said_and_harms_nothing(tmp_path):
    store = KnowledgeStore(tmp_path / "store.db")
    store.add([Document("a", "text")])
    with store.reading() as db:
        (pages,) = db.execute("PRAGMA page_count").fetchone()
        db.execute(f"PRAGMA max_page_count = {pages + 5}")
    with pytest.raises(StoreError, match="cannot grow"):
        store.add([Document("b", "long text " * 100_000)])
    assert [one.source for one in store.documents()] == ["a"]
    with store.reading() as db:
        db.execute("PRAGMA max_page_count = 1000000")
    assert store.add([Document("b", "long text " * 100_000)]) == Added(new=1)
    assert faults(store) == []


def test_a_transaction_that_sqlite_itself_ended_does_not_hide_what_happened():
    store = KnowledgeStore.in_memory()
    store.keep("x", "1")
    with pytest.raises(StoreError, match="UNIQUE"), store.writing() as db:
        db.execute("INSERT OR ROLLBACK INTO facts VALUES ('x', '2')")
    assert store.fact("x") == "1"


def test_an_extractor_that_fails_takes_nothing_in():
    class Failing:
        def extract(self, title: str, also: tuple[str, ...], heading: str, body: str) -> Extract:
            raise RuntimeError("no model")

    store = KnowledgeStore.in_memory(Failing())
    with pytest.raises(RuntimeError, match="no model"):
        store.add([Document("a", "text")])
    assert store.documents() == []


def test_threads_share_a_store(tmp_path):
    store = KnowledgeStore(tmp_path / "store.db")
    texts = [Document(f"d{n}", f"Item {n} follows Item {n + 1}.", title=f"Item {n}") for n in range(40)]
    threads = [threading.Thread(target=store.add, args=(texts[part::4],)) for part in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert state(store) == state(holding(*texts, at_once=True))


def test_what_is_not_there_is_said():
    store = KnowledgeStore.in_memory()
    with pytest.raises(UsageError, match="no document 7"):
        store.text(7)
    assert store.passages([1, 2]) == {}
    assert store.sources([1]) == {}
    assert store.fact("x") is None
    store.keep("x", "1")
    store.keep("x", "2")
    assert store.fact("x") == "2"


def test_a_store_that_cannot_be_made_goes_quietly():
    with pytest.raises(TypeError):
        KnowledgeStore(5)  # type: ignore[arg-type]  # what a caller must not do
    assert KnowledgeStore(None).version() == 0


def test_a_closed_store_opens_again(tmp_path):
    with_file = KnowledgeStore(tmp_path / "store.db")
    with_file.add([Document("a", "text")])
    with_file.close()
    with_file.close()
    assert [one.source for one in with_file.documents()] == ["a"]


def test_a_store_of_a_newer_release_is_not_touched(tmp_path):
    store = KnowledgeStore(tmp_path / "store.db")
    with store.reading() as db:
        db.execute("PRAGMA user_version = 99")
    store.close()
    with pytest.raises(StoreError, match="newer release"):
        KnowledgeStore(tmp_path / "store.db").documents()


def test_a_file_that_is_no_store_is_said(tmp_path):
    path = tmp_path / "store.db"
    path.write_bytes(b"this is no database at all" * 100)
    with pytest.raises(StoreError, match=r"store\.db is damaged"):
        KnowledgeStore(path).documents()
