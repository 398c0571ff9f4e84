"""The assistant: one object that the terminal, scripts and tests use alike."""

from __future__ import annotations

import asyncio
import contextlib
import inspect
import threading
from collections.abc import AsyncIterator, Callable, Coroutine, Iterable, Mapping, Sequence
from dataclasses import replace
from functools import cached_property
from typing import TYPE_CHECKING, Any, TypeVar

from collegia.agents.approval.deciding import marked_steps, waiting
from collegia.agents.approval.node import run_with_approval
from collegia.agents.approval.types import Approval, Approver
from collegia.agents.graph import Checkpoints, run_graph
from collegia.agents.log import RunLog, new_run_id, now
from collegia.agents.modelled.helped import helped_experts
from collegia.agents.modelled.speakers import Speakers
from collegia.agents.nodes import Context, Planner
from collegia.agents.plan import Proposal, Remembered
from collegia.agents.question import read_answer, read_question
from collegia.agents.replay import Replay
from collegia.agents.result import Result, Status
from collegia.agents.session_store import SessionRecord, Sessions, new_session_id, read_name
from collegia.agents.store import RunRecord, RunStore
from collegia.errors import CollegiaError, StoreError, UsageError
from collegia.events import ClarificationAsked, Event, ModelCalled, RunFinished, RunResumed, RunStarted
from collegia.knowledge import expert as knowledge
from collegia.knowledge.library import Library
from collegia.knowledge.memory import MemoryStore, lasting, open_memory
from collegia.knowledge.modelled.cache import PassageCache, sharing
from collegia.knowledge.place import open_library
from collegia.settings import Settings
from collegia.tools.models import Call, Meter, Model, Models, Tokens, metered
from collegia.tools.models.expert import declared_experts
from collegia.tools.registry import Registry

if TYPE_CHECKING:
    from collegia.agents.modelled.desk import Desk
    from collegia.agents.planner import CollegePlanner
    from collegia.agents.talk.session import Session

__all__ = ["Assistant"]

Returned = TypeVar("Returned")

OnStart = Callable[[str], None]
OnEvent = Callable[[Event], None]

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
        self._domains = self.settings.domains if domains is None else tuple(domains)
        self._registry = registry
        self._experts = tuple(experts)
        self._library = library
        self._memory: MemoryStore | None = None
        self._own_documents = library is None and registry is None
        self._planner = planner
        self._models = Models(self.settings, models)
        self._making = threading.RLock()
        self._checkpoints = Checkpoints(
            None if self.store.path is None else self.store.path.with_name("checkpoints.sqlite")
        )

    def close(self) -> None:
        """Let go of the files; the assistant can still be used, and opens them again."""
        self.store.close()
        self._checkpoints.close()
        if self._own_documents and self._library is not None:
            self._library.store.close()
        if self._memory is not None:
            self._memory.close()

    async def aclose(self) -> None:
        """Let go of the connections to language models; to be called in the loop that they were used in."""
        await self._models.close()

    @property
    def registry(self) -> Registry:
        """The domains and experts in use, loaded on first use.

        Raises:
            UsageError: a domain that was named cannot be loaded.
            DomainRefused: the functions given as experts do not keep the contract.
        """
        with self._making:
            made = self._registry
            lacks = made is not None and self._library is not None and knowledge.EXPERT not in made.experts
            lacks = lacks or (made is not None and not self.settings.experts.keys() <= made.experts.keys())
            if made is None or self._experts or lacks:
                made = Registry.load(self._domains) if made is None else made
                if self._domains is not None and (
                    bad := [made.refused[one] for one in self._domains if one in made.refused]
                ):
                    raise UsageError("; ".join(bad))
                if self._experts:
                    made.add_functions(self._experts)
                if self._library is None and self._own_documents:
                    self._library = open_library(self.settings, made.domains.values(), self._models)
                if self._library is not None and knowledge.EXPERT not in made.experts:
                    made.include(knowledge.knowledge_expert(self._library))
                declared = declared_experts(made.domains.values(), self.settings.experts, self._models)
                for expert in helped_experts(declared, self._models, self.settings, made, self._searched(made)):
                    if expert.name not in made.experts:
                        made.include(expert)
                self._registry, self._experts = made, ()
            return made

    @property
    def library(self) -> Library | None:
        """The documents that are quoted; None where a registry was given and no library."""
        _ = self.registry  # the handbooks are its domains'
        return self._library

    def _searched(self, registry: Registry) -> Library | None:
        """The documents, where what searches them is installed."""
        asked = registry.experts.get(knowledge.EXPERT)
        return self._library if asked is not None and not asked.missing_libraries() else None

    @property
    def memory(self) -> MemoryStore | None:
        """What the user has said before; None where a registry was given."""
        with self._making:
            if self._memory is None and self._own_documents:
                self._memory = open_memory(self.settings)
            return self._memory

    @property
    def models(self) -> Models:
        """The language models that are set or were given; each is made when it is first asked for."""
        return self._models

    @property
    def planner(self) -> Planner:
        """What proposes plans."""
        with self._making:
            if self._planner is None:
                self._planner = self._with_model(self.college)
            return self._planner

    @cached_property
    def college(self) -> CollegePlanner:
        """What plans by types, with the user's memory and documents, and no model."""
        from collegia.agents.planner import CollegePlanner, Recall

        return CollegePlanner(Recall(self.memory, self._searched(self.registry)))

    def _with_model(self, college: CollegePlanner) -> Planner:
        """The planner, with the help of a language model where one plays that role."""
        if self._desk is None:
            return college
        from collegia.agents.modelled.past import PastPlans
        from collegia.agents.modelled.planner import ModelPlanner

        return ModelPlanner(
            college,
            self._models.of_role("planner"),
            self._desk,
            always=self.settings.planning == "model",
            prompts=self.settings.own_prompts,
            past=PastPlans(self.store),
        )

    @cached_property
    def _desk(self) -> Desk | None:
        """Who assigns questions to model experts; nobody where there is no model at all."""
        if not self._models:
            return None
        from collegia.agents.modelled.desk import Desk
        from collegia.tools.routing.record import Records
        from collegia.tools.routing.router import Router

        records = Records(None) if self.store.path is None else Records.of_home(self.settings.home)
        routing = replace(self.settings.routing, most=1) if self.settings.panel.size else self.settings.routing
        return Desk(Router(routing, records), self._models.of_role("caller"), self.settings.own_prompts)

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
            question: in words.
            on_start: called with the run's id, before planning.
            on_event: called with each event as it happens.
            approve: asks the user of a plan that waits for approval; without it the run ends as `needs_approval` there.

        Raises:
            UsageError: the question is empty or too long.
            StoreError: the run cannot be stored.
        """
        text, notes = read_question(question)
        options = {"notes": list(notes), "approve": self.settings.approve}
        log = self.begin(text, options, on_start=on_start, on_event=on_event)
        return await self.go_on(log, approve=approve)

    def begin(
        self,
        question: str,
        options: Mapping[str, Any],
        answers: Sequence[str] = (),
        *,
        on_start: OnStart | None = None,
        on_event: OnEvent | None = None,
    ) -> RunLog:
        """Store a new run, before anything of it happens; `go_on` takes it to its result.

        Args:
            question: as `read_question` gives it.
            options: `notes`, and what a session knows of the run: plain data.
            answers: to questions back, known from the run that this one follows.
            on_start: called with the run's id.
            on_event: called with each event.
        """
        run_id, created = new_run_id(), now()
        self.store.create(RunRecord(run_id, "running", question, created, created, options=dict(options)))
        log = RunLog(run_id, self.store, on_event)
        log.emit(RunStarted, question=question, notes=tuple(options.get("notes", ())))
        for answer in answers:
            log.emit(RunResumed, answer=answer)
        if on_start is not None:
            on_start(run_id)
        return log

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
        return await self.go_on(log, said, approve=approve)

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
            UsageError: the question is empty or too long.
            PlanRejected: the proposed plan does not pass the check.
            OutOfRange: a stated value lies where an expert does not hold.
        """
        from collegia.agents.check import check

        text, _ = read_question(question)
        proposed = self.planner.plan(text, self.registry, ())
        proposal = await proposed if inspect.isawaitable(proposed) else proposed
        if proposal.status == "plan":
            check(proposal.plan, self.registry, self.settings.budget)
        return proposal

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
        return await replay(result, self.registry, self.settings)

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
        return _wait(self._then_closed(work))

    async def _then_closed(self, work: Coroutine[Any, Any, Returned]) -> Returned:
        """Do the work, and let go of the connections to models before the loop that they belong to ends."""
        try:
            return await work
        finally:
            await self.aclose()

    async def go_on(self, log: RunLog, answer: str | None = None, *, approve: Approver | None = None) -> Result:
        """Take a stored run to its result, and store that; `answer` is what was said last, and in the log already."""
        context: Context | None = None
        record = self.store.get(log.run_id)
        question = record.question
        try:
            registry = self.registry
            meter = Meter(self.settings.budget, on_call=lambda call: self.note_call(log, call))
            for call in log.model_calls:  # the budget is one for the whole run, however often it was stopped
                meter.count(Tokens(call.read, call.written, call.cost))
            context = made = Context(
                question=question,
                planner=self.planner,
                registry=registry,
                log=log,
                budget=self.settings.budget,
                max_concurrency=self.settings.max_concurrency,
                approve=record.options.get("approve") or self.settings.approve,
                notes=(*record.options.get("notes", ()), *registry.refused.values()),
                speakers=self._speakers(log),
                desk=self._desk,
                meter=meter,
            )
            with metered(meter), sharing(PassageCache()):
                await run_with_approval(context, lambda: run_graph(made, self._checkpoints, answer), approve)
            result = context.result or _failed(log, question, "the graph ended without an answer")
        except asyncio.CancelledError:
            self.end(log, _failed(log, question, "", cancelled=True))
            raise
        except StoreError:
            raise
        except CollegiaError as error:
            result = _failed(log, question, str(error))
        except Exception as error:  # noqa: BLE001  # the last boundary: whatever broke, the run is stored with the reason
            result = _failed(log, question, f"{type(error).__name__}: {error}")
        told = {name: record.options[name] for name in ("said", "kept", "changed") if name in record.options}
        result = Result.model_validate({**dict(self._noted(result)), **told})
        self.end(log, result)
        return result

    def _speakers(self, log: RunLog) -> Speakers | None:
        """The models that look at results and write; what the writer writes is told as it comes, where one listens."""
        if not self._models:
            return None
        return Speakers(self._models, self.settings.own_prompts, log.tell_words if log.is_heard else None)

    def note_call(self, log: RunLog, call: Call) -> None:
        """Log the call of a language model."""
        log.emit(
            ModelCalled,
            role=call.role,
            model=call.model,
            messages=tuple((one.sender, one.text) for one in call.messages),
            reply=call.text,
            read=call.tokens.read,
            written=call.tokens.written,
            cost=call.tokens.cost,
            seconds=call.seconds,
            error=call.error,
        )

    def _noted(self, result: Result) -> Result:
        """Count what was remembered and of use, and remember what the question says is to be kept."""
        memory = self.memory
        if memory is None or result.status not in {"answered", "partial", "clarify"}:
            return result
        bound = [one for step in (result.plan.steps if result.plan else ()) for one in step.arguments.values()]
        used = {one.fact for one in bound if isinstance(one, Remembered)}
        try:
            if used:
                memory.use([fact for fact in memory.list() if fact.id in used])
            about = result.quantities[0].name if result.quantities else ""
            for said in lasting(result.question):
                memory.remember(said, source=result.run_id, about=about)
        except CollegiaError as error:
            return result.model_copy(update={"warnings": (*result.warnings, f"nothing was remembered: {error}")})
        return result

    def end(self, log: RunLog, result: Result) -> None:
        """Store the result of a run."""
        plain = result.to_dict()
        if result.status == "clarify":
            log.emit(ClarificationAsked, question=result.answer_text, missing=tuple(plain["missing"]))
        self.store.update(log.run_id, at=now(), status=result.status, plan=plain["plan"], result=plain)
        log.emit(RunFinished, status=result.status)


def _failed(log: RunLog, question: str, reason: str, *, cancelled: bool = False) -> Result:
    """The result of a run that did not come to an answer."""
    warnings: tuple[str, ...] = ()
    if cancelled:
        if log.draft:
            warnings = (f"unchecked draft of the writer's model, its numbers are not traced: {log.draft}",)
        text = f"The run was cancelled. `collegia resume {log.run_id}` goes on with it."
    else:
        text = f"The question could not be answered: {reason}"
    status: Status = "cancelled" if cancelled else "error"
    return Result(run_id=log.run_id, status=status, question=question, answer_text=text, warnings=warnings)


def _wait(work: Coroutine[Any, Any, Returned]) -> Returned:
    """Run a coroutine to its end; in a thread of its own where this thread has a running loop already."""
    try:
        asyncio.get_running_loop()
    except RuntimeError:
        return asyncio.run(work)
    done: list[Returned] = []
    failed: list[BaseException] = []

    def run() -> None:
        try:
            done.append(asyncio.run(work))
        except BaseException as error:  # noqa: BLE001  # raised again in the thread that waits
            failed.append(error)

    thread = threading.Thread(target=run, name="collegia-sync")
    thread.start()
    thread.join()
    if failed:
        raise failed[0]
    return done[0]
