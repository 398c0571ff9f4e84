"""A session: questions that follow each other, the same for the terminal, scripts and the API."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any, Literal, TypedDict

from collegia.agents.log import RunLog, new_run_id
from collegia.agents.mentions.reading import NO_MENTIONS, Mentions, Read
from collegia.agents.plan import Proposal
from collegia.agents.question import read_question
from collegia.agents.result import Result, Usage
from collegia.agents.session_store import SessionRecord, Sessions, Turn, new_session_id, read_name
from collegia.agents.store import RunRecord
from collegia.agents.talk.changes import Back
from collegia.agents.talk.choosing import choose, may_choose
from collegia.agents.talk.deciding import Afresh, Again, Answer, Decider, Explained, Move
from collegia.agents.talk.exporting import as_data, as_markdown
from collegia.agents.talk.follow import Followed
from collegia.agents.workers import in_thread
from collegia.errors import CollegiaError, UsageError
from collegia.events import PlanMade
from collegia.tools.models import Call

if TYPE_CHECKING:
    from collegia.agents.approval.types import Approver
    from collegia.agents.assistant import Assistant
    from collegia.agents.running import OnEvent, OnStart

__all__ = ["Session"]


class _Hooks(TypedDict):
    on_start: OnStart | None
    on_event: OnEvent | None


class Session:
    """A conversation: what is said in it may lean on what was said before.

        session = Assistant().session("cooling water")
        session.ask_sync("20 m³/h of water at 20 °C through 100 m of DN 80 sch 40 pipe. Pressure drop in kPa?")
        print(session.ask_sync("and in DN 100?").answer_text)

    It is made by `Assistant.session`. Several processes may speak in one session: each turn is kept, in the order in
    which they began.

    Attributes:
        restored: how many turns it held when it was opened.
    """

    def __init__(self, assistant: Assistant, record: SessionRecord | None) -> None:
        self._assistant = assistant
        self._sessions = Sessions(assistant.store)
        self._record = record
        self._id = new_session_id() if record is None else record.session_id
        self.restored = 0 if record is None else record.turns

    @property
    def id(self) -> str:
        """Its id, which never changes."""
        return self._id

    @property
    def name(self) -> str:
        """What it is called; empty before anything was said in a session without a name."""
        found = self._sessions.find(self._id)
        return "" if found is None else found.name

    def turns(self) -> Sequence[Turn]:
        """What was said in it, in order, each with its run."""
        return self._sessions.turns(self._id)

    def runs(self) -> Sequence[RunRecord]:
        """Its runs, in the order in which they began, with their plans and results."""
        ids = dict.fromkeys(turn.run_id for turn in self.turns())
        return [self._assistant.store.get(run_id) for run_id in ids]

    async def ask(
        self,
        text: str,
        *,
        on_start: OnStart | None = None,
        on_event: OnEvent | None = None,
        approve: Approver | None = None,
    ) -> Result:
        """Say something: a question, what is to be changed in the last one, or the answer to a question back.

        A follow-up is planned as the question that it makes of the one before; the result's `said` is the text,
        `kept` and `changed` say what became of that question. What cannot be matched to one thing of it is asked back.

        Args:
            text: in words.
            on_start: called with the run's id, before planning.
            on_event: called with each event as it happens.
            approve: asked of a plan that is to be approved before it runs.

        Raises:
            UsageError: the text is empty or too long.
            StoreError: the run cannot be stored.
        """
        said, notes = read_question(text)
        hooks = _Hooks(on_start=partial(self._started, said, on_start), on_event=on_event)
        last = self._last()
        if last is None:
            return await self._assistant.ask(said, approve=approve, **hooks)
        asked = await self._assistant.means.scopes.heard(said, asks=False)
        held = asked.mentions.over(Mentions.of(last.options))
        decider = self._decider(asked.mentions, held, Mentions.of(last.options))
        move, follows = await self._decided(decider, asked, last)
        calls: tuple[Call, ...] = ()
        if isinstance(move, Back) and follows:
            move, calls, said_of_it = await self._helped(decider, move, asked.text, follows)
            notes = (*notes, *said_of_it)
        options: dict[str, Any] = {"notes": [*notes, *asked.notes], "follows": follows, **held.options}
        match move:
            case Answer():
                return await self._assistant.resume(move.run_id, said, approve=approve, **hooks)
            case Again() | Followed():
                own = move.changed if isinstance(move, Followed) else ()
                options |= {"said": said, "kept": move.kept, "changed": (*own, *asked.mentions.told)}
                log = self._assistant.runner.begin(move.question, options, move.answers, **hooks)
                if isinstance(move, Followed):
                    self._note(log, calls)
                    made = self._assistant.means.scopes.narrowed(held).telling(move.proposal).model_dump(mode="json")
                    # the plan that was found to be the last one but for what changed is the one that runs
                    log.emit(PlanMade, round=0, answers=len(move.answers), proposal=made)
                return await self._assistant.runner.go_on(log, approve=approve)
            case Explained():
                return self._explained(move, said, options, hooks)
            case Back():
                pending = {"text": asked.text, "follows": follows, "label": move.label} if follows else None
                return self._asked_back(move, said, pending, options, hooks)
            case _:
                return await self._assistant.ask(said, approve=approve, **hooks)

    def _started(self, said: str, on_start: OnStart | None, run_id: str) -> None:
        if self._record is None:
            self._record = self._sessions.create_after(self._id, said)
        self._sessions.add(self._id, run_id, said)
        if on_start is not None:
            on_start(run_id)

    def _explained(self, move: Explained, said: str, options: dict[str, Any], hooks: _Hooks) -> Result:
        base, answers = move.result, self._answers(options["follows"])
        log = self._assistant.runner.begin(base.question, {**options, "said": said}, answers, **hooks)
        told = {"said": said, "kept": (), "changed": (), "answer_text": move.text, "usage": Usage()}
        return self._told(log, base.model_copy(update={"run_id": log.run_id, **told}))

    def _asked_back(
        self, move: Back, said: str, pending: dict[str, Any] | None, options: dict[str, Any], hooks: _Hooks
    ) -> Result:
        asking = {"asks_in": self._id, **({"pending": pending} if pending else {})}
        log = self._assistant.runner.begin(said, {**options, **asking}, (), **hooks)
        asking_back = Result(run_id=log.run_id, status="clarify", question=said, answer_text=move.text)
        return self._told(log, asking_back.model_copy(update={"warnings": tuple(options["notes"])}))

    async def _decided(self, decider: Decider, asked: Read, last: RunRecord) -> tuple[Move, str]:
        try:
            return await in_thread(lambda _: decider.decide(asked.text, last, mentions=bool(asked.mentions)))
        except Exception:  # noqa: BLE001  # reading is anyone's code: the run of the text itself tells what broke
            return Afresh(), ""

    async def _helped(
        self, decider: Decider, back: Back, said: str, follows: str
    ) -> tuple[Move, tuple[Call, ...], tuple[str, ...]]:
        """A question back that the planner's language model can settle, with what it took; else as it was."""
        model = self._assistant.models.of_role("planner") if may_choose(back.places) else None
        if model is None:
            return back, (), ()
        settings, question = self._assistant.settings, self._assistant.store.get(follows).question
        chosen = await choose(model, question, said, back.places, settings.budget, settings.own_prompts)
        found = await in_thread(lambda _: decider.settled(said, follows, chosen.told)) if chosen.told else None
        return found or back, chosen.calls, chosen.notes if found or not chosen.told else ()

    def _note(self, log: RunLog, calls: Sequence[Call]) -> None:
        for call in calls:
            self._assistant.runner.note_call(log, call)

    def _told(self, log: RunLog, result: Result) -> Result:
        self._assistant.runner.end(log, result)
        return result

    def _last(self) -> RunRecord | None:
        """The last run that has a result: one that another process is at work on is not leant on."""
        for turn in reversed(self.turns()):
            run = self._assistant.store.get(turn.run_id)
            if run.result is not None and run.status != "running":
                return run
        return None

    def _answers(self, run_id: str) -> Sequence[str]:
        return RunLog(run_id, self._assistant.store).answers

    def _decider(self, own: Mentions, held: Mentions, before: Mentions) -> Decider:
        """Who decides what a turn is that mentions something of its own, and holds to what was mentioned before."""
        scopes = self._assistant.means.scopes

        def planned_by(mentions: Mentions) -> Callable[[str, Sequence[str]], Proposal]:
            scope = scopes.narrowed(mentions)

            def plan(question: str, answers: Sequence[str]) -> Proposal:
                try:
                    return scope.by_types(question, answers)
                except CollegiaError as error:
                    return Proposal(status="clarify", message=str(error))

            return plan

        known = NO_MENTIONS if own.domains else before  # another domain has words that this one lacks
        registry = scopes.narrowed(known).registry
        return Decider(registry, planned_by(held), planned_by(own), self._assistant.store.get, self._answers)

    def ask_sync(self, text: str, *, on_start: OnStart | None = None, on_event: OnEvent | None = None) -> Result:
        """`ask` for code that is not async."""
        return self._assistant.wait(self.ask(text, on_start=on_start, on_event=on_event))

    def rename(self, name: str) -> None:
        """Give it another name.

        Raises:
            UsageError: no name, or another session's.
        """
        name = read_name(name)
        if self._record is None:
            self._record = self._sessions.create(self._id, name)
        self._sessions.rename(self._id, name)

    def fork(self, at: str | int | None = None) -> Session:
        """Another session that goes on from here, or from an earlier place; this one stays as it is.

        Args:
            at: the id of its last run, or how many turns it keeps; all of them where not given. A run stays whole:
                its answers to questions back go with it.

        Raises:
            UsageError: there is no such place.
        """
        turns = self.turns()
        places = {turn.run_id: turn.place for turn in turns}
        last = turns[at - 1].run_id if isinstance(at, int) and 0 < at <= len(turns) else at
        if at is None and turns:
            last = turns[-1].run_id
        if last not in places:
            raise UsageError(f"session {self.name or self._id!r} has no turn {at!r} to fork at")
        end = places[last]
        made = self._sessions.create_after(new_session_id(), self.name)
        own: dict[str, str] = {}
        for turn in turns[: end + 1]:
            if turn.run_id not in own:
                own[turn.run_id] = self._own(turn.run_id)
            self._sessions.add(made.session_id, own[turn.run_id], turn.said)
        return Session(self._assistant, self._sessions.get(made.session_id))

    def _own(self, run_id: str) -> str:
        """The run as a fork holds it: one that waits for an answer is copied, since each session answers for itself."""
        if self._assistant.store.get(run_id).status != "clarify":
            return run_id
        copied = new_run_id()
        self._sessions.copy_run(run_id, copied)
        return copied

    def export(self, form: Literal["markdown", "json"] = "markdown") -> str:
        """The session as a text that can be kept elsewhere.

        Raises:
            UsageError: another form.
        """
        record = self._sessions.find(self._id) or SessionRecord(self._id, "", "", "")
        runs = {run.run_id: run for run in self.runs()}
        match form:
            case "markdown":
                return as_markdown(record, self.turns(), runs)
            case "json":
                return as_data(record, self.turns(), runs)
            case _:
                raise UsageError(f"a session is exported as markdown or json, not as {form!r}")
