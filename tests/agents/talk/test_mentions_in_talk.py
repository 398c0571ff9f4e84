"""A conversation holds to what was mentioned, until something else is mentioned or another question is asked."""

from __future__ import annotations

from pathlib import Path

import pytest

from collegia import Result, RunStore, UsageError
from tests.agents.bazaar import BLIM, FLOB, GRUM, WHY, assistant, dale_blim, heavy_blim, hill_blim, poets


def values(result: Result) -> list[object]:
    return [one.value for one in result.quantities]


def mentioned(result: Result) -> list[str]:
    return [one for one in result.assumptions if "as mentioned" in one]


def test_a_follow_up_is_of_the_domain_that_the_question_before_mentioned() -> None:
    session = assistant().session()
    session.ask_sync(f"@dales {BLIM}")
    result = session.ask_sync("make the grum 7 m")
    assert values(result) == [dale_blim(7.0, FLOB)]
    assert mentioned(result) == ["only of the domain dales, as mentioned"]
    assert values(session.ask_sync("and a flob of 4 m?")) == [dale_blim(7.0, 4.0)]


def test_a_question_of_its_own_is_limited_by_nothing_that_was_mentioned_before() -> None:
    session = assistant().session()
    session.ask_sync(f"@dales {BLIM}")
    fresh = session.ask_sync("What is the quap for a grum of 2 m?")
    assert [step.expert for step in fresh.steps] == ["hill_quap"]
    assert (mentioned(fresh), fresh.kept) == ([], ())


def test_a_follow_up_may_mention_something_else() -> None:
    session = assistant().session()
    assert values(session.ask_sync(BLIM)) == [hill_blim(GRUM, FLOB)]
    result = session.ask_sync("and for a grum of 7 m by @dale_blim?")
    assert values(result) == [dale_blim(7.0, FLOB)]
    assert "by the expert dale_blim, as mentioned" in result.changed
    back = session.ask_sync("make the grum 2 m, @hill_blim")
    assert values(back) == [hill_blim(GRUM, FLOB)]
    assert mentioned(back) == ["by the expert hill_blim, as mentioned"]


def test_a_mention_alone_asks_the_last_question_again() -> None:
    session = assistant().session()
    session.ask_sync(BLIM)
    result = session.ask_sync("@dales")
    assert (values(result), result.question) == ([dale_blim(GRUM, FLOB)], BLIM)
    assert result.kept == ("grum 2 m", "flob 3 m")
    assert result.changed == ("only of the domain dales, as mentioned",)
    assert values(session.ask_sync("use @hills instead")) == [hill_blim(GRUM, FLOB)]


def test_a_mention_alone_reads_the_question_in_another_document() -> None:
    session = assistant().session()
    assert session.ask_sync(f"@old-1.2.md {WHY}").citations == ("old-1.2.md",)
    assert session.ask_sync("and in @new.md?").citations == ("new.md",)
    assert session.ask_sync("what about @old-1.2.md?").citations == ("old-1.2.md",)


def test_a_mention_is_no_question_where_there_is_none_before_it() -> None:
    session = assistant().session()
    with pytest.raises(UsageError, match="asks nothing"):
        session.ask_sync("@dales")
    assert list(session.turns()) == []


def test_an_answer_to_a_question_back_goes_to_the_expert_that_was_mentioned() -> None:
    session = assistant().session()
    asked = session.ask_sync(f"@heavy_blim {BLIM}")
    assert asked.status == "clarify"
    result = session.ask_sync("skell 4 kg")
    assert (result.run_id, values(result)) == (asked.run_id, [heavy_blim(GRUM, FLOB, 4.0)])


def test_instead_of_an_answer_another_expert_may_be_mentioned() -> None:
    session = assistant().session()
    asked = session.ask_sync(f"@heavy_blim {BLIM}")
    result = session.ask_sync("@dale_blim instead")
    assert (result.run_id != asked.run_id, values(result)) == (True, [dale_blim(GRUM, FLOB)])


def test_an_answer_may_mention_who_is_to_have_it() -> None:
    session = assistant().session()
    assert session.ask_sync("What is the blim for a grum of 2 m?").status == "clarify"
    result = session.ask_sync("flob 3 m, by @dale_blim")
    assert values(result) == [dale_blim(GRUM, FLOB)]


def test_an_expert_that_was_mentioned_before_and_has_no_part_in_this_is_neither_called_nor_told() -> None:
    session = assistant().session()
    session.ask_sync(f"@dale_blim {BLIM}")
    result = session.ask_sync("and the quap?")
    assert [step.expert for step in result.steps] == ["hill_quap"]
    assert mentioned(result) == []
    assert values(session.ask_sync("and the blim?")) == [dale_blim(GRUM, FLOB)]


def test_what_was_mentioned_is_held_to_by_another_process_and_in_a_fork(home: Path) -> None:
    path = home / "runs.sqlite"
    assistant(store=RunStore(path)).session("dales").ask_sync(f"@dales {BLIM}")
    session = assistant(store=RunStore(path)).session("dales")
    fork = session.fork()
    for one in (session, fork):
        assert values(one.ask_sync("make the grum 7 m")) == [dale_blim(7.0, FLOB)]


def test_what_was_typed_is_kept_and_shown_with_what_was_read() -> None:
    session = assistant().session()
    typed = f"@dales {BLIM}"
    result = session.ask_sync(typed)
    assert (result.said, result.question) == (typed, BLIM)
    assert [turn.said for turn in session.turns()] == [typed]
    assert typed in session.export()


def test_a_follow_up_with_a_word_that_names_nothing_tells_it() -> None:
    session = assistant().session()
    session.ask_sync(f"@dales {BLIM}")
    result = session.ask_sync("make the grum 7 m @dalez")
    assert any("@dalez names no document, expert or domain; close to it: @dales" in one for one in result.warnings)


def test_a_model_expert_that_was_mentioned_is_asked_of_what_a_follow_up_makes_of_the_question(home: Path) -> None:
    session = poets(home).session()
    assert [step.expert for step in session.ask_sync(f"@rivers {BLIM}").steps] == ["hill_blim", "rivers"]
    result = session.ask_sync("make the grum 7 m")
    assert ([step.expert for step in result.steps], values(result)) == (
        ["hill_blim", "rivers"],
        [hill_blim(7.0, FLOB)],
    )
    assert (result.kept, result.changed) == (("flob 3 m",), ("grum 2 m → 7 m",))
