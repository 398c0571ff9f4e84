"""Values that documents state: what is taken from a sentence, and what never is."""

from __future__ import annotations

import pytest

from collegia.knowledge.library import Library
from collegia.knowledge.records import Document, Hit
from collegia.knowledge.stated import StatedValue, asks_documents, stated_values
from collegia.knowledge.store import KnowledgeStore
from collegia.tools import Kind

FLOB = Kind("flob", "m", names=("flob", "F", "flob height"))
QUESTION = "What is the blim of a brindle for a grum of 2 m and the usual flob?"


def passages(*texts: str) -> tuple[list[Hit], dict[int, str]]:
    """All passages of these documents, and their texts."""
    store = KnowledgeStore.in_memory()
    store.add(Document(f"d{number}", text, form="markdown") for number, text in enumerate(texts))
    listed = {one.id: one for one in store.documents()}
    raw = {number: store.text(number) for number in listed}
    with store.reading() as db:
        numbers = [row[0] for row in db.execute("SELECT id FROM passages ORDER BY id")]
    found = store.passages(numbers).values()
    return [Hit(one, listed[one.document].source, listed[one.document].name, 1.0) for one in found], raw


def read(*texts: str, question: str = QUESTION, kind: Kind = FLOB) -> tuple[StatedValue, ...]:
    """The values of a kind in these documents."""
    hits, raw = passages(*texts)
    return stated_values(kind, question, hits, raw)


@pytest.mark.parametrize(
    "said",
    [
        "A brindle has a flob of 70 cm.", "The flob of a brindle is 70 cm.", "The flob of a brindle is about 70 cm.",
        "A brindle's flob is 0.7 m.", "Flob of a brindle: 700 mm", "A brindle has the flob F = 70 cm.",
        "The usual flob of a brindle is 70 cm.", "The flob of a brindle in our hall is 70 cm, and its colour is red.",
    ],
)  # fmt: skip
def test_a_sentence_that_says_plainly_what_a_quantity_is_gives_its_value(said) -> None:
    assert [one.value for one in read(said)] == [pytest.approx(0.7)]


@pytest.mark.parametrize(
    "said",
    [
        "A brindle has a flob of 60 to 80 cm.", "A brindle has a flob of 60-80 cm.", "A flob of 60 or 80 cm.",
        "The flob of a brindle lies between 60 and 80 cm.", "The flob of a brindle is 60 cm, or 80 cm when old.",
        "A brindle has a flob of at most 70 cm.", "A brindle has a flob of 70 cm or less.",
        "A brindle has a flob of 70 cm and above.", "A brindle has a flob of 70 cm max.", "The flob is up to 70 cm.",
        "A brindle has a flob of 70 cm at least.", "The maximum flob that a brindle may ever have is 70 cm.",
        "The flob of a brindle must not exceed 70 cm.", "The flob of a brindle is limited to 70 cm.",
        "The flob of a brindle stays within 70 cm.", "A brindle has a flob of less than 70 cm.", "A flob of ≥ 70 cm.",
    ],
)  # fmt: skip
def test_ranges_and_bounds_are_never_taken(said) -> None:
    assert read(said) == ()


@pytest.mark.parametrize(
    "said",
    [
        "No brindle has a flob of 70 cm.", "A brindle never has a flob of 70 cm.", "Is the flob of a brindle 70 cm?",
        "If a brindle is wet, its flob is 70 cm.", "The flob of a brindle is 70 cm when it is wet.",
        "The flob of a brindle was 70 cm before the change.", "The flob of a brindle should be twice 70 cm.",
    ],
)  # fmt: skip
def test_what_is_denied_asked_past_or_holds_in_a_condition_only_is_never_taken(said) -> None:
    assert read(said) == ()


@pytest.mark.parametrize(
    "said",
    [
        "The flob of a brindle is small, and the brindle has a height of 70 cm.",
        "A brindle with a height of 70 cm has an unknown flob.", "A brindle of 70 cm loses its flob.",
        "The flob of a brindle with a height of 70 cm is unknown.", "The flob of a brindle rises by 70 cm.",
        "The flob of a wumper is half that of a brindle of 70 cm.", "A brindle has a wee flob of 70 cm.",
        "A brindle's flobbing takes 70 cm.",
    ],
)  # fmt: skip
def test_a_value_of_something_else_in_the_sentence_is_never_taken(said) -> None:
    assert read(said) == ()


@pytest.mark.parametrize("said", ["A brindle has a flob of 70.", "A brindle has a flob of 70 kg.", "A brindle: 70 cm."])
def test_without_a_fitting_unit_or_without_the_name_nothing_is_taken(said) -> None:
    assert read(said) == ()


@pytest.mark.parametrize(("said", "values"), [("F = 70 cm.", [0.7]), ("f = 70 cm.", [])])
def test_a_symbol_is_read_with_its_case(said, values) -> None:
    assert [one.value for one in read(said)] == [pytest.approx(one) for one in values]


def test_a_value_of_one_tagged_thing_is_for_questions_on_that_thing() -> None:
    texts = ("# Hall\n\nThe flob of Z-101 is 70 cm.", "# Z-102\n\nThe flob is 80 cm.")
    tags = ("Z-101", "Z-102", "Z-103", "a brindle")
    found = {tag: [one.written for one in read(*texts, question=f"The usual flob of {tag}?")] for tag in tags}
    assert found == {"Z-101": ["70 cm"], "Z-102": ["80 cm"], "Z-103": [], "a brindle": []}


def test_the_sentence_nearest_to_the_question_is_first_and_units_count_for_nothing() -> None:
    found = read("A wumper has a flob of 2 m.", "A brindle has a flob of 70 cm.")
    assert [(one.written, one.about) for one in found] == [("70 cm", 1), ("2 m", 0)]


def test_a_quote_is_what_the_document_has_at_its_span() -> None:
    text = "# Brindles\n\nBrindles are old.\n\n- A **brindle** has a [flob](flob.md) of 70 cm.\n- They rust.\n"
    (found,) = read(text)
    assert text[found.quote.start : found.quote.end] == found.quote.text
    assert found.quote.text == "A **brindle** has a [flob](flob.md) of 70 cm."
    assert (found.written, found.quote.document, found.quote.heading) == ("70 cm", "d0", "Brindles")


def test_a_gauge_pressure_is_counted_from_vacuum() -> None:
    squeeze = Kind("squeeze", "Pa", names=("squeeze",), scale="point")
    (found,) = read("The squeeze of a brindle is 2 bar(g).", kind=squeeze)
    assert found.value == pytest.approx(301325.0)


def test_a_very_long_line_costs_no_time_and_gives_nothing() -> None:
    assert read("a-1-" * 20_000 + " The flob of a brindle is 70 cm.") == ()


@pytest.mark.parametrize(
    "question",
    [
        "the usual flob", "a typical flob", "the recommended flob", "the flob as given in our documents",
        "the flob according to the handbook", "the flob from the data sheet", "the flob in our notes",
    ],
)  # fmt: skip
def test_a_question_says_that_a_value_is_to_come_from_documents(question) -> None:
    assert asks_documents(question)


@pytest.mark.parametrize(
    "question", ["What is the flob of a brindle?", "the flob is given as 2 m", "an unusual flob", "flob from 2 to 3 m"]
)
def test_a_question_that_does_not_ask_for_documents_gets_nothing_from_them(question) -> None:
    assert not asks_documents(question)


def test_the_library_gives_a_value_only_where_the_nearest_sentences_agree() -> None:
    store = KnowledgeStore.in_memory()
    library = Library(store)
    assert library.stated(FLOB, QUESTION) == ()
    store.add([Document("one", "A brindle has a flob of 70 cm."), Document("far", "A wumper has a flob of 9 m.")])
    assert {one.written for one in library.stated(FLOB, QUESTION)} == {"70 cm"}
    store.add([Document("two", "The flob of a brindle is 0.7 m.")])
    assert {one.written for one in library.stated(FLOB, QUESTION)} == {"70 cm", "0.7 m"}
    store.add([Document("three", "The flob of a brindle is 0.8 m.")])
    assert library.stated(FLOB, QUESTION) == ()


def test_a_sentence_that_shares_only_the_quantity_with_the_question_is_not_taken() -> None:
    store = KnowledgeStore.in_memory()
    store.add([Document("far", "A wumper has a flob of 9 m.")])
    assert Library(store).stated(FLOB, QUESTION) == ()
