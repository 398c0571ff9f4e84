"""Questions that mention something are answered by that alone: domains, experts, documents, and all of them at once."""

from __future__ import annotations

import asyncio
import threading
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import pytest
from bazaar import (
    BLIM,
    FLOB,
    GRUM,
    USUAL,
    WHY,
    assistant,
    blim,
    dale_blim,
    flob,
    grum,
    heavy_blim,
    hill_blim,
    library,
    poets,
    registry,
    skell,
)

from collegia import Assistant, Result, RunStore, UsageError
from collegia.agents.plan import Proposal
from collegia.events import Event, StepStarted
from collegia.tools import Domain, expert
from collegia.tools.registry import Registry


def values(result: Result) -> list[object]:
    return [one.value for one in result.quantities]


def called(result: Result) -> list[str]:
    return [step.expert for step in result.steps]


# -- domains


@pytest.mark.parametrize(("domain", "science"), [("hills", hill_blim), ("dales", dale_blim)])
def test_only_experts_of_the_domain_that_is_mentioned_are_planned(domain: str, science: object) -> None:
    result = assistant().ask_sync(f"@{domain} {BLIM}")
    assert callable(science)
    assert (result.status, values(result)) == ("answered", [science(GRUM, FLOB)])
    assert result.question == BLIM
    assert result.said == f"@{domain} {BLIM}"
    assert f"only of the domain {domain}, as mentioned" in result.assumptions


def test_what_the_domain_does_not_give_is_not_had_from_another() -> None:
    made = assistant()
    question = "What is the quap for a grum of 2 m?"
    assert called(made.ask_sync(question)) == ["hill_quap"]
    result = made.ask_sync(f"@dales {question}")
    assert (result.quantities, called(result)) == ((), [])
    assert "only of the domain dales, as mentioned" in result.warnings


def test_the_generic_domain_and_the_documents_are_there_whatever_domain_is_mentioned() -> None:
    @expert
    def total(one: Annotated[float, skell], other: Annotated[float, skell]) -> Annotated[float, skell]:
        """Sum of two skells."""
        return one + other

    made = registry()
    made.add(Domain("arithmetic", "sums", (total,)))
    only = made.only(["hills"])
    assert set(only.domains) == {"hills", "arithmetic"}
    assert set(only.experts) == {"hill_blim", "hill_quap", "total"}
    assert set(only.kinds) == {"grum", "flob", "blim", "quap", "skell"}
    result = Assistant(made, library=library(), store=RunStore(None)).ask_sync(f"@dales {WHY}")
    assert (result.status, called(result)) == ("answered", ["knowledge_search"])


def test_spans_lie_in_the_text_that_was_read() -> None:
    result = assistant().ask_sync(f"@dales {BLIM.replace('the blim', 'by @dale_blim the blim')}")
    plan = result.plan
    assert plan is not None
    given = [one for step in plan.steps for one in step.arguments.values() if one.via == "given"]
    assert given
    assert all(result.question[one.start : one.end] == one.text for one in given)


# -- experts


def test_the_expert_that_is_mentioned_is_called_where_another_would_have_been() -> None:
    made = assistant()
    assert called(made.ask_sync(BLIM)) == ["hill_blim"]
    result = made.ask_sync(f"{BLIM} By @dale_blim, please.")
    assert (called(result), values(result)) == (["dale_blim"], [dale_blim(GRUM, FLOB)])
    assert "by the expert dale_blim, as mentioned" in result.assumptions


def test_what_the_expert_lacks_is_asked_for_and_the_answer_goes_to_it() -> None:
    made = assistant()
    result = made.ask_sync(f"@heavy_blim {BLIM}")
    assert (result.status, [(one.kind, one.why) for one in result.missing]) == (
        "clarify",
        [("skell", "for heavy_blim")],
    )
    answered = made.resume_sync(result.run_id, "4 kg")
    assert (called(answered), values(answered)) == (["heavy_blim"], [heavy_blim(GRUM, FLOB, 4.0)])


def test_an_expert_that_has_no_part_in_the_question_is_asked_back_about_and_nobody_answers_instead() -> None:
    result = assistant().ask_sync(f"@hill_quap {BLIM}")
    assert (result.status, result.quantities, called(result)) == ("clarify", (), [])
    assert "hill_quap was mentioned" in result.answer_text
    assert "gives: quap" in result.answer_text


def test_where_nothing_is_asked_the_expert_says_what_it_gives() -> None:
    result = assistant().ask_sync("@dale_blim grum 2 m, flob 3 m")
    assert (called(result), values(result)) == (["dale_blim"], [dale_blim(GRUM, FLOB)])


def test_two_experts_are_both_called_or_it_is_asked_back() -> None:
    made = assistant()
    both = made.ask_sync("@dale_blim @hill_quap What are the blim and the quap for a grum of 2 m and a flob of 3 m?")
    assert (both.status, sorted(called(both))) == ("answered", ["dale_blim", "hill_quap"])
    one = made.ask_sync(f"@dale_blim @hill_quap {BLIM}")
    assert (one.status, called(one)) == ("clarify", [])
    assert "hill_quap was mentioned" in one.answer_text


def test_an_expert_that_fails_is_not_replaced_by_another() -> None:
    @expert
    def broken_blim(one: Annotated[float, grum], other: Annotated[float, flob]) -> Annotated[float, blim]:
        """Blim that cannot be had."""
        raise RuntimeError("the mill is broken")

    made = registry()
    made.add(Domain("mills", "of mills", (broken_blim,)))
    whole = Assistant(made, store=RunStore(None))
    result = whole.ask_sync(f"@broken_blim {BLIM}")
    assert (result.status, result.quantities, called(result)) == ("error", (), ["broken_blim"])
    assert "the mill is broken" in " ".join([result.answer_text, *result.warnings, *(s.error for s in result.steps)])


def test_an_expert_of_another_domain_is_there_beside_the_domain_that_is_mentioned() -> None:
    made = assistant()
    assert values(made.ask_sync(f"@hills @dale_blim {BLIM}")) == [dale_blim(GRUM, FLOB)]
    assert called(made.ask_sync(f"@hills {BLIM}")) == ["hill_blim"]


def test_a_planner_of_ones_own_is_held_to_what_is_mentioned() -> None:
    class Stubborn:
        def plan(self, question: str, registry: Registry, answers: Sequence[str] = ()) -> Proposal:
            from collegia.agents.planner import TypedPlanner

            return TypedPlanner().plan(question, registry, answers)

    made = Assistant(registry(), planner=Stubborn(), store=RunStore(None))
    assert called(made.ask_sync(BLIM)) == ["hill_blim"]
    assert called(made.ask_sync(f"@dale_blim {BLIM}")) == ["dale_blim"]
    assert called(made.ask_sync(f"@dales {BLIM}")) == ["dale_blim"]


def test_a_model_expert_that_is_mentioned_is_asked_beside_what_is_computed(home: Path) -> None:
    made = poets(home)
    result = made.ask_sync(f"@rivers {BLIM}")
    assert called(result) == ["hill_blim", "rivers"]
    assert values(result) == [hill_blim(GRUM, FLOB)]
    assert [one.expert for one in result.replies] == ["rivers"]
    alone = made.ask_sync("@rivers Sing me a song.")
    assert (alone.status, [one.expert for one in alone.replies]) == ("answered", ["rivers"])


def test_no_model_speaks_in_the_stead_of_a_number_that_lacks_something(home: Path) -> None:
    result = poets(home).ask_sync("@rivers What is the blim for a grum of 2 m?")
    assert (result.status, result.replies) == ("clarify", ())


# -- documents


@pytest.mark.parametrize(
    ("mention", "cited", "words"),
    [
        ("@old-1.2.md", "old-1.2.md", "reed"),
        ("@new.md", "new.md", "drum"),
        ('@"two words.md"', "two words.md", "nobody"),
    ],
)
def test_only_the_document_that_is_mentioned_is_quoted(mention: str, cited: str, words: str) -> None:
    made = assistant()
    result = made.ask_sync(f"{mention} {WHY}")
    assert (result.status, result.citations) == ("answered", (cited,))
    assert words in result.answer_text
    assert any(one.startswith("only from the document /notes/") for one in result.assumptions)
    within = made.ask_sync(f"According to {mention}, why does a snorble hum in the night?")
    assert within.citations == (cited,)


def test_two_documents_are_both_read_and_the_third_is_not() -> None:
    result = assistant().ask_sync(f"@old-1.2.md and @new.md: {WHY}")
    assert set(result.citations) == {"old-1.2.md", "new.md"}


@pytest.mark.parametrize(("mention", "stated"), [("@old-1.2.md", 2.0), ("@new.md", 5.0)])
def test_a_value_is_taken_from_the_document_that_is_mentioned_alone(mention: str, stated: float) -> None:
    made = assistant()
    assert made.ask_sync(USUAL).status == "clarify", "the documents disagree"
    result = made.ask_sync(f"{USUAL} {mention}")
    assert values(result) == [hill_blim(stated, FLOB)]
    plain = made.ask_sync(f"What is the blim of a snorble for a flob of 3 m, with the grum from {mention}?")
    assert values(plain) == [hill_blim(stated, FLOB)]


def test_a_document_that_says_nothing_of_it_is_not_helped_by_the_others() -> None:
    notes = {"/notes/full.md": "A snorble hums because the night is long.", "/notes/bare.md": "Trees are green."}
    made = Assistant(registry(), library=library(notes), store=RunStore(None))
    assert made.ask_sync(WHY).citations == ("full.md",)
    result = made.ask_sync(f"@bare.md {WHY}")
    assert (result.status, result.citations, result.quotations) == ("out_of_domain", (), ())
    assert "only from the document /notes/bare.md, as mentioned" in result.answer_text.lower()


def test_all_sorts_at_once_hold_together() -> None:
    result = assistant().ask_sync(f"@dales @dale_blim @new.md {USUAL}")
    assert (called(result), values(result)) == (["dale_blim"], [dale_blim(5.0, FLOB)])
    assert [one for one in result.assumptions if "as mentioned" in one] == [
        "only of the domain dales, as mentioned",
        "by the expert dale_blim, as mentioned",
        "only from the document /notes/new.md, as mentioned",
    ]


# -- runs


def test_a_word_that_names_nothing_is_told_and_limits_nothing() -> None:
    result = assistant().ask_sync(f"{BLIM} @dale_blimm")
    assert values(result) == [hill_blim(GRUM, FLOB)]
    assert any(
        "@dale_blimm names no document, expert or domain; close to it: @dale_blim" in one for one in result.warnings
    )
    assert result.question == f"{BLIM} @dale_blimm"


def test_a_question_that_only_mentions_something_is_refused_before_anything_is_stored() -> None:
    made = assistant()
    with pytest.raises(UsageError, match="asks nothing"):
        made.ask_sync("@dales")
    assert made.runs() == []


def test_the_plan_that_is_shown_is_the_one_that_would_run() -> None:
    proposal = assistant().plan_sync(f"@dales {BLIM}")
    assert [step.expert for step in proposal.plan.steps] == ["dale_blim"]
    assert "only of the domain dales, as mentioned" in proposal.plan.assumptions


class Stop(BaseException):
    """Stands for the end of the process."""


class Dying(RunStore):
    """A store whose process dies right before its n-th event."""

    def __init__(self, path: Path, at: int) -> None:
        super().__init__(path)
        self.left = at

    def append(self, *events: Event) -> None:
        self.left -= 1
        if self.left < 0:
            raise Stop
        super().append(*events)


@pytest.mark.parametrize("at", range(1, 6))
@pytest.mark.parametrize("mention", ["@dales", "@dale_blim", "@new.md @dales"])
def test_a_run_that_is_killed_holds_to_what_it_mentions_when_it_goes_on(home: Path, mention: str, at: int) -> None:
    path = home / "runs.sqlite"
    question = f"{mention} {USUAL if 'new' in mention else BLIM}"
    with pytest.raises(Stop):
        assistant(store=Dying(path, at)).ask_sync(question)
    made = assistant(path)
    (record,) = made.runs()
    result = made.resume_sync(record.run_id)
    assert values(result) == [dale_blim(5.0 if "new" in mention else GRUM, FLOB)]
    assert called(result) == ["dale_blim"]
    assert made.replay_sync(record.run_id).same


def test_a_replay_reads_the_document_that_was_mentioned_and_no_other() -> None:
    made = assistant()
    result = made.ask_sync(f"@new.md {WHY}")
    replayed = made.replay_sync(result.run_id)
    assert (replayed.same, replayed.steps) == (True, 1)


def test_a_document_that_is_gone_is_not_replaced_by_others_when_the_run_goes_on(home: Path) -> None:
    path = home / "runs.sqlite"
    with pytest.raises(Stop):
        assistant(store=Dying(path, 2)).ask_sync(f"@new.md {WHY}")
    made = assistant(path)
    assert made.library is not None
    made.library.store.remove("/notes/new.md")
    result = made.resume_sync(made.runs()[0].run_id)
    assert (result.citations, result.quotations) == ((), ())


def test_an_expert_that_is_not_installed_any_more_is_told_when_the_run_goes_on(home: Path) -> None:
    path = home / "runs.sqlite"
    with pytest.raises(Stop):
        assistant(store=Dying(path, 1)).ask_sync(f"@dale_blim {BLIM}")
    small = Registry()
    small.add_functions([hill_blim])
    made = Assistant(small, store=RunStore(path))
    result = made.resume_sync(made.runs()[0].run_id)
    assert (result.status, result.quantities) == ("error", ())
    assert "dale_blim was mentioned, and is not installed any more" in result.answer_text


def test_questions_that_mention_different_things_at_once_keep_apart() -> None:
    made = assistant()
    asked = [f"@{name} {BLIM}" for name in ("hills", "dales", "dale_blim", "hill_blim")] * 5 + [BLIM] * 5

    async def all_of_them() -> list[Result]:
        return list(await asyncio.gather(*(made.ask(one) for one in asked)))

    results = asyncio.run(all_of_them())
    assert [called(one) for one in results] == [["hill_blim"], ["dale_blim"], ["dale_blim"], ["hill_blim"]] * 5 + [
        ["hill_blim"]
    ] * 5


def test_a_question_that_mentions_nothing_makes_nothing() -> None:
    made = assistant()
    made.ask_sync(BLIM)
    whole = made.means.scopes.of({})
    assert (whole.registry, whole.planner, whole.library) == (made.registry, made.planner, made.library)
    assert made.means.scopes.of({"mentions": {"domains": ["hills"]}}) is made.means.scopes.of(
        {"mentions": {"domains": ["hills"]}}
    )


def test_scopes_are_made_once_by_many_threads() -> None:
    made = assistant()
    found: list[object] = []

    def look() -> None:
        found.append(made.means.scopes.of({"mentions": {"domains": ["dales"], "documents": ["/notes/new.md"]}}))

    threads = [threading.Thread(target=look) for _ in range(16)]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    assert len(found) == 16
    assert len(set(map(id, found))) == 1


@pytest.mark.parametrize(
    "hostile",
    [
        "@[bold red]x[/]",
        "@\x1b[31mred",
        "@\u202eevil",
        "@" + "a" * 7000,
        "@$(rm -rf)",
        "@'; DROP TABLE runs; --",
        "@<script>",
        "@%s%n",
    ],
)
def test_hostile_names_are_text(hostile: str) -> None:
    result = assistant().ask_sync(f"{BLIM} {hostile}")
    assert result.status in {"answered", "clarify"}
    assert all(len(one) < 300 for one in result.warnings)
    assert "\x1b" not in result.question


def test_a_question_of_a_megabyte_is_refused_as_any_other_is() -> None:
    with pytest.raises(UsageError, match="bytes"):
        assistant().ask_sync("@hills " * 150_000)


def test_hundreds_of_experts_stay_fast() -> None:
    whole = Registry.load()
    made = Assistant(whole, store=RunStore(None))
    name, domain = next((one.name, one.card.domain) for one in whole.experts.values() if len(one.card.inputs) == 2)
    assert len(whole.experts) > 300
    made.plan_sync(f"@{domain} @{name} how much is it?")  # the words are compiled once
    began = time.perf_counter()
    for _ in range(5):
        made.plan_sync(f"@{domain} @{name} how much is it?")
    assert (time.perf_counter() - began) / 5 < 0.5


def test_steps_of_a_killed_run_are_not_started_again(home: Path) -> None:
    path = home / "runs.sqlite"
    with pytest.raises(Stop):
        assistant(store=Dying(path, 4)).ask_sync(f"@dale_blim {BLIM}")
    made = assistant(path)
    (record,) = made.runs()
    made.resume_sync(record.run_id)
    started = [one.expert for one in made.events(record.run_id) if isinstance(one, StepStarted)]
    assert started == ["dale_blim"]
