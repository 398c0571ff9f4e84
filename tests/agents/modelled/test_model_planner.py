"""A language model beside the typed planner: what it may add, what it may not, and what happens without it."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Annotated, Any

import pytest

from collegia.agents.assistant import Assistant
from collegia.agents.modelled.cards import few_cards
from collegia.agents.modelled.grammar import card_line
from collegia.agents.plan import Gathered, Worded
from collegia.errors import ModelUnreachable
from collegia.events import Event, ModelCalled, PlanMade, StepStarted
from collegia.settings import ExpertSettings, Roles, Settings
from collegia.tools import Domain, Kind, expert
from collegia.tools.models import Model, Request, ScriptedModel
from collegia.tools.registry import Registry

GEOLOGIST = ExpertSettings(purpose="Knows stones and how they form.", examples=("How does granite form?",))
POET = ExpertSettings(purpose="Writes verses.", examples=("Write a verse on the sea.",))

gloss = Kind("gloss", "m", names=("gloss", "gloss height"))
grip = Kind("grip", "kg", names=("grip", "grip strength"))
wobble = Kind("wobble", "m*kg", names=("wobble",))


@expert(source="Table 9 of nowhere")
def wobble_of(gloss_height: Annotated[float, gloss], grip_strength: Annotated[float, grip]) -> Annotated[float, wobble]:
    """Wobble of a thing that has a gloss and a grip: how shaky it is."""
    return gloss_height * (1 + grip_strength)


def toys() -> Registry:
    registry = Registry()
    registry.add(Domain("toys", "nothing real", (wobble_of,)))
    return registry


def assistant(home: Path, *, registry: Registry | None = None, experts: Any = None, **models: Model) -> Assistant:
    settings = Settings.load({}, home=home, experts={} if experts is None else experts)
    return Assistant(toys() if registry is None else registry, settings=settings, models=models)


def settings_with(home: Path, model: Model, **experts: ExpertSettings) -> Settings:
    """Settings whose experts ask the model `default`, which is given by the caller."""
    return Settings.load({}, home=home, model="openai/not-asked", experts=experts)


def steps(*said: dict[str, Any]) -> dict[str, Any]:
    return {"steps": list(said)}


def reads(gloss_words: str, grip_words: str) -> dict[str, Any]:
    words = {"gloss_height": gloss_words, "grip_strength": grip_words}
    return steps({"id": "a", "expert": "wobble_of", "arguments": words, "asked": ["wobble"]})


def test_a_question_that_types_answer_costs_no_call(home: Path) -> None:
    model = ScriptedModel()
    result = assistant(home, default=model).ask_sync("What is the wobble of a gloss of 2 m and a grip of 3 kg?")
    assert (result.status, result.quantities[0].value) == ("answered", 8.0)
    assert model.requests == []
    assert result.usage.model_calls == 0


def test_a_model_says_which_value_is_which_and_the_answer_says_so(home: Path) -> None:
    question = "It shines up to 2 m and can be held up to 3 kg: how shaky is it?"
    assert assistant(home / "a").ask_sync(question).quantities == ()
    model = ScriptedModel([reads("2 m", "3 kg")])
    result = assistant(home / "b", default=model).ask_sync(question)
    assert (result.status, result.quantities[0].value) == ("answered", 8.0)
    assert "'2 m' was taken for the gloss, as the model read it" in result.assumptions
    assert result.evidence("wobble").inputs[0].text == "2 m"


@pytest.mark.parametrize(
    "reply",
    [reads("4 m", "3 kg"), reads("2.0 m", "3 kg"), reads("2 kg", "3 kg"), reads("", "")],
    ids=["invented", "rewritten", "other unit", "nothing"],
)
def test_a_value_that_the_question_does_not_state_is_never_used(home: Path, reply: dict[str, Any]) -> None:
    model = ScriptedModel(lambda _: reply)
    result = assistant(home, default=model).ask_sync("It shines up to 2 m and can be held up to 3 kg: how shaky is it?")
    assert result.status != "answered"
    assert result.quantities == ()
    assert len(model.requests) <= 3


def test_what_the_question_names_itself_cannot_be_taken_for_something_else(home: Path) -> None:
    model = ScriptedModel(lambda _: reads("3 kg", "2 m"))
    result = assistant(home, default=model).ask_sync("The gloss is 2 m, it can be held up to 3 kg. Its wobble?")
    assert [one.value for one in result.quantities] in ([], [8.0])


def test_faults_go_back_to_the_model_in_words(home: Path) -> None:
    model = ScriptedModel([reads("9 m", "3 kg"), reads("2 m", "3 kg")])
    result = assistant(home, default=model).ask_sync("It shines up to 2 m and can be held up to 3 kg: how shaky is it?")
    assert result.quantities[0].value == 8.0
    assert "'9 m' does not stand in the question" in model.requests[1].messages[-1].text
    assert any("asked again" in warning for warning in result.warnings)


async def test_words_go_to_model_experts_and_their_results_to_those_that_come_after(home: Path) -> None:
    plan = steps(
        {"id": "a", "expert": "stones", "question": "How does granite form?", "after": []},
        {"id": "b", "expert": "poet", "question": "Write a verse on how granite forms.", "after": ["a"]},
    )

    def reply(request: Request) -> Any:
        text = request.messages[-1].text
        if request.schema is not None:
            return plan
        return f"A verse on: {text}" if text.startswith("Write") else "From magma that cools slowly."

    model = ScriptedModel(reply)
    settings = settings_with(home, model, stones=GEOLOGIST, poet=POET)
    made = Assistant(Registry(), settings=settings, models={"default": model})
    events: list[Any] = []
    result = await made.ask("Tell me of granite, in verse.", on_event=events.append)
    assert result.status == "answered"
    assert [(one.step, one.expert) for one in result.replies] == [("a", "stones"), ("b", "poet")]
    assert "From magma that cools slowly." in result.replies[1].text
    assert result.plan is not None
    assert isinstance(result.plan.step("b").arguments["question"], Worded)
    assert isinstance(result.plan.step("b").arguments["results"], Gathered)
    assert [event.role for event in events if isinstance(event, ModelCalled)] == [
        "planner", "expert", "expert", "reflector", "writer"
    ]  # fmt: skip
    routes = next(event for event in events if isinstance(event, PlanMade)).proposal["routes"]
    assert [(route["step"], route["planned"]) for route in routes] == [("a", "stones"), ("b", "poet")]
    assert all(route["reason"] for route in routes)


def test_numbers_that_a_model_says_are_told_as_such_and_never_as_quantities(home: Path) -> None:
    def reply(request: Request) -> Any:
        if request.schema is not None:
            return steps({"id": "a", "expert": "stones", "question": "How does granite form?", "after": []})
        if "Results:" in request.messages[-1].text:
            return "It takes 7 million years and 900 bar."
        return "Slowly, over 7 million years."

    model = ScriptedModel(reply)
    result = Assistant(
        Registry(), settings=settings_with(home, model, stones=GEOLOGIST), models={"default": model}
    ).ask_sync("Tell me of granite.")
    assert result.quantities == ()
    assert "[?900 bar]" in result.answer_text
    assert "[?7 million" not in result.answer_text
    assert any("neither computed nor cited" in warning for warning in result.warnings)


def test_a_model_may_not_answer_what_a_calculator_gives(home: Path) -> None:
    asks = steps({"id": "a", "expert": "stones", "question": "What is the wobble of a gloss of 2 m?", "after": []})
    model = ScriptedModel(lambda request: asks if request.schema else "It is 42.")
    settings = settings_with(home, model, stones=GEOLOGIST)
    result = Assistant(toys(), settings=settings, models={"default": model}).ask_sync("The wobble of a gloss of 2 m?")
    assert result.status == "clarify"
    assert result.replies == ()
    assert "42" not in result.answer_text


@pytest.mark.parametrize(
    "broken",
    [ModelUnreachable("small does not answer"), "Certainly!", '{"steps": 7}', ""],
    ids=["down", "chatter", "out of form", "nothing"],
)
def test_without_help_from_its_model_the_typed_planners_word_stands_and_it_is_said(home: Path, broken: Any) -> None:
    question = "It shines up to 2 m and can be held up to 3 kg: how shaky is it?"
    plain = assistant(home / "a").ask_sync(question)
    result = assistant(home / "b", default=ScriptedModel(lambda _: broken)).ask_sync(question)
    assert (result.status, result.answer_text) == (plain.status, plain.answer_text)
    assert any("planned without the language model" in warning for warning in result.warnings)


def test_a_question_for_nobody_is_asked_of_no_model_expert(home: Path) -> None:
    model = ScriptedModel(lambda request: steps() if request.schema else "Never.")
    settings = settings_with(home, model, stones=GEOLOGIST)
    result = Assistant(Registry(), settings=settings, models={"default": model}).ask_sync("Who won the cup?")
    assert result.status == "out_of_domain"
    assert len(model.requests) == 1


def test_without_a_planners_model_the_expert_that_is_for_it_is_asked(home: Path) -> None:
    model = ScriptedModel(lambda _: "From magma.")
    settings = Settings.load({}, home=home, model="openai/x", experts={"stones": GEOLOGIST, "poet": POET})
    roles = Roles(planner="none", reflector="none", writer="none")
    made = Assistant(Registry(), settings=replace(settings, roles=roles), models={"default": model})
    result = made.ask_sync("How does granite form under mountains?")
    assert [one.expert for one in result.replies] == ["stones"]
    assert result.answer_text == "stones (a language model): From magma."
    assert made.ask_sync("Who won the cup?").status == "out_of_domain"


def test_an_earlier_question_that_worked_is_told_to_the_planner(home: Path) -> None:
    model = ScriptedModel(lambda _: reads("2 m", "3 kg"))
    made = assistant(home, default=model)
    made.ask_sync("It shines up to 2 m and can be held up to 3 kg: how shaky is it?")
    made.ask_sync("It shines up to 2 m and can be carried up to 3 kg: how shaky is it?")
    assert "was answered by: wobble_of" in model.requests[-1].messages[-1].text


def test_the_prompt_is_no_longer_with_5000_experts_than_with_50() -> None:
    def shelf(count: int) -> Registry:
        registry = toys()
        made: list[Callable[..., Any]] = []
        for number in range(count):
            kind = Kind(f"thing{number}", "m", names=(f"thing{number} height",))

            def one(height: Any) -> Any:
                """Something of another height."""
                return height

            one.__name__ = f"height_of_thing{number}"
            one.__annotations__ = {"height": Annotated[float, kind], "return": Annotated[float, kind]}
            made.append(expert(one))
        registry.add(Domain("shelf", "many", tuple(made)))
        return registry

    question = "It shines up to 2 m and can be held up to 3 kg: how shaky is it?"
    sizes = [sum(len(card_line(card)) for card in few_cards(question, shelf(count))) for count in (50, 5000)]
    assert sizes[1] <= sizes[0] * 1.1
    assert "wobble_of" in [card.name for card in few_cards(question, shelf(5000))]


async def test_a_run_that_was_stopped_after_planning_asks_its_planner_no_second_time(home: Path) -> None:
    called = asyncio.Event()

    def reply(request: Request) -> Any:
        if request.schema is not None:
            return steps({"id": "a", "expert": "stones", "question": "How does granite form?", "after": []})
        return "From magma."

    def happened(event: Event) -> None:
        if isinstance(event, StepStarted):
            called.set()

    model = ScriptedModel(reply, delay=0.05)
    settings = settings_with(home, model, stones=GEOLOGIST)
    made = Assistant(Registry(), settings=settings, models={"default": model})
    ids: list[str] = []
    task = asyncio.create_task(made.ask("Tell me of granite.", on_start=ids.append, on_event=happened))
    await called.wait()
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    result = await made.resume(ids[0])
    assert result.status == "answered"
    assert sum(request.schema is not None for request in model.requests) == 1


def test_a_domain_may_bring_model_experts_which_are_there_where_their_model_is_set(home: Path) -> None:
    registry = Registry()
    registry.add(Domain("stony", "of stones", (wobble_of,), models={"stones": GEOLOGIST, "poet": POET}))
    assert "stones" not in Assistant(registry, settings=Settings.load({}, home=home)).registry.experts
    settings = Settings.load({}, home=home, model="openai/x", experts={"poet": ExpertSettings(purpose="Rhymes.")})
    cards = {name: one.card for name, one in Assistant(registry, settings=settings).registry.experts.items()}
    assert (cards["stones"].domain, cards["stones"].sort) == ("stony", "model")
    assert cards["poet"].purpose == "Rhymes."


def test_where_a_models_reply_says_otherwise_the_computed_value_stands_and_both_are_told(home: Path) -> None:
    plan = steps(
        *reads("2 m", "3 kg")["steps"],
        {"id": "b", "expert": "stones", "question": "Why does a thing move at all?", "after": ["a"]},
    )
    model = ScriptedModel(
        lambda request: plan if request.schema else "A wobble of 12 m·kg comes from play. It is 2 m high."
    )
    settings = settings_with(home, model, stones=GEOLOGIST)
    settings = replace(settings, roles=Roles(reflector="none", writer="none"))
    made = Assistant(toys(), settings=settings, models={"default": model})
    result = made.ask_sync("It shines up to 2 m and can be held up to 3 kg: how shaky is it?")
    assert [(one.name, one.value) for one in result.quantities] == [("wobble", 8.0)]
    told = [warning for warning in result.warnings if "which stands" in warning]
    assert told == ["stones, a language model, says 12 m·kg for the wobble; computed is 8 kg·m, which stands"]


def test_a_question_is_written_out_for_an_expert_whom_the_planner_did_not_name(home: Path) -> None:
    plan = steps({"id": "a", "expert": "poet", "question": "How does granite form?", "after": []})

    def reply(request: Request) -> Any:
        if request.schema is not None:
            return plan
        if "The part for the expert" in request.messages[-1].text:
            return "How does the stone granite form?"
        return "From magma."

    model = ScriptedModel(reply)
    settings = settings_with(home, model, stones=GEOLOGIST, poet=POET)
    result = Assistant(Registry(), settings=settings, models={"default": model}).ask_sync("Tell me of granite.")
    assert [one.expert for one in result.replies] == ["stones"]
    assert result.steps[0].inputs["question"] == "How does the stone granite form?"


@pytest.mark.parametrize("planned", [True, False], ids=["with a planner", "without"])
def test_an_expert_without_an_answer_hands_over_to_the_one_on_its_card(home: Path, planned: bool) -> None:
    def reply(request: Request) -> Any:
        if request.schema is not None:
            expert = "stones" if "- stones:" in request.messages[-1].text else "poet"
            return steps({"id": "a", "expert": expert, "question": "How does granite form?", "after": []})
        return "" if "stones" in request.messages[0].text else "From magma, they say."

    model = ScriptedModel(reply)
    geologist = replace(GEOLOGIST, hands_over_to=("poet",))
    settings = settings_with(home, model, stones=geologist, poet=POET)
    settings = replace(settings, roles=Roles(planner="" if planned else "none", reflector="none", writer="none"))
    result = Assistant(Registry(), settings=settings, models={"default": model}).ask_sync("How does granite form?")
    assert (result.status, [one.expert for one in result.replies]) == ("answered", ["poet"])
