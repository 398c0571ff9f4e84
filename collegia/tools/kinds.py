"""Kinds: what a value *is*, beyond its unit.

A density, a gauge pressure, a fluid's name: every argument and every result of an expert has a kind. The kind
holds the words by which people name it, so a domain's vocabulary is declared beside the formulas that use it
and nowhere else.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Literal, NamedTuple

__all__ = ["Found", "Kind", "Scale", "Value"]

Value = float | str | tuple[object, ...]
"""What a binding carries: a number in the kind's own unit, a name, or a tuple of plain values (a composition)."""

Scale = Literal["plain", "point", "difference"]
"""`point` has an origin that a written value may be counted from (20 °C, 3 bar(g)); `difference` has none."""


class Found(NamedTuple):
    """A value that a kind's own recogniser found in a text."""

    start: int
    end: int
    value: Value


@dataclass(frozen=True)
class Kind:
    """A kind of value.

    Attributes:
        name: unique, in snake_case: `inside_diameter`.
        unit: the pint text of the unit experts work in (`kg/m**3`; `""` for a plain number); None for a kind whose
            values are names (a fluid, a flow arrangement) or compositions.
        names: noun phrases that name it: asked by them, and a value beside one is read as this kind.
        hints: weaker words that suggest it for a value of this dimension standing near ("50 mm *tube*").
        words: phrases that state a value by themselves: `{"stoichiometric": 1.0}`, `{"toluene": "toluene"}`.
        find: finds values written in a notation of their own (a reaction, a SMILES string); given the text.
        lookup: resolves a phrase that `words` does not hold, from data too large to list; called with noun phrases of
            the question only where a value of this kind is needed and none was found.
        ambiguous: phrases that look like a value but need a question back, with that question.
        parent: a wider kind. A value said only as the wider kind may serve for this one.
        scale: see `Scale`.
        show: units to answer in when none was asked for; the first is used.
        common: a bare value of this dimension is taken for this kind ("60 m³/h" is a volume flow).
        subject: its values name the things that other values belong to ("12 t/h of *oil*").
    """

    name: str
    unit: str | None
    names: tuple[str, ...] = ()
    hints: tuple[str, ...] = ()
    words: Mapping[str, Value] = field(default_factory=dict)
    find: Callable[[str], Iterable[Found]] | None = None
    lookup: Callable[[str], Value | None] | None = None
    ambiguous: Mapping[str, str] = field(default_factory=dict)
    parent: Kind | None = None
    scale: Scale = "plain"
    show: tuple[str, ...] = ()
    common: bool = False
    subject: bool = False

    def __hash__(self) -> int:
        return hash((self.name, self.unit, self.scale))

    def __eq__(self, other: object) -> bool:
        mine = (self.name, self.unit, self.scale)
        return isinstance(other, Kind) and (other.name, other.unit, other.scale) == mine

    @property
    def label(self) -> str:
        """The name to show to a person."""
        return self.names[0] if self.names else self.name.replace("_", " ")

    def lineage(self) -> tuple[str, ...]:
        """This kind's name, its parent's, and so on upwards."""
        upper = self.parent.lineage() if self.parent else ()
        return (self.name, *upper)
