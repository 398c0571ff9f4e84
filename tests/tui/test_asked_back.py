"""The form of a question back: a field for each missing value, sent as the prompt would send it."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest
from test_hostile_text import HOSTILE, drawn
from textual.widgets import Input
from tui_helpers import SIZES, loaded, sent, settled

from collegia import Assistant, RunStore
from collegia.agents.plan import Missing, Proposal
from collegia.settings import Settings
from collegia.tools.registry import Registry
from collegia.tui.app import CollegiaApp
from collegia.tui.chat.asked_back import AnswerForm, Field, fields_of, label_content
from collegia.tui.chat.prompt import Prompt
from collegia.tui.chat.transcript import Transcript

Make = Callable[..., CollegiaApp]

TWO = "What is the shaft power of a pump for 60 m³/h of water?"
ONE = "How long does it take to fill a tank at 25 L/min?"
CONTROLS = set(map(chr, (*range(10), *range(11, 32), 0x7F, 0x9B, 0x202E, 0x2066)))


def form(app: CollegiaApp) -> AnswerForm:
    return app.screen.query_one(AnswerForm)


def faults(app: CollegiaApp) -> list[str]:
    return [str(one.query_one(".wrong").content) for one in form(app).query(Field)]


def last(app: CollegiaApp) -> Any:
    return app.screen.query_one(Transcript).turns[-1]


class Asking:
    """A planner that asks back for these."""

    def __init__(self, *missing: Missing) -> None:
        self._missing = missing

    def plan(self, question: str, registry: Registry, answers: Sequence[str] = ()) -> Proposal:
        if answers:
            return Proposal(status="out_of_domain", message=f"heard: {answers[-1]}")
        return Proposal(status="clarify", missing=self._missing, message="What about it?")


def asking(*missing: Missing) -> Callable[[], Assistant]:
    return lambda: Assistant(Registry(), planner=Asking(*missing), store=RunStore.in_memory())


@pytest.mark.action("form.send")
async def test_a_value_for_each_field_goes_on_with_the_run(make_app: Make) -> None:
    app = make_app()
    async with app.run_test(size=(80, 24)) as pilot:
        await loaded(pilot)
        await sent(pilot, TWO)
        picture = drawn(app)
        assert "pressure rise, in bar" in picture
        assert "pump efficiency, in %" in picture
        await pilot.press("3", "enter", "7", "5", "enter")
        await settled(pilot)
        turn = last(app)
        assert turn.asked == "pressure rise 3 bar, pump efficiency 75 %"
        assert turn.result.status == "answered"
        assert turn.result.quantities[0].value == pytest.approx(60 / 3600 * 3e5 / 0.75 / 1000)
        assert not app.screen.query(AnswerForm)
        assert app.screen.focused is app.screen.query_one(Prompt)


async def test_enter_goes_to_the_next_empty_field_and_round_to_the_first(make_app: Make) -> None:
    app = make_app()
    async with app.run_test() as pilot:
        await loaded(pilot)
        await sent(pilot, TWO)
        first, second = form(app).query(Input)
        await pilot.press("tab", "7", "5", "%", "enter")
        assert first.has_focus
        await pilot.press("enter")
        assert first.has_focus
        assert last(app).asked == TWO
        await pilot.press(*"300 kPa", "enter")
        await settled(pilot)
        assert last(app).asked == "pressure rise 300 kPa, pump efficiency 75%"
        assert second.value == "75%"


async def test_what_is_wrong_is_said_beneath_its_field_and_goes_when_it_is_right(make_app: Make) -> None:
    app = make_app()
    async with app.run_test(size=(80, 24)) as pilot:
        await loaded(pilot)
        await sent(pilot, TWO)
        await pilot.press("3", "enter", *".75", "enter")
        assert faults(app)[0] == ""
        assert faults(app)[1].startswith("! pump efficiency: '.75' may be a share or a percentage")
        assert last(app).asked == TWO
        await pilot.press("%", "enter")
        await settled(pilot)
        assert last(app).asked == "pressure rise 3 bar, pump efficiency .75%"


async def test_what_was_typed_wrong_in_an_earlier_field_keeps_the_form_open(make_app: Make) -> None:
    app = make_app()
    async with app.run_test() as pilot:
        await loaded(pilot)
        await sent(pilot, TWO)
        pressure, share = form(app).query(Input)
        share.value = "0.75"
        await pilot.press("3", "enter")
        assert share.has_focus
        assert "percentage" in faults(app)[1]
        share.value = "75"
        pressure.value = "x" * 9000
        await pilot.press("enter")
        assert pressure.has_focus
        assert "at most 8,000 are read" in faults(app)[0]


@pytest.mark.action("form.leave")
@pytest.mark.action("chat.answer")
async def test_esc_leaves_the_form_and_keeps_the_question_and_a_key_goes_back_to_it(make_app: Make) -> None:
    app = make_app()
    async with app.run_test() as pilot:
        await loaded(pilot)
        await sent(pilot, TWO)
        await pilot.press("3", "escape")
        assert app.screen.focused is app.screen.query_one(Prompt)
        assert form(app).query(Input).first().value == "3"
        await pilot.press("ctrl+o")
        assert form(app).query(Input).last().has_focus
        await pilot.press("escape")
        await sent(pilot, "pressure rise 3 bar, pump efficiency 75 %")
        assert last(app).result.status == "answered"
        assert not app.screen.query(AnswerForm)
        await sent(pilot, "/answer")
        assert app.screen.focused is app.screen.query_one(Prompt)


async def test_an_answer_that_leaves_something_out_is_asked_again_for_the_rest(make_app: Make) -> None:
    app = make_app()
    async with app.run_test() as pilot:
        await loaded(pilot)
        await sent(pilot, TWO)
        await pilot.press("escape")
        await sent(pilot, "pressure rise 3 bar")
        assert [one.missing.name for one in form(app).query(Field)] == ["pump efficiency"]
        await pilot.press("7", "5", "enter")
        await settled(pilot)
        assert last(app).result.status == "answered"


async def test_the_form_does_not_take_the_focus_from_what_is_being_typed(make_app: Make) -> None:
    release = asyncio.Event()

    class Slow(Asking):
        async def plan(self, question: str, registry: Registry, answers: Sequence[str] = ()) -> Proposal:
            await release.wait()
            return super().plan(question, registry, answers)

    planner = Slow(Missing(name="volume", kind="volume", unit="meter ** 3"))
    app = make_app(lambda: Assistant(Registry(), planner=planner, store=RunStore.in_memory()))
    async with app.run_test() as pilot:
        await loaded(pilot)
        app.screen.query_one(Prompt).put("this")
        await pilot.press("enter", "1", "2")
        release.set()
        await settled(pilot)
        assert form(app)
        assert app.screen.query_one(Prompt).has_focus
        await pilot.press("ctrl+o", *"9 m³", "enter")
        await settled(pilot)
        assert last(app).asked == "volume 9 m³"
        assert app.screen.query_one(Prompt).text == "12"


async def test_the_arrows_bring_an_answer_of_the_form_back(make_app: Make) -> None:
    app = make_app()
    async with app.run_test() as pilot:
        await loaded(pilot)
        await sent(pilot, ONE)
        await pilot.press("1", "2", "enter")
        await settled(pilot)
        await pilot.press("up")
        assert app.screen.query_one(Prompt).text == "volume 12 m³"


async def test_a_new_conversation_and_another_run_take_the_form_away(make_app: Make) -> None:
    app = make_app()
    async with app.run_test() as pilot:
        await loaded(pilot)
        await sent(pilot, ONE)
        await sent(pilot, "/new")
        assert not app.screen.query(AnswerForm)
        await sent(pilot, ONE)
        run = last(app).result.run_id
        await sent(pilot, f"/resume {run}")
        assert len(app.screen.query(AnswerForm)) == 1


async def test_a_question_in_words_is_answered_in_words(make_app: Make) -> None:
    app = make_app()
    async with app.run_test() as pilot:
        await loaded(pilot)
        await sent(pilot, "What is the density of the refrigerant at 20 °C and 5 bar?")
        assert "Which refrigerant do you mean" in str(form(app).query_one(".label").content)
        await pilot.press(*"R134a", "enter")
        await settled(pilot)
        assert last(app).asked == "R134a"
        assert last(app).result.status == "answered"


async def test_where_no_value_is_missing_there_is_no_form(make_app: Make) -> None:
    app = make_app(asking(Missing(name="what is asked", kind="", question="Which quantity?")))
    async with app.run_test() as pilot:
        await loaded(pilot)
        await sent(pilot, "this")
        assert last(app).result.status == "clarify"
        assert not app.screen.query(AnswerForm)
        await sent(pilot, "the density")
        assert last(app).result.answer_text == "Heard: the density."


def test_a_label_names_value_unit_and_what_needs_it_or_asks() -> None:
    one = Missing(name="static head", kind="head", unit="meter", why="for pump_power")
    assert label_content(one).plain == "static head, in m  for pump_power"
    assert label_content(Missing(name="fluid", kind="substance")).plain == "fluid"
    assert label_content(Missing(name="fluid", kind="substance", question="Which?")).plain == "Which?"
    assert label_content(Missing(name="x" * 400, kind="k")).plain == "x" * 300 + "…"


def test_many_missing_values_have_so_many_fields_and_the_prompt_takes_the_rest() -> None:
    assert len(fields_of([Missing(name=f"n{place}", kind="k") for place in range(50)])) == 20
    assert fields_of([Missing(name="n", kind="", question="?")]) == ()
    assert fields_of([]) == ()


async def test_many_fields_can_all_be_reached_on_a_small_screen(make_app: Make) -> None:
    app = make_app(asking(*(Missing(name=f"value {place}", kind="k", unit="meter") for place in range(20))))
    async with app.run_test(size=(80, 24)) as pilot:
        await loaded(pilot)
        await sent(pilot, "all of it")
        for place in range(20):
            assert f"value {place}, in m" in drawn(app)
            await pilot.press(str(place % 10), "enter")
            await pilot.pause()
        await settled(pilot)
        assert last(app).asked.startswith("value 0 0 m, value 1 1 m")
        assert last(app).result.answer_text.endswith("value 19 9 m.")


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
async def test_a_hostile_question_back_is_shown_and_answered_as_text(make_app: Make, text: str) -> None:
    safe = text.encode("utf-8", "replace").decode()
    app = make_app(
        asking(Missing(name=safe, kind="k", why=safe), Missing(name="fluid", kind="substance", question=safe))
    )
    async with app.run_test(size=(140, 40)) as pilot:
        await loaded(pilot)
        await sent(pilot, "this")
        assert not set(drawn(app)) & CONTROLS
        for field in form(app).query(Input):
            field.value = safe
        await pilot.press("enter")
        await settled(pilot)
        assert not set(drawn(app)) & CONTROLS
        assert last(app).result.status in ("out_of_domain", "clarify")


async def test_a_megabyte_in_a_field_is_refused_within_a_second(make_app: Make) -> None:
    app = make_app()
    async with app.run_test() as pilot:
        await loaded(pilot)
        await sent(pilot, ONE)
        form(app).query_one(Input).value = "x" * 1_000_000
        began = time.thread_time()
        await pilot.press("enter")
        assert time.thread_time() - began < 2
        assert "at most 8,000 are read" in faults(app)[0]


async def test_a_session_that_is_gone_on_with_has_its_last_plan_and_its_question_back(
    make_app: Make, home: Path
) -> None:
    def filed() -> Assistant:
        return Assistant(settings=Settings.load(home=home), store=RunStore(home / "runs.sqlite"))

    assistant = filed()
    await assistant.session("answered").ask("What is the density of water at 60 °C and 5 bar absolute?")
    await assistant.session("open").ask(ONE)
    assistant.close()
    app = make_app(filed)
    async with app.run_test(size=(140, 40)) as pilot:
        await loaded(pilot)
        screen: Any = app.screen
        await screen.restore("open")
        await settled(pilot)
        assert [one.missing.name for one in form(app).query(Field)] == ["volume"]
        await pilot.press("escape")
        await screen.restore("answered")
        await settled(pilot)
        await pilot.pause(0.15)
        assert not app.screen.query(AnswerForm)
        assert "1 of 1 steps" in drawn(app)
        await screen.restore("open")
        await settled(pilot)
        await pilot.press("1", "2", "enter")
        await settled(pilot)
        assert last(app).result.quantities[0].value == pytest.approx(480)


@pytest.mark.parametrize("size", SIZES, ids=str)
def test_a_question_back(snap_compare: Callable[..., bool], make_app: Make, size: tuple[int, int]) -> None:
    async def before(pilot: Any) -> None:
        await loaded(pilot)
        await sent(pilot, TWO)
        await pilot.press("3", "enter", *".75", "enter")
        await settled(pilot)

    assert snap_compare(make_app(), terminal_size=size, run_before=before)
