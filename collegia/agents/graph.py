"""The assistant as a LangGraph `StateGraph`, with SQLite checkpoints.

    plan ── check ──────────── dispatch ── reflect ── answer ── end
     ▲       │ └── approve (an interrupt) ── check        │
     └───────┴────── repair, once ───────────┘         └── clarify (an interrupt) ── plan

A plan waits at `approve` where the settings or the cards of its experts say so; else the graph does not pass there. A
checkpoint is written where the graph stops: at the end, at a question back, and at a plan that waits. What happens in
between is in the run's log, step by step, which is cheaper than a checkpoint after every node and is what a resume
reads; so losing the file of checkpoints loses nothing.
"""

from __future__ import annotations

import os
import sqlite3
import threading
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from functools import lru_cache
from pathlib import Path
from typing import Any

from collegia.agents.approval.node import after_approve
from collegia.agents.log import RunLog
from collegia.agents.nodes import (
    Context,
    State,
    after_answer,
    after_check,
    after_plan,
    after_reflect,
    nodes,
    start,
)
from collegia.database import PATIENCE, write_ahead
from collegia.errors import StoreError

__all__ = ["Checkpoints", "build", "run_graph"]


@lru_cache(maxsize=1)
def build() -> Any:
    """The compiled graph. LangGraph is imported here, told before that nothing is to be sent anywhere."""
    for name in ("LANGSMITH_TRACING", "LANGSMITH_TRACING_V2", "LANGCHAIN_TRACING", "LANGCHAIN_TRACING_V2"):
        os.environ[name] = "false"
    from langgraph.graph import START, StateGraph
    from langgraph.types import Command

    def led(node: Any, after: Callable[[State], str]) -> Any:
        """A node that says itself where it leads, which is cheaper than an edge that is asked."""

        async def go(state: State, runtime: Any) -> Any:
            said: State = await node(state, runtime)
            return Command(update=said, goto=after({**state, **said}))

        return go

    graph = StateGraph(State, context_schema=Context)
    for name, (after, targets) in _LEADS.items():
        graph.add_node(name, led(nodes[name], after), destinations=targets)
    for name in nodes.keys() - _LEADS.keys():
        graph.add_node(name, nodes[name])
    graph.add_edge(START, "plan")
    graph.add_edge("dispatch", "reflect")
    graph.add_edge("clarify", "plan")
    return graph.compile()


_LEADS: dict[str, tuple[Callable[[State], str], tuple[str, ...]]] = {
    "plan": (after_plan, ("check", "answer")),
    "check": (after_check, ("dispatch", "approve", "plan", "answer")),
    "approve": (after_approve, ("check", "answer")),
    "reflect": (after_reflect, ("plan", "answer")),
    "answer": (after_answer, ("clarify", "__end__")),
}
"""Where nodes lead: what chooses, and among which."""


@lru_cache(maxsize=1)
def _saver() -> Any:
    """LangGraph's saver for SQLite, written to where it is called: as the log is, and without a thread for each run."""
    from langgraph.checkpoint.sqlite import SqliteSaver

    class Saver(SqliteSaver):
        async def aget_tuple(self, config: Any) -> Any:
            return self.get_tuple(config)

        async def aput(self, config: Any, checkpoint: Any, metadata: Any, new_versions: Any) -> Any:
            return self.put(config, checkpoint, metadata, new_versions)

        async def aput_writes(self, config: Any, writes: Any, task_id: str, task_path: str = "") -> None:
            self.put_writes(config, writes, task_id, task_path)

    return Saver


class Checkpoints:
    """Where the graph's checkpoints are kept.

    The file stays open between runs: the last connection to close would write all of the log back to the file, for
    every question.

    Args:
        path: the file; None keeps none, and what a resume needs comes from the log.
    """

    def __init__(self, path: Path | None) -> None:
        self._held: Any = None
        self._runs = 0
        self._lock = threading.Lock()  # runs may be in several threads
        self._wanted = False
        self.path = path

    def close(self) -> None:
        """Let go of the file, once no run needs it any more; the next run opens it again."""
        with self._lock:
            self._wanted = False
            self._let_go()

    def __del__(self) -> None:
        self.close()

    @asynccontextmanager
    async def open(self) -> AsyncIterator[Any]:
        """The checkpointer, for one run; None where none are kept.

        Raises:
            StoreError: the file cannot be used.
        """
        if self.path is None:
            yield None
            return
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise StoreError(f"the checkpoints {self.path} cannot be kept: {error.strerror or error}") from error
        try:
            with self._lock:
                self._held = self._held or self._opened(self.path)
                self._wanted = True
                self._runs += 1
            try:
                yield self._held
            finally:
                with self._lock:
                    self._runs -= 1
                    self._let_go()
        except sqlite3.Error as error:
            fix = "move the file away: runs are in the run store, nothing is lost"
            raise StoreError(f"the checkpoints {self.path} cannot be used ({error}); {fix}") from error

    def _let_go(self) -> None:
        if self._held is not None and not self._wanted and not self._runs:
            self._held.conn.close()
            self._held = None

    def _opened(self, path: Path) -> Any:
        held = sqlite3.connect(path, timeout=PATIENCE, check_same_thread=False)
        try:
            write_ahead(held)
            held.execute("PRAGMA synchronous = NORMAL")
            saver = _saver()(held)
            saver.setup()
        except BaseException:  # nothing may leave the file open behind it
            held.close()
            raise
        return saver


async def run_graph(context: Context, checkpoints: Checkpoints, answer: str | None = None) -> None:
    """Take a run to its result, which is in `context.result` then.

    Args:
        context: of the run; its log says what has happened already.
        checkpoints: where the graph keeps its own.
        answer: what the user answers to the question back that the run stopped at; it is in the log already, as is what
            the user said of a plan that waited.

    Raises:
        StoreError: the log or the checkpoints cannot be written.
    """
    going: Any = start(context.log)
    async with checkpoints.open() as saver:
        if saver is None:
            await build().ainvoke(going, context=context)
            return
        config = {"configurable": {"thread_id": context.log.run_id}}
        graph = build().copy(update={"checkpointer": saver})
        if answer is not None or context.log.approval(context.log.last_round) is not None:
            going = _resumed(await graph.aget_state(config), context.log, answer) or going
        await graph.ainvoke(going, config, context=context, durability="exit")


def _resumed(stopped: Any, log: RunLog, answer: str | None) -> Any:
    """What takes a graph on from where it stopped; None where it did not stop at what the log goes on with."""
    from langgraph.types import Command

    for one in stopped.interrupts:
        if answer is not None and [*stopped.values["answers"], answer] == log.answers:
            return Command(resume={one.id: answer})
        given = log.approval(stopped.values["round"])
        if stopped.next == ("approve",) and given is not None and stopped.values["answers"] == log.answers:
            return Command(resume={one.id: given.verdict})
    return None
