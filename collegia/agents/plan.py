"""The plan: a typed directed acyclic graph of steps, every argument of which says where it comes from.

Both planners give this type, one check reads it, and it is what a run stores; so it is plain data, frozen, and
versioned.
"""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field

__all__ = [
    "Asked",
    "Binding",
    "Cited",
    "Default",
    "FromStep",
    "Gathered",
    "Given",
    "Known",
    "Missing",
    "Plan",
    "Proposal",
    "Remembered",
    "Step",
    "Worded",
]


class _Frozen(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Given(_Frozen):
    """A value that the user stated: a span of the question, of an answer to a question back, or said at approval."""

    via: Literal["given"] = "given"
    value: Any
    """In the unit of the port's kind; a name, or a composition as a list of pairs."""
    unit: str = ""
    text: str = ""
    """As it was written."""
    start: int = -1
    end: int = -1
    """The span in the question; counted from its end on, in the answers given to questions back."""
    kind: str = ""
    instead_of: str = ""
    """Of a value that was said as the plan was approved: what it stands in place of, whose span it keeps."""


class Remembered(_Frozen):
    """A value that the user stated on another day; shown as an assumption, with the day."""

    via: Literal["remembered"] = "remembered"
    value: Any
    """In the unit of the port's kind."""
    unit: str = ""
    text: str = ""
    """The sentence that was remembered."""
    kind: str = ""
    fact: int = 0
    """Its number in the memory."""
    day: str = ""


class Cited(_Frozen):
    """A value that a document states; shown as an assumption, with its place."""

    via: Literal["cited"] = "cited"
    value: Any
    """In the unit of the port's kind."""
    unit: str = ""
    text: str = ""
    """The sentence that states it: the document's text from `start` to `end`."""
    kind: str = ""
    document: str = ""
    source: str = ""
    start: int = -1
    end: int = -1


class FromStep(_Frozen):
    """An output of another step; `key` picks one entry of a mapping."""

    via: Literal["step"] = "step"
    step: str
    output: str
    key: str | None = None


class Default(_Frozen):
    """A default declared on the card; shown as an assumption."""

    via: Literal["default"] = "default"
    value: Any
    unit: str = ""


class Worded(_Frozen):
    """What a planner wrote for an expert that takes words; it holds no number that the user did not state."""

    via: Literal["worded"] = "worded"
    value: str


class Gathered(_Frozen):
    """Outputs of several steps, put into words for an expert that takes words."""

    via: Literal["steps"] = "steps"
    sources: tuple[FromStep, ...]


Known = Given | Remembered | Cited
"""A value that somebody stated: the user now, the user before, a document."""

Binding = Annotated[Known | FromStep | Default | Worded | Gathered, Field(discriminator="via")]


class Step(_Frozen):
    """One call of one expert."""

    id: str
    expert: str
    arguments: dict[str, Binding]

    def needs(self) -> tuple[str, ...]:
        """The ids of the steps whose outputs it takes, each once."""
        found: list[str] = []
        for bound in self.arguments.values():
            if isinstance(bound, FromStep):
                found.append(bound.step)
            elif isinstance(bound, Gathered):
                found.extend(source.step for source in bound.sources)
        return tuple(dict.fromkeys(found))


class Asked(_Frozen):
    """One value that the question asks for, and the output that answers it."""

    name: str
    """As the answer calls it: the asker's words, or the kind's label."""
    kind: str
    unit: str = ""
    """pint's plain text of the unit to answer in; empty for a plain number or a name."""
    source: FromStep


class Missing(_Frozen):
    """A value without which the question cannot be answered."""

    name: str
    kind: str
    unit: str = ""
    why: str = ""
    question: str = ""
    """The question back, in words; made from name and unit where empty."""


class Plan(_Frozen):
    """Steps, and what of their outputs was asked."""

    version: Literal[1] = 1
    steps: tuple[Step, ...] = ()
    asked: tuple[Asked, ...] = ()
    assumptions: tuple[str, ...] = ()
    """What reading the question took for granted, beyond the defaults of cards."""
    warnings: tuple[str, ...] = ()

    def step(self, step_id: str) -> Step:
        """The step of that id (KeyError where there is none)."""
        for step in self.steps:
            if step.id == step_id:
                return step
        raise KeyError(step_id)


class Proposal(_Frozen):
    """What a planner makes of a question: a plan, a question back, or that it lies outside every domain."""

    status: Literal["plan", "clarify", "out_of_domain"]
    plan: Plan = Plan()
    missing: tuple[Missing, ...] = ()
    message: str = ""
    """For `clarify` and `out_of_domain`: what to tell the user."""
    notes: tuple[str, ...] = ()
    """What the planner has to say of its own work; shown as warnings, whatever the status."""
    routes: tuple[dict[str, Any], ...] = ()
    """Who was chosen for each part that takes words, with the scores and the reason."""
