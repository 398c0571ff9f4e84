"""How a run goes: stored before anything happens, taken to its result, and ended, whatever breaks on the way."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from collegia.agents.approval.node import run_with_approval
from collegia.agents.approval.types import Approver
from collegia.agents.graph import Checkpoints, run_graph
from collegia.agents.log import RunLog, new_run_id, now
from collegia.agents.means import Means
from collegia.agents.nodes import Context
from collegia.agents.plan import Remembered
from collegia.agents.result import Result, Status
from collegia.agents.store import RunRecord
from collegia.errors import CollegiaError, StoreError
from collegia.events import ClarificationAsked, Event, ModelCalled, RunFinished, RunResumed, RunStarted
from collegia.knowledge.memory import lasting
from collegia.knowledge.modelled.cache import PassageCache, sharing
from collegia.tools.models import Call, Meter, Tokens, metered

__all__ = ["OnEvent", "OnStart", "Runner"]

OnStart = Callable[[str], None]
OnEvent = Callable[[Event], None]


class Runner:
    """Runs the runs of one assistant.

    Args:
        means: what they work with.
        checkpoints: where the graph keeps its own.
    """

    def __init__(self, means: Means, checkpoints: Checkpoints) -> None:
        self.means = means
        self.settings = means.settings
        self.store = means.store
        self.checkpoints = checkpoints

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

    async def go_on(self, log: RunLog, answer: str | None = None, *, approve: Approver | None = None) -> Result:
        """Take a stored run to its result, and store that; `answer` is what was said last, and in the log already."""
        context: Context | None = None
        record = self.store.get(log.run_id)
        question = record.question
        try:
            scope = self.means.scopes.of(record.options)
            registry = scope.registry
            meter = Meter(self.settings.budget, on_call=lambda call: self.note_call(log, call))
            for call in log.model_calls:  # the budget is one for the whole run, however often it was stopped
                meter.count(Tokens(call.read, call.written, call.cost))
            context = made = Context(
                question=question,
                planner=scope.planner,
                registry=registry,
                log=log,
                budget=self.settings.budget,
                max_concurrency=self.settings.max_concurrency,
                approve=record.options.get("approve") or self.settings.approve,
                notes=(*record.options.get("notes", ()), *registry.refused.values()),
                speakers=self.means.speakers(log),
                desk=self.means.desk,
                meter=meter,
            )
            with metered(meter), sharing(PassageCache()):
                await run_with_approval(context, lambda: run_graph(made, self.checkpoints, answer), approve)
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
        memory = self.means.memory
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
