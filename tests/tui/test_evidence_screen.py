"""Evidence in two keys: from a number to the calls and words behind it, from a citation to its passage."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from textual.widgets import OptionList, Static
from tui_helpers import SIZES, loaded, sent, settled
from tui_library import CAUSES, FILLING, TEXTS, drawn, pressed, reader

from collegia.agents.plan import Asked, FromStep, Plan
from collegia.agents.result import Quantity, Reply, Result, StepReport
from collegia.evidence import Evidence
from collegia.tui.app import CollegiaApp
from collegia.tui.branches import BranchTree
from collegia.tui.chat.transcript import Transcript
from collegia.tui.chat.turn import Turn
from collegia.tui.evidence.items import LABELS
from collegia.tui.evidence.screen import EvidenceScreen
from collegia.tui.graph.screen import GraphScreen
from collegia.tui.passage.screen import PassageScreen
from collegia.tui.passage.view import PassageView

Make = Callable[..., CollegiaApp]


def copied(app: CollegiaApp) -> str:
    return app.clipboard


async def asked(pilot: Any, *questions: str) -> None:
    await loaded(pilot)
    for one in questions:
        await sent(pilot, one)


def question_of(app: CollegiaApp) -> Any:
    return app.screen.query_one("#question", Static).content


@pytest.mark.action("app.evidence")
async def test_two_keys_lead_from_a_number_to_the_call_and_the_words_behind_it(make_app: Make) -> None:
    app = make_app()
    async with app.run_test(size=(140, 40)) as pilot:
        await asked(pilot, FILLING)
        await pressed(pilot, "f3", "1")
        assert isinstance(app.screen, EvidenceScreen)
        shown = drawn(app)
        assert "How long = 480 min  ← time_for_volume (s1)" in shown
        assert "volume = 12 m³  ← “12 m³” in the question" in shown
        assert isinstance(app.focused, BranchTree)


async def test_the_words_that_a_value_was_stated_in_are_marked_in_the_question(make_app: Make) -> None:
    app = make_app()
    async with app.run_test(size=(140, 40)) as pilot:
        await asked(pilot, FILLING)
        await pressed(pilot, "f3", "1")
        assert {question_of(app).plain[one.start : one.end] for one in question_of(app).spans} == {"12 m³", "25 L/min"}
        await pressed(pilot, "down")
        marked = [one for one in question_of(app).spans if "reverse" in str(one.style)]
        assert [question_of(app).plain[one.start : one.end] for one in marked] == ["12 m³"]


async def test_what_was_answered_to_a_question_back_is_marked_behind_the_question(make_app: Make) -> None:
    app = make_app()
    async with app.run_test(size=(140, 40)) as pilot:
        await asked(pilot, "How long does it take to fill 12 m³?", "25 L/min")
        await pressed(pilot, "f3", "1", "down", "down")
        assert question_of(app).plain == "How long does it take to fill 12 m³? ; 25 L/min"
        marked = [one for one in question_of(app).spans if "reverse" in str(one.style)]
        assert [question_of(app).plain[one.start : one.end] for one in marked] == ["25 L/min"]


async def test_two_keys_lead_from_a_citation_to_its_passage(make_app: Make, home: Path) -> None:
    app = make_app(reader(home))
    async with app.run_test(size=(140, 40)) as pilot:
        await asked(pilot, CAUSES)
        await pressed(pilot, "f3", "2")
        excerpt = app.screen.query_one(PassageView).excerpt
        assert excerpt is not None
        assert excerpt.text[excerpt.start - excerpt.first :].startswith("A worn flange causes")
        assert "Grumbling › What causes it · characters 119–184" in drawn(app)


@pytest.mark.action("evidence.open")
async def test_enter_goes_into_an_item_and_on_to_the_whole_passage(make_app: Make, home: Path) -> None:
    app = make_app(reader(home))
    async with app.run_test() as pilot:
        await asked(pilot, CAUSES)
        await pressed(pilot, "f3", "enter")
        assert isinstance(app.screen, EvidenceScreen)
        assert not isinstance(app.focused, OptionList)
        await pressed(pilot, "enter")
        assert isinstance(app.screen, PassageScreen)
        await pressed(pilot, "escape")
        assert isinstance(app.screen, EvidenceScreen)


def result_of(step: StepReport, **more: Any) -> Result:
    """An answer with one number, of a run that is not stored."""
    asked = (Asked(name="time", kind="time", source=FromStep(step="s1", output="time")),)
    number = Quantity(name="time", value=480.0, unit="minute", step="s1")
    made: dict[str, Any] = {
        "question": "how long?",
        "quantities": (number,),
        "plan": Plan(asked=asked),
        "steps": (step,),
    }
    return Result(run_id="gone", status="answered", **(made | more))


async def told(pilot: Any, result: Result) -> None:
    """Have an answer in the conversation."""
    await loaded(pilot)
    await pilot.app.screen.query_one(Transcript).add(Turn(result.question, result))
    await settled(pilot)


async def test_a_value_that_a_document_states_leads_to_its_sentence(make_app: Make, home: Path) -> None:
    words = "Grumbling lowers wumper efficiency."
    start = TEXTS["grumbling.md"].index(words)
    stated = Evidence("passage", words, start, start + len(words), source="lib/grumbling.md").to_dict()
    step = StepReport(
        id="s1", expert="time_for_volume", status="finished", inputs={"flow": 1.0}, outputs={"time": 28800.0},
        evidence={"flow": stated},
    )  # fmt: skip
    app = make_app(reader(home))
    async with app.run_test(size=(140, 40)) as pilot:
        await told(pilot, result_of(step))
        await pressed(pilot, "f3", "1", "down")
        assert f"flow = 1 m³/s  ← lib/grumbling.md: “{words}”" in drawn(app)
        assert "Enter opens it" in drawn(app)
        await pressed(pilot, "enter")
        assert isinstance(app.screen, PassageScreen)
        assert app.screen.query_one(PassageView).excerpt.start == start


async def test_what_was_typed_stands_over_the_question_that_it_was_read_as(make_app: Make) -> None:
    step = StepReport(id="s1", expert="time_for_volume", status="finished", outputs={"time": 28800.0})
    app = make_app()
    async with app.run_test() as pilot:
        await told(pilot, result_of(step, said="and in hours?"))
        await pressed(pilot, "f3")
        assert question_of(app).plain == "“and in hours?” was read as\nhow long?"


async def test_more_items_than_keys_are_reached_by_the_arrows(make_app: Make) -> None:
    step = StepReport(id="s1", expert="time_for_volume", status="finished", outputs={"time": 28800.0})
    numbers = tuple(Quantity(name="time", value=float(n), unit="minute", step="s1") for n in range(40))
    app = make_app()
    async with app.run_test() as pilot:
        await told(pilot, result_of(step, quantities=numbers))
        await pressed(pilot, "f3", "z")
        items = app.screen.query_one("#items", OptionList)
        assert items.highlighted == len(LABELS) - 1
        await pressed(pilot, "escape", "end", "enter")
        assert items.highlighted == 39
        assert "time = 39 min" in drawn(app)


@pytest.mark.action("evidence.graph")
async def test_the_graph_around_a_passage_is_one_key_away(make_app: Make, home: Path) -> None:
    app = make_app(reader(home))
    async with app.run_test() as pilot:
        await asked(pilot, CAUSES, FILLING)
        await pressed(pilot, "f3", "left_square_bracket", "2", "g")
        assert isinstance(app.screen, GraphScreen)
        assert "names in grumbling.md 119–184" in drawn(app)


async def test_the_graph_around_a_number_begins_at_a_name_of_its_question(make_app: Make, home: Path) -> None:
    from collegia.knowledge.records import Document

    said = Document("lib/density.md", "# Density\n\nDensity is what blorp has.\n", "density.md", form="markdown")
    app = make_app(reader(home, said))
    async with app.run_test() as pilot:
        await asked(pilot, "What is the density of water at 60 °C?")
        await pressed(pilot, "f3", "g")
        assert isinstance(app.screen, GraphScreen)
        assert "Density" in drawn(app).splitlines()[0]


async def test_a_number_of_which_the_documents_know_no_name_is_told_so(make_app: Make, home: Path) -> None:
    app = make_app(reader(home))
    async with app.run_test() as pilot:
        await asked(pilot, FILLING)
        await pressed(pilot, "f3", "g")
        assert isinstance(app.screen, EvidenceScreen)
        assert ["no name for what was asked" in one.message for one in app._notifications] == [True]


@pytest.mark.action("evidence.copy")
async def test_the_tree_and_the_passage_are_copied_as_text(make_app: Make, home: Path) -> None:
    app = make_app(reader(home))
    async with app.run_test() as pilot:
        await asked(pilot, FILLING, CAUSES)
        await pressed(pilot, "f3", "2", "c")
        assert copied(app) == (
            "“A worn flange causes grumbling, because it lets the shaft wander.” [grumbling.md, 119–184]"
        )
        await pressed(pilot, "escape", "left_square_bracket", "c")
        assert copied(app).splitlines() == [
            FILLING,
            "How long = 480 min  ← time_for_volume (s1)",
            "├─ volume = 12 m³  ← “12 m³” in the question",
            "└─ flow = 4.1667e-04 m³/s  ← “25 L/min” in the question",
        ]


@pytest.mark.action("evidence.earlier")
@pytest.mark.action("evidence.later")
async def test_the_answers_of_a_conversation_are_gone_through(make_app: Make) -> None:
    app = make_app()
    async with app.run_test() as pilot:
        await asked(pilot, FILLING, "What is the density of water at 60 °C?")
        await pressed(pilot, "f3")
        assert "answer 2 of 2" in drawn(app)
        await pressed(pilot, "left_square_bracket")
        assert "answer 1 of 2" in drawn(app)
        assert "480 min" in drawn(app)
        await pressed(pilot, "left_square_bracket")
        assert "answer 1 of 2" in drawn(app)
        await pressed(pilot, "right_square_bracket")
        assert "answer 2 of 2" in drawn(app)


@pytest.mark.parametrize(("said", "shown"), [("1", 1), ("2", 2), ("99", 2), ("0", 1), ("soon", 2)])
async def test_the_command_opens_the_answer_of_that_number(make_app: Make, said: str, shown: int) -> None:
    app = make_app()
    async with app.run_test() as pilot:
        await asked(pilot, FILLING, FILLING, f"/evidence {said}")
        await settled(pilot)
        assert f"answer {shown} of 2" in drawn(app)


async def test_esc_goes_from_the_tree_to_the_list_and_from_there_to_the_conversation(make_app: Make) -> None:
    app = make_app()
    async with app.run_test() as pilot:
        await asked(pilot, FILLING)
        await pressed(pilot, "f3", "1", "escape")
        assert isinstance(app.focused, OptionList)
        await pressed(pilot, "escape")
        assert app.screen is app.screen_stack[0]


@pytest.mark.parametrize("question", ["", "How long does it take to fill 12 m³?"])
async def test_without_a_number_it_is_said_that_there_is_none(make_app: Make, question: str) -> None:
    app = make_app()
    async with app.run_test() as pilot:
        await asked(pilot, *filter(None, [question]))
        await pressed(pilot, "f3", "1", "g", "c", "enter")
        assert ("no number and no citation; it is clarify" if question else "There is no answer yet") in drawn(app)
        await pressed(pilot, "escape")
        assert app.screen is app.screen_stack[0]


async def test_a_citation_of_a_document_that_is_gone_is_shown_with_its_words(make_app: Make, home: Path) -> None:
    app = make_app(reader(home))
    async with app.run_test() as pilot:
        await asked(pilot, CAUSES)
        (await app.assistant()).library.store.remove("lib/grumbling.md")
        await pressed(pilot, "f3", "2", "c", "g")
        shown = drawn(app)
        assert "no document 'lib/grumbling.md' is stored any more" in shown
        assert "“A worn flange causes grumbling" in shown
        await pressed(pilot, "enter")
        assert "is stored any more" in drawn(app)


def test_no_label_is_a_key_of_the_screen() -> None:
    from collegia.tui.actions import in_scopes

    keys = {key for one in in_scopes(("app", *EvidenceScreen.SCOPES)) for key in one.keys.split(",")}
    assert set(LABELS) & keys == set()
    assert len(set(LABELS)) == len(LABELS)
    assert LABELS.startswith("123456789")


@pytest.mark.parametrize("size", SIZES, ids=str)
def test_the_evidence_of_a_number(snap_compare: Callable[..., bool], make_app: Make, size: tuple[int, int]) -> None:
    async def before(pilot: Any) -> None:
        await asked(pilot, FILLING)
        await pressed(pilot, "f3", "1", "down")

    assert snap_compare(make_app(), terminal_size=size, run_before=before)


@pytest.mark.parametrize("size", SIZES, ids=str)
def test_the_evidence_of_a_citation(
    snap_compare: Callable[..., bool], make_app: Make, home: Path, size: tuple[int, int]
) -> None:
    async def before(pilot: Any) -> None:
        await asked(pilot, CAUSES)
        await pressed(pilot, "f3", "2")

    assert snap_compare(make_app(reader(home)), terminal_size=size, run_before=before)


# -- what is behind a reply, in no colour, and when there is much of it


async def test_the_reply_of_a_model_leads_to_the_words_it_was_sent(make_app: Make) -> None:
    report = StepReport(
        id="s1", expert="writer", status="finished", inputs={"question": "why?"}, outputs={"text": "So it is."},
        evidence={"question": Evidence("planner", "why?").to_dict()},
    )  # fmt: skip
    reply = Reply(step="s1", expert="writer", text="So it is.")
    app = make_app()
    async with app.run_test(size=(140, 40)) as pilot:
        await told(pilot, result_of(report, quantities=(), replies=(reply,)))
        await pressed(pilot, "f3", "1", "down")
        shown = drawn(app)
        assert "writer: So it is." in shown
        assert "question = why?  ← words of the planner" in shown
        assert "written by the planner's model" in shown


@pytest.mark.parametrize("plain", [False, True], ids=["colour", "no colour"])
async def test_what_is_marked_is_marked_without_colour_too(
    make_app: Make, monkeypatch: pytest.MonkeyPatch, plain: bool
) -> None:
    if plain:
        monkeypatch.setenv("NO_COLOR", "1")
    app = make_app()
    async with app.run_test(size=(140, 40)) as pilot:
        await asked(pilot, FILLING)
        await pressed(pilot, "f3", "1", "down")
        reversed_ = [
            part.text
            for row in app.screen._compositor.render_strips()
            for part in row
            if part.style is not None and part.style.reverse
        ]
        assert "12 m³" in reversed_


async def test_a_tree_of_sixty_steps_opens_within_a_second_and_every_line_can_be_reached(make_app: Make) -> None:
    reports = [StepReport(id="s1", expert="time_for_volume", status="finished", outputs={"time": 1.0})]
    for n in range(2, 61):
        came = Evidence("call", step=f"s{n - 1}", expert="time_for_volume", output="time").to_dict()
        reports.append(
            StepReport(
                id=f"s{n}", expert="time_for_volume", status="finished", inputs={"volume": 1.0, "flow": 1.0},
                outputs={"time": 1.0}, evidence={"volume": came, "flow": came},
            )
        )  # fmt: skip
    asked_ = (Asked(name="time", kind="time", source=FromStep(step="s60", output="time")),)
    number = Quantity(name="time", value=1.0, unit="second", step="s60")
    result = Result(
        run_id="gone", status="answered", question="q", quantities=(number,), steps=tuple(reports),
        plan=Plan(asked=asked_),
    )  # fmt: skip
    app = make_app()
    async with app.run_test() as pilot:
        await told(pilot, result)
        began = time.monotonic()
        await pressed(pilot, "f3", "1")
        assert time.monotonic() - began < 5
        tree = app.screen.query_one(BranchTree)
        assert tree.last_line == 2 * 59
        await pressed(pilot, "end")
        assert tree.max_scroll_y == tree.scroll_target_y


async def test_at_the_smallest_size_list_tree_and_word_on_it_are_all_there(make_app: Make, home: Path) -> None:
    app = make_app(reader(home))
    async with app.run_test(size=(80, 24)) as pilot:
        await asked(pilot, CAUSES, FILLING)
        for keys, parts in ((("f3", "1"), ("#items", "#question", "#trace", "#about")), (("escape", "["), ())):
            await pressed(pilot, *keys)
            for part in parts:
                region = app.screen.query_one(part).region
                assert region.height > 0, part
                assert region.bottom <= 23, part


async def test_a_narrow_screen_stacks_and_a_wide_one_sets_side_by_side(make_app: Make) -> None:
    app = make_app()
    async with app.run_test(size=(80, 24)) as pilot:
        await asked(pilot, FILLING)
        await pressed(pilot, "f3")
        items, behind = app.screen.query_one("#items").region, app.screen.query_one("#behind").region
        assert items.bottom == behind.y
        await pilot.resize_terminal(140, 40)
        await pilot.pause()
        items, behind = app.screen.query_one("#items").region, app.screen.query_one("#behind").region
        assert items.right == behind.x


async def test_evidence_is_found_in_the_palette(make_app: Make) -> None:
    app = make_app()
    async with app.run_test() as pilot:
        await asked(pilot, FILLING)
        await pressed(pilot, "f3")
        titles = [one.title for one in app.get_system_commands(app.screen)]
        assert {"Open", "Graph", "Copy", "Answer before", "Next answer", "Back"} <= set(titles)
