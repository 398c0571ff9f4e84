"""A result as text: the answer first, then how it came about."""

from __future__ import annotations

from rich.table import Table
from rich.text import Text

from collegia.agents.approval.deciding import marked_steps
from collegia.agents.panel.telling import votes
from collegia.agents.plan import Plan
from collegia.agents.result import Result
from collegia.agents.telling import (
    binding_text,
    missing_lines,
    origin_text,
    port_of,
    reference,
    step_text,
    used_outputs,
    value_text,
)
from collegia.cli.out import is_plain, line, rich
from collegia.display import clean
from collegia.tools.registry import Registry

__all__ = ["print_plan", "print_result"]


def print_result(result: Result, registry: Registry | None) -> None:
    """Write the answer, its steps, assumptions, warnings and sources. The registry knows the units of the steps."""
    line(result.answer_text or f"The run is {result.status}.")
    _list("Read as", (result.question,) if result.said and result.question != result.said else ())
    _list("Changed", result.changed)
    _list("Kept from before", result.kept)
    if result.status == "needs_approval" and result.plan is not None:
        _gap()
        print_plan(result.plan, registry)
        _list("Warnings", result.warnings)
        return
    if result.steps and result.status != "rejected":
        _print_steps(result, registry)
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
            f"{name} {binding_text(binding, port_of(registry, step.expert, name))}"
            for name, binding in step.arguments.items()
        ]
        table.add_row(step.id, step.expert, _cell(bound))
    rich(table)
    marked = marked_steps(plan, registry) if registry is not None else ()
    _list("Asks first", tuple(f"{one.step} {one.expert}: {one.reason}" for one in marked))
    _list("Asked", tuple(f"{asked.name}: {reference(asked.source)}" for asked in plan.asked))
    _list("Assumptions", plan.assumptions)
    _list("Warnings", plan.warnings)


def _gap() -> None:
    if not is_plain():
        line("")


def _print_steps(result: Result, registry: Registry | None) -> None:
    if is_plain():
        used = used_outputs(result.plan)
        for step in result.steps:
            line(step_text(step, registry, used))
        return
    line("")
    rich(_steps(result, registry))


def _list(heading: str, texts: tuple[str, ...]) -> None:
    if is_plain():
        for text in texts:
            line(f"{heading.removesuffix('s')}: {text}")
    elif texts:
        line(f"\n{heading}")
        for text in texts:
            line(f"  {text}")


def _table(*headings: str) -> Table:
    table = Table(box=None, pad_edge=False, header_style="bold", padding=(0, 3, 0, 0))
    for heading in headings:
        table.add_column(heading, overflow="fold")
    return table


def _steps(result: Result, registry: Registry | None) -> Table:
    table = _table("step", "expert", "inputs", "outputs")
    used = used_outputs(result.plan)
    for step in result.steps:
        inputs = [
            f"{name} {value_text(value, port_of(registry, step.expert, name))}{origin_text(step, name)}"
            for name, value in step.inputs.items()
            if value is not None
        ]
        outputs = [
            f"{name} {value_text(value, port_of(registry, step.expert, name))}"
            for name, value in step.outputs.items()
            if (step.id, name) in used
        ]
        if step.status != "finished":
            outputs.append(f"{step.status}: {step.error}".rstrip(": "))
        table.add_row(step.id, step.expert, _cell(inputs), _cell(outputs))
    return table


def _cell(lines: list[str]) -> Text:
    return Text(clean("\n".join(lines)))
