"""Why an answer is what it is: what went into it, from its steps. Nothing is computed here."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from collegia.agents.numbers import format_quantity
from collegia.agents.result import Result, StepReport
from collegia.agents.talk.base import Base, label_of
from collegia.agents.talk.turns import Turn
from collegia.agents.talk.words import WHY
from collegia.agents.values import is_number
from collegia.tools.card import Card

__all__ = ["asks_why", "explanation"]

_JUDGING = frozenset(
    """why how come what makes drives explain where does did get high low big small large great much little many
    higher lower bigger smaller larger far too very come comes from answer result number step steps calculated computed
    found obtained derived""".split()
)


def asks_why(turn: Turn, base: Base) -> bool:
    """Whether a turn asks why the last answer is what it is: of anything else it has a word."""
    if not WHY.match(turn.text) or turn.said:
        return False
    made = {port.kind for step in base.plan.steps for port in base.registry.experts[step.expert].card.outputs}
    made |= {port.kind for step in base.plan.steps for port in base.registry.experts[step.expert].card.inputs}
    words = {word.lower() for kind in made for name in (*kind.names, kind.label) for word in name.split()}
    words |= {word.lower() for one in base.plan.asked for word in one.name.split()}
    heard = {token.text.lower() for token in turn.tokens if token.is_word}
    little = frozenset("the a an of in at for to".split())
    return not heard - words - _JUDGING - little


def explanation(result: Result, base: Base) -> str:
    """The answer again, with what was stated, what was taken for granted, and what came of it step by step."""
    lines = [result.answer_text, "", "It comes from:"]
    lines += [f"- stated: {place.told}" for place in base.stated]
    lines += [f"- assumed: {one}" for one in result.assumptions]
    lines += [
        f"- step {line}" for step in result.steps for line in _step(step, base.registry.experts[step.expert].card)
    ]
    lines += [f"- warning: {one}" for one in result.warnings]
    return "\n".join(lines)


def _step(step: StepReport, card: Card) -> Iterator[str]:
    """What went into a step, and what came out."""
    if step.status != "finished":
        yield f"{step.id}, {step.expert}: {step.error}"
        return
    went = [f"{label_of(port, card)} {_shown(step.inputs[port.name], port.kind.unit)}" for port in card.inputs
            if step.inputs.get(port.name) is not None]  # fmt: skip
    came = [f"{label_of(port, card)} {_shown(step.outputs[port.name], port.kind.unit)}" for port in card.outputs
            if step.outputs.get(port.name) is not None]  # fmt: skip
    yield f"{step.id}, {step.expert}: {', '.join(went)} → {', '.join(came)} ({step.source})"


def _shown(value: Any, unit: str | None) -> str:
    return format_quantity(value, unit or "") if is_number(value) else str(value)
