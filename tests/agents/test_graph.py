"""The graph has the nodes of the design, and stops where the user must answer."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import toys as t

from collegia.agents.assistant import Assistant
from collegia.agents.graph import Checkpoints, build
from collegia.agents.plan import Missing
from collegia.agents.store import RunStore


def test_the_graph_has_the_nodes_and_edges_of_the_design() -> None:
    drawn = build().get_graph()
    steps = {"plan", "check", "approve", "dispatch", "reflect", "answer", "clarify"}
    assert set(drawn.nodes) == {"__start__", *steps, "__end__"}
    edges = {(edge.source, edge.target) for edge in drawn.edges}
    assert {("plan", "check"), ("check", "dispatch"), ("dispatch", "reflect"), ("reflect", "answer")} <= edges
    assert {("check", "approve"), ("approve", "check"), ("approve", "answer")} <= edges
    assert {("reflect", "plan"), ("check", "plan"), ("answer", "clarify"), ("clarify", "plan")} <= edges


async def test_a_question_back_is_an_interrupt_that_waits_in_the_checkpoint(home: Path) -> None:
    missing = Missing(name="flow", kind="flow", unit="kilogram / second")
    made = Assistant(t.registry(), planner=t.Scripted(t.clarify(missing, message="Which flow?"), t.three_steps()))
    asked = await made.ask("how heavy?")
    config = {"configurable": {"thread_id": asked.run_id}}
    async with Checkpoints(home / "checkpoints.sqlite").open() as saver:
        stopped = await build().copy(update={"checkpointer": saver}).aget_state(config)
    assert stopped.next == ("clarify",)
    assert [one.value for one in stopped.interrupts] == [{"asked": ["Which flow?"]}]
    await made.resume(asked.run_id, "5 kg/s")
    async with Checkpoints(home / "checkpoints.sqlite").open() as saver:
        done = await build().copy(update={"checkpointer": saver}).aget_state(config)
    assert (done.next, done.values["answers"]) == ((), ["5 kg/s"])


async def test_a_question_back_waits_in_the_log_where_no_checkpoints_are_kept(home: Path) -> None:
    missing = Missing(name="flow", kind="flow", unit="kilogram / second")
    planner = t.Scripted(t.clarify(missing, message="Which flow?"), t.three_steps())
    made = Assistant(t.registry(), planner=planner, store=RunStore.in_memory())
    asked = await made.ask("how heavy?")
    assert asked.status == "clarify"
    assert (await made.resume(asked.run_id, "5 kg/s")).status == "answered"
    assert not (home / "checkpoints.sqlite").exists()


async def test_a_file_that_is_let_go_of_stays_open_for_the_run_that_needs_it(home: Path) -> None:
    held = Checkpoints(home / "checkpoints.sqlite")
    async with held.open() as saver:
        held.close()
        saver.conn.execute("SELECT count(*) FROM checkpoints")
    assert not (home / "checkpoints.sqlite-wal").exists()


def test_the_file_is_held_open_between_runs_so_that_closing_writes_nothing_back(home: Path) -> None:
    made = Assistant(t.registry(), planner=t.Scripted(t.three_steps()))
    made.ask_sync("how heavy?")
    log = home / "checkpoints.sqlite-wal"
    assert log.exists()
    before = log.stat().st_size
    made.ask_sync("how heavy?")
    assert log.stat().st_size > before
    made.close()
    assert not log.exists()
    assert made.ask_sync("how heavy?").status == "answered"


def test_a_checkpoint_holds_plain_data_only(home: Path) -> None:
    Assistant(t.registry(), planner=t.Scripted(t.three_steps())).ask_sync("how heavy?")
    with sqlite3.connect(home / "checkpoints.sqlite") as db:
        blobs = [row[0] for row in db.execute("SELECT checkpoint FROM checkpoints")]
    db.close()
    assert blobs
    assert not any(b"collegia.agents" in blob for blob in blobs), (
        "an object of ours would bind the file to this release"
    )
