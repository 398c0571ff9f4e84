"""Cards: what an expert says of itself, derived from its function and never written twice."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from collegia.tools.kinds import Kind, Value

__all__ = ["STATED", "At", "Card", "Example", "Of", "Port", "Range", "Stated", "Uncertainty"]


@dataclass(frozen=True)
class At:
    """Marks a port as the state before (`start`) or after (`end`) what the expert describes.

    "from 5 bar to 4 bar" fills a `start` and an `end` port; the `end` of one step is the `start` of the next.
    """

    when: Literal["start", "end"]


@dataclass(frozen=True)
class Of:
    """Names the slot a port belongs to, where an expert joins several things: `Of("hot")`, `Of("cold")`.

    All ports of one slot are bound to values of one thing. Ports without it belong to the expert's main thing.
    """

    slot: str


@dataclass(frozen=True)
class Stated:
    """Marks an optional port that only a stated value may fill: it is never computed for."""


STATED = Stated()


@dataclass(frozen=True)
class Range:
    """Validity of a number, in the port's unit. A value outside is refused, or only warned of with `warn`."""

    gt: float | None = None
    ge: float | None = None
    lt: float | None = None
    le: float | None = None
    warn: bool = False

    def holds(self, value: float) -> bool:
        """Whether `value` lies inside."""
        return (
            (self.gt is None or value > self.gt)
            and (self.ge is None or value >= self.ge)
            and (self.lt is None or value < self.lt)
            and (self.le is None or value <= self.le)
        )

    def __str__(self) -> str:
        parts = [(">", self.gt), ("≥", self.ge), ("<", self.lt), ("≤", self.le)]
        return " and ".join(f"{sign} {bound:g}" for sign, bound in parts if bound is not None)


@dataclass(frozen=True)
class Uncertainty:
    """What an output may be off by: a share of its value (`relative=0.05`)."""

    relative: float


@dataclass(frozen=True)
class Example:
    """A worked example, and the expert's own test: inputs by port name, expected outputs by output name.

    Values are in the ports' own units. `tolerance` is relative.
    """

    inputs: Mapping[str, Any]
    outputs: Mapping[str, Any]
    tolerance: float = 1e-3
    source: str = ""


@dataclass(frozen=True)
class Port:
    """One typed input or output."""

    name: str
    kind: Kind
    at: Literal["", "start", "end"] = ""
    slot: str = ""
    required: bool = True
    default: Value | None = None
    stated_only: bool = False
    optional_output: bool = False
    keyed: bool = False
    """An output that is a mapping from a named thing to a number (mole fraction by component)."""
    ranges: tuple[Range, ...] = ()
    uncertainty: float | None = None


@dataclass(frozen=True)
class Card:
    """What an expert says of itself.

    `sort` says what is behind it. `questions`, `categories` and `hands_over_to` are for experts that take words: what
    each is good at, what kinds of question it is for, and whom to ask where it has no answer. `asks_first` is why a
    plan that calls it is to be approved before it runs (it costs money, it changes something); empty where it is called
    without asking.
    """

    name: str
    domain: str
    purpose: str
    inputs: tuple[Port, ...]
    outputs: tuple[Port, ...]
    source: str = ""
    validity: str = ""
    methods: tuple[str, ...] = ()
    examples: tuple[Example, ...] = ()
    requires: tuple[str, ...] = ()
    install: str = ""
    cost: float = 1.0
    seconds: float = 0.01
    limits: Mapping[str, Any] = field(default_factory=dict)
    sort: Literal["function", "model", "knowledge", "remote"] = "function"
    questions: tuple[str, ...] = ()
    categories: tuple[str, ...] = ()
    hands_over_to: tuple[str, ...] = ()
    asks_first: str = ""

    def input(self, name: str) -> Port:
        """The input port of that name (KeyError where there is none)."""
        return next_port(self.inputs, name)

    def output(self, name: str) -> Port:
        """The output port of that name (KeyError where there is none)."""
        return next_port(self.outputs, name)

    @property
    def slots(self) -> tuple[str, ...]:
        """The slots its ports name, in order of appearance; `""` is the main thing."""
        return tuple(dict.fromkeys(port.slot for port in (*self.inputs, *self.outputs)))


def next_port(ports: tuple[Port, ...], name: str) -> Port:
    """The port of that name."""
    for port in ports:
        if port.name == name:
            return port
    raise KeyError(name)
