"""Everything about one step, in words: what went in and where it came from, what came out, who stands behind it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any

from textual.content import Content

from collegia.display import clean
from collegia.tui.plan.telling import Known, short, state_told, time_told
from collegia.tui.view import RunView, StepView

if TYPE_CHECKING:
    from collegia.agents.plan import Binding
    from collegia.tools.card import Port

__all__ = ["step_content"]

_LONGEST = 4000  # characters of one text
_NAME = 24  # characters of a name, beyond which its value stands on a line of its own

Part = str | tuple[str, str]


def step_content(step: StepView, view: RunView, about: Known | None) -> Content:
    """All that is known of a step now.

    Args:
        step: of the run.
        view: the run.
        about: what is known of its plan; without it values stand without units and the card is left out.
    """
    card = about.card(step.expert) if about is not None else None
    sign, word, style = state_told(step, ended=view.phase == "ended")
    took = f" in {told}" if (told := time_told(step.seconds)) else ""
    parts: list[Part] = [
        (f"{short(step.id)}  {short(step.expert)}\n", "bold"), (f"{sign} {word}{took}", style),
        (f", {step.tries} calls" if step.tries > 1 else ""), "\n",
    ]  # fmt: skip
    if card is not None:
        parts += [_text(card.purpose), "\n"]
    parts += _section("Inputs", _inputs(step, view, about))
    parts += _section("Outputs", _outputs(step, about))
    warned, why = ("Warnings", "$warning") if step.state == "finished" else ("Why", "$error")
    parts += _section(warned, ((f"  ! {_text(one)}\n", why) for one in step.notes))
    parts += _section("Assumptions", (f"  · {_text(one)}\n" for one in step.assumptions))
    parts += _section("Retries", _retries(step))
    if card is not None:
        parts += _section("Valid", [f"  {_text(card.validity)}\n"] if card.validity else ())
        parts += _section("Source", [f"  {_text(card.source)}\n"] if card.source else ())
    return Content.assemble(*parts).rstrip()


def _section(heading: str, lines: Iterable[Part]) -> list[Part]:
    told = list(lines)
    return [(f"\n{heading}\n", "bold $accent"), *told] if told else []


def _inputs(step: StepView, view: RunView, about: Known | None) -> Iterator[Part]:
    bound = about.plan.step(step.id).arguments if about is not None and _planned(about, step.id) else {}
    for name in dict.fromkeys([*bound, *step.inputs]):
        binding = bound.get(name)
        value = _told_value(step.inputs[name], step, name, about) if name in step.inputs else ""
        if not value:
            value = _value_ahead(binding, step, name, view, about)
        yield from _named(name, value)
        if binding is not None:
            yield (f"      from {_text(_whence(binding, view.question))}\n", "dim")
        if (port := about.port(step.expert, name) if about is not None else None) is not None:
            yield from _held(port)


def _planned(about: Known, id_: str) -> bool:
    return any(one.id == id_ for one in about.plan.steps)


def _whence(binding: Binding, question: str) -> str:
    from collegia.agents.telling import whence_text

    return whence_text(binding, question)


def _value_ahead(binding: Binding | None, step: StepView, name: str, view: RunView, about: Known | None) -> str:
    """The value of an argument of a step that was not called yet, as far as it is there."""
    from collegia.agents.plan import FromStep, Gathered

    if isinstance(binding, FromStep) and about is not None:
        giver = view.step(binding.step)
        value = None if giver is None else giver.outputs.get(binding.output)
        if isinstance(value, dict) and binding.key is not None:
            value = value.get(binding.key)
        return "not there yet" if giver is None or value is None else _told_value(value, giver, binding.output, about)
    if binding is None or isinstance(binding, FromStep | Gathered):
        return "not there yet"
    return _told_value(binding.value, step, name, about)


def _told_value(value: Any, step: StepView, name: str, about: Known | None) -> str:
    if value is None:
        return "not given"
    return about.value(step.expert, name, value) if about is not None else str(value)


def _held(port: Port) -> Iterator[Part]:
    if port.ranges:
        from collegia.agents.numbers import format_unit

        held = f"{' and '.join(map(str, port.ranges))} {format_unit(port.kind.unit or '')}"
        yield (f"      holds for {held.rstrip()}\n", "dim")


def _outputs(step: StepView, about: Known | None) -> Iterator[Part]:
    for name, value in step.outputs.items():
        yield from _named(name, _told_value(value, step, name, about))
        if serves := _serves(step.id, name, about):
            yield (f"      {_text(serves)}\n", "dim")


def _serves(id_: str, output: str, about: Known | None) -> str:
    """What an output is for: what was asked, and the steps that take it."""
    if about is None or (id_, output) not in about.used:
        return ""
    from collegia.agents.plan import FromStep

    asked = [f"asked: {one.name}" for one in about.plan.asked if (one.source.step, one.source.output) == (id_, output)]
    taken = [
        f"to {one.id}.{name}"
        for one in about.plan.steps
        for name, bound in one.arguments.items()
        if isinstance(bound, FromStep) and (bound.step, bound.output) == (id_, output)
    ]
    return ", ".join((*asked, *taken))


def _retries(step: StepView) -> Iterator[Part]:
    """What it said the times before, where it was called again."""
    before = step.failures if step.state != "failed" else step.failures[:-1]
    yield from (f"  {place}. {_text(said)}\n" for place, said in enumerate(before, 1))


def _named(name: str, value: str) -> Iterator[Part]:
    label = short(name)
    yield (f"  {label:<{_NAME}} ", "") if len(label) <= _NAME else f"  {label}\n      "
    yield (f"{_text(value)}\n", "bold")


def _text(text: str) -> str:
    """A text of somebody else's, safe to show and not endless."""
    if len(text) <= _LONGEST:
        return clean(text)
    return f"{clean(text[:_LONGEST])}… ({len(text) - _LONGEST} more characters)"
