"""A result as the transcript shows it: styled pieces of text, none of which is ever read as markup."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from textual.content import Content

from collegia.display import clean
from collegia.tui.evidence.items import items_of
from collegia.tui.view import RunView
from collegia.tui.wording import one_line

if TYPE_CHECKING:
    from collegia.agents.result import Result

__all__ = ["answer_content", "doing", "notes_content", "sources_content"]

_LONGEST = 20_000
"""Characters of one text that are shown; the rest is in the result, and that is said."""

_SOURCES = 12
"""Numbers and citations that are named under an answer; the evidence has all."""

_STYLES = {
    "answered": "$success", "partial": "$warning", "clarify": "$accent", "refuse_out_of_range": "$warning",
    "out_of_domain": "$warning", "error": "$error", "cancelled": "$warning", "needs_approval": "$accent",
    "rejected": "$warning",
}  # fmt: skip

_TOLD = {
    "partial": "partly answered", "clarify": "asks back", "refuse_out_of_range": "out of range",
    "out_of_domain": "outside every domain", "error": "error", "cancelled": "stopped",
    "needs_approval": "waits", "rejected": "rejected",
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
    """What F3 leads to: each number, and each document cited, with the key that opens it."""
    labels: dict[tuple[str, str], str] = {}  # of a document the label of its first sentence
    for one in items_of(result):
        title = f"“{one.title}”" if one.kind == "quotation" else one.title
        labels.setdefault((f"{one.place}" * (one.kind == "number"), title), f"[{one.label or '–'}] {title}")
    quoted = {one.document for one in result.quotations}
    named = [*labels.values(), *(f"“{one_line(one)}”" for one in result.citations if one not in quoted)]
    if not named:
        return Content("")
    more = [f"and {len(named) - _SOURCES} more"] if len(named) > _SOURCES else []
    return Content.assemble(("evidence F3  ", "dim"), ("   ".join([*named[:_SOURCES], *more]), "dim $accent"))


def notes_content(result: Result) -> Content:
    """What a follow-up changed and kept, warnings, then what was assumed."""
    parts: list[tuple[str, str]] = [(f"changed: {shown(one)}\n", "bold") for one in result.changed]
    if result.kept:
        parts.append((f"kept: {shown('; '.join(result.kept))}\n", "dim"))
    parts += [(f"! {shown(one)}\n", "$warning") for one in result.warnings]
    parts += [(f"· {shown(one)}\n", "dim") for one in result.assumptions]
    return Content.assemble(*parts).rstrip()


def doing(view: RunView, seconds: float) -> str:
    """What a run is doing, in a few words."""
    told = {
        "idle": "loading", "planning": "planning", "checking": "checking the plan", "judging": "judging the results",
        "writing": "writing; this is a draft whose numbers are not traced yet",
        "approving": "waiting for your word on the plan",
        "asking": "asking back", "ended": view.status,
        "running": f"step {min(view.done + 1, len(view.steps))} of {len(view.steps)}: {_at_work(view)}",
    }[view.phase]  # fmt: skip
    calls = f" · {view.model_calls} model calls, {view.tokens} tokens" if view.model_calls else ""
    return f"{told} · {seconds:.1f} s{calls}"


def _at_work(view: RunView) -> str:
    at_work: Sequence[str] = [one.expert for one in view.steps if one.state == "running"]
    return ", ".join(at_work[:3]) or "waiting"
