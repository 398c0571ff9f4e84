"""Numbers from experts and words from documents in one plan: over nonsense experts and a toy handbook about them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from nonsense import registry
from test_resume import Dying, Stop

from collegia.agents.assistant import Assistant
from collegia.agents.plan import FromStep, Given
from collegia.agents.planner import CollegePlanner, TypedPlanner
from collegia.agents.result import Result
from collegia.agents.store import RunStore
from collegia.events import PlanMade, StepFinished, StepStarted
from collegia.knowledge.expert import EXPERT, knowledge_expert
from collegia.knowledge.library import Library
from collegia.knowledge.records import Document
from collegia.knowledge.store import KnowledgeStore
from collegia.tools.registry import Registry

PAGE = """# Flumph

Flumph is what a snarf weighs on a moor. A flumph falls when the gleeb falls, because a thin snarf holds less.

Moss prevents a falling flumph.
"""
NUMBER = "What is the flumph of a snarf of 5 m3, gleeb 900 kg/m3?"
WORDS = "Why does a flumph fall?"
BOTH = "What is the flumph of a snarf of 5 m3, gleeb 900 kg/m3, and why does a flumph fall?"
LACKING = "What is the flumph of a snarf of 5 m3, and why does a flumph fall?"
BECAUSE = "A flumph falls when the gleeb falls, because a thin snarf holds less."


@pytest.fixture
def shelf(home: Path):
    made = KnowledgeStore(home / "knowledge" / "store.db")
    made.add([Document("toys/flumph", PAGE, name="flumph", form="markdown", collection="toys")])
    yield made
    made.close()


def with_documents(store: KnowledgeStore) -> tuple[Registry, Library]:
    library = Library(store)
    made = registry()
    made.include(knowledge_expert(library))
    return made, library


@pytest.fixture
def assistant(shelf: KnowledgeStore) -> Callable[..., Assistant]:
    def make(store: RunStore | None = None, documents: KnowledgeStore = shelf) -> Assistant:
        made, library = with_documents(documents)
        return Assistant(made, library=library, store=store)

    return make


def experts(result: Result) -> list[str]:
    return [step.expert for step in result.plan.steps] if result.plan else []


def reads_alike(result: Result, store: KnowledgeStore) -> bool:
    numbers = {one.source: one.id for one in store.documents()}
    return all(store.text(numbers[one.source])[one.start : one.end] == one.text for one in result.quotations)


def test_a_question_for_a_number_alone_asks_no_document(assistant):
    result = assistant().ask_sync(NUMBER)
    assert (result.status, experts(result), [one.value for one in result.quantities]) == (
        "answered",
        ["flumph_of"],
        [2250.0],
    )
    assert (result.citations, result.quotations) == ((), ())


def test_the_number_is_planned_as_without_any_documents(shelf):
    made, _ = with_documents(shelf)
    assert CollegePlanner().plan(NUMBER, made).plan == TypedPlanner().plan(NUMBER, registry()).plan


def test_a_question_for_words_alone_is_answered_from_documents(assistant, shelf):
    result = assistant().ask_sync(WORDS)
    assert (result.status, experts(result), result.quantities) == ("answered", [EXPERT], ())
    assert result.citations == ("flumph",)
    assert BECAUSE in [one.text for one in result.quotations]
    assert BECAUSE in result.answer_text
    assert result.answer_text.endswith("[flumph]")
    assert reads_alike(result, shelf)


def test_a_question_for_both_is_one_plan_with_both_in_the_answer(assistant, shelf):
    result = assistant().ask_sync(BOTH)
    assert (result.status, sorted(experts(result))) == ("answered", ["flumph_of", EXPERT])
    assert [one.value for one in result.quantities] == [2250.0]
    assert result.answer_text.startswith("flumph = 2250 kg\n")
    assert BECAUSE in result.answer_text
    assert reads_alike(result, shelf)
    assert result.warnings == ()


def test_the_documents_are_asked_what_is_asked_in_words_and_no_more(shelf):
    made, _ = with_documents(shelf)
    plan = CollegePlanner().plan(BOTH, made).plan
    (step,) = [one for one in plan.steps if one.expert == EXPERT]
    bound = step.arguments["question"]
    assert isinstance(bound, Given)
    assert BOTH[bound.start : bound.end] == bound.text
    assert bound.text.strip() == bound.value == "and why does a flumph fall?"
    asked = plan.asked[-1]
    assert asked.source == FromStep(step=step.id, output=asked.kind)


def test_too_few_words_are_searched_with_the_whole_question(shelf):
    made, _ = with_documents(shelf)
    question = "What is the snarf of a quax of 2 m, and why?"
    (step,) = [one for one in CollegePlanner().plan(question, made).plan.steps if one.expert == EXPERT]
    assert step.arguments["question"].value == question


def test_a_missing_number_is_asked_for_and_not_quoted_in_its_stead(assistant):
    result = assistant().ask_sync(LACKING)
    assert (result.status, [one.kind for one in result.missing]) == ("clarify", ["gleeb"])
    assert (result.quotations, result.quantities) == ((), ())


def test_an_answer_to_the_question_back_brings_both(assistant, shelf):
    made = assistant()
    asked = made.ask_sync(LACKING)
    result = made.resume_sync(asked.run_id, "gleeb 900 kg/m3")
    assert (result.status, [one.value for one in result.quantities]) == ("answered", [2250.0])
    assert BECAUSE in result.answer_text
    assert reads_alike(result, shelf)


def test_what_no_document_holds_is_said_beside_the_number(assistant):
    result = assistant().ask_sync(
        "What is the flumph of a snarf of 5 m3, gleeb 900 kg/m3, and why does a cake rise in ovens?"
    )
    assert (result.status, [one.value for one in result.quantities]) == ("partial", [2250.0])
    assert "the documents hold nothing on this (no document has the words: cake, rise, ovens)" in result.answer_text
    assert result.quotations == ()


def test_words_that_no_document_holds_are_out_of_domain(assistant):
    result = assistant().ask_sync("Why does a cake rise in ovens?")
    assert (result.status, result.quotations, result.citations) == ("out_of_domain", (), ())


def test_where_the_documents_have_nothing_the_numbers_are_planned_instead(assistant):
    with_nothing = KnowledgeStore.in_memory()
    made = assistant(documents=with_nothing)
    result = made.ask_sync("Describe the flumph of a snarf of 5 m3, gleeb 900 kg/m3.")
    assert (result.status, [one.value for one in result.quantities]) == ("partial", [2250.0])
    assert "the documents hold nothing on this" in result.answer_text
    assert len([event for event in made.events(result.run_id) if isinstance(event, PlanMade)]) == 2
    with_nothing.close()


def test_without_any_document_expert_the_typed_planner_plans_alone():
    for question in (NUMBER, WORDS, BOTH, LACKING):
        assert CollegePlanner().plan(question, registry()) == TypedPlanner().plan(question, registry())


def test_an_expert_that_is_to_be_avoided_is_not_asked_for_words(shelf):
    made, _ = with_documents(shelf)
    for question in (WORDS, BOTH):
        plan = CollegePlanner().plan(question, made, avoid=frozenset([EXPERT])).plan
        assert EXPERT not in [step.expert for step in plan.steps]


def test_a_stored_result_keeps_its_quotations(assistant):
    made = assistant()
    result = made.ask_sync(BOTH)
    assert made.result(result.run_id) == result
    assert Result.from_dict(result.to_dict()).quotations == result.quotations != ()


def test_a_replay_finds_the_same_sentences_and_shows_others(assistant, shelf):
    made = assistant()
    run_id = made.ask_sync(BOTH).run_id
    found = made.replay_sync(run_id)
    assert (found.same, found.steps) == (True, 2)
    shelf.add(
        [Document("toys/flumph", PAGE.replace("thin", "damp"), name="flumph", form="markdown", collection="toys")]
    )
    changed = assistant().replay_sync(run_id)
    assert [(one.expert, one.output) for one in changed.differences] == [(EXPERT, "quotations")]
    assert "damp" in str(changed.differences[0].now)
    shelf.remove("flumph")
    gone = assistant().replay_sync(run_id)
    assert [(one.expert, str(one.now).partition(" (")[0]) for one in gone.differences] == [
        (EXPERT, "failed: the documents hold nothing on this")
    ]


EVENTS = 8
"""Events of that run, from run_started to run_finished."""


def test_the_run_that_is_killed_below_has_as_many_events_as_are_tried(assistant):
    made = assistant()
    assert len(made.events(made.ask_sync(BOTH).run_id)) == EVENTS


@pytest.mark.parametrize("at", range(EVENTS))
def test_a_run_that_dies_at_any_event_comes_to_the_same_words_and_number(assistant, home, at):
    whole = assistant(RunStore.in_memory()).ask_sync(BOTH)
    with pytest.raises(Stop):
        assistant(Dying(home / "runs.sqlite", at, after=True)).ask_sync(BOTH)
    made = assistant()
    (record,) = made.runs()
    result = made.resume_sync(record.run_id)
    assert (result.status, result.answer_text, result.quotations) == ("answered", whole.answer_text, whole.quotations)
    finished: list[str] = []
    for event in made.events(record.run_id):
        if isinstance(event, StepStarted):
            assert event.expert not in finished, "a finished step was started again"
        if isinstance(event, StepFinished):
            finished.append(event.expert)
    assert sorted(finished) == ["flumph_of", EXPERT]


@pytest.mark.parametrize(
    "question",
    ["Why" + " why" * 1500, "why, and why; what? how: " * 100, "\u202eWhy does a flumph fall?",
     "Why does a flumph fall?\x00",
     'Why does a "flumph" fall: (NEAR) -AND* OR ^title:?', "Explain " + "(" * 3000],
    ids=range(6),
)  # fmt: skip
def test_a_hostile_question_ends_as_any_other(assistant, question):
    result = assistant().ask_sync(question)
    assert result.status in {"answered", "partial", "clarify", "out_of_domain"}


def test_a_library_that_comes_with_a_registry_is_asked(shelf):
    result = Assistant(registry(), library=Library(shelf)).ask_sync(WORDS)
    assert (result.status, result.citations) == ("answered", ("flumph",))
