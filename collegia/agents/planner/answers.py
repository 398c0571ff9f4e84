"""Answers to questions back: a value that the answer does not name is the one that was asked for."""

from __future__ import annotations

from collections.abc import Sequence

from collegia.agents.plan import Missing
from collegia.agents.planner.search import Derivation, Lack
from collegia.agents.reading.types import Reading, Said
from collegia.tools.card import Port
from collegia.tools.quantities import fits
from collegia.tools.registry import Registry

__all__ = ["Wanted", "bind_answer", "wanted_of"]

Wanted = tuple[str, int | None, int | None]
"""Kind, thing and state of a value that was asked for."""


def wanted_of(lacks: Sequence[tuple[Lack, Port, Derivation]], missing: Sequence[Missing]) -> list[Wanted]:
    """What a question back asked for."""
    found: list[Wanted] = []
    for lack, port, parent in lacks:
        rule = parent.rule
        found.append((lack.kind, rule.subject(port) if rule else None, rule.state(port) if rule and port.at else None))
    found.extend((item.kind, None, None) for item in missing if item.kind and not lacks)
    return list(dict.fromkeys(found))


def bind_answer(reading: Reading, wanted: Sequence[Wanted], start: int, end: int, registry: Registry) -> None:
    """Bind the values of one answer, in the span from `start` to `end`, to what was asked for."""
    open_ = list(wanted)
    for said in reading.said:
        if not start <= said.start < end:
            continue
        match = next((w for w in open_ if _serves(said, w, registry)), None)
        if match is None:
            continue
        kind, subject, state = match
        open_.remove(match)
        said.kinds, said.named = {kind: 0.0}, True
        if said.measure is not None:
            said.subject = subject if subject is not None else said.subject
            said.state = state
        else:
            _name_thing(reading, said, kind, subject)
    reading.misfits[:] = [
        misfit for misfit in reading.misfits if misfit.kind not in {w[0] for w in wanted if w not in open_}
    ]


def _serves(said: Said, wanted: Wanted, registry: Registry) -> bool:
    kind = registry.kinds.get(wanted[0])
    if kind is None:
        return False
    if said.measure is None:
        return kind.name in said.kinds
    return fits(said.measure, kind) and (not said.named or said.kinds.get(kind.name, 9.0) < 1.0 or len(said.kinds) == 0)


def _name_thing(reading: Reading, said: Said, kind: str, subject: int | None) -> None:
    """The answer names a thing that the question left open ("the refrigerant" is R134a)."""
    for thing in reading.subjects:
        if thing.index == subject or (subject is None and thing.question and thing.kind == kind):
            thing.value, thing.question, thing.said = said.value, "", said.index
            said.subject = thing.index
            return
