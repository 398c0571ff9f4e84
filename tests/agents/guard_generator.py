"""Answers as a language model would write them from results, right ones and ones with a number planted."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from guard_sorts import SORTS, Sort, Spelling

from collegia.agents.guard import Grounds, Value


@dataclass
class Fact:
    """One value of a case."""

    sort: Sort
    name: str
    value: float

    def ground(self) -> Value:
        return Value(self.value, self.sort.unit, None, self.sort.difference)


@dataclass
class Case:
    """A text, what it was written from, and the numbers of it that are wrong, as spans."""

    text: str
    grounds: Grounds
    planted: list[tuple[int, int]]
    kind: str
    numbers: int


@dataclass
class Writer:
    """Writes numbers in one manner for a whole text."""

    draw: random.Random
    commas: bool = False
    markup: str = ""
    numbers: int = 0
    last: str = field(default="", init=False)

    def pick(self, sort: Sort, value: float) -> Spelling:
        """A spelling in which the value is of a size that people write."""
        fit = [one for one in sort.spellings if 0.005 <= abs((value - one.offset) / one.factor) < 2e6]
        return self.draw.choice(fit or list(sort.spellings))

    def number(self, amount: float, digits: int, *, exactly: bool = False) -> str:
        """The number, rounded to so many digits, in one of the ways of writing it."""
        if amount == 0:
            return "0"
        # A decimal comma before three digits reads as one between thousands: nobody can tell, so none is written.
        if self.commas and not exactly and (digits == 4 or digits - 1 - _power(amount) == 3):
            digits -= 1 if digits > 2 else -2
        rounded = float(f"{amount:.{digits - 1}e}")
        size = len(str(int(abs(rounded))))
        style = self.draw.random()
        if style < 0.12 and (abs(rounded) >= 1e4 or abs(rounded) < 1e-2):
            mantissa, _, power = f"{amount:.{digits - 1}e}".partition("e")
            shape = self.draw.choice(("{m} × 10^{p}", "{m}e{p}", "{m}·10^{p}", "{m}x10^{p}", "{m} \\times 10^{{{p}}}"))
            written = shape.format(m=mantissa, p=int(power))
        else:
            decimals = max(0, digits - size) if abs(rounded) >= 1 else max(0, digits - 1 - _power(rounded))
            written = f"{rounded:.{decimals}f}"
            if size > 4 or (size == 4 and style > 0.6):
                whole, dot, rest = written.partition(".")
                mark = " " if self.commas or style > 0.8 else ","
                written = f"{int(whole):,}".replace(",", mark) + dot + rest
        if self.commas:
            written = written.replace(".", ",")
        return written.replace("-", self.draw.choice("-−"), 1) if written.startswith("-") else written

    def said(self, sort: Sort, value: float, *, digits: int = 0, unit: Spelling | None = None) -> str:
        """The value with a unit, as it stands in a sentence."""
        unit = unit or self.pick(sort, value)
        self.numbers += 1
        written = self.number((value - unit.offset) / unit.factor, digits or self.draw.choice((2, 3, 3, 3, 4, 4, 5)))
        return self.put(written, unit)

    def put(self, written: str, unit: Spelling) -> str:
        """A written number and its unit, in the markup of the text."""
        if "%n" in unit.text:
            return unit.text.replace("%n", written)
        gap = "" if unit.text in ("%", "°C", "°", "°F") and self.draw.random() < 0.5 else " "
        words = unit.text.isalpha() and len(unit.text) > 3
        if self.markup == "latex" and unit.text and not words and self.draw.random() < 0.5:
            inner = unit.text.replace("%", "\\%")
            return (
                f"${written.replace(' ', '')}\\ \\mathrm{{{inner}}}$"
                if "\\times" not in written
                else f"{written}{gap}{unit.text}"
            )
        if self.markup == "bold" and self.draw.random() < 0.6:
            return (
                f"**{written}**{gap}{unit.text}"
                if self.draw.random() < 0.4
                else f"**{written}{gap}{unit.text}**".rstrip()
            )
        return f"{written}{gap}{unit.text}".rstrip()


def _power(value: float) -> int:
    return int(f"{abs(value):e}".partition("e")[2])


SENTENCES = (
    "The {name} is {x}.", "The {name} comes to about {x}.", "This gives a {name} of {x}.", "I get {x} for the {name}.",
    "- {name}: {x}", "{Name} = {x}", "The calculator reports a {name} of {x}.",
    "With a {name} of {x} the design holds.",
    "The {name} works out at {x} (see step 2).", "* **{Name}**: {x}",
    "The resulting {name}, {x}, is within the limits.",
    "2. {Name}: {x}", "As ISO 5167-2 asks, the {name} is rounded to {x}.", "For E-101 the {name} is {x}, i.e. {y}.",
    "The {name} is {x} ({y}).", "The {name} equals {x}, or equivalently {y}.", "At {x}, the {name} is as expected [1].",
    "According to API 521 (2020), a {name} of {x} applies.", "Pump P-101A runs with a {name} of roughly {x}.",
    "The {name} was found to be {x}; R134a and H2O were both considered.", "| {Name} | {x} |",
    "So the answer to your question is: {x}.", "In summary, the {name} amounts to {x} for the DN100 line.",
)  # fmt: skip
GIVEN = (
    "You stated a {name} of {x}.", "With the given {name} of {x}, the rest follows.", "The {name} was given as {x}.",
    "Taking your {name} of {x} as the basis:",
)  # fmt: skip
INVENTED = (
    "The safety factor is {0}.", "I assumed a density of {1} kg/m³.", "The efficiency was taken as {2} %.",
    "Typical values lie between {3} and {4} bar.", "A margin of {2} % is recommended.", "This costs about ${1} a year.",
    "The ambient temperature is {2} °C.", "Standard pipes have a roughness of {0} mm.", "It takes {4} hours.",
    "The maximum allowable value is {1} kPa.", "Pumps of this size draw {3} kW.", "About {1} kJ/kg are needed.",
)  # fmt: skip


def cases(seed: int, count: int) -> Iterator[Case]:
    """So many cases, every other one with a planted number."""
    draw = random.Random(seed)  # noqa: S311  # cases that can be had again, no secrets
    kinds = sorted(PLANTS)
    for place in range(count):
        kind = kinds[(place // 2) % len(kinds)] if place % 2 else ""
        yield _case(draw, kind)


def _case(draw: random.Random, kind: str) -> Case:
    while True:
        facts = [_fact(draw, sort) for sort in draw.sample(SORTS, 13)]
        results, given, between = facts[:3], facts[3:5], facts[5:]
        writer = Writer(draw, commas=draw.random() < 0.15, markup=draw.choice(("", "", "bold", "latex")))
        question = _question(draw, given)
        lines = [_line(writer, draw.choice(SENTENCES), fact) for fact in draw.sample(results, draw.choice((1, 2, 3)))]
        if draw.random() < 0.5:
            lines.append(_line(writer, draw.choice(GIVEN), draw.choice(given)))
        draw.shuffle(lines)
        plant = PLANTS[kind](writer, results) if kind else None
        if kind and plant is None:
            continue
        if plant is not None:
            lines.insert(draw.randrange(len(lines) + 1), plant)
        text = (
            draw.choice((" ", "\n", "\n")).join(lines)
            if not any(line[:1] in "-*|2" for line in lines)
            else "\n".join(lines)
        )
        clean, spans = _unmarked(text)
        grounds = Grounds(
            tuple(fact.ground() for fact in (*results, *between)),
            (f"{question} The line is DN100.",),
            ("API 521 (2020)", "ISO 5167-2"),
        )
        return Case(clean, grounds, spans, kind or "right", writer.numbers)


def _fact(draw: random.Random, sort: Sort) -> Fact:
    value = sort.least * (sort.most / sort.least) ** draw.random()
    return Fact(sort, draw.choice(sort.names), -value if sort.negative else value)


def _question(draw: random.Random, given: list[Fact]) -> str:
    """A question that states values; what it states is then true as written."""
    plain, parts = Writer(draw), []
    for fact in given:
        unit = plain.pick(fact.sort, fact.value)
        amount = float(f"{(fact.value - unit.offset) / unit.factor:.3g}")
        fact.value = amount * unit.factor + unit.offset
        written = f"{amount:.10g}" if 1e-3 < abs(amount) < 1e9 else f"{amount:e}"
        parts.append(f"a {fact.name} of {plain.put(written, unit)}")
    return f"What follows from {' and '.join(parts)}?"


def _line(writer: Writer, template: str, fact: Fact) -> str:
    said = {"name": fact.name, "Name": fact.name.capitalize(), "x": writer.said(fact.sort, fact.value)}
    if "{y}" in template:
        said["y"] = writer.said(fact.sort, fact.value)
    return template.format(**said)


OPEN, CLOSE = "\ue000", "\ue001"
"""Where a planted number begins and ends, until the text is put together."""


def _unmarked(text: str) -> tuple[str, list[tuple[int, int]]]:
    spans, out, start = [], "", 0
    for letter in text:
        if letter == OPEN:
            start = len(out)
        elif letter == CLOSE:
            spans.append((start, len(out)))
        else:
            out += letter
    return out, spans


def _planted(writer: Writer, fact: Fact, said: str) -> str:
    template = writer.draw.choice([one for one in SENTENCES if "{y}" not in one])
    return template.format(name=fact.name, Name=fact.name.capitalize(), x=f"{OPEN}{said}{CLOSE}")


def _changed_digit(writer: Writer, facts: list[Fact]) -> str | None:
    fact = facts[0]
    unit = writer.pick(fact.sort, fact.value)
    written = writer.number((fact.value - unit.offset) / unit.factor, writer.draw.choice((3, 4)))
    mantissa = len(written.split("e")[0].split("×")[0].split("·")[0].split("x")[0].split(" \\")[0])
    places = [place for place, letter in enumerate(written[:mantissa]) if letter in "123456789"]
    place = writer.draw.choice(places)
    digit = writer.draw.choice([one for one in "123456789" if one != written[place]])
    return _planted(writer, fact, writer.put(written[:place] + digit + written[place + 1 :], unit))


def _last_digit(writer: Writer, facts: list[Fact]) -> str | None:
    """One or two off in the last place that is written."""
    fact, digits = facts[0], writer.draw.choice((3, 4))  # the fifth may move when a shown value is converted
    unit = writer.pick(fact.sort, fact.value)
    amount = (fact.value - unit.offset) / unit.factor
    rounded = float(f"{amount:.{digits - 1}e}")
    off = rounded + writer.draw.choice((-2, -1, 1, 2)) * 10.0 ** (_power(rounded) - digits + 1)
    if f"{abs(off):.{digits - 1}e}".partition("e")[0].endswith("0") or _power(off) != _power(rounded):
        return None  # a zero at the end may be a rounding to one digit less
    return _planted(writer, fact, writer.put(writer.number(off, digits, exactly=True), unit))


def _share(writer: Writer, facts: list[Fact]) -> str | None:
    """A share with a percent sign that is not there, or without one that is."""
    fact = next((one for one in facts if one.name in ("efficiency", "conversion", "moisture")), None)
    if fact is None:
        return None
    shown = writer.draw.choice((f"{fact.value:.3f} %", f"{100 * fact.value:.1f}"))
    return _planted(writer, fact, shown.replace(".", ",") if writer.commas and shown.endswith("%") else shown)


def _power_of_ten(writer: Writer, facts: list[Fact]) -> str | None:
    fact = facts[0]
    unit = writer.pick(fact.sort, fact.value)
    amount = (fact.value - unit.offset) / unit.factor * 10.0 ** writer.draw.choice((-3, -2, -1, 1, 2, 3))
    return _planted(writer, fact, writer.put(writer.number(amount, 3), unit))


def _other_unit(writer: Writer, facts: list[Fact]) -> str | None:
    """The right digits with another unit of the same dimension."""
    fact = facts[0]
    unit = writer.pick(fact.sort, fact.value)
    amount = (fact.value - unit.offset) / unit.factor
    others = [one for one in fact.sort.spellings if (one.factor, one.offset) != (unit.factor, unit.offset) and one.text]
    if not others or not unit.text:
        return None
    return _planted(writer, fact, writer.put(writer.number(amount, 3), writer.draw.choice(others)))


def _other_dimension(writer: Writer, facts: list[Fact]) -> str | None:
    fact = facts[0]
    unit = writer.pick(fact.sort, fact.value)
    amount = (fact.value - unit.offset) / unit.factor
    other = writer.draw.choice([one for one in SORTS if one.unit not in ("", fact.sort.unit)])
    return _planted(writer, fact, writer.put(writer.number(amount, 3), writer.draw.choice(other.spellings)))


def _sign(writer: Writer, facts: list[Fact]) -> str | None:
    fact = facts[0]
    if fact.sort.names[0] == "outlet temperature":
        return None
    unit = writer.pick(fact.sort, fact.value)
    amount = -(fact.value - unit.offset) / unit.factor
    if "%n" in unit.text:
        return None
    return _planted(writer, fact, writer.put(writer.number(amount, 3), unit))


def _invented(writer: Writer, facts: list[Fact]) -> str | None:
    draw = writer.draw
    drawn = [
        draw.uniform(1.1, 9.9),
        draw.uniform(100, 2000),
        draw.uniform(3, 95),
        draw.uniform(2, 20),
        draw.uniform(21, 80),
    ]
    amounts = [f"{OPEN}{writer.number(one, draw.choice((2, 2, 3)))}{CLOSE}" for one in drawn]
    return draw.choice(INVENTED).format(*amounts)


def _swapped(writer: Writer, facts: list[Fact]) -> str | None:
    one, two = facts[:2]
    mine, other = writer.pick(one.sort, one.value), writer.pick(two.sort, two.value)
    if not (mine.text and other.text) or one.sort.unit == two.sort.unit:
        return None
    left = writer.put(writer.number((two.value - other.offset) / other.factor, 3), mine)
    right = writer.put(writer.number((one.value - mine.offset) / mine.factor, 3), other)
    return f"The {one.name} is {OPEN}{left}{CLOSE} and the {two.name} {OPEN}{right}{CLOSE}."


def _stale(writer: Writer, facts: list[Fact]) -> str | None:
    fact = facts[0]
    unit = writer.pick(fact.sort, fact.value)
    digits, amount = writer.draw.choice((3, 3, 4)), (fact.value - unit.offset) / unit.factor
    old = amount * writer.draw.choice((0.55, 0.8, 0.92, 0.97, 1.02, 1.06, 1.3, 1.8))
    template = writer.draw.choice(("{p}", "{p}", "{p} Earlier it was different."))
    return template.format(p=_planted(writer, fact, writer.put(writer.number(old, digits), unit)))


def _arithmetic(writer: Writer, facts: list[Fact]) -> str | None:
    """What the writer computed itself: a sum, a share, a margin, a ratio in words, a value for each of several."""
    fact, draw = facts[0], writer.draw
    unit = writer.pick(fact.sort, fact.value)
    amount = (fact.value - unit.offset) / unit.factor
    factor = draw.choice((0.5, 2.0, 1.1, 1.15, 0.25, 12.0))
    said = f"{OPEN}{writer.put(writer.number(amount * factor, 3), unit)}{CLOSE}"
    share = f"{OPEN}{writer.number(draw.uniform(6, 90), 2)} %{CLOSE}"
    ratio = draw.choice(("twice", "three times", "half of", "two thirds of"))
    return draw.choice((
        f"With a margin, the {fact.name} is {said}.", f"Together that makes {said}.", f"Each unit then has {said}.",
        f"The {fact.name} is {OPEN}{ratio}{CLOSE} the design value.",
        f"The {fact.name} is {share} more than before.", f"That is {share} of the available {fact.name}.",
    ))  # fmt: skip


def _ranged(writer: Writer, facts: list[Fact]) -> str | None:
    fact = facts[0]
    unit = writer.pick(fact.sort, fact.value)
    amount = (fact.value - unit.offset) / unit.factor
    if "%n" in unit.text or amount <= 0:
        return None
    low, high = writer.number(amount * 0.85, 2), writer.number(amount * 1.2, 2)
    return f"Expect a {fact.name} between {OPEN}{low}{CLOSE} and {OPEN}{writer.put(high, unit)}{CLOSE}."


PLANTS: dict[str, Callable[[Writer, list[Fact]], str | None]] = {
    "changed digit": _changed_digit, "power of ten": _power_of_ten, "other unit": _other_unit,
    "last digit": _last_digit, "share": _share, "other dimension": _other_dimension, "sign": _sign,
    "invented": _invented, "swapped units": _swapped,
    "stale": _stale, "own arithmetic": _arithmetic, "range": _ranged,
}  # fmt: skip
