"""The answer: what was asked, in the units it was asked in, with all that it rests on.

The text says the answer and nothing else; the surfaces show steps, assumptions and sources from the structured result.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from collegia.agents.approval.bindings import as_approved
from collegia.agents.log import Outcome
from collegia.agents.modelled.conflicts import conflicts
from collegia.agents.modelled.results import is_said, replies_of, told_reply
from collegia.agents.modelled.written import checked, numbers_said
from collegia.agents.numbers import format_quantity, format_unit, untraced_numbers
from collegia.agents.plan import (
    Asked,
    Binding,
    Cited,
    Default,
    FromStep,
    Gathered,
    Given,
    Missing,
    Plan,
    Remembered,
    Step,
    Worded,
)
from collegia.agents.quoting import Quotation, cited, quotations, quoted_text
from collegia.agents.reflect import Judgement, asked_value, is_quoted, why_not
from collegia.agents.result import Quantity, Result, StepReport, Usage
from collegia.agents.values import difference_unit, is_number
from collegia.errors import UnitError
from collegia.events import StepFailed, StepFinished, StepSkipped
from collegia.evidence import Evidence
from collegia.tools.card import Port
from collegia.tools.registry import Registry
from collegia.tools.units import convert, parse_unit

__all__ = ["Findings", "answer", "clarification_text", "reports", "sentence"]


@dataclass(frozen=True)
class Findings:
    """All that an answer is made of.

    Attributes:
        question: as it was read, spans count in it.
        answers: what the user answered to questions back.
        judgement: what reflection, the check or the planner came to.
        plan: the plan, where one was made.
        ends: how its steps ended.
        missing: what the planner asks for.
        notes: warnings from before planning, and of the planner.
        written: what the writer's model made of the results; empty where there is none.
        usage: seconds so far.
    """

    run_id: str
    question: str
    judgement: Judgement
    answers: tuple[str, ...] = ()
    plan: Plan | None = None
    ends: Mapping[str, Outcome] = field(default_factory=dict)
    missing: tuple[Missing, ...] = ()
    notes: tuple[str, ...] = ()
    written: str = ""
    usage: Usage = field(default_factory=Usage)


def answer(found: Findings, registry: Registry) -> Result:
    """Make the result of a run."""
    steps = reports(found, registry)
    status = found.judgement.status
    quantities: list[Quantity] = []
    lost: list[Missing] = list(found.missing)
    if found.plan is not None and status in ("answered", "partial"):
        for asked in found.plan.asked:
            if (is_quoted(asked) or is_said(asked)) and asked_value(asked, found.ends) is not None:
                continue
            had = list(_quantities(asked, found, registry))
            quantities.extend(had)
            if not had:
                lost.append(Missing(name=asked.name, kind=asked.kind, unit=asked.unit, why=why_not(asked, found.ends)))
    quoted = quotations(found.plan, found.ends) if found.plan and status in ("answered", "partial") else ()
    replies = replies_of(found.plan, registry, found.ends) if found.plan and status in ("answered", "partial") else ()
    text = _text(found, quantities, lost, [*_paragraphs(quoted), *map(told_reply, replies)])
    warnings = [
        *found.notes,
        *(found.plan.warnings if found.plan else ()),
        *_cautions(found),
        *found.judgement.warnings,
    ]
    warnings.extend(_inherited(found, registry))
    warnings.extend(conflicts(quantities, replies))
    said = [text for one in replies for _, text in one.voices]
    if of_models := numbers_said(" ".join(said)):
        warnings.append(f"said by a language model, neither computed nor cited: {', '.join(of_models)}")
    if stray := untraced_numbers(text, [*map(told_reply, replies), *_allowed(found, quantities, steps, quoted)]):
        warnings.append(f"not traced to a source: {', '.join(stray)}")
    made = Result(
        run_id=found.run_id,
        status=status,
        question=found.question,
        answer_text=text,
        quantities=tuple(quantities),
        citations=cited(quoted),
        quotations=quoted,
        replies=replies,
        assumptions=tuple(dict.fromkeys(_assumptions(found, registry))),
        missing=tuple(lost),
        warnings=tuple(dict.fromkeys(warnings)),
        plan=found.plan,
        steps=steps,
        usage=found.usage,
    )
    if not found.written:
        return made
    written = checked(found.written, made, registry, found.answers)
    told = _text(found, quantities, lost, [*_paragraphs(quoted), written.text])
    return made.model_copy(update={"answer_text": told, "warnings": (*made.warnings, *written.warnings)})


def sentence(text: str) -> str:
    """With a capital at its start, where it starts with a word and not with a symbol, and a stop at its end."""
    text = text.strip()
    if re.match(r"(?:[a-z]{2,}|a)(?![\w-])", text):
        text = text[0].upper() + text[1:]
    return text if not text or text[-1] in ".?!" else f"{text}."


def clarification_text(message: str, missing: tuple[Missing, ...]) -> str:
    """The question back, naming each value and its unit; the planner's own words go first."""
    if message.strip():
        return message.strip()
    asked = [sentence(one.question) for one in missing if one.question]
    named = [_named(one) for one in missing if not one.question]
    if named:
        asked.append(f"To answer this, please give: {'; '.join(named)}.")
    return " ".join(asked) or "Please say more exactly what is asked."


def _named(one: Missing) -> str:
    unit = ""
    if one.unit:
        try:
            unit = f" (in {format_unit(one.unit)})"
        except UnitError:
            unit = f" (in {one.unit})"
    return f"{one.name}{unit}" + (f", {one.why}" if one.why else "")


def _quantities(asked: Asked, found: Findings, registry: Registry) -> Iterator[Quantity]:
    value = asked_value(asked, found.ends)
    if value is None or found.plan is None:
        return
    card = registry.experts[found.plan.step(asked.source.step).expert].card
    port = card.output(asked.source.output)
    if isinstance(value, Mapping):
        for key, one in value.items():
            yield _quantity(f"{asked.name} of {key}", one, asked, port)
    else:
        yield _quantity(asked.name, value, asked, port)


def _quantity(name: str, value: Any, asked: Asked, port: Port) -> Quantity:
    step, uncertainty = asked.source.step, port.uncertainty
    if not is_number(value):
        return Quantity(name=name, value=_words(value), step=step)
    given = port.kind.unit or ""
    wanted = asked.unit or given
    if port.kind.scale == "difference":
        given, wanted = difference_unit(given), difference_unit(wanted)
    unit = parse_unit(wanted).text
    shown = value if parse_unit(given).text == unit else convert(float(value), given, wanted)
    return Quantity(name=name, value=shown, unit=unit, step=step, uncertainty=uncertainty)


def _words(value: Any) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, (list, tuple)):
        return ", ".join(_words(one) for one in value)
    return str(value)


def _text(found: Findings, quantities: list[Quantity], lost: list[Missing], words: list[str]) -> str:
    judged = found.judgement
    said = " ".join(sentence(one) for one in judged.findings)
    if judged.status == "answered":
        return "\n".join([*(_line(one) for one in quantities), *words])
    if judged.status == "partial":
        rest = [sentence(f"{one.name} could not be had: {one.why}") for one in lost]
        return "\n".join([*(_line(one) for one in quantities), *words, *rest])
    if judged.status == "clarify":
        return clarification_text(said, found.missing)
    if judged.status == "needs_approval":
        go = f"`collegia resume {found.run_id} --approve` runs it, `--reject` ends it."
        return f"The plan waits for your approval, and nothing of it has run. {said} {go}"
    if judged.status == "rejected":
        return f"The plan was rejected before it ran{f': {judged.findings[0]}' if judged.findings else ''}."
    if judged.status == "refuse_out_of_range":
        return f"No value is given, because none would hold. {said}".strip()
    if judged.status == "out_of_domain":
        return said or "This lies outside what the installed domains can answer."
    if judged.status == "cancelled":
        return f"The run was cancelled. `collegia resume {found.run_id}` goes on with it."
    return f"The question could not be answered. {said}".strip()


def _paragraphs(quoted: tuple[Quotation, ...]) -> list[str]:
    return [quoted_text(quoted)] if quoted else []


def _line(one: Quantity) -> str:
    shown = f"{one.name} = {format_quantity(one.value, one.unit)}"
    return shown if one.uncertainty is None else f"{shown} (± {100 * one.uncertainty:.3g} %)"


def _allowed(
    found: Findings, quantities: list[Quantity], steps: tuple[StepReport, ...], quoted: tuple[Quotation, ...]
) -> Iterator[float | str]:
    """What a number in the text may lead to: the user's words, a computed value, what an expert said, a citation."""
    for one_quoted in quoted:
        yield one_quoted.text
        yield one_quoted.document
    yield as_approved(found.question, found.plan)
    yield from found.answers
    for one in quantities:
        yield one.value
        if one.uncertainty is not None:
            yield 100 * one.uncertainty
    for step in steps:
        yield step.error
        yield from (one["text"] for one in step.evidence.values() if one["origin"] == "approval")
    yield from found.judgement.findings
    yield found.run_id


def _cautions(found: Findings) -> Iterator[str]:
    for end in found.ends.values():
        if isinstance(end, StepFinished):
            yield from end.cautions


def _assumptions(found: Findings, registry: Registry) -> Iterator[str]:
    if found.plan is None:
        return
    yield from found.plan.assumptions
    for step in found.plan.steps:
        end = found.ends.get(step.id)
        if not isinstance(end, StepFinished):
            continue
        for name, bound in step.arguments.items():
            if isinstance(bound, Default) and bound.value is not None:
                port = registry.experts[step.expert].card.input(name)
                value = format_quantity(
                    bound.value if is_number(bound.value) else _words(bound.value), port.kind.unit or ""
                )
                yield f"{port.kind.label} taken as {value} (default of {step.expert})"
        yield from end.assumptions


def _inherited(found: Findings, registry: Registry) -> Iterator[str]:
    """A stated uncertainty of a step that an asked value rests on, where the value does not show it itself."""
    if found.plan is None or found.judgement.status not in ("answered", "partial"):
        return
    direct = {(asked.source.step, asked.source.output) for asked in found.plan.asked}
    for step in found.plan.steps:
        for bound in step.arguments.values():
            if not isinstance(bound, FromStep) or (bound.step, bound.output) in direct:
                continue
            giver = found.plan.step(bound.step).expert
            port = registry.experts[giver].card.output(bound.output)
            if port.uncertainty is not None and isinstance(found.ends.get(step.id), StepFinished):
                share = f"{100 * port.uncertainty:.3g} %"
                yield f"the answer rests on {port.kind.label} of {giver}, which may be off by {share}"


def reports(found: Findings, registry: Registry) -> tuple[StepReport, ...]:
    """Each step as it went, in the order of the plan."""
    if found.plan is None:
        return ()
    return tuple(_report(step, found, registry) for step in found.plan.steps)


def _report(step: Step, found: Findings, registry: Registry) -> StepReport:
    end = found.ends.get(step.id)
    expert = registry.experts.get(step.expert)
    evidence = {name: _evidence(bound, found, registry).to_dict() for name, bound in step.arguments.items()}
    source = expert.card.source if expert else ""
    blank = StepReport(id=step.id, expert=step.expert, status="skipped", evidence=evidence, source=source)
    match end:
        case StepFinished():
            went: dict[str, Any] = {
                "status": "finished",
                "inputs": dict(end.inputs),
                "outputs": dict(end.outputs),
                "seconds": end.seconds,
            }
        case StepFailed():
            went = {"status": "failed", "inputs": dict(end.inputs), "seconds": end.seconds, "error": end.message}
        case StepSkipped():
            went = {"error": end.because}
        case None:
            went = {"error": "it was not started"}
    return blank.model_copy(update=went)


def _evidence(bound: Binding, found: Findings, registry: Registry) -> Evidence:
    """Where an argument came from; a step's output is only named, its own report says the rest."""
    if isinstance(bound, Given) and bound.instead_of:
        return Evidence("approval", text=bound.text, source=f"instead of {bound.instead_of}")
    if isinstance(bound, Given):
        origin: Any = "clarification" if bound.start >= len(found.question) and found.answers else "question"
        return Evidence(origin, text=bound.text, start=bound.start, end=bound.end)
    if isinstance(bound, Default):
        return Evidence("default", text=_words(bound.value))
    if isinstance(bound, Remembered):
        return Evidence("remembered", text=bound.text, source=f"said on {bound.day}")
    if isinstance(bound, Cited):
        return Evidence("passage", text=bound.text, start=bound.start, end=bound.end, source=bound.source)
    if isinstance(bound, Worded):
        return Evidence("planner", text=bound.value)
    if isinstance(bound, Gathered):
        return Evidence("steps", inputs=tuple(_evidence(source, found, registry) for source in bound.sources))
    label = bound.output if bound.key is None else f"{bound.output}[{bound.key}]"
    giver = next((step.expert for step in (found.plan.steps if found.plan else ()) if step.id == bound.step), "")
    source = registry.experts[giver].card.source if giver in registry.experts else ""
    return Evidence("call", step=bound.step, expert=giver, output=label, source=source)
