"""A trace as the screen shows it: a tree of lines, the question with its spans, and a word on the line pointed at."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from rich.text import Text
from textual.content import Content

from collegia.tui.branches import Branch
from collegia.tui.chat.telling import shown
from collegia.tui.wording import one_line

if TYPE_CHECKING:
    from collegia.agents.trace import Trace

__all__ = ["about", "branch_of", "question_content", "spans_of"]


def branch_of(trace: Trace) -> Branch[Trace]:
    """The tree of a trace."""
    return Branch(_label(trace), trace, tuple(map(branch_of, trace.inputs)))


def _label(trace: Trace) -> Text:
    named = f"{one_line(trace.name, 60)} = " if trace.value else f"{one_line(trace.name, 60)} "
    origin = one_line(_origin(trace))
    return Text.assemble(named, (one_line(trace.value, 80), "bold"), (f"  ← {origin}" if origin else "", "dim"))


def _origin(trace: Trace) -> str:
    """Where a value came from, in words."""
    evidence = trace.evidence
    match evidence.origin:
        case "question":
            return f"“{evidence.text}” in the question"
        case "clarification":
            return f"“{evidence.text}” in an answer"
        case "remembered":
            return f"remembered: “{evidence.text}”, {evidence.source}"
        case "passage":
            return f"{evidence.source}: “{evidence.text}”"
        case "default":
            return "default of the card"
        case "planner":
            return "words of the planner"
        case "steps":
            return "several steps"
        case "approval":
            return f"“{evidence.text}”, your word at approval"
        case "call":
            more = ", see above" if trace.again else ""
            failed = "" if trace.report is None or trace.report.status == "finished" else f", {trace.report.status}"
            return f"{evidence.expert} ({evidence.step}{more}{failed})"


def about(trace: Trace | None) -> Content:
    """More on the line pointed at: of a call its source and time, of words the whole of them."""
    if trace is None:
        return Content("")
    evidence, report = trace.evidence, trace.report
    if report is not None:
        parts: list[str | tuple[str, str]] = [
            (f"{report.expert}", "bold"), f", step {report.id}, {report.status}",
        ]  # fmt: skip
        if evidence.output:
            parts.append(f"; gives {evidence.output}")
        parts.append(f"\nsource: {evidence.source or 'none named on its card'}")
        if report.error:
            parts.append((f"\n{report.error}", "$error"))
        return Content.assemble(*_shown(parts))
    told = {
        "question": "stated in the question",
        "clarification": "stated in an answer to a question back",
        "remembered": f"remembered, {evidence.source}",
        "passage": f"stated in {evidence.source}, {evidence.start}–{evidence.end}; Enter opens it",
        "default": "nobody stated it: the default on the expert's card",
        "planner": "written by the planner's model",
        "steps": "put together from several steps",
        "call": f"step {evidence.step} has left no report",
        "approval": f"said as the plan was approved, {evidence.source}",
    }[evidence.origin]
    words = f"\n“{evidence.text}”" if evidence.text and evidence.origin != "default" else ""
    return Content.assemble(*_shown([(trace.name, "bold"), f" {trace.value}\n{told}{words}"]))


def _shown(parts: Iterable[str | tuple[str, str]]) -> Iterable[str | tuple[str, str]]:
    for one in parts:
        yield shown(one) if isinstance(one, str) else (shown(one[0]), one[1])


def spans_of(trace: Trace) -> list[tuple[int, int]]:
    """The spans of what the user said that a value rests on."""
    stated = (one.evidence for one in trace.all() if one.evidence.origin in ("question", "clarification"))
    return sorted({(one.start, one.end) for one in stated if 0 <= one.start < one.end})


def question_content(
    text: str, spans: Iterable[tuple[int, int]], chosen: tuple[int, int] | None = None, typed: str = ""
) -> Content:
    """What the user said, the spans underlined, the chosen one reversed; none of this is told by colour.

    Args:
        text: the question, and the answers to questions back.
        spans: in it.
        chosen: the one that is pointed at.
        typed: what was typed, where the question is what that makes of the one before it.
    """
    content = Content(shown(text))
    for start, end in spans:
        content = content.stylize("underline", start, end)
    if chosen is not None:
        content = content.stylize("bold reverse", *chosen)
    return Content.assemble((f"“{one_line(typed)}” was read as\n", "dim"), content) if typed else content
