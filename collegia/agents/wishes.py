"""Instructions in a question that a rule can check: the unit, the digits, the length and the form of the answer."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Literal

from collegia.agents.guard_text import Written, prose, written_numbers
from collegia.agents.numbers import format_unit
from collegia.agents.reading.units_alone import lone_units
from collegia.tools.quantities import find_quantities

__all__ = ["Wish", "unmet", "wishes"]

Sort = Literal["unit", "digits", "decimals", "sentences", "words", "list", "table", "number"]

_COUNTS = {
    word: count
    for count, word in enumerate("one two three four five six seven eight nine ten eleven twelve".split(), start=1)
} | {"a single": 1, "twenty": 20, "thirty": 30, "fifty": 50, "a hundred": 100}
_COUNT = rf"(?P<count>\d+|{'|'.join(sorted(_COUNTS, key=len, reverse=True))})"
_MOST = (
    r"(?P<most>(?:at most|no more than|not more than|max(?:imum)?(?: of)?|up to|under|below|fewer than|less than"
    r"|within)\s)?"
)
_LEAST_WORD = r"(?P<after>\s(?:or (?:less|fewer)|at most|max(?:imum)?|maximum))?"
_SIGNIFICANT = re.compile(
    rf"\b{_COUNT}[\s-]?(?:significant\s(?:figures?|digits?|places?)|sig\.?\s?(?:figs?|digits?)\.?|s\.f\.)",
    re.IGNORECASE,
)
_DECIMALS = re.compile(
    rf"\b{_COUNT}[\s-]?(?:decimals?(?:\s(?:places?|digits?))?|digits? after the (?:decimal )?point)\b", re.IGNORECASE
)
_WHOLE = re.compile(
    r"\b(?:nearest (?:whole number|integer)|(?:a|as|to) (?:an? )?(?:whole number|integer))\b", re.IGNORECASE
)
_SENTENCES = re.compile(
    rf"\b(?:in|with|as|using)?\s?{_MOST}{_COUNT}\s(?:short\s|brief\s|plain\s)?sentences?\b{_LEAST_WORD}", re.IGNORECASE
)
_WORDS = re.compile(rf"\b(?:in|with|using|about)?\s?{_MOST}{_COUNT}\swords?\b{_LEAST_WORD}", re.IGNORECASE)
_TABLE = re.compile(
    r"\b(?:(?:as|in|make|give|draw)(?: me)? an? (?:\w+ )?table\b(?!\s(?:below|above|of contents))"
    r"|in tabular form|tabulate)",
    re.IGNORECASE,
)
_LIST = re.compile(
    r"\b(?:as an?|in an?) (?:(?:bullet(?:ed)?|numbered|short|plain) )*list\b"
    r"|\b(?:as|in|using|with) bullet(?: point)?s\b",
    re.IGNORECASE,
)
_NUMBER = re.compile(
    r"\b(?:only|just) (?:give |return |state |say )?(?:me )?the (?:number|value|figure)\b|\b(?:number|value) only\b"
    r"|\bthe (?:number|value) and nothing else\b",
    re.IGNORECASE,
)
_FORMS: dict[Sort, re.Pattern[str]] = {"table": _TABLE, "list": _LIST, "number": _NUMBER}
_NO_STOP = re.compile(
    r"\b(?:e\.g|i\.e|approx|eqs?|figs?|nos?|vs|cf|al|ca|pp?|sec|incl|resp|etc|Dr|St)\.(?=\s)", re.IGNORECASE
)
_ITEM = re.compile(r"^\s*(?:[-*•]\s|\d{1,2}[.)]\s)", re.MULTILINE)
_RULE = re.compile(r"^\s*\|?\s*:?-{2,}:?\s*(?:\|\s*:?-{2,}:?\s*)+\|?\s*$", re.MULTILINE)


@dataclass(frozen=True)
class Wish:
    """One instruction.

    Attributes:
        sort: what it is about.
        value: the unit as pint's plain text, the number of digits, sentences or words; empty for a form.
        text: as it was asked.
        exact: whether the count is to be met, not only kept to.
    """

    sort: Sort
    value: str = ""
    text: str = ""
    exact: bool = False


def wishes(question: str) -> tuple[Wish, ...]:
    """The instructions of a question on how to answer, as far as a rule can check them, in no order."""
    found = [*_units(question)]
    found += [Wish("digits", str(_count(match)), match.group().strip()) for match in _SIGNIFICANT.finditer(question)]
    found += [Wish("decimals", str(_count(match)), match.group().strip()) for match in _DECIMALS.finditer(question)]
    found += [Wish("decimals", "0", match.group()) for match in _WHOLE.finditer(question)]
    for match in _SENTENCES.finditer(question):
        exact = not (match["most"] or match["after"])
        found.append(Wish("sentences", str(_bound(match)), match.group().strip(), exact))
    found += [Wish("words", str(_bound(match)), match.group().strip()) for match in _WORDS.finditer(question)]
    for sort, pattern in _FORMS.items():
        if (once := pattern.search(question)) is not None:
            found.append(Wish(sort, text=once.group().strip()))
    return tuple(dict.fromkeys(found))


def unmet(asked: Iterable[Wish], text: str) -> tuple[str, ...]:
    """What a text does not keep to, as sentences that name the wish; empty where it keeps to all."""
    kept = tuple(asked)
    if not kept:
        return ()
    numbers = written_numbers(prose(text).text)
    return tuple(f"asked {wish.text!r}: {why}" for wish in kept if (why := _CHECKS[wish.sort](wish, text, numbers)))


def _units(question: str) -> Iterator[Wish]:
    taken = [(one.start, one.end) for one in find_quantities(question)]
    for one in lone_units(question, taken):
        if one.marked or one.counted:
            yield Wish("unit", one.unit, question[one.start : one.end].strip())


def _count(match: re.Match[str]) -> int:
    word = match["count"].lower()
    return int(word) if word.isdigit() else _COUNTS[word]


def _bound(match: re.Match[str]) -> int:
    """How many at most; "fewer than 50" is 49."""
    strict = (match["most"] or "").strip().lower() in ("under", "below", "fewer than", "less than")
    return _count(match) - strict


def _unit(wish: Wish, _: str, numbers: list[Written]) -> str:
    if any(one.unit is not None and one.unit.text == wish.value for one in numbers):
        return ""
    return f"no number is in {format_unit(wish.value)}"


def _digits(wish: Wish, _: str, numbers: list[Written]) -> str:
    """Zeros at the end of a whole number may or may not count."""
    spans = [(one.digits - _open_zeros(one), one.digits) for one in numbers if one.fine]
    over = [least for least, _ in spans if least > int(wish.value)]
    if over:
        return f"a number has {max(over)} significant digits"
    return "" if any(most >= int(wish.value) for _, most in spans) else "no number has as many significant digits"


def _open_zeros(one: Written) -> int:
    return len(str(round(one.coarse / one.fine))) - 1


def _decimals(wish: Wish, text: str, numbers: list[Written]) -> str:
    shown = [len(match[1]) for match in re.finditer(r"\d[.,](\d+)(?![\d,.]*\d)", _without_groups(text))]
    shown += [0] * (len(numbers) > len(shown))
    if shown and max(shown) > int(wish.value):
        return f"a number has {max(shown)} decimals"
    return "" if int(wish.value) in shown else f"no number has {wish.value} decimals"


def _without_groups(text: str) -> str:
    return re.sub(r"(?<=\d),(?=\d{3}(?!\d))", "", text)


def _sentences(wish: Wish, text: str, _: list[Written]) -> str:
    plain = _ITEM.sub("", _NO_STOP.sub("", text)).strip()
    has = len([one for one in re.split(r"(?<=[.!?])[\"')\]*]*\s+(?=\S)|\n{1,}", plain) if re.search(r"\w", one)])
    most = int(wish.value)
    return f"it has {has} sentences" if has > most or (wish.exact and has < most) else ""


def _words(wish: Wish, text: str, _: list[Written]) -> str:
    has = len([word for word in text.split() if re.search(r"\w", word)])
    return f"it has {has} words" if has > int(wish.value) else ""


def _table(_: Wish, text: str, __: list[Written]) -> str:
    return "" if _RULE.search(text) else "it has no table"


def _list(_: Wish, text: str, __: list[Written]) -> str:
    return "" if len(_ITEM.findall(text)) >= 2 else "it has no list"


def _number(_: Wish, text: str, numbers: list[Written]) -> str:
    body = prose(text).text
    for one in reversed(numbers):
        body = body[: one.start] + body[one.end :]
    if not numbers:
        return "it has no number"
    return "it says more than the number" if re.search(r"[^\W\d_]{2,}", body) else ""


_CHECKS: dict[Sort, Callable[[Wish, str, list[Written]], str]] = {
    "unit": _unit, "digits": _digits, "decimals": _decimals, "sentences": _sentences, "words": _words,
    "list": _list, "table": _table, "number": _number,
}  # fmt: skip
