"""Answers are made of whole sentences, each of which reads the same in its document."""

from __future__ import annotations

from contextlib import closing
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from collegia.knowledge.compose import Quoting, compose, coverage
from collegia.knowledge.facets import facets
from collegia.knowledge.records import Document
from collegia.knowledge.search.searcher import Found, Searcher
from collegia.knowledge.store import KnowledgeStore

GRUMBLING = """# Grumbling

*Also called:* grumble.

**Grumbling** is a noise of old wumpers. It is heard at night [by the porter](porter.md).

- A worn flange causes grumbling, because it lets the shaft wander.
- Grumbling lowers the wumper's blorp by 15 %.
- Grease prevents grumbling.

## See also

- Grumbling flange shaft grease wumper causes because of porter
"""
WUMPER = """# Wumper

A wumper is a machine that moves blorp from a pit to a tower. Is it loud? It has a shaft and a flange.

Grumbling of a wumper is cured by grease.
"""
CAKES = "# Cakes\n\nA cake needs flour, and it is baked in a hot oven for an hour.\n"
DOCUMENTS = tuple(
    Document(f"/shelf/{name}.md", text, name=name, form="markdown")
    for name, text in (("grumbling", GRUMBLING), ("wumper", WUMPER), ("cakes", CAKES))
)


def store_of(*documents: Document) -> KnowledgeStore:
    made = KnowledgeStore.in_memory()
    made.add(documents or DOCUMENTS)
    return made


def quotes_for(store: KnowledgeStore, question: str):
    searcher = Searcher(store)
    found = [(said, searcher.search(said, 24)) for said in (question, *facets(question))]
    return compose(question, found, lambda _: (), store.text)


def read_alike(store: KnowledgeStore, quotes) -> bool:
    numbers = {one.source: one.id for one in store.documents()}
    return all(store.text(numbers[one.source])[one.start : one.end] == one.text for one in quotes)


@pytest.fixture(scope="module")
def shelf():
    made = store_of()
    yield made
    made.close()


def test_the_sentence_that_answers_is_quoted(shelf):
    said = [one.text for one in quotes_for(shelf, "Why does a worn flange cause grumbling?")]
    assert "A worn flange causes grumbling, because it lets the shaft wander." in said


def test_every_quote_reads_the_same_in_its_document(shelf):
    quotes = quotes_for(shelf, "What is grumbling, why does it occur and how is it prevented?")
    assert len(quotes) > 3
    assert read_alike(shelf, quotes)
    assert {one.document for one in quotes} >= {"grumbling"}


def test_marks_that_open_at_the_first_word_belong_to_the_quote(shelf):
    quotes = quotes_for(shelf, "What is grumbling?")
    assert any(one.text.startswith("**Grumbling** is a noise") for one in quotes)


def test_a_document_is_quoted_in_its_own_order_and_in_one_place(shelf):
    searcher = Searcher(shelf)
    question = "Why does a worn flange cause grumbling, and what is grumbling?"

    def leads(_):
        return [hit for hit in searcher.search("wumper pit tower grease").hits if hit.name == "wumper"]

    quotes = compose(question, [(question, searcher.search(question))], leads, shelf.text)
    order = [one.document for one in quotes]
    assert len(set(order)) > 1
    assert [one for place, one in enumerate(order) if place == 0 or order[place - 1] != one] == list(
        dict.fromkeys(order)
    )
    for name in set(order):
        places = [one.start for one in quotes if one.document == name]
        assert places == sorted(places)


def test_nothing_is_quoted_twice_and_nothing_of_lists_of_links_questions_or_other_names(shelf):
    quotes = quotes_for(shelf, "What is grumbling, is it loud, and how do grease, flange and shaft prevent it?")
    spans = [(one.source, one.start, one.end) for one in quotes]
    assert len(set(spans)) == len(spans) > 2
    assert not [one.text for one in quotes if one.text.endswith("?") or "Also called" in one.text]
    assert not [one for one in quotes if "See also" in one.heading]


def test_what_has_nothing_to_do_with_the_question_is_left_out(shelf):
    assert {one.document for one in quotes_for(shelf, "Why does a worn flange cause grumbling?")} <= {
        "grumbling",
        "wumper",
    }


def test_where_nothing_was_found_nothing_is_quoted(shelf):
    assert quotes_for(shelf, "xylophonic brouhaha?") == ()
    assert compose("grumbling?", [], lambda _: (), shelf.text) == ()
    assert compose("grumbling?", [("grumbling?", Found(()))], lambda _: (), shelf.text) == ()


def test_a_document_that_the_best_ones_lead_to_is_quoted_too(shelf):
    searcher = Searcher(shelf)
    question = "Why does a worn flange cause grumbling?"
    seen = []

    def leads(documents):
        seen.append(dict(documents))
        return [hit for hit in searcher.search("cake flour oven").hits if hit.name == "cakes"]

    quotes = compose(question, [(question, searcher.search(question))], leads, shelf.text)
    assert "cakes" in {one.document for one in quotes}
    assert [max(one.values()) for one in seen] == [1.0]


def test_the_heading_above_a_quote_is_kept():
    store = store_of(
        Document("a", "# Wumpers\n\nIntro words stand here.\n\n## Care\n\nGrease a wumper daily.\n", form="markdown")
    )
    assert ("Grease a wumper daily.", "Wumpers › Care") in [
        (one.text, one.heading) for one in quotes_for(store, "How often do I grease a wumper?")
    ]
    store.close()


@pytest.mark.parametrize(
    "text",
    [
        "word " * 5000, "`" * 3000 + " blorp is a thing of old pits.", "[[[[ blorp is a *thing* of (old pits).",
        "Blorp\x00 is a thing of\u202e old pits.", "blorp. " * 500, "# #\n" * 900 + "blorp is a thing of old pits",
        "| blorp | is | a | thing |\n" * 300, "“(*_`[blorp] is a thing of old pits`_*)”. And blorp is more than that.",
        "Ｂｌｏｒｐ blorp 是 一 个 坑 里的 东西。 blorp is a thing 𝒪𝒻 pits.",
    ],
)  # fmt: skip
def test_hostile_documents_are_quoted_to_the_letter_or_not_at_all(text):
    store = store_of(Document("h", text, form="markdown"))
    assert read_alike(store, quotes_for(store, "What is a blorp?"))
    store.close()


WORDS = (
    "grumbling",
    "flange",
    "blorp",
    "**wumper**",
    "(shaft)",
    "[grease](x.md)",
    "is",
    "a",
    "causes",
    "15",
    "%",
    "the",
)
sentence = st.lists(st.sampled_from(WORDS), min_size=1, max_size=9).map(" ".join)
texts = st.lists(
    st.tuples(sentence, st.sampled_from([". ", "? ", "\n\n", "\n- ", "\n## ", ".\n", ' "'])), min_size=1, max_size=9
)


@settings(max_examples=60, deadline=None)
@given(texts=st.lists(texts, min_size=1, max_size=3), question=sentence)
def test_whatever_the_documents_and_the_question_are_quotes_read_the_same_and_do_not_overlap(texts, question):
    made = ["".join(said + end for said, end in parts) for parts in texts]
    store = store_of(*(Document(f"d{place}", text, form="markdown") for place, text in enumerate(made)))
    quotes = quotes_for(store, question)
    assert read_alike(store, quotes)
    for name in {one.source for one in quotes}:
        ends = [(one.start, one.end) for one in quotes if one.source == name]
        assert all(end <= start for (_, end), (start, _) in pairwise(ends)), ends
    store.close()


class TestCoverage:
    """How much of a question some texts cover."""

    def test_all_and_nothing(self):
        assert coverage("worn flange", ["A flange, worn."], {"worn": 1, "flang": 1}, 10) == pytest.approx(1.0)
        assert coverage("worn flange", ["A cake."], {"worn": 1, "flang": 1}, 10) == 0.0
        assert coverage("worn flange", [], {}, 1) == 0.0
        assert coverage("the of?", ["A cake."], {}, 10) == 0.0

    def test_a_rare_word_counts_more(self):
        known = {"worn": 90, "flang": 1}
        assert coverage("worn flange", ["flange"], known, 100) > 0.5 > coverage("worn flange", ["worn"], known, 100)

    @settings(max_examples=100, deadline=None)
    @given(question=st.text(max_size=40), text=st.text(max_size=80), count=st.integers(1, 10**6))
    def test_it_is_a_share_of_one_for_any_text(self, question, text, count):
        assert 0.0 <= coverage(question, [text], {}, count) <= 1.0 + 1e-12
        assert coverage(question, [question], {}, count) == pytest.approx(
            1.0 if coverage(question, [question], {}, 1) else 0.0
        )


BLEATING = """# Bleating

Bleating is a fault of wumpers that comes from [blorp sag](sag.md) at the gate.

- Bleating sets in where the blorp sag reaches the gate.
- Wumpers that bleat are opened and their gates are scraped.
- Gates of wumpers bleat at 40, 60 and 80 turns.
- Blorp speed through the gate is kept at or below 7 ells while the gate is wet.
"""
HUMMING = """# Humming

Humming is a sound that wumpers make, and blorp sag starts it.

- Wumpers hum because blorp sag opens the gate.
- Wumpers hum louder in rain.
"""
SAG = "# Blorp sag\n\nBlorp sag is how far the blorp hangs down. It grows at night.\n"


@pytest.mark.parametrize(
    "question",
    [
        "Wumpers bleat at the gate: what speed limit helps?",
        "Wumpers bleat at the gate. Which speed is allowed?",
        "Why do wumpers bleat at the gate, and what is the usual speed?",
    ],
)
def test_the_figure_of_the_quantity_that_is_asked_for_is_quoted_before_other_figures(question):
    with closing(store_of(Document("/shelf/bleating.md", BLEATING, name="bleating", form="markdown"))) as store:
        searcher = Searcher(store)
        quotes = compose(
            question, [(question, searcher.search(question))], lambda _: (), store.text, Quoting(sentences=2)
        )
    assert any("7 ells" in one.text for one in quotes)
    assert not any("40, 60" in one.text for one in quotes)


def test_a_document_that_two_quoted_sentences_name_is_heard_beside_them():
    named = (("humming", HUMMING), ("sag", SAG), ("cakes", CAKES))
    documents = [Document(f"/shelf/{name}.md", text, name=name, form="markdown") for name, text in named]
    question = "Why do wumpers hum?"
    with closing(store_of(*documents)) as store:
        searcher = Searcher(store)
        found = [(question, searcher.search(question))]

        def leads(_):
            return [hit for name in ("sag", "cakes") for hit in searcher.search(name).hits if hit.name == name]

        quotes = compose(question, found, leads, store.text, Quoting(sentences=2, defined=1))
    assert [one.document for one in quotes] == ["humming", "humming", "sag"]
