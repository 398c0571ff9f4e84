"""A result as text: the answer first, then how it came about."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from rich.table import Table
from rich.text import Text

from collegia.agents.numbers import format_quantity
from collegia.agents.panel.telling import votes
from collegia.agents.plan import Binding, FromStep, Gathered, Known, Missing, Plan, Worded
from collegia.agents.result import Result, StepReport
from collegia.cli.out import clean, line, rich
from collegia.knowledge.expert import QUOTATIONS, quotes_of
from collegia.tools.card import Port
from collegia.tools.registry import Registry

__all__ = ["missing_lines", "print_plan", "print_result"]


def print_result(result: Result, registry: Registry | None) -> None:
    """Write the answer, its steps, assumptions, warnings and sources. The registry knows the units of the steps."""
    line(result.answer_text or f"The run is {result.status}.")
    if result.steps:
        line("")
        rich(_steps(result, registry))
    for reply in result.replies:
        if reply.deliberation is not None and reply.deliberation.panel is not None:
            _list(f"Votes on the panel ({reply.step})", votes(reply.deliberation.panel))
    _list("Assumptions", result.assumptions)
    _list("Warnings", result.warnings)
    if result.status != "clarify":  # a question back names what is missing by itself
        _list("Missing", missing_lines(result.missing))
    sources = [f"{step.id} {step.expert}: {step.source}" for step in result.steps if step.source]
    _list("Sources", tuple(dict.fromkeys(sources)))
    _list("Citations", result.citations)


def print_plan(plan: Plan, registry: Registry | None) -> None:
    """Write a plan that has not run: its steps with what each argument is bound to, and what answers the question."""
    table = _table("step", "expert", "inputs")
    for step in plan.steps:
        bound = [
            f"{name} {_bound(binding, _port(registry, step.expert, name))}" for name, binding in step.arguments.items()
        ]
        table.add_row(step.id, step.expert, _cell(bound))
    rich(table)
    _list("Asked", tuple(f"{asked.name}: {_reference(asked.source)}" for asked in plan.asked))
    _list("Assumptions", plan.assumptions)
    _list("Warnings", plan.warnings)


def missing_lines(missing: tuple[Missing, ...]) -> tuple[str, ...]:
    """What is missing, one line each, by name and unit."""
    return tuple(
        f"{each.name}{f' in {each.unit}' if each.unit else ''}{f': {each.why}' if each.why else ''}" for each in missing
    )


def _list(heading: str, texts: tuple[str, ...]) -> None:
    if texts:
        line(f"\n{heading}")
        for text in texts:
            line(f"  {text}")


def _table(*headings: str) -> Table:
    table = Table(box=None, pad_edge=False, header_style="bold", padding=(0, 3, 0, 0))
    for heading in headings:
        table.add_column(heading, overflow="fold")
    return table


def _used(plan: Plan | None) -> set[tuple[str, str]]:
    """The outputs that something rests on, by step and name; what an expert gives beside them is in the JSON."""
    if plan is None:
        return set()
    bound = [binding for step in plan.steps for binding in step.arguments.values() if isinstance(binding, FromStep)]
    return {(source.step, source.output) for source in (*bound, *(asked.source for asked in plan.asked))}


def _steps(result: Result, registry: Registry | None) -> Table:
    table = _table("step", "expert", "inputs", "outputs")
    used = _used(result.plan)
    for step in result.steps:
        inputs = [
            f"{name} {_value(value, _port(registry, step.expert, name))}{_origin(step, name)}"
            for name, value in step.inputs.items()
            if value is not None
        ]
        outputs = [
            f"{name} {_value(value, _port(registry, step.expert, name))}"
            for name, value in step.outputs.items()
            if (step.id, name) in used
        ]
        if step.status != "finished":
            outputs.append(f"{step.status}: {step.error}".rstrip(": "))
        table.add_row(step.id, step.expert, _cell(inputs), _cell(outputs))
    return table


def _cell(lines: list[str]) -> Text:
    return Text(clean("\n".join(lines)))


def _port(registry: Registry | None, expert: str, name: str) -> Port | None:
    known = registry.experts.get(expert) if registry is not None else None
    if known is None:
        return None
    return next((port for port in (*known.card.inputs, *known.card.outputs) if port.name == name), None)


def _value(value: Any, port: Port | None) -> str:
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
        return ", ".join(f"{name} {_value(one, port)}" for name, one in value.items())
    if isinstance(value, (list, tuple)):
        return ", ".join(
            " ".join(_value(part, None) for part in one) if _is_pair(one) else _value(one, port) for one in value
        )
    return str(value)


def _is_pair(value: object) -> bool:
    return isinstance(value, (list, tuple))


def _origin(step: StepReport, name: str) -> str:
    """Where an input came from, in brackets: the user's own words, a step, a default."""
    said = step.evidence.get(name)
    if not said:
        return ""
    match said.get("origin"):
        case "question" | "clarification":
            return f" (“{said['text']}”)" if said.get("text") else ""
        case "call":
            return f" ({said.get('step', '')})"
        case "steps":
            return f" ({', '.join(one.get('step', '') for one in said.get('inputs', ()))})"
        case "passage" | "remembered":
            return f" ({said.get('source', '')})"
        case origin:
            return f" ({origin})"


def _bound(binding: Binding, port: Port | None) -> str:
    if isinstance(binding, FromStep):
        return f"from {_reference(binding)}"
    if isinstance(binding, Gathered):
        return f"from {', '.join(_reference(source) for source in binding.sources)}"
    value = _value(binding.value, port)
    if not isinstance(binding, Known):
        return value if isinstance(binding, Worded) else f"{value} (default)"
    return f"{value} (“{binding.text}”)" if binding.text else value


def _reference(source: FromStep) -> str:
    return f"{source.step}.{source.output}{f'[{source.key}]' if source.key else ''}"
