"""A plan that is to be approved: shown, changed in place, approved, rejected, or left for later."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path
from typing import Annotated, Any

import pytest
from plan_helpers import (
    EVERYWHENCE,
    PLAN,
    QUESTION,
    Planner,
    assistant,
    length,
    long_plan,
    mass,
    registry,
    twice,
)
from test_hostile_text import HOSTILE, drawn
from textual.widgets import Input, OptionList, Static
from tui_helpers import SIZES, loaded, settled

from collegia import Assistant, RunStore
from collegia.agents.approval import Approval, Approved, Marked
from collegia.agents.plan import Asked, FromStep, Plan, Step
from collegia.settings import Budget, Settings
from collegia.tools import expert
from collegia.tools.registry import Registry
from collegia.tui.app import CollegiaApp
from collegia.tui.chat.prompt import Prompt
from collegia.tui.chat.transcript import Transcript
from collegia.tui.dialogs.approve import ApproveDialog
from collegia.tui.plan.editing import lines_of, why_content

Make = Callable[..., CollegiaApp]
CONTROLS = set(map(chr, (*range(10), *range(11, 32), 0x7F, 0x9B, 0x202E, 0x2066)))


async def asked(pilot: Any, text: str = QUESTION) -> None:
    """Ask, and wait for the dialog."""
    await loaded(pilot)
    app = pilot.app
    app.screen.query_one(Prompt).put(text)
    await pilot.press("enter")
    while not isinstance(app.screen, ApproveDialog):
        await pilot.pause(0.01)
    await pilot.pause()
    app.screen.query_one(Input).cursor_blink = False


def result(app: CollegiaApp) -> Any:
    return app.screen_stack[0].query_one(Transcript).turns[-1].result


def lines(app: CollegiaApp) -> list[str]:
    return [one.content.plain for one in app.screen.lines]


def wrong(app: CollegiaApp) -> str:
    return str(app.screen.query_one("#wrong", Static).content)


async def typed(pilot: Any, text: str) -> None:
    """Put a text into the field, in place of what is there, and send it."""
    pilot.app.screen.query_one(Input).value = text
    await pilot.press("enter")
    await pilot.pause()


@pytest.fixture
def always(make_app: Make) -> CollegiaApp:
    return make_app(lambda: assistant(approve="always"))


@pytest.mark.action("approve.approve")
async def test_nothing_runs_before_the_plan_is_approved(always: CollegiaApp) -> None:
    async with always.run_test(size=(80, 24)) as pilot:
        await asked(pilot)
        assert [one.state for one in always.run_view.steps] == ["waiting", "waiting"]
        assert always.run_view.phase == "approving"
        assert "every plan is shown before it runs" in drawn(always)
        assert "It answers: mass (s2)" in drawn(always)
        await pilot.press("a")
        await settled(pilot)
        assert result(always).status == "answered"
        assert result(always).quantities[0].value == pytest.approx(4 * 1.5 * 700)


async def test_a_plan_that_needs_no_approval_is_not_asked_about(make_app: Make) -> None:
    app = make_app(assistant)
    async with app.run_test() as pilot:
        await loaded(pilot)
        app.screen.query_one(Prompt).put(QUESTION)
        await pilot.press("enter")
        await settled(pilot)
        assert result(app).status == "answered"


async def test_an_expert_that_asks_first_is_marked_with_its_reason(make_app: Make) -> None:
    @expert(asks_first="each call costs a florin")
    def price(size: Annotated[float, length]) -> Annotated[float, mass]:
        """What a length weighs in gold."""
        return size

    plan = Plan(
        steps=(PLAN.steps[0], Step(id="s2", expert="price", arguments={"size": FromStep(step="s1", output="length")})),
        asked=PLAN.asked,
    )

    def make() -> Assistant:
        made = Registry()
        made.add_functions([twice, price])
        return Assistant(made, planner=Planner(plan), settings=Settings.load(), store=RunStore.in_memory())

    app = make_app(make)
    async with app.run_test(size=(100, 30)) as pilot:
        await asked(pilot)
        assert "  s2 price  ! asks first: each call costs a florin" in lines(app)
        await pilot.press("a")
        await settled(pilot)
        assert result(app).quantities[0].value == pytest.approx(4)


@pytest.mark.action("approve.edit")
async def test_a_value_is_changed_in_place_and_the_answer_rests_on_it(always: CollegiaApp) -> None:
    async with always.run_test(size=(100, 30)) as pilot:
        await asked(pilot)
        await pilot.press("down", "enter")
        assert always.screen.query_one(Input).value == "2 m"
        await typed(pilot, "300 cm")
        assert lines(always)[1].split() == [
            "*", "size", "3", "m", "your", "word", "at", "approval:", "“300", "cm”,", "instead", "of", "“2", "m”",
        ]  # fmt: skip
        await pilot.press("a")
        await settled(pilot)
        assert result(always).quantities[0].value == pytest.approx(6 * 1.5 * 700)
        assert any("changed at approval" in one for one in result(always).assumptions)
        step = always.run_view.steps[0]
        assert step.inputs == {"size": 3.0}


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("3 kg", "s1.size"),
        ("", "s1.size"),
        ("long", "is not one length"),
        ("500 m", "100"),
        ("-1 m", "0"),
    ],
)
async def test_a_value_that_cannot_be_is_told_in_place_and_not_taken(
    always: CollegiaApp, text: str, fault: str
) -> None:
    async with always.run_test(size=(100, 30)) as pilot:
        await asked(pilot)
        before = lines(always)
        await pilot.press("down", "enter")
        await typed(pilot, text)
        assert wrong(always).startswith("! ")
        assert fault in wrong(always)
        assert always.screen.query_one(Input).has_focus
        assert lines(always) == before
        await typed(pilot, "3 m")
        assert wrong(always) == ""
        assert lines(always)[1].startswith("*")


async def test_a_value_that_is_left_as_it_is_is_no_change(always: CollegiaApp) -> None:
    async with always.run_test() as pilot:
        await asked(pilot)
        await pilot.press("down", "enter", "enter")
        await pilot.pause()
        assert always.screen.query_one("#lines").has_focus
        assert not any(one.startswith("*") for one in lines(always))


async def test_another_expert_that_gives_the_same_is_chosen_from_a_list(always: CollegiaApp) -> None:
    async with always.run_test(size=(100, 30)) as pilot:
        await asked(pilot)
        await pilot.press("enter")
        experts = always.screen.query_one("#experts", OptionList)
        assert [one.id for one in experts.options] == ["thrice"]
        assert "Three times a length." in drawn(always)
        await pilot.press("enter")
        await pilot.pause()
        assert lines(always)[0] == "* s1 thrice"
        await pilot.press("a")
        await settled(pilot)
        assert result(always).quantities[0].value == pytest.approx(6 * 1.5 * 700)
        assert [one.expert for one in always.run_view.steps] == ["thrice", "weigh"]


async def test_where_no_other_expert_gives_the_same_that_is_said(always: CollegiaApp) -> None:
    async with always.run_test(size=(100, 30)) as pilot:
        await asked(pilot)
        await pilot.press("down", "down", "enter")
        assert wrong(always) == "! No other expert gives what weigh gives, from what the plan has."
        assert always.screen.query_one("#lines").has_focus


@pytest.mark.action("approve.undo")
async def test_every_change_is_taken_back_at_once(always: CollegiaApp) -> None:
    async with always.run_test(size=(100, 30)) as pilot:
        await asked(pilot)
        before = lines(always)
        await pilot.press("enter", "enter")
        await pilot.press("down", "enter")
        await typed(pilot, "3 m")
        assert [one[0] for one in lines(always)[:2]] == ["*", "*"]
        await pilot.press("u")
        assert lines(always) == before
        await pilot.press("a")
        await settled(pilot)
        assert result(always).quantities[0].value == pytest.approx(4 * 1.5 * 700)


@pytest.mark.action("approve.reject")
async def test_a_plan_is_rejected_with_a_reason_and_the_run_ends(always: CollegiaApp) -> None:
    async with always.run_test(size=(80, 24)) as pilot:
        await asked(pilot)
        await pilot.press("r")
        assert "Why not?" in drawn(always)
        await typed(pilot, "too dear")
        await settled(pilot)
        assert result(always).status == "rejected"
        assert "too dear" in result(always).answer_text
        assert {one.state for one in always.run_view.steps} == {"waiting"}


@pytest.mark.action("approve.later")
async def test_esc_leaves_a_change_then_the_dialog_and_the_run_waits_until_it_is_resumed(always: CollegiaApp) -> None:
    async with always.run_test(size=(80, 24)) as pilot:
        await asked(pilot)
        for opened in (("r",), ("enter",), ("down", "enter")):
            await pilot.press(*opened, "escape")
            assert isinstance(always.screen, ApproveDialog)
            assert always.screen.query_one("#lines").has_focus
        await pilot.press("escape")
        await settled(pilot)
        assert result(always).status == "needs_approval"
        assert always.screen.query_one(Prompt).has_focus
        await pilot.press("f10")
        while not isinstance(always.screen, ApproveDialog):
            await pilot.pause(0.01)
        await pilot.pause()
        await pilot.press("a")
        await settled(pilot)
        assert result(always).status == "answered"


async def test_a_run_that_is_stopped_takes_its_dialog_along(always: CollegiaApp) -> None:
    async with always.run_test() as pilot:
        await asked(pilot)
        screen: Any = always.screen_stack[0]
        screen.action_stop()
        await settled(pilot)
        assert always.screen is screen
        assert result(always).status == "cancelled"


async def test_leaving_the_app_leaves_a_run_that_can_be_resumed(make_app: Make, home: Path) -> None:
    store = RunStore(home / "runs.sqlite")
    app = make_app(lambda: assistant(store=store, approve="always"))
    async with app.run_test() as pilot:
        await asked(pilot)
        await pilot.press("ctrl+q")
        await pilot.pause()
    assert [one.status for one in RunStore(home / "runs.sqlite").list()] == ["cancelled"]


async def test_an_edit_that_could_not_run_comes_back_with_what_is_wrong_to_go_on_from(always: CollegiaApp) -> None:
    tried = PLAN.model_copy(update={"steps": (PLAN.steps[0].model_copy(update={"expert": "thrice"}), PLAN.steps[1])})
    approval = Approval("r", QUESTION, PLAN, "always", findings=("s1: [bold]no[/]",), tried=tried)
    async with always.run_test(size=(100, 30)) as pilot:
        await loaded(pilot)
        given: list[Any] = []
        await always.push_screen(ApproveDialog(approval, registry(), Budget()), given.append)
        await pilot.pause()
        assert "! s1: [bold]no[/]" in drawn(always)
        assert lines(always)[0] == "* s1 thrice"
        await pilot.press("a")
        await pilot.pause()
        assert given == [Approved(tried)]


def test_every_line_says_what_is_there_and_where_it_is_from() -> None:
    step = Step(id="s3", expert="weigh", arguments=dict(EVERYWHENCE))
    plan = PLAN.model_copy(update={"steps": (*PLAN.steps, step)})
    told = [one.content.plain for one in lines_of(plan, plan, registry(), QUESTION, {})][-len(EVERYWHENCE) :]
    assert told[0].split() == ["given", "2", "the", "question:", "“2", "m”"]
    assert "remembered, said on 2026-01-02" in told[3]
    assert told[6].split() == ["step", "step", "s1.length"]
    assert all(one.startswith("    ") for one in told)


def test_a_step_that_was_not_in_the_plan_is_marked_and_a_value_that_is_no_value_is_empty() -> None:
    made = lines_of(PLAN, Plan(), registry(), QUESTION, {"s1": "it is dear"})
    assert made[0].content.plain == "* s1 twice  ! asks first: it is dear"
    assert [one.now for one in made] == ["twice", "2 m", "weigh", "", "oak", "1.5 m"]


def test_why_it_is_asked_names_what_it_answers() -> None:
    approval = Approval("r", QUESTION, PLAN, "every plan is shown")
    assert why_content(approval, PLAN, ("no",)).plain == (
        "Run this plan? every plan is shown\nIt answers: mass (s2)\n! no"
    )


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
async def test_a_hostile_plan_is_shown_as_text(always: CollegiaApp, text: str) -> None:
    given = EVERYWHENCE["given"].model_copy(update={"text": text, "value": text})
    plan = Plan(
        steps=(Step(id=text, expert=text, arguments={text: given}),),
        asked=(Asked(name=text, kind=text, source=FromStep(step=text, output=text)),),
    )
    approval = Approval("r", text, plan, text, (Marked(text, text, text),), (text,))
    async with always.run_test(size=(140, 40)) as pilot:
        await loaded(pilot)
        await always.push_screen(ApproveDialog(approval, registry(), Budget()))
        await pilot.pause()
        for keys in ((), ("enter",), ("down", "enter"), ("escape",), ("r",)):
            await pilot.press(*keys)
            assert not set(drawn(always)) & CONTROLS
        if text.startswith("[bold red]"):
            assert "[bold red]x[/]" in drawn(always)


async def test_a_plan_of_sixty_steps_is_shown_and_changed_at_once(always: CollegiaApp) -> None:
    plan = long_plan(60)
    async with always.run_test(size=(80, 24)) as pilot:
        await loaded(pilot)
        dialog = ApproveDialog(Approval("r", QUESTION, plan, "always"), registry(), Budget())
        await always.push_screen(dialog)
        await pilot.pause()
        assert len(dialog.lines) == 120
        took = []
        for _ in range(3):
            began = time.thread_time()
            dialog._draw()
            always.screen._compositor.render_strips()
            took.append(time.thread_time() - began)
        assert min(took) < 0.05
        await pilot.press("end")
        assert "s59.length" in drawn(always)


@pytest.mark.parametrize("size", SIZES, ids=str)
def test_a_plan_before_it_runs(snap_compare: Callable[..., bool], make_app: Make, size: tuple[int, int]) -> None:
    async def before(pilot: Any) -> None:
        await asked(pilot)
        await pilot.press("enter", "enter", "down", "enter")
        await typed(pilot, "500 m")
        pilot.app.screen_stack[0].query_one(Transcript).turns[-1].query(".doing").remove()
        await pilot.pause()

    app = make_app(lambda: assistant(approve="always"))
    assert snap_compare(app, terminal_size=size, run_before=before)
