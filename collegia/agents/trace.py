"""What stands behind a value of an answer: the tree of calls down to words and defaults, each with its value."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from collegia.agents.numbers import format_quantity
from collegia.agents.plan import Asked, FromStep
from collegia.agents.question import BETWEEN
from collegia.agents.result import Quantity, Result, StepReport
from collegia.agents.telling import port_of, value_text
from collegia.evidence import Evidence
from collegia.tools.registry import Registry

__all__ = ["Trace", "spoken", "trace", "trace_step"]


@dataclass(frozen=True, slots=True)
class Trace:
    """One value and where it came from.

    Attributes:
        name: of the argument, or as it was asked for.
        value: in words, with its unit.
        evidence: where it came from; of a call without its inputs, which are traces of their own.
        report: the step that gave it; None where none did.
        inputs: of that step, in the order of its arguments; or what was gathered.
        again: whether its step stands with its inputs elsewhere in the tree, so that they are left out here.
    """

    name: str
    value: str
    evidence: Evidence
    report: StepReport | None = None
    inputs: tuple[Trace, ...] = ()
    again: bool = False

    def all(self) -> Iterator[Trace]:
        """This one and all behind it, from the top down."""
        waiting = [self]
        while waiting:
            here = waiting.pop()
            yield here
            waiting.extend(reversed(here.inputs))


def trace(result: Result, place: int, registry: Registry | None = None) -> Trace:
    """What stands behind a number of an answer.

    Args:
        result: the answer.
        place: of the number in `result.quantities`.
        registry: whose cards tell the units of inputs and outputs.

    Raises:
        IndexError: the answer has no such number.
    """
    one = result.quantities[place]
    asked = _asked(result, place)
    source = FromStep(step=one.step, output="") if asked is None else asked.source
    made = _Tracing(result, registry).call(one.name, source)
    return Trace(one.name, format_quantity(one.value, one.unit), made.evidence, made.report, made.inputs)


def trace_step(result: Result, step: str, output: str = "", registry: Registry | None = None) -> Trace:
    """What stands behind an output of a step, such as a quotation or the reply of a model.

    Raises:
        KeyError: the result has no such step.
    """
    if all(report.id != step for report in result.steps):
        raise KeyError(step)
    return _Tracing(result, registry).call(output or step, FromStep(step=step, output=output))


def spoken(question: str, answers: Sequence[str] = ()) -> str:
    """All that the user said in a run, as the spans of evidence count it: the question, then each answer."""
    return BETWEEN.join((question, *answers))


def _asked(result: Result, place: int) -> Asked | None:
    """What of the plan a number answers: both stand in one order, and one asked value may give several numbers."""
    waiting = list(result.plan.asked if result.plan else ())
    for one in result.quantities[: place + 1]:
        while waiting and not _answers(one, waiting[0]):
            waiting.pop(0)
        if waiting and one.name == waiting[0].name and one is not result.quantities[place]:
            waiting.pop(0)
    return waiting[0] if waiting else None


def _answers(one: Quantity, asked: Asked) -> bool:
    named = one.name == asked.name or one.name.startswith(f"{asked.name} of ")
    return named and one.step == asked.source.step


class _Tracing:
    """One tree under way; a step that several inputs come from stands in full once."""

    def __init__(self, result: Result, registry: Registry | None) -> None:
        self._reports = {report.id: report for report in result.steps}
        self._registry = registry
        self._told: set[str] = set()

    def call(self, name: str, source: FromStep) -> Trace:
        """An output of a step."""
        report = self._reports.get(source.step)
        label = source.output if source.key is None else f"{source.output}[{source.key}]"
        if report is None:
            return Trace(name, "", Evidence("call", step=source.step, output=label))
        evidence = Evidence("call", step=report.id, expert=report.expert, output=label, source=report.source)
        value = report.outputs.get(source.output)
        if source.key is not None and isinstance(value, Mapping):
            value = value.get(source.key)
        told = self._text(report, source.output, value) if source.output in report.outputs else report.error
        if report.id in self._told:
            return Trace(name, told, evidence, report, again=bool(report.evidence))
        self._told.add(report.id)
        inputs = tuple(self._input(report, argument, said) for argument, said in report.evidence.items())
        return Trace(name, told, evidence, report, inputs)

    def _input(self, report: StepReport, argument: str, said: Mapping[str, Any]) -> Trace:
        evidence = Evidence.from_dict(said)
        value = self._text(report, argument, report.inputs.get(argument)) if argument in report.inputs else ""
        if evidence.origin == "call":
            behind = self._of(argument, evidence)
            return Trace(argument, value or behind.value, behind.evidence, behind.report, behind.inputs, behind.again)
        if evidence.origin == "steps":
            return Trace(argument, value, evidence, inputs=tuple(self._of(one.output, one) for one in evidence.inputs))
        return Trace(argument, value, evidence)

    def _of(self, name: str, evidence: Evidence) -> Trace:
        output, _, key = evidence.output.partition("[")
        return self.call(name, FromStep(step=evidence.step, output=output, key=key[:-1] or None))

    def _text(self, report: StepReport, name: str, value: Any) -> str:
        return "not given" if value is None else value_text(value, port_of(self._registry, report.expert, name))
