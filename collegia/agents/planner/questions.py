"""Questions back that need no plan: what was said cannot be meant, or nothing installed concerns it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from collegia.agents.numbers import format_unit
from collegia.agents.plan import Missing, Proposal
from collegia.agents.reading.types import Ask, Reading, Said
from collegia.tools.kinds import Kind
from collegia.tools.registry import Registry
from collegia.tools.units import parse_unit, same_dimension

if TYPE_CHECKING:
    from collegia.agents.planner.planning import Candidate
    from collegia.agents.planner.targets import Target

__all__ = [
    "by_gauge",
    "clarify_methods",
    "clarify_misfits",
    "concerned",
    "from_vacuum",
    "no_expert",
    "out_of_scope",
    "unit_shown",
]


def concerned(candidate: Candidate, reading: Reading) -> bool:
    """Whether a question that lacks everything speaks of the domains at all."""
    return bool(candidate.weaver.uses) or reading.known_share >= 0.5 or any(s.question for s in reading.subjects)


def clarify_misfits(reading: Reading, registry: Registry) -> Proposal:
    """A quantity was named with a unit that cannot be its own: ask, naming what would fit."""
    missing = []
    for misfit in reading.misfits:
        kind = registry.kinds[misfit.kind]
        fitting = format_unit(unit_shown(kind)) or "a plain number"
        if not misfit.unit:
            text = (
                f"{misfit.name} is stated as {misfit.text!r} with no unit that I know. "
                f"In which unit is it? For example in {fitting}."
            )
            missing.append(Missing(name=kind.label, kind=kind.name, unit=unit_shown(kind), question=text))
            continue
        other = _what_unit_is(misfit.unit, registry)
        text = (
            f"{misfit.text!r} is not a {kind.label}: its unit has another dimension{other}. "
            f"A {kind.label} is given in {fitting}."
        )
        missing.append(Missing(name=kind.label, kind=kind.name, unit=unit_shown(kind), question=text))
    message = " ".join(item.question for item in missing) + " Which value did you mean?"
    return Proposal(status="clarify", missing=tuple(missing), message=message)


def by_gauge() -> Proposal:
    """A pressure is asked by gauge: what is computed is absolute, and the two are never mixed."""
    text = "I give computed pressures as absolute. Please ask for it absolute, then for the conversion to gauge."
    return Proposal(
        status="clarify", missing=(Missing(name="pressure reference", kind="", question=text),), message=text
    )


def from_vacuum(said: Said) -> Proposal:
    """A pressure below the atmosphere: how it is counted is not guessed."""
    text = f"{said.text!r} is said as a vacuum. Please state the absolute pressure."
    return Proposal(status="clarify", missing=(Missing(name="the state meant", kind="", question=text),), message=text)


def no_expert(asks: Sequence[Ask]) -> Proposal:
    """Something is asked that no installed expert gives."""
    names = ", ".join(f"{ask.text!r} in {format_unit(ask.unit)}" if ask.unit else repr(ask.text) for ask in asks)
    text = f"No installed expert gives {names}. Please ask without it, or say it in other words."
    missing = tuple(Missing(name=ask.text, kind="", unit=ask.unit, question=text) for ask in asks)
    return Proposal(status="clarify", missing=missing, message=text)


def _what_unit_is(unit: str, registry: Registry) -> str:
    common = [k.label for k in registry.kinds.values() if k.common and k.unit and same_dimension(k.unit, unit)]
    return f" (it is the unit of a {common[0]})" if common else ""


def out_of_scope(reading: Reading, registry: Registry) -> Proposal:
    """No installed expert gives what is asked; or nothing is asked although values are stated."""
    values = [said for said in reading.said if said.measure is not None and said.measure.unit is not None]
    of_a_thing = len(values) > 1 and any(subject.kind for subject in reading.subjects)
    if (of_a_thing or any(said.named for said in values)) and reading.known_share >= 0.5 and not reading.asks:
        text = "I read the values, but not what is asked. Which quantity do you want?"
        return Proposal(
            status="clarify", missing=(Missing(name="what is asked", kind="", question=text),), message=text
        )
    scopes = "; ".join(domain.scope or domain.title for domain in registry.domains.values())
    text = (
        "This is outside the domains that are installed, so I cannot answer it. "
        f"I can help with: {scopes or 'nothing yet'}."
    )
    return Proposal(status="out_of_domain", message=text)


def clarify_methods(reading: Reading, targets: Sequence[Target], registry: Registry) -> Proposal:
    """No plan was found at all, although experts for the asked values exist."""
    names = ", ".join(target.label for target in targets)
    text = f"I could not find a way to {names} from what is given. Please say which values are known, with their names."
    return Proposal(status="clarify", missing=(Missing(name=names, kind="", question=text),), message=text)


def unit_shown(kind: Kind) -> str:
    """The unit in which a value of a kind is asked for and told."""
    if kind.unit is None:
        return ""
    shown = kind.show[0] if kind.show else kind.unit
    return parse_unit(shown).text
