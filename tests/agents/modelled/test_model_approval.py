"""Approval where language models take part: a model expert asks first, and a writer is told what was approved."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest

from collegia.agents.approval import Approval, Approved, Decision, alternatives, with_expert, with_value
from collegia.agents.assistant import Assistant
from collegia.agents.plan import Asked, FromStep, Gathered, Given, Plan, Proposal, Step, Worded
from collegia.settings import ExpertSettings, Settings
from collegia.tools.models import Request, ScriptedModel
from collegia.tools.registry import Registry
from tests.agents.modelled.test_model_planner import wobble, wobble_of

QUESTION = "How shaky is 2 m with 3 kg, and why?"


def given(value: float, unit: str, text: str, kind: str) -> Given:
    start = QUESTION.index(text)
    return Given(value=value, unit=unit, text=text, start=start, end=start + len(text), kind=kind)


class Told:
    """Plans a wobble and what a model expert says to it."""

    def plan(self, question: str, registry: Registry, answers: Sequence[str] = ()) -> Proposal:
        """Always the same plan."""
        card = registry.experts["wobble_of"].card
        ports = {port.kind.unit: port for port in card.inputs}
        arguments = {
            ports["m"].name: given(2.0, "m", "2 m", ports["m"].kind.name),
            ports["kg"].name: given(3.0, "kg", "3 kg", ports["kg"].kind.name),
        }
        made = FromStep(step="s1", output=card.outputs[0].name)
        asks = {"question": Worded(value="Why is it shaky?"), "results": Gathered(sources=(made,))}
        plan = Plan(
            steps=(
                Step(id="s1", expert="wobble_of", arguments=arguments),
                Step(id="s2", expert="dear", arguments=asks),
            ),
            asked=(
                Asked(name="wobble", kind=wobble.name, unit="", source=made),
                Asked(name="why", kind="reply", source=FromStep(step="s2", output="reply")),
            ),
        )
        return Proposal(status="plan", plan=plan)


def assistant(home: Path, model: ScriptedModel) -> Assistant:
    from collegia.tools.domain import Domain

    experts = {
        "dear": ExpertSettings("Knows why things shake.", asks_first=" it costs a florin a call "),
        "cheap": ExpertSettings("Knows a little of it."),
    }
    registry = Registry()
    registry.add(Domain("toys", "toys", (wobble_of,)))
    settings = Settings.load({}, home=home, model="openai/x", experts=experts)
    return Assistant(registry, settings=settings, planner=Told(), models={"default": model})


def reply(request: Request) -> str:
    """An expert's words, a reflector's list, and a writer who repeats the question."""
    system, asked = request.messages[0].text, request.messages[-1].text
    if request.schema is not None:
        return "{}"
    if "Why is it shaky?" in asked and "Results of earlier steps" in asked and "Knows why" in system:
        return "It has play."
    if "Knows a little" in system:
        return "It is loose."
    return "With 2 m of height it wobbles, since it has play."


def test_a_model_expert_of_the_settings_asks_first_and_is_not_called_before(home: Path) -> None:
    model = ScriptedModel(reply)
    made = assistant(home, model)
    assert made.registry.experts["dear"].card.asks_first == "it costs a florin a call"
    waiting = made.ask_sync(QUESTION)
    assert (waiting.status, model.requests) == ("needs_approval", [])
    assert "Step s2 calls dear, which asks first: it costs a florin a call." in waiting.answer_text


def test_another_model_expert_is_asked_in_its_place(home: Path) -> None:
    model = ScriptedModel(reply)
    made = assistant(home, model)

    def cheaper(approval: Approval) -> Decision:
        assert alternatives(approval.plan, made.registry, "s2") == ("cheap",)
        return Approved(with_expert(approval.plan, made.registry, "s2", "cheap"))

    result = made.ask_sync(QUESTION, approve=cheaper)
    assert [one.expert for one in result.replies] == ["cheap"]
    assert (
        "Why is it shaky?" in next(one for one in model.requests if "little" in one.messages[0].text).messages[-1].text
    )


def test_what_a_model_expert_is_asked_may_be_said_otherwise(home: Path) -> None:
    model = ScriptedModel(reply)
    made = assistant(home, model)
    said = "Why is it shaky? In one word."
    result = made.ask_sync(
        QUESTION, approve=lambda asked: Approved(with_value(asked.plan, made.registry, "s2", "question", said))
    )
    assert result.steps[1].inputs["question"] == said
    assert result.steps[1].evidence["question"]["origin"] == "approval"


@pytest.mark.parametrize("text", ["5 m", None])
def test_models_are_told_the_question_as_it_was_approved_and_the_old_value_is_marked(
    home: Path, text: str | None
) -> None:
    model = ScriptedModel(reply)
    made = assistant(home, model)
    port = next(one for one in made.registry.experts["wobble_of"].card.inputs if one.kind.unit == "m").name

    def approve(approval: Approval) -> Decision:
        plan = approval.plan
        return Approved(plan if text is None else with_value(plan, made.registry, "s1", port, text))

    result = made.ask_sync(QUESTION, approve=approve)
    sent = [message.text for request in model.requests for message in request.messages if "How shaky" in message.text]
    assert sent, "somebody was told the question"
    now = QUESTION if text is None else QUESTION.replace("2 m", text)
    assert all(now in one for one in sent)
    marked = any("2 m" in warning for warning in result.warnings)
    assert marked == (text is not None), "a written 2 m is no value of a run that was computed with 5 m"
