"""The small frozen types of what is remembered: facts, what they hold, and what was set against what."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

__all__ = [
    "Abbreviation",
    "Amount",
    "Claim",
    "Conflict",
    "Content",
    "Fact",
    "FactKind",
    "Origin",
    "Preference",
    "Statement",
    "Value",
]

FactKind = Literal["value", "abbreviation", "preference", "statement"]

Origin = Literal["user", "remembered", "retrieved", "model"]
"""Who says so: the user now, the user before, a document, a model by heart. In this order one goes before the other."""


@dataclass(frozen=True, slots=True)
class Amount:
    """What a quantity is.

    Attributes:
        written: as it was said: "0.1 mm", "water".
        number: the number, in `unit`; None for a name.
        unit: pint's plain text, empty for a plain number and for a name.
        reference: "gauge", "absolute" or nothing, for a pressure.
    """

    written: str
    number: float | None = None
    unit: str = ""
    reference: str = ""


@dataclass(frozen=True, slots=True)
class Value:
    """A quantity and what it is.

    Attributes:
        subject: what it belongs to, empty where that was not said: "our pipes".
        name: the quantity: "roughness".
        amount: what it is: 0.1 mm.
    """

    subject: str
    name: str
    amount: Amount

    @property
    def what(self) -> str:
        """The quantity and what it belongs to, as a phrase."""
        return f"{self.name} of {self.subject}" if self.subject else self.name


@dataclass(frozen=True, slots=True)
class Abbreviation:
    """A short form and what it stands for."""

    short: str
    long: str


@dataclass(frozen=True, slots=True)
class Preference:
    """The unit in which the user wants a quantity answered.

    Attributes:
        name: the quantity; empty for every quantity of the unit's dimension.
        unit: pint's plain text.
        written: the unit as it was said.
        reference: "gauge", "absolute" or nothing.
    """

    name: str
    unit: str
    written: str
    reference: str = ""


@dataclass(frozen=True, slots=True)
class Statement:
    """Any other sentence. It can be found and quoted, and nothing is taken from it."""


Content = Value | Abbreviation | Preference | Statement


@dataclass(frozen=True, slots=True)
class Fact:
    """Something the user said that is kept.

    Attributes:
        id: its number; never given twice.
        content: what the sentence says.
        text: the sentence as said.
        said: when it was said last, in UTC, as ISO 8601 to the second.
        used: when it was said or used last, likewise.
        source: the run it was said in, or "user".
        count: how often it was said or used.
        replaced_by: the fact that the user said instead, later; None while it holds.
    """

    id: int
    content: Content
    text: str
    said: str
    used: str
    source: str
    count: int = 1
    replaced_by: int | None = None

    @property
    def kind(self) -> FactKind:
        """What sort of fact it is."""
        match self.content:
            case Value():
                return "value"
            case Abbreviation():
                return "abbreviation"
            case Preference():
                return "preference"
            case Statement():
                return "statement"

    @property
    def day(self) -> str:
        """The day on which it was said last, as YYYY-MM-DD."""
        return self.said[:10]

    def claim(self) -> Claim:
        """What it claims, to be set against what others say."""
        match self.content:
            case Value():
                what, amount = self.content.what, self.content.amount
            case Abbreviation(short, long):
                what, amount = short, Amount(long)
            case Preference(name, unit, written, reference):
                what, amount = f"unit of {name or 'answers'}", Amount(written, None, unit, reference)
            case Statement():
                what, amount = "", Amount(self.text)
        return Claim("remembered", what, amount, self.day, self.source)


@dataclass(frozen=True, slots=True)
class Claim:
    """What somebody says a quantity is.

    Attributes:
        origin: who says so.
        what: the quantity or the short form.
        amount: what it is said to be.
        date: the day it was said or is of, as YYYY-MM-DD; empty where unknown.
        source: the run, the document or the model.
    """

    origin: Origin
    what: str
    amount: Amount
    date: str = ""
    source: str = ""


@dataclass(frozen=True, slots=True)
class Conflict:
    """Two that say different things, and which was kept.

    Attributes:
        kept, dropped: what each says.
        why: the reason in one sentence, fit to be shown.
    """

    kept: Claim
    dropped: Claim
    why: str
