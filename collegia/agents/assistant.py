"""The assistant: one object that the terminal, scripts and tests use alike."""

from __future__ import annotations

import asyncio
import contextlib
import inspect
from collections.abc import AsyncIterator, Callable, Coroutine, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, TypeVar

from collegia.agents.approval.deciding import marked_steps, waiting
from collegia.agents.approval.types import Approval, Approver
from collegia.agents.graph import Checkpoints
from collegia.agents.log import RunLog, now
from collegia.agents.means import Means
from collegia.agents.nodes import Planner
from collegia.agents.plan import Proposal
from collegia.agents.question import read_answer, read_question
from collegia.agents.replay import Replay
from collegia.agents.result import Result
from collegia.agents.running import OnEvent, OnStart, Runner
from collegia.agents.session_store import SessionRecord, Sessions, new_session_id, read_name
from collegia.agents.store import RunRecord, RunStore
from collegia.agents.workers import waited
from collegia.errors import UsageError
from collegia.events import Event, RunResumed
from collegia.knowledge.library import Library
from collegia.knowledge.memory import MemoryStore
from collegia.settings import Settings
from collegia.tools.models import Model, Models
from collegia.tools.registry import Registry

if TYPE_CHECKING:
    from collegia.agents.talk.session import Session

__all__ = ["Assistant"]

Returned = TypeVar("Returned")

_ENDED = frozenset({"answered", "refuse_out_of_range", "out_of_domain", "rejected"})
"""Statuses that a resume has nothing to add to."""


class Assistant:
    """Answers questions with the experts that are installed.

        assistant = Assistant()
        print(assistant.ask_sync("What is the density of water at 60 °C and 5 bar?").answer_text)

    Args:
        registry: the domains to use; loaded from what is installed where it is not given.
        experts: plain functions to use beside them.
        domains: the names of the domains to load; all where not given.
        settings: limits, and where state lives; from the environment where not given.
        planner: what proposes plans; the typed planner where not given.
        store: where runs are kept; a file in the settings' home where not given.
        library: the documents to quote; where neither it nor a registry is given, the settings' knowledge store with
            the handbooks of the domains.
        models: language models by name, beside those that are set: `{"default": ScriptedModel(…)}`.
    """

    def __init__(
        self,
        registry: Registry | None = None,
        *,
        experts: Iterable[Callable[..., Any]] = (),
        domains: Sequence[str] | None = None,
        settings: Settings | None = None,
        planner: Planner | None = None,
        store: RunStore | None = None,
        library: Library | None = None,
        models: Mapping[str, Model] | None = None,
    ) -> None:
        self.settings = (
            Settings.load(domains=None if domains is None else tuple(domains)) if settings is None else settings
        )
        self.store = RunStore(self.settings.home / "runs.sqlite") if store is None else store
        self.means = Means(
            self.settings,
            self.store,
            registry=registry,
            experts=tuple(experts),
            domains=self.settings.domains if domains is None else tuple(domains),
            planner=planner,
            library=library,
            models=models,
        )
        place = None if self.store.path is None else self.store.path.with_name("checkpoints.sqlite")
        self.runner = Runner(self.means, Checkpoints(place))

    def close(self) -> None:
        """Let go of the files; the assistant can still be used, and opens them again."""
        self.store.close()
        self.runner.checkpoints.close()
        self.means.close()

    async def aclose(self) -> None:
        """Let go of the connections to language models; to be called in the loop that they were used in."""
        await self.means.models.close()

    @property
    def registry(self) -> Registry:
        """The domains and experts in use, loaded on first use.

        Raises:
            UsageError: a domain that was named cannot be loaded.
            DomainRefused: the functions given as experts do not keep the contract.
        """
        return self.means.registry

    @property
    def library(self) -> Library | None:
        """The documents that are quoted; None where a registry was given and no library."""
        return self.means.library

    @property
    def memory(self) -> MemoryStore | None:
        """What the user has said before; None where a registry was given."""
        return self.means.memory

    @property
    def models(self) -> Models:
        """The language models that are set or were given; each is made when it is first asked for."""
        return self.means.models

    @property
    def planner(self) -> Planner:
        """What proposes plans."""
        return self.means.planner

    async def ask(
        self,
        question: str,
        *,
        on_start: OnStart | None = None,
        on_event: OnEvent | None = None,
        approve: Approver | None = None,
    ) -> Result:
        """Answer a question.

        The run is stored before anything else happens, and `on_start` is called with its id then. When the task is
        cancelled the run is stored as cancelled, and can be resumed.

        Args:
            question: in words; `@name` mentions the domain, expert or document that it is to be answered by.
            on_start: called with the run's id, before planning.
            on_event: called with each event as it happens.
            approve: asks the user of a plan that waits for approval; without it the run ends as `needs_approval` there.

        Raises:
            UsageError: the question is empty or too long, or only mentions something.
            StoreError: the run cannot be stored, or documents that may be mentioned cannot be read.
        """
        text, notes = read_question(question)
        asked = await self.means.scopes.heard(text)
        options = {"notes": [*notes, *asked.notes], "approve": self.settings.approve, **asked.options}
        log = self.runner.begin(asked.text, options, on_start=on_start, on_event=on_event)
        return await self.runner.go_on(log, approve=approve)

    async def resume(
        self,
        run_id: str,
        answer: str | None = None,
        *,
        on_start: OnStart | None = None,
        on_event: OnEvent | None = None,
        approve: Approver | None = None,
    ) -> Result:
        """Go on with a stored run: one that was killed, cancelled or failed, that asked back, or whose plan waits.

        No finished step is started again. A run that has ended gives its stored result.

        Args:
            run_id: of a stored run.
            answer: to the question back that it stopped at.
            on_start: called with the run's id once it is known to exist.
            on_event: called with each further event.
            approve: asks the user of a plan that waits for approval.

        Raises:
            UnknownRun: no such run is stored.
            UsageError: an answer to a run that asks nothing.
            StoreError: the run cannot be read or written.
        """
        record = self.store.get(run_id)
        if on_start is not None:
            on_start(run_id)
        if session := record.options.get("asks_in"):
            raise UsageError(f"run {run_id} asks within a session: `collegia ask --session {session} ANSWER`")
        if answer is not None and record.status != "clarify":
            instead = "with --approve or --reject" if record.status == "needs_approval" else "without an answer"
            raise UsageError(f"run {run_id} is {record.status} and asks nothing; resume it {instead}")
        waits = (record.status == "clarify" and answer is None) or (record.status == "needs_approval" and not approve)
        if record.result is not None and (record.status in _ENDED or waits):
            return Result.from_dict(record.result)
        said = None if answer is None else read_answer(answer)
        log = RunLog(run_id, self.store, on_event)
        # In this order a process that dies between the two leaves a run that asks again, not one with half an answer.
        self.store.update(run_id, at=now(), status="running")
        log.emit(RunResumed, answer=said)
        return await self.runner.go_on(log, said, approve=approve)

    def session(self, which: str | None = None) -> Session:
        """A conversation to go on with, or a new one.

        Args:
            which: the id or the name of a session, or `last`; a name that no session has is a new one's. Without it,
                a new session that is called after the first thing said in it.

        Raises:
            UsageError: no name that a session can have, or `last` where there is none.
            StoreError: the session cannot be read or stored.
        """
        from collegia.agents.talk.session import Session

        stored = Sessions(self.store)
        if which is None:
            return Session(self, None)
        found = stored.find(which)
        return Session(self, stored.create(new_session_id(), read_name(which)) if found is None else found)

    def sessions(self, query: str | None = None) -> Sequence[SessionRecord]:
        """The stored sessions, the last one first; of a query, those in which each of its words was said."""
        return Sessions(self.store).list(query)

    async def stream(
        self, question: str, *, on_start: OnStart | None = None, approve: Approver | None = None
    ) -> AsyncIterator[Event]:
        """Answer a question, and yield each event as it happens; the last is `run_finished`.

        Leaving the loop early cancels the run. The result of the run is `result(run_id)` afterwards.

        Raises:
            as `ask` does.
        """
        events: asyncio.Queue[Event | None] = asyncio.Queue()
        task = asyncio.ensure_future(self.ask(question, on_start=on_start, on_event=events.put_nowait, approve=approve))
        task.add_done_callback(lambda _: events.put_nowait(None))
        try:
            while (event := await events.get()) is not None:
                yield event
            await task
        finally:
            if not task.done():
                task.cancel()
                with contextlib.suppress(asyncio.CancelledError):
                    await task

    async def plan(self, question: str) -> Proposal:
        """Propose a plan and check it; nothing runs and nothing is stored.

        Raises:
            UsageError: the question is empty or too long, or only mentions something.
            PlanRejected: the proposed plan does not pass the check.
            OutOfRange: a stated value lies where an expert does not hold.
        """
        from collegia.agents.check import check

        text, _ = read_question(question)
        asked = await self.means.scopes.heard(text)
        scope = self.means.scopes.narrowed(asked.mentions)
        proposed = scope.planner.plan(asked.text, scope.registry, ())
        proposal = await proposed if inspect.isawaitable(proposed) else proposed
        if proposal.status == "plan":
            check(proposal.plan, scope.registry, self.settings.budget)
        return proposal.model_copy(update={"notes": (*asked.notes, *proposal.notes)})

    def approval(self, run_id: str) -> Approval | None:
        """The plan of a run that waits for approval; None where none does.

        Raises:
            UnknownRun: no such run is stored.
        """
        record = self.store.get(run_id)
        return waiting(RunLog(run_id, self.store), record.question, self.registry)

    async def replay(self, run_id: str, *, approved: bool = False) -> Replay:
        """Run the saved plan of a run again, and compare; nothing is stored.

        Args:
            run_id: of a stored run.
            approved: call experts that ask first again; without it a plan that has one is not run.

        Raises:
            UnknownRun: no such run is stored.
            UsageError: it has not ended, called no expert, or calls one that asks first.
            PlanRejected: the plan no longer passes the check.
        """
        from collegia.agents.replay import replay

        record = self.store.get(run_id)
        if record.result is None:
            raise UsageError(f"run {run_id} has no result yet; `collegia resume {run_id}` goes on with it")
        result = Result.from_dict(record.result)
        if result.plan is not None and not approved and self.settings.approve != "never":
            for one in marked_steps(result.plan, self.registry):
                raise UsageError(f"{one.expert} asks first ({one.reason}); --approve lets the replay call it again")
        return await replay(result, self.means.scopes.of(record.options).registry, self.settings)

    def result(self, run_id: str) -> Result | None:
        """The stored result of a run; None while it has none.

        Raises:
            UnknownRun: no such run is stored.
        """
        stored = self.store.get(run_id).result
        return None if stored is None else Result.from_dict(stored)

    def runs(self, limit: int | None = None) -> Sequence[RunRecord]:
        """The stored runs, newest first, without their plans and results."""
        return self.store.list(limit)

    def events(self, run_id: str) -> Sequence[Event]:
        """What happened in a run, in order.

        Raises:
            UnknownRun: no such run is stored.
        """
        self.store.get(run_id)
        return self.store.events(run_id)

    def ask_sync(
        self,
        question: str,
        *,
        on_start: OnStart | None = None,
        on_event: OnEvent | None = None,
        approve: Approver | None = None,
    ) -> Result:
        """`ask` for code that is not async; it may be called where a loop runs (a notebook), and blocks it."""
        return self.wait(self.ask(question, on_start=on_start, on_event=on_event, approve=approve))

    def resume_sync(
        self,
        run_id: str,
        answer: str | None = None,
        *,
        on_start: OnStart | None = None,
        on_event: OnEvent | None = None,
        approve: Approver | None = None,
    ) -> Result:
        """`resume` for code that is not async."""
        hooks: dict[str, Any] = {"on_start": on_start, "on_event": on_event, "approve": approve}
        return self.wait(self.resume(run_id, answer, **hooks))

    def plan_sync(self, question: str) -> Proposal:
        """`plan` for code that is not async."""
        return self.wait(self.plan(question))

    def replay_sync(self, run_id: str, *, approved: bool = False) -> Replay:
        """`replay` for code that is not async."""
        return self.wait(self.replay(run_id, approved=approved))

    def wait(self, work: Coroutine[Any, Any, Returned]) -> Returned:
        """Do the work of a coroutine from code that is not async."""
        return waited(self._then_closed(work))

    async def _then_closed(self, work: Coroutine[Any, Any, Returned]) -> Returned:
        """Do the work, and let go of the connections to models before the loop that they belong to ends."""
        try:
            return await work
        finally:
            await self.aclose()
