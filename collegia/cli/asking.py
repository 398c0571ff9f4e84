"""`collegia ask`, `resume` and `replay`."""

from __future__ import annotations

import asyncio
import shlex
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from collegia.agents.assistant import Assistant
from collegia.agents.plan import Proposal
from collegia.agents.replay import Replay
from collegia.agents.result import Result
from collegia.agents.talk.session import Session
from collegia.cli.approving import NO_WORD, Word, ask_person
from collegia.cli.chosen import Chosen
from collegia.cli.err import ANSWERED, ERROR, code_for, inquire, is_interactive, tell
from collegia.cli.loading import make_assistant
from collegia.cli.out import Output, data, is_plain, line, rich
from collegia.cli.stdin import read_text
from collegia.display import clean
from collegia.errors import CollegiaError, OutOfRange, Unclear, UnitError, UsageError
from collegia.events import Event, ModelCalled, event_to_dict

__all__ = ["ask_question", "replay_run", "resume_run"]

_ASKING = frozenset({"clarify", "needs_approval"})
_PLAN_SCHEMA = "collegia.plan/1"

Work = Callable[..., Awaitable[Result]]


def ask_question(
    question: str,
    output: Output,
    chosen: Chosen,
    *,
    plan_only: bool = False,
    prompts: bool = False,
    session: str | None = None,
) -> int:
    """Ask, or with `plan_only` show the plan, or say it in a session; the exit code says how it ended.

    Raises:
        CollegiaError: what went wrong before there was a run, once it has been printed as asked.
    """
    with _Reporting(output, prompts) as report:
        assistant = make_assistant(chosen)
        text = read_text(question, "question")
        if plan_only:
            if session is not None:
                raise UsageError("--plan shows the plan of a question by itself; leave out --session")
            return _show_plan(assistant, text, output)
        if session is not None:
            return _say(report, assistant, assistant.session(session), text)
        result = _run(report, assistant, lambda **hooks: assistant.ask(text, **hooks))
        return _finish(report, assistant, result)


def _say(report: _Reporting, assistant: Assistant, session: Session, text: str) -> int:
    """Say something in a session, and go on with it while it asks back and a person is there."""
    if session.restored:
        turns = "turn" if session.restored == 1 else "turns"
        tell(f"session {session.name}: {session.restored} {turns} restored")
    result = _run(report, assistant, lambda **hooks: session.ask(text, **hooks))
    return _finish(report, assistant, result, session)


def resume_run(
    run_id: str, answer: str | None, output: Output, chosen: Chosen, word: Word = NO_WORD, *, prompts: bool = False
) -> int:
    """Go on with a stored run; the exit code says how it ended.

    Raises:
        CollegiaError: no such run, an answer to a run that asks nothing, a word where no plan waits, a store that
            cannot be used.
    """
    with _Reporting(output, prompts) as report:
        assistant = make_assistant(chosen)
        approve = word.approver(assistant, run_id)
        result = _run(report, assistant, lambda **hooks: assistant.resume(run_id, answer, approve=approve, **hooks))
        return _finish(report, assistant, result)


def replay_run(run_id: str, output: Output, chosen: Chosen, *, approved: bool = False) -> int:
    """Run the saved plan of a run again; 0 where the numbers are the same, 1 where they are not.

    Raises:
        CollegiaError: no such run, or one without a plan that ran.
    """
    replay = asyncio.run(make_assistant(chosen).replay(run_id, approved=approved))
    if output is Output.text:
        _print_replay(replay)
    else:
        differences = [vars(each) for each in replay.differences]
        data({"run_id": replay.run_id, "same": replay.same, "steps": replay.steps, "differences": differences}, output)
    return ANSWERED if replay.same else ERROR


@dataclass
class _Reporting:
    """Tells the run's id and events as they come; and where the answer is to be JSON, an error as JSON too."""

    output: Output
    prompts: bool = False
    run_id: str = ""
    hooks: dict[str, Callable[..., None]] = field(default_factory=dict)

    def __enter__(self) -> _Reporting:
        self.hooks = {"on_start": self._started}
        if self.output is Output.jsonl or self.prompts:
            self.hooks["on_event"] = self._happened
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, _: object) -> None:
        if isinstance(error, CollegiaError) and self.output is not Output.text:
            result = Result(run_id=self.run_id, status="error", answer_text=str(error))
            data(result.to_dict(), self.output)

    def _started(self, run_id: str) -> None:
        if not self.run_id:
            tell(f"run {run_id}")
        self.run_id = run_id

    def _happened(self, event: Event) -> None:
        if self.output is Output.jsonl:
            data(event_to_dict(event), self.output)
        if self.prompts and isinstance(event, ModelCalled):
            show_call(event)


def _run(report: _Reporting, assistant: Assistant, work: Work) -> Result:
    """Do the work; where it is interrupted, what is stored of the run is its result."""

    async def go() -> Result:
        try:
            return await work(**report.hooks)
        finally:
            await assistant.aclose()

    try:
        return asyncio.run(go())
    except KeyboardInterrupt:
        stored = assistant.result(report.run_id) if report.run_id else None
        if stored is None or stored.status != "cancelled":
            raise
        return stored


def _finish(report: _Reporting, assistant: Assistant, result: Result, session: Session | None = None) -> int:
    """Ask back at once where a person is there to answer or approve; print the result; give its exit code."""
    while result.status in _ASKING and report.output is Output.text and is_interactive():
        went_on = _asked_person(report, assistant, result, session)
        if went_on is None:
            break
        result = went_on
    if report.output is Output.text:
        from collegia.cli.render import print_result

        print_result(result, assistant.registry)
    else:
        data(result.to_dict(), report.output)
    if result.status == "clarify":
        tell(f"answer with: {_how_to_answer(result, session)}")
    if result.status == "needs_approval":
        tell(f"decide with: collegia resume {result.run_id} --approve, or --reject")
    return code_for(result.status)


def _asked_person(report: _Reporting, assistant: Assistant, result: Result, session: Session | None) -> Result | None:
    """The result after the person at the terminal has answered or decided; None where nothing was said."""
    if result.status != "clarify":
        approve = ask_person(assistant, result.run_id)
        return approve and _run(report, assistant, partial(assistant.resume, result.run_id, approve=approve))
    answer = inquire(result.answer_text)
    if answer is None:
        return None
    if session is not None:
        return _run(report, assistant, partial(session.ask, answer))
    return _run(report, assistant, partial(assistant.resume, result.run_id, answer))


def _how_to_answer(result: Result, session: Session | None) -> str:
    if session is None:
        return f"collegia resume {result.run_id} --answer TEXT"
    return f"collegia ask --session {shlex.quote(session.name)} TEXT"


def _show_plan(assistant: Assistant, question: str, output: Output) -> int:
    """The proposal, checked; refusals and questions back of the check are told as an answer would tell them."""
    status, message, proposal = "plan", "", Proposal(status="plan")
    try:
        proposal = asyncio.run(assistant.plan(question))
        for note in proposal.notes:
            tell(f"warning: {note}")
        status, message = proposal.status, proposal.message
    except OutOfRange as error:
        status, message = "refuse_out_of_range", str(error)
    except (Unclear, UnitError) as error:
        status, message = "clarify", str(error)
    if output is Output.text:
        _print_proposal(assistant, status, message, proposal)
    else:
        said: dict[str, Any] = {"schema": _PLAN_SCHEMA, "status": status, "message": message}
        rest = proposal.model_dump(mode="json", include={"missing", "plan"})
        data({**said, **rest, "plan": rest["plan"] if status == "plan" else None}, output)
    return ANSWERED if status == "plan" else code_for(status)


def _print_proposal(assistant: Assistant, status: str, message: str, proposal: Proposal) -> None:
    from collegia.agents.answer import clarification_text
    from collegia.cli.render import print_plan

    if status == "plan":
        print_plan(proposal.plan, assistant.registry)
    elif status == "clarify":
        line(clarification_text(message, proposal.missing))
    else:
        line(message or "This lies outside what the installed domains can answer.")


def show_call(call: ModelCalled) -> None:
    """Tell what a language model was sent, word for word, and what it replied."""
    mark, to = ("", "to") if is_plain() else ("── ", "→")
    for sender, text in call.messages:
        tell(f"{mark}{call.role} {to} {call.model}, {sender}:\n{text}")
    used = f"{call.read} tokens read, {call.written} written, {call.seconds:.2f} s"
    tell(f"{mark}{call.model} {to} {call.role}, {used}:\n{call.error or call.reply}")


def _print_replay(replay: Replay) -> None:
    if replay.same:
        line(f"The same numbers: {replay.steps} steps of run {replay.run_id}.")
        return
    from rich.table import Table
    from rich.text import Text

    table = Table(box=None, pad_edge=False)
    for heading in ("step", "expert", "output", "before", "now"):
        table.add_column(heading, overflow="fold")
    for each in replay.differences:
        table.add_row(each.step, each.expert, each.output, Text(clean(str(each.before))), Text(clean(str(each.now))))
    rich(table)
