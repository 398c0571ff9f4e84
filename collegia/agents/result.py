"""The result of a run: what `ask` returns, prints as JSON, and stores.

`python -m collegia.agents.result` writes its JSON Schema into docs/.
"""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any, Final, Literal

from pydantic import BaseModel, ConfigDict, Field

from collegia.agents.modelled.deliberation import Deliberation
from collegia.agents.panel.telling import instead
from collegia.agents.plan import Missing, Plan
from collegia.agents.quoting import Quotation
from collegia.evidence import Evidence

__all__ = ["SCHEMA", "Quantity", "Reply", "Result", "Status", "StepReport", "StepStatus", "Usage", "json_schema"]

SCHEMA: Final = "collegia.result/1"

Status = Literal[
    "answered",
    "partial",
    "clarify",
    "refuse_out_of_range",
    "out_of_domain",
    "error",
    "cancelled",
    "running",
    "needs_approval",
    "rejected",
]

StepStatus = Literal["finished", "failed", "skipped"]


class _Frozen(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", ser_json_inf_nan="strings")


class Quantity(_Frozen):
    """One value that was asked for."""

    name: str
    """As the asker called it."""
    value: float | str
    """In `unit`; a text where the value is a name (a phase, a method)."""
    unit: str = ""
    """pint's plain text; empty for a plain number or a text."""
    step: str
    """The step that gave it."""
    uncertainty: float | None = None
    """What it may be off by, as a share of its value; null where the expert states none."""


class Reply(_Frozen):
    """What an expert that is a language model answered, word for word."""

    step: str
    expert: str
    text: str
    deliberation: Deliberation | None = None
    """How it came about, where several models had a part in it."""

    @property
    def voices(self) -> tuple[tuple[str, str], ...]:
        """All that is told, and by whom it was said: the answer, and what members of a panel say against it."""
        panel = self.deliberation.panel if self.deliberation else None
        dissent = [(one.expert, instead(panel, one)) for one in panel.dissent] if panel else []
        return ((self.expert, self.text), *dissent)


class StepReport(_Frozen):
    """One step as it went: what went in, what came out, and where each input came from."""

    id: str
    expert: str
    status: StepStatus
    inputs: dict[str, Any] = Field(default_factory=dict)
    """By argument, in the unit of the expert's card."""
    outputs: dict[str, Any] = Field(default_factory=dict)
    """By output, in the unit of the expert's card."""
    seconds: float = 0.0
    evidence: dict[str, dict[str, Any]] = Field(default_factory=dict)
    """By argument: the words, the default, or the step and output it came from."""
    source: str = ""
    """The standard, paper or library behind the expert."""
    error: str = ""
    """Why it has no outputs; empty where it has."""


class Usage(_Frozen):
    """What the run took."""

    steps: int = 0
    """Steps that finished."""
    seconds: float = 0.0
    """From the question to the answer, waiting for clarifications left out."""
    planning_seconds: float = 0.0
    expert_seconds: float = 0.0
    """The experts' own time, summed."""
    model_calls: int = 0
    """Calls of language models, those of experts among them."""
    tokens_read: int = 0
    tokens_written: int = 0
    cost: float | None = 0.0
    """Of these calls; null where a price is not known."""


class Result(_Frozen):
    """The answer to a question, and all that stands behind it."""

    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True)

    schema_: Literal["collegia.result/1"] = Field(default=SCHEMA, alias="schema")
    run_id: str
    status: Status
    question: str = ""
    answer_text: str = ""
    quantities: tuple[Quantity, ...] = ()
    """Only what was asked for; what lies between is in `steps`."""
    citations: tuple[str, ...] = ()
    """The documents quoted, the best first."""
    replies: tuple[Reply, ...] = ()
    """What language models answered as experts."""
    quotations: tuple[Quotation, ...] = ()
    """The sentences of documents in the answer, each with its place."""
    assumptions: tuple[str, ...] = ()
    missing: tuple[Missing, ...] = ()
    """What would have to be given, or could not be had."""
    warnings: tuple[str, ...] = ()
    plan: Plan | None = None
    steps: tuple[StepReport, ...] = ()
    usage: Usage = Usage()
    said: str = ""
    """What was typed, where `question` is what that makes of the question before it."""
    kept: tuple[str, ...] = ()
    """What a follow-up left as it was in the question before."""
    changed: tuple[str, ...] = ()
    """What it made of the rest."""

    def to_dict(self) -> dict[str, Any]:
        """Plain data, as `collegia ask --output json` prints it."""
        return self.model_dump(mode="json", by_alias=True)

    def to_json(self, indent: int | None = None) -> str:
        """JSON text."""
        return json.dumps(self.to_dict(), ensure_ascii=False, indent=indent)

    @classmethod
    def from_dict(cls, data: Any) -> Result:
        """The inverse of `to_dict`.

        Raises:
            pydantic.ValidationError: not a result of this version.
        """
        return cls.model_validate(data)

    def evidence(self, which: str | int) -> Evidence:
        """Where an asked value came from, down to the words of the question.

        Args:
            which: the name of the quantity, or its place among what was asked (for two of one name).

        Raises:
            KeyError: no such quantity was asked for.
        """
        for place, asked in enumerate(self.plan.asked if self.plan else ()):
            if which in (place, asked.name) or str(which).startswith(f"{asked.name} of "):
                return self._call(asked.source.step, asked.source.output, asked.source.key, {})
        raise KeyError(which)

    def _call(self, step_id: str, output: str, key: str | None, known: dict[str, StepReport | Evidence]) -> Evidence:
        """The evidence of one output; calls that several inputs share are one object."""
        label = output if key is None else f"{output}[{key}]"
        memory = f"{step_id}.{label}"
        if isinstance(found := known.get(memory), Evidence):
            return found
        report = next(step for step in self.steps if step.id == step_id)
        inputs = tuple(self._followed(Evidence.from_dict(said), known) for said in report.evidence.values())
        made = Evidence("call", step=step_id, expert=report.expert, output=label, source=report.source, inputs=inputs)
        known[memory] = made
        return made

    def _followed(self, one: Evidence, known: dict[str, StepReport | Evidence]) -> Evidence:
        """The evidence of an input, the steps it names followed to theirs."""
        if one.origin == "steps":
            return replace(one, inputs=tuple(self._followed(each, known) for each in one.inputs))
        if one.origin != "call":
            return one
        name, _, rest = one.output.partition("[")
        return self._call(one.step, name, rest[:-1] if rest else None, known)


def json_schema() -> dict[str, Any]:
    """The JSON Schema of a printed result."""
    said = Result.model_json_schema(by_alias=True, mode="serialization")
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", "$id": SCHEMA, **said}


def _write() -> None:
    from pathlib import Path

    target = Path(__file__).parents[2] / "docs" / "result.schema.json"
    target.write_text(json.dumps(json_schema(), indent=2, ensure_ascii=False) + "\n", encoding="utf-8")


if __name__ == "__main__":
    _write()
