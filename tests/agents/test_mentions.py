"""How mentions are read: what is one, what it names, and what is left of the question."""

from __future__ import annotations

import time

import pytest
from bazaar import registry

from collegia.agents.mentions.reading import Mentions, Names, Read, may_mention, quoted, read_mentions
from collegia.knowledge.records import Listed
from collegia.tools.registry import Registry


def listed(source: str, name: str = "") -> Listed:
    return Listed(source, name or source.rpartition("/")[2], "", "user")


NAMES = Names(
    registry(),
    [
        listed("/notes/old-1.2.md"), listed("/notes/two words.md"), listed("/a/twin.md"), listed("/b/twin.md"),
        listed("hills/hill_blim", "hill_blim"),
    ],
)  # fmt: skip


def read(text: str) -> Read:
    return read_mentions(text, NAMES)


@pytest.mark.parametrize(
    ("text", "left", "mentions"),
    [
        ("@hills What is the blim?", "What is the blim?", Mentions(domains=("hills",))),
        ("@hills: what is the blim?", "what is the blim?", Mentions(domains=("hills",))),
        ("What is the blim, @hills?", "What is the blim,?", Mentions(domains=("hills",))),
        ("What is the blim in @hills for 2 m?", "What is the blim for 2 m?", Mentions(domains=("hills",))),
        ("a grum of 4 in @hills", "a grum of 4 in", Mentions(domains=("hills",))),
        ("the blim by @hill_blim of 2 m", "the blim of 2 m", Mentions(experts=("hill_blim",))),
        ("the blim by @HILL_Blim.", "the blim.", Mentions(experts=("hill_blim",))),
        ("with @hill_blim and @hill_quap: how?", "how?", Mentions(experts=("hill_blim", "hill_quap"))),
        ("@hills @dales how?", "how?", Mentions(domains=("hills", "dales"))),
        ("(@old-1.2.md) why?", "why?", Mentions(documents=("/notes/old-1.2.md",))),
        ("why? see @old-1.2.md.", "why? see the document.", Mentions(documents=("/notes/old-1.2.md",))),
        ("What does @old-1.2.md say?", "What does the document say?", Mentions(documents=("/notes/old-1.2.md",))),
        ("the grum in the @old-1.2.md now", "the grum in the document now", Mentions(documents=("/notes/old-1.2.md",))),
        ('why? @"two words.md"', "why?", Mentions(documents=("/notes/two words.md",))),
        (
            "the grum from @old-1.2.md and @“two words.md” is?",
            "the grum from the documents is?",
            Mentions(documents=("/notes/old-1.2.md", "/notes/two words.md")),
        ),
        ("@/notes/old-1.2.md's grum", "grum", Mentions(documents=("/notes/old-1.2.md",))),
        (
            "@hills @hill_quap @old-1.2.md why?",
            "why?",
            Mentions(("hills",), ("hill_quap",), ("/notes/old-1.2.md",)),
        ),
        ("@hills", "", Mentions(domains=("hills",))),
        ("@hills, @dales!", "", Mentions(domains=("hills", "dales"))),
    ],
)
def test_a_mention_is_taken_out_of_what_is_read(text: str, left: str, mentions: Mentions) -> None:
    assert (read(text).text, read(text).mentions) == (left, mentions)


@pytest.mark.parametrize(
    "text",
    ["to me@hills.org", "me@hills and you", "@@@", "@ hills", "@", "@hills@dales", "@@hills", "2 m @20 °C", "@-5 °C",
     "@[bold]hills", "no mention at all"],
)  # fmt: skip
def test_an_address_a_temperature_and_bare_signs_are_no_mentions_and_not_worth_a_word(text: str) -> None:
    assert read(text) == Read(text, text)


def test_a_word_that_names_nothing_stays_and_is_told_with_what_is_close_to_it() -> None:
    found = read("@hill_blimm what is the blim, and @zzzz?")
    assert found.text == "@hill_blimm what is the blim, and @zzzz?"
    assert not found.mentions
    first, second = found.notes
    assert first.startswith("@hill_blimm names no document, expert or domain; close to it: @hill_blim")
    assert second == "@zzzz names no document, expert or domain"


def test_of_many_words_that_name_nothing_a_few_are_told_and_the_rest_counted() -> None:
    notes = read(" ".join(f"@zzz{number}x" for number in range(100))).notes
    assert len(notes) == 6
    assert notes[-1] == "95 more words with @ name no document, expert or domain"


def test_documents_of_one_name_are_all_taken_and_one_alone_is_named_by_its_source() -> None:
    both = read("@twin.md why?")
    assert both.mentions.documents == ("/a/twin.md", "/b/twin.md")
    assert both.notes == ("2 documents are called twin.md, and all were taken; one alone: @/a/twin.md, @/b/twin.md",)
    assert read("@/b/twin.md why?") == Read("@/b/twin.md why?", "why?", Mentions(documents=("/b/twin.md",)))


def test_an_expert_goes_before_a_document_of_its_name_and_that_is_told() -> None:
    found = read("@hill_blim of 2 m")
    assert found.mentions == Mentions(experts=("hill_blim",))
    assert found.notes == ("@hill_blim was taken for the expert; the document of that name is @hills/hill_blim",)
    assert read("@hills/hill_blim why?").mentions == Mentions(documents=("hills/hill_blim",))


@pytest.mark.parametrize("name", ["plain", "old-1.2.md", "two words.md", "a,b", "(c)", "d.", "/x/y.md", "é(1).pdf"])
def test_every_name_is_found_as_it_is_offered(name: str) -> None:
    names = Names(Registry(), [listed("/there", name)])
    for one in names.offered:
        assert read_mentions(f"why? @{one}", names).mentions.documents == ("/there",), one
    assert read_mentions(f"why? @{quoted(name)} ", names).mentions.documents == ("/there",)


@pytest.mark.parametrize(
    "text", ["@" * 8000, '@"' * 4000, "@“" * 4000, "@a" * 4000, "@a " * 2600, "@hills " * 1100, "@" + "h" * 7999]
)
def test_the_worst_question_is_read_at_once(text: str) -> None:
    names = Names(registry(), [listed(f"/notes/a note of number {number}.md") for number in range(5000)])
    began = time.perf_counter()
    found = read_mentions(text, names)
    assert time.perf_counter() - began < 2.0
    assert all(len(note) < 400 for note in found.notes)


def test_what_a_run_keeps_of_its_mentions_is_read_back() -> None:
    for mentions in (
        Mentions(),
        Mentions(("hills",), ("hill_blim",), ("/notes/old-1.2.md",)),
        Mentions(experts=("x",), held=True),
    ):
        assert Mentions.of(mentions.options) == mentions
    assert Mentions.of({}) == Mentions()


def test_a_follow_up_mentions_a_sort_anew_and_holds_to_the_others() -> None:
    earlier = Mentions(("hills",), ("hill_blim",), ("/notes/new.md",))
    assert Mentions().over(earlier) == Mentions(("hills",), ("hill_blim",), ("/notes/new.md",), held=True)
    assert Mentions(("dales",)).over(earlier) == Mentions(("dales",), ("hill_blim",), ("/notes/new.md",), held=True)
    assert Mentions((), ("dale_blim",)).over(earlier) == Mentions(("hills",), ("dale_blim",), ("/notes/new.md",))
    assert Mentions().over(Mentions()) == Mentions()


def test_only_a_text_with_a_mention_in_it_is_looked_at() -> None:
    assert may_mention("by @hills")
    assert not may_mention("me@hills.org @ 20 °C")
