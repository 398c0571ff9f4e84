"""A value that is said for one argument, read as the question would have been."""

from __future__ import annotations

from collegia.agents.values import compatible
from collegia.errors import Unclear, UnitError, UsageError
from collegia.tools.card import Port
from collegia.tools.kinds import Kind, Value
from collegia.tools.quantities import Measure, as_kind
from collegia.tools.registry import Registry
from collegia.tools.words import INQUIRY, RESULTS

__all__ = ["read_value"]

_LONGEST = 1000  # characters; a value is short, and the question of an expert that takes words is no document


def read_value(text: str, port: Port, registry: Registry, place: str) -> Value:
    """The value of a text for a port, in the unit of the port's kind.

    Args:
        text: a number with its unit, a name, or words in a notation of the kind's own ("DN 150").
        port: of the argument.
        registry: whose vocabulary it is read with.
        place: STEP.ARGUMENT, for messages.

    Raises:
        UsageError: it is not one value, or a name that nothing knows.
        UnitError: it has another dimension, or no unit where one is needed.
        Unclear: the name means more than one thing.
    """
    from collegia.agents.reading.reader import read

    said, kind = text.strip(), port.kind
    if not said or len(said) > _LONGEST:
        raise UsageError(f"{place}: give the {kind.label} in 1 to {_LONGEST} characters")
    if kind.name == INQUIRY.name:
        return said
    if kind.name == RESULTS.name:
        raise UsageError(f"{place} takes what earlier steps gave, and cannot be said")
    reading = read(said, registry)
    whole = [one for one in reading.said if not (said[: one.start] + said[one.end :]).strip(" .=")]
    for one in whole:
        if one.measure is None and one.value is not None and any(_may_be(name, kind, registry) for name in one.kinds):
            return one.value
    measured = next((one.measure for one in whole if one.measure is not None), None)
    if kind.unit is not None:
        if measured is None:
            example = (kind.show[0] if kind.show else kind.unit) or "no unit"
            raise UsageError(f"{place}: {said!r} is not one {kind.label}; give one number, in {example} for example")
        return _number(measured, kind, place)
    return _name(said, kind, place)


def _may_be(name: str, kind: Kind, registry: Registry) -> bool:
    return name == kind.name or (name in registry.kinds and not compatible(registry.kinds[name], kind))


def _number(measure: Measure, kind: Kind, place: str) -> float:
    if measure.pair or (measure.unit is not None and measure.unit.reference == "vacuum"):
        raise UsageError(f"{place}: {measure.text!r} is not one {kind.label} counted from zero; give it as such")
    try:
        return as_kind(measure, kind)
    except UnitError as error:
        raise UnitError(f"{place}: {error}") from error


def _name(said: str, kind: Kind, place: str) -> Value:
    question = next((asks for phrase, asks in kind.ambiguous.items() if phrase.casefold() == said.casefold()), "")
    if question:
        raise Unclear(f"{place}: {question}")
    if kind.lookup is not None and (found := kind.lookup(said)) is not None:
        return found
    if kind.words or kind.find is not None or kind.lookup is not None:
        raise UsageError(f"{place}: no {kind.label} is known by the name {said!r}")
    return said
