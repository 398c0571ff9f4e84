"""One value in one field: what a person writes for an input of an expert, read as a question would be."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from typing import Any

from collegia.agents.numbers import format_number, format_unit
from collegia.agents.question import read_answer
from collegia.agents.values import difference_unit, is_number
from collegia.errors import UnitError, UsageError
from collegia.tools.card import Card, Example, Port, Range
from collegia.tools.kinds import Found, Kind, Value
from collegia.tools.quantities import as_kind, find_quantities
from collegia.tools.units import convert, parse_unit
from collegia.tools.words import INQUIRY, RESULTS

__all__ = [
    "choices",
    "example_words",
    "field_note",
    "field_range",
    "field_unit",
    "fields",
    "read_field",
    "unit_told",
    "written",
]

_MOST_CHOICES = 24
_SYMBOL = 2  # letters up to which a word is a symbol, that keeps its case


def fields(card: Card) -> tuple[Port, ...]:
    """The inputs that a person can fill in: all but what earlier steps would give."""
    return tuple(port for port in card.inputs if port.kind.name != RESULTS.name)


def choices(kind: Kind) -> tuple[str, ...]:
    """The names to choose among, where a kind has no others; empty where it is written, or has many."""
    if kind.unit is not None or kind.find is not None or kind.lookup is not None:
        return ()
    names = tuple(dict.fromkeys(str(value) for value in kind.words.values()))
    return names if len(names) <= _MOST_CHOICES else ()


def field_unit(kind: Kind) -> str:
    """The unit that a bare number in a field of this kind is in; empty for a plain number and for a name.

    Of a plain number it is none, whatever unit it is usually told in: 0.8 is no 0.8 %.
    """
    if not kind.unit:
        return ""
    return kind.show[0] if kind.show else kind.unit


def unit_told(kind: Kind) -> str:
    """What to name beside a field of this kind: its unit, or how a bare number is taken where that is not plain."""
    if kind.unit is None:
        return ""
    if (told := _told_otherwise(kind)) == "percent":
        return "%, or a share below 1"
    return f"with its unit, as {format_unit(told)}" if told else format_unit(field_unit(kind))


def written(value: Any, port: Port) -> str:
    """A value of a port as `read_field` takes it: a number in the field's unit, a name, a composition."""
    if isinstance(value, (list, tuple)):
        return ", ".join(" ".join(map(_plain, reversed(one))) if _is_part(one) else _plain(one) for one in value)
    if not is_number(value):
        return "" if value is None else str(value)
    if told := _told_otherwise(port.kind):
        return f"{_plain(convert(float(value), '', told))} {format_unit(told)}"
    return format_number(_in_field(value, port.kind))


def field_range(span: Range, kind: Kind) -> str:
    """A range in the unit of the field, with that unit."""
    gt, ge, lt, le = (None if one is None else _in_field(one, kind) for one in (span.gt, span.ge, span.lt, span.le))
    return f"{Range(gt, ge, lt, le)} {format_unit(field_unit(kind))}".rstrip()


def field_note(port: Port) -> str:
    """What is to be known of a field beside its unit: ranges, place, whether it may be left empty."""
    notes = [field_range(span, port.kind) + (" (else a warning)" if span.warn else "") for span in port.ranges]
    notes += [f"at the {port.at}"] if port.at else []
    notes += [f"of the {port.slot}"] if port.slot else []
    return ", ".join([*notes, *([] if port.required else ["optional"])])


def _in_field(value: float, kind: Kind) -> float:
    """A number of a kind in the unit of its field; a difference as that, where the unit has an origin of its own."""
    unit, own = field_unit(kind), kind.unit or ""
    if not unit or unit == own:
        return value
    if kind.scale == "difference":
        unit, own = difference_unit(unit), difference_unit(own)
    return convert(float(value), own, unit)


def _is_part(value: object) -> bool:
    return isinstance(value, (list, tuple)) and len(value) == 2


def _plain(value: object) -> str:
    return f"{value:.12g}" if is_number(value) else str(value)


def _told_otherwise(kind: Kind) -> str:
    """The unit that a plain number of this kind is told in, in which a bare number would be another value."""
    return kind.show[0] if kind.unit == "" and kind.show else ""


def example_words(card: Card, example: Example) -> dict[str, str]:
    """The inputs of a worked example as one would write them; one that has no such words is left out."""
    found: dict[str, str] = {}
    for port in fields(card):
        if (value := example.inputs.get(port.name)) is None:
            continue
        with suppress(UsageError):
            read: Any = read_field(text := written(value, port), port)
            if read == value or (is_number(read) and is_number(value) and math.isclose(read, value, rel_tol=1e-3)):
                found[port.name] = text
    return found


def read_field(text: str, port: Port) -> Value:
    """What is written in the field of a port, as a value in the port's own unit.

    A number without a unit is in the field's own, which the field names.

    Raises:
        UsageError: it cannot be read as such a value, or lies where the expert does not hold; in words for the field.
    """
    said, kind = read_answer(text), port.kind
    if kind.name == INQUIRY.name:
        return said
    value = _named(said, kind)
    if value is None:
        value = _measured(said, kind)
    if is_number(value):
        _check(value, port)
    return value


def _named(said: str, kind: Kind) -> Value | None:
    """A value that is said by a word or in a notation of its own."""
    plain = " ".join(said.split())
    if (word := _same(plain, kind.words)) is not None:
        return kind.words[word]
    if (word := _same(plain, kind.ambiguous)) is not None:
        raise UsageError(kind.ambiguous[word])
    if (name := _same(plain, [value for value in kind.words.values() if isinstance(value, str)])) is not None:
        return name
    if kind.find is not None and (noted := _noted(plain, kind.find, kind.names)) is not None:
        return noted
    if kind.lookup is not None and (value := kind.lookup(plain)) is not None:
        return value
    if kind.unit is not None:
        return None
    known = choices(kind)
    raise UsageError(f"{plain!r} is no {kind.label} that is known" + (f"; one of: {', '.join(known)}" if known else ""))


def _same(text: str, known: Sequence[str] | Mapping[str, Any]) -> str | None:
    """The known phrase that a text is, in its own case or, unless it is a symbol, in any."""
    if text in known:
        return text
    folded = text.casefold()
    return next((one for one in known if len(one) > _SYMBOL and one.casefold() == folded), None)


def _noted(plain: str, find: Callable[[str], Iterable[Found]], names: Sequence[str]) -> Value | None:
    """What a notation says, where all of the text is in it: alone, or beside what the field is called."""
    for before, after in (("", ""), *((f"{name} ", "") for name in names), *(("", f" {name}") for name in names)):
        start, end = len(before), len(before) + len(plain)
        for found in find(before + plain + after):
            if found.start <= start and found.end >= end:
                return found.value
    return None


def _measured(said: str, kind: Kind) -> float:
    """A number with its unit, or in the field's own."""
    unit = field_unit(kind)
    wanted = f"a number, as 12 {format_unit(unit)}" if unit else "a plain number"
    found = find_quantities(said)
    if len(found) != 1 or (said[: found[0].start] + said[found[0].end :]).strip():
        raise UsageError(f"{said!r} cannot be read; write {wanted}")
    [measure] = found
    if measure.unit is None and unit:
        measure = replace(measure, unit=parse_unit(unit))
    told = _told_otherwise(kind)
    if measure.unit is None and told and not (told == "percent" and abs(measure.value) < 1):
        raise UsageError(f"in which unit? Write it beside the number, as {said} {format_unit(told)}")
    try:
        value = as_kind(measure, kind)
    except UnitError as error:
        raise UsageError(str(error)) from error
    if not math.isfinite(value):
        raise UsageError(f"{said!r} is not a finite number")
    return value


def _check(value: Any, port: Port) -> None:
    """Refuse a value outside the port's ranges; those that only warn are left to the call."""
    for span in port.ranges:
        if not span.warn and not span.holds(value):
            raise UsageError(f"must be {field_range(span, port.kind)}")
