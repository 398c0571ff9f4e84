"""The arguments and outputs of one expert as those of another, by what they are."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from collegia.agents.plan import Binding, Default, Known
from collegia.agents.values import compatible, in_unit
from collegia.errors import UsageError
from collegia.tools.card import Card, Port

__all__ = ["rebound", "replaced_outputs"]


def replaced_outputs(old: Card, new: Card, used: Iterable[str]) -> dict[str, str]:
    """Which output of the new expert is each used one of the old.

    Raises:
        UsageError: it has none of that kind, or more than one.
    """
    found: dict[str, str] = {}
    for name in sorted(used):
        port = old.output(name)
        same = [one for one in new.outputs if _alike(one, port) and one.keyed == port.keyed]
        same = [one for one in same if one.name == name] or same
        if len(same) != 1:
            gives = ", ".join(one.kind.label for one in new.outputs)
            raise UsageError(f"{new.name} does not give {port.kind.label} as {old.name} does; it gives: {gives}")
        found[name] = same[0].name
    return found


def rebound(old: Card, arguments: Mapping[str, Binding], new: Card) -> dict[str, Binding]:
    """The arguments of the new expert.

    An argument of the old expert serves for one of the new that is the same: in kind, state and slot, or else in kin.
    A default of the old expert is none of the new.

    Raises:
        UsageError: naming every argument that is missing, or that could be several.
    """
    left = {name: bound for name, bound in arguments.items() if not isinstance(bound, Default)}
    made: dict[str, Binding] = {}
    several: dict[str, str] = {}
    for alike in (_alike, _akin):
        for port in new.inputs:
            if port.name in made:
                continue
            serving = [name for name in left if alike(port, old.input(name))]
            rivals = [one for one in new.inputs if one.name not in made and alike(port, one)]
            if port.name in serving:
                serving, rivals = [port.name], [port]
            if len(serving) == 1 and len(rivals) == 1:
                made[port.name] = _in_port(left.pop(serving[0]), old.input(serving[0]), port)
            elif serving:
                several[port.name] = f"which of {', '.join(serving)} is its {port.kind.label} ({port.name})"
    faults = [
        several.get(port.name, f"its {port.kind.label} ({port.name})")
        for port in new.inputs
        if port.name not in made and (port.required or port.name in several)
    ]
    if faults:
        unsaid = "; ".join(faults)
        raise UsageError(f"{new.name} can't be put in the place of {old.name}: the plan does not say {unsaid}")
    return {
        port.name: made.get(port.name, Default(value=port.default, unit=port.kind.unit or "")) for port in new.inputs
    }


def _alike(one: Port, other: Port) -> bool:
    return (one.kind.name, one.at, one.slot) == (other.kind.name, other.at, other.slot)


def _akin(one: Port, other: Port) -> bool:
    """Whether one kind is a wider one of the other: "diameter" and "inside diameter"."""
    related = one.kind.name in other.kind.lineage() or other.kind.name in one.kind.lineage()
    return related and (one.at, one.slot) == (other.at, other.slot) and not compatible(other.kind, one.kind)


def _in_port(bound: Binding, old: Port, new: Port) -> Binding:
    """A stated value in the unit of the port that takes it now."""
    if not isinstance(bound, Known):
        return bound
    value = in_unit(bound.value, old.kind, new)
    return bound.model_copy(update={"value": value, "unit": new.kind.unit or "", "kind": new.kind.name})
