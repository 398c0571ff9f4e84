"""Reflection: judging what came back before anything is said.

It accepts, sends the plan back once with the experts that failed, asks the user, or refuses.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from collegia.agents.dispatch import BUDGET_SPENT
from collegia.agents.log import Outcome
from collegia.agents.modelled.instead import told_instead
from collegia.agents.numbers import untraced_numbers
from collegia.agents.plan import Asked, Missing, Plan
from collegia.agents.values import is_number
from collegia.errors import CollegiaError, OutOfRange, Unclear, UnitError
from collegia.events import StepFailed, StepFinished, StepSkipped, Verdict
from collegia.knowledge.expert import QUOTATIONS
from collegia.tools.registry import Registry

__all__ = [
    "Judgement",
    "Status",
    "asked_value",
    "dropped",
    "is_quoted",
    "judge",
    "unmatched",
    "unplanned",
    "untraced_numbers",
    "why_not",
]


Status = Literal[
    "answered",
    "partial",
    "clarify",
    "refuse_out_of_range",
    "out_of_domain",
    "error",
    "cancelled",
    "needs_approval",
    "rejected",
]
"""What a run comes to."""


@dataclass(frozen=True)
class Judgement:
    """What reflection found.

    Attributes:
        verdict: accept what there is, repair, clarify, or refuse.
        status: the status of the answer when it is given now.
        findings: whole sentences on what is wrong.
        failed: the experts to plan without, for a repair.
        warnings: what the answer has to say beside its numbers.
    """

    verdict: Verdict
    status: Status
    findings: tuple[str, ...] = ()
    failed: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()

    def to_dict(self) -> dict[str, Any]:
        """Plain data."""
        return {
            "verdict": self.verdict,
            "status": self.status,
            "findings": list(self.findings),
            "failed": list(self.failed),
            "warnings": list(self.warnings),
        }

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> Judgement:
        """The inverse of `to_dict`."""
        lists = {name: tuple(data[name]) for name in ("findings", "failed", "warnings")}
        return cls(data["verdict"], data["status"], **lists)


def judge(plan: Plan, registry: Registry, ends: Mapping[str, Outcome], *, may_repair: bool = False) -> Judgement:
    """Judge the ends of a plan's steps.

    A state that cannot exist, or a value outside an expert's validity, refuses the whole question: what other steps
    computed rests on the same statements. An ambiguous name asks back. Any other failure costs what depends on it, but
    for documents that hold nothing where a model answers the same question.
    """
    broken = [end for end in ends.values() if isinstance(end, StepFailed)]
    refusals = [end.message for end in broken if end.error == "OutOfRange"]
    outside, warned = _outputs(plan, registry, ends)
    if refusals or outside:
        return Judgement("refuse", "refuse_out_of_range", _each(refusals + outside), warnings=_each(warned))
    if unclear := [end.message for end in broken if end.error == "Unclear"]:
        return Judgement("clarify", "clarify", _each(unclear), warnings=_each(warned))
    had = any(asked_value(asked, ends) is not None for asked in plan.asked)
    without = [asked for asked in plan.asked if asked_value(asked, ends) is None]
    instead = {asked.source.step: told_instead(asked, plan, ends, plan, ends) for asked in without}
    warned += filter(None, instead.values())
    broken = [end for end in broken if not instead.get(end.step)]
    without = [asked for asked in without if not instead[asked.source.step]]
    lost = [f"{asked.name} could not be had: {why_not(asked, ends)}" for asked in without]
    side = [f"{end.expert} failed: {end.message}" for end in broken]
    if not lost:
        return Judgement("accept", "answered", warnings=_each(warned + side))
    quoting = {asked.source.step for asked in plan.asked if is_quoted(asked)}
    if not had and broken and all(end.error == "NoData" and end.step in quoting for end in broken):
        verdict_: Verdict = "repair" if may_repair else "refuse"
        failed = _each([end.expert for end in broken])
        return Judgement(verdict_, "out_of_domain", _each([end.message for end in broken]), failed=failed)
    avoidable = _each([end.expert for end in broken if end.error != BUDGET_SPENT])
    status: Status = "partial" if had else "error"
    verdict: Verdict = "repair" if may_repair and avoidable else "accept"
    return Judgement(verdict, status, _each(lost), failed=avoidable, warnings=_each(warned))


def unplanned(error: Exception) -> Judgement:
    """What to tell when the planner raised instead of proposing."""
    text = str(error).strip() or type(error).__name__
    match error:
        case OutOfRange():
            return Judgement("refuse", "refuse_out_of_range", (text,))
        case Unclear() | UnitError():
            return Judgement("clarify", "clarify", (text,))
        case TimeoutError():
            return Judgement("accept", "error", ("the time of the budget was spent before there was a plan",))
        case CollegiaError():
            return Judgement("accept", "error", (text,))
        case _:
            return Judgement("accept", "error", (f"planning failed with {type(error).__name__}: {text}",))


def is_quoted(asked: Asked) -> bool:
    """Whether what is asked is answered with quotations."""
    return asked.kind == QUOTATIONS.name


def asked_value(asked: Asked, ends: Mapping[str, Outcome]) -> Any:
    """The value that answers what was asked, in its expert's unit; None where there is none."""
    end = ends.get(asked.source.step)
    if not isinstance(end, StepFinished):
        return None
    value = end.outputs.get(asked.source.output)
    if asked.source.key is None:
        return value
    return value.get(asked.source.key) if isinstance(value, Mapping) else None


def unmatched(before: Iterable[Asked], after: Iterable[Asked]) -> tuple[Asked, ...]:
    """What one plan asks and another does not.

    Each part of `after` stands for one of `before`: of the same name and kind, else of the name, else of the kind,
    since another expert may answer in a kind of its own.
    """
    left, free = list(before), list(after)
    likeness: tuple[Callable[[Asked], object], ...] = (
        lambda one: (one.name, one.kind),
        lambda one: one.name,
        lambda one: one.kind,
    )
    for same in likeness:
        for one in list(left):
            if (other := next((each for each in free if same(each) == same(one)), None)) is not None:
                left.remove(one)
                free.remove(other)
    return tuple(left)


def dropped(
    before: Plan, ends: Mapping[str, Outcome], after: Plan, now: Mapping[str, Outcome]
) -> tuple[tuple[Missing, ...], tuple[str, ...]]:
    """What one plan asks and the one in its stead does not: still asked by the user, so missing.

    Quotations that were not found are not missing where a model answers what they were to answer; the warnings that
    say so come second.
    """
    lost, warnings = [], []
    for one in unmatched(before.asked, after.asked):
        if warning := told_instead(one, before, ends, after, now):
            warnings.append(warning)
        else:
            lost.append(Missing(name=one.name, kind=one.kind, unit=one.unit, why=why_not(one, ends)))
    return tuple(lost), tuple(warnings)


def why_not(asked: Asked, ends: Mapping[str, Outcome]) -> str:
    """Why an asked value is not there, from the step at the root of it."""
    return _why(asked.source.step, ends, asked.source.output, asked.source.key)


def _why(step: str, ends: Mapping[str, Outcome], output: str, key: str | None) -> str:
    end = ends.get(step)
    match end:
        case StepFailed():
            return end.message
        case StepSkipped():
            return _root(end, ends)
        case StepFinished() if key is not None:
            return f"{end.expert} gave no {output} of {key} for these inputs"
        case StepFinished():
            return f"{end.expert} gave no {output} for these inputs"
        case None:
            return "it was not computed"


def _root(end: StepSkipped, ends: Mapping[str, Outcome]) -> str:
    """The message of a failed step that kept this one from starting."""
    seen: set[str] = set()
    waiting = [end]
    while waiting:
        here = waiting.pop()
        for other in ends.values():
            if other.step in seen or other.step not in here.needs:
                continue
            seen.add(other.step)
            if isinstance(other, StepFailed):
                return other.message
            if isinstance(other, StepSkipped):
                waiting.append(other)
    return end.because


def _outputs(plan: Plan, registry: Registry, ends: Mapping[str, Outcome]) -> tuple[list[str], list[str]]:
    """What lies outside the range that its expert declares for it: refused, and warned of."""
    refused: list[str] = []
    warned: list[str] = []
    for step in plan.steps:
        end = ends.get(step.id)
        expert = registry.experts.get(step.expert)
        if not isinstance(end, StepFinished) or expert is None:
            continue
        for port in expert.card.outputs:
            for value in _numbers(end.outputs.get(port.name)):
                said = f"{port.kind.label} came out as {value:.6g} {port.kind.unit or ''}".rstrip()
                if not math.isfinite(value):
                    refused.append(f"{said}, which is not a finite number")
                for span in port.ranges:
                    if not span.holds(value):
                        text = f"{said}, outside what {step.expert} holds for: it must be {span}"
                        (warned if span.warn else refused).append(text)
    return refused, warned


def _numbers(value: Any) -> Iterator[float]:
    if is_number(value):
        yield value
    elif isinstance(value, Mapping):
        for one in value.values():
            yield from _numbers(one)


def _each(texts: list[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(texts))
