"""One expert tried by itself: what is filled in is read, checked, called and judged as a step of any plan is."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Annotated, Any, NamedTuple

import pytest

from collegia import Assistant, RunStore, Settings
from collegia.agents.fields import example_words
from collegia.agents.trying import try_expert
from collegia.errors import NoData, OutOfRange, PlanRejected, UsageError
from collegia.settings import Budget, ModelSettings
from collegia.tools import Kind, Range, caution
from collegia.tools.models import ScriptedModel
from collegia.tools.registry import Registry

width = Kind("width", "m", names=("width",), show=("mm",))
side = Kind("side", "m", names=("side",))
area = Kind("area", "m**2", names=("area",))
tree = Kind("tree", None, names=("tree",), words={"oak": "oak", "beech": "beech"})


class Both(NamedTuple):
    """Two outputs, one of which is not always there."""

    area: Annotated[float, area]
    half: Annotated[float | None, side]


def area_of(
    wide: Annotated[float, width, Range(gt=0, lt=100)], deep: Annotated[float, side, Range(lt=10, warn=True)] = 2.0
) -> Both:
    """The area of a plot."""
    if wide == 5:
        caution("five is a bad number")
    return Both(wide * deep, wide / 2 if wide < 4 else None)


def broken(wide: Annotated[float, width]) -> Annotated[float, area]:
    """Never works."""
    raise NoData("there is no table for it")


def picky(wide: Annotated[float, width]) -> Annotated[float, area]:
    """Refuses."""
    raise OutOfRange("wider than any plot")


def named(which: Annotated[str, tree]) -> Annotated[str, tree]:
    """Says its tree."""
    return which


async def waits(wide: Annotated[float, width]) -> Annotated[float, area]:
    """Takes forever."""
    await asyncio.sleep(60)
    return wide


@pytest.fixture
def call(home: Any) -> Callable[..., Any]:
    registry = Registry()
    registry.add_functions([area_of, broken, picky, named, waits])

    def made(name: str, settings: Settings | None = None, **words: str) -> Any:
        return try_expert(name, words, registry, settings or Settings(home))

    return made


async def test_a_call_gives_the_outputs_in_their_units_and_says_what_was_taken(call: Callable[..., Any]) -> None:
    trial = await call("area_of", wide="3 m", deep="400 cm")
    assert trial.faults == {}
    assert trial.result.status == "answered"
    assert [(one.name, one.value) for one in trial.result.quantities] == [
        ("area", pytest.approx(area_of(3.0, 4.0).area)), ("half", pytest.approx(1.5)),
    ]  # fmt: skip
    [step] = trial.result.steps
    assert step.inputs == {"wide": 3.0, "deep": 4.0}
    start, end = (step.evidence["deep"][name] for name in ("start", "end"))
    assert trial.result.question[start:end] == "400 cm"


async def test_a_bare_number_is_in_the_unit_of_the_field(call: Callable[..., Any]) -> None:
    trial = await call("area_of", wide="3000")
    assert trial.result.quantities[0].value == pytest.approx(6.0)


async def test_an_empty_field_has_its_default_which_is_told(call: Callable[..., Any]) -> None:
    trial = await call("area_of", wide="3 m", deep="  ")
    assert trial.result.quantities[0].value == pytest.approx(6.0)
    assert trial.result.assumptions == ("side taken as 2 m (default of area_of)",)


async def test_faults_are_told_by_field_all_at_once_and_nothing_is_called(call: Callable[..., Any]) -> None:
    trial = await call("area_of", wide="200 m", deep="oak", long="3")
    assert trial.result is None
    assert set(trial.faults) == {"wide", "deep", "long"}
    assert "must be" in trial.faults["wide"]
    assert (await call("area_of")).faults == {"wide": "is needed"}


async def test_an_output_that_is_not_there_for_these_inputs_does_not_spoil_the_answer(call: Callable[..., Any]) -> None:
    trial = await call("area_of", wide="6 m")
    assert trial.result.status == "answered"
    assert [one.name for one in trial.result.quantities] == ["area"]


async def test_cautions_and_ranges_that_only_warn_are_told(call: Callable[..., Any]) -> None:
    trial = await call("area_of", wide="5 m", deep="20 m")
    assert "five is a bad number" in trial.result.warnings
    assert any("outside the validity" in one for one in trial.result.warnings)


async def test_a_failure_and_a_refusal_are_told_as_such(call: Callable[..., Any]) -> None:
    failed, refused = await call("broken", wide="1 m"), await call("picky", wide="1 m")
    assert (failed.result.status, refused.result.status) == ("error", "refuse_out_of_range")
    assert "there is no table for it" in failed.result.answer_text
    assert "Wider than any plot" in refused.result.answer_text
    assert refused.result.quantities == ()


async def test_a_name_is_taken_and_given(call: Callable[..., Any]) -> None:
    assert (await call("named", which="OAK")).result.quantities[0].value == "oak"


async def test_a_call_that_takes_too_long_ends_with_the_budget(call: Callable[..., Any], home: Any) -> None:
    settings = Settings(home, budget=Budget(max_seconds=0.2))
    trial = await call("waits", settings, wide="1 m")
    assert trial.result.status == "error"
    assert "did not finish" in trial.result.answer_text


async def test_a_call_can_be_cancelled(call: Callable[..., Any]) -> None:
    task = asyncio.ensure_future(call("waits", wide="1 m"))
    await asyncio.sleep(0.05)
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task


async def test_an_expert_that_is_none_is_told(call: Callable[..., Any]) -> None:
    with pytest.raises(UsageError, match="no expert is named 'nobody'"):
        await call("nobody")


async def test_the_check_of_plans_holds_for_a_try_too(call: Callable[..., Any], home: Any) -> None:
    registry = Registry()

    def slow(wide: Annotated[float, width]) -> Annotated[float, area]:
        """Takes hours, as its card says."""
        return wide

    from collegia.tools import expert

    registry.add_functions([expert(seconds=9000.0)(slow)])
    with pytest.raises(PlanRejected, match="would take about"):
        await try_expert("slow", {"wide": "1 m"}, registry, Settings(home))


async def test_nothing_is_stored_and_a_model_expert_counts_on_the_meter(home: Any) -> None:
    from collegia.settings import ExpertSettings

    model = ScriptedModel(otherwise="By the river, in 1850.")
    settings = Settings(
        home, models={"default": ModelSettings("openai/x")}, experts={"historian": ExpertSettings("Knows history.")}
    )
    assistant = Assistant(settings=settings, store=RunStore.in_memory(), models={"default": model})
    trial = await try_expert("historian", {"question": "Where was it built?"}, assistant.registry, settings)
    assert trial.result is not None
    assert trial.result.replies[0].text == "By the river, in 1850."
    assert trial.result.usage.model_calls == 1
    assert any("said by a language model" in one for one in trial.result.warnings)
    assert assistant.runs() == []


async def test_the_worked_examples_of_installed_experts_come_out_as_their_cards_say(home: Any) -> None:
    registry, settings, tried = Registry.load(), Settings(home), 0
    for one in [one for one in registry.experts.values() if one.card.examples and not one.missing_libraries()][::6]:
        example = one.card.examples[0]
        words = example_words(one.card, example)
        if set(words) != set(example.inputs):
            continue
        trial = await try_expert(one.name, words, registry, settings)
        assert trial.result is not None, (one.name, trial.faults)
        for name, wanted in example.outputs.items():
            had = trial.result.steps[0].outputs[name]
            near = isinstance(wanted, int | float) and had == pytest.approx(
                wanted, rel=max(2e-3, 2 * example.tolerance)
            )
            assert near or had == wanted or isinstance(wanted, dict | tuple), (one.name, name)
        tried += 1
    assert tried >= 40
