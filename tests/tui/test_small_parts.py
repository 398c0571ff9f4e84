"""The parts of the conversation that need no screen."""

from __future__ import annotations

import stat
from pathlib import Path
from typing import Any

import pytest
from textual.app import App

from collegia.agents.quoting import Quotation
from collegia.agents.result import Quantity, Reply, Result
from collegia.tui.chat.completion import candidates
from collegia.tui.chat.history import History
from collegia.tui.chat.telling import answer_content, doing, notes_content, shown, sources_content
from collegia.tui.copying import copy, program
from collegia.tui.view import RunView, StepView

COMMANDS = {"help": "Show every key.", "theme": "Choose colours.", "mouse": "Give the mouse.", "models": "Show models."}
MENTIONS = {"pump_power": "Power of a pump.", "pipe_dimensions": "Sizes of pipes.", "process_engineering": "A domain."}


@pytest.mark.parametrize(
    ("typed", "first", "start"),
    [
        ("/", "/help ", 0),
        ("/th", "/theme ", 0),
        ("/mo", "/mouse ", 0),
        ("power by @pump", "@pump_power ", 9),
        ("@pip", "@pipe_dimensions ", 0),
        ("(@proc", "@process_engineering ", 1),
    ],
)
def test_what_is_being_typed_is_completed(typed: str, first: str, start: int) -> None:
    found = candidates(typed, COMMANDS, MENTIONS)
    assert (found[0].text, found[0].start) == (first, start)


@pytest.mark.parametrize(
    "typed", ["", "help", "2 /help", "/help me", "name@pump", "@pump power", "/zzz", "@zzz", "a\n/he"]
)
def test_what_is_no_command_and_no_mention_is_left_alone(typed: str) -> None:
    assert candidates(typed, COMMANDS, MENTIONS) == []


def test_few_completions_are_offered_of_many() -> None:
    assert len(candidates("@", {}, {f"expert_{place}": "" for place in range(500)})) == 8


def test_history_goes_back_and_forth_and_keeps_the_draft() -> None:
    history = History(["a", "b"])
    assert history.newer() is None
    assert [history.older("draft"), history.older("b"), history.older("a")] == ["b", "a", None]
    assert [history.newer(), history.newer(), history.newer()] == ["b", "draft", None]


def test_the_same_text_twice_in_a_row_is_one_and_earlier_days_come_before() -> None:
    history = History()
    for text in ("a", "a", "b"):
        history.add(text)
    history.before(["z"])
    assert [history.older(""), history.older(""), history.older(""), history.older("")] == ["b", "a", "z", None]


def result(**more: Any) -> Result:
    return Result(run_id="r", **{"status": "answered", "answer_text": "x = 3 m", **more})


@pytest.mark.parametrize(
    ("status", "told"),
    [("answered", "x = 3 m"), ("partial", "partly answered: x"), ("clarify", "asks back: x"), ("error", "error: x"),
     ("refuse_out_of_range", "out of range: x"), ("out_of_domain", "outside every domain: x"),
     ("cancelled", "stopped: x")],
)  # fmt: skip
def test_how_a_run_ended_is_told_in_words_and_not_by_colour_alone(status: str, told: str) -> None:
    assert answer_content(result(status=status)).plain.startswith(told)


def test_an_answer_without_words_tells_its_status() -> None:
    assert "The run is running." in answer_content(result(status="running", answer_text="")).plain


def test_numbers_and_citations_are_named_with_the_digit_that_opens_them() -> None:
    quantities = (Quantity(name="x", value=3, unit="m", step="s1"), Quantity(name="y", value="gas", step="s2"))
    quoted = Quotation(document="handbook", source="h", start=0, end=4, text="Yes.")
    told = sources_content(result(quantities=quantities, quotations=(quoted,))).plain
    assert "[1] x   [2] y   [3] “handbook”" in told
    assert sources_content(result()).plain == ""


def test_warnings_come_before_assumptions() -> None:
    told = notes_content(result(warnings=("near the limit",), assumptions=("pressure taken as 1 bar",))).plain
    assert told == "! near the limit\n· pressure taken as 1 bar"


def test_a_follow_up_tells_what_it_changed_and_what_it_kept() -> None:
    told = notes_content(result(changed=("DN 100 → DN 150",), kept=("flow 50 m³/h", "20 °C"))).plain
    assert told == "changed: DN 100 → DN 150\nkept: flow 50 m³/h; 20 °C"


def test_markup_is_text_in_an_answer_and_in_its_notes() -> None:
    text = "[bold]x[/bold] [@click=app.leave]y[/]"
    assert answer_content(result(answer_text=text)).plain == text
    assert text in notes_content(result(warnings=(text,))).plain
    quoted = Quotation(document="[b]h[/b]", source="h", start=0, end=4, text="Yes.")
    assert "[b]h[/b]" in sources_content(result(quotations=(quoted,))).plain


def test_a_very_long_text_is_cut_and_says_so() -> None:
    told = shown("x" * 1_000_000)
    assert len(told) < 21_000
    assert told.endswith("(980000 more characters are in the result)")


def test_what_a_run_is_doing_names_the_steps_at_work_and_the_models_calls() -> None:
    steps = (StepView("s1", "density", state="finished"), StepView("s2", "pump_power", state="running"))
    view = RunView("r", "q", "running", steps, model_calls=2, tokens=300)
    assert doing(view, 1.26) == "step 2 of 2: pump_power · 1.3 s · 2 model calls, 300 tokens"
    assert doing(RunView(phase="planning"), 0) == "planning · 0.0 s"


def test_a_reply_of_a_model_is_still_told_by_its_words() -> None:
    replied = result(replies=(Reply(step="s1", expert="e", text="because"),), answer_text="because")
    assert answer_content(replied).plain == "because"


def executable(path: Path, text: str) -> Path:
    path.write_text(f"#!/bin/sh\n{text}\n")
    path.chmod(path.stat().st_mode | stat.S_IXUSR)
    return path


def test_the_program_that_copies_is_that_of_the_desktop(tmp_path: Path) -> None:
    executable(tmp_path / "xclip", "cat")
    executable(tmp_path / "wl-copy", "cat")
    there = {"PATH": str(tmp_path)}
    assert program(there) is None
    assert program({**there, "DISPLAY": ":0"}) == (str(tmp_path / "xclip"), "-selection", "clipboard")
    assert program({**there, "DISPLAY": ":0", "WAYLAND_DISPLAY": "w"}) == (str(tmp_path / "wl-copy"),)


async def test_a_program_that_fails_is_told_and_the_terminal_has_the_text_all_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    executable(tmp_path / "xclip", "exit 7")
    for name, value in {"PATH": str(tmp_path), "DISPLAY": ":0"}.items():
        monkeypatch.setenv(name, value)
    monkeypatch.delenv("WAYLAND_DISPLAY", raising=False)
    app: App[None] = App()
    async with app.run_test():
        told = copy(app, "abc")
        assert app.clipboard == "abc"
    assert "3 characters sent to the terminal" in told
    assert "xclip failed" in told
