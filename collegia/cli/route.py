"""`collegia route`: who would be asked and why, and how well that goes. No expert is called, and no model."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path
from typing import Any

from collegia.agents.planner import TypedPlanner
from collegia.cli.err import ANSWERED, tell
from collegia.cli.loading import load_registry, load_settings
from collegia.cli.out import Output, columns, data, line, rows
from collegia.cli.stdin import read_text
from collegia.errors import CollegiaError, UsageError
from collegia.settings import Settings
from collegia.tools.models.expert import model_experts
from collegia.tools.models.pool import Models
from collegia.tools.registry import Registry
from collegia.tools.routing.evaluate import Report, evaluate, read_questions
from collegia.tools.routing.record import Records
from collegia.tools.routing.router import Decision, Router, has_own_words

__all__ = ["route"]


def route(question: str | None, questions: Path | None, output: Output) -> int:
    """Explain who would be asked a question, or measure the routing of a file of questions.

    Raises:
        UsageError: neither or both are given, a file that cannot be used, or limits that leave nobody to ask.
    """
    if (question is None) == (questions is None):
        raise UsageError("give a question, or --eval FILE with questions")
    settings = load_settings()
    registry = _registry(settings)
    router = Router(settings.routing, Records.of_home(settings.home))
    covered = _covering(registry)
    if questions is not None:
        _show_report(evaluate(read_questions(questions, registry.experts), registry, router, covered), output)
    elif question is not None:
        text = read_text(question, "question").strip()
        _show_decision(text, router.route(text, registry, covered=covered(text)), output)
    return ANSWERED


def _registry(settings: Settings) -> Registry:
    """What is installed, and the experts of the settings; their models are never asked here."""
    registry = load_registry()
    for expert in model_experts(settings.experts, Models(settings)):
        if expert.name not in registry.experts:
            registry.include(expert)
    return registry


def _covering(registry: Registry) -> Callable[[str], tuple[str, ...]]:
    """What gives the exact experts that compute a question: those of its plan, where types alone find one."""
    planner = TypedPlanner()
    avoid = frozenset(name for name, one in registry.experts.items() if has_own_words(one.card))

    def covered(question: str) -> tuple[str, ...]:
        try:
            plan = planner.plan(question, registry, avoid=avoid).plan
        except CollegiaError:
            return ()  # a value that no calculator takes: it covers nothing
        used = (step.expert for step in plan.steps) if plan is not None else ()
        return tuple(dict.fromkeys(name for name in used if name in registry.experts))

    return covered


def _show_decision(question: str, decision: Decision, output: Output) -> None:
    if output is not Output.text:
        data({"question": question, **decision.to_dict()}, output)
        return
    line(f"ask: {', '.join(decision.chosen) or 'nobody'}")
    line(decision.reason)
    if decision.category:
        line(f"category: {decision.category}")
    if decision.candidates:
        line("")
        columns(
            ("expert", "similarity", "record", "score", "cost", "seconds"),
            [
                (f"{'*' if one.name in decision.chosen else ' '} {one.name}", f"{one.similarity:.2f}",
                 f"{one.record:.2f}", f"{one.total:.2f}", f"{one.cost:g}", f"{one.seconds:g}")
                for one in decision.candidates
            ],
        )  # fmt: skip
    for note in decision.notes:
        tell(f"warning: {note}")


def _show_report(report: Report, output: Output) -> None:
    found: list[dict[str, Any]] = [asdict(one) for one in report.policies]
    if output is not Output.text:
        rows(found, output, {"questions": report.questions, "refused": report.refused, "policies": found})
        return
    columns(
        ("policy", "score", "cost", "right"),
        [(one.name, f"{one.score:.3f}", f"{one.cost:.2f}", f"{one.right:.0%}") for one in report.policies],
    )
    if report.refused:
        tell(f"warning: the limits left nobody to ask for {report.refused} of {report.questions} questions")
