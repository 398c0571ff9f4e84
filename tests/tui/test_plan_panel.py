"""The plan beside the conversation, and the screen of one step, key by key."""

from __future__ import annotations

import asyncio
import statistics
import time
from collections.abc import Callable
from typing import Any

import pytest
from plan_helpers import (
    DONE,
    QUESTION,
    assistant,
    failed,
    finished,
    long_plan,
    planned,
    seen_after,
    skipped,
    started,
)
from test_hostile_text import HOSTILE, drawn
from textual.widgets import Static
from tui_helpers import SIZES, SLOW, loaded, sent, settled, slow_assistant

from collegia import RunStore
from collegia.agents.plan import Plan, Step
from collegia.tui import copying
from collegia.tui.app import CollegiaApp
from collegia.tui.chat.prompt import Prompt
from collegia.tui.plan.panel import PlanPanel, Steps
from collegia.tui.plan.reported import reported
from collegia.tui.plan.step import StepScreen
from collegia.tui.view import RunView, past, seen

Make = Callable[..., CollegiaApp]


async def shown(pilot: Any, view: RunView) -> None:
    """Let this be the present run, and draw it."""
    screen = pilot.app.screen_stack[0]
    screen.run_view = view
    screen._look()
    await pilot.pause()


def steps(app: CollegiaApp) -> Steps:
    return app.screen_stack[0].query_one(Steps)


def told(app: CollegiaApp) -> str:
    return str(app.screen.query_one("#step > Static", Static).content)


@pytest.fixture
def toy_app(make_app: Make) -> CollegiaApp:
    return make_app(assistant)


async def test_one_key_goes_to_the_plan_and_the_same_goes_back_and_hides_it(toy_app: CollegiaApp) -> None:
    async with toy_app.run_test(size=(80, 24)) as pilot:
        await pilot.press("f2")
        assert toy_app.screen.query_one(PlanPanel).display
        assert steps(toy_app).has_focus
        await pilot.press("f2")
        assert not toy_app.screen.query_one(PlanPanel).display
        assert toy_app.screen.query_one(Prompt).has_focus


@pytest.mark.action("plan.back")
async def test_esc_in_the_plan_goes_back_to_the_prompt_and_the_plan_stays(toy_app: CollegiaApp) -> None:
    async with toy_app.run_test(size=(80, 24)) as pilot:
        await pilot.press("f2", "escape")
        assert toy_app.screen.query_one(PlanPanel).display
        await pilot.press("x")
        assert toy_app.screen.query_one(Prompt).text == "x"


async def test_a_run_is_drawn_as_it_goes_on(toy_app: CollegiaApp) -> None:
    async with toy_app.run_test(size=(140, 40)) as pilot:
        await loaded(pilot)
        view = past(planned())
        for event, words in zip(DONE, ("running", "done · 4 m", "running", "4200 kg"), strict=True):
            view = seen(view, event)
            await shown(pilot, view)
            assert words in drawn(toy_app)
        assert "2 of 2 steps" in drawn(toy_app)


async def test_a_question_that_is_asked_shows_its_plan_and_results(toy_app: CollegiaApp) -> None:
    async with toy_app.run_test(size=(140, 40)) as pilot:
        await loaded(pilot)
        await sent(pilot, QUESTION)
        picture = drawn(toy_app)
        assert "2 of 2 steps" in picture
        assert "s2 weigh ← s1" in picture
        assert "done · 4200 kg" in picture


async def test_only_what_changed_is_drawn_again(toy_app: CollegiaApp, monkeypatch: pytest.MonkeyPatch) -> None:
    async with toy_app.run_test(size=(140, 40)) as pilot:
        await loaded(pilot)
        await shown(pilot, view := past(planned()))
        again: list[str] = []
        replace = Steps.replace_option_prompt
        monkeypatch.setattr(
            Steps, "replace_option_prompt", lambda self, id_, prompt: again.append(id_) or replace(self, id_, prompt)
        )
        await shown(pilot, view)
        assert again == []
        await shown(pilot, view := seen(view, DONE[0]))
        assert again == ["s1"]
        again.clear()
        await shown(pilot, past(planned(long_plan(3))))
        assert again == []
        assert steps(toy_app).option_count == 3


async def test_the_step_at_work_is_in_view_unless_the_user_looks_around(toy_app: CollegiaApp) -> None:
    plan = long_plan(60)
    async with toy_app.run_test(size=(80, 24)) as pilot:
        await loaded(pilot)
        await pilot.press("f2", "escape")
        await shown(pilot, seen_after(started("s40", "twice"), plan=plan))
        assert "s40" in drawn(toy_app)
        await shown(pilot, seen_after(started("s40", "twice"), finished("s40", "twice", {"length": 1.0}), plan=plan))
        assert "s40" in drawn(toy_app)
        await pilot.press("f2", "home")
        assert "s1 " in drawn(toy_app)
        await shown(pilot, seen_after(started("s50", "twice"), plan=plan))
        assert "s50" not in drawn(toy_app)
        await pilot.press("end")
        assert "s60" in drawn(toy_app)
        await pilot.press("pageup", "pageup")
        assert "s60" not in drawn(toy_app)
        await pilot.press("pagedown", "pagedown")
        assert "s60" in drawn(toy_app)


async def test_enter_opens_a_step_of_a_plan_that_came_while_one_was_there_already(toy_app: CollegiaApp) -> None:
    async with toy_app.run_test(size=(140, 40)) as pilot:
        await loaded(pilot)
        await pilot.press("f2")
        await shown(pilot, past(planned()))
        await pilot.press("enter")
        await pilot.pause()
        assert told(toy_app).startswith("s1")
        await pilot.press("escape", "down")
        await shown(pilot, seen_after(started("s1", "twice")))
        assert steps(toy_app).highlighted == 1


async def test_a_plan_of_sixty_steps_is_drawn_within_fifty_milliseconds(toy_app: CollegiaApp) -> None:
    plan = long_plan(60)
    async with toy_app.run_test(size=(140, 40)) as pilot:
        await loaded(pilot)
        view = past(planned(plan))
        await shown(pilot, view)
        panel, took = toy_app.screen.query_one(PlanPanel), []
        for step in plan.steps:
            for event in (started(step.id, "twice"), finished(step.id, "twice", {"length": 4.0})):
                view = seen(view, event)
                began = time.thread_time()
                panel.show(view)
                toy_app.screen._compositor.render_strips()
                took.append(time.thread_time() - began)
        assert statistics.median(took) < 0.05
        took.clear()
        for value in (5.0, 6.0, 7.0):  # all of it anew; a machine at work on other things is slow at times
            view = past([*planned(plan), *(finished(one.id, "twice", {"length": value}) for one in plan.steps)])
            began = time.thread_time()
            panel.show(view)
            toy_app.screen._compositor.render_strips()
            took.append(time.thread_time() - began)
        assert min(took) < 0.05


async def test_steps_of_one_id_are_drawn_once_and_a_plan_without_steps_not_at_all(toy_app: CollegiaApp) -> None:
    twice = Step(id="s1", expert="twice", arguments={})
    async with toy_app.run_test(size=(140, 40)) as pilot:
        await loaded(pilot)
        await shown(pilot, past(planned(Plan(steps=(twice, twice)))))
        assert steps(toy_app).option_count == 1
        await shown(pilot, past(planned(Plan())))
        assert steps(toy_app).option_count == 0
        await pilot.press("f2", "enter")
        assert toy_app.screen is toy_app.screen_stack[0]


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
async def test_a_hostile_plan_is_drawn_as_text(toy_app: CollegiaApp, text: str) -> None:
    plan = Plan(steps=(Step(id=text, expert=text, arguments={}),))
    async with toy_app.run_test(size=(140, 40)) as pilot:
        await loaded(pilot)
        await shown(pilot, seen_after(finished(text, text, {text: text}), failed(text, text, text), plan=plan))
        await pilot.press("f2", "enter")
        assert isinstance(toy_app.screen, StepScreen)
        assert not set(drawn(toy_app)) & set(map(chr, (*range(10), *range(11, 32), 0x7F, 0x9B, 0x202E, 0x2066)))


async def test_the_step_pointed_at_is_marked_without_colour(toy_app: CollegiaApp) -> None:
    async with toy_app.run_test(size=(140, 40)) as pilot:
        await loaded(pilot)
        await shown(pilot, seen_after(*DONE))
        await pilot.press("f2", "home")
        await pilot.pause()
        marked = [
            part.text for line in toy_app.screen._compositor.render_strips() for part in line
            if part.style and part.style.underline and part.text.strip()
        ]  # fmt: skip
        assert "twice" in "".join(marked)
        assert "weigh" not in "".join(marked)


# -- one step


@pytest.mark.action("plan.open")
@pytest.mark.action("app.step")
async def test_enter_opens_the_step_pointed_at_and_esc_goes_back_to_the_plan(toy_app: CollegiaApp) -> None:
    async with toy_app.run_test(size=(140, 40)) as pilot:
        await loaded(pilot)
        await sent(pilot, QUESTION)
        await pilot.press("f2", "home", "enter")
        assert isinstance(toy_app.screen, StepScreen)
        assert "s1  twice" in told(toy_app)
        assert "from the question: “2 m”" in told(toy_app)
        assert "Source\n  Table 1 of nowhere" in told(toy_app)
        await pilot.press("escape")
        assert steps(toy_app).has_focus
        await sent(pilot, "/step s2")
        assert "s2  weigh" in told(toy_app)


@pytest.mark.action("step.next")
@pytest.mark.action("step.before")
async def test_keys_go_from_step_to_step_and_round(toy_app: CollegiaApp) -> None:
    async with toy_app.run_test(size=(80, 24)) as pilot:
        await loaded(pilot)
        await sent(pilot, QUESTION)
        await sent(pilot, "/step")
        places = []
        for key in ("n", "right", "p", "left", "left"):
            places.append(told(toy_app)[:2])
            await pilot.press(key)
        assert places == ["s1", "s2", "s1", "s2", "s1"]


@pytest.mark.action("step.copy")
async def test_what_is_told_of_a_step_is_copied(toy_app: CollegiaApp, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(copying, "program", lambda environ: None)
    async with toy_app.run_test(size=(80, 24)) as pilot:
        await loaded(pilot)
        await sent(pilot, QUESTION)
        await sent(pilot, "/step s2")
        await pilot.press("c")
        assert toy_app.clipboard == told(toy_app)
        assert "4200 kg" in toy_app.clipboard


async def test_a_step_that_is_not_there_is_told_with_those_that_are(toy_app: CollegiaApp) -> None:
    async with toy_app.run_test(size=(80, 24)) as pilot:
        await loaded(pilot)
        await sent(pilot, "/step s1")
        assert told(toy_app).startswith("There is no plan yet")
        await pilot.press("n", "escape")
        await sent(pilot, QUESTION)
        await sent(pilot, "/step [bold]")
        assert told(toy_app) == "The plan has no step '[bold]'; its steps are: s1, s2."
        await pilot.press("n")
        assert told(toy_app).startswith("s1")


async def test_an_open_step_follows_the_run(make_app: Make) -> None:
    release = asyncio.Event()
    app = make_app(slow_assistant(release))
    async with app.run_test(size=(140, 40)) as pilot:
        await loaded(pilot)
        app.screen.query_one(Prompt).put(SLOW)
        await pilot.press("enter")
        while not (app.run_view.steps and app.run_view.steps[0].state == "running"):
            await pilot.pause(0.01)
        await pilot.press("f2")
        await pilot.pause(0.15)
        await pilot.press("enter")
        await pilot.pause(0.15)
        assert "◐ running" in told(app)
        assert "3 m\n      from the question: “3 m”" in told(app)
        release.set()
        await settled(pilot)
        await pilot.pause(0.25)
        assert "● done" in told(app)
        assert "6 s" in told(app)


# -- what is stored


async def test_a_run_that_goes_on_shows_what_was_done_before(make_app: Make) -> None:
    release, store = asyncio.Event(), RunStore.in_memory()
    app = make_app(slow_assistant(release, store))
    async with app.run_test(size=(140, 40)) as pilot:
        await loaded(pilot)
        app.screen.query_one(Prompt).put(SLOW)
        await pilot.press("enter")
        while not (app.run_view.steps and app.run_view.steps[0].state == "running"):
            await pilot.pause(0.01)
        await pilot.press("escape")
        await settled(pilot)
        await pilot.pause(0.15)
        assert "stopped" in drawn(app)
        release.set()
        await pilot.press("f10")
        await settled(pilot)
        await pilot.pause(0.15)
        assert "1 of 1 steps" in drawn(app)
        assert "call 2 · 6 s" in drawn(app)


def test_a_result_fills_in_what_no_event_told() -> None:
    store = RunStore.in_memory()
    result = assistant(store=store).ask_sync(QUESTION)
    full = past(store.events(result.run_id))
    bare = reported(past(planned()), result)
    assert [(one.state, one.outputs, one.inputs) for one in bare.steps] == [
        (one.state, one.outputs, one.inputs) for one in full.steps
    ]
    assert (bare.phase, bare.status, bare.run_id) == ("ended", "answered", result.run_id)
    assert reported(RunView(), result).steps == reported(full, result).steps[:0] + reported(RunView(), result).steps
    assert [one.needs for one in reported(RunView(), result).steps] == [(), ("s1",)]


def test_a_result_does_not_call_skipped_what_was_stopped() -> None:
    result = assistant().ask_sync(QUESTION)
    first = result.steps[0].model_copy(update={"status": "skipped", "error": "it was not started", "outputs": {}})
    stopped = result.model_copy(update={"status": "cancelled", "steps": (first, result.steps[1])})
    assert [one.state for one in reported(seen_after(started("s1", "twice")), stopped).steps] == ["running", "finished"]
    skip = seen_after(skipped("s1", "twice", "no time"))
    assert [one.notes for one in reported(skip, stopped).steps] == [("no time",), ()]


def test_a_result_without_a_plan_keeps_what_the_events_told() -> None:
    result = assistant().ask_sync(QUESTION).model_copy(update={"plan": None, "steps": (), "status": "cancelled"})
    view = reported(seen_after(*DONE[:2]), result)
    assert [one.state for one in view.steps] == ["finished", "waiting"]
    assert (view.phase, view.status) == ("ended", "cancelled")


def test_a_failure_of_a_stored_run_says_why() -> None:
    result = assistant().ask_sync(QUESTION)
    failure = result.steps[0].model_copy(update={"status": "failed", "error": "no wood", "outputs": {}})
    view = reported(RunView(), result.model_copy(update={"steps": (failure, result.steps[1])}))
    assert (view.steps[0].state, view.steps[0].notes) == ("failed", ("no wood",))


# -- pictures


MIXED = (
    *DONE[:2],
    started("s2", "weigh", size=4.0, wood="oak", share=1.5),
    failed("s2", "weigh", "no data on oak [bold]that is wet[/]"),
    started("s2", "weigh", size=4.0, wood="oak", share=1.5),
)


@pytest.mark.parametrize("size", SIZES, ids=str)
def test_the_plan_of_a_run(snap_compare: Callable[..., bool], make_app: Make, size: tuple[int, int]) -> None:
    async def before(pilot: Any) -> None:
        await loaded(pilot)
        await pilot.press("f2")
        await shown(pilot, seen_after(*MIXED))
        await settled(pilot)

    assert snap_compare(make_app(assistant), terminal_size=size, run_before=before)


@pytest.mark.parametrize("size", SIZES, ids=str)
def test_a_plan_of_sixty_steps(snap_compare: Callable[..., bool], make_app: Make, size: tuple[int, int]) -> None:
    async def before(pilot: Any) -> None:
        await loaded(pilot)
        await pilot.press("f2", "escape")
        done = [finished(f"s{place}", "twice", {"length": 4.0}) for place in range(1, 40)]
        await shown(pilot, seen_after(*done, started("s40", "twice"), plan=long_plan(60)))
        await settled(pilot)

    assert snap_compare(make_app(assistant), terminal_size=size, run_before=before)


@pytest.mark.parametrize("size", SIZES, ids=str)
def test_a_step(snap_compare: Callable[..., bool], make_app: Make, size: tuple[int, int]) -> None:
    async def before(pilot: Any) -> None:
        await loaded(pilot)
        await shown(pilot, seen_after(*MIXED))
        await sent(pilot, "/step s2")

    assert snap_compare(make_app(assistant), terminal_size=size, run_before=before)
