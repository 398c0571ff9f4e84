"""What a reading of a question holds: things said, things asked, and the things they belong to."""

from __future__ import annotations

from dataclasses import dataclass, field

from collegia.agents.reading.units_alone import LoneUnit
from collegia.tools.kinds import Value
from collegia.tools.quantities import Measure

__all__ = ["Ask", "Misfit", "Reading", "Said", "Subject"]


@dataclass(slots=True)
class Said:
    """A value that the text states.

    Attributes:
        index: its place among the said values, in text order.
        start, end: span in the text.
        first, last: token range.
        measure: the number and its unit; None for a name, a composition, or a value stated by a phrase.
        value: of a value that is not a measure, in its kind's unit.
        kinds: candidate kinds, each with the cost of taking the value for it; 0 is "called so beside it".
        subject: index of the thing it belongs to; None where nothing says.
        state: 0 before, 1 after (2, 3 … further along a process); None where nothing says.
        each: the text says it holds for each of several things ("per side").
        implied: a phrase of a domain implies it, and nobody states it.
        left_out: an answer to a question back says to leave it out.
    """

    index: int
    start: int
    end: int
    first: int
    last: int
    text: str
    measure: Measure | None = None
    value: Value | None = None
    kinds: dict[str, float] = field(default_factory=dict)
    named: bool = False
    subject: int | None = None
    state: int | None = None
    each: bool = False
    implied: bool = False
    left_out: bool = False


@dataclass(slots=True)
class Subject:
    """A thing that values belong to: a fluid, a star, the hot side."""

    index: int
    label: str
    value: Value | None = None
    kind: str = ""
    question: str = ""
    """Set where the name is ambiguous: the question that would settle it."""
    side: str = ""
    said: int | None = None
    places: list[int] = field(default_factory=list)


@dataclass(slots=True)
class Ask:
    """Something the text asks for."""

    text: str
    start: int
    place: int
    kinds: dict[str, float]
    unit: str = ""
    subject: int | None = None
    state: int | None = None
    keys: tuple[Value, ...] = ()
    """Names that stand beside it, to pick one entry of a mapping by."""
    score: float = 0.0
    end: int = -1
    by_unit: bool = False
    """Whether only a unit asks for it, and no name: "how many kg/h"."""
    recalled: bool = False
    """Whether a later sentence asks for it by "both"."""


@dataclass(slots=True)
class Misfit:
    """A quantity named beside a unit that cannot be its unit."""

    name: str
    kind: str
    text: str
    unit: str


@dataclass(slots=True)
class Reading:
    """All that was read."""

    text: str
    said: list[Said]
    asks: list[Ask]
    subjects: list[Subject]
    misfits: list[Misfit]
    methods: list[tuple[str, int]]
    """Experts whose method the text names, with the token place."""
    hints: dict[str, int]
    """Kinds that some word of the text suggests, and how often."""
    units: tuple[LoneUnit, ...] = ()
    """Units that stand without a number."""
    loose: tuple[str, ...] = ()
    """Numbers, in figures or letters, that belong to nothing that was read."""
    known_share: float = 0.0
    """Share of the content words that the vocabulary knows."""
    words: tuple[str, ...] = ()
    """Content words the vocabulary does not know, for look-ups in data too large to list."""
    arranged: frozenset[int] = frozenset()
    """Values whose place (before or after, one side or the other) no word says: they were set apart by their order."""
    ways: tuple[tuple[int, ...], ...] = ()
    """Values that follow each other along a way of three or more points: "from 20 to 50, then to 80 °C"."""
    unasked: tuple[str, ...] = ()
    """Items of a list of asked things that were not understood."""
    settled: list[str] = field(default_factory=list)
    """What answers to questions back settled, in words."""
    pinned: frozenset[int] | None = None
    """Values of which somebody else's reading alone says what they are; None where the words alone make the plan."""
