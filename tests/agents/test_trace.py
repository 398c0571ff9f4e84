"""What stands behind a number: the tree of calls with values and units, down to the words of the question."""

from __future__ import annotations

import pytest

from collegia.agents.assistant import Assistant
from collegia.agents.plan import Asked, FromStep, Plan
from collegia.agents.result import Quantity, Result, StepReport
from collegia.agents.store import RunStore
from collegia.agents.trace import spoken, trace, trace_step
from collegia.evidence import Evidence
from collegia.settings import Settings

QUESTION = "What pressure drop does water at 20 °C have in 100 m of DN 100 steel pipe at 50 m³/h?"


def call(step: str, output: str) -> dict[str, object]:
    return Evidence("call", step=step, expert="e", output=output).to_dict()


def made(*reports: StepReport, asked: tuple[Asked, ...] = (), quantities: tuple[Quantity, ...] = ()) -> Result:
    return Result(
        run_id="r", status="answered", question="q", steps=reports, quantities=quantities, plan=Plan(asked=asked)
    )


async def test_a_number_is_followed_to_the_words_of_the_question_with_values_and_units(home):
    assistant = Assistant(settings=Settings.load(home=home), store=RunStore.in_memory())
    result = await assistant.ask(QUESTION)
    tree = trace(result, 0, assistant.registry)
    assert tree.name == "pressure drop"
    assert tree.value == "0.26228 bar"
    assert tree.report is not None
    assert tree.report.expert == "pipe_pressure_drop"
    inputs = {one.name: one for one in tree.inputs}
    assert inputs["length"].value == "100 m"
    assert inputs["length"].evidence.text == "100 m"
    assert inputs["velocity"].value == "1.6911 m/s"
    assert inputs["pressure"].value == "not given"
    assert inputs["density"].report is not None
    assert [one.name for one in inputs["density"].inputs] == ["substance", "temperature", "pressure", "expect_phase"]
    assistant.close()


async def test_every_span_of_the_question_reads_as_the_words_that_the_tree_names(home):
    assistant = Assistant(settings=Settings.load(home=home), store=RunStore.in_memory())
    result = await assistant.ask(QUESTION)
    stated = [one.evidence for one in trace(result, 0, assistant.registry).all() if one.evidence.origin == "question"]
    assert len(stated) >= 5
    assert all(result.question[one.start : one.end] == one.text for one in stated)
    assistant.close()


async def test_an_answer_to_a_question_back_is_found_behind_the_question(home):
    assistant = Assistant(settings=Settings.load(home=home), store=RunStore.in_memory())
    asked = await assistant.ask("How long does it take to fill 12 m³?")
    assert asked.status == "clarify"
    result = await assistant.resume(asked.run_id, "25 L/min")
    said = [one.evidence for one in trace(result, 0).all() if one.evidence.origin == "clarification"]
    assert said
    text = spoken(result.question, ["25 L/min"])
    assert [text[one.start : one.end] for one in said] == [one.text for one in said]
    assistant.close()


def test_a_step_that_two_inputs_come_from_stands_in_full_once():
    first = StepReport(
        id="s1", expert="e", status="finished", inputs={"x": 1.0}, outputs={"a": 2.0, "b": 3.0},
        evidence={"x": Evidence("question", "1", 0, 1).to_dict()},
    )  # fmt: skip
    last = StepReport(
        id="s2", expert="e", status="finished", inputs={"a": 2.0, "b": 3.0}, outputs={"y": 5.0},
        evidence={"a": call("s1", "a"), "b": call("s1", "b")},
    )  # fmt: skip
    tree = trace_step(made(first, last), "s2", "y")
    one, other = tree.inputs
    assert (one.value, other.value) == ("2", "3")
    assert [len(one.inputs), one.again] == [1, False]
    assert [len(other.inputs), other.again] == [0, True]


def test_a_ladder_of_sixty_shared_steps_is_traced_once_each():
    reports = [StepReport(id="s0", expert="e", status="finished", outputs={"y": 0.0})]
    reports += [
        StepReport(
            id=f"s{n}", expert="e", status="finished", inputs={"a": 0.0, "b": 0.0}, outputs={"y": 0.0},
            evidence={"a": call(f"s{n - 1}", "y"), "b": call(f"s{n - 1}", "y")},
        )
        for n in range(1, 60)
    ]  # fmt: skip
    tree = trace_step(made(*reports), "s59", "y")
    assert sum(1 for _ in tree.all()) == 2 * 59 + 1


def test_two_numbers_of_one_name_are_told_apart_by_their_place():
    asked = tuple(Asked(name="density", kind="k", source=FromStep(step=one, output="y")) for one in ("s1", "s2"))
    reports = [StepReport(id=one, expert=f"of_{one}", status="finished", outputs={"y": 1.0}) for one in ("s1", "s2")]
    numbers = tuple(Quantity(name="density", value=1.0, step=one) for one in ("s1", "s2"))
    result = made(*reports, asked=asked, quantities=numbers)
    assert [trace(result, place).evidence.expert for place in (0, 1)] == ["of_s1", "of_s2"]
    with pytest.raises(IndexError):
        trace(result, 2)


def test_an_asked_value_that_was_lost_does_not_take_the_place_of_the_next():
    asked = tuple(
        Asked(name=name, kind="k", source=FromStep(step="s1", output=output))
        for name, output in (("a", "x"), ("b", "y"))
    )
    report = StepReport(id="s1", expert="e", status="finished", outputs={"y": 1.0})
    result = made(report, asked=asked, quantities=(Quantity(name="b", value=1.0, step="s1"),))
    assert trace(result, 0).evidence.output == "y"


def test_numbers_of_one_mapping_have_one_call_behind_them():
    asked = (Asked(name="fraction", kind="k", source=FromStep(step="s1", output="y")),)
    report = StepReport(id="s1", expert="e", status="finished", outputs={"y": {"methanol": 0.4, "water": 0.6}})
    numbers = tuple(Quantity(name=f"fraction of {key}", value=0.5, step="s1") for key in ("methanol", "water"))
    result = made(report, asked=asked, quantities=numbers)
    assert [trace(result, place).evidence.output for place in (0, 1)] == ["y", "y"]


def test_one_entry_of_a_mapping_is_shown_alone():
    first = StepReport(id="s1", expert="e", status="finished", outputs={"y": {"water": 0.6, "methanol": 0.4}})
    last = StepReport(
        id="s2", expert="e", status="finished", outputs={"z": 1.0}, evidence={"x": call("s1", "y[water]")}
    )
    assert trace_step(made(first, last), "s2", "z").inputs[0].value == "0.6"


def test_what_was_gathered_stands_under_the_argument_that_takes_it():
    first, second = (StepReport(id=one, expert="e", status="finished", outputs={"y": 1.0}) for one in ("s1", "s2"))
    gathered = Evidence(
        "steps", inputs=(Evidence("call", step="s1", output="y"), Evidence("call", step="s2", output="y"))
    )
    last = StepReport(
        id="s3", expert="e", status="finished", inputs={"told": "…"}, outputs={"text": "words"},
        evidence={"told": gathered.to_dict()},
    )  # fmt: skip
    [told] = trace_step(made(first, second, last), "s3", "text").inputs
    assert [one.evidence.step for one in told.inputs] == ["s1", "s2"]


def test_a_step_that_failed_is_told_with_its_reason_in_place_of_a_value():
    report = StepReport(id="s1", expert="e", status="failed", error="the pipe is dry")
    assert trace_step(made(report), "s1", "y").value == "the pipe is dry"


def test_a_step_that_is_not_there_is_told_as_that():
    with pytest.raises(KeyError):
        trace_step(made(), "s1")
    asked = (Asked(name="a", kind="k", source=FromStep(step="gone", output="y")),)
    result = made(asked=asked, quantities=(Quantity(name="a", value=1.0, step="gone"),))
    assert trace(result, 0).report is None
    assert trace(result, 0).value == "1"
