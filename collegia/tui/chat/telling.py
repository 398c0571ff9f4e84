"""A result as the transcript shows it: styled pieces of text, none of which is ever read as markup."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from textual.content import Content

from collegia.display import clean
from collegia.tui.view import RunView

if TYPE_CHECKING:
    from collegia.agents.result import Result

__all__ = ["answer_content", "doing", "notes_content", "sources_content"]

_LONGEST = 20_000
"""Characters of one text that are shown; the rest is in the result, and that is said."""

_STYLES = {
    "answered": "$success", "partial": "$warning", "clarify": "$accent", "refuse_out_of_range": "$warning",
    "out_of_domain": "$warning", "error": "$error", "cancelled": "$warning",
}  # fmt: skip

_TOLD = {
    "partial": "partly answered", "clarify": "asks back", "refuse_out_of_range": "out of range",
    "out_of_domain": "outside every domain", "error": "error", "cancelled": "stopped",
}  # fmt: skip


def shown(text: str) -> str:
    """A text that can be shown: no control characters, and not endless."""
    safe = clean(text)
    if len(safe) <= _LONGEST:
        return safe
    return f"{safe[:_LONGEST]}… ({len(safe) - _LONGEST} more characters are in the result)"


def answer_content(result: Result) -> Content:
    """The answer's words, and how it ended where that is not plain."""
    parts: list[Content | str | tuple[str, str]] = []
    if told := _TOLD.get(result.status):
        parts.append((f"{told}: ", f"bold {_STYLES[result.status]}"))
    parts.append(shown(result.answer_text or f"The run is {result.status}."))
    return Content.assemble(*parts)


def sources_content(result: Result) -> Content:
    """What F3 leads to: each number and citation with the digit or letter that opens it."""
    labels = [f"[{place}] {one.name}" for place, one in enumerate(result.quantities[:9], 1)]
    if result.citations:
        labels.extend(f"“{shown(one)}”" for one in result.citations)
    if not labels:
        return Content("")
    return Content.assemble(("evidence F3  ", "dim"), ("   ".join(map(shown, labels)), "dim $accent"))


def notes_content(result: Result) -> Content:
    """What a follow-up changed and kept, warnings, then what was assumed."""
    parts: list[tuple[str, str]] = [(f"changed: {shown(one)}\n", "bold") for one in result.changed]
    parts += [(f"kept: {shown(one)}\n", "dim") for one in result.kept]
    parts += [(f"! {shown(one)}\n", "$warning") for one in result.warnings]
    parts += [(f"· {shown(one)}\n", "dim") for one in result.assumptions]
    return Content.assemble(*parts).rstrip()


def doing(view: RunView, seconds: float) -> str:
    """What a run is doing, in a few words."""
    told = {
        "idle": "loading", "planning": "planning", "checking": "checking the plan", "judging": "judging the results",
        "asking": "asking back", "ended": view.status,
        "running": f"step {min(view.done + 1, len(view.steps))} of {len(view.steps)}: {_at_work(view)}",
    }[view.phase]  # fmt: skip
    calls = f" · {view.model_calls} model calls, {view.tokens} tokens" if view.model_calls else ""
    return f"{told} · {seconds:.1f} s{calls}"


def _at_work(view: RunView) -> str:
    at_work: Sequence[str] = [one.expert for one in view.steps if one.state == "running"]
    return ", ".join(at_work[:3]) or "waiting"
