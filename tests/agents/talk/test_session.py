"""Sessions: what they hold, how they are called, how they fork, and that no turn is lost."""

from __future__ import annotations

import asyncio
import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated

import pytest

from collegia import Assistant, Registry, RunStore, Session, UnknownSession, UsageError
from collegia.agents.session_store import Sessions
from collegia.events import Event
from collegia.tools import Kind, Range, expert

grum = Kind("grum", "m", names=("grum",))
flob = Kind("flob", "m", names=("flob",))


@expert(source="the book of toys")
def blim(
    grum: Annotated[float, grum, Range(gt=0, le=10)], flob: Annotated[float, flob]
) -> Annotated[float, Kind("blim", "m**2", names=("blim",))]:
    """Blim of a grum and a flob."""
    return grum * flob


BLIM = "What is the blim for a grum of 2 m and a flob of 30 cm?"
HALF = "What is the blim for a grum of 2 m?"


def assistant_in(path: Path | None) -> Assistant:
    registry = Registry()
    registry.add_functions([blim])
    return Assistant(registry, store=RunStore(path))


@pytest.fixture(params=["file", "memory"])
def assistant(request: pytest.FixtureRequest, home: Path) -> Iterator[Assistant]:
    made = assistant_in(home / "runs.sqlite" if request.param == "file" else None)
    yield made
    made.close()


def values(session: Session) -> list[float]:
    return [run.result["quantities"][0]["value"] for run in session.runs() if run.result and run.result["quantities"]]


def test_a_session_is_called_after_what_was_said_first_in_it(assistant: Assistant) -> None:
    session = assistant.session()
    assert session.name == ""
    assert assistant.sessions() == []
    session.ask_sync(BLIM)
    assert session.name.startswith("What is the blim for a grum of 2 m")
    assert [one.session_id for one in assistant.sessions()] == [session.id]


def test_two_sessions_that_begin_alike_have_two_names(assistant: Assistant) -> None:
    names = set()
    for _ in range(3):
        session = assistant.session()
        session.ask_sync(BLIM)
        names.add(session.name)
    assert len(names) == 3


def test_a_session_goes_on_by_its_name_by_its_id_and_as_the_last(assistant: Assistant) -> None:
    first = assistant.session("toys")
    first.ask_sync(BLIM)
    for which in ("toys", first.id, "last"):
        again = assistant.session(which)
        assert (again.id, again.restored) == (first.id, 1)
    assistant.session("last").ask_sync("make the flob 40 cm")
    assert assistant.session("toys").restored == 2
    assert values(first) == pytest.approx([0.6, 0.8])


def test_a_name_that_none_has_is_a_new_session_and_last_is_no_name(assistant: Assistant) -> None:
    assert assistant.session("toys").restored == 0
    with pytest.raises(UsageError, match="'last'"):
        Assistant(Registry(), store=RunStore.in_memory()).session("last")
    with pytest.raises(UsageError, match="name"):
        assistant.session(" \n\u202e ")


def test_a_name_is_held_to_one_line_and_to_one_session(assistant: Assistant) -> None:
    first, second = assistant.session("one"), assistant.session("two")
    first.rename("a\n\x1b[31mname")
    assert first.name == "a [31mname"
    with pytest.raises(UsageError, match="another session is called 'two'"):
        first.rename("two")
    with pytest.raises(UsageError, match="at most"):
        second.rename("x" * 1000)


def test_a_follow_up_keeps_what_was_typed_and_the_question_that_it_makes(assistant: Assistant) -> None:
    session = assistant.session()
    session.ask_sync(BLIM)
    result = session.ask_sync("and a grum of 3 m?")
    assert result.said == "and a grum of 3 m?"
    assert result.question == "What is the blim for a grum of 3 m and a flob of 30 cm?"
    assert result.changed == ("grum 2 m → 3 m",)
    assert result.kept == ("flob 30 cm",)
    assert [turn.said for turn in session.turns()] == [BLIM, "and a grum of 3 m?"]
    start, end = (result.evidence("blim").inputs[0].start, result.evidence("blim").inputs[0].end)
    assert result.question[start:end] == "3 m"


def test_a_follow_up_runs_again_to_the_same_numbers(assistant: Assistant) -> None:
    session = assistant.session()
    session.ask_sync(BLIM)
    result = session.ask_sync("make the grum 3 m")
    assert assistant.replay_sync(result.run_id).same
    assert assistant.resume_sync(result.run_id) == result


def test_an_answer_goes_to_the_run_that_asked_and_is_kept_in_what_follows(assistant: Assistant) -> None:
    session = assistant.session()
    asked = session.ask_sync(HALF)
    assert asked.status == "clarify"
    answered = session.ask_sync("30 cm")
    assert (answered.run_id, answered.status) == (asked.run_id, "answered")
    assert [turn.run_id for turn in session.turns()] == [asked.run_id] * 2
    assert len(session.runs()) == 1
    later = session.ask_sync("and a grum of 4 m?")
    assert later.quantities[0].value == pytest.approx(1.2)
    assert later.steps[0].evidence["flob"]["origin"] == "clarification"
    assert session.ask_sync("make the flob 50 cm").quantities[0].value == pytest.approx(2.0)


def test_a_value_that_may_be_two_things_is_asked_back_and_settled(assistant: Assistant) -> None:
    session = assistant.session()
    session.ask_sync(BLIM)
    back = session.ask_sync("make it 1 m")
    assert back.status == "clarify"
    assert "grum 2 m" in back.answer_text
    assert "flob 30 cm" in back.answer_text
    assert back.quantities == ()
    assert session.ask_sync("the flob").quantities[0].value == pytest.approx(2.0)


def test_a_question_back_of_a_session_is_answered_in_it(assistant: Assistant) -> None:
    session = assistant.session("toys")
    session.ask_sync(BLIM)
    back = session.ask_sync("make it 1 m")
    with pytest.raises(UsageError, match=f"ask --session {session.id}"):
        assistant.resume_sync(back.run_id, "the flob")


def test_why_tells_inputs_and_computes_nothing(assistant: Assistant) -> None:
    session = assistant.session()
    first = session.ask_sync(BLIM)
    events: list[Event] = []
    why = session.ask_sync("why so big?", on_event=events.append)
    assert "grum 2 m" in why.answer_text
    assert "the book of toys" in why.answer_text
    assert (why.said, why.question, why.quantities) == ("why so big?", BLIM, first.quantities)
    assert [event.kind for event in events] == ["run_started", "run_finished"]


def test_a_refused_value_leaves_the_question_to_be_changed_again(assistant: Assistant) -> None:
    session = assistant.session()
    session.ask_sync(BLIM)
    assert session.ask_sync("make the grum 20 m").status == "refuse_out_of_range"
    assert session.ask_sync("make the grum 5 m").quantities[0].value == pytest.approx(1.5)


def test_a_text_that_is_refused_leaves_no_turn(assistant: Assistant) -> None:
    session = assistant.session("toys")
    with pytest.raises(UsageError):
        session.ask_sync("  ")
    assert session.turns() == []


def test_a_fork_goes_its_own_way(assistant: Assistant) -> None:
    session = assistant.session("toys")
    first = session.ask_sync(BLIM)
    session.ask_sync("make the grum 3 m")
    fork = session.fork(first.run_id)
    assert (fork.name, fork.restored) == ("toys (2)", 1)
    assert fork.ask_sync("make the flob 1 m").quantities[0].value == pytest.approx(2.0)
    assert session.ask_sync("make the flob 1 m").quantities[0].value == pytest.approx(3.0)
    assert values(session) == pytest.approx([0.6, 0.9, 3.0])
    assert values(session.fork(2)) == pytest.approx([0.6, 0.9])
    assert values(session.fork()) == values(session)


def test_a_fork_of_a_session_that_asks_answers_for_itself(assistant: Assistant) -> None:
    session = assistant.session("toys")
    asked = session.ask_sync(HALF)
    fork = session.fork()
    assert fork.ask_sync("1 m").quantities[0].value == pytest.approx(2.0)
    assert assistant.store.get(asked.run_id).status == "clarify"
    assert session.ask_sync("30 cm").quantities[0].value == pytest.approx(0.6)


def test_a_fork_keeps_which_of_them_was_asked(assistant: Assistant) -> None:
    session = assistant.session("toys")
    session.ask_sync(BLIM)
    session.ask_sync("make it 1 m")
    assert session.fork().ask_sync("the grum").quantities[0].value == pytest.approx(0.3)


@pytest.mark.parametrize("at", [0, 7, "nope"])
def test_a_place_that_is_not_there_is_no_fork(assistant: Assistant, at: str | int) -> None:
    session = assistant.session("toys")
    session.ask_sync(BLIM)
    with pytest.raises(UsageError, match="no turn"):
        session.fork(at)


def test_an_export_reads_back_and_takes_no_text_for_markup(assistant: Assistant) -> None:
    session = assistant.session("# toys <b>")
    session.ask_sync(BLIM)
    session.ask_sync("make the grum 3 m")
    session.ask_sync("*and* `what` <script>?")
    data = json.loads(session.export("json"))
    assert data["schema"] == "collegia.session/1"
    assert [turn["said"] for turn in data["turns"]] == [turn.said for turn in session.turns()]
    assert data["results"][data["turns"][1]["run_id"]]["changed"] == ["grum 2 m → 3 m"]
    text = session.export()
    assert text.startswith("# \\# toys \\<b\\>\n")
    assert "<script>" not in text
    assert "0.9 m²" in text
    assert "- grum 2 m → 3 m" in text
    with pytest.raises(UsageError, match="'html'"):
        session.export("html")  # type: ignore[arg-type]  # another form


def test_sessions_are_found_by_what_was_said_in_them(assistant: Assistant) -> None:
    first, second = assistant.session("alpha"), assistant.session("beta")
    first.ask_sync(BLIM)
    second.ask_sync("The winner of the cup, 100 % sure?")
    assert [one.name for one in assistant.sessions()] == ["beta", "alpha"]
    assert [one.name for one in assistant.sessions("FLOB grum")] == ["alpha"]
    assert [one.name for one in assistant.sessions("100 %")] == ["beta"]
    assert assistant.sessions("1__ %") == []
    assert [one.turns for one in assistant.sessions()] == [1, 1]


def test_an_unknown_session_is_named(assistant: Assistant) -> None:
    with pytest.raises(UnknownSession, match="'nope'"):
        Sessions(assistant.store).get("nope")


def test_turns_of_one_loop_are_all_kept(assistant: Assistant) -> None:
    session = assistant.session("toys")

    async def say() -> None:
        await asyncio.gather(*(session.ask(f"blim for a grum of {n} m and a flob of 1 m?") for n in range(1, 9)))

    asyncio.run(say())
    assert sorted(values(session)) == pytest.approx(list(range(1, 9)))
    assert [turn.place for turn in session.turns()] == list(range(8))


def test_a_new_session_that_is_spoken_in_at_once_is_one(assistant: Assistant) -> None:
    session = assistant.session()

    async def say() -> None:
        await asyncio.gather(*(session.ask(BLIM) for _ in range(4)))

    asyncio.run(say())
    assert len(session.turns()) == 4
    assert len(assistant.sessions()) == 1


SPEAK = """
import sys
from pathlib import Path
from tests.agents.talk.test_session import assistant_in

assistant = assistant_in(Path(sys.argv[1]))
session = assistant.session("toys")
for number in range(6):
    session.ask_sync(f"What is the blim for a grum of {1 + number} m and a flob of {sys.argv[2]} m?")
"""


def test_two_processes_in_one_session_lose_no_turn(home: Path) -> None:
    path = home / "runs.sqlite"
    root = Path(__file__).parents[3]
    speaking = [subprocess.Popen([sys.executable, "-c", SPEAK, str(path), flob], cwd=root) for flob in ("1", "2")]
    assert [one.wait(60) for one in speaking] == [0, 0]
    session = assistant_in(path).session("toys")
    assert sorted(values(session)) == pytest.approx(sorted([*range(1, 7), *range(2, 13, 2)]))
    assert [turn.place for turn in session.turns()] == list(range(12))


def test_a_store_of_the_release_before_is_read_on(home: Path) -> None:
    import sqlite3

    path = home / "runs.sqlite"
    with_run = assistant_in(path)
    run_id = with_run.ask_sync(BLIM).run_id
    with_run.close()
    with sqlite3.connect(path) as db:  # as it was before there were sessions
        db.execute("DROP TABLE sessions")
        db.execute("DROP TABLE turns")
        db.execute("PRAGMA user_version = 1")
    db.close()
    later = assistant_in(path)
    assert later.result(run_id) is not None
    assert later.session("toys").ask_sync(BLIM).status == "answered"
    later.close()
