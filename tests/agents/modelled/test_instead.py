"""A question in words that documents do not hold and a model answers: answered, and said to be a model's words."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from collegia.agents.assistant import Assistant
from collegia.agents.modelled.instead import told_instead
from collegia.agents.plan import Asked, FromStep, Given, Plan, Step, Worded
from collegia.agents.reflect import judge
from collegia.agents.result import Result
from collegia.events import StepFailed, StepFinished
from collegia.knowledge.expert import EXPERT, knowledge_expert
from collegia.knowledge.library import Library
from collegia.knowledge.records import Document
from collegia.knowledge.store import KnowledgeStore
from collegia.settings import ExpertSettings, Settings
from collegia.tools.models import ScriptedModel
from collegia.tools.registry import Registry

BAKER = ExpertSettings(purpose="Knows bread and cake.", examples=("Why does a cake rise in ovens?",))
CAKE, SOAP = "Why does a cake rise in ovens?", "Why does soap foam in water?"
REPLY = "Its gas expands."


def result_of(home: Path, question: str, *asked: str) -> Result:
    """The run of a question whose planner asks the baker these."""
    steps = [{"id": f"w{at}", "expert": "baker", "question": one, "after": []} for at, one in enumerate(asked)]
    model = ScriptedModel({"^Experts:": {"steps": steps}, r"Results:": "ok"}, otherwise=REPLY)
    settings = Settings.load({}, home=home, model="openai/not-asked", experts={"baker": BAKER})
    store = KnowledgeStore.in_memory()
    store.add([Document("toys/flumph", "# Flumph\n\nA flumph falls when it rains.\n", name="flumph", collection="t")])
    library = Library(store)
    registry = Registry()
    registry.include(knowledge_expert(library))
    made = Assistant(registry, settings=settings, library=library, models={"default": model})
    try:
        return made.ask_sync(question)
    finally:
        store.close()


def test_what_documents_do_not_hold_and_a_model_answers_is_answered_with_a_warning(home: Path) -> None:
    result = result_of(home, CAKE, CAKE)
    assert (result.status, result.missing) == ("answered", ())
    assert [one.text for one in result.replies] == [REPLY]
    (warning,) = [one for one in result.warnings if "hold nothing" in one]
    assert warning.endswith("in the words of a language model (baker), neither computed nor cited")


def test_what_a_model_was_not_asked_stays_missing(home: Path) -> None:
    result = result_of(home, f"{CAKE} {SOAP}", CAKE)
    assert result.status == "partial"
    assert result.missing
    assert not any("neither computed nor cited" in one for one in result.warnings)


def test_both_of_two_questions_answered_by_a_model_are_answered(home: Path) -> None:
    assert result_of(home, f"{CAKE} {SOAP}", CAKE, "How can soap make water foam?").status == "answered"


def plan_of(question: str, worded: str) -> Plan:
    """Documents and a model side by side."""
    given = Given(value=question, text=question, start=0, end=len(question), kind="inquiry")
    return Plan(
        steps=(
            Step(id="q1", expert=EXPERT, arguments={"question": given}),
            Step(id="w1", expert="baker", arguments={"question": Worded(value=worded)}),
        ),
        asked=(
            Asked(name="explanation", kind="quotations", source=FromStep(step="q1", output="quotations")),
            Asked(name="reply", kind="reply", source=FromStep(step="w1", output="reply")),
        ),
    )


def ended(error: str = "NoData", reply: str = REPLY) -> dict[str, Any]:
    said: dict[str, Any] = {"run_id": "r", "at": "", "round": 0}
    failed = StepFailed(seq=0, step="q1", expert=EXPERT, error=error, message="nothing on this", **said)
    done = StepFinished(seq=1, step="w1", expert="baker", inputs={}, outputs={"reply": reply}, seconds=0.0, **said)
    return {"q1": failed, "w1": done}


def test_a_model_beside_the_documents_needs_no_second_plan() -> None:
    judged = judge(plan_of(CAKE, CAKE), Registry(), ended(), may_repair=True)
    assert (judged.verdict, judged.status, judged.findings) == ("accept", "answered", ())
    assert judged.warnings == (
        "nothing on this; what is told is in the words of a language model (baker), neither computed nor cited",
    )


@pytest.mark.parametrize(
    ("question", "worded", "error", "reply"),
    [
        (CAKE, SOAP, "NoData", REPLY),  # it was asked something else
        (CAKE, CAKE, "NoData", " "),  # it said nothing
        (CAKE, CAKE, "BudgetSpent", REPLY),  # the documents were not searched to their end
        ("What is soap and how is foam prevented?", "What is soap?", "NoData", REPLY),  # a half of it
    ],
)
def test_other_words_of_a_model_stand_in_for_nothing(question: str, worded: str, error: str, reply: str) -> None:
    plan, ends = plan_of(question, worded), ended(error, reply)
    assert told_instead(plan.asked[0], plan, ends, plan, ends) == ""
    assert judge(plan, Registry(), ends, may_repair=False).status == "partial"


def test_words_stand_in_for_no_number() -> None:
    plan, ends = plan_of(CAKE, CAKE), ended()
    number = plan.asked[0].model_copy(update={"kind": "length"})
    assert told_instead(number, plan, ends, plan, ends) == ""
