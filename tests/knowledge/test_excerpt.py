"""A place in a document: the span, the text around it, and the names that are found there."""

from __future__ import annotations

import pytest

from collegia.errors import UsageError
from collegia.knowledge.excerpt import document_counts, excerpt, names_at
from collegia.knowledge.records import Document
from collegia.knowledge.store import KnowledgeStore

TEXT = """# Grumbling

Grumbling is a noise of old wumpers.

## What it does

Grumbling lowers wumper efficiency. Grease prevents grumbling.
"""
SAID = "Grumbling lowers wumper efficiency."


def store(text: str = TEXT, name: str = "grumbling.md") -> KnowledgeStore:
    made = KnowledgeStore.in_memory()
    made.add([Document(f"/lib/{name}", text, name, form="markdown", date="2026-01-02")])
    return made


def test_a_span_reads_the_same_in_the_text_that_is_given_with_its_heading():
    start = TEXT.index(SAID)
    found = excerpt(store(), "/lib/grumbling.md", start, start + len(SAID), SAID)
    assert found.text[found.start - found.first : found.end - found.first] == SAID
    assert found.heading == "Grumbling › What it does"
    assert (found.name, found.title, found.date, found.moved) == ("grumbling.md", "Grumbling", "2026-01-02", False)
    assert (found.first, found.last, found.length) == (0, len(TEXT), len(TEXT))


def test_text_far_from_the_span_is_left_out_on_both_sides():
    text = f"{'before ' * 3000}\n\n{SAID}\n\n{'after ' * 3000}"
    start = text.index(SAID)
    found = excerpt(store(text), "/lib/grumbling.md", start, start + len(SAID), SAID)
    assert 0 < found.first < start
    assert found.end < found.last < found.length
    assert found.text == text[found.first : found.last]
    assert len(found.text) < 9000


def test_a_reader_can_move_through_the_whole_document():
    text = "".join(f"{n:05d} " for n in range(3000))
    made, seen, first = store(text), "", 0
    while len(seen) < len(text):
        found = excerpt(made, "/lib/grumbling.md", first=first)
        seen += found.text[len(seen) - found.first :]
        assert found.last > first
        first = found.last
    assert seen == text


def test_a_span_of_a_megabyte_is_bounded():
    made = store("x" * 1_000_000)
    assert len(excerpt(made, "/lib/grumbling.md", 0, 1_000_000).text) < 9000


def test_words_that_moved_are_found_where_they_are_now():
    made = store(f"Something new stands first.\n\n{TEXT}")
    start = TEXT.index(SAID)
    found = excerpt(made, "/lib/grumbling.md", start, start + len(SAID), SAID)
    assert found.moved
    assert found.text[found.start - found.first : found.end - found.first] == SAID


@pytest.mark.parametrize(
    ("source", "start", "end", "words", "why"),
    [
        ("/lib/gone.md", 0, 1, "", "any more"),
        ("/lib/grumbling.md", 0, 5, "words that nobody wrote", "has changed"),
        ("/lib/grumbling.md", 5, 4, "", "none from 5 to 4"),
        ("/lib/grumbling.md", 0, 10**6, "", "characters"),
    ],
)
def test_a_place_that_is_not_there_is_told_with_the_reason(source, start, end, words, why):
    with pytest.raises(UsageError, match=why):
        excerpt(store(), source, start, end, words)


def test_pages_are_counted_where_a_document_has_them():
    made = store("one\ftwo\fthree", "three.pdf")
    assert excerpt(made, "/lib/three.pdf", 8, 13).page == 3
    assert excerpt(store(), "/lib/grumbling.md").page is None


def test_the_names_of_a_place_are_those_of_its_passage_what_it_is_about_first():
    made = store()
    start = TEXT.index(SAID)
    names = [one.name for one in names_at(made, 1, start, start + len(SAID))]
    assert names[0].casefold() == "grumbling"
    assert any("efficiency" in one for one in names)
    assert len(names) == len(set(names))
    assert len(names_at(made, 1, start, start, most=1)) == 1


def test_the_counts_of_the_only_document_are_those_of_the_store():
    made = store()
    counts, whole = document_counts(made, 1), made.counts()
    assert (counts["passages"], counts["mentions"], counts["relations"]) == (
        whole["passages"], whole["mentions"], whole["relations"],
    )  # fmt: skip
    assert counts["names"] == whole["entities"]
    assert set(document_counts(made, 99).values()) == {0}
