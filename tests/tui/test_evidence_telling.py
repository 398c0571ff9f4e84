"""What the evidence shows, as plain data: labels, trees of lines, marked questions; whatever the texts are."""

from __future__ import annotations

from typing import Any

import pytest
from rich.text import Text
from test_hostile_text import HOSTILE

from collegia.agents.quoting import Quotation
from collegia.agents.result import Quantity, Reply, Result, StepReport
from collegia.agents.trace import Trace
from collegia.evidence import Evidence
from collegia.tui.branches import Branch, drawn
from collegia.tui.chat.telling import sources_content
from collegia.tui.evidence.items import LABELS, items_of
from collegia.tui.evidence.telling import about, branch_of, question_content, spans_of
from collegia.tui.wording import counted, one_line

UNSEEN = set(map(chr, (*range(10), *range(11, 32), 0x7F, 0x9B, 0x202E, 0x2066)))
REPORT = StepReport(id="s1", expert="fill", status="finished", outputs={"time": 1.0}, source="a book")


def result(**more: Any) -> Result:
    return Result(run_id="r", status="answered", question="q", **more)


def quotation(text: str, document: str = "a.md") -> Quotation:
    return Quotation(document=document, source=f"lib/{document}", start=0, end=len(text), text=text)


def call(*inputs: Trace, again: bool = False) -> Trace:
    return Trace(
        "time", "8 h", Evidence("call", step="s1", expert="fill", output="time", source="a book"), REPORT, inputs, again
    )


def leaf(origin: Any, text: str = "3 m", start: int = -1, end: int = -1, source: str = "") -> Trace:
    return Trace("width", "3 m", Evidence(origin, text, start, end, source=source))


def test_numbers_come_first_then_quotations_then_replies_each_with_its_key() -> None:
    items = items_of(
        result(
            quantities=(
                Quantity(name="x", value=3, unit="m", step="s1"),
                Quantity(name="phase", value="gas", step="s2"),
            ),
            quotations=(quotation("Grease **prevents** grumbling."),),
            replies=(Reply(step="s3", expert="writer", text="So it is."),),
        )
    )
    assert [(one.label, one.kind, one.place, one.told) for one in items] == [
        ("1", "number", 0, "x = 3 m"),
        ("2", "number", 1, "phase = gas"),
        ("3", "quotation", 0, "a.md: “Grease prevents grumbling.”"),
        ("4", "reply", 0, "writer: So it is."),
    ]


def test_letters_follow_the_digits_and_what_has_no_key_left_has_no_label() -> None:
    items = items_of(result(quantities=tuple(Quantity(name="x", value=n, step="s1") for n in range(40))))
    assert "".join(one.label for one in items) == LABELS
    assert items[9].label == "a"
    assert items[-1].label == ""


def test_under_an_answer_each_document_stands_once_with_the_key_of_its_first_sentence() -> None:
    quotations = (quotation("One."), quotation("Two."), quotation("Three.", "b.md"))
    number = Quantity(name="x", value=3, unit="m", step="s1")
    told = sources_content(result(quantities=(number,), quotations=quotations, citations=("a.md", "b.md"))).plain
    assert told == "evidence F3  [1] x   [2] “a.md”   [4] “b.md”"


def test_under_an_answer_of_very_many_numbers_it_is_said_how_many_more_there_are() -> None:
    told = sources_content(result(quantities=tuple(Quantity(name="x", value=n, step="s1") for n in range(40)))).plain
    assert told.endswith("and 28 more")
    assert told.count("[") == 12


@pytest.mark.parametrize(
    ("trace", "label", "more"),
    [
        (leaf("question", start=0, end=3), "“3 m” in the question", "stated in the question\n“3 m”"),
        (leaf("clarification", start=9, end=12), "“3 m” in an answer", "stated in an answer to a question back"),
        (leaf("remembered", source="said on 2026-01-02"), "remembered: “3 m”, said on 2026-01-02", "remembered, said"),
        (leaf("passage", start=2, end=5, source="lib/a.md"), "lib/a.md: “3 m”", "in lib/a.md, 2–5; Enter opens it"),
        (leaf("default"), "default of the card", "nobody stated it"),
        (leaf("planner", "why?"), "words of the planner", "written by the planner's model\n“why?”"),
        (leaf("steps"), "several steps", "put together from several steps"),
        (leaf("approval", source="instead of 2 m"), "“3 m”, your word at approval", "was approved, instead of 2 m"),
        (call(), "fill (s1)", "fill, step s1, finished; gives time\nsource: a book"),
        (call(again=True), "fill (s1, see above)", "source: a book"),
        (Trace("x", "", Evidence("call", step="s9", expert="fill")), "fill (s9)", "step s9 has left no report"),
    ],
)  # fmt: skip
def test_where_a_value_came_from_is_said_in_words(trace: Trace, label: str, more: str) -> None:
    line = branch_of(trace).label.plain
    assert line.endswith(f"  ← {label}")
    assert line.startswith(trace.name)
    assert more in about(trace).plain


def test_a_step_that_failed_is_told_as_that_with_its_reason() -> None:
    report = StepReport(id="s1", expert="fill", status="failed", error="the tank leaks")
    trace = Trace("time", "the tank leaks", Evidence("call", step="s1", expert="fill"), report)
    assert "fill (s1, failed)" in branch_of(trace).label.plain
    assert about(trace).plain.endswith("source: none named on its card\nthe tank leaks")


def test_nothing_is_told_of_a_line_that_is_a_heading() -> None:
    assert about(None).plain == ""


def test_a_tree_is_drawn_with_what_is_under_each_line() -> None:
    tree = Branch(Text("a"), None, (Branch(Text("b"), None, (Branch(Text("c")),)), Branch(Text("d"))))
    assert list(drawn(tree)) == ["a", "├─ b", "│  └─ c", "└─ d"]


def test_a_trace_is_drawn_from_the_number_down() -> None:
    tree = call(leaf("question", start=0, end=3), leaf("default"))
    assert [one.split("  ←")[0] for one in drawn(branch_of(tree))] == ["time = 8 h", "├─ width = 3 m", "└─ width = 3 m"]


def test_spans_are_those_of_what_the_user_said_each_once_and_in_order() -> None:
    tree = call(
        leaf("clarification", start=20, end=23), leaf("question", start=5, end=8), leaf("question", start=5, end=8),
        leaf("question"), leaf("passage", start=1, end=2),
    )  # fmt: skip
    assert spans_of(tree) == [(5, 8), (20, 23)]


def test_the_spans_of_a_question_are_underlined_and_the_chosen_one_is_reversed() -> None:
    content = question_content("fill 3 m and 4 m", [(5, 8), (13, 16)], (13, 16))
    styles = {(one.start, one.end, str(one.style)) for one in content.spans}
    assert styles == {(5, 8, "underline"), (13, 16, "underline"), (13, 16, "bold reverse")}


def test_what_was_typed_stands_over_what_it_was_read_as_and_moves_no_span() -> None:
    content = question_content("fill 3 m", [(5, 8)], (5, 8), "and 3 m?")
    assert content.plain == "“and 3 m?” was read as\nfill 3 m"
    assert {content.plain[one.start : one.end] for one in content.spans if "underline" in str(one.style)} == {"3 m"}


@pytest.mark.parametrize("text", [one for name, one in HOSTILE.items() if name != "surrogate"])
def test_hostile_words_are_text_wherever_they_stand(text: str) -> None:
    trace = Trace(text, text, Evidence("passage", text, 0, 1, source=text))
    told = [
        branch_of(trace).label.plain, about(trace).plain, question_content(text, [(0, 1)], (0, 1), text).plain,
        *(one.told for one in items_of(result(quotations=(quotation(text, text),)))),
        sources_content(result(citations=(text,), quotations=(quotation(text, text),))).plain,
    ]  # fmt: skip
    assert [one for one in told if set(one) & UNSEEN] == []
    if text.startswith("[bold red]"):
        assert all("[bold red]x" in one for one in told)


def test_a_line_of_a_megabyte_is_cut_wherever_it_stands() -> None:
    text = "x" * 1_000_000
    trace = Trace(text, text, Evidence("passage", text, 0, 1, source=text))
    assert len(branch_of(trace).label.plain) < 500
    assert len(about(trace).plain) < 100_000
    assert all(len(one.told) <= 160 for one in items_of(result(quotations=(quotation(text),))))


def test_one_line_is_one_line_and_tells_that_it_was_cut() -> None:
    assert one_line(" a\tb\n\nc ") == "a b c"
    assert one_line("x" * 200, 10) == "xxxxxxxxx…"
    assert one_line("x" * 10, 10) == "x" * 10
    assert one_line(" " * 1000 + "x", 10) == "…"
    assert one_line("a\x1b[31m\u202eb") == "a\N{REPLACEMENT CHARACTER}[31m\N{REPLACEMENT CHARACTER}b"


def test_numbers_of_things_agree() -> None:
    assert [counted(one, "passage") for one in (0, 1, 2, 1775)] == [
        "0 passages",
        "1 passage",
        "2 passages",
        "1,775 passages",
    ]
