"""What a question leaves out and is known all the same: from the user's memory, and from documents.

The domain is of nonsense words; the memory, the documents and the runs are real files in a home of the test's own.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Annotated

import pytest

from collegia import Assistant, At, Kind, Of, Range, Result, RunStore, Settings, expert
from collegia.agents.plan import Binding, Cited, Given, Proposal, Remembered
from collegia.agents.planner import CollegePlanner, Recall
from collegia.agents.planner.recall import Completion
from collegia.events import Event, StepFinished, StepStarted
from collegia.knowledge.memory import MemoryStore, open_memory
from collegia.knowledge.place import open_knowledge
from collegia.knowledge.records import Document
from collegia.knowledge.store import KnowledgeStore
from collegia.tools.registry import Registry

grum = Kind("grum", "m", names=("grum",))
flob = Kind("flob", "m", names=("flob",), show=("cm",))
quap = Kind("quap", "m", names=("quap",), show=("cm",))
skell = Kind("skell", "K/W", names=("skell",))
glow = Kind("glow", "K", names=("glow",), scale="point", show=("degC",))
trib = Kind("trib", None, names=("trib",), words={"sniggle": "sniggle", "wabber": "wabber"}, subject=True)


@expert(source="the book of toys")
def blim(
    grum: Annotated[float, grum], flob: Annotated[float, flob]
) -> Annotated[float, Kind("blim", "m**2", names=("blim",))]:
    """Blim of a grum and a flob."""
    return grum * flob


@expert(source="the book of toys")
def vorp(
    grum: Annotated[float, grum], flob: Annotated[float, flob], quap: Annotated[float, quap]
) -> Annotated[float, Kind("vorp", "m**3", names=("vorp",))]:
    """Vorp of a grum, a flob and a quap."""
    return grum * flob * flob * quap


@expert(source="the book of toys")
def mord(
    inner: Annotated[float, skell, Of("sun")], outer: Annotated[float, skell, Of("moon")]
) -> Annotated[float, Kind("mord", "K/W", names=("mord",))]:
    """Mord between two skells."""
    return inner + 2 * outer


@expert(source="the book of toys")
def snell(
    first: Annotated[float, glow, At("start")], last: Annotated[float, glow, At("end")]
) -> Annotated[float, Kind("snell", "K", names=("snell",), scale="difference")]:
    """Snell from one glow to another."""
    return last - first


@expert(source="the book of toys")
def yarl(what: Annotated[str, trib]) -> Annotated[float, Kind("yarl", "kg/m**3", names=("yarl",))]:
    """Yarl of a trib."""
    return {"sniggle": 1000.0, "wabber": 800.0}[what]


@expert(source="the book of toys")
def drum(
    grum: Annotated[float, grum], thick: Annotated[float, Kind("thick", "m", names=("thick",)), Range(gt=0, le=1)] = 0.5
) -> Annotated[float, Kind("drum", "m", names=("drum",))]:
    """Drum of a grum, and of a thick that has a usual value."""
    return grum + thick


ZONKS = "What is the blim of our zonks for a grum of 2 m?"
BRINDLE = "What is the blim of a brindle for a grum of 2 m and the usual flob?"


def assistant(settings: Settings, store: RunStore | None = None) -> Assistant:
    """The toys, with the memory and the documents of these settings, as a new process would have them."""
    return Assistant(settings=settings, experts=[blim, vorp, mord, snell, yarl, drum], domains=(), store=store)


@pytest.fixture
def settings(home: Path) -> Settings:
    return Settings(home)


@pytest.fixture
def memory(settings: Settings) -> Iterator[MemoryStore]:
    made = open_memory(settings)
    yield made
    made.close()


@pytest.fixture
def documents(settings: Settings) -> Iterator[KnowledgeStore]:
    made = open_knowledge(settings)
    yield made
    made.close()


@pytest.fixture
def ask(settings: Settings) -> Callable[[str], Result]:
    return lambda question: assistant(settings).ask_sync(question)


def told(store: KnowledgeStore, name: str, text: str) -> None:
    """Take a document in."""
    store.add([Document(f"/shelf/{name}", text, name=name, form="markdown")])


def bound(result: Result, port: str) -> Binding:
    """What the one step that has this argument takes for it."""
    assert result.plan is not None
    (found,) = [step.arguments[port] for step in result.plan.steps if port in step.arguments]
    return found


def value(result: Result) -> float:
    assert result.status == "answered", result.answer_text
    return float(result.quantities[0].value)


def test_a_remembered_value_fills_what_is_missing_and_is_shown_with_its_day(ask, memory) -> None:
    assert ask(ZONKS).status == "clarify"
    fact = memory.remember("the flob of our zonks is 30 cm")
    result = ask(ZONKS)
    assert value(result) == pytest.approx(0.6)
    taken = bound(result, "flob")
    assert taken == Remembered(value=0.3, unit="m", text=fact.text, kind="flob", fact=fact.id, day=fact.day)
    assert f"flob taken as 30 cm, as you said on {fact.day}" in result.assumptions
    assert result.steps[0].evidence["flob"] == {
        "origin": "remembered", "text": "the flob of our zonks is 30 cm", "source": f"said on {fact.day}",
    }  # fmt: skip


@pytest.mark.parametrize(
    "question",
    ["What is the blim for a grum of 2 m?", "What is the blim of our dwems for a grum of 2 m?"],
)
def test_what_was_said_of_one_thing_is_not_taken_for_another(ask, memory, question) -> None:
    memory.remember("the flob of our zonks is 30 cm")
    result = ask(question)
    assert (result.status, [one.kind for one in result.missing]) == ("clarify", ["flob"])


def test_the_questions_own_value_goes_before_what_is_remembered_and_the_difference_is_shown(ask, memory) -> None:
    fact = memory.remember("the flob of our zonks is 30 cm")
    result = ask("What is the blim of our zonks for a grum of 2 m and a flob of 50 cm?")
    assert value(result) == 1.0
    assert isinstance(bound(result, "flob"), Given)
    said = f"flob: you say now 50 cm, you said on {fact.day} 30 cm; what you say now goes before everything else"
    assert said in result.warnings
    same = ask("What is the blim of our zonks for a grum of 2 m and a flob of 0.3 m?")
    assert (value(same), same.warnings) == (pytest.approx(0.6), ())


def test_of_two_values_that_are_as_likely_none_is_taken(ask, memory) -> None:
    memory.remember("the flob of our zonks is 30 cm")
    memory.remember("the flob of our dwems is 40 cm")
    result = ask("What is the blim of our zonks and our dwems for a grum of 2 m?")
    assert (result.status, result.quantities) == ("clarify", ())


def test_a_remembered_value_fills_no_other_place_of_its_dimension(ask, memory) -> None:
    memory.remember("the quap of our zonks is 40 cm")
    asked_back = ask("What is the vorp of our zonks for a grum of 2 m?")
    assert [one.kind for one in asked_back.missing] == ["flob"]
    memory.remember("the flob of our zonks is 30 cm")
    result = ask("What is the vorp of our zonks for a grum of 2 m?")
    assert (bound(result, "flob").value, bound(result, "quap").value) == (0.3, 0.4)
    assert value(result) == pytest.approx(2 * 0.3 * 0.3 * 0.4)


@pytest.mark.parametrize(("known", "asked"), [("flob", "quap"), ("quap", "flob")])
@pytest.mark.parametrize("named", [False, True])
def test_an_answer_is_to_what_was_asked_back_and_not_to_what_was_remembered(
    settings, ask, memory, known, asked, named
) -> None:
    memory.remember(f"the {known} of our zonks is 30 cm")
    back = ask("What is the vorp of our zonks for a grum of 2 m?")
    assert [one.kind for one in back.missing] == [asked]
    result = assistant(settings).resume_sync(back.run_id, f"{asked} 80 cm" if named else "80 cm")
    assert result.status == "answered", result.answer_text
    assert (bound(result, known).via, bound(result, asked).via) == ("remembered", "given")
    assert (bound(result, known).value, bound(result, asked).value) == (0.3, 0.8)


def test_an_answer_that_names_what_is_remembered_goes_before_it(settings, ask, memory) -> None:
    memory.remember("the flob of our zonks is 30 cm")
    back = ask("What is the vorp of our zonks for a grum of 2 m?")
    result = assistant(settings).resume_sync(back.run_id, "flob 80 cm, quap 90 cm")
    assert result.status == "answered", result.answer_text
    assert (bound(result, "flob").value, bound(result, "quap").value) == (0.8, 0.9)
    assert any("you said" in warning and "30 cm" in warning for warning in result.warnings)


def test_of_two_places_of_one_kind_a_remembered_value_fills_neither(ask, memory) -> None:
    memory.remember("the skell of our zonks is 3 K/W")
    result = ask("What is the mord of our zonks?")
    assert (result.status, [one.kind for one in result.missing]) == ("clarify", ["skell", "skell"])


def test_a_remembered_value_does_not_say_whether_it_is_that_before_or_after(ask, memory) -> None:
    memory.remember("the glow of our zonks is 25 °C")
    result = ask("What is the snell of our zonks from an initial glow of 20 °C?")
    assert (result.status, [one.name for one in result.missing]) == ("clarify", ["final glow"])


def test_a_short_form_is_written_out_and_places_lead_to_the_words_as_written(ask, memory) -> None:
    memory.remember("SG means sniggle")
    question = "What are the yarl of SG, and the blim for a grum of 2 m and a flob of 3 m?"
    result = ask(question)
    assert [one.value for one in result.quantities] == [1000.0, 6.0]
    what, long = bound(result, "what"), bound(result, "grum")
    assert (what.value, question[what.start : what.end]) == ("sniggle", "SG")
    assert question[long.start : long.end] == long.text == "2 m"
    assert any(said.startswith("SG was taken for sniggle, as you said on ") for said in result.assumptions)
    assert result.question == question


def test_places_of_an_answer_lead_into_the_answer_where_short_forms_were_written_out(settings, ask, memory) -> None:
    memory.remember("TZ means tall zonks")
    question = "What is the blim of TZ for a grum of 2 m?"
    back = ask(question)
    result = assistant(settings).resume_sync(back.run_id, "80 cm")
    assert value(result) == pytest.approx(1.6)
    answered = bound(result, "flob")
    assert f"{question} ; 80 cm"[answered.start : answered.end] == "80 cm"
    assert result.steps[0].evidence["flob"]["origin"] == "clarification"


def test_what_the_question_says_of_a_short_form_goes_before_what_is_remembered(ask, memory) -> None:
    memory.remember("SG means sniggle")
    result = ask("What is the yarl of wabber (SG)? By SG I mean wabber.")
    assert value(result) == 800.0
    assert any("SG is wabber in this question, and sniggle as you said" in warning for warning in result.warnings)


def test_a_value_of_a_document_is_taken_only_where_the_question_asks_for_one(ask, documents) -> None:
    told(documents, "brindle.md", "# Brindles\n\nBrindles are *old*. A **brindle** has a flob of 70 cm.\n")
    plain = ask("What is the blim of a brindle for a grum of 2 m?")
    assert (plain.status, [one.kind for one in plain.missing]) == ("clarify", ["flob"])
    result = ask(BRINDLE)
    assert value(result) == pytest.approx(1.4)
    said = "A **brindle** has a flob of 70 cm."
    taken = bound(result, "flob")
    assert isinstance(taken, Cited)
    assert (taken.value, taken.document, taken.text) == (pytest.approx(0.7), "brindle.md", said)
    (quoted,) = result.quotations
    (stored,) = documents.documents()
    assert documents.text(stored.id)[quoted.start : quoted.end] == quoted.text == said
    assert (result.citations, quoted.source) == (("brindle.md",), "/shelf/brindle.md")
    assert "flob taken as 70 cm from brindle.md: “A brindle has a flob of 70 cm.”" in result.assumptions
    assert result.steps[0].evidence["flob"]["origin"] == "passage"


@pytest.mark.parametrize("asking", ["the flob as given in our documents", "a typical flob", "the flob from the manual"])
def test_there_are_several_ways_to_ask_for_a_documents_value(ask, documents, asking) -> None:
    told(documents, "brindle.md", "A brindle has a flob of 70 cm.")
    assert value(ask(f"What is the blim of a brindle for a grum of 2 m, with {asking}?")) == pytest.approx(1.4)


def test_where_two_documents_disagree_neither_is_taken_and_where_they_agree_one_is(ask, documents) -> None:
    told(documents, "one.md", "A brindle has a flob of 70 cm.")
    told(documents, "two.md", "The flob of a brindle is 0.7 m.")
    assert value(ask(BRINDLE)) == pytest.approx(1.4)
    told(documents, "three.md", "The flob of a brindle is 80 cm.")
    result = ask(BRINDLE)
    assert (result.status, [one.kind for one in result.missing]) == ("clarify", ["flob"])
    documents.remove("/shelf/three.md")
    assert value(ask(BRINDLE)) == pytest.approx(1.4)


@pytest.mark.parametrize(
    "said",
    [
        "A brindle has a flob of 60 to 80 cm.", "A brindle has a flob of 60-80 cm.",
        "A brindle has a flob of at most 70 cm.", "The flob of a brindle must not exceed 70 cm.",
        "A brindle has a flob of 70 cm or less.", "A brindle has a flob of > 70 cm.",
    ],
)  # fmt: skip
def test_ranges_and_bounds_of_documents_are_never_taken(ask, documents, said) -> None:
    told(documents, "brindle.md", said)
    result = ask(BRINDLE)
    assert (result.status, [one.kind for one in result.missing]) == ("clarify", ["flob"])


def test_what_a_document_says_of_one_tagged_thing_is_not_taken_for_another(ask, documents) -> None:
    told(documents, "z-101.md", "# Z-101\n\nThe flob of Z-101 is 70 cm.\n")
    asking = "What is the blim of {} for a grum of 2 m, with the flob as given in our documents?"
    assert value(ask(asking.format("Z-101"))) == pytest.approx(1.4)
    assert ask(asking.format("Z-102")).status == "clarify"


def test_what_is_remembered_goes_before_what_documents_say(ask, memory, documents) -> None:
    told(documents, "brindle.md", "A brindle has a flob of 70 cm.")
    memory.remember("the flob of a brindle is 30 cm")
    result = ask(BRINDLE)
    assert (bound(result, "flob").via, value(result)) == ("remembered", pytest.approx(0.6))


@pytest.mark.parametrize(
    ("question", "port"),
    [(BRINDLE, "flob"), ("What is the drum of a brindle for a grum of 2 m and the usual thick?", "thick")],
)
def test_what_documents_say_otherwise_than_what_is_remembered_is_shown(ask, memory, documents, question, port) -> None:
    told(documents, "brindle.md", f"A brindle has a {port} of 70 cm.")
    fact = memory.remember(f"the {port} of a brindle is 30 cm")
    result = ask(question)
    assert (bound(result, port).value, bound(result, port).via) == (pytest.approx(0.3), "remembered")
    assert [one for one in result.warnings if one.startswith(f"{port}: ")] == [
        f"{port}: you said on {fact.day} 30 cm, brindle.md says 70 cm; "
        "what you said before goes before documents and models"
    ]


def test_a_document_that_agrees_with_what_is_remembered_or_was_not_asked_for_warns_of_nothing(
    ask, memory, documents
) -> None:
    told(documents, "brindle.md", "A brindle has a flob of 70 cm.")
    memory.remember("the flob of a brindle is 0.7 m")
    agreed = ask(BRINDLE)
    assert (bound(agreed, "flob").via, agreed.warnings) == ("remembered", ())
    memory.remember("no, it is 30 cm", about="flob of a brindle")
    unasked = ask("What is the blim of a brindle for a grum of 2 m?")
    assert (bound(unasked, "flob").value, unasked.warnings) == (pytest.approx(0.3), ())


def test_after_a_run_the_count_of_what_was_of_use_has_risen_and_no_other(ask, memory) -> None:
    used = memory.remember("the flob of our zonks is 30 cm")
    idle = memory.remember("the flob of our dwems is 40 cm")
    ask(ZONKS)
    ask("What is the blim of our zonks for a grum of 2 m and a flob of 50 cm?")
    assert {fact.id: fact.count for fact in memory.list()} == {used.id: 2, idle.id: 1}


def test_what_a_question_says_of_a_short_form_is_remembered_with_its_run(ask, memory) -> None:
    result = ask("By TZ I mean sniggle. What is the yarl of TZ?")
    (fact,) = memory.list()
    assert (fact.text, fact.source, fact.kind) == ("By TZ I mean sniggle.", result.run_id, "abbreviation")
    later = ask("What is the yarl of TZ?")
    assert value(later) == 1000.0
    assert bound(later, "what").text == "sniggle"


def test_a_value_that_a_question_merely_states_is_not_remembered(ask, memory) -> None:
    assert value(ask("The flob of our zonks is 30 cm. What is the blim of our zonks for a grum of 2 m?"))
    assert memory.list() == ()


def test_a_replay_gives_the_same_numbers_though_nothing_is_known_any_more(settings, ask, memory, documents) -> None:
    fact = memory.remember("the flob of our zonks is 30 cm")
    told(documents, "brindle.md", "A brindle has a flob of 70 cm.")
    runs = [ask(ZONKS).run_id, ask(BRINDLE).run_id]
    memory.forget(fact.id)
    documents.remove("/shelf/brindle.md")
    assert [(found.same, found.steps) for found in map(assistant(settings).replay_sync, runs)] == [(True, 1)] * 2


class Stop(BaseException):
    """Stands for the end of the process."""


class Dying(RunStore):
    """A store whose process dies when an event of a sort is to be written."""

    def __init__(self, path: Path, sort: type) -> None:
        super().__init__(path)
        self.sort = sort

    def append(self, event: Event) -> None:
        if isinstance(event, self.sort):
            raise Stop
        super().append(event)


@pytest.mark.parametrize("sort", [StepStarted, StepFinished])
@pytest.mark.parametrize("question", [ZONKS, BRINDLE], ids=["remembered", "cited"])
def test_a_killed_run_goes_on_with_what_was_known_when_it_was_planned(
    settings, memory, documents, sort, question
) -> None:
    memory.remember("the flob of our zonks is 30 cm")
    told(documents, "brindle.md", "A brindle has a flob of 70 cm.")
    path = settings.home / "runs.sqlite"
    started: list[str] = []
    with pytest.raises(Stop):
        assistant(settings, Dying(path, sort)).ask_sync(question, on_start=started.append)
    memory.remember("no, it is 99 cm", about="flob of our zonks")
    told(documents, "brindle.md", "A brindle has a flob of 99 cm.")
    result = assistant(settings).resume_sync(started[0])
    assert value(result) == pytest.approx(0.6 if question == ZONKS else 1.4)
    assert assistant(settings).replay_sync(started[0]).same


def test_what_is_remembered_goes_before_the_default_of_a_card(ask, memory) -> None:
    question = "What is the drum of our zonks for a grum of 2 m?"
    assert value(ask(question)) == pytest.approx(2.5)
    fact = memory.remember("the thick of our zonks is 20 cm")
    result = ask(question)
    taken = bound(result, "thick")
    assert (taken.via, value(result)) == ("remembered", pytest.approx(2.2))
    assert f"thick taken as 20 cm, as you said on {fact.day}" in result.assumptions
    assert value(ask("What is the drum of our wabs for a grum of 2 m?")) == pytest.approx(2.5)


def test_a_remembered_value_outside_the_validity_of_a_card_is_refused_and_not_passed_over(ask, memory) -> None:
    memory.remember("the thick of our zonks is 4 m")
    assert ask("What is the drum of our zonks for a grum of 2 m?").status == "refuse_out_of_range"


def test_what_is_remembered_is_read_once_for_a_question() -> None:
    read: list[int] = []

    class Counting(MemoryStore):
        def reading(self):
            read.append(1)
            return super().reading()

    counting = Counting.in_memory()
    counting.remember("the flob of our zonks is 30 cm")
    counting.remember("always give drums in cm")
    read.clear()
    registry = Registry()
    registry.add_functions([blim, vorp])
    plan = CollegePlanner(Recall(counting)).plan("What is the vorp of our zonks for a grum of 2 m?", registry, ("1 m",))
    assert (plan.status, len(read)) == ("plan", 1)


def test_a_question_is_planned_with_its_answers_at_once_where_nothing_is_known() -> None:
    planned: list[tuple[str, ...]] = []

    def planning(answers: Sequence[str]) -> Proposal:
        planned.append(tuple(answers))
        return Proposal(status="clarify")

    Completion(ZONKS, Registry()).complete(("80 cm",), planning)
    assert planned == [("80 cm",)]


def test_an_answer_comes_in_the_unit_that_was_wished_for_unless_the_question_names_one(ask, memory) -> None:
    fact = memory.remember("always give drums in cm")
    result = ask("What is the drum for a grum of 2 m?")
    assert (result.quantities[0].value, result.quantities[0].unit) == (pytest.approx(250.0), "centimeter")
    assert f"drum given in cm, as you wished on {fact.day}" in result.assumptions
    named = ask("What is the drum for a grum of 2 m, in mm?")
    assert (named.quantities[0].value, named.quantities[0].unit) == (pytest.approx(2500.0), "millimeter")
