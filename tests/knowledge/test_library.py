"""The library: handbooks are taken in, changed and dropped; what the store does not hold is said."""

from __future__ import annotations

import hashlib
import shutil
import threading

import pytest

from collegia.errors import ContractError
from collegia.knowledge.library import Library, handbook_documents
from collegia.knowledge.records import Document, Filters
from collegia.knowledge.store import KnowledgeStore
from collegia.tools.domain import Domain

GRUMBLING = """# Grumbling

Grumbling is a noise of old wumpers. A worn flange causes grumbling, because it lets the shaft wander.

Grease prevents grumbling. The wumper itself is described under [Wumper](wumper.md).
"""
WUMPER = """# Wumper

A wumper is a machine that moves blorp from a pit to a tower. It needs a pit of at least 3 m.
"""
WHY = "Why does a worn flange cause grumbling?"


@pytest.fixture
def folder(tmp_path):
    made = tmp_path / "handbook"
    made.mkdir()
    (made / "grumbling.md").write_text(GRUMBLING)
    (made / "wumper.md").write_text(WUMPER)
    return made


@pytest.fixture
def store(tmp_path):
    made = KnowledgeStore(tmp_path / "home" / "store.db")
    yield made
    made.close()


@pytest.fixture
def domain(folder):
    return Domain("toys", "toys", (), handbook=folder)


def shelved(store: KnowledgeStore) -> dict[str, str]:
    return {one.source: one.collection for one in store.documents()}


def test_a_handbook_is_taken_in_on_first_use_and_not_before(store, domain):
    library = Library(store, [domain])
    assert shelved(store) == {}
    assert library.reply(WHY).documents[0] == "grumbling"
    assert shelved(store) == {"toys/grumbling": "toys", "toys/wumper": "toys"}


def test_its_documents_are_its_markdown_files_by_name(domain, folder):
    (folder / "notes.txt").write_text("no page")
    documents = list(handbook_documents(domain))
    assert [(one.source, one.name, one.form, one.collection) for one in documents] == [
        ("toys/grumbling", "grumbling", "markdown", "toys"), ("toys/wumper", "wumper", "markdown", "toys"),
    ]  # fmt: skip
    assert list(handbook_documents(Domain("bare", "bare", ()))) == []


def test_a_handbook_that_has_not_changed_changes_nothing(store, domain):
    Library(store, [domain]).prepare()
    before = store.version()
    Library(store, [domain]).prepare()
    assert store.version() == before


def test_a_page_that_changed_is_answered_from_as_it_is_now(store, domain, folder):
    Library(store, [domain]).prepare()
    (folder / "grumbling.md").write_text(GRUMBLING.replace("wander", "sing"))
    said = " ".join(one.text for one in Library(store, [domain]).reply(WHY).quotes)
    assert ("sing" in said, "wander" in said) == (True, False)


def test_a_page_that_is_gone_leaves_the_shelf_and_a_new_one_comes(store, domain, folder):
    Library(store, [domain]).prepare()
    (folder / "wumper.md").unlink()
    (folder / "blorp.md").write_text("# Blorp\n\nBlorp is a thick green liquid of the pits.\n")
    library = Library(store, [domain])
    assert library.reply("What is blorp?").documents == ("blorp",)
    assert set(shelved(store)) == {"toys/grumbling", "toys/blorp"}


def test_the_documents_of_the_user_stay_whatever_happens_to_a_handbook(store, domain, folder):
    store.add([Document("/home/me/wumper.md", "My wumper is painted green.", name="mine")])
    Library(store, [domain]).prepare()
    (folder / "wumper.md").unlink()
    Library(store, [domain]).prepare()
    assert shelved(store) == {"toys/grumbling": "toys", "/home/me/wumper.md": "user"}


def test_several_threads_take_a_handbook_in_once(store, domain):
    library = Library(store, [domain])
    replies = []
    threads = [threading.Thread(target=lambda: replies.append(library.reply(WHY).documents)) for _ in range(6)]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    assert len(replies) == 6
    assert len(set(replies)) == 1
    assert store.counts()["documents"] == 2


def test_every_quote_reads_the_same_in_its_document(store, domain):
    reply = Library(store, [domain]).reply("What is a wumper, and why does a worn flange cause grumbling?")
    numbers = {one.source: one.id for one in store.documents()}
    assert {one.document for one in reply.quotes} == {"grumbling", "wumper"}
    for one in reply.quotes:
        assert store.text(numbers[one.source])[one.start : one.end] == one.text
    assert reply.documents == tuple(dict.fromkeys(one.document for one in reply.quotes))


@pytest.mark.parametrize(
    "question", ["How do I bake a sponge cake?", "Who won the regatta of 1924?", "?", "the of and"]
)
def test_what_the_store_does_not_hold_is_not_answered(store, domain, question):
    reply = Library(store, [domain]).reply(question)
    assert (reply.quotes, reply.documents) == ((), ())


def test_words_that_no_document_has_are_named(store, domain):
    library = Library(store, [domain])
    assert library.reply("How do I bake a sponge?").notes == ("no document has the words: bake, sponge",)
    assert library.reply(WHY).notes == ()


def test_an_empty_store_holds_nothing(store):
    library = Library(store)
    assert library.reply(WHY).quotes == ()
    assert library.search(WHY).hits == ()


def test_a_question_that_is_cut_says_so_with_the_answer(store, domain):
    reply = Library(store, [domain]).reply(WHY + " grumbling" * 500)
    assert "only the first 4000 characters of the question were searched" in reply.notes


def test_filters_hold_for_every_quote(store, domain):
    store.add([Document("/me/g.md", "My flange causes grumbling because it is worn.", name="mine")])
    library = Library(store, [domain])
    assert set(library.reply(WHY, Filters(collections=("user",))).documents) == {"mine"}
    assert "mine" not in library.reply(WHY, Filters(collections=("toys",))).documents


def test_the_store_tells_what_it_took_in_by_the_digest_of_the_page(store, domain, folder):
    Library(store, [domain]).prepare()
    digests = {one.source: one.digest for one in store.documents()}
    assert digests["toys/wumper"] == hashlib.sha256((folder / "wumper.md").read_bytes()).hexdigest()


def test_two_domains_keep_their_own_shelves(store, domain, tmp_path):
    other = tmp_path / "other"
    other.mkdir()
    (other / "wumper.md").write_text("# Wumper\n\nHere a wumper is a bird that eats moss.\n")
    library = Library(store, [domain, Domain("birds", "birds", (), handbook=other)])
    library.prepare()
    assert shelved(store) == {"toys/grumbling": "toys", "toys/wumper": "toys", "birds/wumper": "birds"}
    (other / "wumper.md").unlink()
    Library(store, [domain, Domain("birds", "birds", (), handbook=other)]).prepare()
    assert set(shelved(store)) == {"toys/grumbling", "toys/wumper"}


def test_a_document_of_the_user_stays_though_its_collection_has_the_domains_name(store, domain):
    store.add([Document("/home/me/x.md", "My wumper is painted green.", name="mine", collection="toys")])
    Library(store, [domain]).prepare()
    assert "/home/me/x.md" in shelved(store)


@pytest.fixture
def installed(tmp_path, monkeypatch):
    """The domain as an installed one; what it gives takes it away again."""
    info = tmp_path / "site" / "toys-1.0.dist-info"
    info.mkdir(parents=True)
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: toys\nVersion: 1.0\n")
    (info / "entry_points.txt").write_text("[collegia.domains]\ntoys = toys:domain\n")
    monkeypatch.syspath_prepend(str(info.parent))
    return lambda: shutil.rmtree(info)


def test_a_handbook_goes_with_its_domain_and_what_the_user_put_beside_it_stays(store, domain, installed):
    store.add([Document("/home/me/x.md", "My wumper is painted green.", name="mine", collection="toys")])
    store.add([Document("/home/me/toys/wumper", "A green wumper.", name="toys/wumper", collection="toys")])
    Library(store, [domain]).prepare()
    installed()
    library = Library(store)
    assert library.reply(WHY).quotes == ()
    assert shelved(store) == {"/home/me/x.md": "toys", "/home/me/toys/wumper": "toys"}
    assert "mine" in library.reply("Which wumper is painted green?").documents
    back = Library(store, [domain])
    assert back.reply(WHY).documents[0] == "grumbling"


def test_a_handbook_goes_that_its_domain_no_longer_has(store, domain, installed):
    Library(store, [domain]).prepare()
    Library(store, [Domain("toys", "toys", ())]).prepare()
    assert shelved(store) == {}


def test_a_domain_that_is_only_left_out_keeps_its_handbook_and_is_not_quoted(store, domain, installed, monkeypatch):
    store.add([Document("/home/me/x.md", "Moss on the flange causes grumbling too.", name="mine")])
    Library(store, [domain]).prepare()
    before, version = shelved(store), store.version()
    monkeypatch.setenv("COLLEGIA_DOMAINS", "arithmetic")
    narrowed = Library(store)
    assert set(narrowed.reply(WHY).documents) == {"mine"}
    assert {one.source for one in narrowed.search("grumbling of a wumper").hits} == {"/home/me/x.md"}
    named = narrowed.search("grumbling of a wumper", filters=Filters(collections=("toys",)))
    assert {one.name for one in named.hits} == {"grumbling", "wumper"}
    assert not narrowed.says("Does a worn flange cause grumbling?")
    assert (shelved(store), store.version()) == (before, version)
    assert "grumbling" in Library(store, [domain]).reply(WHY).documents


@pytest.mark.parametrize(("content", "said"), [(b"\xff\xfe", "cannot be read"), (b" \n", "says nothing")])
def test_a_page_that_cannot_be_taken_in_is_named(store, domain, folder, content, said):
    (folder / "bad.md").write_bytes(content)
    with pytest.raises(ContractError, match=f"the handbook of toys: bad.md {said}"):
        Library(store, [domain]).prepare()


def test_only_the_users_own_documents_settle_what_one_thing_is(store, domain):
    library = Library(store, [domain])
    assert not library.says("What causes grumbling of a flange?")
    store.add([Document("/home/me/x.md", "The flange of P-7 causes grumbling.", name="mine")])
    assert library.says("What causes grumbling of the flange?")
    assert not library.says("What causes grumbling of the spout?")
