"""The parts of plans and results in words, the same on every surface: values with units, and where they came from."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from collegia.agents.numbers import format_quantity
from collegia.agents.plan import (
    Binding,
    Cited,
    Default,
    FromStep,
    Gathered,
    Given,
    Known,
    Missing,
    Plan,
    Remembered,
    Worded,
)
from collegia.agents.result import StepReport
from collegia.knowledge.expert import QUOTATIONS, quotes_of
from collegia.tools.card import Port
from collegia.tools.registry import Registry

__all__ = [
    "binding_text",
    "missing_lines",
    "origin_text",
    "port_note",
    "port_of",
    "reference",
    "step_text",
    "used_outputs",
    "value_text",
    "whence_text",
]


def missing_lines(missing: tuple[Missing, ...]) -> tuple[str, ...]:
    """What is missing, one line each, by name and unit."""
    return tuple(
        f"{each.name}{f' in {each.unit}' if each.unit else ''}{f': {each.why}' if each.why else ''}" for each in missing
    )


def port_of(registry: Registry | None, expert: str, name: str) -> Port | None:
    """The input or output of that name on an expert's card; None where the expert is not installed."""
    known = registry.experts.get(expert) if registry is not None else None
    if known is None:
        return None
    return next((port for port in (*known.card.inputs, *known.card.outputs) if port.name == name), None)


def port_note(port: Port) -> str:
    """What a card says of an input or an output beside its unit: ranges, place, default, uncertainty."""
    notes = [str(span) + (" (else a warning)" if span.warn else "") for span in port.ranges]
    if port.at:
        notes.append(f"at the {port.at}")
    if port.slot:
        notes.append(f"of the {port.slot}")
    if not port.required:
        notes.append("optional" if port.default is None else f"default {port.default}")
    if port.uncertainty:
        notes.append(f"± {port.uncertainty:.0%}")
    return ", ".join(notes)


def value_text(value: Any, port: Port | None) -> str:
    """A value with its port's unit, to at least four significant digits."""
    if port is not None and port.kind.name == QUOTATIONS.name:
        quotes = quotes_of(value)
        return f"{len(quotes)} from {', '.join(dict.fromkeys(one.document for one in quotes))}"
    unit = (port.kind.unit or "") if port is not None else ""
    if isinstance(value, bool) or value is None:
        return str(value)
    if isinstance(value, (int, float, str)):
        return format_quantity(value, unit)
    if isinstance(value, Mapping):
        return ", ".join(f"{name} {value_text(one, port)}" for name, one in value.items())
    if isinstance(value, (list, tuple)):
        return ", ".join(
            " ".join(value_text(part, None) for part in one) if _is_pair(one) else value_text(one, port)
            for one in value
        )
    return str(value)


def _is_pair(value: object) -> bool:
    return isinstance(value, (list, tuple))


def origin_text(step: StepReport, name: str) -> str:
    """Where an input came from, in brackets: the user's own words, a step, a default."""
    said = step.evidence.get(name)
    if not said:
        return ""
    match said.get("origin"):
        case "question" | "clarification":
            return f" (“{said['text']}”)" if said.get("text") else ""
        case "approval":
            return f" (“{said.get('text', '')}”, said at approval)"
        case "call":
            return f" ({said.get('step', '')})"
        case "steps":
            return f" ({', '.join(one.get('step', '') for one in said.get('inputs', ()))})"
        case "passage" | "remembered":
            return f" ({said.get('source', '')})"
        case origin:
            return f" ({origin})"


def _spoken_origin(step: StepReport, name: str) -> str:
    """Where an input came from, as one says it."""
    said = step.evidence.get(name) or {}
    text, source = said.get("text", ""), said.get("source", "")
    match said.get("origin"):
        case "question":
            return f", as you wrote “{text}”" if text else ""
        case "clarification":
            return f", as you answered “{text}”" if text else ""
        case "approval":
            return f", as you said “{text}” at approval"
        case "call":
            return f", of step {said.get('step', '')}"
        case "steps":
            return f", of steps {' and '.join(one.get('step', '') for one in said.get('inputs', ()))}"
        case "remembered":
            return f", as you {source}" if source else ", as you said before"
        case "passage":
            return f", as {source} says: “{text}”" if source else f", as a document says: “{text}”"
        case "default":
            return ", the default"
        case _:
            return ""


def step_text(step: StepReport, registry: Registry | None, used: set[tuple[str, str]]) -> str:
    """A step as one sentence: what it gave, from what, and where that came from.

    Args:
        step: as it went.
        registry: knows the units.
        used: the outputs that something rests on; the others are not told.
    """

    def told(name: str, value: Any) -> str:
        return f"{_spoken(name)} {value_text(value, port_of(registry, step.expert, name))}"

    given = [told(name, value) for name, value in step.outputs.items() if (step.id, name) in used]
    taken = [told(name, value) + _spoken_origin(step, name) for name, value in step.inputs.items() if value is not None]
    if step.status != "finished":
        given.append(f"{step.status}: {step.error}".rstrip(": "))
    source = f"; from {'; '.join(taken)}" if taken else ""
    return f"Step {step.id}, {_spoken(step.expert)}: {'; '.join(given) or 'finished'}{source}."


def _spoken(name: str) -> str:
    """A name as one says it: "fluid properties"."""
    return name.replace("_", " ")


def binding_text(binding: Binding, port: Port | None) -> str:
    """What an argument of a plan is bound to, and in whose words."""
    if isinstance(binding, FromStep):
        return f"from {reference(binding)}"
    if isinstance(binding, Gathered):
        return f"from {', '.join(reference(source) for source in binding.sources)}"
    value = value_text(binding.value, port)
    if not isinstance(binding, Known):
        return value if isinstance(binding, Worded) else f"{value} (default)"
    return f"{value} (“{binding.text}”)" if binding.text else value


def whence_text(binding: Binding, question: str) -> str:
    """Where an argument of a plan comes from, in whole words, with the words that state it.

    Args:
        binding: of the argument.
        question: as it was read; what lies behind its end was said in answer to a question back.
    """
    match binding:
        case Given() if binding.instead_of:
            return f"your word at approval: “{binding.text}”, instead of {binding.instead_of}"
        case Given():
            who = "your answer" if binding.start >= len(question) else "the question"
            return f"{who}: “{binding.text}”" if binding.text else who
        case Remembered():
            return f"remembered, said on {binding.day}: “{binding.text}”"
        case Cited():
            return f"document {binding.source or binding.document}: “{binding.text}”"
        case Default():
            return "default of the expert"
        case Worded():
            return "words of the planner"
        case FromStep():
            return f"step {reference(binding)}"
        case Gathered():
            return f"steps {', '.join(reference(source) for source in binding.sources)}"


def reference(source: FromStep) -> str:
    """An output of a step, as `s1.density`."""
    return f"{source.step}.{source.output}{f'[{source.key}]' if source.key else ''}"


def used_outputs(plan: Plan | None) -> set[tuple[str, str]]:
    """The outputs that something rests on, by step and name; what an expert gives beside them is in the JSON."""
    if plan is None:
        return set()
    bound = [binding for step in plan.steps for binding in step.arguments.values() if isinstance(binding, FromStep)]
    return {(source.step, source.output) for source in (*bound, *(asked.source for asked in plan.asked))}
