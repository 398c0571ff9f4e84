"""Comparing two values of one kind, shares of a total, and totals over repeats.

The logic is the same whatever the kind, so each function here is made once for every kind it serves. Annotations are
evaluated where the function is made (hence no postponed annotations in this module): each carries its own kind.
"""

from collections.abc import Callable
from typing import Annotated

from collegia.domains.arithmetic import kinds
from collegia.errors import OutOfRange, Unclear
from collegia.tools import At, Example, Kind, Range, caution, expert
from collegia.tools import common as k

__all__ = ["FUNCTIONS", "cost_of_units"]

_Made = Callable[..., float]

_COMPARED = (
    k.power, k.energy, k.cost, k.annual_cost, kinds.annual_energy, k.mass, k.volume, k.mass_flow, k.volume_flow,
)  # fmt: skip
_SHARED = (k.mass, k.volume, k.amount, k.energy, k.power, k.cost, k.mass_flow, k.volume_flow, k.molar_flow)
_REPEATED = (k.mass, k.volume, k.energy, k.power)


def _named(function: _Made, name: str, purpose: str) -> _Made:
    function.__name__ = function.__qualname__ = name
    function.__doc__ = purpose
    return function


def _spoken(kind: Kind) -> str:
    return kind.name.replace("_", " ")


def _saving_in(kind: Kind) -> _Made:
    @expert(examples=[Example({"before": 250.0, "after": 200.0}, {"saving": 0.2})])
    def made(
        before: Annotated[float, kind, At("start"), Range(gt=0)], after: Annotated[float, kind, At("end"), Range(ge=0)]
    ) -> Annotated[float, kinds.saving]:
        if after > before:
            caution("the value after is the larger one: the saving is negative")
        return 1.0 - after / before

    purpose = f"Share of {_spoken(kind)} saved between before and after: 1 − after / before."
    return _named(made, f"{kind.name}_saving", purpose)


def _increase_in(kind: Kind) -> _Made:
    @expert(examples=[Example({"before": 200.0, "after": 250.0}, {"relative_increase": 0.25})])
    def made(
        before: Annotated[float, kind, At("start"), Range(gt=0)], after: Annotated[float, kind, At("end"), Range(ge=0)]
    ) -> Annotated[float, kinds.relative_increase]:
        return after / before - 1.0

    purpose = f"Relative rise in {_spoken(kind)} from before to after: after / before − 1."
    return _named(made, f"{kind.name}_increase", purpose)


def _ratio_of(kind: Kind) -> _Made:
    @expert(examples=[Example({"before": 200.0, "after": 250.0}, {"ratio": 1.25})])
    def made(
        before: Annotated[float, kind, At("start"), Range(gt=0)], after: Annotated[float, kind, At("end"), Range(ge=0)]
    ) -> Annotated[float, kinds.ratio]:
        return after / before

    purpose = f"Ratio of the {_spoken(kind)} after to that before: after / before."
    return _named(made, f"{kind.name}_ratio", purpose)


def _difference_of(kind: Kind) -> _Made:
    said = kind.names[0]
    change = Kind(
        f"{kind.name}_change",
        kind.unit,
        names=(
            *(f"{said} {word}" for word in ("saving", "change", "reduction", "increase")),
            *(f"{word} in {said}" for word in ("saving", "change", "reduction", "increase", "difference")),
            f"difference of {said}",
        ),
        show=kind.show,
    )

    @expert(examples=[Example({"before": 200.0, "after": 250.0}, {change.name: 50.0})])
    def made(
        before: Annotated[float, kind, At("start")], after: Annotated[float, kind, At("end")]
    ) -> Annotated[float, change]:
        return abs(after - before)

    purpose = f"Difference in {_spoken(kind)} between before and after, without a sign."
    return _named(made, f"{kind.name}_difference", purpose)


def _share_of(kind: Kind) -> _Made:
    @expert(examples=[Example({"part": 30.0, "total": 120.0}, {"share": 0.25})])
    def made(
        part: Annotated[float, kind, Range(ge=0)], total: Annotated[float, kinds.total_of(kind), Range(gt=0)]
    ) -> Annotated[float, kinds.share]:
        if part > total:
            raise OutOfRange(f"a part ({part:g} {kind.unit}) cannot exceed its total ({total:g} {kind.unit})")
        if part == total:
            raise Unclear(f"the part and the total are both {part:g} {kind.unit}: which value is the part?")
        return part / total

    return _named(made, f"{kind.name}_share", f"Share that a {_spoken(kind)} has in a total: part / total.")


def _total_of(kind: Kind) -> _Made:
    total = kinds.total_of(kind)

    @expert(examples=[Example({"number": 12.0, "each": 200.0}, {total.name: 2400.0})])
    def made(
        number: Annotated[float, kinds.number_of_units, Range(ge=0)], each: Annotated[float, kind, Range(ge=0)]
    ) -> Annotated[float, total]:
        return number * each

    return _named(made, f"{kind.name}_of_units", f"Total {_spoken(kind)} of a number of equal units: number × each.")


@expert(examples=[Example({"number": 12.0, "price": 45.0}, {"total_cost": 540.0})])
def cost_of_units(
    number: Annotated[float, kinds.number_of_units, Range(ge=0)], price: Annotated[float, kinds.unit_price, Range(ge=0)]
) -> Annotated[float, kinds.total_of(k.cost)]:
    """Total cost of a number of units bought at a price each: number × price."""
    return number * price


FUNCTIONS: tuple[_Made, ...] = (
    *(make(kind) for kind in _COMPARED for make in (_saving_in, _increase_in, _ratio_of, _difference_of)),
    *(_share_of(kind) for kind in _SHARED),
    *(_total_of(kind) for kind in _REPEATED),
    cost_of_units,
)
