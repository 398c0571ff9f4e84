"""Events: all that happens in a run, as one closed and versioned union of small frozen types.

Every surface reads these and nothing else: the terminal, the stream of the Python API, and the stored log from which a
killed run is resumed (which has all but `WordsWritten`). So what an event holds is plain data, and a stored event
reads back equal.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from typing import Any, Literal, get_args

__all__ = [
    "VERSION",
    "ApprovalAsked",
    "ApprovalGiven",
    "ClarificationAsked",
    "Event",
    "ModelCalled",
    "PlanMade",
    "PlanRejected",
    "Reflected",
    "RunFinished",
    "RunResumed",
    "RunStarted",
    "StepFailed",
    "StepFinished",
    "StepSkipped",
    "StepStarted",
    "Verdict",
    "WordsWritten",
    "event_from_dict",
    "event_to_dict",
]

VERSION = 1

Verdict = Literal["accept", "repair", "clarify", "refuse"]


@dataclass(frozen=True, kw_only=True)
class _Event:
    """What all events have.

    Attributes:
        run_id: the run it belongs to.
        seq: its place in the run, counted from 0 without a gap.
        parent: the step it belongs to; None where it belongs to the run as a whole.
        at: when, ISO 8601 in UTC.
    """

    run_id: str
    seq: int
    at: str
    parent: str | None = None


@dataclass(frozen=True, kw_only=True)
class RunStarted(_Event):
    """A question came in; it is stored, nothing is planned yet."""

    kind: Literal["run_started"] = "run_started"
    question: str
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class RunResumed(_Event):
    """A stored run goes on, with the answer to its question back where one was given."""

    kind: Literal["run_resumed"] = "run_resumed"
    answer: str | None = None


@dataclass(frozen=True, kw_only=True)
class PlanMade(_Event):
    """The planner proposed something: a plan, a question back, or that it lies outside (`proposal`)."""

    kind: Literal["plan_made"] = "plan_made"
    round: int
    answers: int
    proposal: Mapping[str, Any]
    seconds: float = 0.0


@dataclass(frozen=True, kw_only=True)
class PlanRejected(_Event):
    """The check turned a plan down, before any expert was called."""

    kind: Literal["plan_rejected"] = "plan_rejected"
    round: int
    findings: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class ApprovalAsked(_Event):
    """The plan of a round waits for the user's word, and nothing of it runs before.

    `marked` are the steps whose experts ask first (`step`, `expert`, `reason`); `findings` is what the check found in
    the last edit, where one was turned down.
    """

    kind: Literal["approval_asked"] = "approval_asked"
    round: int
    why: str
    marked: tuple[Mapping[str, Any], ...] = ()
    findings: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class ApprovalGiven(_Event):
    """The user approved the plan of a round, edited it, or rejected it.

    `plan` is the edited one and `changes` what was changed in it, a line each; `reason` is why it was rejected.
    """

    kind: Literal["approval_given"] = "approval_given"
    round: int
    verdict: Literal["approved", "edited", "rejected"]
    plan: Mapping[str, Any] | None = None
    changes: tuple[str, ...] = ()
    reason: str = ""


@dataclass(frozen=True, kw_only=True)
class StepStarted(_Event):
    """An expert is called."""

    kind: Literal["step_started"] = "step_started"
    round: int
    step: str
    expert: str
    inputs: Mapping[str, Any]


@dataclass(frozen=True, kw_only=True)
class StepFinished(_Event):
    """An expert answered. Once this is stored, the step is never started again."""

    kind: Literal["step_finished"] = "step_finished"
    round: int
    step: str
    expert: str
    inputs: Mapping[str, Any]
    outputs: Mapping[str, Any]
    seconds: float
    cautions: tuple[str, ...] = ()
    assumptions: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class StepFailed(_Event):
    """An expert declined or broke; `error` is the type of the error, `message` what it said."""

    kind: Literal["step_failed"] = "step_failed"
    round: int
    step: str
    expert: str
    error: str
    message: str
    seconds: float = 0.0
    inputs: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class StepSkipped(_Event):
    """A step was not started, because a step it needs did not finish or the budget was spent."""

    kind: Literal["step_skipped"] = "step_skipped"
    round: int
    step: str
    expert: str
    because: str
    needs: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class ModelCalled(_Event):
    """A language model was asked: exactly what it was sent, and what it replied or why it did not.

    `messages` are (sender, text) pairs; `cost` is null where no price is known.
    """

    kind: Literal["model_called"] = "model_called"
    role: str
    model: str
    messages: tuple[tuple[str, str], ...]
    reply: str
    read: int = 0
    written: int = 0
    cost: float | None = None
    seconds: float = 0.0
    error: str = ""


@dataclass(frozen=True, kw_only=True)
class WordsWritten(_Event):
    """The writer's model writes, and this is all that it has written so far: it takes the place of the one before.

    While `checked` is false it is a draft: its numbers are not traced yet. The last one of a run that comes to its end
    is checked, and is the answer's text. It is told and never stored, so its `seq` is that of the event before it.
    """

    kind: Literal["words_written"] = "words_written"
    text: str
    checked: bool = False


@dataclass(frozen=True, kw_only=True)
class Reflected(_Event):
    """The results were judged."""

    kind: Literal["reflected"] = "reflected"
    round: int
    verdict: Verdict
    findings: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class ClarificationAsked(_Event):
    """The user is asked; the run waits for the answer."""

    kind: Literal["clarification_asked"] = "clarification_asked"
    question: str
    missing: tuple[Mapping[str, Any], ...] = ()


@dataclass(frozen=True, kw_only=True)
class RunFinished(_Event):
    """The run came to an end, or to a question back; its result is stored."""

    kind: Literal["run_finished"] = "run_finished"
    status: str


Event = (
    RunStarted
    | RunResumed
    | PlanMade
    | PlanRejected
    | ApprovalAsked
    | ApprovalGiven
    | StepStarted
    | StepFinished
    | StepFailed
    | StepSkipped
    | ModelCalled
    | WordsWritten
    | Reflected
    | ClarificationAsked
    | RunFinished
)

_BY_KIND: dict[str, Any] = {
    next(str(one.default) for one in fields(event) if one.name == "kind"): event for event in get_args(Event)
}

# JSON knows only lists; these fields are tuples.
_TUPLES = frozenset({"notes", "findings", "cautions", "assumptions", "missing", "needs", "marked", "changes"})
_PAIRS = frozenset({"messages"})


def event_to_dict(event: Event) -> dict[str, Any]:
    """Plain data, with the version of this union."""
    return {"version": VERSION, "kind": event.kind, **vars(event)}


def event_from_dict(data: Mapping[str, Any]) -> Event:
    """The inverse of `event_to_dict`, from decoded JSON too.

    Raises:
        ValueError: of another version, of no known kind, or with fields that do not fit.
    """
    if data.get("version") != VERSION:
        raise ValueError(f"an event of version {data.get('version')!r}; this release reads version {VERSION}")
    event = _BY_KIND.get(str(data.get("kind")))
    if event is None:
        raise ValueError(f"{data.get('kind')!r} is not a kind of event")
    given = {name: tuple(value) if name in _TUPLES else value for name, value in data.items() if name != "version"}
    given |= {name: tuple(map(tuple, given[name])) for name in _PAIRS & given.keys()}
    try:
        made: Event = event(**given)
    except TypeError as error:
        raise ValueError(f"an event of kind {data['kind']!r} cannot be read: {error}") from error
    return made
