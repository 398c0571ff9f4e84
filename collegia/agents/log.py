"""The log of one run, and what it says: which plans were made, which steps are finished, what the user answered.

Everything that a node of the graph needs to know of the past it asks here, so a run that was killed and a run that
was not look the same to it.
"""

from __future__ import annotations

import json
import secrets
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any, TypeVar

from collegia.agents.store import RunStore
from collegia.events import (
    ApprovalAsked,
    ApprovalGiven,
    Event,
    ModelCalled,
    PlanMade,
    Reflected,
    RunResumed,
    StepFailed,
    StepFinished,
    StepSkipped,
    StepStarted,
    WordsWritten,
)

__all__ = ["Outcome", "RunLog", "new_run_id", "now"]

Made = TypeVar("Made")

Outcome = StepFinished | StepFailed | StepSkipped
"""How a step ended."""


def now() -> str:
    """The time, ISO 8601 in UTC."""
    return datetime.now(UTC).isoformat(timespec="milliseconds")


def new_run_id() -> str:
    """An id that sorts by time and is short enough to type."""
    return f"{datetime.now(UTC):%Y%m%d-%H%M%S}-{secrets.token_hex(3)}"


class RunLog:
    """The events of one run: appended, stored, passed on to a listener, and looked up.

    Args:
        run_id: the run.
        store: where events are kept; None keeps them in memory only (a replay).
        listener: called with each event once it is stored.

    Attributes:
        answers: what the user answered to questions back, in order.
        draft: what the writer's model has written so far and nobody has checked; empty once that is done.
    """

    def __init__(
        self, run_id: str, store: RunStore | None = None, listener: Callable[[Event], None] | None = None
    ) -> None:
        self.run_id = run_id
        self.answers: list[str] = []
        self.draft = ""
        self._store = store
        self._listener = listener
        self._seq = 0
        self._plans: dict[int, PlanMade] = {}
        self._ends: dict[tuple[int, str], Outcome] = {}
        self._reflected: set[int] = set()
        self._asked: dict[int, ApprovalAsked] = {}
        self._approvals: dict[int, ApprovalGiven] = {}
        self._called: list[ModelCalled] = []
        self._unsaved: list[Event] = []
        for event in store.events(run_id) if store is not None else ():
            self._take(event)

    def emit(self, event: Callable[..., Made], /, **said: Any) -> Made:
        """Append an event. It is durable when this returns, with all before it.

        The call of a model is stored with the event after it: a resume has no use for it alone, and to store is what
        many runs at one time wait for.

        Raises:
            StoreError: it cannot be stored; nothing was passed on then.
        """
        made: Any = event(run_id=self.run_id, seq=self._seq, at=now(), **said)
        if self._store is not None:
            self._unsaved.append(made)
            if not isinstance(made, ModelCalled):
                self._store.append(*self._unsaved)
                self._unsaved.clear()
        self._take(made)
        if self._listener is not None:
            self._listener(made)
        done: Made = made
        return done

    @property
    def is_heard(self) -> bool:
        """Whether somebody listens."""
        return self._listener is not None

    def tell_words(self, text: str, *, checked: bool = False) -> None:
        """Pass on what a model has written so far, or the checked answer; nothing of it is stored."""
        self.draft = "" if checked else text
        if self._listener is not None:
            seq = max(0, self._seq - 1)
            self._listener(WordsWritten(run_id=self.run_id, seq=seq, at=now(), text=text, checked=checked))

    def plan(self, round_: int) -> PlanMade | None:
        """What was proposed in that round; where the user edited its plan, with that."""
        return self._plans.get(round_)

    @property
    def last_round(self) -> int:
        """The number of the last round of planning; -1 before the first."""
        return max(self._plans, default=-1)

    @property
    def planning_seconds(self) -> float:
        """What planning took, over all rounds."""
        return sum(one.seconds for one in self._plans.values())

    @property
    def model_calls(self) -> tuple[ModelCalled, ...]:
        """All calls of language models in this run, those before it was stopped among them."""
        return tuple(self._called)

    def first_round(self, answers: int) -> int | None:
        """The first round that was planned with that many answers of the user; None where there is none yet."""
        return min((number for number, made in self._plans.items() if made.answers == answers), default=None)

    def is_reflected(self, round_: int) -> bool:
        """Whether the results of that round were judged before."""
        return round_ in self._reflected

    def approval(self, round_: int) -> ApprovalGiven | None:
        """What the user said of that round's plan."""
        return self._approvals.get(round_)

    @property
    def edited(self) -> tuple[ApprovalGiven, ...]:
        """The approvals in which a plan was changed, in order."""
        return tuple(one for one in self._approvals.values() if one.plan is not None)

    @property
    def waiting(self) -> ApprovalAsked | None:
        """What the user was asked to approve and has not decided on."""
        last = self._asked.get(self.last_round)
        return last if last is not None and last.round not in self._approvals else None

    def ends(self, round_: int) -> dict[str, Outcome]:
        """How the steps of that round ended, by their ids."""
        return {step: end for (number, step), end in self._ends.items() if number == round_}

    def end(self, round_: int, step: str) -> Outcome | None:
        """How a step ended in that round; None where it did not."""
        return self._ends.get((round_, step))

    def finished_call(self, round_: int, step: str, expert: str, inputs: Mapping[str, Any]) -> StepFinished | None:
        """The same call, finished in an earlier round; from then on it is how this step ended."""
        for known in self._ends.values():
            if (
                isinstance(known, StepFinished)
                and known.round < round_
                and known.expert == expert
                and _written(known.inputs) == _written(inputs)
            ):
                adopted = replace(known, round=round_, step=step, parent=step)
                self._ends[round_, step] = adopted
                return adopted
        return None

    def _take(self, event: Event) -> None:
        self._seq = event.seq + 1
        match event:
            case PlanMade():
                self._plans[event.round] = event
            case StepStarted():
                self._ends.pop((event.round, event.step), None)
            case StepFinished() | StepFailed() | StepSkipped():
                self._ends[event.round, event.step] = event
            case ApprovalAsked():
                self._asked[event.round] = event
            case ApprovalGiven():
                self._approvals[event.round] = event
                if event.plan is not None:
                    made = self._plans[event.round]
                    self._plans[event.round] = replace(made, proposal={**made.proposal, "plan": event.plan})
            case Reflected():
                self._reflected.add(event.round)
            case ModelCalled():
                self._called.append(event)
            case RunResumed(answer=str() as answer):
                self.answers.append(answer)
            case _:
                pass


def _written(inputs: Mapping[str, Any]) -> str:
    """Inputs as text: 1, 1.0 and True are not the same here."""
    return json.dumps(inputs, sort_keys=True)
