"""What an edit changed of the plan that was shown, and whether it is one that may run in its place.

An edit changes values and experts and nothing else. A value says what the user wrote, and is what the reader makes of
that; so an edit cannot bring in a number that nobody said.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from collegia.agents.approval.bindings import CHANGED, needed, one_value
from collegia.agents.approval.editing import renamed
from collegia.agents.approval.values import read_value
from collegia.agents.check import check
from collegia.agents.plan import Binding, Cited, Default, FromStep, Gathered, Given, Known, Plan, Remembered, Step
from collegia.agents.values import frozen
from collegia.errors import CollegiaError, OutOfRange, PlanRejected
from collegia.settings import Budget
from collegia.tools.registry import Registry

__all__ = ["Edit", "edit_of"]


@dataclass(frozen=True)
class Edit:
    """A plan that may run in the place of the one shown, and what was changed, a line each; none where nothing was."""

    plan: Plan
    changes: tuple[str, ...] = ()


@dataclass
class _Comparison:
    shown: Plan
    edited: Plan
    registry: Registry
    changes: list[str] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)
    values: dict[tuple[str, str], list[str]] = field(default_factory=dict)

    def exchanged(self, step: str) -> bool:
        """Whether a step calls another expert than it did."""
        try:
            return self.shown.step(step).expert != self.edited.step(step).expert
        except KeyError:
            return False


def edit_of(shown: Plan, edited: Plan, registry: Registry, budget: Budget) -> Edit:
    """The plan to run, with what was changed among its assumptions.

    Raises:
        PlanRejected: the edit is none, or the edited plan does not pass the check, or states a value outside validity.
    """
    if edited.steps == shown.steps and edited.asked == shown.asked:
        return Edit(shown)
    seen = _Comparison(shown, edited, registry)
    for step in edited.steps:
        _compare(step, seen)
    _compare_asked(seen)
    if seen.faults:
        raise PlanRejected(list(dict.fromkeys(seen.faults)))
    asked = tuple(
        one.model_copy(update={"source": other.source}) for one, other in zip(shown.asked, edited.asked, strict=True)
    )
    plan = shown.model_copy(update={"steps": needed(edited.steps, edited), "asked": asked})
    told = [*seen.changes, *(f"{said}, in {', '.join(places)}" for (said, _), places in seen.values.items())]
    told += _left_out(shown, plan)
    kept = [text for text in shown.assumptions if not any(one in text for one in _gone(shown, plan))]
    plan = plan.model_copy(
        update={
            "asked": renamed(shown, plan),
            "assumptions": (*kept, *(f"{CHANGED}{text}" for text in told)),
        }
    )
    try:
        check(plan, registry, budget)
    except OutOfRange as error:
        raise PlanRejected([str(error)]) from None
    return Edit(plan, tuple(told))


def _compare(step: Step, seen: _Comparison) -> None:
    try:
        before = seen.shown.step(step.id)
    except KeyError:
        seen.faults.append(f"step {step.id} was not in the plan that was shown; an edit changes values and experts")
        return
    if before.expert != step.expert:
        seen.changes.append(f"step {step.id} calls {step.expert} instead of {before.expert}")
    for name in dict.fromkeys((*before.arguments, *step.arguments)):
        old, new = before.arguments.get(name), step.arguments.get(name)
        if old == new:
            continue
        if isinstance(new, Given) and new.instead_of:
            _compare_value(step, name, new, seen)
        elif before.expert != step.expert:
            if new is not None and not _is_of(new, before):
                seen.faults.append(
                    f"{step.id}.{name} is nothing that the plan said; with_expert binds it by what it is"
                )
        elif not _points_anew(old, new, seen):
            seen.faults.append(f"{step.id}.{name} was changed, and does not say to what; use with_value")


def _compare_value(step: Step, name: str, new: Given, seen: _Comparison) -> None:
    """A value of the user: it is what the reader makes of the words."""
    place = f"{step.id}.{name}"
    expert = seen.registry.experts.get(step.expert)
    port = next((one for one in expert.card.inputs if one.name == name), None) if expert is not None else None
    if port is None:
        return  # the check says so
    try:
        read = read_value(new.text, port, seen.registry, place)
    except CollegiaError as error:
        seen.faults.append(str(error))
        return
    if frozen(read) != frozen(new.value):
        seen.faults.append(f"{place} says {new.text!r} and holds {new.value!r}; use with_value")
    said = f"{port.kind.label} {new.text} instead of {new.instead_of}"
    seen.values.setdefault((said, f"{new.start}"), []).append(place)


def _is_of(new: Binding, before: Step) -> bool:
    """Whether an argument of another expert is one that the step had, or a default, which the check compares."""
    if isinstance(new, Default):
        return True
    for old in before.arguments.values():
        if old == new or one_value(old, new):
            return True
        if isinstance(old, Known) and isinstance(new, Known) and old.value == new.value and old.text == new.text:
            return True
    return False


def _points_anew(old: Binding | None, new: Binding | None, seen: _Comparison) -> bool:
    """Whether an argument only takes another output of a step that calls another expert now."""
    if isinstance(old, Gathered) and isinstance(new, Gathered) and len(old.sources) == len(new.sources):
        return all(
            one == other or _points_anew(one, other, seen) for one, other in zip(old.sources, new.sources, strict=True)
        )
    if isinstance(old, FromStep) and isinstance(new, FromStep):
        return (old.step, old.key) == (new.step, new.key) and seen.exchanged(new.step)
    return False


def _compare_asked(seen: _Comparison) -> None:
    shown, edited = seen.shown.asked, seen.edited.asked
    same = len(shown) == len(edited) and all(
        (one.kind, one.unit) == (other.kind, other.unit)
        and (one.source == other.source or _points_anew(one.source, other.source, seen))
        for one, other in zip(shown, edited, strict=True)
    )
    if not same:
        seen.faults.append(
            "what is asked was changed; an edit changes values and experts, another question is asked anew"
        )


def _left_out(shown: Plan, plan: Plan) -> Iterator[str]:
    """Steps and statements that the edited plan does without."""
    ids = {step.id for step in plan.steps}
    for step in shown.steps:
        if step.id not in ids:
            yield f"step {step.id} ({step.expert}) is left out: nothing needs it any more"
    replaced = {one.instead_of for one in _stated(plan) if isinstance(one, Given)}
    for text in _gone(shown, plan):
        if f"“{text}”" not in replaced and not any(f"“{text}”" in one for one in replaced):
            yield f"“{text}” is not used any more"


def _gone(shown: Plan, plan: Plan) -> list[str]:
    """The words of statements that the shown plan took, and the edited one does not."""
    kept = {_words(one) for one in _stated(plan)}
    return list(dict.fromkeys(one.text for one in _stated(shown) if one.text and _words(one) not in kept))


def _stated(plan: Plan) -> Iterator[Known]:
    for step in plan.steps:
        for bound in step.arguments.values():
            if isinstance(bound, Known):
                yield bound


def _words(one: Known) -> tuple[object, ...]:
    match one:
        case Given():
            return one.text, one.start, one.instead_of
        case Remembered():
            return one.text, one.fact
        case Cited():
            return one.text, one.source, one.start
