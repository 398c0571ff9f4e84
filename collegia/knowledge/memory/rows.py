"""Facts as rows of a table, and back."""

from __future__ import annotations

from typing import Any, NamedTuple

from collegia.knowledge.memory.expand import short_key
from collegia.knowledge.memory.naming import canonical, word_keys
from collegia.knowledge.memory.records import Abbreviation, Amount, Content, Fact, Preference, Statement, Value

__all__ = ["SELECT", "Row", "fact_of", "key_of", "row_of"]

SELECT = (
    "SELECT id, kind, text, said, used, source, count, replaced_by, subject, name, written, number, unit, reference"
    " FROM facts WHERE ?1 = '' OR (kind = ?1 AND key = ?2 AND replaced_by IS NULL) ORDER BY id"
)
"""All facts for an empty kind; else the one of that kind and key that stands."""


class Row(NamedTuple):
    """What a content is as columns."""

    kind: str
    key: str
    subject: str = ""
    name: str = ""
    written: str = ""
    number: float | None = None
    unit: str = ""
    reference: str = ""


def key_of(content: Content, text: str) -> str:
    """What two facts on the same thing share, within their kind."""
    match content:
        case Value(subject, name):
            return " ".join(canonical(subject) + canonical(name))
        case Abbreviation(short):
            return short_key(short)
        case Preference(name, unit):
            return " ".join(canonical(name)) or f"({_dimension(unit)})"
        case Statement():
            return " ".join(word_keys(text)) or text


def row_of(content: Content, text: str) -> Row:
    """A content as columns."""
    key = key_of(content, text)
    match content:
        case Value(subject, name, amount):
            more = (amount.written, amount.number, amount.unit, amount.reference)
            return Row("value", key, subject, name, *more)
        case Abbreviation(short, long):
            return Row("abbreviation", key, "", short, long)
        case Preference(name, unit, written, reference):
            return Row("preference", key, "", name, written, None, unit, reference)
        case Statement():
            return Row("statement", key)


def fact_of(row: tuple[Any, ...]) -> Fact:
    """A fact from its row, as `SELECT` gives it."""
    number, kind, text, said, used, source, count, replaced_by, *rest = row
    return Fact(number, _content(kind, *rest), text, said, used, source, count, replaced_by)


def _content(
    kind: str, subject: str, name: str, written: str, number: float | None, unit: str, reference: str
) -> Content:
    if kind == "value":
        return Value(subject, name, Amount(written, number, unit, reference))
    if kind == "abbreviation":
        return Abbreviation(name, written)
    if kind == "preference":
        return Preference(name, unit, written, reference)
    return Statement()


def _dimension(unit: str) -> str:
    from collegia.tools.units import dimension

    return dimension(unit)
